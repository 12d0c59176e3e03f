#!/usr/bin/env bash
# Makes one result file of each kind, exports it, and opens both with everything that users may have; then runs the R and
# Python of the README as they stand there.
# usage: readers_ci.sh MULTIVECTOR PYTHON        (packages: sim/install.sh all-readers)
set -euo pipefail
program=$(realpath "$1") python=$2
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8
cd "$folder"

cat >one_partner.yaml <<'YAML'
title: "Один, \"сосед\", 2000"
clock: {start_year: 2000, ticks: 12}
oil: {price: 60, output: 20}
sectors: {"oil and gas": {rate: 4}}
routes: {sea: {cost: 200}, land: {crosses_host: on, cost: 100}}
partners: {Сосед: {finance: 2}}
regions: {Everywhere: {}}
YAML

run() { "$program" run "$1" --quiet --seed 5 -o "$2.h5" "${@:3}" >/dev/null; }
scenarios=$here/../scenarios
run "$scenarios/kazakhstan.yaml" full -n 6 --record full
run "$scenarios/kazakhstan.yaml" one_tick -n 1 --record full --set clock.ticks=1
run "$scenarios/minimal.yaml" minimal -n 3 --record full
run "$scenarios/minimal.yaml" series -n 3 --record series
run "$scenarios/minimal.yaml" summary -n 3
run "$scenarios/kazakhstan.yaml" other_runs -n 2 --record series --counterfactuals
run "$scenarios/minimal.yaml" no_deals -n 2 --record full --set projects.arrival_scale=0
run one_partner.yaml one_partner -n 2 --record full

"$program" describe observables --format csv >described.csv
for file in full one_tick minimal series summary other_runs no_deals one_partner; do
    "$program" export "$file.h5" --csv --quiet >/dev/null
    "$python" "$here/readers_ci.py" "$file.h5" "${file}_csv" described.csv
done

# The README's snippets, on the files that its text makes.
snippet() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$here/../README.md" | sed '/^```/d'; }
run "$scenarios/kazakhstan.yaml" mine -n 40
run "$scenarios/kazakhstan.yaml" mine_without -n 40 --set connectivity_demand=0
run "$scenarios/kazakhstan.yaml" mine_deals -n 5 --record deals
for file in mine mine_without mine_deals; do "$program" export "$file.h5" --csv --quiet >/dev/null; done
snippet r >snippet.R
snippet python >snippet.py
Rscript --vanilla snippet.R >said_by_R.txt
"$python" snippet.py >said_by_python.txt
"$program" compare mine.h5 mine_without.h5 >compared.txt
"$python" "$here/readers_ci_readme.py" mine.h5 mine_without.h5 said_by_R.txt said_by_python.txt compared.txt
