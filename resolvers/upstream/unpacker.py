"""What takes gzip off an answer."""

import zlib


class Unpacker:
    """Unpacks one body as it comes; raises `zlib.error` at what is no gzip."""

    def __init__(self) -> None:
        """Wait for the first part."""
        self._member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        self._has_begun = False

    def unpack(self, part: bytes, most: int) -> bytes:
        """Give what the part holds, and no more of it than so many bytes; at least one."""
        self._has_begun = True
        return self._member.decompress(part, most)

    def end(self) -> None:
        """Raise if the body ends in the middle; one that is not there at all is none."""
        if self._has_begun and not self._member.eof:
            raise zlib.error("it ends in the middle")


def is_packed(encoding: str) -> bool:
    """Tell by the header whether a body is packed in the one way that is asked for."""
    return encoding.lower() == "gzip"
