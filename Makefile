# Every target does its own set-up in $(VENV); all it needs is make and Python 3.11 or newer.
# Versions come from constraints.txt; what one test needs beyond PyPI stands in tests/needs.py.

VENV ?= .venv
BIN = $(VENV)/bin
# The first of these that is new enough and can make a virtual environment.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && echo $$python && break; done)
# Twice quiet: errors only.
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
# Without modules compiled once and for all, each of the many processes that tests start takes a third longer.
export PYTHONDONTWRITEBYTECODE :=
# All cores share the tests, a file at a time, those that take longest first.
SHARED = -q -n auto --dist loadfile --no-loadscope-reorder
# What takes programs apart, runs them and talks to them: there, versions of Python differ. What is left out of these
# parts is about bytes, numbers, or the work of processes that the rest starts as well.
VERSIONED = $(addprefix tests/authoring/test_,committed_build.py leaks.py mistakes.py mutants.py regions.py strip.py) \
	tests/compare $(addprefix tests/diagnose/test_,behaviour.py committed_measurement.py examples.py limits.py) \
	$(filter-out %/test_forged_frames.py %/test_lost_workers.py %/test_wire_machine.py,$(wildcard tests/sandbox/test_*.py)) \
	tests/suite tests/test_batch.py tests/test_help.py tests/test_selfcheck.py
# Makes a target with each other Python that is here, in an environment of its own.
with_others = for python in $$($(BIN)/python -m tests.pythons); do \
	echo "With $$python:"; \
	$(MAKE) --no-print-directory $(1) PYTHON=$$python \
		VENV=.venv-$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])') || exit; done
DEMO = models_and_losses
DEMO_STUDENT = s04-small-slips

.DEFAULT_GOAL = help
.PHONY: coverage diagnosis docs environment environments help demo test test-python test-pythons test-versioned search redteam lint types validate build bench constraints dist clean

help:  ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-12s %s\n' "$$name" "$$text"; done

demo: $(VENV)/.core  ## Grade sample submissions and show what the grader makes of them.
	@mkdir -p .grader && rm -f .grader/demo.json
	@# Exit code 1 says that some submission needs review, as some here do.
	@$(BIN)/grader grade $(DEMO) tests/submissions/$(DEMO) --no-db --json .grader/demo.json || test $$? -eq 1
	@test -s .grader/demo.json
	@echo && $(BIN)/grader feedback --from .grader/demo.json --student $(DEMO_STUDENT)
	@echo "The whole report, every outcome with its cause: .grader/demo.json"

test: $(VENV)/.test  ## Run the tests; list what was left out. SLOW=1 adds the slow ones, LEFTOUT=error also fails on any left out, ARGS="..." goes to pytest.
	@# What ARGS names runs in one process, where a debugger works.
	@$(BIN)/python -m pytest $(if $(ARGS),,$(SHARED)) $(if $(filter error,$(LEFTOUT)),--nothing-left-out) \
		$(if $(SLOW)$(LEFTOUT)$(ARGS),,--no-slow) $(ARGS)

test-python:  ## Run the tests with another Python: make test-python PYTHON=python3.13
	@$(MAKE) --no-print-directory test PYTHON=$(PYTHON) \
		VENV=.venv-$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')

test-pythons: | $(BIN)/python  ## Run the tests of what differs between versions of Python with each other one that is here.
	@$(call with_others,test-versioned)

environments: | $(BIN)/python  ## Make the environments of test-pythons.
	@$(call with_others,environment)

environment: $(VENV)/.versioned
	@:

test-versioned: environment
	@$(BIN)/python -m pytest $(SHARED) --no-slow $(VERSIONED)

search: $(VENV)/.test  ## Try the property tests on examples that no run before has seen.
	@$(BIN)/python -m pytest $(SHARED) -m hypothesis --hypothesis-profile=searching

redteam: $(VENV)/.test  ## Try every published attack under every condition that a machine may impose.
	@$(BIN)/python -m tests.attacks.conditions

coverage: $(VENV)/.test  ## Run every test, and list what of the grader no test runs, sandboxed processes included.
	@$(BIN)/python -m tests.measuring.run $(SHARED)

lint: $(VENV)/.test  ## Check style and format.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test  ## Check types.
	@$(BIN)/mypy

validate: $(VENV)/.test  ## Prove every assignment fair, and renew the results that are committed.
	@$(BIN)/grader validate --save

diagnosis: $(VENV)/.test  ## Measure how often diagnosis names what is wrong, and renew docs/diagnosis.*.
	@$(BIN)/python benchmarks/diagnosis.py --save

build: $(VENV)/.test  ## Build assignments/ and solutions/ from source/.
	@$(BIN)/grader build

docs: $(VENV)/.docs  ## Renew what in docs/ is generated, and build the site in build/docs; a broken link fails it.
	@$(BIN)/python -c 'import json; from grader.reportfile import schema; print(json.dumps(schema(), indent=1))' > docs/report.schema.json
	@for program in coverage reference syscalls; do $(BIN)/python docs/$$program.py || exit; done
	@$(BIN)/python -m sphinx -q -W --keep-going -b html -c docs . build/docs
	@echo "Read it at build/docs/docs/index.html"

bench: $(VENV)/.test  ## Measure speed against the floor.
	@for program in $(filter-out %/peers.py,$(wildcard benchmarks/*.py)); do echo "== $$program"; $(BIN)/python $$program || exit; done

bench-peers: $(VENV)/.test  ## Compare with nbgrader, otter-grader and plain pytest, and renew docs/performance.*.
	@$(BIN)/python benchmarks/peers.py --save

constraints:  ## Choose anew the versions in constraints.txt.
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" \
	&& "$$folder/bin/python" -m pip install -qq --disable-pip-version-check uv \
	&& "$$folder/bin/uv" pip compile -q pyproject.toml --all-extras --group dev --group docs --group setup \
		--universal --python-version 3.11 --upgrade --no-annotate --no-header -o "$$folder/new" \
	&& { echo '# Versions that work together on Python 3.11 to 3.13, chosen by: make constraints'; \
		cat "$$folder/new"; } > constraints.txt

dist: $(VENV)/.test  ## Build the wheel and the source distribution.
	@$(BIN)/python -m build --outdir dist

clean:  ## Remove caches and built packages; the environment and .grader/ stay.
	@rm -rf build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer with venv was found;" \
		"name one with: make PYTHON=/path/to/python3 (on Debian, install python3-venv)" >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the grader in $(VENV) ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/.versioned: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the grader and what tests its core in $(VENV) ..."
	@$(PIP) -e . hypothesis pytest-xdist
	@touch $@

$(VENV)/.test: $(VENV)/.core
	@echo "Installing what tests need in $(VENV) ..."
	@$(PIP) --upgrade pip
	@# Of so much, only what is used need be compiled, when it is.
	@$(PIP) --no-compile -e '.[staff,lab,cluster]' --group dev
	@touch $@

$(VENV)/.docs: $(VENV)/.test
	@$(PIP) --no-compile --group docs
	@touch $@
