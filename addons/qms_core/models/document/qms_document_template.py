from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import docgen
from .qms_document_provider import BLOCKS_REVISION

STYLES = [("decimal", "1., 1.1., 1.1.1."), ("roman", "I., I.1."), ("none", "No numbers")]


class QmsDocumentTemplate(models.Model):
    """How documents of a kind are put together in one language: sections with texts, conditions and computed tables.

    Shipped templates come with the addon and belong to nobody; an authority changes a copy of its own, and may go
    back to what is shipped. No template holds code: texts name values of plain data, see ``lib.docgen``.
    """

    _name = "qms.document.template"
    _description = "Document Template"
    _inherit = ["mail.thread"]
    _order = "code, lang, company_id desc, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(required=True, readonly=True, help="The kind of document, the same in all languages.")
    lang = fields.Selection(selection=lambda self: self._languages(), string="Language", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, help="Empty: the template is shipped and common to all authorities."
    )
    provider = fields.Selection(
        selection=lambda self: self._provider_labels(), string="About", required=True, readonly=True
    )
    type_id = fields.Many2one("qms.document.type", required=True, ondelete="restrict", tracking=True)
    title = fields.Char(
        "Title of the Documents", required=True, tracking=True, help="Placeholders are possible: {{process.name}}."
    )
    # As clean as a document's body has to be: what is made of it is not cleaned again.
    header = fields.Html("Text before the Sections", sanitize_style=True, sanitize_overridable=False, tracking=True)
    numbering = fields.Selection(STYLES, required=True, default="decimal", tracking=True)
    contents = fields.Boolean("Table of Contents", tracking=True, help="Printed before the first section.")
    section_ids = fields.One2many("qms.document.template.section", "template_id", "Sections")
    names_html = fields.Html("Placeholders", compute="_compute_names_html", sanitize=False)
    is_shipped = fields.Boolean(compute="_compute_is_shipped")
    document_count = fields.Integer("Documents", compute="_compute_document_count")
    active = fields.Boolean(default=True)

    _code_lang = models.UniqueIndex(
        "(code, lang, COALESCE(company_id, 0))", "Your authority has its own template of this kind already."
    )

    # === CONSTRAINTS === #

    @api.constrains("title", "header", "provider")
    def _check_texts(self):
        for template in self:
            try:
                template._engine_sections()
            except docgen.TemplateProblem as problem:
                raise template._problem_error(problem) from None

    # === COMPUTES === #

    @api.model
    def _languages(self):
        # Shipped texts of languages that are not active here wait for them.
        languages = self.env["res.lang"].with_context(active_test=False).search([])
        return [(language.code, language.name) for language in languages]

    @api.model
    def _provider_labels(self):
        providers = self.env["qms.document.provider"]._providers()
        return [(name, label) for name, (label, _model) in providers.items()]

    @api.depends("company_id")
    def _compute_is_shipped(self):
        for template in self:
            template.is_shipped = not template.company_id

    @api.depends_context("allowed_company_ids")
    def _compute_document_count(self):
        rows = self.env["qms.document"]._read_group([("template_id", "in", self.ids)], ["template_id"], ["__count"])
        counts = dict(rows)
        for template in self:
            template.document_count = counts.get(template, 0)

    @api.depends("provider")
    @api.depends_context("lang")
    def _compute_names_html(self):
        for template in self:
            names = self.env["qms.document.provider"]._names(template.provider) if template.provider else {}
            template.names_html = self.env["ir.qweb"]._render(
                "qms_core.document_placeholders", {"paths": docgen.paths(names)}
            )

    # === CRUD === #

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        # sudo: documents that the user may not see count as well
        if self.env["qms.document"].sudo().search_count([("template_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("Documents are made by this template. Archive it: then they keep it."))

    # === ACTIONS === #

    def action_adapt(self):
        """Open the authority's own copy of a shipped template, and make it if there is none yet.

        :return: a window action
        """
        self.ensure_one()
        own = self._own(self.env.company) or self._copy_for(self.env.company)
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": own.id, "views": [(False, "form")]}

    def action_reset(self):
        """Go back to the shipped texts; the authority's own changes are given up.

        :raises UserError: for a template that is shipped, or of which nothing is shipped
        """
        for template in self:
            template.check_access("write")
            shipped = template._shipped()
            if not template.company_id or not shipped:
                raise UserError(
                    self.env._("There is nothing to go back to: %s is no copy of a shipped template.", template.name)
                )
            template.section_ids.unlink()
            template.write({name: shipped[name] for name in ("name", "title", "header", "numbering", "contents")})
            shipped._copy_sections_to(template)
            template.message_post(body=self.env._("The shipped texts were restored."))

    def action_view_documents(self):
        """Open the documents that are made by these templates."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_document_action"),
            "domain": [("template_id", "in", self.ids)],
            "context": {},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _for(self, code, lang, company):
        """Return the template by which an authority makes documents of a kind in a language; its own goes first.

        :raises UserError: if there is none
        """
        found = self.search(
            [("code", "=", code), ("lang", "=", lang), ("company_id", "in", [company.id, False])],
            order="company_id",
            limit=1,
        )
        if not found:
            raise UserError(
                self.env._(
                    "There is no template “%(code)s” in the language %(lang)s. Choose another language.",
                    code=code,
                    lang=lang,
                )
            )
        return found

    def _in_use(self, company):
        """Return the template that counts for an authority now: its own copy, where it has made one since."""
        self.ensure_one()
        return self if self.company_id else self._own(company) or self

    def _own(self, company):
        twin = [("code", "=", self.code), ("lang", "=", self.lang), ("company_id", "=", company.id)]
        return self.search(twin, limit=1)

    def _shipped(self):
        return self.search([("code", "=", self.code), ("lang", "=", self.lang), ("company_id", "=", False)], limit=1)

    def _fitting(self, subjects):
        """Return those subjects that a document of this kind can be about."""
        self.ensure_one()
        if self.code == "function_regulation":
            return subjects.filtered(lambda process: process.nature == "function")
        return subjects

    def _copy_for(self, company):
        self.check_access("read")
        names = ("name", "code", "lang", "provider", "title", "header", "numbering", "contents")
        own = self.create(
            {**{name: self[name] for name in names}, "type_id": self.type_id.id, "company_id": company.id}
        )
        self._copy_sections_to(own)
        return own

    def _copy_sections_to(self, other):
        self.env["qms.document.template.section"].create(
            [{**section._content(), "template_id": other.id} for section in self.section_ids]
        )

    def _engine_sections(self):
        """Return the sections as the engine takes them, each checked against what the data has.

        :raises TemplateProblem: naming section and placeholder
        """
        self.ensure_one()
        provider = self.env["qms.document.provider"]
        known = provider._names(self.provider)
        conditions, blocks = provider._conditions(self.provider), provider._blocks(self.provider)
        head = docgen.Section(self.title or "", self.header or "")
        sections = [section._engine_section() for section in self.section_ids]
        for section in (head, *sections):
            section.check(known, conditions, blocks)
        return head, sections

    def _digest(self):
        """Return the checksum of everything that a template puts into a text."""
        self.ensure_one()
        own = [self.title, str(self.header or ""), self.numbering, BLOCKS_REVISION]
        return docgen.digest([own, [section._content() for section in self.section_ids]])

    def _render(self, materials):
        """Return the title and the body of documents made of some materials.

        :param dict materials: ``{id of the subject: Material}``
        :return: ``{id of the subject: (title, body)}``
        :rtype: dict[int, tuple[str, markupsafe.Markup]]
        """
        self.ensure_one()
        try:
            head, sections = self._engine_sections()
            return {key: self._render_one(head, sections, material) for key, material in materials.items()}
        except docgen.TemplateProblem as problem:
            raise self._problem_error(problem) from None

    def _render_one(self, head, sections, material):
        provider = self.env["qms.document.provider"].with_context(lang=self.lang)
        blocks = provider._blocks(self.provider)
        # The document's language, plain data and what draws it: blocks are files of addons.
        qweb = self.env["ir.qweb"].with_context(lang=self.lang)

        def render_block(name):
            values = {"data": material.data, "draw_map": provider._map_pictures}
            return qweb._render(blocks[name][1], values, minimal_qcontext=True, lang=self.lang)

        title = Markup(docgen.fill(head.title_pieces, material.data, head.title)).unescape()
        above = docgen.fill(head.pieces, material.data, head.title)
        body = docgen.compose(sections, material.data, material.conditions, render_block, self.numbering)
        return title, Markup("\n".join(filter(None, (above, body))))
