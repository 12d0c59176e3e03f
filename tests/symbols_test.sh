#!/usr/bin/env bash
# The check of symbols names each call that it is there for, and lets through what it should.
# usage: symbols_test.sh COMPILER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
complain() { echo "symbols_test: $*" >&2; failed=1; }

compile() { "$1" -std=c++20 -O0 -fno-builtin -c "$folder/try.cpp" -o "$folder/try.o"; }

# Each line: what the check must say, and an expression that brings it about.
cat >"$folder/offences" <<'LIST'
exp|std::exp(x)
exp2|std::exp2(x)
expm1|std::expm1(x)
log|std::log(x)
log2|std::log2(x)
log10|std::log10(x)
log1p|std::log1p(x)
pow|std::pow(x, 0.5)
sin|std::sin(x)
cos|std::cos(x)
tan|std::tan(x)
atan2|std::atan2(x, x)
sinh|std::sinh(x)
tanh|std::tanh(x)
cbrt|std::cbrt(x)
hypot|std::hypot(x, x)
erf|std::erf(x)
tgamma|std::tgamma(x)
lgamma|std::lgamma(x)
fma|std::fma(x, x, x)
expf|std::exp(static_cast<float>(x))
expl|std::exp(static_cast<long double>(x))
printf|std::printf("%f", x)
fopen|std::fopen("f", "r") != nullptr
fwrite|std::fwrite(&x, sizeof x, 1, nullptr)
open|open("f", 0)
write|write(1, &x, sizeof x)
std::cout|(std::cout << x).good()
std::basic_ofstream|std::ofstream("f").good()
vsnprintf|std::to_string(x).size()
strtod|std::strtod("1", nullptr)
getenv|std::getenv("x") != nullptr
setlocale|std::setlocale(LC_ALL, "C") != nullptr
std::locale|std::locale() == std::locale::classic()
rand|std::rand()
std::random_device|std::random_device{}()
time|std::time(nullptr)
clock|std::clock()
std::chrono|std::chrono::steady_clock::now().time_since_epoch().count()
std::thread|std::thread([] {}).joinable()
pthread_mutex_trylock|std::mutex().try_lock()
LIST
{
  printf '#include <%s>\n' chrono clocale cmath cstdio cstdlib ctime fstream iostream locale mutex random string thread \
    fcntl.h unistd.h
  echo 'double f(double x) { double y = 0;'
  sed 's/^[^|]*|\(.*\)$/y += static_cast<double>(\1);/' "$folder/offences"
  echo 'return y; }'
} >"$folder/try.cpp"
compile "$1"
if "$here/symbols.sh" nm "$folder/try.o" 2>"$folder/said"; then complain "a file of offences was let through"; fi
while IFS='|' read -r name call; do
  grep -qE "^    ((non-virtual thunk to|vtable for) )?${name}(_v2)?(\(|:|@|$|<)" "$folder/said" || complain "'$call' was not named"
done <"$folder/offences"

cat >"$folder/try.cpp" <<'EOT'
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>
double f(double x, const std::string& text) {
    if (x < 0) throw std::invalid_argument(text + ": below zero");
    std::vector<double> list(3, std::sqrt(x) + std::fabs(x) + std::floor(x) + std::ceil(x) + std::trunc(x) + std::rint(x));
    double y;
    std::memcpy(&y, list.data(), sizeof y);
    return y + static_cast<double>(std::strlen(text.c_str()));
}
EOT
compile "$1"
"$here/symbols.sh" nm "$folder/try.o" || complain "a sound file was refused"
exit $failed
