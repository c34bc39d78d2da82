"""The text of a CSV file, whatever program of our countries saved it. Plain Python: no database."""

REPLACED = "\ufffd"


def decode(content):
    """Return the text of a file in UTF-8 or Windows-1251, or None where it is neither.

    :param bytes content: the file

    >>> decode("Довго".encode("utf-8-sig")), decode("Довго".encode("cp1251")), decode(b"PK\\x00")
    ('Довго', 'Довго', None)
    >>> decode("Черга довга".encode()[:-1] + b";1") is None
    True
    """
    if b"\x00" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if _is_damaged(content) else _decode_windows(content)


def _is_damaged(content):
    """Tell whether it is UTF-8 in which something broke: read otherwise, each letter would become two wrong ones."""
    text = content.decode("utf-8", "replace")
    return 2 * text.count(REPLACED) < sum(not char.isascii() for char in text)


def _decode_windows(content):
    try:
        return content.decode("cp1251")
    except UnicodeDecodeError:
        return None
