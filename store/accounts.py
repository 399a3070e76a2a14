"""Who may come in, as what, and how are they made, changed and shut out?"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import choice
from typing import Any, Literal, get_args

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from store.account_tables import AccountRow, LoginRow, TokenRow
from store.answers import Viewer
from store.errors import NotAllowed, NotFound
from store.passwords import fits, kept
from store.sight import mark_all
from store.spelling import key
from store.work_tables import UnitRow

Role = Literal["clerk", "officer", "leader", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Văn thư, lưu trữ; chuyên viên; lãnh đạo; quản trị. One person may be several of them."""
SEE_ALL: frozenset[Role] = frozenset({"clerk", "leader", "admin"})
SHORTEST = 10  # characters of a password; length is what counts (NIST SP 800-63B, 5.1.1)
_LONGEST = 200
_NAME = re.compile(r"[^\W_][\w.@-]{1,63}")
_EASY = "abcdefghijkmnpqrstuvwxyz23456789"  # letters that are not taken for others when read from paper
_NO_ACCOUNT = "Không tìm thấy tài khoản."


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may come in: the name they log in with, what they are, their unit; locked: nobody may use it now."""

    id: int
    name: str
    full_name: str
    roles: tuple[Role, ...]
    unit: int | None
    unit_name: str | None
    must_change: bool
    locked: bool
    made_at: datetime
    seen_at: datetime | None = None
    """When they were last seen by a browser that is still logged in."""

    @property
    def viewer(self) -> Viewer:
        """Give them as one who asks."""
        return Viewer(self.name, sees_all=bool(SEE_ALL.intersection(self.roles)), unit=self.unit)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an account shall be."""

    full_name: str
    roles: tuple[Role, ...]
    unit: int | None = None


def add_account(session: Session, name: str, wanted: Wanted, *, now: datetime) -> tuple[int, str]:
    """Make an account; give its id and a password for the first log-in, which is kept nowhere.

    Raises NotAllowed for a name that cannot be, or is taken, or for roles that do not fit together with the unit; NotFound for no unit.
    """
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise NotAllowed("Tên đăng nhập gồm từ 2 đến 64 chữ, số, dấu chấm, gạch nối, không có khoảng trắng.")
    if session.scalar(select(AccountRow.id).where(AccountRow.folded == key(name))) is not None:
        raise NotAllowed(f"Đã có tài khoản “{name}”, hoặc tên dễ nhầm với tên này.")
    if session.scalar(select(AccountRow.id).limit(1)) is None:
        mark_all(session)
    password = one_time_password()
    row = AccountRow(name=name, folded=key(name), password=kept(password), must_change=True, made_at=now, full_name="", roles=[])
    _put(session, row, wanted)
    session.add(row)
    session.flush()
    return row.id, password


def change_account(session: Session, account_id: int, wanted: Wanted) -> None:
    """Change what an account is; who is logged in with it is so from the next page on. Raises as add_account, and NotFound."""
    row = _row(session, account_id)
    _put(session, row, wanted)
    session.flush()
    _keep_an_admin(session)


def lock(session: Session, account_id: int, *, now: datetime) -> None:
    """Shut an account: its browsers and tokens are refused from now on. Raises NotFound, NotAllowed for the last administrator."""
    row = _row(session, account_id)
    row.locked_at = row.locked_at or now
    session.flush()
    _keep_an_admin(session)
    log_out_everywhere(session, account_id)
    session.execute(update(TokenRow).where(TokenRow.account_id == account_id, TokenRow.revoked_at.is_(None)).values(revoked_at=now))


def unlock(session: Session, account_id: int) -> None:
    """Open an account again; its tokens stay revoked. Raises NotFound."""
    _row(session, account_id).locked_at = None
    session.flush()


def reset_password(session: Session, account_id: int) -> str:
    """Give an account a password for one log-in, and log it out everywhere. Raises NotFound."""
    row = _row(session, account_id)
    password = one_time_password()
    row.password, row.must_change = kept(password), True
    session.flush()
    log_out_everywhere(session, account_id)
    return password


