"""What a platform answers badly, and what a caller is told of it."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

NODE = "query Node($id: ID!) { found: node(id: $id) { id } }"
CATALOGUE = """{ found: connection(name: "kondado") {
    ... on KondadoConnection { sourceTypes { totalCount } }
} }"""

# Something of each platform that is read by one call.
THINGS = {
    "clinked": ("clinked", global_id("ClinkedAccount", "clinked", "11")),
    "codat": ("codat", global_id("CodatCompany", "codat", "8534f457")),
    "conduit": ("conduit-south", global_id("ConduitCompany", "conduit-south", "1")),
    "leadconduit": ("leadconduit", global_id("LeadConduitEntity", "leadconduit", "65f0a11c")),
}
TITLES = {
    "clinked": "Clinked",
    "codat": "Codat",
    "conduit": "Conduit Link",
    "kondado": "Kondado",
    "leadconduit": "LeadConduit",
}
STATUSES = {
    301: ("UPSTREAM_MALFORMED", "gave an answer that cannot be read."),
    400: ("BAD_USER_INPUT", "refused the request."),
    401: ("UPSTREAM_UNAUTHORIZED", "refused the gateway's credentials."),
    403: ("UPSTREAM_UNAUTHORIZED", "does not allow this to the gateway's credentials."),
    408: ("UPSTREAM_UNAVAILABLE", "is not available."),
    409: ("BAD_USER_INPUT", "refused the request."),
    422: ("BAD_USER_INPUT", "refused the request."),
    429: ("UPSTREAM_RATE_LIMITED", "asks to wait: too many requests."),
    500: ("UPSTREAM_UNAVAILABLE", "is not available."),
    502: ("UPSTREAM_UNAVAILABLE", "is not available."),
    503: ("UPSTREAM_UNAVAILABLE", "is not available."),
}
NOT_A_THING = {
    "nothing": "",
    "half": '{"id": "1", "na',
    "html": "<!doctype html><title>Welcome</title>",
    "null": "null",
    "a number": "7",
    "a text": '"gone"',
    "a list": "[]",
    "an empty object": "{}",
    "another object": '{"error": "no", "status": 200}',
    "an id that is null": '{"id": null, "name": "x", "friendlyName": "x"}',
    "an id that is a list": '{"id": ["1"], "name": "x"}',
    "much nesting": "[" * 20_000,
}


async def prime(graph: Graph) -> None:
    """Let the gateway get its token of Clinked, which faults would keep it from."""
    await graph.data('{ companies(connections: ["clinked"]) { nodes { id } } }')


def told(answer: dict[str, Any], platform: str) -> tuple[str, str]:
    """Give the code and message of an answer's only error, which has to name who failed."""
    (error,) = answer["errors"]
    connection = THINGS[platform][0] if platform in THINGS else platform

    assert answer["data"]["found"] in (None, {"sourceTypes": None})
    assert error["path"][0] == "found"
    assert error["extensions"]["platform"] == platform.upper()
    assert error["extensions"]["connection"] == connection
    assert len(error["extensions"]["requestId"]) == 32
    return error["extensions"]["code"], error["message"]


@pytest.mark.parametrize("status", STATUSES)
async def test_a_status_is_told_by_its_code(graph: Graph, status: int) -> None:
    """The code says whose turn it is: the caller's, the operator's or the platform's."""
    await prime(graph)
    code, message = STATUSES[status]
    for platform, title in TITLES.items():
        await graph.fault(platform, status=status)
        id = THINGS.get(platform, ("", ""))[1]
        answer = await (graph.answer(NODE, id=id) if id else graph.answer(CATALOGUE))

        assert told(answer, platform) == (code, f"{title} {message}")


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("platform", THINGS)
async def test_what_is_not_found_is_null_without_an_error(
    graph: Graph, platform: str, status: int
) -> None:
    """Gone is an answer like any other."""
    await prime(graph)
    await graph.fault(platform, status=status)
    answer = await graph.answer(NODE, id=THINGS[platform][1])

    assert answer == {"data": {"found": None}}


@pytest.mark.parametrize("what", NOT_A_THING)
async def test_an_answer_that_is_not_the_thing_is_malformed(graph: Graph, what: str) -> None:
    """A good status over a body of another shape is the platform's fault, not a thing of nulls."""
    await prime(graph)
    for platform, (_, id) in THINGS.items():
        await graph.fault(platform, body=NOT_A_THING[what])
        answer = await graph.answer(NODE, id=id)

        assert told(answer, platform)[0] == "UPSTREAM_MALFORMED"


