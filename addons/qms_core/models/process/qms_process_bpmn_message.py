from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Why a file can't be read, and what to do.
ERRORS = {
    "not_xml": _lt("This is no XML file, or it is damaged. Export the map as BPMN 2.0 XML again."),
    "too_large": _lt("The file is larger than %(limit)s MB. A map is much smaller: check that it is the right file."),
    "too_deep": _lt("The file is nested deeper than %(limit)s levels, as no map is. Check that it is the right file."),
    "doctype": _lt("The file contains a DOCTYPE or entities, which no map needs, so it was not opened."),
    "no_process": _lt("The file holds no BPMN 2.0 process. Export the map as BPMN 2.0 XML."),
    "too_many": _lt(
        "The file holds %(count)s steps or arrows; a map holds at most %(limit)s. Divide it into several processes."
    ),
}
# What of a file a process can't hold, and what was done instead.
REMARKS = {
    "ambiguous_role": _lt("Lane “%(name)s”: several roles have this name, so its steps get no role. Choose it there."),
    "annotation": _lt("Annotation “%(name)s”: a process holds no annotations, so it is left out."),
    "bad_number": _lt("“%(name)s”: %(detail)s is no possible number, so it is left out."),
    "black_box": _lt("Pool “%(name)s” has no steps, so it is left out. Name it as a party in the inputs and outputs."),
    "boundary_event": _lt("Event “%(name)s” on the edge of “%(detail)s”: its arrows leave from the step itself."),
    "data_kept": _lt("“%(name)s” became a document or an information system of: %(detail)s."),
    "data_lost": _lt("Document “%(name)s” is joined with no step, so it is left out."),
    "documentation": _lt("The description of “%(name)s” is left out: a step has none."),
    "double_flow": _lt("Two arrows lead from “%(name)s” to “%(detail)s”: the first one is kept."),
    "double_id": _lt("The identifier of “%(name)s” is used twice: only the first element is kept."),
    "empty_lane": _lt("Lane “%(name)s” has no steps, so it is left out."),
    "event_type": _lt("Event “%(name)s” (%(detail)s): kept as a plain event."),
    "foreign_extension": _lt("Settings of another program (%(name)s, %(detail)s times) are left out."),
    "gateway_type": _lt("“%(name)s” (%(detail)s): kept as a decision. Say in the names what runs at the same time."),
    "group": _lt("A frame around steps is left out."),
    "lane_renamed": _lt(
        "Lane “%(name)s” is the role “%(detail)s” and keeps its name. Roles are renamed in the list of roles."
    ),
    "long_name": _lt("“%(name)s…” is longer than %(detail)s characters, so it is cut."),
    "loop": _lt("“%(name)s” is repeated: that is left out. Draw an arrow back, or say it in the name."),
    "message_flow": _lt("Message “%(name)s” between pools is left out. Draw an arrow, or name it as input or output."),
    "missing_end": _lt("Arrow “%(name)s” leads from or to “%(detail)s”, which is no step, so it is left out."),
    "no_id": _lt("A step “%(name)s” has no identifier, so it is left out."),
    "other_process": _lt("The file was written for the process %(name)s."),
    "parent_lane": _lt("Lane “%(name)s” only holds other lanes, so it is left out."),
    "pool_renamed": _lt("The pool “%(name)s” is the process and keeps its name. Rename the process itself."),
    "pools": _lt("%(detail)s pools (%(name)s) became lanes of one map."),
    "subprocess_content": _lt(
        "Subprocess “%(name)s”: its %(detail)s inner steps are left out. Import them as a process of their own."
    ),
    "task_type": _lt("%(detail)s tasks of type %(name)s are kept as plain tasks."),
    "unknown_role": _lt("Lane “%(name)s”: there is no such role, so its steps get none. Add the role or choose one."),
    "unknown_unit": _lt("Step “%(name)s”: there is no unit with the code %(detail)s, so nothing is said of its unit."),
    "unnamed": _lt("The element %(name)s has no name and is called “%(detail)s”. Give it a name."),
}


class QmsProcessVersion(models.Model):
    """What is said to people of BPMN files: errors, remarks and changes as sentences."""

    _inherit = "qms.process.version"

    @api.model
    def _bpmn_error_sentence(self, error):
        """Return why a file can't be read."""
        # The sentences are lazy constants, extracted where they stand.
        return self.env._(ERRORS[error.code]) % error.values  # pylint: disable=translation-not-lazy

    @api.model
    def _bpmn_sentences(self, remarks):
        """Return the remarks as sentences, each once."""
        return list(dict.fromkeys(self._bpmn_sentence(remark) for remark in remarks))

    @api.model
    def _bpmn_sentence(self, remark):
        values = {"name": remark.name[:80], "detail": remark.detail[:80]}
        return self.env._(REMARKS[remark.code]) % values  # pylint: disable=translation-not-lazy

    @api.model
    def _bpmn_plan_rows(self, plan, names):
        """Return what a plan would do, as ``(what, name, change)`` rows for people.

        :param dict names: names of the steps by key, old and new
        """
        steps, arrow = self.env._("Step"), self.env._("Arrow")
        rows = [(steps, step.name, self.env._("new")) for step in plan.created]
        rows += [(steps, names[key], self._bpmn_changes(changes)) for key, changes in plan.changed]
        rows += [(steps, step.name, self.env._("is removed")) for step in plan.removed]

        def ends(source, target):
            return f"{names.get(source, source)} → {names.get(target, target)}"

        rows += [(arrow, ends(flow.source, flow.target), self.env._("new")) for flow in plan.flows_created]
        rows += [(arrow, ends(*pair), self._bpmn_changes(changes)) for pair, changes in plan.flows_changed]
        rows += [(arrow, ends(flow.source, flow.target), self.env._("is removed")) for flow in plan.flows_removed]
        return rows

    @api.model
    def _bpmn_changes(self, changes):
        labels = {
            "name": self.env._("Name"),
            "kind": self.env._("Kind"),
            "lane": self.env._("Performed by"),
            "unit": self.env._("Unit"),
            "marked": self.env._("Control point"),
            "touch_minutes": self.env._("Touch time (min)"),
            "wait_hours": self.env._("Waiting time (h)"),
            "documents": self.env._("Documents"),
            "information_system": self.env._("Information system"),
            "label": self.env._("Condition"),
            "share": self.env._("Share (%)"),
        }
        return "; ".join(f"{labels[name]}: {self._bpmn_value(name, value)}" for name, value in changes.items())

    @api.model
    def _bpmn_value(self, name, value):
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        if name == "kind":
            return dict(self.env["qms.process.step"]._fields["kind"]._description_selection(self.env))[value]
        return f"“{value}”" if isinstance(value, str) else f"{value:g}"
