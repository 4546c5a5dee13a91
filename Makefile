# What contributors, the README and CI run. `make` alone lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# `make demo CONFIGURATION=release` takes longer to build and less to run.
CONFIGURATION ?= debug
AUTODIALER = .build/$(CONFIGURATION)/autodialer

# The Debian packages to build with, and those that only tests need when the programs are not there already.
PACKAGES = libcurl4-openssl-dev libsqlite3-dev libpq-dev libssl-dev libphonenumber-dev pkg-config
PYTHON_PACKAGES = python3 python3-venv python3-pip

# The demo: one campaign on the built-in simulator, an hour of it in half a minute.
DEMO_CAMPAIGN = campaigns/demo
DEMO_DATABASE = demo.sqlite
DEMO_EXPORT = demo-attempts.csv
DEMO_RUN = --speed 100 --max-duration 8h

# The Python package whose copy of libphonenumber's time zones is built in, and the table made of it.
PHONENUMBERS ?= 9.0.43
TIMEZONES = Sources/Regions/Resources/timezones.txt

# Everything that `swift format` looks after.
SWIFT_SOURCES = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

# More tests at a time than this keep one another waiting until time-outs that none of them is about run out.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 8

# Tests that talk over sockets or with other processes. Beside those that keep every core busy they would wait for their
# turn until time-outs that none of them is about run out.
TALKING = ^(AlibabaVendor|Autodialer|CurlTransport|EventWire|Ledger|PushServer|RunControl|Sockets|UdeskVendor|VendorConformance|VendorSimulator|WellVendor|WinCallVendor)Tests\.

# Where `make install` puts what `make release` has built, below DESTDIR if that is given. Debian's zsh looks elsewhere
# than others.
PREFIX ?= /usr/local
DESTDIR ?=
ZSH_FUNCTIONS ?= share/zsh/site-functions
INSTALLED = $(DESTDIR)$(PREFIX)

# What is installed, made anew when a source has changed; so that `sudo make install` needs no Swift.
SHIPPED = .build/shipped
SHIPPED_SOURCES = Package.swift $(shell find Sources -type f -not -path '*.docc/*')

# The time that manual and package say they are of, and whose package it is.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || stat --format %Y CHANGELOG.md)
export MAINTAINER ?= $(shell git log -1 --format='%an <%ae>' 2>/dev/null || echo 'Autodialer <root@localhost>')

# What is shipped runs where there is no Swift. With these flags everything is compiled differently, so that all release
# builds have them.
BUILD_FLAGS = $(if $(filter release,$(CONFIGURATION)),--static-swift-stdlib)

# Tests that measure the memory of their process, which no others may use meanwhile.
ALONE = ^SimulationTests\.LoadTests

# Tests of what decodes, shares memory or talks to C, for the sanitizers; the fuzzers of all vendors' decoders are among them.
SANITIZED = ^(EventWire|AlibabaVendor|UdeskVendor|WellVendor|WinCallVendor|CurlTransport|Ledger|CampaignRunner|Sockets)Tests\.
# A sanitizer's own memory says nothing of ours.
UNSANITIZED = ^LedgerTests\.DurabilityTests/.*[mM]emory

# Where the nested package that measures is, and where it is built.
BENCHMARKS = --package-path Benchmarks --scratch-path $(CURDIR)/.build/benchmarks

# Further flags for the test runner, such as FLAGS='--filter LedgerTests'.
FLAGS ?=

.PHONY: help setup setup-tests build demo test lint imports format check release man install uninstall deb bench \
    bench-pacing bench-forecasts soak soak-packages timezones docs clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## Install the Debian packages that the build lacks
	@$(call install,$(PACKAGES),true)

setup-tests: ## Install the Debian packages that the tests lack
	@$(call install,$(PACKAGES),$(need_test_programs))

build: setup ## Build the command
	swift build --configuration $(CONFIGURATION) $(BUILD_FLAGS) --product autodialer

