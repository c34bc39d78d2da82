from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

MEGABYTE = 1024 * 1024
# Where a record tells the place of a problem, by its own fields of these names.
PLACES = ("process_id", "service_id", "department_id")


class QmsProblemReport(models.TransientModel):
    """Report a problem in under a minute: what happened, where, how bad, a photo."""

    _name = "qms.problem.report"
    _description = "Report a Problem"
    _check_company_auto = True

    # Not required: whoever forgets it is told so in a sentence, not that some field is missing.
    name = fields.Char("What Happened")
    description = fields.Text("More about It")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    kind = fields.Selection(
        selection=lambda self: self.env["qms.nonconformity"]._fields["kind"]._description_selection(self.env),
        string="What Is It about",
        required=True,
        default="process",
    )
    severity = fields.Selection(
        [("minor", "It can wait"), ("major", "It does harm"), ("critical", "It needs an answer at once")],
        "How Bad Is It",
        required=True,
        default="minor",
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", check_company=True, default=lambda self: self.env.user.employee_id.department_id
    )
    service_id = fields.Many2one("qms.service", check_company=True)
    process_id = fields.Many2one("qms.process", check_company=True)
    service_result = fields.Char("Affected Result", help="Number and day of the application, decision or document.")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos and Files")
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    origin_label = fields.Char("About", compute="_compute_origin_label")

    # === COMPUTES === #

    @api.depends("origin_model", "origin_id")
    def _compute_origin_label(self):
        for report in self:
            origin = report._origin_record()
            report.origin_label = origin.display_name if origin else False

    # === ONCHANGE === #

    @api.onchange("service_id")
    def _onchange_service_id(self):
        if self.service_id:
            self.kind = "service"
            self.process_id = self.service_id.process_id or self.process_id
            self.department_id = self.service_id.department_id or self.department_id

    @api.onchange("attachment_ids")
    def _onchange_attachment_ids(self):
        if large := self._large_files():
            message = self._too_large_message(large)
            self.attachment_ids -= large
            return {"warning": {"title": self.env._("The file is too large"), "message": message}}
        return None

    # === ACTIONS === #

    def action_send(self):
        """Make a nonconformity of the report.

        :return: an action that thanks and tells the number
        :raises UserError: if nothing is said, or a file is larger than the authority takes
        """
        self.ensure_one()
        if not (self.name or "").strip():
            raise UserError(self.env._("Say in one sentence what happened, then send it."))
        if large := self._large_files():
            raise UserError(self._too_large_message(large))
        origin = self._origin_record()
        vals = {
            "name": self.name,
            "description": self.description,
            "company_id": self.company_id.id,
            "kind": self.kind,
            "severity": self.severity,
            "department_id": self.department_id.id,
            "service_id": self.service_id.id,
            "process_id": self.process_id.id,
            "service_result": self.service_result,
        }
        # Defaults of this form must not become those of the nonconformity: its origin was checked, theirs was not.
        nonconformities = self.env["qms.nonconformity"].with_context(clean_context(self.env.context))
        record = nonconformities._raise_from(origin, vals) if origin else nonconformities.create(vals)
        self._hand_over_files(record)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Thank you. It is registered as %s", record.number),
                "message": self._who_answers(record),
                "next": {
                    "type": "ir.actions.act_window",
                    "res_model": record._name,
                    "res_id": record.id,
                    "views": [(False, "form")],
                },
            },
        }

    # === BUSINESS METHODS === #

    @api.model
    def _ask_about(self, records):
        """Open the form about a record of which somebody used the action menu.

        :param records: what the problem is about, one record
        :return: a window action
        """
        if len(records) > 1:
            raise UserError(self.env._("A problem is reported about one record. Choose one only."))
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_problem_report_action")
        return {**action, "target": "new", "context": self._origin_context(records)}

    @api.model
    def _offer_on(self, model_names, addon):
        """Put "Report a problem" into the action menu of models; an addon calls it with one line of its data.

        Never of models whose records must not be traced back: the nonconformity names its origin.

        :param list model_names: e.g. ``["qms.process"]``
        :param str addon: with which the entries come and go
        """
        # sudo: installing an addon is the system's business.
        actions = self.env["ir.actions.server"].sudo()
        for model in self.env["ir.model"].sudo().search([("model", "in", model_names)]):
            if self._offered(model.model):
                continue
            action = actions.create(
                {
                    "name": "Report a Problem",
                    "model_id": model.id,
                    "binding_model_id": model.id,
                    "binding_view_types": "form",
                    "group_ids": [(4, self.env.ref("qms_core.group_employee").id)],
                    "state": "code",
                    "code": 'action = env["qms.problem.report"]._ask_about(records)',
                }
            )
            # sudo: as above
            self.env["ir.model.data"].sudo().create(
                {
                    "module": addon,
                    "name": f"action_report_problem_{model.model.replace('.', '_')}",
                    "model": actions._name,
                    "res_id": action.id,
                    "noupdate": True,
                }
            )

    @api.model
    def _offered(self, model_name):
        """Tell whether problems can be reported about records of a model."""
        # sudo: only administrators read server actions.
        return bool(
            self.env["ir.actions.server"]
            .sudo()
            .search_count(
                [("binding_model_id.model", "=", model_name), ("code", "like", '"qms.problem.report"')], limit=1
            )
        )

    @api.model
    def _origin_context(self, records):
        """Return the context of the form about a record: it, and where it says the problem is."""
        if not records:
            return {}
        context = {"default_origin_model": records._name, "default_origin_id": records.id}
        places = {"qms.process": "process_id", "qms.service": "service_id", "hr.department": "department_id"}
        if records._name in places:
            context[f"default_{places[records._name]}"] = records.id
        for name in PLACES:
            field = records._fields.get(name)
            if field and field.type == "many2one" and field.comodel_name == self._fields[name].comodel_name:
                context.setdefault(f"default_{name}", records[name].id)
        if context.get("default_service_id"):
            context["default_kind"] = "service"
        if company := "company_id" in records._fields and records.company_id:
            context["default_company_id"] = company.id
        return {name: value for name, value in context.items() if value}

    def _origin_record(self):
        """Return the record the problem is about, if the user may read it and its model offers that."""
        if not self.origin_model or self.origin_model not in self.env or not self._offered(self.origin_model):
            return None
        record = self.env[self.origin_model].browse(self.origin_id).exists()
        return record if record and record.has_access("read") else None

    def _file_limit(self):
        # sudo: a setting, which employees may not read.
        return self.company_id.sudo().qms_mail_limit

    def _large_files(self):
        # sudo: an id of somebody's file may have been sent along; it is not handed over, so its size doesn't matter.
        return self.attachment_ids.filtered(lambda file: file.sudo().file_size > self._file_limit() * MEGABYTE)

    def _too_large_message(self, files):
        """Return a sentence that names files which are too large, and what to do instead."""
        # sudo: as in _large_files
        names = [f"{file.name} ({file.file_size / MEGABYTE:.0f} MB)" for file in files.sudo()]
        return self.env._(
            "Files of a report may have at most %(limit)s MB each: %(names)s. Send a smaller photo, or hand the file "
            "over in another way.",
            limit=self._file_limit(),
            names=", ".join(names),
        )

    def _hand_over_files(self, record):
        # sudo: files of a dialog are its user's alone. Only what was uploaded for this report: an id of somebody's
        # file may have been sent along.
        own = self.attachment_ids.sudo().filtered(
            lambda file: file.create_uid == self.env.user and file.res_model in (False, self._name)
        )
        own.write({"res_model": record._name, "res_id": record.id})

    def _who_answers(self, record):
        # sudo: whoever reports may know who answers, though not read his sheet.
        person = record.sudo().responsible_id
        if person:
            return self.env._("%s answers for it.", person.name)
        return self.env._("The quality coordinator decides who answers for it.")
