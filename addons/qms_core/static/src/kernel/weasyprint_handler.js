import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Download reports of the WeasyPrint engine without asking for wkhtmltopdf first: where that program is
 * missing, the web client would fall back to an HTML page.
 */
async function downloadWeasyprintReport(action, _options, env) {
    if (action.report_type !== "qweb-pdf" || action.pdf_engine !== "weasyprint") {
        return false;
    }
    const url = getReportUrl(action, "pdf", user.context);
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: { data: JSON.stringify([url, action.report_type]), context: JSON.stringify(user.context) },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("qms_weasyprint", downloadWeasyprintReport);
