from odoo import api, models
from odoo.fields import Domain

# Where services are looked for: the model of the place, and how a service names it.
PLACES = {
    "unit": ("hr.department", "department_id", "child_of"),
    "place": ("qms.service.point", "point_ids", "in"),
    "life": ("qms.life.event", "life_event_ids", "child_of"),
}
# What an id can be in the database; a larger number is no record's.
LARGEST_ID = 2**31 - 1


class QmsService(models.Model):
    """Services by unit, service point and life situation, as visitors see them."""

    _inherit = "qms.service"

    # === BUSINESS METHODS === #

    @api.model
    def _feedback_place(self, company, kind, number):
        """Return a place of an authority and its services that anyone may rate.

        :param company: ``res.company``
        :param str kind: a key of ``PLACES``
        :param int number: the id of the place
        :return: the place, empty where there is none, and its services (``qms.service``)
        :rtype: tuple
        """
        model, field, operator = PLACES[kind]
        # sudo: visitors have no right on units and services; the page decides what they see.
        places, services = self.env[model].sudo(), self.sudo()
        if number > LARGEST_ID:
            return places, services.browse()
        place = places.search(Domain("id", "=", number) & self._feedback_place_domain(company, kind), limit=1)
        if not place:
            return place, services.browse()
        domain = Domain("company_id", "=", company.id) & Domain(field, operator, place.ids)
        services = services.search(domain, order="department_id, code, id")
        # A unit that gives no service is not shown: whoever counts the numbers up would read all names of units.
        return place if services or kind != "unit" else places.browse(), services

    @api.model
    def _feedback_places(self, company, kind):
        """Return the places of a kind that have services of an authority: ``[{"id", "name", "address"}]``."""
        model, field, _operator = PLACES[kind]
        # sudo: as in _feedback_place
        named = self.sudo().search(Domain("company_id", "=", company.id) & Domain(field, "!=", False))[field]
        places = (
            self.env[model].sudo().search(Domain("id", "in", named.ids) & self._feedback_place_domain(company, kind))
        )
        return [
            {"id": place.id, "name": place.name, "address": place.address or "" if kind == "place" else ""}
            for place in places
        ]

    @api.model
    def _feedback_place_domain(self, company, kind):
        return Domain("company_id", "in", (company.id, False) if kind == "life" else (company.id,))

    def _feedback_questions(self):
        """Return what a form of this service asks for, the overall mark first: ``[{"name", "label", "question"}]``."""
        self.ensure_one()
        fields = self.env["feedback.rating"]._fields
        asked = {
            "score": self.env._("How was the service, all in all?"),
            **dict(self.env["feedback.aspect"]._asked(self)),
        }
        return [
            {"name": name, "label": fields[name]._description_string(self.env), "question": question}
            for name, question in asked.items()
        ]

    def _feedback_consent(self):
        """Return the words by which a visitor agrees that his contact is kept; empty where none may be asked for."""
        self.ensure_one()
        return self.env["feedback.consent"]._current_words(self.company_id, "rating")[1]
