from odoo import fields, http, models
from odoo.http import request


class BenchBare(models.Model):
    """A model of three fields."""

    _name = "bench.bare"
    _description = "Bare row"

    name = fields.Char()
    score = fields.Integer()
    comment = fields.Text()


class BarePages(http.Controller):
    """A form that is stored as it comes."""

    @http.route("/bench_bare", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    def bare(self, name="", score="0", comment="", **_others):
        """Insert one row."""
        # sudo: visitors have no right on the model.
        request.env["bench.bare"].sudo().create({"name": name, "score": int(score), "comment": comment})
        return request.redirect("/bench_bare", code=303)
