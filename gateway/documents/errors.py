"""What can be wrong with a manifest, and with how a request names its document."""

from http import HTTPStatus
from typing import ClassVar

from resolvers.upstream.errors import ErrorCode, Fault


class ManifestError(Exception):
    """A manifest cannot be used; says in one line which file, and what is wrong with it."""


class DocumentFault(Fault):
    """A request's document is not to be had; nothing of it is run.

    `status` is what clients of the drafts and of Apollo expect of the answer.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST


class WronglyAsked(DocumentFault):
    """The request names no document, or more than one."""

    code = ErrorCode.BAD_USER_INPUT


class NotPersisted(DocumentFault):
    """The document was sent, and is not among those that may be run."""

    code = ErrorCode.PERSISTED_DOCUMENT_REQUIRED
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("Only persisted documents are run here, and this is not one of them.")


class UnknownDocument(DocumentFault):
    """No persisted document has the id."""

    code = ErrorCode.PERSISTED_DOCUMENT_NOT_FOUND
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("There is no persisted document of this id.")


class UnknownHash(DocumentFault):
    """No document of the hash is kept; Apollo's clients then send it along."""

    code = ErrorCode.PERSISTED_QUERY_NOT_FOUND
    # Apollo's servers answer so, and some of its clients read the body of no other status.
    status = HTTPStatus.OK

    def __init__(self) -> None:
        # The text that clients look for.
        super().__init__("PersistedQueryNotFound")


class HashesNotSupported(DocumentFault):
    """No document is found by a hash here; Apollo's clients then send no more hashes."""

    code = ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED
    status = HTTPStatus.OK

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotSupported")
