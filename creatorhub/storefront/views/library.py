"""What was bought to keep: by account, or by the token in the receipt; files in short steps."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.affiliates.selectors import share_offer
from creatorhub.offers.access.downloads import open_download
from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.access.services import claim_grants
from creatorhub.offers.errors import DownloadClosedError
from creatorhub.offers.models import Grant
from creatorhub.storefront.private_pages import private_page
from creatorhub.storefront.ranges import file_answer
from creatorhub.storefront.selectors.library import file_links, find_grant, owned_by, with_pictures
from creatorhub.storefront.selectors.order_page import orders_of


@never_cache
@login_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Everything bought with this account or under its verified addresses."""
    user = cast("User", request.user)
    claim_grants(user=user)
    context = {"owned": owned_by(user), "orders": orders_of(user_id=user.pk)}
    return render(request, "storefront/library.html", context)


@private_page
@require_safe
def grant(request: HttpRequest, token: str) -> HttpResponse:
    """One purchase without an account: whoever has the link has bought it."""
    found = find_grant(token)
    if found is None:
        raise Http404
    owned = with_pictures([found])[0]
    files = file_links(found) if found.is_open else []
    context = {
        "grant": found,
        "owned": owned,
        "files": files,
        "listing": found.listing,
        "share_offer": share_offer(found.listing),
    }
    return render(request, "storefront/grant.html", context)


@private_page
@require_safe
def download(request: HttpRequest, token: str, file_id: int) -> HttpResponseBase:
    """The bytes, whole or the part that was asked for; a stale link leads to a fresh one."""
    try:
        opened = open_download(token=token, file_id=file_id, ticket=request.GET.get("ticket", ""))
    except (Grant.DoesNotExist, DownloadFile.DoesNotExist):
        raise Http404 from None
    except DownloadClosedError:
        return redirect("storefront:grant", token)
    return file_answer(request, opened)
