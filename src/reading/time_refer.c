/* References: from where a text reckons its times.
**
** News reckons from its day of publication. A history reckons from what it told before: "In 1939 … In April" is April 1940
** if the story has gone on to 1940 by then. A text is read as history where most of the dates that name their year lie
** years before its publication, and there are some.
**
** Undated: the range in which the text must have appeared (published.c's rule, applied to what names its year): the latest day that
** it looks back on, the earliest that it looks ahead to. The earlier end stands for its day.
**
** Always: what is told in furniture (a date line) is no part of the story. Cost: one pass over what was found.
*/
#include "reading/time_refer.h"

static bool names_its_year(const Found *x)
{
    return x->base == BASE_DATE && x->date.year && x->grain <= GRAIN_YEAR;
}

static Tense tense_of(const Finder *f, const Found *x)
{
    return tense_at(f->r, &f->words, (Span){f->v[x->from].begin, f->v[x->to - 1].end});
}

static Point plain_point(const Found *x)
{
    static const int8_t seasons[5] = {1, 3, 6, 9, 12};
    int32_t i = x->index, m = x->date.month ? x->date.month : 1;
    if (x->grain == GRAIN_SEASON) m = seasons[i >= 0 && i <= 4 ? i : 0];
    if (x->grain == GRAIN_QUARTER) m = i >= 1 && i <= 4 ? i * 3 - 2 : 1;
    if (x->grain == GRAIN_HALF) m = i == 2 ? 7 : 1;
    return (Point){{x->date.year, m, x->date.day ? x->date.day : 1}, x->grain};
}

/* "the treaty of 1974": the year names the treaty and dates nothing else. */
static bool is_label(const Finder *f, const Found *x)
{
    return class_at(f, x->from - 1) == P_OF && x->grain == GRAIN_YEAR &&
           piece_in(f, x->from - 2, "|treaty|convention|agreement|accord|act|law|war|constitution|revolution|");
}

/* The latest year that the text names and does not speak of as coming; a treaty's year dates only the treaty. */
static int32_t latest_past_year(const Finder *f)
{
    int32_t year = 0;
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        if (names_its_year(x) && x->date.year > year && !is_label(f, x) && tense_of(f, x) != TENSE_FUTURE) year = x->date.year;
    }
    return year;
}

/* A date without year that the text looks back on, in the year that it was told in; not one that is half a year beyond
** all that is dated. */
static bool bare_past(const Finder *f, const Found *x, int32_t year, Point *p)
{
    bool bare = x->base == BASE_DATE && !x->date.year && x->date.month && x->way == WAY_OPEN && !(f->v[x->from].is & PIECE_FURNITURE);
    if (!bare || !year || tense_of(f, x) != TENSE_PAST) return false;
    *p = (Point){{year, x->date.month, x->date.day ? x->date.day : 1}, x->grain};
    return x->grain != GRAIN_DAY || date_is_valid(p->d);
}

static void range_of(const Finder *f, Reference *ref)
{
    enum { HALF_YEAR = 183 };
    int32_t low = 0, high = 0, dated = 0;
    bool has_low = false, has_high = false, has_dated = false;
    Point p;
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        if (!names_its_year(x) || is_label(f, x)) continue;
        Tense t = tense_of(f, x);
        p = plain_point(x);
        bool past = t == TENSE_PAST || (t != TENSE_FUTURE && x->grain == GRAIN_YEAR && x->date.year <= ref->anchor_year);
        if (past && (!has_low || point_days(p) > low)) low = point_days(p), has_low = true;
        if (t == TENSE_PAST && x->grain < GRAIN_YEAR && (!has_dated || point_days(p) > dated)) dated = point_days(p), has_dated = true;
        if (t == TENSE_FUTURE && (!has_high || point_last(p) < high)) high = point_last(p), has_high = true;
    }
    if (has_low && has_high && high < low) has_high = false;
    for (int32_t i = 0; i < f->found.n && has_low; i++) {
        if (!bare_past(f, &f->found.v[i], ref->anchor_year, &p) || point_days(p) <= low) continue;
        bool fits = (!has_high || point_days(p) <= high) && (!has_dated || point_days(p) - dated <= HALF_YEAR);
        if (fits) low = point_days(p);
    }
    if (!has_low && !has_high) return;
    ref->now = date_civil(has_low ? low : high);
    ref->high = date_civil(has_high ? high : low);
    ref->has_high = has_low && has_high;
    ref->has_now = ref->is_range = true;
}

/* Most dates that name their year lie years back, and few words are those of a day's news ("Tuesday", "last week"). */
static bool tells_history(const Finder *f, int32_t now)
{
    int32_t far = 0, near = 0, years = 0, bare = 0;      /* a date of the year before counts half on the far side */
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        bool of_its_day = x->base == BASE_WEEKDAY || (x->base == BASE_SHIFT && !x->milli && !x->is_weak);
        if (of_its_day) near += 2;
        bare += x->base == BASE_DATE && !x->date.year && x->grain <= GRAIN_MONTH;
        bool plain = !x->date.month && !x->index;
        if (!names_its_year(x) || ((f->v[x->from].is & PIECE_FURNITURE) && (!plain || x->date.year >= now - 1))) continue;
        if (x->date.year >= now) near += 2;
        else if (plain) years += x->date.year < now - 5;
        else far += x->date.year >= now - 1 ? 1 : 2;
    }
    bool tells_on = near == 0 && far + years >= 4 && bare >= 8;      /* a few old years, many dates that lean on them */
    return tells_on || (far + years >= 8 && far + years > 2 * near);
}

