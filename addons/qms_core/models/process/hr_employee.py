from odoo import models


class HrEmployee(models.Model):
    """What processes ask of a person, on the sheet of responsibilities."""

    _inherit = "hr.employee"

    def _responsibility_sections(self):
        titles = {
            "owner": (20, self.env._("Processes owned")),
            "step": (30, self.env._("Steps performed")),
            "letter": (40, self.env._("Part in other processes")),
        }
        duties = self._roles()._model_duties()
        return super()._responsibility_sections() + [
            {"sequence": sequence, "title": title, "rows": self._process_rows(duties, source)}
            for source, (sequence, title) in titles.items()
        ]

    def _process_rows(self, duties, source):
        """One row a process, with what is done in it."""
        texts = {}
        for duty in duties:
            if duty["source"] == source:
                texts.setdefault((duty["process_id"], duty["process"]), []).append(duty["text"])
        return [
            {
                "text": process,
                "note": "" if source == "owner" else "; ".join(dict.fromkeys(done)),
                "url": f"/odoo/qms-processes/{process_id}",
            }
            for (process_id, process), done in sorted(texts.items(), key=lambda item: item[0][1])
        ]
