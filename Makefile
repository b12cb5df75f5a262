PYTHON ?= python3
PORT ?= 8000
SECONDS ?= 60
UV_VERSION := 0.13.8

BIN := .venv/bin
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

PYTHON_OK = $(shell "$(PYTHON)" -c 'import sys; print(int(sys.version_info >= (3, 11)))' 2>/dev/null)
PYTHON_ERROR = Manifold needs Python 3.11 or newer, and "$(PYTHON)" is not: try "make PYTHON=python3.13"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test soak check format schema coverage lock clean
.PHONY: check-format check-lint check-types check-contracts check-tests

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(STAMP) ## Run the gateway with its sandbox platforms (PORT=8000)
	@exec $(BIN)/manifold sandbox --port "$(PORT)"

test: check check-tests ## Run every check, then the tests
	@echo "All checks and tests passed."

soak: $(STAMP) ## Check every answer for a minute while platforms fail (SECONDS=60 SEED= STORE=)
	@$(BIN)/python -m tests.soak --seconds "$(SECONDS)" \
		$(if $(SEED),--seed "$(SEED)") $(if $(STORE),--store)

check: check-format check-lint check-types check-contracts ## Run every check but the tests

format: $(STAMP) ## Format the code and fix what can be fixed by itself
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

schema: $(STAMP) ## Write schema/schema.graphql from the code
	@$(BIN)/manifold schema > .venv/schema.graphql
	@mv .venv/schema.graphql schema/schema.graphql
	@echo "Wrote schema/schema.graphql"

coverage: $(STAMP) ## Write docs/coverage.md from the facts and the code
	@$(BIN)/manifold coverage --markdown > .venv/coverage.md
	@mv .venv/coverage.md docs/coverage.md
	@echo "Wrote docs/coverage.md"

lock: ## Work out the requirements locks again (UPGRADE=1 takes newer versions)
	$(if $(filter 1,$(PYTHON_OK)),,$(error $(PYTHON_ERROR)))
	@"$(PYTHON)" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install "uv==$(UV_VERSION)"
	@$(LOCK) pyproject.toml --output-file requirements.lock
	@$(LOCK) --group build --constraint requirements.lock --output-file requirements-build.lock
	@$(LOCK) pyproject.toml --extra dev --group build \
		--constraint requirements.lock --constraint requirements-build.lock \
		--output-file requirements-dev.lock
	@rm -rf .venv-lock
	@echo "Wrote requirements.lock, requirements-build.lock and requirements-dev.lock"

LOCK = .venv-lock/bin/uv pip compile --quiet --python .venv-lock/bin/python \
	--universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade)

clean: ## Remove the environment and everything else that was made
	@rm -rf .venv .venv-lock .hypothesis .import_linter_cache .pytest_cache .ruff_cache build dist
	@find gateway schema resolvers tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

check-format: $(STAMP)
	@echo "==> Format"
	@$(BIN)/ruff format --check .

check-lint: $(STAMP)
	@echo "==> Lint"
	@$(BIN)/ruff check .

check-types: $(STAMP)
	@echo "==> Types"
	@$(BIN)/basedpyright

check-contracts: $(STAMP)
	@echo "==> Import contracts"
	@$(BIN)/lint-imports --no-logo

check-tests: $(STAMP)
	@echo "==> Tests"
	@$(BIN)/python -m pytest -n auto -rs

$(STAMP): requirements-dev.lock pyproject.toml
	$(if $(filter 1,$(PYTHON_OK)),,$(error $(PYTHON_ERROR)))
	@echo "==> Environment"
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
