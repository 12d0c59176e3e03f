#!/usr/bin/env bash
# A virtual merge as other people's programs read it, and whatever stands where the library would look for its shards.
# usage: virtual.sh MULTIVECTOR PYTHON      (python3-h5py python3-numpy python3-xarray python3-h5netcdf)
set -euo pipefail
program=$1 python=$2
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
complain() { echo "virtual: $*" >&2; exit 1; }

cat >"$folder/design.yaml" <<END
scenario: $here/../scenarios/minimal.yaml
kind: grid
replications: 5
seed: 3
axes: {connectivity_demand: [0, 1, 1.5]}
END
mkdir "$folder/result" "$folder/result/parts" "$folder/elsewhere" "$folder/elsewhere/parts"
cd "$folder/result"
for i in 1 2 3; do "$program" sweep ../design.yaml --record full --shard $i/3 -o parts/$i.h5 --quiet >/dev/null; done
"$program" merge parts/*.h5 -o whole.h5 --quiet >/dev/null
"$program" merge parts/*.h5 -o virtual.h5 --virtual --quiet >/dev/null
cd "$folder"

# Every value, fill value and attribute.
"$python" "$here/virtual_test.py" result/whole.h5 result/virtual.h5

# The library looks in HDF5_VDS_PREFIX first, and in the working folder before it gives up. Neither may deceive.
"$program" sweep design.yaml --record full --seed 4 --shard 1/3 -o elsewhere/parts/1.h5 --quiet >/dev/null
HDF5_VDS_PREFIX=$folder/elsewhere "$program" verify result/virtual.h5 >/dev/null || complain "it looked elsewhere first"
(cd elsewhere && "$program" verify ../result/virtual.h5 >/dev/null) || complain "it looked in the working folder first"
mv result/parts/1.h5 result/parts/gone.h5
(cd elsewhere && ! "$program" verify ../result/virtual.h5 2>../said.txt >&2) || complain "a shard of the working folder is taken"
grep -q 'its shard parts/1.h5 is not there' said.txt || complain "said $(cat said.txt)"
mv result/parts/gone.h5 result/parts/1.h5

# A process that may not open them all says so. (The undefined-behaviour sanitizer needs files of its own: not there.)
grep -q __ubsan_handle "$program" && exit 0
(ulimit -n 6 && ! "$program" compare result/virtual.h5 >/dev/null 2>said.txt) || complain "it read what it could not open"
grep -q 'its shard parts/[123].h5 cannot be opened: Too many open files' said.txt || complain "said $(cat said.txt)"
