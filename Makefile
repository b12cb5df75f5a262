PYTHON ?= python3
PORT ?= 8000
SECONDS ?= 60
UV_VERSION := 0.13.8

BIN := .venv/bin
STAMP := .venv/.installed
NODE_STAMPS := tests/node/node_modules/.installed examples/typescript/node_modules/.installed
BENCH_STAMPS := $(patsubst %,benchmarks/%/node_modules/.installed,node hive tailcall)
PROFILER := .venv/.profiler
CODEGEN := .venv/.codegen
BENCH_PYTHON := .venv/.bench/bin/python
CODEGEN_STAMP := $(CODEGEN)/.installed
GRAPHIQL := gateway/explorer/static/index.html
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

PYTHON_OK = $(shell "$(PYTHON)" -c 'import sys; print(int(sys.version_info >= (3, 11)))' 2>/dev/null)
PYTHON_ERROR = Manifold needs Python 3.11 or newer, and "$(PYTHON)" is not: try "make PYTHON=python3.13"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test soak audit bench profile check format schema coverage graphiql screenshot
.PHONY: examples lock clean
.PHONY: check-format check-lint check-types check-contracts check-tests

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(STAMP) $(GRAPHIQL) ## Run the gateway with its sandbox platforms (PORT=8000)
	@exec $(BIN)/manifold sandbox --port "$(PORT)"

test: check check-tests ## Run every check, then the tests
	@echo "All checks and tests passed."

soak: $(STAMP) ## Check every answer for a minute while platforms fail (SECONDS=60 SEED= STORE=)
	@$(BIN)/python -m tests.soak --seconds "$(SECONDS)" \
		$(if $(SEED),--seed "$(SEED)") $(if $(STORE),--store)

audit: $(STAMP) tests/node/node_modules/.installed ## Audit GraphQL over HTTP (URL= of a gateway)
	@$(BIN)/python -m tests.audit $(URL)

bench: SECONDS := 10
bench: ROUNDS ?= 3
bench: $(STAMP) $(BENCH_STAMPS) $(if $(INTERPRETER),$(BENCH_PYTHON)) ## Measure beside other gateways (ROUNDS=3 SECONDS=10 PEERS= WORK= INTERPRETER=)
	@BENCH_PYTHON="$(if $(INTERPRETER),$(CURDIR)/$(BENCH_PYTHON))" $(BIN)/python -m benchmarks --rounds "$(ROUNDS)" --seconds "$(SECONDS)" \
		$(if $(PEERS)$(WORK),--peers "$(PEERS)" --work "$(WORK)",--write)

# The gateway on another interpreter than the tests', such as one built with PGO.
$(BENCH_PYTHON): requirements.lock requirements-build.lock pyproject.toml
	@rm -rf .venv/.bench
	@"$(INTERPRETER)" -m venv .venv/.bench
	@.venv/.bench/bin/pip --disable-pip-version-check --quiet install --require-hashes \
		--requirement requirements.lock
	@.venv/.bench/bin/pip --disable-pip-version-check --quiet install --require-hashes \
		--requirement requirements-build.lock
	@.venv/.bench/bin/pip --disable-pip-version-check --quiet install --no-deps \
		--no-build-isolation --editable .

profile: SECONDS := 10
profile: WORK ?= w1
profile: $(STAMP) $(PROFILER)/.installed ## Show where the gateway's time goes (WORK=w1 SECONDS=10)
	@$(BIN)/python -m benchmarks.profiling --spy $(PROFILER)/bin/py-spy \
		--work "$(WORK)" --seconds "$(SECONDS)"

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

graphiql: $(GRAPHIQL) ## Build GraphiQL, where npm is there

screenshot: $(STAMP) $(GRAPHIQL) ## Make docs/graphiql.png again
	@$(BIN)/python -m tests.explorer.screenshot docs/graphiql.png
	@echo "Wrote docs/graphiql.png"

examples: $(CODEGEN_STAMP) $(NODE_STAMPS) ## Generate the clients of examples/ from schema/schema.graphql
	@cd examples/python && "$(CURDIR)/$(CODEGEN)/bin/ariadne-codegen" >/dev/null
	@cd examples/typescript && npm run --silent generate >/dev/null
	@echo "Wrote examples/python/manifold_client and examples/typescript/source/operations.ts"

