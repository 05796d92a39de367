/* Finding: which words are cues, and which source and content each of them takes.
**
** Ito said the mayor feared that the port would close.
**  out: Ito | said | the mayor feared that the port would close · inside it: the mayor | feared | that the port would close
**
** Every word is asked whether a cue is built around it; the likely ones are asked how far they reach, whose they are and
** what they say, each time for the best of all candidates. Then the whole is weighed once more: a cue that finds no content, or a
** source that nobody would believe, makes the statement less likely. `p` is that last weighing, calibrated by the trainer on
** articles that nothing else had seen; what falls below the threshold is no statement.
**
** A cue within the content of another is inside it, and must find source and content there: the outer speaker answers for
** all of it.
**
** Always: cues do not overlap; the parts of a statement do not overlap; the inner lies within the outer. Cost: linear in the words,
** and per cue what its candidates cost.
*/
#include "reading/statement.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- exponent and logarithm by plain products: the same on every machine, which libraries do not promise ------------ */
static double power_of_e(double x)
{
    if (x < -700) return 0;
    double k = floor(x * 1.4426950408889634 + 0.5), r = x - k * 0.6931471805599453, sum = 1, term = 1;
    for (int i = 1; i < 14; i++) term = term * r / i, sum += term;
    return ldexp(sum, (int)k);
}

static double logarithm(double x)
{
    int k;
    double m = frexp(x, &k), y = (m - 0.7071067811865476) / (m + 0.7071067811865476), y2 = y * y, sum = 0, term = y;
    for (int i = 1; i < 30; i += 2) sum += term / i, term *= y2;
    return 2 * sum + (k - 0.5) * 0.6931471805599453;
}

double statement_share(double log_odds) { return 1 / (1 + power_of_e(-log_odds)); }

/* ---- the best of all candidates ---------------------------------------------------------------------------------- */
typedef struct { int32_t best, second; float log_p, nothing; } Answer;        /* nothing: log-probability of the first candidate */
typedef struct {
    Arena *a;
    const Tree *t;
    const StatementModel *m;
    Choices c;
    SLICE(BagSum) sums;
    SLICE(float) scores;
} Finder;

static void sum_parts(Finder *f)
{
    f->sums.n = 0;
    for (int32_t i = 0, from = 0; i < f->c.part_end.n; i++) {
        BagSum *s = push(f->a, &f->sums);
        *s = (BagSum){{0}};
        bag_add(&f->m->bag, f->c.features.v + from, f->c.part_end.v[i] - from, s);
        from = f->c.part_end.v[i];
    }
}

/* Where a choice must lie, and words that it must not hold. */
typedef struct { Stretch within, without; } Bounds;

static bool is_allowed(Stretch s, const Bounds *in)
{
    if (s.from < 0 || !in) return true;
    return s.from >= in->within.from && s.to <= in->within.to &&
           (in->without.from < 0 || s.to <= in->without.from || s.from >= in->without.to);
}

/* The best of those that the bounds allow; its probability is among all. */
static Answer answer(Finder *f, StatementTask task, const Bounds *in)
{
    Answer x = {-1, -1, 0, 0};
    float top = 0;
    sum_parts(f);
    f->scores.n = 0;
    for (int32_t i = 0; i < f->c.choices.n; i++) {
        const Choice *ch = &f->c.choices.v[i];
        BagSum s = f->sums.v[ch->part[0]];
        for (int k = 1; k < PARTS; k++)
            if (ch->part[k] >= 0) bag_join(&s, &f->sums.v[ch->part[k]]);
        float score = bag_score(&f->m->bag, task, &s);
        *push(f->a, &f->scores) = score;
        if (i == 0 || score > top) top = score;
        if (!is_allowed(ch->at, in)) continue;
        if (x.best < 0 || score > f->scores.v[x.best]) x.best = i;
        if (i > 0 && (x.second < 0 || score > f->scores.v[x.second])) x.second = i;      /* the best that is not the first */
    }
    double all = 0;
    for (int32_t i = 0; i < f->scores.n; i++) all += power_of_e((double)(f->scores.v[i] - top));
    float rest = (float)-logarithm(all) - top;
    if (x.best >= 0) {
        x.log_p = f->scores.v[x.best] + rest;
        x.nothing = f->scores.v[0] + rest;
    }
    return x;
}

