"""The pages: a manager's own reminder, what was sent, one's own, the rule, what came back."""
