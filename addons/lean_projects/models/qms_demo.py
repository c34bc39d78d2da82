from datetime import timedelta

from odoo import api, models

LOGINS = {
    "lean_leader": (["lean_projects.group_lean_leader"], "Leader of lean projects"),
    "lean_curator": (["lean_projects.group_lean_curator"], "Curator of lean projects"),
}
# What was found out in the stages that are behind the project.
DONE = {
    "analysis": "Проведено на робочих місцях управління та в ЦНАП, записи додано до картки.",
    "information": "Опрацьовано разом із командою, висновки обговорено на нараді в куратора.",
}


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _logins(self):
        return {**super()._logins(), **LOGINS}

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_green_corridor()

    @api.model
    def _play_green_corridor(self):
        """A project on the allocation of land plots, brought to its third stage by its leader."""
        process = self.env["qms.process"].search([("code", "=", "P-2.04")], limit=1)
        people = self.env["hr.employee"].search([("qms_code", "in", ("E-024", "E-026", "E-033", "E-034"))])
        today = self.env.company._qms_today()
        project = (
            self._as("lean_leader")
            .env["project.project"]
            .create(
                {
                    "name": "Зелений коридор",
                    "is_lean": True,
                    "process_id": process.id,
                    "curator_id": self._user("lean_curator").employee_id.id,
                    "lean_team_ids": [(6, 0, people.ids)],
                    "date_start": today - timedelta(days=30),
                    "date": today + timedelta(days=120),
                    "lean_ground_ids": [
                        (4, self.env.ref(f"lean_projects.{ground}").id)
                        for ground in ("ground_appeals", "ground_instruction")
                    ],
                    "lean_justification": "Від клопотання до рішення минає пів року; половина часу – очікування між "
                    "підрозділами та сесіями ради. Третина скарг на управління стосується строків.",
                    "lean_border_from": "Прийняти клопотання з графічними матеріалами",
                    "lean_border_to": "Видати витяг з рішення й роз’яснити порядок реєстрації права",
                    "lean_goal": "Скоротити шлях заявника вдвічі й прибрати зайві візити, не втративши контролю.",
                    "lean_target_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "Строк від клопотання до витягу",
                                "unit_of_measure": "днів",
                                "before": 182,
                                "target": 90,
                                "date_before": today - timedelta(days=25),
                            },
                        ),
                        (
                            0,
                            0,
                            {
                                "name": "Візити заявника",
                                "unit_of_measure": "візитів",
                                "before": 6,
                                "target": 2,
                                "date_before": today - timedelta(days=25),
                            },
                        ),
                        (
                            0,
                            0,
                            {
                                "name": "Частка клопотань, повернених на доопрацювання",
                                "unit_of_measure": "%",
                                "before": 15,
                                "target": 5,
                                "date_before": today - timedelta(days=25),
                            },
                        ),
                    ],
                }
            )
        )
        for code in ("analysis", "information"):
            self._close_tasks(project, DONE[code])
            project.action_next_stage()
        tasks = project.task_ids.filtered(lambda task: task.milestone_id.lean_stage_id == project.lean_stage_id)
        tasks.sorted("id")[:1].write({"state": "1_done", "stage_id": self.env.ref("lean_projects.task_type_done").id})
        tasks.sorted("id")[1:2].stage_id = self.env.ref("lean_projects.task_type_doing")

    @api.model
    def _close_tasks(self, project, note):
        tasks = project.task_ids.filtered(lambda task: task.milestone_id.lean_stage_id == project.lean_stage_id)
        tasks.write(
            {"state": "1_done", "stage_id": self.env.ref("lean_projects.task_type_done").id, "description": note}
        )
