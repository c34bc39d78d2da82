from pathlib import Path

from .model import Framework
from .reader import read


def read_folder(path):
    """Read the files that come with the program; that they are sound is checked by the tests.

    :param path: a folder of JSON files
    :return: the frameworks by code, and the mappings
    :rtype: tuple(dict[str, Framework], list[Mapping])
    """
    found = [read(file.read_bytes())[0] for file in sorted(Path(path).glob("*.json"))]
    frameworks = {item.code: item for item in found if isinstance(item, Framework)}
    return frameworks, [item for item in found if not isinstance(item, Framework)]
