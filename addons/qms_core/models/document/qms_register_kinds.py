"""The registers that an auditor asks for, as they come with the program: plain data, texts translated when used."""

from typing import NamedTuple

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)
ISO2008, ISO2015 = "ISO9001-2008", "ISO9001-2015"


class Property(NamedTuple):
    """A field of a register: its technical name, label, type, options or tags by key, or the model it links to."""

    name: str
    label: object
    type: str = "char"
    options: dict = {}
    comodel: str = ""


class Need(NamedTuple):
    """What must not stand in a register alone: where ``given`` is filled in, ``needed`` has to be, and why."""

    given: str
    needed: str
    message: object


class Kind(NamedTuple):
    """A register as it is shipped. ``clauses`` are ``(standard, clause)``; ``parts`` is "stage" or "prescription"."""

    name: object
    purpose: object
    review_months: int
    properties: tuple
    clauses: tuple = ()
    parts: str = ""
    stages: tuple = ()
    independent: bool = False
    needs: tuple = ()


KINDS = {
    "infrastructure": Kind(
        _lt("Infrastructure"),
        _lt("Premises, energy, communication, transport and office equipment: numbered, maintained, looked at."),
        12,
        (
            Property(
                "object_kind",
                _lt("Kind of object"),
                "selection",
                {
                    "premises": _lt("Premises"),
                    "energy": _lt("Energy supply"),
                    "communication": _lt("Communication"),
                    "transport": _lt("Transport"),
                    "equipment": _lt("Office equipment"),
                    "software": _lt("Software"),
                },
            ),
            Property("inventory_number", _lt("Inventory number")),
            Property("place", _lt("Where it is")),
            Property("upkeep", _lt("How it is maintained"), "text"),
            Property("next_upkeep", _lt("Next maintenance"), "date"),
            Property("accessible", _lt("Accessible without barriers"), "boolean"),
            Property("safety", _lt("Safety and hygiene: what was checked"), "text"),
            Property("equipment", _lt("Equipment"), "many2one", comodel="maintenance.equipment"),
        ),
        ((ISO2008, "6.3"), (ISO2008, "6.4"), (ISO2015, "7.1")),
    ),
    "monitoring": Kind(
        _lt("Monitoring means and software validation"),
        _lt("What is measured with, how exact it is, how it is verified, and whether results of software are valid."),
        12,
        (
            Property(
                "means_kind",
                _lt("Kind of means"),
                "selection",
                {
                    "instrument": _lt("Measuring instrument"),
                    "software": _lt("Software"),
                    "questionnaire": _lt("Questionnaire or form"),
                },
            ),
            Property("measures", _lt("What it measures")),
            Property("accuracy", _lt("Degree of accuracy")),
            Property("error", _lt("Permitted error")),
            Property("method", _lt("How it is verified"), "text"),
            Property("effect", _lt("What a missing verification would affect"), "text"),
            Property("verified_on", _lt("Verified on"), "date"),
            Property("certificate", _lt("Certificate or protocol")),
        ),
        ((ISO2008, "7.6"), (ISO2015, "7.1")),
        independent=True,
    ),
    "provider": Kind(
        _lt("Outside providers"),
        _lt("Who supplies or carries out what, by which criteria he was chosen, how he is evaluated again."),
        12,
        (
            Property("provider", _lt("Provider"), "many2one", comodel="res.partner"),
            Property("provides", _lt("What is provided"), "text"),
            Property("contract", _lt("Contract")),
            Property("contract_until", _lt("Contract valid until"), "date"),
            Property("demands", _lt("What is demanded of the delivery"), "text"),
            Property("invitation", _lt("Open invitation: where, number, day")),
            Property("criteria", _lt("Criteria of the choice"), "text"),
            Property("acceptance", _lt("How the delivery is checked"), "text"),
        ),
        ((ISO2008, "7.4"), (ISO2015, "8.4")),
    ),
    "emergency": Kind(
        _lt("Emergency plans and drills"),
        _lt("What is done when something happens; each plan is tried out, approved and revised."),
        12,
        (
            Property("event", _lt("Emergency")),
            Property("warning", _lt("Who is warned, and how"), "text"),
            Property("measures", _lt("What is done"), "text"),
            Property("people", _lt("Who takes part"), "text"),
            Property("approved_by", _lt("Approved by the act")),
            Property("last_drill", _lt("Last drill"), "date"),
        ),
        ((ISO2015, "8.2"), (ISO2008, "7.5.1")),
    ),
    "keeping": Kind(
        _lt("Documents and property of citizens"),
        _lt("What citizens have left with the authority, where it is kept, and their consents to pass it on."),
        3,
        (
            Property("owner", _lt("Whose it is")),
            Property("what", _lt("What is kept"), "text"),
            Property("received_on", _lt("Received on"), "date"),
            Property("place", _lt("Where it is kept")),
            Property("passed_to", _lt("Passed on to")),
            Property("consent", _lt("Written consent of")),
            Property("disclosed_by_law", _lt("Disclosed as the law demands")),
            Property("owner_told_on", _lt("Owner told on"), "date"),
            Property("returned_on", _lt("Returned on"), "date"),
        ),
        ((ISO2008, "7.5.4"), (ISO2015, "8.5.3")),
        needs=(
            Need(
                "passed_to",
                "consent",
                _lt("What a citizen left is passed on with written consent only. Enter the day of the consent."),
            ),
            Need(
                "disclosed_by_law",
                "owner_told_on",
                _lt("Where the law demands disclosure, the citizen is told at once. Enter when the owner was told."),
            ),
        ),
    ),
    "communication": Kind(
        _lt("Communication plan"),
        _lt("What is told to whom, when, how and by whom, inside and outside."),
        12,
        (
            Property("about", _lt("What about"), "text"),
            Property(
                "direction",
                _lt("Inside or outside"),
                "selection",
                {"inside": _lt("Inside the authority"), "outside": _lt("Outside")},
            ),
            Property("to_whom", _lt("To whom")),
            Property(
                "ways",
                _lt("Ways of informing"),
                "tags",
                {
                    "stand": _lt("Information stand"),
                    "meeting": _lt("Meeting"),
                    "network": _lt("Internal network"),
                    "paper": _lt("Circular on paper"),
                    "order": _lt("Order of the unit"),
                    "mail": _lt("E-mail"),
                    "head_order": _lt("Order of the head of the authority"),
                    "seminar": _lt("Seminar"),
                },
            ),
            Property("how", _lt("How")),
            Property("when", _lt("How often")),
        ),
        ((ISO2008, "5.5"), (ISO2015, "7.4")),
    ),
    "design": Kind(
        _lt("Design of services and acts"),
        _lt("Services, acts and plans under development: stages, each checked by one person and approved by another."),
        6,
        (
            Property("subject", _lt("What is designed"), "text"),
            Property("inputs", _lt("Needs and legal demands"), "text"),
            Property("ordered_by", _lt("Ordered by the act")),
            Property("executors", _lt("Who takes part"), "text"),
            Property("result", _lt("Result"), "text"),
        ),
        ((ISO2008, "7.3"), (ISO2015, "8.3")),
        parts="stage",
        stages=(
            _lt("Assignment and inputs"),
            _lt("Draft"),
            _lt("Coordination and public discussion"),
            _lt("Trial or examination"),
            _lt("Approval and introduction"),
        ),
    ),
    "inspection": Kind(
        _lt("Inspections by outside bodies"),
        _lt("Who inspected what and when, what was prescribed until when, and what was done."),
        6,
        (
            Property("body", _lt("Inspecting body")),
            Property("subject", _lt("What was inspected"), "text"),
            Property("begun_on", _lt("Begun on"), "date"),
            Property("ended_on", _lt("Ended on"), "date"),
            Property("report", _lt("Number of the report")),
        ),
        ((ISO2008, "8.2.3"), (ISO2015, "9.1")),
        parts="prescription",
    ),
    "seal": Kind(
        _lt("Letterheads, seals and stamps"),
        _lt("Which there are, who keeps them and may use them for what, by which order, and what became of them."),
        12,
        (
            Property(
                "item_kind",
                _lt("Kind of item"),
                "selection",
                {"letterhead": _lt("Letterhead"), "seal": _lt("Seal"), "stamp": _lt("Stamp")},
            ),
            Property("imprint", _lt("What it shows"), "text"),
            Property("used_for", _lt("For which documents it is used"), "text"),
            Property("order", _lt("Order that permits it")),
            Property("series", _lt("Numbers of the letterheads")),
            Property("place", _lt("Where it is kept")),
            Property("given_on", _lt("Handed over on"), "date"),
            Property("destroyed_by", _lt("Destroyed by the act")),
        ),
    ),
}
