from datetime import timedelta

from markupsafe import Markup

from odoo import api, models

from .qms_demo_documents_texts import ACTS, CHANGE, DRAFTED, ENTRIES, LAPSED, PROPOSAL, PROPOSED

ORDER = {"act_kind": "order", "act_issuer": "Міський голова", "act_number": "201-р"}


class QmsDemo(models.AbstractModel):
    """The city's register of documents: external acts, documents in force, a version in review, a proposal."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        documents = self._register_documents(self._register_acts())
        self._put_documents_in_force(documents)
        self._end_an_act(documents)
        self._change_a_document(documents)

    @api.model
    def _register_acts(self):
        """Register the external acts; return ``{key: document}``."""
        kind = self.env.ref("qms_core.document_type_external").id
        acts = (
            self._as("coordinator")
            .env["qms.document"]
            .create(
                [
                    {
                        "name": act.name,
                        "type_id": kind,
                        "act_kind": act.kind,
                        "act_issuer": act.issuer,
                        "act_number": act.number,
                        "act_date": act.date,
                        "valid_from": act.date,
                        "department_id": self._city_unit("U-LAW").id,
                        "confidentiality": "public",
                        "lang": "uk_UA",
                    }
                    for act in ACTS
                ]
            )
        )
        return {act.key: record for act, record in zip(ACTS, acts, strict=True)}

    @api.model
    def _register_documents(self, acts):
        """Register the documents with their links; the service centre has a registered copy of each of its own."""
        made = self._as("coordinator").env["qms.document"]
        return made.create(
            [
                {
                    "name": entry.name,
                    "code": entry.code,
                    "type_id": self.env.ref(f"qms_core.document_type_{entry.kind}").id,
                    "department_id": self._city_unit(entry.unit).id,
                    "owner_role_id": self._city_role(entry.owner).id,
                    "process_ids": [(6, 0, self._city_processes(entry.processes).ids)],
                    "legal_basis_ids": [(6, 0, [acts[key].id for key in entry.basis])],
                    "confidentiality": entry.confidentiality,
                    "is_published": entry.confidentiality == "public",
                    "lang": "uk_UA",
                    "distribution_ids": [
                        (0, 0, {"target": "unit", "department_id": self._city_unit(entry.unit).id, "copy_number": 1})
                    ],
                }
                for entry in ENTRIES
            ]
        )

    @api.model
    def _put_documents_in_force(self, documents):
        """The coordinator writes, the lawyer gives his visa, the deputy mayor approves or enters the mayor's order."""
        lawyer, chief = self._city_role("R-LAWYER"), self._city_role("R-CQC")
        versions = (
            self._as("coordinator")
            .env["qms.document.version"]
            .create(
                [
                    {
                        "document_id": document.id,
                        "body": self._paragraphs(entry.text),
                        "reason": "Перша редакція",
                        "approval_ids": [(0, 0, {"role_id": (lawyer if document.type_id.by_act else chief).id})],
                    }
                    for document, entry in zip(documents, ENTRIES, strict=True)
                ]
            )
        )
        versions.action_submit()
        by_act = versions.filtered("by_act")
        by_act.with_user(self._user("lawyer"))._approve()
        (versions - by_act).with_user(self._user("deputy"))._approve()
        day = self.env.company._qms_today() - timedelta(days=40)
        order = {**ORDER, "act_date": day, "date_effective": day}
        by_act.with_user(self._user("deputy"))._approve_by_act(order)

    @api.model
    def _end_an_act(self, documents):
        """The programme that a document rests on lapsed at the end of last month; its owner is told."""
        act = documents.legal_basis_ids.filtered(
            lambda record: record.act_number == next(act.number for act in ACTS if act.key == LAPSED)
        )
        act.valid_to = self.env.company._qms_today() - timedelta(days=20)
        self.env["qms.document"].sudo()._follow_validity(self.env.company)  # sudo: what the cron does

    @api.model
    def _change_a_document(self, documents):
        """A next version waits for its visas; the clerk proposes a change, which his officer takes up."""
        changed = documents.filtered(lambda document: document.name == DRAFTED)
        draft = changed._new_version({"reason": CHANGE})
        draft.body = Markup(str(draft.body).replace("до п’ятнадцяти", "до десяти"))
        draft.action_submit()
        document = documents.filtered(lambda record: record.name == PROPOSED)
        proposals = self._as("clerk").env["qms.document.proposal"]
        proposal = proposals.create({**PROPOSAL, "document_id": document.id})
        proposal.action_propose()
        proposal.with_user(self._user("officer")).action_collect()

    @api.model
    def _paragraphs(self, text):
        """Return lines as headings and paragraphs: a heading ends without a full stop."""
        return Markup().join(
            Markup("<p>%s</p>" if line.endswith((".", ":")) else "<h2>%s</h2>") % line for line in text.splitlines()
        )

    @api.model
    def _of_city(self):
        return [("company_id", "=", self.env.company.id)]

    @api.model
    def _city_unit(self, code):
        return self.env["hr.department"].search([*self._of_city(), ("qms_code", "=", code)])

    @api.model
    def _city_role(self, code):
        return self.env["qms.role"].search([*self._of_city(), ("code", "=", code)])

    @api.model
    def _city_processes(self, codes):
        return self.env["qms.process"].search([*self._of_city(), ("code", "in", codes)])
