from odoo import api, models

from ...lib.workbook import Column, Sheet, rules


class QmsWorkbook(models.AbstractModel):
    """The sheet of letters that roles have for requirements (annex 5 of a quality manual)."""

    _inherit = "qms.workbook"

    @api.model
    def _spec(self):
        spec = super()._spec()
        [letter] = [sheet.column("letter") for sheet in spec if sheet.name == "responsibilities"]
        return [
            *spec,
            Sheet(
                "requirement_responsibilities",
                (
                    Column("standard", "ref", ref="standards", required=True),
                    Column("clause", "ref", ref="requirements", by=("standard", "clause"), required=True),
                    Column("role", "ref", ref="roles", required=True),
                    Column("letter", "choice", required=True, choices=letter.choices),
                ),
                key=("standard", "clause", "role", "letter"),
                owned=True,
            ),
        ]

    @api.model
    def _rules(self, book):
        accountable = self.env["qms.letter.set"]._current()._accountable().letter
        letters = rules.check_requirement_letters(book, accountable) if accountable else ()
        return [*super()._rules(book), *letters]

    @api.model
    def _settle(self, wanted, snapshot):
        notes = super()._settle(wanted, snapshot)
        found = self._requirement_letters(snapshot)
        if wanted is not None:
            # A requirement without rows says nothing about who answers for it.
            told = {key[:2] for key in wanted["requirement_responsibilities"]}
            found = {key: record_id for key, record_id in found.items() if key[:2] in told}
        snapshot.extra["requirement_letters"] = found
        names = ("standard", "clause", "role", "letter")
        snapshot.rows["requirement_responsibilities"] = {key: dict(zip(names, key, strict=True)) for key in found}
        return notes

    @api.model
    def _requirement_letters(self, snapshot):
        """Return ``{(standard, clause, role, letter): id of the row}``."""
        requirements = {record_id: key for key, record_id in snapshot.ids["requirements"].items()}
        roles = snapshot.codes["roles"]
        rows = self.env["qms.responsibility"].search([("requirement_id", "in", list(requirements))])
        return {
            (*requirements[row.requirement_id.id], roles[row.role_id.id], row.letter_id.letter): row.id
            for row in rows
            if row.role_id.id in roles
        }

    @api.model
    def _load_sheet(self, sheet, load):
        super()._load_sheet(sheet, load)
        if sheet.name == "requirement_responsibilities":
            self._load_requirement_letters(load)

    @api.model
    def _load_requirement_letters(self, load):
        differences = load.differences["requirement_responsibilities"]
        if not differences:
            return
        ids, letters = load.snapshot.ids, self._letters()
        rows = self.env["qms.responsibility"]
        gone = [load.snapshot.extra["requirement_letters"][item.key] for item in differences if item.kind == "removed"]
        rows.browse(gone).unlink()
        rows.flush_model()  # the letter of the accountable role is free before another role gets it
        rows.create(
            [
                {
                    "requirement_id": ids["requirements"][standard, clause],
                    "role_id": ids["roles"][role,],
                    "letter_id": letters[letter].id,
                }
                for standard, clause, role, letter in (item.key for item in differences if item.kind == "new")
            ]
        )
