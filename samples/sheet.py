"""What is written on a sample, before it is put on paper?

A source is one TOML file: how it is printed (head, body, recipients, signature) and, under [truth], the RECORD that a
careful reader takes from it. Lines of a body open with a mark: `# ` a heading, `^ ` centred, `^^ ` centred and bold,
`> ` the italic lines of a basis, `| a | b |` a row of a table; `**bold**` and `{1}` (a footnote's mark) stand in a line.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["paragraph", "heading", "centred", "centred bold", "basis", "table"]
MARKS: tuple[tuple[str, Kind], ...] = (("# ", "heading"), ("^^ ", "centred bold"), ("^ ", "centred"), ("> ", "basis"), ("|", "table"))
MOTTO = {"party": ("ĐẢNG CỘNG SẢN VIỆT NAM",), "state": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")}
SIGNER = {"name": None, "position": None, "authority": None}
RECORD: dict[str, Any] = {  # every key of a RECORD in its order, with what stands there where the source says nothing
    "number": None, "type": None, "issued_on": None, "place": None, "agency": None, "parent_agency": None, "subject": None,
    "urgency": None, "secrecy": None, "signer": SIGNER, "addressees": [], "recipients": [], "filed_at": None,
    "references": [], "deadlines": [],
}  # fmt: skip
REFERENCE = {"type": None, "number": None, "issued_on": None, "agency": None, "title": None, "relation": "mentions"}
DEADLINE = {"kind": None, "date": None, "text": None, "assignee": None, "task": None}


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, heading or table of a body; rows are a table's cells."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sample as it is printed, and its truth. after is what is attached, on a page of its own."""

    slug: str
    why: str
    format: Literal["txt", "docx", "pdf", "scan", "tiff", "jpg"]
    family: Literal["party", "state"]
    left: list[str]
    number: str
    date: str
    recipients: list[str]
    signature: list[str]
    body: str
    truth: dict[str, Any]
    title: str = ""
    subject: list[str]
    under: list[str]
    addressees: list[str]
    footnotes: list[str]
    call: str = ""
    after: str = ""
    stamp: str = ""
    seal: str = ""
    hand_serial: str = ""
    hand_day: str = ""

    @property
    def salutation(self) -> str:
        """The words before the addressees."""
        return self.call or ("Kính trình:" if self.title == "TỜ TRÌNH" and self.family == "party" else "Kính gửi:")


def load(path: Path) -> Sheet:
    """Read a source. Raises TypeError for a key that does not exist or is not there."""
    lists: dict[str, list[str]] = {"subject": [], "under": [], "addressees": [], "footnotes": []}
    return Sheet(slug=path.stem, **(lists | tomllib.loads(path.read_text("utf-8"))))


def parts(text: str) -> list[Part]:
    """Give the paragraphs, headings and tables of a body in order."""
    found: list[Part] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        kind, words = next(((kind, line[len(mark) :]) for mark, kind in MARKS if line.startswith(mark)), ("paragraph", line))
        if kind != "table":
            found.append(Part(kind, words))
            continue
        row = tuple(cell.strip() for cell in line.strip("|").split("|"))
        before = found.pop().rows if found and found[-1].kind == "table" else ()
        found.append(Part("table", rows=(*before, row)))
    return found


def bare(text: str) -> str:
    """A line without its marks."""
    return re.sub(r"\*\*|\{\d+\}", "", text)


def record(sheet: Sheet) -> dict[str, Any]:
    """Give the RECORD with every key in its order, as gold.json holds it."""
    truth = sheet.truth
    filled = RECORD | truth
    filled["signer"] = SIGNER | truth["signer"]
    filled["references"] = [REFERENCE | one for one in truth.get("references", [])]
    filled["deadlines"] = [DEADLINE | one for one in truth.get("deadlines", [])]
    return filled
