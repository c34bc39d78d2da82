"""What all workbooks share: a text of people stays a text, whatever it begins with."""


def write_cell(sheet, row, column, value, style=None):
    """Write a value by its own type.

    ``Worksheet.write`` makes a formula of ``{=…}`` even where it was told to make none of texts, so nothing that
    people have typed may go through it.

    :param sheet: a worksheet of xlsxwriter
    :param int row: from 0
    :param int column: from 0
    :param value: a truth value, a number, a text, or None for an empty cell
    :param style: a format of the workbook
    """
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)
