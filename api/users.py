"""Who may come in, asked and told on the terminal? Whoever owns the store's folder may do this; the log bears their name."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import typer

from api.here import open_store, person
from api.terminal import Command, Group

if TYPE_CHECKING:
    from api.pipeline import Workshop
    from store.accounts import Account, Role

FIRST = "quantri"
ROLES = {"clerk": "văn thư", "officer": "chuyên viên", "leader": "lãnh đạo", "admin": "quản trị"}
As = StrEnum("As", ["clerk", "officer", "leader", "admin"])
"""The roles as typer can read several of them."""
Name = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đăng nhập.")]
user = typer.Typer(
    cls=Group,
    help="Tài khoản: ai được vào trang làm việc, với vai trò nào.\n\nVí dụ: vanthu user list",
    no_args_is_help=True,
    rich_markup_mode=None,
    subcommand_metavar="LỆNH ...",
    options_metavar="[TÙY CHỌN]",
)


@user.command("list", cls=Command, options_metavar="[TÙY CHỌN]")
def show() -> None:
    """In các tài khoản.

    Ví dụ: vanthu user list
    """
    from store.accounts import accounts
    from store.database import look

    with look(open_store().engine) as session:
        known = accounts(session)
    for one in known:
        state = "đã khóa" if one.locked else "chưa đổi mật khẩu" if one.must_change else "đang mở"
        typer.echo(f"{one.name}  {one.full_name}  ({', '.join(ROLES[role] for role in one.roles)})  {one.unit_name or '–'}  {state}")
    if not known:
        typer.echo("Chưa có tài khoản nào.")


@user.command("add", cls=Command, options_metavar="[TÙY CHỌN]")
def add(
    name: Name,
    role: Annotated[
        list[As],
        typer.Option("--role", metavar="clerk|officer|leader|admin", help="Văn thư, chuyên viên, lãnh đạo, quản trị; ghi nhiều lần được."),
    ],
    full_name: Annotated[str, typer.Option("--full-name", metavar="HỌ TÊN", help="Họ và tên.", show_default=False)] = "",
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="ĐƠN VỊ", help="Tên đơn vị, như ở trang Cơ quan.", show_default=False)
    ] = None,
) -> None:
    """Lập tài khoản và in mật khẩu dùng một lần.

    Ví dụ: vanthu user add nguyen.lan --role officer --unit "Văn phòng"
    """
    from store.accounts import Wanted, add_account
    from store.answers import Viewer
    from store.database import begin
    from store.errors import NotFound
    from store.spelling import key
    from store.units import units

    with begin(open_store().engine, by=person()) as session:
        known = {key(one.name): one.id for one in units(session, seen_by=Viewer(person()))}
        if unit is not None and key(unit) not in known:
            raise NotFound(f"Không có đơn vị “{unit}”. Đề nghị ghi đơn vị ở trang Cơ quan trước.")
        _, password = add_account(
            session,
            name,
            Wanted(full_name, tuple(cast("Role", one.value) for one in role), known[key(unit)] if unit else None),
            now=datetime.now(UTC),
        )
    _say(name, password)


@user.command("reset", cls=Command, options_metavar="[TÙY CHỌN]")
def reset(name: Name) -> None:
    """Cấp lại mật khẩu dùng một lần; mọi trình duyệt của tài khoản phải đăng nhập lại.

    Ví dụ: vanthu user reset quantri
    """
    from store.accounts import reset_password, unlock
    from store.database import begin

    workshop = open_store()
    known = _named(workshop, name)
    with begin(workshop.engine, by=person()) as session:
        unlock(session, known.id)
        password = reset_password(session, known.id)
    _say(known.name, password)


@user.command("lock", cls=Command, options_metavar="[TÙY CHỌN]")
def lock(name: Name) -> None:
    """Khóa tài khoản: ai đang vào bằng tài khoản này bị đưa ra ngay.

    Ví dụ: vanthu user lock nguyen.lan
    """
    from store.accounts import lock as shut
    from store.database import begin

    workshop = open_store()
    known = _named(workshop, name)
    with begin(workshop.engine, by=person()) as session:
        shut(session, known.id, now=datetime.now(UTC))
    typer.echo(f"Đã khóa tài khoản {known.name}.")


def let_the_first_in(workshop: "Workshop") -> None:
    """Make the first administrator where nobody has an account, and print the password for the first log-in."""
    from store.accounts import Wanted, accounts, add_account
    from store.database import begin, look

    with look(workshop.engine) as session:
        if accounts(session):
            return
    with begin(workshop.engine, by=person()) as session:
        _, password = add_account(session, FIRST, Wanted("Người quản trị", ("admin", "clerk")), now=datetime.now(UTC))
    _say(FIRST, password)


def _named(workshop: "Workshop", name: str) -> "Account":
    from store.accounts import account_named
    from store.database import look
    from store.errors import NotFound

    with look(workshop.engine) as session:
        found = account_named(session, name)
    if found is None:
        raise NotFound(f"Không có tài khoản “{name}”. Xem: vanthu user list")
    return found


def _say(name: str, password: str) -> None:
    typer.echo(f"Tài khoản {name}, mật khẩu dùng một lần: {password}\nMật khẩu này chỉ in lần này; khi đăng nhập phải đổi ngay.")
