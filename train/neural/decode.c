/* Decoding, and scores on development sets.
**
** Heads: the best one of each word; where that is no tree with one root, the best such tree (Chu & Liu 1965, Edmonds
** 1967; arcs from the root are charged so much that just one is taken). Names: the best row of classes in which every
** name begins, goes on and ends lawfully (Viterbi). Tags and relations: the best class, relations to the decoded
** heads.
**
** Scores are those of gold tokens: UPOS and tags by word; UAS, LAS with all words, subtypes of relations cut (as CoNLL
** 2018 does) or not (las_full); names by span and type.
*/
#include "train/neural/neural.h"
#include <string.h>

/* ---- trees ------------------------------------------------------------------------------------------------------ */
/* Nodes 0 … n, 0 the root. s[d × size + h]: score of h as the head of d. */
typedef struct { double *s; int32_t size; } Graph;

/* A node on a cycle of the heads, or -1. Walks from each node mark their way with the walk's number. */
static int32_t on_cycle(const int32_t *head, const bool *is_live, int32_t n, int32_t *mark)
{
    memset(mark, 0, (size_t)(n + 1) * sizeof *mark);
    mark[0] = -1;
    for (int32_t i = 1; i <= n; i++) {
        if (!is_live[i]) continue;
        int32_t v = i;
        while (!mark[v]) mark[v] = i, v = head[v];
        if (mark[v] == i) return v;
    }
    return -1;
}

/* Edmonds with contraction in place: the cycle becomes its first node, is solved, and is opened again. */
static void best_tree(Work *k, Graph g, bool *is_live, int32_t n, int32_t *head)
{
    for (int32_t d = 1; d <= n; d++) {
        if (!is_live[d]) continue;
        head[d] = -1;
        for (int32_t h = 0; h <= n; h++)
            if (h != d && is_live[h] && (head[d] < 0 || g.s[d * g.size + h] > g.s[d * g.size + head[d]])) head[d] = h;
    }
    int32_t top = on_cycle(head, is_live, n, work_ints(k, n + 1));
    if (top < 0) return;
    int32_t *was = work_ints(k, n + 1), *into = work_ints(k, n + 1), *from = work_ints(k, n + 1);
    bool *in_cycle = (bool *)work_ints(k, n + 1);
    memset(in_cycle, 0, (size_t)(n + 1));
    memcpy(was, head, (size_t)(n + 1) * sizeof *was);
    for (int32_t v = top; !in_cycle[v]; v = head[v]) in_cycle[v] = true;
    double *in_score = (double *)(void *)work_take(k, 2 * (n + 1)),
           *out_score = (double *)(void *)work_take(k, 2 * (n + 1));
    /* x outside: its best place to enter, and to leave, the cycle */
    for (int32_t x = 0; x <= n; x++) {
        if (!is_live[x] || in_cycle[x]) continue;
        into[x] = from[x] = -1;
        for (int32_t c = 1; c <= n; c++) {
            if (!in_cycle[c]) continue;
            double gain = g.s[c * g.size + x] - g.s[c * g.size + was[c]];
            if (into[x] < 0 || gain > in_score[x]) in_score[x] = gain, into[x] = c;
            if (x && (from[x] < 0 || g.s[x * g.size + c] > out_score[x]))
                out_score[x] = g.s[x * g.size + c], from[x] = c;
        }
    }
    double *kept_in = (double *)(void *)work_take(k, 2 * (n + 1)),
           *kept_out = (double *)(void *)work_take(k, 2 * (n + 1));
    for (int32_t x = 0; x <= n; x++) {
        if (!is_live[x] || in_cycle[x]) continue;
        kept_in[x] = g.s[top * g.size + x], kept_out[x] = g.s[x * g.size + top];
        g.s[top * g.size + x] = in_score[x];
        if (x) g.s[x * g.size + top] = out_score[x];
    }
    for (int32_t c = 1; c <= n; c++)
        if (in_cycle[c] && c != top) is_live[c] = false;
    best_tree(k, g, is_live, n, head);
    for (int32_t c = 1; c <= n; c++)
        if (in_cycle[c]) is_live[c] = true;
    int32_t enter = head[top], at = into[enter];
    for (int32_t c = 1; c <= n; c++)
        if (in_cycle[c]) head[c] = was[c];
    head[at] = enter;
    for (int32_t x = 0; x <= n; x++) {
        if (!is_live[x] || in_cycle[x]) continue;
        if (x && head[x] == top) head[x] = from[x];
        g.s[top * g.size + x] = kept_in[x], g.s[x * g.size + top] = kept_out[x];
    }
}

