from odoo import models


class IrModel(models.Model):
    _inherit = "ir.model"

    def unlink(self):
        # As mail does for followers and messages: links to a model end before the model does.
        self.env["qms.origin.mixin"]._forget_models(self.mapped("model"))
        self.env["qms.postponement"]._forget_models(self.mapped("model"))
        return super().unlink()
