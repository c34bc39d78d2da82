"""docs/traceability.csv is true: each requirement stands in it once, and every test that it names exists."""

import ast
import csv
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
# How many rows each source text has.
SOURCES = {"S000": 71, "S001": 7, "S002": 87, "S003": 48, "S004": 55}
REQUIREMENTS = ROOT.parent / "shared" / "REQUIREMENTS.md"


def rows():
    with (ROOT / "docs" / "traceability.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def names_in(path):
    """Return what a test file defines, as pytest names it: ``function`` and ``Class::method``."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            names |= {f"{node.name}::{item.name}" for item in node.body if isinstance(item, ast.FunctionDef)}
    return names


def test_every_requirement_stands_once():
    wanted = [f"{source}-{number}" for source, count in SOURCES.items() for number in range(1, count + 1)]
    assert [row["row"] for row in rows()] == wanted


def test_it_agrees_with_the_requirements_where_they_are_at_hand():
    if REQUIREMENTS.exists():
        stated = re.findall(r"^\| (S\d{3}-\d+) \| (.*?) \|", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
        assert [(row["row"], row["requirement"]) for row in rows()] == stated


def test_named_tests_exist_and_answers_are_whole():
    answered = [row for row in rows() if row["test"]]
    assert answered
    for row in answered:
        assert row["addon"] and row["where"], f"{row['row']} names a test, so it has to say addon and place, too."
        path, _separator, name = row["test"].partition("::")
        assert (ROOT / path).is_file(), f"{row['row']}: {path} does not exist"
        assert name in names_in(ROOT / path), f"{row['row']}: {row['test']} does not exist"


def test_open_rows_promise_nothing():
    for row in rows():
        assert row["test"] or not (row["addon"] or row["where"]), f"{row['row']} is open but says where it is."
