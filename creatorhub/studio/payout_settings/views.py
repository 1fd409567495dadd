"""How you are paid. Whatever moves money elsewhere asks who you are first."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creatorhub.accounts.models import User
from creatorhub.accounts.services import party_of
from creatorhub.foundation.throttle import is_allowed
from creatorhub.payments.errors import PaymentError
from creatorhub.payouts.countries import PLAY_MONEY, rails_of_country
from creatorhub.payouts.errors import NotOpenThereError
from creatorhub.payouts.models import Payee, Recipient
from creatorhub.payouts.rails.manual_bank import ManualBankRail
from creatorhub.payouts.services import (
    change_destination,
    change_schedule,
    payee_of,
    refresh_recipient,
    save_bank_account,
    set_country,
    start_onboarding,
)
from creatorhub.studio.payout_settings import selectors
from creatorhub.studio.payout_settings.forms import BankForm, CountryForm, ScheduleForm
from creatorhub.studio.permissions import confirmed_lately, signed_in

STARTS_AN_HOUR = 30


@require_safe
@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """The way in use, what it still needs, the other ways, and how often."""
    return _show(request)


@require_POST
@signed_in
def choose_country(request: HttpRequest) -> HttpResponse:
    """Another country has other ways."""
    form = CountryForm(request.POST)
    if not form.is_valid():
        return _show(request, country_form=form, status=422)
    set_country(payee=_payee(request), country=form.cleaned_data["country"])
    return redirect("studio:payout_settings")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@confirmed_lately
def connect(request: HttpRequest) -> HttpResponse:
    """On to the provider's page. The provider itself comes back here when its link has aged."""
    if request.method != "POST" and not _begun(request).exists():
        return redirect("studio:payout_settings")
    payee = _payee(request)
    if not is_allowed(key=f"onboarding:{payee.pk}", limit=STARTS_AN_HOUR, seconds=3600):
        messages.error(request, _("That was often. Wait a little and try again."))
        return redirect("studio:payout_settings")
    try:
        address = start_onboarding(
            payee=payee,
            country=selectors.country_of(cast(User, request.user)),
            return_url=_address("studio:payout_connect_back"),
            refresh_url=_address("studio:payout_connect"),
            actor=request.user,
        )
    except NotOpenThereError:
        messages.error(request, _("This way is not open in your country."))
    except PaymentError:
        messages.error(request, _("The provider does not answer right now. Try again soon."))
    else:
        return redirect(address)
    return redirect("studio:payout_settings")


@require_safe
@signed_in
def connect_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: it is asked what it says now."""
    try:
        for recipient in _begun(request):
            if refresh_recipient(recipient_id=recipient.pk).is_ready:
                messages.success(request, _("The provider has all it needs. You can be paid."))
    except PaymentError:
        messages.info(request, _("The provider is still looking; this page will know soon."))
    return redirect("studio:payout_settings")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@confirmed_lately
def bank(request: HttpRequest) -> HttpResponse:
    """A bank account, checked before it is kept; what was typed stays when it cannot be right."""
    country = selectors.country_of(cast(User, request.user))
    if ManualBankRail.key not in rails_of_country(country):
        messages.error(request, _("This way is not open in your country."))
        return redirect("studio:payout_settings")
    form = BankForm(request.POST or None, country=country)
    if request.method == "POST" and form.is_valid() and form.checked:
        save_bank_account(
            payee=_payee(request),
            country=country,
            holder=form.cleaned_data["holder"],
            checked=form.checked,
            bank_name=form.cleaned_data["bank_name"],
            actor=request.user,
        )
        messages.success(request, _("Kept. Your next payout goes to this account."))
        return redirect("studio:payout_settings")
    found = selectors.settings_of(cast(User, request.user))
    context = {"form": form, "page": found}
    status = 422 if form.is_bound else 200
    return render(request, "studio/payout_settings/bank.html", context, status=status)


@require_POST
@signed_in
def play_money(request: HttpRequest) -> HttpResponse:
    """Back to the practice rail, where this instance has it."""
    if PLAY_MONEY in rails_of_country(selectors.country_of(cast(User, request.user))):
        change_destination(
            payee=_payee(request),
            rail=PLAY_MONEY,
            destination="",
            is_ready=True,
            actor=request.user,
        )
        messages.success(request, _("Kept. Payouts are play money again."))
    return redirect("studio:payout_settings")


@require_POST
@signed_in
def schedule(request: HttpRequest) -> HttpResponse:
    """How often, and from which amount on."""
    payee = _payee(request)
    currencies = selectors.currencies_of(cast(User, request.user), payee)
    form = ScheduleForm(request.POST, payee=payee, currencies=currencies)
    if not form.is_valid():
        return _show(request, schedule_form=form, status=422)
    change_schedule(
        payee=payee,
        schedule=form.cleaned_data["schedule"],
        thresholds=form.thresholds,
        actor=request.user,
    )
    messages.success(request, _("Kept. It holds from the next payout on."))
    return redirect("studio:payout_settings")


def _show(
    request: HttpRequest,
    *,
    country_form: CountryForm | None = None,
    schedule_form: ScheduleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = cast(User, request.user)
    page = selectors.settings_of(user)
    currencies = [minimum.currency for minimum in page.minimums]
    context = {
        "page": page,
        "country_form": country_form or CountryForm(initial={"country": page.country}),
        "schedule_form": schedule_form or ScheduleForm(payee=page.payee, currencies=currencies),
    }
    return render(request, "studio/payout_settings/settings.html", context, status=status)


def _begun(request: HttpRequest) -> QuerySet[Recipient]:
    user = cast(User, request.user)
    return Recipient.objects.filter(payee__party__user=user).exclude(wanted_at=None)


def _payee(request: HttpRequest) -> Payee:
    return payee_of(party=party_of(user=cast(User, request.user)))


def _address(name: str) -> str:
    """Absolute, because the provider sends the person back from its own site."""
    return f"{settings.BASE_URL}{reverse(name)}"
