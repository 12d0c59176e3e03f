#!/usr/bin/env bash
# Runs the tests under the address and undefined-behaviour sanitizers and under the thread sanitizer.
# usage: sanitizers.sh [all | COMPILER SANITIZERS]   two combinations when nothing is named: clang++ with address,undefined,
#                                                     which tests/fuzz.sh uses too, and with thread. "all": with g++ too.
#        sanitizers.sh --build COMPILER SANITIZERS [TARGET...]   only builds
set -euo pipefail
cd "$(dirname "$0")/.."

# What a sanitizer finds ends the test. The C libraries under the program (HDF5, yaml-cpp) are not instrumented.
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1

build() {
    local compiler=$1 sanitizers=$2 fuzz=OFF
    local folder=build-$compiler-${sanitizers%%,*} targets=("${@:3}")
    [[ $compiler != clang++ || $sanitizers != address,* ]] || fuzz=ON
    cmake -S . -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" -DMULTIVECTOR_SANITIZE="$sanitizers" -DMULTIVECTOR_FUZZ=$fuzz \
        -DMULTIVECTOR_PRECOMPILE=ON >/dev/null
    cmake --build "$folder" -j "${JOBS:-2}" ${targets:+--target "${targets[@]}"} >"$folder/build.log" 2>&1 ||
        { tail -50 "$folder/build.log" >&2; exit 1; }
}

check() {
    local start=$SECONDS
    echo "== $1, $2"
    build "$1" "$2"
    local choice=(-E "$without")
    [[ $2 != thread ]] || choice=(-R "^($(of_threads))\$")
    ctest --test-dir "build-$1-${2%%,*}" --output-on-failure --parallel 2 --timeout 1200 "${choice[@]}"
    echo "   $((SECONDS - start)) seconds"
}

# Left out: what is Python, or compares its own reading with a plain run of the program (analysis to trace); what reads the
# symbols of a plain build (house); what simulates for its numbers or bits through code that other tests take too (the rest).
without='^(analysis|calibrate|claims|history|map|negotiation|readers|schema|sensitivity|trace|house'
without+='|bits|kills|paired_luck|readme|tick_length_test)$'

# The tests that say how many threads run, or use the sweeps that do: where there is one, nothing races.
of_threads() {
    grep -lE 'threads|"sweeps.hpp"' tests/*_test.cpp tests/outputs.sh tests/cluster.sh | xargs -n 1 basename |
        sed 's/\..*//' | paste -sd '|'
}

case ${1:-} in
--build) build "${@:2}" ;;
"") check clang++ address,undefined; check clang++ thread ;;
all) for compiler in g++ clang++; do
        for sanitizers in address,undefined thread; do check "$compiler" "$sanitizers"; done
    done ;;
*) check "$1" "$2" ;;
esac
