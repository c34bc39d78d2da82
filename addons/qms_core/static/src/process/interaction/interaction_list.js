import { Component } from "@odoo/owl";

/** The same as the map, in words: for the keyboard, for screen readers, for a phone. */
export class InteractionList extends Component {
    static template = "qms_core.InteractionList";
    static props = {
        model: Object,
        matches: { type: [Object, { value: null }], optional: true },
        onlyMissing: Boolean,
        onSelect: Function,
    };

    get processes() {
        const { model, matches, onlyMissing } = this.props;
        const wanted = onlyMissing ? model.keysWithMissing : null;
        return model.processes.filter(
            ({ key, context }) => !context && (!wanted || wanted.has(key)) && (!matches || matches.has(key))
        );
    }
}
