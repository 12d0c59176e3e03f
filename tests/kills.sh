#!/usr/bin/env bash
# A sweep that is killed at random moments and resumed, that meets a full disk, a closed folder or a second process, ends
# with the bytes of one that was left in peace; and at most a second of its work is done twice.
# usage: kills.sh MULTIVECTOR [KILLS]
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
from=$(realpath "$1")
program=./multivector
kills=${2:-10}
folder=$(mktemp -d)
trap 'umount "$folder/full" 2>/dev/null; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder" || exit 1
export MULTIVECTOR_REPRODUCIBLE=1
failed=0
complain() { echo "kills: $*" >&2; failed=1; }

cp "$here/../scenarios/minimal.yaml" .
cp "$from" multivector
printf 'scenario: minimal.yaml\nkind: twin\nseed: 5\naxes: {connectivity_demand: [0, 1]}\n' >design.yaml
sweep=("$program" sweep design.yaml --threads 2)
now() { date +%s%N; }
same() { cmp -s "$1" "$2" || complain "$1 is not $2${3:+: $3}"; }

# Large enough that it is not finished before the last kill: kills come a quarter of a second after a start, on average.
start=$(now)
"${sweep[@]}" -n 2000 -o speed.h5 --quiet >/dev/null || complain "a plain sweep failed"
each=$(($(now) - start))  # of 2000 replications [ns]
n=$((2000 * (300000000 * kills / each + 1)))
"${sweep[@]}" -n "$n" -o reference.h5 --quiet >/dev/null || complain "the reference failed"

# What an attempt did since it last wrote its journal is done again: at most the time from then, or its start, to the kill.
hits=0 worst=0
for ((k = 1; k <= kills; k++)); do
  start=$(now)
  "${sweep[@]}" -n "$n" -o killed.h5 --resume --quiet >/dev/null 2>&1 &
  job=$!
  sleep "0.$(printf '%03d' $((RANDOM % 500)))"
  kill -KILL "$job" 2>/dev/null && hits=$((hits + 1))
  end=$(now)
  wait "$job" 2>/dev/null
  [ ! -e killed.h5 ] || break
  written=$(stat -c %.9Y killed.h5.journal 2>/dev/null | tr -d .)
  lost=$(((end - (${written:-0} > start ? written : start)) / 1000000))
  [ "$lost" -le "$worst" ] || worst=$lost
done
[ "$hits" -ge $((kills * 8 / 10)) ] || complain "only $hits of $kills kills met a living process"
[ "$worst" -le 1000 ] || complain "$worst ms of work were done twice"
"${sweep[@]}" -n "$n" -o killed.h5 --resume --quiet >/dev/null 2>err.txt || complain "could not be resumed: $(cat err.txt)"
same killed.h5 reference.h5 "after $hits kills"
echo "kills: $((2 * n)) realisations survived $hits kills; at most $worst ms of work were done twice"

# Small ones, so that kills also come while a sweep begins and while it ends; of all records.
for record in summary series full; do
  small=("${sweep[@]}" -n 100 --quiet --record "$record")
  "${small[@]}" -o "small_$record.h5" >/dev/null || complain "a small sweep failed"
  for ((k = 1; k <= kills; k++)); do
    rm -f again.h5
    for _ in 1 2 3; do
      "${small[@]}" -o again.h5 --resume >/dev/null 2>&1 &
      sleep "0.0$(printf '%02d' $((RANDOM % 100)))"
      kill -KILL $! 2>/dev/null
      wait $! 2>/dev/null
    done
    "${small[@]}" -o again.h5 --resume >/dev/null 2>err.txt || complain "could not be resumed: $(cat err.txt)"
    same again.h5 "small_$record.h5"
    left=$(find . -maxdepth 1 -name '*again*' ! -name again.h5)
    [ -z "$left" ] || complain "left behind: $left"
  done
done
rm -f again.h5

# Two processes: the second is refused, whatever it says, and the first goes on.
"${sweep[@]}" -n "$n" -o two.h5 --quiet >/dev/null 2>&1 &
first=$!
for _ in $(seq 400); do [ "$(stat -c %s two.h5.journal 2>/dev/null || echo 0)" -gt 100000 ] && break; sleep 0.05; done
for option in "" --resume --force; do
  "${sweep[@]}" -n "$n" -o two.h5 --quiet $option >/dev/null 2>err.txt && complain "a second process was not refused"
  grep -qF 'two.h5: another process is writing it' err.txt || complain "a second process: $(cat err.txt)"
done
kill -TERM "$first"
wait "$first"
[ ! -e two.h5 ] || complain "an interrupted sweep left its output"
"${sweep[@]}" -n "$n" -o two.h5 --quiet >/dev/null 2>err.txt && complain "what was begun was begun again without a word"
grep -qF -- '--resume goes on with it' err.txt || complain "what was begun: $(cat err.txt)"
"${sweep[@]}" -n "$n" -o two.h5 --quiet --resume >/dev/null 2>err.txt || complain "not resumed: $(cat err.txt)"
same two.h5 reference.h5 "interrupted"

# A file that may not grow, then a full disk: what was done is kept, and goes on when there is room.
full=("${sweep[@]}" -n 100 --record full --quiet)
(ulimit -f 300 && exec "${full[@]}" -o grown.h5 >/dev/null 2>err.txt) && complain "a file too large was not noticed"
grep -q '^multivector: grown.h5.*File too large' err.txt || complain "a file too large: $(cat err.txt)"
[ ! -e grown.h5 ] || complain "a file too large left an output"
"${full[@]}" -o grown.h5 --resume >/dev/null 2>err.txt || complain "a file too large: not resumed: $(cat err.txt)"
same grown.h5 small_full.h5 "a file too large"
mkdir full
if mount -t tmpfs -o size=600k none full 2>/dev/null; then
  "${full[@]}" -o full/a.h5 >/dev/null 2>err.txt && complain "a full disk was not noticed"
  grep -q '^multivector: full/a.h5.*No space left on device' err.txt || complain "a full disk: $(cat err.txt)"
  [ ! -e full/a.h5 ] || complain "a full disk left an output"
  mount -o remount,size=60m full
  "${full[@]}" -o full/a.h5 --resume >/dev/null 2>err.txt || complain "a full disk: not resumed: $(cat err.txt)"
  same full/a.h5 small_full.h5 "a full disk"
  umount full
else
  echo "kills: no small disk can be mounted here; a full disk was not tried"
fi

# A folder without permission. Root may write anywhere, so somebody else tries.
mkdir closed
chmod 555 closed
somebody=()
[ "$(id -u)" != 0 ] || somebody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
for option in "" --resume; do
  "${somebody[@]}" "${full[@]}" -o closed/a.h5 $option >/dev/null 2>err.txt && complain "a closed folder was not noticed"
  grep -q "closed/a.h5: cannot write in the output's folder: Permission denied" err.txt || complain "a closed folder: $(cat err.txt)"
done
[ -z "$(ls -A closed)" ] || complain "left behind: $(ls -A closed)"
exit $failed
