# `make help` says what there is. Nothing here needs remembered flags; local overrides go to Makefile.local.
-include Makefile.local
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)

.PHONY: help run stop clean build release check lint fmt test bench docs fuzz coverage tidy tsan

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## build, bring a cluster up, start soukd, create a demo store
	@tools/run

stop: ## end soukd and the demo's cluster; stores' data goes with the cluster
	@tools/stop

build: ## debug build with address and undefined-behaviour sanitizers
	@tools/setup
	@cmake --preset debug >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }; rm -f build-configure.log
	@ninja -C build/debug -j $(JOBS)

release: ## optimised soukd and souk in build/
	@tools/setup
	@cmake --preset release -DBUILD_TESTING=OFF >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }; rm -f build-configure.log
	@ninja -C build/release -j $(JOBS) soukd souk
	@ln -sf release/bin/soukd build/soukd && ln -sf release/bin/souk build/souk

lint: ## layers and format
	@tools/lint

fmt: ## format all C++
	@git ls-files -co --exclude-standard '*.cpp' '*.hpp' | xargs clang-format-19 -i

check: build ## lint, unit and contract tests, the dashboard without a browser: under 3 minutes warm
	@tests/run check

test: ## everything, to the end-to-end runs on a real cluster; closes with "N passed, N failed"
	@command -v python3 >/dev/null || tools/setup test
	@tests/run all

bench: ## measured figures of the release build
	@tests/bench/run

docs: release ## reference pages that come from the program
	@env -i HOME='~' build/soukd --print-settings > docs/reference/settings.md

fuzz: ## every parser of outside input under libFuzzer, 20 s each
	@tools/setup
	@tests/fuzz/run

coverage: build ## line coverage of src by unit, contract and integration tests, at least 80 %; file by file in build/coverage.txt
	@rm -rf build/debug/counters
	@tests/run unit integration
	@tools/coverage

tidy: ## clang-tidy on all of src; what was clean is remembered
	@tools/setup
	@tools/tidy

tsan: ## the tests with threads under the thread sanitizer; not a part of `make test`
	@tools/setup
	@cmake --preset tsan >/dev/null
	@ninja -C build/tsan -j $(JOBS) souk_runtime_test souk_kube_test souk_client_test usecases_test
	@set -e; for name in souk_runtime_test souk_kube_test souk_client_test usecases_test; do build/tsan/bin/$$name --gtest_brief=1; done

clean: ## remove build output of this clone; the cache in ~/.cache/souk stays
	@rm -rf build
