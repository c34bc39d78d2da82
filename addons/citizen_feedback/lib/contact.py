"""Contacts of people, so written that the same one is found however it was typed. Plain Python."""

import re

_EMAIL = re.compile(r"[^\s@<>()\"',;:]+@[^\s@<>()\"',;:]+")
_NUMBER = re.compile(r"\+?\d[\d\s().-]*\d")
# A phone number is the same with and without the code of the country.
_PHONE_TAIL = 9


def is_email(contact):
    return "@" in contact


def same_contact(one, other):
    """Tell whether a text is, or names among others, an e-mail address or phone number.

    :param str one: as somebody wrote it, maybe with his name or a second contact
    :param str other: one address or number

    >>> same_contact("Olha@Example.org ", "olha@example.org")
    True
    >>> same_contact("+380 (67) 123-45-67", "067 1234567")
    True
    >>> same_contact("Olha, 067 123-45-67 or olha@example.org.", "olha@example.org")
    True
    >>> same_contact("1234567", "+380 67 123 45 67"), same_contact("", "")
    (False, False)
    """
    key = contact_key(other)
    return bool(key) and (key == contact_key(one) or key in _named_keys(one))


def contact_key(contact):
    """Return what is the same for all ways to write a contact; empty for what is none."""
    contact = (contact or "").strip()
    if is_email(contact):
        return contact.lower()
    digits = re.sub(r"\D", "", contact)
    return digits[-_PHONE_TAIL:] if len(digits) >= 5 else ""


def _named_keys(text):
    text = text or ""
    addresses = {address.rstrip(".").lower() for address in _EMAIL.findall(text)}
    return addresses | {contact_key(number) for number in _NUMBER.findall(_EMAIL.sub(" ", text))}


def contact_pattern(contact):
    """Return a pattern for the database (``%``, ``_``) that finds a contact however it was written, and maybe others.

    What it finds is compared by ``same_contact``.

    >>> contact_pattern("067 12-34")
    '%0%6%7%1%2%3%4%'
    >>> contact_pattern("a_b@example.org")
    '%a\\\\_b@example.org%'
    """
    key = contact_key(contact)
    if is_email(key):
        return f"%{key}%".replace("_", "\\_")
    return f"%{'%'.join(key)}%" if key else ""
