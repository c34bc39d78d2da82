import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

import { loadDrawing, MissingLibraryError } from "./bpmn_library";
import { toolsModule, translationModule } from "./bpmn_tools";

const MINIMUM_ZOOM = 0.5;
const MARGIN = 20;
const MANY_STEPS = 40;
// The sizes the layout has measured the texts with.
const TEXT = { defaultStyle: { fontSize: 11 }, externalStyle: { fontSize: 10 } };

/**
 * A process map as BPMN: shown, and of a draft edited by mouse. Its positions are computed on the server, so what
 * counts of an edit is which elements there are, how they are called and what they are joined with.
 *
 * Each change is written into the record at once (the drawing does not survive a change of the tab).
 */
export class BpmnField extends Component {
    static template = "qms_core.BpmnField";
    static props = { ...standardFieldProps };

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ editing: false, error: "", steps: 0 });
        this.drawing = null;
        this.editable = null; // whether the present drawing can be edited
        this.shown = null; // the XML it shows
        this.dirty = false;
        this.pending = Promise.resolve();
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.finish());
        useBus(bus, "NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(this.finish()));
        useEffect(
            () => {
                this.show();
            },
            () => [this.xml, this.isEditing]
        );
        onWillUnmount(() => this.destroy());
    }

    get xml() {
        return this.props.record.data[this.props.name] || "";
    }

    get isEditing() {
        return this.state.editing && !this.props.readonly;
    }

    get hasManySteps() {
        return this.state.steps > MANY_STEPS;
    }

    // ---- drawing

    async show() {
        const { xml, isEditing } = this;
        if (!xml || (xml === this.shown && isEditing === this.editable)) {
            return;
        }
        this.state.error = "";
        try {
            const library = await loadDrawing(isEditing);
            if (this.canvas.el && xml === this.xml && isEditing === this.isEditing) {
                await this.draw(library, xml, isEditing);
            }
        } catch (error) {
            this.destroy();
            this.state.error = this.explain(error);
        }
    }

    async draw(library, xml, editable) {
        const before = this.drawing?.get("canvas").viewbox();
        if (!this.drawing || editable !== this.editable) {
            this.destroy();
            this.drawing = this.makeDrawing(library, editable);
            this.editable = editable;
        }
        this.shown = xml;
        const { drawing } = this;
        await drawing.importXML(xml);
        if (drawing !== this.drawing) {
            return;
        }
        const isStep = (element) => element.businessObject.$instanceOf?.("bpmn:FlowNode") && !element.labelTarget;
        this.state.steps = drawing.get("elementRegistry").filter(isStep).length;
        this.place(before);
    }

    makeDrawing({ Drawing, minimap }, editable) {
        const additionalModules = [translationModule()];
        if (minimap) {
            additionalModules.push(minimap);
        }
        if (editable) {
            additionalModules.push(toolsModule);
        }
        const drawing = new Drawing({ container: this.canvas.el, additionalModules, textRenderer: TEXT });
        if (editable) {
            drawing.on("commandStack.changed", ({ trigger }) => {
                if (trigger !== "clear") {
                    this.dirty = true;
                    this.commit();
                }
            });
        }
        return drawing;
    }

    /** Show what was in view before, or all of the map, or as much of it as can be read. */
    place(before) {
        const canvas = this.drawing.get("canvas");
        if (before) {
            canvas.viewbox(before);
            return;
        }
        canvas.zoom("fit-viewport");
        if (canvas.zoom() < MINIMUM_ZOOM) {
            const { inner, outer } = canvas.viewbox();
            canvas.viewbox({
                x: inner.x - MARGIN,
                y: inner.y - MARGIN,
                width: outer.width / MINIMUM_ZOOM,
                height: outer.height / MINIMUM_ZOOM,
            });
            this.drawing.get("minimap", false)?.open();
        }
    }

    zoom(step) {
        this.drawing?.get("zoomScroll").stepZoom(step);
    }

    zoomToFit() {
        this.drawing?.get("canvas").zoom("fit-viewport");
    }

    destroy() {
        this.drawing?.destroy();
        this.drawing = null;
        this.editable = null;
        this.shown = null;
    }

    explain(error) {
        if (error instanceof MissingLibraryError) {
            return _t(
                "The library that draws maps is not installed: run ./qms update on the server, then load this page again. The list of steps holds the same."
            );
        }
        return _t("The map can't be drawn (%s). The list of steps holds the same.", error.message);
    }

    // ---- editing

    async edit() {
        // The map is drawn from what is saved.
        if (await this.props.record.save()) {
            this.state.editing = true;
        }
    }

    async stopEditing() {
        await this.finish();
        this.state.editing = false;
    }

    /** End an input that is still open and write everything into the record. */
    finish() {
        if (this.editable) {
            const directEditing = this.drawing.get("directEditing", false);
            if (directEditing?.isActive()) {
                directEditing.complete();
            }
        }
        return this.commit();
    }

    commit() {
        this.pending = this.pending.then(() => this.writeBack());
        return this.pending;
    }

    async writeBack() {
        if (!this.dirty || !this.drawing) {
            return;
        }
        this.dirty = false;
        const { xml } = await this.drawing.saveXML({ format: true });
        this.shown = xml;
        await this.props.record.update({ [this.props.name]: xml });
    }
}

export const bpmnField = {
    component: BpmnField,
    displayName: _t("Process Map (BPMN)"),
    supportedTypes: ["text"],
};

registry.category("fields").add("qms_bpmn", bpmnField);
