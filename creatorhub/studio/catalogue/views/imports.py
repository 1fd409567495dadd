"""Importing a Shopify export: upload, report, go, progress, report again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.shops.models import ImportRun
from creatorhub.shops.services.import_products.bad_rows import bad_rows_csv, refused_count
from creatorhub.shops.services.import_products.check_import import check_import
from creatorhub.shops.services.import_products.problems import ImportFileError, remarks
from creatorhub.shops.services.import_products.run_import import start_import
from creatorhub.studio.catalogue.forms.posts import ImportForm
from creatorhub.studio.catalogue.selectors import own_import
from creatorhub.studio.current_shop import current_shop
from creatorhub.studio.permissions import creator_page, signed_in

SHOWN = 200
# The browser asks again by itself, also without JavaScript; a meta tag would fail WCAG 2.2.1.
REFRESH_SECONDS = "2"


@require_http_methods(["GET", "POST"])
@creator_page
def import_new(request: HttpRequest) -> HttpResponse:
    """Choose a file; the dry run answers with its report."""
    shop = current_shop(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = check_import(shop=shop, filename=file.name, raw=file.read(10 * 1024 * 1024 + 1))
        except ImportFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect("studio:import_run", run.pk)
    earlier = ImportRun.objects.filter(shop=shop).exclude(state="checked").defer("content")[:5]
    context = {"shop": shop, "form": form, "earlier": earlier}
    return render(request, "studio/catalogue/import_new.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The report; POST lets the import begin. While it runs the page looks again by itself."""
    run = own_import(request, pk)
    if request.method == "POST":
        start_import(run=run)
        return redirect("studio:import_run", run.pk)
    said = remarks(run.problems)
    context = {
        "shop": run.shop,
        "run": run,
        "refused": refused_count(run),
        "remarks": said[:SHOWN],
        "more": max(0, len(said) - SHOWN),
        "is_running": run.state == "running" or (run.state == "done" and not run.is_over),
    }
    answer = render(request, f"studio/catalogue/import_{_page(run)}.html", context)
    if context["is_running"]:
        answer["Refresh"] = REFRESH_SECONDS
    return answer


@require_safe
@signed_in
def import_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a file, to mend and import again."""
    run = own_import(request, pk)
    answer = HttpResponse(bad_rows_csv(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rows-to-mend-{run.pk}.csv"'
    return answer


def _page(run: ImportRun) -> str:
    return {"checked": "report", "running": "running"}.get(run.state, "finished")
