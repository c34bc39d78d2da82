from odoo import api, models

from ...lib.workbook import Column

MOST_CASES = 10**9


class QmsWorkbook(models.AbstractModel):
    """What the register knows of a process and a service besides its contents: demand, maturity, who takes part."""

    _inherit = "qms.workbook"

    # === SHEETS === #

    @api.model
    def _register_columns(self):
        return (
            self._demand_column(),
            self._choice("maturity", "qms.process", "maturity"),
            Column(
                "maturity_date",
                "date",
                field="maturity_date",
                note=self.env._("When the maturity was assessed; today where it is left empty."),
            ),
            Column(
                "bodies",
                "ref",
                ref="bodies",
                many=True,
                field="body_ids",
                note=self.env._("Bodies taking part. Those that another authority lists stay as they are."),
            ),
        )

    @api.model
    def _demand_column(self):
        return Column(
            "demand",
            "int",
            minimum=0,
            maximum=MOST_CASES,
            field="yearly_demand",
            note=self.env._("Cases a year, counted or estimated."),
        )

    # === READING === #

    @api.model
    def _settle(self, wanted, snapshot):
        notes = super()._settle(wanted, snapshot)
        for key, values in (wanted or {}).get("processes", {}).items():
            if values["maturity"] and not values["maturity_date"]:
                # An assessment without a day is of the day it came, and stays that when it comes again.
                known = snapshot.rows["processes"].get(key, {})
                same = known.get("maturity") == values["maturity"]
                today = str(self.env.company._qms_today())
                values["maturity_date"] = (same and known["maturity_date"]) or today
        return notes

    # === WRITING === #

    @api.model
    def _vals(self, sheet, values, columns, load):
        vals = super()._vals(sheet, values, columns, load)
        if sheet.name == "processes" and "body_ids" in vals:
            vals["body_ids"] = self._body_commands(values, load.snapshot)
        return vals

    @api.model
    def _body_commands(self, values, snapshot):
        """Return the commands that add and take away bodies of this authority; others' bodies have no code here."""
        ids = snapshot.ids["bodies"]
        before = snapshot.rows["processes"].get((values["code"],), {}).get("bodies", "")
        codes, old = (set(filter(None, text.split(";"))) for text in (values["bodies"], before))
        return [(3, ids[code,]) for code in sorted(old - codes)] + [(4, ids[code,]) for code in sorted(codes - old)]
