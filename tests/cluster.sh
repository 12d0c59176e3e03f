#!/usr/bin/env bash
# The scripts that a sweep is submitted to a cluster with, run without a cluster, in a folder whose name needs quoting.
# usage: cluster.sh MULTIVECTOR
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/it's \$HOME (1)"
cp "$(realpath "$1")" "$folder/it's \$HOME (1)/multivector"
cd "$folder/it's \$HOME (1)" || exit 1
failed=0
complain() { echo "cluster: $*" >&2; failed=1; }
cp "$here/../scenarios/minimal.yaml" .
printf 'scenario: minimal.yaml\nkind: twin\nseed: 5\naxes: {connectivity_demand: [0, 1]}\n' >design.yaml
sweep=(./multivector sweep design.yaml -n 50 --reproducible)
submit() { "${sweep[@]}" -o result.h5 --submit slurm "$@"; }
task() { SLURM_ARRAY_TASK_ID=$1 SLURM_ARRAY_JOB_ID=7 SLURM_JOB_ID=8 SLURM_RESTART_COUNT=${2:-0} bash result.h5.shards/array.sh >log.txt 2>&1; }
part() { echo "result.h5.shards/part_$1.h5"; }
attempt() { echo "result.h5.shards/attempts/part_$1.7_$2.h5"; }

mkdir alone
for shard in 1 2 3; do
  "${sweep[@]}" --shard $shard/3 -o alone/part_$shard.h5 --quiet >/dev/null || complain "a plain shard failed"
done
(cd alone && ../multivector merge part_?.h5 -o ../reference.h5 --quiet >/dev/null) || complain "the reference failed"

# What is written, and what is submitted.
submit --shards 3 --dry-run --at-once 2 --threads 2 --slurm '--partition=main --time=30' >out.txt || complain "a dry run failed"
grep -q '^scripts .*nothing was submitted$' out.txt || complain "a dry run says: $(cat out.txt)"
for line in '#SBATCH --array=1-3%2' '#SBATCH --partition=main --time=30' '#SBATCH --cpus-per-task=2' '#SBATCH --requeue'; do
  grep -qxF -- "$line" result.h5.shards/array.sh || complain "array.sh lacks $line"
done
grep -qxF '#SBATCH --partition=main --time=30' result.h5.shards/merge.sh || complain "merge.sh lacks the options"
mkdir no_tools
ln -s "$(command -v bash)" "$(command -v sh)" no_tools
PATH=$PWD/no_tools submit >/dev/null 2>err.txt && complain "submitted without sbatch"
grep -q '^multivector: command line: there is no sbatch here;' err.txt || complain "without sbatch: $(cat err.txt)"

# A cluster that only writes down what it is told: an array of at most four tasks, one job that may be there, a refusal.
mkdir tools
printf '%s\n' '#!/bin/sh' 'cd "$(dirname "$0")"' '[ ! -e refuses ] || exit 1' 'echo "$@" >>told' \
  'echo "$((40 + $(wc -l <told)));name"' >tools/sbatch
