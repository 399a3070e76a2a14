"""The API answers as its own description says, whatever it is asked."""

import pytest

from bench.openapi import HOST, ask_all

CASES = 12  # of each address in each way; `make bench-api` asks ten thousand


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_api_answers_as_it_is_described(app, client, filed):
    """What follows the description is answered as it says, what does not is refused as it says, and nothing is a fault of the server."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    found = list(ask_all(app, cases=CASES, known=filed, headers=HOST | {"Cookie": cookies}))
    assert [one for one in found if one.wrong] == []
    assert sum(one.cases for one in found) > 10 * CASES
