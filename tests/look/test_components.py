"""Components say to a screen reader what they show, and escape what people typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from creatorhub.foundation.drawing import Point
from creatorhub.money import Money

HOSTILE = '"><script>alert(1)</script>'


def render(source: str, **context: Any) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    with override("en"):
        return template.render(context, RequestFactory().get("/en/search/?q=tea"))


class Order(forms.Form):
    email = forms.EmailField(help_text="Your receipt goes here.")
    note = forms.CharField(required=False)
    agree = forms.BooleanField()


@pytest.mark.parametrize(
    "source",
    [
        '<c-button href="{{ word }}" icon="check">{{ word }}</c-button>',
        '<c-round-button icon="check" label="{{ word }}" />',
        '<c-card title="{{ word }}">{{ word }}</c-card>',
        '<c-notice kind="ok" title="{{ word }}">{{ word }}</c-notice>',
        '<c-copy-field value="{{ word }}" label="{{ word }}" />',
        '<c-copy-field :value="word" :label="word" />',
        '<c-option name="v" :value="word" :note="word">{{ word }}</c-option>',
        '<c-search-box :value="word" :label="word" />',
        '<c-page-head :title="word" :note="word" />',
        '<c-timeline-step :title="word" :when="word" />',
        '<c-button data-share="{{ word }}" type="button">x</c-button>',
    ],
)
def test_what_people_typed_stays_text(source: str) -> None:
    html = render(source, word=HOSTILE)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_field_names_its_help_and_its_errors() -> None:
    form = Order({"email": "sara@"})
    html = render('<c-field :field="form.email" />', form=form)
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    for part in described.group(1).split():
        assert f'id="{part}"' in html
    assert 'value="sara@"' in html
    assert 'aria-invalid="true"' in html
    assert f'for="{form["email"].id_for_label}"' in html


def test_only_optional_fields_say_so() -> None:
    assert "optional" not in render('<c-field :field="form.email" />', form=Order())
    assert "optional" in render('<c-field :field="form.note" />', form=Order())


def test_a_tick_box_is_inside_its_label() -> None:
    html = render('<c-field :field="form.agree" />', form=Order())
    assert re.search(r"<label[^>]*><input[^>]*checkbox[^>]*><span>Agree", html)


def test_a_wrong_form_says_that_nothing_is_lost() -> None:
    html = render('<c-form-fields :form="form" />', form=Order({"email": ""}))
    assert "Everything you typed is still here" in html
    assert 'role="alert"' in html
    assert render('<c-form-errors :form="form" />', form=Order()).strip() == ""


def test_a_button_without_an_address_is_a_button() -> None:
    assert '<button type="submit" class="button button-primary"' in render("<c-button>a</c-button>")
    assert '<a href="/x"' in render('<c-button href="/x">a</c-button>')


def test_a_price_says_what_it_was() -> None:
    html = render(
        '<c-price :amount="now" :was="was" />', now=Money(79, "USD"), was=Money(119, "USD")
    )
    assert "<bdi>$0.79</bdi>" in html
    assert re.search(r"<del[^>]*><span class=\"sr\">Before </span><bdi>\$1.19</bdi></del>", html)


def test_pages_keep_the_search_and_mark_where_one_is() -> None:
    html = render('<c-pagination :page="page" />', page=Paginator(range(200), 10).page(6))
    assert 'href="?q=tea&amp;page=7"' in html
    assert html.count('aria-current="page"') == 1
    assert render('<c-pagination :page="page" />', page=Paginator([], 10).page(1)).strip() == ""


def test_a_chart_is_hidden_from_screen_readers_and_its_table_is_not() -> None:
    points = [Point("1 Nov", 1, "SAR 1"), Point("2 Nov", 2, "SAR 2")]
    html = render('<c-chart title="Earned" :points="points" />', points=points)
    assert (
        html.count('class="chart-drawing"')
        == html.count('aria-hidden="true" focusable="false">\n  <line')
        == 2
    )
    assert "<td><bdi>2 Nov</bdi></td>" in html


def test_a_chart_of_one_day_says_when_there_will_be_a_line() -> None:
    html = render('<c-chart title="Earned" :points="points" />', points=[Point("1 Nov", 1, "1")])
    assert "after the first two days" in html
    assert "<svg" not in html


def test_a_share_bar_needs_no_style_attribute() -> None:
    html = render('<c-bars :rows="rows" />', rows=[{"label": "A", "text": "46%", "percent": 46.5}])
    assert 'width="46.5%"' in html
    assert "style=" not in html
