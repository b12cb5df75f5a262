"""Ids, keys and cursors that were written by hand."""

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.graph.lists import global_id
from tests.hostile.case import Ask, Case
from tests.hostile.writing import asked

_BAD = "BAD_USER_INPUT"
_NODE = "query($id: ID!) { node(id: $id) { id } }"
_DELETE = "mutation($id: ID!) { companyDelete(id: $id) { userErrors { code } } }"
_REMOVE = """mutation($id: ID!, $product: String!) {
    codatProductRemove(id: $id, input: { product: $product }) { userErrors { code } }
}"""
_REORDER = """mutation($id: ID!, $ids: [ID!]!) {
    clinkedGroupsReorder(id: $id, input: { groupIds: $ids }) { userErrors { code } }
}"""
_PAGE = """query($after: String) {
    members(first: 3, after: $after) { nodes { id } pageInfo { endCursor } }
}"""


def _written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).rstrip(b"=").decode()


def _foreign(name: str, id: str) -> Case:
    return Case(name, asked(_NODE, id=id), 200, _BAD)


_GOOD = global_id("CodatCompany", "codat", "8534f457")

FOREIGN = [
    _foreign("an id is of a connection that there is not", global_id("CodatCompany", "evil", "1")),
    _foreign(
        "an id is of a connection of another platform", global_id("CodatCompany", "clinked", "1")
    ),
    _foreign(
        "an id of another platform's kind is on a connection",
        global_id("ClinkedAccount", "codat", "1"),
    ),
    _foreign("an id is of a kind that there is not", global_id("CodatSecret", "codat", "1")),
    _foreign("an id is of a kind that has no ids", global_id("Query", "codat", "1")),
    _foreign("an id is of a class of Python", global_id("__class__", "codat", "1")),
    _foreign("an id has more keys than its kind", global_id("CodatCompany", "codat", "1", "2")),
    _foreign("an id has fewer keys than its kind", global_id("ClinkedGroup", "clinked", "1")),
    _foreign("an id has no key", _written('1["CodatCompany","codat"]')),
    _foreign("an id has a number for a key", _written('1["CodatCompany","codat",1]')),
    _foreign("an id has a list for a key", _written('1["CodatCompany","codat",["1"]]')),
    _foreign("an id is an object", _written('1{"kind":"CodatCompany"}')),
    _foreign("an id is of another version", _written('2["CodatCompany","codat","1"]')),
    _foreign("an id is written in another way", _written('1["CodatCompany", "codat", "1"]')),
    _foreign(
        "an id is written with its padding",
        base64.urlsafe_b64encode(b'1["CodatCompany","codat","1"]').decode(),
    ),
    _foreign("an id has a blank in it", f"{_GOOD[:8]} {_GOOD[8:]}"),
    _foreign("an id is cut off", _GOOD[:-3]),
    _foreign("an id is 900 lists deep", _written("1" + "[" * 900 + "]" * 900)),
    _foreign("an id has 500,000 characters", "A" * 500_000),
    _foreign("an id is a path", "../../etc/passwd"),
    _foreign("an id is an address", "http://169.254.169.254/latest/meta-data"),
    _foreign("an id is empty", ""),
    _foreign("an id is a question to a database", "1' OR '1'='1"),
    Case(
        "a company is deleted by the id of something else",
        asked(_DELETE, id=global_id("LeadConduitEntity", "leadconduit", "1")),
        200,
        "NOT_SUPPORTED",
    ),
    Case(
        "a company is deleted on a connection of another platform",
        asked(_DELETE, id=global_id("CodatCompany", "kondado", "1")),
        200,
        "INVALID",
    ),
    Case(
        "a group of another connection is put into an order",
        asked(
            _REORDER,
            id=global_id("ClinkedAccount", "clinked", "11"),
            ids=[global_id("CodatGroup", "codat", "1")],
        ),
        200,
        "INVALID",
    ),
    Case(
        "a group of another account is put into an order",
        asked(
            _REORDER,
            id=global_id("ClinkedAccount", "clinked", "11"),
            ids=[global_id("ClinkedGroup", "clinked", "12", "102")],
        ),
        200,
        "INVALID",
    ),
]

