from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import docgen
from .made_html import MadeHtml
from .qms_document import _BY_METHOD
from .qms_document_source_mixin import ANY_MADE

MAKERS = ("qms_core.group_quality_officer", "qms_core.group_coordinator", "qms_core.group_commissioner")
# So many new texts are kept in memory before they are written.
DRAFTED_AT_ONCE = 500
# What a document says that everybody may read.
PUBLIC_KINDS = ("service_card", "service_standard", "policy")


class Made(NamedTuple):
    """What a document would say now: its title, its text, and what they were computed from."""

    title: str
    body: Markup
    units: list
    source: list
    source_digest: str
    body_digest: str

    def change(self, former):
        """Return what differs from the text of a version, as HTML; empty without one."""
        if not former or not former.body:
            return False
        # Our own tags only: the engine escapes every text.
        return Markup(docgen.difference_of_units(docgen.units(str(former.body)), self.units))

    def vals(self, former):
        """Return the values of a version that says this and follows another one."""
        return {
            "body": MadeHtml(self.body),
            "source": self.source,
            "source_digest": self.source_digest,
            "body_digest": self.body_digest,
            "change_html": self.change(former),
        }


class QmsDocument(models.Model):
    """Documents that are made from the model: one for each subject, template and language."""

    _inherit = "qms.document"

    template_id = fields.Many2one(
        "qms.document.template",
        "Made by Template",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The text is computed from the model by this template; the next version is drafted from it.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_by_method") is not _BY_METHOD:
            vals_list = [{**vals, **dict.fromkeys(self._generated_fields(), False)} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        named = self._generated_fields() & set(vals)
        if named and self.env.context.get("qms_by_method") is not _BY_METHOD:
            names = ", ".join(self._fields[name]._description_string(self.env) for name in sorted(named))
            raise UserError(self.env._("%s: this is filled in when documents are made from the model.", names))
        return super().write(vals)

    @api.model
    def _generated_fields(self):
        """Hook: return the fields that only the making of documents fills in."""
        return {"template_id"}

    # === ACCESS === #

    @api.model
    def _check_may_make(self):
        """Raise an AccessError unless the user may have documents made from the model."""
        if not (self.env.su or any(self.env.user.has_group(group) for group in MAKERS)):
            raise AccessError(
                self.env._(
                    "Documents are made from the model by quality officers, the coordinator and the commissioner. "
                    "Ask one of them."
                )
            )

    # === ACTIONS === #

    def action_draft_next(self):
        """Draft the next versions of these documents, or without any of all that are out of date.

        :return: a window action that shows the drafts, or a message that there was nothing to do
        """
        self._check_may_make()
        documents = self or self.search([("is_outdated", "=", True), ("company_id", "in", self.env.companies.ids)])
        drafts = documents._generate()
        if not drafts:
            return self._say_nothing_to_do()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_document_version_action"),
            "domain": [("id", "in", drafts.ids)],
            "context": {},
        }

    @api.model
    def _say_nothing_to_do(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "There is nothing to draft: the texts say what the model says, or a version is in review or was "
                    "edited by hand."
                ),
            },
        }

    # === BUSINESS METHODS === #

    @api.model
    def _make(self, template, subjects):
        """Make the documents of some subjects with their first drafts; subjects that have theirs are left alone.

        :param template: ``qms.document.template``; the authority's own copy goes first
        :param subjects: records of the model that the template's provider is about, of one authority
        :return: the new documents (``qms.document``)
        """
        self._check_may_make()
        if not subjects:
            return self.browse()
        subjects.check_access("read")
        company = subjects if subjects._name == "res.company" else subjects.company_id
        template = template._in_use(company)
        missing = subjects.browse(set(subjects.ids) - self._present(template, subjects))
        texts = self._texts(template, missing, company)
        documents = self.with_context(qms_by_method=_BY_METHOD).create(
            [self._made_vals(template, subject, texts[subject.id], company) for subject in missing]
        )
        documents = documents.with_env(self.env)
        self._draft({document: texts[document.subject_id] for document in documents}, {})
        self.env.cr.precommit.data.pop(ANY_MADE, None)
        return documents

    @api.model
    def _present(self, template, subjects):
        """Return the ids of the subjects that have a document of this kind and language."""
        # sudo: a document that the user may not see is there all the same
        documents = self.sudo().search_fetch(
            [
                ("subject_model", "=", subjects._name),
                ("subject_id", "in", subjects.ids),
                ("template_id.code", "=", template.code),
                ("lang", "=", template.lang),
                ("state", "!=", "withdrawn"),
            ],
            ["subject_id"],
        )
        return set(documents.mapped("subject_id"))

    @api.model
    def _made_vals(self, template, subject, text, company):
        return {
            "name": text.title,
            "type_id": template.type_id.id,
            "template_id": template.id,
            "company_id": company.id,
            "lang": template.lang,
            "subject_model": subject._name,
            "subject_id": subject.id,
            "subject_label": subject.display_name,
            "confidentiality": "public" if self._is_for_all(template) else "internal",
            **self._subject_vals(template, subject.sudo()),  # sudo: as the text itself, it doesn't depend on who asks
        }

    @api.model
    def _is_for_all(self, template):
        """Tell whether what a template says may be read by everybody: not if it names documents that are internal."""
        lists = self.env["qms.document.provider"]._prints(template, "documents", "coverage")
        return template.type_id.kind in PUBLIC_KINDS and not lists

    @api.model
    def _subject_vals(self, template, subject):
        """Hook: return what a document takes over from its subject: unit, owner, links."""
        if subject._name == "qms.process":
            return {
                "department_id": subject.department_id.id,
                "owner_role_id": subject.owner_role_id.id,
                "process_ids": [(6, 0, subject.ids)],
                "requirement_ids": [(6, 0, subject.requirement_ids.ids)],
            }
        if subject._name == "qms.service":
            return {
                "department_id": subject.department_id.id,
                "owner_role_id": subject.responsible_role_id.id,
                "service_ids": [(6, 0, subject.ids)],
                "process_ids": [(6, 0, subject.process_id.ids)],
            }
        if subject._name == "hr.department":
            return {"department_id": subject.id}
        if subject._name == "qms.role":
            return {"department_id": subject.department_id.id}
        if subject._name == "res.company":
            # What concerns the whole authority is kept by who leads it.
            units = subject.env["hr.department"]
            return {
                "department_id": units.search([("company_id", "=", subject.id), ("parent_id", "=", False)], limit=1).id
            }
        return {}

    def _generate(self):
        """Draft the next versions of these documents from the model as it is now; unchanged ones are left alone.

        An open draft that was made from the model takes the new text; one that somebody edited, and a version in
        review, stay as they are. What is withdrawn, or about something that is gone, gets no next version.

        :return: the drafts, new and renewed (``qms.document.version``)
        """
        self._check_may_make()
        drafts = self.env["qms.document.version"]
        latest, shared, texts = self._latest_versions(), {}, {}
        for group in filter(None, (group._with_subject() for group in self._by_template())):
            texts |= group._changed_texts(latest, shared)
            if len(texts) >= DRAFTED_AT_ONCE:
                drafts |= self._draft(texts, latest)
                texts = {}
        return drafts | self._draft(texts, latest)

    def _by_template(self):
        """Yield those of these documents that are made from the model, by template, subject model and authority.

        What is withdrawn is history: the model says nothing to it any more.
        """
        made = self.filtered(
            lambda document: document.template_id and document.subject_id and document.state != "withdrawn"
        )
        yield from made.grouped(
            lambda document: (document.template_id, document.subject_model, document.company_id)
        ).values()

    def _latest_versions(self):
        """Return ``{document: its newest version that was not withdrawn}``."""
        # sudo: versions count that the user may not see yet
        versions = (
            self.env["qms.document.version"]
            .sudo()
            .search_fetch(
                [("document_id", "in", self.ids), ("state", "!=", "withdrawn")],
                ["document_id", "number", "state", "source_digest", "body_digest"],
                order="document_id, number",
            )
        )
        return {version.document_id.with_env(self.env): version.with_env(self.env) for version in versions}

    def _changed_texts(self, compared, shared=None):
        """Return ``{document: Made}`` of those documents whose text is not that of the version it is compared with.

        Only what the changed data touches is rendered. All documents are of one template and authority, and have
        their subjects.

        :param dict compared: ``{document: version}``
        :param dict shared: as in ``_texts``
        """
        first = self[:1]  # of a recordset's single record, what is read is read for all templates of the batch
        template = first.template_id._in_use(first.company_id)
        subjects = self.env[first.subject_model].browse(self.mapped("subject_id"))
        known = {document.subject_id: compared.get(document) for document in self}
        texts = self._texts(template, subjects, first.company_id, known, shared)
        return {
            document: texts[document.subject_id]
            for document in self
            if document.subject_id in texts
            and texts[document.subject_id].body_digest != (compared.get(document) and compared[document].body_digest)
        }

    def _subjects(self):
        """Return the records that these documents are about, those that still are; empty without their addon."""
        [model] = set(self.mapped("subject_model"))
        if model not in self.env:
            return self.browse()
        return self.env[model].browse(self.mapped("subject_id")).exists()

    def _with_subject(self):
        """Return those of these documents, all of one authority, whose subject is there, in use and still its own."""
        subjects = self._subjects().sudo()  # sudo: whether a subject is there must not depend on who asks
        if "active" in subjects._fields:
            subjects = subjects.filtered("active")
        if subjects._name != "res.company":
            subjects = subjects.filtered(lambda subject: subject.company_id == self.company_id)
        present = set(subjects.ids)
        return self.filtered(lambda document: document.subject_id in present)

    @api.model
    def _texts(self, template, subjects, company, known=None, shared=None):
        """Return what documents about some subjects say now.

        :param dict known: ``{id of the subject: version}``; what comes of the same data is not rendered again
        :param dict shared: where several templates are used one after the other, with nothing changed in between:
            what was collected for one of them serves the others
        :return: ``{id of the subject: Made}``
        """
        materials = self._materials(template, subjects, company, {} if shared is None else shared)
        rules = template._digest()
        digests = {
            key: docgen.digest([rules, material.data, material.conditions]) for key, material in materials.items()
        }
        stale = {
            key: material
            for key, material in materials.items()
            if not (known and known.get(key)) or known[key].sudo().source_digest != digests[key]  # sudo: a digest only
        }
        own = ["qms.document.template", template.id, template.name, rules]
        made = {}
        for key, (title, body) in template._render(stale).items():
            units = docgen.units(body)
            made[key] = Made(title, body, units, [own, *materials[key].sources], digests[key], docgen.digest(units))
        return made

    @api.model
    def _materials(self, template, subjects, company, shared):
        """Return ``{id of the subject: Material}``; what was not collected yet is added to ``shared``."""
        collected = shared.setdefault((template.provider, template.lang, company), {})
        missing = subjects.filtered(lambda subject: subject.id not in collected)
        collected |= self.env["qms.document.provider"]._collect(template.provider, missing, template.lang)
        return {subject.id: collected[subject.id] for subject in subjects}

    @api.model
    def _draft(self, texts, latest):
        """Make drafts of some texts.

        :param dict texts: ``{document: Made}``
        :param dict latest: ``{document: newest version}``; who has none gets the first
        :return: the drafts (``qms.document.version``)
        """
        # sudo: a draft of somebody else, whom the user may not read, is not made a second time
        open_ones = {
            document: version for document, version in latest.items() if version.sudo().state in ("draft", "review")
        }
        renewed = {
            version: texts[document]
            for document, version in open_ones.items()
            if document in texts and version._is_as_made()
        }
        for version, text in renewed.items():
            version._take_text(text)
        wanted = {document: text for document, text in texts.items() if document not in open_ones}
        created = self.env["qms.document.version"]._create_made(
            [
                {
                    "document_id": document.id,
                    "lang": document.lang,
                    "reason": self._reason_of(latest.get(document), text),
                    # sudo: as in _latest_versions
                    **text.vals(latest[document].sudo() if document in latest else None),
                }
                for document, text in wanted.items()
            ]
        )
        drafts = created.concat(created, *renewed)
        for document in drafts.document_id:
            if document.name != texts[document].title:
                document._write_by_method({"name": texts[document].title})
        return drafts

    @api.model
    def _reason_of(self, former, text):
        """Return why there is a next version: the records of the model that changed."""
        if not former:
            return self.env._("First version, made from the model.")
        changes = docgen.changed(former.sudo().source, text.source)  # sudo: labels of what the text itself says
        labels = list(dict.fromkeys(changes["changed"] + changes["added"] + changes["removed"]))
        return self.env._("The model changed: %s.", "; ".join(labels)) if labels else self.env._("The model changed.")
