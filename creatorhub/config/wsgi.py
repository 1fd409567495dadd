"""The web process."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from creatorhub.config.environment import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
ensure_database()

application = get_wsgi_application()
