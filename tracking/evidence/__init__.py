"""What was learned elsewhere counts: attendance, lists, evidence; and what proves it."""
