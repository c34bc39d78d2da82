from odoo import fields, models


class QmsService(models.Model):
    _inherit = "qms.service"

    blocked_results = fields.Text(
        compute="_compute_blocked_results",
        compute_sudo=True,
        help="Results of this service that must not be handed out or relied on.",
    )

    def _compute_blocked_results(self):
        # As superuser: who delivers the service has to know, though he may not read the nonconformity.
        own = self.filtered(lambda service: service.company_id in self.env.companies)
        # Archiving releases nothing.
        blocked = (
            self.env["qms.nonconformity"]
            .with_context(active_test=False)
            ._read_group(
                [("service_id", "in", own.ids), ("use_blocked", "=", True), ("kind", "!=", "corruption")],
                ["service_id"],
                ["service_result:array_agg", "number:array_agg"],
            )
        )
        texts = {
            service: "\n".join(f"{result} ({number})" for result, number in zip(results, numbers, strict=True))
            for service, results, numbers in blocked
        }
        for service in self:
            service.blocked_results = texts.get(service._origin, False)
