/* Thirty pasted articles with bodies cut by hand: how much of each body is found, and what the bare lines state.
**
** test/text/gold/NN.txt is the paste, NN.body.txt its body, NN.meta what the text itself states (one "name: value" a
** line). Countries, papers and people are invented. The measure is the word 4-gram F1 of the public benchmark of
** article extraction: all windows of four words, counted; precision and recall are means over the articles.
*/
#include "base/io.h"
#include "text/text.h"
#include "test.h"

enum { CELLS = 1 << 14 };
typedef struct { uint64_t hash; int32_t gold, got; } Gram;
static Gram grams[CELLS];

static Gram *gram_of(uint64_t hash)
{
    hash |= 1;
    uint64_t i = hash >> 7;
    while (grams[i % CELLS].hash && grams[i % CELLS].hash != hash) i++;
    grams[i % CELLS].hash = hash;
    return &grams[i % CELLS];
}

static bool next_word(Str s, ptrdiff_t *i, uint64_t *hash)
{
    ptrdiff_t from = -1, at = *i;
    while (at < s.n) {
        ptrdiff_t here = at;
        int32_t cp = utf8_next(s, &at);
        bool inside = utf8_is_letter(cp) || utf8_is_digit(cp) || cp == '_';
        if (inside && from < 0) from = here;
        if (!inside && from >= 0) { at = here; break; }
    }
    *i = at;
    *hash = from < 0 ? 0 : hash64(str_sub(s, from, at));
    return from >= 0;
}

static void count(Str s, bool is_gold)
{
    uint64_t last[4] = {0}, hash;
    int32_t n = 0;
    for (ptrdiff_t i = 0; next_word(s, &i, &hash);) {
        last[n++ % 4] = hash;
        if (n < 4) continue;
        uint64_t h = 0;
        for (int32_t k = n - 4; k < n; k++) h = (h ^ last[k % 4]) * 0x9E3779B97F4A7C15u, h ^= h >> 31;
        *(is_gold ? &gram_of(h)->gold : &gram_of(h)->got) += 1;
    }
}

static void compare(Str gold, Str got, double *precision, double *recall)
{
    int64_t hit = 0, n_gold = 0, n_got = 0;
    memset(grams, 0, sizeof grams);
    count(gold, true);
    count(got, false);
    for (int i = 0; i < CELLS; i++) {
        hit += grams[i].gold < grams[i].got ? grams[i].gold : grams[i].got;
        n_gold += grams[i].gold;
        n_got += grams[i].got;
    }
    *precision = n_got ? (double)hit / (double)n_got : 0;
    *recall = n_gold ? (double)hit / (double)n_gold : 0;
}

static Str file(const char *path)
{
    Err e = {0};
    IoFile f;
    if (!io_open(&f, path, 1 << 20, &e)) { printf("%s\n", e.text); return (Str){0}; }
    Str bytes = arena_str(&test_arena, f.bytes);
    io_close(&f);
    return bytes;
}

static int32_t n_stated, n_right;

static void compare_stated(Str id, Str meta, const Record *r)
{
    for (Str line; str_split(&meta, '\n', &line);) {
        ptrdiff_t at = str_find(line, S(": "));
        if (at < 0) continue;
        Str name = str_sub(line, 0, at), want = str_sub(line, at + 2, line.n);
        Str got = str_eq(name, S("title"))     ? r->title :
                  str_eq(name, S("author"))    ? r->author :
                  str_eq(name, S("published")) ? r->published :
                  str_eq(name, S("uri"))       ? r->uri :
                  str_eq(name, S("publisher")) ? r->publisher :
                                                 (Str){0};
        n_stated++;
        bool right = str_eq(utf8_fold(&test_arena, want), utf8_fold(&test_arena, got));
        n_right += right;
        if (!right) printf("%.*s: %.*s is «%.*s», read as «%.*s»\n", STR(id), STR(name), STR(want), STR(got));
    }
}

int main(void)
{
    TEST_BEGIN;
    Err e = {0};
    Strs names = {0};
    double sum_precision = 0, sum_recall = 0;
    int32_t n = 0;
    check(io_list(&test_arena, "test/text/gold", &names, &e));
    for (int32_t i = 0; i < names.n; i++) {
        if (names.v[i].n != 6 || !str_ends(names.v[i], S(".txt"))) continue;
        Str id = str_sub(names.v[i], 0, 2);
        Record r;
        record_blank(&r);
        r.text = file(arena_printf(&test_arena, "test/text/gold/%.*s.txt", STR(id)).p);
        text_clean(&test_arena, &r);
        double precision, recall;
        compare(file(arena_printf(&test_arena, "test/text/gold/%.*s.body.txt", STR(id)).p), text_body(&test_arena, &r),
                &precision, &recall);
        if (precision < 0.9 || recall < 0.95) printf("%.*s: precision %.3f, recall %.3f\n", STR(id), precision, recall);
        check(precision >= 0.8 && recall >= 0.9);
        compare_stated(id, file(arena_printf(&test_arena, "test/text/gold/%.*s.meta", STR(id)).p), &r);
        sum_precision += precision;
        sum_recall += recall;
        n++;
    }
    double f1 = 2 * sum_precision * sum_recall / (sum_precision + sum_recall) / n;
    printf("%d articles: body F1 %.4f; %d of %d stated things read right\n", n, f1, n_right, n_stated);
    check(n >= 15);
    check(f1 >= 0.98);
    check(n_right * 10 >= n_stated * 9);
    return test_end();
}
