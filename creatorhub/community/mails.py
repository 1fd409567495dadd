"""What the shop and the reporter are told."""

from __future__ import annotations

from django.utils import translation

from creatorhub.community.models import Report
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.services import enqueue_mail


def mail_shop(*, report: Report) -> None:
    """Tell the owner what was taken down, why, and how to ask for another look."""
    user = report.shop.owner.user
    if user is None:
        return
    subject, text, html = render_mail("taken_down", user.language, _context(report, user.language))
    enqueue_mail(
        key=f"taken_down:{report.pk}",
        to=user.email,
        subject=subject,
        text=text,
        html=html,
        language=user.language,
    )


def mail_reporter(*, report: Report) -> None:
    """Answer whoever reported it and left an address."""
    address = report.reporter_email or (report.reporter.email if report.reporter else "")
    if not address:
        return
    language = report.reporter.language if report.reporter else report.shop.language
    subject, text, html = render_mail("report_decided", language, _context(report, language))
    enqueue_mail(
        key=f"report_decided:{report.pk}",
        to=address,
        subject=subject,
        text=text,
        html=html,
        language=language,
    )


def title_of(report: Report) -> str:
    """What the report is about, by its own name."""
    if report.listing is not None:
        return report.listing.title
    if report.post is not None:
        return str(report.post.title)
    return report.shop.name


def _context(report: Report, language: str) -> dict[str, object]:
    with translation.override(language):
        reason = str(report.get_reason_display())
    return {
        "title": title_of(report),
        "shop": report.shop,
        "reason": reason,
        "note": report.decision_note,
        "is_taken_down": report.state == Report.State.TAKEN_DOWN,
    }