static float score_of_second(const Finder *f, const Answer *x)         /* log-probability of the best that is something */
{
    return x->second < 0 ? -20 : f->scores.v[x->second] - f->scores.v[x->best] + x->log_p;
}

static Stretch stretch_of(const Finder *f, int32_t choice) { return choice < 0 ? STRETCH_NONE : f->c.choices.v[choice].at; }

/* ---- one statement ------------------------------------------------------------------------------------------------- */
static void fill_content(Finder *f, Found *x, const Bounds *in)
{
    const Tree *t = f->t;
    content_ask(t, x->head, x->cue, x->source, true, &f->c);
    Answer r = answer(f, TASK_RIGHT, in);
    Stretch right_else = stretch_of(f, r.second);
    float right_p = score_of_second(f, &r);
    x->right = stretch_of(f, r.best);
    content_ask(t, x->head, x->cue, x->source, false, &f->c);
    Answer l = answer(f, TASK_LEFT, in);
    float left_p = score_of_second(f, &l);
    x->left = stretch_of(f, l.best);
    x->fact[4] = r.log_p;
    x->fact[5] = l.log_p;
    x->fact[6] = r.nothing > l.nothing ? l.nothing : r.nothing;
    x->fact[7] = r.nothing + l.nothing > -8 ? r.nothing + l.nothing : -8;     /* how likely it has no content at all */
    if (x->right.from >= 0 || x->left.from >= 0) return;
    if (right_p - r.nothing >= left_p - l.nothing) x->right = right_else, x->fact[4] = right_p;
    else x->left = stretch_of(f, l.second), x->fact[5] = left_p;
}

static void fill_parts(Finder *f, Found *x, const Bounds *in)
{
    source_ask(f->t, x->head, x->cue, &f->c);
    Answer s = answer(f, TASK_SOURCE, in);
    x->source = stretch_of(f, s.best);
    x->fact[2] = s.log_p;
    x->fact[3] = s.nothing;
    fill_content(f, x, in);
}

static float lengthy(Stretch s) { return s.from < 0 ? 0 : (float)(s.to - s.from < 30 ? s.to - s.from : 30) / 10; }

static void weigh(Finder *f, Found *x)
{
    const StatementModel *m = f->m;
    x->fact[8] = lengthy(x->left) + lengthy(x->right);
    x->fact[9] = x->source.from < 0;
    x->fact[10] = x->left.from >= 0;
    x->fact[11] = f->t->v[x->head].quote >= 0;
    double odds = (double)m->weight[FOUND_FACTS];
    for (int i = 0; i < FOUND_FACTS; i++) odds += (double)m->weight[i] * (double)x->fact[i];
    x->p = x->left.from < 0 && x->right.from < 0 ? 0 : statement_share(odds);
}

/* ---- cues ---------------------------------------------------------------------------------------------------------- */
static int by_odds(const void *a, const void *b)
{
    const Found *x = a, *y = b;
    if (x->fact[0] > y->fact[0]) return -1;
    if (x->fact[0] < y->fact[0]) return 1;
    return x->head < y->head ? -1 : x->head > y->head;
}

static int by_place(const void *a, const void *b)
{
    const Found *x = a, *y = b;
    return x->cue.from < y->cue.from ? -1 : x->cue.from > y->cue.from;
}

enum { CUES_MOST = 16 };                                 /* of a sentence: what has more is no prose */

/* The likely cues of a sentence, the likeliest first; no two overlap. */
static void find_cues(Finder *f, int32_t from, int32_t to, Founds *found)
{
    int32_t first = found->n, kept;
    for (int32_t i = from; i < to; i++) {
        if (f->t->v[i].is & NODE_MARK) continue;
        cue_ask(f->t, i, &f->c);
        sum_parts(f);
        float odds = bag_score(&f->m->bag, TASK_CUE, &f->sums.v[0]);
        if (odds < f->m->low) continue;
        *push(f->a, found) = (Found){.head = i, .fact = {odds}, .inside = NONE, .who = {-1, -1}};
    }
    if (found->n == first) return;
    qsort(found->v + first, (size_t)(found->n - first), sizeof(Found), by_odds);
    if (found->n > first + CUES_MOST) found->n = first + CUES_MOST;
    kept = first;
    for (int32_t k = first; k < found->n; k++) {
        Found x = found->v[k];
        bool is_taken = false;
        for (int32_t o = first; o < kept && !is_taken; o++)
            is_taken = found->v[o].cue.from <= x.head && x.head < found->v[o].cue.to;
        if (is_taken) continue;
        cue_span_ask(f->t, x.head, &f->c);
        Answer s = answer(f, TASK_CUE_SPAN, NULL);
        x.cue = f->c.choices.v[s.best].at;
        x.fact[1] = s.log_p;
        for (int32_t o = first; o < kept; o++) {         /* what the likelier one holds is not ours */
            Stretch other = found->v[o].cue;
            if (other.from > x.head && x.cue.to > other.from) x.cue.to = other.from;
            if (other.to <= x.head && x.cue.from < other.to) x.cue.from = other.to;
        }
        found->v[kept++] = x;
    }
    found->n = kept;
}

