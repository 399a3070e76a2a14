"""In which language do the pages speak to this browser?"""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException
from starlette.responses import RedirectResponse, Response

from api.desk import SCRIPTS, TONGUE, OwnForm, spoken

pages = APIRouter(include_in_schema=False)
_A_YEAR = 366 * 24 * 3600
Tongue = Literal["vi", "en"]


@pages.post("/ngon-ngu", dependencies=[OwnForm])
def choose(tongue: Annotated[Tongue, Form()], back: Annotated[str, Form()] = "/") -> RedirectResponse:
    """Keep the language for a year, and go back to the page it was chosen on; never to another site."""
    own = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(own, 303)
    answer.set_cookie(TONGUE, tongue, max_age=_A_YEAR, httponly=True, samesite="lax")
    return answer


@pages.get("/scripts/{tongue}/{name}")
def script(tongue: Tongue, name: str) -> Response:
    """Give a script of the pages with its words in the language; kept by browsers, its address changes with its content."""
    if name not in SCRIPTS.values():
        raise HTTPException(404)
    return Response(spoken(name, tongue), media_type="text/javascript", headers={"Cache-Control": "max-age=31536000, immutable"})
