"""What a page may load, and where its forms may lead."""

from __future__ import annotations

from csp.constants import NONCE, NONE, SELF, Nonce

from creatorhub.config.environment import Environment

Policy = dict[str, list[str | Nonce]]

# Wagtail's editor has inline scripts and styles; only signed-in creators open it.
EDITOR_POLICY: Policy = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
}


def page_policy(environment: Environment) -> Policy:
    """The policy of every other page: nothing but our own."""
    return {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *_processor_pages(environment)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }


def _processor_pages(environment: Environment) -> list[str]:
    """Forms of ours lead to the processor, and browsers hold redirects to form-action too."""
    if not environment.stripe.secret_key:
        return []
    checkout = environment.stripe.api_address or "https://checkout.stripe.com"
    return [checkout, "https://connect.stripe.com"]
