"""The reading of a soak."""

import random
import time
from typing import Any

from tests.soak.checks import NOUNS, down, is_whole
from tests.soak.client import Client, pause
from tests.soak.documents import CATALOGUE, CONNECTIONS, NESTED, NODES, WELL, page_of
from tests.soak.exchange import Exchange, Path
from tests.soak.process import GatewayProcess
from tests.soak.report import Flaw

KINDS = (
    *(kind for kinds in NOUNS.values() for kind in kinds),
    "ClinkedGroupMember",
    "ClinkedGroupInvite",
    "KondadoSourceType",
)
"""What is found by its id."""

# How long a reader may get nothing more of a list; no platform is down for so long.
_PATIENCE_SECONDS = 60.0

# How often what is read was written just now: then an answer may be too old.
_WRITTEN_SHARE = 0.5


async def wander(client: Client, dice: random.Random) -> None:
    """Read a list to its end."""
    await walk(client, dice, dice.choice(list(NOUNS)))


async def walk(client: Client, dice: random.Random, noun: str) -> None:
    """Read a list to its end, while platforms fail: in the end it has everything, once."""
    began = moved = time.monotonic()
    document, seen, after = page_of(noun), list[str](), None
    while True:
        first = dice.choice((10, 25, 50, 100))
        exchange = await client.ask(dice, "page of a list", document, first=first, after=after)
        page = _value(client, exchange, "page")
        if exchange is not None and page is not None:
            check = client.check(exchange)
            check.nodes(page["nodes"])
            check.total(noun, page["totalCount"], began)
            seen += [node["id"] for node in page["nodes"]]
            moved = exchange.ended if page["nodes"] else moved
            after = page["pageInfo"]["endCursor"]
            if is_whole(page):
                check.complete(NOUNS[noun], None, seen, began)
                return
        if time.monotonic() - moved > _PATIENCE_SECONDS:
            client.report.find(Flaw.WRONG, f"{noun} came to no end", exchange)
            return
        if page is None or not page["pageInfo"]["hasNextPage"]:
            await pause(dice)


async def look(client: Client, dice: random.Random) -> None:
    """Find some things by their ids, of all platforms at once."""
    known = [*client.written] if dice.random() < _WRITTEN_SHARE else client.truth.ids(KINDS)
    if known:
        await find(client, dice, dice.sample(known, min(len(known), dice.randint(1, 6))))


async def find(client: Client, dice: random.Random, ids: list[str]) -> None:
    """Find things by their ids."""
    exchange = await client.ask(dice, "nodes by id", NODES, ids=ids)
    found = _value(client, exchange, "nodes")
    if exchange is None or found is None:
        return
    check = client.check(exchange)
    check.nodes(found)
    for place, (id, node) in enumerate(zip(ids, found, strict=True)):
        if node is None and not exchange.explains(("nodes", place)):
            check.absent(id)


async def nest(client: Client, dice: random.Random) -> None:
    """Read accounts with their groups, and those with their members and invitations."""
    few = dice.choice((2, 4, 20))
    exchange = await client.ask(dice, "nested lists", NESTED, few=few)
    page = _value(client, exchange, "page")
    if exchange is None or page is None:
        return
    check = client.check(exchange)
    check.nodes(page["nodes"])
    check.below(page["nodes"], ("page", "nodes"))
    if is_whole(page):
        ids = [node["id"] for node in page["nodes"]]
        check.complete(("ClinkedAccount",), None, ids, exchange.began)


async def browse(client: Client, dice: random.Random) -> None:
    """Read a platform's catalogue, which is a list of that platform alone."""
    exchange = await client.ask(dice, "catalogue", CATALOGUE)
    page = _value(client, exchange, "connection", "sourceTypes")
    if exchange is not None and page is not None:
        check, ids = client.check(exchange), [node["id"] for node in page["nodes"]]
        check.nodes(page["nodes"])
        check.complete(("KondadoSourceType",), None, ids, exchange.began)


async def ask_how_it_is(client: Client, dice: random.Random) -> None:
    """Ask for the connections, which is answered whatever the platforms do."""
    exchange = await client.ask(dice, "connections", CONNECTIONS)
    if exchange is None:
        return
    told = [(one["platform"], one["name"]) for one in exchange.data.get("connections", ())]
    described = client.stand_ins.sandbox.describe()
    there = [(one["platform"].upper(), one["connection"]) for one in described]
    if sorted(told) != sorted(there) or exchange.errors:
        client.check(exchange).wrong("these are not the connections", told, there)


def _value(client: Client, exchange: Exchange | None, *path: str) -> Any:
    """Give what stands at a path of an answer; where it is null, an error has to say why."""
    if exchange is None:
        return None
    value, here = exchange.data, Path()
    for name in path:
        here, value = (*here, name), value.get(name)
        if value is None:
            client.check(exchange).null(here)
            return None
    return value


async def is_well(client: Client, dice: random.Random, gateway: GatewayProcess) -> bool:
    """Tell whether all platforms answer a gateway, by asking each of them something."""
    exchange = await client.ask(dice, "is all well", WELL, within=4.0, at=gateway)
    lists = [exchange.data.get(noun) for noun in NOUNS] if exchange else [None]
    return not (exchange and exchange.errors) and all(page and not down(page) for page in lists)
