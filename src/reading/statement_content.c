/* Contents: what is said, before the cue and behind it.
**
** "The port," Ito said, "will reopen." It rained.      before: The port · behind: will reopen
** Ito said on Monday that the port would reopen.       before: nothing · behind: that the port would reopen
**
** Nearly every content is one stretch on one side of its cue, or one on each (99 % of PolNeAR's). Both sides are asked
** alike: every begin with every end, and "nothing". A begin and an end bring what stands around them and which part of the
** tree starts or stops there; the pair brings what only both together show: whether one clause fills the stretch, how it hangs
** from the cue's word, whether it cuts a quotation, how long it is. Outside of the cue's sentence only the borders of sentences and
** of quotations count.
**
** Always: a stretch begins and ends with a word and overlaps neither cue nor source. Cost: at most BORDERS² / 2 pairs.
*/
#include "reading/statement.h"

enum { T_FIRST = 600, T_LAST = 650, T_PAIR = 700, T_NOTHING = 750 };   /* templates: 600 … 799; of the left side, 800 … 999 */
enum { LEFT_TEMPLATES = 200 };
enum { BORDERS = 56, SENTENCES = 6, QUOTATIONS = 4 };

typedef struct {
    const Tree *t;
    int32_t head;
    Stretch cue, source;
    bool is_right;
    uint32_t base;                             /* of templates: one side's weights are not the other's */
    Choices *c;
    int32_t first[BORDERS], first_part[BORDERS], n_firsts;     /* words that may begin it */
    int32_t last[BORDERS], last_part[BORDERS], n_lasts;        /* words that may end it */
    uint64_t tail, place;                      /* the cue's last word; where the source stands */
} Asked;

static void add(Asked *q, uint32_t template, uint64_t what) { choices_add(q->c, q->base + template, what); }

/* The largest part of the tree that begins (ends) with the word; -1 where none does. */
static int32_t top_from(const Tree *t, int32_t i)
{
    if (t->v[i].left != i) return -1;
    while (t->v[i].head >= 0 && t->v[t->v[i].head].left == t->v[i].left) i = t->v[i].head;
    return i;
}

static int32_t right_trimmed(const Tree *t, int32_t i)   /* behind the subtree's last word that is no punctuation */
{
    int32_t to = t->v[i].right;
    while (to > i + 1 && node_is(t, to - 1, NODE_PUNCT)) to--;
    return to;
}

static int32_t top_to(const Tree *t, int32_t i)
{
    int32_t to = i + 1;
    if (right_trimmed(t, i) != to) return -1;
    while (t->v[i].head >= 0 && right_trimmed(t, t->v[i].head) == to) i = t->v[i].head;
    return i;
}

/* How a word belongs to the cue's word. */
static uint64_t tie_to(const Asked *q, int32_t i)
{
    const Tree *t = q->t;
    if (i < 0) return 1;
    if (i == q->head) return 2;
    if (t->v[i].sent != t->v[q->head].sent) return 3;
    int32_t up, down;
    return tree_path(t, q->head, i, &up, &down);
}

static uint64_t word_at(const Tree *t, int32_t i) { return i < 0 || i >= t->n ? 1 : t->v[i].lemma; }
static uint64_t tag_at(const Tree *t, int32_t i) { return i < 0 || i >= t->n ? 1 : t->v[i].xpos; }

static uint64_t quote_state(const Asked *q, int32_t inner, int32_t outer)   /* a border between a word inside and one outside */
{
    const Tree *t = q->t;
    const Node *x = &t->v[inner];
    uint64_t out = outer < 0 || outer >= t->n ? 2 : t->v[outer].quote == x->quote && x->quote >= 0 && !(t->v[outer].is & NODE_MARK);
    return ((uint64_t)(x->quote >= 0) * 8 + ((x->is & NODE_OPENS) != 0) * 4 + ((x->is & NODE_CLOSES) != 0) * 2) * 4 + out;
}

static uint64_t sent_state(const Asked *q, int32_t i)
{
    const Tree *t = q->t;
    int32_t d = t->v[i].sent - t->v[q->head].sent;
    return (uint64_t)((d < -3 ? -3 : d > 3 ? 3 : d) + 4) * 8 + (uint64_t)(t->v[i].para != t->v[q->head].para) * 4 +
           (i == sent_begin(t, i)) * 2 + (i + 1 == sent_end(t, i) || (i + 2 == sent_end(t, i) && node_is(t, i + 1, NODE_PUNCT)));
}

