/* Resolving: what was found gets its value.
**
** Published 2031-03-05 (a Wednesday):
**   "said on Friday" = 2031-02-28        "will meet on Friday" = 2031-03-07        "last week" = 2031-W09
**   "on Dec. 7" = 2030-12-07             "in October" + past = 2030-10             "two years ago" = 2029
** "… in 1974. The following year …" = 1975, from the time last spoken of.
**
** Two references are kept: the day of publication, and the time last spoken of. Which of them a year-less date takes depends on
** the kind of text: news reckons from its day, a history from what it told before (time_refer.c tells them apart). That is
** HeidelTime's distinction (Strötgen and Gertz 2010), whose rules were not looked at.
** Direction comes from the tense of the governing verb (tense.c), not from nearness.
**
** Without a day of publication, relative times are reckoned from the range in which the text must have appeared: what is the same
** from both its ends is known, a year or month that is not is taken from the earlier end with doubt, and a day or week stays
** open (XXXX). Always: a value says no more than is known. Cost: linear in what was found.
*/
#include "reading/times.h"
#include "reading/time_refer.h"

#include <stdlib.h>

enum {
    HALF_YEAR = 183,   /* days: a year-less date lies nearer than this to its article */
    FAR_FUTURE = 135,  /* days: beyond these no past verb speaks of a coming day */
    NEAR_FUTURE = 45,  /* days: up to here a coming date may stand beside a past verb ("was set for") */
    NEXT_MONTH = 30    /* days: and up to here a month */
};

static Tense tense_of(const Finder *f, const Found *x)
{
    Span s = {f->v[x->from].begin, f->v[x->to - 1].end};
    return tense_at(f->r, &f->words, s);
}

static int32_t start_month(const Found *x)
{
    static const int8_t seasons[5] = {0, 3, 6, 9, 12};
    int32_t i = x->index;
    switch (x->grain) {
    case GRAIN_SEASON: return seasons[i >= 1 && i <= 4 ? i : 1];
    case GRAIN_QUARTER: return (i >= 1 && i <= 4 ? i - 1 : 0) * 3 + 1;
    case GRAIN_HALF: return i == 2 ? 7 : 1;
    default: return x->date.month ? x->date.month : 1;
    }
}

/* The point that a date without year is in a year. */
static Point in_year(const Found *x, int32_t year)
{
    return (Point){{year, start_month(x), x->grain == GRAIN_DAY && x->date.day ? x->date.day : 1}, x->grain};
}

/* ---- dates without a year -------------------------------------------------------------------------------------------- */
/* The year of a day and month beside it that has one: "April and June 1955", "May 5-7, 2031", "from October to March 1945". */
static int32_t year_beside(const Finder *f, int32_t at)
{
    const Found *x = &f->found.v[at];
    if (at + 1 < f->found.n) {
        const Found *next = &f->found.v[at + 1];
        bool near = next->from - x->to <= 1 && same_sentence(f, x->to - 1, next->from);
        PieceClass class = class_at(f, x->to);
        bool joins = near && next->from > x->to && (class == P_AND || class == P_OR || class == P_TO || class == P_DASH || class == P_SLASH);
        if (joins && next->base == BASE_DATE && next->date.year && next->grain < GRAIN_YEAR) {
            bool later = start_month(next) < start_month(x);
            return next->date.year - later;
        }
    }
    if (at > 0) {
        const Found *prev = &f->found.v[at - 1];
        PieceClass class = class_at(f, prev->to);
        bool joins = x->from - prev->to == 1 && same_sentence(f, prev->to, x->from) && (class == P_AND || class == P_TO || class == P_DASH || class == P_OR);
        if (joins && prev->base == BASE_DATE && prev->at.grain && prev->grain < GRAIN_YEAR && prev->date.year) {
            bool later = start_month(prev) > start_month(x);
            return prev->at.d.year + later;
        }
    }
    return 0;
}

static int32_t away_of(const Found *x, int32_t year, int32_t now)
{
    Point p = in_year(x, year);
    int32_t first = point_days(p), last = point_last(p);
    return now < first ? first - now : now > last ? last - now : 0;
}

