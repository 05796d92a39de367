/* Cleaning, case by case: what is changed, what is marked, what is stated, and what never happens; and the
** worst of strangers. */
#include "base/io.h"
#include "text/text.h"
#include "test.h"

#define BODY_A \
    "The ferry line between the two harbours will open again on Monday after nine weeks, the harbour office of the " \
    "eastern shore said in a note that was pinned to the door and that nobody had signed, dated or stamped."
#define BODY_B \
    "Nobody in the capital would say who had ordered the repairs, and the two engineers who were seen on the pier on " \
    "Sunday night, one of them with a lamp, have since been sent on leave until the end of the month."

static Record clean(const char *text, bool given)
{
    Record r;
    record_blank(&r);
    r.text = r.original = str_of(text);
    if (given) r.original = (Str){0};
    r.text_is_given = given;
    text_clean(&test_arena, &r);
    Err e = {0};
    r.id = S("x");
    r.sha256 = S("0123456789012345678901234567890123456789012345678901234567890123");
    if (!check(record_valid(&r, &e))) printf("%s\n", e.text);
    return r;
}

static Str reason_of(const Record *r, const char *words)
{
    ptrdiff_t at = str_find(r->text, str_of(words));
    for (int32_t i = 0; i < r->boilerplate.n; i++)
        if (at >= r->boilerplate.v[i].span.begin && at < r->boilerplate.v[i].span.end)
            return boilerplate_name(r->boilerplate.v[i].reason);
    return at < 0 ? S("(not there)") : S("");
}

