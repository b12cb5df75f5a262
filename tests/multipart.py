"""Reads answers in parts as clients do, strictly, and puts them together again."""

import json
from collections.abc import AsyncGenerator, Iterable
from typing import Any, cast

import httpx

CURRENT = "multipart/mixed;incrementalSpec=v0.2, application/json"
FORMER = "multipart/mixed;deferSpec=20220824, application/json"
FORMS = [CURRENT, FORMER]

_HEAD = b"\r\n---\r\n"
_PART = b"content-type: application/json; charset=utf-8\r\n\r\n"


async def parts_of(response: httpx.Response) -> AsyncGenerator[dict[str, Any]]:
    """Give each part as soon as what stands behind it is there; nothing else is in an answer."""
    assert response.headers["Content-Type"].startswith('multipart/mixed; boundary="-"; ')
    text, is_first, is_last = b"", True, False
    async for piece in response.aiter_bytes():
        text += piece
        if is_first and len(text) >= len(_HEAD):
            assert text.startswith(_HEAD)
            text, is_first = text.removeprefix(_HEAD), False
        while not is_first and b"\r\n---" in text.removeprefix(_PART):
            assert not is_last
            assert text.startswith(_PART)
            body, _, rest = text.removeprefix(_PART).partition(b"\r\n---")
            end = b"\r\n" if json.loads(body)["hasNext"] else b"--\r\n"
            if len(rest) < len(end):
                break
            assert rest.startswith(end)
            text, is_last = rest.removeprefix(end), end == b"--\r\n"
            yield json.loads(body)
    assert (text, is_last) == (b"", True)


async def parts(response: httpx.Response) -> list[dict[str, Any]]:
    """Give all parts of an answer that has come."""
    return [part async for part in parts_of(response)]


def whole(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put the parts of either form together, as an answer that defers nothing has them."""
    first, *rest = found
    answer = {key: value for key, value in first.items() if key not in {"pending", "hasNext"}}
    errors = list(answer.pop("errors", []))
    announced = {one["id"]: one for one in first.get("pending", [])}
    for part in rest:
        announced |= {one["id"]: one for one in part.get("pending", [])}
        for one in part.get("incremental", []):
            errors += one.get("errors", [])
            if one["data"] is not None:
                _merge(_at(answer["data"], _path(one, announced)), one["data"])
        for one in part.get("completed", []):
            del announced[one["id"]]
            errors += one.get("errors", [])
        answer.update({key: part[key] for key in ("extensions",) if key in part})
    assert not announced
    return {**({"errors": errors} if errors else {}), **answer}


def _path(one: dict[str, Any], announced: dict[str, Any]) -> list[str | int]:
    if "path" in one:
        return one["path"]
    return announced[one["id"]]["path"] + one.get("subPath", [])


def _at(data: Any, path: list[str | int]) -> dict[str, Any]:
    for step in path:
        data = data[step]
    return data


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        before = into.get(name)
        if isinstance(before, dict) and isinstance(value, dict):
            _merge(cast("dict[str, Any]", before), cast("dict[str, Any]", value))
        else:
            into[name] = value
