#!/usr/bin/env bash
# Runs a few realisations of the baseline and of the smallest worlds, and opens the files as users do, with h5py and xarray.
# usage: readers.sh MULTIVECTOR PYTHON
set -euo pipefail
program=$1 python=$2
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run() { "$program" run "$here/../scenarios/$1" --quiet --force --record full --seed 5 -o "$folder/$2.h5" "${@:3}" >/dev/null; }
run kazakhstan.yaml baseline -n 6
run kazakhstan.yaml one_tick -n 1 --set clock.ticks=1
run minimal.yaml minimal -n 3
run minimal.yaml no_deals -n 2 --set projects.arrival_scale=0
for file in "$folder"/*.h5; do "$python" "$here/readers_test.py" "$file"; done