@pytest.mark.parametrize("platform", TITLES)
async def test_an_answer_that_breaks_off_is_an_outage(graph: Graph, platform: str) -> None:
    """Half an answer is none, however well its half reads."""
    await prime(graph)
    await graph.fault(platform, cut=True)
    id = THINGS.get(platform, ("", ""))[1]
    answer = await (graph.answer(NODE, id=id) if id else graph.answer(CATALOGUE))

    assert told(answer, platform)[0] == "UPSTREAM_UNAVAILABLE"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17),
        ("0", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 31_536_000),
        ("99999999999999999999", 31_536_000),
        ("9" * 400, 31_536_000),
    ],
)
async def test_retry_after_is_passed_on_as_seconds(
    graph: Graph, header: str, seconds: int | None
) -> None:
    """A number, a date or nonsense: none of them costs more than the header itself."""
    await graph.fault("codat", status=429, headers={"Retry-After": header})
    document = """query Wait($id: ID!) {
        found: node(id: $id) { id }
        companies(first: 1) { nodes { id } outages { code retryAfterSeconds } }
    }"""
    answer = await graph.answer(document, id=THINGS["codat"][1])

    assert code_of(answer) == "UPSTREAM_RATE_LIMITED"
    assert answer["errors"][0]["extensions"].get("retryAfterSeconds") == seconds
    assert len(answer["data"]["companies"]["nodes"]) == 1
    assert answer["data"]["companies"]["outages"] == [
        {"code": "UPSTREAM_RATE_LIMITED", "retryAfterSeconds": seconds}
    ]


async def test_a_platform_that_is_down_may_say_when_it_is_back(graph: Graph) -> None:
    """`Retry-After` stands on a 503 as well."""
    await graph.fault("codat", status=503, headers={"Retry-After": "120"})
    answer = await graph.answer(NODE, id=THINGS["codat"][1])

    assert answer["errors"][0]["extensions"]["retryAfterSeconds"] == 120


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"success": false, "error": "RATE_LIMIT_EXCEEDED"}', "UPSTREAM_RATE_LIMITED"),
        ('{"success": false, "error": "UNAUTHORIZED"}', "UPSTREAM_UNAUTHORIZED"),
        ('{"success": false, "error": "FORBIDDEN"}', "UPSTREAM_UNAUTHORIZED"),
        ('{"success": false, "error": "ANYTHING_ELSE"}', "BAD_USER_INPUT"),
        ('{"success": false, "error": ["UNAUTHORIZED"]}', "BAD_USER_INPUT"),
        ('{"success": false}', "BAD_USER_INPUT"),
        ('{"success": null, "data": []}', "BAD_USER_INPUT"),
        (
            '{"success": true, "data": {"success": false, "error": "FORBIDDEN"}}',
            "UPSTREAM_UNAUTHORIZED",
        ),
        ('{"success": true}', "UPSTREAM_MALFORMED"),
        ('{"success": true, "data": {}}', "UPSTREAM_MALFORMED"),
        ('{"success": true, "data": "none"}', "UPSTREAM_MALFORMED"),
        ("{}", "UPSTREAM_MALFORMED"),
        ("[]", "UPSTREAM_MALFORMED"),
        ("", "UPSTREAM_MALFORMED"),
        ("<html>", "UPSTREAM_MALFORMED"),
    ],
)
async def test_kondados_failures_are_read_from_the_body(graph: Graph, body: str, code: str) -> None:
    """Kondado fails with status 200, so the status alone proves nothing."""
    await graph.fault("kondado", body=body)
    answer = await graph.answer(CATALOGUE)

    assert told(answer, "kondado")[0] == code


async def test_kondados_rate_limit_lasts_its_minute(graph: Graph) -> None:
    """Kondado sends no header; the only wait it documents is its window."""
    await graph.fault("kondado", body='{"success": false, "error": "RATE_LIMIT_EXCEEDED"}')
    answer = await graph.answer(CATALOGUE)

    assert answer["errors"][0]["extensions"]["retryAfterSeconds"] == 60


async def test_what_kondado_does_not_find_is_null(graph: Graph) -> None:
    """As everywhere, gone is not an error."""
    await graph.fault("kondado", body='{"success": false, "error": "NOT_FOUND"}')

    assert await graph.answer(CATALOGUE) == {"data": {"found": {"sourceTypes": None}}}


async def test_each_answer_has_its_own_request_id(graph: Graph) -> None:
    """All errors of one answer and its header have one id, and no two answers share it."""
    body = {"query": "{ a: company(id: 1) { id } b: company(id: 2) { id } }"}
    answers = [await graph.gateway.post("/graphql", json=body) for _ in range(2)]

    ids = [{e["extensions"]["requestId"] for e in one.json()["errors"]} for one in answers]
    assert ids == [{one.headers["X-Request-Id"]} for one in answers]
    assert ids[0] != ids[1]
