from odoo import api, models
from odoo.fields import Domain


class QmsRequirement(models.Model):
    """Documents in force answer the requirements that they name; drafts, what is withdrawn and acts of others don't."""

    _inherit = "qms.requirement"

    # === BUSINESS METHODS === #

    def _answers(self):
        answers = super()._answers()
        asked = set(self._ids)
        for document in self._answering_documents():
            for requirement_id in document.requirement_ids.ids:
                if requirement_id in asked:
                    answers[requirement_id].append(document.with_env(self.env))
        return answers

    def _answering_documents(self):
        in_force = Domain("state", "=", "effective")
        if self.env.context.get("qms_drafts_of_authority"):
            in_force |= Domain("state", "=", "draft") & Domain("subject_model", "=", "res.company")
        own = Domain("requirement_ids", "in", self.ids) & Domain("kind", "!=", "external")
        # sudo: whether a requirement is answered must not depend on which documents the reader may see; of those
        # that he may not, _answer_label tells the type only.
        return self.env["qms.document"].sudo().search(own & in_force, order="code, id")

    @api.model
    def _answer_label(self, answer):
        if answer._name == "qms.document":
            document = answer.sudo()  # sudo: as above
            return document.type_id.name if document.confidentiality == "restricted" else document.display_name
        return super()._answer_label(answer)
