#!/usr/bin/env bash
# Common random numbers that really are common: the paired difference of the headline contrast varies at most half as much as
# it would if all draws came from one shared sequence.
# usage: paired_luck.sh GOLDEN PAIRED_LUCK PAIRED_LUCK_OF_ONE_SEQUENCE
set -euo pipefail
streams=$("$1" flat | "$2")
sequence=$("$1" flat | "$3")
awk -v streams="$streams" -v sequence="$sequence" 'BEGIN {
    split(streams, a); split(sequence, b)
    printf "variance of the paired difference of net_gain: %.3g with separate streams (variance ratio %.3g), ", a[1], a[2] / a[1]
    printf "%.3g with one sequence (%.3g): %.3g times as much\n", b[1], b[2] / b[1], b[1] / a[1]
    exit !(b[1] >= 2 * a[1])
}'
