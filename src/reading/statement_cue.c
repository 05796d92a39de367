/* Cues: which words make somebody say, think, want, feel or see something, and how far the cue reaches.
**
** "Ito has repeatedly warned that …"     built around warned, a verb with a clause and a person before it
** "in Ito's view", "according to Ito"    built around view, around according
** "Ito: We sail"                         built around the colon
**
** Half of all cues stand outside of any list of verbs that a person would write down, so any word may be one. What
** counts is the frame: whose subject, which clause, whose quotation, which particle; and the lemma, where it was met before.
**
** A cue is one stretch: auxiliaries, adverbs and denials before its word, the preposition or object that belongs to it behind.
** Cost: some sixty features a word, and for a cue some twenty begins and ends.
*/
#include "reading/statement.h"

enum { T_CUE = 0, T_SPAN = 200 };              /* templates of this file: numbers 0 … 399 */
enum { BACK = 7, AHEAD = 10 };                 /* words that a cue may reach to both sides of its own */

static uint64_t lemma_at(const Tree *t, int32_t i, int32_t from, int32_t to) { return i < from || i >= to ? 1 : t->v[i].lemma; }
static uint64_t xpos_at(const Tree *t, int32_t i, int32_t from, int32_t to) { return i < from || i >= to ? 1 : t->v[i].xpos; }

static uint64_t ending(const Tree *t, int32_t i, int n)  /* the last letters of a word that is no name */
{
    const Node *x = &t->v[i];
    if (x->name || !(x->is & (NODE_NOUN | NODE_VERB)) ) return x->upos;
    Str s = span_str(t->r->text, x->span);
    return hash64(str_sub(s, s.n - n, s.n));
}

/* What hangs from the word: each relation, with the word for those that carry grammar. Returns the frame. */
static uint64_t ask_children(const Tree *t, int32_t i, Choices *c)
{
    const Node *x = &t->v[i];
    uint64_t frame = 1;
    for (int32_t k = x->child; k >= 0; k = t->v[k].next) {
        const Node *y = &t->v[k];
        if (y->rel == REL_PUNCT || y->rel == REL_DET) continue;
        uint64_t side = k < i, rel = two(y->deprel, side);
        choices_add(c, T_CUE + 10, rel);
        choices_add(c, T_CUE + 11, two(x->lemma, rel));
        choices_add(c, T_CUE + 12, two(y->lemma, rel));
        choices_add(c, T_CUE + 70, two(x->kind, rel));
        choices_add(c, T_CUE + 71, three(x->kind, y->coarse, rel));
        choices_add(c, T_CUE + 72, two(y->kind, rel));
        if (y->rel != REL_NSUBJ) choices_add(c, T_CUE + 13, three(x->lemma, y->lemma, rel));
        if (y->rel == REL_NSUBJ || y->rel == REL_OBJ || y->rel == REL_CCOMP || y->rel == REL_XCOMP || y->rel == REL_PARATAXIS ||
            y->rel == REL_COP || y->rel == REL_PRT || y->rel == REL_IOBJ || y->rel == REL_CASE || y->rel == REL_POSS || y->rel == REL_RELCL ||
            y->rel == REL_ACL)
            frame = two(frame, rel);
        if (y->rel == REL_CCOMP || y->rel == REL_XCOMP || y->rel == REL_PARATAXIS || y->rel == REL_ACL || y->rel == REL_ADVCL) {
            uint64_t mark = 1, subject = 0;
            for (int32_t g = y->child; g >= 0; g = t->v[g].next) {
                if (t->v[g].rel == REL_MARK) mark = t->v[g].lemma;
                if (t->v[g].rel == REL_NSUBJ) subject = 1;
            }
            choices_add(c, T_CUE + 14, three(rel, mark, subject));
            choices_add(c, T_CUE + 15, three(two(x->lemma, rel), mark, subject));
            choices_add(c, T_CUE + 73, three(two(x->kind, rel), mark, subject));
            choices_add(c, T_CUE + 16, three(rel, y->upos, (uint64_t)(y->quote >= 0) * 2 + (x->quote >= 0)));
        }
        if (y->rel == REL_OBL || y->rel == REL_NMOD || y->rel == REL_OBJ) {
            uint64_t preposition = 1;
            for (int32_t g = y->child; g >= 0; g = t->v[g].next)
                if (t->v[g].rel == REL_CASE) preposition = t->v[g].lemma;
            choices_add(c, T_CUE + 17, three(x->lemma, rel, preposition));
            choices_add(c, T_CUE + 74, three(x->kind, rel, preposition));
            choices_add(c, T_CUE + 75, three(x->kind, y->kind, rel));
            choices_add(c, T_CUE + 18, three(two(rel, preposition), y->name, y->upos));
            choices_add(c, T_CUE + 19, three(two(x->lemma, preposition), y->lemma, rel));
        }
    }
    return frame;
}

