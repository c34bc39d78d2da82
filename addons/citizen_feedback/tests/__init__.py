from .appeal import (
    test_appeal_public,
    test_attachment,
    test_feedback_appeal,
    test_feedback_appeal_alike,
    test_feedback_appeal_import,
    test_feedback_appeal_outcome,
    test_feedback_appeal_public,
    test_feedback_appeal_subject,
    test_feedback_appeal_term,
    test_feedback_legal_profile,
    test_follow,
)
from .case import test_feedback_case, test_feedback_case_import, test_feedback_case_statistics
from .expert import test_feedback_expert_visit
from .intake import test_barrier_public, test_feedback_channel, test_feedback_limit, test_feedback_proof
from .lib import (
    test_access_log,
    test_appeal_form,
    test_appeal_table,
    test_barrier,
    test_case_statistics,
    test_case_table,
    test_legal_term,
    test_paper_form,
    test_personal_archive,
    test_rating_form,
    test_receipt,
    test_same_words,
    test_signals,
    test_upload,
)
from .privacy import test_feedback_consent, test_feedback_privacy, test_feedback_privacy_request
from .questionnaire import test_feedback_wave, test_questionnaire_public
from .rating import (
    test_feedback_api,
    test_feedback_aspect,
    test_feedback_batch,
    test_feedback_channel_public,
    test_feedback_internal_rating,
    test_feedback_invitation,
    test_feedback_public,
    test_feedback_rating,
    test_feedback_rating_import,
    test_qms_service,
)
from .signal import (
    test_digest_digest,
    test_feedback_rule,
    test_feedback_rule_sources,
    test_feedback_rule_tuning,
    test_feedback_signal,
)
