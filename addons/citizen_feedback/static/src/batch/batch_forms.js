/**
 * The forms of a pack while they are keyed in: plain data, without a component.
 *
 * A form is `{ position, marks: { question: "1".."5" or "0" }, comment, contact, wrong, stored }`.
 */

const MARKS = ["1", "2", "3", "4", "5"];
const DOES_NOT_APPLY = "0";
// The server takes no more forms at once; without a connection more may be waiting.
const MOST_AT_ONCE = 100;
// What stands on keyboards where a paper form has a dash.
const DASHES = ["-", "–", "—"];

/** Return the mark that a key means for a question, "" for none, undefined where it means nothing. */
export function markOfKey(key, question) {
    if (MARKS.includes(key)) {
        return key;
    }
    if ((key === DOES_NOT_APPLY || DASHES.includes(key)) && question !== "score") {
        return DOES_NOT_APPLY;
    }
    return ["Delete", "Backspace", " "].includes(key) ? "" : undefined;
}

export function isEmpty(form) {
    return !form.comment.trim() && !form.contact.trim() && !Object.values(form.marks).some(Boolean);
}

/** Return how many forms are keyed in and their average overall mark, as a text. */
export function totals(forms) {
    const marks = forms.map((form) => Number(form.marks.score)).filter(Boolean);
    const sum = marks.reduce((all, mark) => all + mark, 0);
    return {
        count: forms.filter((form) => !isEmpty(form)).length,
        average: marks.length ? (sum / marks.length).toFixed(2) : "–",
    };
}

/**
 * Saves forms, one batch of them after the other; what could not be sent waits.
 */
export class FormQueue {
    /**
     * @param {Object} options
     * @param {Object} options.progress where `saving` and `unsaved` (no connection) are told
     * @param {Function} options.write sends forms; returns `{ position: what is wrong }`
     * @param {Function} options.told called with the forms that were sent and what is wrong with them
     * @param {Function} options.isRefusal tells whether an error is an answer of the server
     * @param {Function} options.refused called with the error and the forms when the server has refused them all
     */
    constructor(options) {
        Object.assign(this, options);
        this.pending = new Map();
    }

    get unfinished() {
        return this.pending.size > 0 || this.progress.saving;
    }

    add(form) {
        this.pending.set(form.position, form);
        return this.save();
    }

    save() {
        this.saved = this.saved || this.saveAll().finally(() => (this.saved = null));
        return this.saved;
    }

    async saveAll() {
        while (this.pending.size) {
            const forms = [...this.pending.values()].slice(0, MOST_AT_ONCE);
            forms.forEach((form) => this.pending.delete(form.position));
            this.progress.saving = true;
            try {
                const rows = forms.map(({ position, marks, comment, contact, stored }) => {
                    return { position, marks: { ...marks }, comment, contact, is_new: !stored };
                });
                this.told(forms, await this.write(rows));
                this.progress.unsaved = false;
            } catch (error) {
                this.keep(error, forms);
                if (this.progress.unsaved) {
                    return;
                }
            } finally {
                this.progress.saving = false;
            }
        }
    }

    keep(error, forms) {
        if (this.isRefusal(error)) {
            this.progress.unsaved = false;
            this.refused(error, forms);
            return;
        }
        for (const form of forms) {
            if (!this.pending.has(form.position)) {
                this.pending.set(form.position, form);
            }
        }
        this.progress.unsaved = true;
    }
}
