from odoo import api, fields, models
from odoo.tools import ormcache


class FeedbackAspect(models.Model):
    """A question of the rating form: how one side of a service was.

    The mark goes to a column of the rating; the aspect says how it is called and asked. An authority asks the
    shared aspects or words its own, and each service may have a choice of its own.
    """

    _name = "feedback.aspect"
    _description = "Aspect of a Rating"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    question = fields.Char(required=True, translate=True, help="As the visitor reads it on the form.")
    column = fields.Selection(
        [
            ("timeliness", "Timeliness"),
            ("waiting", "Waiting time"),
            ("courtesy", "Courtesy"),
            ("competence", "Competence"),
            ("clarity", "Clarity of information"),
            ("comfort", "Comfort"),
            ("accessibility", "Accessibility"),
            ("ease", "Ease of the procedure"),
        ],
        "Kept as",
        required=True,
        help="What the marks are compared by, however the question is worded.",
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", help="Empty: shared by all authorities.")
    is_default = fields.Boolean(
        "Asked by Default",
        default=True,
        help="Asked about services without a choice of their own. Where an authority has aspects of its own that are "
        "asked by default, the shared ones are not.",
    )
    service_ids = fields.Many2many(
        "qms.service",
        "feedback_aspect_service_rel",
        "aspect_id",
        "service_id",
        "Services",
        check_company=True,
        help="Services with a choice of their own that includes this aspect.",
    )
    active = fields.Boolean(default=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._forget_asked()
        return super().create(vals_list)

    def write(self, vals):
        self._forget_asked()
        return super().write(vals)

    def unlink(self):
        self._forget_asked()
        return super().unlink()

    def _update_field_translations(self, *args, **kwargs):
        self._forget_asked()
        return super()._update_field_translations(*args, **kwargs)

    # === BUSINESS METHODS === #

    @api.model
    def _asked(self, service):
        """Return what the form of a service asks, in the reader's language.

        :param service: ``qms.service``
        :return: pairs of a column of the rating and the question, in their order
        :rtype: tuple
        """
        return self._asked_of(service.id)

    @api.model
    @ormcache("service_id", "self.env.lang")
    def _asked_of(self, service_id):
        # Kept in memory: every visitor's form page asks the same.
        # sudo: visitors have no right on services and aspects; the form shows the questions and nothing else.
        service = self.env["qms.service"].sudo().browse(service_id)
        chosen = service.feedback_aspect_ids.filtered("active") or self.sudo()._default_of(service.company_id)
        questions = {}
        for aspect in chosen.sorted():
            questions.setdefault(aspect.column, aspect.question)
        return tuple(questions.items())

    @api.model
    def _default_of(self, company):
        aspects = self.search([("is_default", "=", True), ("company_id", "in", (company.id, False))])
        return aspects.filtered("company_id") or aspects

    @api.model
    def _forget_asked(self):
        self.env.registry.clear_cache()
