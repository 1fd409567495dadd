"""Whether a buyer is the affiliate whose link led to the purchase."""

from __future__ import annotations

from collections.abc import Iterable, Set

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


def mailboxes_of(parties: Iterable[Party]) -> dict[int, set[str]]:
    """Every mailbox we know of each party, normalised, in one query; by the party's id."""
    users = {party.pk: party.user for party in parties if party.user is not None}
    found = {pk: {normalise_email(user.email)} for pk, user in users.items()}
    others = EmailAddress.objects.filter(user__in=users.values())
    for pk, email in others.values_list("user__party", "email") if users else ():
        found[pk].add(normalise_email(email))
    return found


def is_same_person(
    *, party: Party, mailboxes: Set[str], buyer_email: str, buyer_user_id: int | None
) -> bool:
    """True when the buyer signed in as the party, or uses one of its mailboxes."""
    if buyer_user_id is not None and party.user_id == buyer_user_id:
        return True
    return normalise_email(buyer_email) in mailboxes
