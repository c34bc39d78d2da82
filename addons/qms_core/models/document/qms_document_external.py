from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .qms_document_library import SHORTEST


class QmsDocument(models.Model):
    """What an act of others says and where: it has no versions of ours, but a kind, an address and files."""

    _name = "qms.document"
    _inherit = ["qms.document", "qms.attached.mixin"]
    _files_field = "act_file_ids"

    # In the order in which references are listed.
    act_kind = fields.Selection(
        [
            ("standard", "Standard"),
            ("law", "Law or code"),
            ("decree", "Decree"),
            ("resolution", "Resolution of the government"),
            ("decision", "Decision of the council"),
            ("order", "Order of an authority"),
            ("other", "Other act"),
        ],
        "Kind of Act",
        help="Of an external act: under which heading it is listed among the references.",
    )
    act_url = fields.Char("Published at", help="Address of the official publication, with https:// before it.")
    act_file_ids = fields.Many2many(
        "ir.attachment",
        "qms_document_act_file_rel",
        "document_id",
        "attachment_id",
        "Text of the Act",
        copy=False,
        help="The act as a file, to be read and searched in the library.",
    )

    # === CONSTRAINTS === #

    @api.constrains("act_url")
    def _check_act_url(self):
        for document in self.filtered("act_url"):
            if not document._safe_act_url():
                raise ValidationError(
                    self.env._("“%s” is no address of a page. Enter it with https:// before it.", document.act_url)
                )

    @api.constrains("act_file_ids")
    def _check_act_files(self):
        if self.filtered(lambda document: document.act_file_ids and document.kind != "external"):
            raise ValidationError(self.env._("Only external acts have a text of their own. Add the file to a version."))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        if any(vals.get("act_file_ids") for vals in vals_list):
            documents._take_act_files()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if "act_file_ids" in vals:
            self._take_act_files()
        return result

    def _take_act_files(self):
        self._adopt_files()
        versions = self.env["qms.document.version"]
        files = self.sudo().act_file_ids  # sudo: by now they are these documents' own
        for file in files:
            versions._check_file(file)
        versions._index_files(files)

    # === BUSINESS METHODS === #

    def _safe_act_url(self):
        """Return the address if a browser opens a page by it, and runs nothing."""
        self.ensure_one()
        try:
            parts = urlsplit((self.act_url or "").strip())
        except ValueError:
            return ""
        return parts.geturl() if parts.scheme in ("http", "https") and parts.hostname else ""

    @api.model
    def _search_content(self, operator, value):
        found = super()._search_content(operator, value)
        text = (value or "").strip() if operator == "ilike" else ""  # several texts come back here one by one
        if len(text) < SHORTEST:
            return found
        return found | Domain("act_file_ids", "any!", self._words_in_files(self._name, text))

    def _reader_files(self, version):
        files = super()._reader_files(version)
        if self.kind != "external":
            return files
        # sudo: files ride on the act, which the reader may read
        files += [self.env["qms.document.version"]._file_for_reader(file) for file in self.sudo().act_file_ids]
        if address := self._safe_act_url():
            files.append({"id": "address", "name": address, "url": address, "is_pdf": False, "is_link": True})
        return files

    def _reference_data(self):
        """Return an external act as references name it: kind, name, and who issued it under which number and when."""
        self.ensure_one()
        provider = self.env["qms.document.provider"]
        number = f"№ {self.act_number}" if self.act_number else ""
        day = provider._day(self.act_date) if self.act_date else ""
        reference = ", ".join(filter(None, (self.act_issuer, number, day)))
        return {
            "kind": provider._label(self, "act_kind"),
            "name": self.name,
            "reference": reference,
            "full": f"{self.name} ({reference})" if reference else self.name,
        }

    def _in_order_of_kinds(self):
        """Return external acts as references list them: by kind, then by day."""
        order = list(dict(self._fields["act_kind"]._description_selection(self.env)))
        return self.sorted(
            lambda act: (
                order.index(act.act_kind) if act.act_kind else len(order),
                act.act_date or fields.Date.to_date("9999-12-31"),
                act.name,
                act.id,
            )
        )