/* One border: `inner` is the word within, `outer` the one beyond it. */
static void ask_border(Asked *q, int32_t inner, int32_t outer, int32_t top, bool is_near, uint32_t template)
{
    const Tree *t = q->t;
    const Node *x = &t->v[inner], *h = &t->v[q->head];
    uint64_t tie = tie_to(q, top), rel = top < 0 ? two(x->deprel, 99) : t->v[top].deprel, quotes = quote_state(q, inner, outer);
    uint64_t sent = sent_state(q, inner), own = top >= 0 && t->v[top].head == q->head;
    int32_t gap = q->is_right ? inner - q->cue.to : q->cue.from - 1 - inner;
    uint64_t far = (uint64_t)bucket_of_length(gap);
    int32_t beyond = outer;                    /* the word beyond the border that is no punctuation */
    int32_t step = outer < inner ? -1 : 1;
    for (int k = 0; k < 3 && node_is(t, beyond, NODE_PUNCT); k++) beyond += step;
    add(q, template, rel);
    add(q, template + 1, tie);
    add(q, template + 2, two(tie, h->lemma));
    add(q, template + 3, three(rel, own, h->lemma));
    add(q, template + 36, three(rel, own, h->kind));
    add(q, template + 37, three(tie, h->kind, x->xpos));
    add(q, template + 4, three(rel, own, h->upos));
    add(q, template + 5, x->lemma);
    add(q, template + 6, two(x->xpos, own));
    add(q, template + 7, word_at(t, outer));
    add(q, template + 8, tag_at(t, outer));
    add(q, template + 9, two(word_at(t, outer), x->lemma));
    add(q, template + 10, two(tag_at(t, outer), x->xpos));
    add(q, template + 11, three(word_at(t, outer), word_at(t, beyond), rel));
    add(q, template + 12, two(quotes, sent));
    add(q, template + 13, two(quotes, h->lemma));
    add(q, template + 14, three(quotes, word_at(t, outer), own));
    add(q, template + 15, two(sent, h->upos));
    add(q, template + 16, three(far, (uint64_t)is_near, q->place));
    add(q, template + 17, three(rel, q->tail, own));
    add(q, template + 18, two(x->lemma, h->lemma));
    add(q, template + 19, three(word_at(t, beyond), tag_at(t, beyond), (uint64_t)(beyond >= 0 && beyond < t->n ? t->v[beyond].rel : 99)));
    add(q, template + 20, three(far, x->xpos, tag_at(t, outer)));
    add(q, template + 21, two(tie, quotes));
    add(q, template + 22, three(top < 0 ? 1 : t->v[top].upos, rel, x->xpos));
    add(q, template + 23, three(sent, q->place, quotes));
    add(q, template + 24, three(rel, own, quotes));
    uint64_t from_source = 9;                  /* right behind or before the source */
    if (q->source.from >= 0) from_source = inner == q->source.to ? 1 : inner + 1 == q->source.from ? 2 : outer == q->source.from ? 3 :
                                           outer == q->source.to - 1 ? 4 : beyond >= q->source.from && beyond < q->source.to ? 5 : 6;
    uint64_t from_cue = inner == q->cue.to ? 1 : inner + 1 == q->cue.from ? 2 : beyond >= q->cue.from && beyond < q->cue.to ? 3 : 4;
    add(q, template + 25, three(from_source, from_cue, tag_at(t, outer)));
    add(q, template + 26, three(from_source, from_cue, q->place));
    add(q, template + 27, three(from_cue, h->lemma, rel));
    if (beyond >= 0 && beyond < t->n && t->v[beyond].sent == x->sent) {       /* what the next words belong to */
        int32_t other = step > 0 ? top_from(t, beyond) : top_to(t, beyond);
        uint64_t other_rel = other < 0 ? 1 : t->v[other].deprel;
        add(q, template + 28, two(other_rel, tie_to(q, other)));
        add(q, template + 29, three(other_rel, tie_to(q, other), h->lemma));
        add(q, template + 38, three(other_rel, tie_to(q, other), h->kind));
        add(q, template + 39, three(other_rel, t->v[beyond].kind, own));
        add(q, template + 30, three(other_rel, word_at(t, beyond), tie_to(q, other)));
        add(q, template + 31, three(other_rel, word_at(t, outer), (uint64_t)(other >= 0 && t->v[other].head == q->head)));
        add(q, template + 32, three(other_rel, word_at(t, beyond), (uint64_t)(other >= 0 && t->v[other].head == q->head)));
    }
    if (is_near) {                             /* the border beside the cue: what stands between */
        uint64_t between = 1;
        int32_t a = q->is_right ? q->cue.to : inner + 1, b = q->is_right ? inner : q->cue.from;
        if (b - a <= 4)
            for (int32_t k = a; k < b; k++)
                between = two(between, q->source.from >= 0 && k >= q->source.from && k < q->source.to ? 5 : t->v[k].xpos);
        else between = (uint64_t)(b - a < 20 ? 20 : 21);
        add(q, template + 33, between);
        add(q, template + 34, two(between, h->lemma));
        add(q, template + 35, three(between, rel, own));
    }
}

