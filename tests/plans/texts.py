"""Values of JSON as platforms write them, and as they should not, drawn by chance from a seed."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

STRINGS = (
    '"Ada Ashdown"',
    '"alpha"',
    '"beta, gamma"',
    '""',
    '"\\u00e9t\\u00e9"',
    '"a\\/b \\"c\\" \\\\ \\n\\t"',
    '"\U0001f4a7 \u65e5\u672c"',
    '"\\ud83d\\udca7"',
    '"@folder"',
    '"1"',
)
# As one platform has them, and can be asked for several at once.
UUIDS = ("0a5e1b7c-2222-4333-8444-566677778888", "0a5e1b7c-2222-4333-8444-566677779999")
# Few, so that things are found again by the ids that are asked for.
KEYS = ('"1"', '"2"', '"3"', "1", "2", "3", '"ada"', f'"{UUIDS[0]}"', f'"{UUIDS[1]}"')
INTS = ("0", "1", "3", "16", "-7", "2147483647")
LONGS = ("0", "512", "9000000000", "9007199254740993")
FLOATS = ("0.5", "1", "-2.25", "99.0", "1e3")
BOOLS = ("true", "false")
MOMENTS = (
    "1700000000000",
    "1700000000",
    '"2024-05-06T07:08:09Z"',
    '"2024-05-06T07:08:09.123456Z"',
    '"2024-05-06T07:08:09.5+02:00"',
    '"2018-01-05T14:00:00"',
)
ZONED = (*MOMENTS, '"2018-01-05T14:00Z[UTC]"', '"2018-01-05T14:00+01:00[Europe/Paris]"')
ANYTHING = ("null", "1", '"text"', '{"a":[1,2.5,null],"\\u00e9":"x"}', "true", "[]", "1.0", "1e2")

# What stands where something else is expected.
_OF_ANY_KIND = (
    *("null", "null", "true", "false", "0", "1", "-1", "1.0", "1.5", "-0.0", "1e2", "1e400"),
    *('""', '" "', '"x"', '"12"', '"true"', '"null"', '"PENDING"', '"2024-05-06T07:08:09Z"'),
    *("[]", "[1]", "[null]", '["x",null,1]', "[[]]", "{}", '{"id":1}', '{"a":{"b":[]}}', "NaN"),
    *('{"id":null,"name":7}', '{"user":{"id":"1"}}', '{"\\u0000":{}}', "123456789012345678901"),
)
_NUMBERS = (
    *("2147483648", "-2147483649") * 3,
    *("2147483648.0", "-2147483648", "2147483647.0", "9223372036854775807", "9223372036854775808"),
    *("-9223372036854775809", "123456789012345678901234567890", "1.0", "1e2", "1e19", "-0"),
    *('"12"', '" 12 "', '"1.0"', '"1_000"', '"NaN"', "NaN", "Infinity", "-Infinity", "true"),
)
_TEXTS = (
    *('"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u2028"', '"\u2028\x7f"', '" "'),
    *("7", "7.0", "1.50", "1e400", "12345678901234567890", "true", '"NULL"', '"<b>"', "NaN"),
)
_SWITCHES = ("0", "1", "2", "0.0", "1.0", '"true"', '"no"', '"on"', '"F"', '"maybe"', '"1"', '""')
_TIMES = (
    *("-1", "0", "-62135596800000", "253402300800000", "1e20", "11676096000000", "-99999999999999"),
    *(
        "20000000000",
        "20000000001",
        "1700000000.5",
        "1.7e9",
        "1.7e12",
        "NaN",
        "9223372036854775808",
    ),
    *('"2024-05-06"', '"2024-05-06T07:08"', '"2024-05-06 07:08:09"', '"2024-02-30T00:00:00Z"'),
    *('"0001-01-01T00:00:00+14:00"', '"9999-12-31T23:59:59-14:00"', '"2024-05-06t07:08:09z"'),
    *('"2024-05-06T24:00:00Z"', '"1700000000000"', '"2024-05-06T07:08:09,5Z"', '"05/06/2024"'),
    *('"2024-05-06T07:08:09.1234567891Z"', '"2024-05-06T07:08:09+0200"', '"1700000000.25"'),
    *('"2024-05-06T07:08:60Z"', '"2024-05-06T07:08:09-00:00"', '"-0001-01-01T00:00:00Z"', '"0"'),
)

# Members that nothing reads, and some that pretend to be what the gateway itself writes.
EXTRAS = (
    *('"extra":{"id":"9","name":null,"list":[{"id":1},"\\u00e9"]}', '"_etag":"x"', '"links":[]'),
    *('"created_at2":1e2', '"__typename":"Company"', '"platformId":"9"', '"\\u00e9\\"":[[]]'),
)
ODD_EXTRAS = ('"\\u0000":{}', '"origin":{"platform":"codat"}', '"platform_id":9', '"\\ud800":1')

# What becomes of a whole body; `{}` is where it stands.
WILD_BODIES = (
    *("", " ", "null", "[]", "{{}}", "true", '"text"', "17", "<html>no</html>", "[null]", "[{{}}]"),
    *(
        "{} ",
        "\n{}\r\n",
        "{}{}",
        "{},",
        "\ufeff{}",
        "[{}",
        "[{}]",
        '{{"data":{}}}',
        "{}\x00",
        "{} x",
    ),
)

# Bad values that are nearly good ones, by the good ones that they stand for.
_NEARLY: dict[tuple[str, ...], tuple[str, ...]] = {
    **dict.fromkeys((STRINGS, KEYS), _TEXTS),
    **dict.fromkeys((INTS, LONGS, FLOATS), _NUMBERS),
    BOOLS: _SWITCHES,
    **dict.fromkeys((MOMENTS, ZONED), _TIMES),
}


class Draw:
    """What is drawn from a seed.

    By the chance of `wild` something is not as it should be, and by that of `odd` a single value.
    """

    def __init__(self, seed: str, wild: float = 0.0, odd: float = 0.0) -> None:
        self.random = Random(seed).random  # noqa: S311 - it has to be the same each time
        self.wild, self.odd = wild, odd
        self.deep = 0
        # The key of the thing that was asked for, by the member that it stands in.
        self.own: dict[str, str] = {}

    def chance(self, of: float) -> bool:
        """Tell by chance."""
        return of > 0 and self.random() < of

    def one(self, options: Sequence[T]) -> T:
        """Draw one of them."""
        return options[int(self.random() * len(options))]

    def is_wild(self) -> bool:
        """Tell whether what comes next is not as it should be."""
        return self.wild > 0 and self.random() < self.wild

    def value(self, options: tuple[str, ...]) -> str:
        """Draw one of these values, or a bad one instead."""
        return self.bad(options) if self.odd > 0 and self.random() < self.odd else self.one(options)

    def bad(self, instead: tuple[str, ...] = ()) -> str:
        """Draw a bad value, which may be nearly as good as those that it stands for."""
        like = _TEXTS if "".join(instead[:1]).startswith('"') else _NUMBERS
        nearly = _NEARLY.get(instead, like if instead else _OF_ANY_KIND)
        return self.one(nearly if self.random() < 0.7 else _OF_ANY_KIND)
