import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { InteractionCanvas } from "./interaction_canvas";
import { InteractionList } from "./interaction_list";
import { InteractionModel } from "./interaction_model";
import { InteractionPanel } from "./interaction_panel";

/** Who supplies whom among the processes of the authority, by the versions in force. */
export class InteractionMap extends Component {
    static template = "qms_core.InteractionMap";
    static components = { InteractionCanvas, InteractionList, InteractionPanel, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.choices = { units: [], kinds: [] };
        this.state = useState({
            unit: "",
            kind: "",
            text: "",
            selected: "",
            onlyMissing: false,
            asList: false,
            model: null,
            ...this.props.state?.interaction,
        });
        useSetupAction({
            getLocalState: () => ({ interaction: { ...this.state, model: null } }),
        });
        onWillStart(() => this.load());
    }

    async load() {
        const data = await this.keepLast.add(
            this.orm.call("qms.process", "get_interaction_map", [], {
                department_id: Number(this.state.unit) || false,
                kind: this.state.kind || false,
            })
        );
        // The value of a select is a text.
        this.choices = { units: data.units.map(([id, name]) => [String(id), name]), kinds: data.kinds };
        // Not reactive: thousands of shapes never change, the model as a whole is replaced.
        this.state.model = Object.freeze(new InteractionModel(data));
        if (!this.state.model.byKey.has(this.state.selected)) {
            this.state.selected = "";
        }
    }

    get isFiltered() {
        return Boolean(this.state.unit || this.state.kind);
    }

    get matches() {
        return this.state.text.trim() ? this.state.model.matching(this.state.text) : null;
    }

    get showsPanel() {
        return Boolean(this.state.selected || this.state.onlyMissing);
    }

    onFilter(name, ev) {
        this.state[name] = ev.target.value;
        return this.load();
    }

    clearFilters() {
        Object.assign(this.state, { unit: "", kind: "", text: "" });
        return this.load();
    }

    select(key) {
        this.state.selected = key;
    }

    closePanel() {
        if (this.state.selected) {
            this.state.selected = "";
        } else {
            this.state.onlyMissing = false;
        }
    }

    openProcess(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "qms.process",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    print() {
        const companies = user.activeCompanies.map((company) => company.id);
        return this.action.doAction("qms_core.action_report_interaction_map", {
            additionalContext: { active_model: "res.company", active_ids: companies, active_id: companies[0] },
        });
    }
}

registry.category("actions").add("qms_interaction_map", InteractionMap);
