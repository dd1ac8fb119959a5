# Everything a newcomer runs. Each target installs what it needs and is missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo demo-audit check fix test unit integration bench bench-check mutants \
	test-pythons docs run clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: $(READY) ## Make the virtual environment with everything for work on the project

$(READY): pyproject.toml scripts/make-venv
	@scripts/make-venv $(VENV)
	@touch $@

demo: $(READY) ## Fetch the models of real workflows through a loopback hub, with a cut and a kill
	@$(BIN)/model-keeper demo --dir demo

demo-audit: $(READY) ## Run the demo and check its files and its record against the origin
	@$(BIN)/python -m tests.integration.demo_audit

run: $(READY) ## Do the work of the queue in this terminal
	@$(BIN)/model-keeper worker

check: $(READY) ## Lint, layers, types, unit tests, generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python scripts/generate.py --check
	@$(BIN)/pytest -q tests/unit

fix: $(READY) ## Mend what can be mended by itself, and make generated files anew
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python scripts/generate.py

docs: $(READY) ## Make the generated pages anew
	@$(BIN)/python scripts/generate.py

unit: $(READY) ## The unit tests alone
	@$(BIN)/pytest -q tests/unit

integration: $(READY) ## Tests with real sockets, files, processes and databases
	@$(BIN)/pytest -q tests/integration

test: check ## Every test
	@$(BIN)/pytest -q tests/integration

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
	@rm -rf $(VENV) .venvs .mypy_cache .ruff_cache .pytest_cache .hypothesis build