/* ---- pairs ------------------------------------------------------------------------------------------------------- */

/* Roots of a stretch that grows by one word at a time: words whose head lies outside of it. */
typedef struct { int32_t from, to, roots, one; } Growing;
static void grow(const Tree *t, Growing *g, int32_t to)
{
    for (; g->to < to; g->to++) {
        const Node *x = &t->v[g->to];
        if (x->is & NODE_PUNCT) continue;
        if (x->head < g->from || x->head >= g->to) g->roots++, g->one = g->to;
        for (int32_t k = x->child; k >= 0 && k < g->to; k = t->v[k].next) {
            if (k < g->from || (t->v[k].is & NODE_PUNCT)) continue;
            g->roots--;
            if (g->one == k) g->one = g->to;
        }
    }
}

/* The one word that all others hang from, where there is one. */
static int32_t root_of(const Tree *t, const Growing *g)
{
    if (g->roots != 1) return -1;
    int32_t i = g->one;
    for (int steps = 0; steps < 40 && t->v[i].head >= g->from && t->v[i].head < g->to; steps++) i = t->v[i].head;
    return i;
}

static void ask_pair(Asked *q, Stretch s, const Growing *g)
{
    const Tree *t = q->t;
    const Node *h = &t->v[q->head], *a = &t->v[s.from], *b = &t->v[s.to - 1];
    int32_t root = root_of(t, g);
    uint64_t tie = root < 0 ? (uint64_t)(g->roots < 5 ? g->roots : 5) : tie_to(q, root), rel = root < 0 ? 1 : t->v[root].deprel;
    uint64_t exact = root >= 0 && t->v[root].left == s.from && right_trimmed(t, root) == s.to;
    uint64_t quotes = (uint64_t)((a->is & NODE_OPENS) != 0) * 8 + ((b->is & NODE_CLOSES) != 0) * 4 +
                      (a->quote >= 0 && a->quote == b->quote) * 2 + (a->quote >= 0) + (uint64_t)(b->quote >= 0) * 16 +
                      (uint64_t)(a->quote >= 0 && b->quote >= 0 && b->quote - a->quote == 1) * 32;
    uint64_t length = (uint64_t)bucket_of_length(s.to - s.from), sents = (uint64_t)(b->sent - a->sent < 3 ? b->sent - a->sent : 3);
    add(q, T_PAIR, tie);
    add(q, T_PAIR + 1, three(tie, exact, h->upos));
    add(q, T_PAIR + 2, three(tie, exact, h->lemma));
    add(q, T_PAIR + 12, three(tie, exact, h->kind));
    add(q, T_PAIR + 3, three(rel, exact, root < 0 ? 1 : t->v[root].upos));
    add(q, T_PAIR + 4, two(quotes, sents));
    add(q, T_PAIR + 5, two(quotes, exact));
    add(q, T_PAIR + 6, two(length, sents));
    add(q, T_PAIR + 7, three(length, h->upos, exact));
    add(q, T_PAIR + 8, three(a->para != b->para, sents, quotes));
    add(q, T_PAIR + 9, three(rel, quotes, exact));
    add(q, T_PAIR + 10, three(a->xpos, rel, exact));
    add(q, T_PAIR + 11, three(q->place, length, rel));
}

