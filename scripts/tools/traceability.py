"""Say how many rows of docs/traceability.csv are answered: a row is when it names a test."""

import csv
import sys
from collections import Counter


def answered(rows):
    """Rows with a test."""
    return [row for row in rows if (row.get("test") or "").strip()]


def main(path):
    with open(path, newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    done = answered(rows)
    print(f"{len(done)} of {len(rows)} requirements are answered by a test, {len(rows) - len(done)} are open.")
    for addon, number in sorted(Counter(row.get("addon") or "-" for row in done).items()):
        print(f"  {addon}: {number}")


if __name__ == "__main__":
    main(*sys.argv[1:])
