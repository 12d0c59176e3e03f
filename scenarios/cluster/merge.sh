#!/usr/bin/env bash
# Puts the shards of a sweep together when the array has done them all: the job that `multivector sweep DESIGN --submit
# slurm` lets depend on the array. It can be run by hand too, on any machine that sees the folder: bash merge.sh

#SBATCH --requeue
#SBATCH --open-mode=append
# settings
#SBATCH --job-name=multivector-merge
#SBATCH --output=merge.log
shards=10
folder=.
program=multivector
design=design.yaml
options=()
output=result.h5
# end of settings

set -uo pipefail
cd "$folder" && mkdir -p attempts || exit 1
attempt=attempts/merged.${SLURM_JOB_ID:-$(hostname).$$}_${SLURM_RESTART_COUNT:-0}.h5

if [[ ! -e $output ]]; then
    parts=()
    for ((i = 1; i <= shards; i++)); do parts+=("part_$i.h5"); done
    "$program" merge "${parts[@]}" --quiet --force -o "$attempt" >/dev/null || [[ -e $output ]] || exit 1
    ln "$attempt" "$output" 2>/dev/null || [[ -e $output ]] || mv -n "$attempt" "$output"
fi
[[ -e $output ]] || exit 1
"$program" sweep "$design" "${options[@]}" --resume --quiet -o "$output" || exit  # only checks it
rm -rf attempts
