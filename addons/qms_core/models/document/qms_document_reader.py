from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class QmsDocument(models.Model):
    """The page on which a document is read, on a desk or on a phone, and confirmed where it has to be."""

    _inherit = "qms.document"

    # === FOR THE PAGE === #

    def get_reader(self, version_id=False):
        """Return what the reading page shows, as plain data.

        :param int version_id: the version to show; by default the one in force
        :return: dict of ``document``, ``version`` (False where there is none to read), ``facts`` (``[label, text]``),
            ``files``, ``history``, ``acknowledgement`` (False where nothing is asked), ``waiting`` (how many other
            documents the reader still has to confirm) and ``next`` (the first of them)
        :raises AccessError: for who may not read the document
        :raises UserError: for a version of another document
        """
        self.ensure_one()
        self.check_access("read")
        version = self._version_to_read(version_id)
        row = self._own_row(version)
        if row.state == "open" and not row.date_opened and version.state == "effective":
            row._transition({"date_opened": fields.Datetime.now()})
        return {
            "document": {
                "id": self.id,
                "code": self.code or "",
                "name": self.name,
                "is_favourite": self.is_favourite,
                "state": self.state,
                "state_label": self._label_of("state"),
            },
            "version": bool(version) and version._for_reader(),
            "facts": [[label, text] for label, text in self._reader_facts(version) if text],
            "files": self._reader_files(version),
            "history": [other._for_history() for other in self._readable_versions()],
            "acknowledgement": bool(row) and row._for_reader(),
            **self._reader_queue(row),
        }

    def get_difference(self, version_id):
        """Return what a version changed against the one before it, as HTML.

        :param int version_id: a version of this document that the user may read
        :rtype: str
        """
        self.ensure_one()
        version = self._version_to_read(version_id)
        former = version._previous()
        if not former or not former.has_access("read"):
            raise UserError(self.env._("This is the first version, so there is nothing to compare it with."))
        return str(version._difference(former))

    # === BUSINESS METHODS === #

    def _reader_action(self, version=None):
        """Return the client action that opens the reading page.

        :param version: ``qms.document.version``; by default the one in force
        """
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("qms_core.qms_document_reader_action")
        shown = version.id if version and version != self.version_id else False
        return {
            **action,
            "display_name": self.display_name,
            "context": {"active_id": self.id, "active_model": self._name},
            "params": {"document_id": self.id, "version_id": shown},
        }

    def _readable_versions(self):
        return self.env["qms.document.version"].search([("document_id", "=", self.id)], order="number desc")

    def _version_to_read(self, version_id):
        versions = self._readable_versions()
        if version_id:
            versions = versions.filtered(lambda version: version.id == version_id)
            if not versions:
                raise UserError(self.env._("There is no such version of this document that you may read."))
            return versions
        in_force = versions.filtered(lambda version: version == self.version_id)
        return in_force or versions.filtered(lambda version: version.state == "approved")[:1]

    def _own_row(self, version):
        """Return the reader's own acknowledgement of a version (``qms.acknowledgement``, one or none)."""
        return self.env["qms.acknowledgement"].search(
            [
                ("version_id", "=", version.id),
                ("is_mine", "=", True),
                ("state", "in", ("open", "done")),
            ],
            limit=1,
        )

    @api.model
    def _reader_queue(self, row):
        waiting = self.env["qms.acknowledgement"].search(
            [("is_mine", "=", True), ("state", "=", "open"), ("id", "!=", row.id)]
        )
        first = waiting[:1].document_id
        return {"waiting": len(waiting), "next": bool(first) and {"id": first.id, "name": first.display_name}}

    def _reader_files(self, version):
        """Hook: return the files that stand above the text: ``{id, name, url, is_pdf}``."""
        return version._reader_files()

    def _reader_facts(self, version):
        """Hook: return what is told about the document beside its text: ``[(label, text)]``."""
        self.ensure_one()
        label = self._label_of
        act = version.by_act and version._reader_act()
        facts = [
            (self.env._("Type"), self.type_id.name),
            (self.env._("Owner unit"), self.department_id.name),
            (self.env._("In force from"), self._reader_day(version.date_effective)),
            (
                self.env._("Approved by"),
                act or version.sudo().approver_id.name,
            ),  # sudo: a name that stands on the paper
            (self.env._("Next review"), self._reader_day(self.date_review)),
            (self.env._("Access"), label("confidentiality")),
        ]
        if self.kind == "external":
            facts += [
                (self.env._("Kind of Act"), label("act_kind")),
                (self.env._("Issued by"), self.act_issuer),
                (self.env._("Number"), self.act_number),
                (self.env._("Date"), self._reader_day(self.act_date)),
                (self.env._("Valid until"), self._reader_day(self.valid_to)),
            ]
        return facts

    def _reader_day(self, day):
        return format_date(self.env, day) if day else ""

    def _label_of(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
