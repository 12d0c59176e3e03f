#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/../sim/install.sh" build analysis readers
"$here/../sim/build.sh"
ctest --test-dir "$here/../build" --output-on-failure --parallel 2
