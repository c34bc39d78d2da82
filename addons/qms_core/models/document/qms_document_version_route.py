from odoo import models


class QmsDocumentVersion(models.Model):
    """The approval route of a version: where it comes from, and what of it nobody leaves out."""

    _inherit = "qms.document.version"

    # === BUSINESS METHODS === #

    def _set_route(self):
        """Give drafts the route of the version in force, else that of the document's type."""
        rows = self.document_id._route_of_type()
        vals_list = []
        for version in self:
            document = version.document_id
            former = document.version_id.approval_ids
            if former:
                vals_list += [
                    {
                        "version_id": version.id,
                        "sequence": line.sequence,
                        "role_id": line.role_id.id,
                        "user_id": line.user_id.id,
                        "days": line.days,
                    }
                    for line in former
                ]
                continue
            own = rows.filtered(
                lambda row, doc=document: (row.type_id, row.company_id) == (doc.type_id, doc.company_id)
            )
            vals_list += [
                {
                    "version_id": version.id,
                    "sequence": row.sequence,
                    "days": document.type_id.approval_days,
                    **place,
                }
                for row in own
                for place in row._approvers_for(document)
                if place.get("user_id") != version.author_id.id  # nobody examines what he has written himself
            ]
        if vals_list:
            self.env["qms.document.approval"].create(vals_list)

    def _missing_in_route(self):
        """Return sentences about what the type of the document asks for and its author left out.

        Who decides on documents anyway may submit them in a shorter way.
        """
        self.ensure_one()
        if self._user_decides():
            return []
        missing = []
        if self.document_id.type_id.by_act and not self.by_act:
            missing.append(self.env._("Documents of this type are approved by an act."))
        document = self.document_id.sudo()  # sudo: the route of the type counts whole, whoever submits
        places = [place for row in document._route_of_type() for place in row._approvers_for(document)]
        roles = document.env["qms.role"].browse([place["role_id"] for place in places if "role_id" in place])
        users = document.env["res.users"].browse([place["user_id"] for place in places if "user_id" in place])
        users -= self.author_id | self.env.user  # nobody examines what he has written or submits himself
        absent = [*(roles - self.approval_ids.role_id), *(users - self.approval_ids.user_id)]
        missing += [
            self.env._("The approval route lacks “%s”, whom the type demands.", who.display_name) for who in absent
        ]
        return missing
