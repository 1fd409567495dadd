"""Posts: a list, the composer, taking one away."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.foundation.pictures import PictureError
from creatorhub.shops.models import PostPage, Shop
from creatorhub.shops.selectors import image_sources, posts_of_shop
from creatorhub.shops.services.write_post import PostError, delete_post, update_post, write_post
from creatorhub.studio.catalogue.forms.posts import PostForm
from creatorhub.studio.catalogue.selectors import own_post
from creatorhub.studio.current_shop import current_shop
from creatorhub.studio.permissions import creator_page, signed_in

PAGE = 20


@require_safe
@creator_page
def posts(request: HttpRequest) -> HttpResponse:
    """All posts, drafts too, newest first."""
    shop = current_shop(request)
    newest = F("first_published_at").desc(nulls_first=True)
    found = posts_of_shop(shop, live_only=False).order_by(newest, "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(post, image_sources(post.picture, alt="")) for post in page]
    context = {"shop": shop, "page": page, "rows": rows}
    return render(request, "studio/catalogue/posts.html", context)


@require_http_methods(["GET", "POST"])
@creator_page
def post_new(request: HttpRequest) -> HttpResponse:
    """Write one."""
    shop = current_shop(request)
    initial = {"listing": request.GET.get("product")}
    form = PostForm(request.POST or None, request.FILES or None, shop=shop, initial=initial)
    if request.method == "POST" and form.is_valid() and (post := _write(request, form, shop)):
        return _done(request, post)
    return render(request, "studio/catalogue/post_edit.html", {"shop": shop, "form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    post, shop = own_post(request, pk)
    form = PostForm(request.POST or None, request.FILES or None, shop=shop, post=post)
    if request.method == "POST" and form.is_valid() and _change(request, form, post, shop):
        return _done(request, post)
    context = {
        "shop": shop,
        "form": form,
        "post": post,
        "picture": image_sources(post.picture, alt=""),
    }
    return render(request, "studio/catalogue/post_edit.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def post_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it away."""
    post, shop = own_post(request, pk)
    if request.method == "POST":
        delete_post(post=post)
        messages.success(request, _("The post is gone."))
        return redirect("studio:posts")
    return render(request, "studio/catalogue/post_delete.html", {"shop": shop, "post": post})


def _wants_live(request: HttpRequest) -> bool:
    return request.POST.get("do") != "draft"


def _write(request: HttpRequest, form: PostForm, shop: Shop) -> PostPage | None:
    facts = form.cleaned_data
    try:
        return write_post(
            shop=shop,
            title=facts["title"],
            body=form.html(),
            author=request.user,  # type: ignore[arg-type]  # signed in
            picture=facts["picture"],
            listing=facts["listing"],
            is_live=_wants_live(request),
        )
    except PictureError as error:
        form.add_error("picture", str(error))
    except PostError as error:
        form.add_error("body", str(error))
    return None


def _change(request: HttpRequest, form: PostForm, post: PostPage, shop: Shop) -> bool:
    facts = form.cleaned_data
    try:
        update_post(
            post=post,
            shop=shop,
            title=facts["title"],
            body=form.html(),
            author=request.user,  # type: ignore[arg-type]  # signed in
            picture=facts["picture"],
            keep_picture=not facts["remove_picture"],
            listing=facts["listing"],
            is_live=_wants_live(request),
        )
    except PictureError as error:
        form.add_error("picture", str(error))
    except PostError as error:
        form.add_error("body", str(error))
    return not form.errors


def _done(request: HttpRequest, post: PostPage) -> HttpResponse:
    said = _("Your post is out.") if post.live else _("Your draft is saved.")
    messages.success(request, said)
    return redirect("studio:posts")
