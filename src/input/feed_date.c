/* Dates of feeds: as people write them who have heard of RFC 822 and ISO 8601.
**
**  in:  "Thu, 01 Jan 04 19:48:21 EST"      out: 2004-01-01T19:48:21-05:00
**  in:  "2003-12-31T10:14:55.5+0100"        out: 2003-12-31T10:14:55+01:00
**  in:  "Thu Jan  1 19:48:21 2004"          out: 2004-01-01T19:48:21 (asctime; taken for UTC in the tuple)
**
** More generous than record/when.c, because a feed's date stands in a place that says it is a date: years of two
** digits are read as RFC 2822 (section 4.3) reads them. An order of day and month that is not known is still no date.
** Always: a day that the calendar has. Cost: linear in a short text.
*/
#include "input/feed_inside.h"
#include <string.h>

static bool take(Str *s, char c)
{
    if (!s->n || s->p[0] != c) return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static void take_blanks(Str *s)
{
    while (s->n && (s->p[0] == ' ' || s->p[0] == ',' || (s->p[0] >= '\t' && s->p[0] <= '\r')))
        *s = str_sub(*s, 1, s->n);
}

static int digits_ahead(Str s)
{
    int n = 0;
    while (n < s.n && n < 10 && s.p[n] >= '0' && s.p[n] <= '9') n++;
    return n;
}

static int32_t take_number(Str *s, int most)
{
    int n = digits_ahead(*s);
    int32_t x = 0;
    if (n > most) n = most;
    for (int i = 0; i < n; i++) x = x * 10 + (s->p[i] - '0');
    *s = str_sub(*s, n, s->n);
    return n ? x : -1;
}

static Str take_word(Str *s)
{
    ptrdiff_t n = 0;
    while (n < s->n && (s->p[n] | 32) >= 'a' && (s->p[n] | 32) <= 'z') n++;
    Str word = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return word;
}

static int32_t month_of(Str word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word.n < 3) return 0;
    for (int32_t i = 0; i < 12; i++)
        if (str_eq_fold(str_sub(word, 0, 3), (Str){names + 3 * i, 3})) return i + 1;
    return 0;
}

static bool is_weekday(Str word)
{
    static const char names[] = "montuewedthufrisatsun";
    for (int i = 0; word.n >= 3 && i < 7; i++)
        if (str_eq_fold(str_sub(word, 0, 3), (Str){names + 3 * i, 3})) return true;
    return false;
}

/* "Z", "GMT", "EST", "+01:00", "+0100", "+1", "GMT+02:00". True where one stands there. */
static bool take_zone(Str *s, FeedDate *d)
{
    static const struct { Str name; int hours;
    } zones[] = {/* RFC 822, section 5.1, and feeds' usual others */
                 {S("z"), 0},    {S("ut"), 0},   {S("utc"), 0},  {S("gmt"), 0},  {S("est"), -5}, {S("edt"), -4},
                 {S("cst"), -6}, {S("cdt"), -5}, {S("mst"), -7}, {S("mdt"), -6}, {S("pst"), -8}, {S("pdt"), -7},
                 {S("et"), -5},  {S("ct"), -6},  {S("mt"), -7},  {S("pt"), -8},  {S("ast"), -4}, {S("adt"), -3},
                 {S("bst"), 1},  {S("cet"), 1},  {S("cest"), 2}, {S("eet"), 2},  {S("eest"), 3}, {S("msk"), 3},
                 {S("jst"), 9},  {S("kst"), 9}};
    take_blanks(s);
    Str before = *s, word = take_word(s);
    bool is_named = false;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (str_eq_fold(word, zones[i].name)) is_named = true, d->offset = zones[i].hours * 60;
    if (!is_named) *s = before;
    if (s->n && (s->p[0] == '+' || s->p[0] == '-') && digits_ahead(str_sub(*s, 1, s->n))) {
        int sign = s->p[0] == '-' ? -1 : 1;
        *s = str_sub(*s, 1, s->n);
        int32_t hours = take_number(s, 2), minutes = 0;
        take(s, ':');
        if (digits_ahead(*s) >= 2) minutes = take_number(s, 2);
        if (hours > 14 || minutes > 59) return false;
        d->offset = sign * (hours * 60 + minutes);
        is_named = true;
    }
    d->has_zone = is_named;
    return is_named;
}

/* "19:48", "19:48:21.5", "194821"; a zone or none. False where it is no clock. */
static bool take_clock(Str *s, FeedDate *d)
{
    take_blanks(s);
    if (!digits_ahead(*s)) return false;
    d->hour = take_number(s, 2);
    bool has_colon = take(s, ':');
    if (!has_colon && digits_ahead(*s) < 2) { take_zone(s, d); return d->has_clock = d->hour <= 24; }
    d->minute = take_number(s, 2);
    if (has_colon ? take(s, ':') : digits_ahead(*s) >= 2) d->second = take_number(s, 2);
    if (take(s, '.') || (d->second && take(s, ','))) take_number(s, 9);
    if (d->hour > 24 || d->minute < 0 || d->minute > 59 || d->second < 0 || d->second > 60) return false;
    d->has_clock = true;
    take_zone(s, d);
    return true;
}

