# Relais. `make help` lists what there is; docs/adr/ says why it is so.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
WITH_DATABASE := $(PYTHON) deploy/local/cluster.py with --
.DEFAULT_GOAL := help
.PHONY: help run test check bench conformance promises locks words clean setup setup-tests packages packages-tests assets

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## from a fresh clone to a running site with demo data: http://localhost:$${PORT:-8000}
	@exec $(WITH_DATABASE) $(PY) deploy/local/run.py

test: setup-tests ## everything: formats, lint, types, contracts, migrations, words, all tests (Chromium included)
	@RELAIS_IN_HASTE=1 exec $(WITH_DATABASE) $(PY) deploy/local/checks.py all

check: setup-tests ## the quick part of it, under a minute
	@exec $(WITH_DATABASE) $(PY) deploy/local/checks.py quick

bench: setup-tests ## the benchmarks; the last lines are ratios, `name: value`
	@exec $(WITH_DATABASE) sh -c '$(PY) manage.py prepare && exec $(PY) -m bench'

conformance: setup-tests ## the official HSDS schemas and examples: make conformance HSDS_SPEC=DIR
	@test -n "$(HSDS_SPEC)" || { echo "conformance: say where the specification is: make conformance HSDS_SPEC=DIR"; exit 2; }
	@exec $(WITH_DATABASE) $(PY) -m pytest -q tests/conformance --hsds-spec "$(HSDS_SPEC)"

promises: setup-tests ## the promises of docs/promises.toml, the tests that prove them, and whether they do today
	@exec $(WITH_DATABASE) $(PY) deploy/local/checks.py promises

words: setup-tests ## collect new words into locale/fr (then translate them there)
	@$(PY) -m django makemessages -l fr --no-location --no-obsolete -i .venv -i node_modules -i .local --settings config.settings.local

locks: ## pin the dependencies of pyproject.toml anew, with hashes (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.txt
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group assets -o requirements/assets.txt
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/run.txt --group dev pyproject.toml -o requirements/dev.txt

clean: ## stop and remove this clone's own database, environment and assets
	@$(PYTHON) deploy/local/cluster.py remove
	rm -rf .venv node_modules static/vendor static/collected static/css/*.gz static/js/*.gz .local

setup: packages $(VENV)/run.stamp assets
setup-tests: packages-tests $(VENV)/dev.stamp assets

packages:
	@$(PYTHON) deploy/local/packages.py

packages-tests:
	@$(PYTHON) deploy/local/packages.py --tests

assets: $(VENV)/run.stamp
	@$(PY) deploy/local/assets.py

$(VENV)/run.stamp: requirements/run.txt requirements/assets.txt | packages
	@echo "environment: installing what the site needs ..."
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@command -v npm >/dev/null || $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/assets.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "environment: installing what the tests need ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