/* ---- one in another ------------------------------------------------------------------------------------------------ */
static bool holds(const Found *outer, int32_t word)
{
    return (outer->left.from <= word && word < outer->left.to) || (outer->right.from <= word && word < outer->right.to);
}

static Stretch side_with(const Found *outer, int32_t word) { return outer->left.from <= word && word < outer->left.to ? outer->left : outer->right; }

static bool lies_in(Stretch s, Stretch in) { return s.from < 0 || (s.from >= in.from && s.to <= in.to); }

/* For each the smallest content that holds its cue. Two that hold each other's cues: the likelier one is the outer. */
static void nest(Founds *found, int32_t reach)
{
    for (int32_t i = 0; i < found->n; i++) {
        Found *x = &found->v[i];
        int32_t best = NONE, size = 0;
        for (int32_t d = -reach; d <= reach; d++) {
            int32_t k = i + d;
            if (!d || k < 0 || k >= found->n) continue;
            const Found *y = &found->v[k];
            if (!holds(y, x->cue.from) || !holds(y, x->cue.to - 1)) continue;
            if (holds(x, y->cue.from) && (x->p > y->p || (x->p == y->p && i < k))) continue;
            Stretch s = side_with(y, x->cue.from);
            if (best < 0 || s.to - s.from < size) best = k, size = s.to - s.from;
        }
        x->inside = best;
    }
    for (int32_t i = 0; i < found->n; i++) {             /* no circles */
        int32_t steps = 0, k = i;
        while (found->v[k].inside >= 0 && steps++ < 64) k = found->v[k].inside;
        if (steps >= 64) found->v[i].inside = NONE;
    }
}

static void keep_likely(Founds *found, double threshold)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < found->n; i++)
        if (found->v[i].p >= threshold) found->v[kept++] = found->v[i];
    found->n = kept;
}

enum { NEIGHBOURS = 24, DEEPEST = 4 };         /* statements to both sides that may hold one; contents in contents */

static Stretch hull(Stretch a, Stretch b)
{
    return b.from < 0 ? a : (Stretch){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to};
}

/* How likely the parts are: log-probabilities of the choices. */
static float sum_of_parts(const Found *x) { return x->fact[2] + x->fact[4] + x->fact[5]; }
static bool has_content(const Found *x) { return x->left.from >= 0 || x->right.from >= 0; }

static const float UNLIKELY = -2.3f;           /* a tenth: such a source is named by nobody who reads it */

/* One whose cue lies in another's content, but whose source or content does not: either it must find others there, or the
** content of the outer one reaches too far. Whichever costs less. */
static void settle(Finder *f, Found *outer, Found *x)
{
    Stretch in = side_with(outer, x->cue.from);
    if (lies_in(x->source, in) && lies_in(x->left, in) && lies_in(x->right, in)) return;
    Found inner = *x, shorter = *outer;
    fill_parts(f, &inner, &(Bounds){in, STRETCH_NONE});
    if (inner.fact[2] < UNLIKELY) inner.source = STRETCH_NONE;
    if (outer->inside < 0) {
        Stretch theirs = x->source.from < 0 || x->source.to <= outer->cue.from || x->source.from >= outer->cue.to ? hull(x->cue, x->source) : x->cue;
        bool is_apart = theirs.to <= outer->cue.from || theirs.from >= outer->cue.to;
        if (is_apart) {
            fill_content(f, &shorter, &(Bounds){anywhere(f->t), theirs});
            bool is_better = has_content(&shorter) && (!has_content(&inner) ||
                             sum_of_parts(&shorter) - sum_of_parts(outer) > sum_of_parts(&inner) - sum_of_parts(x));
            if (is_better) {
                outer->left = shorter.left;
                outer->right = shorter.right;
                x->inside = NONE;
                return;
            }
        }
    }
    if (x->source.from >= 0 && inner.source.from < 0) inner.who = x->source;
    *x = inner;
}

