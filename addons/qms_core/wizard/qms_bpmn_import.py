import base64
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import bpmn

MOST = 500  # lines shown; nobody reads more before deciding


class QmsBpmnImport(models.TransientModel):
    """Import a map drawn elsewhere into a draft: first what would change and what is left out, then the writing."""

    _name = "qms.bpmn.import"
    _description = "Import of a BPMN File"

    process_id = fields.Many2one("qms.process", required=True)
    file = fields.Binary("BPMN File")
    filename = fields.Char()
    state = fields.Selection(
        [("draft", "Not checked"), ("checked", "Checked"), ("done", "Imported")], default="draft", readonly=True
    )
    summary = fields.Text("Result", readonly=True)
    base_stamp = fields.Char(readonly=True)
    change_ids = fields.One2many("qms.bpmn.import.change", "import_id", "Changes", readonly=True)
    remark_ids = fields.One2many("qms.bpmn.import.remark", "import_id", "Left Out or Kept Differently", readonly=True)
    version_id = fields.Many2one("qms.process.version", "Draft", readonly=True)

    @api.onchange("file", "process_id")
    def _onchange_file(self):
        # What was found concerns the file and the process before.
        self.state = "draft"
        self.summary = False
        self.change_ids = self.remark_ids = False

    # === ACTIONS === #

    def action_check(self):
        """Show what the file would change, without writing anything."""
        self.ensure_one()
        base = self._base()
        plan, remarks = self._plan(base)
        self._show(plan, remarks, base)
        self.write({"state": "checked", "base_stamp": self._stamp(base), "summary": self._summary(plan, base)})
        return self._reopen()

    def action_import(self):
        """Write what was checked into the open draft of the process, or into a new one.

        :raises UserError: if the process was changed since the check
        """
        self.ensure_one()
        base = self._base()
        if self.state != "checked" or self.base_stamp != self._stamp(base):
            raise UserError(self.env._("The process was changed since the check. Check the file again."))
        draft = base if base.state == "draft" else self.process_id._new_version()
        draft._bpmn_apply(self._reading())
        self.write(
            {
                "state": "done",
                "version_id": draft.id,
                "summary": self.env._("%s holds the map now. Look at it, then submit it.", draft.display_name),
            }
        )
        return self._reopen()

    def action_open_draft(self):
        """Open the draft that the file was written into."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "qms.process.version",
            "res_id": self.version_id.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    def _base(self):
        """Return the version the map is compared with: the open draft, else what is in force, else none."""
        drafts = self.process_id.version_ids.filtered(lambda v: v.state == "draft" and v.variant == "regular")
        return drafts[:1] or self.process_id.version_id

    @api.model
    def _stamp(self, version):
        return f"{version.id}:{version._bpmn_process().stamp if version else ''}"

    def _reading(self):
        if not self.file:
            raise UserError(self.env._("Choose a BPMN file first."))
        versions = self.env["qms.process.version"]
        try:
            # Base64 is a third longer than the file: what is too large is not even decoded.
            bpmn.check_size(len(self.file) * 3 // 4 - 2)
        except bpmn.BpmnError as error:
            raise UserError(versions._bpmn_error_sentence(error)) from error
        return versions._bpmn_read(base64.b64decode(self.file))

    def _plan(self, base):
        reading = self._reading()
        if reading.process.key not in ("", self.process_id.code):
            remark = bpmn.Remark("other_process", reading.process.key)
            reading = replace(reading, remarks=(remark, *reading.remarks))
        return base._bpmn_plan(reading, self.process_id.company_id)

    def _show(self, plan, remarks, base):
        self.change_ids.unlink()
        self.remark_ids.unlink()
        versions = self.env["qms.process.version"]
        names = {step.key: step.name for step in (*base.step_ids, *plan.created)}
        rows = versions._bpmn_plan_rows(plan, names)[:MOST]
        self.env["qms.bpmn.import.change"].create(
            [{"import_id": self.id, "what": what, "name": name, "change": change} for what, name, change in rows]
        )
        self.env["qms.bpmn.import.remark"].create(
            [{"import_id": self.id, "message": text} for text in versions._bpmn_sentences(remarks)[:MOST]]
        )

    def _summary(self, plan, base):
        if not plan:
            return self.env._("The file changes nothing: the process says the same already.")
        counts = self.env._(
            "Steps new: %(new)s, changed: %(changed)s, removed: %(removed)s.",
            new=len(plan.created),
            changed=len(plan.changed),
            removed=len(plan.removed),
        )
        target = (
            self.env._("They will be written into %s.", base.display_name)
            if base.state == "draft"
            else self.env._("They will be written into a new draft.")
        )
        return f"{counts} {target}"

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import a BPMN File"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class QmsBpmnImportChange(models.TransientModel):
    _name = "qms.bpmn.import.change"
    _description = "Change by a BPMN File"

    import_id = fields.Many2one("qms.bpmn.import", required=True, index=True, ondelete="cascade")
    what = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    change = fields.Char(readonly=True)


class QmsBpmnImportRemark(models.TransientModel):
    _name = "qms.bpmn.import.remark"
    _description = "Remark on a BPMN File"

    import_id = fields.Many2one("qms.bpmn.import", required=True, index=True, ondelete="cascade")
    message = fields.Text("What Was Left Out or Kept Differently", readonly=True)
