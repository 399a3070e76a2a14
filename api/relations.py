"""Which documents does a passage relate to each other? Asked on the terminal, answered as JSON."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.errors import Refusal

if TYPE_CHECKING:
    from nlp.directive import Reference


def relations(
    number: Annotated[str | None, typer.Option("--self", metavar="SỐ", help="Số, ký hiệu của chính văn bản chứa đoạn này.")] = None,
    kind: Annotated[str | None, typer.Option("--type", metavar="TÊN LOẠI", help="Tên loại của chính văn bản: Nghị định, Quy định…")] = None,
) -> None:
    """Đọc một đoạn văn ở đầu vào chuẩn, in quan hệ giữa các văn bản được nêu, dạng JSON. Không ghi vào kho.

    Ví dụ: vanthu relations --self 12/2025/TT-BXD --type "Thông tư" < doan.txt
    """
    if sys.stdin.isatty():
        raise Refusal("Lệnh này đọc đoạn văn ở đầu vào chuẩn: vanthu relations --self SỐ --type TÊN_LOẠI < doan.txt")
    typer.echo(json.dumps({"edges": edges(sys.stdin.buffer.read(), number, kind)}, ensure_ascii=False, indent=1))


def edges(passage: bytes, number: str | None, kind: str | None) -> list[dict[str, Any]]:
    """Give the edges that a passage states, as dicts of source (`self` or a number or name), target, relation and scope.

    number and kind are those of the document that speaks. Raises Unreadable for bytes that are no text.
    """
    from ingest.characters import clean
    from ingest.plain import decoded
    from ingest.transcript import Page, Transcript
    from nlp.own import Own
    from nlp.references import find_references
    from nlp.zones import lay_out

    text = clean(decoded(passage, "đoạn văn").replace("\r\n", "\n").replace("\r", "\n"))
    zones = lay_out(Transcript("đoạn văn", "đoạn văn", "text/plain", (Page(1, 0, 0, text),)))
    own = Own("party" if number and "-" in number.partition("/")[0] else "state", number or None, kind or None, None, None, None)
    return [_edge(reference) for reference in find_references(zones, own)]


def _edge(reference: "Reference") -> dict[str, Any]:
    from nlp.relations import edge_relation

    return {
        "source": reference.source or "self",
        "target": reference.number or reference.title,
        "relation": edge_relation(reference.relation),
        "scope": reference.scope,
    }
