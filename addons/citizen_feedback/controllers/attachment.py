from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController


class AppealAttachmentController(AttachmentController):
    """What the web client does by itself, or offers, with files that their authors' appeals keep as they came."""

    @route()
    def mail_attachement_update_thumbnail(self, attachment_id, thumbnail=None, access_token=None):
        sent = self._sent_by_author(attachment_id)
        if sent and self._may_answer(sent):
            if sent.has_thumbnail:
                return  # two people opened the appeal at the same moment; what is kept is not replaced
            # sudo: the client of whoever opens the appeal draws the small picture; the file itself stays.
            access_token = sent.sudo()._get_ownership_token()
        return super().mail_attachement_update_thumbnail(attachment_id, thumbnail, access_token)

    @route()
    def mail_attachment_delete(self, attachment_id, access_token=None):
        sent = self._sent_by_author(attachment_id)
        if sent and self._may_answer(sent):
            raise UserError(request.env._("The files that came with an appeal stay as they came."))
        return super().mail_attachment_delete(attachment_id, access_token)

    def _sent_by_author(self, attachment_id):
        return request.env["ir.attachment"].browse(int(attachment_id)).exists()._sent_by_authors()

    def _may_answer(self, file):
        """Tell whether the user may write to the appeal; to all others the file is not even there."""
        return file.has_access("read") and request.env["feedback.appeal"].browse(file.res_id).has_access("write")
