import { Component, useState } from "@odoo/owl";

/** One form of a pack: a row of the grid. A key changes this row only. */
export class BatchRow extends Component {
    static template = "citizen_feedback.BatchRow";
    static props = {
        form: Object,
        questions: Array,
        mayEdit: Boolean,
    };

    setup() {
        this.form = useState(this.props.form);
    }
}
