from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...lib.contact import contact_pattern, same_contact


class FeedbackPersonalMixin(models.AbstractModel):
    """A record that may hold a person's data: how it is found, told to him, and removed.

    A concrete model says by class attributes which fields hold what. What remains of a record afterwards counts in
    statistics as before. Nothing but ``feedback.privacy`` and the requests of people calls these methods.
    """

    _name = "feedback.personal.mixin"
    _description = "Record with data of a person"

    # Fields by which a person is found: e-mail address, phone number.
    _personal_contacts = ()
    # Fields that are emptied when the period of keeping ends, the contacts among them.
    _personal_fields = ()
    # Fields that are emptied, besides, for a person who asks for it; required ones get a dash.
    _personal_texts = ()
    # What was computed from a person's data: emptied with them, and of no use to him.
    _personal_keys = ()
    # Fields that a person is told, besides, when he asks what is kept about him.
    _personal_told = ()
    # From when the period of keeping counts, and the field of the authority that sets it (in months).
    _personal_date = "create_date"
    _personal_months = ""

    date_anonymised = fields.Date("Personal Data Removed on", readonly=True, copy=False)

    # === BUSINESS METHODS === #

    @api.model
    def _personal_models(self):
        """Return the models that hold personal data, by name."""
        models_by_name = sorted(self.env.items())
        return [model for _name, model in models_by_name if not model._abstract and self._is_personal(model)]

    @api.model
    def _is_personal(self, model):
        return "date_anonymised" in model._fields and bool(getattr(model, "_personal_fields", ()))

    @api.model
    def _personal_closed_domain(self):
        """Hook: return the domain of records that nobody needs any more; others keep their data."""
        return Domain.TRUE

    @api.model
    def _personal_due(self, company, limit=None):
        """Return the records of an authority whose period of keeping has ended."""
        months = company[self._personal_months]
        if not months:
            return self.browse()
        until = company._qms_today() - relativedelta(months=months)
        domain = Domain("company_id", "=", company.id) & Domain("date_anonymised", "=", False)
        domain &= Domain.OR([Domain(name, "!=", False) for name in self._personal_fields])
        domain &= self._personal_closed_domain() & self._personal_older_domain(until)
        return self._personal_all().search(domain, order="id", limit=limit)

    @api.model
    def _personal_older_domain(self, until):
        """Return the domain of records whose period of keeping began before a day.

        :param datetime.date until:
        """
        return Domain(self._personal_date, "<", until)

    @api.model
    def _personal_find(self, company, contact):
        """Return the records of an authority that belong to an e-mail address or phone number."""
        pattern = contact_pattern(contact)
        if not pattern or not self._personal_contacts:
            return self.browse()
        domain = Domain.OR([Domain(name, "=ilike", pattern) for name in self._personal_contacts])
        found = self._personal_all().search(Domain("company_id", "=", company.id) & domain, order="id")
        return found.filtered(
            lambda record: any(same_contact(record[name], contact) for name in record._personal_contacts)
        )

    @api.model
    def _personal_all(self):
        # sudo: whose data are kept must not depend on which records the manager may see.
        return self.sudo().with_context(active_test=False)

    def _anonymise(self, on_request=False):
        """Remove whose the records are; what they count for in statistics stays.

        :param bool on_request: the person asks for it: what he wrote goes as well
        """
        names = self._personal_fields + self._personal_keys + (self._personal_texts if on_request else ())
        vals = {name: "–" if self._fields[name].required else False for name in names}
        for company, records in self.grouped("company_id").items():
            records._write_past_gates({**vals, "date_anonymised": company._qms_today()})

    def _write_past_gates(self, vals):
        # Contents of citizens are frozen for everybody; this is the named transition that may remove some of them.
        if hasattr(self, "_transition"):
            self._transition(vals)
        else:
            self.sudo().write(vals)  # sudo: the calling request or cron has checked who may

    @api.model
    def _description_text(self):
        """Return what such records are called, in the language of the environment."""
        # sudo: the names of models are no secret
        return self.env["ir.model"].sudo()._get(self._name).name

    def _personal_rows(self):
        """Return what is kept, for the person: one ``{label: text}`` per record."""
        names = [*self._personal_told, *self._personal_fields, *self._personal_texts]
        return [
            {
                record._fields[name]._description_string(self.env): record._personal_text(name)
                for name in names
                if record[name]
            }
            for record in self
        ]

    def _personal_text(self, name):
        value, field = self[name], self._fields[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return str(value)

    def _personal_files(self):
        """Hook: return the person's files: tuples ``(folder, name, contents)``."""
        return []
