/* Values: calendar points and lengths as TimeML 1.2.1 writes them (ISO 8601 with its own additions).
**
**   2031-03-18 · 2031-W12 · 2031-W12-WE · 2031-03 · 2031-Q1 · 2031-H1 · 2031-SU · 2031 · 203 · 20 · P2W · PT3H30M · PXD · P1D
**
** A point is a day and a grain: the unit of that grain in which the day lies. Weeks are those of ISO 8601; decades have three
** digits and centuries two. A decade as a length is ten years; decades, unsaid how many, are PXY.
**
** Years before our era are negative here (BC0480 is -480; there is no year 0). Always: arithmetic keeps to the calendar (a month after 31 January is 28 February).
*/
#include "reading/times.h"

static int32_t clamp_year(int32_t y) { return y < -9999 ? -9999 : y > 9999 ? 9999 : y; }

static int32_t month_days(int32_t year, int32_t month)
{
    int32_t next = date_days((Date){month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1});
    return next - date_days((Date){year, month, 1});
}

static Date add_months(Date d, int32_t by)
{
    int32_t months = (d.year * 12 + (d.month ? d.month - 1 : 0)) + by, year = months >= 0 ? months / 12 : -((11 - months) / 12);
    Date out = {clamp_year(year), months - year * 12 + 1, d.day};
    if (out.day > 28 && out.day > month_days(out.year, out.month)) out.day = month_days(out.year, out.month);
    return out;
}

Point point_of(Date d, Grain grain)
{
    Point p = {{clamp_year(d.year), d.month ? d.month : 1, d.day ? d.day : 1}, grain};
    switch (grain) {
    case GRAIN_WEEKEND: case GRAIN_WEEK: case GRAIN_FORTNIGHT:
        p.d = date_civil(date_days(p.d) - date_weekday(p.d));                  /* its Monday */
        break;
    case GRAIN_MONTH: p.d.day = 1; break;
    case GRAIN_QUARTER: p.d = (Date){p.d.year, (p.d.month - 1) / 3 * 3 + 1, 1}; break;
    case GRAIN_HALF: p.d = (Date){p.d.year, (p.d.month - 1) / 6 * 6 + 1, 1}; break;
    case GRAIN_SEASON: {                                                         /* meteorological: March, June, September, December */
        int32_t m = p.d.month % 12 / 3 * 3;
        p.d = (Date){p.d.month < 3 ? clamp_year(p.d.year - 1) : p.d.year, m ? m : 12, 1};
        break;
    }
    case GRAIN_YEAR: p.d = (Date){p.d.year, 1, 1}; break;
    case GRAIN_DECADE: p.d = (Date){p.d.year / 10 * 10, 1, 1}; break;
    case GRAIN_CENTURY: p.d = (Date){p.d.year / 100 * 100, 1, 1}; break;
    case GRAIN_MILLENNIUM: p.d = (Date){clamp_year(p.d.year / 1000 * 1000), 1, 1}; break;
    default: break;
    }
    return p;
}

Point point_shift(Point p, Grain grain, int32_t by)
{
    if (by > 9999) by = 9999;
    if (by < -9999) by = -9999;
    Date d = p.d;
    switch (grain) {
    case GRAIN_DAY: d = date_civil(date_days(d) + by); break;
    case GRAIN_WEEKEND: case GRAIN_WEEK: d = date_civil(date_days(d) + 7 * by); break;
    case GRAIN_FORTNIGHT: d = date_civil(date_days(d) + 14 * by); break;
    case GRAIN_MONTH: d = add_months(d, by); break;
    case GRAIN_QUARTER: case GRAIN_SEASON: d = add_months(d, 3 * by); break;
    case GRAIN_HALF: d = add_months(d, 6 * by); break;
    case GRAIN_YEAR: d = add_months(d, 12 * by); break;
    case GRAIN_DECADE: d = add_months(d, 120 * by); break;
    case GRAIN_CENTURY: d = add_months(d, 1200 * by); break;
    case GRAIN_MILLENNIUM: d = add_months(d, 12000 * (by > 9 ? 9 : by < -9 ? -9 : by)); break;
    default: break;
    }
    d.year = clamp_year(d.year);
    return (Point){d, p.grain};
}

int32_t point_days(Point p) { return date_days(point_of(p.d, p.grain).d); }

int32_t point_last(Point p)
{
    Point first = point_of(p.d, p.grain);
    switch (p.grain) {
    case GRAIN_NONE: case GRAIN_SECOND: case GRAIN_MINUTE: case GRAIN_HOUR: case GRAIN_DAY: return date_days(first.d);
    case GRAIN_WEEKEND: return date_days(first.d) + 6;
    default: return date_days(point_shift(first, p.grain, 1).d) - 1;
    }
}

/* The week of ISO 8601: that of its Thursday. */
static Str week_value(Arena *a, Date d, const char *tail)
{
    int32_t monday = date_days(d) - date_weekday(d);
    Date thursday = date_civil(monday + 3);
    int32_t week = (date_days(thursday) - date_days((Date){thursday.year, 1, 1})) / 7 + 1;
    return arena_printf(a, "%04d-W%02d%s", (int)thursday.year, (int)week, tail);
}

