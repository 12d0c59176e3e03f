#!/usr/bin/env bash
# Runs every test under the address and undefined-behaviour sanitizers and under the thread sanitizer, each with g++ and with
# clang++. usage: sanitizers.sh [COMPILER SANITIZERS]   one combination, e.g. clang++ thread; all four when none is named
set -euo pipefail
cd "$(dirname "$0")/.."

# What a sanitizer finds ends the test. The C libraries under the program (HDF5, yaml-cpp) are not instrumented.
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1

check() {
    local compiler=$1 sanitizers=$2 build=build-$1-${2%%,*} start=$SECONDS
    echo "== $compiler, $sanitizers"
    cmake -S . -B "$build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" -DMULTIVECTOR_SANITIZE="$sanitizers" >/dev/null
    cmake --build "$build" -j "${JOBS:-2}" >"$build/build.log" 2>&1 || { tail -50 "$build/build.log" >&2; exit 1; }
    ctest --test-dir "$build" --output-on-failure --parallel 2 --timeout 1200 -E "$without"
    echo "   $((SECONDS - start)) seconds"
}

# These run nothing that is instrumented (analysis and schema are Python alone), read the symbols of a plain build (house), or
# simulate thousands of runs for their numbers (readme).
without='^(house|analysis|schema|readme)$'

if [[ $# -eq 2 ]]; then
    check "$1" "$2"
else
    for compiler in g++ clang++; do
        for sanitizers in address,undefined thread; do check "$compiler" "$sanitizers"; done
    done
fi