/* Without content no statement. */
static void drop_empty(Arena *a, Founds *found)
{
    int32_t kept = 0, *now = arena_new(a, int32_t, found->n + 1);
    for (int32_t i = 0; i < found->n; i++) {
        now[i] = has_content(&found->v[i]) ? kept : NONE;
        if (now[i] >= 0) found->v[kept++] = found->v[i];
    }
    found->n = kept;
    for (int32_t i = 0; i < kept; i++)
        if (found->v[i].inside >= 0) found->v[i].inside = now[found->v[i].inside];
}

Founds statements_find(Arena *a, const Tree *t, const StatementModel *m, bool all)
{
    Finder f = {.a = a, .t = t, .m = m, .c = {.a = a}};
    Founds found = {0};
    for (int32_t s = 0; s < t->n_sents; s++) find_cues(&f, t->sent_begin[s], t->sent_begin[s + 1], &found);
    for (int32_t i = 0; i < found.n; i++) {
        fill_parts(&f, &found.v[i], NULL);
        weigh(&f, &found.v[i]);
    }
    if (all) return found;
    keep_likely(&found, (double)m->threshold);
    if (found.n) qsort(found.v, (size_t)found.n, sizeof(Found), by_place);
    nest(&found, NEIGHBOURS);
    for (int32_t depth = 1; depth < DEEPEST; depth++)    /* the outer first, for the inner must fit into it */
        for (int32_t i = 0; i < found.n; i++) {
            Found *x = &found.v[i];
            int32_t d = 0;
            for (int32_t k = x->inside; k >= 0 && d < DEEPEST; k = found.v[k].inside) d++;
            if (d == depth) settle(&f, &found.v[x->inside], x);
        }
    nest(&found, NEIGHBOURS);
    for (int32_t i = 0; i < found.n; i++) {              /* what was shortened since may hold a cue and no longer its parts */
        Found *x = &found.v[i];
        if (x->inside < 0) continue;
        Stretch in = side_with(&found.v[x->inside], x->cue.from);
        if (!lies_in(x->source, in)) x->source = STRETCH_NONE;
        if (!lies_in(x->left, in)) x->left = STRETCH_NONE;
        if (!lies_in(x->right, in)) x->right = STRETCH_NONE;
    }
    drop_empty(a, &found);
    return found;
}

/* ---- the model ----------------------------------------------------------------------------------------------------- */
bool statement_model_of(Str bytes, StatementModel *m, Err *e)
{
    Model *file = model_of(bytes, S("models/statements.en"), e);
    if (!file) return false;
    ModelReader r = {.section = model_section(file, S("weights"))};
    Str weights = model_bytes(&r, sizeof m->weight + 2 * sizeof(float), 4);
    bool ok = bag_of(model_section(file, S("bag")), &m->bag, e) && kinds_of(model_section(file, S("kinds")), &m->kinds, e);
    if (ok && (r.is_short || m->bag.n_tasks != TASK_COUNT)) ok = fail(e, ERR_INPUT, "its sections are of another form");
    if (ok) {
        memcpy(m->weight, weights.p, sizeof m->weight);
        memcpy(&m->low, weights.p + sizeof m->weight, sizeof m->low);
        memcpy(&m->threshold, weights.p + sizeof m->weight + sizeof m->low, sizeof m->threshold);
    } else err_while(e, "models/statements.en");
    model_close(file);
    return ok;
}

static StatementModel shipped;
static bool is_there;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_shipped(void)
{
    Err e = {0};
    Str bytes = model_shipped(S("statements.en"));
    if (bytes.n == 0) return;
    is_there = statement_model_of(bytes, &shipped, &e);
    if (is_there) return;
    fprintf(stderr, "%s; make it anew with make train-statements\n", e.text);
    abort();
}

const StatementModel *statement_model(void)
{
    pthread_once(&once, open_shipped);
    return is_there ? &shipped : NULL;
}