/* From the day of publication: the nearest one, the tense as tie-break; a way ("last May") decides alone. */
static int32_t year_from_now(const Found *x, Date now, Tense tense, bool *doubt)
{
    int32_t y = now.year, today = date_days(now), best = y;
    for (int32_t k = y - 1; k <= y + 1; k++)
        if (abs(away_of(x, k, today)) < abs(away_of(x, best, today))) best = k;
    int32_t away = away_of(x, best, today);
    switch (x->way) {
    case WAY_LAST: case WAY_PREVIOUS: case WAY_PAST:
        for (int32_t k = y; k >= y - 1; k--) {
            int32_t last = point_last(in_year(x, k));
            if (last >= today) continue;
            bool just_over = x->grain == GRAIN_MONTH && today - last < 31;      /* that would be "last month" */
            *doubt |= just_over;
            if (!just_over) return k;
        }
        return y - 2;
    case WAY_NEXT: case WAY_COMING: case WAY_FOLLOWING:
        for (int32_t k = y; k <= y + 1; k++)
            if (point_days(in_year(x, k)) > today) return k;
        return y + 1;
    case WAY_THIS: case WAY_CURRENT:
        return x->grain == GRAIN_SEASON ? best : y;
    default: break;
    }
    if (x->grain == GRAIN_QUARTER || x->grain == GRAIN_HALF) { /* reports speak of the one that ended, or is about to */
        if (tense == TENSE_FUTURE) return away < -HALF_YEAR / 2 ? best + 1 : best;
        if (tense == TENSE_MAYBE_FUTURE && away > 0) return best;
        for (int32_t k = y + 1; k >= y - 1; k--)
            if (point_last(in_year(x, k)) <= today + 92 && (today - point_last(in_year(x, k)) <= FAR_FUTURE || k < best)) return k;
        return best;
    }
    if (away == 0) return best;
    if (tense == TENSE_PAST && away > 0) {
        if (away > (x->grain == GRAIN_DAY ? NEAR_FUTURE : NEXT_MONTH)) return best - 1;
        *doubt = true;                                   /* eleven months back it would be "last March" */
        return best;
    }
    if (tense == TENSE_FUTURE && away < -HALF_YEAR / 3) return best + 1;
    if (tense == TENSE_MAYBE_FUTURE && away < -HALF_YEAR * 3 / 4) return *doubt = true, best + 1;
    if (tense == TENSE_FUTURE && away < 0) *doubt = true;
    if (tense != TENSE_FUTURE && tense != TENSE_MAYBE_FUTURE && away > 0) *doubt = true;   /* ahead, and nothing looks ahead */
    return best;
}

/* In a history: the year that puts it nearest to the time last spoken of; from the end of a year the story goes on. */
static int32_t year_from_last(const Found *x, Point last)
{
    int32_t y = last.d.year, month = start_month(x);
    if (last.grain >= GRAIN_YEAR) return y;
    int32_t gap = month - last.d.month;
    if (gap <= -7) return y + 1;                         /* from the gold of eight histories: -7 and below 10 of 13, -3 and above 150 of 157 */
    if (gap >= 10) return y - 1;
    return y;
}

/* What stretches up to a date may be told in the past and end ahead: "the truce was extended until May". */
static Tense direction_of(const Finder *f, const Found *x)
{
    Tense t = tense_of(f, x);
    if (t == TENSE_PAST && piece_in(f, x->from - 1, "|until|till|through|by|")) return TENSE_MAYBE_FUTURE;
    return t;
}

static int32_t leap_year_near(int32_t year)
{
    for (int32_t k = 0; k < 8; k++)
        if (date_is_valid((Date){year - k, 2, 29})) return year - k;
    return year;
}

