# Everything a newcomer runs. Each target installs what it needs and is missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WEB_READY := web/node_modules/.ready
FRONTENDS := 1.45.20 1.58.1
# Tests start hundreds of processes: they keep their bytecode, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
# Tests wait for processes and sockets more than they compute.
PYTEST := $(BIN)/pytest -q -n 2

.PHONY: help setup demo demo-audit check check-panel fix test unit integration e2e screenshots \
	bench bench-check mutants test-pythons docs web run clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: $(READY) ## Make the virtual environment with everything for work on the project

$(READY): pyproject.toml scripts/make-venv
	@scripts/make-venv $(VENV)
	@touch $@

$(WEB_READY): web/package-lock.json web/.npmrc
	@scripts/need-node
	@cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

demo: $(READY) ## Fetch the models of real workflows through a loopback hub, with a cut and a kill
	@$(BIN)/model-keeper demo --dir demo

demo-audit: $(READY) ## Run the demo and check its files and its record against the origin
	@$(BIN)/python -m tests.integration.demo_audit

run: $(READY) ## Serve the panel on http://127.0.0.1:8199
	@$(BIN)/model-keeper serve

check: $(READY) check-panel ## Lint, layers, types, unit tests, generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python scripts/generate.py --check
	@$(PYTEST) tests/conventions tests/unit

check-panel: $(WEB_READY) ## The same for the panel: lint, types, unit tests, the bundle is current
	@cd web && npm run -s check

fix: $(READY) ## Mend what can be mended by itself, and make generated files anew
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python scripts/generate.py

web: $(READY) $(WEB_READY) ## Make the panel's bundle and its API types anew
	@$(BIN)/python scripts/generate.py
	@cd web && npm run -s generate && npm run -s build

docs: $(READY) ## Make the generated pages anew
	@$(BIN)/python scripts/generate.py

unit: $(READY) ## The unit tests alone
	@$(PYTEST) tests/unit

integration: $(READY) ## Tests with real sockets, files, processes and databases
	@scripts/integration-tests $(PYTEST)

e2e: $(READY) $(WEB_READY) ## The panel in a real browser: standalone, and in two frontends of ComfyUI
	@scripts/need-debian chromium
	@scripts/get-frontends build/frontends $(FRONTENDS)
	@cd web && npm run -s e2e

screenshots: $(READY) $(WEB_READY) ## Take the pictures of docs/images anew
	@scripts/need-debian chromium
	@scripts/get-frontends build/frontends $(FRONTENDS)
	@cd web && SCREENSHOTS=1 npm run -s screenshots

test: check ## Every test
	@scripts/integration-tests $(PYTEST)
	@$(MAKE) --no-print-directory e2e

mutants: $(READY) ## Break a copy in named ways; every breakage must be caught by its test
	@$(BIN)/python -m tests.mutants

bench: $(READY) ## Measure against curl, wget and aria2 with nginx as origin
	@scripts/need-debian nginx curl wget aria2c
	@$(BIN)/python -m tests.bench

bench-check: $(READY) ## The same, and fail where a limit does not hold
	@scripts/need-debian nginx curl wget aria2c
	@$(BIN)/python -m tests.bench --check

test-pythons: ## The unit tests on every Python from 3.10 to 3.13 that starts
	@scripts/test-pythons

clean: ## Remove what the other targets made
	@rm -rf $(VENV) web/node_modules web/test-results .venvs .mypy_cache .ruff_cache .pytest_cache .hypothesis build
