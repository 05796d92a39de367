/* The time stage alone, over records that are read already: CPU seconds of the fastest round, bytes of text, times found.
**
**   times FILE.jsonl ROUNDS      (documents as JSON Lines; tokens, tags and trees are made before the clock starts)
**
** The stage gets what the engine would hand it; its arena is reset after each document, as the engine does.
*/
#include "base/io.h"
#include "language/language.h"
#include "reading/reading.h"
#include "text/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static Arena arena = {.budget = (ptrdiff_t)1 << 30}, kept = {.budget = (ptrdiff_t)2 << 30};
static jmp_buf landing;

static double cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool read_line(Str line, const Language *l, Record *r, Err *e)
{
    Json *object;
    if (!json_read(&kept, line, &object, e) || !record_of_json(&kept, object, false, r, e)) return false;
    r->text_is_given = true;
    text_clean(&kept, r);
    text_language(r);
    text_sentences(&kept, r, (TextOptions){0});
    text_tokens(&kept, r);
    if (l) language_read(&kept, l, r);
    return true;
}

int main(int n, char **arg)
{
    Err e = {0};
    SLICE(Record) records = {0};
    IoFile f;
    if (n < 3) return 2;
    arena.landing = kept.landing = &landing;
    if (setjmp(landing)) return 1;
    Str shipped = model_shipped(S("en"));
    Model *m = shipped.n ? model_of(shipped, S("en"), &e) : NULL;
    Language *l = m ? language_open(m, &e) : NULL;
    if (!io_open(&f, arg[1], 64 << 20, &e)) { fprintf(stderr, "%s\n", e.text); return 1; }
    Str rest = arena_str(&kept, f.bytes), line;
    while (str_split(&rest, '\n', &line)) {
        Record r;
        record_blank(&r);
        if (line.n && read_line(line, l, &r, &e)) *push(&kept, &records) = r;
    }
    double best = 1e9;
    int64_t bytes = 0, found = 0;
    for (int k = 0; k < atoi(arg[2]); k++) {
        double start = cpu_now();
        bytes = found = 0;
        for (int32_t i = 0; i < records.n; i++) {
            Record r = records.v[i];
            arena_reset(&arena);
            reading_times(&arena, &r);
            bytes += r.text.n;
            found += r.times.n;
        }
        double used = cpu_now() - start;
        if (used < best) best = used;
    }
    printf("%.4f %lld %lld\n", best, (long long)bytes, (long long)found);
    io_close(&f);
    language_close(l);
    return 0;
}
