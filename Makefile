# Every command a developer or a continuous-integration machine needs. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup build test bridge-test demo fuzz mutate bench train format clean

TAGS ?=
BENCH ?= .*
INPUTS ?= 3000
MUTANTS ?= 300
SEED ?= 1
MVN := mvn --batch-mode

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make test TAGS=fast       only the tests of one tag: fast, sim, formal or synth"
	@echo "  make bench BENCH=PATTERN  only the benchmarks whose name matches"
	@echo "  ./tessera --help          the compiler itself"

setup: ## install missing tools through apt-get (Debian 12, needs root only if something is missing)
	@scripts/setup

build: setup ## compile and package without running tests
	@scripts/build

test: setup ## build and run every test; the last line has the counts
	@scripts/test $(if $(TAGS),-Dgroups=$(TAGS)) $(if $(filter large,$(TAGS)),-DexcludedGroups=none)

bridge-test: setup ## prove the bridge: SpinalHDL and Chisel designs with networks, layers in both languages
	@scripts/bridge-test

demo: build ## compile the example network, prove it in Verilator, print figures, write picture and report
	@scripts/demo

fuzz: setup ## try INPUTS=3000 hostile files of each kind from SEED=1 on
	@$(MVN) --quiet -pl generator,onnx-proto test -Dtest=HostileInputTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtessera.fuzz.inputs=$(INPUTS) -Dtessera.fuzz.seed=$(SEED)

mutate: setup ## seed MUTANTS=300 random slips from SEED=1 on into library modules: which does no proof notice?
	@$(MVN) --quiet -pl generator,onnx-proto test -Dtest=MutationTest -Dsurefire.failIfNoSpecifiedTests=false \
		-DexcludedGroups=none -Dtessera.mutants=$(MUTANTS) -Dtessera.mutants.seed=$(SEED)

bench: setup ## run the benchmarks (JMH)
	@scripts/bench '$(BENCH)'

train: setup ## train the example network again from photos of Debian packages (half an hour to one hour)
	@scripts/train

format: ## format all Java sources
	@$(MVN) --quiet spotless:apply

clean: ## delete everything that was built
	@rm -rf target */target examples/*/target
