import ast
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...lib import periods as period_lib

DAYS = ("date", "datetime")
NUMBERS = ("integer", "float", "monetary")
# What the values depend on: each change is tried out.
SETTINGS = (
    "source",
    "provider",
    "source_model",
    "source_domain",
    "source_measure",
    "source_field",
    "source_date",
    "share_domain",
    "owner_role_id",
    "company_id",
)


class QmsIndicator(models.Model):
    """Where the values come from: by hand, counted from records, or from a method of an addon."""

    _inherit = "qms.indicator"

    source = fields.Selection(
        [
            ("manual", "Entered by hand"),
            ("computed", "Counted from records"),
            ("provider", "Ready-made source"),
        ],
        "Source of Values",
        required=True,
        default="manual",
        tracking=True,
    )
    provider = fields.Selection("_select_provider", "Ready-made Source")
    source_model = fields.Selection("_select_source_model", "Records")
    source_domain = fields.Char("Which of them", default="[]")
    source_measure = fields.Selection(
        [("count", "How many"), ("sum", "Sum of a field"), ("average", "Average of a field"), ("share", "Share in %")],
        "What is counted",
        default="count",
    )
    source_field = fields.Char("Field")
    source_date = fields.Char("Date", help="The field with the day by which a record belongs to a period.")
    share_domain = fields.Char("Share of those with", default="[]", help="Which part of the records is the share.")
    measured_from = fields.Date(
        "Measured since",
        default=lambda self: self.env.company._qms_today().replace(month=1, day=1),
        help="A day of the first period; all periods since then are computed.",
    )
    measured_until = fields.Date(help="A day of the last period. Empty: until the indicator is archived.")
    source_error = fields.Text("Why it can't be computed", readonly=True, copy=False)

    # === CONSTRAINTS === #

    @api.constrains("measured_from", "measured_until", "period", "source")
    def _check_measured(self):
        for indicator in self.filtered(lambda indicator: indicator.source != "manual"):
            try:
                since = indicator._since()
                period_lib.check(
                    indicator.period, since, indicator.company_id._qms_today(), indicator.measured_until or None
                )
            except period_lib.EndlessError as error:
                raise ValidationError(
                    self.env._(
                        "%(name)s: from %(since)s on there would be no end of periods, or they would end before they "
                        "begin. Choose a later first day, and a last day after it.",
                        name=indicator.display_name,
                        since=fields.Date.to_string(since),
                    )
                ) from error

    @api.constrains(*SETTINGS)
    def _check_source(self):
        """Try the source out: what is broken, or not for the owner, is refused at once."""
        for indicator in self.filtered(lambda indicator: indicator.source != "manual"):
            period = period_lib.period_of(indicator.period, indicator.company_id._qms_today())
            try:
                with self.env.cr.savepoint():
                    indicator._read_source([period])
            except (UserError, ValidationError) as error:
                raise ValidationError(str(error)) from error
            except Exception as error:  # a domain of wrong values can fail in many ways
                raise ValidationError(indicator._failure(error)) from error

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        indicators = super().create(vals_list)
        indicators._check_setter()
        return indicators

    def write(self, vals):
        result = super().write(vals)
        if set(SETTINGS) & set(vals):
            self._check_setter()
        return result

    def _check_setter(self):
        """Who sets a source up must not learn by it what he may not read himself.

        No constraint, as those are carried out as superuser.
        """
        if self.env.su:
            return
        for indicator in self.filtered(lambda indicator: indicator.source == "computed"):
            period = period_lib.period_of(indicator.period, indicator.company_id._qms_today())
            indicator._count_as(self.env.user, [period])

    # === SELECTIONS === #

    def _select_provider(self):
        return [(name, provider.label) for name, provider in self._get_providers().items()]

    def _select_source_model(self):
        # sudo: what kinds of records are called is no secret, but only administrators read the list of models.
        names = self.env["ir.model"].sudo()
        return [(name, names._get(name).name) for name in self._get_source_models() if name in self.env]

    # === HOOKS === #

    @api.model
    def _get_providers(self):
        """Hook: return ``{name: Provider}`` of ready-made sources; an addon adds its own with ``super()``.

        See ``lib.measuring.Provider`` for what the method gets and returns.
        """
        return {}

    @api.model
    def _get_source_models(self):
        """Hook: return the models whose records may be counted; an addon adds its own with ``super()``."""
        return ["qms.process", "qms.process.version", "qms.service", "qms.role"]

    # === BUSINESS METHODS === #

    def _since(self):
        """Return a day of the first period that is measured."""
        self.ensure_one()
        created = self.create_date or fields.Datetime.now()
        return self.measured_from or created.date().replace(month=1, day=1)

    def _read_source(self, periods, owners=None):
        """Return the values of periods from the source of this indicator.

        :param list periods: ``lib.periods.Period``, the oldest first
        :param owners: what ``_owners`` says; looked up where not given
        :return: ``{period: value}``; without those for which there is none
        :raises UserError: where the source is gone, broken, or not for the owner
        """
        self.ensure_one()
        if self.source == "provider":
            # sudo: a provider returns figures of many cases, which are for every reader of the indicator.
            provider = self.sudo()._get_providers().get(self.provider)
            if not provider:
                raise UserError(
                    self.env._(
                        "The ready-made source of “%s” is no longer there: its addon was removed. Choose another one.",
                        self.display_name,
                    )
                )
            return provider.method(self.sudo(), periods)  # sudo: as above
        owner = (owners or self._owners())[self][:1]
        if not owner:
            raise UserError(
                self.env._(
                    "“%s” is computed with the rights of its owner, but nobody with a login is the owner. Choose "
                    "another role, or appoint somebody to it.",
                    self.display_name,
                )
            )
        return self._count_as(owner, periods)

    def _count_as(self, user, periods):
        """Count the records as a user sees them: one grouped query for all periods, two for a share."""
        records = self._source_records(user)
        number = self._source_number(records)
        day = self._source_field(records, self.source_date, DAYS)
        domain = self._source_condition(records, self.source_domain) & self._within(day, periods)
        if "company_id" in records._fields and records._fields["company_id"].store:
            # Records of other authorities may be readable; they are counted there.
            domain &= Domain("company_id", "in", [False, self.company_id.id])
        group = [f"{day}:{self.period}"]
        found = self._by_period(records._read_group(domain, group, [number]), periods)
        if self.source_measure == "share":
            part = domain & self._source_condition(records, self.share_domain)
            parts = self._by_period(records._read_group(part, group, [number]), periods)
            return {period: 100.0 * parts.get(period, 0) / count for period, count in found.items() if count}
        if self.source_measure == "average":
            return {period: value for period, value in found.items() if value is not None}
        return {period: found.get(period) or 0 for period in periods}

    def _source_records(self, user):
        if not self.source_model or not self.source_date:
            raise UserError(
                self.env._("Choose for “%s” which records are counted, and by which date.", self.display_name)
            )
        if self.source_model not in self._get_source_models() or self.source_model not in self.env:
            raise UserError(
                self.env._(
                    "The records that “%(name)s” counts (%(model)s) can't be counted any more. Choose others.",
                    name=self.display_name,
                    model=self.source_model,
                )
            )
        # sudo: the time zone of the authority's calendar decides which day a moment belongs to, whoever counts.
        zone = self.company_id.sudo().resource_calendar_id.tz or "UTC"
        records = (
            self.env[self.source_model]
            .with_user(user)
            .with_context(allowed_company_ids=self.company_id.ids, tz=zone, active_test=True)
        )
        if not records.has_access("read"):
            raise AccessError(
                self.env._(
                    "%(person)s may not read what “%(name)s” counts (%(model)s). Choose another owner or other "
                    "records.",
                    person=user.name,
                    name=self.display_name,
                    model=dict(self._select_source_model())[self.source_model],
                )
            )
        return records

    def _source_number(self, records):
        """Return what the grouped query aggregates."""
        if self.source_measure in ("count", "share", False):
            return "__count"
        name = self._source_field(records, self.source_field, NUMBERS)
        return f"{name}:{'sum' if self.source_measure == 'sum' else 'avg'}"

    def _source_field(self, records, name, types):
        """Return the name of a field that is still there, stored, and of one of the types."""
        field = records._fields.get(name or "")
        if field is None or not field.store or field.type not in types:
            raise UserError(
                self.env._(
                    "“%(name)s” counts by the field “%(field)s”, which these records don't have, or not as a "
                    "%(kind)s. Choose another field.",
                    name=self.display_name,
                    field=name or "",
                    kind=self.env._("date") if types is DAYS else self.env._("number"),
                )
            )
        return name

    def _source_condition(self, records, text):
        """Return a condition as a domain of fields that are still there."""
        try:
            domain = Domain(ast.literal_eval(text or "[]"))
            domain.validate(records)
        except Exception as error:  # whatever is wrong with what was typed in
            raise UserError(
                self.env._(
                    "The condition of “%(name)s” can't be read: %(error)s. Mend it, with fixed values only.",
                    name=self.display_name,
                    error=error,
                )
            ) from error
        return domain

    def _within(self, name, periods):
        """Return the domain of the records of some periods without a break."""
        if self.env[self.source_model]._fields[name].type == "datetime":
            return Domain(self._moments(name, periods, self.company_id))
        return Domain(name, ">=", periods[0].first) & Domain(name, "<=", periods[-1].last)

    @api.model
    def _moments(self, name, periods, company):
        """Return the domain of a field with a time whose day, in an authority's time zone, lies in some periods.

        :param list periods: ``lib.periods.Period``, the oldest first
        """
        # sudo: the time zone of the authority's calendar decides which day a moment belongs to, whoever counts.
        zone = pytz.timezone(company.sudo().resource_calendar_id.tz or "UTC")
        start, end = (
            zone.localize(datetime.combine(day, at)).astimezone(pytz.utc).replace(tzinfo=None)
            for day, at in ((periods[0].first, time.min), (periods[-1].last, time.max))
        )
        return [(name, ">=", start), (name, "<=", end)]

    @api.model
    def _by_period(self, rows, periods):
        wanted = {period.first: period for period in periods}
        found = {day.date() if isinstance(day, datetime) else day: value for day, value in rows}
        return {wanted[day]: value for day, value in found.items() if day in wanted}

    def _failure(self, error):
        """Return in a sentence why the source failed."""
        if isinstance(error, UserError):
            return str(error)
        return self.env._(
            "The source of “%(name)s” failed (%(error)s). Mend its settings, or tell who maintains the addon.",
            name=self.display_name,
            error=f"{type(error).__name__}: {error}",
        )
