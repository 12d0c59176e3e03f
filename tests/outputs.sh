#!/usr/bin/env bash
# Runs the real program against outputs and inputs that fail: each time one clear error that names the file, an exit code
# that is not 0, and nothing left under the final name or beside it. Needs no privilege; with root it does more.
# usage: outputs.sh MULTIVECTOR
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'umount "$folder/full" 2>/dev/null; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cp "$1" "$folder/multivector"
cp -r "$here/wrong/world" "$folder/world"
chmod -R a+rX "$folder"
cd "$folder" || exit 1
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"  # the HDF5 library keeps what it could not write
failed=0
complain() { echo "outputs: $*" >&2; failed=1; }

# What a run may leave in a folder: its files but those of this script.
leftovers() { find "${1:-.}" -maxdepth 1 \( -name '*.h5' -o -name '.*.partial' \) -printf '%f '; }

# refused CODE 'TEXT' COMMAND...: exits with CODE, says one line that holds TEXT, writes nothing to standard output.
refused() {
  local code=$1 text=$2 got
  shift 2
  timeout 60 "$@" >out.txt 2>err.txt </dev/null
  got=$?
  sed -i '/^profiling:/d' err.txt  # a build that counts coverage cannot keep the counts of somebody else's run
  [ "$got" = "$code" ] || complain "'$*' ended with $got, not $code: $(cat err.txt)"
  [ "$(wc -l <err.txt)" = 1 ] || complain "'$*' said not one line but: $(cat err.txt)"
  grep -qF -- "$text" err.txt || complain "'$*' did not say '$text' but: $(cat err.txt)"
  [ ! -s out.txt ] || complain "'$*' wrote to standard output: $(cat out.txt)"
}

plain=(./multivector run world/base.yaml --quiet)
run=("${plain[@]}" -n 30)
larger=("${plain[@]}" --record full -n 300)

# Places that are none.
refused 2 "missing/a.h5: the output's folder does not exist" "${run[@]}" -o missing/a.h5
refused 2 "world: the output is a folder; name a file" "${run[@]}" -o world --force
refused 2 "/dev/null: the output is not a regular file" "${run[@]}" -o /dev/null --force
refused 2 "-: a result cannot be written to standard output" "${run[@]}" -o -
mkfifo pipe
refused 2 "pipe: the output is not a regular file" "${run[@]}" -o pipe --force
refused 2 "/proc/a.h5: " "${run[@]}" -o /proc/a.h5
ln -s nowhere.h5 link.h5
refused 2 "link.h5: the output is a link that leads to no file" "${run[@]}" -o link.h5 --force
rm link.h5
long=$(printf 'a%.0s' {1..250})
refused 2 "the output cannot be created: File name too long" "${run[@]}" -o "$long.h5"
[ -z "$(leftovers)" ] || complain "left behind: $(leftovers)"

# Pipes as input: nobody writes, so reading would wait for ever.
refused 2 "pipe: is a pipe or a device" ./multivector validate pipe
refused 2 "pipe: is a pipe or a device" ./multivector compare pipe pipe
ln -s loop.yaml loop.yaml
refused 2 "loop.yaml: is a link that leads to no file" ./multivector validate loop.yaml
echo 'borders: {file: pipe}' | cat world/base.yaml - >names_a_pipe.yaml
timeout 60 ./multivector validate names_a_pipe.yaml 2>err.txt && complain "a table that is a pipe was read"
grep -q 'names_a_pipe.yaml:8:17: pipe: is a pipe or a device' err.txt || complain "a table that is a pipe: $(cat err.txt)"

# A folder without permission. Root may write anywhere, so somebody else tries.
mkdir closed
chmod 555 closed
somebody=()
[ "$(id -u)" != 0 ] || somebody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
refused 2 "closed/a.h5: cannot write in the output's folder: Permission denied" "${somebody[@]}" "${run[@]}" -o closed/a.h5
[ -z "$(leftovers closed)" ] || complain "left behind: $(leftovers closed)"

# What exists stays unless forced, and stays whole when the forced run fails.
"${run[@]}" -o kept.h5 >out.txt || complain "a plain run failed"
cp kept.h5 before.bytes
refused 2 "kept.h5: the output exists; choose another name or say --force" "${run[@]}" -o kept.h5
cmp -s kept.h5 before.bytes || complain "an output that exists was touched without --force"

