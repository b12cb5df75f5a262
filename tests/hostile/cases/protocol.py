"""Methods, types and headers that are not what they should be."""

from urllib.parse import quote

from tests.hostile.case import Case
from tests.hostile.writing import GOOD, asked, got, posted, request, sent

_BAD, _LIMIT = "BAD_USER_INPUT", "LIMIT_EXCEEDED"
_BODY = b'{"query": "{ __typename }"}'
_MUTATION = 'mutation { companyDelete(id: "x") { deletedId } }'
_NAMED = 'mutation B { companyDelete(id: "x") { deletedId } }'
_QUERY = f"query={quote(GOOD)}"


def _bad(name: str, send: bytes, status: int = 400) -> Case:
    return Case(name, send, status, _BAD)


def _typed(name: str, type: str | None, body: bytes = _BODY) -> Case:
    return Case(name, posted(body, Content_Type=type), 415, _BAD)


def _plain(name: str, send: bytes, status: int) -> Case:
    """Send what is answered before the gateway reads it."""
    return Case(name, send, status, None)


def _harmless(name: str, **headers: str) -> Case:
    return Case(name, posted(_BODY, **headers), 200, None)


_MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n'
    b'{"query": "{ __typename }", "variables": {"file": null}}\r\n'
    b'--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n{"0": ["variables.file"]}\r\n'
    b'--x\r\nContent-Disposition: form-data; name="0"; filename="../../a"\r\n\r\nfile\r\n--x--\r\n'
)

TYPES = [
    _typed("a form posts its fields", "application/x-www-form-urlencoded", _QUERY.encode()),
    _typed("a form posts files with a map", "multipart/form-data; boundary=x", _MULTIPART),
    _typed("JSON is posted as a form posts text", "text/plain"),
    _typed("a body has no type", None),
    _typed("a body's type is empty", ""),
    _typed("a body is GraphQL itself", "application/graphql", GOOD.encode()),
    _typed("a body's type is nearly JSON", "application/jsonp"),
    _typed("a body's type is nearly anything", "*/*"),
    _typed("a body has two types in one header", "application/json, text/plain"),
    _typed("a body's type hides another one", "text/plain; a=application/json"),
    _typed("a body says that it is in UTF-16", "application/json; charset=utf-16"),
    _typed("a body says that it is in UTF-7", "application/json;charset=utf-7"),
    _typed(
        "a body says that it is in two charsets", "application/json; charset=utf-7; charset=utf-8"
    ),
    _typed("a body's charset is nothing", "application/json; charset="),
    _plain(
        "a body's type has a control character",
        posted(_BODY, Content_Type="application/json\x0b"),
        400,
    ),
    _bad("a body has two types", request(_BODY, lines=["Content-Type: text/plain"]), 415),
    _bad(
        "a body has its type twice, the wrong one first",
        request(
            _BODY, headers={"Content-Type": "text/plain"}, lines=["Content-Type: application/json"]
        ),
        415,
    ),
    _bad(
        "a body's type has 10,000 parameters",
        posted(_BODY, Content_Type="text/plain" + ";a=b" * 10_000),
        415,
    ),
    _bad("20,000 types are accepted, but not ours", posted(_BODY, Accept="a/b," * 20_000), 406),
    _bad("an answer is asked for that there is not", posted(_BODY, Accept="text/html"), 406),
]

