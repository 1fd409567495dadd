"""Mails as templates: templates/mail/<name>.subject.txt, .txt and .html, in one language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation


def render_mail(name: str, language: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML of one mail, in the recipient's language."""
    known = {"language": language, "instance_name": settings.INSTANCE_NAME}
    values = {**known, "base_url": settings.BASE_URL, **context}
    with translation.override(language):
        subject = " ".join(render_to_string(f"mail/{name}.subject.txt", values).split())
        text = render_to_string(f"mail/{name}.txt", values).strip() + "\n"
        html = render_to_string(f"mail/{name}.html", {**values, "subject": subject})
    return subject, text, html
