import logging

from markupsafe import Markup

from odoo import api, fields, models

from .qms_document_source_mixin import ANY_MADE, TOUCHED

_logger = logging.getLogger(__name__)

BATCH = 200
# Where the nightly comparison was stopped because its time was over: the id of the last document it has seen.
STOPPED_AT = "qms_core.document_outdated_stopped_at"


class QmsDocument(models.Model):
    """Documents that no longer say what the model says."""

    _inherit = "qms.document"

    is_outdated = fields.Boolean(
        "Out of Date", readonly=True, copy=False, index="btree_not_null", help="The model says something else by now."
    )
    outdated_difference = fields.Html(
        "What the Model Says Now",
        readonly=True,
        copy=False,
        sanitize=False,  # our own tags around escaped texts
    )
    outdated_since = fields.Date("Out of Date since", readonly=True, copy=False)

    @api.model
    def _generated_fields(self):
        return super()._generated_fields() | {"is_outdated", "outdated_difference", "outdated_since"}

    # === BUSINESS METHODS === #

    def _check_outdated(self):
        """Note for each of these documents whether it still says what the model says, and what differs.

        What counts is the version in force; before there is one, the newest. The number of queries does not depend
        on how many documents there are, and only texts whose data changed are rendered.

        :return: the documents that are out of date (``qms.document``)
        """
        outdated, shared = self.browse(), {}
        # sudo: whether a document is out of date must not depend on whose change made it so
        for group in self.sudo()._by_template():
            compared = {
                document: document.version_id or version for document, version in group._latest_versions().items()
            }
            gone = group - group._with_subject()
            changed = (group - gone)._changed_texts(compared, shared) if group - gone else {}
            outdated |= group._note_outdated(changed, compared, gone)
        return outdated.with_env(self.env)

    def _check_outdated_apart(self):
        """Compare these documents with the model; what fails for some (a template, a language) keeps no others."""
        for group in self._by_template():
            try:
                with self.env.cr.savepoint():
                    group._check_outdated()
            except Exception:
                _logger.exception("Documents %s could not be compared with the model", group.ids)

    def _note_outdated(self, changed, compared, gone):
        """Write what was found, where it is new; return what is out of date.

        A document whose drafts are not decided on yet is compared with its newest one, so that is no news.
        """
        outdated = self.filtered(lambda document: document in changed and document in compared) | gone
        (self - outdated)._forget_outdated()
        existing = set(gone._subjects().ids) if gone else set()
        for document in outdated:
            difference = (
                document._gone_text(document.subject_id in existing)
                if document in gone
                else changed[document].change(compared[document]) or Markup()
            )
            if not document.is_outdated or document.outdated_difference != difference:
                document._write_by_method(
                    {
                        "is_outdated": True,
                        "outdated_difference": difference,
                        "outdated_since": document.outdated_since or document.company_id._qms_today(),
                    }
                )
        return outdated

    def _put_in_force(self, version):
        result = super()._put_in_force(version)
        # What was noted was about the version before.
        if self.is_outdated and self.subject_model in self.env:
            self._touch(self.env[self.subject_model].browse(self.subject_id))
        return result

    def _forget_outdated(self):
        """Take the note off documents that are not, or no longer, compared with the model."""
        self.filtered("is_outdated")._write_by_method(
            {"is_outdated": False, "outdated_difference": False, "outdated_since": False}
        )

    def _gone_text(self, exists):
        """Return what is told of a document without a subject, in its own language as it is kept there."""
        env = self.with_context(lang=self.lang).env
        text = (
            env._("What the document is about was archived or belongs to another authority by now.")
            if exists
            else env._("What the document is about no longer exists.")
        )
        return Markup("<p>%s</p>") % text

    # === CHANGES OF THE MODEL === #

    @api.model
    def _any_made(self):
        """Tell whether there are documents made from the model at all; asked once in a transaction."""
        known = self.env.cr.precommit.data
        if ANY_MADE not in known:
            # sudo: documents count that the user may not see
            known[ANY_MADE] = bool(self.sudo().search_count([("template_id", "!=", False)], limit=1))
        return known[ANY_MADE]

    @api.model
    def _touch(self, records):
        """Have the documents about some records compared with the model at the end of this transaction.

        Documents of the whole authority are left to the cron, which is called at once.

        :param records: subjects of documents that may have changed
        """
        touched = self.env.cr.precommit.data.setdefault(TOUCHED, {})
        if not touched:
            self.env.cr.precommit.add(self.sudo().with_context({})._check_touched)  # sudo: as in _check_outdated
        touched.setdefault(records._name, set()).update(records.ids)

    @api.model
    def _check_touched(self):
        """Compare the documents about what was touched; a mistake in a template must not undo the change itself."""
        touched = self.env.cr.precommit.data.pop(TOUCHED, {})
        documents = self.browse()
        for model, ids in touched.items():
            documents |= self.search([("subject_model", "=", model), ("subject_id", "in", list(ids))])
        documents._check_outdated_apart()
        cron = touched and self.env.ref("qms_core.ir_cron_document_outdated", raise_if_not_found=False)
        if cron:
            cron._trigger()

    # === CRONS === #

    @api.model
    def _cron_outdated(self):
        """Compare all documents that are made from the model with it.

        A run whose time is over is continued where it stopped; begun anew, it would never reach the last ones.
        """
        parameters = self.env["ir.config_parameter"].sudo()  # sudo: a note of the system to itself
        stopped_at = int(parameters.get_param(STOPPED_AT) or 0)
        made = [("template_id", "!=", False), ("state", "!=", "withdrawn"), ("id", ">", stopped_at)]
        documents = self.search(made, order="id")
        for start in range(0, len(documents), BATCH):
            batch = documents[start : start + BATCH]
            batch._check_outdated_apart()
            left = len(documents) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left) and left:
                parameters.set_param(STOPPED_AT, str(batch[-1].id))
                return
        if stopped_at:
            parameters.set_param(STOPPED_AT, False)
