#!/usr/bin/env bash
# Builds the program to build/multivector: sim/build.sh [TARGET...]; everything, tests too, when no target is named.
# Quiet unless it fails. JOBS=4 builds with four jobs instead of two.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build
log=$build/build.log
mkdir -p "$build"

quietly() {
    "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        echo "build.sh: failed; the log above is $log. Is anything missing? sim/install.sh build" >&2
        exit 1
    }
}

for tool in cmake ninja; do
    command -v "$tool" >/dev/null || {
        echo "build.sh: there is no $tool; run sim/install.sh build first" >&2
        exit 1
    }
done

targets=()
[[ $# -eq 0 ]] || targets=(--target "$@")
quietly cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release
quietly cmake --build "$build" --parallel "${JOBS:-2}" "${targets[@]}"