static void ask_pairs(Asked *q)
{
    for (int32_t i = 0; i < q->n_firsts; i++) {
        Growing g = {q->first[i], q->first[i], 0, -1};
        for (int32_t k = 0; k < q->n_lasts; k++) {
            Stretch s = {q->first[i], q->last[k] + 1};
            if (s.to <= s.from) continue;
            if (q->source.from >= 0 && s.from < q->source.to && q->source.from < s.to) continue;
            grow(q->t, &g, s.to);
            ask_pair(q, s, &g);
            *push(q->c->a, &q->c->choices) = (Choice){{q->first_part[i], q->last_part[k], choices_part(q->c)}, s};
        }
    }
}

/* ---- which borders ----------------------------------------------------------------------------------------------- */

static bool is_free(const Asked *q, int32_t i)
{
    if (node_is(q->t, i, NODE_PUNCT)) return false;
    if (q->is_right ? i < q->cue.to : i >= q->cue.from) return false;
    return !(q->source.from >= 0 && i >= q->source.from && i < q->source.to);
}

static void put(int32_t *list, int32_t *n, int32_t i)    /* kept in order, each once */
{
    int32_t k = *n;
    if (*n >= BORDERS) return;
    while (k > 0 && list[k - 1] > i) k--;
    if (k > 0 && list[k - 1] == i) return;
    for (int32_t m = (*n)++; m > k; m--) list[m] = list[m - 1];
    list[k] = i;
}

static int32_t first_word(const Tree *t, int32_t i, int32_t to) { while (i < to && node_is(t, i, NODE_PUNCT)) i++; return i; }
static int32_t last_word(const Tree *t, int32_t i, int32_t from) { while (i >= from && node_is(t, i, NODE_PUNCT)) i--; return i; }

static void right_borders(Asked *q)
{
    const Tree *t = q->t;
    int32_t end = sent_end(t, q->head), last = last_word(t, end - 1, q->cue.to), quotes = 0;
    if (last >= q->cue.to && is_free(q, last)) put(q->last, &q->n_lasts, last);
    int32_t room = BORDERS - SENTENCES - 2 * QUOTATIONS - 1;
    for (int32_t i = q->cue.to; i < end && room > 0; i++)
        if (is_free(q, i)) put(q->first, &q->n_firsts, i), put(q->last, &q->n_lasts, i), room--;
    for (int32_t i = q->cue.to; i < t->n && quotes < QUOTATIONS; i++) {        /* quotations that begin here or in the next sentence */
        int32_t d = t->v[i].sent - t->v[q->head].sent;
        if (d > SENTENCES + 20) break;
        if (t->v[i].is & NODE_CLOSES && d > 0 && is_free(q, last_word(t, i, q->cue.to))) put(q->last, &q->n_lasts, last_word(t, i, q->cue.to)), quotes++;
        if (t->v[i].is & NODE_OPENS && d > 0 && d < 3 && is_free(q, i)) put(q->first, &q->n_firsts, i);
    }
    for (int32_t s = t->v[q->head].sent + 1; s < t->n_sents && s <= t->v[q->head].sent + SENTENCES; s++) {
        int32_t from = t->sent_begin[s], to = t->sent_begin[s + 1], first = first_word(t, from, to), w = last_word(t, to - 1, from);
        if (first >= to || w < from) continue;
        if (s == t->v[q->head].sent + 1 && is_free(q, first)) put(q->first, &q->n_firsts, first);
        if (is_free(q, w)) put(q->last, &q->n_lasts, w);
        if (t->v[from].para > t->v[q->head].para + 1) break;
    }
}

static void left_borders(Asked *q)
{
    const Tree *t = q->t;
    int32_t begin = sent_begin(t, q->head), first = first_word(t, begin, q->cue.from), quotes = 0;
    if (first < q->cue.from && is_free(q, first)) put(q->first, &q->n_firsts, first);
    int32_t room = BORDERS - SENTENCES - 2 * QUOTATIONS - 1;
    for (int32_t i = q->cue.from - 1; i >= begin && room > 0; i--)
        if (is_free(q, i)) put(q->first, &q->n_firsts, i), put(q->last, &q->n_lasts, i), room--;
    for (int32_t i = q->cue.from - 1; i >= 0 && quotes < QUOTATIONS; i--) {
        int32_t d = t->v[q->head].sent - t->v[i].sent;
        if (d > SENTENCES + 20) break;
        if (t->v[i].is & NODE_OPENS && d > 0 && is_free(q, i)) put(q->first, &q->n_firsts, i), quotes++;
        if (t->v[i].is & NODE_CLOSES && d == 1 && is_free(q, last_word(t, i, 0))) put(q->last, &q->n_lasts, last_word(t, i, 0));
    }
    for (int32_t s = t->v[q->head].sent - 1; s >= 0 && s >= t->v[q->head].sent - SENTENCES; s--) {
        int32_t from = t->sent_begin[s], to = t->sent_begin[s + 1], w = first_word(t, from, to);
        if (from >= to || t->v[from].para != t->v[q->head].para) break;
        if (w < to && is_free(q, w)) put(q->first, &q->n_firsts, w);
    }
}

