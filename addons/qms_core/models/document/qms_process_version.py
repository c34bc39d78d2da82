from dataclasses import replace

from odoo import api, models


class QmsProcessVersion(models.Model):
    """The map shows at which steps there are documents."""

    _inherit = "qms.process.version"

    @api.depends_context("uid")
    def _compute_map_html(self):
        return super()._compute_map_html()

    def _map_graph(self):
        graph = super()._map_graph()
        names = {
            step.key: ", ".join(step.document_ids.mapped("display_name")) for step in self.step_ids if step.document_ids
        }
        return replace(graph, nodes=[self._linked_node(node, names.get(node.key)) for node in graph.nodes])

    def _linked_node(self, node, names):
        return replace(node, note=self.env._("Documents: %s", names), linked=True) if names else node
