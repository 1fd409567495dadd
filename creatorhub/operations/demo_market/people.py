"""The people of the demo market, made the way sign-up makes them."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from creatorhub.accounts.models import Party, User
from creatorhub.accounts.services import welcome_user
from creatorhub.operations.demo_logins import DEMO_EMAILS, DEMO_PASSWORD

DOMAIN = "demo.example"

AFFILIATES = [
    ("سارة العتيبي", DEMO_EMAILS["affiliate"], "ar"),
    ("هند الكندري", f"hind@{DOMAIN}", "ar"),
    ("Omar Nasser", f"omar@{DOMAIN}", "en"),
    ("Grace Liu", f"grace@{DOMAIN}", "en"),
]
BUYERS = [
    ("ريم الشهري", "reem", "SA", "+966501234567", "الرياض"),
    ("عبدالله القحطاني", "abdullah", "SA", "+966551234567", "جدة"),
    ("فاطمة الزعابي", "fatima", "AE", "+971501234567", "أبوظبي"),
    ("ليلى منصور", "laila", "EG", "+201001234567", "القاهرة"),
    ("بدر المطيري", "bader", "KW", "+96550012345", "الكويت"),
    ("Emma Clarke", "emma", "GB", "+447400123456", "Leeds"),
    ("Jonah Meyer", "jonah", "US", "+12015550123", "Portland"),
    ("Sofia Marques", "sofia", "PT", "+351912345678", "Porto"),
    ("Dana Haddad", "dana", "AE", "+971521234567", "Dubai"),
    ("Noah Evans", "noah", "US", "+12025550147", "Austin"),
]


def make_person(*, name: str, email: str, language: str) -> User:
    """A person with a verified address who can sign in with the demo password."""
    user = User.objects.create_user(email, DEMO_PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    welcome_user(user=user, name=name, language=language)
    return user


def make_owner(*, name: str, email: str, language: str, country: str) -> User:
    """A person who will open a shop."""
    user = make_person(name=name, email=email, language=language)
    Party.objects.filter(user=user).update(country=country)
    return user
