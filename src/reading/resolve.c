/* Resolving: what was found gets its value.
**
** Published 2031-03-05 (a Wednesday):
**   "said on Friday" = 2031-02-28        "will meet on Friday" = 2031-03-07
**   "on Dec. 7" = 2030-12-07             "in October" + past = 2030-10
**
** The reference is the day of publication. Where it is unknown, or where the text tells history (most of its named
** years lie far from the publication), a date without a year takes the year of the date before it in the same
** paragraph, else the latest year that the text names as past; the value is then doubtful. Weekdays and "today" have
** no value without a publication and are left out.
**
** Always: a value says no more than is known. Cost: linear in what was found.
*/
#include "reading/times.h"

#include <stdlib.h>

enum {
    HALF_YEAR = 183, /* days: a year-less date lies nearer than this to its article */
    FAR_FUTURE = 135, /* days: beyond these no past verb speaks of a coming day */
    NEAR_FUTURE = 45 /* days: up to here a coming date may stand beside a past verb ("was set for") */
};
typedef struct { Date now; bool has_now, is_history; int32_t now_days, anchor_year; } Reference;

static bool is_full(Date d) { return d.month > 0 && d.day > 0; }

/* The latest year that the text names and does not speak of as coming. */
static int32_t latest_past_year(const Finder *f)
{
    int32_t year = 0;
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        bool is_label = !x->date.month && word_is(&f->w, x->from - 1, "of") &&         /* "the treaty of 1974" */
                        word_in(&f->w, x->from - 2, "|treaty|convention|agreement|accord|act|law|war|constitution|revolution|");
        if (x->has_year && x->kind != FOUND_DECADE && x->date.year > year && !is_label &&
            tense_at(&f->w, x->from, x->to) != TENSE_FUTURE) year = x->date.year;
    }
    return year;
}

static Reference reference_of(const Finder *f, const Record *r)
{
    Reference ref = {.anchor_year = latest_past_year(f)};
    ref.has_now = date_parse(r->published, &ref.now) && is_full(ref.now);
    if (ref.has_now) ref.now_days = date_days(ref.now);
    int32_t far = 0, near = 0;
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        if (!x->has_year || x->kind == FOUND_DECADE) continue;
        if (ref.has_now && x->date.year >= ref.now.year - 2) near++;
        else far += x->date.month > 0;
    }
    ref.is_history = far >= 5 && far > 2 * near;
    return ref;
}

static Str value_date(Arena *a, int32_t year, int32_t month, int32_t day)
{
    if (year > 0) return date_iso(a, (Date){year, month, day});
    return day ? arena_printf(a, "XXXX-%02d-%02d", (int)month, (int)day) : arena_printf(a, "XXXX-%02d", (int)month);
}

static int32_t distance(Date d, int32_t year, int32_t now_days)
{
    return date_days((Date){year, d.month, d.day ? d.day : 15}) - now_days;
}

/* The year that a day and month without one belongs to, seen from the day of publication. */
static int32_t year_nearest(Date d, const Reference *ref, Tense tense, Way way, bool *doubt)
{
    int32_t y = ref->now.year;
    if (d.month == 2 && d.day == 29) {          /* only leap years have it */
        for (int32_t k = 0; k < 4; k++)
            if (date_is_valid((Date){y - k, 2, 29})) return y - k;
        return 0;
    }
    if (d.day == 0 && d.month == ref->now.month && way != WAY_LAST && way != WAY_NEXT) return y;
    int32_t best = y - 1;
    for (int32_t k = y; k <= y + 1; k++)
        if (abs(distance(d, k, ref->now_days)) < abs(distance(d, best, ref->now_days))) best = k;
    int32_t away = distance(d, best, ref->now_days);
    if (way == WAY_LAST) return away >= 0 ? best - 1 : best;
    if (way == WAY_NEXT) return away <= 0 ? best + 1 : best;
    if (tense == TENSE_PAST && away > 0)       /* "was signed on", or "was set for"? */
        *doubt = away <= (d.day ? FAR_FUTURE : NEAR_FUTURE);
    if (tense == TENSE_PAST && away > NEAR_FUTURE) return best - 1;
    if (tense == TENSE_FUTURE && away < -HALF_YEAR / 2) return best + 1;
    if (tense == TENSE_FUTURE && away < 0) *doubt = true;
    if (tense != TENSE_FUTURE && away > 0) *doubt = true;   /* ahead of the day, and nothing looks ahead */
    return best;
}

static bool same_paragraph(Str text, int32_t from, int32_t to)
{
    for (int32_t i = from; i + 1 < to; i++)
        if (text.p[i] == '\n' && text.p[i + 1] == '\n') return false;
    return true;
}

/* Without a day of publication: the year of the dated neighbour before it, else the latest that it looks back on. */
static int32_t year_told(const Finder *f, int32_t at, const Reference *ref)
{
    const Found *x = &f->found.v[at];
    for (int32_t i = at - 1; i >= 0 && i >= at - 3; i--) {
        const Found *other = &f->found.v[i];
        if (!other->has_year || other->kind == FOUND_DECADE || !other->date.month) continue;
        int32_t end = f->w.v[other->to - 1].span.end;
        return same_paragraph(f->w.text, end, f->w.v[x->from].span.begin) ? other->date.year : ref->anchor_year;
    }
    return ref->anchor_year;
}

