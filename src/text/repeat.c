/* Pull quotes: a sentence of the body that the page shows once more, in large letters.
**
**   body     "… a former customs inspector, appears to have found out how to play on his pride so that he repeats …"
**   alone    "Brandt appears to have found out how to play on his pride."          11 of its 12 words: a pull quote
**
** Every run of five words of each short paragraph is filed by its hash; one walk over all words of the longer
** paragraphs then finds where such runs stand again. A short paragraph is a pull quote when the runs of one longer
** paragraph cover four fifths of its words, in their order ("… ,” he told me. “…" may stand between). Speakers repeat
** themselves, so transcripts are left alone, in speeches only what stands in quotes is one, and so is what stands in
** three places: a refrain. A line without a stop or quotes is a heading, unless it has eight words.
**
** Always: a pull quote is shorter than the paragraph that it repeats. Cost: linear in the words.
*/
#include "text/clean.h"

enum {
    RUN = 5,               /* words: shorter runs repeat by chance */
    QUOTE_WORDS = 45,      /* the most words of a pull quote */
    HEADING_WORDS = 8,     /* fewer words without a stop are a heading that the text echoes */
    CANDIDATES_MAX = 4000, /* short paragraphs that are looked at: a text with more is a list */
    /* of a hundred words are "I", "you" and the like: a speech, whose lines come back in earnest */
    SPOKEN = 4,
    CHAIN = 4              /* runs of equal hash that are kept */
};
typedef struct { int32_t para, n_words, next_at, covered, best, last_para, places; } Candidate;
typedef struct { uint64_t hash; int32_t candidate, at; } Cell;
typedef struct { Cell *cell; int32_t cap; Candidate *v; int32_t n; } Runs;

/* The next word's hash: letters and figures, ASCII without case. */
static bool next_hash(Str s, ptrdiff_t *i, uint64_t *hash)
{
    int size;
    ptrdiff_t at = *i;
    CharClass class = CHAR_SPACE;
    while (at < s.n && (class = char_at(s.p + at, s.n - at, &size)) != CHAR_LETTER && class != CHAR_DIGIT) at += size;
    *i = at;
    if (at >= s.n) return false;
    uint64_t h = 1469598103934665603u;                   /* FNV-1a */
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < CHAR_IS_ASCII) {
            if (char_ascii[c] != CHAR_LETTER && char_ascii[c] != CHAR_DIGIT) break;
            h = (h ^ (c | 0x20)) * 1099511628211u;       /* letters in lower case; figures have the bit anyway */
            at++;
            continue;
        }
        class = char_at(s.p + at, s.n - at, &size);
        if (class != CHAR_LETTER && class != CHAR_DIGIT) break;
        for (int k = 0; k < size; k++) h = (h ^ (unsigned char)s.p[at + k]) * 1099511628211u;
        at += size;
    }
    *i = at;
    *hash = h;
    return true;
}

/* All words of the paragraphs that matter, hashed once: paragraph i has [from[i], from[i + 1]). */
typedef struct { uint64_t *v; int32_t *from; int32_t n; } Hashes;

static Hashes hash_words(Clean *c)
{
    int64_t most = 0;
    for (int32_t i = 0; i < c->paras.n; i++)
        most += c->paras.v[i].reason ? 0 : (c->paras.v[i].span.end - c->paras.v[i].span.begin + 1) / 2;
    Hashes h = {arena_new(c->a, uint64_t, most + 1), arena_new(c->a, int32_t, c->paras.n + 1), 0};
    for (int32_t i = 0; i < c->paras.n; i++) {
        h.from[i] = h.n;
        Str s = span_str(c->r->text, c->paras.v[i].span);
        for (ptrdiff_t at = 0; !c->paras.v[i].reason && next_hash(s, &at, &h.v[h.n]);) h.n++;
    }
    h.from[c->paras.n] = h.n;
    return h;
}

/* RUN words as one polynomial, rolled on by a word; finished by a shift and a product. */
static const uint64_t ROLL = 0x9E3779B97F4A7C15u;
/* 0 until there are RUN words */
static inline uint64_t roll(uint64_t *sum, const uint64_t *words, int32_t i, int32_t from)
{
    if (i >= from + RUN) *sum -= words[i - RUN] * (ROLL * ROLL * ROLL * ROLL);
    *sum = *sum * ROLL + words[i];
    uint64_t mixed = (*sum ^ *sum >> 29) * ROLL;
    return i < from + RUN - 1 ? 0 : (mixed ^ mixed >> 32) | 1;
}

static void file_run(Runs *r, uint64_t hash, int32_t candidate, int32_t at)
{
    uint64_t i = hash;
    for (int chain = 0; r->cell[i & (uint64_t)(r->cap - 1)].hash; i++)
        if (r->cell[i & (uint64_t)(r->cap - 1)].hash == hash && ++chain >= CHAIN) return;
    r->cell[i & (uint64_t)(r->cap - 1)] = (Cell){hash, candidate, at};
}

