"""Automatic persisted queries: documents that clients register by sending them once."""

from collections import OrderedDict

from gateway.documents.document import encoded


class Automatic:
    """Texts by their hash, in this process; of too many, the least recently used go."""

    def __init__(self, most_documents: int, most_bytes: int) -> None:
        """Keep nothing yet, and never more than so much."""
        self._most_documents = most_documents
        self._most_bytes = most_bytes
        # As bytes, so that what they take is what is counted.
        self._texts: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def find(self, hash: str) -> str | None:
        """Give the text of a hash, if it is still kept."""
        text = self._texts.get(hash)
        if text is None:
            return None
        self._texts.move_to_end(hash)
        return text.decode("utf-8", "surrogatepass")

    def keep(self, hash: str, text: str) -> None:
        """Keep a text by its hash, unless it is larger than everything may be together."""
        held = encoded(text)
        if len(held) > self._most_bytes:
            return
        self._bytes += len(held) - len(self._texts.get(hash, b""))
        self._texts[hash] = held
        self._texts.move_to_end(hash)
        while self._bytes > self._most_bytes or len(self._texts) > self._most_documents:
            _, dropped = self._texts.popitem(last=False)
            self._bytes -= len(dropped)
