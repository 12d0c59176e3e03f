#!/usr/bin/env bash
# Line and branch coverage of sim and models by every test, and the lines that none reaches.
# usage: coverage.sh [BUILD]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build-coverage}
./sim/install.sh build analysis readers coverage
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS="-O1 --coverage -fprofile-update=atomic" \
  -DMULTIVECTOR_PRECOMPILE=ON >/dev/null
cmake --build "$build" -j 2 >"$build/build.log" 2>&1 || { tail -50 "$build/build.log" >&2; exit 1; }
find "$build" -name '*.gcda' -delete
# Left out: what reads the symbols of a plain build (house), and thousands of runs for the README's numbers (readme); what they
# ask of the program besides is asked here.
ctest --test-dir "$build" --parallel 2 --output-on-failure -E '^(house|readme)$' >"$build/test.log" 2>&1 ||
  { tail -50 "$build/test.log" >&2; exit 1; }
sim/generate.sh --check "$build/multivector"
"$build/multivector" describe observables --format csv >"$build/described.csv"
"$build/multivector" describe options --format csv >"$build/described.csv"
"$build/multivector" validate scenarios/minimal.yaml scenarios/kazakhstan.yaml >"$build/validated.txt" 2>&1
# Branches that only an exception of a library takes are not ours to test.
gcovr --root . --object-directory "$build" --filter 'sim/' --filter 'models/' --exclude-throw-branches \
  --exclude-unreachable-branches --json "$build/coverage.json" --txt "$build/coverage.txt" --html-details "$build/coverage.html" -j 2
/usr/bin/python3 tests/coverage.py "$build/coverage.json"
