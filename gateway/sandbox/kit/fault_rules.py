"""What may be put in force as faults, and what is said of the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gateway.sandbox.kit.faults import Chance, Faults
from gateway.sandbox.kit.values import Record, items, record, whole


@dataclass(frozen=True, slots=True)
class Rule:
    """What values a fault takes, and how that is said."""

    allows: Callable[[object], bool]
    wanted: str


def _whole(least: int, most: int) -> Rule:
    def allows(value: object) -> bool:
        number = whole(value)
        return number is not None and least <= number <= most

    return Rule(allows, f"a whole number from {least} to {most}")


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_rate(value: object) -> bool:
    number = _number(value)
    return number is not None and 0 <= number <= 1


def _is_weight(value: object) -> bool:
    number = _number(value)
    return number is not None and 0 < number <= MOST_WEIGHT


def _is_headers(value: object) -> bool:
    found = record(value)
    return found is not None and all(isinstance(one, str | int) for one in found.values())


def _is_only(value: object) -> bool:
    found = record(value)
    return (
        found is not None
        and found.keys() <= {"method", "path"}
        and all(isinstance(one, str) for one in found.values())
    )


MOST_WEIGHT = 1_000_000
HOUR = 3_600_000
TEN_YEARS = 315_360_000
YES_OR_NO = Rule(lambda value: isinstance(value, bool), "true or false")
RULES: dict[str, Rule] = {
    "latency_ms": _whole(0, HOUR),
    "latency_after_ms": _whole(0, HOUR),
    "drop_before": YES_OR_NO,
    "drop": YES_OR_NO,
    "cut": YES_OR_NO,
    "half": YES_OR_NO,
    "error_rate": Rule(_is_rate, "a number from 0 to 1"),
    "status": _whole(100, 599),
    "headers": Rule(_is_headers, "an object of strings and numbers"),
    "body": Rule(lambda value: isinstance(value, str), "a string"),
    "html": YES_OR_NO,
    "nested": _whole(1, 1_000_000),
    "megabytes": _whole(1, 100),
    "date_skew_seconds": _whole(-TEN_YEARS, TEN_YEARS),
    "expire_tokens": YES_OR_NO,
    "times": _whole(1, 1_000_000),
    "only": Rule(_is_only, "an object whose members 'method' and 'path' are strings"),
    "mix": Rule(lambda value: bool(items(value)), "an array of at least one set of faults"),
}
AROUND_A_MIX = frozenset({"mix", "times", "only", "expire_tokens"})
NEVER = Rule(lambda _: False, "outside a mix")
IN_A_MIX: dict[str, Rule] = {
    **RULES,
    **dict.fromkeys(["mix", "times", "expire_tokens"], NEVER),
    "weight": Rule(_is_weight, f"a number above 0 and up to {MOST_WEIGHT}"),
}


def faults_of(value: object) -> Faults:
    """Read faults from JSON; a ValueError names what is wrong with it."""
    found = _checked(value, RULES)
    beside = sorted(found.keys() - AROUND_A_MIX)
    if "mix" in found and beside:
        raise ValueError(f"'mix' cannot stand beside {beside[0]!r}")
    chances = [_chance(place, one) for place, one in enumerate(found.get("mix", []))]
    return _made({**found, "mix": tuple(chances)})


def _chance(place: int, value: object) -> Chance:
    try:
        found = _checked(value, IN_A_MIX)
    except ValueError as wrong:
        raise ValueError(f"'mix', place {place}: {wrong}") from None
    weight: float = found.pop("weight", 1)
    return Chance(weight, _made(found))


def _checked(value: object, rules: Mapping[str, Rule]) -> Record:
    found = record(value)
    if found is None:
        raise ValueError("faults must be a JSON object")
    for name, setting in found.items():
        rule = rules.get(name)
        if rule is None:
            raise ValueError(f"unknown fault {name!r}")
        if not rule.allows(setting):
            raise ValueError(f"bad value for {name!r}: it must be {rule.wanted}")
    return dict(found)


def _made(found: Record) -> Faults:
    headers: Record = found.get("headers", {})
    only: dict[str, str] = found.get("only", {})
    settings: Record = {
        **found,
        "headers": {name: str(text) for name, text in headers.items()},
        # Methods are told apart by case, and all that the platforms know are upper.
        "only": {name: text.upper() if name == "method" else text for name, text in only.items()},
    }
    return Faults(**settings)
