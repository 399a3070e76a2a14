"""Is this the person, in this browser or by this program, and how long does that hold?

What a cookie or a token says is kept nowhere: only its SHA-256 (256 random bits need no salt). A log-in makes a new one each time, so
that one that was planted in a browser before is worth nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from store.account_tables import AccountRow, FailureRow, LoginRow, TokenRow
from store.accounts import Account, account
from store.acts import Act
from store.audit import note
from store.errors import NotAllowed, NotFound
from store.passwords import fits
from store.spelling import key

Scope = Literal["read", "hand in"]
IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)  # a log-in ends when nobody used it for so long, and at the end of a working day
WINDOW = timedelta(minutes=15)
TRIES, FROM_ADDRESS = 5, 30  # failures within the window, of one name and from one address, after which nobody is let in
TOKEN_DAYS = 366
_SEEN = timedelta(minutes=1)  # how exactly it is kept when somebody was last seen


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The cookie that a log-in gives out, once, and whose it is."""

    cookie: str
    account: Account


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it: what it is for, when it was last used; open: it may be used now."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    until: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def log_in(session: Session, name: str, password: str, *, address: str, now: datetime, old: str = "") -> LoggedIn | None:
    """Let a person in, or give None for a name and password that do not fit; old is the cookie of before, which ends here.

    Raises NotAllowed where too many tries failed lately; then the password is not even looked at. The caller commits either way.
    """
    said = _hash(key(name))
    _check_tries(session, said, address, now)
    row = session.scalar(select(AccountRow).where(AccountRow.folded == key(name)))
    if not fits(row.password if row and row.locked_at is None else None, password) or row is None:
        session.add(FailureRow(name=said, address=address, at=now))
        note(session, Act("fail log in", "account", row.id if row else 0))
        return None
    session.execute(delete(FailureRow).where((FailureRow.name == said) | (FailureRow.at < now - WINDOW)))
    log_out(session, old)
    cookie = token_urlsafe(32)
    session.execute(delete(LoginRow).where(LoginRow.until < now))
    session.add(LoginRow(hash=_hash(cookie), account_id=row.id, since=now, seen_at=now, until=now + IDLE))
    note(session, Act("log in", "account", row.id, row.name))
    session.flush()
    return LoggedIn(cookie, account(session, row.id))


def log_out(session: Session, cookie: str) -> None:
    """End the log-in of a cookie; one that is none is passed over."""
    session.execute(delete(LoginRow).where(LoginRow.hash == _hash(cookie)))


def who_is(session: Session, cookie: str, *, now: datetime) -> Account | None:
    """Give whose cookie this is, None where the log-in ended or the account is locked."""
    row = session.get(LoginRow, _hash(cookie)) if cookie else None
    return _open_account(session, row.account_id) if row and row.until > now else None


def is_stale(session: Session, cookie: str, *, now: datetime) -> bool:
    """Say whether it is time to write down that somebody was seen."""
    seen = session.scalar(select(LoginRow.seen_at).where(LoginRow.hash == _hash(cookie)))
    return seen is not None and now - seen > _SEEN


def seen(session: Session, cookie: str, *, now: datetime) -> None:
    """Let a log-in hold on, but no longer than a day's work."""
    row = session.get(LoginRow, _hash(cookie))
    if row is not None:
        row.seen_at, row.until = now, min(now + IDLE, row.since + LONGEST)


def add_token(session: Session, account_id: int, name: str, scopes: Collection[Scope], *, days: int, now: datetime) -> str:
    """Make a token for a program and give it, once. Raises NotAllowed without a name, scope or fit number of days."""
    name = " ".join(name.split())[:100]
    if not name or not scopes or not 1 <= days <= TOKEN_DAYS:
        raise NotAllowed(f"Mã truy cập cần có tên, phạm vi và số ngày từ 1 đến {TOKEN_DAYS}.")
    token = "vanthu_" + token_urlsafe(32)
    row = TokenRow(account_id=account_id, name=name, hash=_hash(token), scopes=sorted(scopes), made_at=now, until=now + timedelta(days))
    session.add(row)
    session.flush()
    return token


def revoke(session: Session, token_id: int, *, account_id: int, now: datetime) -> None:
    """Make a token worthless for good. Raises NotFound for one that is not the account's."""
    row = session.get(TokenRow, token_id)
    if row is None or row.account_id != account_id:
        raise NotFound("Không tìm thấy mã truy cập.")
    row.revoked_at = row.revoked_at or now
    session.flush()


def tokens(session: Session, account_id: int) -> tuple[Token, ...]:
    """Give the tokens of an account, the newest first."""
    rows = session.scalars(select(TokenRow).where(TokenRow.account_id == account_id).order_by(TokenRow.id.desc()))
    return tuple(Token(row.id, row.name, tuple(row.scopes), row.made_at, row.until, row.used_at, row.revoked_at) for row in rows)


def whose_token(session: Session, token: str, *, now: datetime) -> tuple[Account, tuple[Scope, ...]] | None:
    """Give whose token this is and for what, None for one that ended, was revoked, or whose account is locked."""
    row = session.scalar(select(TokenRow).where(TokenRow.hash == _hash(token)))
    if row is None or row.revoked_at is not None or row.until <= now:
        return None
    found = _open_account(session, row.account_id)
    return (found, tuple(row.scopes)) if found and not found.must_change else None


def _open_account(session: Session, account_id: int) -> Account | None:
    found = account(session, account_id)
    return None if found.locked else found


def _check_tries(session: Session, said: str, address: str, now: datetime) -> None:
    lately = FailureRow.at > now - WINDOW
    for column, value, most in ((FailureRow.name, said, TRIES), (FailureRow.address, address, FROM_ADDRESS)):
        if (session.scalar(select(func.count()).where(column == value, lately)) or 0) >= most:
            raise NotAllowed(f"Đã nhập sai nhiều lần. Đề nghị thử lại sau {WINDOW.seconds // 60} phút, hoặc nhờ quản trị cấp lại mật khẩu.")


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
