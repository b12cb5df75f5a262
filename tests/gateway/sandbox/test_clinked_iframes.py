"""Clinked's stand-in: the sites that accounts may show."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

PATH = "/v3/accounts/11/iframes"


async def test_sites_are_replaced_as_a_whole(clinked: httpx.AsyncClient) -> None:
    """Each is kept once, and the other accounts keep theirs."""
    before = (await clinked.get(PATH)).json()
    answer = await clinked.post(PATH, json=["a.example.com", "b.example.com", "a.example.com"])

    assert before == ["plans.example.com", "maps.example.org"]
    assert (answer.status_code, answer.content) == (200, b"")
    assert (await clinked.get(PATH)).json() == ["a.example.com", "b.example.com"]
    assert (await clinked.get("/v3/accounts/12/iframes")).json() == ["tides.example.net"]


async def test_no_sites_are_a_list_too(clinked: httpx.AsyncClient) -> None:
    """An account may give up all of its sites, and one may never have had any."""
    await clinked.post(PATH, json=[])

    assert (await clinked.get(PATH)).json() == []
    assert (await clinked.get("/v3/accounts/13/iframes")).json() == []


async def test_what_is_no_list_of_sites_is_refused(clinked: httpx.AsyncClient) -> None:
    """The sites stay as they were."""
    bodies = [{"sites": ["a.example.com"]}, ["a.example.com", 7], [""]]
    refused = [(await clinked.post(PATH, json=body)).status_code for body in bodies]

    assert refused == [400, 400, 400]
    assert (await clinked.get(PATH)).json() == ["plans.example.com", "maps.example.org"]
