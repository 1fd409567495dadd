"""What differs between instances, read from the environment once, with types.

A variable that is missing or wrong stops the start with its name. `.env.example` documents each;
a test keeps the two equal.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from environs import Env, ValidationError, validate

from creatorhub.foundation import embedded_database

PROJECT_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class StripeEnvironment:
    """How this instance is known at Stripe; no key, no Stripe. Several secrets of an endpoint are
    valid at once, while one is rolled."""

    secret_key: str
    webhook_secrets: list[str]
    connect_webhook_secrets: list[str]
    api_address: str


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
    stripe: StripeEnvironment


def read_environment(env: Env | None = None) -> Environment:
    """The environment as it is now. Raises environs' EnvError naming the variable at fault."""
    env = env or _environment_with_file()
    mode = env.str("CREATORHUB_MODE", "sandbox", validate=validate.OneOf(["sandbox", "production"]))
    is_sandbox = mode == "sandbox"
    var_root = Path(env.str("VAR_ROOT", "") or PROJECT_ROOT / "var").resolve()
    base_url = _base_url(env, is_sandbox=is_sandbox)
    secret_key = _secret_key(env, var_root, is_sandbox=is_sandbox)
    mail = urlsplit(env.str("EMAIL_URL", "smtp://localhost:25", validate=_is_mail_url))
    return Environment(
        project_root=PROJECT_ROOT,
        var_root=var_root,
        mode="sandbox" if is_sandbox else "production",
        instance_name=env.str("INSTANCE_NAME", "CreatorHub"),
        base_url=base_url,
        allowed_hosts=env.list("ALLOWED_HOSTS", []) or _hosts_for(mode, base_url),
        secret_key=secret_key,
        link_signing_key=env.str("LINK_SIGNING_KEY", "") or _derived(secret_key, "share links"),
        database_url=env.str("DATABASE_URL", "", validate=_is_database_url),
        cache_url=env.str("CACHE_URL", "", validate=_has_scheme("redis", "rediss", "unix")),
        celery_broker_url=env.str(
            "CELERY_BROKER_URL",
            "",
            validate=_has_scheme("redis", "rediss", "amqp", "amqps", "memory"),
        ),
        email_backend="django.core.mail.backends.smtp.EmailBackend",
        email_host=mail.hostname or "localhost",
        email_port=mail.port or 25,
        email_user=unquote(mail.username or ""),
        email_password=unquote(mail.password or ""),
        email_use_tls=mail.scheme == "smtp+tls",
        mail_from=env.str("MAIL_FROM", "CreatorHub <hello@localhost>"),
        media_root=_folder(env, "MEDIA_ROOT", var_root / "media"),
        private_root=_folder(env, "PRIVATE_ROOT", var_root / "private"),
        trusted_proxy_count=env.int("TRUSTED_PROXY_COUNT", 0, validate=validate.Range(min=0)),
        allow_sandbox_payments=env.bool("ALLOW_SANDBOX_PAYMENTS", False),
        stripe=_stripe(env, is_sandbox=is_sandbox),
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
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            "OPTIONS": dict(parse_qsl(url.query)),
        }
    place = embedded_database.address(environment.var_root)
    return options | {
        "NAME": place.database,
        "USER": place.user,
        "HOST": str(place.folder),
        "PORT": str(place.port),
    }


def ensure_database(say: Callable[[str], None] | None = None) -> None:
    """Start the embedded server, unless DATABASE_URL names another one, which is left alone."""
    if not environment.database_url:
        embedded_database.ensure_running(environment.var_root, say=say)


def make_folders(places: Environment) -> None:
    """The folders the market writes to; the goods that people pay for are nobody else's to list."""
    for name in ("static", "built", "queue", "queue-control"):
        (places.var_root / name).mkdir(parents=True, exist_ok=True)
    places.media_root.mkdir(parents=True, exist_ok=True)
    places.private_root.mkdir(parents=True, exist_ok=True, mode=0o700)


