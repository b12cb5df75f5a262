"""Compares what is documented with what is declared, in both directions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.coverage.differences import Differences, Side
from gateway.coverage.facts import Fact, Kind, in_order
from gateway.coverage.fields import Place, replied, sent
from gateway.coverage.paths import above, is_below, stands_for
from resolvers.call import Endpoint
from resolvers.platform import Platform
from resolvers.upstream.wire import Response

Key = tuple[Platform, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in which documents and declarations differ without a reason."""

    platform: Platform
    section: str
    says: str

    def __str__(self) -> str:
        """Name the section, and what is wrong with it."""
        return f"{self.platform} {self.section}: {self.says}"


def compare(
    facts: Mapping[Key, Fact],
    endpoints: Sequence[Endpoint[Any]],
    signing: Iterable[Key],
    differences: Differences,
) -> list[Finding]:
    """Find every difference that has no reason.

    `signing` are the sections that signing in uses, which no endpoint stands for.
    """
    declared = {(endpoint.platform, endpoint.section): endpoint for endpoint in endpoints}
    pairs = [(endpoint, facts[key]) for key, endpoint in declared.items() if key in facts]
    findings = [
        *_sections(facts, endpoints, {*declared, *signing}, differences),
        *(found for endpoint, fact in pairs for found in _call(endpoint, fact, differences)),
        *(found for endpoint, fact in pairs for found in _missing(endpoint, fact, differences)),
        *_invented(pairs, differences),
        *_stale(differences),
    ]
    return sorted(findings, key=lambda found: (found.platform, in_order(found.section)))


def _stale(differences: Differences) -> Iterator[Finding]:
    for entry, part in differences.stale():
        where = ", ".join(entry.sections) or "anywhere"
        says = f"{part} of the {entry.side} ({where}) is listed for nothing"
        yield Finding(entry.platform, "differences", says)


def _sections(
    facts: Mapping[Key, Fact],
    endpoints: Sequence[Endpoint[Any]],
    declared: set[Key],
    differences: Differences,
) -> Iterator[Finding]:
    for platform, section in facts:
        if (platform, section) not in declared and not differences.leave_out(
            platform, Side.SECTION, section
        ):
            yield Finding(platform, section, "is documented and not declared")
    seen: set[Key] = set()
    for endpoint in endpoints:
        key = (endpoint.platform, endpoint.section)
        if key not in facts:
            yield Finding(*key, f"{endpoint} is declared and not documented")
        elif key in seen:
            yield Finding(*key, f"{endpoint} is declared a second time")
        seen.add(key)


def _call(endpoint: Endpoint[Any], fact: Fact, differences: Differences) -> Iterator[Finding]:
    where = endpoint.platform, fact.section
    template, _, always = endpoint.path.partition("?")
    if (endpoint.method, _nameless(template)) != (fact.method, _nameless(fact.path)):
        yield Finding(*where, f"is {fact.method} {fact.path}, declared as {endpoint}")
    given = dict(pair.split("=", 1) for pair in always.split("&") if pair)
    fixed = {**given, **endpoint.fixed}
    for name, value in fact.fixed.items():
        if str(fixed.get(name)) != value:
            yield Finding(*where, f"means {name}={value}, which is not declared")
    if bool(fact.headers) != (endpoint.reply is Response):
        yield Finding(*where, "answers in a header, or not: declared otherwise")
    yield from _query(where, fact.query, {*given, *endpoint.query}, differences)


def _query(
    where: Key, documented: Iterable[str], declared: set[str], differences: Differences
) -> Iterator[Finding]:
    for name in documented:
        if name not in declared and not differences.leave_out(where[0], Side.QUERY, where[1], name):
            yield Finding(*where, f"query parameter {name} is not declared")
    for name in sorted(declared.difference(documented)):
        if not differences.go_beyond(where[0], Side.QUERY, where[1], name):
            yield Finding(*where, f"query parameter {name} is not documented")


def _nameless(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def _sides(
    endpoint: Endpoint[Any], fact: Fact
) -> Iterator[tuple[Side, dict[str, Kind], list[Place]]]:
    yield Side.REQUEST, fact.request, sent(endpoint)
    yield Side.RESPONSE, fact.response, replied(endpoint)


def _missing(endpoint: Endpoint[Any], fact: Fact, differences: Differences) -> Iterator[Finding]:
    for side, documented, places in _sides(endpoint, fact):
        lost = {
            path
            for path in documented
            if not is_covered(path, places)
            and not differences.leave_out(endpoint.platform, side, fact.section, path)
        }
        for path in sorted(lost):
            # What stands below something that is lost goes without saying.
            if not lost.intersection(list(above(path))[1:]):
                yield Finding(endpoint.platform, fact.section, f"{side} {path} is not declared")


def _invented(
    pairs: Sequence[tuple[Endpoint[Any], Fact]], differences: Differences
) -> Iterator[Finding]:
    """Look for attributes that stand for nothing documented, in any of the calls they are in."""
    unknown: defaultdict[str, list[Finding]] = defaultdict(list)
    known: set[str] = set()
    for endpoint, fact in pairs:
        for side, documented, places in _sides(endpoint, fact):
            for place in places:
                if not place.owner or is_documented(place.path, documented):
                    known.add(place.owner)
                    continue
                says = f"{side} {place.path} ({place.owner}) is not documented"
                unknown[place.owner].append(Finding(endpoint.platform, fact.section, says))
                # Asked of each, so that an entry knows all that it is good for.
                if differences.go_beyond(endpoint.platform, side, fact.section, place.path):
                    known.add(place.owner)
    for owner, findings in unknown.items():
        if owner not in known:
            yield from findings


def is_covered(path: str, places: Iterable[Place]) -> bool:
    """Tell whether a documented path is read or written by one of these places."""
    return any(_covers(place, path) for place in places)


def _covers(place: Place, path: str) -> bool:
    if place.is_whole and any(stands_for(place.path, upper) for upper in above(path)):
        return True
    # A list of plain values is one with its items.
    read = stands_for(place.path, path) or stands_for(f"{place.path}[]", path)
    return read or is_below(place.path, path)


def is_documented(path: str, documented: Mapping[str, Kind]) -> bool:
    """Tell whether a declared path is in a document, or in a container whose inside is not told."""
    if any(stands_for(path, known) or is_below(known, path) for known in documented):
        return True
    told = next((upper for upper in above(path) if upper in documented), None)
    if told is None or any(is_below(known, told) for known in documented):
        return False
    # Text may be a list that is written with commas.
    return path == f"{told}[]" or documented[told].is_container
