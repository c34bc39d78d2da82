from dataclasses import dataclass, field


@dataclass
class Difference:
    """What a row of the workbook changes: ``kind`` is new, changed or removed; ``changes`` old and new by header."""

    sheet: str
    key: tuple
    kind: str
    changes: dict = field(default_factory=dict)


def compare(sheet, wanted, current, languages):
    """Compare the rows of a sheet with what there is.

    :param Sheet sheet: the sheet
    :param dict wanted: ``{key: values}`` of the workbook
    :param dict current: ``{key: values}`` of what there is
    :param languages: the languages that count; columns of others are left alone
    :rtype: list[Difference]
    """
    differences = []
    for key, values in wanted.items():
        values = flatten(sheet, values, languages)
        if key not in current:
            changes = {header: ("", value) for header, value in values.items() if value != ""}
            differences.append(Difference(sheet.name, key, "new", changes))
            continue
        old = current[key]
        changes = {header: (old[header], value) for header, value in values.items() if old[header] != value}
        if changes:
            differences.append(Difference(sheet.name, key, "changed", changes))
    if sheet.owned:
        differences += [Difference(sheet.name, key, "removed") for key in current if key not in wanted]
    return differences


def flatten(sheet, values, languages):
    """Return the values that count in a comparison, empty translations filled as they will be shown."""
    result = {}
    for column in sheet.columns:
        if not column.compared:
            continue
        if column.translated:
            texts = spread(column, values, languages)
            result.update({column.header(language): text for language, text in texts.items()})
        else:
            result[column.name] = values[column.name]
    return result


def spread(column, values, languages, complete=False):
    """Return ``{language: text}`` of a translated column, for those of the languages that the workbook has.

    An empty cell shows the English text, and where there is none, the first text given.

    :param bool complete: have English in any case
    """
    prefix = column.name + "@"
    given = {header.removeprefix(prefix): text for header, text in values.items() if header.startswith(prefix)}
    source = given.get("en") or next((text for text in given.values() if text), "")
    result = {language: given[language] or source for language in languages if language in given}
    return {"en": source, **result} if complete else result
