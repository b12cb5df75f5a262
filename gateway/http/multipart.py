"""Answers in parts, as `multipart/mixed` (the RFC of GraphQL over HTTP on incremental delivery).

    current   what is to come is announced by `pending` with an id, and ends with `completed`
    former    each part has the path and the label of what it brings; of August 2022

A client says which it reads: `multipart/mixed` alone, or with `incrementalSpec=v0.2`, is the
current form, which the specification's draft has; `deferSpec=20220824` is the former.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from graphql import GraphQLError, IncrementalDeferResult
from graphql.execution import CompletedResult, PendingResult

from gateway.http.answer import shown
from gateway.http.media import ranges
from gateway.http.writer import written
from schema.incremental import Part
from schema.operation import Answer

MULTIPART = "multipart/mixed"

# The mark of a part that has no name of its own. JSON has no line that begins like this.
_BETWEEN = b"\r\n---\r\n"
_END = b"\r\n-----\r\n"
_HEAD = b"content-type: application/json; charset=utf-8\r\n\r\n"


class Form(StrEnum):
    """How parts are written, by the parameter of `multipart/mixed` that stands for it."""

    CURRENT = "incrementalSpec=v0.2"
    FORMER = "deferSpec=20220824"

    @property
    def content_type(self) -> str:
        """The type of an answer of this form."""
        return f'{MULTIPART}; boundary="-"; {self}'


# The parameters by which `multipart/mixed` means something else than parts at all, or of our forms.
_SPECS = ("incrementalspec", "deferspec", "subscriptionspec")
_BY_SPEC = {("incrementalspec", "v0.2"): Form.CURRENT, ("deferspec", "20220824"): Form.FORMER}


def form_taken(accept: str | None) -> Form | None:
    """Choose the form by an `Accept` header; None for who takes no parts.

    Of several, the one that is wanted most counts; of equal ones, the current.
    """
    if accept is None or MULTIPART not in accept.lower():
        return None
    wanted = dict[Form, float]()
    for name, parameters, quality in ranges(accept):
        form = _form(parameters) if name == MULTIPART else None
        if form is not None:
            wanted[form] = max(quality, wanted.get(form, 0.0))
    best = max(Form, key=lambda form: wanted.get(form, 0.0))
    return best if wanted.get(best) else None


def _form(parameters: Mapping[str, str]) -> Form | None:
    given = [(name, parameters[name]) for name in _SPECS if name in parameters]
    return _BY_SPEC.get(given[0]) if given else Form.CURRENT


class Parts:
    """Writes the parts of one answer; it knows what is still to come."""

    def __init__(self, form: Form) -> None:
        """Begin with nothing announced."""
        self._form = form
        self._open: dict[str, PendingResult] = {}

    def first(self, answer: Answer, pending: Iterable[PendingResult]) -> bytes:
        """Write what is there at once."""
        body = {**shown(answer), **self._announced(pending), "hasNext": True}
        return _BETWEEN + _HEAD + written(body) + _BETWEEN

    def following(self, part: Part) -> bytes:
        """Write a part that follows."""
        news = self._announced(part.pending)
        if self._form is Form.CURRENT:
            news |= _listed("incremental", part.delivered) | _listed("completed", part.completed)
        elif former := self._formerly(part):
            news["incremental"] = former
        # Apollo's client reads them nowhere but in a part that brings nothing else.
        told = [{"extensions": part.extensions}] if part.extensions else []
        body = _run_of([news, *told], is_last=part.is_last)
        for one in part.completed:
            self._open.pop(one.id, None)
        return body

    def broken_off(self, error: GraphQLError) -> bytes:
        """Write the last part, if nothing of what was announced will come."""
        failed = [CompletedResult(id, [error]) for id in self._open]
        return self.following(Part(completed=failed, is_last=True))

    def _announced(self, pending: Iterable[PendingResult]) -> dict[str, Any]:
        """Note what is to come, and give it as it is told, if it is."""
        new = {one.id: one for one in pending}
        self._open |= new
        return _listed("pending", list(new.values())) if self._form is Form.CURRENT else {}

    def _formerly(self, part: Part) -> list[dict[str, Any]]:
        there = {one.id for one in part.delivered}
        return [
            *(self._at(one.id, one.data, one.errors, one.sub_path) for one in part.delivered),
            *(
                self._at(one.id, None if one.errors else {}, one.errors)
                for one in part.completed
                # What another fragment has brought needs nothing but a word that it is there.
                if one.errors or one.id not in there
            ),
        ]

    def _at(
        self,
        id: str,
        data: Any,
        errors: Sequence[GraphQLError] | None,
        below: Sequence[str | int] | None = None,
    ) -> dict[str, Any]:
        fragment = self._open[id]
        found: dict[str, Any] = {"data": data, "path": [*fragment.path, *(below or ())]}
        if fragment.label is not None:
            found["label"] = fragment.label
        if errors:
            found["errors"] = [error.formatted for error in errors]
        return found


def _listed(
    name: str, found: Sequence[PendingResult | IncrementalDeferResult | CompletedResult]
) -> dict[str, Any]:
    return {name: [one.formatted for one in found]} if found else {}


def _run_of(bodies: Sequence[dict[str, Any]], *, is_last: bool) -> bytes:
    """Write bodies one after the other; of the last parts of an answer, only one is the last."""
    *some, last = bodies
    texts = [written({**body, "hasNext": True}) for body in some]
    texts.append(written({**last, "hasNext": not is_last}))
    end = _END if is_last else _BETWEEN
    return _BETWEEN.join(_HEAD + text for text in texts) + end
