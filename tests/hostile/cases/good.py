"""What is well asked in the ways that are attacked, so that no attack is refused for its form."""

import gzip
import json
import zlib
from urllib.parse import quote

from tests.gateway.callers.issuer import by, signed
from tests.graph.lists import global_id
from tests.hostile.case import Ask, Case
from tests.hostile.cases.browsers import ALLOWED
from tests.hostile.cases.credentials import now
from tests.hostile.writing import GOOD, asked, chunked, got, posted, sent

_BODY = json.dumps({"query": GOOD}).encode()
_ONE = {"query": GOOD}


def _answered(name: str, send: bytes) -> Case:
    return Case(name, send, 200, None)


def _by_token(_: Ask) -> bytes:
    token = signed({"alg": "RS256", "kid": "one"}, now(), by("RS256"))
    return posted(_BODY, Authorization=f"Bearer {token}")


CASES = [
    _answered("a document is posted", posted(_BODY)),
    _answered("a document is posted in chunks", chunked([_BODY[:9], _BODY[9:]])),
    _answered(
        "a document is posted by gzip", posted(gzip.compress(_BODY), Content_Encoding="gzip")
    ),
    _answered("a document is deflated", posted(zlib.compress(_BODY), Content_Encoding="deflate")),
    _answered("a document is asked for by GET", got(f"query={quote(GOOD)}")),
    _answered("a document is named", sent({"documentId": "greeting"})),
    _answered("an allowed page posts", posted(_BODY, Origin=ALLOWED)),
    _answered("a page of the gateway's own posts", posted(_BODY, Origin="http://127.0.0.1")),
    _answered("a request has an id", posted(_BODY, X_Request_Id="request-1")),
    Case("a token is good", _by_token, 200, None),
    Case("two operations are a list", sent([_ONE, _ONE]), 200, None, None, "lax"),
    Case("a schema is asked for", asked("{ __schema { types { name } } }"), 200, None, None, "lax"),
    Case(
        "an id is good",
        asked(
            "query($id: ID!) { node(id: $id) { id } }",
            id=global_id("CodatCompany", "codat", "8534f457"),
        ),
        200,
        None,
        calls=("/companies/8534f457",),
    ),
]
