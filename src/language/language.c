/* Language: tags, trees, names and lemmas of all sentences, by a network where the model has one, else sentence by
** sentence.
**
**  tokens of a sentence ─ words hashed once ─ tags ─ tree ─ names ─ written into the tokens and the record's names
**
** Without a network, names come last, since a proper noun's tag tells much about them; they also remember what the
** document's earlier sentences held, so sentences go in order. A network reads some thousand words of whole
** sentences at once (neural.c), and the tables give their lemmas by its tags.
**
** Always: what a sentence needs while it is read lies aside of the document's arena and is reset behind it; so memory
** grows by what is kept (lemmas that are no view, names) and by nothing else. All of a Language is made when it is
** opened and only read afterwards, by any number of threads, but for a shelf of works: each is the room and the
** memory of words of one thread at a time, taken from the shelf for a document and put back behind it. What stands in
** them changes no result. Sentences of more than TREE_WORDS words get a tree of pieces by a
** network, and a flat one without.
*/
#include "language/inside.h"
#include "language/neural.h"
#include <stdatomic.h>
#include <stdlib.h>

enum { STRETCH = 1024, SHELF = 64, SCRATCH = 256 << 20 };
/* The longest of 26,344 sentences of UD English has 159 words: what is longer than TREE_WORDS is a table, or no text. The network,
** whose arcs are quadratic in a sentence, reads it in pieces. */
enum { TREE_WORDS = 256, PIECE_WORDS = 64 };

typedef struct { Arena scratch; NeuralMemo *memo; } NetworkWork;
typedef _Atomic(NetworkWork *) ShelfPlace;               /* on the shelf; NULL: empty */
struct Language {
    Arena arena;
    Str code;
    Clusters clusters;
    Tagger *tagger;
    Parser *parser;
    Namer *namer;
    Neural *network;                                     /* or NULL; then there is no parser and no namer */
    uint8_t *class_of_tag;                               /* of the network's: the tables' */
    ShelfPlace *shelf;                                   /* SHELF of them */
};

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
    const Neural *n = l->network;
    l->shelf = arena_new(&l->arena, ShelfPlace, SHELF);
    l->class_of_tag = arena_new(&l->arena, uint8_t, n->n_tags);
    for (int32_t i = 0; i < n->n_tags; i++)
        l->class_of_tag[i] = tagger_class(l->tagger, n->xpos.name[n->tags[i].xpos], n->upos.name[n->tags[i].upos]);
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

static void work_close(NetworkWork *w)
{
    if (!w) return;
    arena_close(&w->scratch);
    neural_memo_close(w->memo);
    free(w);
}