lock: ## Work out the requirements locks again (UPGRADE=1 takes newer versions)
	$(if $(filter 1,$(PYTHON_OK)),,$(error $(PYTHON_ERROR)))
	@"$(PYTHON)" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install "uv==$(UV_VERSION)"
	@$(LOCK) pyproject.toml --output-file requirements.lock
	@$(LOCK) --group build --constraint requirements.lock --output-file requirements-build.lock
	@$(LOCK) pyproject.toml --extra dev --group build \
		--constraint requirements.lock --constraint requirements-build.lock \
		--output-file requirements-dev.lock
	@$(LOCK) examples/python/requirements.in --output-file examples/python/requirements.txt
	@rm -rf .venv-lock
	@echo "Wrote requirements.lock, requirements-build.lock, requirements-dev.lock"
	@echo "and examples/python/requirements.txt"

LOCK = .venv-lock/bin/uv pip compile --quiet --python .venv-lock/bin/python \
	--universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade)

clean: ## Remove the environment and everything else that was made
	@rm -rf .venv .venv-lock .hypothesis .import_linter_cache .pytest_cache .ruff_cache build dist
	@rm -rf graphiql/node_modules gateway/explorer/static
	@rm -rf $(dir $(BENCH_STAMPS))
	@rm -rf tests/node/node_modules examples/typescript/node_modules examples/typescript/build
	@find gateway schema resolvers tests examples benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

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

check-tests: $(STAMP) $(GRAPHIQL) $(NODE_STAMPS) $(CODEGEN_STAMP)
	@echo "==> Tests"
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal -rs

# The gateway runs without GraphiQL too, so nothing fails where npm is missing or has no network.
$(GRAPHIQL): $(wildcard graphiql/*.json graphiql/*.mjs graphiql/src/*)
	@echo "==> GraphiQL"
	@if ! command -v npm >/dev/null; then \
		echo "GraphiQL was not built: there is no npm (it comes with Node.js 20 or newer)."; \
	elif ! said=$$({ cd graphiql && $(BUILD_GRAPHIQL); } 2>&1); then \
		echo "GraphiQL was not built: $$(echo "$$said" | grep -i -m 1 error || echo npm failed)"; \
	fi

BUILD_GRAPHIQL = { [ node_modules/.installed -nt package-lock.json ] \
	|| { npm ci --fetch-retries=1 --fetch-retry-mintimeout=1000 && touch node_modules/.installed; }; } \
	&& node build.mjs

$(STAMP): requirements-dev.lock pyproject.toml
	$(if $(filter 1,$(PYTHON_OK)),,$(error $(PYTHON_ERROR)))
	@echo "==> Environment"
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

# The generator wants an older graphql-core than the gateway has, so it lives by itself.
$(CODEGEN_STAMP): examples/python/requirements.txt $(STAMP)
	@echo "==> Generator of the Python example"
	@$(BIN)/python -m venv --clear $(CODEGEN)
	@$(CODEGEN)/bin/python -m pip --disable-pip-version-check --quiet \
		install --require-hashes --requirement examples/python/requirements.txt
	@touch $@

$(PROFILER)/.installed: benchmarks/requirements.txt $(STAMP)
	@echo "==> Profiler"
	@$(BIN)/python -m venv --clear $(PROFILER)
	@$(PROFILER)/bin/python -m pip --disable-pip-version-check --quiet \
		install --require-hashes --requirement benchmarks/requirements.txt
	@touch $@

# Without npm the tests that need this skip themselves, and in CI they fail; a benchmark says what it
# leaves out.
$(NODE_STAMPS) $(BENCH_STAMPS): %/node_modules/.installed: %/package.json %/package-lock.json
	@echo "==> npm packages of $*"
	@if ! command -v npm >/dev/null; then echo "npm is not on the PATH"; \
	elif (cd $* && npm ci --silent); then touch $@; \
	else echo "npm could not install them"; fi
