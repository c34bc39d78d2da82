from odoo import fields, models

PEOPLE = [
    ("wheelchair", "People in wheelchairs"),
    ("vision", "People who see badly"),
    ("hearing", "People who hear badly"),
    ("mental", "People with mental disabilities"),
]


class QmsAccessibility(models.Model):
    """A row of a place's accessibility passport: how far one group of people can use it."""

    _name = "qms.accessibility"
    _description = "Accessibility of a Service Point"
    _order = "point_id, id"
    _check_company_auto = True

    point_id = fields.Many2one("qms.service.point", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="point_id.company_id", store=True, index=True)
    people = fields.Selection(PEOPLE, "For", required=True)
    level = fields.Selection(
        [("unknown", "Not examined"), ("full", "Fully"), ("partial", "In part"), ("none", "Not at all")],
        "Accessible",
        required=True,
        default="unknown",
    )
    note = fields.Char("What Helps or Hinders", translate=True)
    checked_on = fields.Date("Examined on")
    photo = fields.Image(max_width=1024, max_height=1024)

    _people_point = models.UniqueIndex(
        "(point_id, people)", "The passport has a row for this group already. Change that row instead."
    )
