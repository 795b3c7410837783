# One command each; every one sets up .venv first, which costs nothing the second time.
#   make report   the studies on the sample company -> reports/index.html
#   make test     every check
#   make lab      JupyterLab on the notebooks
#   make app      the notebooks as pages with controls, for those who open no JupyterLab
# PYTHON=python3.12 in front or behind chooses the interpreter (3.11 or newer).

SHELL := /bin/sh
PY := .venv/bin/python
# loadscope: all cells of a notebook on one worker, in order
PYTEST := PYTHONHASHSEED=0 TQDM_DISABLE=1 $(PY) -m pytest -q -n auto --maxprocesses=8 --dist=loadscope \
	--hypothesis-profile=ci
PANDAS2 := .cache/pandas-2.3.3
SPARK := .cache/spark
NUMBERS := $(wildcard $(addprefix tests/,tables metrics scoring segmentation strategy robustness crosscheck test_bands.py))
STUDIES ?= data_health criteria_weights supplier_segmentation account_selection
INTO ?= reports
TESTS ?=

export PYTHON
# fonts are listed once and kept beside the checkout: works without a writable home, too
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help setup report test lint unit lab app docs spark test-pandas2 benchmark labels lock environment wheel clean

help:
	@sed -n 's/^#   \(make .*\)/  \1/p' Makefile
	@echo "  also: setup lint unit docs spark test-pandas2 benchmark labels lock environment wheel clean"

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
	@$(PYTEST) $(TESTS)

lab: setup
	@.venv/bin/jupyter lab $$(test "$$(id -u)" != 0 || echo --allow-root) notebooks

# its address stands in what it prints; one kernel a reader, and nobody can change a cell. A page that is left ends its
# kernel, for which Voila wants a cookie that it gives to nobody who comes straight to a page. Without that check other
# sites still cannot ask: what has another origin is refused, and a kernel's name cannot be guessed
app: setup
	@.venv/bin/voila notebooks --no-browser --strip_sources=True --theme=light \
		--Voila.tornado_settings="{'disable_check_xsrf': True}" \
		--MappingKernelManager.cull_interval=60 --MappingKernelManager.cull_idle_timeout=1800

# the user's guide as a site: .cache/site/index.html, opens without a server
docs: setup
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --quiet --site-dir .cache/site

# the oldest pandas we promise, laid over the environment; numbers only, so some of the tests, and no damaged files
test-pandas2: setup
	@test -f $(PANDAS2)/pandas/__init__.py || UV_SYSTEM_CERTS=1 .venv/bin/uv pip install --quiet \
		--python $(PY) --target $(PANDAS2) --no-deps pandas==2.3.3 pytz==2025.2
	@export PYTHONPATH=$(PANDAS2); $(PY) -c 'import pandas; assert pandas.__version__ == "2.3.3"' && \
		$(PYTEST) $(NUMBERS) --ignore=tests/tables/test_fuzz.py

# PySpark for tests/engines, 460 MB that nobody else needs: beside the environment, not in it
spark: setup
	@cmp -s requirements-spark.lock $(SPARK)/lock || { rm -rf $(SPARK) && UV_SYSTEM_CERTS=1 .venv/bin/uv pip install \
		--quiet --python $(PY) --target $(SPARK) --no-deps --require-hashes -r requirements-spark.lock && \
		cp requirements-spark.lock $(SPARK)/lock; }

benchmark: setup
	@$(PY) -m pytest -q -p no:xdist --benchmark-enable --benchmark-only tests

# the texts of code, notebooks and files go into the catalogue of each language; prints those not translated yet
labels: setup
	@$(PY) scripts/labels.py

# keeps what is locked where it can; UPGRADE=--upgrade takes the newest of everything
lock: setup
	@UV_SYSTEM_CERTS=1 UV_CUSTOM_COMPILE_COMMAND='make lock' .venv/bin/uv pip compile --quiet --universal \
		--generate-hashes --no-emit-index-url --python-version 3.11 --all-extras $(UPGRADE) \
		pyproject.toml --output-file requirements.lock
	@UV_SYSTEM_CERTS=1 UV_CUSTOM_COMPILE_COMMAND='make lock' .venv/bin/uv pip compile --quiet --universal \
		--generate-hashes --no-emit-index-url --python-version 3.11 $(UPGRADE) \
		requirements-spark.in --output-file requirements-spark.lock
	@scripts/setup.sh

# its options stand in pyproject.toml
environment: setup
	@.venv/bin/pyproject2conda project --overwrite force

wheel: setup
	@.venv/bin/uv build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist

clean:
	rm -rf .venv .cache dist
