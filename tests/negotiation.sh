#!/usr/bin/env bash
# A talk shown as JSON is JSON that says what the text says, and analysis/negotiation.py draws it.
# usage: negotiation.sh MULTIVECTOR PYTHON
set -euo pipefail
program=$(realpath "$1") python=$2
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
scenario=$root/scenarios/kazakhstan.yaml
for solution in nash alternating_offers concession_tactics auction; do
  words=("$scenario" --sector energy --tick 66 --set "bargaining.solution=$solution")
  "$program" negotiate "${words[@]}" >"$folder/text"
  "$program" negotiate "${words[@]}" --json >"$folder/talk.json"
  "$python" - "$folder/talk.json" "$folder/text" <<'PY'
import json, sys
view, text = json.load(open(sys.argv[1])), open(sys.argv[2]).read()
assert view["tick"] == 66 and view["sector"] == "energy" and "Tick 66 " in text
assert view["main_talk"]["partner"] in text and view["region"] in text
assert len(view["others"]) == 13 and len(view["main_talk"]["frontier"]) == 61
for other in view["others"]:
    assert other["host_payoff"] is None or f"{other['host_payoff']:.4g}" in text, other
mine = [o for o in view["others"] if o["solution"] == view["solution"] and o["outside_option"] in (None, view["outside_option"])]
assert 0 <= view["core_host_worst"] <= view["core_host_best"]
assert f"{view['shapley_host']:.4g}" in text
assert len(mine) == 1 and mine[0]["host_payoff"] == view["deal"]["host_payoff"], mine
for offer in view["main_talk"]["offers"]:
    assert f"{offer['host_payoff']:.4g}" in text
PY
  "$python" "$root/analysis/negotiation.py" "$folder/talk.json" -o "$folder/$solution.png"
  [ "$(head -c 4 "$folder/$solution.png" | tail -c 3)" = PNG ]
done
echo '{}' | { ! "$python" "$root/analysis/negotiation.py" - -o "$folder/x.png" 2>"$folder/said"; }
grep -q "holds no talk" "$folder/said"