static void ask_subject(const Tree *t, int32_t i, Choices *c)
{
    const Node *x = &t->v[i];
    int32_t how, s = tree_subject(t, i, &how);
    uint64_t kind = s < 0 ? 1 : three(t->v[s].upos, t->v[s].name, (uint64_t)how);
    choices_add(c, T_CUE + 20, kind);
    choices_add(c, T_CUE + 21, two(x->lemma, kind));
    choices_add(c, T_CUE + 76, two(x->kind, kind));
    if (s < 0) return;
    choices_add(c, T_CUE + 77, two(t->v[s].kind, (uint64_t)how));
    choices_add(c, T_CUE + 78, three(t->v[s].coarse, x->kind, (uint64_t)how));
    choices_add(c, T_CUE + 22, two(t->v[s].lemma, (uint64_t)how));
    choices_add(c, T_CUE + 23, two(t->v[s].lemma, x->upos));
    choices_add(c, T_CUE + 24, three(kind, t->v[s].deprel, (uint64_t)bucket_of_length(i - s)));
}

static void ask_window(const Tree *t, int32_t i, int32_t from, int32_t to, Choices *c)
{
    const Node *x = &t->v[i];
    for (int32_t d = -3; d <= 3; d++) {
        if (!d) continue;
        uint64_t at = (uint64_t)(d + 8);
        choices_add(c, T_CUE + 30, two(at, lemma_at(t, i + d, from, to)));
        choices_add(c, T_CUE + 31, two(at, xpos_at(t, i + d, from, to)));
        if (d == -1 || d == 1) choices_add(c, T_CUE + 32, three(at, x->lemma, lemma_at(t, i + d, from, to)));
    }
    choices_add(c, T_CUE + 33, three(x->xpos, xpos_at(t, i - 1, from, to), xpos_at(t, i + 1, from, to)));
    choices_add(c, T_CUE + 34, three(x->lemma, lemma_at(t, i + 1, from, to), lemma_at(t, i + 2, from, to)));
    choices_add(c, T_CUE + 35, three(x->xpos, xpos_at(t, i + 1, from, to), xpos_at(t, i + 2, from, to)));
}

/* Quotations beside the word: how near one ends before it and begins behind it, in its sentence or at its border. */
static uint64_t quotes_beside(const Tree *t, int32_t i, int32_t from, int32_t to)
{
    uint64_t before = 0, behind = 0;
    for (int32_t k = i - 1; k >= from && i - k <= 30; k--)
        if (t->v[k].is & NODE_CLOSES) { before = (uint64_t)bucket_of_length(i - k); break; }
    for (int32_t k = i + 1; k < to && k - i <= 30; k++)
        if (t->v[k].is & NODE_OPENS) { behind = (uint64_t)bucket_of_length(k - i); break; }
    if (!before && node_is(t, from - 1, NODE_PUNCT) && t->v[from - 1].quote >= 0) before = 20;
    if (!behind && to < t->n && t->v[to].quote >= 0 && node_is(t, to - 1, NODE_PUNCT)) behind = 20;
    return before * 32 + behind;
}

