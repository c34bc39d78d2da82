"""Receipts by which somebody without an account finds what he sent: drawn at random, stored as a keyed hash.

The hash is fast on purpose: a slow one would let anybody keep the server busy by guessing. A hundred random bits need
no slowness, and without the key nobody can check guesses against a copy of the table.
"""

import hashlib
import secrets

# Crockford's digits: without I, L, O and U, which are mistaken for others or make words.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 20
_GROUP = 4
# What people read and type instead.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
BITS = _LENGTH * 5


def draw():
    """Return a new receipt as it is shown: five groups of four characters, 100 bits.

    >>> len(draw())
    24
    """
    text = "".join(secrets.choice(_DIGITS) for _ in range(_LENGTH))
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def normalised(code):
    """Return a receipt as it was drawn, whatever spaces, dashes and case it is typed with; "" for what is none.

    >>> normalised(" abcd efgh-jkmn-pqrs-tvw1 ")
    'ABCDEFGHJKMNPQRSTVW1'
    >>> normalised("ABCD-EFGH-JKMN-PQRS-TVWl") == normalised("ABCD-EFGH-JKMN-PQRS-TVW1")
    True
    >>> normalised("12345")
    ''
    """
    if not isinstance(code, str) or len(code) > 4 * _LENGTH:
        return ""
    text = "".join(char for char in code.upper() if char.isalnum()).translate(_MISREAD)
    return text if len(text) == _LENGTH and set(text) <= set(_DIGITS) else ""


def digest(code, key):
    """Return the keyed hash of a receipt; "" for what is no receipt.

    :param str code: as somebody typed it
    :param bytes key: the key of this database
    """
    text = normalised(code)
    return hashlib.blake2b(text.encode(), key=key, digest_size=32).hexdigest() if text else ""
