#!/usr/bin/env bash
# The same bits everywhere: builds the core with two compilers at two optimisation levels for two generations of x86-64,
# for WebAssembly and for 64-bit ARM, runs every golden world in each, and compares all with the record. Where one departs,
# the first tick and observable are named and their values shown beside those of the first variant.
# usage: bits.sh [VARIANT...]; all when none is named. GOLDEN names the program of that name, else it is built.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=build/bits
mkdir -p "$folder"

variants=()
for compiler in g++ clang++; do
  for level in O0 O3; do
    for processor in x86-64 x86-64-v3; do variants+=("$compiler-$level-$processor"); done
  done
done
variants+=(em++-O0-node em++-O3-node aarch64-linux-gnu-g++-O3-qemu)
[ $# -eq 0 ] || variants=("$@")

# Compiles the core and `bits` as VARIANT says. Without optimisation assertions are on, and no call to a mathematical
# function is folded away, so that the check of symbols sees what was written.
build() {
  local name=$1 compiler=${1%-O[0-9]-*} flags=() rest=${1##*-O} prefix=()
  local level=${rest%%-*} target=${rest#*-}
  flags+=("-O$level")
  case $level in 0) flags+=(-fno-builtin) ;; *) flags+=(-DNDEBUG) ;; esac
  case $target in x86-64*) flags+=("-march=$target") ;; esac
  local options=(-DCMAKE_BUILD_TYPE=None "-DCMAKE_CXX_FLAGS=${flags[*]}" -DMULTIVECTOR_CORE_ONLY=ON)
  case $target in
    node) prefix=(emcmake) options+=(-DEigen3_DIR=/usr/share/eigen3/cmake) ;;
    qemu) options+=(-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCMAKE_C_COMPILER="${compiler%g++}gcc"
      -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_EXE_LINKER_FLAGS=-static) ;;
    *) options+=(-DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_C_COMPILER="${compiler/++/$([[ $compiler == g* ]] && echo cc || true)}") ;;
  esac
  {
    "${prefix[@]}" cmake -S . -B "$folder/$name" -G Ninja "${options[@]}" &&
      cmake --build "$folder/$name" --parallel "${JOBS:-2}" --target bits
  } >"$folder/$name.log" 2>&1 || { tail -40 "$folder/$name.log" >&2; return 1; }
}
