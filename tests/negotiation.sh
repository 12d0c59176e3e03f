#!/usr/bin/env bash
# A talk shown as JSON is JSON that says what the text says, however the talk ended, and analysis/negotiation.py draws it.
# usage: negotiation.sh MULTIVECTOR PYTHON
set -euo pipefail
program=$(realpath "$1") python=$2
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
scenario=$root/scenarios/kazakhstan.yaml

cat >"$folder/agree.py" <<'PY'
import json, sys
view, text = json.load(open(sys.argv[1])), open(sys.argv[2]).read()
talk, deal = view.get("main_talk"), view["deal"]

def said(*numbers):
    for number in numbers:
        shown = "-" if number is None else f"{number:.4g}"
        assert shown in text or f"-{shown}" == "-0", (shown, number)

assert f"Tick {view['tick']} " in text and view["region"] in text
assert {"deal": "local content ", "fund": "; the fund pays", "waits": "; it waits", "lapses": "the project lapses"}[view["ended"]] in text
assert (deal is not None) == (view["ended"] == "deal")
assert len(view["partners"]) == 4
for partner in view["partners"]:
    row = next(line for line in text.splitlines() if line.startswith(f"  {partner['partner']}  "))
    assert row.endswith(f" {partner['outcome'].replace('_', ' ')}"), row
    said(partner["concession_limit"], partner["own_alternative"], partner["connectivity_value"], partner["standing_offer"])
    if partner["shapley"] is not None:
        said(partner["shapley"])
assert len(view["others"]) == 13
for other in view["others"]:
    said(other["host_payoff"], other["partner_payoff"])
mine, = (o for o in view["others"] if o["solution"] == view["solution"] and o["outside_option"] in (None, view["outside_option"]))
assert mine["host_payoff"] == (deal["host_payoff"] if deal else view["self_finance"] if view["ended"] == "fund" else None)
assert view["reserve"] <= view["core_host_worst"] <= view["core_host_best"]
if any(partner["shapley"] is not None for partner in view["partners"]):
    said(view["core_host_worst"], view["core_host_best"], view["shapley_host"])
if deal:
    said(deal["host_payoff"], deal["partner_payoff"], deal["revenue_share"], deal["local_content"])
    for chance in (deal["approval_at_home"], deal["approval_abroad"]):
        said(*() if chance is None else (chance,))
if view["benchmark"] and (view["benchmark"]["deal_with"] or deal):
    said(view["benchmark"]["weight"], view["benchmark"]["host_payoff"])
    assert "; the protocol gives it " in text
if not talk:
    assert "Nobody sits at the table." in text
    sys.exit()
assert talk["why_no_deal"] in text and len(talk["frontier"]) == 61
assert (talk["why_no_deal"] == "") == (talk["outcome"] == "agreed")
assert not talk["rival"] or f"the standing offer of {talk['rival']}" in text
for side in ("host", "partner"):
    said(talk["disagreement"][side], talk["outside"][side])
    if talk["required"][side] is not None:
        said(talk["required"][side])
        assert talk["outcome"] != "agreed" or deal[f"{side}_payoff"] >= talk["required"][side] - 1e-9
    for place in ("ideal", "reservation", "secret_part"):
        if talk["protocol"] and place in talk["protocol"]:
            said(talk["protocol"][place][side])
for key in ("host_discount", "partner_discount", "refusing", "breakdown_risk"):
    if talk["protocol"] and key in talk["protocol"]:
        said(talk["protocol"][key])
for offer in talk["offers"]:
    said(offer["host_payoff"], offer["partner_payoff"])
assert text.count(" accepted\n") == sum(offer["reply"] == "accepted" for offer in talk["offers"])
PY

ask() { # the same question as text and as JSON
  "$program" negotiate "$scenario" "$@" --json >"$folder/talk.json" 2>/dev/null &&
    "$program" negotiate "$scenario" "$@" >"$folder/text"
}

