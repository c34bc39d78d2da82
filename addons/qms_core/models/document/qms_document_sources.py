from odoo import models

# Each class below says for one model what of it stands in documents. They are one line of thought, so one file.


class QmsProcess(models.Model):
    _name = "qms.process"
    _inherit = ["qms.process", "qms.document.source.mixin"]
    _document_fields = frozenset(
        {"name", "code", "owner_role_id", "department_id", "kind", "nature", "scope", "parent_id", "version_id"}
        | {"requirement_ids", "active"}
    )

    def _document_subjects(self):
        """The process itself, its services, who performs its steps, and their units."""
        processes = self.sudo()  # sudo: whose documents a change concerns must not depend on who makes it
        roles = processes.version_id.step_ids.role_id | processes.owner_role_id | processes.responsibility_ids.role_id
        units = roles.department_id | processes.department_id
        return [self, processes.service_ids, roles, units]


class QmsService(models.Model):
    _name = "qms.service"
    _inherit = ["qms.service", "qms.document.source.mixin"]

    def _document_subjects(self):
        return [self, self.process_id, self.department_id]


class QmsServiceNorm(models.Model):
    _name = "qms.service.norm"
    _inherit = ["qms.service.norm", "qms.document.source.mixin"]
    _document_fields = frozenset({"deadline_days", "deadline_kind", "waiting_minutes", "valid_from", "basis"})

    def _document_subjects(self):
        return [self.service_id]


class QmsRole(models.Model):
    _name = "qms.role"
    _inherit = ["qms.role", "qms.document.source.mixin"]
    _document_fields = frozenset(
        {"name", "code", "kind", "job_ids", "department_id", "headcount", "duty_ids", "skill_ids"}
        | {"required_training", "active"}
    )

    def _document_subjects(self):
        """The position, its unit, and where its name stands: processes it owns or performs steps of."""
        roles = self.sudo()  # sudo: as in qms.process
        if not roles.ids:
            return []
        processes = roles._steps_in_force().version_id.process_id | roles._owned_processes()
        return [self, roles.department_id, processes, processes.service_ids]


class QmsDuty(models.Model):
    _name = "qms.duty"
    _inherit = ["qms.duty", "qms.document.source.mixin"]

    def _document_subjects(self):
        return [self.role_id, self.role_id.department_id]


class QmsRoleSkill(models.Model):
    _name = "qms.role.skill"
    _inherit = ["qms.role.skill", "qms.document.source.mixin"]

    def _document_subjects(self):
        return [self.role_id]


class QmsResponsibility(models.Model):
    _name = "qms.responsibility"
    _inherit = ["qms.responsibility", "qms.document.source.mixin"]

    def _document_subjects(self):
        return [self.role_id, self.process_id]


class QmsIndicator(models.Model):
    _name = "qms.indicator"
    _inherit = ["qms.indicator", "qms.document.source.mixin"]
    _document_fields = frozenset(
        {"name", "code", "target", "unit_of_measure", "period", "method", "process_id", "service_id"}
        | {"department_id", "owner_role_id", "active"}
    )

    def _document_subjects(self):
        return [self.process_id, self.service_id, self.department_id]


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "qms.document.source.mixin"]
    _document_fields = frozenset({"name", "qms_code", "parent_id", "manager_id", "qms_officer_ids", "active"})

    def _document_subjects(self):
        units = self.sudo()  # sudo: as in qms.process
        roles = self.env["qms.role"].sudo().search([("department_id", "in", units.ids)])
        return [self, units.parent_id, roles]