static void ask_place(const Tree *t, int32_t i, int32_t from, int32_t to, uint64_t frame, Choices *c)
{
    const Node *x = &t->v[i];
    uint64_t quotes = quotes_beside(t, i, from, to), within = x->quote >= 0;
    choices_add(c, T_CUE + 40, two(quotes, within));
    choices_add(c, T_CUE + 41, three(quotes / 32, x->lemma, within));
    choices_add(c, T_CUE + 42, three(quotes % 32, x->lemma, within));
    choices_add(c, T_CUE + 43, three(quotes, x->upos, x->deprel));
    choices_add(c, T_CUE + 44, two(within, x->lemma));
    choices_add(c, T_CUE + 79, three(quotes, x->kind, within));
    choices_add(c, T_CUE + 80, two(frame, x->kind));
    choices_add(c, T_CUE + 81, two(frame, x->coarse));
    uint64_t ends = node_is(t, to - 1, NODE_STOP) ? 1 : 0, head = (x->is & NODE_HEADLINE) != 0;
    choices_add(c, T_CUE + 45, three((uint64_t)bucket_of_length(i - from), (uint64_t)bucket_of_length(to - i), x->upos));
    choices_add(c, T_CUE + 46, three(ends, head, x->upos));
    choices_add(c, T_CUE + 47, two(head, x->lemma));
    choices_add(c, T_CUE + 48, two((uint64_t)(x->para < 3 ? x->para : 3), head));
    choices_add(c, T_CUE + 49, three(frame, x->upos, x->deprel));
    choices_add(c, T_CUE + 50, two(frame, x->lemma));
    choices_add(c, T_CUE + 51, two(frame, x->xpos));
}

/* What the word hangs from: a clause that somebody already says holds nested sayings only. */
static void ask_above(const Tree *t, int32_t i, Choices *c)
{
    const Node *x = &t->v[i];
    int32_t h = x->head;
    const Node *y = h < 0 ? NULL : &t->v[h];
    choices_add(c, T_CUE + 60, y ? three(y->lemma, x->deprel, x->upos) : 1);
    choices_add(c, T_CUE + 61, y ? three(y->xpos, x->deprel, x->upos) : x->upos);
    choices_add(c, T_CUE + 82, y ? three(y->kind, x->deprel, x->kind) : x->kind);
    choices_add(c, T_CUE + 83, y ? three(y->coarse, x->deprel, x->coarse) : x->coarse);
    choices_add(c, T_CUE + 62, y ? three(y->lemma, x->deprel, x->lemma) : x->lemma);
    uint64_t above = 1;
    for (int32_t k = i, steps = 0; k >= 0 && t->v[k].head >= 0 && steps < 12; k = t->v[k].head, steps++) {
        if (t->v[k].rel != REL_CCOMP && t->v[k].rel != REL_PARATAXIS && !(t->v[k].rel == REL_XCOMP && k != i)) continue;
        const Node *g = &t->v[t->v[k].head];
        above = two(g->lemma, t->v[k].deprel);
        choices_add(c, T_CUE + 63, above);
        choices_add(c, T_CUE + 64, two(t->v[k].deprel, (uint64_t)(t->v[k].head < i)));
        break;
    }
    choices_add(c, T_CUE + 65, two(above == 1, x->lemma));
    if (y && y->head >= 0) choices_add(c, T_CUE + 66, three(y->deprel, t->v[y->head].lemma, x->deprel));
    choices_add(c, T_CUE + 67, (uint64_t)(x->depth < 8 ? x->depth : 8));
}

void cue_ask(const Tree *t, int32_t i, Choices *c)
{
    const Node *x = &t->v[i];
    int32_t from = sent_begin(t, i), to = sent_end(t, i);
    choices_clear(c);
    choices_add(c, T_CUE + 1, x->lemma);
    choices_add(c, T_CUE + 2, two(x->lemma, x->xpos));
    choices_add(c, T_CUE + 3, x->form);
    choices_add(c, T_CUE + 84, two(x->kind, x->xpos));
    choices_add(c, T_CUE + 85, two(x->coarse, x->deprel));
    choices_add(c, T_CUE + 86, two(x->kind, x->deprel));
    choices_add(c, T_CUE + 4, two(x->upos, x->deprel));
    choices_add(c, T_CUE + 5, two(x->lemma, x->deprel));
    choices_add(c, T_CUE + 6, x->xpos);
    choices_add(c, T_CUE + 7, ending(t, i, 3));
    choices_add(c, T_CUE + 8, ending(t, i, 4));
    uint64_t frame = ask_children(t, i, c);
    ask_subject(t, i, c);
    ask_window(t, i, from, to, c);
    ask_place(t, i, from, to, frame, c);
    ask_above(t, i, c);
    *push(c->a, &c->choices) = (Choice){{choices_part(c), -1, -1}, {i, i + 1}};
}

