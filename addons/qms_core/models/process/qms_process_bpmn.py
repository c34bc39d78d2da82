from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import bpmn
from .qms_process_map import PRINT_WIDTH

SVG_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


class QmsProcessVersion(models.Model):
    """The map as a BPMN 2.0 file: computed from the steps, and of a draft written back into them.

    The steps are the truth; a drawing is arranged anew each time it is written.
    """

    _inherit = "qms.process.version"

    bpmn_xml = fields.Text(
        "Map (BPMN)", compute="_compute_bpmn_xml", inverse="_inverse_bpmn_xml", export_string_translation=False
    )

    # === COMPUTES === #

    @api.depends(
        "process_id.name",
        "step_ids.key",
        "step_ids.sequence",
        "step_ids.name",
        "step_ids.kind",
        "step_ids.role_id",
        "step_ids.department_id",
        "step_ids.touch_minutes",
        "step_ids.wait_hours",
        "step_ids.information_system",
        "step_ids.control_point",
        "step_ids.documents",
        "transition_ids.source_id",
        "transition_ids.target_id",
        "transition_ids.label",
        "transition_ids.share",
    )
    @api.depends_context("lang")
    def _compute_bpmn_xml(self):
        for version in self:
            # What is saved, also while the form is edited: else every edit of the list would change the map, too,
            # and both would be sent to be saved.
            saved = version._origin
            version.bpmn_xml = bpmn.write(saved._bpmn_process()).decode() if saved else False

    def _inverse_bpmn_xml(self):
        for version in self:
            if version.bpmn_xml:
                remarks = version._bpmn_save(version.bpmn_xml)
                if remarks:
                    version._bpmn_notify(remarks)
        self.invalidate_recordset(["bpmn_xml"])

    # === ACTIONS === #

    def action_export_bpmn(self):
        """Download the map as a BPMN 2.0 file, which other drawing tools open."""
        return self._bpmn_download("bpmn")

    def action_export_svg(self):
        """Download the map as a picture for print."""
        return self._bpmn_download("svg")

    def _bpmn_download(self, kind):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/qms/process-version/{self.id}/{kind}",
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _bpmn_file(self, kind):
        """Return the name and the contents of a file with the map.

        :param str kind: ``bpmn`` or ``svg``
        :rtype: tuple[str, bytes]
        """
        self.ensure_one()
        self.check_access("read")
        name = f"{self.process_id.code}-v{self.number}.{kind}"
        if kind == "bpmn":
            return name, bpmn.write(self._bpmn_process())
        return name, (SVG_HEADER + self._map_svg(width=PRINT_WIDTH)).encode()

    def _bpmn_process(self):
        """Return the steps and transitions as the plain data that BPMN files are written from.

        :rtype: bpmn.Process
        """
        self.ensure_one()
        process = bpmn.Process(
            lanes=tuple(bpmn.Role(role.code, role.name, code=role.code) for role in self.step_ids.role_id),
            nodes=tuple(self._bpmn_step(step) for step in self.step_ids),
            edges=tuple(
                bpmn.Flow(str(index), line.source_id.key, line.target_id.key, line.label or "", line.share)
                for index, line in enumerate(self.transition_ids)
            ),
            key=self.process_id.code,
            name=self.process_id.name,
        )
        return bpmn.stamped(process)

    @api.model
    def _bpmn_step(self, step):
        unit = step.department_id
        return bpmn.Step(
            step.key,
            step.name,
            step.role_id.code or "",
            step.kind,
            marked=step.control_point,
            touch_minutes=step.touch_minutes,
            wait_hours=step.wait_hours,
            documents=step.documents or "",
            information_system=step.information_system or "",
            # A unit without a code can't be named in a file: nothing is said of it then, and it stays.
            unit=unit.qms_code or None if unit else "",
        )

    def _bpmn_save(self, xml):
        """Write an edited map back into the steps and transitions of this draft.

        Steps are matched by key: new ones are created, changed ones written, missing ones deleted. What the map
        doesn't say of a step stays.

        :param str xml: the map as ``bpmn_xml`` gave it, edited
        :return: sentences on what of the map the process can't hold
        :rtype: list[str]
        :raises UserError: if this is no draft any more, or was changed since the map was opened
        """
        self.ensure_one()
        reading = self._bpmn_read(xml)
        if reading.process.stamp != self._bpmn_process().stamp:
            raise UserError(
                self.env._(
                    "The steps of %s were changed since this map was opened, so it was not saved. "
                    "Discard the changes, open the map again and repeat them.",
                    self.display_name,
                )
            )
        if reading.process.name != self.process_id.name:
            reading = replace(reading, remarks=(*reading.remarks, bpmn.Remark("pool_renamed", reading.process.name)))
        return self._bpmn_apply(reading)

    def _bpmn_notify(self, remarks):
        """Tell the user what was not kept; a save has no other way to say anything."""
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": self.env._("Saved, but not all of the drawing could be kept"),
                "message": "\n".join(remarks[:10]),
                "sticky": True,
            },
        )