Str point_value(Arena *a, Point p)
{
    static const char *const seasons[4] = {"WI", "SP", "SU", "FA"};
    Date d = p.d;
    int y = (int)(d.year < 0 ? -d.year : d.year);
    if (d.year < 0) {
        Point after = {{-d.year, d.month, d.day}, p.grain};
        if (p.grain == GRAIN_WEEK || p.grain == GRAIN_WEEKEND) after.grain = GRAIN_MONTH;
        return arena_printf(a, "BC%.*s", STR(point_value(a, after)));
    }
    switch (p.grain) {
    case GRAIN_WEEKEND: return week_value(a, d, "-WE");
    case GRAIN_WEEK: case GRAIN_FORTNIGHT: return week_value(a, d, "");
    case GRAIN_MONTH: return arena_printf(a, "%04d-%02d", y, (int)d.month);
    case GRAIN_QUARTER: return arena_printf(a, "%04d-Q%d", y, (int)(d.month - 1) / 3 + 1);
    case GRAIN_HALF: return arena_printf(a, "%04d-H%d", y, (int)(d.month - 1) / 6 + 1);
    case GRAIN_SEASON: return arena_printf(a, "%04d-%s", y, seasons[d.month % 12 / 3]);
    case GRAIN_YEAR: return arena_printf(a, "%04d", y);
    case GRAIN_DECADE: return arena_printf(a, "%03d", y / 10);
    case GRAIN_CENTURY: return arena_printf(a, "%02d", y / 100);
    case GRAIN_MILLENNIUM: return arena_printf(a, "%d", y / 1000);
    default: return arena_printf(a, "%04d-%02d-%02d", y, (int)d.month, (int)d.day);
    }
}

/* ---- lengths -------------------------------------------------------------------------------------------------------- */
typedef struct { Grain grain; bool in_day; char letter; int32_t times; const char *vague; Grain half_grain; int32_t half; } Measure;
static const Measure measures[] = {             /* a half of it: so many of a smaller one */
    {GRAIN_SECOND, true, 'S', 1, "PTXS", GRAIN_NONE, 0}, {GRAIN_MINUTE, true, 'M', 1, "PTXM", GRAIN_SECOND, 30},
    {GRAIN_HOUR, true, 'H', 1, "PTXH", GRAIN_MINUTE, 30}, {GRAIN_DAY, false, 'D', 1, "PXD", GRAIN_HOUR, 12},
    {GRAIN_WEEKEND, false, 'D', 2, "PXWE", GRAIN_NONE, 0}, {GRAIN_WEEK, false, 'W', 1, "PXW", GRAIN_NONE, 0},
    {GRAIN_FORTNIGHT, false, 'W', 2, "PXW", GRAIN_NONE, 0}, {GRAIN_MONTH, false, 'M', 1, "PXM", GRAIN_NONE, 0},
    {GRAIN_QUARTER, false, 'M', 3, "PXQ", GRAIN_NONE, 0}, {GRAIN_YEAR, false, 'Y', 1, "PXY", GRAIN_MONTH, 6},
    {GRAIN_DECADE, false, 'Y', 10, "PXY", GRAIN_NONE, 0}, {GRAIN_CENTURY, false, 'Y', 100, "PXCE", GRAIN_NONE, 0},
    {GRAIN_MILLENNIUM, false, 'Y', 1000, "PXML", GRAIN_NONE, 0}};

static const Measure *measure_of(Grain g)
{
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++)
        if (measures[i].grain == g) return &measures[i];
    return NULL;
}

/* Thousandths without needless zeros: 2500 → "2.5". */
static Str decimal_of(Arena *a, int64_t milli)
{
    if (milli % 1000 == 0) return arena_printf(a, "%lld", (long long)(milli / 1000));
    int digits = milli % 100 == 0 ? 1 : milli % 10 == 0 ? 2 : 3;
    int part = (int)(milli % 1000) / (digits == 1 ? 100 : digits == 2 ? 10 : 1);
    return arena_printf(a, "%lld.%0*d", (long long)(milli / 1000), digits, part);
}

Str length_value(Arena *a, const Found *x)
{
    const Measure *m = measure_of(x->grain), *small;
    if (!m) return S("PXX");
    if (x->is_vague) return str_of(m->vague);
    int64_t milli = x->milli * m->times;
    Buf b = {.to = a};
    buf_add(&b, m->in_day ? S("PT") : S("P"));
    if (x->part == PART_NI) return arena_printf(a, "P%lldN", (long long)(milli / 1000));
    if (m->half_grain && milli % 1000 == 500) {
        small = measure_of(m->half_grain);
        if (milli >= 1000) buf_printf(&b, "%lld%c", (long long)(milli / 1000), m->letter);
        if (small->in_day && !m->in_day) buf_char(&b, 'T');
        buf_printf(&b, "%d%c", (int)m->half, small->letter);
        return buf_str(&b);
    }
    Str n = decimal_of(a, milli);
    buf_printf(&b, "%.*s%c", STR(n), m->letter);
    if (x->sub && (small = measure_of(x->sub)) != NULL) {
        if (small->in_day && !m->in_day) buf_char(&b, 'T');
        buf_printf(&b, "%lld%c", (long long)x->sub_index * small->times, small->letter);
    }
    return buf_str(&b);
}

const char *mod_name(Mod m)
{
    static const char *const names[] = {"", "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
                                        "BEFORE", "AFTER"};
    return names[m];
}