static void settle_yearless(Finder *f, Found *x, int32_t at, Reference *ref)
{
    int32_t year = x->way == WAY_OPEN || x->way == WAY_SAME || x->way == WAY_THAT ? year_beside(f, at) : 0;
    bool told = x->way == WAY_SAME || x->way == WAY_THAT || x->way == WAY_FOLLOWING || x->way == WAY_PREVIOUS || x->way == WAY_CORRESPONDING;
    if (!year && told && ref->has_last) {
        year = ref->last.d.year;
        Point p = in_year(x, year);
        if (x->way == WAY_FOLLOWING && point_days(p) <= point_days(ref->last)) year++;
        if (x->way == WAY_PREVIOUS && point_last(p) >= point_days(ref->last)) year--;
        if (x->grain == ref->last.grain && start_month(x) != ref->last.d.month && x->way == WAY_CORRESPONDING) year--;
        x->doubt = !ref->is_history;
    } else if (!year && ref->is_history && ref->has_last && (x->way == WAY_OPEN || told)) {
        year = year_from_last(x, ref->last);
        int32_t months = year * 12 + start_month(x) - ref->last.d.year * 12 - ref->last.d.month;
        x->doubt = ref->last.grain < GRAIN_YEAR && (months < -2 || months > 6);
    } else if (!year && ref->is_history && ref->has_last) {
        year = year_from_now(x, ref->last.d, TENSE_OPEN, &x->doubt);
        x->doubt = true;
    } else if (!year && ref->has_now && !ref->is_history) {
        if (x->grain == GRAIN_DAY && x->date.month == 2 && x->date.day == 29) year = leap_year_near(ref->now.year);
        else year = year_from_now(x, ref->now, direction_of(f, x), &x->doubt);
        if (ref->is_range) {                             /* the same from both ends of a short range? */
            bool other = false;
            bool is_short = ref->has_high && date_days(ref->high) - date_days(ref->now) <= 92;
            x->doubt |= !is_short || year != year_from_now(x, ref->high, direction_of(f, x), &other) || other;
        }
    } else if (!year) {
        year = x->way == WAY_OPEN || ref->is_range ? year_told(f, at, ref) : 0;
        if (!year && ref->is_range) year = ref->now.year;
        x->doubt = true;
    }
    if (!year) {                                         /* XXXX: what is known stands behind it */
        static const char *const parts[5] = {"", "SP", "SU", "FA", "WI"};
        int month = (int)x->date.month, day = (int)x->date.day, i = (int)x->index;
        x->value = x->grain == GRAIN_DAY ? arena_printf(f->a, "XXXX-%02d-%02d", month, day) : x->grain == GRAIN_MONTH ? arena_printf(f->a, "XXXX-%02d", month)
                 : x->grain == GRAIN_QUARTER ? arena_printf(f->a, "XXXX-Q%d", i) : x->grain == GRAIN_HALF ? arena_printf(f->a, "XXXX-H%d", i)
                 : arena_printf(f->a, "XXXX-%s", parts[i >= 0 && i < 5 ? i : 0]);
        x->doubt = true;
        return;
    }
    x->at = in_year(x, year);
}

static void settle_date(Finder *f, Found *x, int32_t at, Reference *ref)
{
    bool short_year = x->date.year && x->to - x->from == 1 && f->v[x->from].end - f->v[x->from].begin < 4 + 2 && f->text.p[f->v[x->from].begin] < '0';
    if (short_year && ref->is_history && ref->has_last && ref->last.d.year > 1000)      /* '89 in a tale of 1788 */
        x->date.year = ref->last.d.year / 100 * 100 + x->date.year % 100;
    if (x->grain == GRAIN_CENTURY || x->grain == GRAIN_DECADE) x->at = point_of(x->date, x->grain);
    else if (x->doubt && x->sub_index && ref->has_now && !ref->is_history) { /* 7/8/31: the reading that is nearer to the day of publication */
        Point one = in_year(x, x->date.year), two = {{x->date.year, x->sub_index, x->sub_day}, GRAIN_DAY};
        int32_t now = date_days(ref->now);
        x->at = abs(point_days(two) - now) < abs(point_days(one) - now) ? two : one;
    } else if (x->is_report) {
        bool known = ref->report.grain && !ref->is_history;
        x->at = known ? (Point){{x->date.year, ref->report.d.month, 1}, ref->report.grain} : in_year(x, x->date.year);
        x->doubt = true;
    } else if (x->date.year) x->at = in_year(x, x->date.year);
    else settle_yearless(f, x, at, ref);
    if (x->at.grain == GRAIN_DAY && x->base == BASE_DATE && !date_is_valid(x->at.d)) x->is_left_out = true;
}

/* ---- days of the week --------------------------------------------------------------------------------------------------- */
/* "extended until Tuesday" ends ahead; "did not speak until Tuesday" lies behind. */
static bool reaches_ahead(const Finder *f, const Found *x)
{
    if (!piece_in(f, x->from - 1, "|until|till|")) return false;
    for (int32_t i = x->from - 2; i >= 0 && i > x->from - 12 && same_sentence(f, i, x->from); i--) {
        Str s = piece_str(f, i);
        if (piece_in(f, i, "|not|never|no|nor|only|") || str_ends(s, S("n't")) || str_ends(s, S("n’t"))) return false;
    }
    return true;
}