void language_close(Language *l)
{
    if (!l) return;
    for (int i = 0; l->shelf && i < SHELF; i++) work_close(atomic_load(&l->shelf[i]));
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

static int32_t sentence_end(const Record *r, int32_t from)
{
    int32_t end = from + 1;
    while (end < r->tokens.n && r->tokens.v[end].sent == r->tokens.v[from].sent) end++;
    return end;
}

static void read_in_order(Arena *a, const Language *l, Record *r)
{
    NameMemory *memory = NULL;
    for (int32_t i = 0, next; i < r->tokens.n; i = next) {
        next = sentence_end(r, i);
        read_sentence(a, l, r, r->tokens.v + i, next - i, &memory);
    }
    arena_aside_close(a);
}

/* ---- many sentences at once, by the network ---------------------------------------------------------------------- */
static NetworkWork *work_take(const Language *l)
{
    for (int i = 0; i < SHELF; i++) {
        NetworkWork *w = atomic_exchange(&l->shelf[i], NULL);
        if (w) return w;
    }
    NetworkWork *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->scratch.budget = SCRATCH;
    if ((w->memo = neural_memo_open(l->network))) return w;
    work_close(w);
    return NULL;
}

static void work_put(const Language *l, NetworkWork *w)
{
    arena_reset(&w->scratch);
    for (int i = 0; i < SHELF; i++) {
        NetworkWork *none = NULL;
        if (atomic_compare_exchange_strong(&l->shelf[i], &none, w)) return;
    }
    work_close(w);
}

static void fill_tokens(Arena *a, const Language *l, Record *r, const NeuralSentence *s, Token *tokens)
{
    const Neural *n = l->network;
    for (int32_t i = 0; i < s->s.n; i++) {
        const NeuralTag tag = n->tags[s->tag[i]];
        Token *t = &tokens[i];
        t->upos = n->upos.name[tag.upos];
        t->xpos = n->xpos.name[tag.xpos];
        t->feats = n->feats.name[tag.feats];
        t->lemma = tagger_lemma(a, l->tagger, t->form, &s->s.words[i + 1], l->class_of_tag[s->tag[i]]);
        t->head = s->head[i];
        t->deprel = n->relation.name[s->label[i]];
    }
    keep_names(a, r, tokens, &s->names);
}

/* The trees of the pieces of what is no sentence become one: the later roots hang from the first. */
static void join_pieces(Token *tokens, int32_t n)
{
    int32_t root = 0;
    while (tokens[root].head != 0) root++;
    for (int32_t i = PIECE_WORDS; i < n; i++) {
        if (tokens[i].head == 0) {
            tokens[i].head = root + 1;
            tokens[i].deprel = S("dep");
        } else
            tokens[i].head += i / PIECE_WORDS * PIECE_WORDS;
    }
}

static void read_stretch(Arena *a, const Language *l, NetworkWork *w, Record *r, int32_t from, int32_t end)
{
    static const Clusters none;
    SLICE(NeuralSentence) s = {0};
    for (int32_t i = from, next; i < end; i = next) {
        next = sentence_end(r, i);
        int32_t most = next - i > TREE_WORDS ? PIECE_WORDS : TREE_WORDS;
        for (int32_t at = i; at < next; at += most)
            push(&w->scratch, &s)->s = sentence_of(&w->scratch, &none, r->tokens.v + at, next - at < most ? next - at : most);
    }
    neural_read(&w->scratch, &w->scratch, l->network, w->memo, s.v, s.n);
    for (int32_t i = 0, at = from; i < s.n; at += s.v[i++].s.n) fill_tokens(a, l, r, &s.v[i], r->tokens.v + at);
    for (int32_t i = from, next; i < end; i = next) {
        next = sentence_end(r, i);
        if (next - i > TREE_WORDS) join_pieces(r->tokens.v + i, next - i);
    }
    arena_reset(&w->scratch);
}

static void read_stretches(Arena *a, const Language *l, NetworkWork *w, Record *r)
{
    w->scratch.landing = a->landing;
    for (int32_t from = 0, end; from < r->tokens.n; from = end) {
        end = sentence_end(r, from);
        while (end < r->tokens.n && end - from < STRETCH) end = sentence_end(r, end);
        read_stretch(a, l, w, r, from, end);
    }
}

/* False: the memory was spent, of the document or of the work. */
static bool read_landing(Arena *a, const Language *l, NetworkWork *w, Record *r)
{
    jmp_buf here, *const outer = a->landing;
    a->landing = &here;
    if (setjmp(here)) {
        a->landing = outer;
        return false;
    }
    read_stretches(a, l, w, r);
    a->landing = outer;
    return true;
}

/* A document that is given up lands only when the work is back on the shelf. */
static void read_by_network(Arena *a, const Language *l, Record *r)
{
    NetworkWork *w = work_take(l);
    bool ok = w && read_landing(a, l, w, r);
    if (w) work_put(l, w);
    if (!ok) longjmp(*a->landing, 1);
}

void language_read(Arena *a, const Language *l, Record *r)
{
    if (!r->tokens.n || !str_eq(r->lang, l->code)) return;
    r->has_names = true;
    if (l->network) read_by_network(a, l, r);
    else read_in_order(a, l, r);
}
