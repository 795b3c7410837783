# One command each; every one sets up .venv first, which costs nothing the second time.
#   make report   both flagship studies on the sample company -> reports/index.html
#   make test     every check
#   make lab      JupyterLab on the notebooks
# PYTHON=python3.12 in front or behind chooses the interpreter (3.11 or newer).

SHELL := /bin/sh
PY := .venv/bin/python
PANDAS2 := .venv-pandas2/bin/python
STUDIES ?= supplier_segmentation account_selection
INTO ?= reports
TESTS ?=

export PYTHON
# fonts are listed once and kept beside the checkout: works without a writable home, too
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help setup report test lint unit lab test-pandas2 benchmark lock environment wheel clean

help:
	@sed -n 's/^#   \(make .*\)/  \1/p' Makefile
	@echo "  also: setup lint unit test-pandas2 benchmark lock environment wheel clean"

setup:
	@scripts/setup.sh

report: setup
	@.venv/bin/srmkit run $(STUDIES) --into $(INTO)

test: lint unit

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache --no-logo

# TESTS=tests/scoring runs one folder
unit: setup
	@PYTHONHASHSEED=0 TQDM_DISABLE=1 $(PY) -m pytest -q -n auto --maxprocesses=8 --hypothesis-profile=ci $(TESTS)

lab: setup
	@.venv/bin/jupyter lab $$(test "$$(id -u)" != 0 || echo --allow-root) notebooks

# the oldest pandas we promise; numbers only, so a subset of the tests
test-pandas2: setup
	@scripts/pandas2.sh
	@PYTHONHASHSEED=0 $(PANDAS2) -m pytest -q -n auto --maxprocesses=8 --hypothesis-profile=ci \
		tests/tables tests/metrics tests/scoring tests/segmentation tests/robustness

benchmark: setup
	@$(PY) -m pytest -q -p no:xdist --benchmark-enable --benchmark-only tests

lock:
	@scripts/lock.sh

environment: setup
	@$(PY) -m tests.house.environment_file

wheel: setup
	@.venv/bin/uv build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist

clean:
	rm -rf .venv .venv-pandas2 .cache dist $(INTO)
