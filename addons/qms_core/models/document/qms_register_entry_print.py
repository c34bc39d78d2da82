from odoo import models


class QmsRegisterEntry(models.Model):
    """What stands in the fields that an authority has defined itself, as people read it."""

    _inherit = "qms.register.entry"

    def _property_texts(self, definition):
        """Return what stands in the fields that a register defines, as people read it.

        :param list definition: the fields that are shown
        :return: ``{id of the entry: [text, number or None]}`` in the order of the definition
        :rtype: dict
        """
        texts = {}
        for row in self.read(["properties"]):
            values = {prop["name"]: self._property_text(prop) for prop in row["properties"]}
            texts[row["id"]] = [values.get(prop["name"]) for prop in definition]
        return texts

    def _property_text(self, prop):
        value, kind = prop.get("value"), prop["type"]
        if kind == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if kind in ("integer", "float"):
            return value
        if not value:
            return None
        if kind == "selection":
            return dict(prop.get("selection") or ()).get(value)
        if kind == "tags":
            return ", ".join(tag[1] for tag in prop.get("tags") or () if tag[0] in value)
        if kind == "many2one":
            return value[1]
        if kind == "many2many":
            return ", ".join(name for _id, name in value if name)
        return str(value)
