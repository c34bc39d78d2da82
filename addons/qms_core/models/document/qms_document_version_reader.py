from odoo import api, models
from odoo.tools import format_date

# Files that the browser shows itself; others are downloaded.
SHOWN = ("application/pdf", "image/png", "image/jpeg", "text/plain")


class QmsDocumentVersion(models.Model):
    """A version as the reading page shows it."""

    _inherit = "qms.document.version"

    # === BUSINESS METHODS === #

    def _for_reader(self):
        self.ensure_one()
        return {
            "id": self.id,
            "number": self.number,
            "state": self.state,
            "state_label": dict(self._fields["state"]._description_selection(self.env))[self.state],
            "lang": (self.lang or "").split("_")[0],
            "body": str(self.body or ""),
            "reason": self.reason or "",
        }

    def _for_history(self):
        self.ensure_one()
        return {
            **{name: value for name, value in self._for_reader().items() if name not in ("body", "lang")},
            "date": format_date(self.env, self.date_effective) if self.date_effective else "",
        }

    def _reader_files(self):
        """Return the files of the version: the printed PDF first.

        What a reader prints of that is a copy, and says so on each page.
        """
        # sudo: files ride on the version, which the reader may read; they are named, and fetched with his own rights.
        version = self.sudo()
        prints = [
            {**self._file_for_reader(file), "url": f"/qms/document/{self.id}"} for file in version.pdf_attachment_id
        ]
        return prints + [self._file_for_reader(file) for file in version.attachment_ids]

    @api.model
    def _file_for_reader(self, file):
        return {
            "id": file.id,
            "name": file.name,
            "url": f"/web/content/{file.id}" + ("" if file.mimetype in SHOWN else "?download=true"),
            "is_pdf": file.mimetype == "application/pdf",
        }

    def _reader_act(self):
        self.ensure_one()
        kinds = dict(self._fields["act_kind"]._description_selection(self.env))
        day = format_date(self.env, self.act_date) if self.act_date else ""
        return ", ".join(filter(None, (kinds.get(self.act_kind), self.act_issuer, self.act_number, day)))
