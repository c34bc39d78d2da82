import { loadBundle } from "@web/core/assets";

/**
 * The library that draws maps, loaded when the first map is opened.
 *
 * Viewer and modeler come in two bundles that define the same global name, so each constructor is taken right
 * after its bundle was loaded, one bundle at a time.
 */
const VIEWER = "qms_core.bpmn_viewer";
const MODELER = "qms_core.bpmn_modeler";

export class MissingLibraryError extends Error {}

const loaded = new Map();
let queue = Promise.resolve();

/**
 * @param {boolean} editable whether the map is to be edited
 * @returns {Promise<{Drawing: Function, minimap: Object|undefined}>} constructor of a viewer or modeler
 * @throws {MissingLibraryError} if the server has no such library
 */
export function loadDrawing(editable) {
    const bundle = editable ? MODELER : VIEWER;
    queue = queue.catch(() => {}).then(() => take(bundle));
    return queue;
}

async function take(bundle) {
    if (!loaded.has(bundle)) {
        delete window.BpmnJS;
        await loadBundle(bundle);
        if (!window.BpmnJS) {
            throw new MissingLibraryError();
        }
        loaded.set(bundle, { Drawing: window.BpmnJS, minimap: window.DiagramJSMinimap });
    }
    return loaded.get(bundle);
}
