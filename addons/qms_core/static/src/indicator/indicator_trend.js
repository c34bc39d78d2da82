import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { ChartCanvas } from "../improvement/analysis/chart_canvas";

import { trendConfig } from "./trend_config";

/** The values of an indicator over time, beside its targets and what they cost. */
export class IndicatorTrend extends Component {
    static template = "qms_core.IndicatorTrend";
    static components = { ChartCanvas };
    static props = { ...standardFieldProps };

    get trend() {
        return this.props.record.data[this.props.name];
    }

    get enough() {
        return this.trend?.points.length > 1;
    }

    /** The same object for the same values, so that the chart is drawn anew only when they change. */
    get config() {
        const key = JSON.stringify(this.trend);
        if (key !== this.drawn) {
            this.drawn = key;
            this.drawnConfig = trendConfig(this.trend);
        }
        return this.drawnConfig;
    }
}

registry.category("fields").add("qms_indicator_trend", {
    component: IndicatorTrend,
    supportedTypes: ["json"],
});
