import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { saveFile } from "../download";
import { ChartCanvas } from "./chart_canvas";
import { classesConfig, controlConfig, curveConfig, paretoConfig, rangeConfig } from "./chart_configs";

const MODEL = "qms.improvement.analysis";

/** Causes, trend, repeats and time to close of nonconformities; each bar and point opens its records. */
export class ImprovementAnalysis extends Component {
    static template = "qms_core.ImprovementAnalysis";
    static components = { ChartCanvas, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.state = useState({ chosen: { ...this.props.state?.analysis }, data: null, load: 0 });
        useSetupAction({ getLocalState: () => ({ analysis: { ...this.state.chosen } }) });
        onWillStart(() => this.load());
    }

    async load() {
        const data = await this.keepLast.add(this.orm.call(MODEL, "get_analysis", [{ ...this.state.chosen }]));
        this.state.chosen = data.chosen;
        this.data = data;
        this.charts = {
            pareto: data.pareto.bars.length ? paretoConfig(data.pareto) : null,
            trend: data.trend.limits ? controlConfig(data.trend) : null,
            range: data.trend.limits ? rangeConfig(data.trend) : null,
            classes: data.durations.closed ? classesConfig(data.durations) : null,
            curve: data.durations.curve.length ? curveConfig(data.durations) : null,
        };
        this.state.load++;
    }

    get isEmpty() {
        return !this.data.figures[0].value;
    }

    get rules() {
        return Object.fromEntries(this.data.trend.rules);
    }

    /** How the limits of the control chart were computed. */
    get limitsText() {
        return _t(
            "Individual values and moving ranges (Shewhart, I-MR): mean %(mean)s, mean moving range %(mean_range)s. The limits are mean ± 2.66 × mean moving range, not below 0: %(lower)s and %(upper)s; the limit of the moving range is 3.267 × its mean: %(upper_range)s. Only whole months or weeks that are over are counted. The rules are those of Nelson (1984):",
            this.data.trend.limits
        );
    }

    get durationsText() {
        const { closed, open, closed_median, closed_ninety } = this.data.durations;
        if (!closed) {
            return _t("Still open: %s. None of them is closed yet.", open);
        }
        return _t(
            "Closed: %(closed)s, half of them within %(median)s days, nine of ten within %(ninety)s days. Still open: %(open)s; the line on the right counts them, too, and the figures on top are taken from it.",
            { closed, open, median: closed_median, ninety: closed_ninety }
        );
    }

    signals(point) {
        return point.rules.map((rule) => this.rules[rule]).join("; ");
    }

    async choose(name, value) {
        const before = this.state.chosen[name];
        this.state.chosen[name] = value;
        try {
            await this.load();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.chosen[name] = before;
            this.state.load++;
            this.notification.add(error.data?.message || error.message, { type: "warning" });
        }
    }

    clearFilters() {
        this.state.chosen = { cause: this.state.chosen.cause, term: this.state.chosen.term };
        return this.load();
    }

    /** @param {Array} domain of the records behind a figure, bar or point */
    open(domain, name) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: name || _t("Nonconformities"),
            res_model: "qms.nonconformity",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
            domain: [...this.data.domain, ...domain],
        });
    }

    openBar(index) {
        const bar = this.data.pareto.bars[index];
        return this.open(bar.domain, bar.label);
    }

    openPoint(index) {
        const point = this.data.trend.points[index];
        return this.open(point.domain, point.label);
    }

    openClass(index) {
        const row = this.data.durations.classes[index];
        return this.open(row.domain, row.label);
    }

    openStep(index) {
        const step = this.data.durations.curve[index];
        return this.open(step.domain, _t("Open for more than %s days", step.time));
    }

    /** Open a new improvement that names what the analysis shows. */
    async plan() {
        const action = await this.orm.call(MODEL, "plan_improvement", [{ ...this.state.chosen }]);
        return this.action.doAction(action);
    }

    async exportXlsx() {
        this.ui.block();
        try {
            saveFile(await this.orm.call(MODEL, "export_analysis", [{ ...this.state.chosen }]));
        } finally {
            this.ui.unblock();
        }
    }
}

registry.category("actions").add("qms_improvement_analysis", ImprovementAnalysis);
