from odoo.http import Controller, content_disposition, request, route

MODELS = {"nomenclature": "qms.nomenclature", "register": "qms.register"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class QmsTable(Controller):
    @route("/qms/xlsx/<any(nomenclature, register):kind>/<int:record_id>", type="http", auth="user", readonly=True)
    def table(self, kind, record_id):
        """Download a list that this user may read as a workbook."""
        # A search, so that who may not read it can't tell whether it exists.
        model = request.env[MODELS[kind]].with_context(active_test=False)
        record = model.search([("id", "=", record_id)]).with_context(active_test=True)
        if not record:
            raise request.not_found()
        file = record._workbook_file()
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(file["name"]))]
        return request.make_response(file["content"], headers)
