from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class FeedbackAppealMessage(models.Model):
    """A line of the dialogue between an author and the office. What was said stays."""

    _name = "feedback.appeal.message"
    _description = "Line of an Appeal's Dialogue"
    _order = "date, id"
    _rec_name = "appeal_id"

    appeal_id = fields.Many2one("feedback.appeal", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="appeal_id.company_id", store=True)
    author = fields.Selection([("author", "Author"), ("office", "Authority")], "Said by", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Written by", readonly=True, help="Never shown to the author.")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    body = fields.Text("Text", required=True, readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", "feedback_appeal_message_file_rel", string="Files", readonly=True, bypass_search_access=True
    )

    # === CRUD === #

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("What was said in a dialogue is never changed. Write another line."))
        return super().write(vals)

    def unlink(self):
        if not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            raise AccessError(self.env._("What was said in a dialogue is never deleted."))
        return super().unlink()

    # === BUSINESS METHODS === #

    @api.model
    def _add(self, appeal, author, text):
        """Add a line.

        :param appeal: ``feedback.appeal``
        :param str author: ``author`` or ``office``
        :param str text:
        """
        user = self.env.uid if author == "office" else False
        return self.create({"appeal_id": appeal.id, "author": author, "body": text, "user_id": user})

    def _attach(self, files):
        """Store files from outside as attachments of the line."""
        self.ensure_one()
        return self._store(self, files)

    @api.model
    def _store(self, record, files):
        """Store files as attachments of a record.

        :param files: pairs of name and content (bytes)
        """
        return (
            self.env["ir.attachment"]
            ._from_visitor()
            .create(
                [
                    {"name": name, "raw": content, "res_model": record._name, "res_id": record.id}
                    for name, content in files
                ]
            )
        )
