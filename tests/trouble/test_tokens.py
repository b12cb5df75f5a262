"""Tokens under load and in trouble: one renewal however many wait, and no answer lost by it."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from gateway.settings import Settings
from resolvers.platforms.clinked import Clinked
from tests.graph.conftest import Graph, opened
from tests.trouble.asking import (
    COMPANY_NAME,
    LARKSPUR,
    NEVER_MS,
    TOKEN,
    all_at_once,
    ask,
    codes,
    distinct,
    sign_in,
    tuned,
)

MANY = 500
# How long the stand-in's tokens last. By a date so far ahead one is about to end, or has ended.
LASTS = 7199
ENDING = LASTS - 100
ENDED = LASTS + 100
FOUND = {"data": {"company": {"name": "Larkspur Architects"}}}


async def renewals(graph: Graph) -> list[int | None]:
    """Tell how the requests for a token were answered."""
    return [call["status"] for call in await graph.calls("clinked") if call["path"] == TOKEN]


def by_password(sandbox: Sandbox) -> Settings:
    """Make settings whose connection to Clinked is a user's, by name and password."""
    settings = tuned(sandbox)
    (clinked,) = (one for one in sandbox.stand_ins if one.platform == "clinked")
    user = Clinked.model_validate(
        {
            "base_url": sandbox.url("clinked"),
            "rate_limits": (),
            **clinked.other_credentials["clinked-user"],
        }
    )
    return settings.model_copy(update={"connections": {**settings.connections, "clinked": user}})


async def test_five_hundred_operations_with_an_expired_token_renew_it_once(graph: Graph) -> None:
    """Whoever is refused with the old token goes on with the new one; none of them fails."""
    await sign_in(graph)
    await graph.fault("clinked", expire_tokens=True)
    answers = await all_at_once(graph, distinct(MANY, "clinked"))

    assert answers == [{"data": {"company": None}}] * MANY
    assert await renewals(graph) == [200]
    asked = [call["status"] for call in await graph.calls("clinked") if call["path"] != TOKEN]
    assert asked.count(404) == MANY


async def turn_clock(graph: Graph, seconds: int) -> None:
    """Let Clinked's clock be so far ahead, and the gateway learn of it."""
    await sign_in(graph)
    await graph.fault("clinked", date_skew_seconds=seconds)
    await ask(graph, COMPANY_NAME, id=LARKSPUR)
    await graph.forget_calls()


async def test_a_token_that_is_about_to_end_is_renewed_without_delay_for_anybody(
    graph: Graph,
) -> None:
    """The old one serves while the new one is fetched, however slowly that goes."""
    await turn_clock(graph, ENDING)
    await graph.fault("clinked", latency_ms=NEVER_MS, only={"path": TOKEN})
    answer = await ask(graph, COMPANY_NAME, within=5, id=LARKSPUR)

    assert answer == FOUND
    assert await renewals(graph) == [None]


async def test_a_token_that_is_about_to_end_is_renewed_once_by_many(graph: Graph) -> None:
    """It is fetched ahead, so that nobody is ever refused for it."""
    await turn_clock(graph, ENDING)
    answers = await all_at_once(graph, distinct(50, "clinked"))

    assert answers == [{"data": {"company": None}}] * 50
    assert await renewals(graph) == [200]
    assert 401 not in [call["status"] for call in await graph.calls("clinked")]


async def test_a_token_that_has_ended_by_the_platforms_clock_is_not_sent(graph: Graph) -> None:
    """The platform's date counts, for its clock is what ends a token."""
    await turn_clock(graph, ENDED)
    answer = await ask(graph, COMPANY_NAME, id=LARKSPUR)

    assert answer == FOUND
    paths = [call["path"] for call in await graph.calls("clinked")]
    assert paths == [TOKEN, "/v3/accounts/11"]