/* ---- how far it reaches ------------------------------------------------------------------------------------------ */

/* A border of the cue before word `at`: what stands on either side, and how these belong to the cue's word. */
static void ask_border(const Tree *t, int32_t i, int32_t at, uint32_t template, Choices *c)
{
    int32_t from = sent_begin(t, i), to = sent_end(t, i);
    const Node *x = &t->v[i];
    uint64_t far = (uint64_t)(at - i + 32);
    choices_add(c, template, far);
    choices_add(c, template + 1, two(far, x->lemma));
    choices_add(c, template + 2, two(far, x->xpos));
    for (int32_t d = -1; d <= 0; d++) {
        int32_t k = at + d;
        bool is_there = k >= from && k < to;
        uint64_t side = (uint64_t)(d + 1);
        uint64_t tie = !is_there ? 1 : k == i ? 2 : t->v[k].head == i ? three(t->v[k].deprel, 3, 0) :
                       t->v[k].head >= 0 && t->v[t->v[k].head].head == i ? three(t->v[t->v[k].head].deprel, t->v[k].deprel, 4) :
                       x->head == k ? three(x->deprel, 5, 0) : x->head >= 0 && x->head == t->v[k].head ? three(x->deprel, t->v[k].deprel, 6) : 7;
        uint64_t lemma = lemma_at(t, k, from, to), xpos = xpos_at(t, k, from, to);
        choices_add(c, template + 3, two(side, lemma));
        choices_add(c, template + 4, two(side, xpos));
        choices_add(c, template + 5, two(side, tie));
        choices_add(c, template + 6, three(side, tie, lemma));
        choices_add(c, template + 7, three(side, lemma, x->lemma));
        choices_add(c, template + 15, three(side, lemma, x->kind));
        choices_add(c, template + 16, three(side, is_there ? t->v[k].kind : 1, x->kind));
        choices_add(c, template + 8, three(side, tie, x->lemma));
        choices_add(c, template + 9, three(side, two(xpos, tie), far));
    }
    choices_add(c, template + 10, two(lemma_at(t, at - 1, from, to), lemma_at(t, at, from, to)));
    choices_add(c, template + 11, three(xpos_at(t, at - 1, from, to), xpos_at(t, at, from, to), far));
    choices_add(c, template + 12, three(xpos_at(t, at, from, to), xpos_at(t, at + 1, from, to), far));
    choices_add(c, template + 13, two(lemma_at(t, at, from, to), lemma_at(t, at + 1, from, to)));
    choices_add(c, template + 14, three((uint64_t)(at < to && t->v[at].quote >= 0), (uint64_t)(t->v[i].quote >= 0), far));
}

void cue_span_ask(const Tree *t, int32_t i, Choices *c)
{
    int32_t from = sent_begin(t, i), to = sent_end(t, i);
    int32_t low = i - BACK < from ? from : i - BACK, high = i + AHEAD > to ? to : i + AHEAD;
    int32_t begin_part[BACK + 1], end_part[AHEAD + 1];
    choices_clear(c);
    for (int32_t b = low; b <= i; b++) {
        ask_border(t, i, b, T_SPAN, c);
        begin_part[i - b] = choices_part(c);
    }
    for (int32_t e = i + 1; e <= high; e++) {
        ask_border(t, i, e, T_SPAN + 20, c);
        end_part[e - i - 1] = choices_part(c);
    }
    uint64_t left = 1;
    for (int32_t b = i; b >= low; b--) {
        left = two(left, t->v[b].lemma);
        uint64_t whole = left, tags = 1;
        for (int32_t e = i + 1; e <= high; e++) {
            if (e > i + 1) whole = two(whole, t->v[e - 1].lemma), tags = two(tags, t->v[e - 1].xpos);
            choices_add(c, T_SPAN + 40, whole);
            choices_add(c, T_SPAN + 41, (uint64_t)(e - b));
            choices_add(c, T_SPAN + 42, two(tags, t->v[i].xpos));
            choices_add(c, T_SPAN + 43, three(t->v[b].lemma, t->v[e - 1].lemma, (uint64_t)(e - b)));
            *push(c->a, &c->choices) = (Choice){{begin_part[i - b], end_part[e - i - 1], choices_part(c)}, {b, e}};
        }
    }
}
