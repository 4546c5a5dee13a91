#!/usr/bin/env python3
"""Makes each mistake of mutants.json in a copy of the sources, and asks whether the simulation's checkers notice it.

The copy has only what SimulationTests needs, so that a mistake costs a minute and not ten. Packages are those that the
build has fetched already: run `swift build` before. Prints a line for each mistake and fails if one goes unnoticed, or is
noticed by another checker than the one that is named. `LiveTests`, `LoadTests` and `RunnerSimulationTests` are no checkers,
but notice what makes the real runner and ledger differ from the simulation, what grows from day to day, and what runners that
share a campaign may not do.

`mutants.py Lines LiveTests` makes only the mistakes that these have to notice.
"""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TESTS = "SimulationTests"
SUITES = ("LiveTests", "LoadTests", "RunnerSimulationTests")
# A mistake may be one with which the tests never end.
PATIENCE = ("timeout", "30m")


def swift(*arguments, cwd=ROOT, within=(), **options):
    return subprocess.run([*within, "swift", *arguments], cwd=cwd, text=True, errors="replace", **options)


def closure(targets, name):
    """The targets that one needs, itself included, and the packages' products among them."""
    needed, products, waiting = [], [], [name]
    while waiting:
        target = waiting.pop()
        if target in needed:
            continue
        needed.append(target)
        for dependency in targets[target]["dependencies"]:
            if "product" in dependency:
                products.append(tuple(dependency["product"][:2]))
            else:
                waiting.append(dependency["byName"][0])
    return needed, sorted(set(products))


def setting(entry):
    """A setting of a target as the manifest writes it."""
    (kind, value), = entry["kind"].items()
    if kind == "enableUpcomingFeature":
        return f'.enableUpcomingFeature("{value["_0"]}")'
    if kind == "unsafeFlags":
        return f".unsafeFlags({json.dumps(value['_0'])})"
    # A mistake may leave something unused; that is not what is asked about.
    return None


def manifest(targets, needed, products):
    """A manifest of these targets alone; packages are taken from where the build has fetched them."""
    lines = []
    for name in sorted(needed):
        target = targets[name]
        if target["type"] == "system":
            config = f', pkgConfig: "{target["pkgConfig"]}"' if target.get("pkgConfig") else ""
            lines.append(f'.systemLibrary(name: "{name}", path: "Sources/{name}"{config})')
            continue
        kind = ".testTarget" if target["type"] == "test" else ".target"
        dependencies = []
        for dependency in target["dependencies"]:
            if "product" in dependency:
                product, package = dependency["product"][:2]
                dependencies.append(f'.product(name: "{product}", package: "{package}")')
            else:
                dependencies.append(f'"{dependency["byName"][0]}"')
        path = target.get("path") or (f"Tests/{name}" if target["type"] == "test" else f"Sources/{name}")
        excluded = [entry.name for entry in sorted((ROOT / path).glob("*.docc"))]
        resources = [f'.copy("{resource["path"]}")' for resource in target["resources"]]
        settings = [text for text in map(setting, target["settings"]) if text]
        lines.append(
            f'{kind}(name: "{name}", dependencies: [{", ".join(dependencies)}], path: "{path}", '
            f'exclude: {json.dumps(excluded)}, resources: [{", ".join(resources)}], '
            f'swiftSettings: [{", ".join(settings)}])')
    packages = [f'.package(path: "{ROOT}/.build/checkouts/{package}")' for _, package in products]
    separator = ",\n        "
    return f"""// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "mutants",
    dependencies: [{", ".join(sorted(set(packages)))}],
    targets: [
        {separator.join(lines)}
    ],
    swiftLanguageModes: [.v6]
)
"""


def complaints(folder, tests):
    """How often each checker complained of these tests; none if nothing could be built."""
    build = swift("build", "--build-tests", cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if build.returncode != 0:
        print(build.stdout[-4000:], file=sys.stderr)
        return None
    run = swift("test", "--skip-build", "--disable-xctest", "--filter", tests, cwd=folder, within=PATIENCE,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = re.findall(r"AUTODIALER_SIM_SEED=\d+: (\w+):", run.stdout)
    if run.returncode != 0 and not found:
        found = ["endless" if run.returncode == 124 else tests if tests in SUITES else "crash"]
    return collections.Counter(found)


def main():
    mutants = json.loads((HERE / "mutants.json").read_text())
    wanted = sys.argv[1:] or [mutant["checker"] for mutant in mutants]
    mutants = [mutant for mutant in mutants if mutant["checker"] in wanted]
    dump = swift("package", "dump-package", stdout=subprocess.PIPE, check=True).stdout
    targets = {target["name"]: target for target in json.loads(dump)["targets"]}
    needed, products = closure(targets, TESTS)
    unnoticed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name in needed:
            path = targets[name].get("path") or ("Tests" if targets[name]["type"] == "test" else "Sources") + f"/{name}"
            shutil.copytree(ROOT / path, folder / path)
        (folder / "Package.swift").write_text(manifest(targets, needed, products))
        for mutant in [None] + mutants:
            if mutant:
                source = folder / mutant["file"]
                original = source.read_text()
                assert original.count(mutant["old"]) == 1, mutant
                source.write_text(original.replace(mutant["old"], mutant["new"]))
            counts = complaints(folder, mutant["checker"] if mutant and mutant["checker"] in SUITES else "fixedSeeds")
            if mutant:
                source.write_text(original)
                is_noticed = counts is not None and counts[mutant["checker"]] > 0
                words = ", ".join(f"{name} {count}" for name, count in (counts or {}).most_common(4)) if counts else "-"
                print(f"{'noticed' if is_noticed else 'MISSED '}  {mutant['checker']:22} {mutant['file']}: {words}",
                      flush=True)
                unnoticed += not is_noticed
            elif counts is None or counts:
                sys.exit(f"without any mistake: {counts}")
    sys.exit(f"{unnoticed} mistakes went unnoticed" if unnoticed else 0)


if __name__ == "__main__":
    # Each mistake is to be noticed by what an ordinary run of the tests does.
    for name in ("AUTODIALER_SIM_SEED", "AUTODIALER_SOAK"):
        os.environ.pop(name, None)
    main()
