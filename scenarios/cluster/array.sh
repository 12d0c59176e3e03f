#!/usr/bin/env bash
# One task of a Slurm job array: one shard of a sweep. `multivector sweep DESIGN --submit slurm` writes this script with
# the sweep's own settings and submits it; without that, change the settings and say: sbatch array.sh
#
# Slurm starts a task again when it cannot reach the task's node, where the old copy may still be running. So every
# attempt writes under names of its own. It begins with a copy of the longest journal of the attempts before it: blocks
# with checksums that are only ever appended, so that a copy is good up to where it breaks off. The finished shard gets
# its name by a link, which fails where the name is taken: the first copy wins, and the others find the same result.

#SBATCH --requeue
#SBATCH --open-mode=append
# settings
#SBATCH --job-name=multivector
#SBATCH --array=1-10
#SBATCH --output=%a.log
shards=10
folder=.
program=multivector
design=design.yaml
options=()
# end of settings

set -uo pipefail
shopt -s nullglob
cd "$folder" && mkdir -p attempts || exit 1
number=$SLURM_ARRAY_TASK_ID
part=part_$number.h5
attempt=attempts/part_$number.${SLURM_ARRAY_JOB_ID}_${SLURM_RESTART_COUNT:-0}.h5
echo "$(date +%FT%T) shard $number of $shards, attempt ${attempt#attempts/} on $(hostname)"

sweep_to() {
    "$program" sweep "$design" "${options[@]}" --shard "$number/$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" \
        --resume --quiet -o "$1"
}

# Files under an attempt's final name are whole. Not every file system knows links.
give_name() {
    local file
    for file in attempts/part_"$number".*.h5; do
        ln "$file" "$part" 2>/dev/null || [[ -e $part ]] || mv -n "$file" "$part"
    done
}

give_name
if [[ ! -e $part ]]; then
    earlier=(attempts/part_"$number".*.h5.journal)
    if [[ ${#earlier[@]} -gt 0 && ! -e $attempt.journal ]]; then
        longest=$(ls -S "${earlier[@]}" | head -n 1)
        cp "$longest" "$attempt.journal" && sync "$attempt.journal"
        echo "goes on from ${longest#attempts/}, $(stat -c %s "$attempt.journal") bytes"
    fi
    sweep_to "$attempt"
    code=$?
    give_name
    if [[ ! -e $part ]]; then
        # Killed, perhaps for want of memory: a few more attempts, perhaps on other nodes.
        if [[ $code -gt 128 && ${SLURM_RESTART_COUNT:-0} -lt 3 ]]; then
            echo "killed by signal $((code - 128)); requeued"
            scontrol requeue "$SLURM_JOB_ID"
        fi
        exit "$code"
    fi
fi
sweep_to "$part" || exit  # only checks it: whole, and of this sweep
rm -f attempts/part_"$number".*
