"""What is kept about somebody, told to themself; what the audit log says, told to an auditor."""
