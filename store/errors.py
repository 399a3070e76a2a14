"""What can the store not do?

StoreError
├── NotFound        no such document, job or field
├── Damaged         a file of the store is not what it was when it was kept
└── NotAllowed      a value that a field cannot hold
"""


class StoreError(Exception):
    """The store cannot do what was asked; its text is a Vietnamese sentence for the person who asked."""


class NotFound(StoreError):  # noqa: N818 - a plain word says it
    """Nothing here, or nothing that the one who asks may see: the two sound the same (users.md 4)."""

    def __init__(self, what: str = "Không tìm thấy văn bản.") -> None:
        """Take the sentence; by default the one for documents."""
        super().__init__(what)


class Damaged(StoreError):  # noqa: N818 - as above
    """A kept file no longer has the bytes that were kept."""


class NotAllowed(StoreError):  # noqa: N818 - as above
    """A correction whose value the field cannot hold."""