void decode_tree(Work *k, const Real *scores, int32_t n, int32_t *head)
{
    enum { ROOT_COST = 100000 };                         /* far above any sum of scores of a sentence */
    int32_t roots = 0, *full = work_ints(k, n + 1), *mark = work_ints(k, n + 1);
    bool *is_live = (bool *)work_ints(k, n + 1);
    memset(is_live, 1, (size_t)(n + 1));
    full[0] = 0;
    for (int32_t i = 0; i < n; i++) {
        const Real *s = scores + (ptrdiff_t)i * (n + 1);
        int32_t best = 0;
        for (int32_t j = 1; j <= n; j++)
            if (j != i + 1 && s[j] > s[best]) best = j;
        full[i + 1] = best, roots += best == 0;
    }
    if (roots != 1 || on_cycle(full, is_live, n, mark) >= 0) {
        Graph g = {(double *)(void *)work_take(k, (ptrdiff_t)2 * (n + 1) * (n + 1)), n + 1};
        for (int32_t d = 0; d <= n; d++)
            for (int32_t h = 0; h <= n; h++)
                g.s[d * g.size + h] =
                    d == 0 || h == d ? -1e15 : (double)scores[(ptrdiff_t)(d - 1) * (n + 1) + h] - (h ? 0 : ROOT_COST);
        best_tree(k, g, is_live, n, full);
    }
    memcpy(head, full + 1, (size_t)n * sizeof *head);
}

/* ---- names ------------------------------------------------------------------------------------------------------ */
enum { PLACE_BEGIN, PLACE_INSIDE, PLACE_END, PLACE_SINGLE };
/* May class b follow class a? -1 stands for the ends of the sentence. */
static bool may_follow(int32_t a, int32_t b)
{
    bool is_open = a > 0 && ((a - 1) % 4 == PLACE_BEGIN || (a - 1) % 4 == PLACE_INSIDE);
    bool goes_on = b > 0 && ((b - 1) % 4 == PLACE_INSIDE || (b - 1) % 4 == PLACE_END);
    return is_open ? goes_on && (a - 1) / 4 == (b - 1) / 4 : !goes_on;
}
void decode_names(Work *k, const Real *scores, int32_t n, int32_t *class)
{
    Real best[NAME_CLASSES], next[NAME_CLASSES];
    int32_t *back = work_ints(k, (ptrdiff_t)n * NAME_CLASSES), last = 0;
    for (int32_t b = 0; b < NAME_CLASSES; b++) best[b] = may_follow(-1, b) ? scores[b] : (Real)-1e9;
    for (int32_t i = 1; i < n; i++) {
        for (int32_t b = 0; b < NAME_CLASSES; b++) {
            int32_t from = -1;
            for (int32_t a = 0; a < NAME_CLASSES; a++)
                if (may_follow(a, b) && (from < 0 || best[a] > best[from])) from = a;
            next[b] = best[from] + scores[(ptrdiff_t)i * NAME_CLASSES + b], back[i * NAME_CLASSES + b] = from;
        }
        memcpy(best, next, sizeof best);
    }
    for (int32_t b = 1; b < NAME_CLASSES; b++)
        if (may_follow(b, -1) && best[b] > best[last]) last = b;
    for (int32_t i = n - 1; i >= 0; i--) {
        class[i] = last;
        if (i) last = back[i * NAME_CLASSES + last];
    }
}