static void settle_weekday(Finder *f, Found *x, Reference *ref)
{
    bool told = ref->is_history || x->way == WAY_FOLLOWING || x->way == WAY_PREVIOUS || x->way == WAY_THAT || x->way == WAY_SAME;
    if (told && ref->has_last && ref->last.grain == GRAIN_DAY) {
        int32_t base = date_days(ref->last.d), ahead = (x->index - date_weekday(ref->last.d) + 7) % 7;
        if (x->way == WAY_PREVIOUS || x->way == WAY_LAST || class_at(f, x->to) == P_POSS) ahead = ahead == 0 ? -7 : ahead - 7;
        else if (x->way == WAY_FOLLOWING && ahead == 0) ahead = 7;
        x->at = (Point){date_civil(base + ahead), GRAIN_DAY};
        x->doubt = x->way == WAY_OPEN;
        return;
    }
    if (!ref->has_now || ref->is_range || ref->is_history) {
        x->value = arena_printf(f->a, "XXXX-WXX-%d", (int)x->index + 1);
        x->doubt = true;
        return;
    }
    Tense tense = tense_of(f, x);
    bool of_noun = class_at(f, x->to) == P_POSS;          /* "Friday's ruling": of the noun, not of the verb */
    if (of_noun && tense != TENSE_FUTURE) tense = TENSE_PAST;
    if (tense == TENSE_PAST && x->way == WAY_OPEN && reaches_ahead(f, x)) tense = TENSE_FUTURE;
    int32_t now = date_days(ref->now), back = (date_weekday(ref->now) - x->index + 7) % 7, day = now - back;
    bool ahead = tense == TENSE_FUTURE || tense == TENSE_MAYBE_FUTURE;
    x->doubt = tense == TENSE_MAYBE_FUTURE && back > 0;
    switch (x->way) {
    case WAY_LAST: case WAY_PAST: case WAY_PREVIOUS:
        day -= back == 0 ? 7 : 0;
        x->doubt = x->way == WAY_PREVIOUS;               /* from which day? */
        break;
    case WAY_NEXT: day += 7, x->doubt = back > 3; break;           /* some mean the one after */
    case WAY_COMING: day += 7; break;
    case WAY_THIS: day = now - date_weekday(ref->now) + x->index, x->doubt = tense == TENSE_PAST && day > now; break;
    default:
        if (ahead && back > 0) day += 7;
        else if (tense == TENSE_PRESENT && back > 2) day += 7, x->doubt = true;
        else if (tense == TENSE_PRESENT && back > 0) x->doubt = true;
        else if (tense == TENSE_OPEN && back > 0) x->doubt = true;
        if (tense == TENSE_PAST && back > 1 && piece_in(f, x->from - 1, "|through|")) x->doubt = true;
    }
    x->at = (Point){date_civil(day), GRAIN_DAY};
}

/* ---- shifts ---------------------------------------------------------------------------------------------------------------- */
/* How far, where a length says it: "two and a half years ago" is thirty months. */
static void shift_by_length(Finder *f, Found *x, Point from, bool coarse)
{
    Grain g = x->grain;
    if (x->is_vague) {
        x->value = x->shift < 0 ? S("PAST_REF") : S("FUTURE_REF");
        x->type = TIME_DATE;
        return;
    }
    int64_t milli = x->milli;
    if (g == GRAIN_FORTNIGHT) g = GRAIN_WEEK, milli *= 2;
    if (g == GRAIN_DECADE) g = GRAIN_YEAR, milli *= 10;
    if (milli % 1000 && g == GRAIN_YEAR) g = GRAIN_MONTH, milli = milli * 12;
    if (milli % 1000 && g == GRAIN_WEEK) g = GRAIN_DAY, milli = milli * 7;
    if (milli % 1000 && g == GRAIN_MONTH) milli = milli / 1000 * 1000;
    int32_t n = (int32_t)(milli / 1000) * x->shift;
    if (g < GRAIN_DAY) {                                  /* hours ago: the day, and a clock that is not told */
        x->value = arena_printf(f->a, "%.*sTXX:XX", STR(date_iso(f->a, from.d)));
        x->type = TIME_TIME;
        x->doubt = true;
        return;
    }
    Point p = point_shift((Point){from.d, GRAIN_DAY}, g, n);
    p.grain = g == GRAIN_DAY || !coarse ? GRAIN_DAY : g;
    x->at = p;
}

