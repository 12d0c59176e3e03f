#!/usr/bin/env bash
# Fuzzes the readers of scenarios, CSV tables and result files (tests/fuzz): a crash, a leak, ten seconds without an answer or a
# gigabyte of memory is a failure, and the input that did it is left in build-clang++-address/crashes.
# usage: fuzz.sh [SECONDS | runs=COUNT] [TARGET...]   each target (scenario, csv, result) for so long or so often; 25 seconds
set -euo pipefail
cd "$(dirname "$0")/.."
limit=-max_total_time=${1:-25}
[[ ${1:-} != runs=* ]] || limit=-$1
targets=("${@:2}")
[[ ${#targets[@]} -gt 0 ]] || targets=(scenario csv result)
build=build-clang++-address

tests/sanitizers.sh --build clang++ address,undefined multivector "${targets[@]/%/_fuzz}"
mkdir -p $build/crashes

# The words of a scenario are those of the parameter table: every part of every key, every choice.
$build/multivector describe parameters --format markdown | sed -n 's/^| \([a-zA-Z*][^|]*\)|[^|]*|\([^|]*\)|.*/\1 \2/p' |
    grep -oE '[a-z_]{2,}' | sort -u | sed 's/.*/"&"/' >$build/scenario.dict
printf '"%s"\n' year variable value source quality verified recalled assumed >$build/csv.dict
printf '"%s"\n' multivector 0x9 title sectors regions >$build/result.dict

# Of results only lists of changes, no whole files: see result_fuzz.cpp.
longest() { case $1 in scenario) echo 4096 ;; csv) echo 2048 ;; result) echo 256 ;; esac; }

# Freed memory that is kept back for long costs more time than the readers under test.
export ASAN_OPTIONS=quarantine_size_mb=8:malloc_context_size=8${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

for target in "${targets[@]}"; do
    mkdir -p "$build/corpus/$target"
    log=$build/$target.log
    $build/tests/fuzz/"${target}"_fuzz "$limit" -max_len="$(longest "$target")" -timeout=10 -rss_limit_mb=1024 \
        -dict="$build/$target.dict" -artifact_prefix="$build/crashes/$target-" -print_final_stats=1 -entropic=0 \
        "$build/corpus/$target" "tests/fuzz/corpus/$target" >"$log" 2>&1 || { tail -60 "$log" >&2; exit 1; }
    awk -v target="$target" '/number_of_executed_units/ {runs = $2} /average_exec_per_sec/ {speed = $2} /peak_rss_mb/ {memory = $2}
        END {printf "%-9s %9d executions, %d a second, %d MB at most\n", target, runs, speed, memory}' "$log"
done