static int32_t full_year(int32_t year, int digits)
{
    if (digits == 2) return year < 50 ? 2000 + year : 1900 + year;
    return digits == 3 ? 1900 + year : year;
}

/* 2003, 2003-12, 2003-12-31, 20031231, 2003-365, -0312; then T or a blank and a clock. */
static bool iso_date(Str s, FeedDate *d)
{
    int n = digits_ahead(s);
    if (n != 4 && n != 8 && n != 6 && n != 14 && n != 10) return false;
    d->day.year = take_number(&s, 4);
    bool has_dash = s.n && (s.p[0] == '-' || s.p[0] == '/' || s.p[0] == '.');
    if (has_dash) s = str_sub(s, 1, s.n);
    if (digits_ahead(s) == 3) {                          /* the day of the year */
        int32_t day = take_number(&s, 3), days = date_days((Date){d->day.year, 1, 1});
        d->day = date_civil(days + day - 1);
    } else {
        d->day.month = digits_ahead(s) ? take_number(&s, 2) : 1;
        if (has_dash && s.n && (s.p[0] == '-' || s.p[0] == '/' || s.p[0] == '.')) s = str_sub(s, 1, s.n);
        d->day.day = digits_ahead(s) && d->day.month > 0 ? take_number(&s, 2) : 1;
    }
    if (!date_is_valid(d->day)) return false;
    if (!s.n) return true;
    take_blanks(&s);
    if (!take(&s, 'T')) take(&s, 't');
    take_blanks(&s);
    if (!s.n || take_zone(&s, d)) return true;
    return take_clock(&s, d);
}

/* "Thu, 01 Jan 2004 19:48:21 GMT", "Thu Jan 1 19:48:21 2004", "1 January 2004": words tell what is what. */
static bool worded_date(Str s, FeedDate *d)
{
    int year_digits = 0;
    while (s.n) {
        take_blanks(&s);
        if (!s.n) break;
        Str word = take_word(&s);
        if (word.n) {
            int32_t month = month_of(word);
            if (month && !d->day.month) d->day.month = month;
            else if (!is_weekday(word) && !str_eq_fold(word, S("at")) && !str_eq_fold(word, S("th")) &&
                     !str_eq_fold(word, S("of"))) {
                Str zone = {word.p, word.n + s.n};
                if (!d->has_clock || !take_zone(&zone, d)) return false;
                s = zone;
            }
            take(&s, '.');
            take(&s, '-');
            continue;
        }
        int n = digits_ahead(s);
        if (!n) {
            if (d->has_clock && (s.p[0] == '+' || s.p[0] == '-') && take_zone(&s, d)) continue;
            return false;
        }
        if (n <= 2 && n < s.n && s.p[n] == ':') {
            if (d->has_clock || !take_clock(&s, d)) return false;
        } else if (n <= 2 && !d->day.day) {
            d->day.day = take_number(&s, 2);
            if (!take(&s, '-')) take(&s, '/');
        } else if (d->day.day && !year_digits && n <= 4 && n != 1) {
            d->day.year = take_number(&s, 4);
            year_digits = n;
        } else {
            return false;
        }
    }
    d->day.year = full_year(d->day.year, year_digits);
    return year_digits && date_is_valid(d->day);
}

bool feed_date(Str s, FeedDate *d)
{
    s = str_trim(s);
    if (s.n == 0 || s.n > 100) return false;
    *d = (FeedDate){0};
    if (iso_date(s, d)) return true;
    *d = (FeedDate){0};
    return worded_date(s, d);
}

Json *feed_date_tuple(Arena *a, FeedDate d)
{
    int64_t minutes = (int64_t)date_days(d.day) * 1440 + d.hour * 60 + d.minute - d.offset;
    int32_t days = (int32_t)(minutes >= 0 ? minutes / 1440 : -((-minutes + 1439) / 1440)),
            rest = (int32_t)(minutes - (int64_t)days * 1440);
    Date day = date_civil(days);
    int32_t values[] = {day.year, day.month, day.day, rest / 60, rest % 60, d.second, date_weekday(day),
                        days - date_days((Date){day.year, 1, 1}) + 1, 0};
    Json *list = tree_list(a);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) tree_push(list, tree_number(a, values[i]));
    return list;
}

Str feed_date_iso(Arena *a, FeedDate d)
{
    Str day = date_iso(a, d.day);
    if (!d.has_clock) return day;
    if (d.hour == 24 || d.second == 60) return day;      /* the record knows neither */
    Str clock = arena_printf(a, "%.*sT%02d:%02d:%02d", STR(day), d.hour, d.minute, d.second);
    if (!d.has_zone) return clock;
    if (d.offset == 0) return arena_printf(a, "%.*sZ", STR(clock));
    int32_t size = d.offset < 0 ? -d.offset : d.offset;
    return arena_printf(a, "%.*s%c%02d:%02d", STR(clock), d.offset < 0 ? '-' : '+', size / 60, size % 60);
}
