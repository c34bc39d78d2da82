from markupsafe import Markup

from odoo import api, fields, models

from ...lib import layout

# A map wraps into bands at these widths (px): beside the chatter on a laptop, on a landscape page.
SCREEN_WIDTH = 960
PRINT_WIDTH = 1300


class QmsProcessVersion(models.Model):
    _inherit = "qms.process.version"

    map_html = fields.Html("Process Map", compute="_compute_map_html", sanitize=False)

    @api.depends(
        "step_ids.name",
        "step_ids.kind",
        "step_ids.role_id",
        "step_ids.key",
        "step_ids.sequence",
        "step_ids.control_point",
        "transition_ids.source_id",
        "transition_ids.target_id",
        "transition_ids.label",
    )
    @api.depends_context("lang")
    def _compute_map_html(self):
        for version in self:
            # Our own SVG with every text escaped, so the field needs no sanitizing, which would drop it.
            version.map_html = Markup(version._map_svg()) if version.step_ids else False

    def _map_svg(self, width=SCREEN_WIDTH):
        """Return the swimlane map drawn from the steps, as an SVG element.

        :param int width: px at which the map wraps into bands
        :rtype: str
        """
        self.ensure_one()
        diagram = layout.place(self._map_graph(), width=width)
        words = {
            "marked": self.env._("Control point"),
            "to": self.env._("Continued at: %s"),
            "from": self.env._("Continued from the previous part: %s"),
        }
        return layout.to_svg(diagram, title=self.display_name, lang=self.env.lang or "en_US", words=words)

    def _map_graph(self):
        """Return the steps as a graph of plain data for the layout."""
        self.ensure_one()
        # sudo: a process between bodies shows the names of roles of the authority that keeps it.
        roles = self.step_ids.role_id.sudo()
        return layout.Graph(
            lanes=[layout.Lane(str(role.id), role.name) for role in roles],
            nodes=[
                layout.Node(
                    step.key,
                    step.name,
                    str(step.role_id.id) if step.role_id else "",
                    step.kind,
                    marked=step.control_point,
                )
                for step in self.step_ids
            ],
            edges=[
                layout.Edge(str(index), transition.source_id.key, transition.target_id.key, transition.label or "")
                for index, transition in enumerate(self.transition_ids)
            ],
        )

    def _map_print(self):
        """Return the map for a landscape page of a PDF."""
        return Markup(self._map_svg(width=PRINT_WIDTH))
