import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib import framework


class QmsFrameworkAdd(models.TransientModel):
    """Choose what the authority measures itself by: frameworks that come with the program, or a file of its own."""

    _name = "qms.framework.add"
    _description = "Add a Framework"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    line_ids = fields.One2many(
        "qms.framework.add.line", "wizard_id", "Frameworks", default=lambda self: self._default_lines()
    )
    file = fields.Binary("Own File")
    filename = fields.Char()
    keep_titles = fields.Boolean(
        "Keep Our Own Titles", help="Fill in what is empty; titles and paraphrases that are there stay as they are."
    )

    # === DEFAULTS === #

    @api.model
    def _default_lines(self):
        loader = self.env["qms.framework"]
        loaded = loader._loaded()
        language = (self.env.lang or "en").partition("_")[0]
        return [
            Command.create(
                {
                    "code": item.code,
                    "name": item.title.get(language) or item.title["en"],
                    "source": item.source.get(language) or item.source["en"],
                    "clause_count": len(item.clauses),
                    "revision": item.revision,
                    "standard_id": loaded[item.code].id if item.code in loaded else False,
                }
            )
            for item in loader._shipped()[0].values()
        ]

    # === ACTIONS === #

    @api.model
    def action_open(self):
        """Open the dialog; made here, as a client doesn't send back the lines' readonly fields.

        :return: a window action
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a Framework"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_add(self):
        """Load what is ticked and the file; nothing at all if anything of it is wrong.

        :return: a message with the counts, then the list of standards
        :raises UserError: if nothing is chosen, or naming what is wrong with the file and where
        """
        self.ensure_one()
        loader = self.env["qms.framework"].with_company(self.company_id)
        shipped, mappings = loader._shipped(), []
        frameworks = [shipped[0][line.code] for line in self.line_ids.filtered("is_selected")]
        if self.file:
            own = loader._read(base64.b64decode(self.file))
            (mappings if isinstance(own, framework.Mapping) else frameworks).append(own)
        if not frameworks and not mappings:
            raise UserError(self.env._("Tick at least one framework, or choose a file of your own."))
        _standards, counts = loader._load(frameworks, mappings, self.keep_titles)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "New clauses: %(new)s, renewed: %(renewed)s, archived: %(archived)s.",
                    new=counts["new"],
                    renewed=counts["renewed"],
                    archived=counts["archived"],
                ),
                "next": {
                    **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_standard_action"),
                    "target": "main",
                },
            },
        }
