"""What does a form of the review screens carry?"""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

Queue = Literal["the-thuc", "nhiem-vu"]
MOST_TEXT = 20_000  # characters of one field
LONGEST = 3600  # seconds; who looks longer than that was away


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form carries. seen: whose places were on the screen (api/looking.py); what the form itself says of that is not believed."""

    form: FormData
    seen: frozenset[str] = frozenset()

    def text(self, name: str) -> str | None:
        """Give one value, None where the form has none."""
        value = self.form.get(name)
        if isinstance(value, str) and len(value) > MOST_TEXT:
            raise HTTPException(422)
        return value if isinstance(value, str) else None

    def all(self, name: str) -> set[str]:
        """Give all values of one name."""
        return {value for value in self.form.getlist(name) if isinstance(value, str)}

    @property
    def queue(self) -> Queue:
        """Give the queue in which the person works."""
        return "nhiem-vu" if self.text("hang") == "nhiem-vu" else "the-thuc"

    @property
    def seconds(self) -> int | None:
        """Give how long the page was looked at; None where the browser did not say."""
        value = self.text("giay") or ""
        return min(int(value), LONGEST) if value.isascii() and value.isdigit() and len(value) < 10 else None


async def _sent(request: Request) -> Sent:
    return Sent(await request.form())


Given = Annotated[Sent, Depends(_sent)]
