"""Which tables hold who may come in, what shows that it is them, and which documents they may see?"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class AccountRow(Base):
    """A person who may come in. name is what they log in with and what their acts bear; folded parts names that look alike.

    roles as store/accounts.py names them; unit_id where they work; password is an Argon2 hash. must_change: the password was given
    out by somebody else and lets in only to choose another. locked_at: an administrator shut the account.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    roles: Mapped[list[Any]]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    password: Mapped[str]
    must_change: Mapped[bool]
    made_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]


class LoginRow(Base):
    """A browser in which somebody is logged in: the SHA-256 of what its cookie says, never the cookie itself."""

    __tablename__ = "login"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]


class TokenRow(Base):
    """What a program shows in place of a password: the SHA-256 of it, for what it may be used, until when."""

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]]
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class FailureRow(Base):
    """A log-in that failed: the SHA-256 of the name that was typed (people type passwords there), and from which address."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_name", "name", "at"), Index("ix_login_failure_address", "address", "at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    address: Mapped[str]
    at: Mapped[datetime]


class SightRow(Base):
    """Who may see a document besides those who see all: `all`, `unit 7`, `by lan` (store/sight.py works it out, store/scope.py asks)."""

    __tablename__ = "sight"
    __table_args__ = ({"sqlite_with_rowid": False},)
    who: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True)
