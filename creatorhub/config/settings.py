"""Every setting, wired once. What differs between instances comes from `environment`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  Oscar's settings first, so that ours override them.

from creatorhub.config.content_policies import page_policy
from creatorhub.config.environment import database_settings, environment

PROJECT_ROOT = environment.project_root
VAR_ROOT = environment.var_root
SANDBOX = environment.mode == "sandbox"
DEBUG = False
SECRET_KEY = environment.secret_key
LINK_SIGNING_KEY = environment.link_signing_key
BASE_URL = environment.base_url
ALLOWED_HOSTS = environment.allowed_hosts
INSTANCE_NAME = environment.instance_name
HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "creatorhub.foundation",
    "creatorhub.outbox",
    "creatorhub.accounts",
    "creatorhub.ledger",
    "creatorhub.payments",
    "creatorhub.shops",
    "creatorhub.social_share",
    "creatorhub.community",
    "creatorhub.offers",
    "creatorhub.affiliates",
    "creatorhub.payouts",
    "creatorhub.sales",
    "creatorhub.operations",
    "creatorhub.storefront",
    "creatorhub.studio",
    "creatorhub.config",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.postgres",
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "django_tables2",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "creatorhub.config.content_security.ContentSecurityMiddleware",
    "creatorhub.config.impossible_characters.forget_impossible_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "creatorhub.storefront.oscar.BasketMiddleware",
    "creatorhub.config.impossible_characters.refuse_impossible_addresses",
    "creatorhub.config.editor_gate.guard_editor",
]

ROOT_URLCONF = "creatorhub.config.urls"
WSGI_APPLICATION = "creatorhub.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "creatorhub.foundation.templatetags.look",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "creatorhub.config.context.instance",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------
DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.cache_url,
    }
    if environment.cache_url
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": environment.media_root, "base_url": "/media/"},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": environment.private_root},
    },
    "staticfiles": {"BACKEND": "creatorhub.config.static_files.StaticFilesStorage"},
}
MEDIA_ROOT = environment.media_root
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = environment.var_root / "static"
STATICFILES_DIRS = [PROJECT_ROOT / "assets", environment.var_root / "built"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 12

# Languages ------------------------------------------------------------------------------------
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [PROJECT_ROOT / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "studio:home"
ACCOUNT_ADAPTER = "creatorhub.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "creatorhub.accounts.forms.NameForm"
ACCOUNT_FORMS = {"login": "creatorhub.accounts.sign_in.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "storefront:market"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"confirm_email": "3/3m/key"}  # The code and two more; allauth's: one.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "creatorhub.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "creatorhub.accounts.passkeys.AddKeyForm",
    "authenticate_webauthn": "creatorhub.accounts.passkeys.SecondKeyForm",
    "login_webauthn": "creatorhub.accounts.passkeys.SignInKeyForm",
    "reauthenticate_webauthn": "creatorhub.accounts.passkeys.ConfirmKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = INSTANCE_NAME
MFA_TOTP_TOLERANCE = 1  # One code before and after: clocks of phones differ.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SANDBOX and not HTTPS
ALLAUTH_TRUSTED_PROXY_COUNT = environment.trusted_proxy_count
SITE_ID = 1

# Safety ---------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would break the return from the payment page.
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.trusted_proxy_count else None
)
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), interest-cohort=()"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": page_policy(environment)}

# Mail -----------------------------------------------------------------------------------------
EMAIL_BACKEND = environment.email_backend
EMAIL_HOST = environment.email_host
EMAIL_PORT = environment.email_port
EMAIL_HOST_USER = environment.email_user
EMAIL_HOST_PASSWORD = environment.email_password
EMAIL_USE_TLS = environment.email_use_tls
EMAIL_TIMEOUT = 8
DEFAULT_FROM_EMAIL = environment.mail_from
SERVER_EMAIL = environment.mail_from

# Payments -------------------------------------------------------------------------------------
PAYMENT_GATEWAYS = [
    *(["stripe"] if environment.stripe.secret_key else []),
    *(["sandbox"] if SANDBOX or environment.allow_sandbox_payments else []),
    # Without a processor: only where a basket's shop says that it takes them.
    "cash_on_delivery",
    "bank_transfer",
]
STRIPE_SECRET_KEY = environment.stripe.secret_key
STRIPE_WEBHOOK_SECRETS = environment.stripe.webhook_secrets
STRIPE_CONNECT_WEBHOOK_SECRETS = environment.stripe.connect_webhook_secrets
STRIPE_API_ADDRESS = environment.stripe.api_address
CREATE_DEMO_MARKET = SANDBOX

# Celery ---------------------------------------------------------------------------------------
CELERY_BROKER_URL = environment.celery_broker_url or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if environment.celery_broker_url
    else {
        "data_folder_in": str(environment.var_root / "queue"),
        "data_folder_out": str(environment.var_root / "queue"),
        "control_folder": str(environment.var_root / "queue-control"),
        "polling_interval": 0.05,
    }
)
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# Oscar and Wagtail ----------------------------------------------------------------------------
OSCAR_SHOP_NAME = INSTANCE_NAME
OSCAR_DEFAULT_CURRENCY = "USD"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_BASKET_COOKIE_SECURE = HTTPS
OSCAR_INITIAL_ORDER_STATUS = "pending-payment"
OSCAR_INITIAL_LINE_STATUS = "pending-payment"
OSCAR_ORDER_STATUS_PIPELINE = {
    "pending-payment": ("accepted", "paid", "expired", "refunded"),
    "accepted": ("paid", "refused"),  # Paid in cash at the door, or not taken there.
    "refused": (),
    "expired": ("paid", "refunded"),
    "paid": ("refunded",),
    "refunded": (),
}
OSCAR_DELETE_IMAGE_FILES = False
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"  # Oscar would index on save.
WAGTAIL_SITE_NAME = INSTANCE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ar", "العربية"), ("en", "English")]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "creatorhub.shops.image_form.CleanImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "heic": "webp"}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname).1s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
        "oscar": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
