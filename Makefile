# make demo   installs what it needs into .venv, converts a document of our own and shows its plan
# make test   installs what the tests need too, and runs them (those marked slow are left to .ci/run)
# make bench  measures; make corpus and make train make corpus/ and models/ again
# make clean  removes .venv and what was written
VENV ?= .venv
DEMO = corpus/dev/demo-climat.pdf
# the first Python from 3.11 on that can make a virtual environment
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python3.14 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP = $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test bench corpus train dev clean

demo: $(VENV)/.demo
	@mkdir -p out
	$(VENV)/bin/bilan-extract convert $(DEMO) -o out/demo-climat.json
	$(VENV)/bin/bilan-extract show out/demo-climat.json

test: $(VENV)/.dev
	$(VENV)/bin/python -m pytest -m "not slow"

# what docs/benchmarks.md shows, measured on this machine
bench: $(VENV)/.dev
	$(VENV)/bin/python -m benchmarks

# our own documents, their gold plans, and the pipelines trained on corpus/sentences
corpus: $(VENV)/.dev
	$(PIP) -e '.[corpus]'
	$(VENV)/bin/python -m corpus.build

train: $(VENV)/.dev
	$(VENV)/bin/python models/train.py

dev: $(VENV)/.dev

clean:
	rm -rf $(VENV) out

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11 ou plus, avec venv." \
		"Debian : sudo apt install python3-venv ; macOS : brew install python@3.13" >&2; exit 1; }
	"$(PYTHON)" -m venv "$(VENV)"

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	@echo "Installation dans $(VENV) (quelques minutes la première fois) ..."
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installation dans $(VENV), avec les outils de test (quelques minutes la première fois) ..."
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.demo
