import os
from pathlib import Path
from unittest import skipUnless

from odoo.tests import TransactionCase, tagged

from .access_matrix import ADDONS, matrix

DOCUMENT = Path(__file__).parents[3] / "docs" / "access_matrix.csv"


@tagged("post_install", "-at_install")
@skipUnless(DOCUMENT.parent.is_dir(), "The matrix belongs to the repository, not to an installed package.")
class TestAccessMatrix(TransactionCase):
    def test_document_shows_what_holds(self):
        """Who may do what changes only together with the document that a person reads.

        After a wanted change: ``QMS_WRITE=matrix ./qms test addons/qms_core/tests/test_access_matrix.py``.
        """
        installed = self.env["ir.module.module"].search_count([("name", "in", ADDONS), ("state", "=", "installed")])
        if installed < len(ADDONS):
            self.skipTest("The matrix is that of all addons together.")
        current = matrix(self.env)
        if "matrix" in os.environ.get("QMS_WRITE", ""):
            DOCUMENT.write_text(current)
        self.assertEqual(DOCUMENT.read_text(), current)
