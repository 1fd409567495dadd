"""Whether a buyer is the affiliate whose link led to the purchase."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from creatorhub.accounts.models import Party

# These two deliver to one mailbox and ignore dots (Google: "Dots don't matter in Gmail addresses").
GOOGLE_DOMAINS = frozenset({"gmail.com", "googlemail.com"})


def normalise_email(email: str) -> str:
    """The mailbox an address reaches: lower case, without +tag, Google's dots dropped."""
    local, _, domain = email.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    if domain in GOOGLE_DOMAINS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def mailboxes_of(party: Party) -> set[str]:
    """Every mailbox we know of this party, normalised."""
    if party.user is None:
        return set()
    others = EmailAddress.objects.filter(user=party.user).values_list("email", flat=True)
    return {normalise_email(email) for email in (party.user.email, *others)}


def is_same_person(*, party: Party, buyer_email: str, buyer_user_id: int | None) -> bool:
    """True when the buyer signed in as the party, or uses one of its mailboxes."""
    if buyer_user_id is not None and party.user_id == buyer_user_id:
        return True
    return normalise_email(buyer_email) in mailboxes_of(party)
