"""Bodies that are large, slow, inflated, or no JSON at all."""

import gzip
import json
import zlib
from collections.abc import Callable

from tests.hostile.case import Ask, Case
from tests.hostile.writing import GOOD, chunked, posted, request, sent

_LIMIT, _BAD = "LIMIT_EXCEEDED", "BAD_USER_INPUT"
_MEGABYTE = 1_000_000
_WELL = json.dumps({"query": GOOD}).encode()


def _large() -> bytes:
    return _WELL + b" " * (3 * _MEGABYTE)


def _too_large(name: str, send: Callable[[Ask], bytes]) -> Case:
    return Case(name, send, 413, _LIMIT, "body_bytes")


def _wrong(name: str, body: bytes, **headers: str | None) -> Case:
    return Case(name, posted(body, **headers), 400, _BAD)


def _not_taken(name: str, body: bytes, **headers: str | None) -> Case:
    return Case(name, posted(body, **headers), 415, _BAD)


def _late(name: str, send: bytes) -> Case:
    return Case(name, send, 408, _LIMIT, "receive_seconds", "lax")


SIZE = [
    _too_large("a body has 3 MB", lambda _: posted(_large())),
    _too_large("a body of 3 MB comes in chunks", lambda _: chunked([_large()])),
    _too_large("a body of 3 MB comes in 3,000 chunks", lambda _: chunked([b" " * 1000] * 3000)),
    _too_large(
        "a body of 3 MB is promised and not sent",
        lambda _: request(headers={"Content-Length": "3000000"}),
    ),
    _too_large(
        "a body of a million terabytes is promised",
        lambda _: request(headers={"Content-Length": "9" * 18}),
    ),
]

SLOW = [
    _late(
        "a body stops in the middle",
        request(_WELL[:5], headers={"Content-Length": str(len(_WELL))}),
    ),
    _late("a body never begins", request(headers={"Content-Length": "100"})),
    _late("a body in chunks never ends", chunked([_WELL], end=b"")),
    _late(
        "a compressed body stops in the middle",
        request(
            gzip.compress(_WELL)[:15], headers={"Content-Length": "500", "Content-Encoding": "gzip"}
        ),
    ),
]


def _zeros(megabytes: int) -> bytes:
    return _WELL + b" " * (megabytes * _MEGABYTE)


