"""The faults that a stand-in shows in its answers, and those it refuses."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest

from gateway.sandbox.kit.fault_rules import RULES

pytestmark = pytest.mark.anyio

MARKER = "stand-in-secret-marker"


async def test_a_status_fault_hits_every_answer(codat: httpx.AsyncClient) -> None:
    """Every answer has the status, the headers and the marker, until the faults are cleared."""
    await codat.put("/__faults", json={"status": 503, "headers": {"Retry-After": 7}})
    hit = await codat.get("/companies")
    shown = (await codat.get("/__faults")).json()
    await codat.put("/__faults", json={})

    assert (hit.status_code, hit.headers["retry-after"], MARKER in hit.text) == (503, "7", True)
    assert shown == {"status": 503, "headers": {"Retry-After": "7"}}
    assert (await codat.get("/companies")).status_code == 200


async def test_an_error_rate_hits_a_share(codat: httpx.AsyncClient) -> None:
    """The same share of answers fails each time, and the rest are true."""
    runs: list[list[int]] = []
    for _ in range(2):
        await codat.put("/__faults", json={"error_rate": 0.5})
        runs.append([(await codat.get("/groups")).status_code for _ in range(20)])

    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 500}


async def test_an_error_rate_takes_the_status_given(codat: httpx.AsyncClient) -> None:
    """A rate of one with a status gives that status always."""
    await codat.put("/__faults", json={"error_rate": 1, "status": 502, "body": "{"})
    hit = await codat.get("/groups")

    assert (hit.status_code, hit.text) == (502, "{")


async def test_a_body_fault_replaces_the_text(codat: httpx.AsyncClient) -> None:
    """The text given comes with 200 and the type of JSON."""
    await codat.put("/__faults", json={"body": "<html>"})
    hit = await codat.get("/companies")

    assert (hit.status_code, hit.text) == (200, "<html>")
    assert hit.headers["content-type"] == "application/json"


async def test_a_page_of_html_comes_with_200(codat: httpx.AsyncClient) -> None:
    """As from a proxy that thinks well of itself; the page has the marker."""
    await codat.put("/__faults", json={"html": True})
    hit = await codat.get("/companies")

    assert (hit.status_code, hit.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "</html>" in hit.text
    assert MARKER in hit.text


async def test_a_page_of_html_can_be_an_error(codat: httpx.AsyncClient) -> None:
    """As from a proxy whose platform is away."""
    await codat.put("/__faults", json={"html": True, "status": 502})
    hit = await codat.get("/companies")

    assert (hit.status_code, hit.headers["content-type"]) == (502, "text/html; charset=utf-8")


async def test_json_is_as_deep_and_as_large_as_told(codat: httpx.AsyncClient) -> None:
    """A reader that recurses or that holds everything has something to fail at."""
    await codat.put("/__faults", json={"nested": 10_000, "megabytes": 10})
    hit = await codat.get("/companies")

    assert (hit.status_code, hit.headers["content-type"]) == (200, "application/json")
    assert len(hit.content) == 10_000_000
    assert hit.content.startswith(b"[" * 10_000 + b'"' + MARKER.encode())
    assert hit.content.endswith(b'"' + b"]" * 10_000)


async def test_json_can_be_deep_alone(codat: httpx.AsyncClient) -> None:
    """With nothing inside but the marker."""
    await codat.put("/__faults", json={"nested": 3})

    assert (await codat.get("/companies")).json() == [[[MARKER]]]


async def test_json_can_be_large_alone(codat: httpx.AsyncClient) -> None:
    """One string in an array, which every reader can read."""
    await codat.put("/__faults", json={"megabytes": 2})
    hit = await codat.get("/companies")
    (text,) = hit.json()

    assert len(hit.content) == 2_000_000
    assert text.startswith(MARKER * 2)


async def test_half_an_answer_is_whole_to_http(codat: httpx.AsyncClient) -> None:
    """Its length is true, and only who reads the JSON sees that it ends in the middle."""
    whole = (await codat.get("/companies")).content
    await codat.put("/__faults", json={"half": True})
    hit = await codat.get("/companies")

    assert hit.status_code == 200
    assert hit.content == whole[: len(whole) // 2]
    assert hit.headers["content-length"] == str(len(hit.content))
    with pytest.raises(json.JSONDecodeError):
        hit.json()


async def statuses(client: httpx.AsyncClient, paths: Iterable[str]) -> list[int]:
    """Ask for one path after the other."""
    return [(await client.get(path)).status_code for path in paths]


async def test_faults_end_after_so_many_calls(codat: httpx.AsyncClient) -> None:
    """What is left of them shows; then none are in force."""
    await codat.put("/__faults", json={"status": 503, "times": 2})
    first = await statuses(codat, ["/companies"])
    left = (await codat.get("/__faults")).json()
    rest = await statuses(codat, ["/companies"] * 2)

    assert first + rest == [503, 503, 200]
    assert left == {"status": 503, "times": 1}
    assert (await codat.get("/__faults")).json() == {}


@pytest.mark.parametrize(
    ("only", "hit"),
    [
        ({}, ["GET /companies", "GET /companies/none", "GET /groups", "POST /companies"]),
        ({"method": "post"}, ["POST /companies"]),
        ({"path": "/companies/"}, ["GET /companies/none"]),
        ({"method": "GET", "path": "/companies"}, ["GET /companies", "GET /companies/none"]),
    ],
)
async def test_faults_hit_only_such_calls(
    codat: httpx.AsyncClient, only: dict[str, str], hit: list[str]
) -> None:
    """By method, by how the path begins, or by both."""
    await codat.put("/__faults", json={"status": 599, "only": only})
    asked = ["GET /companies", "GET /companies/none", "GET /groups", "POST /companies"]
    answers = [await codat.request(*call.split(), json={}) for call in asked]

    assert hit == [call for call, one in zip(asked, answers, strict=True) if one.status_code == 599]


async def test_calls_that_are_not_hit_are_not_counted(codat: httpx.AsyncClient) -> None:
    """The one call that the faults are for may come late."""
    await codat.put("/__faults", json={"status": 503, "times": 1, "only": {"path": "/groups"}})
    paths = ["/companies", "/companies", "/groups", "/groups"]

    assert await statuses(codat, paths) == [200, 200, 503, 200]


async def test_a_mix_shares_out_its_sets_by_weight(codat: httpx.AsyncClient) -> None:
    """The same shares in the same order each time, a set without faults among them."""
    mix = [{"weight": 8}, {"status": 503}, {"weight": 1, "status": 429}]
    runs: list[list[int]] = []
    for _ in range(2):
        await codat.put("/__faults", json={"mix": mix})
        runs.append(await statuses(codat, ["/groups"] * 60))

    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 429, 503}
    assert runs[0].count(200) > 30


async def test_a_mix_is_shown_as_it_was_put(codat: httpx.AsyncClient) -> None:
    """A weight that was left out is one."""
    mix = [{"weight": 2.5, "half": True, "only": {"method": "GET"}}, {}]
    faults = {"mix": mix, "times": 5, "only": {"path": "/groups"}}
    shown = await codat.put("/__faults", json=faults)

    assert shown.json() == {**faults, "mix": [mix[0], {"weight": 1}]}


async def test_a_set_of_a_mix_can_be_for_some_calls_only(codat: httpx.AsyncClient) -> None:
    """The others go well where it is drawn."""
    one = {"status": 503, "only": {"path": "/groups"}}
    await codat.put("/__faults", json={"mix": [one], "times": 3})

    assert await statuses(codat, ["/groups", "/companies", "/groups", "/groups"]) == [
        503,
        200,
        503,
        200,
    ]


@pytest.mark.parametrize(
    ("faults", "named"),
    [
        ({"latency": 1}, "latency"),
        ({"latency_ms": -1}, "latency_ms"),
        ({"error_rate": 2}, "error_rate"),
        ({"status": 99}, "status"),
        ({"status": True}, "status"),
        ({"headers": []}, "headers"),
        ({"body": 1}, "body"),
        ({"cut": 1}, "cut"),
        ({"half": "yes"}, "'half': it must be true or false"),
        ({"nested": 0}, "'nested': it must be a whole number from 1 to 1000000"),
        ({"megabytes": 101}, "megabytes"),
        ({"times": 0}, "times"),
        ({"date_skew_seconds": 1.5}, "date_skew_seconds"),
        ({"latency_after_ms": 3_600_001}, "latency_after_ms"),
        ({"only": {"verb": "GET"}}, "'only': it must be an object whose members"),
        ({"only": {"path": 1}}, "only"),
        ({"mix": []}, "'mix': it must be an array of at least one"),
        ({"mix": [{"cut": True}], "status": 500}, "'mix' cannot stand beside 'status'"),
        ({"mix": [{"cut": True}, 7]}, "'mix', place 1: faults must be a JSON object"),
        ({"mix": [{"status": 1}]}, "'mix', place 0: bad value for 'status'"),
        ({"mix": [{"weight": 0}]}, "'weight': it must be a number above 0"),
        (
            {"mix": [{"mix": [{"cut": True}]}]},
            "'mix', place 0: bad value for 'mix': it must be outside",
        ),
        ({"mix": [{"times": 1}]}, "'times': it must be outside"),
        ({"mix": [{"expire_tokens": True}]}, "'expire_tokens': it must be outside"),
        ({"weight": 1}, "unknown fault 'weight'"),
        ([], "JSON object"),
    ],
)
async def test_a_bad_fault_is_named_and_changes_nothing(
    codat: httpx.AsyncClient, faults: object, named: str
) -> None:
    """A fault that is unknown or ill valued is refused, and those in force stay."""
    await codat.put("/__faults", json={"latency_ms": 1})
    refused = await codat.put("/__faults", json=faults)

    assert refused.status_code == 400
    assert named in refused.json()["error"]
    assert (await codat.get("/__faults")).json() == {"latency_ms": 1}


def test_every_fault_is_documented() -> None:
    """The tables have each of them once, and nothing else."""
    page = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text()
    _, tables = page.split("## Faults")

    assert sorted(re.findall(r"^\| `(\w+)`", tables, re.MULTILINE)) == sorted(RULES)
