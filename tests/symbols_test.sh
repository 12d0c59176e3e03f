#!/usr/bin/env bash
# The check of symbols catches what it is there for, and lets through what it should.
# usage: symbols_test.sh COMPILER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# verdict SOURCE: whether a file of this text is let through.
verdict() {
  printf '%s\n' "$1" >"$folder/try.cpp"
  "$compiler" -std=c++20 -O0 -fno-builtin -c "$folder/try.cpp" -o "$folder/try.o"
  "$here/symbols.sh" nm "$folder/try.o" 2>"$folder/said" && echo passed || echo refused
}
expect() {  # expect VERDICT HEADER EXPRESSION
  local found
  found=$(verdict "#include <$2>
double f(double x) { $3 }")
  [ "$found" = "$1" ] || { echo "symbols_test: '$3' was $found" >&2; failed=1; }
}

compiler=$1
for call in exp exp2 expm1 log log2 log10 log1p sin cos tan tanh cbrt erf tgamma lgamma; do
  expect refused cmath "return std::$call(x);"
  grep -q "$call" "$folder/said" || { echo "symbols_test: $call was not named" >&2; failed=1; }
done
expect refused cmath 'return std::pow(x, 0.5);'
expect refused cmath 'return std::fma(x, x, x);'
expect refused cmath 'return std::hypot(x, x);'
expect refused cstdio 'return std::printf("%f", x);'
expect refused cstdio 'return std::fopen("f", "r") != nullptr;'
expect refused iostream 'std::cout << x; return x;'
expect refused fstream 'std::ofstream out("f"); return out.good();'
expect refused string 'return static_cast<double>(std::to_string(x).size());'
expect refused cstdlib 'return std::getenv("x") != nullptr;'
expect refused cstdlib 'return std::rand() + x;'
expect refused ctime 'return static_cast<double>(std::time(nullptr));'
expect refused chrono 'return static_cast<double>(std::chrono::steady_clock::now().time_since_epoch().count());'
expect refused random 'return static_cast<double>(std::random_device{}());'
expect refused locale 'return std::locale() == std::locale::classic();'
expect refused thread 'std::thread([] {}).join(); return x;'
expect refused cstdlib 'return std::strtod("1", nullptr);'
for call in sqrt fabs floor ceil trunc rint; do expect passed cmath "return std::$call(x);"; done
expect passed stdexcept 'throw std::invalid_argument("no"); return x;'
expect passed vector 'return std::vector<double>(3, x).back();'
expect passed cstring 'double y; std::memcpy(&y, &x, sizeof y); return y;'
exit $failed
