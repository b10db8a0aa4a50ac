# One recipe a line of work; CI runs the same `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
PY := .venv/bin/python
export PYTHONUNBUFFERED := 1

.PHONY: help run setup test bench lint messages

help: ## Show the recipes
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/.locked .env ## Set up what is missing: .venv, locked dependencies, .env, translations
	@$(PY) manage.py messages --compile

.venv/.locked: requirements-dev.txt
	@bin/setup-venv requirements-dev.txt
	@touch $@

.env:
	@$(PY) -c 'import secrets; print(f"DEBUG=1\nSECRET_KEY={secrets.token_urlsafe(50)}")' > $@

run: setup ## Migrate, load the demo into an empty database, serve on http://127.0.0.1:8000 (PORT overrides)
	@$(PY) manage.py serve --port $(PORT)

lint: setup
	@.venv/bin/ruff format --check -q . || { echo "Run .venv/bin/ruff format"; exit 1; }
	@.venv/bin/ruff check -q .
	@told=$$(.venv/bin/lint-imports --no-cache) || { echo "$$told"; exit 1; }
	@.venv/bin/mypy --no-error-summary
	@DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run -v 0 || { echo "A migration is missing: manage.py makemigrations"; exit 1; }
	@$(PY) manage.py messages --check

test: lint ## Run everything that CI runs, on SQLite and on PostgreSQL (or DATABASE_URL)
	@echo "SQLite:" && DATABASE_URL= $(PY) -m pytest
	@echo "PostgreSQL:" && $(PY) -m tests.postgres $(PY) -m pytest

.venv-bench/.locked: requirements-bench.txt
	@{ bin/setup-venv $< .venv-bench && touch $@; } || echo "What the bench compares with cannot be installed; it is left out."

bench: setup .venv-bench/.locked ## Measure side by side and print ratios
	@$(PY) -m tests.postgres $(PY) -m tests.bench

messages: setup ## Collect texts to translate into locale/
	@$(PY) manage.py messages
