#!/usr/bin/env bash
# The program that compares bits finds the worlds as on record, and names the tick and the observable when one is not.
# usage: bits_test.sh GOLDEN BITS
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
complain() { echo "bits_test: $*" >&2; exit 1; }

"$1" flat >"$folder/worlds"
"$2" <"$folder/worlds" >"$folder/hashes" || complain "a world departs from its record"
[ "$(wc -l <"$folder/hashes")" -eq "$(($(grep -c '^world ' "$folder/worlds") + 1))" ] || complain "a world was not run"

# A record in which the second observable of tick 5 of one world is another.
awk '$1 == "world" { world = $2 }
     world == "minimal" && $1 == "hash" { $2 = "0000000000000001" }
     world == "minimal" && $1 == "5" { $3 = substr($3, 1, 2) (substr($3, 3, 2) == "zz" ? "yy" : "zz") substr($3, 5) }
     { print }' "$folder/worlds" >"$folder/spoilt"
if "$2" <"$folder/spoilt" >"$folder/hashes" 2>"$folder/said"; then complain "a spoilt record was taken"; fi
name=$(awk '$1 == "names" { print $3; exit }' "$folder/worlds")
grep -qx "differs minimal 5 $name" "$folder/hashes" || complain "the tick and observable were not told"
grep -q "first differs in tick 5 at $name" "$folder/said" || complain "the tick and observable were not said: $(cat "$folder/said")"
[ "$("$2" minimal 5 "$name" <"$folder/worlds" | wc -l)" -eq 16 ] || complain "the values were not shown"

# A form of another version of the table.
awk '$1 ~ /^[0-9a-f]+$/ && length($1) == 16 && !done { $1 = "0000000000000000"; done = 1 } { print }' "$folder/worlds" >"$folder/spoilt"
if "$2" <"$folder/spoilt" >/dev/null 2>"$folder/said"; then complain "numbers of another table were taken"; fi
grep -q "table: the numbers belong to another version" "$folder/said" || complain "the version was not the complaint"
