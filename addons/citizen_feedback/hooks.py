from .models.appeal.feedback_appeal_public import KEY_PARAMETER as RECEIPT_KEY_PARAMETER
from .models.intake.feedback_limit import KEY_PARAMETER

SEQUENCES = (
    "feedback.signal.number",
    "feedback.appeal.number",
    "feedback.batch.number",
    "feedback.privacy.request.number",
)


def post_init_hook(env):
    """Draw the first key of the limiter, so that no visitor waits for it; tell of feedback in the weekly mails."""
    env["feedback.limit"]._renew_key()
    env["digest.digest"]._tell_feedback()


def uninstall_hook(env):
    """Take back what the addon left in tables that are not its own."""
    env["ir.config_parameter"].search([("key", "in", (KEY_PARAMETER, RECEIPT_KEY_PARAMETER))]).unlink()
    env["ir.sequence"].search([("code", "in", SEQUENCES)]).unlink()
    # Each website got its copy of the menu; only one of them is known by its XML id.
    env["website.menu"].search([("url", "in", ("/feedback", "/appeals"))]).unlink()
