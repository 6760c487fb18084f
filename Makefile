# `make run` and `make test` are all one needs; `make help` tells the rest.

VENV := .venv
BIN := $(VENV)/bin
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
UV := 0.13.9
UVBIN := $(VENV)/uv-$(UV)/bin/uv
CODE := $(wildcard bot cogs storage tests)

.PHONY: help install run test soak mutants bench pictures check lock release
.DELETE_ON_ERROR:

help:
	@echo 'make run      open a local chat with a demo (ARGS=...)'
	@echo 'make test     run the tests (ARGS="-k merge" picks some)'
	@echo 'make check    lint, formatting, types, and whether the locks fit pyproject.toml'
	@echo 'make soak     run the long tests'
	@echo 'make mutants  count the faults in core/ and services/ that no test notices (ARGS=--help)'
	@echo 'make bench    measure, and print a table (ARGS="--against ../other" compares checkouts)'
	@echo 'make pictures draw the pictures of the README anew'
	@echo 'make install  make .venv/bin/rundown (PYTHON=... picks the interpreter)'
	@echo 'make release  build an sdist and a wheel in dist/, and try them in an empty environment'
	@echo 'make lock     fit the locks to pyproject.toml (ARGS=--upgrade takes newer versions)'

install: $(VENV)/.installed
	@:

run: install
	@exec $(BIN)/rundown chat --demo $(ARGS)

# (With bytecode, whatever your settings: without, each worker compiles all tests anew.)
test: $(VENV)/.tooled $(VENV)/descriptions/.fetched
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

soak: $(VENV)/.tooled $(VENV)/descriptions/.fetched
	@RUNDOWN_TESTS_EXEC=1 $(BIN)/python -m pytest -m soak $(ARGS)
	@$(BIN)/python -m pytest -q --hypothesis-profile=search -k laws tests/core
	@$(MAKE) --no-print-directory mutants ARGS=--wide

mutants: $(VENV)/.tooled $(VENV)/descriptions/.fetched $(VENV)/mutants/.installed
	@$(VENV)/mutants/bin/python tests/mutants.py $(ARGS)

bench: $(VENV)/.tooled $(VENV)/descriptions/.fetched $(VENV)/peers/.installed
	@$(BIN)/python -m tests.bench $(ARGS)

pictures: $(VENV)/.tooled
	@$(BIN)/python -W ignore -m tests.pictures

check: $(VENV)/.tooled
	@$(BIN)/python -m ruff check $(CODE)
	@$(BIN)/python -m ruff format --check $(CODE)
	@$(BIN)/python -m mypy
	@$(BIN)/python -m pytest -q tests/test_locks.py

release: $(VENV)/.tooled $(UVBIN)
	@rm -rf dist
	@$(UVBIN) build --quiet --no-build-isolation --python $(BIN)/python --out-dir dist
	@$(BIN)/python -m tests.release dist

lock: $(UVBIN)
	@echo 'uv==$(UV)' | $< $(LOCK) - -o requirements-uv.txt
	@$< $(LOCK) pyproject.toml --group build -o requirements.txt $(ARGS)
	@$< $(LOCK) pyproject.toml --group build --extra postgresql -c requirements.txt -o requirements-postgresql.txt $(ARGS)
	@$< $(LOCK) pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt $(ARGS)
	@echo 'cosmic-ray>=8.7' | $< $(LOCK) - -o tests/requirements-mutants.txt $(ARGS)
	@$< $(LOCK) $(PEERS).in -o $(PEERS).txt $(ARGS)
LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'
PEERS := tests/bench/requirements-peers

# uv installs in a tenth of pip's time. It does not know pip's settings, such as a mirror's address,
# and has no build for every machine: where it fails, pip does the same.
install_from = $(UVBIN) pip install -q --python $(BIN)/python $(1) 2>/dev/null \
	|| $(BIN)/python -m pip install -qq $(1)

# The files below tell make what was installed, and from what: nothing is done twice.

$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo 'Installing into $(VENV) ...' >&2
	@[ -x $(UVBIN) ] || $(MAKE) --no-print-directory $(UVBIN) || true
	@$(call install_from,--require-hashes -r requirements.txt)
	@$(call install_from,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.tooled: requirements-dev.txt $(VENV)/.installed
	@echo 'Installing what tests and checks need ...' >&2
	@$(call install_from,--require-hashes -r requirements-dev.txt)
	@touch $@

# The platforms' own descriptions, by which the tests' local ones are checked; they skip without npm.
$(VENV)/descriptions/.fetched: tests/fakes/descriptions.py | $(VENV)/.tooled
	@echo "Fetching Discord's and GitHub's descriptions ..." >&2
	@mkdir -p $(@D)
	@$(BIN)/python -m tests.fakes.descriptions && touch $@ || true

$(VENV)/mutants/.installed: tests/requirements-mutants.txt | $(UVBIN)
	@$(BIN)/python -m venv --clear --without-pip $(VENV)/mutants
	@$(UVBIN) pip install -q --python $(VENV)/mutants/bin/python --require-hashes -r $<
	@touch $@

# What we compare with has a place of its own, and is named in the table where it cannot be had.
$(VENV)/peers/.installed: $(PEERS).txt | $(BIN)/python
	@echo 'Installing what we compare with ...' >&2
	@$(BIN)/python -m venv --clear $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install -qq --require-hashes -r $< && touch $@ || true

$(UVBIN): | $(BIN)/python
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-uv.txt --target $(VENV)/uv-$(UV)

# A name on the PATH is not enough: it may be too old, or a version manager's empty shim.
$(BIN)/python:
	@for python in $(PYTHONS); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  found=$$python; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  exec "$$python" -m venv --clear $(VENV); \
	done; \
	if [ -n "$$found" ]; \
	then echo "$$found has no venv module; install it (Debian, Ubuntu: apt install python3-venv)."; \
	else echo 'Rundown needs Python 3.11 or newer; none was found as: $(PYTHONS).'; \
	fi >&2; exit 1
