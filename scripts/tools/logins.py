"""Print the demo logins as a table."""

import json
import sys

KEYS = ("login", "password", "name", "role")


def table(logins):
    rows = [KEYS, *(tuple(login[key] for key in KEYS) for login in logins)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(KEYS))]
    for row in rows:
        yield "  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        for line in table(json.load(source)):
            print(f"  {line}")
