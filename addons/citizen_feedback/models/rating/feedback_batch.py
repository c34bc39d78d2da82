import base64
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.qms_core.lib.document.files import problem as file_problem

# A pack is a pile that one person keys in at a stretch.
MOST_FORMS = 1000
TEXTS = ("comment", "contact")
SCAN_BYTES = 20 * 1024 * 1024
SCAN_KINDS = ("pdf", "jpg", "jpeg", "png")


class FeedbackBatch(models.Model):
    """A pack of paper questionnaires about one service, keyed in by an operator.

    While the batch is open its lines can be corrected. Closing makes a rating of each line; from then on batch and
    ratings stand as they are.
    """

    _name = "feedback.batch"
    _description = "Batch of Paper Questionnaires"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_name = "number"
    _rec_names_search = ["number", "service_id"]
    _number_prefix = "PB"
    _state_initial = "open"
    _frozen_states = ("closed",)
    _by_method = frozenset({"difference_reason", "closed_by_id", "date_closed"})
    _reason_methods = ("action_close",)

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    service_id = fields.Many2one("qms.service", required=True, index=True, check_company=True, ondelete="restrict")
    point_id = fields.Many2one("qms.service.point", check_company=True, ondelete="restrict")
    channel_id = fields.Many2one(
        "feedback.channel", check_company=True, domain=[("kind", "=", "paper")], ondelete="restrict"
    )
    date = fields.Date(
        "Filled in on",
        required=True,
        default=lambda self: self.env.company._qms_today(),
        help="The day of the questionnaires; of several days, the last.",
    )
    count_written = fields.Integer(
        "Forms in the Pack", required=True, help="The number written on the pack; what is keyed in is compared with it."
    )
    scan = fields.Binary(attachment=True, copy=False, help="The questionnaires as PDF, JPEG or PNG.")
    scan_name = fields.Char(copy=False)
    state = fields.Selection(
        [("open", "Being keyed in"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("feedback.batch.line", "batch_id", "Forms", copy=False)
    rating_ids = fields.One2many("feedback.rating", "batch_id", "Ratings", readonly=True)
    count_keyed = fields.Integer("Forms Keyed in", compute="_compute_count_keyed")
    is_complete = fields.Boolean(compute="_compute_count_keyed")
    difference_reason = fields.Text("Why the Numbers Differ", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)

    _count_range = models.Constraint(
        f"CHECK (count_written BETWEEN 1 AND {MOST_FORMS})",
        f"Write how many forms are in the pack: from 1 to {MOST_FORMS}. Make several batches of a larger pile.",
    )

    # === CONSTRAINTS === #

    @api.constrains("date")
    def _check_date(self):
        for batch in self:
            if batch.date > batch.company_id._qms_today():
                raise ValidationError(self.env._("The questionnaires are dated in the future. Correct the day."))

    @api.constrains("scan", "scan_name")
    def _check_scan(self):
        for batch in self.with_context(bin_size=False):
            wrong = batch.scan and self._scan_problem(batch.scan_name or "", base64.b64decode(batch.scan))
            if wrong:
                raise ValidationError(wrong)

    # === COMPUTES === #

    @api.depends("line_ids", "rating_ids", "count_written", "state")
    def _compute_count_keyed(self):
        for batch in self:
            batch.count_keyed = len(batch.rating_ids if batch.state == "closed" else batch.line_ids)
            batch.is_complete = batch.count_keyed == batch.count_written

    # === CRUD === #

    def unlink(self):
        # The forms of an open batch go with it; of a closed one there are none, and it stays.
        self.line_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_key_in(self):
        """Open the grid in which the forms are keyed in."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "name": self.env._("Forms of %s", self.number),
            "tag": "feedback_batch_grid",
            "params": {"batch_id": self.id},
            # Kept in the address, so that the page can be loaded again.
            "context": {"active_id": self.id},
        }

    def action_view_ratings(self):
        """Open the ratings of these batches."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_rating_action"),
            "domain": [("batch_id", "in", self.ids)],
            "context": {"create": False},
        }

    def action_close(self, reason=None):
        """Make ratings of the lines and freeze the batch.

        :param str reason: why there are more or fewer forms than written on the pack; a dialog asks where they differ
        :return: the action of that dialog, or True
        :raises UserError: for a batch without forms, or with one that can't be a rating
        """
        for batch in self:
            batch._check_state("open")
            batch.check_access("write")
            if not batch.line_ids:
                raise UserError(self.env._("No form was keyed in. Key in the forms first, or delete the batch."))
            if not batch.is_complete and not reason:
                question = self.env._(
                    "%(written)s forms are written on the pack, %(keyed)s were keyed in. Why?",
                    written=batch.count_written,
                    keyed=batch.count_keyed,
                )
                return self.env["qms.reason.wizard"]._ask(batch, "action_close", question)
            batch._close(False if batch.is_complete else reason)
        return True

    # === BUSINESS METHODS === #

    @api.readonly
    def get_grid(self):
        """Return what the grid shows: the questions, the forms keyed in, and how many there should be.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        is_open = self.state == "open"
        questions = self.service_id._feedback_questions()
        names = [question["name"] for question in questions]
        return {
            "number": self.number,
            "service": self.service_id.display_name,
            "point": self.point_id.display_name or "",
            "day": fields.Date.to_string(self.date),
            "written": self.count_written,
            "most": MOST_FORMS,
            "is_open": is_open,
            "may_edit": is_open and self.has_access("write"),
            "questions": questions,
            "rows": self._open_rows() if is_open else self._closed_rows(names),
        }

    def save_rows(self, rows):
        """Store forms of an open batch, each at its place in the pack; a form without any mark is taken out.

        :param list rows: ``[{"position": 3, "marks": {"score": "4", …}, "comment": "…", "contact": "…"}, …]``; with
            ``"is_new": True`` where nothing was at this place when the grid was opened
        :return: ``{position: what is wrong}``; a form with something wrong is not stored
        :rtype: dict
        """
        self.ensure_one()
        self._check_state("open")
        return self.line_ids._save(self, rows)

    def _open_rows(self):
        return [
            {"position": line.position, "marks": line.marks, **{name: line[name] or "" for name in TEXTS}}
            for line in self.line_ids.sorted("position")
        ]

    def _closed_rows(self, names):
        return [
            {
                "position": number,
                "marks": rating._paper_marks(names),
                **{name: rating[name] or "" for name in TEXTS},
            }
            for number, rating in enumerate(self.rating_ids.sorted("id"), start=1)
        ]

    def _close(self, reason):
        lines = self.line_ids.sorted("position")
        vals_list = [{**self._rating_vals(), **line._rating_vals()} for line in lines]
        # Who left a contact agreed on the day of the form.
        self.env["feedback.rating"].create(
            [{**vals, "consent_date": vals["date"]} if vals.get("contact") else vals for vals in vals_list]
        )
        # The ratings hold it all from now on; what people wrote must not lie in two places.
        lines.unlink()
        self._transition(
            {
                "state": "closed",
                "difference_reason": reason,
                "closed_by_id": self.env.uid,
                "date_closed": self.company_id._qms_today(),
            }
        )

    def _rating_vals(self):
        # Noon of the authority's day is the same day everywhere in the country.
        noon = self.company_id._qms_zone().localize(datetime.combine(self.date, time(12)))
        moment = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return {
            "service_id": self.service_id.id,
            "point_id": self.point_id.id,
            "channel_id": self.channel_id.id,
            "batch_id": self.id,
            "channel": "paper",
            "date": min(moment, fields.Datetime.now()),
        }

    @api.model
    def _scan_problem(self, name, content):
        code = file_problem(name, content, SCAN_BYTES)
        if not code and name.rpartition(".")[2].lower() not in SCAN_KINDS:
            code = "type"
        return (
            code
            and {
                "empty": self.env._("The scan is empty. Attach the file again."),
                "size": self.env._(
                    "The scan is larger than %s MB. Scan with fewer dots per inch.", SCAN_BYTES // 1024**2
                ),
                "type": self.env._("A scan is a PDF, JPEG or PNG file. Attach such a file."),
                "content": self.env._("The scan is not what its name says. Attach a real PDF, JPEG or PNG file."),
            }[code]
        )
