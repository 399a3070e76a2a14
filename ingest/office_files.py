"""How is a file of another word processor (.doc, .rtf, .odt) read? LibreOffice, where it is installed, writes it anew as a DOCX.

It runs without a window, with a profile of its own that follows no link out of the file and runs no macro, and stays in this
process's group, so that whoever ends the reading ends it too.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import TooLarge, UnsupportedFile

SECONDS = 90
WAY_OUT = "mở bằng Word, lưu thành .docx hoặc PDF"
FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
_CALLED = {"doc": "tệp Word kiểu cũ (.doc)", "rtf": "tệp RTF", "odt": "tệp OpenDocument (.odt)"}
_AGAIN = (79, 81)  # exit codes with which it asks to be started again, with the profile that it has just made
_STARTS = 3
_SETTING = '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}"><value>{}</value></prop></item>'
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        _SETTING.format(*pair)
        for pair in (("BlockUntrustedRefererLinks", "true"), ("DisableMacrosExecution", "true"), ("MacroSecurityLevel", "3"))
    )
    + "</oor:items>\n"
)


def require_office(name: str, kind: str) -> None:
    """Raise UnsupportedFile, with the way out, where LibreOffice is not installed."""
    if _program() is None:
        raise UnsupportedFile(name, _CALLED[kind], f"cài LibreOffice trên máy này, hoặc {WAY_OUT}")


def _program() -> Path | None:
    """Give the program itself, one process that can be ended, not the script that starts it in another."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    program = Path(found).resolve().with_name("soffice.bin") if found else None
    return program if program and program.is_file() else None


@contextmanager
def as_docx(path: Path, name: str, kind: str) -> Iterator[Path]:
    """Give the file written anew as a DOCX, for as long as it is needed.

    Raises UnsupportedFile without LibreOffice and where it makes nothing of the file, TooLarge after 90 seconds.
    """
    require_office(name, kind)
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        made = _convert(path, name, kind, Path(folder))
        if not made.is_file():
            raise UnsupportedFile(name, f"{_CALLED[kind]} có mật khẩu hoặc bị hỏng", WAY_OUT)
        yield made


def _convert(path: Path, name: str, kind: str, folder: Path) -> Path:
    source, profile = folder / f"van-ban.{kind}", folder / "profile" / "user"
    shutil.copyfile(path, source)
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    command = [
        *(str(_program()), f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore", "--nologo", "--nolockcheck"),
        *(f"--infilter={FILTERS[kind]}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)),
    ]
    nowhere = subprocess.DEVNULL
    for _ in range(_STARTS):
        try:
            done = subprocess.run(command, cwd=folder, timeout=SECONDS, check=False, stdin=nowhere, stdout=nowhere, stderr=nowhere)
        except subprocess.TimeoutExpired as error:
            raise TooLarge(name, "chuyển đổi quá lâu", WAY_OUT) from error
        if done.returncode not in _AGAIN:
            break
    return folder / "van-ban.docx"
