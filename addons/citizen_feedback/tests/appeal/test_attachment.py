from odoo.tests import JsonRpcException, tagged

from .common_public import PDF, AppealHttpCase

# The client draws a small picture of a PDF file and asks the server to keep it.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestAttachment(AppealHttpCase):
    """What the web client does with the file of an appeal while somebody looks at the appeal."""

    def _sent_file(self):
        appeal, _code = self._sent(files=[PDF])
        appeal.with_user(self.operator).action_register()
        appeal.with_user(self.manager).department_id = self.unit
        appeal.with_user(self.manager).action_assign()
        return appeal.attachment_ids

    def _ask(self, user, what, file, **params):
        self.authenticate(user.login, user.login)
        self.make_jsonrpc_request(f"/mail/attachment/{what}", {"attachment_id": file.id, **params})

    def test_who_answers_sees_a_small_picture_of_it(self):
        file = self._sent_file()
        self._ask(self.head_user, "update_thumbnail", file, thumbnail=PICTURE)
        self.assertTrue(file.sudo().has_thumbnail)
        self.assertEqual(file.sudo().raw, PDF[1])
        kept = file.sudo().thumbnail
        self._ask(self.manager, "update_thumbnail", file)
        self.assertEqual(file.sudo().thumbnail, kept, "nobody puts another picture in its place")

    def test_who_must_not_see_it_changes_nothing(self):
        file = self._sent_file()
        with self.assertRaisesRegex(JsonRpcException, "404|NotFound"):
            self._ask(self.clerk_user, "update_thumbnail", file, thumbnail=PICTURE)
        self.assertFalse(file.sudo().has_thumbnail)

    def test_nobody_deletes_it(self):
        file = self._sent_file()
        for user in (self.head_user, self.manager, self.clerk_user):
            with self.subTest(user=user.login), self.assertRaises(JsonRpcException):
                self._ask(user, "delete", file)
            self.assertTrue(file.sudo().exists())

    def test_a_file_of_the_office_is_deleted_as_ever(self):
        appeal = self.env["feedback.appeal"].browse(self._sent_file().sudo().res_id)
        vals = {"name": "note.txt", "raw": b"Note", "res_model": appeal._name, "res_id": appeal.id}
        own = self.env["ir.attachment"].with_user(self.head_user).create(vals)
        self._ask(self.head_user, "delete", own)
        self.assertFalse(own.exists())