/* A year back in a report of figures: the same quarter of the year before. */
static bool is_reported(const Finder *f, const Found *x, const Reference *ref)
{
    return ref->report.grain && x->grain == GRAIN_YEAR && x->milli == 1000 && f->v[x->from].sent - ref->report_sent <= 4 && !ref->is_history && x->shift < 0;
}

static bool is_coarser(Grain a, Grain b) { return a > b; }

static void settle_shift(Finder *f, Found *x, Reference *ref)
{
    if (x->milli || x->is_vague) {
        if (is_reported(f, x, ref)) {                    /* "… in the third quarter, up from $1.4 billion a year ago" */
            x->at = point_shift(ref->report, GRAIN_YEAR, x->shift);
            x->doubt = true;
            return;
        }
        if (ref->is_history && ref->has_last && !x->is_vague) { shift_by_length(f, x, ref->last, true); x->doubt = true; return; }
        if (!ref->has_now && !x->is_vague) { x->value = S("PAST_REF"); x->doubt = true; return; }
        shift_by_length(f, x, (Point){ref->now, GRAIN_DAY}, true);
        if (x->mod != MOD_NONE) x->doubt = true;             /* nearly two years ago: in which year? */
        if (x->grain == GRAIN_DECADE) x->doubt = true;
        return;
    }
    Date base = ref->now;
    if (!ref->has_now || (ref->is_range && !is_coarser(x->grain, GRAIN_FORTNIGHT)) || (ref->is_history && x->is_weak && !ref->has_last)) {
        static const char *const open[] = {"XXXX-XX-XX", "XXXX-WXX-WE", "XXXX-WXX", "XXXX-XX", "XXXX-QX", "XXXX-SX", "XXXX-HX", "XXXX"};
        int i = x->grain == GRAIN_DAY ? 0 : x->grain == GRAIN_WEEKEND ? 1 : x->grain <= GRAIN_FORTNIGHT ? 2 : x->grain == GRAIN_MONTH ? 3
              : x->grain == GRAIN_QUARTER ? 4 : x->grain == GRAIN_SEASON ? 5 : x->grain == GRAIN_HALF ? 6 : 7;
        x->value = str_of(open[i]);
        x->doubt = true;
        return;
    }
    if (x->is_weak && x->grain == GRAIN_YEAR && ref->report.grain && !ref->is_history && x->mod == MOD_NONE) base = ref->report.d;
    bool weak_told = x->is_weak && ref->has_last && ref->last.grain <= x->grain && ref->last.d.year < ref->now.year - 1 && f->v[x->from].sent == ref->last_sent;
    if ((ref->is_history && ref->has_last) || weak_told) base = ref->last.d, x->doubt |= ref->is_history && !x->is_weak;
    if (ref->is_history && !x->is_weak && x->grain == GRAIN_DAY && x->shift == 0) { x->value = S("PRESENT_REF"); x->doubt = true; return; }
    if (ref->is_range) {                                  /* the same from both ends of the range? */
        Point low = point_of(point_shift((Point){ref->now, x->grain}, x->grain, x->shift).d, x->grain);
        Point high = point_of(point_shift((Point){ref->high, x->grain}, x->grain, x->shift).d, x->grain);
        x->doubt = !ref->has_high || point_days(low) != point_days(high);
    }
    int32_t by = x->shift;
    if (x->grain == GRAIN_WEEK && date_weekday(base) == 6 && !ref->is_history && by <= 0) {    /* on a Sunday, last week is the one that ends */
        base = date_civil(date_days(base) + (by < 0));
        x->doubt = true;
    }
    if (x->grain == GRAIN_WEEKEND && x->is_weak) {
        bool ended = date_weekday(base) < 5;
        by = ended && tense_of(f, x) != TENSE_FUTURE ? -1 : 0;
    }
    if (x->grain == GRAIN_WEEKEND && x->way == WAY_THIS && date_weekday(base) < 3 && tense_of(f, x) == TENSE_PAST) by = -1;
    if (x->grain == GRAIN_QUARTER && x->way == WAY_LATEST) by = -1;
    x->at = point_of(point_shift((Point){base, x->grain}, x->grain, by).d, x->grain);
    if (x->is_fiscal || (x->is_weak && x->grain == GRAIN_YEAR && x->mod == MOD_NONE)) x->doubt = true;      /* whose year? */
    bool compared = x->grain == GRAIN_YEAR && x->way == WAY_LAST && ref->report.grain && !ref->is_history && f->v[x->from].sent - ref->report_sent <= 1;
    if (compared) x->doubt = true;                       /* beside a quarter's figures: the year, or its same quarter? */
    if (x->way == WAY_LATEST) {
        if (x->grain == GRAIN_QUARTER && ref->report.grain == GRAIN_QUARTER) x->at = ref->report;
        x->doubt = true;
    }
    if (x->is_weak && x->mod == MOD_NONE && x->grain == GRAIN_QUARTER) {
        if (ref->report.grain == GRAIN_QUARTER) x->at = ref->report;
        x->doubt = true;
    }
}

