# Two commands for newcomers: `make demo` and `make test`. Everything they install lies in .venv, and
# `make clean` takes it all away again. A stamp file says what is installed, so that nothing is installed twice.

PYTHON ?=
PORT ?= 8000
WORKERS ?= 2
MINUTES ?= 10
TIMES ?= 7
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-config \
	--custom-compile-command "make lock"

# The moment the demo is built for: its offers were looked up shortly before, so that their prices are fresh.
NOW := 2026-11-26T09:00:00Z

.DEFAULT_GOAL := help
.PHONY: help demo test soak lint format docs browser servers lock clean

help:
	@echo "make demo    install storefront in .venv and serve this repository's demo site"
	@echo "make test    install what development needs, then ruff, mypy and every test"
	@echo "make soak    edit a site at random for ten minutes (MINUTES=10), comparing builds, then kill and feed builds (TIMES=7)"
	@echo "make lint    ruff and mypy alone"
	@echo "make format  put the code into ruff's shape"
	@echo "make docs    build the docs as a site in build/docs/site; a link that leads nowhere is a fault"
	@echo "make lock    renew both lock files and the bill of materials"
	@echo "make clean   delete .venv, site/ and every cache"

demo: $(VENV)/.installed
	@echo "The demo is built for $(NOW), so that the prices in it count as fresh."
	@$(BIN)/storefront serve --now $(NOW) --port $(PORT)

# The tests come last and run whatever ruff and mypy say, so that one run shows everything there is to mend.
test: $(VENV)/.installed-dev browser servers
	@$(MAKE) --no-print-directory lint && lint=0 || { lint=1; echo "ruff or mypy found faults, see above."; }; \
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -rs && exit $$lint

soak: $(VENV)/.installed-dev
	@$(BIN)/python tools/soak.py --minutes $(MINUTES)
	@$(BIN)/python tools/soak_hostile.py --times $(TIMES)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy --no-error-summary
	@echo "ruff and mypy: nothing to mend"

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

docs: $(VENV)/.installed-dev
	@$(BIN)/python tools/docs.py

browser: $(VENV)/.installed-dev
	@.ci/browser $(BIN)

servers:
	@.ci/servers

lock: $(VENV)/.made
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group dev -o requirements-dev.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group build -c requirements-dev.lock -o requirements.lock pyproject.toml
	@$(BIN)/python tools/sbom.py

clean:
	@rm -rf $(VENV) .storefront .site.* .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build tests/hosts/node_modules
	@rm -rf site.hosting
	@find site -mindepth 1 ! -name .gitkeep -delete
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made: .ci/venv
	@.ci/venv $(VENV) $(PYTHON)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing storefront in $(VENV) …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing what development needs in $(VENV) …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
