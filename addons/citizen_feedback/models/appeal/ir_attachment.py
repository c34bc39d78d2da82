from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # === ACCESS === #

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation not in ("write", "unlink"):
            return result
        forbidden, error = result or (self.browse(), None)
        said = (self - forbidden)._sent_by_authors()
        if not said:
            return result
        # Who answers an appeal may write to it, but not replace or delete what its author sent.
        return forbidden | said, error or (
            lambda: AccessError(self.env._("The files that came with an appeal stay as they came."))
        )

    def _sent_by_authors(self):
        """Return those of the files that came with an appeal."""
        # sudo: which files these are must not depend on who asks.
        files = self.sudo().filtered(lambda file: file.res_model == "feedback.appeal" and file.res_id)
        appeals = self.env["feedback.appeal"].sudo().browse(files.mapped("res_id")).exists()
        return self.browse((files & appeals.attachment_ids).ids)
