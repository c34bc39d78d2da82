import base64
from datetime import timedelta

from odoo import api, models

from .qms_demo_record_texts import ENTRIES, FILES, INSPECTION, INSPECTION_REVIEW, PRESCRIPTION, RECORDS, TYPES

# Who makes the nomenclature of a unit, and who approves it after the archive.
MAKERS = {"U-CNAP": ("officer", "deputy"), "U-ARCH": ("coordinator", "mayor")}
PRESCRIPTION_DAYS = 20


class QmsDemo(models.AbstractModel):
    """The city's files of two units, its quality records, and the registers that it has filled."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_nomenclature()
        self._play_records()
        self._play_registers()
        self._play_inspection()

    @api.model
    def _demo_unit(self, code):
        return self.env["hr.department"].search([("qms_code", "=", code), ("company_id", "=", self.env.company.id)])

    @api.model
    def _demo_person(self, code):
        return self.env["hr.employee"].search([("qms_code", "=", code), ("company_id", "=", self.env.company.id)])

    @api.model
    def _play_nomenclature(self):
        """Each unit lists its files, the archivist endorses the list, a third person approves it."""
        for code, (maker, approver) in MAKERS.items():
            nomenclature = (
                self._as(maker)
                .env["qms.nomenclature"]
                .create(
                    {
                        "department_id": self._demo_unit(code).id,
                        "lang": "uk_UA",
                        "line_ids": [(0, 0, self._file_vals(file)) for file in FILES[code]],
                    }
                )
            )
            nomenclature.action_submit()
            nomenclature.with_user(self._user("archivist")).action_visa()
            nomenclature.with_user(self._user(approver)).action_approve()

    @api.model
    def _file_vals(self, file):
        return {
            "index": file.index,
            "name": file.name,
            "volumes": file.volumes,
            "retention_article": file.article,
            **self._kept(file.years),
        }

    @api.model
    def _kept(self, years):
        return {"retention_kind": "years" if years else "permanent", "retention_years": years}

    @api.model
    def _play_records(self):
        """The coordinator enters the record types; the clerk files records; the archivist prepares an act."""
        process = self.env["qms.process"]
        own = [("company_id", "=", self.env.company.id)]
        types = self._as("coordinator").env["qms.record.type"]
        for code, name, process_code, years, article in TYPES:
            done_by = process.search([("code", "=", process_code), *own])
            types |= types.create(
                {
                    "code": code,
                    "name": name,
                    "process_id": done_by.id,
                    "responsible_role_id": done_by.owner_role_id.id,
                    "retention_article": article,
                    **self._kept(years),
                }
            )
        by_code = {row.code: row for row in types}
        for code, name, index, days, filed in RECORDS:
            record = self._record(by_code[code], name, index, days)
            if filed:
                record.action_file()
        act = self._as("archivist").env["qms.disposal"].create({"kind": "archive", "lang": "uk_UA"})
        act.action_gather()

    @api.model
    def _record(self, record_type, name, index, days):
        lines = self._as("clerk").env["qms.nomenclature.line"]
        return (
            self._as("clerk")
            .env["qms.record"]
            .create(
                {
                    "type_id": record_type.id,
                    "name": name,
                    "date": self.env.company._qms_today() - timedelta(days=days),
                    "process_id": record_type.process_id.id,
                    "department_id": self._demo_unit("U-CNAP").id,
                    "nomenclature_line_id": lines.search([("index", "=", index)]).id,
                    "attachment_ids": [
                        (0, 0, {"name": f"{index}.txt", "datas": base64.b64encode(f"{name}\n".encode())})
                    ],
                }
            )
        )

    @api.model
    def _play_registers(self):
        """The coordinator takes over the shipped registers; people fill three of them and review their entries."""
        registers = self._as("coordinator").env["qms.register"]
        registers.action_add_shipped()
        for kind, entries in ENTRIES.items():
            register = registers.search([("kind", "=", kind), ("company_id", "=", self.env.company.id)])
            for entry in entries:
                self._enter(register, entry)

    @api.model
    def _enter(self, register, entry):
        row = register.env["qms.register.entry"].create(
            {
                "register_id": register.id,
                "name": entry.name,
                "department_id": self._demo_unit(entry.unit).id,
                "responsible_id": self._demo_person(entry.person).id,
                "evidence": entry.evidence,
                "properties": entry.properties,
            }
        )
        row.action_use()
        if entry.review:
            row._review(*entry.review)

    @api.model
    def _play_inspection(self):
        """An outside body has prescribed something: a duty with a deadline, and a nonconformity."""
        registers = self._as("coordinator").env["qms.register"]
        register = registers.search([("kind", "=", "inspection"), ("company_id", "=", self.env.company.id)])
        unit, person = self._demo_unit("U-CNAP"), self._demo_person("E-026")
        inspection = register.env["qms.register.entry"].create(
            {**INSPECTION, "register_id": register.id, "department_id": unit.id, "responsible_id": person.id}
        )
        inspection.action_use()
        inspection._review(*INSPECTION_REVIEW)
        part = register.env["qms.register.part"].create(
            {
                **PRESCRIPTION,
                "entry_id": inspection.id,
                "responsible_id": person.id,
                "date_deadline": self.env.company._qms_today() + timedelta(days=PRESCRIPTION_DAYS),
            }
        )
        part.action_raise_nonconformity()
