#!/usr/bin/env bash
# A sweep on a Slurm cluster whose jobs are cancelled, whose tasks are killed and requeued, and one of whose nodes is cut
# off while its task goes on, ends with the bytes of one that was left in peace. The cluster is a real slurmctld with
# four slurmd on this machine.
# usage: slurm.sh MULTIVECTOR
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for tool in sbatch slurmctld slurmd munged; do
  PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || {
    echo "slurm: skipped, there is no $tool; sim/install.sh cluster installs Slurm"
    exit 0
  }
done
. "$here/slurm_cluster.sh"
from=$(realpath "$1")
folder=$(mktemp -d)
failed=0
complain() { echo "slurm: $*" >&2; failed=1; }
clean() {
  stop_cluster "$folder"
  [ "$failed" = 0 ] || tail -n 10 "$folder"/slurm*.log "$shards"/log/*.log >&2
  rm -rf "$folder"
}
shards="$folder/a sweep/result.h5.shards"
trap clean EXIT
chmod 755 "$folder"
mkdir "$folder/a sweep"
cd "$folder/a sweep" || exit 1
cp "$here/../scenarios/minimal.yaml" .
cp "$from" multivector
printf 'scenario: minimal.yaml\nkind: twin\nseed: 5\naxes: {connectivity_demand: [0, 1]}\n' >"it's a design.yaml"
program="$folder/a sweep/multivector"
sweep=("$program" sweep "it's a design.yaml" --reproducible)
start_cluster "$folder" 4 || { complain "the cluster did not start: $(cat "$folder/start.log")"; exit 1; }

# Six shards, each so long that it can be hit: about four seconds of a core.
now() { date +%s%N; }
start=$(now)
"${sweep[@]}" -n 2000 --threads 1 -o speed.h5 --quiet >/dev/null || complain "a plain sweep failed"
n=$((6 * 2000 * (4000000000 / ($(now) - start) + 1)))
mkdir alone
for shard in 1 2 3 4 5 6; do
  "${sweep[@]}" -n "$n" --shard "$shard/6" -o "alone/part_$shard.h5" --quiet >/dev/null || complain "a plain shard failed"
done
(cd alone && "$program" merge part_?.h5 -o ../reference.h5 --quiet >/dev/null) || complain "the reference could not be merged"

submit() { "${sweep[@]}" -n "$n" -o result.h5 --submit slurm --shards 6 --slurm "--partition=main --time=60" "$@"; }
queued() { squeue --noheader --array --jobs="$(cat "$shards/jobs")" --format="$1" 2>/dev/null; }
until_true() {  # SECONDS WHAT COMMAND...
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { complain "waited in vain until $what"; queued "%i %t %r" >&2; exit 1; }
    sleep 0.1
  done
}
gone() { [ -z "$(queued %i)" ]; }
# The journals of a shard's attempts whose name ends so, when one holds something.
has_begun() { [ -n "$(find "$shards/attempts" -name "part_$1.*$2.h5.journal" -size +20k)" ]; }
process_of() { pgrep -f -- "^$program sweep .* --shard $1/6 .*"; }
job_of() { squeue --noheader --array --jobs="$(cut -d, -f1 "$shards/jobs")_$1" --format="$2"; }

# Cancelled, as at a time limit, and submitted again.
submit >said.txt || complain "not submitted: $(cat said.txt)"
grep -q '^submitted      the array as job [0-9]*, then the merge as job [0-9]*$' said.txt || complain "said: $(cat said.txt)"
submit >/dev/null 2>err.txt && complain "submitted twice at once"
grep -qF "the jobs of this sweep are still there: squeue" err.txt || complain "submitted twice: $(cat err.txt)"
until_true 120 "the first shards had begun" has_begun 1 _0
scancel "$(cut -d, -f1 "$shards/jobs")"
until_true 120 "the cancelled jobs were gone" gone
[ ! -e result.h5 ] || complain "a cancelled sweep was merged"
submit >/dev/null || complain "not submitted again"
for shard in 1 2 3; do until_true 120 "shard $shard had begun" has_begun "$shard" "$(cut -d, -f1 "$shards/jobs")_0"; done

# Task 1 is killed.
kill -KILL "$(process_of 1)" || complain "there was no process of shard 1"

# Task 2 is requeued by the administrator.
scontrol requeue "$(job_of 2 %A)" || complain "task 2 was not requeued"

# The node of task 3 is cut off: its slurmd is dead, and the task's processes go on without anybody to answer to. They
# sleep until the next attempt is at work, so that both surely work at the same time; but not before slurmstepd is gone,
# since the kernel hangs up on those that sleep when their parent goes.
node=$(job_of 3 %N) cut_off=$(process_of 3)
kill -KILL "$(cat "$folder/slurmd.$node.pid")" || complain "$node had no slurmd"
step=$(pgrep -f "^slurmstepd: \[$(job_of 3 %A)\.batch\]")
kill -KILL "$step" || complain "$node had no slurmstepd"
ended() { [ ! -e "/proc/$1" ] || grep -q '^State:.[ZX]' "/proc/$1/status"; }
until_true 60 "slurmstepd was gone" ended "$step"
kill -STOP "$cut_off" || complain "the old copy of task 3 was gone"
scontrol update nodename="$node" state=down reason=test || complain "$node could not be taken down"
until_true 240 "task 3 had begun again" has_begun 3 _1
kill -CONT "$cut_off" || complain "the old copy of task 3 did not live on"
[ "$(pgrep -cf -- "^$program sweep .* --shard 3/6 ")" = 2 ] || complain "no two copies of task 3 were at work"

until_true 600 "all jobs were done" gone
[ -e result.h5 ] || { complain "there is no result"; exit 1; }
cmp result.h5 reference.h5 || complain "the result is not that of shards left in peace"
"$program" rerun result.h5 --quiet | grep -q '^result.h5: bit-identical' || complain "the result is not that of one process"
grep -qF 'killed by signal 9; requeued' "$shards/log/1.log" || complain "task 1 does not tell of its death"
for shard in 1 2 3; do
  grep -qE "attempt part_$shard\.[0-9]+_1\.h5" "$shards/log/$shard.log" || complain "shard $shard was not attempted again"
  grep -qE "goes on from part_$shard\.[0-9]+_0\.h5\.journal, [0-9]{5,} bytes" "$shards/log/$shard.log" ||
    complain "shard $shard did not go on where it had ended"
done
until_true 120 "the cut off copy had ended" ended "$cut_off"
cmp result.h5 reference.h5 || complain "the cut off copy changed the result"

# All is there: nothing is submitted. Without the result, but with its shards: they are only checked, and merged again.
submit | grep -qF 'result.h5 is there and whole; nothing is left to do' || complain "a finished sweep was not seen"
rm result.h5
before=$(stat -c '%n %i %Y' "$shards"/part_*)
submit >/dev/null || complain "not submitted for the merge"
until_true 240 "all jobs were done again" gone
cmp result.h5 reference.h5 || complain "the second merge differs"
[ "$before" = "$(stat -c '%n %i %Y' "$shards"/part_*)" ] || complain "finished shards were done again"
[ ! -e "$shards/attempts" ] || complain "attempts were left behind: $(ls "$shards/attempts")"

# Shards that no longer are the sweep's are refused before anything is submitted.
rm result.h5
"${sweep[@]}" -n 7 -o result.h5 --submit slurm >/dev/null 2>err.txt && complain "another sweep was submitted to its folder"
grep -qF "its number of replications is another ($n, not 7)" err.txt || complain "another sweep: $(cat err.txt)"
[ "$failed" = 1 ] || echo "slurm: $((2 * n)) realisations survived a cancelled array, a killed and a requeued task and a node cut off"
exit $failed
