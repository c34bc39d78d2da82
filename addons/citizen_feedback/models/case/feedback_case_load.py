from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from odoo.addons.qms_core.lib.workbook import Problem, check

from ...lib.case_table import CASES, read_rows
from .feedback_case import NUMBER_LENGTH

_lt = LazyTranslate(__name__)

OLDEST = relativedelta(years=20)
BATCH = 2000
# Which field a column fills, and in which model its code is looked up.
REFERENCES = {
    "service": ("service_id", "qms.service"),
    "point": ("point_id", "qms.service.point"),
    "channel": ("channel_id", "qms.service.channel"),
    "applicant": ("applicant_category_id", "qms.applicant.category"),
}
COPIED = {"asked": "date_asked", "done": "date_done", "result": "result", "refusal_ground": "refusal_ground"}
PROBLEMS = {
    "not_table": _lt("This is no table of cases. Download the empty table, fill it in and save it as XLSX or CSV."),
    "not_rows": _lt("A list of rows is expected, each with the columns of the table."),
    "sheets_missing": _lt("The sheet “cases” is missing. Download the empty table to see how it is called."),
    "too_many_rows": _lt("The file has more than %(limit)s rows. Split it, for example by months."),
    "bad_value": _lt("A list stands here, where one value is expected. Write one value."),
    "unknown_code": _lt("“%(value)s” is not in the register. Write a code that is, or add it there first."),
    "too_long": _lt("The number is longer than %(limit)s characters. Shorten it."),
    "in_future": _lt("%(day)s is still to come. Correct the day."),
    "too_old": _lt("%(day)s is more than twenty years ago. Correct the year."),
    "done_first": _lt(
        "The case was finished on %(done)s, before it was asked for on %(asked)s. Correct one of the days."
    ),
    "no_result": _lt("The case is finished, but has no result. Write granted, refused or withdrawn."),
    "no_day": _lt("The case has a result, but no day on which it was finished. Write the day."),
    "finished": _lt(
        "The case is finished already, with other values. Leave the row out, or ask a feedback manager to load it."
    ),
}


class Load(NamedTuple):
    """What a table brings: values of new cases, ``{case: changed values}``, how many stay, and what is wrong."""

    new: list
    changed: dict
    same: int
    problems: list