def _environment_with_file() -> Env:
    """The process's environment; a file `.env` fills in what it does not say."""
    env = Env()
    if (PROJECT_ROOT / ".env").is_file():
        env.read_env(str(PROJECT_ROOT / ".env"), recurse=False)
    return env


def _base_url(env: Env, *, is_sandbox: bool) -> str:
    if is_sandbox:
        return env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    return env.str("BASE_URL", validate=_is_https_url).rstrip("/")


def _secret_key(env: Env, var_root: Path, *, is_sandbox: bool) -> str:
    if is_sandbox:
        return env.str("SECRET_KEY", "") or _own_secret_key(var_root)
    return env.str("SECRET_KEY", validate=validate.Length(min=50))


def _own_secret_key(var_root: Path) -> str:
    """The sandbox makes its own key once and keeps it private."""
    kept = var_root / "secret_key"
    if not kept.exists():
        var_root.mkdir(parents=True, exist_ok=True)
        offered = var_root / f"secret_key.{os.getpid()}"
        offered.touch(mode=0o600)
        offered.write_text(secrets.token_urlsafe(60))
        # Whole and once: of several processes that start together, the first one's key stays.
        try:
            kept.hardlink_to(offered)
        except FileExistsError:
            pass
        finally:
            offered.unlink()
    return kept.read_text().strip()


def _derived(secret_key: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose}:{secret_key}".encode()).hexdigest()


def _stripe(env: Env, *, is_sandbox: bool) -> StripeEnvironment:
    """A test key in the sandbox, a live one in production; a stand-in only in the sandbox."""
    return StripeEnvironment(
        secret_key=env.str(
            "STRIPE_SECRET_KEY", "", validate=_is_stripe_key("test" if is_sandbox else "live")
        ),
        webhook_secrets=env.list("STRIPE_WEBHOOK_SECRETS", [], validate=_are_webhook_secrets),
        connect_webhook_secrets=env.list(
            "STRIPE_CONNECT_WEBHOOK_SECRETS", [], validate=_are_webhook_secrets
        ),
        api_address=env.str(
            "STRIPE_API_ADDRESS", "", validate=None if is_sandbox else _is_not_for_production
        ),
    )


def _folder(env: Env, name: str, default: Path) -> Path:
    return Path(env.str(name, "") or default).resolve()


def _is_https_url(value: str) -> None:
    if urlsplit(value).scheme != "https" or not urlsplit(value).hostname:
        raise ValidationError("in production this is the https:// address people type")


def _is_mail_url(value: str) -> None:
    if urlsplit(value).scheme not in {"smtp", "smtp+tls"}:
        raise ValidationError("write smtp://user:password@host:port, or smtp+tls://… for STARTTLS")


def _is_database_url(value: str) -> None:
    url = urlsplit(value)
    if value and (url.scheme not in {"postgres", "postgresql"} or not _names_a_database(url)):
        raise ValidationError("write postgresql://user:password@host:port/name; no other database")


def _names_a_database(url: SplitResult) -> bool:
    return len(url.path) > 1


def _is_stripe_key(wanted: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value and not value.startswith((f"sk_{wanted}_", f"rk_{wanted}_")):
            raise ValidationError(f"this mode takes a {wanted} key: sk_{wanted}_… or rk_{wanted}_…")

    return check


def _are_webhook_secrets(values: list[str]) -> None:
    if not all(value.startswith("whsec_") for value in values):
        raise ValidationError("each starts with whsec_; separate several with commas")


def _is_not_for_production(value: str) -> None:
    if value:
        raise ValidationError("only tests speak to anybody but Stripe; leave it out in production")


def _has_scheme(*schemes: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value and urlsplit(value).scheme not in schemes:
            raise ValidationError(f"must start with one of {', '.join(schemes)}")

    return check


def _hosts_for(mode: str, base_url: str) -> list[str]:
    """The sandbox also answers phones on the same network; production answers its own name."""
    return ["*"] if mode == "sandbox" else [urlsplit(base_url).hostname or ""]


environment = read_environment()
make_folders(environment)
