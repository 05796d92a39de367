/* Features of names: what is asked about each token before it is called the part of a name, or none.
**
**   … the Harbour Council of Velline said …
**       of "Council": the word, its ends, its shape, its clusters, its neighbours two to each side, and the run of
**       capitals it stands in (begins with Harbour, ends with Velline, follows "the"), what the document said of it
**
** A word in small letters is asked less, and one with none but small ones beside it little: few of them are names, and
** they are most of the text. In a headline or a line of capitals the shape is another feature than elsewhere.
**
** The trainer calls these very functions. Cost: some 50 features for a word with a capital, 20 for one beside it, 10 for
** another.
*/
#include "language/name_inside.h"

typedef struct { const NameLook *k; uint64_t *out; int32_t n; uint32_t template; } Asking;

static inline void ask(Asking *a, uint64_t what)
{
    a->template++;
    if (what) a->out[a->n++] = model_feature(a->template, what);
}
static inline void ask2(Asking *a, uint64_t x, uint64_t y) { ask(a, model_mix(x, y)); }
static inline void ask3(Asking *a, uint64_t x, uint64_t y, uint64_t z) { ask(a, model_mix(model_mix(x, y), z)); }

static inline const Word *word_at(const Sentence *s, int32_t i)
{
    return &s->words[i < -1 ? 0 : i > s->n ? s->n + 1 : i + 1];
}

static inline uint64_t top(const Word *w, int bits) { return w->cluster ? cluster_top(w->cluster, bits) + 1 : 0; }

static inline uint64_t shape_of(const Word *w)
{
    uint64_t look = w->flags & (WORD_SHOUTED | WORD_TITLED);
    return w->shape ^ look << 40;
}

/* ---- the sentence's own looks ---------------------------------------------------------------------------------- */
static bool is_raised(const Word *w) { return (w->flags & WORD_UPPER) != 0; }

/* Words in small letters that may stand within a name: short ones ("of", "the", "and", "de"). */
static bool is_link(const Word *w) { return !is_raised(w) && !(w->flags & (WORD_SIGN | WORD_DIGIT)) && !w->suffix[2]; }

static void runs(NameLook *k)
{
    const Sentence *s = k->s;
    for (int32_t i = 0; i < s->n;) {
        if (!is_raised(&s->words[i + 1])) {
            k->run_begin[i] = k->run_end[i] = (int16_t)i;
            i++;
            continue;
        }
        int32_t end = i + 1;
        for (;;) {
            int32_t next = end;
            while (next < s->n && next < end + 2 && is_link(&s->words[next + 1])) next++;
            if (next < s->n && is_raised(&s->words[next + 1])) end = next + 1;
            else break;
        }
        for (int32_t j = i; j < end; j++) k->run_begin[j] = (int16_t)i, k->run_end[j] = (int16_t)end;
        i = end;
    }
}

enum { PHRASE_WORDS = 4 };
/* Places of several words: their tokens are marked where the whole stands in the text. */
static void mark_places(NameLook *k, const NameFacts *f)
{
    const Sentence *s = k->s;
    for (int32_t i = 0; i < s->n; i++) {
        if (!(k->fact[i + NAME_PAD] & FACT_IN_PLACE) || !is_raised(&s->words[i + 1])) continue;
        uint64_t phrase = s->words[i + 1].lower;
        for (int32_t j = i + 1; j < s->n && j < i + PHRASE_WORDS; j++) {
            phrase = name_phrase(phrase, s->words[j + 1].lower);
            if (cluster_of(f, phrase) & FACT_PLACE)
                for (int32_t w = i; w <= j; w++)
                    k->fact[w + NAME_PAD] |= w == i ? FACT_PLACE_BEGIN : w == j ? FACT_PLACE_END : FACT_PLACE_INNER;
        }
    }
}

