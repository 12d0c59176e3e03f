#!/usr/bin/env bash
# What the README says of the first figure is what the program says, number by number; its scenario is one that runs.
# usage: readme.sh MULTIVECTOR
set -euo pipefail
program=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
complain() { echo "README: $*" >&2; failed=1; }

# RUN NAME [--set KEY=VALUE]...: the baseline as the headline runs it.
run() { "$program" run "$root/scenarios/kazakhstan.yaml" --quiet -n 500 --seed 1 -o "$folder/$1.h5" "${@:2}" >/dev/null; }

# The effect of Chinese demand on net_gain in the baseline with the given changes.
effect() {
  rm -f "$folder"/{with,without}.h5
  run with "$@"
  run without "$@" --set connectivity_demand=0
  "$program" compare "$folder/with.h5" "$folder/without.h5" >"$folder/compared"
  awk '$1 == "net_gain" { print $4 }' "$folder/compared"
}

says() { tr -s '[:space:]' ' ' <"$root/README.md" | grep -qF -- "$1" || complain "it should say '$1'"; }
difference() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a - b }'; }

whole=$(effect)
for variable in variable net_gain surplus_share net_share; do
  row=$(grep "^$variable " "$folder/compared")
  grep -qF -- "    $row" "$root/README.md" || complain "the table should say '$row'"
done
says "without transit demand the effect on the amount is $(printf %.1f "$(effect --set partners.China.connectivity.transit.scale=0)"), without credit $(printf %.1f "$(effect --set partners.China.connectivity.credit.scale=0)")."
alone=$(effect --set bargaining.rivals=off)
none=$(difference "$(effect --set bargaining.rival_offer=0)" "$alone")
all=$(difference "$(effect --set bargaining.rival_offer=1)" "$alone")
says "the presence of rivals adds $none to the effect at 0, $(difference "$whole" "$alone") at 0.6 and $all at 1."

# Where the numbers are from.
says "the table has $("$program" describe parameters | tail -1)"
says "The baseline has $("$program" validate "$root/scenarios/kazakhstan.yaml" 2>/dev/null | sed -n 's/^ *\([0-9]* values of its own: .*\)/\1/p')."

# COMPARED DESIGN: the report on one of the designs.
compared() {
  "$program" sweep "$root/scenarios/designs/$1.yaml" --quiet --force -o "$folder/design.h5" >/dev/null 2>&1
  "$program" compare "$folder/design.h5"
}
# After a row's name its first number, as printf's format $2 has it.
first_number() { grep -m 1 -- "^  $1 " | sed "s|^  $1 *||" | awk -v format="$2" '{ printf format, $1 }'; }

rivals=$(compared demand_by_rivals)
at() { first_number "bargaining.rival_offer $1, rival_response none" "$2" <<<"$rivals"; }
says "by $(at 0 %.2f) USD billion where rivals offer nothing unprompted (\`rival_offer\` 0; too small to matter), by $(at 0.6 %.2f) at 0.6 and by $(at 1 %.1f) at 1."
carried=$(compared credit_or_transit)
part() { grep -m 1 "^- Of the effect" | sed "s/.*$1 [-0-9.e]* (\([-0-9.e]*\)%.*/\1/" | awk '{ printf "%.0f%%", $1 }'; }
says "of the effect of $(first_number "credit on, transit on" %.1f <<<"$carried") USD billion, $(part credit <<<"$carried") comes with credit and $(part transit <<<"$carried") with the goods"
mechanisms=$(compared mechanisms)
says "$(part "outside options" <<<"$mechanisms") of it runs through outside options, $(part patience <<<"$mechanisms") through patience and $(part fund <<<"$mechanisms") through the fund; $(part "what is left with all of them off is" <<<"$mechanisms") is left"
placebos=$(compared placebos)
in_logs() { grep "^- In the placebo $1 " <<<"$placebos" | sed "s/.*$2 \([0-9.]*\).*/\1/" | awk '{ printf "%.3f", $1 }'; }
says "in logs it is $(in_logs Tajikistan "in logs is") in Tajikistan and $(in_logs Kyrgyzstan "in logs is") in Kyrgyzstan, with small funds and no way through to Europe, and $(in_logs Tajikistan "world itself is") in Kazakhstan."