static void test_mending(void)
{
    static const struct { const char *in, *out; } cases[] = {
        {"He [posted](#) it.", "He posted it."},
        {"He [posted](https://a.example/x_(y)) it.", "He posted it."},
        {"A [link](https://a.example \"with a title\") here.", "A link here."},
        {"The [envoy](Hallis) spoke [sic] (again).", "The [envoy](Hallis) spoke [sic] (again)."},
        {"An array[1](x) stays.", "An array[1](x) stays."},
        {"See <https://a.example/b>.", "See https://a.example/b."},
        {"If a <b> and c> d.", "If a <b> and c> d."},
        {"He was **very** sure, _quite_ sure.", "He was very sure, quite sure."},
        {"5*4*3 and snake_case_name and * alone", "5*4*3 and snake_case_name and * alone"},
        {"A\\_b \\* c \\n", "A_b * c \\n"},
        {"\xEF\xBB\xBFWindows\r\nlines\rhere", "Windows\nlines\nhere"},
        {"soft\xC2\xADhyphen and zero\xE2\x80\x8Bwidth", "softhyphen and zerowidth"},
        {"bell\x07 and tab\tstay apart", "bell  and tab\tstay apart"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_str(clean(cases[i].in, false).text, str_of(cases[i].out));
    check_str(clean("He [posted](#) it.", true).text, S("He [posted](#) it."));
    check_str(clean("Nothing to mend here.", false).original, S(""));
    check_str(clean("He [posted](#) it.", false).original, S("He [posted](#) it."));
}

static void test_joining(void)
{
    Record r = clean(
        BODY_A "\n\nWords that might end up being read aloud\n\ndirectly to the minister, who would smile.\n\n" BODY_B,
        false);
    check(str_find(r.text, S("read aloud directly to the minister")) > 0);
    check(r.paragraphs.n == 3);
    r = clean(BODY_A
              "\n\nWords that might end up being read aloud\n\ndirectly to the minister, who would smile.\n\n" BODY_B,
              true);
    check(r.paragraphs.n == 3 && str_find(r.text, S("aloud\n\ndirectly")) > 0);
    r = clean(BODY_A "\n\nWhat comes next\n\nthe ministers do not know, and they say so.\n\n" BODY_B, false);
    check(r.paragraphs.n == 4);                          /* three words without a stop are a heading */
    r = clean(
        "It was said in the\nmorning that the boats\nwould leave the harbour\nbefore the fog came in\n"
        "from the northern shore.\n",
        false);
    check(r.paragraphs.n == 5 || r.paragraphs.n == 1);
    r = clean("The Party demands:\n\n- bread for all who work on the boats\n\n- peace on the lake\n\n" BODY_A, false);
    check(r.paragraphs.n == 4);
}

static void test_marks(void)
{
    Record r = clean(
        "Boats return to Halden\n\nBy [Ana Ruiz](#)\n\nOctober 27, 2031\n\n" BODY_A
        "\n\nRelated article: [A boat](#)\n\n" BODY_B
        "\n\nThis article was first published by The Lake Forum.\n\nOriginal url:\n\n"
        "<https://www.pier.example/2031/10/27/boats-return>",
        false);
    check_str(reason_of(&r, "Boats return"), S("title"));
    check_str(reason_of(&r, "Ana Ruiz"), S("byline"));
    check_str(reason_of(&r, "October 27"), S("date"));
    check_str(reason_of(&r, "Related article"), S("teaser"));
    check_str(reason_of(&r, "first published"), S("origin"));
    check_str(reason_of(&r, "https://www"), S("address"));
    check_str(r.title, S("Boats return to Halden"));
    check_str(r.author, S("Ana Ruiz"));
    check_str(r.published, S("2031-10-27"));
    check(r.published_how == PUBLISHED_STATED);
    check_str(r.uri, S("https://www.pier.example/2031/10/27/boats-return"));
    check_str(r.publisher, S("pier.example"));
    check(r.origin.n == 1 && r.origin.v[0].how == ORIGIN_FIRST);
    check_str(r.origin.v[0].name, S("The Lake Forum"));
    check_str(text_body(&test_arena, &r), S(BODY_A "\n" BODY_B));
    check(!r.truncated);
}

/* What is set stays; the visible date goes before the address; a name that may be a place is no author. */
static void test_doubt(void)
{
    Record r = clean("Boats return\n\nMarch 3, 2031\n\n" BODY_A "\n\n" BODY_B
                     "\n\nOriginal url: https://pier.example/2031/03/09/boats",
                     false);
    check_str(r.published, S("2031-03-03"));
    r = clean("Boats return\n\n6/3/31\n\n" BODY_A "\n\n" BODY_B, false);
    check_str(r.published, S(""));                       /* June or March: not understood, and so not said */
    r = clean("Boats return to the pier\n\nOld Customs House\n\nMarch 3, 2031\n\n" BODY_A, false);
    check_str(r.author, S(""));
    r = clean("Boats return to the pier\n\nMarch 3, 2031 | Porto Velho\n\n" BODY_A, false);
    check_str(r.author, S(""));
    r = clean("By Friday the boats had left\n\n" BODY_A, false);
    check_str(r.author, S(""));
    Record given;
    record_blank(&given);
    given.text = S("Boats return\n\n" BODY_A);
    given.title = S("Boats Return!");
    given.author = S("somebody");
    given.text_is_given = true;
    text_clean(&test_arena, &given);
    check_str(reason_of(&given, "Boats return"), S("title"));
    check_str(given.author, S("somebody"));
    record_blank(&given);
    given.text = given.title = S("Boats return to Halden");
    given.text_is_given = true;
    text_clean(&test_arena, &given);
    check(given.boilerplate.n == 0);                     /* a headline alone is its own body */
}

static void test_truncation(void)
{
    check(clean(BODY_A "\n\nThe counting goes on, and it is feared that before the end of the week", false).truncated);
    check(!clean(BODY_A "\n\nThe counting goes on.", false).truncated);
    check(!clean(BODY_A "\n\nAna Ruiz, Halden", false).truncated);
    check(!clean("Boats return to the harbour after nine weeks of rain", false).truncated);
    check(!clean(BODY_A "\n\nHe said it was “over.”", false).truncated);
}

static void test_body_is_kept(void)
{
    static const char *const keep[] = {
        "Share prices fell in Tell, and the exchange closed an hour early, its chairman said.",
        "She asked the court for your support, and for a boat.",
        "“Sign up for the boats,” he told them, “or walk.”",
        "The views expressed at the meeting were sharper than the minutes.",
        "First published in 1931, the memoir of the admiral sold nine copies.",
        "Print was the last thing on their mind, said Arno.",
        "Comment on the matter was refused.",
        "Photo finishes are rare on the lake, where boats are slow.",
        "By Friday the boats had left.",
        "More of them came at night.",
    };
    for (size_t i = 0; i < sizeof keep / sizeof keep[0]; i++) {
        Record r =
            clean(arena_printf(&test_arena, "Boats return\n\n" BODY_A "\n\n%s\n\n" BODY_B "\n", keep[i]).p, false);
        if (!check(str_find(text_body(&test_arena, &r), str_of(keep[i])) > 0)) printf("  %s\n", keep[i]);
    }
}

/* ---- strangers' worst: within a second a megabyte ------------------------------------------------------- */
enum { WORST = 1 << 18 };  /* bytes: a quarter of a megabyte shows what is worse than linear, also with sanitizers */

static void worst(const char *name, const char *piece, ptrdiff_t bytes, const char *between)
{
    Arena a = {.budget = (ptrdiff_t)1 << 30, .landing = &test_landing};
    ptrdiff_t n = (ptrdiff_t)strlen(piece), m = (ptrdiff_t)strlen(between), k = 0;
    char *text = arena_new(&a, char, bytes + n + m + 1);
    while (k < bytes) { memcpy(text + k, piece, (size_t)n); memcpy(text + k + n, between, (size_t)m); k += n + m; }
    for (int given = 0; given < 2; given++) {
        Record r;
        Err e = {0};
        record_blank(&r);
        r.text = (Str){text, k};
        r.text_is_given = given;
        double from = io_seconds();
        text_clean(&a, &r);
        text_language(&r);
        text_sentences(&a, &r, (TextOptions){given});
        text_tokens(&a, &r);
        double took = io_seconds() - from, per_mb = took * 1e6 / (double)k;
        r.id = S("x");
        r.sha256 = S("0123456789012345678901234567890123456789012345678901234567890123");
        if (!check(record_valid(&r, &e))) printf("  %s: %s\n", name, e.text);
        /* 10: sanitized and on a busy machine; some .1 s is usual */
        if (!check(per_mb < 10)) printf("  %s: %.2f s a megabyte\n", name, per_mb);
        if (per_mb > 1) printf("  note: %s took %.2f s a megabyte\n", name, per_mb);
    }
    arena_close(&a);
}

static void test_worst(void)
{
    worst("no spaces", "abcdefghij", WORST, "");
    worst("no spaces, figures", "1-2.3,4:5/", WORST, "");
    worst("one long line", "word ", 5 * WORST, "");
    worst("quotation marks", "\"", WORST, "");
    worst("curly quotes", "\xE2\x80\x9C\xE2\x80\x9D", WORST, "");
    worst("blank lines", "\n", 100000, "");
    worst("lines of one letter", "a", WORST, "\n");
    worst("paragraphs of one letter", "a", WORST, "\n\n");
    worst("open brackets", "[", WORST, "");
    worst("links without end", "[a](", WORST, "");
    worst("nested pictures", "![", WORST, "");
    worst("stars", "*a", WORST, " ");
    worst("bold without end", "**a ", WORST, "");
    worst("stops", ".", WORST, "");
    worst("stops and closers", ".\")", WORST, "");
    worst("initials", "A. ", WORST, "");
    worst("apostrophes", "'s", WORST, "");
    worst("addresses", "a@b.cd/", WORST, "");
    worst("dates", "October 27, 2031 ", WORST, "\n");
    worst("bylines", "By Ana Ruiz and Leo Castell", WORST, "\n\n");
    worst("the same short sentence", "He said it was all over now.", WORST, "\n\n");
    worst("cues", "your support support us donate now become a member", WORST, "\n\n");
    worst("patterns that fail late", "this article was adapted from this article was adapted from", WORST, "\n\n");
    worst("right to left", "\xD9\x81\xD9\x8A \xD8\xA7\xD9\x84\xD8\xA8\xD8\xAD\xD9\x8A\xD8\xB1\xD8\xA9\xD8\x9F ", WORST,
          "");
    worst("pictures", "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD\xE2\x80\x8D", WORST, "");
    worst("control characters", "\x01\x02\x1B[0m", WORST, "");
    worst("joiners alone", "\xE2\x80\x8D", WORST, "");
    worst("Han", "\xE4\xBC\x9A\xE8\xAE\xAE\xE3\x80\x82", WORST, "");
    worst("sources", "Source: Norpress", WORST, "\n\n");
    worst("original addresses", "Original url: https://a.example/", WORST, "\n\n");
}

int main(void)
{
    TEST_BEGIN;
    test_mending();
    test_joining();
    test_marks();
    test_doubt();
    test_truncation();
    test_body_is_kept();
    test_worst();
    return test_end();
}
