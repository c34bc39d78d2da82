from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What the checks find, in words: what is wrong and what to do.
PROBLEMS = {
    "not_xlsx": _lt("This is no XLSX workbook, or it is damaged or protected by a password. Save it as XLSX again."),
    "unreadable": _lt("The workbook is damaged. Open it in your spreadsheet program and save it as XLSX again."),
    "not_plain": _lt("The file holds definitions that no spreadsheet program writes, so it was not opened."),
    "too_large": _lt("The file is larger than %(limit)s MB. Take out pictures and sheets that don't belong to it."),
    "too_much_inside": _lt("Unpacked, the file is larger than %(limit)s MB, so it was not opened."),
    "format": _lt(
        "The workbook has format %(format)s, this program reads format %(known)s. Download the current model "
        "and fill in that workbook."
    ),
    "sheets_missing": _lt("These sheets are missing: %(names)s. Download the current model to see all sheets."),
    "sheets_unknown": _lt("These sheets don't belong to the workbook: %(names)s. Delete or rename them."),
    "no_cells": _lt("This sheet holds a chart instead of cells. Delete it and add the right sheet."),
    "merged": _lt("The cells %(area)s are merged. Split them: each row needs its own values."),
    "too_many_rows": _lt("The sheet has more than %(limit)s rows. Delete what doesn't belong to the model."),
    "columns_missing": _lt("These columns are missing: %(names)s. Write them into the first row."),
    "columns_unknown": _lt("These columns are unknown: %(names)s. Correct or delete them."),
    "columns_twice": _lt("These columns stand there more than once: %(names)s. Keep one of each."),
    "no_header": _lt("This cell has a value, but its column has no name. Delete the value or name the column."),
    "formula": _lt("The cell holds a formula. Replace it by its value."),
    "cell_error": _lt("The cell holds the error %(value)s. Replace it by a value."),
    "date": _lt("The cell holds a date or a time. Format it as text and write the value again."),
    "number_as_code": _lt(
        "%(value)s is stored as a number, so 4.1 and 4.10 are the same. Format the cell as text and write it again."
    ),
    "bad_code": _lt("“%(value)s” is no code. Use up to 64 characters without spaces, commas and semicolons."),
    "bad_choice": _lt("“%(value)s” is not possible here. Choose one of: %(choices)s."),
    "bad_date": _lt("“%(value)s” is no day. Write it as YYYY-MM-DD."),
    "bad_bool": _lt("“%(value)s” is neither yes nor no. Write 1 or 0."),
    "bad_number": _lt("“%(value)s” is no number. Write a number."),
    "bad_int": _lt("“%(value)s” is no whole number. Write a whole number."),
    "out_of_range": _lt("%(value)s lies outside %(minimum)s to %(maximum)s. Correct it."),
    "required": _lt("The cell is empty, but a value is required here. Fill it in."),
    "duplicate": _lt("%(key)s stands in row %(first)s already. Delete one of the rows or give it another code."),
    "unknown_ref": _lt("%(value)s is not in the sheet “%(sheet)s”. Correct it or add it there."),
    "cycle": _lt("The rows are part of one another: %(path)s. Give one of them another parent."),
    "archived": _lt("A record with the code %(key)s is archived. Restore it first, or choose another code."),
    "accountable_count": _lt(
        "The process %(process)s has %(count)s accountable roles (letter %(letter)s). "
        "Give exactly one role this letter."
    ),
    "accountable_not_owner": _lt(
        "%(role)s is accountable for the process %(process)s, but its owner is %(owner)s. Make both the same."
    ),
    "owner_second_letter": _lt(
        "%(role)s owns the process %(process)s, is accountable already and needs no second letter. Delete the row."
    ),
    "requirement_accountable": _lt(
        "The clause %(clause)s has an accountable role in row %(first)s already. Give the letter %(letter)s once only."
    ),
    "share_sum": _lt("The ways out of step %(step)s of %(process)s have %(sum)s percent together. Correct the shares."),
    "two_ends": _lt("The flow has two other ends. Keep the party or the process."),
    "no_unit": _lt("The indicator has the target %(target)s, but no unit. Write what is counted, as days or points."),
    "threshold_side": _lt(
        "The red threshold %(threshold)s lies on the good side of the target %(target)s. Change one of them, or the "
        "direction."
    ),
    "ends_before": _lt("%(end)s comes before the first day, %(start)s. Correct one of them."),
    "goal_fixed": _lt(
        "The goal %(key)s is approved or closed, so it keeps “%(old)s” here. Revise the goal first, or write that "
        "again."
    ),
    "no_reason": _lt("Clause %(clause)s is not applied. Say why in the column “reason”, or apply it."),
}


class QmsWorkbook(models.AbstractModel):
    """What is said to people: problems, differences and results as sentences."""

    _inherit = "qms.workbook"

    @api.model
    def _problem_sentence(self, problem):
        """Return what is wrong and what to do, without the place."""
        # The sentences are lazy constants, extracted where they stand.
        return self.env._(PROBLEMS[problem.code]) % problem.params  # pylint: disable=translation-not-lazy

    @api.model
    def _problem_line(self, problem):
        """Return the problem as one line with its place."""
        sentence = self._problem_sentence(problem)
        if problem.column:
            return self.env._(
                "Sheet “%(sheet)s”, row %(row)s, column “%(column)s”: %(sentence)s",
                sheet=problem.sheet,
                row=problem.row,
                column=problem.column,
                sentence=sentence,
            )
        if problem.sheet:
            return self.env._("Sheet “%(sheet)s”: %(sentence)s", sheet=problem.sheet, sentence=sentence)
        return sentence

    @api.model
    def _difference_sentence(self, difference):
        """Return what becomes of a row of the model."""
        if difference.kind == "removed":
            return self.env._("is removed")
        if difference.kind == "new":
            name = self._difference_name(difference)
            return self.env._("new: %s", name) if name else self.env._("new")
        return "; ".join(
            self.env._("%(column)s: “%(old)s” → “%(new)s”", column=header, old=_short(old), new=_short(new))
            for header, (old, new) in difference.changes.items()
        )

    @api.model
    def _difference_name(self, difference):
        """Return the name of a new row, in the user's language where the workbook has it."""
        names = {header: new for header, (_old, new) in difference.changes.items() if header.split("@")[0] == "name"}
        own = next((language for language, code in self._languages().items() if code == self.env.lang), "en")
        return names.get(f"name@{own}") or next(iter(names.values()), "")

    @api.model
    def _counts_sentence(self, load):
        """Return how much is new, changed, removed, as one sentence."""
        counts = load.counts()
        if not counts:
            return self.env._("The workbook and the model are the same.")
        return self.env._(
            "New: %(new)s, changed: %(changed)s, removed: %(removed)s.",
            new=counts["new"],
            changed=counts["changed"],
            removed=counts["removed"],
        )

    @api.model
    def _explain(self, column):
        """Return the note of a column's header."""
        parts = [column.note] if column.note else []
        if column.required:
            parts.append(self.env._("Required."))
        if column.choices:
            parts.append(self.env._("One of: %s.", ", ".join(column.choices)))
        if column.ref:
            parts.append(self.env._("A code of the sheet “%s”.", column.ref))
        if column.minimum is not None:
            parts.append(
                self.env._(
                    "From %(minimum)s to %(maximum)s.", minimum=f"{column.minimum:g}", maximum=f"{column.maximum:g}"
                )
            )
        return "\n".join(parts)


def _short(value):
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
