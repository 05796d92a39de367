/* Pull quotes: a sentence of the body that the page shows once more, in large letters.
**
**   body     "… a former customs inspector, appears to have found out how to play on his pride so that he repeats …"
**   alone    "Brandt appears to have found out how to play on his pride."          11 of its 12 words: a pull quote
**
** Every run of five words of each short paragraph is filed by its hash; one walk over all words of the longer paragraphs
** then finds where such runs stand again. A short paragraph is a pull quote when the runs of one longer paragraph cover
** four fifths of its words, in their order ("… ,” he told me. “…" may stand between). Speakers repeat themselves, so transcripts
** are left alone, in speeches only what stands in quotes is one, and so is what stands in three places: a refrain. A line without a stop or quotes is a heading,
** unless it has eight words.
**
** Always: a pull quote is shorter than the paragraph that it repeats. Cost: linear in the words.
*/
#include "text/clean.h"

enum {
    RUN = 5,               /* words: shorter runs repeat by chance */
    QUOTE_WORDS = 45,      /* the most words of a pull quote */
    HEADING_WORDS = 8,     /* fewer words without a stop are a heading that the text echoes */
    CANDIDATES_MAX = 4000, /* short paragraphs that are looked at: a text with more is a list */
    SPOKEN = 4,            /* of a hundred words are "I", "you" and the like: a speech, whose lines come back in earnest */
    CHAIN = 4              /* runs of equal hash that are kept */
};
typedef struct { int32_t para, n_words, next_at, covered, best, last_para, places; } Candidate;
typedef struct { uint64_t hash; int32_t candidate, at; } Cell;
typedef struct { Cell *cell; int32_t cap; Candidate *v; int32_t n; int64_t words, persons; } Runs;

/* The next word's hash: letters and figures, ASCII without case. */
static bool next_hash(Str s, ptrdiff_t *i, uint64_t *hash)
{
    int size;
    CharClass class = CHAR_SPACE;
    while (*i < s.n && (class = char_at(s.p + *i, s.n - *i, &size)) != CHAR_LETTER && class != CHAR_DIGIT) *i += size;
    if (*i >= s.n) return false;
    uint64_t h = 1469598103934665603u;                   /* FNV-1a */
    for (; *i < s.n && ((class = char_at(s.p + *i, s.n - *i, &size)) == CHAR_LETTER || class == CHAR_DIGIT); *i += size)
        for (int k = 0; k < size; k++) h = (h ^ (unsigned char)ascii_lower(s.p[*i + k])) * 1099511628211u;
    *hash = h;
    return true;
}

/* I, we, you, our: words of somebody who speaks. */
static bool is_person(Str word)
{
    static const char *const words[] = {"i", "we", "you", "our", "my", "your", "us"};
    for (size_t k = 0; word.n <= 4 && k < sizeof words / sizeof words[0]; k++)
        if (str_eq_fold(word, str_of(words[k]))) return true;
    return false;
}

static uint64_t run_hash(const uint64_t *last, int32_t n)                /* of the last RUN words, in order */
{
    uint64_t h = 0;
    for (int32_t k = n - RUN; k < n; k++) h = (h ^ last[k % RUN]) * 0x9E3779B97F4A7C15u, h ^= h >> 29;
    return h | 1;
}

static void file_run(Runs *r, uint64_t hash, int32_t candidate, int32_t at)
{
    uint64_t i = hash;
    for (int chain = 0; r->cell[i & (uint64_t)(r->cap - 1)].hash; i++)
        if (r->cell[i & (uint64_t)(r->cap - 1)].hash == hash && ++chain >= CHAIN) return;
    r->cell[i & (uint64_t)(r->cap - 1)] = (Cell){hash, candidate, at};
}

static int32_t words_in(Str s)
{
    uint64_t h;
    int32_t n = 0;
    for (ptrdiff_t i = 0; n <= QUOTE_WORDS && next_hash(s, &i, &h);) n++;
    return n;
}

