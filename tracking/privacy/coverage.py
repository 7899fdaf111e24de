"""What "Mina uppgifter" leaves out although a path leads from it to a person, and why.

A new model with such a path fails tests/contracts/test_own_data.py until a section names it or it
stands here.
"""

from collections.abc import Mapping

_CONTENT = "teaching material; who did what to it, and when, stands in `redigering`"
_STEPS = "the steps of `redigering`, as the editor keeps them to undo and compare"
_H5P = "which libraries belong to an upload in `h5p_uppladdningar`"
_SCREEN = "how an editor's screen looks and what it has open"

LEFT_OUT: Mapping[str, str] = {
    "quizzes.Question": _CONTENT,
    "quizzes.QuestionVersion": _CONTENT,
    "quizzes.Quiz": _CONTENT,
    "quizzes.Counted": "that an attempt in `forsok` is in the kept statistics, which name nobody",
    "tracking.Arriving": "only while a file is being written, before anything is known of them",
    "tracking.TargetDraft": "a target not yet published; who published one, and when, in the log",
    "tracking.Publication": "counts of nobody by name; who published them, and when, in the log",
    "quizzes.Regrade": "whom it concerned stands in `omrattningar`; who decided it, in the log",
    "courses.SupportInformation": _CONTENT,
    "courses.H5PVersionLibrary": _H5P,
    "courses.H5PVersion_brought": _H5P,
    "wagtailcore.Page": _CONTENT,
    "wagtaildocs.Document": _CONTENT,
    "wagtailimages.Image": _CONTENT,
    "wagtailforms.FormSubmission": _CONTENT,
    "wagtailcore.Revision": _STEPS,
    "wagtailcore.Comment": _STEPS,
    "wagtailcore.CommentReply": _STEPS,
    "wagtailcore.TaskState": _STEPS,
    "wagtailcore.WorkflowState": _STEPS,
    "wagtailcore.UploadedFile": _STEPS,
    "wagtail_localize.StringTranslation": _STEPS,
    "wagtail_localize.SegmentOverride": _STEPS,
    "account.EmailConfirmation": "a secret of allauth's, sent once; never made here",
    "socialaccount.SocialToken": "a secret of the employer's log-in; never kept here",
    "wagtailcore.PageSubscription": _SCREEN,
    "wagtailadmin.EditingSession": _SCREEN,
    "wagtailadmin.FormState": _SCREEN,
    "wagtailusers.UserProfile": _SCREEN,
}
