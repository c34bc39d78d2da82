import { downloadFile } from "@web/core/network/download";

const TYPES = {
    pdf: "application/pdf",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/**
 * Save a file that the server has sent as base64 text.
 *
 * @param {{name: string, content: string}} file
 */
export function saveFile({ name, content }) {
    const type = TYPES[name.split(".").pop()];
    const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
    downloadFile(new Blob([bytes], { type }), name, type);
}
