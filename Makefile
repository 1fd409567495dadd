# One command for each thing. `make run` and `make test` each work from an empty clone.

PORT ?= 8000
VAR_ROOT ?= var
export VAR_ROOT := $(abspath $(VAR_ROOT))
MANAGE := .venv/bin/python manage.py
LOCK := .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links

.PHONY: help setup run stop test test-long test-stripe-live breaks mutants check bench audit pictures lock

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: ## install and build what the market needs; instant when nothing changed
	@.ci/setup

run: setup ## open the market: make run [PORT=8000] [EMPTY=yes, without the demo shops]
	@$(MANAGE) run_market --port $(PORT) $(if $(EMPTY),--empty)

stop: ## stop every market that runs on this folder, and its database
	@.venv/bin/python -m creatorhub.operations.supervisor stop $(VAR_ROOT)

test: setup ## every test, small sizes
	@.ci/chromium
	@.venv/bin/python -m pytest -n 2 --dist loadfile -m "not long" --cov --cov-report= $(ARGS)
	@.venv/bin/coverage report --fail-under=90
	@.venv/bin/coverage report --fail-under=95 --include='creatorhub/money.py,creatorhub/ledger/*,creatorhub/sales/*,creatorhub/payouts/*,creatorhub/affiliates/*' >/dev/null \
		|| { echo "The rooms that hold money need 95 % coverage: money, ledger, sales, payouts, affiliates"; exit 1; }

test-long: setup ## the same suites at full size
	@.ci/chromium
	@.venv/bin/python -m pytest -m long $(ARGS)

test-stripe-live: setup ## ask Stripe itself: STRIPE_TEST_KEY=sk_test_… make test-stripe-live
	@.venv/bin/python -m pytest -n 0 -rs --force-enable-socket tests/payments/live_stripe.py $(ARGS)

breaks: setup ## break one line at a time, and see that the tests notice each
	@.venv/bin/python -m tests.breaks

mutants: setup ## change one expression of the book at a time: make mutants [MODULES="creatorhub.money"]
	@DJANGO_SETTINGS_MODULE=creatorhub.config.settings .venv/bin/python -m tests.mutants $(MODULES)

check: setup ## every guard: format, lint, types, floors, templates, migrations, deployment, architecture
	@.ci/check

bench: setup ## one line a goal, ours beside theirs; fails when one falls short [GOALS="P8 P9"]
	@.venv/bin/python -m benchmarks $(GOALS)

audit: setup ## known vulnerabilities in what we install; an audit that could not look is a failure
	@.venv/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/app.txt

pictures: setup ## draw the pages into docs/pictures/
	@DJANGO_SETTINGS_MODULE=creatorhub.config.settings .venv/bin/python -m tests.browser.draw_pictures

lock: setup ## renew requirements/*.txt from requirements/*.in
	@$(LOCK) --python-version 3.11 requirements/app.in -o requirements/app.txt
	@$(LOCK) --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	@$(LOCK) requirements/uv.in -o requirements/uv.txt
