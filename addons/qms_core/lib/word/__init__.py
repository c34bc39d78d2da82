"""HTML of documents as DOCX with real headings, lists and tables; plain Python."""

from .markup import UnknownMarkup, check
from .writer import Page, to_docx

__all__ = ["Page", "UnknownMarkup", "check", "to_docx"]
