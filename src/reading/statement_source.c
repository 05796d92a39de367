/* Sources: whose words they are.
**
** "Ito, the harbour master, told reporters …"   candidates: Ito · Ito, the harbour master · reporters · … · nobody
**
** Every noun of the sentence heads candidates: its subtree, and that less what stands at its ends (prepositions before it,
** clauses and appositions behind it); and so do the words beside the cue, where the tree went wrong. What speaks for one is
** the way through the tree from the cue's word to the noun.
**
** Always: a candidate does not overlap the cue; "nobody" is the first. Cost: at most NOUNS nouns with CUTS × CUTS stretches.
*/
#include "reading/statement.h"

enum { T_NOUN = 400, T_BEGIN = 450, T_END = 480, T_WHOLE = 510, T_NONE = 530 };   /* templates: numbers 400 … 599 */
enum { NOUNS = 40, CUTS = 12, FAR = 60, BESIDE = 14 };

static void ask_noun(const Tree *t, int32_t head, Stretch cue, int32_t noun, int32_t between, Choices *c)
{
    const Node *x = &t->v[head], *y = &t->v[noun];
    int32_t up, down, how, subject = tree_subject(t, head, &how);
    uint64_t path = tree_path(t, head, noun, &up, &down), before = noun < cue.from;
    uint64_t kind = two(y->upos, y->name), is_subject = subject == noun ? (uint64_t)how + 2 : 0;
    uint64_t tail = t->v[cue.to - 1].lemma, far = (uint64_t)bucket_of_length(before ? cue.from - noun : noun - cue.to);
    choices_add(c, T_NOUN + 1, two(path, before));
    choices_add(c, T_NOUN + 2, three(path, x->upos, before));
    choices_add(c, T_NOUN + 3, three(path, x->lemma, before));
    choices_add(c, T_NOUN + 4, three(path, x->xpos, kind));
    choices_add(c, T_NOUN + 5, kind);
    choices_add(c, T_NOUN + 6, two(kind, before));
    choices_add(c, T_NOUN + 7, y->lemma);
    choices_add(c, T_NOUN + 27, two(y->kind, before));
    choices_add(c, T_NOUN + 28, three(y->coarse, path, x->upos));
    choices_add(c, T_NOUN + 29, three(path, x->kind, before));
    choices_add(c, T_NOUN + 30, three(is_subject, x->kind, y->coarse));
    choices_add(c, T_NOUN + 31, three(y->deprel, before, x->kind));
    choices_add(c, T_NOUN + 8, two(y->lemma, y->deprel));
    choices_add(c, T_NOUN + 9, two(y->deprel, before));
    choices_add(c, T_NOUN + 10, three(y->deprel, before, x->lemma));
    choices_add(c, T_NOUN + 11, three(far, before, x->upos));
    choices_add(c, T_NOUN + 12, two(is_subject, path));
    choices_add(c, T_NOUN + 13, three(is_subject, x->lemma, before));
    choices_add(c, T_NOUN + 14, three(is_subject, kind, x->xpos));
    choices_add(c, T_NOUN + 15, three((uint64_t)between, before, y->upos));
    choices_add(c, T_NOUN + 16, three((uint64_t)(y->quote >= 0), (uint64_t)(x->quote >= 0), (uint64_t)(y->quote == x->quote)));
    choices_add(c, T_NOUN + 17, three(two(tail, before), y->deprel, (uint64_t)(up + 8 * down)));
    choices_add(c, T_NOUN + 18, three(tail, far, before));
    choices_add(c, T_NOUN + 19, three(y->head >= 0 ? t->v[y->head].lemma : 1, y->deprel, before));
    choices_add(c, T_NOUN + 20, three(y->head >= 0 ? t->v[y->head].upos : 1, y->deprel, (uint64_t)(y->head == head)));
    choices_add(c, T_NOUN + 21, three(noun > 0 ? t->v[noun - 1].lemma : 1, before, far));
    choices_add(c, T_NOUN + 22, three(noun + 1 < t->n ? t->v[noun + 1].lemma : 1, before, far));
    choices_add(c, T_NOUN + 23, three((uint64_t)(noun - sent_begin(t, noun) < 3), before, kind));
    uint64_t preposition = 1, voice = 1;
    for (int32_t k = y->child; k >= 0; k = t->v[k].next)
        if (t->v[k].rel == REL_CASE) preposition = t->v[k].lemma;
    for (int32_t k = x->child; k >= 0; k = t->v[k].next)
        if (t->v[k].rel == REL_NSUBJ || t->v[k].rel == REL_AUX) voice = two(voice, t->v[k].deprel);
    choices_add(c, T_NOUN + 24, three(preposition, y->deprel, before));
    choices_add(c, T_NOUN + 25, three(preposition, path, x->lemma));
    choices_add(c, T_NOUN + 26, three(voice, path, preposition));
}