def change_password(session: Session, account_id: int, old: str, new: str) -> None:
    """Let a person choose their password; every browser is logged out. Raises NotFound, NotAllowed for a wrong old or an easy new one."""
    row = _row(session, account_id)
    if not fits(row.password, old):
        raise NotAllowed("Mật khẩu hiện tại không đúng.")
    if new == old or not SHORTEST <= len(new) <= _LONGEST or len(set(new)) < SHORTEST // 2 or key(new) in (row.folded, key(row.full_name)):
        raise NotAllowed(f"Mật khẩu mới cần từ {SHORTEST} ký tự, khác mật khẩu cũ, không lặp lại vài ký tự và không phải là tên.")
    row.password, row.must_change = kept(new), False
    session.flush()
    log_out_everywhere(session, account_id)


def log_out_everywhere(session: Session, account_id: int) -> None:
    """End every log-in of an account."""
    session.execute(delete(LoginRow).where(LoginRow.account_id == account_id))


def accounts(session: Session) -> tuple[Account, ...]:
    """Give all accounts by name, with when each was last seen."""
    return _accounts(session, [])


def account(session: Session, account_id: int) -> Account:
    """Give one account. Raises NotFound."""
    for found in _accounts(session, [AccountRow.id == account_id]):
        return found
    raise NotFound(_NO_ACCOUNT)


def account_named(session: Session, name: str) -> Account | None:
    """Give the account with a name, in any spelling."""
    return next(iter(_accounts(session, [AccountRow.folded == key(name)])), None)


def one_time_password() -> str:
    """Give a password that is easily read from paper: four groups of four, some 80 bits."""
    return "-".join("".join(choice(_EASY) for _ in range(4)) for _ in range(4))


def _accounts(session: Session, conditions: Collection[Any]) -> tuple[Account, ...]:
    seen = select(LoginRow.account_id, func.max(LoginRow.seen_at).label("at")).group_by(LoginRow.account_id).subquery()
    asked = select(AccountRow, UnitRow.name, seen.c.at).outerjoin(UnitRow, UnitRow.id == AccountRow.unit_id)
    asked = asked.outerjoin(seen, seen.c.account_id == AccountRow.id).where(*conditions).order_by(AccountRow.folded)
    return tuple(_account(row, unit, at) for row, unit, at in session.execute(asked))


def _account(row: AccountRow, unit_name: str | None, seen_at: datetime | None) -> Account:
    return Account(
        row.id,
        row.name,
        row.full_name,
        tuple(row.roles),
        row.unit_id,
        unit_name,
        row.must_change,
        row.locked_at is not None,
        row.made_at,
        seen_at,
    )


def _row(session: Session, account_id: int) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFound(_NO_ACCOUNT)
    return row


def _put(session: Session, row: AccountRow, wanted: Wanted) -> None:
    roles = [role for role in ROLES if role in wanted.roles]
    if not roles:
        raise NotAllowed("Đề nghị chọn ít nhất một vai trò.")
    if wanted.unit is not None and session.get(UnitRow, wanted.unit) is None:
        raise NotFound("Không tìm thấy đơn vị.")
    if wanted.unit is None and not SEE_ALL.intersection(roles):
        raise NotAllowed("Chuyên viên cần có đơn vị: văn bản được xem theo đơn vị.")
    row.full_name, row.roles, row.unit_id = " ".join(wanted.full_name.split())[:_LONGEST] or row.name, roles, wanted.unit


def _keep_an_admin(session: Session) -> None:
    open_ones: Iterable[list[Any]] = session.scalars(select(AccountRow.roles).where(AccountRow.locked_at.is_(None)))
    if not any("admin" in roles for roles in open_ones):
        raise NotAllowed("Cần còn ít nhất một tài khoản quản trị đang mở.")
