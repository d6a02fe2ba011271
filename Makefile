# Pixora's commands. `make help` lists them.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

# What a user writes reaches Python as it was written: $(value …) and := keep make from expanding a prompt, and
# unexport and MAKEOVERRIDES keep it from expanding (and so running) the variable it came in with.
VIDEO_OPTIONS := PROMPT SCRIPT SOURCE PRESET RATIO STYLE DURATION TIER RESOLUTION REFERENCE VOICE LANGUAGE SEED OUT NEW
MAKEOVERRIDES =
unexport $(VIDEO_OPTIONS) ONLY PORT OFF
# Many systems set LANGUAGE for their own messages: it counts only when it was given to make.
ifneq ($(origin LANGUAGE),command line)
override LANGUAGE :=
endif
# A test whose wait for something on the page was in vain is run once more and told with its traceback: it is a race of
# the page or of the test, and to be mended. One that fails at a plain assertion, or fails twice, has failed.
WAITED_IN_VAIN := --reruns 1 --only-rerun "Locator expected" --only-rerun "Timeout [0-9]+ms" --rerun-show-tracebacks -r R
# Where this is set, each of hundreds of short processes would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE
export PIXORA_VIDEO_PROMPT := $(value PROMPT)
export PIXORA_VIDEO_SCRIPT := $(value SCRIPT)
export PIXORA_VIDEO_SOURCE := $(value SOURCE)
export PIXORA_VIDEO_PRESET := $(value PRESET)
export PIXORA_VIDEO_RATIO := $(value RATIO)
export PIXORA_VIDEO_STYLE := $(value STYLE)
export PIXORA_VIDEO_DURATION := $(value DURATION)
export PIXORA_VIDEO_TIER := $(value TIER)
export PIXORA_VIDEO_RESOLUTION := $(value RESOLUTION)
export PIXORA_VIDEO_REFERENCE := $(value REFERENCE)
export PIXORA_VIDEO_VOICE := $(value VOICE)
export PIXORA_VIDEO_LANGUAGE := $(value LANGUAGE)
export PIXORA_VIDEO_SEED := $(value SEED)
export PIXORA_VIDEO_OUT := $(value OUT)
export PIXORA_VIDEO_NEW := $(value NEW)
export PIXORA_STUDIO_PORT := $(value PORT)
export PIXORA_LLM_OFF := $(value OFF)
export PIXORA_BENCH_ONLY := $(value ONLY)

.DEFAULT_GOAL := help
.PHONY: setup video studio llm test test-crash test-browser check house map docs bench emulators clean help

setup: $(VENV)/.ready-dev ## Make .venv with everything for using and developing Pixora

video: $(VENV)/.ready ## Make a film: make video PROMPT="a 30-second video about …" [SCRIPT=file SOURCE= PRESET=name RATIO= STYLE= DURATION= TIER= RESOLUTION= REFERENCE= VOICE= LANGUAGE= SEED= OUT= NEW=1]
	@$(RUN) manage.py make_video

studio: $(VENV)/.ready ## Start Pixora for the browser: make studio [PORT=8000]
	@$(RUN) manage.py studio

llm: $(VENV)/.ready ## Install a language model of Pixora's own (1.1 GB), which writes and talks: make llm [OFF=1 goes back]
	@$(RUN) manage.py llm

test: $(VENV)/.ready-dev ## Run the tests
	@$(RUN) -m pytest -q -n auto --dist worksteal --rerun-show-tracebacks -r R

test-crash: $(VENV)/.ready-dev ## Run the long tests, most of which kill processes
	@$(RUN) -m pytest -q -m crash

test-browser: $(VENV)/.ready-dev ## Run the tests in Chromium (CHROMIUM= names it); they leave screenshots in .ci/out
	@$(RUN) -m pytest -q -m browser $(WAITED_IN_VAIN)

check: $(VENV)/.ready-dev ## Lint, formatting (of JavaScript too, on x86-64 Linux), types, who imports whom, migrations and settings
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy .
	@$(VENV)/bin/lint-imports --no-logo --no-cache
	@if [ -x $(VENV)/bin/biome ]; then $(VENV)/bin/biome check --error-on-warnings --log-level=warn . ; fi
	@$(RUN) manage.py makemigrations --check --dry-run
	@$(RUN) manage.py check

house: $(VENV)/.ready-dev ## Count what tells whether one can live in this code
	@$(RUN) -m tests.code_counts

map: $(VENV)/.ready-dev ## Write docs/map.md from the modules' own first lines
	@$(RUN) -m tests.map

docs: $(VENV)/.ready-dev ## Build docs/ as a site, into site/
	@$(VENV)/bin/mkdocs build --quiet

bench: $(VENV)/.ready-dev $(VENV)-bench/.ready ## Run the measurements: make bench [ONLY=name]
	@$(RUN) -m tests.bench

emulators: $(VENV)/.ready-dev ## Run the vendors' emulators, to try Pixora with keys but offline
	@$(RUN) -m tests.emulators

clean: ## Remove caches; data, films and running servers stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -path './$(VENV)*' -prune -o -name __pycache__ -type d -exec rm -rf {} +

help: ## List all targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' Makefile

# A stamp stands only for a finished installation. Without one the environment is made anew, so what a killed pip
# left half-done never stays; with an old one the changed requirements are installed over it.
define INSTALL
	@"$(PYTHON)" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Pixora needs Python 3.11 or newer with its venv module; $(PYTHON) is not that: use make PYTHON=/path/to/python3." >&2; exit 2; }
	@echo "Installing $< into $(VENV) (a minute or two, once) …"
	@if [ -e $(VENV)/.ready ]; then rm -f $(VENV)/.ready $(VENV)/.ready-dev; else "$(PYTHON)" -m venv --clear $(VENV); fi
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-input -r $<
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-input --no-deps --upgrade --target $(VENV)/files \
		--only-binary=:all: --python-version 3.12 -r requirements-files.txt
endef

$(VENV)/.ready: requirements.txt requirements-files.txt
	$(INSTALL)
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt requirements.txt requirements-files.txt
	$(INSTALL)
	@touch $(VENV)/.ready $@

# What films are compared with has an environment of its own: its requirements are not ours.
$(VENV)-bench/.ready: requirements-bench.txt
	@rm -rf $(@D) && "$(PYTHON)" -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-input -r $<
	@touch $@
