"""How does what a person decides about pages take effect: understood in the child, then written down in one go?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from api.child import Child, Died, Sheet
from api.errors import NotRead, Refusal
from api.pipeline import Workshop, clear_out
from nlp.directive import Directive
from nlp.rules import rules_mark
from store import originals, quarantine
from store.answers import Leaf
from store.database import begin, look
from store.errors import NotAllowed
from store.mending import Change, mend, pages_then
from store.paging import file_names
from store.transcripts import compose, drop


class SetApart(Refusal):
    """A document turned out to be secret; the text tells the clerk where it belongs."""


def carry_out(workshop: Workshop, change: Change, *, by: str) -> dict[int, int]:
    """Read the documents of a change as they are then and write it down; give their ids (of a new one by NEW).

    Raises NotFound, NotAllowed as mend does, NotRead where the pages could not be read again: then nothing has changed. Raises SetApart
    where a mark of secrecy is read only now: then the files of these pages have left the store.
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
    secret = _newly_secret(workshop, change, list(zip(pages.values(), directives, strict=True)))
    if secret is not None:
        raise SetApart(_set_apart(workshop, *secret, by=by))
    home = workshop.settings.home
    readings = {document: (compose(home, own), said) for (document, own), said in zip(pages.items(), directives, strict=True)}
    with begin(workshop.engine, by=by) as session:
        return mend(session, home, change, readings, rules=rules_mark(), by=by, now=datetime.now(UTC))


Reading = tuple[Mapping[int, Leaf], Directive]
"""The pages of a document, and what it says."""


def _newly_secret(workshop: Workshop, change: Change, read: Sequence[Reading]) -> tuple[str, list[Leaf]] | None:
    """Give the mark of secrecy that is read only now, and the pages of the document that bears it; none where it was held with its mark."""
    found = next(((said.secrecy.value, list(own.values())) for own, said in read if said.secrecy is not None), None)
    if found is None or workshop.settings.secrecy == "keep":
        return None
    with look(workshop.engine) as session:
        return None if any(quarantine.is_marked(session, document) for document in change.before) else found


def _set_apart(workshop: Workshop, mark: str, pages: Sequence[Leaf], *, by: str) -> str:
    """Take the files of these pages out of the store; give the sentence that says so."""
    try:
        with begin(workshop.engine, by=by) as session:
            for sha256 in sorted({leaf.sha256 for leaf in pages}):
                quarantine.set_filed_apart(session, sha256, mark=mark, by=by, now=datetime.now(UTC))
    except NotAllowed as error:
        raise NotAllowed(f"{quarantine.sentence(mark).partition(' Tệp')[0]} {error}") from error
    for leaf in pages:
        drop(workshop.settings.home, leaf.read_as)
    clear_out(workshop)
    return quarantine.sentence(mark)


def sheets_of(workshop: Workshop, pages: Mapping[int, Leaf], names: Mapping[str, str]) -> list[Sheet]:
    """Give the pages of a document as the child is told of them; names are those of their files."""
    home = workshop.settings.home
    return [
        Sheet(str(originals.path_of(home, leaf.sha256)), names.get(leaf.sha256, leaf.sha256[:16]), number, leaf)
        for number, leaf in pages.items()
    ]
