/* Anchors: lengths that hang from an event which the text dates elsewhere.
**
** "In the first call, on February 12, they agreed. … two weeks after the first call …"
**  out: "two weeks" = P2W, begin 2031-02-12, end 2031-02-26
**
** The noun behind "after" or "before" is looked for, by its lemma or a word for the same happening, in the sentences before that have a day: the nearest one,
** or with "first" the earliest. The value stays the length, as TimeML has it; begin and end are added. They are doubtful
** wherever the day is, and left empty where no sentence fits.
**
** Needs tags and lemmas. Always: begin is not after end. Cost: for such a length at most BACK dated expressions and their sentences.
*/
#include "reading/times.h"

#include "happenings.h"

enum { BACK = 64, AHEAD = 6, SENTENCE = 120 };

/* The head noun of what follows "after" or "before", and whether "first" stands before it. */
static const Token *event_behind(const Finder *f, int32_t i, bool *is_first)
{
    const Token *noun = NULL;
    *is_first = false;
    for (int32_t j = i; j < i + AHEAD && same_sentence(f, i - 1, j); j++) {
        const Token *t = token_at(f, j);
        if (!t) return noun;
        *is_first |= class_at(f, j) == P_ORDINAL && f->v[j].value == 1;
        bool nominal = str_eq(t->upos, S("NOUN"));
        if (nominal) noun = t;
        else if (noun || str_eq(t->upos, S("VERB")) || str_eq(t->upos, S("PUNCT")) || str_eq(t->upos, S("PRON"))) return noun;
    }
    return noun;
}

/* The same word, or another for the same happening (happenings.tab). */
static bool tells_same(Str a, Str b)
{
    if (str_eq(a, b)) return true;
    int32_t i = table_find(happenings, a), j = i < 0 ? -1 : table_find(happenings, b);
    return i >= 0 && j >= 0 && str_eq(happenings_rows[i].kind, happenings_rows[j].kind);
}

static bool sentence_tells(const Finder *f, int32_t token, Str lemma)
{
    const Tokens *t = &f->r->tokens;
    int32_t sent = t->v[token].sent;
    for (int32_t i = token; i >= 0 && i > token - SENTENCE && t->v[i].sent == sent; i--)
        if (tells_same(lemma, t->v[i].lemma)) return true;
    for (int32_t i = token + 1; i < t->n && i < token + SENTENCE && t->v[i].sent == sent; i++)
        if (tells_same(lemma, t->v[i].lemma)) return true;
    return false;
}

/* The dated expression whose sentence tells of the event; NULL where there is none. */
static const Found *day_of_event(const Finder *f, int32_t at, Str lemma, bool is_first)
{
    const Found *best = NULL;
    int32_t sent = f->v[f->found.v[at].from].sent;
    for (int32_t i = at - 1; i >= 0 && i > at - BACK; i--) {
        const Found *y = &f->found.v[i];
        int32_t token = f->v[y->from].token;
        if (y->at.grain != GRAIN_DAY || y->is_left_out || token < 0 || f->v[y->from].sent == sent || !sentence_tells(f, token, lemma)) continue;
        best = y;
        if (!is_first) return best;
    }
    return best;
}

void times_anchor(Finder *f)
{
    for (int32_t i = 0; i < f->found.n; i++) {
        Found *x = &f->found.v[i];
        PieceClass class = class_at(f, x->to);
        bool hangs = x->base == BASE_LENGTH && !x->is_set && !x->is_vague && x->grain >= GRAIN_DAY && x->grain <= GRAIN_YEAR && x->milli % 1000 == 0;
        bool is_first;
        if (!hangs || (class != P_AFTER && class != P_BEFORE)) continue;
        const Token *event = event_behind(f, x->to + 1, &is_first);
        const Found *day = event && event->lemma.n ? day_of_event(f, i, event->lemma, is_first) : NULL;
        if (!day) continue;
        Point other = point_shift(day->at, x->grain, (int32_t)(x->milli / 1000) * (class == P_AFTER ? 1 : -1));
        Str one = date_iso(f->a, day->at.d), two = date_iso(f->a, other.d);
        x->begin = class == P_AFTER ? one : two;
        x->end = class == P_AFTER ? two : one;
    }
}