async def test_a_renewal_ahead_that_fails_is_not_tried_for_every_call(graph: Graph) -> None:
    """While the old token serves, a token service in trouble is left alone for a while."""
    await turn_clock(graph, ENDING)
    ahead = {"date_skew_seconds": ENDING}
    await graph.fault("clinked", status=503, only={"path": TOKEN}, **ahead)
    for _ in range(20):
        assert await ask(graph, COMPANY_NAME, id=LARKSPUR) == FOUND

    assert len(await renewals(graph)) == 1


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ({"status": 503}, "UPSTREAM_UNAVAILABLE"),
        ({"drop": True}, "UPSTREAM_UNAVAILABLE"),
        ({"latency_ms": NEVER_MS}, "DEADLINE_EXCEEDED"),
        ({"html": True}, "UPSTREAM_MALFORMED"),
        ({"half": True}, "UPSTREAM_MALFORMED"),
        ({"nested": 10_000, "megabytes": 1}, "UPSTREAM_MALFORMED"),
        ({"status": 429, "headers": {"Retry-After": "30"}}, "UPSTREAM_RATE_LIMITED"),
    ],
    ids=str,
)
async def test_a_token_service_in_trouble_is_told_and_is_fine_again_after_it(
    sandbox: Sandbox, faults: dict[str, Any], code: str
) -> None:
    """Nothing is sent without a token, and nothing of the trouble is remembered but a wait."""
    async with opened(sandbox, tuned(sandbox, timeout_seconds=1)) as graph:
        await graph.fault("clinked", **faults, only={"path": TOKEN})
        within = 0.7 if code == "DEADLINE_EXCEEDED" else 20
        answers = await all_at_once(graph, distinct(20, "clinked"), within=within)
        paths = {call["path"] for call in await graph.calls("clinked")}
        await graph.fault("clinked")
        later = await ask(graph, COMPANY_NAME, within=10, id=LARKSPUR)

    assert {code for answer in answers for code in codes(answer)} <= {code, "RATE_LIMITED"}
    assert [answer["data"] for answer in answers] == [{"company": None}] * 20
    assert paths == {TOKEN}
    assert later == FOUND or codes(later) == ["RATE_LIMITED"]


async def test_a_platform_that_refuses_every_token_costs_one_renewal(graph: Graph) -> None:
    """The new token is tried once, and then it is the credentials that are wrong."""
    await sign_in(graph)
    await graph.fault("clinked", status=401, only={"path": "/v3/"})
    answer = await ask(graph, COMPANY_NAME, id=LARKSPUR)

    assert codes(answer) == ["UPSTREAM_UNAUTHORIZED"]
    calls = [(call["path"], call["status"]) for call in await graph.calls("clinked")]
    assert calls == [("/v3/accounts/11", 401), (TOKEN, 200), ("/v3/accounts/11", 401)]


@pytest.fixture
async def user(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway that signs in at Clinked by a user's name and password."""
    async with opened(sandbox, by_password(sandbox)) as graph:
        yield graph


async def grants(graph: Graph) -> list[tuple[str, int]]:
    """Tell by which grants tokens were asked for, and how that was answered."""
    return [
        (call["query"]["grant_type"], call["status"])
        for call in await graph.calls("clinked")
        if call["path"] == TOKEN
    ]


async def test_a_user_signs_in_by_password_and_then_by_refresh_token(user: Graph) -> None:
    """The password is sent once, for as long as the refresh token is good."""
    for _ in range(3):
        assert await ask(user, COMPANY_NAME, id=LARKSPUR) == FOUND
        await user.fault("clinked", expire_tokens=True)

    assert await grants(user) == [
        ("password", 200),
        ("refresh_token", 200),
        ("refresh_token", 200),
    ]


async def test_a_refused_refresh_token_falls_back_to_the_password(user: Graph) -> None:
    """It may end before its time; the caller sees nothing of it."""
    await ask(user, COMPANY_NAME, id=LARKSPUR)
    (clinked,) = (one for one in user.sandbox.stand_ins if one.platform == "clinked")
    clinked.reset()

    assert await ask(user, COMPANY_NAME, id=LARKSPUR) == FOUND
    assert await grants(user) == [("refresh_token", 400), ("password", 200)]


async def test_a_token_service_that_is_down_does_not_make_a_password_be_sent(user: Graph) -> None:
    """A refresh token that was not refused is good still."""
    await ask(user, COMPANY_NAME, id=LARKSPUR)
    await user.fault("clinked", expire_tokens=True, status=503, only={"path": TOKEN})
    failed = await ask(user, COMPANY_NAME, id=LARKSPUR)
    tried = await grants(user)
    await user.fault("clinked")

    assert codes(failed) == ["UPSTREAM_UNAVAILABLE"]
    assert {grant for grant, status in tried if status == 503} == {"refresh_token"}
    assert await ask(user, COMPANY_NAME, id=LARKSPUR) == FOUND
    assert (await grants(user))[-1] == ("refresh_token", 200)


async def test_many_that_are_refused_at_once_refresh_once(user: Graph) -> None:
    """A refresh token may be good for one use alone."""
    await ask(user, COMPANY_NAME, id=LARKSPUR)
    await user.fault("clinked", expire_tokens=True)
    answers = await all_at_once(user, distinct(100, "clinked"))

    assert answers == [{"data": {"company": None}}] * 100
    assert await grants(user) == [("password", 200), ("refresh_token", 200)]
