import { Component, useState } from "@odoo/owl";

/** Tells how far the saving of edits is. */
export class MatrixProgress extends Component {
    static template = "qms_core.MatrixProgress";
    static props = {
        progress: Object,
        save: Function,
    };

    setup() {
        this.progress = useState(this.props.progress);
    }
}
