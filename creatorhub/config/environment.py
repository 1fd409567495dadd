"""What differs between instances, read from the environment once, with types.

A variable that is missing or wrong stops the start with its name. `.env.example` documents each;
a test keeps the two equal.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from environs import Env
from marshmallow.validate import OneOf

from creatorhub.foundation import embedded_database

PROJECT_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Environment:
    """This instance. Paths are absolute; addresses have no trailing slash."""

    project_root: Path
    var_root: Path
    mode: Literal["sandbox", "production"]
    instance_name: str
    base_url: str
    allowed_hosts: list[str]
    secret_key: str
    link_signing_key: str
    database_url: str
    cache_url: str
    celery_broker_url: str
    email_backend: str
    email_host: str
    email_port: int
    email_user: str
    email_password: str
    email_use_tls: bool
    mail_from: str
    media_root: Path
    private_root: Path
    trusted_proxy_count: int
    allow_sandbox_payments: bool


def read_environment(env: Env | None = None) -> Environment:
    """The environment as it is now. Raises environs' EnvError naming the variable at fault."""
    env = env or Env()
    mode = env.str("CREATORHUB_MODE", "sandbox", validate=OneOf(["sandbox", "production"]))
    var_root = Path(env.str("VAR_ROOT", "") or PROJECT_ROOT / "var").resolve()
    base_url = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    secret_key = (
        env.str("SECRET_KEY", "") or _own_secret_key(var_root)
        if mode == "sandbox"
        else env.str("SECRET_KEY")
    )
    derived = hashlib.sha256(f"share links:{secret_key}".encode()).hexdigest()
    mail = urlsplit(env.str("EMAIL_URL", "smtp://localhost:25"))
    return Environment(
        project_root=PROJECT_ROOT,
        var_root=var_root,
        mode="production" if mode == "production" else "sandbox",
        instance_name=env.str("INSTANCE_NAME", "CreatorHub"),
        base_url=base_url,
        allowed_hosts=env.list("ALLOWED_HOSTS", None) or _hosts_for(mode, base_url),
        secret_key=secret_key,
        link_signing_key=env.str("LINK_SIGNING_KEY", "") or derived,
        database_url=env.str("DATABASE_URL", ""),
        cache_url=env.str("CACHE_URL", ""),
        celery_broker_url=env.str("CELERY_BROKER_URL", ""),
        email_backend="django.core.mail.backends.smtp.EmailBackend",
        email_host=mail.hostname or "localhost",
        email_port=mail.port or 25,
        email_user=mail.username or "",
        email_password=mail.password or "",
        email_use_tls=mail.scheme == "smtp+tls",
        mail_from=env.str("MAIL_FROM", "CreatorHub <hello@localhost>"),
        media_root=Path(env.str("MEDIA_ROOT", "") or var_root / "media"),
        private_root=Path(env.str("PRIVATE_ROOT", "") or var_root / "private"),
        trusted_proxy_count=env.int("TRUSTED_PROXY_COUNT", 0),
        allow_sandbox_payments=env.bool("ALLOW_SANDBOX_PAYMENTS", False),
    )


def database_settings() -> dict[str, Any]:
    """Django's settings for the one database: DATABASE_URL, or the embedded server's socket."""
    options = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
    if environment.database_url:
        url = urlsplit(environment.database_url)
        return options | {
            "NAME": url.path.lstrip("/"),
            "USER": url.username or "",
            "PASSWORD": url.password or "",
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
        }
    place = embedded_database.address(environment.var_root)
    return options | {
        "NAME": place.database,
        "USER": place.user,
        "HOST": str(place.folder),
        "PORT": str(place.port),
    }


def _own_secret_key(var_root: Path) -> str:
    """The sandbox makes its own key once and keeps it private."""
    kept = var_root / "secret_key"
    if not kept.exists():
        var_root.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600, exist_ok=True)
        if not kept.read_text():
            kept.write_text(secrets.token_urlsafe(60))
    return kept.read_text().strip()


def _hosts_for(mode: str, base_url: str) -> list[str]:
    """The sandbox also answers phones on the same network; production answers its own name."""
    return ["*"] if mode == "sandbox" else [urlsplit(base_url).hostname or ""]


environment = read_environment()
