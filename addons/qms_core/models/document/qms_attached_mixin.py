from odoo import models
from odoo.exceptions import UserError


class QmsAttachedMixin(models.AbstractModel):
    """Files that are a record's own: who reads the record reads them, and they change with nothing else."""

    _name = "qms.attached.mixin"
    _description = "Record with files of its own"

    _files_field = "attachment_ids"

    # === BUSINESS METHODS === #

    def _adopt_files(self):
        """Tie files that were uploaded before the record was saved to it.

        :raises UserError: for a file that belongs to something else
        """
        for record in self:
            # sudo: such files are seen by their uploader alone; only the user's own are taken.
            stray = record.sudo()[self._files_field].filtered(
                lambda file: not file.res_id and not file.res_field and file.create_uid.id == self.env.uid
            )
            stray.write({"res_model": self._name, "res_id": record.id})
            # A file of another record could change or go with it, whatever becomes of this one.
            # sudo: files that the user may not read are the ones that matter here
            foreign = record.sudo()[self._files_field].filtered(
                lambda file, record=record: (file.res_model, file.res_id) != (record._name, record.id)
            )
            if foreign:
                raise UserError(
                    self.env._("The file “%s” belongs to something else. Attach a copy of it.", foreign[0].name)
                )
