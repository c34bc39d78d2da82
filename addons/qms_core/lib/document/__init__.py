"""Files of documents: what may be uploaded, stamps on PDF pages, detached signatures; plain Python."""

from .files import MOST_BYTES, from_outside, pictures, problem
from .signature import Signature, SignatureProblem, matching, read_signature
from .stamp import PdfProblem, join, page_count, stamp

__all__ = [
    "MOST_BYTES",
    "PdfProblem",
    "Signature",
    "SignatureProblem",
    "from_outside",
    "join",
    "matching",
    "page_count",
    "pictures",
    "problem",
    "read_signature",
    "stamp",
]
