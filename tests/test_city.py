"""A fresh demo city shows what it is meant to show, and has no other defects."""

import json

import pytest
from conftest import drop_database, make_database
from odoo_process import SCRIPTS, shell

LOOK = (SCRIPTS / "look_at_city.py").read_text(encoding="utf-8")
# What the check finds in the demo city, by check: what the city shows on purpose, and nothing else.
FOUND = {
    "acknowledgement_late": 3,  # units whose people have put off what they have to read
    "document_basis_lapsed": 1,  # the programme that a document rests on ended last month
    "document_outdated": 1,  # the provision on the service centre lacks a new duty of its head
    "register_empty": 3,  # taken over and not yet filled: measuring equipment, citizens' property, communication
    "goal_unmeasured": 1,  # a goal that came from last year's needs is not measured yet
    "exclusion_contradicted": 1,  # design is left out, yet P-2.08 describes it
    "position_vacant": 7,  # lines of the staffing table without a person
    "role_held_alone": 2,  # visas of the legal adviser and of the landscaping specialist
}
# How many periods of two years an indicator has, by the length of its period.
PERIODS = {"month": 24, "quarter": 8, "year": 2}


@pytest.fixture(scope="module")
def city(qms):
    """What the city holds, as facts of plain values."""
    name = make_database("looked", "--city")
    try:
        output = shell(qms, name, LOOK)
    finally:
        drop_database(name)
    [facts] = [line for line in output.splitlines() if line.startswith("CITY ")]
    return json.loads(facts.removeprefix("CITY "))


def test_the_seeded_defects_are_found_and_no_others(city):
    assert city["checks"]["found"] == FOUND


def test_the_contradiction_of_the_manual_is_found(city):
    """The published manual leaves design out and describes it in its own chapter on design."""
    name, sentence = city["checks"]["texts"]["exclusion_contradicted"]
    assert "8.3" in name
    assert "P-2.08" in sentence


def test_who_sees_an_issue_may_read_its_record(city):
    assert city["checks"]["unreadable"] == []


def test_every_check_was_carried_out(city):
    assert city["checks"]["runs"] == [0], "One run, in which no check broke off."
    assert city["checks"]["carried_out"] == city["checks"]["known"]


def test_only_documents_with_a_change_to_show_are_out_of_date(city):
    """Also the nightly comparison of all documents with the model finds no others."""
    assert sorted(city["outdated"], key=lambda document: document["template"]) == [
        {"template": "job_description", "state": "draft", "shows_the_duty": True},
        {"template": "unit_provision", "state": "effective", "shows_the_duty": True},
    ]


def test_no_requirement_is_left_open_without_a_reason(city):
    requirements = city["requirements"]
    assert {"ISO9001-2008", "ISO9001-2015"} <= set(requirements["standards"])
    assert requirements["open"] == []
    assert set(requirements["coverage"]) == {100}
    assert set(requirements["excluded"]) == {"7.3", "7.5.2", "8.3", "8.5.1f"}
    assert all(requirements["excluded"].values())


def test_thirty_indicators_over_two_years(city):
    measured = city["indicators"]["measured"]
    assert len(measured) == 30
    assert [row for row in measured if row[2] < PERIODS[row[1]]] == []
    assert city["indicators"]["status"] == ["met", "missed", "near"], "All lights are shown."


def test_one_benchmark_over_four_bodies(city):
    assert city["benchmark"] == {"region": ["all", 4, 4], "mayor": ["others", 4, 1]}


def test_goal_tree_below_the_region_s(city):
    assert city["goals"] == {"above": ["ОБЛ-1.1", "ОБЛ-1.2"], "states": ["approved"], "without_measure": 1}
