import { _t } from "@web/core/l10n/translation";

/**
 * What the modeler offers is cut down to what a process can hold, in the language of the user.
 */
const LAST = 100; // below the library's own providers, so that their entries are there already
const PALETTE = [
    "hand-tool",
    "lasso-tool",
    "space-tool",
    "global-connect-tool",
    "tool-separator",
    "create.start-event",
    "create.intermediate-event",
    "create.end-event",
    "create.exclusive-gateway",
    "create.task",
];
const CONTEXT_PAD = [
    "delete",
    "replace",
    "connect",
    "append.append-task",
    "append.gateway",
    "append.intermediate-event",
    "append.end-event",
    "lane-insert-above",
    "lane-insert-below",
];
const REPLACE = [
    "replace-with-none-start",
    "replace-with-none-intermediate-throw",
    "replace-with-none-intermediate-throwing",
    "replace-with-none-end",
    "replace-with-exclusive-gateway",
    "replace-with-task",
    "replace-with-call-activity",
    "replace-with-sequence-flow",
];

function words() {
    return {
        "Activate hand tool": _t("Move the view"),
        "Activate lasso tool": _t("Select several elements"),
        "Activate create/remove space tool": _t("Make or take space"),
        "Activate global connect tool": _t("Draw an arrow"),
        "Connect to other element": _t("Draw an arrow"),
        "Create start event": _t("Add a start"),
        "Create intermediate/boundary event": _t("Add an event"),
        "Create end event": _t("Add an end"),
        "Create gateway": _t("Add a decision"),
        "Create task": _t("Add a task"),
        "Append intermediate/boundary event": _t("Add an event"),
        "Append end event": _t("Add an end"),
        "Append gateway": _t("Add a decision"),
        "Append task": _t("Add a task"),
        "Change element": _t("Change the kind"),
        "Add lane above": _t("Add a role above"),
        "Add lane below": _t("Add a role below"),
        Delete: _t("Delete"),
        "Start event": _t("Start"),
        "Intermediate throw event": _t("Event"),
        "End event": _t("End"),
        "Exclusive gateway": _t("Decision"),
        Task: _t("Task"),
        "Call activity": _t("Subprocess"),
        "Sequence flow": _t("Arrow"),
        "Search in diagram": _t("Search in the map"),
        "Open minimap": _t("Open the overview"),
        "Close minimap": _t("Close the overview"),
    };
}

function kept(entries, names) {
    return Object.fromEntries(names.filter((name) => name in entries).map((name) => [name, entries[name]]));
}

class MapTools {
    static $inject = ["palette", "contextPad", "popupMenu", "create", "elementFactory"];

    constructor(palette, contextPad, popupMenu, create, elementFactory) {
        this.create = create;
        this.elementFactory = elementFactory;
        palette.registerProvider(LAST, this);
        contextPad.registerProvider(LAST, this);
        popupMenu.registerProvider("bpmn-replace", LAST, this);
    }

    getPaletteEntries() {
        const start = (event) =>
            this.create.start(event, this.elementFactory.createShape({ type: "bpmn:CallActivity" }));
        return (entries) => ({
            ...kept(entries, PALETTE),
            "create.subprocess": {
                group: "activity",
                className: "bpmn-icon-call-activity",
                title: _t("Add a subprocess").toString(),
                action: { dragstart: start, click: start },
            },
        });
    }

    getContextPadEntries() {
        return (entries) => kept(entries, CONTEXT_PAD);
    }

    getPopupMenuEntries() {
        return (entries) => kept(entries, REPLACE);
    }

    getPopupMenuHeaderEntries() {
        return () => ({});
    }
}

/** Module with the translations, for viewer and modeler. */
export function translationModule() {
    const table = words();
    const translate = (template, replacements = {}) =>
        String(table[template] || template).replace(/{([^}]+)}/g, (all, name) => replacements[name] ?? all);
    return { translate: ["value", translate] };
}

/** Module with the tools, for the modeler. */
export const toolsModule = { __init__: ["qmsMapTools"], qmsMapTools: ["type", MapTools] };
