from pathlib import Path

from .model import Framework
from .reader import read


class BrokenFileError(Exception):
    """A file that comes with the program is wrong: ``name`` of the file and its ``problems``."""

    def __init__(self, name, problems):
        super().__init__(f"{name}: {problems[0]}")
        self.name, self.problems = name, problems


def read_folder(path):
    """Read the files that come with the program.

    :param path: a folder of JSON files
    :return: the frameworks by code, and the mappings
    :rtype: tuple(dict[str, Framework], list[Mapping])
    :raises BrokenFileError: at the first file with a problem
    """
    frameworks, mappings = {}, []
    for file in sorted(Path(path).glob("*.json")):
        found, problems = read(file.read_bytes())
        if problems:
            raise BrokenFileError(file.name, problems)
        if isinstance(found, Framework):
            frameworks[found.code] = found
        else:
            mappings.append(found)
    return frameworks, mappings
