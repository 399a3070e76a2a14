"""Which files do the sources make?

`python -m samples.render [SLUG…]` writes samples/<slug>/source.* and gold.json, and the list in README.md.
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pikepdf

from samples.paper import to_docx, to_html, to_text
from samples.scan import aged, photographed, sheets, to_jpeg, to_pdf, to_tiff
from samples.sheet import Sheet, load, record

HERE = Path(__file__).parent
SUFFIX = {"txt": "txt", "docx": "docx", "pdf": "pdf", "scan": "pdf", "tiff": "tif", "jpg": "jpg"}
WORDS = {
    "txt": "plain text",
    "docx": "Word",
    "pdf": "PDF, born digital",
    "scan": "PDF, scanned",
    "tiff": "TIFF, scanned",
    "jpg": "JPEG, photographed",
}
BROWSER = [
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
]
ABOUT = """\
# Samples

Made up, every one: there is no province Vĩnh Sơn, no commune Suối Ngàn, none of these people; only the laws, the decree
and 57-NQ/TW are real. The office that reads them is `office.toml`; the day of the
demonstration is 23/11/2026, a Monday before a holiday. `source/<slug>.toml` holds the words and the truth, `make samples`
renders them again (Chromium prints, Liberation Serif is the type), `<slug>/gold.json` says what a careful reader takes
from `<slug>/source.*`. They cite each other: the resolution 08-NQ/ĐU leads to a plan, a working group, conclusions,
letters, a report and an answer; 146/QĐ-UBND replaces 37/QĐ-UBND; 14-HD/BTCTU and 06-NQ/TU are cited and not held.

| sample | number | what it is | file | why it is here |
| --- | --- | --- | --- | --- |
"""


def main() -> None:
    """Render the sources that are named, or all."""
    wanted = sys.argv[1:]
    found = [load(path) for path in sorted((HERE / "source").glob("*.toml"))]
    for one in found:
        if not wanted or one.slug in wanted:
            write(one, HERE / one.slug)
            print(one.slug)
    (HERE / "README.md").write_text(listing(found), "utf-8")


def write(sheet: Sheet, folder: Path) -> None:
    """Write a sample's file and its gold into folder."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    (folder / f"source.{SUFFIX[sheet.format]}").write_bytes(drawn(sheet))
    (folder / "gold.json").write_text(json.dumps(record(sheet), ensure_ascii=False, indent=1) + "\n", "utf-8")


def drawn(sheet: Sheet) -> bytes:
    """Give the bytes of the sample's file; its seed is its name, its day the day it bears."""
    made, seed = datetime.fromisoformat(sheet.truth["issued_on"]).replace(hour=9, tzinfo=UTC), crc32(sheet.slug.encode())
    if sheet.format == "txt":
        return to_text(sheet).encode()
    if sheet.format == "docx":
        return to_docx(sheet, made)
    pdf = printed(to_html(sheet), made)
    if sheet.format == "pdf":
        return pdf
    pages = sheets(pdf)
    if sheet.format == "jpg":
        return to_jpeg(photographed(pages[0], seed))
    worn = [aged(page, seed + i) for i, page in enumerate(pages)]
    return to_tiff(worn) if sheet.format == "tiff" else to_pdf(worn, made)


def printed(page: str, made: datetime) -> bytes:
    """Let the browser print a page to PDF, then take out what changes from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, "utf-8")
        command = [*BROWSER, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        out = io.BytesIO()
        with pikepdf.open(target) as pdf:
            pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{made:%Y%m%d%H%M%S}Z"
            pdf.save(out, deterministic_id=True)
    return out.getvalue()


def listing(found: list[Sheet]) -> str:
    """Give README.md: what this folder is, and why each sample is in it."""
    ordered = sorted(found, key=lambda one: str(one.truth["issued_on"]))
    rows = [f"| `{one.slug}` | {one.truth['number']} | {one.truth['type']} | {WORDS[one.format]} | {one.why} |" for one in ordered]
    return ABOUT + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
