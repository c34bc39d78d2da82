import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { sentence } from "../day/day_text";

/** A document to be read, on a desk or a phone; who has to acknowledge it confirms below the text. */
export class DocumentReader extends Component {
    static template = "qms_core.DocumentReader";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        const { params = {}, context = {} } = this.props.action;
        this.state = useState({
            document: params.document_id || context.active_id,
            version: params.version_id || false,
            data: null,
            difference: null,
            problem: "",
            busy: false,
            agreed: false,
        });
        onWillStart(() => this.load());
    }

    // What is shown

    get display() {
        return this.env.inDialog ? {} : { controlPanel: {} };
    }

    get title() {
        const { code, name } = this.state.data.document;
        return code ? `${code} ${name}` : name;
    }

    get row() {
        return this.state.data.acknowledgement;
    }

    get mustPass() {
        return this.row.test && !this.row.test.passed;
    }

    /** The server has cleaned the text when it was saved; markup of other origin never comes here. */
    get body() {
        return markup(this.state.data.version.body);
    }

    get changes() {
        return markup(this.state.difference.html);
    }

    get isShownVersionOld() {
        return this.state.data.version && this.state.data.version.state !== "effective";
    }

    get deadlineText() {
        const day = this.day(this.row.deadline);
        return this.row.is_late
            ? _t("You were to confirm this document by %s.", day)
            : _t("Read the document and confirm it by %s.", day);
    }

    get statement() {
        return _t("I, %s, have read this document and will follow it.", this.row.person);
    }

    get doneText() {
        const { person, date_done } = this.row;
        const moment = deserializeDateTime(date_done).toLocaleString(luxon.DateTime.DATETIME_MED);
        return _t("%(person)s confirmed it on %(moment)s.", { person, moment });
    }

    get testText() {
        const { name, pass_mark, score, passed } = this.row.test;
        if (passed) {
            return _t("Test “%(name)s”: passed with %(score)s %.", { name, score });
        }
        return _t("Before you confirm, pass the test “%(name)s”: %(mark)s % are needed.", { name, mark: pass_mark });
    }

    get nextText() {
        return _t("Next: %(name)s (%(count)s waiting)", {
            name: this.state.data.next.name,
            count: this.state.data.waiting,
        });
    }

    iconOf(file) {
        if (file.is_link) {
            return "fa-external-link";
        }
        return file.is_pdf ? "fa-file-pdf-o" : "fa-paperclip";
    }

    versionText(version) {
        return _t("Version %s", version.number);
    }

    day(date) {
        return formatDate(deserializeDate(date));
    }

    // Loading

    async load() {
        this.state.difference = null;
        if (!this.state.document) {
            // The address alone, without a document: a bookmark, or a page that was loaded again.
            this.state.problem = _t("No document was chosen. Open one from the library to read it.");
            return;
        }
        try {
            const data = await this.orm.call("qms.document", "get_reader", [[this.state.document], this.state.version]);
            Object.assign(this.state, { data, problem: "", agreed: false });
            this.env.config?.setDisplayName?.(this.title);
        } catch (error) {
            this.state.problem = sentence(error);
        }
    }

    open(document, version = false) {
        Object.assign(this.state, { document, version });
        return this.load();
    }

    // What the reader does

    async call(model, method, args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            return await this.orm.call(model, method, args);
        } catch (error) {
            this.notification.add(sentence(error), { type: "danger", sticky: true });
        } finally {
            this.state.busy = false;
        }
    }

    async confirm() {
        await this.call("qms.acknowledgement", "action_confirm", [[this.row.id]]);
        // Also after a refusal: what is shown was no longer so.
        await this.load();
    }

    async startTest() {
        const action = await this.call("qms.acknowledgement", "action_test", [[this.row.id]]);
        if (action) {
            await this.action.doAction(action);
        }
    }

    async toggleFavourite() {
        await this.call("qms.document", "action_favourite", [[this.state.document]]);
        await this.load();
    }

    async showDifference(version) {
        const html = await this.call("qms.document", "get_difference", [[this.state.document], version.id]);
        if (html !== undefined) {
            this.state.difference = { version: version.id, html };
        }
    }

    openLibrary() {
        return this.action.doAction("qms_core.qms_library_action", { clearBreadcrumbs: true });
    }

    close() {
        return this.action.doAction({ type: "ir.actions.act_window_close" });
    }
}

registry.category("actions").add("qms_document_reader", DocumentReader);
