"""Signing in at the employer's (SSO): OIDC and SAML, each on when the environment describes it.

docs/administrators/inloggning.md says step by step what to set.
"""

from pathlib import Path
from typing import Any

from config import env

# One entry for each way in, as allauth's SocialApp takes it. `provider_id` holds who vouches, so
# that another identity provider's subjects are never taken for this one's.
SSO_APPS: list[dict[str, Any]] = []

if env.text("OIDC_ISSUER"):
    SSO_APPS.append(
        {
            "provider": "openid_connect",
            "provider_id": f"oidc@{env.text('OIDC_ISSUER')}",
            "name": env.text("OIDC_NAME"),
            "client_id": env.required("OIDC_CLIENT_ID"),
            "secret": env.required("OIDC_CLIENT_SECRET"),
            "settings": {
                "server_url": env.text("OIDC_ISSUER"),
                "person_id": env.required("OIDC_PERSON_ID_CLAIM"),
                "scope": env.words("OIDC_SCOPES", "openid"),
                "oauth_pkce_enabled": True,
            },
        }
    )

if env.text("SAML_IDP_ENTITY_ID"):
    SSO_APPS.append(
        {
            "provider": "saml",
            "provider_id": f"saml@{env.text('SAML_IDP_ENTITY_ID')}",
            "name": env.text("SAML_NAME"),
            "client_id": "saml",
            "settings": {
                "idp": {
                    "entity_id": env.text("SAML_IDP_ENTITY_ID"),
                    "sso_url": env.required("SAML_IDP_SSO_URL"),
                    # More than one while the identity provider changes its key.
                    "certificates": [
                        Path(name.strip()).read_text(encoding="ascii")
                        for name in env.required("SAML_IDP_CERTIFICATES").split(",")
                    ],
                },
                "sp_entity_id": env.text("SAML_SP_ENTITY_ID"),
                "person_id": env.required("SAML_PERSON_ID_ATTRIBUTE"),
            },
        }
    )

# Of allauth only what the two need: nobody signs up, and no mail address opens anything.
SOCIALACCOUNT_ADAPTER = "config.sign_in.sso.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
ACCOUNT_ADAPTER = "config.sign_in.sso.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
