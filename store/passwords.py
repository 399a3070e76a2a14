"""Is this the password, and what is kept in place of it?

Argon2id with 19 MB and two rounds on one core, some 30 ms for each try: what OWASP asks for (Password Storage Cheat Sheet), and what a
small office machine bears when everybody logs in at eight.
"""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def kept(password: str) -> str:
    """Give what is kept of a password: a salted hash that says itself how it was made."""
    return _HASHER.hash(password)


def fits(hash_: str | None, password: str) -> bool:
    """Say whether a password is the one; where there is no account (None) the answer takes as long, and is no."""
    try:
        return _HASHER.verify(hash_ or _nobody(), password) and hash_ is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return kept("")
