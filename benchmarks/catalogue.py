"""Which answer each address of the upstream has; made once, as the bytes that are sent."""

import json
import re
from collections.abc import Callable, Iterator

from benchmarks import records

# The connections, by the first part of the path; each stands for a platform's server.
CLINKED = ("portal", "annex")
CODAT = ("books", "ledgers")
CONDUIT = ("link",)
CONNECTIONS = {
    **dict.fromkeys(CLINKED, "clinked"),
    **dict.fromkeys(CODAT, "codat"),
    **dict.fromkeys(CONDUIT, "conduit"),
}

# The account whose groups come with the people in them.
FULL_ACCOUNT = 6

_TOKEN = {"access_token": "benchmark", "token_type": "bearer", "expires_in": 7200}
_NUMBER = rb"/portal/v3/accounts/(\d+)"

Finder = Callable[[re.Match[bytes]], bytes | None]


def answered(body: object, status: str = "200 OK") -> bytes:
    """Give a whole HTTP answer."""
    text = json.dumps(body, separators=(",", ":")).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(text)}"
    return head.encode() + b"\r\n\r\n" + text


NOT_FOUND = answered({"error": "not found"}, "404 Not Found")


class Catalogue:
    """Finds the answer to the target of a request line."""

    def __init__(self) -> None:
        self._fixed = dict(_fixed())
        self._patterns = list(_patterns())

    def find(self, target: bytes) -> bytes:
        """Give the whole HTTP answer; 404 where there is nothing."""
        found = self._fixed.get(target.partition(b"?")[0])
        return found or self._matched(target) or NOT_FOUND

    def _matched(self, target: bytes) -> bytes | None:
        for pattern, finder in self._patterns:
            matched = pattern.match(target)
            if matched is not None:
                return finder(matched)
        return None


def _fixed() -> Iterator[tuple[bytes, bytes]]:
    count = range(records.COMPANIES)
    for name in CLINKED:
        yield f"/{name}/oauth/token".encode(), answered(_TOKEN)
        yield f"/{name}/v3/accounts".encode(), answered(records.accounts(name))
    for name in CODAT:
        companies = [records.codat_company(name, number) for number in count]
        page = records.codat_page(companies, records.COMPANIES)
        yield f"/{name}/companies".encode(), answered(page)
    for name in CONDUIT:
        found = [records.conduit_company(name, number) for number in count]
        yield f"/{name}/link/company/".encode(), answered(found)


def _patterns() -> Iterator[tuple[re.Pattern[bytes], Finder]]:
    """Pair what addresses look like with what finds the answer, the most frequent first."""
    members, masters = _members(), _masters()
    yield (
        re.compile(rb"/portal/v3/groups/(\d+)/members(?:\?|$)"),
        lambda asked: members.get(asked[1]),
    )
    yield re.compile(_NUMBER + rb"/groups/(\d+)$"), lambda asked: masters.get(asked[2])
    yield re.compile(_NUMBER + rb"/groups\?(?:.*&)?size=(\d+)"), _groups()
    yield (
        re.compile(_NUMBER + rb"$"),
        lambda asked: answered(records.account("portal", int(asked[1]))),
    )


def _members() -> dict[bytes, bytes]:
    size = records.PEOPLE_OF_A_GROUP
    return {
        str(key).encode(): answered(
            records.clinked_page([records.membership(number, place) for place in range(size)], size)
        )
        for key, number in records.group_numbers().items()
    }


def _masters() -> dict[bytes, bytes]:
    numbers = records.master_numbers().items()
    return {str(key).encode(): answered(records.master(number)) for key, number in numbers}


def _groups() -> Finder:
    """Find the page of a few groups, that of all, or that of all with their people."""
    few, many = records.FEW_GROUPS, records.GROUPS
    whole = answered(records.clinked_page([records.group(number) for number in range(many)], many))
    short = answered(records.clinked_page([records.group(number) for number in range(few)], few))
    full = answered(
        records.clinked_page([records.full_group(number) for number in range(many)], many)
    )

    def find(asked: re.Match[bytes]) -> bytes:
        if int(asked[1]) == FULL_ACCOUNT:
            return full
        return short if int(asked[2]) == few else whole

    return find
