/* Reads every file of a folder as a page, N times, on one core: pages, seconds, peak memory in MB.
**
**   readability FOLDER ROUNDS      (the files as they are; unpack them first)
**
** What demarche does of a page between its bytes and the engine's reading: charset, tree, blocks, forest, metadata.
*/
#include "base/io.h"
#include "input/page.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static Arena arena = {.budget = (ptrdiff_t)1 << 30}, kept = {.budget = (ptrdiff_t)1 << 30};
static jmp_buf landing;

int main(int n, char **arg)
{
    Err e = {0};
    Strs names = {0}, pages = {0};
    if (n < 3) return 2;
    arena.landing = kept.landing = &landing;
    if (setjmp(landing)) return 1;
    if (!io_list(&kept, arg[1], &names, &e)) { fprintf(stderr, "%s\n", e.text); return 1; }
    for (int32_t i = 0; i < names.n; i++) {
        IoFile f;
        if (!io_open(&f, arena_cstr(&kept, arena_printf(&kept, "%s/%.*s", arg[1], STR(names.v[i]))), 64 << 20, &e)) continue;
        *push(&kept, &pages) = arena_str(&kept, f.bytes);
        io_close(&f);
    }
    struct timespec a, b;
    int64_t letters = 0;
    int rounds = atoi(arg[2]);
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int k = 0; k < rounds; k++)
        for (int32_t i = 0; i < pages.n; i++) {
            Record r;
            arena_reset(&arena);
            record_blank(&r);
            if (page_record(&arena, pages.v[i], (Str){0}, (Str){0}, &r, &e)) letters += r.text.n;
        }
    clock_gettime(CLOCK_MONOTONIC, &b);
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    double seconds = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf("%d %.3f %ld %lld\n", (int)pages.n * rounds, seconds, use.ru_maxrss / 1024, (long long)letters);
    return 0;
}
