# Keel: every target sets up what it needs and is quick when that is done already.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.keel-installed
DATABASE ?=
ARGS ?=

.PHONY: help setup chat run demo test lint types bench eval chaos cov mutation docs-check lock

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(STAMP) ## create .venv and install everything from the lock

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Keel needs Python 3.11 or newer; $(PYTHON) was not found. Set PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Keel needs Python 3.11 or newer; $$($(PYTHON) --version 2>&1) is too old. Set PYTHON=/path/to/python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Keel could not create $(VENV); install your system's python3-venv package" >&2; exit 2; }
	@echo "Setting up (about a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $@

chat: $(STAMP) ## talk with the coach in this terminal
	@$(BIN)/keel chat $(if $(DATABASE),--database $(DATABASE)) $(ARGS)

run: $(STAMP) ## run the Telegram bot (needs KEEL_TELEGRAM_TOKEN or KEEL_TELEGRAM_TOKEN_FILE)
	@$(BIN)/keel run $(if $(DATABASE),--database $(DATABASE)) $(ARGS)

demo: $(STAMP) ## watch a conversation on an emulated Telegram; needs no token, ends by itself
	@$(BIN)/python -m tests.demo

test: $(STAMP) ## run the whole test suite on all cores
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --dist loadscope $(ARGS)

lint: $(STAMP) ## ruff, formatting and import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: $(STAMP) ## mypy --strict on our packages
	@$(BIN)/mypy

bench: $(STAMP) ## print each speed budget beside its baseline
	@$(BIN)/python -m tests.benchmarks $(ARGS)

eval: $(STAMP) ## print how well it understands, by its rules and by a configured model (ARGS='--misses', ARGS=--write)
	@$(BIN)/python -m tests.evals $(ARGS)

chaos: $(STAMP) ## kill the bot a few thousand times and check every promise (ARGS='--seeds 100 --jobs 2')
	@$(BIN)/python -m tests.chaos $(ARGS)

cov: $(STAMP) ## tests with branch coverage
	@$(BIN)/python -m pytest -q --cov --cov-report=term-missing:skip-covered $(ARGS)

mutation: $(STAMP) ## change safety, allergens and cadence piece by piece: a test must notice (ARGS='agents.domain.cadence*')
	@$(BIN)/mutmut run --max-children 2 $(ARGS)
	@$(BIN)/python -m tests.mutation.survivors

docs-check: $(STAMP) ## check that the documents say what is true
	@$(BIN)/python -m pytest -q tests/docs $(ARGS)

LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header pyproject.toml
lock: $(STAMP) ## renew requirements.lock (developing) and deploy/requirements.lock (running) from pyproject.toml (needs uv)
	@$(LOCK) --extra dev --extra web --extra postgres --extra otel -o requirements.lock
	@$(LOCK) --extra web --extra postgres --extra build -c requirements.lock -o deploy/requirements.lock