static void ask_nothing(Asked *q)
{
    const Tree *t = q->t;
    const Node *h = &t->v[q->head];
    int32_t from = sent_begin(t, q->head), to = sent_end(t, q->head), a = first_word(t, from, to), z = last_word(t, to - 1, from);
    uint64_t begins = q->cue.from <= a || (q->source.from >= 0 && q->source.from <= a), ends = q->cue.to > z || (q->source.from >= 0 && q->source.to > z);
    uint64_t before = a < to ? (uint64_t)(t->v[a].quote >= 0) : 0, behind = z >= from ? (uint64_t)(t->v[z].quote >= 0) : 0;
    uint64_t next = word_at(t, q->cue.to), next_tag = tag_at(t, q->cue.to), prior = word_at(t, q->cue.from - 1);
    uint64_t frame = 1;
    for (int32_t k = h->child; k >= 0; k = t->v[k].next) {
        const Node *y = &t->v[k];
        uint64_t side = two(y->deprel, (uint64_t)(k < q->head));
        add(q, T_NOTHING, side);
        add(q, T_NOTHING + 1, two(side, h->lemma));
        if (y->rel == REL_CCOMP || y->rel == REL_XCOMP || y->rel == REL_OBJ || y->rel == REL_PARATAXIS || y->rel == REL_NSUBJ) frame = two(frame, side);
    }
    add(q, T_NOTHING + 2, h->lemma);
    add(q, T_NOTHING + 3, two(frame, h->lemma));
    add(q, T_NOTHING + 4, two(frame, h->upos));
    add(q, T_NOTHING + 17, two(frame, h->kind));
    add(q, T_NOTHING + 5, three(begins, ends, q->place));
    add(q, T_NOTHING + 6, three(before, behind, q->place));
    add(q, T_NOTHING + 7, three(two(before, behind), begins, ends));
    add(q, T_NOTHING + 8, two(next, q->place));
    add(q, T_NOTHING + 9, three(next_tag, q->place, begins));
    add(q, T_NOTHING + 10, two(prior, q->place));
    add(q, T_NOTHING + 11, three(h->deprel, h->upos, q->place));
    add(q, T_NOTHING + 12, three(h->deprel, h->lemma, ends));
    add(q, T_NOTHING + 13, three(q->tail, ends, begins));
    add(q, T_NOTHING + 14, three(h->deprel, h->xpos, two(begins, ends)));
    add(q, T_NOTHING + 15, three(word_at(t, to), (uint64_t)(to < t->n && t->v[to].quote >= 0), ends));
    add(q, T_NOTHING + 16, three(word_at(t, z + 1), ends, q->place));
    *push(q->c->a, &q->c->choices) = (Choice){{choices_part(q->c), -1, -1}, STRETCH_NONE};
}

void content_ask(const Tree *t, int32_t head, Stretch cue, Stretch source, bool is_right, Choices *c)
{
    Asked q = {.t = t, .head = head, .cue = cue, .source = source, .is_right = is_right,
               .base = is_right ? 0 : LEFT_TEMPLATES, .c = c, .tail = t->v[cue.to - 1].lemma,
               .place = source.from < 0 ? 0 : source.to <= cue.from ? 1 + (uint64_t)(source.to == cue.from) : 3 + (uint64_t)(source.from == cue.to)};
    choices_clear(c);
    ask_nothing(&q);
    if (is_right) right_borders(&q);
    else left_borders(&q);
    for (int32_t i = 0; i < q.n_firsts; i++) {
        ask_border(&q, q.first[i], q.first[i] - 1, top_from(t, q.first[i]), is_right, T_FIRST);
        q.first_part[i] = choices_part(c);
    }
    for (int32_t i = 0; i < q.n_lasts; i++) {
        ask_border(&q, q.last[i], q.last[i] + 1, top_to(t, q.last[i]), !is_right, T_LAST);
        q.last_part[i] = choices_part(c);
    }
    ask_pairs(&q);
}