demo: build ## Run the demo campaign on the built-in simulator, leaving demo-attempts.csv
	@rm -f $(DEMO_DATABASE)* $(DEMO_EXPORT)
	$(AUTODIALER) run $(DEMO_CAMPAIGN) --database $(DEMO_DATABASE) $(DEMO_RUN)
	$(AUTODIALER) status $(DEMO_CAMPAIGN) --database $(DEMO_DATABASE)
	$(AUTODIALER) export attempts $(DEMO_CAMPAIGN) --database $(DEMO_DATABASE) -o $(DEMO_EXPORT)

test: setup-tests ## Run all tests: those that only compute or use the disk, then those that talk
	swift build --build-tests
	@$(call run_tests)

lint: ## Check the format of all Swift files
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

imports: setup-tests ## Build everything, refusing imports that Package.swift does not declare
	swift build --build-tests --explicit-target-dependency-import-check error
	swift build $(BENCHMARKS) --disable-index-store

format: ## Format all Swift files
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

check: lint imports test ## Everything that CI asks for
	@$(MAKE) build CONFIGURATION=release

release: $(SHIPPED)/autodialer.1 ## Build what is installed: the command, its manual page and completions

man: build ## Write the manual page to .build/man/autodialer.1
	@mkdir -p .build/man
	$(AUTODIALER) manual >.build/man/autodialer.1

install: $(SHIPPED)/autodialer.1 ## Install below PREFIX (/usr/local), and below DESTDIR if it is given
	@$(install_files)
	@echo "Installed in $(INSTALLED)"

uninstall: ## Remove what make install has put below PREFIX
	rm -rf $(addprefix $(INSTALLED)/,$(INSTALLED_FILES) share/doc/autodialer)

deb: $(SHIPPED)/autodialer.1 ## Build a Debian package into .build
	@$(call install,dpkg-dev,true)
	@Sources/autodialer/Packaging/deb .build

bench: setup setup-tests ## Measure everything beside its limits; FLAGS='--only dial,fleet', or --quick
	@$(call install,sqlite3 valgrind,true)
	@$(MAKE) build CONFIGURATION=release
	swift build $(BENCHMARKS) --configuration release
	[ -x .build/phonenumbers/bin/python ] || python3 -m venv .build/phonenumbers
	.build/phonenumbers/bin/pip install --quiet phonenumbers==$(PHONENUMBERS)
	Benchmarks/bench.py .build/release/autodialer .build/benchmarks/release --output .build/benchmarks.json \
	    --python .build/phonenumbers/bin/python $(FLAGS)

bench-pacing: setup ## Simulate all pacing scenarios; FLAGS='--seeds 4 --only grid_n10', --holdout, --bounds, --tune, --unguarded
	swift run $(BENCHMARKS) --configuration release pacing-table $(FLAGS)

bench-forecasts: setup ## Hold forecasts against runs on the simulator, ten minutes of them; FLAGS='--seeds 100 --speed 60'
	@$(MAKE) build CONFIGURATION=release
	Benchmarks/forecasts.py .build/release/autodialer $(FLAGS)

soak: setup-tests ## Run everything that takes long, in a night: see CONTRIBUTING.md
	swift build --build-tests
	@export AUTODIALER_SOAK=1; $(call run_tests,--skip '$(ALONE)') || \
	    { tail --verbose "$${TMPDIR:-/tmp}"/autodialer-fuzz-*.seed 2>/dev/null; exit 1; }
	AUTODIALER_SOAK=1 swift test --skip-build --disable-xctest --filter '$(ALONE)'
	$(call sanitize,address)
	$(call sanitize,thread)
	Tests/Mutants/mutants.py
	@$(MAKE) soak-packages

soak-packages: deb ## Install the Debian package on a clean system, run the demo, and remove it again
	@$(call install,mmdebstrap lintian mandoc,true)
	Tests/Packaging/clean-root.sh .build/autodialer_*.deb

