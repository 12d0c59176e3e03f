#!/usr/bin/env bash
# The headline result, from a fresh clone to a figure: Kazakhstan with and without China's ambition to connect to the West,
# the same luck in both worlds. Installs what is missing, builds, runs, compares and draws.
#
#     ./scenarios/headline.sh
#     REPLICATIONS=2000 SEED=7 ./scenarios/headline.sh
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
replications=${REPLICATIONS:-500}
seed=${SEED:-1}
history=results/kazakhstan.h5
without=results/no_belt_and_road.h5

sim/install.sh build analysis
echo "Building"
sim/build.sh multivector
mkdir -p results

run() {
    build/multivector run "$1" -n "$replications" --seed "$seed" --record series --force -o "$2"
}

echo "Running two worlds, $replications times each, seed $seed"
run scenarios/kazakhstan.yaml "$history"
run scenarios/questions/no_belt_and_road.yaml "$without"

echo
build/multivector compare "$history" "$without" | tee results/headline.txt
echo
/usr/bin/python3 analysis/headline.py "$history" "$without" -o results/headline.png

cat <<EOF

Done. In $PWD:
    results/headline.png          the figure
    results/headline.txt          the comparison above: with China's ambition minus without it
    $history         the historical world, every series of every run (netCDF-4, HDF5)
    $without   the same luck without China's ambition
EOF
