from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_path

from ..lib import reference

REFERENCE_SET = "qms_core/data/reference/processes.csv"


class QmsReferenceCopy(models.TransientModel):
    """Copy processes common to all authorities into the register, as drafts to start from.

    Matched by code: what was copied once is not offered again, whatever it is called meanwhile.
    """

    _name = "qms.reference.copy"
    _description = "Copy from the Reference Set"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    line_ids = fields.One2many(
        "qms.reference.copy.line", "wizard_id", "Processes", default=lambda self: self._default_lines()
    )
    selected_count = fields.Integer("Chosen", compute="_compute_selected_count")

    # === DEFAULTS & COMPUTES === #

    @api.model
    def _default_lines(self):
        """One line per entry; chosen are those that the register has neither by code nor by name."""
        processes = self._known(self.env.company)
        by_code = {process.code: process for process in processes}
        by_name = self._by_name(processes)
        lines = []
        for entry in self._entries():
            existing = by_code.get(entry.code)
            namesake = next((by_name[name] for name in sorted(entry.names()) if name in by_name), None)
            lines.append(
                fields.Command.create(
                    {
                        "code": entry.code,
                        "is_heading": not entry.parent,
                        "name": entry.text("name", self.env.lang),
                        "kind": entry.kind,
                        "nature": entry.nature,
                        "purpose": entry.text("purpose", self.env.lang),
                        "process_id": (existing or namesake or processes[:0]).id,
                        "is_copied": bool(existing),
                        "is_selected": bool(entry.parent and not existing and not namesake),
                    }
                )
            )
        return lines

    @api.depends("line_ids.is_selected")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard.line_ids.filtered("is_selected"))

    # === ACTIONS === #

    @api.model
    def action_open(self):
        """Open the dialog; made here, as a client doesn't send back the lines' readonly fields.

        :return: a window action
        """
        return self.create({})._show()

    def action_select_all(self):
        """Tick everything that was not copied yet."""
        return self._select(self.line_ids.filtered(lambda line: not line.is_copied))

    def action_select_none(self):
        """Take all ticks away."""
        return self._select(self.line_ids.browse())

    def action_copy(self):
        """Create the chosen processes, with the headings they stand under, and show them.

        :return: a window action
        :raises UserError: if nothing is chosen
        """
        self.ensure_one()
        codes = self.line_ids.filtered(lambda line: line.is_selected and not line.is_copied).mapped("code")
        if not codes:
            raise UserError(self.env._("Choose at least one process that is not in the register yet."))
        created = self._copy_entries(reference.with_headings(self._entries(), codes), self.company_id)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_process_action"),
            "name": self.env._("Copied from the Reference Set"),
            "domain": [("id", "in", created.ids)],
            "target": "main",
        }

    # === BUSINESS METHODS === #

    @api.model
    def _entries(self):
        return reference.read(file_path(REFERENCE_SET))

    @api.model
    def _known(self, company):
        """Return all processes of an authority, archived ones too: their codes are taken."""
        return self.env["qms.process"].with_context(active_test=False).search([("company_id", "=", company.id)])

    @api.model
    def _by_name(self, processes):
        """Return ``{name in any language: process}``."""
        names = {}
        for code, _label in self.env["res.lang"].get_installed():
            names |= {process.name.casefold(): process for process in processes.with_context(lang=code)}
        return names

    def _select(self, lines):
        """Choose exactly these lines and show the dialog again."""
        self.ensure_one()
        (self.line_ids - lines).is_selected = False
        lines.is_selected = True
        return self._show()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Copy from the Reference Set"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _copy_entries(self, entries, company):
        """Create the processes of entries whose code the register doesn't have, each with a draft version.

        :param list entries: headings before their parts
        :param company: the authority (``res.company``)
        :return: the new processes
        """
        by_code = {process.code: process for process in self._known(company)}
        created = self.env["qms.process"]
        for entry in entries:
            if entry.code in by_code:
                continue
            process = created.create(
                {
                    "code": entry.code,
                    "name": entry.text("name", self.env.lang),
                    "company_id": company.id,
                    "parent_id": by_code[entry.parent].id if entry.parent else False,
                    "kind": entry.kind,
                    "nature": entry.nature,
                    "scope": entry.scope,
                }
            )
            process.update_field_translations("name", self._names(entry))
            if entry.parent:
                process._new_version(self._version_vals(entry))
            by_code[entry.code] = process
            created |= process
        return created

    @api.model
    def _names(self, entry):
        """Return the name in each installed language that the reference set knows."""
        return {
            code: entry.text("name", code)
            for code, _label in self.env["res.lang"].get_installed()
            if code.partition("_")[0] in entry.texts["name"]
        }

    @api.model
    def _version_vals(self, entry):
        """Return the draft that an entry starts with: its purpose and what usually comes in and goes out."""
        lang = self.env.lang
        flows = [
            {"direction": direction, "key": f"{direction[0]}{number:03d}", "name": name}
            for direction in ("input", "output")
            for number, name in enumerate(entry.parts(f"{direction}s", lang), start=1)
        ]
        return {
            "purpose": entry.text("purpose", lang),
            "reason": self.env._("Copied from the reference set of common processes."),
            "flow_ids": [fields.Command.create(flow) for flow in flows],
        }
