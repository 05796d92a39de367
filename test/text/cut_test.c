/* Sentences and words of text cases (sentences.t, tokens.t), and what always holds of them. */
#include "base/io.h"
#include "text/text.h"
#include "test.h"
#include <string.h>
#include <time.h>

static Str file(const char *path)
{
    Err e = {0};
    IoFile f;
    if (!io_open(&f, path, 1 << 20, &e)) { printf("%s\n", e.text); return (Str){0}; }
    Str bytes = arena_str(&test_arena, f.bytes);
    io_close(&f);
    return bytes;
}

static Record read_text(Str text)
{
    Record r;
    record_blank(&r);
    r.text = text;
    r.text_is_given = true;
    *push(&test_arena, &r.paragraphs) = (Span){0, (int32_t)text.n};
    text_sentences(&test_arena, &r, (TextOptions){true});
    text_tokens(&test_arena, &r);
    return r;
}

static Str sentences_of(const Record *r)
{
    Buf b = {.to = &test_arena};
    for (int32_t i = 0; i < r->sentences.n; i++)
        buf_printf(&b, "%s%.*s", i ? " | " : "", STR(span_str(r->text, r->sentences.v[i])));
    return buf_str(&b);
}

static Str words_of(const Record *r)
{
    Buf b = {.to = &test_arena};
    for (int32_t i = 0; i < r->tokens.n; i++) {
        const Token *t = &r->tokens.v[i];
        bool goes_on = i > 0 && span_is(t->mwt) && t->mwt.begin == t[-1].mwt.begin;
        buf_printf(&b, "%s%.*s", i == 0 ? "" : goes_on ? "+" : " ", STR(t->form));
    }
    return buf_str(&b);
}

static void run_cases(const char *path, Str (*read)(const Record *))
{
    Str rest = file(path), line;
    int32_t n = 0;
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t at = str_find(line, S(" => "));
        if (line.n == 0 || line.p[0] == '#' || at < 0) continue;
        Record r = read_text(str_sub(line, 0, at));
        check_str(read(&r), str_sub(line, at + 4, line.n));
        n++;
    }
    check(n > 10);
}

/* A sentence beyond the cap is cut after a comma, and every word still has its sentence. */
static void test_cap(void)
{
    Buf b = {.to = &test_arena};
    for (int i = 0; i < 3000; i++) buf_printf(&b, "word%d%s ", i, i % 40 == 39 ? "," : "");
    Record r = read_text(buf_str(&b));
    check(r.sentences.n >= 6 && r.sentences.n <= 13);
    int32_t most = 0, from = 0;
    for (int32_t s = 0; s < r.sentences.n; s++) {
        int32_t n = 0;
        while (from < r.tokens.n && r.tokens.v[from].sent == s) { n++; from++; }
        if (n > most) most = n;
        Str sentence = span_str(r.text, r.sentences.v[s]);
        check(s + 1 == r.sentences.n || sentence.p[sentence.n - 1] == ',');
    }
    check(from == r.tokens.n && most <= 512);
}

/* The worst texts that we could think of, at 64 KiB and at four times that: time must grow with the text. Four times
   would be linear; ten leaves room for a shared machine. */
static double cut_time(const char *unit, int32_t bytes)
{
    arena_reset(&test_arena);
    test_arena.budget = (ptrdiff_t)1 << 30;
    Buf b = {.to = &test_arena};
    int32_t n = (int32_t)strlen(unit);
    for (int32_t i = 0; i < bytes; i += n) buf_add(&b, (Str){unit, n});
    double least = 1e9;
    for (int turn = 0; turn < 2; turn++) {
        clock_t from = clock();
        Record r = read_text(buf_str(&b));
        double took = (double)(clock() - from) / CLOCKS_PER_SEC;
        int32_t covered = 0, blanks = 0;
        for (int32_t i = 0; i < r.tokens.n; i++) covered += r.tokens.v[i].span.end - r.tokens.v[i].span.begin;
        for (ptrdiff_t i = 0; i < b.n; i++) blanks += (unsigned char)b.p[i] <= ' ';
        check(covered + blanks == (int32_t)b.n);
        if (took < least) least = took;
    }
    return least;
}

static void test_hostile(void)
{
    static const char *const units[] = {
        ".", ". ", "a", "ab.Cd", "abc.def", "a! B", "a@b.C", "\U0001F600", "\U0001F469\u200D\U0001F467",
        "هل انتهى؟ ", "了。", "\"a ", "a. [1]", " [1]", "1. ", "A: ", "x.)))", "Dr. ", "A?\" Bc De Fg ",
        "\x01\x02", "'", "pre-", "a/", "Word ", "<A> ", "+1.5"};
    for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
        double small = cut_time(units[k], 64 << 10), large = cut_time(units[k], 256 << 10);
        if (large > 0.05 && large > 10 * small) printf("  «%s»: %.3f s, then %.3f s\n", units[k], small, large);
        check(large <= 0.05 || large <= 10 * small);
    }
}

int main(void)
{
    TEST_BEGIN;
    run_cases("test/text/sentences.t", sentences_of);
    run_cases("test/text/tokens.t", words_of);
    test_cap();
    test_hostile();
    return test_end();
}
