#!/usr/bin/env bash
# The same bits everywhere: builds the core with two compilers at two optimisation levels for two generations of x86-64, for
# WebAssembly and for 64-bit ARM, checks what each object file calls, runs every golden world in each, and compares all with
# the record. Where one departs, its first tick and observable are named, and their values shown beside those of the first
# variant.
# usage: bits.sh [VARIANT...]   as in g++-O3-x86-64-v3; all of them when none is named
# JOBS=4 builds with four jobs instead of two.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=build-bits
golden=build/tests/golden
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}  # where Emscripten's own tools look when node is not Debian's

variants=({g++,clang++}-{O0,O3}-{x86-64,x86-64-v3} em++-{O1,O3}-wasm aarch64-linux-gnu-g++-O3-armv8-a)
[ $# -eq 0 ] || variants=("$@")

# What VARIANT means, into the variables compiler, level, target, options, nm and launcher. Without optimisation assertions are
# on and no call to a mathematical function is folded away, so that the check of symbols sees what was written.
read_variant() {
  [[ $1 =~ ^(.*)-(O[0-3])-(.*)$ ]] || { echo "bits.sh: '$1' is no variant; there are ${variants[*]}" >&2; exit 2; }
  compiler=${BASH_REMATCH[1]} level=${BASH_REMATCH[2]} target=${BASH_REMATCH[3]}
  local flags="-$level"
  [ "$level" = O0 ] && flags+=" -fno-builtin" || flags+=" -DNDEBUG"
  [ "$target" = wasm ] || flags+=" -march=$target"
  options=(-G Ninja -DMULTIVECTOR_CORE_ONLY=ON -DCMAKE_BUILD_TYPE=None "-DCMAKE_CXX_FLAGS=$flags")
  nm=nm launcher=()
  case $target in
    wasm)
      options+=(-DCMAKE_TOOLCHAIN_FILE=/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake
        -DEigen3_DIR=/usr/share/eigen3/cmake)
      launcher=(node) ;;
    arm*)
      options+=(-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 "-DCMAKE_CXX_COMPILER=$compiler"
        "-DCMAKE_C_COMPILER=${compiler%g++}gcc" -DCMAKE_EXE_LINKER_FLAGS=-static)
      nm=${compiler%g++}nm launcher=(qemu-aarch64-static) ;;
    *) options+=("-DCMAKE_CXX_COMPILER=$compiler") ;;
  esac
}

runs_here() { [ "$target" != x86-64-v3 ] || grep -qw avx2 /proc/cpuinfo; }

build() {
  local log=$folder/$1.log
  { cmake -S . -B "$folder/$1" "${options[@]}" && cmake --build "$folder/$1" --parallel "${JOBS:-2}" --target bits; } \
    >"$log" 2>&1 || { tail -40 "$log" | cut -c1-400 >&2; echo "bits.sh: $1 does not build; see $log" >&2; return 1; }
  [ "$target" = wasm ] || tests/symbols.sh "$nm" "$folder/$1/libbase.a" "$folder/$1/libmodels.a"
}

bits() {  # bits VARIANT [WORLD TICK NAME]
  read_variant "$1"
  local program=$folder/$1/bits
  [ "$target" != wasm ] || program+=.js
  "${launcher[@]}" "$program" "${@:2}" <"$folder/worlds"
}

# The values at which VARIANT departs, left those of the first variant.
show_difference() {
  local world tick name
  read -r world tick name < <(sed -n 's/^differs //p' "$folder/$1.hashes")
  [ -n "$name" ] && [ "$1" != "${variants[0]}" ] || return 0
  echo "$name in tick $tick of $world, by replication: ${variants[0]} | $1" >&2
  diff --side-by-side --suppress-common-lines <(bits "${variants[0]}" "$world" "$tick" "$name") \
    <(bits "$1" "$world" "$tick" "$name") >&2 || true
}

mkdir -p "$folder"
sim/build.sh golden
"$golden" flat >"$folder/worlds"
: >"$folder/table"
for variant in "${variants[@]}"; do
  read_variant "$variant"
  runs_here || { echo "$variant: this processor cannot run it" >&2; continue; }
  build "$variant"
  bits "$variant" >"$folder/$variant.hashes" || { show_difference "$variant"; exit 1; }
  echo "$variant: as on record" >&2
  [ -s "$folder/table" ] || echo "variant $(awk '{ print $1 }' "$folder/$variant.hashes" | xargs)" >"$folder/table"
  echo "$variant $(awk '{ print substr($2, 1, 12) }' "$folder/$variant.hashes" | xargs)" >>"$folder/table"
done
column -t "$folder/table"
