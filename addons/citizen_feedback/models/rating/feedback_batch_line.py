from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.paper_form import clean_marks, read_form
from ...lib.rating_form import COMMENT_LIMIT, CONTACT_LIMIT
from .feedback_batch import MOST_FORMS, TEXTS

# So many forms come at once: the grid sends the few that were finished meanwhile.
MOST_AT_ONCE = 200


class FeedbackBatchLine(models.Model):
    """One form of an open batch, as keyed in; closing the batch makes a rating of it."""

    _name = "feedback.batch.line"
    _description = "Form of a Batch"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "batch_id, position"
    _frozen_parent = "batch_id"
    _rec_name = "position"

    batch_id = fields.Many2one("feedback.batch", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="batch_id.company_id", store=True, index=True)
    position = fields.Integer("Place in the Pack", required=True)
    marks = fields.Json(help="By question: 1 to 5, 0 where it does not apply.")
    comment = fields.Text()
    contact = fields.Char(help="How the visitor wishes to be answered; kept by the consent printed on the form.")

    _position_once = models.UniqueIndex("(batch_id, position)")
    _position_range = models.Constraint(
        f"CHECK (position BETWEEN 1 AND {MOST_FORMS})", "A pack has no form at this place. Make another batch."
    )

    # === CONSTRAINTS === #

    @api.constrains("marks", "comment", "contact")
    def _check_form(self):
        for line in self:
            wrong = self._wrong(line.marks, line.comment or "", line.contact or "")
            if wrong:
                raise ValidationError(self.env._("Form %(position)s: %(wrong)s", position=line.position, wrong=wrong))

    # === BUSINESS METHODS === #

    @api.model
    def _wrong(self, marks, comment, contact):
        """Return what is wrong with a form as a sentence; "" if nothing is."""
        errors = read_form(marks, comment, contact).errors
        if not errors:
            return ""
        name, code = next(iter(errors.items()))
        label = self.env["feedback.rating"]._fields[name]._description_string(self.env)
        return {
            "missing": self.env._("The overall mark is missing. Key in 1 to 5."),
            "mark": self.env._("%s: this mark does not exist. Key in 1 to 5, or 0 if it does not apply.", label),
            "long": self.env._("The comment is too long. Shorten it to %s characters.", COMMENT_LIMIT),
            "contact": self.env._("The contact is too long. Shorten it to %s characters.", CONTACT_LIMIT),
            "characters": self.env._("The comment contains characters that can't be stored. Type it anew."),
        }[code]

    def _save(self, batch, rows):
        """Store forms of a batch, whose lines these are; see ``feedback.batch.save_rows``."""
        known = {line.position: line for line in self}
        wrong, new, gone = {}, [], self.browse()
        forms = self._read_rows(rows)
        unseen = {row["position"] for row in rows if row.get("is_new")}
        for position, (marks, *texts) in forms.items():
            line = known.get(position, self.browse())
            vals = {"marks": clean_marks(marks), **dict(zip(TEXTS, texts, strict=True))}
            if not marks and not any(texts):
                gone |= self.browse() if position in unseen else line
            elif problem := self._wrong(marks, *texts):
                wrong[position] = problem
            elif position in unseen and line._is_another(vals):
                wrong[position] = self.env._(
                    "Somebody else has keyed in another form at place %s meanwhile. Open the batch again.", position
                )
            elif line:
                line.write(vals)
            else:
                new.append({**vals, "batch_id": batch.id, "position": position})
        gone.unlink()
        self.create(new)
        return wrong

    def _is_another(self, vals):
        """Tell whether somebody else's form stands here; one's own, sent again after a lost answer, is the same."""
        return bool(self) and any((self[name] or "") != value for name, value in vals.items())

    @api.model
    def _read_rows(self, rows):
        """Return what a client sent as ``{position: (marks, comment, contact)}``: the last word on each place.

        :raises ValidationError: for anything else than rows
        """
        if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE or not all(self._is_row(row) for row in rows):
            raise ValidationError(
                self.env._("These are no forms of a batch. Open the batch again and key in what is missing.")
            )
        return {
            row["position"]: (
                {name: mark for name, mark in row["marks"].items() if mark},
                *((row.get(name) or "").strip() for name in TEXTS),
            )
            for row in rows
        }

    @api.model
    def _is_row(self, row):
        return (
            isinstance(row, dict)
            and type(row.get("position")) is int
            and 1 <= row["position"] <= MOST_FORMS
            and isinstance(row.get("marks"), dict)
            and all(isinstance(row.get(name) or "", str) for name in TEXTS)
        )

    def _rating_vals(self):
        """Return the values of the rating that this form becomes."""
        self.ensure_one()
        return read_form(self.marks, self.comment or "", self.contact or "").values
