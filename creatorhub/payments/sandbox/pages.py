"""The provider's hosted page: pay, be declined, confirm with the bank, or walk away."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.money import Money
from creatorhub.payments.models import SandboxCheckout
from creatorhub.payments.sandbox import provider
from creatorhub.payments.sandbox.forms import CardForm

View = Callable[..., HttpResponse]


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The page itself; a POST uses the chosen card."""
    checkout = _checkout(token)
    if checkout.state == SandboxCheckout.State.PAID:
        return _back(checkout, "success_url")
    if checkout.state == SandboxCheckout.State.EXPIRED:
        return _show(request, "payments/page_closed.html", checkout, status=410)
    form = CardForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _show(request, "payments/page.html", checkout, form=form)
    card = form.cleaned_data["card"]
    if card == CardForm.ASKS:
        return redirect("sandbox:confirm", token=token)
    if card == CardForm.DECLINED:
        return _show(request, "payments/page.html", checkout, form=form, is_declined=True)
    provider.pay(public_id=token)
    return _back(checkout, "success_url")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The bank asks whether it is really the buyer (3-D Secure)."""
    checkout = _checkout(token)
    if checkout.state != SandboxCheckout.State.OPEN:
        return redirect("sandbox:page", token=token)
    if request.method == "GET":
        return _show(request, "payments/confirm.html", checkout)
    if request.POST.get("answer") != "yes":
        form = CardForm({"card": CardForm.ASKS})
        return _show(request, "payments/page.html", checkout, form=form, is_not_confirmed=True)
    provider.pay(public_id=token)
    return _back(checkout, "success_url")


@require_POST
def walk_away(request: HttpRequest, token: str) -> HttpResponse:
    """Back to the shop without paying; the page stays open until the market closes it."""
    return _back(_checkout(token), "cancel_url")


def _checkout(token: str) -> SandboxCheckout:
    if "sandbox" not in settings.PAYMENT_GATEWAYS:
        raise Http404
    return get_object_or_404(SandboxCheckout, public_id=token)


def _show(
    request: HttpRequest,
    template: str,
    checkout: SandboxCheckout,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    frozen = checkout.request
    context = {
        "checkout": checkout,
        "amount": checkout.amount,
        "lines": [
            {**line, "amount": Money(line["minor"], checkout.currency)} for line in frozen["lines"]
        ],
        "email": frozen["email"],
        "cards": CardForm.CARDS,
        "cancel_url": local_path(frozen["cancel_url"]),
        **more,
    }
    return render(request, template, context, status=status)


def _back(checkout: SandboxCheckout, which: str) -> HttpResponse:
    return HttpResponseRedirect(local_path(checkout.request[which]), status=303)


def local_path(url: str) -> str:
    """An address of this instance by its path only: the buyer may have reached us by another."""
    if not url.startswith(settings.BASE_URL):
        return url
    parts = urlsplit(url)
    return parts._replace(scheme="", netloc="").geturl() or "/"
