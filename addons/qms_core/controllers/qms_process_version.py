from odoo.http import Controller, content_disposition, request, route

TYPES = {"bpmn": "application/xml", "svg": "image/svg+xml"}


class QmsProcessVersionFiles(Controller):
    @route("/qms/process-version/<int:version_id>/<any(bpmn, svg):kind>", type="http", auth="user", readonly=True)
    def process_version_file(self, version_id, kind):
        """Download the map of a version that this user may read, as BPMN 2.0 or as SVG."""
        # A search, so that who may not read it can't tell whether it exists.
        version = request.env["qms.process.version"].search([("id", "=", version_id)])
        if not version:
            raise request.not_found()
        name, content = version._bpmn_file(kind)
        headers = [("Content-Type", TYPES[kind]), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
