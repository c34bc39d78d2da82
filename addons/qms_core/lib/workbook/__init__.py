"""A workbook of sheets with keys and references: read, checked, compared and written without the ORM."""

from . import rules
from .book import Book, Row
from .cells import clean
from .check import check
from .compare import Difference, compare, spread
from .csvfolder import pack_folder
from .problem import Problem
from .reader import Limits, read
from .spec import Column, Sheet, natural
from .writer import TextTooLongError, write
