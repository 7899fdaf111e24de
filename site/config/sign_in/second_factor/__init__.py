"""The second factor of local accounts: a code from the phone, after the password."""
