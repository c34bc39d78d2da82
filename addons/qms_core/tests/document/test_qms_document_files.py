import base64
import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.qms_core.lib import document as document_files

from .document_common import DocumentCase, pdf


def signed(content, name="Halyna Signatory", detached=True):
    """Return a CMS signature of some bytes, made with a key of this test."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime(2026, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    options = [pkcs7.PKCS7Options.Binary]
    if detached:
        options.append(pkcs7.PKCS7Options.DetachedSignature)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, options)


@tagged("post_install", "-at_install")
class TestUploads(DocumentCase):
    def _not_taken(self, message, **file):
        version = self._version()
        with self._refused(message, ValidationError):
            version.attachment_ids = self._file(**file)
        self.assertFalse(version.attachment_ids)

    def test_a_file_of_100_megabytes(self):
        self._not_taken("too large", content=b"%PDF-" + bytes(100 * 1024 * 1024))

    def test_wrong_types(self):
        self._not_taken("of a type", name="virus.exe", content=b"MZ")
        self._not_taken("of a type", name="page.html", content=b"<script>alert(1)</script>")
        self._not_taken("of a type", name="no_ending", content=b"x")
        self._not_taken("not what its name says", name="order.pdf", content=b"<html></html>")
        self._not_taken("not what its name says", name="notes.txt", content=b"a\0b")

    def test_a_broken_pdf_is_found_before_the_approval(self):
        version = self._version(attachment_ids=[(4, self._file(content=b"%PDF-1.4 broken").id)])
        with self._refused("can't be opened"):
            version.action_submit()
        self.assertEqual(version.state, "draft")

    def test_a_locked_pdf(self):
        import io

        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter()
        writer.append_pages_from_reader(PdfReader(io.BytesIO(pdf())))
        writer.encrypt("secret")
        locked = io.BytesIO()
        writer.write(locked)
        version = self._version(attachment_ids=[(4, self._file(content=locked.getvalue()).id)])
        with self._refused("password"):
            version.action_submit()

    def test_a_file_of_something_else_is_copied(self):
        file = self._file()
        file.sudo().write({"res_model": "res.partner", "res_id": self.coordinator.partner_id.id})
        version = self._version(attachment_ids=[(4, file.id)])
        self.assertNotEqual(version.attachment_ids, file)
        self.assertEqual(version.attachment_ids.res_id, version.id)

    def test_a_file_that_one_may_not_read(self):
        foreign = self.env["ir.attachment"].create({"name": "secret.pdf", "raw": pdf(), "res_model": "res.users"})
        with self.assertRaises(AccessError):
            self._version(attachment_ids=[(4, foreign.id)])

    def test_pictures_become_part_of_the_text(self):
        pixel = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        picture = self._file(name="map.png", content=pixel)
        version = self._version(body=f'<p>Map <img src="/web/image/{picture.id}-abc/map.png"></p>')
        self._submitted(version)
        self.assertIn("data:image/png;base64,", version.body)
        gone = self._version(body='<p><img src="/web/image/99999999"></p>')
        with self._refused("picture"):
            gone.action_submit()


@tagged("post_install", "-at_install")
class TestSignatures(DocumentCase):
    def _store(self, version, content, user=None, name="order.p7s"):
        wizard = self.env["qms.document.signature.wizard"].with_user(user or self.commissioner)
        vals = {"version_id": version.id, "signature": base64.b64encode(content), "name": name}
        wizard.create(vals).action_confirm()

    def test_a_signature_of_the_print_is_stored(self):
        version = self._effective()
        master = version.pdf_attachment_id.raw
        self._store(version, signed(master))
        signature = version.signature_ids
        self.assertEqual((signature.signer, signature.hash_state), ("Halyna Signatory", "matches"))
        self.assertEqual(signature.signed_checksum, hashlib.sha256(master).hexdigest())
        self.assertEqual(signature.signed_file, version.pdf_attachment_id.name)
        for change in (
            lambda: signature.with_user(self.commissioner).write({"signer": "x"}),
            lambda: signature.with_user(self.commissioner).unlink(),
            lambda: signature.sudo().unlink(),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_a_signature_of_a_file_of_the_version(self):
        content = pdf(2, "Order")
        version = self._effective(self._version(attachment_ids=[(4, self._file(content=content).id)]))
        self.assertTrue(version.with_user(self.head_user).may_sign)
        self.assertFalse(version.with_user(self.clerk_user).may_sign)
        self._store(version, signed(content), self.head_user)
        self.assertEqual(version.signature_ids.signed_file, "annex.pdf")

    def test_a_signature_of_something_else(self):
        version = self._effective()
        with self._refused("fits none"):
            self._store(version, signed(b"another text"))
        with self._refused("no electronic signature"):
            self._store(version, b"just some bytes")
        with self._refused("inside"):
            self._store(version, signed(version.pdf_attachment_id.raw, detached=False))
        self.assertFalse(version.signature_ids)

    def test_who_stores_signatures(self):
        version = self._effective()
        good = signed(version.pdf_attachment_id.raw)
        with self.assertRaises(AccessError):
            self._store(version, good, self.clerk_user)
        with self.assertRaises(AccessError):
            self.env["qms.document.signature"].with_user(self.commissioner).create({"version_id": version.id})
        draft = self._version()
        with self.assertRaises(UserError):
            self._store(draft, good)


@tagged("post_install", "-at_install")
class TestCopies(DocumentCase, HttpCase):
    def _text(self, content):
        import io

        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)

    def test_copies_say_what_they_are(self):
        version = self._version()
        self.assertIn("Draft, not approved", self._text(version._copy_pdf()))
        self._effective(version)
        self.assertIn("Uncontrolled copy", self._text(version._copy_pdf()))
        version.with_user(self.commissioner).action_withdraw("Old")
        self.assertIn("NO LONGER IN FORCE", self._text(version._copy_pdf()))

    def test_prints_over_http(self):
        version = self._effective()
        row = self.env["qms.document.distribution"].create(
            {"document_id": version.document_id.id, "target": "unit", "department_id": self.unit.id, "copy_number": 4}
        )
        url = row.with_user(self.coordinator).action_issue()["url"]
        self.authenticate("qms_coordinator", "qms_coordinator")
        registered = self.url_open(url)
        self.assertEqual(registered.headers["Content-Type"], "application/pdf")
        self.assertIn("Registered copy No. 4", self._text(registered.content))
        # Whoever reads the document prints it; the number is given by who keeps the copies.
        self.authenticate("qms_clerk", "qms_clerk")
        plain = self._text(self.url_open(url).content)
        self.assertIn("Uncontrolled copy", plain)
        self.assertNotIn("Registered copy", plain)
        draft = self._version()
        self.assertEqual(self.url_open(f"/qms/document/{draft.id}").status_code, 404)

    def test_what_is_read_in_the_library_is_a_copy(self):
        version = self._effective(self._version(attachment_ids=[(4, self._file().id)]))
        files = version.document_id.with_user(self.clerk_user).get_reader()["files"]
        self.assertEqual([file["name"] for file in files], [version.pdf_attachment_id.name, "annex.pdf"])
        self.authenticate("qms_clerk", "qms_clerk")
        self.assertIn("Uncontrolled copy", self._text(self.url_open(files[0]["url"]).content))

    def test_stamps_fit_turned_pages(self):
        stamped = document_files.stamp(pdf(2, rotate=90), "Копія № 3", self._font())
        self.assertEqual(document_files.page_count(stamped), 2)
        self.assertIn("Копія № 3", self._text(stamped))

    def _font(self):
        from odoo.tools import file_path

        from odoo.addons.qms_core.models.document.qms_document_version_files import FONT

        return file_path(FONT)