# Each would lead elsewhere, or nowhere.
_NOWHERE = {
    "nothing": "",
    "a dot": ".",
    "two dots": "..",
    "a line break": "1\n",
    "a header": "1\r\nX-Evil: evil-header-of-a-key",
    "a null byte": "1\x00",
    "a tab": "a\tb",
    "a line separator": "a\u2028b",
    "half of a character": "\ud800",
    "a character that turns the others around": "a\u202eb",
    "a path upwards": "../secrets",
    "a path upwards in the middle": "1/../../secrets",
    "an encoded path upwards": "%2e%2e%2fsecrets",
    "a path encoded twice": "%252e%252e%252fsecrets",
    "encoded dots": "%2e%2e",
    "a slash": "a/b",
    "a slash backwards": "..\\secrets",
    "a query": "1?admin=true",
    "a fragment": "1#secrets",
    "an encoded null byte": "1%00",
    "an encoded line break": "1%0d%0aX-Evil:1",
    "a whole address": "//evil.example/",
    "a wide slash": "..\uff0fsecrets",
    "wide dots": "\uff0e\uff0e",
}
# Each is sent as one part of a path, and nothing else.
_ONE_PART = {
    "a parameter": "1;admin=true",
    "another host": "@evil.example",
    "a division slash": "..\u2215secrets",
}


def _segment(key: str) -> str:
    return quote(key, safe="@")


PATHS = [
    *(
        Case(
            f"a key of an id is {what}",
            asked(_NODE, id=global_id("CodatCompany", "codat", key)),
            200,
            _BAD,
        )
        for what, key in _NOWHERE.items()
    ),
    *(
        Case(
            f"a key of an id is {what}",
            asked(_NODE, id=global_id("CodatCompany", "codat", key)),
            200,
            None,
            calls=(f"/companies/{_segment(key)}",),
        )
        for what, key in _ONE_PART.items()
    ),
    *(
        Case(
            f"a thing is deleted whose key is {what}",
            asked(_DELETE, id=global_id("CodatCompany", "codat", key)),
            200,
            "INVALID",
        )
        for what, key in _NOWHERE.items()
    ),
    *(
        Case(f"a key in an input is {what}", asked(_REMOVE, id=_GOOD, product=key), 200, "INVALID")
        for what, key in _NOWHERE.items()
        # That one is no JSON, which a body of its own shows.
        if key != "\ud800"
    ),
]


def _cursor(
    name: str, change: Callable[[list[Any]], Any], *calls: str, code: str | None = _BAD
) -> Case:
    """Go on behind a cursor that is like a real one, but for what is changed in it."""

    def send(ask: Ask) -> bytes:
        page = json.loads(ask(asked(_PAGE)).body)["data"]["members"]["pageInfo"]
        cursor: str = page["endCursor"]
        read = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[1:])
        changed = json.dumps(change(read), separators=(",", ":"), sort_keys=True)
        return asked(_PAGE, after=_written("1" + changed))

    return Case(name, send, 200, code, calls=calls)


def _at(place: list[Any], connection: str = "clinked") -> Callable[[list[Any]], Any]:
    return lambda read: [read[0], {connection: place}]


_ACCOUNTS = "/v3/accounts"

CURSORS = [
    Case("a cursor is a path", asked(_PAGE, after="../../etc/passwd"), 200, _BAD),
    Case("a cursor is an id", asked(_PAGE, after=_GOOD), 200, _BAD),
    Case("a cursor has 500,000 characters", asked(_PAGE, after="A" * 500_000), 200, _BAD),
    _cursor("a cursor is of another list", lambda read: ["0" * 10, read[1]]),
    _cursor("a cursor goes back before the beginning", _at([-1, "11", -1])),
    _cursor("a cursor's place is a text", _at(["1", "11", 1])),
    _cursor("a cursor's place is no number", _at([1.5, "11", 1])),
    _cursor(
        "a cursor is of a connection that there is not",
        _at([0, "11", 0], "evil"),
        _ACCOUNTS,
        f"{_ACCOUNTS}/11/members",
        code=None,
    ),
    _cursor(
        "a cursor leads to an account that is a path", _at([0, "../11", 0]), _ACCOUNTS, code=None
    ),
    _cursor(
        "a cursor leads to an account that there is not", _at([0, "99", 0]), _ACCOUNTS, code=None
    ),
    _cursor(
        "a cursor's place is ten to the 30",
        _at([10**30, "11", 10**30]),
        _ACCOUNTS,
        f"{_ACCOUNTS}/11/members",
        f"{_ACCOUNTS}/12/members",
        code=None,
    ),
]

CASES = [*FOREIGN, *PATHS, *CURSORS]
