"""Frameworks as data: files of standards and of mappings between them, read, checked and judged without the ORM."""

from .circle import find_circle
from .coverage import ANSWERED, EXCLUDED, MAPPED, OPEN, PARTLY, Node, cover, tally
from .model import STRENGTHS, Clause, Framework, Link, Mapping
from .problem import Problem
from .reader import SCHEMA, read
from .shipped import BrokenFileError, read_folder
from .wording import pack_wording, wording_sheet
