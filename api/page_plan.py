"""What does a person want to be done with pages, and what will come of it, in words and as a change of the store?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from store.answers import Leaf, PageStepKind, Turn
from store.arranging import Leaves, add_annex, bring_back, join, keep_beside, move, shift, split, substitute, turn
from store.errors import NotAllowed
from store.mending import NEW, Change

Deed = Literal["tach", "len", "xuong", "xoay-phai", "xoay-trai", "xoay-nguoc", "dua-vao", "ghep", "chuyen", "thay", "kem", "giu"]
WITH_OTHER: dict[Deed, str] = {
    "ghep": "Ghép với văn bản",
    "chuyen": "Chuyển sang văn bản",
    "thay": "Thay bằng bản quét khác",
    "kem": "Kèm tệp phụ lục",
    "giu": "Thêm bản quét",
}
"""What takes another document, as the page calls it."""
TURNS: dict[Deed, Turn] = {"xoay-phai": 90, "xoay-nguoc": 180, "xoay-trai": 270}
AT_ONCE = ("len", "xuong", *TURNS, "dua-vao")
"""What is done without being told before: one key takes it back."""
_KINDS: dict[Deed, PageStepKind] = {
    "tach": "split", "len": "order", "xuong": "order", "xoay-phai": "turn", "xoay-trai": "turn", "xoay-nguoc": "turn",
    "dua-vao": "bring back", "ghep": "join", "chuyen": "move", "thay": "rescan", "kem": "annex", "giu": "keep scan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a plan: its id, what it is called, its pages."""

    id: int
    name: str
    pages: Leaves


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks: what to do with which pages (positions), and with which of the other document."""

    deed: Deed
    positions: frozenset[int]
    others: frozenset[int] = frozenset()


def plan(asked: Asked, own: Paper, other: Paper | None) -> Change:
    """Give the change that is asked for, with the sentence that tells it. Raises NotAllowed for what cannot be."""
    if asked.deed in WITH_OTHER:
        if other is None:
            raise NotAllowed("Chưa chọn văn bản kia.")
        if other.id == own.id:
            raise NotAllowed("Đề nghị chọn một văn bản khác.")
        then, its = _WITH[asked.deed](own, other, asked)
        before, after = {own.id: own.pages, other.id: other.pages}, {own.id: then, other.id: its}
    elif asked.deed == "tach":
        first, second = split(own.pages, min(asked.positions, default=0))
        before, after = {own.id: own.pages}, {own.id: first, NEW: second}
    else:
        before, after = {own.id: own.pages}, {own.id: _alone(asked, own.pages)}
    return Change(_KINDS[asked.deed], _told(asked, own, other), before, after)


def _alone(asked: Asked, pages: Leaves) -> Leaves:
    if asked.deed in TURNS:
        return turn(pages, asked.positions, TURNS[asked.deed])
    return _ALONE[asked.deed](pages, asked.positions)


_ALONE: dict[Deed, Callable[[Leaves, frozenset[int]], Leaves]] = {
    "len": lambda pages, chosen: shift(pages, chosen, "up"),
    "xuong": lambda pages, chosen: shift(pages, chosen, "down"),
    "dua-vao": bring_back,
}


def _substitute(own: Paper, other: Paper, asked: Asked) -> tuple[Leaves, Leaves]:
    if len(asked.positions) != 1:
        raise NotAllowed("Đề nghị chọn đúng một trang để thay.")
    return substitute(own.pages, min(asked.positions), other.pages, asked.others or frozenset({1}))


_WITH: dict[Deed, Callable[[Paper, Paper, Asked], tuple[Leaves, Leaves]]] = {
    "ghep": lambda own, other, _: (join(own.pages, other.pages), ()),
    "kem": lambda own, other, _: (add_annex(own.pages, other.pages), ()),
    "giu": lambda own, other, _: (keep_beside(own.pages, other.pages), ()),
    "chuyen": lambda own, other, asked: move(own.pages, other.pages, asked.positions),
    "thay": _substitute,
}


def _told(asked: Asked, own: Paper, other: Paper | None) -> str:
    """Tell in a sentence what is done."""
    pages, name, count = counted(asked.positions), other.name if other else "", len(other.pages) if other else 0
    first = min(asked.positions, default=0)
    last = sum(leaf.kind != "set aside" for leaf in own.pages)
    return {
        "tach": f"Tách văn bản: {counted(range(1, first))} ở lại, {counted(range(first, last + 1))} thành văn bản mới.",
        "len": f"Đưa {pages} lên một vị trí.",
        "xuong": f"Đưa {pages} xuống một vị trí.",
        "xoay-phai": f"Xoay {pages} sang phải 90°.",
        "xoay-trai": f"Xoay {pages} sang trái 90°.",
        "xoay-nguoc": f"Xoay ngược {pages}.",
        "dua-vao": f"Đưa {pages} vào cuối văn bản.",
        "ghep": f"Ghép {count} trang của {name} vào sau các trang của {own.name}.",
        "chuyen": f"Chuyển {pages} của {own.name} sang cuối {name}.",
        "thay": f"Thay {pages} bằng {counted(asked.others or {1})} của {name}.",
        "kem": f"Kèm {count} trang của {name} làm phụ lục của {own.name}.",
        "giu": f"Giữ {count} trang của {name} làm bản quét khác của {own.name}.",
    }[asked.deed]


def counted(positions: Iterable[int]) -> str:
    """Name pages by their positions: `trang 1–3, 5`."""
    runs: list[list[int]] = []
    for at in sorted(positions):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return f"trang {', '.join(str(run[0]) if len(run) == 1 else f'{run[0]}–{run[-1]}' for run in runs)}"


def consequences(change: Change, own: Paper, other: Paper | None) -> tuple[str, ...]:
    """Tell what else comes of a change before it is made."""
    papers = [paper for paper in (own, other) if paper is not None]
    closed = [paper.name for paper in papers if change.after.get(paper.id) == ()]
    told = [
        f"{name[:1].upper()}{name[1:]} không còn trang nào nên được đóng lại; những gì đã sửa, đã xác nhận, số đã vào sổ vẫn giữ."
        for name in closed
    ]
    if change.kind == "rescan":
        told.append("Trang cũ không bị xóa: vẫn được giữ bên cạnh để xem lại.")
    if change.kind == "annex":
        told.append("Số, ngày, cơ quan ban hành vẫn lấy từ văn bản chính; nhiệm vụ, viện dẫn trong phụ lục được đọc thêm.")
    if change.kind in ("split", "join", "move"):
        told.append("Các trường do máy đọc được đọc lại theo trang mới; giá trị người đã sửa, đã xác nhận không thay đổi.")
    return (*told, "Hoàn tác được ngay sau đó.")


def places_of(leaves: Sequence[Leaf], then: Sequence[Leaf]) -> frozenset[int]:
    """Give the positions at which pages stand in an arrangement, wherever they were before."""
    wanted = {(leaf.sha256, leaf.page) for leaf in leaves}
    return frozenset(at for at, leaf in enumerate(then, 1) if (leaf.sha256, leaf.page) in wanted)