static void settle_thence(Finder *f, Found *x, Reference *ref)
{
    if (!ref->has_last && !ref->has_now) {
        x->value = S("XXXX-XX-XX");
        x->doubt = true;
        return;
    }
    bool told = ref->has_last;
    Point from = told ? ref->last : (Point){ref->now, GRAIN_DAY};
    if (ref->report.grain && (x->way == WAY_LATEST || x->year_back) && !ref->is_history && (x->grain == GRAIN_NONE || x->grain == GRAIN_QUARTER))
        from = ref->report;
    if (x->year_back) {                                   /* "the same month a year ago" */
        from = point_shift(from, GRAIN_YEAR, -1);
        x->at = x->grain ? point_of(from.d, x->grain) : from;
        x->doubt = !told && !ref->report.grain;
        return;
    }
    if (x->grain == GRAIN_NONE) {                         /* "the same period" */
        x->at = point_shift(from, GRAIN_YEAR, x->shift);
        x->at.grain = from.grain;
        x->doubt = true;
        return;
    }
    if (x->milli || x->is_vague) {
        if (is_reported(f, x, ref)) x->at = point_shift(ref->report, GRAIN_YEAR, x->shift), x->doubt = true;
        else {
            shift_by_length(f, x, from, true);
            x->doubt |= !ref->is_history || is_coarser(from.grain, x->grain);
            if (x->at.grain && from.grain > x->at.grain && from.grain <= GRAIN_YEAR) x->at.grain = from.grain;
        }
        return;
    }
    if (x->grain == GRAIN_DAY && from.grain > GRAIN_DAY && from.grain != GRAIN_WEEK) {
        x->value = from.grain == GRAIN_MONTH ? arena_printf(f->a, "%.*s-XX", STR(point_value(f->a, from))) : arena_printf(f->a, "%04d-XX-XX", (int)from.d.year);
        x->doubt = true;
        return;
    }
    x->at = point_of(point_shift((Point){from.d, x->grain}, x->grain, x->shift).d, x->grain);
    x->doubt = !told || is_coarser(from.grain, x->grain) || (!ref->is_history && f->v[x->from].sent - ref->last_sent > 1);
}

static void settle_named(Finder *f, Found *x, Reference *ref)
{
    int32_t year = x->date.year;
    if (year) {
        if (!named_date(x->index, year, &x->at)) x->is_left_out = true;
        return;
    }
    bool told = ref->is_history && ref->has_last;
    if (!told && !ref->has_now) {
        x->value = S("XXXX-XX-XX");
        x->doubt = true;
        return;
    }
    Tense t = tense_of(f, x);
    int32_t way = told ? 0 : t == TENSE_FUTURE ? 1 : t == TENSE_PAST ? -1 : 0;
    PieceClass before = class_at(f, x->from - 1);
    if (before == P_SINCE) way = -1;
    if (piece_in(f, x->from - 1, "|until|till|by|before|")) way = told ? 0 : t == TENSE_PAST ? 0 : 1;
    if (!named_nearest(x->index, told ? ref->last.d : ref->now, way, &x->at) && !named_nearest(x->index, told ? ref->last.d : ref->now, 0, &x->at)) {
        Point p;                                          /* a day of history, such as D-Day */
        for (int32_t y = told ? ref->last.d.year + 100 : ref->now.year; y > 1800; y--)
            if (named_date(x->index, y, &p)) { x->at = p; return; }
        x->is_left_out = true;
        return;
    }
    x->doubt = told || ref->is_range || (way == 0 && abs(point_days(x->at) - date_days(ref->now)) > 60);
}

