# Văn thư: `make run` shows it, `make test` proves it; each sets up what it needs first.
# pip reads the machine's own configuration; a folder wheels/ (from `make bundle`) takes the place of any network.

export PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
OFFLINE := $(if $(wildcard wheels/*.whl),--no-index --find-links wheels)
DEMO := VANTHU_HOME=demo-home

.DEFAULT_GOAL := help
.PHONY: help install run test lint bench bench-api bench-fuzz bench-load bench-nlp bench-pages bench-read bench-store bundle samples screens lock clean system system-test test-kill

help: ## lists what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

install: system .venv/.made ## sets up and stops: system packages, .venv with the pinned packages, the command vanthu

run: install demo-home/.read ## reads the samples into demo-home, prints what is due, serves http://127.0.0.1:8000
	@$(DEMO) $(BIN)/python samples/demo.py due
	@exec env $(DEMO) VANTHU_DEMO=1 $(BIN)/vanthu serve

test: install system-test .venv/.made-test ## runs all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

test-kill: install system-test .venv/.made-test ## 1,000 uploads while server and workers are killed 60 times, on SQLite and on PostgreSQL; takes a while
	KILL_FILES=1000 KILLS=60 $(BIN)/python -m pytest -rP tests/api/test_kill.py

lint: install .venv/.made-test ## checks style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy -p samples -p bench

bench: install demo-home/.read ## prints how fast it reads, extracts, files and starts
	@$(BIN)/python -m bench

bench-api: install .venv/.made-test ## asks the API 10,000 questions that its description allows or forbids, and checks the answers
	@$(BIN)/python -m bench.openapi

bench-fuzz: install .venv/.made-test ## hands in 2,000 damaged files and files that swell, and tells what became of them; half an hour
	@$(BIN)/python -m bench.fuzzing

bench-nlp: install .venv-bench/.made ## prints how fast and how rightly it understands text, beside eyecite, refex and dateparser
	@$(BIN)/python -m bench.understanding .venv-bench/bin/python

bench-pages: install system-test .venv/.made-test demo-home/.read ## prints how soon each page answers over 20,000 documents, and the review screen shows the next paper
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.strokes

bench-read: install ## prints how fast and how rightly it reads, beside pdfplumber, OCRmyPDF and plain Tesseract; takes a while
	@$(MAKE) --silent .venv-bench/.made || echo "pdfplumber and OCRmyPDF cannot be installed here: measured without them"
	@$(BIN)/python -m bench.reading .venv-bench/bin

bench-load: install ## prints how soon pages answer while fifty people work over 100,000 documents and scans are read, for ten minutes
	@$(BIN)/python -m bench.loading

bench-store: install ## prints how long questions about the graph take over 10,000 and 100,000 documents (SIZES="1000000": 10 GB, ten minutes)
	@$(MAKE) --silent .venv-bench/.made || echo "networkx and DuckDB cannot be installed here: measured without them"
	@$(BIN)/python -m bench.storing $(SIZES) .venv-bench/bin/python

bundle: system .venv/.made ## fills wheels/ with all packages for a machine without internet
	$(PIP) download --quiet --require-hashes --only-binary :all: --dest wheels -r requirements.lock
	@echo "wheels/: $$(ls wheels | wc -l) gói, $$(du -sh wheels | cut -f1)"

samples: install system-test .venv/.made-test ## renders the samples again from samples/source
	$(BIN)/python -m samples.render

screens: install system-test .venv/.made-test demo-home/.read ## keeps a picture of every page under build/screens/: desk and phone, light and dark
	@$(DEMO) $(BIN)/python samples/screens.py

lock: ## resolves the pinned packages anew (needs uv)
	printf 'hatchling\neditables\n' | uv pip compile --quiet pyproject.toml - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	printf 'eyecite\nlegal-reference-extraction\ndateparser\nocrmypdf\npdfplumber\nnetworkx\nduckdb\n' | uv pip compile --quiet - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-bench.lock
	uv pip compile --quiet pyproject.toml --extra test -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-test.lock

clean: ## removes what was made here except .venv, wheels and vanthu-home
	rm -rf demo-home build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

system:
	@setup/system.sh run

system-test:
	@setup/system.sh test

.venv/.made: requirements.lock pyproject.toml | system
	@$(PIP) --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes $(OFFLINE) -r requirements.lock
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation -e .
	@touch $@

.venv/.made-test: requirements-test.lock .venv/.made
	$(PIP) install --quiet --require-hashes -r requirements-test.lock
	@touch $@

.venv-bench/.made: requirements-bench.lock
	@.venv-bench/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-bench.lock
	@touch $@

demo-home/.read: $(wildcard samples/*/source.*) samples/office.toml | .venv/.made
	@$(DEMO) $(BIN)/python samples/demo.py read
	@touch $@
