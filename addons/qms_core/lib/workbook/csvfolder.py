import csv
from pathlib import Path

from .writer import write


def pack_folder(path, spec):
    """Pack a folder of CSV files into a workbook: one sheet per file, named after it.

    Nothing is interpreted here, so that the workbook goes through the same checks as any other.

    :param path: the folder; its files are UTF-8 with a header row
    :param spec: the sheets, for their order and looks
    :return: the workbook
    :rtype: bytes
    """
    tables = {}
    for file in sorted(Path(path).glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            tables[file.stem] = list(csv.reader(stream))
    return write(spec, tables)
