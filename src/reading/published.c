/* Published: when an undated text must have appeared, from what it says itself.
**
** "… during his visit in February 2031 … a ceasefire starting on 20 April 2031 …"
**  out: published_range 2031-02-01 … 2031-04-20, inferred
**
** The latest date that the text looks back on is the earliest day of publication; the earliest that it looks ahead to
** is the latest. A month or year gives its first day to the lower bound and its last to the upper, so the range is
** rather too wide than wrong. "would" looks ahead from some past and tells nothing here. Where the two contradict each
** other, the upper bound is dropped: a text may quote an old forecast, but it cannot report what has not happened.
**
** Always: only an unset publication is touched, and only dates that stand in the text ("times/1") are asked: what was reckoned
** from a publication cannot tell it.
*/
#include "reading/times.h"

/* First and last day of a value; false where the year is open or it is no calendar date. */
static bool bounds_of(Str value, int32_t *first, int32_t *last)
{
    Date d;
    if (value.n < 4 || value.p[0] == 'X' || !date_parse(value, &d)) return false;
    if (value.n > 10 || (value.n != 4 && value.n != 7 && value.n != 10)) return false;
    *first = date_days((Date){d.year, d.month ? d.month : 1, d.day ? d.day : 1});
    if (d.day) *last = *first;
    else if (!d.month || d.month == 12) *last = date_days((Date){d.year + 1, 1, 1}) - 1;
    else *last = date_days((Date){d.year, d.month + 1, 1}) - 1;
    return true;
}

void reading_published(Arena *a, Record *r)
{
    if (r->published.n || r->published_how != PUBLISHED_UNKNOWN || r->published_range[0].n || r->published_range[1].n)
        return;
    Words w = record_is_tagged(r) ? (Words){0} : words_of(a, r);
    bool has_low = false, has_high = false;
    int32_t low = 0, high = 0;
    for (int32_t i = 0; i < r->times.n; i++) {
        const Time *t = &r->times.v[i];
        int32_t first, last;
        if (t->type != TIME_DATE || str_eq(t->by, S("times/2")) || !bounds_of(t->value, &first, &last)) continue;
        Tense tense = tense_at(r, &w, t->span);
        if (tense == TENSE_PAST && (!has_low || first > low)) low = first, has_low = true;
        if (tense == TENSE_FUTURE && (!has_high || last < high)) high = last, has_high = true;
    }
    if (has_low && has_high && high < low) has_high = false;
    if (!has_low && !has_high) return;
    r->published_how = PUBLISHED_INFERRED;
    if (has_low) r->published_range[0] = date_iso(a, date_civil(low));
    if (has_high) r->published_range[1] = date_iso(a, date_civil(high));
}