/* ---- the finer part ----------------------------------------------------------------------------------------------------------- */
static void settle_part(Found *x)
{
    if (x->base == BASE_LENGTH || !x->at.grain || !x->sub) return;
    static const int8_t seasons[5] = {0, 3, 6, 9, 12};
    int32_t y = x->at.d.year, i = x->sub_index;
    Date d = {y, 1, 1};
    switch (x->sub) {
    case GRAIN_DAY: d = (Date){y, i, x->sub_day}; break;
    case GRAIN_MONTH: d.month = i; break;
    case GRAIN_QUARTER: d.month = (i - 1) * 3 + 1; break;
    case GRAIN_HALF: d.month = i == 2 ? 7 : 1; break;
    case GRAIN_SEASON: d.month = seasons[i >= 1 && i <= 4 ? i : 1]; break;
    case GRAIN_FORTNIGHT: {                               /* a named day of that year */
        Point p;
        if (named_date(i, y, &p)) x->at = p;
        else x->is_left_out = true;
        return;
    }
    default: return;
    }
    if (x->sub == GRAIN_DAY && !date_is_valid(d)) { x->is_left_out = true; return; }
    x->at = (Point){d, x->sub};
}

/* "the last week of March": weeks belong to the month of their Thursday. */
static void settle_nth(Found *x)
{
    int32_t first = point_days(x->at), last = point_last(x->at), day;
    if (x->nth_grain == GRAIN_DAY) {
        day = x->nth == 99 ? last : first + x->nth - 1;
    } else {
        int32_t thursday = first + (3 - date_weekday(date_civil(first)) + 7) % 7;
        int32_t end = last - (date_weekday(date_civil(last)) - 3 + 7) % 7;
        day = x->nth == 99 ? end : thursday + 7 * (x->nth - 1);
        x->doubt = true;
    }
    if (day > last) x->doubt = true;
    x->at = point_of(date_civil(day), x->nth_grain);
}

static void write_value(Finder *f, Found *x, const Reference *ref)
{
    static const char *const parts[] = {"", "TMO", "TAF", "TEV", "TNI", "TDT"};
    if (x->of_grain && x->at.grain && x->at.grain < x->of_grain) x->at = point_of(x->at.d, x->of_grain);
    if (x->base == BASE_CLOCK) {
        bool near = ref->has_last && ref->last.grain == GRAIN_DAY && (f->v[x->from].sent == ref->last_sent || ref->is_history);
        if (x->at.grain) near = true;
        const char *zone = x->is_utc ? "Z" : "";
        Str day = x->at.grain ? date_iso(f->a, x->at.d) : near ? date_iso(f->a, ref->last.d) : ref->has_now && !ref->is_range && !ref->is_history ? date_iso(f->a, ref->now) : S("XXXX-XX-XX");
        x->doubt |= !near;
        x->value = arena_printf(f->a, "%.*sT%02d:%02d%s", STR(day), (int)(x->clock / 60), (int)(x->clock % 60), zone);
        x->type = TIME_TIME;
        return;
    }
    if (x->at.grain && x->value.n == 0) {
        Point p = x->at;
        x->value = point_value(f->a, p);
    }
    if (x->clock >= 0 && (x->at.grain == GRAIN_DAY || x->value.n == 11)) {
        x->value = arena_printf(f->a, "%.*sT%02d:%02d%s", STR(x->value), (int)(x->clock / 60), (int)(x->clock % 60), x->is_utc ? "Z" : "");
        x->type = TIME_TIME;
    } else if (x->part && x->base != BASE_LENGTH && x->at.grain == GRAIN_DAY) {
        x->value = arena_printf(f->a, "%.*s%s", STR(x->value), parts[x->part]);
        x->type = TIME_TIME;
    }
}

/* ---- lengths ------------------------------------------------------------------------------------------------------------------- */
static void settle_set(Finder *f, Found *x)
{
    static const char *const parts[] = {"", "TMO", "TAF", "TEV", "TNI", "TDT"};
    static const char *const seasons[] = {"", "SP", "SU", "FA", "WI"};
    x->type = TIME_SET;
    if (x->index) x->value = arena_printf(f->a, "XXXX-WXX-%d%s", (int)x->index, parts[x->part]);
    else if (x->part) x->value = arena_printf(f->a, "XXXX-XX-XX%s", parts[x->part]);
    else if (x->sub == GRAIN_MONTH) x->value = arena_printf(f->a, "XXXX-%02d", (int)x->sub_index);
    else if (x->sub == GRAIN_SEASON) x->value = arena_printf(f->a, "XXXX-%s", seasons[x->sub_index >= 1 && x->sub_index <= 4 ? x->sub_index : 0]);
    else x->value = length_value(f->a, x);
}

