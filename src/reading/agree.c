/* Agreement: names as a model found them, made to agree with each other within the document.
**
** "Russian Foreign Minister Sergey Lavrov … the Trump-Putin summit … Faced with Lavrov"
**  in:  Russian Foreign Minister Sergey Lavrov PER, Trump-Putin PER, Faced PER, Lavrov ORG .5
**  out: Sergey Lavrov PER, Trump PER, Putin PER, Lavrov PER
**
** A model judges each sentence by itself; a reader knows the whole article. Four things follow from that, and no more is done:
** titles before a person's name are cut off; two persons joined by a hyphen are two, where each is somebody elsewhere in the text; a
** name that is written alike has one type, the one that the text as a whole speaks for, and a lone word that ends a person's full
** name counts as that person; and a single word that begins its sentence and is no noun is no name, unless it is one elsewhere.
**
** Always: names stay in order and apart; each piece lies within what the model found. A type that was changed by the others has their mean
** probability. Cost: linear in the names.
*/
#include "reading/inside.h"

#include "demonyms.h"
#include "orgwords.h"
#include "titles.h"

enum { TYPES = ENTITY_COUNT, WORD_BYTES = 64 };
typedef struct { int32_t from, to; EntityType type; double p; } Piece;   /* tokens */
typedef SLICE(Piece) Pieces;
typedef struct { double sum[TYPES]; int32_t n[TYPES]; } Votes;
typedef struct {
    Arena *a;
    const Record *r;
    Pieces pieces;
    Map whole, last;                                     /* a name's text; the last word of persons' full names: indices of votes */
    SLICE(Votes) votes;
} Agreement;

static Str token_str(const Agreement *g, int32_t i) { return g->r->tokens.v[i].form; }
static Str piece_str(const Agreement *g, const Piece *p)
{
    return span_str(g->r->text, (Span){g->r->tokens.v[p->from].span.begin, g->r->tokens.v[p->to - 1].span.end});
}
static bool is_upper_str(Str s)
{
    ptrdiff_t i = 0;
    return s.n > 0 && utf8_is_upper(utf8_next(s, &i));
}

/* ---- titles off ------------------------------------------------------------------------------------------------- */
static Str lower_into(Str s, char low[WORD_BYTES])
{
    if (s.n > WORD_BYTES) return (Str){0};
    for (ptrdiff_t i = 0; i < s.n; i++) low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 32 : s.p[i]);
    while (s.n > 1 && low[s.n - 1] == '.') s.n--;
    return (Str){low, s.n};
}

static Str title_kind(Str word)                          /* empty: none */
{
    char low[WORD_BYTES];
    Str key = lower_into(word, low);
    int32_t at = key.n ? table_find(titles, key) : -1;
    return at < 0 ? (Str){0} : titles_rows[at].kind;
}
static bool is_title(Str word)
{
    Str kind = title_kind(word);
    return kind.n && !str_eq(kind, S("modifier"));
}
static bool is_field(Str word)                           /* what a ministry is for: "State", "Defense" */
{
    char low[WORD_BYTES];
    Str key = lower_into(word, low);
    int32_t at = key.n ? table_find(orgwords, key) : -1;
    return at >= 0 && str_eq(orgwords_rows[at].kind, S("field"));
}

/* "Secretary of | State Rubio": the first word belongs to the office before the name. */
static bool ends_office(const Agreement *g, const Piece *p)
{
    return p->to - p->from > 1 && p->from >= 2 && is_field(token_str(g, p->from)) && str_eq(token_str(g, p->from - 1), S("of")) &&
           is_title(token_str(g, p->from - 2));
}

static void trim_title(const Agreement *g, Piece *p)
{
    int32_t cut = p->from;
    for (int32_t i = p->from; i < p->to; i++) {
        Str word = token_str(g, i), kind = title_kind(word);
        if (is_title(word)) cut = i + 1;
        else if (!kind.n && !is_field(word) && table_find(demonyms, word) < 0) break;
    }
    if (cut == p->from && ends_office(g, p)) cut++;
    bool keeps_a_name = cut < p->to && is_upper_str(token_str(g, cut));
    if (keeps_a_name) p->from = cut;
    else if (cut > p->from) p->to = p->from;             /* "Special Envoy for the East": an office, nobody's name */
}

/* ---- what the text as a whole speaks for ----------------------------------------------------------------------------- */
static Votes *votes_at(Agreement *g, Map *m, Str key)
{
    int32_t *at = map_at(m, key);
    if (*at < 0) {
        *at = g->votes.n;
        (void)push(g->a, &g->votes);
    }
    return &g->votes.v[*at];
}
static void vote(Votes *v, const Piece *p)
{
    v->sum[p->type] += p->p;
    v->n[p->type]++;
}
static void count(Agreement *g)
{
    for (int32_t i = 0; i < g->pieces.n; i++) {
        const Piece *p = &g->pieces.v[i];
        if (p->from == p->to) continue;
        vote(votes_at(g, &g->whole, piece_str(g, p)), p);
        if (p->type == ENTITY_PER && p->to - p->from > 1) vote(votes_at(g, &g->last, token_str(g, p->to - 1)), p);
    }
}

