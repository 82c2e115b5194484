"""What a JPEG tells beside its picture, where and when and by whom it was taken: cut out without a new encoding."""

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN = 0xDA
COMMENT = 0xFE
ADOBE = 0xEE
"""APP14 says in which colours the picture is kept: without it some look wrong."""
APPS = range(0xE0, 0xF0)


def bare_jpeg(raw: bytes) -> bytes:
    """The same picture without comments and without what applications wrote into it. Raises ValueError for no JPEG."""
    if not raw.startswith(START):
        raise ValueError("This is no JPEG.")
    kept, at = [START], len(START)
    while True:
        if at + 4 > len(raw) or raw[at] != 0xFF:
            raise ValueError("This JPEG is cut off.")
        mark = raw[at + 1]
        if mark == 0xFF:  # filling
            at += 1
            continue
        if mark == SCAN:  # from here on it is picture; what follows its end is nobody's
            end = raw.rfind(END)
            return b"".join([*kept, raw[at : end + 2] if end > at else raw[at:] + END])
        after = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        if (mark not in APPS and mark != COMMENT) or mark == ADOBE:
            kept.append(raw[at:after])
        at = after