static void settle(Finder *f, int32_t at, Reference *ref)
{
    static const char *const refs[3] = {"PAST_REF", "PRESENT_REF", "FUTURE_REF"};
    Found *x = &f->found.v[at];
    x->type = TIME_DATE;
    switch (x->base) {
    case BASE_DATE: settle_date(f, x, at, ref); break;
    case BASE_WEEKDAY: settle_weekday(f, x, ref); break;
    case BASE_SHIFT: settle_shift(f, x, ref); break;
    case BASE_THENCE: settle_thence(f, x, ref); break;
    case BASE_NAMED: settle_named(f, x, ref); break;
    case BASE_REF: x->value = str_of(refs[x->index]); break;
    case BASE_LENGTH:
        if (x->is_set) settle_set(f, x);
        else if (x->is_weak && ref->is_history && ref->has_last) { /* in a story "the next year" is the one that came */
            x->shift = 1;
            x->milli = 0;
            x->base = BASE_THENCE;
            settle_thence(f, x, ref);
        } else x->value = length_value(f->a, x), x->type = TIME_DURATION;
        break;
    case BASE_CLOCK: break;
    }
    settle_part(x);
    if (x->nth && x->at.grain) settle_nth(x);
    write_value(f, x, ref);
    if (x->value.n == 0) x->is_left_out = true;
}

/* "before February 22 … in the past three years": a sentence that spans years does not say of which year its date is. */
static bool spans_years(const Finder *f, int32_t at)
{
    const Found *x = &f->found.v[at];
    for (int32_t i = at > 4 ? at - 4 : 0; i <= at + 4 && i < f->found.n; i++) {
        const Found *y = &f->found.v[i];
        bool years = y->base == BASE_LENGTH && !y->is_set && y->grain >= GRAIN_YEAR && (y->is_vague || y->milli > 1000) && y->way != WAY_OPEN;
        if (years && i != at && same_sentence(f, x->from, y->from)) return true;
    }
    return false;
}

/* A past verb beside a day that had not come when the text appeared: one of the two is read wrongly. */
static void contradict(const Finder *f, Found *x, const Reference *ref)
{
    if (x->doubt || !x->at.grain || !ref->has_now || ref->is_range || x->base == BASE_LENGTH || x->way != WAY_OPEN) return;
    if (x->base == BASE_NAMED && piece_in(f, x->from - 1, "|until|till|by|before|")) return;
    if (point_days(x->at) <= date_days(ref->now) || x->grain > GRAIN_YEAR) return;
    if (tense_of(f, x) == TENSE_PAST && x->at.grain == GRAIN_DAY && x->base != BASE_DATE) x->doubt = true;
}

/* "at 5:34 a.m. Baghdad time on March 20, 2003": the day stands behind its hour. */
static void give_clock_its_day(Finder *f, int32_t at, Reference *ref)
{
    Found *x = &f->found.v[at], *next = at + 1 < f->found.n ? x + 1 : NULL;
    if (next && next->base == BASE_CLOCK && at + 2 < f->found.n && class_at(f, next->from - 1) == P_OPEN) next++;
    if (x->base != BASE_CLOCK || !next || next->base == BASE_CLOCK || next->from - x->to > 6 || !same_sentence(f, x->from, next->from)) return;
    bool day = (next->base == BASE_DATE && next->grain == GRAIN_DAY) || next->base == BASE_WEEKDAY || (next->base == BASE_SHIFT && next->grain == GRAIN_DAY && !next->milli);
    if (!day) return;
    Found copy = *next;
    settle(f, (int32_t)(next - f->found.v), ref);
    if (next->at.grain == GRAIN_DAY && !next->is_left_out) x->at = next->at, x->doubt = next->doubt;
    *next = copy;
}

void times_resolve(Finder *f)
{
    Reference ref = reference_of(f);
    for (int32_t i = 0; i < f->found.n; i++) {
        Found *x = &f->found.v[i];
        give_clock_its_day(f, i, &ref);
        settle(f, i, &ref);
        contradict(f, x, &ref);
        if (x->base == BASE_DATE && !x->date.year && x->grain <= GRAIN_MONTH && x->way == WAY_OPEN && !x->doubt) x->doubt = spans_years(f, i);
        reference_move(f, x, &ref);
    }
}
