import random
from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, models

from .qms_demo_year_texts import EFFECTS, EVIDENCE, REJECTED, SPECIAL, TROUBLES, Trouble

SEED = 2026
# How many are found in each of the last twelve whole months, the oldest first, and in the month under way.
MONTHS = (10, 9, 11, 8, 11, 9, 10, 8, 7, 8, 6, 7)
THIS_MONTH = 5
# In which month how many more come from the new register.
SPECIAL_MONTH, SPECIAL_COUNT = 4, 14
# Days in which a severity is typically settled, and how often it occurs.
TYPICAL_DAYS = {"minor": 22, "major": 34, "critical": 12}
SEVERITIES = (("minor", 62), ("major", 32), ("critical", 6))


class Work(NamedTuple):
    """An action: what, days from the finding to its deadline and to its end (None: not done yet)."""

    name: str
    due: int
    done: int | None


class Case(NamedTuple):
    """A nonconformity of the year and how far it got."""

    found: object
    trouble: Trouble
    process: str
    name: str
    severity: str
    state: str
    closed_after: int | None
    works: tuple


def make_year(today, seed=SEED):
    """Return a year of nonconformities, the oldest first; the same for the same day and seed.

    :param datetime.date today:
    :rtype: list[Case]
    """
    chance = random.Random(seed)
    month = today.replace(day=1)
    cases = []
    for index, count in enumerate(MONTHS):
        first = month - relativedelta(months=len(MONTHS) - index)
        days = (first + relativedelta(months=1) - first).days
        troubles = chance.choices(TROUBLES, [trouble.weight for trouble in TROUBLES], k=count)
        troubles += [SPECIAL] * (SPECIAL_COUNT if index == SPECIAL_MONTH else 0)
        cases += [_case(chance, trouble, first + timedelta(days=chance.randrange(days)), today) for trouble in troubles]
    for trouble in chance.choices(TROUBLES, [trouble.weight for trouble in TROUBLES], k=THIS_MONTH):
        cases.append(_case(chance, trouble, month + timedelta(days=chance.randrange(today.day)), today))
    return sorted(cases, key=lambda case: case.found)


def _case(chance, trouble, found, today):
    names, weights = zip(*SEVERITIES, strict=True)
    [severity] = chance.choices(names, weights)
    age = (today - found).days
    needed = max(3, round(TYPICAL_DAYS[severity] * chance.lognormvariate(0, 0.55)))
    if chance.random() < 0.05:
        state = "rejected"
    elif needed < age - 1 and chance.random() > 0.05:
        state = "closed"
    elif age < 8:
        state = chance.choice(("reported", "reported", "analysis"))
    elif age < 20:
        state = chance.choice(("analysis", "analysis", "work"))
    else:
        state = chance.choice(("work", "work", "verification"))
    # What waits for its check is done by now.
    spent = needed if state == "closed" else min(needed, age - 2)
    works = tuple(_works(chance, trouble, state, spent)) if state not in ("reported", "rejected") else ()
    return Case(
        found,
        trouble,
        chance.choice(trouble.processes),
        chance.choice(trouble.names),
        severity,
        state,
        needed if state == "closed" else None,
        works,
    )


def _works(chance, trouble, state, needed):
    """Yield the actions; those of a finished nonconformity are done, a quarter of them late."""
    count = min(len(trouble.actions), chance.choice((1, 2, 2, 3)))
    for name in chance.sample(trouble.actions, count):
        done = max(1, round(needed * chance.uniform(0.4, 0.95)))
        due = max(1, done + (-chance.randint(1, 7) if chance.random() < 0.25 else chance.randint(0, 10)))
        finished = state in ("closed", "verification")
        yield Work(name, due, done if finished else None)


