from odoo import api, fields, models

from ...lib import docgen

CONTENT = ("key", "sequence", "title", "level", "number", "text", "condition", "block")


class QmsDocumentTemplateSection(models.Model):
    """A section of a template: heading, text with placeholders, when it stands there, and what is computed."""

    _name = "qms.document.template.section"
    _description = "Section of a Document Template"
    _order = "template_id, sequence, id"
    _rec_name = "title"

    template_id = fields.Many2one("qms.document.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    key = fields.Char(help="Identity of a shipped section, kept when it is moved or reworded.")
    sequence = fields.Integer(default=1000)
    title = fields.Char("Heading", help="Placeholders are possible. Left empty, the text follows without a heading.")
    level = fields.Selection(
        [("1", "1"), ("2", "2"), ("3", "3")], required=True, default="1", help="1 is a chapter, 2 and 3 its parts."
    )
    number = fields.Char("Own Number", help="Instead of the computed one, for example “Annex 1”.")
    # As clean as a document's body has to be: what is made of it is not cleaned again.
    text = fields.Html(
        sanitize_style=True, sanitize_overridable=False, help="Placeholders in braces: {{process.name}}."
    )
    condition = fields.Selection(
        selection=lambda self: self._choices("_conditions"), help="The section stands there only if this holds."
    )
    block = fields.Selection(
        selection=lambda self: self._choices("_blocks"), string="Computed Table", help="Shown below the text."
    )

    # === CONSTRAINTS === #

    @api.constrains("title", "text", "condition", "block", "level", "template_id")
    def _check_texts(self):
        self.template_id._check_texts()

    # === COMPUTES === #

    @api.model
    def _choices(self, what):
        """Return all conditions or blocks there are; which of them fit the template is checked when it is saved."""
        provider, choices = self.env["qms.document.provider"], {}
        for name in provider._providers():
            for key, label in getattr(provider, what)(name).items():
                choices.setdefault(key, label[0] if isinstance(label, tuple) else label)
        return sorted(choices.items(), key=lambda pair: pair[1])

    # === BUSINESS METHODS === #

    def _content(self):
        """Return the values of the section as plain data."""
        self.ensure_one()
        return {name: str(self[name]) if self[name] else self[name] for name in CONTENT if name != "sequence"} | {
            "sequence": self.sequence
        }

    def _engine_section(self):
        self.ensure_one()
        return docgen.Section(
            title=self.title or "",
            text=str(self.text or ""),
            level=int(self.level),
            condition=self.condition or "",
            number=self.number or "",
            block=self.block or "",
        )
