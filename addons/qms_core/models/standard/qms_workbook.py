from collections import defaultdict

from odoo import api, models

from ...lib.framework import STRENGTHS
from ...lib.workbook import Column, Sheet, rules


class QmsWorkbook(models.AbstractModel):
    """The sheets of standards, their requirements, what processes answer them, and mappings between them."""

    _inherit = "qms.workbook"

    @api.model
    def _spec(self):
        return [
            *super()._spec(),
            Sheet(
                "standards",
                (
                    Column("code", "code", required=True, field="code"),
                    Column("name", required=True, translated=True, field="name"),
                    Column("edition", field="edition"),
                    Column("valid_from", "date", field="valid_from"),
                    Column("valid_to", "date", field="valid_to"),
                    Column(
                        "supersedes",
                        "ref",
                        ref="standards",
                        field="supersedes_id",
                        note=self.env._("The edition that this one replaces."),
                    ),
                    Column("source", translated=True, field="source"),
                    Column("licence", translated=True, field="licence"),
                ),
                parent="supersedes",
                model="qms.standard",
            ),
            Sheet(
                "requirements",
                (
                    Column("standard", "ref", ref="standards", required=True, field="standard_id"),
                    Column("clause", "code", required=True, field="clause"),
                    Column("name", required=True, translated=True, field="name"),
                    Column(
                        "paraphrase",
                        translated=True,
                        field="paraphrase",
                        note=self.env._("Own words: the text of a standard belongs to its publisher."),
                    ),
                    Column(
                        "parent",
                        "ref",
                        ref="requirements",
                        by=("standard", "parent"),
                        field="parent_id",
                        note=self.env._("The clause above, of the same standard."),
                    ),
                    Column("applicable", "bool", default=True, field="applicable"),
                    Column("reason", field="reason", note=self.env._("Why a clause is not applied.")),
                    Column(
                        "own_wording",
                        field="own_wording",
                        note=self.env._("The wording of the authority's own copy, for its own use."),
                    ),
                ),
                key=("standard", "clause"),
                parent="parent",
                model="qms.requirement",
            ),
            Sheet(
                "requirement_links",
                (
                    Column("process", "ref", ref="processes", required=True, local=True),
                    Column("standard", "ref", ref="standards", required=True),
                    Column("clause", "ref", ref="requirements", by=("standard", "clause"), required=True),
                ),
                key=("process", "standard", "clause"),
                owned=True,
            ),
            self._mapping_sheet(),
        ]

    @api.model
    def _mapping_sheet(self):
        ends = (("from", "from_id"), ("to", "to_id"))
        columns = [
            column
            for name, field in ends
            for column in (
                Column(f"{name}_standard", "ref", ref="standards", required=True, field=f"{field}.standard_id"),
                Column(
                    f"{name}_clause",
                    "ref",
                    ref="requirements",
                    by=(f"{name}_standard", f"{name}_clause"),
                    required=True,
                    field=field,
                ),
            )
        ]
        return Sheet(
            "requirement_mappings",
            (
                *columns,
                Column("strength", "choice", choices=STRENGTHS, required=True, field="strength"),
                Column("both_ways", "bool", default=False, field="both_ways"),
                Column("note", translated=True, field="note"),
            ),
            key=tuple(column.name for column in columns),
            model="qms.requirement.mapping",
        )

    @api.model
    def _rules(self, book):
        return [*super()._rules(book), *rules.check_exclusions(book)]

    @api.model
    def _settle(self, wanted, snapshot):
        notes = super()._settle(wanted, snapshot)
        keys = {record_id: key for key, record_id in snapshot.ids["requirements"].items()}
        codes = snapshot.codes["processes"]
        links = [
            (codes[process.id], *keys[requirement.id])
            for process in self.env["qms.process"].browse(codes)
            for requirement in process.requirement_ids
            if requirement.id in keys
        ]
        if wanted is not None:
            # A process without rows says nothing about its requirements.
            told = {key[0] for key in wanted["requirement_links"]}
            links = [key for key in links if key[0] in told]
        snapshot.rows["requirement_links"] = {
            key: dict(zip(("process", "standard", "clause"), key, strict=True)) for key in links
        }
        return notes

    @api.model
    def _load_sheet(self, sheet, load):
        super()._load_sheet(sheet, load)
        if sheet.name == "requirement_links":
            self._load_requirement_links(load)

    @api.model
    def _load_requirement_links(self, load):
        commands = defaultdict(list)
        for item in load.differences["requirement_links"]:
            process, *clause = item.key
            requirement_id = load.snapshot.ids["requirements"][tuple(clause)]
            commands[process].append((4 if item.kind == "new" else 3, requirement_id))
        for process, changes in commands.items():
            record = self.env["qms.process"].browse(load.snapshot.ids["processes"][process,])
            record.write({"requirement_ids": changes})
