"""What an addon writes to say something below a comparison; imported inside ``setUpClass`` only."""

from odoo import api, models


class QmsBenchmark(models.AbstractModel):
    _name = "qms.benchmark"
    _inherit = ["qms.benchmark"]

    @api.model
    def _sections(self, indicator, page):
        line = f"{page['rows'][0]['quarter_text']}: {indicator.name}"
        section = {"name": "practices", "title": "Practices", "lines": [line], "action": False, "button": ""}
        return [*super()._sections(indicator, page), section]
