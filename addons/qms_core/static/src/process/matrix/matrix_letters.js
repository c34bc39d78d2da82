/**
 * What a key does to the letters of a cell: plain functions over plain data, without a component.
 *
 * A cell is `{ value, steps }`: its letters in the order of the set, and those of them that follow
 * from the steps of the version in force and can't be taken away here.
 */

// Capital letters that look the same in both alphabets: whoever types one of them means the other, too.
const LOOKALIKES = Object.fromEntries(
    [..."АВЕІКМНОРСТХ"].flatMap((cyrillic, index) => {
        const latin = "ABEIKMHOPCTX"[index];
        return [
            [cyrillic, latin],
            [latin, cyrillic],
        ];
    })
);

/** Return the letters of a text in the order of the set, each once. */
export function inOrder(text, letters) {
    return letters
        .map((letter) => letter.letter)
        .filter((letter) => text.includes(letter))
        .join("");
}

/**
 * Return the letter of the chosen set that a key press means, if any.
 *
 * The letter itself comes first, then the one that looks like it in the other alphabet, then the one
 * that stands on the key: so a Latin set works on a Ukrainian keyboard, too.
 */
export function letterOfKey({ key, code }, letters) {
    const chosen = letters.filter((letter) => letter.chosen);
    const typed = key.length === 1 ? key.toUpperCase() : "";
    const candidates = [typed, LOOKALIKES[typed], (code || "").replace(/^Key/, "")];
    for (const candidate of candidates) {
        const letter = candidate && chosen.find((each) => each.letter === candidate);
        if (letter) {
            return letter;
        }
    }
}

function isAccountable(text, letters) {
    return letters.some((letter) => letter.accountable && text.includes(letter.letter));
}

function keep(text, letters, condition) {
    return letters.filter((letter) => condition(letter) && text.includes(letter.letter)).map((letter) => letter.letter);
}

/**
 * Return the letters of a cell after a letter was set, or null where that is impossible: the
 * accountable role performs or has no second letter. Letters from steps always stay.
 */
export function withLetter(cell, letter, letters) {
    let kept = [];
    if (letter.accountable) {
        kept = keep(cell.value, letters, (each) => each.performs);
    } else if (isAccountable(cell.value, letters)) {
        if (!letter.performs) {
            return null;
        }
        kept = keep(cell.value, letters, (each) => each.accountable);
    }
    return inOrder([...kept, ...cell.steps, letter.letter].join(""), letters);
}

/** Return the letters of a cell after one was added to or taken from the others; null as above. */
export function toggled(cell, letter, letters) {
    if (cell.value.includes(letter.letter)) {
        return cell.value.replace(letter.letter, "");
    }
    if (letter.accountable || isAccountable(cell.value, letters)) {
        return withLetter(cell, letter, letters);
    }
    return inOrder(cell.value + letter.letter, letters);
}

/** Return the column of a row that has the accountable letter, as a number, if any. */
export function accountableColumn(cells, letters) {
    const found = Object.keys(cells).find((column) => isAccountable(cells[column].value, letters));
    return found && Number(found);
}

/** Return the letters without the accountable one. */
export function withoutAccountable(text, letters) {
    return letters.reduce((rest, letter) => (letter.accountable ? rest.replace(letter.letter, "") : rest), text);
}