timezones: setup-tests ## Write the table of time zones anew from PHONENUMBERS
	@$(write_timezones)

docs: setup ## Build the documentation into .build/docs; a dead link is an error
	@$(build_docs)

clean: ## Remove what was built, and the demo's files
	rm -rf .build Benchmarks/.build $(DEMO_DATABASE)* $(DEMO_EXPORT)

$(SHIPPED)/autodialer.1: $(SHIPPED_SOURCES)
	@$(MAKE) build CONFIGURATION=release
	@$(ship)

# The page is written last: while it is older than a source, everything is made anew.
define ship
mkdir -p $(SHIPPED); strip --strip-all -o $(SHIPPED)/autodialer .build/release/autodialer; \
for shell in bash zsh fish; do \
    $(SHIPPED)/autodialer --generate-completion-script $$shell >$(SHIPPED)/autodialer.$$shell; \
done; \
sed --in-place '1{/^#!/d}' $(SHIPPED)/autodialer.bash; \
$(SHIPPED)/autodialer manual >$(SHIPPED)/autodialer.1.part; mv $(SHIPPED)/autodialer.1.part $(SHIPPED)/autodialer.1
endef

# The documents are everything that a user reads, and the campaigns as they were before anybody ran them.
INSTALLED_FILES = bin/autodialer share/man/man1/autodialer.1 share/bash-completion/completions/autodialer \
    $(ZSH_FUNCTIONS)/_autodialer share/fish/vendor_completions.d/autodialer.fish
