"""What does `make run` show?

`python samples/demo.py read` fills the home named by VANTHU_HOME with the samples, `… due` prints what is due. It speaks to Văn thư
only as a person at the terminal does.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VANTHU = Path(sys.executable).with_name("vanthu")


def main() -> None:
    """Do the one that is named."""
    office = tomllib.loads((HERE / "office.toml").read_text("utf-8"))
    if sys.argv[1:] == ["read"]:
        read(office)
    elif sys.argv[1:] == ["due"]:
        due(office["as_of"])
    else:
        sys.exit("demo.py read | due")


def read(office: dict[str, Any]) -> None:
    """Set the office and hand in each sample under a name that tells it from the others."""
    vanthu("office", *(word for key in ("name", "family", "parent", "place", "term") for word in (f"--{key}", office[key])))
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(HERE.glob("*/source.*")):
            shutil.copyfile(source, Path(folder, source.parent.name + source.suffix))
        vanthu("ingest", folder)


def due(day: date) -> None:
    """Print what is due as of the day of the demonstration."""
    for words, narrow in (("Quá hạn", ("--overdue",)), ("Đến hạn trong 14 ngày tới", ("--within", "14"))):
        print(f"\n{words}, tính đến ngày {day:%d/%m/%Y} (văn bản mẫu):\n", flush=True)
        vanthu("due", "--as-of", f"{day:%d/%m/%Y}", *narrow)
    print()


def vanthu(*words: str) -> None:
    """Run a command of Văn thư; its failure is this one's."""
    done = subprocess.run([VANTHU, *words], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
