"""Signing in is everybody's; one's own account is one's own. The views name no other person."""

from __future__ import annotations

from tests.architecture.access import Row, Who

# allauth's rate limits answer 429 once a role has knocked often enough.
WAYS_IN = frozenset({200, 302, 400, 429})

# 403 where a person has nothing to confirm with; 404 where they have no such key or code.
OWN = frozenset({200, 302, 403, 404})

ROWS = {
    "account_inactive": Row(get=Who.EVERYONE),
    "account_password_reset_completed": Row(get=Who.EVERYONE),
    "mfa_index": Row(get=Who.SIGNED_IN),
    "mfa_list_webauthn": Row(get=Who.SIGNED_IN),
    "mfa_view_recovery_codes": Row(get=Who.SIGNED_IN, answers=OWN),
    "mfa_download_recovery_codes": Row(get=Who.SIGNED_IN, answers=OWN),
    "mfa_remove_webauthn": Row(args=("=0",), get=Who.SIGNED_IN, post=Who.SIGNED_IN, answers=OWN),
    "mfa_edit_webauthn": Row(args=("=0",), get=Who.SIGNED_IN, post=Who.SIGNED_IN, answers=OWN),
    # Only the world's staff have an authenticator app.
    "mfa_deactivate_totp": Row(get=Who.STAFF, post=Who.STAFF),
}

ROWS |= {
    name: Row(get=Who.EVERYONE, post=Who.EVERYONE, answers=WAYS_IN)
    for name in (
        "account_login",
        "account_logout",
        "account_signup",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "account_reset_password",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "mfa_authenticate",
        "mfa_login_webauthn",
    )
}

ROWS |= {
    name: Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN, answers=OWN)
    for name in (
        "accounts:profile",
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "usersessions_list",
    )
}
