# `make` sets up, builds, checks and shows three cited answers; `make test` runs the whole test suite.
# PYTHON names another interpreter: make PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
NARKOM := $(VENV)/bin/narkom
STAMP := $(VENV)/.installed
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := all
.PHONY: all setup build check demo publish serve test format lint mutate bench api vendor lock clean

all: setup build check demo

setup: $(STAMP)

# The environment is made anew whenever the project file or a lock changes: what runs is what is locked.
$(STAMP): pyproject.toml requirements.lock requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Narkom needs Python 3.11 or newer; $(PYTHON) is not. Name one: make PYTHON=python3.12" >&2; exit 2; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "$(PYTHON) cannot make an environment. On Debian: apt install python3-venv" >&2; exit 2; }
	$(PIP) install --quiet --require-hashes -r requirements-build.lock
	$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

build: setup
	@$(NARKOM) build

check: setup
	@$(NARKOM) check

# Three cited answers: who was arrested as the purge of the NKVD began, one death told by many voices, what was charged.
demo: build
	@echo; $(NARKOM) ask arrested-in from=1937-03-25 to=1937-04-15
	@echo; $(NARKOM) ask versions-of event=death-slutskii
	@echo; $(NARKOM) ask charges accused=Tukhachevsky
	@echo; echo "More: $(NARKOM) ask"

publish: build
	@$(NARKOM) publish dist

serve: build
	@$(NARKOM) serve

test: setup
	@$(VENV)/bin/python -m pytest -n auto --dist loadfile

format: setup
	@$(VENV)/bin/ruff format src tests
	@$(VENV)/bin/ruff check --fix src tests
	@$(NARKOM) format

lint: setup
	@$(VENV)/bin/ruff format --check src tests
	@$(VENV)/bin/ruff check src tests
	@$(NARKOM) format --check

# Corrupt the data in every way the operators know, and write what the checks catch to docs/mutation.md.
mutate: setup
	@$(VENV)/bin/python -m tests.mutation

bench: build
	@$(VENV)/bin/python benchmarks/run.py
	@$(VENV)/bin/python benchmarks/evidence.py

# The reference of the interface for Python, from its docstrings, as pages in build/api.
api: setup
	@$(VENV)/bin/pdoc --output-directory build/api narkom.asking.knowledge narkom.asking.answers narkom.asking.notes \
	  narkom.asking.questions narkom.errors

# Copy the libraries that the pages use out of npm's packages, in the locked versions (needs Node.js).
vendor:
	@cd web && npm ci --silent && node vendor.mjs

# Resolve the versions anew (needs uv). The two locks agree, and neither names a registry.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
  --no-emit-index-url --quiet --upgrade
lock:
	$(COMPILE) --all-extras --group dev pyproject.toml --output-file requirements.lock
	$(COMPILE) --group build --constraint requirements.lock --output-file requirements-build.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache
