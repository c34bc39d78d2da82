import { Component } from "@odoo/owl";

/** What the selected node gets from whom and gives to whom; or all missing ends. */
export class InteractionPanel extends Component {
    static template = "qms_core.InteractionPanel";
    static props = {
        model: Object,
        selected: { type: String, optional: true },
        onSelect: Function,
        onOpen: Function,
        onClose: Function,
    };

    get node() {
        return this.props.model.byKey.get(this.props.selected);
    }

    get detail() {
        return this.props.model.details[this.props.selected];
    }

    get missing() {
        return this.node ? this.props.model.missingOf(this.node.key) : this.props.model.missing;
    }

    name(key) {
        return this.props.model.byKey.get(key)?.name || "";
    }
}
