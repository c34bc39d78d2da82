import { Component } from "@odoo/owl";

/** A box plot on a scale from 0 to 1000; only the own mark is named, so that it fits a phone. */
export class BenchmarkStrip extends Component {
    static template = "qms_core.BenchmarkStrip";
    static props = {
        strip: Object,
        label: String,
    };

    /** Where something stands, between the margins that the numbers of the scale need. */
    at(position) {
        return `${4 + (position * 92) / 1000}%`;
    }

    get boxWidth() {
        const { lower, upper } = this.props.strip;
        return `${Math.max(((upper - lower) * 92) / 1000, 0.3)}%`;
    }
}
