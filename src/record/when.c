/* When: the dates that a record carries, in one spelling.
**
** "2025-03-18 09:30:00.000 +0300", "18 March 2025", "Tue, 18 Mar 2025 09:30:00 GMT", "20250318T0930Z": people,
** databases, feeds (RFC 822) and archives each write a date their way. What callers give as "published" is read
** generously and kept as ISO 8601: 2025-03-18T09:30:00+03:00. The day stays the one that was written, since the
** zone is kept and nothing is converted; parts of a second are dropped.
**
** Never guessed: an order of day and month (03/04/2025), a year of two digits, a day that the calendar lacks. Those
** are no date here, and the caller says so to whoever wrote them.
**
** Parts of a record may also hold TIMEX3 values that name their year (2025-W07, 2025-Q1, 2025-03-18TMO); they are
** checked by their shape and stay as they are.
*/
#include "record/inside.h"
#include <string.h>

static bool take_char(Str *s, char c)
{
    if (s->n == 0 || s->p[0] != c) return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool take_blanks(Str *s)
{
    bool some = false;
    while (take_char(s, ' ')) some = true;
    return some;
}

/* Between least and most digits. */
static bool take_digits(Str *s, int least, int most, int32_t *value)
{
    int n = 0;
    int32_t sum = 0;
    for (; n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9'; n++) sum = sum * 10 + (s->p[n] - '0');
    if (n < least) return false;
    *s = str_sub(*s, n, s->n);
    *value = sum;
    return true;
}

static Str take_letters(Str *s)
{
    ptrdiff_t n = 0;
    while (n < s->n && ((s->p[n] | 32) >= 'a' && (s->p[n] | 32) <= 'z')) n++;
    Str word = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return word;
}

/* A mark (0: none) and so many digits; returns the end. */
static char *put_digits(char *to, char mark, int n, int32_t value)
{
    if (mark) *to++ = mark;
    for (int i = n - 1; i >= 0; i--, value /= 10) to[i] = (char)('0' + value % 10);
    return to + n;
}

/* ---- the clock ------------------------------------------------------------------------------------------ */

typedef struct { int32_t hour, minute, second; char zone[8]; } Clock;   /* hour -1: not said; second likewise */

static bool take_zone(Str *s, char zone[8])
{
    static const struct { Str name; const char *zone; } named[] = {              /* RFC 822, section 5.1 */
        {{"Z", 1}, "Z"},        {{"UTC", 3}, "Z"},      {{"GMT", 3}, "Z"},      {{"UT", 2}, "Z"},
        {{"EST", 3}, "-05:00"}, {{"EDT", 3}, "-04:00"}, {{"CST", 3}, "-06:00"}, {{"CDT", 3}, "-05:00"},
        {{"MST", 3}, "-07:00"}, {{"MDT", 3}, "-06:00"}, {{"PST", 3}, "-08:00"}, {{"PDT", 3}, "-07:00"},
    };
    char sign = s->n ? s->p[0] : 0;
    if (sign == '+' || sign == '-') {
        int32_t hour, minute = 0;
        take_char(s, sign);
        if (!take_digits(s, 2, 2, &hour) || hour > 14) return false; /* +14:00, Line Islands, is the farthest */
        if (take_char(s, ':') ? !take_digits(s, 2, 2, &minute) : s->n > 0 && !take_digits(s, 2, 2, &minute))
            return false;
        if (minute > 59) return false;
        *put_digits(put_digits(put_digits(zone, sign, 0, 0), 0, 2, hour), ':', 2, minute) = 0;
        return true;
    }
    Str name = take_letters(s);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (str_eq_fold(named[i].name, name)) return strcpy(zone, named[i].zone), true;
    return name.n == 0;
}

/* 09:30, 09:30:00.250, 0930, 093000, then a zone or none. */
static bool take_clock(Str *s, Clock *clock)
{
    if (!take_digits(s, 2, 2, &clock->hour)) return false;
    bool has_colons = take_char(s, ':');
    if (!take_digits(s, 2, 2, &clock->minute)) return false;
    bool has_second = has_colons ? take_char(s, ':') : s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9';
    if (has_second && !take_digits(s, 2, 2, &clock->second)) return false;
    if (has_second && s->n > 1 && (s->p[0] == '.' || s->p[0] == ',')) {
        int32_t parts;
        *s = str_sub(*s, 1, s->n);
        if (!take_digits(s, 1, 9, &parts)) return false;
    }
    take_blanks(s);
    if (clock->hour > 23 || clock->minute > 59 || clock->second > 60) return false;              /* 60: a leap second */
    return take_zone(s, clock->zone);
}

/* ---- the day -------------------------------------------------------------------------------------------- */

static bool take_month(Str *s, int32_t *month)
{
    static const char names[12][10] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                       "September", "October", "November", "December"};
    Str word = take_letters(s);
    take_char(s, '.');
    for (int32_t i = 0; i < 12; i++) {
        Str name = str_of(names[i]);
        bool is_short = word.n == 3 || (word.n == 4 && i == 8);                 /* Sep and Sept */
        if (str_eq_fold(word, name) || (is_short && str_eq_fold(word, str_sub(name, 0, word.n))))
            return *month = i + 1, true;
    }
    return false;
}

static bool take_two(Str *s, int32_t *value) { return take_digits(s, 2, 2, value) && *value > 0; }

/* 2025, 2025-03, 2025-03-18, 2025/03/18, 2025.03.18, 20250318 */
static bool take_day_from_year(Str *s, Date *day)
{
    if (!take_digits(s, 4, 4, &day->year)) return false;
    if (s->n == 0) return true;
    char between = s->p[0];
    if (between >= '0' && between <= '9') return take_two(s, &day->month) && take_two(s, &day->day);
    if (!(between == '-' || between == '/' || between == '.')) return false;
    take_char(s, between);
    if (!take_two(s, &day->month)) return false;
    return s->n == 0 ? between == '-' : take_char(s, between) && take_two(s, &day->day);
}

/* 18 March 2025, Tue, 18 Mar 2025, March 18, 2025 */
static bool take_day_in_words(Str *s, Date *day)
{
    Str before = *s, word = take_letters(s);
    bool is_weekday = word.n >= 3 && take_char(s, ',');
    if (!is_weekday) *s = before;
    take_blanks(s);
    if (take_digits(s, 1, 2, &day->day))
        return (take_blanks(s) || take_char(s, '-')) && take_month(s, &day->month) &&
               (take_blanks(s) || take_char(s, '-')) && take_digits(s, 4, 4, &day->year);
    if (!take_month(s, &day->month) || !take_blanks(s) || !take_digits(s, 1, 2, &day->day)) return false;
    take_char(s, ',');
    return take_blanks(s) && take_digits(s, 4, 4, &day->year);
}

static bool is_in_calendar(Date day)
{
    if (day.year < 1 || day.month > 12) return false;
    return day.day ? date_is_valid(day) : true;
}

bool when_normal(Str s, char iso[WHEN_MAX])
{
    Date day = {0};
    Clock clock = {.hour = -1, .second = -1};
    s = str_trim(s);
    bool is_numeric = s.n >= 4 && s.p[3] >= '0' && s.p[3] <= '9' && s.p[2] >= '0' && s.p[2] <= '9';
    if (!(is_numeric ? take_day_from_year(&s, &day) : take_day_in_words(&s, &day)) || !is_in_calendar(day))
        return false;
    if (s.n > 0) {
        bool has_mark = take_char(&s, 'T') || take_char(&s, 't') || (take_char(&s, ','), take_blanks(&s));
        if (!day.day || !has_mark || !take_clock(&s, &clock) || s.n > 0) return false;
    }
    char *end = put_digits(iso, 0, 4, day.year);
    if (day.month) end = put_digits(end, '-', 2, day.month);
    if (day.day) end = put_digits(end, '-', 2, day.day);
    if (clock.hour >= 0) end = put_digits(put_digits(end, 'T', 2, clock.hour), ':', 2, clock.minute);
    if (clock.second >= 0) end = put_digits(end, ':', 2, clock.second);
    strcpy(end, clock.zone);                                /* at most 25 bytes: 2025-03-18T09:30:00+03:00 */
    return true;
}

/* TIMEX3: 2025-W07, 2025-W07-3, 2025-W07-WE, 2025-SP … 2025-Q1 … 2025-H2, 2025-03-18TMO, 2025-03-18T09 */
static bool is_timex(Str s)
{
    static const Str spans[] = {{"SP", 2}, {"SU", 2}, {"FA", 2}, {"WI", 2}, {"Q1", 2}, {"Q2", 2}, {"Q3", 2}, {"Q4", 2},
                                {"H1", 2}, {"H2", 2}};
    static const Str hours[] = {{"MO", 2}, {"MI", 2}, {"AF", 2}, {"EV", 2}, {"NI", 2}, {"DT", 2}};
    Date day = {0};
    int32_t week, hour;
    char iso[WHEN_MAX];
    ptrdiff_t mark = str_find(s, S("T"));
    if (mark == 10) {
        Str clock = str_sub(s, 11, s.n);
        for (size_t i = 0; i < sizeof hours / sizeof *hours; i++)
            if (str_eq(clock, hours[i])) return when_normal(str_sub(s, 0, 10), iso);
        return take_digits(&clock, 2, 2, &hour) && hour <= 24 && clock.n == 0 && when_normal(str_sub(s, 0, 10), iso);
    }
    if (!take_digits(&s, 4, 4, &day.year) || !take_char(&s, '-')) return false;
    if (s.n > 1 && s.p[0] == 'W' && s.p[1] <= '9') {
        take_char(&s, 'W');
        if (!take_digits(&s, 2, 2, &week) || week < 1 || week > 53) return false;
        return s.n == 0 || str_eq(s, S("-WE")) || (s.n == 2 && s.p[0] == '-' && s.p[1] >= '1' && s.p[1] <= '7');
    }
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (str_eq(s, spans[i])) return true;
    return false;
}

bool when_holds(Str s)
{
    char iso[WHEN_MAX];
    return (when_normal(s, iso) && str_eq(str_of(iso), s)) || is_timex(s);
}
