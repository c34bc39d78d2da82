from typing import NamedTuple

from odoo import api, models

from ...lib import docgen

# Raised when shipped blocks print the same data otherwise, so that documents made before are compared anew.
BLOCKS_REVISION = 2


class Material(NamedTuple):
    """What a document is made of: plain data, which conditions hold, and the records that the data came from."""

    data: dict
    conditions: dict
    sources: list


class QmsDocumentProvider(models.AbstractModel):
    """Collects what generated documents say, as plain data: dictionaries, lists, texts and numbers.

    Templates see nothing else, so no text of a template can reach a record. A provider is a word: its methods are
    ``_names_<word>``, ``_conditions_<word>``, ``_blocks_<word>``, ``_subjects_<word>`` and ``_collect_<word>``.
    Addons bring their own by extending ``_providers`` and defining those methods.
    """

    _name = "qms.document.provider"
    _description = "What Documents Are Computed from"

    # === HOOKS === #

    @api.model
    def _providers(self):
        """Hook: return ``{provider: (label, model of the subjects)}``."""
        return {}

    # === BUSINESS METHODS === #

    @api.model
    def _names(self, provider):
        """Return which names placeholders may use: the shape of the data with a label for each value.

        :rtype: dict
        """
        return {"authority": self._names_of_authority(), **getattr(self, f"_names_{provider}")()}

    @api.model
    def _conditions(self, provider):
        """Return ``{name: label}`` of the conditions that a section may be subject to."""
        return getattr(self, f"_conditions_{provider}")()

    @api.model
    def _blocks(self, provider):
        """Return ``{name: (label, XML id of the QWeb template)}`` of what a section may show below its text."""
        return {
            name: (label, f"qms_core.document_block_{name}")
            for name, label in getattr(self, f"_blocks_{provider}")().items()
        }

    @api.model
    def _subjects(self, provider, company):
        """Return all records of an authority that a document of this provider can be about."""
        # sudo: what there is in the model must not depend on who asks.
        return getattr(self.sudo(), f"_subjects_{provider}")(company).with_env(self.env)

    @api.model
    def _collect(self, provider, subjects, lang):
        """Return the material of documents about some subjects; the queries don't depend on how many they are.

        :param str provider: one of ``_providers``
        :param subjects: records of the provider's model, of one authority
        :param str lang: the language of the documents
        :rtype: dict[int, Material]
        """
        if not subjects:
            return {}
        company = subjects if subjects._name == "res.company" else subjects.company_id
        company.ensure_one()
        # sudo: a document says the same whoever has it made; who may, is checked where documents are made.
        collector = self.sudo().with_company(company).with_context(lang=lang, active_test=True)
        found = getattr(collector, f"_collect_{provider}")(subjects.sudo().with_env(collector.env))
        authority = collector._authority_data(company.with_env(collector.env))
        return {
            key: Material({"authority": authority, **data}, conditions, sources)
            for key, (data, conditions, sources) in found.items()
        }

    # === HELPERS === #

    @api.model
    def _names_of_authority(self):
        return {
            "name": self.env._("Name of the authority"),
            "address": self.env._("Address of the authority"),
            "phone": self.env._("Phone of the authority"),
            "email": self.env._("E-mail of the authority"),
        }

    @api.model
    def _authority_data(self, company):
        partner = company.partner_id
        return {
            "name": company.name,
            "address": ", ".join(filter(None, (partner.zip, partner.city, partner.street))),
            "phone": company.phone or "",
            "email": company.email or "",
        }

    @api.model
    def _source(self, record, fragment):
        """Return the row that remembers a record and what a document took from it."""
        return [record._name, record.id, record.display_name, docgen.digest(fragment)]

    @api.model
    def _label(self, record, name):
        """Return the label of a selection field, in the language of the document."""
        value = record[name]
        return self._labels(record._name, name).get(value, "") if value else ""

    @api.model
    def _labels(self, model, name):
        return dict(self.env[model]._fields[name]._description_selection(self.env))

    @api.model
    def _lines(self, text):
        """Return the lines of a text that has one item a line, or items parted by semicolons."""
        return [line.strip() for part in (text or "").splitlines() for line in part.split(";") if line.strip()]

    @api.model
    def _number(self, value):
        """Return a number as people write it: no needless zeros."""
        return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
