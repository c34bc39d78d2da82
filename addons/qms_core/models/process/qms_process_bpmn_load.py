from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError

from ...lib import bpmn

STEP_FIELDS = {
    "name": "name",
    "kind": "kind",
    "marked": "control_point",
    "touch_minutes": "touch_minutes",
    "wait_hours": "wait_hours",
    "documents": "documents",
    "information_system": "information_system",
}
STEP_DISTANCE = 10


class QmsProcessVersion(models.Model):
    """From a BPMN map to steps and transitions: what has to be done is planned first, then done in few writes."""

    _inherit = "qms.process.version"

    # === BUSINESS METHODS === #

    @api.model
    def _bpmn_read(self, data):
        """Read a BPMN file.

        :param data: bytes or text
        :rtype: bpmn.Reading
        :raises UserError: in one sentence, why it can't be read
        """
        try:
            return bpmn.read(data)
        except bpmn.BpmnError as error:
            raise UserError(self._bpmn_error_sentence(error)) from error

    def _bpmn_plan(self, reading, company=None):
        """Return what a map would change in this version (in none: an empty one).

        :param bpmn.Reading reading: the map
        :param company: the authority whose roles and units it names; by default that of the version
        :return: the plan, with lanes named by codes of roles; and remarks, those of the reading first
        :rtype: tuple[bpmn.Plan, list[bpmn.Remark]]
        """
        company = company or self.company_id
        remarks = list(reading.remarks)
        wanted = self._bpmn_settle(reading.process, company, remarks)
        old = self._bpmn_process() if self else bpmn.Process((), (), ())
        old = replace(old, nodes=tuple(replace(step, name=_line(step.name)) for step in old.nodes))
        return bpmn.compare(old, wanted), remarks

    def _bpmn_apply(self, reading):
        """Make the steps and transitions of this draft say what a map says.

        :return: sentences on what of the map the process can't hold
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("The map of %s can't be edited: only a draft can.", self.display_name))
        plan, remarks = self._bpmn_plan(reading)
        if plan:
            ours = bool(reading.process.stamp)
            self._bpmn_write(plan, reading.process if ours else None)
        return self._bpmn_sentences(remarks)

    # ---- what a map says, in terms of the model

    def _bpmn_settle(self, process, company, remarks):
        """Return the map with roles and units by code and with no step left nameless; note what doesn't fit."""
        roles = self._bpmn_roles(process, company, remarks)
        units = self._bpmn_units(process, company)
        kinds = dict(self.env["qms.process.step"]._fields["kind"]._description_selection(self.env))
        # A file without any lane says nothing of who performs.
        no_lane = "" if process.lanes else None
        steps = []
        for step in process.nodes:
            if step.unit and step.unit not in units:
                remarks.append(bpmn.Remark("unknown_unit", step.name, step.unit))
                step = replace(step, unit=None)
            name = _line(step.name)
            if not name:
                remarks.append(bpmn.Remark("unnamed", step.key, kinds[step.kind]))
            steps.append(replace(step, name=name or kinds[step.kind], lane=roles.get(step.lane, no_lane)))
        used = {step.lane for step in process.nodes}
        remarks += [bpmn.Remark("empty_lane", lane.name) for lane in process.lanes if lane.key not in used]
        flows = tuple(replace(flow, label=_line(flow.label)) for flow in process.edges)
        return replace(process, nodes=tuple(steps), edges=flows)

    def _bpmn_roles(self, process, company, remarks):
        """Return ``{key of the lane: code of the role}`` of the lanes that stand for a role.

        The code decides, unless the lane was given the name of another role.
        """
        # An archived role stays with the steps it has; a lane that is new finds active ones only.
        roles = self.env["qms.role"].with_context(active_test=False).search([("company_id", "=", company.id)])
        codes = {role.code: role for role in roles}
        names = {}
        for role in roles.filtered("active"):
            names.setdefault(_line(role.name).casefold(), []).append(role)
        used = {step.lane for step in process.nodes}
        result = {}
        for lane in process.lanes:
            by_code = codes.get(lane.code)
            by_name = names.get(_line(lane.name).casefold(), [])
            if by_code and (by_code in by_name or len(by_name) != 1):
                result[lane.key] = by_code.code
                if by_code not in by_name:
                    remarks.append(bpmn.Remark("lane_renamed", lane.name, by_code.name))
            elif len(by_name) == 1:
                result[lane.key] = by_name[0].code
            elif lane.key in used:
                remarks.append(bpmn.Remark("unknown_role" if not by_name else "ambiguous_role", lane.name))
        return result

    def _bpmn_units(self, process, company):
        """Return ``{code: hr.department}`` of the units the steps name."""
        codes = {step.unit for step in process.nodes if step.unit}
        if not codes:
            return {}
        units = self.env["hr.department"].with_context(active_test=False)
        units = units.search([("qms_code", "in", list(codes)), ("company_id", "in", (company.id, False))])
        return {unit.qms_code: unit for unit in units}

    # ---- writing

    def _bpmn_write(self, plan, ordered):
        """Carry out a plan.

        :param bpmn.Process ordered: the map if its order of steps is that of the telling, else None
        """
        gone = {(flow.source, flow.target) for flow in plan.flows_removed}
        removed = {step.key for step in plan.removed}
        self.transition_ids.filtered(
            lambda line: (
                (line.source_id.key, line.target_id.key) in gone
                or line.source_id.key in removed
                or line.target_id.key in removed
            )
        ).unlink()
        self.step_ids.filtered(lambda step: step.key in removed).unlink()
        self._bpmn_write_steps(plan, ordered)
        self._bpmn_write_flows(plan)

    def _bpmn_write_steps(self, plan, ordered):
        known = {step.key: step for step in self.step_ids}
        maker = _Values(self, plan)
        sequences = self._bpmn_sequences(plan, ordered)
        self.env["qms.process.step"].create(
            [
                {**maker.step(step), "version_id": self.id, "key": step.key, "sequence": sequences[step.key]}
                for step in sorted(plan.created, key=lambda step: sequences[step.key])
            ]
        )
        for key, changes in plan.changed:
            known[key].write(maker.vals(changes))

    def _bpmn_sequences(self, plan, ordered):
        """Return ``{key: sequence}`` of the new steps: behind the step they are reached from."""
        sequences = {step.key: step.sequence for step in self.step_ids}
        last = max(sequences.values(), default=0)
        new = {step.key: step for step in plan.created}
        if not sequences:
            steps = ordered.nodes if ordered else bpmn.in_reading_order(_created_map(plan))
            return {step.key: STEP_DISTANCE * (index + 1) for index, step in enumerate(steps)}
        flows = plan.flows_created
        for step in bpmn.in_reading_order(_created_map(plan)):
            before = [sequences[flow.source] for flow in flows if flow.target == step.key and flow.source in sequences]
            after = [sequences[flow.target] for flow in flows if flow.source == step.key and flow.target in sequences]
            if before:
                sequences[step.key] = max(before)
            elif after:
                sequences[step.key] = min(after) - 1
            else:
                last += STEP_DISTANCE
                sequences[step.key] = last
        return {key: sequences[key] for key in new}

    def _bpmn_write_flows(self, plan):
        steps = {step.key: step for step in self.step_ids}
        lines = {(line.source_id.key, line.target_id.key): line for line in self.transition_ids}
        self.env["qms.process.transition"].create(
            [
                {
                    "version_id": self.id,
                    "source_id": steps[flow.source].id,
                    "target_id": steps[flow.target].id,
                    "label": flow.label or False,
                    "share": flow.share or 0,
                }
                for flow in plan.flows_created
            ]
        )
        for ends, changes in plan.flows_changed:
            lines[ends].write({name: value or False for name, value in changes.items()})


