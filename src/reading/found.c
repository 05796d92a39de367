/* Found names: what a model found, and what the tables add to it.
**
** "President Ana Ruiz flew to Strelsau."
**  in:  the model's Ana Ruiz PER .99, Strelsau LOC .97; the tables' Ana Ruiz, behind a title
**  out: both, Ana Ruiz with her title: so "Ruiz" alone is hers later
**
** The model decides what is a name and of which type. The tables know what it was not taught: a title, the label of a turn
** in a transcript ("MR. RUIZ:").
**
** Always: names are whole words, in order, none overlaps another, none lies in furniture. Cost: linear.
*/
#include "reading/inside.h"

#include <math.h>

/* The words of a span of bytes; false where it is not made of whole words of the body. */
static bool words_of_span(const Words *w, Span s, int32_t *from, int32_t *to)
{
    *from = words_at(w, s.begin);
    *to = words_at(w, s.end);
    return *from < *to && w->v[*from].span.begin == s.begin && w->v[*to - 1].span.end == s.end &&
           (*to == w->n || w->v[*to].span.begin >= s.end);
}

/* To three digits: what calibration can tell, and short in JSON. */
static double rounded(double p) { return floor(p * 1000 + 0.5) / 1000; }

/* What the tables found and the model did not: kept where its place alone makes it a name. */
static bool stands_alone(const RawName *listed) { return listed->in_turn; }

RawNames names_found(Arena *a, const Record *r, const Words *w, const RawNames *listed)
{
    RawNames out = {0};
    int32_t at = 0, behind = 0;                          /* behind: the word where the last name ends */
    for (int32_t i = 0; i < r->names.n; i++) {
        int32_t from, to;
        if (!words_of_span(w, r->names.v[i].span, &from, &to) || from < behind) continue;
        for (; at < listed->n && listed->v[at].to <= from; at++)
            if (stands_alone(&listed->v[at]) && listed->v[at].from >= behind) *push(a, &out) = listed->v[at];
        RawName *x = push(a, &out);
        *x = (RawName){from, to, r->names.v[i].type, false, name_acts(w, to), false, name_text(a, w, from, to),
                       rounded(r->names.v[i].p)};
        for (; at < listed->n && listed->v[at].from < to; at++) {
            if (listed->v[at].to != to || x->type != ENTITY_PER) continue;
            x->is_titled |= listed->v[at].is_titled;
            x->in_turn |= listed->v[at].in_turn;
        }
        behind = to;
    }
    for (; at < listed->n; at++)
        if (stands_alone(&listed->v[at]) && listed->v[at].from >= behind) *push(a, &out) = listed->v[at];
    return out;
}
