import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# A link may only be written by `_append`: the identity of an object can't come over RPC.
_APPENDING = object()


class QmsSeal(models.Model):
    """One link of an authority's checksum chain.

    Each frozen record leaves a link: its canonical text, and ``sha256(previous checksum + text)``. Whoever
    changes a frozen record behind the ORM (SQL, a restored table) has to rewrite every later link as well,
    and the last one stands printed on paper.
    """

    _name = "qms.seal"
    _description = "Checksum Link"
    _order = "company_id, number desc"
    _rec_name = "label"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    number = fields.Integer(required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    label = fields.Char(required=True, readonly=True, help="What the record was called when it was frozen.")
    content = fields.Text(required=True, readonly=True, help="Canonical JSON text of the frozen record.")
    previous = fields.Char(readonly=True)
    checksum = fields.Char(required=True, readonly=True)

    _chain = models.UniqueIndex("(company_id, number)")
    # serves _links_of: the seal shown on a record and printed on its PDF
    _record = models.Index("(res_model, res_id)")

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_appending") is not _APPENDING:
            raise AccessError(self.env._("Links of the checksum chain are made by the system only."))
        return super().create(vals_list)

    def write(self, vals):
        raise AccessError(self.env._("Links of the checksum chain can't be changed."))

    def unlink(self):
        raise AccessError(self.env._("Links of the checksum chain can't be deleted."))

    # === BUSINESS METHODS === #

    @api.model
    def _append(self, company, record, content):
        """Add the next link to the chain of an authority.

        :param company: the authority (``res.company``)
        :param record: the frozen record
        :param str content: its canonical text
        :return: the new link
        """
        number, previous = self._next_place(company)
        # sudo: nobody has create rights on links, on purpose.
        chain = self.sudo().with_context(qms_appending=_APPENDING)
        return chain.create(
            {
                "company_id": company.id,
                "number": number,
                "res_model": record._name,
                "res_id": record.id,
                "label": record.display_name,
                "content": content,
                "previous": previous,
                "checksum": self._digest(previous, content),
            }
        )

    @api.model
    def _next_place(self, company):
        """Draw the next number of the chain; return it and the checksum of the link before it.

        An UPDATE, not a SELECT: of two transactions that seal at once the second gets a serialization
        failure, which Odoo retries, instead of forking the chain.
        """
        [[number, previous]] = self.env.execute_query(
            SQL(
                "UPDATE res_company SET qms_seal_number = COALESCE(qms_seal_number, 0) + 1 WHERE id = %s "
                "RETURNING qms_seal_number, (SELECT checksum FROM qms_seal "
                "WHERE company_id = res_company.id AND number = res_company.qms_seal_number - 1)",
                company.id,
            )
        )
        company.invalidate_recordset(["qms_seal_number"])
        return number, previous or ""

    @api.model
    def _digest(self, previous, content):
        return hashlib.sha256((previous + content).encode()).hexdigest()

    @api.model
    def _link_of(self, record):
        """Return the newest link of a record; empty when it was never frozen."""
        # sudo: a checksum is public within the authority, the list of links is for commissioners.
        return self.sudo().search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)], order="id desc", limit=1
        )

    @api.model
    def _verify_chain(self, company):
        """Return a sentence per broken link of an authority's chain (an empty list: the chain is whole)."""
        problems, previous, number = [], "", 0
        # sudo: the check has to read all links, whoever asks for it.
        links = self.sudo().search([("company_id", "=", company.id)], order="number")
        for link in links:
            number += 1
            if link.number != number or link.previous != previous:
                problems.append(
                    self.env._(
                        "The chain of %(company)s is broken before link %(number)s (%(label)s).",
                        company=company.name,
                        number=link.number,
                        label=link.label,
                    )
                )
                number = link.number
            if link.checksum != self._digest(link.previous or "", link.content):
                problems.append(
                    self.env._(
                        "Link %(number)s of %(company)s (%(label)s) doesn't match its own checksum.",
                        company=company.name,
                        number=link.number,
                        label=link.label,
                    )
                )
            previous = link.checksum
        if company.sudo().qms_seal_number != number:  # sudo: as above
            problems.append(self.env._("The end of the chain of %s is missing.", company.name))
        return problems
