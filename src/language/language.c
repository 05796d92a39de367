/* Language: every sentence through tags, trees and names, in the order in which they lean on each other.
**
**  tokens of a sentence ─ words hashed once ─ tags ─ tree ─ names ─ written into the tokens and the record's names
**
** Names come last, since a proper noun's tag tells much about them; they also remember what the document's earlier
** sentences held, so sentences go in order.
**
** Always: what a sentence needs while it is read lies aside of the document's arena and is reset behind it; so memory
** grows by what is kept (lemmas that are no view, names) and by nothing else. All of a Language is made when it is
** opened and only read afterwards, by any number of threads.
*/
#include "language/inside.h"
#include <stdlib.h>

struct Language {
    Arena arena;
    Str code;
    Clusters clusters;
    Tagger *tagger;
    Parser *parser;
    Namer *namer;
};

/* ---- opening and closing ------------------------------------------------------------------------------------ */
static bool read_code(Language *l, const Model *m, Err *e)
{
    l->code = model_section(m, S("language"));
    return l->code.n > 0 || fail(e, ERR_INPUT, "it does not say which language it is for; train the model again");
}

static bool open_parts(Language *l, const Model *m, Err *e)
{
    return read_code(l, m, e) && clusters_of(model_section(m, S("words")), &l->clusters, e)
        && (l->tagger = tagger_of(&l->arena, m, e)) && (l->parser = parser_of(&l->arena, m, e))
        && (l->namer = namer_of(&l->arena, m, e));
}

/* The Language lives outside this frame, whatever the landing does to it. */
static bool open_landing(Language *l, const Model *m, Err *e)
{
    jmp_buf here;
    l->arena.landing = &here;
    if (setjmp(here)) {
        l->arena.landing = NULL;
        return fail(e, ERR_MEMORY, "its tables take more memory than a model may use");
    }
    bool ok = open_parts(l, m, e);
    l->arena.landing = NULL;
    return ok;
}

Language *language_open(const Model *m, Err *e)
{
    Language *l = calloc(1, sizeof *l);
    if (!l) {
        fail(e, ERR_MEMORY, "no memory for a language");
        return NULL;
    }
    if (open_landing(l, m, e)) return l;
    err_while(e, "opening the model '%.*s'", STR(model_name(m)));
    language_close(l);
    return NULL;
}

void language_close(Language *l)
{
    if (!l) return;
    arena_close(&l->arena);
    free(l);
}

Str language_code(const Language *l) { return l->code; }

/* ---- one sentence --------------------------------------------------------------------------------------------- */
static void read_tree(Arena *scratch, const Language *l, const Sentence *s, Token *tokens)
{
    int32_t *head = arena_new(scratch, int32_t, s->n), *label = arena_new(scratch, int32_t, s->n);
    parser_tree(scratch, l->parser, s, head, label);
    for (int32_t i = 0; i < s->n; i++) {
        tokens[i].head = head[i];
        tokens[i].deprel = parser_label(l->parser, label[i]);
    }
}

/* Spans of tokens become spans of the text. */
static void keep_names(Arena *a, Record *r, const Token *tokens, const FoundNames *found)
{
    for (int32_t i = 0; i < found->n; i++) {
        FoundName *name = push(a, &r->names);
        *name = found->v[i];
        name->span = (Span){tokens[found->v[i].span.begin].span.begin, tokens[found->v[i].span.end - 1].span.end};
    }
}

static void read_sentence(Arena *a, const Language *l, Record *r, Token *tokens, int32_t n, NameMemory **memory)
{
    Arena *scratch = arena_aside(a);
    Sentence s = sentence_of(scratch, &l->clusters, tokens, n);
    tagger_words(scratch, l->tagger, &s);
    tagger_fill(a, l->tagger, &s, tokens);
    read_tree(scratch, l, &s, tokens);
    FoundNames names = namer_names(a, l->namer, &s, memory);
    keep_names(a, r, tokens, &names);
    arena_reset(scratch);
}

void language_read(Arena *a, const Language *l, Record *r)
{
    if (!r->tokens.n || !str_eq(r->lang, l->code)) return;
    NameMemory *memory = NULL;
    r->has_names = true;
    for (int32_t i = 0, next; i < r->tokens.n; i = next) {
        for (next = i + 1; next < r->tokens.n && r->tokens.v[next].sent == r->tokens.v[i].sent; next++) {}
        read_sentence(a, l, r, r->tokens.v + i, next - i, &memory);
    }
    arena_aside_close(a);
}