void name_look(NameLook *k, const Sentence *s, const NameFacts *f, const NameMemory *m)
{
    k->s = s;
    for (int32_t i = -NAME_PAD; i < s->n + NAME_PAD; i++) {
        bool is_inside = i >= 0 && i < s->n;
        const Word *w = word_at(s, i);
        k->fact[i + NAME_PAD] = is_inside ? cluster_of(f, w->lower) & FACT_ASKED : 0;
        k->trace[i + NAME_PAD] = is_inside ? name_trace(m, w) : (NameTrace){0};
    }
    mark_places(k, f);
    runs(k);
}

/* ---- templates: their numbers are their order; a model is for one order ---------------------------------------- */
static void ask_plain(Asking *a, int32_t i)
{
    const Word *w = word_at(a->k->s, i), *l = word_at(a->k->s, i - 1), *r = word_at(a->k->s, i + 1);
    a->template = 100;
    ask(a, 1);
    ask(a, w->lower);
    ask(a, w->suffix[2]);
    ask(a, w->shape);
    ask(a, top(w, 16));
    ask(a, top(w, 8));
    ask(a, l->lower);
    ask(a, r->lower);
    ask(a, w->xpos);
    ask(a, a->k->fact[i + NAME_PAD]);
    ask(a, a->k->trace[i + NAME_PAD].tag);
}

static void ask_word(Asking *a, int32_t i)
{
    const Sentence *s = a->k->s;
    const Word *w = word_at(s, i), *l = word_at(s, i - 1), *r = word_at(s, i + 1);
    const Word *ll = word_at(s, i - 2), *rr = word_at(s, i + 2);
    uint64_t look = 1 + (w->flags & (WORD_FIRST | WORD_SHOUTED | WORD_TITLED)), shape = shape_of(w);
    ask(a, look);
    ask(a, w->form);
    ask(a, w->lower);
    ask(a, w->prefix[2]);
    for (int k = 1; k < WORD_SUFFIXES; k++) ask(a, w->suffix[k]);
    ask2(a, shape, look);
    ask(a, l->lower);
    ask(a, r->lower);
    ask(a, ll->lower);
    ask(a, rr->lower);
    ask2(a, l->lower, w->lower);
    ask2(a, w->lower, r->lower);
    ask2(a, l->lower, shape);
    ask2(a, r->lower, shape);
    ask2(a, l->lower, ll->lower);
    ask2(a, r->lower, rr->lower);
    ask2(a, shape_of(l), shape);
    ask2(a, shape, shape_of(r));
    ask3(a, shape_of(l), shape, shape_of(r));
    ask(a, r->suffix[2]);
}

static void ask_clusters(Asking *a, int32_t i)
{
    const Sentence *s = a->k->s;
    const Word *w = word_at(s, i), *l = word_at(s, i - 1), *r = word_at(s, i + 1);
    const Word *ll = word_at(s, i - 2), *rr = word_at(s, i + 2);
    ask(a, top(w, 16));
    ask(a, top(w, 12));
    ask(a, top(w, 9));
    ask(a, top(w, 6));
    ask(a, top(l, 12));
    ask(a, top(l, 8));
    ask(a, top(r, 12));
    ask(a, top(r, 8));
    ask(a, top(ll, 9));
    ask(a, top(rr, 9));
    ask3(a, top(l, 8), top(w, 8), is_raised(l) + 2u);
    ask3(a, top(w, 8), top(r, 8), is_raised(r) + 2u);
    ask3(a, top(l, 7), top(w, 7), top(r, 7));
}

static void ask_run(Asking *a, int32_t i)
{
    const Sentence *s = a->k->s;
    int32_t begin = a->k->run_begin[i], end = a->k->run_end[i], n = end - begin;
    const Word *w = word_at(s, i), *first = word_at(s, begin), *last = word_at(s, end - 1);
    const Word *before = word_at(s, begin - 1), *behind = word_at(s, end);
    uint64_t in = (uint64_t)(1 + (i > begin ? i == end - 1 ? 2 : 1 : n > 1 ? 0 : 3));
    if (n <= 0) {
        a->template += 9;
        return;
    }
    ask2(a, in, (uint64_t)(n > 5 ? 5 : n));
    ask2(a, last->lower, in);
    ask2(a, first->lower, in);
    ask2(a, top(last, 10), in);
    ask2(a, top(first, 10), in);
    ask3(a, before->lower, in, n > 1);
    ask3(a, behind->lower, in, n > 1);
    ask3(a, top(before, 9), top(behind, 9), in);
    ask3(a, top(last, 8), top(w, 8), in);
}

