# All set-up happens here: the first `make build` on a machine with Python (3.11 or newer), pip and make does the rest.
#
# .venv holds what requirements.txt pins by hash (`make build`) and, once needed, what requirements-dev.txt adds
# (`make test`, `lint`, `types`). Stamps in .venv remember what is installed, so that a second run installs nothing.
# Another Python: make PYTHON=python3.13 build (after `make clean`).

PYTHON ?= python3
UV     ?= uv
VENV   := .venv
# Where .venv is active, $(PYTHON) is its own, which has no pip: the Python that it was made from installs.
BASE    = $(shell $(PYTHON) -c 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)')
BIN    := $(VENV)/bin
SHELL  := /bin/sh

# A PYTHONPATH of the user's would let packages from elsewhere count as installed.
unexport PYTHONPATH

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build test lint types format vocabulary editor bench load lock clean again

help: ## Say what there is to make (this list)
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '  make %-11s %s\n' "$$name" "$$what"; done

build: $(VENV)/.runtime ## Build the dataset: kg build, on data/ into out/
	@$(BIN)/kg build

test: $(VENV)/.dev ## Run the tests, in two processes
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.dev ## Check style and form of the code (ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Check the types (mypy, strict)
	@$(BIN)/mypy

format: $(VENV)/.dev ## Bring the code into form, and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

vocabulary: $(VENV)/.runtime ## Write again what is derived: terms, schema, reference pages
	@$(BIN)/python -m onrecord.vocabulary.generate
	@$(BIN)/python -m onrecord.facts.reference
	@$(BIN)/python -m onrecord.tables.reference

# What npm installs is pinned by hash in editor/package-lock.json; no script of a package is run.
editor: ## Build the SPARQL editor of kg serve from editor/ (needs Node, npm and the network)
	@command -v npm >/dev/null || { echo "There is no npm here: install Node 18 or newer with npm (on Debian and Ubuntu:" \
		"apt install nodejs npm). Without it, kg serve has a plain field for queries." >&2; exit 1; }
	@cd editor && npm ci --silent && node build.mjs

bench: $(VENV)/.runtime ## Measure what is owed, beside the peers: some twenty minutes; BENCH=--quick for a few
	@$(BIN)/python benchmarks/bench.py $(BENCH)

load: $(VENV)/.runtime ## Load the server: 16 clients, some of them hostile, for two minutes; beside Oxigraph's own
	@$(BIN)/python benchmarks/load.py $(LOAD)

LOCK = $(UV) pip compile pyproject.toml --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

lock: ## Pin the dependencies again (needs uv and the network)
	@$(LOCK) --extra serve --group build -o requirements.txt
	@$(LOCK) --all-extras --group build --group dev -c requirements.txt -o requirements-dev.txt
	@$(subst pyproject.toml,--group ftm,$(LOCK)) -o requirements-ftm.txt

clean: ## Remove .venv and what the tools leave behind; out/ stays
	@rm -rf $(VENV) .venv-ftm benchmarks/.venv-peers dist editor/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# ── Set-up ────────────────────────────────────────────────────────────────────────────────────────────────

# Made anew where its Python is gone, or where an installation was killed half-way: pip takes a package for installed
# as soon as its metadata is there.
ifneq ($(shell test -x $(BIN)/python && test ! -e $(VENV)/.installing && echo whole),whole)
$(VENV)/.made: again
endif

# Without pip: Debian's Python has no ensurepip, and `python3 -m venv` would fail half-way. The pip of $(PYTHON)
# installs into .venv instead (`pip --python`, since pip 22.3).
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer," \
		"or name yours: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is" \
		"$$($(PYTHON) --version 2>&1); Python 3.11 or newer is needed. Name one: make PYTHON=python3.13" >&2; exit 1; }
	@$(BASE) -m pip --version >/dev/null 2>&1 || { echo "$(PYTHON) has no pip: install it (on Debian and Ubuntu:" \
		"apt install python3-pip), or name another Python: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(BASE) -m pip --help | grep -e '--python ' >/dev/null || { echo "$$($(BASE) -m pip --version | cut -d' ' -f1,2)" \
		"is too old; 22.3 or newer is needed: $(BASE) -m pip install --upgrade pip" >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv --without-pip $(VENV)
	@touch $@

# $(call install,<pip's arguments>): .installing stays behind where pip was killed (see above).
define install
touch $(VENV)/.installing; \
$(BASE) -m pip --python $(BIN)/python install -qq --no-user --disable-pip-version-check $(1); status=$$?; \
test $$status -ge 128 || rm -f $(VENV)/.installing; exit $$status
endef

$(VENV)/.runtime: $(VENV)/.made requirements.txt pyproject.toml
	@echo "Installing what onrecord needs into $(VENV) …" >&2
	@$(call install,--require-hashes -r requirements.txt)
	@$(call install,--no-index --no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@echo "Installing what the tests need into $(VENV) …" >&2
	@$(call install,--require-hashes -r requirements-dev.txt)
	@touch $@