/* ---- scores ----------------------------------------------------------------------------------------------------- */
enum { READ_SENTENCES = 32 };
static int32_t best_of(const Real *scores, int32_t n)
{
    int32_t best = 0;
    for (int32_t i = 1; i < n; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}
static Str before(Str s, char c)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] == c) return str_sub(s, 0, i);
    return s;
}
/* Sentences that are read at once, longest first. number: where each stands among the samples. */
typedef struct {
    int32_t begin, n, number[READ_SENTENCES];
    const Sample *order[READ_SENTENCES];
    Thought thought;                                     /* lives in the work until the next ones are read */
} Reading;
static bool next_read(const Reader *r, Work *k, const Samples *s, Reading *at)  /* begins with an empty one */
{
    int32_t from = at->begin += at->n;
    at->n = s->n - from < READ_SENTENCES ? s->n - from : READ_SENTENCES;
    for (int32_t i = 0; i < at->n; i++) {
        int32_t j = i;
        for (; j > 0 && at->order[j - 1]->n < s->v[from + i].n; j--)
            at->order[j] = at->order[j - 1], at->number[j] = at->number[j - 1];
        at->order[j] = s->v + from + i, at->number[j] = from + i;
    }
    if (at->n == 0) return false;
    work_reset(k);
    at->thought = net_think(r, k, at->order, at->n);
    return true;
}
static void score_tree(const Reader *r, Work *k, const Lexicon *l, const Thought *t, const Sample *s, int32_t i,
                       const Tree *gold, TreeScore *score)
{
    int32_t *head = work_ints(k, s->n);
    decode_tree(k, t->arcs[i], s->n, head);
    const Real *relations = net_relations(r, k, t, s, i, head);
    for (int32_t w = 0; w < s->n; w++) {
        const TreeWord *g = gold->word + w;
        int32_t tag = best_of(t->tags + (ptrdiff_t)(t->first[i] + w) * l->tags.n, l->tags.n);
        Str relation = l->relations.v[best_of(relations + (ptrdiff_t)w * l->relations.n, l->relations.n)];
        bool is_head = head[w] == g->head;
        score->words++, score->uas += is_head;
        score->upos += str_eq(before(l->tags.v[tag], '\t'), g->upos);
        score->tag += s->tag[w].p[0] && s->tag[w].class[0] == tag;
        score->las += is_head && str_eq(before(relation, ':'), before(g->deprel, ':'));
        score->las_full += is_head && str_eq(relation, g->deprel);
    }
}
TreeScore score_trees(const Reader *r, const Lexicon *l, const Samples *s)
{
    TreeScore score = {0};
    Work k = {0};
    for (Reading at = {0}; next_read(r, &k, s, &at);)
        for (int32_t i = 0; i < at.n; i++)
            score_tree(r, &k, l, &at.thought, at.order[i], i, s->gold->v + at.number[i], &score);
    work_free(&k);
    return score;
}

/* Spans of a lawful row of classes, as begin × 2^20 + end × 2^3 + type. */
static int32_t spans_of(const int32_t *class, int32_t n, bool with_misc, int64_t *span)
{
    int32_t found = 0, begin = 0;
    for (int32_t i = 0; i < n; i++) {
        if (!class[i]) continue;
        int32_t place = (class[i] - 1) % 4, type = (class[i] - 1) / 4;
        if (place == PLACE_BEGIN || place == PLACE_SINGLE) begin = i;
        if ((place == PLACE_END || place == PLACE_SINGLE) && (with_misc || type < NAME_TYPES - 1))
            span[found++] = (int64_t)begin << 20 | (int64_t)i << 3 | type;
    }
    return found;
}
static void score_name(Work *k, const Thought *t, const Sample *s, int32_t i, bool with_misc, NameScore *score)
{
    int32_t *class = work_ints(k, s->n), *gold = work_ints(k, s->n);
    int64_t *found = (int64_t *)(void *)work_take(k, 2 * s->n), *right = (int64_t *)(void *)work_take(k, 2 * s->n);
    decode_names(k, t->names + (ptrdiff_t)t->first[i] * NAME_CLASSES, s->n, class);
    for (int32_t w = 0; w < s->n; w++) gold[w] = s->name[w].class[0];
    int32_t n = spans_of(class, s->n, with_misc, found), n_gold = spans_of(gold, s->n, with_misc, right);
    score->found += n, score->gold += n_gold;
    for (int32_t a = 0, b = 0; a < n && b < n_gold;) {   /* both in order */
        if (found[a] == right[b]) score->right++, a++, b++;
        else if (found[a] < right[b]) a++;
        else b++;
    }
}
NameScore score_names(const Reader *r, const Samples *s, bool with_misc)
{
    NameScore score = {0};
    Work k = {0};
    for (Reading at = {0}; next_read(r, &k, s, &at);)
        for (int32_t i = 0; i < at.n; i++) score_name(&k, &at.thought, at.order[i], i, with_misc, &score);
    work_free(&k);
    return score;
}
double name_f1(NameScore s) { return s.gold + s.found ? 200.0 * (double)s.right / (double)(s.gold + s.found) : 0; }
