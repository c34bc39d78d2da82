import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { saveFile } from "../download";

const MODEL = "qms.risk.heat.map";

/** Open risks by likelihood and impact; each cell opens its risks. */
export class RiskHeatMap extends Component {
    static template = "qms_core.RiskHeatMap";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.state = useState({
            stage: "inherent",
            kind: "risk",
            unit: "",
            process: "",
            scale: "",
            data: null,
            ...this.props.state?.heatMap,
        });
        useSetupAction({ getLocalState: () => ({ heatMap: { ...this.state, data: null } }) });
        onWillStart(() => this.load());
    }

    get chosen() {
        const { kind, unit, process, scale } = this.state;
        return {
            kind,
            unit: Number(unit) || false,
            process: Number(process) || false,
            scale: Number(scale) || false,
        };
    }

    get isFiltered() {
        return Boolean(this.state.unit || this.state.process);
    }

    async load() {
        this.state.data = await this.keepLast.add(this.orm.call(MODEL, "get_map", [this.state.stage, this.chosen]));
    }

    choose(name, value) {
        this.state[name] = value;
        return this.load();
    }

    clearFilters() {
        Object.assign(this.state, { unit: "", process: "" });
        return this.load();
    }

    /** What a screen reader says of a cell. */
    label(cell, row, column) {
        return _t("%(count)s with likelihood %(row)s and impact %(column)s: %(level)s", {
            count: cell.count,
            row: row.name,
            column: column.name,
            level: cell.level,
        });
    }

    openCell(cell, row, column) {
        const { stage } = this.state;
        return this.openRisks(
            [
                [`${stage}_likelihood_id`, "=", cell.row],
                [`${stage}_impact_id`, "=", cell.column],
            ],
            `${row.value} × ${column.value} = ${cell.score}, ${cell.level}`
        );
    }

    openLevel(level) {
        return this.openRisks([[`${this.state.stage}_level_id`, "=", level.id]], level.name);
    }

    openUnjudged() {
        return this.openRisks([[`${this.state.stage}_score`, "=", 0]], _t("Not judged yet"));
    }

    openRisks(domain, name) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "qms.risk",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
            domain: [...this.state.data.domain, ...domain],
        });
    }

    openAll() {
        return this.action.doAction("qms_core.qms_risk_action");
    }

    async print() {
        this.ui.block();
        try {
            saveFile(await this.orm.call(MODEL, "print_map", [this.state.stage, this.chosen]));
        } finally {
            this.ui.unblock();
        }
    }
}

registry.category("actions").add("qms_risk_heat_map", RiskHeatMap);
