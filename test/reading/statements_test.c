/* statements.t: who is said to have said, thought, wanted what, read with trees; and texts that nobody would write. */
#include "language/language.h"
#include "reading/statement.h"
#include "reading_case.h"
#include <time.h>

static Language *english;

static Record *read_text(Arena *a, Str text)
{
    Record *r = arena_new(a, Record, 1);
    record_blank(r);
    r->text = text;
    r->text_is_given = true;
    r->lang = S("en");
    text_clean(a, r);
    text_sentences(a, r, (TextOptions){0});
    text_tokens(a, r);
    language_read(a, english, r);
    reading_times(a, r);
    reading_names(a, r);
    reading_statements(a, r);
    Err e = {0};
    if (!check(record_valid(r, &e))) printf("  %s\n", e.text);
    return r;
}

static void put_statement(Arena *a, const Record *r, const Statement *s, Buf *b)
{
    Str speaker = s->speaker >= 0 ? r->entities.v[s->speaker].name : S("-");
    buf_printf(b, "%.*s / %.*s / %.*s / %.*s / %.*s %.*s", STR(case_spans(a, r->text, &s->source)), STR(case_spans(a, r->text, &s->cue)),
               STR(case_spans(a, r->text, &s->content)), STR(speaker), STR(form_name(s->form)), STR(statement_class_name(s->class)));
    if (s->inside >= 0) buf_printf(b, " in %d", s->inside);
}

static void one(Str line, int number)
{
    Str text, expected, rest = line;
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    Record *r = read_text(&test_arena, case_text(&test_arena, text));
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->statements.n; i++) {
        if (i) buf_add(&got, S(" || "));
        put_statement(&test_arena, r, &r->statements.v[i], &got);
        check(r->statements.v[i].cue.n > 0 && r->statements.v[i].content.n > 0);
    }
    if (!check_str(r->statements.n ? buf_str(&got) : S("-"), expected)) printf("  statements.t:%d\n", number);
}

static Str repeated(const char *piece, int n)
{
    Buf b = {.to = &test_arena};
    for (int i = 0; i < n; i++) buf_add(&b, str_of(piece));
    return buf_str(&b);
}

static double seconds_for(const char *piece, int n)
{
    clock_t begin = clock();
    read_text(&test_arena, repeated(piece, n));
    arena_reset(&test_arena);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

/* Twice the text takes about twice the time, whatever it is. */
static void hostile_texts(void)
{
    static const char *const pieces[] = {
        "\"", "“", "”“ ", "'", "\" said ", "“I said “you said “he said ", "\"Yes,\" he said. \"No,\" she said. ",
        "ITO: We sail.\n\nRUIZ: We wait.\n\n", "he said that she said that they said that ", "»Nein«, sagte er. ",
        "Ito said: \"We sail.\n\n\"", "said "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        int n = 10000 / (int)str_of(pieces[i]).n;
        double once = seconds_for(pieces[i], n), twice = seconds_for(pieces[i], 2 * n);
        if (!check(twice < 4 * once + 0.3)) printf("  '%s': %.2f s, twice of it %.2f s\n", pieces[i], once, twice);
    }
}

/* Whatever is said of one name must be said of another: names count by their type. */
static void names_are_alike(void)
{
    static const char *const names[] = {"Ana Velline", "Tomas Ruiz"};
    Str found[2];
    for (int k = 0; k < 2; k++) {
        Str text = arena_printf(&test_arena, "%s said the port would reopen, and warned that the gates were rotten.", names[k]);
        Record *r = read_text(&test_arena, text);
        Buf b = {.to = &test_arena};
        for (int32_t i = 0; i < r->statements.n; i++)
            buf_printf(&b, "%.*s %.*s %.3f;", STR(case_spans(&test_arena, r->text, &r->statements.v[i].cue)),
                       STR(case_spans(&test_arena, r->text, &r->statements.v[i].content)), r->statements.v[i].p);
        found[k] = buf_str(&b);
    }
    check(found[0].n > 0);
    check_str(found[1], found[0]);
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = (ptrdiff_t)2 << 30;
    Err e = {0};
    Model *m = model_open("models/en.dm", &e);
    english = m ? language_open(m, &e) : NULL;
    if (check(english != NULL) && check(statement_model() != NULL)) {
        case_each("test/reading/statements.t", one);
        names_are_alike();
        arena_reset(&test_arena);
        hostile_texts();
    } else printf("  %s\n", e.text);
    language_close(english);
    model_close(m);
    return test_end();
}
