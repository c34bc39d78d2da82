from .problem import Problem


def check(spec, book, known=None):
    """Check what lies between cells: what is required, keys, references, trees.

    :param spec: the sheets
    :param Book book: the workbook as it was read
    :param dict known: ``{sheet: keys}`` that references may mean besides the rows of the workbook
    :return: problems, in the order of sheets and rows
    :rtype: list[Problem]
    """
    keys = {sheet.name: _keys(sheet, book) for sheet in spec}
    problems = []
    for sheet in spec:
        rows = book.rows.get(sheet.name, [])
        problems += [problem for row in rows for problem in _missing(sheet, row)]
        problems += _duplicates(sheet, rows)
        problems += [problem for row in rows for problem in _dangling(sheet, row, keys, known or {})]
        if sheet.parent:
            problems += _cycles(sheet, rows)
    return problems


def _keys(sheet, book):
    return {sheet.key_of(row.values) for row in book.rows.get(sheet.name, [])}


def _missing(sheet, row):
    for column in sheet.columns:
        if not column.required:
            continue
        headers = [header for header in row.values if header.partition("@")[0] == column.name]
        if all(row.values[header] == "" for header in headers):
            yield Problem("required", sheet.name, row.number, headers[0])


def _duplicates(sheet, rows):
    first = {}
    for row in rows:
        key = sheet.key_of(row.values)
        if not all(key):
            continue
        if key in first:
            yield Problem(
                "duplicate", sheet.name, row.number, sheet.key[-1], {"key": " / ".join(key), "first": first[key]}
            )
        first.setdefault(key, row.number)


def _dangling(sheet, row, keys, known):
    for column in sheet.columns:
        value = column.ref and row.values.get(column.name)
        for part in value.split(";") if value else ():
            key = column.ref_key(part, row.values)
            if None in key or key in keys[column.ref]:
                continue
            if column.local or key not in known.get(column.ref, ()):
                yield Problem(
                    "unknown_ref",
                    sheet.name,
                    row.number,
                    column.name,
                    {"value": " / ".join(key), "sheet": column.ref},
                )


def _cycles(sheet, rows):
    """One problem per ring of parents, at its first row."""
    column = sheet.column(sheet.parent)
    parents, numbers = {}, {}
    for row in rows:
        key = sheet.key_of(row.values)
        if all(key) and row.values.get(sheet.parent):
            parents.setdefault(key, column.ref_key(row.values[sheet.parent], row.values))
            numbers.setdefault(key, row.number)
    settled = set()
    for start in parents:
        path, key = [], start
        while key in parents and key not in settled and key not in path:
            path.append(key)
            key = parents[key]
        if key in path:
            ring = path[path.index(key) :]
            names = " → ".join(part[-1] for part in [*ring, key])
            yield Problem("cycle", sheet.name, min(numbers[part] for part in ring), sheet.parent, {"path": names})
        settled.update(path)
