/* Every row's examples are read as the row says; rows that differ only by their word are read in a sentence of ours. */
#include "reading_case.h"
#include "reading/inside.h"

#include "cues.h"
#include "demonyms.h"
#include "given.h"
#include "orgwords.h"
#include "places.h"
#include "sayers.h"
#include "titles.h"

static Str name_type(const Entity *e)
{
    Str type = e->type == ENTITY_UNKNOWN ? S("?") : entity_type_name(e->type);
    return arena_printf(&test_arena, "%.*s %.*s", STR(e->name), STR(type));
}

static bool has_entity(const Record *r, Str expected)
{
    for (int32_t i = 0; i < r->entities.n; i++)
        if (str_eq(name_type(&r->entities.v[i]), expected)) return true;
    return false;
}

static void show(const Record *r, const char *table, int line, Str text)
{
    printf("  %s:%d: %.*s\n  entities:", table, line, STR(text));
    for (int32_t i = 0; i < r->entities.n; i++) printf(" [%.*s]", STR(name_type(&r->entities.v[i])));
    for (int32_t i = 0; i < r->statements.n; i++) {
        const Statement *s = &r->statements.v[i];
        printf("\n  statement: %.*s | %.*s | %.*s", STR(case_spans(&test_arena, r->text, &s->source)),
               STR(case_spans(&test_arena, r->text, &s->cue)), STR(case_spans(&test_arena, r->text, &s->content)));
    }
    printf("\n");
}

/* "+": the entity in brackets is found. "-": no name holds the row's word. */
static void names_of(const char *table, const TableExample *x, Str word)
{
    Record *r = case_read(&test_arena, x->text, (Str){0});
    bool holds = x->holds ? has_entity(r, x->expected) : true;
    for (int32_t i = 0; !x->holds && i < r->entities.n; i++) holds &= !str_eq_fold(r->entities.v[i].name, word);
    if (!check(holds)) show(r, table, x->line, x->text);
    arena_reset(&test_arena);
}

static void statement_of(const TableExample *x)
{
    Record *r = case_read(&test_arena, x->text, (Str){0});
    bool holds = !x->holds && r->statements.n == 0;
    for (int32_t i = 0; x->holds && i < r->statements.n; i++) {
        const Statement *s = &r->statements.v[i];
        Str got = arena_printf(&test_arena, "%.*s | %.*s | %.*s", STR(case_spans(&test_arena, r->text, &s->source)),
                               STR(case_spans(&test_arena, r->text, &s->cue)),
                               STR(case_spans(&test_arena, r->text, &s->content)));
        holds |= str_eq(got, x->expected);
    }
    if (!check(holds)) show(r, "cues.tab", x->line, x->text);
    arena_reset(&test_arena);
}

static void sourcing_of_example(const TableExample *x, Str kind)
{
    Record *r = case_read(&test_arena, x->text, (Str){0});
    bool holds = r->statements.n == 1;
    if (holds) {
        const Statement *s = &r->statements.v[0];
        Str sourcing = sourcing_name(s->sourcing);
        Str got =
            arena_printf(&test_arena, "%.*s | %.*s", STR(case_spans(&test_arena, r->text, &s->source)), STR(sourcing));
        holds = x->holds ? str_eq(got, x->expected) : !str_eq(sourcing, kind);
    }
    if (!check(holds)) show(r, "sayers.tab", x->line, x->text);
    arena_reset(&test_arena);
}

static void each_place(void)
{
    for (int32_t i = 0; i < places_n; i++) {
        Str place = places_rows[i].place,
            text = arena_printf(&test_arena, "The envoys went to %.*s by train.", STR(place));
        Record *r = case_read(&test_arena, text, (Str){0});
        Str expected = arena_printf(&test_arena, "%.*s %.*s", STR(place), STR(places_rows[i].type));
        if (!check(has_entity(r, expected))) show(r, "places.tab", i, text);
        arena_reset(&test_arena);
    }
}

static void each_demonym(void)
{
    for (int32_t i = 0; i < demonyms_n; i++) {
        Str text = arena_printf(&test_arena, "Later the %.*s envoys went home.", STR(demonyms_rows[i].word));
        Record *r = case_read(&test_arena, text, (Str){0});
        if (!check(r->entities.n == 0)) show(r, "demonyms.tab", i, text);
        arena_reset(&test_arena);
    }
}

static void each_given_name(void)
{
    for (int32_t i = 0; i < given_n; i++) {
        Str name = given_rows[i].name,
            text = arena_printf(&test_arena, "Later the envoy met %.*s Velline there.", STR(name));
        Record *r = case_read(&test_arena, text, (Str){0});
        if (!check(has_entity(r, arena_printf(&test_arena, "%.*s Velline PER", STR(name)))))
            show(r, "given.tab", i, text);
        arena_reset(&test_arena);
    }
}

int main(void)
{
    TEST_BEGIN
    check(grammar_is_sorted());
    for (int32_t i = 0; i < titles_examples_n; i++)
        names_of("titles.tab", &titles_examples[i], titles_rows[titles_examples[i].row].title);
    for (int32_t i = 0; i < orgwords_examples_n; i++)
        names_of("orgwords.tab", &orgwords_examples[i], orgwords_rows[orgwords_examples[i].row].word);
    for (int32_t i = 0; i < places_examples_n; i++)
        names_of("places.tab", &places_examples[i], places_rows[places_examples[i].row].place);
    for (int32_t i = 0; i < given_examples_n; i++)
        names_of("given.tab", &given_examples[i], given_rows[given_examples[i].row].name);
    for (int32_t i = 0; i < cues_examples_n; i++) statement_of(&cues_examples[i]);
    for (int32_t i = 0; i < sayers_examples_n; i++)
        sourcing_of_example(&sayers_examples[i],
                            str_eq(sayers_rows[sayers_examples[i].row].kind, S("group"))      ? S("collective")
                            : str_eq(sayers_rows[sayers_examples[i].row].kind, S("document")) ? S("document")
                                                                                              : S("unnamed"));
    each_place();
    each_demonym();
    each_given_name();
    return test_end();
}