static bool may_be_quote(const Clean *c, const Para *p)
{
    if (p->reason || p->is_item || p->is_turn || p->n_words > QUOTE_WORDS || p->n_words < RUN - 1) return false;
    Str s = span_str(c->r->text, p->span);
    ptrdiff_t figures = 0, lower = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) figures += ascii_is_digit(s.p[i]), lower += ascii_is_lower(s.p[i]);
    if (figures * 10 > s.n || lower * 2 < s.n || s.p[0] == '(' || s.p[0] == '[') return false;    /* a table's row, a heading in capitals, a stage direction */
    return p->stops || p->n_words >= HEADING_WORDS || char_opener(s.p, s.n);
}

static void collect(Clean *c, Runs *r)
{
    int32_t runs = 0;
    r->v = arena_new(c->a, Candidate, CANDIDATES_MAX < c->paras.n ? CANDIDATES_MAX : c->paras.n);
    for (int32_t i = 0; i < c->paras.n && r->n < CANDIDATES_MAX; i++) {
        if (!may_be_quote(c, &c->paras.v[i])) continue;
        int32_t n = words_in(span_str(c->r->text, c->paras.v[i].span));
        if (n < RUN || n > QUOTE_WORDS) continue;
        r->v[r->n++] = (Candidate){.para = i, .n_words = n, .last_para = NONE};
        runs += n - RUN + 1;
    }
    for (r->cap = 64; r->cap < runs * 2; r->cap *= 2) {}
    r->cell = r->n ? arena_new(c->a, Cell, r->cap) : NULL;
    for (int32_t k = 0; k < r->n; k++) {
        Str s = span_str(c->r->text, c->paras.v[r->v[k].para].span);
        uint64_t last[RUN];
        ptrdiff_t i = 0;
        for (int32_t n = 0; next_hash(s, &i, &last[n % RUN]);)
            if (++n >= RUN) file_run(r, run_hash(last, n), k, n - RUN);
    }
}

/* A run of candidate `q`, its words [at, at + RUN), stands in paragraph `para`: how many words does that paragraph cover? */
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

static void walk(Clean *c, Runs *r, int32_t para)
{
    Str s = span_str(c->r->text, c->paras.v[para].span);
    uint64_t last[RUN];
    ptrdiff_t i = 0;
    int32_t longest = c->paras.v[para].n_words;
    for (int32_t n = 0; next_hash(s, &i, &last[n % RUN]);) {
        r->words++;
        ptrdiff_t back = i;
        while (back > 0 && i - back < 5 && ascii_is_alpha(s.p[back - 1])) back--;
        r->persons += is_person(str_sub(s, back, i));
        if (++n < RUN) continue;
        uint64_t hash = run_hash(last, n);
        for (uint64_t at = hash; r->cell[at & (uint64_t)(r->cap - 1)].hash; at++) {
            const Cell *cell = &r->cell[at & (uint64_t)(r->cap - 1)];
            Candidate *q = &r->v[cell->candidate];
            if (cell->hash == hash && q->para != para && q->n_words < longest) met(q, cell->at, para);
        }
    }
}

void repeat_mark(Clean *c)
{
    Runs r = {0};
    if (c->has_turns || c->paras.n < 3) return;
    collect(c, &r);
    for (int32_t i = 0; i < c->paras.n && r.n; i++)
        if (!c->paras.v[i].reason && c->paras.v[i].n_words > RUN) walk(c, &r, i);
    bool spoken = r.persons * 100 > r.words * SPOKEN;
    for (int32_t k = 0; k < r.n; k++) {
        Str s = span_str(c->r->text, c->paras.v[r.v[k].para].span);
        if (spoken && !char_opener(s.p, s.n)) continue;
        if (r.v[k].best * 5 >= r.v[k].n_words * 4 && r.v[k].places < 3) c->paras.v[r.v[k].para].reason = BOILERPLATE_PULL_QUOTE;
    }
}