# A file that may not grow: the signal for it must not end the program.
limited() { (ulimit -f 64 && exec "$@"); }
export -f limited
refused 1 "grown.h5: " bash -c 'limited "$@"' _ "${larger[@]}" -o grown.h5
grep -q 'File too large; nothing was written under this name' err.txt || complain "a file too large: $(cat err.txt)"
refused 1 "kept.h5: " bash -c 'limited "$@"' _ "${larger[@]}" -o kept.h5 --force
cmp -s kept.h5 before.bytes || complain "a forced run that failed touched what was there"
[ "$(leftovers)" = "kept.h5 " ] || complain "left behind: $(leftovers)"

# A full disk.
mkdir full
full=("${larger[@]}" -o full/a.h5)
say='full/a.h5: .*No space left on device; nothing was written under this name: make room there, or write elsewhere (-o)'
if mount -t tmpfs -o size=300k none full 2>/dev/null; then
  refused 1 "full/a.h5: " "${full[@]}"
  grep -q "$say" err.txt || complain "a full disk: $(cat err.txt)"
  [ -z "$(leftovers full)" ] || complain "left behind on the full disk: $(leftovers full)"
elif unshare --user --map-root-user --mount true 2>/dev/null; then
  refused 1 "full/a.h5: " unshare --user --map-root-user --mount sh -c \
    'mount -t tmpfs -o size=300k none full && "$@"; code=$?; ls -A full >left.txt; exit $code' _ "${full[@]}"
  grep -q "$say" err.txt || complain "a full disk: $(cat err.txt)"
  [ ! -s left.txt ] || complain "left behind on the full disk: $(cat left.txt)"
else
  echo "outputs: no small disk can be mounted here; a full disk was not tried"
fi
if [ -e /dev/full ]; then
  ./multivector describe parameters >/dev/full 2>err.txt && complain "a full standard output was not noticed"
  grep -q 'cannot write to standard output' err.txt || complain "a full standard output: $(cat err.txt)"
fi

# Interrupted: nothing is left. Killed: the next run clears up, but never behind a process that lives.
slow=("${plain[@]}" -n 10000000 --threads 1)
partial() { find . -maxdepth 1 -name '.late.h5.*.partial' | wc -l; }
started() { for _ in $(seq 200); do [ "$(partial)" -ge "$1" ] && return; sleep 0.05; done; complain "a slow run did not start"; }
for signal in TERM INT HUP; do
  # A background job ignores SIGINT unless the default is given back.
  env --default-signal=INT "${slow[@]}" -o late.h5 >out.txt 2>err.txt &
  job=$!
  started 1
  kill -"$signal" "$job"
  wait "$job" && complain "a run that was interrupted by $signal ended with 0"
  grep -q 'interrupted; no result was written' err.txt || complain "interrupted by $signal: $(cat err.txt)"
  [ "$(partial)" = 0 ] || complain "left behind by $signal: $(ls -A)"
done
"${slow[@]}" -o late.h5 >out.txt 2>&1 &
killed=$!
started 1
kill -KILL "$killed"
wait "$killed" 2>/dev/null
[ "$(partial)" = 1 ] || complain "a killed run should leave its temporary file"
"${slow[@]}" -o late.h5 >out.txt 2>&1 &
alive=$!
for _ in $(seq 200); do [ -e ".late.h5.$alive.partial" ] && break; sleep 0.05; done
[ ! -e ".late.h5.$killed.partial" ] || complain "what a killed run left was not removed"
"${run[@]}" -o late.h5 >out.txt || complain "a second run to the same name failed"
[ -e ".late.h5.$alive.partial" ] || complain "the temporary file of a living run was removed"
kill -TERM "$alive"
wait "$alive"
[ "$(partial)" = 0 ] || complain "left behind: $(ls -A)"
[ -s late.h5 ] || complain "the second run's result is gone"

# Whoever watches the progress may leave.
./multivector run world/base.yaml -n 30 -o watched.h5 2> >(exec true) >out.txt || complain "a run ended with its watcher"
[ -s watched.h5 ] || complain "a run whose watcher left has no result"
exit $failed
