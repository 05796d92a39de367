/* Runs a fuzz target over files, for machines without libFuzzer: each seed once, and each seed cut short at eight places.
**
**   driver FILE|FOLDER…     prints "N passed, 0 failed"; a crash ends it otherwise
*/
#include "base/io.h"
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static Arena arena;
static jmp_buf landing;
static int n_run;

static void run_cut(Str bytes, ptrdiff_t n)
{
    arena_reset(&arena);
    Str copy = arena_str(&arena, str_sub(bytes, 0, n));  /* a block of its own, so that ASan sees a read beyond */
    LLVMFuzzerTestOneInput((const uint8_t *)copy.p, (size_t)copy.n);
    n_run++;
}

static void run_file(const char *path)
{
    Err e = {0};
    IoFile f;
    if (!io_open(&f, path, 64 << 20, &e)) { printf("%s\n", e.text); return; }
    for (int part = 1; part <= 8; part++) run_cut(f.bytes, f.bytes.n * part / 8);
    io_close(&f);
}

int main(int n, char **path)
{
    arena.landing = &landing;
    if (setjmp(landing)) { printf("a seed is too large for the driver\n0 passed, 1 failed\n"); return 1; }
    static Arena names;
    names.landing = &landing;
    for (int i = 1; i < n; i++) {
        if (io_kind(path[i]) != IO_FOLDER) { run_file(path[i]); continue; }
        Strs entries = {0};
        Err e = {0};
        if (!io_list(&names, path[i], &entries, &e)) { printf("%s\n", e.text); continue; }
        for (int32_t k = 0; k < entries.n; k++)
            run_file(arena_cstr(&names, arena_printf(&names, "%s/%.*s", path[i], STR(entries.v[k]))));
    }
    arena_close(&arena);
    arena_close(&names);
    printf("%d passed, %d failed\n", n_run, n_run == 0);
    return n_run == 0;
}
