import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/** A chart of Chart.js, which Odoo ships; a click tells which bar or point was meant. */
export class ChartCanvas extends Component {
    static template = "qms_core.ChartCanvas";
    static props = {
        config: Object,
        label: String,
        onSelect: Function,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.config]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        const { config } = this.props;
        // eslint-disable-next-line no-undef
        this.chart = new Chart(this.canvas.el, {
            ...config,
            options: {
                ...config.options,
                responsive: true,
                maintainAspectRatio: false,
                animation: false,
                interaction: { mode: "nearest", axis: "x", intersect: false },
                onClick: (_event, elements) => {
                    if (elements.length) {
                        this.props.onSelect(elements[0].index);
                    }
                },
                onHover: (event, elements) => {
                    event.native.target.style.cursor = elements.length ? "pointer" : "default";
                },
            },
        });
    }
}
