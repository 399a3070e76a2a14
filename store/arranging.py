"""What becomes of the pages of one or two documents when a person splits, joins, moves, orders, turns or replaces them?

Arrangements are tuples of leaves: pages first, then annexes, then what is kept aside; positions count from 1. Whatever is done, each
leaf that there was is in exactly one of the documents after it; a document without leaves is one whose pages all went to the other.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Literal, cast, get_args

from store.answers import Leaf, LeafKind, Turn
from store.errors import NotAllowed

Leaves = tuple[Leaf, ...]
_KINDS = get_args(LeafKind)


def split(own: Leaves, at: int) -> tuple[Leaves, Leaves]:
    """Part a document before position at; what is kept aside stays with the first part. Raises NotAllowed for the first page."""
    shown = [leaf for leaf in own if leaf.kind != "set aside"]
    if not 1 < at <= len(shown):
        raise NotAllowed("Không tách được từ trang này: mỗi văn bản phải còn ít nhất một trang.")
    return tuple(leaf for leaf in own if leaf not in shown[at - 1 :]), tuple(_as_pages(shown[at - 1 :]))


def join(own: Leaves, other: Leaves) -> Leaves:
    """Add all pages of another document after the pages of this one."""
    return _in_order([*own, *other])


def add_annex(own: Leaves, other: Leaves) -> Leaves:
    """Add all pages of another document as an annex."""
    return _in_order([*own, *(leaf if leaf.kind == "set aside" else replace(leaf, kind="annex") for leaf in other)])


def keep_beside(own: Leaves, other: Leaves) -> Leaves:
    """Keep all pages of another scan of the same paper aside."""
    return _in_order([*own, *(replace(leaf, kind="set aside") for leaf in other)])


def move(own: Leaves, other: Leaves, positions: Collection[int]) -> tuple[Leaves, Leaves]:
    """Take the pages at positions out of a document and add them to the end of another; with the last page goes what is left."""
    taken, left = _parted(own, positions)
    rest = _in_order(_as_pages(taken))
    if any(leaf.kind == "page" for leaf in left):
        return tuple(left), _in_order([*other, *rest])
    return (), _in_order([*other, *rest, *left])


def substitute(own: Leaves, at: int, other: Leaves, positions: Collection[int]) -> tuple[Leaves, Leaves]:
    """Put pages of another scan in the place of one page, which is kept aside; so is what the scan has besides, if no page is left."""
    (old,), _ = _parted(own, {at})
    taken, left = _parted(other, positions)
    if old.kind == "set aside":
        raise NotAllowed("Trang này đã được thay. Đề nghị chọn trang đang dùng.")
    new = [replace(leaf, kind=old.kind) for leaf in taken]
    mended = [*own[: at - 1], *new, *own[at:], replace(old, kind="set aside")]
    if any(leaf.kind == "page" for leaf in left):
        return _in_order(mended), tuple(left)
    return _in_order([*mended, *(replace(leaf, kind="set aside") for leaf in left)]), ()


def bring_back(own: Leaves, positions: Collection[int]) -> Leaves:
    """Take pages that are kept aside, or in an annex, among the pages of the document, at their end."""
    taken, left = _parted(own, positions)
    return _in_order([*left, *_as_pages(taken)])


def shift(own: Leaves, positions: Collection[int], way: Literal["up", "down"]) -> Leaves:
    """Move the pages at positions by one place, together; none leaves its kind, or the ends of the document."""
    _parted(own, positions)
    order = [(leaf, at in positions) for at, leaf in enumerate(own, 1)]
    if way == "down":
        order.reverse()
    for i in range(1, len(order)):
        (above, is_taken), (leaf, is_chosen) = order[i - 1], order[i]
        if is_chosen and not is_taken and above.kind == leaf.kind:
            order[i - 1], order[i] = order[i], order[i - 1]
    if way == "down":
        order.reverse()
    return tuple(leaf for leaf, _ in order)


def turn(own: Leaves, positions: Collection[int], by: Turn) -> Leaves:
    """Turn the pages at positions clockwise by some degrees more."""
    _parted(own, positions)
    return tuple(
        replace(leaf, turn=cast("Turn", (leaf.turn + by) % 360)) if at in positions else leaf for at, leaf in enumerate(own, 1)
    )  # fmt: skip


def _parted(own: Leaves, positions: Collection[int]) -> tuple[list[Leaf], list[Leaf]]:
    """Give the leaves at positions, and the others. Raises NotAllowed where a position is none of the document's, or none is given."""
    if not positions or not all(1 <= at <= len(own) for at in positions):
        raise NotAllowed("Chưa chọn trang nào, hoặc trang đã chọn không còn trong văn bản này. Đề nghị chọn lại.")
    return [leaf for at, leaf in enumerate(own, 1) if at in positions], [leaf for at, leaf in enumerate(own, 1) if at not in positions]


def _as_pages(leaves: Iterable[Leaf]) -> list[Leaf]:
    return [replace(leaf, kind="page") for leaf in leaves]


def _in_order(leaves: Iterable[Leaf]) -> Leaves:
    return tuple(sorted(leaves, key=lambda leaf: _KINDS.index(leaf.kind)))
