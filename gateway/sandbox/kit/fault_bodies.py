"""Bodies that stand in place of a true answer, each with the marker in it."""

MARKER = "stand-in-secret-marker"
FAULT_BODY = f'{{"error":"a fault of the sandbox","detail":"{MARKER}"}}'.encode()
PAGE = f"""<!doctype html>
<html><head><title>A fault of the sandbox</title></head><body><p>{MARKER}</p></body></html>
""".encode()
MEGABYTE = 1_000_000


def deep(nested: int, megabytes: int) -> bytes:
    """Make JSON of so many arrays in each other, filled with text up to so many megabytes.

    It is larger where the brackets and one marker already are.
    """
    depth = max(nested, 1)
    room = max(megabytes * MEGABYTE - 2 * depth - 2, len(MARKER))
    text = (MARKER * (room // len(MARKER) + 1))[:room].encode()
    return b"".join([b"[" * depth, b'"', text, b'"', b"]" * depth])