static const Votes *votes_for(const Agreement *g, const Map *m, Str key)
{
    int32_t at = map_get(m, key);
    return at < 0 ? NULL : &g->votes.v[at];
}
static bool is_person(const Agreement *g, int32_t token)
{
    const Votes *alone = votes_for(g, &g->whole, token_str(g, token));
    return votes_for(g, &g->last, token_str(g, token)) || (alone && alone->n[ENTITY_PER] > 0);
}

static void take_type(const Agreement *g, Piece *p)
{
    const Votes *own = votes_for(g, &g->whole, piece_str(g, p));
    const Votes *full = p->to - p->from == 1 ? votes_for(g, &g->last, token_str(g, p->from)) : NULL;
    double best = 0, sum[TYPES];
    EntityType type = p->type;
    int32_t n[TYPES];
    for (int t = 0; t < TYPES; t++) {
        sum[t] = (own ? own->sum[t] : 0) + (full ? full->sum[t] : 0);
        n[t] = (own ? own->n[t] : 0) + (full ? full->n[t] : 0);
    }
    for (int t = 0; t < TYPES; t++)
        if (sum[t] > best) best = sum[t], type = (EntityType)t;
    if (type == p->type) return;
    p->type = type;
    p->p = best / n[type];
}

/* ---- one name, or two, or none ----------------------------------------------------------------------------------------- */
static bool is_lone_and_no_noun(const Agreement *g, const Piece *p)
{
    const Token *t = &g->r->tokens.v[p->from];
    bool is_first = p->from == 0 || t[-1].sent != t->sent;
    bool is_noun = !t->upos.n || str_eq(t->upos, S("PROPN")) || str_eq(t->upos, S("NOUN")) || str_eq(t->upos, S("ADJ")) ||
                   str_eq(t->upos, S("X"));
    const Votes *own = votes_for(g, &g->whole, piece_str(g, p));
    int32_t all = 0;
    for (int k = 0; k < TYPES; k++) all += own->n[k];
    return p->to - p->from == 1 && is_first && !is_noun && all == 1 && !votes_for(g, &g->last, token_str(g, p->from));
}

static void put(Agreement *g, FoundNames *out, Piece p)
{
    take_type(g, &p);
    const Token *t = g->r->tokens.v;
    *push(g->a, out) = (FoundName){{t[p.from].span.begin, t[p.to - 1].span.end}, p.type, p.p};
}

/* "Trump-Putin": the hyphen, where both sides are persons of this text; or -1. */
static int32_t parting(const Agreement *g, const Piece *p)
{
    if (p->type != ENTITY_PER || p->to - p->from != 3) return -1;
    Str hyphen = token_str(g, p->from + 1);
    bool is_hyphen = str_eq(hyphen, S("-")) || str_eq(hyphen, S("–"));
    return is_hyphen && is_person(g, p->from) && is_person(g, p->from + 2) ? p->from + 1 : -1;
}

static void take_pieces(Agreement *g, const FoundNames *found)
{
    const Tokens *t = &g->r->tokens;
    for (int32_t i = 0, at = 0; i < found->n; i++) {
        while (at < t->n && t->v[at].span.begin < found->v[i].span.begin) at++;
        int32_t to = at;
        while (to < t->n && t->v[to].span.end <= found->v[i].span.end) to++;
        if (at == to || t->v[at].span.begin != found->v[i].span.begin || t->v[to - 1].span.end != found->v[i].span.end) continue;
        Piece *p = push(g->a, &g->pieces);
        *p = (Piece){at, to, found->v[i].type, found->v[i].p};
        if (p->type == ENTITY_PER) trim_title(g, p);
    }
}

FoundNames names_agree(Arena *a, const Record *r)
{
    Agreement g = {.a = a, .r = r, .whole = {.to = a}, .last = {.to = a}};
    FoundNames out = {0};
    take_pieces(&g, &r->names);
    count(&g);
    for (int32_t i = 0; i < g.pieces.n; i++) {
        Piece p = g.pieces.v[i];
        if (p.from == p.to || is_lone_and_no_noun(&g, &p)) continue;
        int32_t hyphen = parting(&g, &p);
        if (hyphen < 0) put(&g, &out, p);
        else {
            put(&g, &out, (Piece){p.from, hyphen, p.type, p.p});
            put(&g, &out, (Piece){hyphen + 1, p.to, p.type, p.p});
        }
    }
    return out;
}
