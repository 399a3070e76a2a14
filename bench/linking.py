"""Which links does the store make between real documents, and are they right?

`python -m bench.linking [home]` files the documents that lie beside the checkout (published laws and decrees, real letters) into a home
of its own, or takes the named one as it is, and prints how many documents, edges and links there are, and of each class of links a
sample to be read: what the paper says, and which document was taken for it.
"""

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from bench.measures import REAL, ROOT
from store.database import look, open_database
from store.numbers import number_key
from store.tables import AgencyRow, DocumentRow, EdgeRow, ReferenceRow

HOME = ROOT / "build" / "linking"
VANTHU = Path(sys.executable).with_name("vanthu")
OF_EACH = 25
CLASSES = ("short form", "name without number", "Party", "list", "implicit", "misread")
_IN_A_LIST = 60  # characters from one number to the next


@dataclass(frozen=True, slots=True)
class Link:
    """A link to read: the paper, what it says, and what was taken for it."""

    citing: str
    says: str
    means: str


def main() -> None:
    """Fill the home where it is not yet, and print."""
    home = Path(sys.argv[1]) if sys.argv[1:] else HOME
    if not (home / "vanthu.db").exists():
        fill(home)
    engine = open_database(f"sqlite:///{home / 'vanthu.db'}")
    with look(engine) as session:
        for line in (*counted(session), *sampled(session)):
            sys.stdout.write(f"{line}\n")
    engine.dispose()


def fill(home: Path) -> None:
    """Hand everything in as a person would."""
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with gzip.open(REAL / "corpus" / "vbpl.jsonl.gz", "rt", encoding="utf-8") as lines:
            for at, line in enumerate(lines):
                Path(folder, f"vbpl-{at:03}.txt").write_text(json.loads(line)["text"], "utf-8")
        for source in (REAL / "eval" / "dev").glob("*/source.*"):
            shutil.copyfile(source, Path(folder, source.parent.name + source.suffix))
        subprocess.run([VANTHU, "ingest", folder], check=True, env={**os.environ, "VANTHU_HOME": str(home)}, stdout=subprocess.DEVNULL)


def counted(session: Session) -> Iterator[str]:
    """Yield how many documents, edges and links there are; a link whose document is only cited is unmatched as yet."""
    held = dict(session.execute(select(DocumentRow.held, func.count()).group_by(DocumentRow.held)).all())
    yield f"documents: {held.get(True, 0)} held, {held.get(False, 0)} only cited"
    edges = session.execute(select(EdgeRow.relation, func.count()).group_by(EdgeRow.relation).order_by(func.count().desc()))
    yield "edges: " + ", ".join(f"{relation} {count}" for relation, count in edges)
    target = aliased(DocumentRow)
    links = select(ReferenceRow.status, target.held, func.count()).outerjoin(target, target.id == ReferenceRow.target_id)
    told: dict[tuple[str, bool | None], int] = {
        (status, is_held): count for status, is_held, count in session.execute(links.group_by(ReferenceRow.status, target.held))
    }
    resolved, unmatched = told.get(("resolved", True), 0), told.get(("resolved", False), 0)
    yield f"links: {resolved} resolved, {told.get(('ambiguous', None), 0)} ambiguous, {unmatched} unmatched (only cited)"


def sampled(session: Session) -> Iterator[str]:
    """Yield the links of each class that are to be read, the same ones each time; those to documents that are held before others."""
    by_class: defaultdict[str, list[tuple[bool, Link]]] = defaultdict(list)
    for name, is_held, link in _links(session):
        by_class[name].append((is_held, link))
    draw = random.Random(5)  # noqa: S311  a sample
    for name in CLASSES:
        draw.shuffle(by_class[name])
        chosen = sorted(by_class[name], key=lambda one: not one[0])[:OF_EACH]
        yield f"\n{name}: {len(by_class[name])}"
        yield from (f"  {link.citing}: {link.says}\n      = {link.means}" for _, link in chosen)


def _links(session: Session) -> Iterator[tuple[str, bool, Link]]:
    """Yield each class of each resolved link."""
    citing, meant, issuer = aliased(DocumentRow), aliased(DocumentRow), aliased(AgencyRow)
    asked = (
        select(ReferenceRow, citing, meant, issuer.name)
        .join(citing, citing.id == ReferenceRow.document_id)
        .join(meant, meant.id == ReferenceRow.target_id)
        .outerjoin(issuer, issuer.id == meant.agency_id)
        .where(ReferenceRow.status == "resolved")
        .order_by(ReferenceRow.document_id, ReferenceRow.start, ReferenceRow.id)
    )
    rows = session.execute(asked).all()
    listed = {row.id for (one, *_), (row, *_) in pairwise(rows) if _follows(one, row)}
    for row, paper, target, name in rows:
        link = Link(_told(paper, paper.agency), f"{row.words or row.title} [{row.issued_on or ''} {row.agency or ''}]", _told(target, name))
        for kind in _classes(row, paper, row.id in listed):
            yield kind, target.held, link


def _follows(one: ReferenceRow, other: ReferenceRow) -> bool:
    is_near = one.document_id == other.document_id and one.end is not None and other.start is not None
    return is_near and bool(one.number and other.number) and 0 <= (other.start or 0) - (one.end or 0) < _IN_A_LIST


def _classes(row: ReferenceRow, paper: DocumentRow, is_listed: bool) -> Iterator[str]:
    number, said = number_key(row.number or ""), number_key(row.words)
    if number is None:
        yield "name without number"
        return
    if said and said.text != number.text and row.number and row.number not in row.words and number.serial and number.serial in row.words:
        yield "short form"
    if number.is_party:
        yield "Party"
    if is_listed:
        yield "list"
    if number.is_local and not row.agency:
        yield "implicit"
    if row.misprints or paper.media_type in ("application/pdf", "image/tiff"):
        yield "misread"


def _told(document: DocumentRow, agency: str | None) -> str:
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    told = " · ".join(part for part in (agency, (document.subject or "")[:70]) if part)
    return f"{document.type or ''} {document.number or ''}{day} ({told}){'' if document.held else ' *'}"


if __name__ == "__main__":
    main()
