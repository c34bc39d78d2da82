from odoo.http import Controller, request, route


class QmsProblemReport(Controller):
    @route("/qms/report", type="http", auth="user", readonly=True)
    def report_problem(self):
        """Short address of the form to report a problem: for a poster, a QR code, a phone's start screen."""
        return request.redirect("/odoo/qms-report")
