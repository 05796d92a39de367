/* Any text with any trees: statements stay valid, and reading the same again says the same, wherever its labels lie.
**
** The first 32 bytes choose heads, tags and relations, over and over; the rest is the text. Labels are copied to new places for each
** reading, so that nothing may hang on addresses.
*/
#include "fuzz.h"
#include "reading/statement.h"
#include "text/text.h"

enum { CHOICES = 32 };

static Str label(const char *const *list, int n, uint32_t at) { return arena_str(&arena, str_of(list[at % (uint32_t)n])); }

static void give_trees(Record *r, const uint8_t *choice)
{
    static const char *const upos[] = {"VERB", "NOUN", "PROPN", "PRON", "PUNCT", "ADP", "AUX", "X"};
    static const char *const xpos[] = {"VBD", "NN", "NNP", "PRP", ",", "IN", "MD", ""};
    static const char *const rels[] = {"nsubj", "ccomp", "obj", "conj", "punct", "parataxis", "acl:relcl", "xcomp", "appos", "case", "dep"};
    static const char *const lemmas[] = {"say", "ito", "fear", "that", "accord", ""};
    int32_t first = 0;
    for (int32_t i = 0; i < r->tokens.n; i++) {
        Token *t = &r->tokens.v[i];
        if (t->sent != r->tokens.v[first].sent) first = i;
        uint32_t c = choice[i % CHOICES] + (uint32_t)i / CHOICES;
        t->head = i == first ? 0 : 1 + (int32_t)(c % (uint32_t)(i - first));
        t->upos = label(upos, 8, c);
        t->xpos = label(xpos, 8, c >> 1);
        t->deprel = t->head == 0 ? arena_str(&arena, S("root")) : label(rels, 11, c >> 2);
        t->lemma = label(lemmas, 6, c >> 3);
    }
}

static uint64_t read_once(Str text, const uint8_t *choice)
{
    Record *r = arena_new(&arena, Record, 1);
    record_blank(r);
    Buf b = {.to = &arena};
    for (ptrdiff_t i = 0; i < text.n; i++) buf_char(&b, text.p[i] ? text.p[i] : ' ');
    r->text = utf8_clean(&arena, buf_str(&b));
    r->text_is_given = true;
    r->lang = S("en");
    text_clean(&arena, r);
    text_sentences(&arena, r, (TextOptions){0});
    text_tokens(&arena, r);
    give_trees(r, choice);
    reading_names(&arena, r);
    reading_statements(&arena, r);
    Err e = {0};
    if (!record_valid(r, &e)) must(false, e.text);
    for (int32_t i = 0; i < r->statements.n; i++)
        must(r->statements.v[i].cue.n > 0 && r->statements.v[i].content.n > 0, "a statement has a cue and a content");
    Buf json = {.to = &arena};
    record_json(r, false, &json);
    return hash64(buf_str(&json));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n <= CHOICES || n > INPUT_MAX / 8) return 0;
    arena.budget = (ptrdiff_t)1 << 30;
    arena.landing = &landing;
    arena_reset(&arena);
    if (setjmp(landing)) return 0;
    Str text = {(const char *)data + CHOICES, (ptrdiff_t)n - CHOICES};
    uint64_t one = read_once(text, data);
    (void)arena_new(&arena, char, 1 + data[0]);
    must(one == read_once(text, data), "the second reading says what the first said");
    return 0;
}
