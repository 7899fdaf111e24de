"""The accessibility statement the law asks for, and reports of what does not work."""
