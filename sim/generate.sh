#!/usr/bin/env bash
# Writes what is generated from the program's tables, and never by hand; with --check only says what differs.
# usage: sim/generate.sh [--check] [MULTIVECTOR]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
check=
if [[ ${1:-} == --check ]]; then
    check=yes
    shift
fi
program=$(realpath "${1:-$root/build/multivector}")
cd "$root"
failed=0

# FILE TOPIC FORMAT
generate() {
    local fresh
    fresh=$(mktemp)
    "$program" describe "$2" --format "$3" >"$fresh"
    if [[ -n $check ]]; then
        diff -q "$fresh" "$1" >/dev/null 2>&1 || {
            echo "generate.sh: $1 is not what the program's tables say; run sim/generate.sh" >&2
            failed=1
        }
        rm -f "$fresh"
    else
        chmod 644 "$fresh"
        mv "$fresh" "$1"
    fi
}

generate models/parameters.md parameters markdown
generate models/observables.md observables markdown
generate models/solutions.md solutions markdown
generate sim/options.md options markdown
generate scenarios/schema.json schema text
exit $failed
