"""What is asked of the log on the terminal?"""

from typing import Annotated

import typer

from api.here import open_store, viewer
from api.terminal import Command, Group

audit = typer.Typer(
    cls=Group,
    help="Nhật ký: ai đã làm gì, lúc nào; nhật ký có bị sửa, mất dòng không.\n\nVí dụ: vanthu audit verify",
    no_args_is_help=True,
    rich_markup_mode=None,
    subcommand_metavar="LỆNH ...",
    options_metavar="[TÙY CHỌN]",
)


@audit.command("show", cls=Command, options_metavar="[TÙY CHỌN]")
def show(
    document: Annotated[int | None, typer.Option("--document", metavar="SỐ", help="Chỉ của văn bản này (số trong địa chỉ trang).")] = None,
    count: Annotated[int, typer.Option("--count", metavar="SỐ DÒNG", help="Chừng này dòng cuối.", min=1)] = 50,
) -> None:
    """In nhật ký, dòng mới nhất ở cuối.

    Ví dụ: vanthu audit show --document 12
    """
    from api.print import say
    from api.trail import line_of
    from store.database import look
    from store.trail import Sought, trail

    with look(open_store().engine) as session:
        found = trail(session, Sought(documents=None if document is None else [document]), seen_by=viewer(), limit=count)
    say([line_of(one) for one in reversed(found)] or ["Nhật ký chưa có dòng nào."])


@audit.command("verify", cls=Command, options_metavar="[TÙY CHỌN]")
def verify() -> None:
    """Soát toàn bộ nhật ký: nêu dòng đầu tiên bị sửa, bị mất hoặc bị thay.

    Ví dụ: vanthu audit verify
    """
    from api.trail import check, sentence

    found = check(open_store())
    typer.echo(sentence(found))
    if found.why:
        raise typer.Exit(1)