class _Values:
    """Turns what a map says of steps into values of records; codes are looked up once for all of them."""

    def __init__(self, version, plan):
        told = [step.__dict__ for step in plan.created] + [changes for _key, changes in plan.changed]
        company = version.company_id
        self.roles = self._by_code(version.env["qms.role"], "code", told, "lane", [("company_id", "=", company.id)])
        self.units = self._by_code(
            version.env["hr.department"], "qms_code", told, "unit", [("company_id", "in", (company.id, False))]
        )

    @staticmethod
    def _by_code(model, field, told, name, domain):
        codes = {values.get(name) for values in told} - {None, ""}
        if not codes:
            return {}
        model = model.with_context(active_test=False)
        return {record[field]: record.id for record in model.search([(field, "in", list(codes)), *domain])}

    def step(self, step):
        """Return the values of a new step."""
        return self.vals({name: getattr(step, name) for name in (*STEP_FIELDS, "lane", "unit")})

    def vals(self, told):
        """Return the values of what is told; None says nothing."""
        vals = {STEP_FIELDS[name]: value for name, value in told.items() if name in STEP_FIELDS and value is not None}
        if told.get("lane") is not None:
            vals["role_id"] = self.roles.get(told["lane"], False)
        if told.get("unit") is not None:
            vals["department_id"] = self.units.get(told["unit"], False)
        return vals


def _created_map(plan):
    """Return the new steps with the arrows between them."""
    keys = {step.key for step in plan.created}
    flows = [flow for flow in plan.flows_created if {flow.source, flow.target} <= keys]
    numbered = tuple(replace(flow, key=str(index)) for index, flow in enumerate(flows))
    return bpmn.Process((), tuple(plan.created), numbered)


def _line(text):
    """Return a text in one line; drawing tools break names as they please."""
    return " ".join(text.split())
