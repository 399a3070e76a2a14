"""Who sits at this machine, and which store do they open?"""

import getpass
from typing import TYPE_CHECKING

from api.errors import NoHome

if TYPE_CHECKING:
    from api.pipeline import Workshop
    from store.answers import Viewer


def person() -> str:
    """Give the name of the machine's account: who hands in, asks and corrects, until there are accounts of our own."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "người dùng tại máy"


def viewer() -> "Viewer":
    """Give the person as one who asks."""
    from store.answers import Viewer

    return Viewer(person())


def open_store(*, new: bool = False) -> "Workshop":
    """Open the store; one that does not exist is only made for what writes into it. Raises NoHome."""
    from api.pipeline import is_new, open_workshop
    from api.settings import load_settings

    settings = load_settings()
    if not new and is_new(settings):
        raise NoHome(f"Chưa có kho văn bản tại {settings.home}. Đề nghị nạp văn bản (vanthu ingest …) hoặc đặt VANTHU_HOME.")
    return open_workshop(settings)