printf '%s\n' '#!/bin/sh' 'cat "$(dirname "$0")/queue" 2>/dev/null' >tools/squeue
printf '%s\n' '#!/bin/sh' 'echo "MaxArraySize            = 5"' >tools/scontrol
chmod +x tools/*
told() { PATH=$PWD/tools:$PATH submit "$@"; }
told >out.txt || complain "not submitted"
grep -qx 'submitted      the array as job 41, then the merge as job 42' out.txt || complain "submitted: $(cat out.txt)"
grep -qxF -- "--parsable --chdir=$PWD/result.h5.shards $PWD/result.h5.shards/array.sh" tools/told || complain "told: $(cat tools/told)"
grep -qF -- '--parsable --dependency=afterok:41 --kill-on-invalid-dep=yes ' tools/told || complain "told: $(cat tools/told)"
[ "$(cat result.h5.shards/jobs)" = 41,42 ] || complain "the jobs' numbers are not kept"
echo 41 >tools/queue
told >/dev/null 2>err.txt && complain "submitted while jobs are there"
grep -qF 'the jobs of this sweep are still there: squeue --jobs=41,42 shows them, scancel 41,42 ends them' err.txt || complain "jobs: $(cat err.txt)"
rm tools/queue
touch tools/refuses
told >/dev/null 2>err.txt && complain "a refusal of sbatch was not noticed"
grep -qF 'sbatch did not take' err.txt || complain "a refusal: $(cat err.txt)"
told --shards 5 >/dev/null 2>err.txt && complain "more tasks than an array may have"
grep -qF -- '--shards 5 are more than the 4 tasks of an array that this cluster allows (MaxArraySize)' err.txt || complain "tasks: $(cat err.txt)"
touch file.h5.shards
"${sweep[@]}" -o file.h5 --submit slurm --dry-run >/dev/null 2>err.txt && complain "a file stands where the folder should"
grep -qF 'file.h5.shards: cannot be made: ' err.txt || complain "no folder: $(cat err.txt)"

# The design's time makes the number of shards; a sweep that was begun keeps its own.
submit --dry-run | grep -q '^tasks  *3, each' || complain "the shards of a sweep that was begun are not kept"
"${sweep[@]}" -o small.h5 --submit slurm --dry-run | grep -q '^tasks  *1, of about' || complain "a short sweep needs one task"
for other in "-n 50 --shards 4" "-n 50 --seed 6" "-n 51"; do
  ./multivector sweep design.yaml --reproducible -o result.h5 --submit slurm --dry-run $other >/dev/null 2>err.txt &&
    complain "$other went into the folder of another sweep"
  grep -q 'result.h5.shards: is there, and of another sweep: its .* is another' err.txt || complain "$other: $(cat err.txt)"
done
submit --dry-run --shards 101 >/dev/null 2>err.txt && complain "more shards than realisations"
grep -q -- '--shards 101 are more than the 100 realisations' err.txt || complain "too many shards: $(cat err.txt)"

# A shard, and the shard again.
task 1 || complain "task 1 failed: $(cat log.txt)"
cmp "$(part 1)" alone/part_1.h5 || complain "shard 1 differs"
before=$(stat -c '%i %Y' "$(part 1)")
task 1 1 || complain "task 1 could not be checked: $(cat log.txt)"
[ "$before" = "$(stat -c '%i %Y' "$(part 1)")" ] || complain "shard 1 was done again"

# An attempt that ended when its file was whole, but before that had its name: the next one does nothing again.
mkdir -p result.h5.shards/attempts
cp alone/part_2.h5 "$(attempt 2 0)"
before=$(stat -c '%i %Y' "$(attempt 2 0)")
task 2 1 || complain "task 2 failed: $(cat log.txt)"
[ "$before" = "$(stat -c '%i %Y' "$(part 2)")" ] || complain "a finished attempt was not taken"

# Journals of two earlier attempts, which broke off for want of the last block: it goes on from a copy of the longer one.
blocks=$((($(stat -c %s alone/part_3.h5) - 1) / 1024))
(ulimit -f "$blocks" && exec "${sweep[@]}" --shard 3/3 -o cut.h5 --quiet >/dev/null 2>&1)
head -c 300 cut.h5.journal >"$(attempt 3 0).journal"
cp cut.h5.journal "$(attempt 3 1).journal"
task 3 2 || complain "task 3 failed: $(cat log.txt)"
grep -q 'goes on from part_3.7_1.h5.journal' log.txt || complain "task 3 does not go on: $(cat log.txt)"
cmp "$(part 3)" alone/part_3.h5 || complain "shard 3 differs"
[ -z "$(ls -A result.h5.shards/attempts)" ] || complain "attempts were left: $(ls -A result.h5.shards/attempts)"

# A broken shard is neither replaced nor merged without a word.
cp "$(part 2)" whole.h5
head -c 5000 /dev/urandom | dd of="$(part 2)" bs=1 seek=$(($(stat -c %s "$(part 2)") / 2)) conv=notrunc status=none
task 2 && complain "a damaged shard passed"
cp whole.h5 "$(part 2)"

# Merged; merged again, only checked; and then there is nothing to submit.
bash result.h5.shards/merge.sh >log.txt 2>&1 || complain "not merged: $(cat log.txt)"
cmp result.h5 reference.h5 || complain "the merged file differs"
before=$(stat -c '%i %Y' result.h5)
bash result.h5.shards/merge.sh >log.txt 2>&1 || complain "not merged twice: $(cat log.txt)"
[ "$before" = "$(stat -c '%i %Y' result.h5)" ] || complain "merged again"
[ ! -e result.h5.shards/attempts ] || complain "the merge left attempts"
submit --dry-run | grep -q 'is there and whole; nothing is left to do' || complain "a finished sweep was not seen"
exit $failed
