#!/usr/bin/env bash
# The rules of the house that a compiler does not check.
# usage: house.sh SOURCE BUILD
set -euo pipefail
build=$(realpath "$2")
cd "$1"
failed=0
complain() { echo "house: $*" >&2; failed=1; }

# The core calls no I/O, no clock, no library randomness and no C library function whose bits differ by processor.
tests/symbols.sh nm "$build/libbase.a" "$build/libmodels.a" || failed=1

# The rooms of sim/run: who stands to the right may include who stands to the left, and nobody the other way.
rooms=(sim/base models sim/run/input sim/run/engine sim/run/output sim/run/command)
for ((low = 0; low < ${#rooms[@]}; low++)); do
  for ((high = low + 1; high < ${#rooms[@]}; high++)); do
    for header in "${rooms[high]}"/*.hpp; do
      found=$(grep -rl --include='*.[ch]pp' "#include \"$(basename "$header")\"" "${rooms[low]}" || true)
      [ -z "$found" ] || complain "$found includes $header, which stands above it"
    done
  done
done

# ODD.md describes the submodels under the names of their functions, in the order of the tick.
processes=$("$build/multivector" describe processes --format markdown | grep -oE '`[a-z_]+`' | tr -d '`' | awk '!seen[$0]++')
headings=$(grep -oE '^### 7\.[0-9]+ `[a-z_]+`' models/ODD.md | grep -oE '[a-z_]+`' | tr -d '`')
[ "$processes" = "$headings" ] || complain "the submodels of models/ODD.md are not the processes of the tick: $(diff <(echo "$processes") <(echo "$headings") || true)"
for process in $processes; do
  [ -f "models/$process.cpp" ] || complain "process $process has no file of its name"
done

# Letters that the tables give are the letters of ODD.md.
symbols=$(awk -F' *[|] *' 'FILENAME ~ /parameters/ { print $6 } FILENAME ~ /observables/ && NF == 7 { print $3 }' \
  models/parameters.md models/observables.md | grep -vE '^(symbol|---|)$' | sort -u)
while read -r symbol; do
  grep -qE "(^|[^a-zA-Z_])$(sed 's/[*]/[*]/g' <<<"$symbol")([^a-zA-Z_0-9]|$)" models/ODD.md || complain "the letter $symbol stands nowhere in models/ODD.md"
done <<<"$symbols"

# What is generated is what is committed.
sim/generate.sh --check "$build/multivector" || failed=1

# Files stay short enough to read in one go.
while read -r lines file; do
  [ "$lines" -le 400 ] || complain "$file has $lines lines"
done < <(find sim models tests -name '*.[ch]pp' -exec wc -l {} \; )
exit $failed