METHODS = [
    _bad("a mutation is sent by GET", got(f"query={quote(_MUTATION)}"), 405),
    _bad(
        "a mutation is sent by GET behind a query",
        got(f"query={quote(f'query A {{ __typename }} {_NAMED}')}&operationName=B"),
        405,
    ),
    _bad("a subscription is sent by GET", got(f"query={quote('subscription { a }')}")),
    _bad("a GET has two documents", got(f"{_QUERY}&{_QUERY}")),
    _bad("a GET has its variables twice", got(f"{_QUERY}&variables={{}}&variables={{}}")),
    _bad("a GET has variables that are no JSON", got(f"{_QUERY}&variables=%7B")),
    _bad("a GET has variables 20,000 deep", got(f"{_QUERY}&variables={'%5B' * 20_000}")),
    _plain("an address has 100,000 characters", got(f"{_QUERY}&a={'a' * 100_000}"), 400),
    _bad("a GET has nothing to run", got("a=b")),
    _bad("a GET has its document in its body", request(_BODY, method="GET")),
    Case(
        "a GET has a document of 10,000 names",
        got(f"query={{{'a+' * 10_000}}}"),
        400,
        _LIMIT,
        "tokens",
    ),
    Case(
        "a GET asks for the schema",
        got(f"query={quote('{ __schema { types { name } } }')}"),
        403,
        "FORBIDDEN",
    ),
    _plain("HEAD is asked for", got(_QUERY, method="HEAD"), 405),
    _bad("PUT is asked for", request(_BODY, method="PUT"), 405),
    _bad("PATCH is asked for", request(_BODY, method="PATCH"), 405),
    _bad("DELETE is asked for", request(method="DELETE"), 405),
    _bad("TRACE is asked for", request(method="TRACE"), 405),
    _bad("OPTIONS is asked for by who is no browser", request(method="OPTIONS"), 405),
    _plain("a method is asked for that there is not", request(method="EVIL"), 400),
    _bad(
        "a header says that a POST is a DELETE",
        got(_QUERY, {"X-HTTP-Method-Override": "DELETE"}, method="PUT"),
        405,
    ),
    _bad(
        "a header says that a GET is a POST",
        got(f"query={quote(_MUTATION)}", {"X-HTTP-Method-Override": "POST"}),
        405,
    ),
]


def _elsewhere(target: str, method: str = "GET", status: int = 404) -> Case:
    return _plain(f"{target} is asked for", request(method=method, target=target), status)


PLACES = [
    _elsewhere("/"),
    _elsewhere("/graphiql/config.json"),
    _elsewhere("/graphiql/schema.graphql"),
    _elsewhere("/graphiql/..%2f..%2f..%2fetc%2fpasswd"),
    _elsewhere("/sandbox"),
    _elsewhere("/__faults"),
    _elsewhere("/graphql/%2e%2e/metrics"),
    _elsewhere("//graphql"),
    _elsewhere("/graphql%00"),
    _elsewhere("/.env"),
    _plain(
        "the gateway is taken for a proxy",
        request(method="GET", target="http://169.254.169.254/latest/"),
        404,
    ),
    _plain(
        "the gateway is asked to connect elsewhere",
        request(method="CONNECT", target="169.254.169.254:80"),
        400,
    ),
]

_NO_DEADLINE = [
    _bad(f"a deadline is {text}", posted(_BODY, Manifold_Deadline=text))
    for text in ("nan", "-1", "0", "-inf", "soon", "1,5", "0x10", "1e-999")
]

HEADERS = [
    *_NO_DEADLINE,
    _harmless("a deadline is without end", Manifold_Deadline="inf"),
    _harmless("a deadline is larger than any number", Manifold_Deadline="1e309"),
    _harmless(
        "a request's id would be two headers",
        X_Request_Id="abcdefgh%0d%0aSet-Cookie:stolen-cookie=1",
    ),
    _harmless(
        "a request's id would be another line of the log",
        X_Request_Id='abcdefgh","event":"operation-forged',
    ),
    _harmless("a request's id has 10,000 characters", X_Request_Id="i" * 10_000),
    _harmless(
        "a request says that it comes from elsewhere",
        X_Forwarded_For="198.51.100.77,not-an-address-at-all",
        Forwarded="for=198.51.100.77",
    ),
    _harmless(
        "a request says that it was for another host", X_Forwarded_Host="forwarded.evil.example"
    ),
    _plain(
        "a header has a line break of its own",
        request(_BODY, headers={"X-Request-Id": "abcdefgh\rSet-Cookie: a=b"}),
        400,
    ),
    _plain(
        "a header goes on in the next line",
        request(_BODY, headers={"X-Request-Id": "abcdefgh\r\n Set-Cookie: a=b"}),
        400,
    ),
    _plain(
        "a header has a null byte", request(_BODY, headers={"X-Request-Id": "abcdefgh\x00"}), 400
    ),
    _plain("a header's name has a blank", request(_BODY, headers={"Content-Length ": "1"}), 400),
]

