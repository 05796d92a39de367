#!/bin/bash
# test/lib/run.sh BUILD: the library as a stranger meets it. What it exports; its header alone, in C and in C++; the
# header's own example, compiled against each library and run; the installed files found by pkg-config.
build=${1:-build} passed=0 failed=0
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
CC=${CC:-cc}
LIBS=$(sed -n 's/^Libs.private: //p' "$build/demarche.pc")   # what a static program needs, as users are told it

claim() {                                                # claim WORDS STATUS
    if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not so: $1"; fi
}

# ---- only dm_* leaves the house, and all that the header names is there -----------------------------------------
grep -E '^DM_API' include/demarche.h | grep -oE 'dm_[a-z_]+\(' | tr -d '(' | sort -u > "$work/declared"
nm -D --defined-only "$build/libdemarche.so" | awk '{print $3}' | sort -u > "$work/so"
nm -g --defined-only "$build/libdemarche.a" 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u > "$work/a"
claim "the header declares functions" "$([ "$(wc -l < "$work/declared")" -ge 20 ]; echo $?)"
for lib in so a; do
    diff "$work/declared" "$work/$lib"; claim "libdemarche.$lib exports what the header declares and nothing else" $?
done

# ---- the header stands alone ------------------------------------------------------------------------------------
echo '#include <demarche.h>
int main(void) { return dm_version() == 0; }' > "$work/alone.c"
$CC -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -c -o "$work/alone.o" "$work/alone.c"
claim "the header is plain C11" $?
if command -v g++ > /dev/null; then
    g++ -std=c++17 -Wall -Wextra -Werror -Iinclude -x c++ -c -o "$work/alone.oo" "$work/alone.c"
    claim "the header is plain C++" $?
fi
claim "the header is at most 150 lines" "$([ "$(wc -l < include/demarche.h)" -le 150 ]; echo $?)"

# ---- its example is true ----------------------------------------------------------------------------------------
sed -n '/^\*\* Example:/,/^\*\* Prints:/p' include/demarche.h | sed -n 's/^\*\*     //p' > "$work/example.c"
sed -n '/^\*\* Prints:/,/^\*\//p' include/demarche.h | sed -n 's/^\*\*     //p' > "$work/expected"
claim "the header has an example, and what it prints" "$([ -s "$work/example.c" ] && [ -s "$work/expected" ]; echo $?)"
$CC -std=c11 -Wall -Wextra -Werror -Iinclude -o "$work/with_a" "$work/example.c" "$build/libdemarche.a" $LIBS
claim "the example compiles with libdemarche.a" $?
"$work/with_a" | diff "$work/expected" -; claim "the example prints what it says (libdemarche.a)" $?
cp "$build/libdemarche.so" "$work/libdemarche.so.0"
$CC -std=c11 -Iinclude -o "$work/with_so" "$work/example.c" "$work/libdemarche.so.0"
claim "the example compiles with libdemarche.so" $?
LD_LIBRARY_PATH=$work "$work/with_so" | diff "$work/expected" -
claim "the example prints what it says (libdemarche.so)" $?

# ---- pkg-config finds it ----------------------------------------------------------------------------------------
if command -v pkg-config > /dev/null; then
    mkdir -p "$work/root/include" "$work/root/lib/pkgconfig"
    cp include/demarche.h "$work/root/include"
    cp "$build/libdemarche.so" "$work/root/lib/libdemarche.so.0"
    ln -s libdemarche.so.0 "$work/root/lib/libdemarche.so"
    sed "s|^prefix=.*|prefix=$work/root|" "$build/demarche.pc" > "$work/root/lib/pkgconfig/demarche.pc"
    flags=$(PKG_CONFIG_PATH=$work/root/lib/pkgconfig pkg-config --cflags --libs demarche)
    $CC -std=c11 -o "$work/with_pc" "$work/example.c" $flags &&
        LD_LIBRARY_PATH=$work/root/lib "$work/with_pc" | diff "$work/expected" -
    claim "pkg-config is enough to build and run the example" $?
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