/* A border of the phrase: what was cut off there, what stands on either side. */
static void ask_edge(const Tree *t, int32_t noun, int32_t at, int32_t cut, uint32_t template, Choices *c)
{
    const Node *y = &t->v[noun];
    uint64_t off = cut < 0 ? (uint64_t)-cut : t->v[cut].deprel, kind = two(y->upos, y->name);
    uint64_t before = at > 0 ? t->v[at - 1].lemma : 1, behind = at < t->n ? t->v[at].lemma : 1;
    choices_add(c, template, off);
    choices_add(c, template + 1, two(off, kind));
    choices_add(c, template + 2, two(off, y->lemma));
    choices_add(c, template + 3, two(off, cut < 0 ? 1 : t->v[cut].upos));
    choices_add(c, template + 4, two(off, cut < 0 ? 1 : t->v[cut].lemma));
    choices_add(c, template + 5, two(before, off));
    choices_add(c, template + 6, two(behind, off));
    choices_add(c, template + 7, two(before, behind));
    choices_add(c, template + 8, three(at > 0 ? t->v[at - 1].xpos : 1, at < t->n ? t->v[at].xpos : 1, off));
    choices_add(c, template + 9, three((uint64_t)bucket_of_length(at - noun), off, y->upos));
    choices_add(c, template + 10, three(cut < 0 ? 0 : (uint64_t)bucket_of_length(t->v[cut].right - t->v[cut].left), off, y->deprel));
}

typedef struct { int32_t at, cut, part; } Edge;

/* Where the phrase of a noun may begin: its subtree's begin, or behind one of its leading children. */
static int32_t begins_of(const Tree *t, int32_t noun, Edge *e)
{
    int32_t n = 0;
    e[n++] = (Edge){t->v[noun].left, -1, -1};
    for (int32_t k = t->v[noun].child; k >= 0 && k < noun && n < CUTS; k = t->v[k].next)
        if (t->v[k].right > e[n - 1].at && t->v[k].right <= noun) e[n++] = (Edge){t->v[k].right, k, -1};
    return n;
}

static int32_t ends_of(const Tree *t, int32_t noun, Edge *e)
{
    int32_t n = 0, first = -1;
    for (int32_t k = t->v[noun].child; k >= 0; k = t->v[k].next)
        if (k > noun && first < 0) first = k;
    e[n++] = (Edge){t->v[noun].right, -1, -1};
    for (int32_t k = first; k >= 0 && n < CUTS - 4; k = t->v[k].next)
        if (t->v[k].left > noun && t->v[k].rel != REL_PUNCT) e[n++] = (Edge){t->v[k].left, k, -1};
    for (int32_t i = noun + 1; i < t->v[noun].right && n < CUTS; i++)        /* at its commas, whatever the tree says */
        if (node_is(t, i, NODE_PUNCT)) e[n++] = (Edge){i, i, -1};
    return n;
}

static bool apart(Stretch a, Stretch b) { return a.to <= b.from || b.to <= a.from; }

static void ask_phrases(const Tree *t, int32_t noun, Stretch cue, int32_t noun_part, Choices *c)
{
    Edge begin[CUTS], end[CUTS];
    int32_t n_begins = begins_of(t, noun, begin), n_ends = ends_of(t, noun, end);
    for (int32_t b = 0; b < n_begins; b++) {
        int32_t from = begin[b].at;
        if (node_is(t, from, NODE_PUNCT)) continue;
        for (int32_t e = 0; e < n_ends; e++) {
            Stretch s = stretch_trimmed(t, (Stretch){from, end[e].at});
            if (s.from < 0 || s.to <= noun || !apart(s, cue)) continue;
            bool is_double = false;
            for (int32_t k = 0; k < e && !is_double; k++) {
                Stretch o = stretch_trimmed(t, (Stretch){from, end[k].at});
                is_double = o.from == s.from && o.to == s.to;
            }
            if (is_double) continue;
            if (begin[b].part < 0) {
                ask_edge(t, noun, from, begin[b].cut, T_BEGIN, c);
                begin[b].part = choices_part(c);
            }
            ask_edge(t, noun, s.to, end[e].cut, T_END, c);
            choices_add(c, T_WHOLE, (uint64_t)bucket_of_length(s.to - s.from));
            choices_add(c, T_WHOLE + 1, two((uint64_t)bucket_of_length(s.from >= cue.to ? s.from - cue.to : cue.from - s.to), t->v[cue.from].upos));
            choices_add(c, T_WHOLE + 2, three((uint64_t)(s.from == cue.to), (uint64_t)(s.to == cue.from), t->v[noun].deprel));
            *push(c->a, &c->choices) = (Choice){{noun_part, begin[b].part, choices_part(c)}, s};
        }
    }
}

static bool is_asked(const Choices *c, Stretch s)
{
    for (int32_t i = 0; i < c->choices.n; i++)
        if (c->choices.v[i].at.from == s.from && c->choices.v[i].at.to == s.to) return true;
    return false;
}

