#!/usr/bin/env bash
# Runs a few realisations of the baseline and of the worlds at the edges, and opens the files as users do, with h5py and xarray.
# usage: readers.sh MULTIVECTOR PYTHON
set -euo pipefail
program=$1 python=$2
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run() { "$program" run "$1" --quiet --force --record full --seed 5 -o "$folder/$2.h5" "${@:3}" >/dev/null; }

# grid PARTNERS SECTORS REGIONS: a scenario with so many of each, on standard output.
grid() {
  echo "title: $1 partners, $2 sectors, $3 regions"
  echo "clock: {start_year: 2000, ticks: 40, dt: 0.25}"
  echo "oil: {price: 60, output: 20}"
  echo "sectors:"
  for s in $(seq "$2"); do echo "  sector$s: {rate: 2}"; done
  [ "$1" -eq 0 ] || echo "partners:"
  for p in $(seq "$1"); do echo "  partner$p: {finance: 2}"; done
  echo "regions:"
  for r in $(seq "$3"); do echo "  region$r: {population: $r}"; done
}

scenarios=$here/../scenarios
run "$scenarios/kazakhstan.yaml" baseline -n 6
run "$scenarios/kazakhstan.yaml" one_tick -n 1 --set clock.ticks=1
run "$scenarios/kazakhstan.yaml" no_fund_no_demand -n 2 --set fund.present=off --set connectivity_demand=0
run "$scenarios/kazakhstan.yaml" offers -n 2 --set bargaining.solution=concession_tactics
run "$scenarios/kazakhstan.yaml" one_offer -n 2 --set bargaining.solution=alternating_offers
run "$scenarios/minimal.yaml" minimal -n 3
run "$scenarios/minimal.yaml" other_runs -n 3 --counterfactuals
run "$scenarios/minimal.yaml" no_deals -n 2 --set projects.arrival_scale=0
run "$scenarios/minimal.yaml" months -n 1 --set clock.dt=0.0833333333333333 --set clock.ticks=10000
for size in "0 1 1" "1 1 1" "8 8 32"; do
  grid $size > "$folder/grid.yaml"
  run "$folder/grid.yaml" "grid_${size// /_}" -n 2
done
for file in "$folder"/*.h5; do
  "$python" "$here/readers_test.py" "$file" || { echo "readers: ${file##*/} fails" >&2; exit 1; }
  "$program" compare "$file" "$file" >/dev/null
done