def _raw_deflated(body: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


# Blocks of no bytes each, which inflate to nothing however many there are.
_EMPTY_BLOCKS = b"\x78\x9c" + b"\x00\x00\x00\xff\xff" * 100_000

INFLATED = [
    _too_large(
        "a body of 10 kB inflates to 10 MB",
        lambda _: posted(gzip.compress(_zeros(10)), Content_Encoding="gzip"),
    ),
    _too_large(
        "a body of 100 kB inflates to 100 MB",
        lambda _: posted(gzip.compress(_zeros(100), 6), Content_Encoding="gzip"),
    ),
    _too_large(
        "a deflated body inflates to 10 MB",
        lambda _: posted(zlib.compress(_zeros(10)), Content_Encoding="deflate"),
    ),
    _too_large(
        "a body in chunks inflates to 10 MB",
        lambda _: chunked([gzip.compress(_zeros(10))]).replace(
            b"\r\n", b"\r\nContent-Encoding: gzip\r\n", 1
        ),
    ),
    Case(
        "a bomb is packed into another one",
        lambda _: posted(gzip.compress(gzip.compress(_zeros(10))), Content_Encoding="gzip"),
        400,
        _BAD,
    ),
    _not_taken(
        "a bomb says that it is packed twice",
        gzip.compress(gzip.compress(_WELL)),
        Content_Encoding="gzip, gzip",
    ),
    Case(
        "a body says in two headers that it is packed twice",
        request(
            gzip.compress(gzip.compress(_WELL)),
            lines=["Content-Encoding: gzip", "Content-Encoding: gzip"],
        ),
        415,
        _BAD,
    ),
    _not_taken("a body is packed in a way that is not known", _WELL, Content_Encoding="br"),
    _not_taken("a body is packed in a way of no name", _WELL, Content_Encoding="gzip;q=1"),
    _wrong("a packed body is cut off", gzip.compress(_WELL)[:-4], Content_Encoding="gzip"),
    _wrong(
        "a packed body has more behind its end",
        gzip.compress(_WELL) + b"more",
        Content_Encoding="gzip",
    ),
    _wrong("a packed body is two in a row", gzip.compress(_WELL) * 2, Content_Encoding="gzip"),
    _wrong(
        "a packed body has a wrong checksum",
        gzip.compress(_WELL)[:-8] + b"\0" * 8,
        Content_Encoding="gzip",
    ),
    _wrong("a body says that it is packed and is not", _WELL, Content_Encoding="gzip"),
    _wrong("a body is deflated without a header", _raw_deflated(_WELL), Content_Encoding="deflate"),
    _wrong(
        "a packed body has 100,000 blocks of nothing", _EMPTY_BLOCKS, Content_Encoding="deflate"
    ),
]

_UTF16 = json.dumps({"query": GOOD}).encode("utf-16")

WRITTEN = [
    _wrong("a body is nothing", b""),
    _wrong("a body is no JSON", b"query { __typename }"),
    _wrong("a body is in UTF-16", _UTF16),
    _wrong("a body begins with a byte order mark", b"\xef\xbb\xbf" + _WELL),
    _wrong("a body is not UTF-8", b'{"query": "{ a }\xff"}'),
    _wrong("a body has a surrogate as bytes", b'{"query": "{ a } #\xed\xa0\x80"}'),
    _wrong("a document has half of a character", b'{"query": "{ a(b: \\"\\ud800\\") }"}'),
    _wrong("a body has an overlong slash", b'{"query": "{ a } #\xc0\xaf"}'),
    _wrong("a body has a null byte", b'{"query": "{ a }\x00"}'),
    _wrong("a body has more behind its end", _WELL + b"{}"),
    _wrong("a body has a number that is none", b'{"query": "{ a }", "variables": {"a": NaN}}'),
    _wrong("a body has a number without end", b'{"query": "{ a }", "variables": {"a": -Infinity}}'),
    _wrong(
        "a body has a number of 900,000 digits",
        b'{"query": "{ a }", "variables": {"a": ' + b"9" * 900_000 + b"}}",
    ),
    _wrong("a body has a list 400,000 deep", b"[" * 400_000),
    _wrong(
        "variables are 400,000 lists deep",
        b'{"query": "{ a }", "variables": {"a": ' + b"[" * 400_000 + b"]" * 400_000 + b"}}",
    ),
    _wrong(
        "variables are 100,000 objects deep",
        b'{"query": "{ a }", "variables": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    ),
    _wrong(
        "a body names its document twice", b'{"query": "{ nothing }", "query": "{ __typename }"}'
    ),
    _wrong(
        "a body has its variables twice",
        b'{"query": "{ __typename }", "variables": {}, "variables": {"a": 1}}',
    ),
    _wrong("a body is null", b"null"),
    _wrong("a body is a text", b'"{ __typename }"'),
    _wrong("a body has no document", b"{}"),
]


def _kinds(name: str, **given: object) -> Case:
    return Case(name, sent({"query": GOOD, **given}), 400, _BAD)


_CREATE = "mutation($i: CompanyCreateInput!) { companyCreate(input: $i) { outcome } }"
_MANY = {f"no{number}": 1 for number in range(60_000)}
_TAGS = [{"name": number, "value": list(range(100))} for number in range(900)]
_DEEP = json.loads("[" * 900 + "]" * 900)

KINDS = [
    _kinds("a document is a number", query=1),
    _kinds("a document is a list", query=[GOOD]),
    _kinds("a document is an object", query={"$ne": None}),
    _kinds("variables are a text", variables='{"a": 1}'),
    _kinds("variables are a list", variables=[1]),
    _kinds("an operation's name is an object", operationName={"a": 1}),
    _kinds("an operation's name has 10,000 characters", operationName="N" * 10_000),
    _kinds("an operation's name is markup", operationName="<script>alert(1)</script>"),
    _kinds("extensions are a text", extensions="{}"),
    _kinds("a document's id is a list", query=None, documentId=["a"]),
    _kinds("a persisted query is a list", extensions={"persistedQuery": []}),
    Case(
        "a variable is 900 lists deep",
        sent({"query": "query($a: ID!) { node(id: $a) { id } }", "variables": {"a": _DEEP}}),
        400,
        _BAD,
    ),
    Case(
        "a variable for one id is a list",
        sent({"query": "query($a: ID!) { node(id: $a) { id } }", "variables": {"a": ["x", "y"]}}),
        400,
        _BAD,
    ),
    Case(
        "a variable is larger than any number",
        posted(
            b'{"query": "query($a: Int!) { companies(first: $a) { nodes { id } } }", '
            b'"variables": {"a": 1e999}}'
        ),
        400,
        _BAD,
    ),
    Case(
        "a variable has 60,000 fields that there are not",
        sent({"query": _CREATE, "variables": {"i": {"codat": _MANY}}}),
        400,
        _BAD,
    ),
    Case(
        "a variable has 900 values that are wrong in each of 900 places",
        sent({"query": _CREATE, "variables": {"i": {"codat": {"name": "x", "tags": _TAGS}}}}),
        400,
        _BAD,
    ),
    Case(
        "variables bear names of the language",
        sent(
            {
                "query": "query($a: ID!) { node(id: $a) { id } }",
                "variables": {"__proto__": {"a": 1}, "__class__": 1},
            }
        ),
        400,
        _BAD,
    ),
]


def _batch(name: str, asked: object, status: int = 400, door: str = "usual") -> Case:
    return Case(name, sent(asked), status, _BAD, None, "lax" if door == "lax" else "usual")


_ONE = {"query": GOOD}
BATCHES = [
    _batch("operations are sent as a list", [_ONE, _ONE]),
    _batch("operations are sent as an empty list", []),
    _batch("10,000 operations are sent as a list", [_ONE] * 10_000),
    _batch("more operations are sent than a list may have", [_ONE] * 3, door="lax"),
    _batch("an empty list is sent to who takes lists", [], door="lax"),
    _batch("a list of lists is sent to who takes lists", [[_ONE], [_ONE]], door="lax"),
    _batch("a list has something that is no operation", [_ONE, 1], door="lax"),
]

CASES = [*SIZE, *SLOW, *INFLATED, *WRITTEN, *KINDS, *BATCHES]
