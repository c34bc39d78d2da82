from odoo import api, models

from ...lib import hours
from ...lib.workbook import Column, Sheet

# Columns with codes of a dictionary: column -> (model, field of the service).
DICTIONARIES = {
    "channels": ("qms.service.channel", "channel_ids"),
    "applicants": ("qms.applicant.category", "applicant_category_ids"),
    "life_events": ("qms.life.event", "life_event_ids"),
}


class QmsWorkbook(models.AbstractModel):
    """The sheets of the register of services."""

    _inherit = "qms.workbook"

    # === SHEETS === #

    @api.model
    def _service_sheets(self):
        return [self._point_sheet(), self._accessibility_sheet(), self._service_sheet(), *self._service_line_sheets()]

    @api.model
    def _point_sheet(self):
        return Sheet(
            "service_points",
            (
                Column("code", "code", required=True, field="code"),
                self._name_column(),
                Column("body", "ref", ref="bodies", field="body_id"),
                Column("unit", "ref", ref="units", field="department_id"),
                Column("address", translated=True, field="address"),
                Column("phone", field="phone"),
                Column("email", field="email"),
                Column(
                    "hours",
                    field="opening_hours",
                    note=self.env._("Like this: Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-15:45."),
                ),
                Column("windows", "int", minimum=0, maximum=1000, field="window_count"),
                Column("equipment", translated=True, field="equipment"),
                Column("latitude", "float", minimum=-90, maximum=90, digits=7, field="latitude"),
                Column("longitude", "float", minimum=-180, maximum=180, digits=7, field="longitude"),
            ),
            model="qms.service.point",
        )

    @api.model
    def _accessibility_sheet(self):
        return Sheet(
            "service_accessibility",
            (
                Column("point", "ref", ref="service_points", required=True, field="point_id"),
                self._choice("people", "qms.accessibility", "people", required=True),
                self._choice("level", "qms.accessibility", "level"),
                Column("note", translated=True, field="note"),
                Column("checked_on", "date", field="checked_on"),
            ),
            key=("point", "people"),
            model="qms.accessibility",
        )

    @api.model
    def _service_sheet(self):
        return Sheet(
            "services",
            (
                Column("code", "code", required=True, field="code"),
                self._name_column(),
                Column("process", "ref", ref="processes", field="process_id"),
                Column("unit", "ref", ref="units", field="department_id"),
                Column("responsible", "ref", ref="roles", field="responsible_role_id"),
                Column(
                    "deadline_days",
                    "int",
                    minimum=0,
                    maximum=3650,
                    field="deadline_days",
                    note=self.env._("Rows of the sheet “service_norms” stand before this column."),
                ),
                self._choice("deadline_kind", "qms.service", "deadline_kind"),
                Column("fee", "float", minimum=0, maximum=10**9, digits=2, field="fee"),
                Column("fee_basis", field="fee_basis"),
                Column("ground", translated=True, field="application_ground"),
                Column("result", translated=True, field="result"),
                *(self._dictionary_column(name) for name in DICTIONARIES),
                Column("points", "ref", ref="service_points", many=True, field="point_ids"),
                Column("legal_basis", field="legal_basis"),
                Column("refusal_grounds", field="refusal_grounds"),
                Column("plain_text", translated=True, field="plain_text"),
                self._demand_column(),
            ),
            model="qms.service",
        )

    @api.model
    def _dictionary_column(self, name):
        model, field = DICTIONARIES[name]
        codes = tuple(sorted(self.env[model]._by_code(self.env.company)))
        return Column(name, "choice", many=True, choices=codes, field=field)

    @api.model
    def _service_line_sheets(self):
        service = Column("service", "ref", ref="services", required=True, field="service_id")
        key = Column("key", "code", required=True, field="key")
        sequence = Column("sequence", "int", minimum=0, maximum=10**6, default=10, field="sequence")
        return [
            Sheet(
                "service_norms",
                (
                    service,
                    Column("valid_from", "date", required=True, field="valid_from"),
                    Column("deadline_days", "int", minimum=0, maximum=3650, field="deadline_days"),
                    self._choice("deadline_kind", "qms.service.norm", "deadline_kind"),
                    Column("waiting_minutes", "int", minimum=0, maximum=1440, field="waiting_minutes"),
                    Column("basis", field="basis"),
                    Column("reviewed_on", "date", field="reviewed_on"),
                ),
                key=("service", "valid_from"),
                model="qms.service.norm",
            ),
            Sheet(
                "service_documents",
                (
                    service,
                    key,
                    sequence,
                    self._name_column(),
                    self._choice("obtained_by", "qms.service.document", "obtained_by"),
                    self._choice("form", "qms.service.document", "form"),
                    Column("source", "ref", ref="parties", field="source_party_id"),
                    Column("note", translated=True, field="note"),
                ),
                key=("service", "key"),
                model="qms.service.document",
            ),
            Sheet(
                "service_promises",
                (service, key, sequence, self._name_column(), Column("target", translated=True, field="target")),
                key=("service", "key"),
                model="qms.service.promise",
            ),
        ]

    # === READING === #

    @api.model
    def _cell(self, column, record, snapshot):
        if column.name in DICTIONARIES and record._name == "qms.service":
            return ";".join(sorted(record[column.field].mapped("code")))
        return super()._cell(column, record, snapshot)

    @api.model
    def _settle(self, wanted, snapshot):
        notes = super()._settle(wanted, snapshot)
        if wanted is not None:
            notes += self._settle_norms(wanted, snapshot)
            self._settle_hours(wanted)
        return notes

    @api.model
    def _settle_hours(self, wanted):
        """Write the same hours in the same way: “Tu,Th 09:00-13:00” is no change of what a point has."""
        for values in wanted["service_points"].values():
            try:
                values["hours"] = hours.write(hours.parse(values["hours"]))
            except hours.HoursError:
                continue  # the point refuses them, and says how they are written

    @api.model
    def _settle_norms(self, wanted, snapshot):
        """Where the workbook tells the norms of a service, its deadline follows from them."""
        told = {key[0] for key in wanted["service_norms"]}
        snapshot.extra["norms_told"] = told
        today = str(self.env.company._qms_today())
        in_force = {}
        for (code, day), values in sorted({**snapshot.rows["service_norms"], **wanted["service_norms"]}.items()):
            if code in told and day <= today:
                in_force[code] = (values["deadline_days"], values["deadline_kind"])
        notes = []
        for code in sorted(told):
            values = wanted["services"].get((code,))
            if values is None:
                continue
            days, kind = in_force.get(code, (0, "calendar"))
            if values["deadline_days"] and values["deadline_days"] != days:
                notes.append(
                    self.env._(
                        "The deadline of the service %(service)s is %(days)s days by the sheet “service_norms”, so "
                        "the other number in the sheet “services” is left out.",
                        service=code,
                        days=days,
                    )
                )
            values.update(deadline_days=days, deadline_kind=kind)
        return notes

    # === WRITING === #

    @api.model
    def _vals(self, sheet, values, columns, load):
        vals = super()._vals(sheet, values, columns, load)
        if sheet.name == "services":
            self._find_entries(vals, columns, values, load.snapshot)
            if values["code"] in load.snapshot.extra["norms_told"]:
                vals.pop("deadline_days", None)
                vals.pop("deadline_kind", None)
        elif sheet.name == "service_points":
            # The rows of the accessibility passport have their own sheet, so no empty ones are made.
            vals.setdefault("accessibility_ids", [])
        return vals

    @api.model
    def _find_entries(self, vals, columns, values, snapshot):
        if "dictionaries" not in snapshot.extra:
            snapshot.extra["dictionaries"] = {
                name: self.env[model]._by_code(self.env.company) for name, (model, _field) in DICTIONARIES.items()
            }
        for column in columns:
            if column.name in DICTIONARIES:
                entries = snapshot.extra["dictionaries"][column.name]
                codes = filter(None, values[column.name].split(";"))
                vals[column.field] = [(6, 0, [entries[code].id for code in codes])]
