"""Compares what is documented with what is declared, in both directions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
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
    declared = [Section(fact, found) for fact, found in _grouped(facts, endpoints)]
    findings = [
        *_sections(facts, endpoints, signing, differences),
        *(found for section in declared for found in _calls(section, differences)),
        *(found for section in declared for found in _missing(section, differences)),
        *_invented(declared, differences),
        *_stale(differences),
    ]
    return sorted(findings, key=lambda found: (found.platform, in_order(found.section)))


@dataclass(frozen=True, slots=True)
class Section:
    """A documented section and what is declared of it, which may be more than one endpoint."""

    fact: Fact
    endpoints: Sequence[Endpoint[Any]]

    @property
    def platform(self) -> Platform:
        """Whose section it is."""
        return self.endpoints[0].platform

    def finding(self, says: str) -> Finding:
        """Tell that something is wrong with it."""
        return Finding(self.platform, self.fact.section, says)

    def sides(self) -> Iterator[tuple[Side, dict[str, Kind], list[Place]]]:
        """Give what is documented and what is declared of the request, and of the answer."""
        endpoints = self.endpoints
        yield Side.REQUEST, self.fact.request, [place for e in endpoints for place in sent(e)]
        yield Side.RESPONSE, self.fact.response, [place for e in endpoints for place in replied(e)]


def _grouped(
    facts: Mapping[Key, Fact], endpoints: Sequence[Endpoint[Any]]
) -> Iterator[tuple[Fact, list[Endpoint[Any]]]]:
    for (platform, name), fact in facts.items():
        found = [e for e in endpoints if (e.platform, e.section) == (platform, name)]
        if found:
            yield fact, found


def _stale(differences: Differences) -> Iterator[Finding]:
    for entry, part in differences.stale():
        where = ", ".join(entry.sections) or "anywhere"
        says = f"{part} of the {entry.side} ({where}) is listed for nothing"
        yield Finding(entry.platform, "differences", says)


def _sections(
    facts: Mapping[Key, Fact],
    endpoints: Sequence[Endpoint[Any]],
    signing: Iterable[Key],
    differences: Differences,
) -> Iterator[Finding]:
    declared = {(endpoint.platform, endpoint.section) for endpoint in endpoints} | {*signing}
    for platform, name in facts:
        if (platform, name) in declared or differences.leave_out(platform, Side.SECTION, name):
            continue
        yield Finding(platform, name, "is documented and not declared")
    for endpoint in endpoints:
        if (endpoint.platform, endpoint.section) not in facts:
            says = f"{endpoint} is declared and not documented"
            yield Finding(endpoint.platform, endpoint.section, says)


def _calls(section: Section, differences: Differences) -> Iterator[Finding]:
    fact, queried = section.fact, set[str]()
    for endpoint in section.endpoints:
        template, _, always = endpoint.path.partition("?")
        if (endpoint.method, _nameless(template)) != (fact.method, _nameless(fact.path)):
            yield section.finding(f"is {fact.method} {fact.path}, declared as {endpoint}")
        given = dict(pair.split("=", 1) for pair in always.split("&") if pair)
        queried |= {*given, *endpoint.query}
        fixed = {**given, **endpoint.fixed}
        for name, value in fact.fixed.items():
            if str(fixed.get(name)) != value:
                yield section.finding(f"means {name}={value}, which is not declared")
        if bool(fact.headers) != (endpoint.reply is Response):
            yield section.finding("answers in a header, or not: declared otherwise")
    yield from _query(section, queried, differences)


def _query(section: Section, declared: set[str], differences: Differences) -> Iterator[Finding]:
    where = section.platform, Side.QUERY, section.fact.section
    for name in section.fact.query:
        if name not in declared and not differences.leave_out(*where, name):
            yield section.finding(f"query parameter {name} is not declared")
    for name in sorted(declared.difference(section.fact.query)):
        if not differences.go_beyond(*where, name):
            yield section.finding(f"query parameter {name} is not documented")


def _nameless(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def _missing(section: Section, differences: Differences) -> Iterator[Finding]:
    for side, documented, places in section.sides():
        lost = {
            path
            for path in documented
            if not is_covered(path, places)
            and not differences.leave_out(section.platform, side, section.fact.section, path)
        }
        for path in sorted(lost):
            # What stands below something that is lost goes without saying.
            if not lost.intersection(list(above(path))[1:]):
                yield section.finding(f"{side} {path} is not declared")


class Verdict(Enum):
    """What a document says of a declared path."""

    TOLD = "told"
    """It is there."""
    UNSAID = "unsaid"
    """It may be there: what it stands in is told, and nothing of the inside of that."""
    ABSENT = "absent"
    """What it stands in is not there either."""
    INVENTED = "invented"
    """It is not there, and other things beside it are."""

    @property
    def is_for(self) -> bool:
        """Whether the path may well be there."""
        return self in {Verdict.TOLD, Verdict.UNSAID}


def _invented(sections: Sequence[Section], differences: Differences) -> Iterator[Finding]:
    """Look for attributes that no call vouches for of all those that they are in."""
    heard: defaultdict[str, defaultdict[Verdict, list[Finding]]]
    heard = defaultdict(lambda: defaultdict(list))
    for section in sections:
        for side, documented, places in section.sides():
            where = section.platform, side, section.fact.section
            for place in places:
                said = verdict(place.path, documented) if place.owner else Verdict.TOLD
                # Asked of each, so that an entry knows all that it is good for.
                if not said.is_for and differences.go_beyond(*where, place.path):
                    said = Verdict.TOLD
                says = f"{side} {place.path} ({place.owner}) is not documented"
                heard[place.owner][said].append(section.finding(says))
    for said in heard.values():
        if Verdict.TOLD not in said:
            yield from said[Verdict.INVENTED]
            # One that is never told may still stand where a document does not look inside.
            yield from () if Verdict.UNSAID in said else said[Verdict.ABSENT]


def is_covered(path: str, places: Iterable[Place]) -> bool:
    """Tell whether a documented path is read or written by one of these places."""
    return any(_covers(place, path) for place in places)


def _covers(place: Place, path: str) -> bool:
    if place.is_whole and any(stands_for(place.path, upper) for upper in above(path)):
        return True
    return stands_for(place.path, path) or is_below(place.path, path)


def verdict(path: str, documented: Mapping[str, Kind]) -> Verdict:
    """Tell what a document says of a declared path."""
    if any(stands_for(path, known) or is_below(known, path) for known in documented):
        return Verdict.TOLD
    told = next((upper for upper in above(path) if upper in documented), None)
    # Text may be a list that is written with commas.
    if told is not None and not any(is_below(known, told) for known in documented):
        inside = path == f"{told}[]" or documented[told].is_container
        return Verdict.UNSAID if inside else Verdict.INVENTED
    holder = next(islice(above(path), 1, None), None)
    beside = holder is None or any(is_below(known, holder) for known in documented)
    return Verdict.INVENTED if beside else Verdict.ABSENT
