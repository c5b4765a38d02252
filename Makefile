# TalentMap. `make demo` to see it, `make test` to try all of it; everything else is set up on the way.
# PYTHON=python3.12 chooses the interpreter (3.11 to 3.13).
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export PYTHON
PY := .venv/bin/python
DEMO := workspace/demo
PORT ?= 8050
# One stamp per interpreter asked for, so that another PYTHON sets up again.
TAG := $(notdir $(or $(PYTHON),default))
READY := .venv/ready-$(TAG)
READY_DEV := .venv/ready-dev-$(TAG)
KINDS := tests/unit tests/spec tests/property tests/app tests/real
WORKERS ?= 2

.PHONY: help setup demo serve check format test fast browser chromium postgres bench soak shots clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(READY): requirements.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh requirements.txt
	@rm -f .venv/ready-*
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@scripts/setup.sh requirements-dev.txt
	@touch $@

setup: $(READY_DEV) ## make .venv with the program and what tests and checks need

$(DEMO)/cube/CURRENT: | $(READY)
	@rm -rf $(DEMO)
	@$(PY) -m talentmap demo $(DEMO) --no-serve

demo: $(READY) $(DEMO)/cube/CURRENT ## make the demo city if need be and serve it at 127.0.0.1:8050
	@$(PY) -m talentmap serve $(DEMO) --port $(PORT)

serve: $(READY) ## serve WORKSPACE (default: the demo city)
	@$(PY) -m talentmap serve $(or $(WORKSPACE),$(DEMO)) --port $(PORT)

check: $(READY_DEV) ## lint, format, types, floors
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format: $(READY_DEV) ## write the code as the formatter wants it
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

chromium: $(READY_DEV)
	@scripts/chromium.sh

postgres:
	@scripts/postgres.sh install

test: fast browser ## all tests: unit, spec, property, app, real, browser

fast: $(READY_DEV) postgres ## all tests but the browser's
	@$(PY) -m pytest $(KINDS) -n $(WORKERS) --dist loadscope

browser: chromium ## the tests in a real Chromium
	@$(PY) -m pytest tests/browser

bench: chromium ## measure what must be fast; prints a table
	@$(PY) -m pytest tests/bench -s

soak: $(READY_DEV) ## a large demo city: PEOPLE=9000000, bounded memory
	@$(PY) -m tests.bench.soak $(or $(PEOPLE),9000000)

shots: chromium $(DEMO)/cube/CURRENT ## every page, both themes, three sizes, into shots/
	@$(PY) -m tests.browser.shots $(DEMO) shots

clean: ## remove what was made, the demo city too
	rm -rf .venv .fonts workspace/demo shots *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
