"""The reports' charts: what each says, and the figures it draws."""
