/* Named days: Easter, Victory Day, an inauguration; data/times/days.tab.
**
**   easter            easter+0            the Sunday after the first full moon of spring
**   victory day       05-09               the same day each year
**   thanksgiving      11 thu 4            the fourth Thursday of November; "last" for 4: the last one
**   election day      11 tue after 1      the Tuesday after the first Monday
**   inauguration      =2025-01-20 …       these days alone
**
** Easter: the Gregorian computus of Meeus (Astronomical Algorithms, ch. 8), orthodox Easter that of his Julian form moved by
** the calendars' distance. Rows may be bounded in time (from, to).
**
** Always: the longest name wins. Cost: a binary search for each word that begins a name.
*/
#include "reading/times.h"

#include "days.h"

#include <stdlib.h>
#include <string.h>

/* ---- Easter ------------------------------------------------------------------------------------------------------- */
static Date easter_of(int32_t y)
{
    int32_t a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int32_t h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return (Date){y, n / 31, n % 31 + 1};
}

static Date orthodox_easter_of(int32_t y)
{
    int32_t a = y % 4, b = y % 7, c = y % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7, n = d + e + 114;
    Date julian = {y, n / 31, n % 31 + 1};
    return date_civil(date_days(julian) + y / 100 - y / 400 - 2);
}

/* ---- rules ---------------------------------------------------------------------------------------------------------- */
static int32_t weekday_named(const char *p)
{
    static const char names[] = "montuewedthufrisatsun";
    for (int32_t d = 0; d < 7; d++)
        if (strncmp(p, names + 3 * d, 3) == 0) return d;
    return -1;
}

/* "11 thu 4", "5 mon last", "11 tue after 1": the day of that year. */
static bool nth_weekday(const char *p, int32_t year, Date *d)
{
    char *end;
    int32_t month = (int32_t)strtol(p, &end, 10), weekday = *end == ' ' ? weekday_named(end + 1) : -1;
    if (month < 1 || month > 12 || weekday < 0) return false;
    const char *rest = end + 5;
    int32_t first = date_days((Date){year, month, 1}), n;
    if (strncmp(rest, "last", 4) == 0) {
        int32_t last = date_days((Date){month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1}) - 1;
        n = last - (date_weekday(date_civil(last)) - weekday + 7) % 7;
    } else if (strncmp(rest, "after ", 6) == 0) { /* the first such day behind the first Monday */
        int32_t monday = first + (7 - date_weekday(date_civil(first))) % 7;
        n = monday + (weekday + 7) % 7;
    } else {
        int32_t which = (int32_t)strtol(rest, NULL, 10);
        n = first + (weekday - date_weekday(date_civil(first)) + 7) % 7 + 7 * (which - 1);
    }
    *d = date_civil(n);
    return true;
}

static bool is_within(const DaysRow *row, Date d)
{
    Date from = {0, 0, 0}, to = {0, 0, 0};
    bool has_from = row->from.n && date_parse(row->from, &from), has_to = row->to.n && date_parse(row->to, &to);
    int32_t day = date_days(d);
    return (!has_from || day >= date_days(from)) && (!has_to || day < date_days(to));
}

static Grain grain_of(const DaysRow *row)
{
    return row->span.n && str_eq(row->span, S("week")) ? GRAIN_WEEK : GRAIN_DAY;
}

/* A list of days: the one in that year. */
static bool listed_in(Str rule, int32_t year, Date *d)
{
    Str rest = str_sub(rule, 1, rule.n), piece;
    while (str_split(&rest, ' ', &piece))
        if (date_parse(piece, d) && d->year == year) return true;
    return false;
}

bool named_date(int32_t index, int32_t year, Point *at)
{
    const DaysRow *row = &days_rows[index];
    const char *rule = row->rule.p;
    Date d = {0, 0, 0};
    if (year < 1 || year > 9998) return false;
    if (*rule == '=') {
        if (!listed_in(row->rule, year, &d)) return false;
    } else if (str_starts(row->rule, S("easter"))) {
        d = date_civil(date_days(easter_of(year)) + (int32_t)strtol(rule + 6, NULL, 10));
    } else if (str_starts(row->rule, S("orthodox"))) {
        d = date_civil(date_days(orthodox_easter_of(year)) + (int32_t)strtol(rule + 8, NULL, 10));
    } else if (row->rule.n == 5 && rule[2] == '-') {
        d = (Date){year, (int32_t)strtol(rule, NULL, 10), (int32_t)strtol(rule + 3, NULL, 10)};
    } else if (!nth_weekday(rule, year, &d)) {
        return false;
    }
    if (!is_within(row, d)) return false;
    *at = (Point){d, grain_of(row)};
    return true;
}

int32_t named_nearest(int32_t index, Date now, int way, Point *at)
{
    int32_t best = INT32_MAX, today = date_days(now), found = 0;
    int32_t reach = days_rows[index].rule.p[0] == '=' ? 6 : 1;         /* elections are years apart */
    for (int32_t year = now.year - reach; year <= now.year + reach; year++) {
        Point p;
        if (!named_date(index, year, &p)) continue;
        int32_t away = point_days(p) - today, far = abs(away);
        if ((way < 0 && away > 0) || (way > 0 && away < 0)) continue;
        if (far < best) best = far, *at = p, found = 1;
    }
    return found;
}

bool named_needs_context(int32_t index) { return str_eq(days_rows[index].kind, S("event")); }

/* ---- names ------------------------------------------------------------------------------------------------------------ */
static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

/* How many pieces from i make up this name; 0 where they do not. Blanks between pieces are as good as one. */
static int32_t spans_name(const Finder *f, int32_t i, Str name)
{
    ptrdiff_t at = 0;
    int32_t j = i;
    while (at < name.n) {
        if (j > i && !same_sentence(f, i, j)) return 0;
        if (j >= f->n) return 0;
        Str s = piece_str(f, j);
        bool poss = f->v[j].class == P_POSS;
        if (j > i && !(f->v[j].is & PIECE_GLUED) && name.p[at++] != ' ') return 0;
        if (j > i && (f->v[j].is & PIECE_GLUED) && name.p[at] == ' ') return 0;
        if (poss) {
            if (at + 2 > name.n || name.p[at] != '\'' || name.p[at + 1] != 's') return 0;
            at += 2;
        } else {
            for (ptrdiff_t k = 0; k < s.n; k++, at++)
                if (at >= name.n || lower(s.p[k]) != name.p[at]) return 0;
        }
        j++;
    }
    return j - i;
}

static bool is_proper(const Finder *f, int32_t i, int32_t row)
{
    return piece_has(f, i, PIECE_CAP) || named_needs_context(row);
}

int32_t named_at(const Finder *f, int32_t i, int32_t *row, int32_t *year)
{
    char first = lower(piece_str(f, i).p[0]);
    int32_t lo = 0, hi = days_n, best = 0;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if ((unsigned char)days_rows[mid].name.p[0] < (unsigned char)first) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < days_n && days_rows[lo].name.p[0] == first; lo++) {
        int32_t n = spans_name(f, i, days_rows[lo].name);
        if (n > best && is_proper(f, i, lo)) best = n, *row = lo;
    }
    if (!best) return 0;
    int32_t end = i + best, last = i + best;
    if (class_at(f, end) == P_COMMA) last++;
    if (class_at(f, last) == P_YEAR && same_sentence(f, i, last)) *year = f->v[last].value, end = last + 1;
    return end;
}
