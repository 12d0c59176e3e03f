#!/usr/bin/env bash
# Installs what is missing on Debian or Ubuntu: sim/install.sh [GROUP...], "build" when no group is named. Downloads
# nothing when everything is there.
set -euo pipefail

declare -A packages=(
    [build]="g++ cmake ninja-build git ca-certificates libeigen3-dev libboost-program-options-dev libyaml-cpp-dev
        libhdf5-dev libssl-dev doctest-dev"
    [analysis]="python3-h5py python3-numpy python3-matplotlib python3-yaml"
    [readers]="python3-xarray python3-h5netcdf python3-jsonschema python3-yaml"
    [all-readers]="python3-h5py python3-xarray python3-h5netcdf python3-netcdf4 python3-pandas netcdf-bin hdf5-tools
        r-base-core r-cran-hdf5r r-cran-ncdf4"
    [benchmark]="libbenchmark-dev"
    [coverage]="gcovr"
    [cluster]="slurm-wlm munge"
    [lint]="clang clang-format libclang-rt-dev"
    [page]="emscripten bsdextrautils"
    [processors]="g++-aarch64-linux-gnu qemu-user-static"
)

is_installed() {
    [[ $(dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null) == "install ok installed" ]]
}

wanted=()
for group in "${@:-build}"; do
    if [[ -z ${packages[$group]:-} ]]; then
        echo "install.sh: no group '$group'; there are ${!packages[*]}" >&2
        exit 2
    fi
    read -rd '' -a names <<<"${packages[$group]}" || true
    wanted+=("${names[@]}")
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    cat >&2 <<EOF
install.sh: this system has no apt-get. Install what these Debian packages hold, then run sim/build.sh:
    ${wanted[*]}
EOF
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
        echo "install.sh: not root, and there is no sudo. Have an administrator install: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=580 "$@" >>"$log" 2>&1 || {
        cat "$log" >&2
        echo "install.sh: apt-get $1 failed, see above" >&2
        exit 1
    }
}

echo "Installing ${missing[*]}"
apt update
apt install -y --no-install-recommends "${missing[@]}"
