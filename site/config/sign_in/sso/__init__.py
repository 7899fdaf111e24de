"""Signing in at the employer's: OIDC and SAML, by django-allauth and the rules of this folder."""
