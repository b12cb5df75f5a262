"""Writes documents that are too much, and the cases that send them."""

from tests.hostile.case import Case
from tests.hostile.writing import asked

LIMIT, BAD = "LIMIT_EXCEEDED", "BAD_USER_INPUT"


def nested(open: str, close: str, inner: str = "", times: int = 10_000) -> str:
    """Write what opens so many times and closes as often."""
    return open * times + inner + close * times


def times(number: int, text: str) -> str:
    """Write a text so many times, each with its number in the place of N."""
    return " ".join(text.replace("N", str(one)) for one in range(number))


def fragments(number: int, body: str, last: str = "id") -> str:
    """Write so many fragments, each with the next one wherever its body says NEXT."""
    chain = [
        f"fragment F{one} on Node {{ {body.replace('NEXT', f'...F{one + 1}')} }}"
        for one in range(number)
    ]
    return " ".join([*chain, f"fragment F{number} on Node {{ {last} }}"])


def limited(name: str, document: str, limit: str) -> Case:
    """Send a document that goes beyond a limit."""
    return Case(name, asked(document), 400, LIMIT, limit)


def wrong(name: str, document: str) -> Case:
    """Send a document that is wrong."""
    return Case(name, asked(document), 400, BAD)
