"""How does what a person decides about pages take effect: understood in the child, then written down in one go?"""

from collections.abc import Mapping
from datetime import UTC, datetime

from api.child import Child, Died, Sheet
from api.errors import NotRead
from api.pipeline import Workshop
from nlp.rules import rules_mark
from store import originals
from store.answers import Leaf
from store.database import begin, look
from store.mending import Change, mend, pages_then
from store.paging import file_names
from store.transcripts import compose


def carry_out(workshop: Workshop, change: Change, *, by: str) -> dict[int, int]:
    """Read the documents of a change as they are then and write it down; give their ids (of a new one by NEW).

    Raises NotFound, NotAllowed as mend does, NotRead where the pages could not be read again: then nothing has changed.
    """
    with look(workshop.engine) as session:
        pages = pages_then(session, change)
        names = file_names(session, {leaf.sha256 for own in pages.values() for leaf in own.values()})
    child = Child(workshop.settings)
    try:
        directives = child.understand([sheets_of(workshop, own, names) for own in pages.values()])
    except Died as death:
        raise NotRead(str(death)) from death
    finally:
        child.close()
    home = workshop.settings.home
    readings = {document: (compose(home, own), said) for (document, own), said in zip(pages.items(), directives, strict=True)}
    with begin(workshop.engine, by=by) as session:
        return mend(session, home, change, readings, rules=rules_mark(), by=by, now=datetime.now(UTC))


def sheets_of(workshop: Workshop, pages: Mapping[int, Leaf], names: Mapping[str, str]) -> list[Sheet]:
    """Give the pages of a document as the child is told of them; names are those of their files."""
    home = workshop.settings.home
    return [
        Sheet(str(originals.path_of(home, leaf.sha256)), names.get(leaf.sha256, leaf.sha256[:16]), number, leaf)
        for number, leaf in pages.items()
    ]