_NO_HOSTS = {
    "the host has a fragment": "127.0.0.1#evil.example",
    "the host is nothing": "",
    "the host has a user": "127.0.0.1@evil.example",
    "the host has a path": "127.0.0.1/evil.example",
    "no host is told": None,
}
_OTHER_HOSTS = {
    "the host is another one": "evil.example",
    "the host begins like the gateway's own": "127.0.0.1.evil.example",
    "the host is the gateway's own in another form": "[::ffff:127.0.0.1]",
}

HOSTS = [
    *(_bad(name, request(_BODY, headers={"Host": host})) for name, host in _NO_HOSTS.items()),
    *(
        _bad(name, request(_BODY, headers={"Host": host}), 421)
        for name, host in _OTHER_HOSTS.items()
    ),
    _bad("another host is told beside its own", request(_BODY, lines=["Host: evil.example"])),
    Case(
        "two hosts are told", request(_BODY, lines=["Host: evil.example"]), 400, _BAD, None, "lax"
    ),
    _bad(
        "another request hides behind a line break",
        request(_BODY, target="/graphql HTTP/1.1\r\nX: y\r\n\r\nGET /metrics"),
    ),
]


def _hash(hash: object, query: str | None = None, version: object = 1) -> bytes:
    named = {"persistedQuery": {"version": version, "sha256Hash": hash}}
    return sent({"extensions": named} if query is None else {"query": query, "extensions": named})


def _unknown(name: str, id: str) -> Case:
    return Case(name, sent({"documentId": id}), 404, "PERSISTED_DOCUMENT_NOT_FOUND")


_ZEROS = "0" * 64

PERSISTED = [
    _unknown("a document's id is a path", "../documents.json"),
    _unknown("a document's id is a path elsewhere", "/etc/passwd"),
    _unknown("a document's id has a null byte", "greeting\x00"),
    _unknown("a document's id has 100,000 characters", "d" * 100_000),
    _unknown("a document's id is a hash of nothing", f"sha256:{_ZEROS}"),
    _unknown("a document's id is that of an object", "__class__"),
    _bad("a document is named and sent", sent({"documentId": "greeting", "query": GOOD})),
    _bad(
        "a document is named in two ways",
        sent(
            {
                "documentId": "greeting",
                "extensions": {"persistedQuery": {"version": 1, "sha256Hash": _ZEROS}},
            }
        ),
    ),
    Case("a hash is asked for that nobody knows", _hash(_ZEROS), 200, "PERSISTED_QUERY_NOT_FOUND"),
    Case(
        "a hash of 900,000 digits is asked for",
        _hash("0" * 900_000),
        200,
        "PERSISTED_QUERY_NOT_FOUND",
    ),
    _bad("a document is sent with the hash of another", _hash(_ZEROS, GOOD)),
    Case(
        "a document is to be kept under the hash of another",
        _hash(_ZEROS, GOOD),
        400,
        _BAD,
        None,
        "lax",
    ),
    _bad("a hash is of another version", _hash(_ZEROS, version=2)),
    _bad("a hash is a number", _hash(1)),
    _bad(
        "a GET names a document that is a mutation by its text",
        got(f"documentId=greeting&query={quote(_MUTATION)}"),
    ),
]

_KEYED = (
    'mutation($k: String) { companyDelete(id: "x", idempotencyKey: $k) { userErrors { code } } }'
)

KEYS = [
    Case("an idempotency key has 300 characters", asked(_KEYED, k="k" * 300), 200, "INVALID"),
    Case(
        "an idempotency key has control characters",
        asked(_KEYED, k="idempotency\r\nkey: 1"),
        200,
        "INVALID",
    ),
    Case("an idempotency key is empty", asked(_KEYED, k=""), 200, "INVALID"),
    Case(
        "an idempotency key changes the direction of writing",
        asked(_KEYED, k="key\u202eyek"),
        200,
        "INVALID",
    ),
]

CASES = [*TYPES, *METHODS, *PLACES, *HEADERS, *HOSTS, *PERSISTED, *KEYS]
