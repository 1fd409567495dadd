"""Health, robots and uploaded files."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test import Client, override_settings


def test_the_process_says_that_it_lives(client: Client) -> None:
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_ready_means_that_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        assert client.get("/readyz").status_code == 503


def test_a_sandbox_keeps_crawlers_out(client: Client) -> None:
    assert b"Disallow: /\n" in client.get("/robots.txt").content


@override_settings(SANDBOX=False)
def test_a_real_market_lets_crawlers_read_products(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /*/studio/" in text
    assert "Disallow: /\n" not in text


def test_an_upload_is_served_as_a_file_and_nothing_else(client: Client) -> None:
    name = default_storage.save("page.html", ContentFile(b"<script>alert(1)</script>"))
    answer = client.get(f"/media/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["absent.webp", "../secret_key", "..%2Fsecret_key"])
def test_what_is_not_an_upload_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/media/{name}").status_code in {400, 404}


@pytest.mark.parametrize("name", ["pictures", "pictures/", ".", "pictures/one.webp/more"])
def test_a_folder_of_uploads_is_not_found(client: Client, name: str) -> None:
    default_storage.save("pictures/one.webp", ContentFile(b"pixels"))
    assert client.get(f"/media/{name}").status_code == 404
