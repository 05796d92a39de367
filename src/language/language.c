/* Language: tags, trees, names and lemmas of all sentences, by a network where the model has one, else sentence by
** sentence.
**
**  tokens of a sentence ─ words hashed once ─ tags ─ tree ─ names ─ written into the tokens and the record's names
**
** Without a network, names come last, since a proper noun's tag tells much about them; they also remember what the
** document's earlier sentences held, so sentences go in order. A network reads the sentences of several documents at
** once (network.c).
**
** Always: what a sentence needs while it is read lies aside of the document's arena and is reset behind it; so memory
** grows by what is kept (lemmas that are no view, names) and by nothing else. All of a Language is made when it is
** opened and only read afterwards, by any number of threads, but for the network's shelf of works (network.c).
** Sentences of more than TREE_WORDS words get a tree of pieces by a network, and a flat one without.
*/
#include "language/network.h"
#include <stdlib.h>

/* ---- opening and closing ------------------------------------------------------------------------------------ */
static bool read_code(Language *l, const Model *m, Err *e)
{
    l->code = model_section(m, S("language"));
    return l->code.n > 0 || fail(e, ERR_INPUT, "it does not say which language it is for; train the model again");
}

static bool open_network(Language *l, const Model *m, Err *e)
{
    if (!read_code(l, m, e) || !(l->network = neural_of(&l->arena, m, e)) ||
        !(l->tagger = tagger_lemmas_of(&l->arena, m, e)))
        return false;
    network_prepare(l);
    return true;
}

static bool open_parts(Language *l, const Model *m, Err *e)
{
    if (neural_is_in(m)) return open_network(l, m, e);
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
    network_close(l);
    arena_close(&l->arena);
    free(l);
}

Str language_code(const Language *l) { return l->code; }

/* ---- one sentence --------------------------------------------------------------------------------------------- */
/* What is no sentence: its words stand beside each other, under the first. Half of the time of such a text is saved. */
static void flat_tree(Token *tokens, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        tokens[i].head = i > 0;
        tokens[i].deprel = i ? S("dep") : S("root");
    }
}

static void read_tree(Arena *scratch, const Language *l, const Sentence *s, Token *tokens)
{
    if (s->n > TREE_WORDS) {
        flat_tree(tokens, s->n);
        return;
    }
    int32_t *head = arena_new(scratch, int32_t, s->n), *label = arena_new(scratch, int32_t, s->n);
    parser_tree(scratch, l->parser, s, head, label);
    for (int32_t i = 0; i < s->n; i++) {
        tokens[i].head = head[i];
        tokens[i].deprel = parser_label(l->parser, label[i]);
    }
}

void language_keep_names(Arena *a, Record *r, const Token *tokens, const FoundNames *found)
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
    language_keep_names(a, r, tokens, &names);
    arena_reset(scratch);
}

int32_t language_sentence_end(const Record *r, int32_t from)
{
    int32_t end = from + 1;
    while (end < r->tokens.n && r->tokens.v[end].sent == r->tokens.v[from].sent) end++;
    return end;
}

static void read_in_order(Arena *a, const Language *l, Record *r)
{
    NameMemory *memory = NULL;
    for (int32_t i = 0, next; i < r->tokens.n; i = next) {
        next = language_sentence_end(r, i);
        read_sentence(a, l, r, r->tokens.v + i, next - i, &memory);
    }
    arena_aside_close(a);
}

/* ---- documents ------------------------------------------------------------------------------------------------ */
bool language_reads(const Language *l, const Record *r) { return r->tokens.n > 0 && str_eq(r->lang, l->code); }

/* A document that is given up lands only when the work is back on the shelf. */
void language_read(Arena *a, const Language *l, Record *r)
{
    LanguageTask task = {.arena = a, .record = r};
    language_read_all(l, &task, 1);
    if (task.is_spent) longjmp(*a->landing, 1);
}

static void read_landing(const Language *l, LanguageTask *t)
{
    jmp_buf here, *const outer = t->arena->landing;
    t->arena->landing = &here;
    if (setjmp(here)) t->is_spent = true;
    else read_in_order(t->arena, l, t->record);
    t->arena->landing = outer;
}

void language_read_all(const Language *l, LanguageTask *tasks, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (language_reads(l, tasks[i].record)) tasks[i].record->has_names = true;
    if (l->network) {
        network_read(l, tasks, n);
        return;
    }
    for (int32_t i = 0; i < n; i++)
        if (language_reads(l, tasks[i].record)) read_landing(l, &tasks[i]);
}