static bool may_be_quote(const Clean *c, const Para *p)
{
    if (p->reason || p->is_item || p->is_turn || p->n_words > QUOTE_WORDS || p->n_words < RUN - 1) return false;
    Str s = span_str(c->r->text, p->span);
    ptrdiff_t figures = 0, lower = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) figures += ascii_is_digit(s.p[i]), lower += ascii_is_lower(s.p[i]);
    /* a table's row, a heading in capitals, a stage direction */
    if (figures * 10 > s.n || lower * 2 < s.n || s.p[0] == '(' || s.p[0] == '[') return false;
    return p->stops || p->n_words >= HEADING_WORDS || char_opener(s.p, s.n);
}

static void collect(Clean *c, Runs *r, const Hashes *h)
{
    int32_t runs = 0;
    r->v = arena_new(c->a, Candidate, CANDIDATES_MAX < c->paras.n ? CANDIDATES_MAX : c->paras.n);
    for (int32_t i = 0; i < c->paras.n && r->n < CANDIDATES_MAX; i++) {
        if (!may_be_quote(c, &c->paras.v[i])) continue;
        int32_t n = h->from[i + 1] - h->from[i];
        if (n < RUN || n > QUOTE_WORDS) continue;
        r->v[r->n++] = (Candidate){.para = i, .n_words = n, .last_para = NONE};
        runs += n - RUN + 1;
    }
    for (r->cap = 64; r->cap < runs * 2; r->cap *= 2) {}
    r->cell = r->n ? arena_new(c->a, Cell, r->cap) : NULL;
    for (int32_t k = 0; k < r->n; k++) {
        uint64_t sum = 0, run;
        int32_t from = h->from[r->v[k].para];
        for (int32_t i = from; i < from + r->v[k].n_words; i++)
            if ((run = roll(&sum, h->v, i, from))) file_run(r, run, k, i - from - RUN + 1);
    }
}

/* A run of candidate `q`, its words [at, at + RUN), stands in paragraph `para`: how many words does that paragraph
   cover? */
static void met(Candidate *q, int32_t at, int32_t para)
{
    if (at == 0) q->places++;
    if (q->last_para != para || at < q->next_at) q->covered = q->next_at = 0;            /* begins anew */
    int32_t fresh = at + RUN - (at > q->next_at + RUN - 2 || !q->covered ? at : q->next_at + RUN - 1);
    q->covered += fresh;
    if (q->covered > q->best) q->best = q->covered;
    q->next_at = at + 1;
    q->last_para = para;
}

static void walk(Clean *c, Runs *r, const Hashes *h, int32_t para)
{
    uint64_t sum = 0, run;
    int32_t longest = c->paras.v[para].n_words, from = h->from[para];
    for (int32_t i = from; i < h->from[para + 1]; i++) {
        if (!(run = roll(&sum, h->v, i, from))) continue;
        for (uint64_t at = run; r->cell[at & (uint64_t)(r->cap - 1)].hash; at++) {
            const Cell *cell = &r->cell[at & (uint64_t)(r->cap - 1)];
            Candidate *q = &r->v[cell->candidate];
            if (cell->hash == run && q->para != para && q->n_words < longest) met(q, cell->at, para);
        }
    }
}

/* Do "I", "we", "you" abound? */
static bool is_spoken(const Hashes *h)
{
    static const char *const words[] = {"i", "we", "you", "our", "my", "your", "us"};
    uint64_t persons[7];
    int64_t n = 0;
    for (int k = 0; k < 7; k++) {
        ptrdiff_t i = 0;
        (void)next_hash(str_of(words[k]), &i, &persons[k]);
    }
    for (int32_t i = 0; i < h->n; i++)
        for (int k = 0; k < 7; k++) n += h->v[i] == persons[k];
    return n * 100 > (int64_t)h->n * SPOKEN;
}

void repeat_mark(Clean *c)
{
    Runs r = {0};
    if (c->has_turns || c->paras.n < 3) return;
    Hashes h = hash_words(c);
    collect(c, &r, &h);
    for (int32_t i = 0; i < c->paras.n && r.n; i++)
        if (!c->paras.v[i].reason && c->paras.v[i].n_words > RUN) walk(c, &r, &h, i);
    int spoken = -1;
    for (int32_t k = 0; k < r.n; k++) {
        if (r.v[k].best * 5 < r.v[k].n_words * 4 || r.v[k].places >= 3) continue;
        Str s = span_str(c->r->text, c->paras.v[r.v[k].para].span);
        if (spoken < 0) spoken = is_spoken(&h);
        if (!spoken || char_opener(s.p, s.n)) c->paras.v[r.v[k].para].reason = BOILERPLATE_PULL_QUOTE;
    }
}
