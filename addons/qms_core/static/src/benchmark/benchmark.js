import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { ChartCanvas } from "../improvement/analysis/chart_canvas";
import { saveFile } from "../improvement/download";
import { BenchmarkStrip } from "./benchmark_strip";
import { trendConfig } from "./trend_config";

const MODEL = "qms.benchmark";

/** One indicator compared across authorities, as far as the reader may see it. */
export class Benchmark extends Component {
    static template = "qms_core.Benchmark";
    static components = { BenchmarkStrip, ChartCanvas, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.state = useState({ code: null, period: null, ...this.props.state?.benchmark, load: 0 });
        useSetupAction({ getLocalState: () => ({ benchmark: { code: this.state.code, period: this.state.period } }) });
        onWillStart(() => this.start());
    }

    get chosen() {
        return [this.state.code, this.state.period];
    }

    async load({ code, period }) {
        this.data = await this.keepLast.add(this.orm.call(MODEL, "get_page", [code, period]));
        this.state.code = this.data.chosen ? this.data.chosen.code : null;
        this.state.period = (this.data.chosen && this.data.chosen.period) || null;
        this.chart = this.data.trend?.length > 1 ? trendConfig(this.data.trend, this.data.scope) : null;
        this.state.load++;
    }

    /** What was shown before may be there no longer: then begin anew. */
    async start() {
        try {
            await this.load(this.state);
        } catch (error) {
            if (!(error instanceof RPCError) || !this.state.code) {
                throw error;
            }
            await this.load({ code: null, period: null });
        }
    }

    async choose(code, period) {
        try {
            await this.load({ code, period });
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.load++;
            this.notification.add(error.data?.message || error.message, { type: "warning" });
        }
    }

    choosePoint(index) {
        return this.choose(this.state.code, this.data.trend[index].period);
    }

    openIndicators() {
        return this.action.doAction("qms_core.qms_indicator_action");
    }

    openSection(section) {
        return this.action.doAction(section.action);
    }

    /** What the strip says to who does not see it. */
    get stripLabel() {
        const { box, figures } = this.data;
        return _t(
            "Box plot: lower quartile %(lower)s, median %(median)s, upper quartile %(upper)s, own value %(own)s",
            {
                ...box,
                own: figures[0].value,
            }
        );
    }

    /** @param {string} method of the server that returns a file */
    async download(method) {
        this.ui.block();
        try {
            saveFile(await this.orm.call(MODEL, method, this.chosen));
        } finally {
            this.ui.unblock();
        }
    }
}

registry.category("actions").add("qms_benchmark", Benchmark);
