#!/usr/bin/env bash
# What the core may call: memory, the language's own support, and the mathematical functions that IEEE 754 rounds exactly.
# Whatever else an object file asks for is named: I/O, clocks, locales, the environment, threads, and exp, log, pow and their
# like, whose bits differ by processor.
# usage: symbols.sh NM FILE...   NM reads the symbols of these object files or libraries, which are taken together
set -euo pipefail
nm=$1
shift

exact='sqrt|fabs|floor|ceil|trunc|round|rint|nearbyint|fmod|remainder|copysign|ldexp|frexp|scalbn|scalbln|modf'
memory='mem(cpy|move|set|cmp)|bcmp|strlen|operator (new|delete)(\[\])?\(.*\)'
language='_GLOBAL_OFFSET_TABLE_|_Unwind_Resume|__gxx_personality_v0|__assert_fail|std::terminate\(\)'
language+='|__cxa_(allocate_exception|begin_catch|end_catch|free_exception|rethrow|throw)'
errors='std::__throw_[a-z_]+\(.*\)|(typeinfo for |vtable for )?std::(invalid_argument|logic_error|length_error|out_of_range)(::.*)?'
text='std::allocator<char>::~?allocator\(.*\)|std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::.*'

# A listing of a library has a line per file; names of one word or two columns are symbols.
defined=$("$nm" --defined-only "$@" | awk 'NF >= 3 { print $3 }' | sort -u)
asked=$("$nm" --undefined-only "$@" | awk 'NF == 2 { print $2 }' | sort -u)
[ -n "$defined" ] || { echo "symbols: $* define nothing" >&2; exit 1; }
forbidden=$(comm -23 <(echo "$asked") <(echo "$defined") | c++filt | { grep -vxE "$exact|$memory|$language|$errors|$text" || true; })
[ -z "$forbidden" ] || { echo "symbols: the core calls what it must not:"; sed 's/^/    /' <<<"$forbidden"; exit 1; } >&2
