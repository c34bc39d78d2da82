const GIVES = 1;
const GETS = 2;

function normalized(text) {
    return text.toLocaleLowerCase().replace(/[’ʼ`]/g, "'");
}

/** What the map asks about its data: neighbours, what a node gets and gives, which nodes a text means. */
export class InteractionModel {
    /** @param {Object} data result of `get_interaction_map` */
    constructor(data) {
        Object.assign(this, data);
        this.byKey = new Map();
        for (const node of this.nodes) {
            // A party may stand on both sides: the first of its boxes speaks for both.
            if (!this.byKey.has(node.key)) {
                this.byKey.set(node.key, node);
            }
        }
        this.edges.forEach((edge, index) => (edge.id = index));
    }

    get isEmpty() {
        return !this.edges.length && !this.missing.length;
    }

    get processes() {
        return this.nodes.filter((node) => node.role === "process");
    }

    /** Keys of the nodes that a node is connected with, and its own. */
    neighbours(key) {
        const keys = new Set([key]);
        for (const { source, target } of this.edges) {
            if (source === key) {
                keys.add(target);
            } else if (target === key) {
                keys.add(source);
            }
        }
        return keys;
    }

    gets(key) {
        return this._sides(key, GETS);
    }

    gives(key) {
        return this._sides(key, GIVES);
    }

    /** One row per other end: who, what, and which of it only one of both names. */
    _sides(key, side) {
        return this.edges
            .filter((edge) => (side === GETS ? edge.target : edge.source) === key)
            .map((edge) => {
                const other = side === GETS ? edge.source : edge.target;
                return {
                    id: edge.id,
                    key: other,
                    name: this.byKey.get(other).name,
                    items: edge.items.map((name) => ({ name, oneSided: edge.one_sided.includes(name) })),
                };
            });
    }

    missingOf(key) {
        return this.missing.filter((row) => row.process === key || (row.kind === "one_sided" && row.other === key));
    }

    /** Keys of the nodes at which an end is missing. */
    get keysWithMissing() {
        const keys = new Set();
        for (const row of this.missing) {
            keys.add(row.process);
            if (row.kind === "one_sided") {
                keys.add(row.other);
            }
        }
        return keys;
    }

    /** Keys of the nodes whose name, or anything they get or give, contains the text. */
    matching(text) {
        const words = normalized(text.trim());
        const has = (name) => normalized(name).includes(words);
        const keys = new Set(this.nodes.filter((node) => has(node.name)).map((node) => node.key));
        for (const edge of this.edges) {
            if (edge.items.some(has)) {
                keys.add(edge.source).add(edge.target);
            }
        }
        for (const row of this.missing) {
            if (has(row.name)) {
                keys.add(row.process);
            }
        }
        return keys;
    }
}
