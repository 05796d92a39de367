/* Network: the sentences of several documents through one network, some thousand words at once.
**
**   wire story of 7 sentences ┐
**   wire story of 9           ├ a stretch: 2,048 words of whole sentences ─ neural_read ─ each document its tags, trees, names
**   the first 170 of a report ┘                                             the report's others: in the next stretch
**
** The network's weights are read once for each step of all sentences, so that it wants many of them side by side; a
** wire story alone has too few. What a sentence gets does not depend on its company (neural.c), so neither does a
** document's result. The tables give lemmas by the network's tags.
**
** Always: what is needed while a stretch is read lies in a work: the room and the memory of words of one thread at a
** time, taken from a shelf for some documents and put back behind them. What stands in it changes no result. A document
** whose own arena is spent is given up alone; where the work's room is spent, or the machine's memory, all of them are.
*/
#include "language/network.h"
#include <stdlib.h>

enum { STRETCH = 2048, SHELF = 64, SCRATCH = 256 << 20 };

/* ---- works ------------------------------------------------------------------------------------------------------- */
void network_prepare(Language *l)
{
    const Neural *n = l->network;
    l->shelf = arena_new(&l->arena, ShelfPlace, SHELF);
    l->class_of_tag = arena_new(&l->arena, uint8_t, n->n_tags);
    for (int32_t i = 0; i < n->n_tags; i++)
        l->class_of_tag[i] = tagger_class(l->tagger, n->xpos.name[n->tags[i].xpos], n->upos.name[n->tags[i].upos]);
}

static void work_close(NetworkWork *w)
{
    if (!w) return;
    arena_close(&w->scratch);
    neural_memo_close(w->memo);
    free(w);
}

void network_close(Language *l)
{
    for (int i = 0; l->shelf && i < SHELF; i++) work_close(atomic_load(&l->shelf[i]));
}

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

/* ---- a stretch ------------------------------------------------------------------------------------------------------
** */
typedef SLICE(NeuralSentence) Pieces;
typedef struct { LanguageTask *task; int32_t from, end, piece; } Part;   /* tokens of a document; the first of its pieces */
typedef SLICE(Part) Parts;
typedef struct {
    const Language *l;
    LanguageTask *tasks;
    int32_t n_tasks, task, token;                        /* where the next stretch begins */
} Way;

/* Whole sentences from where the way stands; those of more than TREE_WORDS in pieces. */
static void gather_part(NetworkWork *w, Way *way, Pieces *s, Parts *parts, int32_t *words)
{
    static const Clusters none;
    LanguageTask *task = &way->tasks[way->task];
    const Record *r = task->record;
    Part *part = push(&w->scratch, parts);
    *part = (Part){task, way->token, way->token, s->n};
    while (part->end < r->tokens.n && *words < STRETCH) {
        const int32_t next = language_sentence_end(r, part->end), most = next - part->end > TREE_WORDS ? PIECE_WORDS : TREE_WORDS;
        *words += next - part->end;
        for (int32_t n; part->end < next; part->end += n) {
            n = next - part->end < most ? next - part->end : most;
            push(&w->scratch, s)->s = sentence_of(&w->scratch, &none, r->tokens.v + part->end, n);
        }
    }
    way->token = part->end;
}

static void gather(NetworkWork *w, Way *way, Pieces *s, Parts *parts)
{
    for (int32_t words = 0; way->task < way->n_tasks && words < STRETCH;) {
        const LanguageTask *t = &way->tasks[way->task];
        if (t->is_spent || !language_reads(way->l, t->record) || way->token == t->record->tokens.n) {
            way->task++;
            way->token = 0;
        } else
            gather_part(w, way, s, parts, &words);
    }
}

/* ---- what becomes of the tokens
** -------------------------------------------------------------------------------------- */
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
    language_keep_names(a, r, tokens, &s->names);
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

static void fill_part(const Language *l, const Part *p, const NeuralSentence *s)
{
    Record *r = p->task->record;
    for (int32_t at = p->from; at < p->end; at += s++->s.n) fill_tokens(p->task->arena, l, r, s, r->tokens.v + at);
    for (int32_t i = p->from, next; i < p->end; i = next) {
        next = language_sentence_end(r, i);
        if (next - i > TREE_WORDS) join_pieces(r->tokens.v + i, next - i);
    }
}

/* A document lands alone. */
static void fill_landing(const Language *l, const Part *p, const NeuralSentence *s)
{
    Arena *a = p->task->arena;
    jmp_buf here, *const outer = a->landing;
    a->landing = &here;
    if (setjmp(here)) p->task->is_spent = true;
    else fill_part(l, p, s);
    a->landing = outer;
}

/* ---- documents
** -------------------------------------------------------------------------------------------------------- */
static void read_stretch(NetworkWork *w, Way *way)
{
    Pieces s = {0};
    Parts parts = {0};
    gather(w, way, &s, &parts);
    neural_read(&w->scratch, &w->scratch, way->l->network, w->memo, s.v, s.n);
    for (int32_t i = 0; i < parts.n; i++) fill_landing(way->l, &parts.v[i], s.v + parts.v[i].piece);
    arena_reset(&w->scratch);
}

/* False: the work's memory was spent. */
static bool read_landing(NetworkWork *w, Way *way)
{
    jmp_buf here;
    w->scratch.landing = &here;
    if (setjmp(here)) return false;
    while (way->task < way->n_tasks) read_stretch(w, way);
    return true;
}

void network_read(const Language *l, LanguageTask *tasks, int32_t n)
{
    Way way = {.l = l, .tasks = tasks, .n_tasks = n};
    NetworkWork *w = work_take(l);
    const bool ok = w && read_landing(w, &way);
    if (w) work_put(l, w);
    for (int32_t i = 0; i < n && !ok; i++)               /* also what was finished in this call: which it was is not kept */
        if (language_reads(l, tasks[i].record)) tasks[i].is_spent = true;
}