is() { "$python" -c 'import json, sys; v = json.load(open(sys.argv[1])); t = v.get("main_talk"); sys.exit(not eval(sys.argv[2]))' "$folder/talk.json" "$1"; }

agree() { # NAME: text and JSON agree, and the picture is drawn
  "$python" "$folder/agree.py" "$folder/talk.json" "$folder/text" || { cat "$folder/text"; echo "negotiation.sh: $1"; exit 1; } >&2
  "$python" "$root/analysis/negotiation.py" "$folder/talk.json" -o "$folder/$1.png"
  [ "$(head -c 4 "$folder/$1.png" | tail -c 3)" = PNG ]
}

seek() { # NAME CONDITION WORDS...: the first table of which the condition holds
  local name=$1 condition=$2 tick
  shift 2
  for tick in $(seq 0 115); do
    if ask --tick "$tick" "$@" && is "$condition"; then
      agree "$name"
      return
    fi
  done
  echo "negotiation.sh: no table where $condition ($name)" >&2
  exit 1
}

for solution in nash kalai_smorodinsky egalitarian alternating_offers concession_tactics auction shapley nucleolus nash_in_nash; do
  seek "$solution" 'v["ended"] == "deal" and v["sector"] == "energy" and t["outcome"] == "agreed"' --sector energy --set "bargaining.solution=$solution"
done
tactics=(--set bargaining.solution=concession_tactics)
seek apart 't and t["outcome"] == "reservations_apart" and v["ended"] == "waits"' "${tactics[@]}" --set bargaining.private_part=1 --set bargaining.rivals=off
seek broken 't and t["outcome"] == "broken_off" and v["ended"] != "deal"' "${tactics[@]}" --set bargaining.breakdown_risk=0.5 --set bargaining.rivals=off
seek turned 't and t["held"] and v["deal"] and v["deal"]["partner"] != t["partner"]' "${tactics[@]}" --set bargaining.private_part=1
grep -q "failed, and the host turned to " "$folder/text"
seek fund 't and v["ended"] == "fund"' --sector transport --set fund.self_finance_cost=0.8
seek outdone 't and t["outcome"] == "lost_to_self_finance"' --sector transport --set fund.self_finance_cost=0.5 --set fund.self_finance_limit=1
grep -q "No talk was held: self-finance gives the host" "$folder/text"
is 'v["ended"] == "fund" and all(other["main_talk"] is None for other in v["others"])'
constraint=(--set domestic.ratification=constraint)
seek nobody 't and not t["held"] and t["outcome"] == "not_ratifiable" and v["ended"] == "lapses"' "${constraint[@]}" --set domestic.requirement=0.9
grep -q "on which approval at home insists" "$folder/text"
grep -q "nobody could settle with the host" "$folder/text"
is 'all(other["main_talk"] is None for other in v["others"])'
seek constraint 'v["deal"] and abs(v["deal"]["host_payoff"] - t["required"]["host"]) < 1e-9' "${constraint[@]}" --set domestic.requirement=0.5
seek alone 'v["deal"] and not t["rival"] and sum(p["shapley"] is not None for p in v["partners"]) == 1' --set bargaining.rivals=off
grep -q "which it has without any, to " "$folder/text"
if grep -q "second price" "$folder/text"; then exit 1; fi
seek vetoed 'v["deal"] and v["deal"]["approval_at_home"] < 1e-6' --set domestic.threshold=5
grep -q "It still has to be approved" "$folder/text"
seek last_round 'v["deal"] and t["protocol"]["next_offer"]' --set bargaining.solution=alternating_offers --set bargaining.last_round=3 --set bargaining.first_offer=partner
grep -q "round 3 is the last" "$folder/text"
seek absent 'v["deal"] and any(p["outcome"] == "not_in_the_world" for p in v["partners"])' --set partners.Russia.present=off

echo '{}' | { ! "$python" "$root/analysis/negotiation.py" - -o "$folder/x.png" 2>"$folder/said"; }
grep -q "holds no talk" "$folder/said"