class FeedbackCase(models.Model):
    """Cases that come as a table: judged row by row, then loaded all together or not at all."""

    _inherit = "feedback.case"

    # === BUSINESS METHODS === #

    @api.model
    def load_rows(self, rows):
        """Load the cases that another program sends; a case with a known number is brought up to date.

        :param list rows: ``[{"service": code, "number": …, "asked": "YYYY-MM-DD", "done": …, "result": …}, …]``; the
            columns are those of the table that the import offers; of one that is left out nothing is changed
        :return: ``{"new": n, "changed": n, "same": n, "problems": [sentence, …]}``; with problems nothing was written
        :rtype: dict
        :raises AccessError: for who may not enter cases
        """
        self.check_access("create")
        load = self._judge_book(read_rows(rows))
        if not load.problems:
            self._keep(load)
        return {
            "new": len(load.new),
            "changed": len(load.changed),
            "same": load.same,
            "problems": [self._problem_line(problem) for problem in load.problems[:100]],
        }

    @api.model
    def _judge_book(self, book):
        """Judge a table of the current authority, without writing anything.

        :param Book book: as it was read
        :rtype: Load
        """
        rows = book.rows.get(CASES.name, [])
        structural = [problem for problem in book.problems if not problem.column]
        if structural:
            # One message: what the rows say is not worth reading while the table itself is wrong.
            return Load([], {}, 0, structural[:1])
        records = {column: self._by_code(model, column, rows) for column, (_name, model) in REFERENCES.items()}
        problems = [*book.problems, *check([CASES], book)]
        for row in rows:
            problems += [*self._unknown(row, records), *self._wrong_days(row)]
        if problems:
            return Load([], {}, 0, sorted(problems, key=lambda problem: problem.row))
        return self._compare(rows, records)

    @api.model
    def _by_code(self, model, column, rows):
        """Return ``{code: record}`` of the codes that rows name, archived ones included: cases may be old."""
        codes = {row.values[column] for row in rows if row.values.get(column)}
        domain = [("code", "in", sorted(codes)), ("company_id", "in", [self.env.company.id, False])]
        # sudo: a code in a file tells nothing that the file's author doesn't know.
        found = self.env[model].sudo().with_context(active_test=False).search(domain, order="company_id desc")
        return {record.code: record for record in found}

    @api.model
    def _unknown(self, row, records):
        for column, known in records.items():
            code = row.values.get(column)
            if code and code not in known:
                yield Problem("unknown_code", CASES.name, row.number, column, {"value": code})

    @api.model
    def _wrong_days(self, row):
        # A result without its day is told, and the other way round, also where one of them was left out.
        values, today = {"done": "", "result": "", **row.values}, self.env.company._qms_today()
        days = {name: date.fromisoformat(values[name]) for name in ("asked", "done") if values[name]}
        for name, day in days.items():
            code = "in_future" if day > today else "too_old" if day < today - OLDEST else ""
            if code:
                yield Problem(code, CASES.name, row.number, name, {"day": values[name]})
        if len(days) == 2 and days["done"] < days["asked"]:
            yield Problem("done_first", CASES.name, row.number, "done", values)
        if values["done"] and values["result"] == "":
            yield Problem("no_result", CASES.name, row.number, "result")
        if values["result"] and values["done"] == "":
            yield Problem("no_day", CASES.name, row.number, "done")
        if values["number"] and len(values["number"]) > NUMBER_LENGTH:
            yield Problem("too_long", CASES.name, row.number, "number", {"limit": NUMBER_LENGTH})

    @api.model
    def _compare(self, rows, records):
        known = self._known_cases(rows, records["service"])
        load = Load([], {}, 0, [])
        same = 0
        for row in rows:
            vals = self._row_vals(row.values, records)
            case = known.get((vals["service_id"], vals["number"]))
            changes = case and {name: value for name, value in vals.items() if case._differs(name, value)}
            if case is None:
                load.new.append(vals)
            elif not changes:
                same += 1
            elif case.date_done and not self._may_correct():
                load.problems.append(Problem("finished", CASES.name, row.number, "number"))
            else:
                load.changed[case] = changes
        return load._replace(same=same)

    @api.model
    def _known_cases(self, rows, services):
        numbers = sorted({row.values["number"] for row in rows})
        service_ids = [service.id for service in services.values()]
        cases = self.search([("service_id", "in", service_ids), ("number", "in", numbers)])
        return {(case.service_id.id, case.number): case for case in cases}

    @api.model
    def _row_vals(self, values, records):
        vals = {name: values[column] or False for column, name in COPIED.items() if column in values}
        for column, (name, _model) in REFERENCES.items():
            if column in values:
                vals[name] = records[column][values[column]].id if values[column] else False
        if values.get("visits", "") != "":
            vals["visits"] = values["visits"]
        return {**vals, "number": values["number"]}

    def _differs(self, name, value):
        field = self._fields[name]
        current = self[name].id if field.relational else self[name]
        wanted = fields.Date.to_date(value) if field.type == "date" else value
        return (current or False) != (wanted or False)

    @api.model
    def _keep(self, load):
        """Write what was judged; in parts, so that no statement grows without end."""
        for start in range(0, len(load.new), BATCH):
            self.create(load.new[start : start + BATCH])
        # What changes in the same way is written at once: a month's table finishes many cases on the same days.
        alike = {}
        for case, changes in load.changed.items():
            alike.setdefault(tuple(sorted(changes.items())), []).append(case.id)
        for changes, ids in alike.items():
            self.browse(ids).write(dict(changes))

    @api.model
    def _problem_sentence(self, problem):
        """Return what is wrong and what to do, without the place."""
        sentence = PROBLEMS.get(problem.code)
        if sentence is None:
            return self.env["qms.workbook"]._problem_sentence(problem)
        # The sentences are lazy constants, extracted where they stand.
        return self.env._(sentence) % problem.params  # pylint: disable=translation-not-lazy

    @api.model
    def _problem_line(self, problem):
        """Return the problem as one line with its place."""
        sentence = self._problem_sentence(problem)
        if not problem.column:
            return sentence
        return self.env._(
            "Row %(row)s, column “%(column)s”: %(sentence)s",
            row=problem.row,
            column=problem.column,
            sentence=sentence,
        )

    @api.model
    def _check_not_empty(self, book):
        if not book.problems and not book.rows.get(CASES.name):
            raise UserError(self.env._("The table has no rows. Fill it in first."))
