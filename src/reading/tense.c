/* Tense: does the clause around a date look back or ahead?
**
** "The port, he said Friday, will reopen in May."   Friday hangs from said: past; May hangs from reopen, which has will: ahead
** "It would be good to agree by January."           January hangs from agree, that from good, which has would: maybe ahead
**
** With a tree: up from the date's head to the first verb, or adjective or noun with a copula; its own form and its auxiliaries tell.
** An infinitive looks ahead unless what governs it is past ("managed to"); words that plan ("is due", "scheduled for") look
** ahead in any form. Without a tree: the nearest telling word to the left, up to the beginning of the sentence, else to the
** right; what stands in brackets asks only in there, and nobody asks beyond a colon.
**
** Always: the same answer for the same place. Cost: at most CLIMB steps, each with REACH words to either side.
*/
#include "reading/times.h"

enum { REACH = 16, CLIMB = 8, SIDE = 20 };     /* words to either side: a clause is rarely longer; cost stays linear */

bool record_is_tagged(const Record *r)
{
    return r->tokens.n > 0 && r->tokens.v[0].upos.n > 0 && r->tokens.v[0].head >= 0;
}

/* ---- without a tree ------------------------------------------------------------------------------------------------- */
static bool is_regular_past(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    return s.n > 4 && !word_has(w, i, WORD_CAP) && str_ends(s, S("ed")) && !str_eq(s, S("need")) &&
           !str_eq(s, S("indeed")) && !str_eq(s, S("speed")) && !str_eq(s, S("proceed")) && !str_eq(s, S("succeed"));
}

static Tense told_by(const Words *w, int32_t i)
{
    if (!word_has(w, i, WORD_LETTER) && !word_in(w, i, "|'ll|’ll|'d|")) return TENSE_OPEN;
    uint32_t is = grammar_of(w, i);
    if (is & IS_FUTURE) return TENSE_FUTURE;
    if (word_in(w, i, "|would|might|could|should|")) return TENSE_MAYBE_FUTURE;
    if (word_in(w, i, "|may|") && !word_has(w, i, WORD_CAP)) return TENSE_MAYBE_FUTURE;
    if ((is & IS_PAST) || is_regular_past(w, i)) return TENSE_PAST;
    if (word_is(w, i, "to") && word_in(w, i - 1, "|is|are|due|set|ready|about|"))
        return TENSE_FUTURE;
    return TENSE_OPEN;
}

static Tense tense_of_words(const Words *w, int32_t from, int32_t to)
{
    for (int32_t i = from - 1; i >= 0 && i >= from - REACH && words_same_sentence(w, i, from); i--) {
        if (word_is(w, i, "(")) break;
        Tense t = told_by(w, i);
        if (t != TENSE_OPEN) return t;
    }
    for (int32_t i = to; i < w->n && i < to + REACH && words_same_sentence(w, i, from); i++) {
        if (word_in(w, i, "|)|:|;|")) break;
        Tense t = told_by(w, i);
        if (t != TENSE_OPEN) return t;
    }
    return TENSE_OPEN;
}

/* ---- with a tree ------------------------------------------------------------------------------------------------------ */
typedef struct { const Record *r; int32_t first, end; } Sentence;      /* tokens [first, end) */

static const Token *token_of(const Sentence *s, int32_t i) { return &s->r->tokens.v[i]; }

/* The token that i hangs from, or -1. */
static int32_t head_of(const Sentence *s, int32_t i)
{
    int32_t h = token_of(s, i)->head;
    if (h <= 0 || s->first + h - 1 >= s->end) return -1;
    return s->first + h - 1;
}

static bool lemma_in(const Token *t, const char *list)
{
    if (t->lemma.n == 0) return false;
    for (const char *at = list; *at;) {
        if (*at++ != '|') continue;
        ptrdiff_t k = 0;
        while (k < t->lemma.n && at[k] == t->lemma.p[k]) k++;
        if (k == t->lemma.n && at[k] == '|') return true;
    }
    return false;
}

static const char *const plans = "|plan|schedule|expect|due|set|slate|project|intend|propose|hope|agree|promise|vow|pledge|want|ask|urge|"
                                 "order|demand|decide|invite|prepare|aim|seek|threaten|offer|allow|design|forecast|predict|estimate|need|call|"
                                 "wish|request|require|payable|redeemable|effective|ready|about|likely|upcoming|forthcoming|deadline|invitation|plan|target|goal|proposal|";
static const char *const planned = "|schedule|expect|due|payable|redeemable|slate|project|set|propose|forecast|estimate|upcoming|forthcoming|deadline|target|";

typedef struct { bool will, would, could, had, has, was, is, to, copula; } Helpers;