static void ask_tags(Asking *a, int32_t i)
{
    const Sentence *s = a->k->s;
    const Word *w = word_at(s, i), *l = word_at(s, i - 1), *r = word_at(s, i + 1);
    ask(a, w->xpos);
    ask2(a, l->xpos, w->xpos);
    ask2(a, w->xpos, r->xpos);
    ask2(a, l->xpos, r->xpos);
}

static void ask_known(Asking *a, int32_t i)
{
    const NameLook *k = a->k;
    const Word *w = word_at(k->s, i);
    const uint16_t *fact = k->fact + i + NAME_PAD;
    const NameTrace *trace = k->trace + i + NAME_PAD;
    uint64_t look = 1 + (w->flags & (WORD_FIRST | WORD_SHOUTED | WORD_TITLED | WORD_UPPER));
    ask2(a, fact[0], look);
    ask3(a, fact[-1], fact[0], 1);
    ask3(a, fact[0], fact[1], 2);
    ask2(a, trace[0].tag, trace[0].caps);
    ask3(a, trace[-1].tag, trace[0].tag, 1);
    ask3(a, trace[0].tag, trace[1].tag, 2);
    ask2(a, trace[0].caps, look);
}

/* A word in small letters, or a number, beside a capital: "of" in "Council of Velline", "said" behind a name. */
static void ask_beside(Asking *a, int32_t i)
{
    const NameLook *k = a->k;
    const Sentence *s = k->s;
    const Word *w = word_at(s, i), *l = word_at(s, i - 1), *r = word_at(s, i + 1);
    uint64_t beside = 1 + is_raised(l) + 2u * is_raised(r), shape = shape_of(w);
    int32_t begin = k->run_begin[i], end = k->run_end[i];
    a->template = 200;
    ask2(a, beside, w->flags);
    ask(a, w->lower);
    ask2(a, w->lower, beside);
    ask2(a, w->suffix[2], beside);
    ask2(a, shape, beside);
    ask2(a, top(w, 16), beside);
    ask2(a, top(w, 9), beside);
    ask2(a, l->lower, beside);
    ask2(a, r->lower, beside);
    ask2(a, l->lower, w->lower);
    ask2(a, w->lower, r->lower);
    ask2(a, top(l, 11), beside);
    ask2(a, top(r, 11), beside);
    ask2(a, shape_of(l), shape);
    ask2(a, shape, shape_of(r));
    ask2(a, w->xpos, beside);
    ask3(a, l->xpos, w->xpos, r->xpos);
    ask3(a, k->trace[i + NAME_PAD - 1].tag, k->trace[i + NAME_PAD].tag, k->trace[i + NAME_PAD + 1].tag);
    ask3(a, k->fact[i + NAME_PAD - 1], k->fact[i + NAME_PAD], k->fact[i + NAME_PAD + 1]);
    if (end - begin < 2) return;                         /* not within a run of capitals */
    ask2(a, word_at(s, begin)->lower, w->lower);
    ask2(a, word_at(s, end - 1)->lower, w->lower);
    ask2(a, top(word_at(s, begin), 9), top(word_at(s, end - 1), 9));
    ask2(a, top(l, 10), top(r, 10));
    ask2(a, l->lower, r->lower);
}

int32_t name_features(const NameLook *k, int32_t i, uint64_t out[NAME_FEATURES])
{
    Asking a = {.k = k, .out = out};
    if (!is_raised(word_at(k->s, i))) {
        if (is_raised(word_at(k->s, i - 1)) || is_raised(word_at(k->s, i + 1))) ask_beside(&a, i);
        else ask_plain(&a, i);
        return a.n;
    }
    ask_word(&a, i);
    ask_clusters(&a, i);
    ask_run(&a, i);
    ask_tags(&a, i);
    ask_known(&a, i);
    return a.n;
}
