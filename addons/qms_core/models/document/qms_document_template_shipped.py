from pathlib import Path

from odoo import api, models
from odoo.tools import file_path

from ...lib import docgen

FOLDER = "qms_core/data/documents"


class QmsDocumentTemplate(models.Model):
    """Templates out of the files that come with the addon: one file for each kind and language."""

    _inherit = "qms.document.template"

    @api.model
    def _load_shipped(self, folder=FOLDER):
        """Bring the shipped templates to what the files say; copies that authorities have made stay.

        Called by the data files at each update. Addons call it with a folder of their own.

        :param str folder: path of an addon; inside it a folder for each language
        """
        present = {(template.code, template.lang): template for template in self._all_shipped()}
        for path in sorted(Path(file_path(folder)).glob("*/*.xml")):
            shipped = docgen.read_file(path.read_bytes())
            code, lang = path.stem, path.parent.name
            values = {**self._shipped_vals(shipped), "code": code, "lang": lang, "company_id": False}
            template = present.get((code, lang))
            if template:
                template.section_ids.unlink()
                template.write(values)
            else:
                template = self.create(values)
            self.env["qms.document.template.section"].create(
                [
                    {"template_id": template.id, **self._shipped_section_vals(key, section, 10 * number)}
                    for number, (key, section) in enumerate(shipped.sections, start=1)
                ]
            )

    @api.model
    def _all_shipped(self):
        return self.with_context(active_test=False).search([("company_id", "=", False)])

    @api.model
    def _shipped_vals(self, shipped):
        types = self.env["qms.document.type"].with_context(active_test=False)
        return {
            "name": shipped.name,
            "title": shipped.title,
            "provider": shipped.provider,
            "type_id": types.search([("code", "=", shipped.type_code), ("company_id", "=", False)], limit=1).id,
            "numbering": shipped.style,
            "contents": shipped.contents,
            "header": shipped.header,
        }

    @api.model
    def _shipped_section_vals(self, key, section, sequence):
        return {
            "key": key,
            "sequence": sequence,
            "title": section.title,
            "level": str(section.level),
            "number": section.number or False,
            "text": section.text,
            "condition": section.condition or False,
            "block": section.block or False,
        }
