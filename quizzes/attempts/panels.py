"""Where a question is used, at the foot of its form in the editor."""

from typing import Any

from wagtail.admin.panels import Panel

from quizzes.attempts.usage import usage_of


class UsagePanel(Panel):
    """Shown once the question has been saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/usage.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"usage": usage_of(self.instance, self.request.user)}
