import base64
import hashlib
import logging

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import file_path, human_size

from ...lib import document as document_files

_logger = logging.getLogger(__name__)

# A font of Odoo's own with Latin and Cyrillic letters, so that stamps look the same everywhere.
FONT = "web/static/fonts/sign/NotoSans-Reg.ttf"
MOST_TEXT = 10 * 1024 * 1024
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class QmsDocumentVersion(models.Model):
    """Files of a version: what may be uploaded, whose they are, the printed PDF and its copies."""

    _inherit = "qms.document.version"

    # === ACTIONS === #

    def action_print(self):
        """Open the printed version: an uncontrolled copy, or the draft that it still is.

        :return: a URL action
        """
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/qms/document/{self.id}", "target": "new"}

    def action_download_master(self):
        """Open the PDF as it was stored at the approval, the file that a signature is made of.

        :return: a URL action
        """
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self.pdf_attachment_id.id}?download=1"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    # === BUSINESS METHODS: UPLOADED FILES === #

    def _own_files(self):
        """Bind uploaded files to their version: read by who reads it, unchanged once it is approved.

        A file that belongs to something else is copied, so that nothing that happens there changes the version.
        """
        for version in self:
            # sudo: files that were just uploaded are seen by their uploader alone; whose they are is looked at here
            for file in version.attachment_ids.sudo():
                version._check_file(file)
                if (file.res_model, file.res_id) == (self._name, version.id):
                    continue
                if file.create_uid == self.env.user and not file.res_field and not file.res_id:
                    file.write({"res_model": self._name, "res_id": version.id})
                else:
                    file.with_user(self.env.user).check_access("read")
                    own = file.copy({"res_model": self._name, "res_id": version.id, "res_field": False})
                    version.sudo().attachment_ids = [(3, file.id), (4, own.id)]  # sudo: the copy is the system's

    def _hold_files(self):
        """Look at the files of a draft once more: whoever uploaded one may have changed or untied it meanwhile.

        What is no longer tied to the version is copied, so that nobody can reach the copy beside the version.
        """
        self.ensure_one()
        # sudo: each of them was the version's own, whoever submits it
        version, commands = self.sudo(), []
        for file in version.attachment_ids:
            self._check_file(file)
            if (file.res_model, file.res_id, file.res_field) != (self._name, self.id, False):
                own = file.copy({"res_model": self._name, "res_id": self.id, "res_field": False})
                commands += [(3, file.id), (4, own.id)]
        if commands:
            version.attachment_ids = commands

    def _check_file(self, file):
        """Raise a ValidationError unless a file may be part of a document."""
        too_large = file.file_size > document_files.MOST_BYTES  # asked first: such a file is not read at all
        problem = "size" if too_large else document_files.problem(file.name, file.raw or b"")
        if file.type != "binary":
            problem = "type"  # an address: what is behind it can change at any time
        values = {"name": file.name, "most": human_size(document_files.MOST_BYTES)}
        if problem == "empty":
            raise ValidationError(self.env._("“%(name)s” is empty. Choose the file again.", **values))
        if problem == "size":
            raise ValidationError(
                self.env._("“%(name)s” is too large: a file may have up to %(most)s. Reduce or divide it.", **values)
            )
        if problem == "type":
            raise ValidationError(
                self.env._(
                    "“%(name)s” is of a type that documents don't have. Take a PDF, a text, a table, a presentation or "
                    "a picture (PNG, JPEG).",
                    **values,
                )
            )
        if problem:
            raise ValidationError(
                self.env._(
                    "What is in “%(name)s” is not what its name says. Save it anew in its own program and upload that.",
                    **values,
                )
            )

    def _check_contents(self):
        """Take pictures into the text and raise a UserError if text or files can't be printed; before approval."""
        self.ensure_one()
        self._hold_files()
        if self.body:
            body = document_files.pictures(str(self.body), self._picture)
            if address := document_files.from_outside(body):
                raise UserError(
                    self.env._(
                        "A picture in the text comes from elsewhere: %s. What is approved has to stay as it is. Save "
                        "the picture as a file and insert that.",
                        address,
                    )
                )
            if len(body) > MOST_TEXT:
                raise UserError(
                    self.env._(
                        "The text with its pictures is larger than %s. Use smaller pictures.", human_size(MOST_TEXT)
                    )
                )
            if body != str(self.body):
                self.body = body
        for file in self._pdf_files():
            self._checked_pdf(file.name, lambda raw=file.raw: document_files.page_count(raw))

    def _picture(self, attachment_id):
        picture = self.env["ir.attachment"].browse(attachment_id).exists()
        if not picture or not picture.has_access("read") or picture.mimetype not in PICTURES:
            raise UserError(
                self.env._("A picture in the text is gone, or not for you to see. Take it out or insert it again.")
            )
        return f"data:{picture.mimetype};base64,{base64.b64encode(picture.raw).decode()}"

    def _pdf_files(self):
        # sudo: files of the version, for who may read the version
        return self.sudo().attachment_ids.filtered(lambda file: file.name.lower().endswith(".pdf")).sorted("id")

    def _checked_pdf(self, name, work):
        try:
            return work()
        except document_files.PdfProblem as problem:
            if problem.kind == "locked":
                raise UserError(
                    self.env._("“%s” is locked by a password, so it can't be printed. Upload it without one.", name)
                ) from problem
            raise UserError(self.env._("“%s” can't be opened as PDF. Save it anew and upload that.", name)) from problem

    def _file_digests(self):
        """Return ``[(file, SHA-256 of it)]``."""
        self.ensure_one()
        # sudo: as in _pdf_files
        files = self.sudo().attachment_ids.sorted("id")
        return [(file, hashlib.sha256(file.raw or b"").hexdigest()) for file in files]

    # === BUSINESS METHODS: PRINTING === #

    def _print_pdf(self):
        """Return the version as PDF: our text, then the PDF files that were uploaded, with a line on each page.

        :rtype: bytes
        """
        self.ensure_one()
        # sudo: a print shows what its reader may read, and names of approvers
        reports = self.env["ir.actions.report"].sudo().with_context(lang=self.lang)
        html, _type = reports._render_qweb_html("qms_core.report_document_version", self.ids)
        pages = [reports._weasyprint_pdf(html.decode())]
        if files := self._pdf_files():
            version = self.with_context(lang=self.lang)
            line = version.env._(
                "%(code)s, version %(number)s", code=self.document_code or self.document_id.code, number=self.number
            )
            for file in files:
                text = f"{line} · {file.name}"
                pages.append(
                    self._checked_pdf(
                        file.name,
                        lambda raw=file.raw, text=text: document_files.stamp(
                            raw, text, file_path(FONT), (0.3, 0.3, 0.3), at_foot=True
                        ),
                    )
                )
        return document_files.join(pages) if len(pages) > 1 else pages[0]

    def _store_pdf(self):
        """Keep the printed version beside the sealed text, with the hash of the file."""
        self.ensure_one()
        pdf = self._print_pdf()
        # sudo: approvers need no right to edit what they approve
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": self._pdf_name(),
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        self._transition(
            {
                "state": self.state,
                "pdf_attachment_id": attachment.id,
                "pdf_checksum": hashlib.sha256(pdf).hexdigest(),
            }
        )

    def _approved_by(self):
        """Return the last who approved, with his role, as the print names him."""
        last = self.approval_ids.filtered("date").sorted(lambda line: (line.sequence, line.date, line.id))[-1:]
        return ", ".join(filter(None, [last.role_id.name, (last.decided_by_id or self.approver_id).name]))

    def _print_zone(self):
        return str(self.company_id._qms_zone())

    def _pdf_name(self):
        code = (self.document_code or self.document_id.code or "document").replace("/", "-")
        return f"{code} v{self.number}.pdf"

    def _copy_pdf(self, row=None):
        """Return the PDF that somebody prints, with what kind of copy it is on each page.

        :param row: the registered copy (``qms.document.distribution``); without it the copy is uncontrolled
        :rtype: bytes
        """
        self.ensure_one()
        self.check_access("read")
        pdf = self.sudo().pdf_attachment_id.raw or self._print_pdf()  # sudo: as in _pdf_files
        return document_files.stamp(pdf, self.with_context(lang=self.lang)._copy_line(row), file_path(FONT))

    def _registered_copy(self, row_id):
        """Return the row of the distribution whose copy is printed; empty where it is not a registered one.

        Only who keeps the distribution prints registered copies; what others print is uncontrolled.

        :param str row_id: as it came over HTTP
        """
        rows = self.env["qms.document.distribution"]
        if not (row_id and row_id.isdecimal()):
            return rows
        row = rows.search([("id", "=", int(row_id)), ("version_id", "=", self.id), ("copy_number", ">", 0)])
        return row if row and not row.date_returned and row.has_access("write") else rows

    def _copy_line(self, row=None):
        """Return what a copy bears on each page."""
        today = self.company_id._qms_today().strftime("%d.%m.%Y")
        if self.state in ("draft", "review"):
            return self.env._("Draft, not approved. Printed on %s", today)
        if self.state in ("superseded", "withdrawn"):
            return self.env._("NO LONGER IN FORCE. Uncontrolled copy, printed on %s", today)
        if row:
            return self.env._(
                "Registered copy No. %(number)s: %(holder)s. Issued on %(day)s",
                number=row.copy_number,
                holder=row.display_name,
                day=(row.date_issued or self.company_id._qms_today()).strftime("%d.%m.%Y"),
            )
        return self.env._("Uncontrolled copy, printed on %s. Valid is the version in the register.", today)

    def _verify(self):
        problems = super()._verify()
        for version in self.filtered("pdf_attachment_id"):
            if hashlib.sha256(version.pdf_attachment_id.raw or b"").hexdigest() != version.pdf_checksum:
                problems.append(
                    self.env._("The printed PDF of %s is not the one that was stored.", version.display_name)
                )
        return problems

    # === CRONS === #

    @api.model
    def _cron_print(self):
        """Print the approved versions that have no PDF yet, one after another as long as there is time."""
        waiting = [("state", "in", ("approved", "effective", "superseded")), ("pdf_attachment_id", "=", False)]
        versions = self.sudo().search(waiting, order="id")  # sudo: the system's work in every authority
        for left, version in zip(range(len(versions) - 1, -1, -1), versions, strict=True):
            try:
                with self.env.cr.savepoint():
                    version._store_pdf()
            except Exception:  # whatever it is: the others are printed, the log says so
                _logger.exception("%s could not be printed", version.display_name)
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break