/* Whatever stands beside the cue, a word more each time: where the tree went wrong, the phrase is among these. */
static void ask_beside(const Tree *t, int32_t head, Stretch cue, int32_t from, int32_t to, bool is_behind, Choices *c)
{
    int32_t noun = -1, noun_part = -1, top = -1;
    int32_t at = is_behind ? cue.to : cue.from - 1, step = is_behind ? 1 : -1;
    while (at >= from && at < to && node_is(t, at, NODE_PUNCT)) at += step;
    for (int32_t i = at; i >= from && i < to && (i - at) * step < BESIDE; i += step) {
        if (top < 0 || t->v[i].depth < t->v[top].depth) top = i;
        Stretch s = is_behind ? (Stretch){at, i + 1} : (Stretch){i, at + 1};
        if (node_is(t, i, NODE_PUNCT) || is_asked(c, s)) continue;
        if (noun != top) {
            noun = top;
            ask_noun(t, head, cue, noun, 0, c);
            noun_part = choices_part(c);
        }
        ask_edge(t, noun, s.from, s.from == t->v[noun].left ? -1 : -2, T_BEGIN, c);
        int32_t begin_part = choices_part(c);
        ask_edge(t, noun, s.to, s.to == t->v[noun].right ? -1 : -2, T_END, c);
        choices_add(c, T_WHOLE, (uint64_t)bucket_of_length(s.to - s.from));
        choices_add(c, T_WHOLE + 2, three((uint64_t)(s.from == cue.to), (uint64_t)(s.to == cue.from), t->v[noun].deprel));
        choices_add(c, T_WHOLE + 3, two(is_behind, t->v[noun].upos));
        *push(c->a, &c->choices) = (Choice){{noun_part, begin_part, choices_part(c)}, s};
    }
}

static void ask_nobody(const Tree *t, int32_t head, Stretch cue, Choices *c)
{
    const Node *x = &t->v[head];
    int32_t how, s = tree_subject(t, head, &how);
    uint64_t subject = s < 0 ? 1 : three(t->v[s].upos, t->v[s].deprel, (uint64_t)how);
    choices_add(c, T_NONE, 1);
    choices_add(c, T_NONE + 1, x->lemma);
    choices_add(c, T_NONE + 12, two(x->kind, subject));
    choices_add(c, T_NONE + 13, two(s < 0 ? 1 : t->v[s].kind, x->xpos));
    choices_add(c, T_NONE + 2, two(x->upos, x->deprel));
    choices_add(c, T_NONE + 3, two(x->xpos, subject));
    choices_add(c, T_NONE + 4, two(x->lemma, subject));
    choices_add(c, T_NONE + 5, two(t->v[cue.from].lemma, x->xpos));
    choices_add(c, T_NONE + 6, t->v[cue.to - 1].lemma);
    choices_add(c, T_NONE + 7, two(s < 0 ? 1 : t->v[s].lemma, x->xpos));
    choices_add(c, T_NONE + 8, two(cue.from > 0 ? t->v[cue.from - 1].lemma : 1, x->upos));
    choices_add(c, T_NONE + 9, two(x->xpos, x->deprel));
    for (int32_t k = x->child; k >= 0; k = t->v[k].next) {
        choices_add(c, T_NONE + 10, two(t->v[k].deprel, x->xpos));
        choices_add(c, T_NONE + 11, three(t->v[k].deprel, t->v[k].lemma, x->xpos));
    }
    *push(c->a, &c->choices) = (Choice){{choices_part(c), -1, -1}, STRETCH_NONE};
}

void source_ask(const Tree *t, int32_t head, Stretch cue, Choices *c)
{
    int32_t from = sent_begin(t, head), to = sent_end(t, head), nouns = 0;
    choices_clear(c);
    ask_nobody(t, head, cue, c);
    if (from < cue.from - FAR) from = cue.from - FAR;
    if (to > cue.to + FAR) to = cue.to + FAR;
    for (int32_t side = 0; side < 2; side++) {                   /* the nearest nouns first, to both sides */
        int32_t between = 0;
        for (int32_t d = 1; d <= FAR && nouns < (side + 1) * NOUNS / 2; d++) {
            int32_t i = side ? cue.to - 1 + d : cue.from - d;
            if (i < from || i >= to) break;
            if (!(t->v[i].is & NODE_NOUN) && t->v[i].rel != REL_NSUBJ && t->v[i].rel != REL_POSS) continue;
            ask_noun(t, head, cue, i, between < 6 ? between : 6, c);
            ask_phrases(t, i, cue, choices_part(c), c);
            nouns++;
            between += t->v[i].rel != REL_COMPOUND && t->v[i].rel != REL_FLAT;
        }
    }
    ask_beside(t, head, cue, from, to, false, c);
    ask_beside(t, head, cue, from, to, true, c);
}
