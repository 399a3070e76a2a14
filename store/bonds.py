"""Which relations make one document rest on another, and which documents bind nobody?

Only legal bases count in what rests on what: a letter or a submission that a decision is "căn cứ" of is a request, no base.
"""

from sqlalchemy import ColumnElement, or_

from nlp.directive import Relation
from store.knowledge import unbinding_types
from store.tables import DocumentRow

RESTS: tuple[Relation, ...] = ("based_on", "implements", "guides", "details")
"""The source falls, or has to be looked at again, when the target does."""


def binds() -> ColumnElement[bool]:
    """Say which documents may be a base, and may be in force: all but letters, invitations, submissions, reports and the like."""
    return or_(DocumentRow.type_key.is_(None), DocumentRow.type_key.not_in(sorted(unbinding_types())))


def is_binding(type_key: str | None) -> bool:
    """Say the same of one kind of document."""
    return type_key is None or type_key not in unbinding_types()
