import { RPCError } from "@web/core/network/rpc";

export const EMPTY = { value: "", steps: "" };
const UNDO_STEPS = 100;

/**
 * The edits of a matrix: shown at once, saved one batch after the other, taken back one by one.
 *
 * `rows` below are `{row id: { cells: {column id: { value, steps }} }}`; cells are replaced, never changed.
 */
export class MatrixEdits {
    /**
     * @param {Object} options
     * @param {Object} options.progress where `saving`, `unsaved` (no connection) and `edited` are told
     * @param {Function} options.write saves `[row, column, seen, wanted]` lists; returns the cells that differ now
     * @param {Function} options.refused called with the error when the server has refused a batch
     */
    constructor({ progress, write, refused }) {
        Object.assign(this, { progress, write, refused });
        this.pending = new Map();
        this.stack = [];
    }

    get unfinished() {
        return this.pending.size > 0 || this.progress.saving;
    }

    /** Forget what could be taken back. */
    forget() {
        this.stack = [];
    }

    /**
     * Show changes and save them.
     *
     * @param {Object} rows
     * @param {{ row: number, column: number, value: string }[]} changes
     * @param {boolean} [undoable]
     */
    apply(rows, changes, undoable = true) {
        const done = [];
        for (const { row, column, value } of changes) {
            const cells = rows[row]?.cells;
            const { value: old, steps } = cells?.[column] || EMPTY;
            if (!cells || old === value) {
                continue;
            }
            const key = `${row},${column}`;
            const seen = this.pending.has(key) ? this.pending.get(key)[2] : old;
            this.pending.set(key, [row, column, seen, value]);
            cells[column] = { value, steps };
            done.push({ row, column, value: old });
        }
        if (undoable && done.length) {
            this.stack.push(done);
            this.stack = this.stack.slice(-UNDO_STEPS);
        }
        this.progress.edited = true;
        this.rows = rows;
        this.save();
    }

    /** Take the last edit back; returns its changes, if there was one. */
    undo(rows) {
        const changes = this.stack.pop();
        if (changes) {
            this.apply(rows, changes, false);
        }
        return changes;
    }

    /** Save what is pending; ends when nothing is. */
    save() {
        this.saved = this.saved || this.saveAll().finally(() => (this.saved = null));
        return this.saved;
    }

    async saveAll() {
        while (this.pending.size) {
            const batch = new Map(this.pending);
            this.pending.clear();
            this.progress.saving = true;
            try {
                const changed = await this.write([...batch.values()]);
                this.progress.unsaved = false;
                this.accept(changed);
            } catch (error) {
                this.giveUp(error, batch);
                return;
            } finally {
                this.progress.saving = false;
            }
        }
    }

    /** Take over what the server made of the changes, except where one has typed on. */
    accept(changed) {
        for (const [row, column, value, steps] of changed) {
            const cells = this.rows[row]?.cells;
            const cell = cells?.[column] || EMPTY;
            if (cells && !this.pending.has(`${row},${column}`) && (cell.value !== value || cell.steps !== steps)) {
                cells[column] = { value, steps };
            }
        }
    }

    /** What the server refused is gone as a whole; without a connection it waits. */
    giveUp(error, batch) {
        if (error instanceof RPCError) {
            this.pending.clear();
            this.forget();
            this.refused(error);
            return;
        }
        for (const [key, [row, column, seen, value]] of batch) {
            const later = this.pending.get(key);
            this.pending.set(key, [row, column, seen, later ? later[3] : value]);
        }
        this.progress.unsaved = true;
    }
}