region=$(compared accepted_region)
# After a row's beginning where the estimates run: "A to B".
range() { grep -m 1 -- "^- $1" <<<"$region" | sed 's/^[^;]*; estimates run from \([^ ]*\) to \([^ ]*\) USD.*/\1 \2/' | awk '{ printf "%.1f to %.1f", $1, $2 }'; }
points=$(($(wc -l <"$root/scenarios/calibration/accepted.csv") - 1))
says "over the $points points of \`accepted.csv\`, what rivals offer among them, \`accepted_region.yaml\` has the effect of China's ambition on \`net_gain\` run from $(range Moving) USD billion, and what rivals add to it from $(range When)."
"$program" compare "$folder/design.h5" --format csv >"$folder/region.csv"
# The effect with rivals at each point: estimate, low, high.
with_rivals() { grep "^effect,levels,[a-z]*,$1," "$folder/region.csv" | awk -F'"' '/rivals on/ { split($3, field, ","); print field[4], field[5], field[6] }'; }
says "The median effect is $(with_rivals net_gain | sort -g | awk '{ at[NR] = $1 } END { printf "%.1f", at[int((NR + 1) / 2)] }'), so that"
says "surely rises in $(with_rivals surplus_share | awk '$2 > 0' | wc -l) points and surely falls in $(with_rivals surplus_share | awk '$3 < 0' | wc -l)."
sizes() { awk -F, -v size="$1" '/^amplification,levels,primary,net_gain/ && $25 == size' "$folder/region.csv" | wc -l; }
says "Rivals surely add more than a billion in $(sizes larger) points and surely change the effect by less in $(sizes negligible): what they offer"

# What an outside analyst finds, where the script can run.
if /usr/bin/python3 -c 'import h5py' 2>/dev/null; then
  for world in with without; do
    demand=1
    [ $world = with ] || demand=0
    rm -f "$folder/$world.h5"
    "$program" run "$root/scenarios/kazakhstan.yaml" --quiet -n 200 --seed 1 --record series -o "$folder/$world.h5" \
      --set connectivity_demand=$demand >/dev/null
  done
  # ROW [OPTION]...: the mean of the row of that name, the number before the interval.
  analyst() {
    "$root/analysis/econometrician.py" "$folder/with.h5" "$folder/without.h5" "${@:2}" |
      grep -F "$1" | grep -oE '[-0-9.e]+ +\[' | grep -oE '^[-0-9.e]+'
  }
  says "analyst finds $(analyst difference-in-differences --since 2013) USD billion a year more signed with China, where $(analyst 'true effect on China' --since 2013) is true and $(analyst trends --since 2013) is there without any demand; without \`--since\`, from the first year in which the demand does anything, $(analyst difference-in-differences) where $(analyst 'true effect on China') is true."
  "$program" run "$root/scenarios/kazakhstan.yaml" -n 200 --record deals --quiet -o "$folder/history.h5" >/dev/null
  "$root/analysis/history.py" "$folder/history.h5" >"$folder/history"
  # USE [END]: measures of that use, that end so.
  measures() { grep -cE "^[0-9]+[a-z]? +$1 .*${2-}\$" "$folder/history" || true; }
  says "Of the $(measures fit) measures that it was fitted to $(measures fit yes) hold in 70% of the seeds or more, of the $(measures test) held back for a test $(measures test yes) do."
fi

# The first scenario that a reader writes, beside the scenarios as in a checkout.
sed -n '/^    # mine.yaml/,/^$/p' "$root/README.md" | sed 's/^    //' >"$folder/mine.yaml"
ln -s "$root/scenarios" "$folder/scenarios"
cd "$folder"
"$program" validate mine.yaml >said 2>&1 || complain "its scenario is refused: $(cat said)"
"$program" run mine.yaml -n 2 --quiet >/dev/null || complain "its scenario does not run"
exit $failed
