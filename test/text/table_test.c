/* The tables of data/text speak for themselves: every + and - example of every row is read here.
**
** furniture.tab     + matches its own row; - does not, and in the middle of an article it stays in the body
** abbreviations.tab + and - bring the sentences that the text must be cut into: [one | two]
** contractions.tab  + and - bring the words: [one|two]
** languages.tab     + is of the row's language, - is not
*/
#include "text/clean.h"
#include "text/pattern.h"
#include "abbreviations.h"
#include "contractions.h"
#include "languages.h"
#include "test.h"

static void line_of(const char *table, const TableExample *x)
{
    printf("  data/text/%s.tab:%d: %.*s\n", table, x->line, STR(x->text));
}

static Record record_of(Str text)
{
    Record r;
    record_blank(&r);
    r.text = text;
    r.text_is_given = true;
    return r;
}

/* ---- furniture -------------------------------------------------------------------------------------------- */
static bool row_matches(const FurnitureRow *row, Str text)
{
    static Folded f;
    int32_t at, words = 0;
    for (ptrdiff_t i = 0; i < row->words.n; i++) words = words * 10 + (row->words.p[i] - '0');
    fold_paragraph(text, &f);
    return f.n && count_words(text) <= words && pattern_matches(row->pattern, &f, &at);
}

static bool is_found(const TableExample *x)              /* by the index as well, not by the row alone */
{
    static Folded f;
    Furniture found[32];
    fold_paragraph(x->text, &f);
    int32_t n = furniture_find(&f, count_words(x->text), found, 32);
    for (int32_t i = 0; i < n; i++)
        if (found[i].row == x->row) return true;
    return false;
}

static bool stays_in_body(Str text)
{
    static const char *const around =
        "The ferry line between the two harbours will open again on Monday after nine weeks, the harbour office of the "
        "eastern shore said in a note that was pinned to the door and that nobody had signed, dated or stamped.";
    Record r = record_of(
        arena_printf(&test_arena, "%s\n\n%s\n\n%.*s\n\n%s\n\n%s\n", around, around, STR(text), around, around));
    text_clean(&test_arena, &r);
    return str_find(text_body(&test_arena, &r), text) >= 0;
}

static void test_furniture(void)
{
    int32_t with[2][1024] = {{0}};
    for (int32_t i = 0; i < furniture_examples_n; i++) {
        const TableExample *x = &furniture_examples[i];
        bool right = x->holds ? row_matches(&furniture_rows[x->row], x->text) && is_found(x) :
                                (furniture_rows[x->row].gives.n || !row_matches(&furniture_rows[x->row], x->text)) &&
                                    stays_in_body(x->text);
        if (!check(right)) line_of("furniture", x);
        with[x->holds][x->row]++;
    }
    for (int32_t row = 0; row < furniture_n; row++)
        if (!check(with[0][row] && with[1][row])) printf("  %.*s lacks an example\n", STR(furniture_rows[row].pattern));
    /* a mistyped word in a cell would be read as the first of its kind */
    for (int32_t row = 0; row < furniture_n; row++) {
        BoilerplateReason reason;
        check(boilerplate_of(furniture_rows[row].reason, &reason) && furniture_rows[row].kind.n &&
              furniture_rows[row].words.n);
    }
    check(furniture_n <= 512);
}

/* ---- sentences and words ---------------------------------------------------------------------------------- */
static Str sentences_of(Str text)
{
    Record r = record_of(text);
    Buf b = {.to = &test_arena};
    *push(&test_arena, &r.paragraphs) = (Span){0, (int32_t)text.n};
    text_sentences(&test_arena, &r, (TextOptions){true});
    for (int32_t i = 0; i < r.sentences.n; i++)
        buf_printf(&b, "%s%.*s", i ? " | " : "", STR(span_str(text, r.sentences.v[i])));
    return buf_str(&b);
}

static Str words_of(Str text)
{
    Record r = record_of(text);
    Buf b = {.to = &test_arena};
    *push(&test_arena, &r.paragraphs) = (Span){0, (int32_t)text.n};
    text_sentences(&test_arena, &r, (TextOptions){true});
    text_tokens(&test_arena, &r);
    for (int32_t i = 0; i < r.tokens.n; i++) buf_printf(&b, "%s%.*s", i ? "|" : "", STR(r.tokens.v[i].form));
    return buf_str(&b);
}

static void test_cuts(void)
{
    for (int32_t i = 0; i < abbreviations_examples_n; i++)
        if (!check_str(sentences_of(abbreviations_examples[i].text), abbreviations_examples[i].expected))
            line_of("abbreviations", &abbreviations_examples[i]);
    for (int32_t i = 0; i < contractions_examples_n; i++)
        if (!check_str(words_of(contractions_examples[i].text), contractions_examples[i].expected))
            line_of("contractions", &contractions_examples[i]);
}

static void test_languages(void)
{
    for (int32_t i = 0; i < languages_examples_n; i++) {
        const TableExample *x = &languages_examples[i];
        Record r = record_of(x->text);
        text_language(&r);
        if (!check(str_eq(r.lang, languages_rows[x->row].lang) == x->holds)) {
            line_of("languages", x);
            printf("  read as %.*s\n", STR(r.lang));
        }
    }
}

int main(void)
{
    TEST_BEGIN;
    test_furniture();
    test_cuts();
    test_languages();
    return test_end();
}