static Helpers helpers_of(const Sentence *s, int32_t v)
{
    Helpers h = {0};
    int32_t from = v - SIDE > s->first ? v - SIDE : s->first, to = v + 4 < s->end ? v + 4 : s->end;
    for (int32_t i = from; i < to; i++) {
        const Token *t = token_of(s, i);
        if (t->head != v - s->first + 1) continue;
        bool aux = str_starts(t->deprel, S("aux")), cop = str_eq(t->deprel, S("cop"));
        if (str_eq(t->deprel, S("mark")) && str_eq(t->xpos, S("TO"))) h.to = true;
        if (!aux && !cop) continue;
        h.copula |= cop;
        if (str_eq(t->xpos, S("MD"))) {
            if (lemma_in(t, "|will|shall|'ll|wo|")) h.will = true;
            else h.would = true;
            h.could |= str_eq(t->form, S("could"));
        } else if (str_eq(t->xpos, S("VBD"))) {
            if (lemma_in(t, "|have|do|")) h.had = true;
            else h.was = true;
        } else if (lemma_in(t, "|have|")) h.has = true;
        else h.is = true;
    }
    return h;
}

static Tense tense_of_verb(const Sentence *s, int32_t v, int32_t steps);

/* What governs v, if anything does. */
static Tense tense_above(const Sentence *s, int32_t v, int32_t steps)
{
    int32_t h = head_of(s, v);
    for (; h >= 0 && steps > 0; h = head_of(s, h), steps--) {
        const Token *t = token_of(s, h);
        bool verbal = str_eq(t->upos, S("VERB")) || str_eq(t->upos, S("AUX"));
        if (verbal || helpers_of(s, h).copula) return tense_of_verb(s, h, steps - 1);
    }
    return TENSE_OPEN;
}

static Tense tense_of_verb(const Sentence *s, int32_t v, int32_t steps)
{
    const Token *t = token_of(s, v);
    Helpers h = helpers_of(s, v);
    if (h.will) return TENSE_FUTURE;
    if (h.had) return TENSE_PAST;                        /* had been due: it came otherwise */
    if (lemma_in(t, planned) && !str_eq(t->xpos, S("VBD"))) return TENSE_FUTURE;
    if (h.would) return h.has || h.had || (h.could && lemma_in(t, "|reach|locate|find|confirm|determine|verify|see|hear|contact|")) ? TENSE_PAST : TENSE_MAYBE_FUTURE;
    if (h.had || h.has || h.was) return TENSE_PAST;
    if (str_eq(t->xpos, S("VBD"))) return TENSE_PAST;
    if (str_eq(t->xpos, S("VBZ")) || str_eq(t->xpos, S("VBP")) || h.is) return TENSE_PRESENT;
    if (h.copula) return TENSE_PRESENT;
    if (str_eq(t->xpos, S("VBN")) || str_eq(t->xpos, S("VBG"))) {
        if (str_eq(t->xpos, S("VBN")) && str_starts(t->deprel, S("acl"))) return TENSE_PAST;
        if (str_eq(t->xpos, S("VBG")) && lemma_in(t, "|start|begin|")) return TENSE_FUTURE;
        return steps > 0 ? tense_above(s, v, steps) : TENSE_OPEN;
    }
    if (!str_eq(t->xpos, S("VB"))) return TENSE_OPEN;
    int32_t above = head_of(s, v);
    if (h.to && above >= 0 && lemma_in(token_of(s, above), plans)) return TENSE_FUTURE;
    Tense over = steps > 0 ? tense_above(s, v, steps) : TENSE_OPEN;
    return over == TENSE_PRESENT || over == TENSE_OPEN ? TENSE_FUTURE : over;
}

static int32_t token_at_byte(const Record *r, int32_t byte)
{
    int32_t lo = 0, hi = r->tokens.n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (r->tokens.v[mid].span.end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

Tense tense_at(const Record *r, const Words *w, Span span)
{
    if (!record_is_tagged(r)) {
        if (!w->v || w->n == 0) return TENSE_OPEN;
        int32_t from = words_at(w, span.begin);
        if (from >= w->n || w->v[from].span.begin >= span.end) return TENSE_OPEN;      /* in furniture */
        return tense_of_words(w, from, words_at(w, span.end));
    }
    int32_t i = token_at_byte(r, span.begin);
    if (i >= r->tokens.n || r->tokens.v[i].span.begin >= span.end) return TENSE_OPEN;
    Sentence s = {r, i, i + 1};
    int32_t sent = r->tokens.v[i].sent;
    while (s.first > 0 && r->tokens.v[s.first - 1].sent == sent) s.first--;
    while (s.end < r->tokens.n && r->tokens.v[s.end].sent == sent) s.end++;
    int32_t steps = CLIMB;
    bool ahead = false;                                  /* "the deadline on Friday", if no verb tells */
    for (int32_t h = i; h >= 0 && steps > 0; h = head_of(&s, h), steps--) {
        const Token *t = token_of(&s, h);
        bool inside = t->span.begin >= span.begin && t->span.end <= span.end;
        if (inside && h != i && !str_eq(t->upos, S("VERB"))) continue;
        bool verbal = !inside && (str_eq(t->upos, S("VERB")) || str_eq(t->upos, S("AUX")));
        ahead |= !inside && !verbal && lemma_in(t, planned);
        if (verbal || helpers_of(&s, h).copula) {
            Tense told = tense_of_verb(&s, h, steps);
            return ahead && told != TENSE_PAST ? TENSE_FUTURE : told;
        }
    }
    return ahead ? TENSE_FUTURE : TENSE_OPEN;
}