define install_files
put() { install -D --mode "$$1" "$$2" "$(INSTALLED)/$$3"; }; \
put 755 $(SHIPPED)/autodialer bin/autodialer; \
put 644 $(SHIPPED)/autodialer.1 share/man/man1/autodialer.1; \
put 644 $(SHIPPED)/autodialer.bash share/bash-completion/completions/autodialer; \
put 644 $(SHIPPED)/autodialer.zsh $(ZSH_FUNCTIONS)/_autodialer; \
put 644 $(SHIPPED)/autodialer.fish share/fish/vendor_completions.d/autodialer.fish; \
for file in CHANGELOG.md README*.md Sources/autodialer/Packaging/copyright; do put 644 $$file "share/doc/autodialer/$${file##*/}"; done; \
sed --in-place 's:Sources/autodialer/autodialer.docc/:guide/:g' "$(INSTALLED)"/share/doc/autodialer/README*.md; \
for file in Sources/autodialer/autodialer.docc/*.md; do put 644 $$file "share/doc/autodialer/guide/$${file##*/}"; done; \
for file in Sources/CampaignFile/Rules/*.yaml; do put 644 $$file "share/doc/autodialer/examples/rules/$${file##*/}"; done; \
find campaigns -type f ! -name '*.rejects.csv' ! -name '*.sqlite*' -print0 | while read -r -d '' file; do \
    put 644 "$$file" "share/doc/autodialer/examples/$$file"; \
done
endef

# run_tests(further flags): those that only compute or use the disk, then those that talk.
define run_tests
( status=0; for tests in '$(TALKING)' '^(?!$(TALKING))'; do \
    swift test --skip-build --disable-xctest --skip "$$tests" $(1) $(FLAGS) || status=$$?; \
done; exit $$status )
endef

# sanitize(address or thread): builds the tests once more, in a place of their own, and runs those that are worth it.
# Foundation never frees some of what it starts programs with, so that leaks of it are not asked about.
define sanitize
ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.txt \
    swift test --disable-xctest --sanitize $(1) --scratch-path .build/$(1) --filter '$(SANITIZED)' --skip '$(UNSANITIZED)'
endef

# install(packages, command that appends to `missing`): calls apt-get only if something is missing, and says so.
define install
command -v swift >/dev/null || { echo "there is no swift on the PATH: install a Swift 6.3 toolchain" >&2; exit 1; }; \
command -v dpkg-query >/dev/null || { echo "this is no Debian: see to it that you have what $(1) hold" >&2; exit 0; }; \
missing=; \
for package in $(1); do \
    dpkg-query --show --showformat '$${Status}' $$package 2>/dev/null | grep -q ' installed$$' || missing+=" $$package"; \
done; \
$(2); \
[ -n "$$missing" ] || exit 0; \
echo "Installing Debian packages with apt-get:$$missing"; \
sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
$$sudo apt-get update --quiet </dev/null; \
$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends $$missing </dev/null
endef

define need_test_programs
{ command -v openssl >/dev/null || missing+=" openssl"; \
command -v groff >/dev/null || missing+=" groff-base"; \
command -v pdftotext >/dev/null || missing+=" poppler-utils"; \
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=" chromium"; \
command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=" postgresql"; \
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=" $(PYTHON_PACKAGES)"; }
endef

# Zones that many prefixes share are written once, so that the table stays a tenth of its source's size.
define timezones_script
from datetime import date
from importlib.metadata import version
from phonenumbers.tzdata import TIMEZONE_DATA
print(f"""# The time zones that a telephone number may be in, by the first digits of its international form.
# Source: libphonenumber, resources/timezones/map_data.txt (Apache License 2.0, The Libphonenumber Authors),
# as carried by the Python package phonenumbers {version("phonenumbers")}; written by `make timezones` on {date.today()}.
# Each line: zones, separated by spaces; a tab; the prefixes that have exactly these zones.""")
groups = {}
for prefix, zones in TIMEZONE_DATA.items():
    groups.setdefault(zones, []).append(prefix)
for zones in sorted(groups):
    print(" ".join(zones), " ".join(sorted(groups[zones])), sep="\t")
endef
export timezones_script

define write_timezones
folder="$$(mktemp -d)"; trap 'rm -rf "$$folder"' EXIT; \
python3 -m venv "$$folder"; "$$folder/bin/pip" install --quiet phonenumbers==$(PHONENUMBERS); \
"$$folder/bin/python" -c "$$timezones_script" >"$$folder/timezones.txt"; \
mv "$$folder/timezones.txt" $(TIMEZONES); echo "Wrote $(TIMEZONES)"
endef

# One archive for each target, from its symbols and its catalogue of articles if it has one, and all of them merged.
#
# The compiler writes the symbols, in a build of its own. `swift package dump-symbol-graph` reads them from built modules
# and silently leaves out whatever mentions a `package` type of another module.
define build_docs
rm -rf .build/docs .build/docc; graphs="$(CURDIR)/.build/symbols/graphs"; mkdir -p .build/docc "$$graphs"; \
swift build --product autodialer --scratch-path .build/symbols -Xswiftc -emit-symbol-graph \
    -Xswiftc -emit-symbol-graph-dir -Xswiftc "$$graphs" -Xswiftc -symbol-graph-minimum-access-level -Xswiftc package \
    -Xswiftc -symbol-graph-skip-synthesized-members; \
for folder in Sources/*/; do \
    target="$$(basename "$$folder")"; catalogue="$$folder$$target.docc"; work=".build/docc/$$target"; \
    mkdir -p "$$work"; cp "$$graphs/$$target".symbols.json "$$graphs/$$target"@*.symbols.json "$$work" 2>/dev/null || true; \
    [ -d "$$catalogue" ] || catalogue=; \
    [ -n "$$catalogue" ] || [ -n "$$(ls "$$work")" ] || continue; \
    echo "Documenting $$target"; \
    docc convert $$catalogue --additional-symbol-graph-dir "$$work" --fallback-display-name "$$target" \
        --fallback-bundle-identifier "autodialer.$$target" --output-dir "$$work.doccarchive" --warnings-as-errors; \
done; \
docc merge .build/docc/*.doccarchive --synthesized-landing-page-name Autodialer --output-path .build/docs; \
echo "The documentation is in .build/docs"
endef