class QmsDemo(models.AbstractModel):
    """A year of the city by a seeded scenario, so that charts and dashboards have something to show.

    Steps of today pass the real gates elsewhere (``qms_demo``). Here rows are written in bulk and dated back,
    which no person could do: what happened last spring can't be pressed today.
    """

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_year(make_year(self.env.company._qms_today()))

    @api.model
    def _play_year(self, cases):
        """Write the cases of a year with their causes, actions and rounds."""
        # No message for each of hundreds of rows: what nobody did today leaves no trace of today.
        quiet = self._as("coordinator").with_context(tracking_disable=True)
        records = quiet.env["qms.nonconformity"].create(quiet._year_vals(cases))
        quiet._year_causes(cases, records)
        actions = quiet._year_actions(cases, records)
        quiet._year_stages(cases, records, actions)
        quiet._year_repeats(cases, records)

    @api.model
    def _year_vals(self, cases):
        processes = self._year_processes(cases)
        categories = self.env["qms.nonconformity.category"]._by_code(self.env.company)
        days = {severity: self.env.company._qms_severity_deadline(severity) for severity, _weight in SEVERITIES}
        numbers = self._old_numbers("NC", [case.found for case in cases])
        return [
            {
                "name": case.name,
                "kind": case.trouble.kind,
                "severity": case.severity,
                "category_id": categories[case.trouble.category].id,
                "process_id": processes[case.process].id,
                "department_id": processes[case.process].department_id.id,
                "date_found": case.found,
                "date_deadline": case.found + (days[case.severity] - self.env.company._qms_today()),
                **number,
            }
            for case, number in zip(cases, numbers, strict=True)
        ]

    @api.model
    def _year_processes(self, cases):
        codes = list({case.process for case in cases})
        domain = [("code", "in", codes), ("company_id", "=", self.env.company.id)]
        return {process.code: process for process in self.env["qms.process"].search(domain)}

    @api.model
    def _old_numbers(self, prefix, days):
        """Return values with a number for what is of an earlier year, as if taken over from the register on paper.

        What is of this year draws its number like everything else.
        """
        counts, year = defaultdict(int), self.env.company._qms_today().year
        numbers = []
        for day in days:
            counts[day.year] += 1
            numbers.append({"number": f"{prefix}-{day.year}-{counts[day.year]:04d}"} if day.year < year else {})
        return numbers

    @api.model
    def _year_causes(self, cases, records):
        """Write down the causes of what was analysed."""
        bones = self.env["qms.cause.category"]._by_code(self.env.company)
        known = [(case, record) for case, record in zip(cases, records, strict=True) if case.works]
        self.env["qms.nonconformity.cause"].create(
            [
                {
                    "nonconformity_id": record.id,
                    "name": case.trouble.cause,
                    "category_id": bones[case.trouble.bone].id,
                    "is_root": True,
                }
                for case, record in known
            ]
        )
        for trouble in (*TROUBLES, SPECIAL):
            ids = [record.id for case, record in known if case.trouble is trouble]
            records.browse(ids).write({"cause": trouble.cause, "cause_class": trouble.cause_class})

    @api.model
    def _year_actions(self, cases, records):
        """Plan the actions; return them as lists, one for each case."""
        rows = [(case, record, work) for case, record in zip(cases, records, strict=True) for work in case.works]
        numbers = self._old_numbers("CA", [case.found for case, _record, _work in rows])
        people = self._year_people(records.department_id)
        actions = self.env["qms.action"].create(
            [
                {
                    "name": work.name,
                    "kind": "corrective",
                    "nonconformity_id": record.id,
                    "company_id": record.company_id.id,
                    "responsible_id": people[record.department_id][index % len(people[record.department_id])].id,
                    "date_deadline": case.found + timedelta(days=work.due),
                    "cost": 500 * (len(work.name) % 7),
                    "evidence": EVIDENCE if work.done is not None else False,
                    **number,
                }
                for index, ((case, record, work), number) in enumerate(zip(rows, numbers, strict=True))
            ]
        )
        by_case = defaultdict(list)
        for (_case, record, work), action in zip(rows, actions, strict=True):
            by_case[record].append((work, action))
        return by_case

    @api.model
    def _year_people(self, units):
        # sudo: who belongs to which unit is staff data; the coordinator plans for all of them.
        employees = self.env["hr.employee"].sudo().search([("department_id", "in", units.ids)], order="qms_code")
        grouped = employees.grouped("department_id")
        return {unit: grouped.get(unit.sudo()) or unit.sudo()._head() for unit in units}

    @api.model
    def _year_stages(self, cases, records, actions):
        """Set the stages the cases and their actions have reached, with the days they reached them."""
        auditor, officer = self._user("auditor"), self._user("officer")
        rounds, by_state = [], defaultdict(list)
        for index, (case, record) in enumerate(zip(cases, records, strict=True)):
            by_state[case.state].append(record.id)
            for work, action in actions[record]:
                self._year_action_stage(case, work, action, officer)
            if case.state == "rejected":
                record._transition({"state": "rejected", "reject_reason": REJECTED})
            elif case.state == "closed":
                closed = case.found + timedelta(days=case.closed_after)
                effect = EFFECTS[index % len(EFFECTS)]
                record._transition(
                    {"state": "closed", "date_closed": closed, "checker_id": auditor.id, "effect": effect}
                )
                done = [action for _work, action in actions[record]]
                rounds.append({**self._year_round(case, record, done, effect), "checker_id": auditor.id})
        for state in ("analysis", "work"):
            records.browse(by_state[state])._transition({"state": state})
        waiting = records.browse(by_state["verification"])
        waiting._transition({"state": "verification", "date_check": self.env.company._qms_today()})
        # sudo: rounds are written by the verdict alone.
        self.env["qms.nonconformity.round"].sudo().create(rounds)
        self._year_duties(records, self.env["qms.action"].union(*(a for rows in actions.values() for _w, a in rows)))

    @api.model
    def _year_action_stage(self, case, work, action, checker):
        if work.done is not None:
            action._transition(
                {
                    "state": "closed",
                    "date_done": case.found + timedelta(days=work.done),
                    "done_by_id": action.responsible_user_id.id,
                    "checker_id": checker.id,
                }
            )
        elif case.state == "work":
            action._transition({"state": "open"})

    @api.model
    def _year_round(self, case, record, actions, effect):
        return {
            "nonconformity_id": record.id,
            "number": 1,
            "cause": case.trouble.cause,
            "analysis": case.trouble.cause,
            "cause_class": case.trouble.cause_class,
            "plan": "\n".join(action.display_name for action in actions),
            "action_ids": [(6, 0, [action.id for action in actions])],
            "verdict": "effective",
            "date": case.found + timedelta(days=case.closed_after),
            "evidence": effect,
        }

    @api.model
    def _year_duties(self, nonconformities, actions):
        """Call people to what is still open, and to nothing else."""
        nonconformities._acted()
        for duties in (nonconformities, actions):
            duties._call_responsible()
        for record in nonconformities.filtered(lambda record: record.state == "verification"):
            record._call_checkers()

    @api.model
    def _year_repeats(self, cases, records):
        """Mark what repeats an earlier case of the same kind in the same process within two months."""
        first = {}
        for case, record in zip(cases, records, strict=True):
            key = (case.name, case.process)
            before = first.get(key)
            if before and (case.found - before[0]).days <= 60 and case.state != "rejected":
                record._transition({"repeat_of_id": before[1].id})
            elif case.state != "rejected":
                first[key] = (case.found, record)