Reference reference_of(const Finder *f)
{
    Reference ref = {.last_sent = -1};
    const Record *r = f->r;
    Date d;
    ref.has_now = date_parse(r->published, &ref.now) && ref.now.month && ref.now.day;
    if (!ref.has_now && date_parse(r->published_range[0], &ref.now) && ref.now.month && ref.now.day) {
        ref.has_now = ref.is_range = true;
        ref.has_high = date_parse(r->published_range[1], &ref.high) && ref.high.month && ref.high.day;
        if (!ref.has_high) ref.high = ref.now;
    } else if (!ref.has_now && date_parse(r->published, &d) && d.year) {     /* only its month or year is known */
        Point p = {{d.year, d.month ? d.month : 1, 1}, d.month ? GRAIN_MONTH : GRAIN_YEAR};
        ref.now = p.d, ref.high = date_civil(point_last(p));
        ref.has_now = ref.is_range = ref.has_high = true;
    }
    if (!ref.has_now) {
        ref.anchor_year = latest_past_year(f);
        range_of(f, &ref);
    }
    ref.is_history = ref.has_now && !ref.is_range && tells_history(f, ref.now.year);
    return ref;
}

/* Is it said of a noun ("the 1968 convention", "until the fall of the city in February"), and not of what happened? */
static bool is_aside(const Finder *f, const Found *x)
{
    const Token *t = token_at(f, x->from);
    if (!t) return class_at(f, x->from - 1) != P_IN && class_at(f, x->from - 1) != P_ON && class_at(f, x->from - 1) != P_SINCE;
    int32_t at = f->v[x->from].token, first = at;
    while (first > 0 && f->r->tokens.v[first - 1].sent == t->sent) first--;
    for (int32_t steps = 0; steps < 4; steps++) {
        const Token *k = &f->r->tokens.v[at];
        if (k->head <= 0) return false;
        int32_t head = first + k->head - 1;
        if (head >= f->r->tokens.n) return false;
        const Token *h = &f->r->tokens.v[head];
        bool inside = h->span.begin >= f->v[x->from].begin && h->span.end <= f->v[x->to - 1].end;
        if (inside) { at = head; continue; }
        return str_starts(k->deprel, S("nmod")) || str_eq(k->deprel, S("nummod")) || str_eq(k->deprel, S("compound")) || str_starts(k->deprel, S("acl"));
    }
    return false;
}

static bool opens_sentence(const Finder *f, const Found *x)
{
    return !same_sentence(f, x->from, x->from - 3) || x->from < 3;
}

/* A story moves on with what it tells, not with what it mentions in passing or looks ahead to. */
static bool moves_history(const Finder *f, const Found *x, const Reference *ref)
{
    if (!ref->has_last) return true;
    if (x->base == BASE_NAMED || (x->base == BASE_SHIFT && !x->is_weak)) return false;
    int32_t y = x->at.d.year, was = ref->last.d.year;
    if (x->base == BASE_THENCE && x->shift < 0) return false;
    if (x->at.grain >= GRAIN_YEAR) {
        if (y == was) return false;                      /* nothing new is told */
        if (opens_sentence(f, x)) return true;
        Tense t = tense_of(f, x);
        if (y < was || t == TENSE_FUTURE || t == TENSE_MAYBE_FUTURE) return false;
        return !is_aside(f, x) && y - was <= 30;
    }
    if (x->base == BASE_DATE && x->date.year && (y < was || y > was + 1) && !opens_sentence(f, x) && is_aside(f, x)) return false;
    return true;
}

void reference_move(const Finder *f, const Found *x, Reference *ref)
{
    if (!x->at.grain || x->is_left_out || x->base == BASE_LENGTH || x->base == BASE_REF) return;
    bool head = (f->v[x->from].is & PIECE_FURNITURE) != 0;
    if (head && !ref->is_history) return;
    if (x->at.grain > GRAIN_YEAR) return;
    bool compares = (x->base == BASE_SHIFT || x->base == BASE_THENCE) && (x->milli || x->year_back || x->way == WAY_CORRESPONDING);
    bool reports = (x->at.grain == GRAIN_QUARTER || x->at.grain == GRAIN_HALF) && !compares && !x->is_weak;
    if (reports) ref->report = x->at, ref->report_sent = f->v[x->from].sent;
    if (compares && !ref->is_history && x->shift < 0 && x->grain >= GRAIN_YEAR) return;
    if (ref->is_history && !moves_history(f, x, ref)) return;
    ref->last = x->at;
    ref->has_last = true;
    ref->last_sent = f->v[x->from].sent;
}

static bool same_paragraph(Str text, int32_t from, int32_t to)
{
    for (int32_t i = from; i + 1 < to; i++)
        if (text.p[i] == '\n' && text.p[i + 1] == '\n') return false;
    return true;
}

int32_t year_told(const Finder *f, int32_t at, const Reference *ref)
{
    const Found *x = &f->found.v[at];
    for (int32_t i = at - 1; i >= 0 && i >= at - 3; i--) {
        const Found *other = &f->found.v[i];
        if (!names_its_year(other) || !other->date.month) continue;
        int32_t end = f->v[other->to - 1].end;
        return same_paragraph(f->text, end, f->v[x->from].begin) ? other->date.year : ref->anchor_year;
    }
    return ref->anchor_year;
}