static void put(Finder *f, Record *r, const Found *x, TimeType type, Str value, bool doubt)
{
    Time *t = push(f->a, &r->times);
    t->span = (Span){f->w.v[x->from].span.begin, f->w.v[x->to - 1].span.end};
    t->type = type;
    t->value = value;
    t->mod = x->mod ? str_of(x->mod) : (Str){0};
    t->by = S("dates/1");
    t->doubt = doubt;
}

/* ---- first every date gets its day; then all are put, so that a clock time may ask the date behind it ---------- */

static void settle_date(const Finder *f, Found *x, int32_t at, const Reference *ref)
{
    if (!x->has_year && ref->has_now && !ref->is_history) {
        x->date.year = year_nearest(x->date, ref, tense_at(&f->w, x->from, x->to), x->way, &x->doubt);
    } else if (!x->has_year) {
        x->date.year = x->way == WAY_OPEN ? year_told(f, at, ref) : 0;         /* "last June": of which year? */
        x->doubt = true;
    }
    int32_t year = x->date.year ? x->date.year : 2000;                      /* a leap year: 29 February may stand */
    x->is_left_out = x->date.day && !date_is_valid((Date){year, x->date.month, x->date.day});
}

/* A weekday: the last one on or before the day of publication, or the next one where the clause looks ahead. */
static void settle_weekday(const Finder *f, Found *x, const Reference *ref)
{
    Tense tense = tense_at(&f->w, x->from, x->to);
    int32_t back = (date_weekday(ref->now) - x->weekday + 7) % 7, days = ref->now_days - back;
    bool ahead = tense == TENSE_FUTURE || tense == TENSE_MAYBE_FUTURE;
    x->doubt = tense == TENSE_OPEN || tense == TENSE_MAYBE_FUTURE;
    if (x->way == WAY_LAST) days -= back == 0 ? 7 : 0, x->doubt = false;
    else if (x->way == WAY_NEXT) days += 7, x->doubt = true;   /* some mean the one after */
    else if (ahead && back > 0) days += 7;
    x->date = date_civil(days);
}

static void settle(const Finder *f, Found *x, int32_t at, const Reference *ref)
{
    bool needs_now = x->kind == FOUND_WEEKDAY || x->kind == FOUND_DEICTIC;
    if (needs_now && (!ref->has_now || ref->is_history)) x->is_left_out = true;
    else if (x->kind == FOUND_DATE) settle_date(f, x, at, ref);
    else if (x->kind == FOUND_WEEKDAY) settle_weekday(f, x, ref);
    else if (x->kind == FOUND_DEICTIC) x->date = date_civil(ref->now_days + x->shift);
}

static void put_day(Finder *f, Record *r, const Found *x)
{
    Str value = value_date(f->a, x->date.year, x->date.month, x->date.day);
    if (x->part) value = arena_printf(f->a, "%.*s%s", STR(value), x->part);
    put(f, r, x, x->part ? TIME_TIME : TIME_DATE, value, x->doubt);
}

/* A clock time belongs to the date that stands beside it, else, with doubt, to the day of publication. */
static void put_clock(Finder *f, Record *r, int32_t at, const Reference *ref)
{
    const Found *x = &f->found.v[at];
    Str day = S("XXXX-XX-XX");
    bool beside = false;
    for (int32_t i = at - 1; i <= at + 1 && !beside; i += 2) {
        if (i < 0 || i >= f->found.n) continue;
        const Found *other = &f->found.v[i];
        int32_t gap = i < at ? x->from - other->to : other->from - x->to;
        bool has_day = other->kind == FOUND_DATE || other->kind == FOUND_WEEKDAY || other->kind == FOUND_DEICTIC;
        beside = gap <= 3 && has_day && !other->is_left_out && is_full(other->date) && other->date.year > 0;
        if (beside) day = date_iso(f->a, other->date);
    }
    if (!beside && ref->has_now && !ref->is_history) day = date_iso(f->a, ref->now);
    put(f, r, x, TIME_TIME, arena_printf(f->a, "%.*sT%02d:%02d", STR(day), (int)x->hour, (int)x->minute), !beside);
}

static void put_part(Finder *f, Record *r, const Found *x)
{
    static const char *const seasons[5] = {"", "SP", "SU", "FA", "WI"};
    int year = (int)x->date.year, part = (int)x->date.month;
    Str value = x->kind == FOUND_DECADE    ? arena_printf(f->a, "%03d", year / 10)
                : x->kind == FOUND_QUARTER ? arena_printf(f->a, "%04d-Q%d", year, part)
                : x->kind == FOUND_HALF    ? arena_printf(f->a, "%04d-H%d", year, part)
                                           : arena_printf(f->a, "%04d-%s", year, seasons[part]);
    put(f, r, x, TIME_DATE, value, false);
}

void times_resolve(Finder *f, Record *r)
{
    Reference ref = reference_of(f, r);
    for (int32_t i = 0; i < f->found.n; i++) settle(f, &f->found.v[i], i, &ref);
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        if (x->is_left_out) continue;
        switch (x->kind) {
        case FOUND_DATE: case FOUND_WEEKDAY: case FOUND_DEICTIC: put_day(f, r, x); break;
        case FOUND_CLOCK: put_clock(f, r, i, &ref); break;
        default: put_part(f, r, x);
        }
    }
}
