# Everything a newcomer types. `make help` lists it; the README says what it is for.

PYTHON ?= python3
PORT ?= 8000

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input --quiet --quiet
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml

# What is installed is keyed by what the lock files say: nothing is installed twice, and a changed
# lock file is noticed whatever the dates of the files are.
RUN_STAMP := $(VENV)/.run-$(shell cat requirements/run.txt | cksum | cut -d' ' -f1)
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements/dev.txt | cksum | cut -d' ' -f1)
NODE_STAMP := node_modules/.installed-$(shell cat package.json package-lock.json | cksum | cut -d' ' -f1)

TEMPLATES := site/templates $(wildcard courses/templates quizzes/templates tracking/templates)

.DEFAULT_GOAL := help
.PHONY: help run test test-faults setup lint fmt bench bench-full fonts lock screenshots

help: ## Say what there is to type
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUN_STAMP) $(NODE_STAMP) ## Install what is needed and serve the demo city (PORT=8000)
	@$(PY) manage.py serve --port $(PORT)

test: $(DEV_STAMP) $(NODE_STAMP) ## Run every test: SQLite, the browser, PostgreSQL
	@$(PY) -m tests.system
	@$(PY) -m tests.run

test-faults: $(DEV_STAMP) $(NODE_STAMP) ## Kill everything under load, long: nothing may be lost
	@$(PY) -m tests.system
	@PYTHONPATH=.:site $(PY) -m tests.faults

setup: $(DEV_STAMP) $(NODE_STAMP) ## Install what running and developing needs; change nothing else

lint: $(DEV_STAMP) $(NODE_STAMP) ## Check style, types, layers, templates, translations, migrations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	$(VENV)/bin/djlint --quiet --lint $(TEMPLATES)
	$(VENV)/bin/bandit --quiet --severity-level medium --recursive site courses quizzes tracking
	$(VENV)/bin/codespell
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m pytest --quiet tests/contracts/test_translations.py

fmt: $(DEV_STAMP) ## Format the Python code
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .

bench: $(DEV_STAMP) $(NODE_STAMP) ## Measure pages, and status in cities that grow
	@$(PY) -m bench
	@$(PY) -m bench.weight
	@$(PY) -m bench.scale
	@$(PY) -m bench.imports 50000
	@$(PY) -m bench.h5p
	@$(PY) -m bench.h5p_store
	@$(PY) -m bench.h5p_views
	@$(PY) -m bench.forecast

bench-full: $(DEV_STAMP) $(NODE_STAMP) ## Measure status with a million staff (PostgreSQL, an hour)
	@$(PY) -m bench.scale --full
	@$(PY) -m bench.forecast --staff 50000

screenshots: $(DEV_STAMP) $(NODE_STAMP) ## Take the documents' pictures anew
	@$(PY) -m tests.system
	@$(PY) -m tests.browser.screenshots

fonts: $(DEV_STAMP) $(NODE_STAMP) ## Cut the typefaces to the letters of pages, after a new version of them
	@$(PY) -m bench.fonts

lock: $(DEV_STAMP) ## Resolve pyproject.toml anew into requirements/*.txt
	$(LOCK) --extra build --output-file requirements/run.txt
	$(LOCK) --extra build --extra dev --output-file requirements/dev.txt

$(RUN_STAMP): | $(VENV)/bin/pip
	@echo "Installing the Python packages the program needs (a minute or so, once) ..."
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo "Installing the Python packages that developing and testing need ..."
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@rm -f $(VENV)/.dev-* && touch $@

$(NODE_STAMP):
	@command -v npm >/dev/null || { \
		echo "npm was not found. Install Node.js (Debian: apt install nodejs npm) and try again." >&2; \
		exit 1; }
	@echo "Installing the typefaces and the H5P player (npm) ..."
	@npm ci --silent --no-audit --no-fund --ignore-scripts
	@rm -f node_modules/.installed-* && touch $@

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, and $(PYTHON) is not. Try: make run PYTHON=python3.12" >&2; \
		exit 1; }
	@echo "Making a virtual environment in $(VENV)/ ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null || { \
		echo "Python could not make $(VENV)/. On Debian and Ubuntu: apt install python3-venv" >&2; \
		rm -rf $(VENV); exit 1; }
