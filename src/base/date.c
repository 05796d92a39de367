/* Civil dates: the proleptic Gregorian calendar, as ISO 8601 counts it, with months and days that may be unsaid.
**
** "2025-03" is {2025, 3, 0}. To reckon with it, date_days takes the first day that it allows; whoever needs the last
** one asks for the next month's first less one.
**
** The conversion between days and dates is Howard Hinnant's ("chrono-compatible low-level date algorithms",
** howardhinnant.github.io/date_algorithms.html): eras of 400 years, years that begin in March.
** Always: exact over the whole of int32_t days. Written dates have the years 1 to 9999.
*/
#include "base/inside.h"

static bool is_leap(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int32_t month_length(int32_t year, int32_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

int32_t date_days(Date d)
{
    int32_t month = d.month < 1 ? 1 : d.month > 12 ? 12 : d.month;
    int32_t day = d.day < 1 ? 1 : d.day > 31 ? 31 : d.day;
    int64_t year = (int64_t)d.year - (month <= 2), era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return days > INT32_MAX ? INT32_MAX : days < INT32_MIN ? INT32_MIN : (int32_t)days;
}

Date date_civil(int32_t days)
{
    int64_t z = (int64_t)days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, day = z - era * 146097;
    int64_t of_era = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * of_era + of_era / 4 - of_era / 100), m = (5 * of_year + 2) / 153;
    int32_t month = (int32_t)(m < 10 ? m + 3 : m - 9);
    return (Date){(int32_t)(of_era + era * 400 + (month <= 2)), month, (int32_t)(of_year - (153 * m + 2) / 5 + 1)};
}

int date_weekday(Date d)
{
    int day = (int)(((int64_t)date_days(d) + 3) % 7);     /* 1970-01-01 was a Thursday */
    return day < 0 ? day + 7 : day;
}

bool date_is_valid(Date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1
           && d.day <= month_length(d.year, d.month);
}

/* Exactly n digits; -1 otherwise. */
static int32_t digits(Str *s, int n)
{
    int32_t x = 0;
    if (s->n < n) return -1;
    for (int i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9') return -1;
        x = x * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, n, s->n);
    return x;
}

static bool skip(Str *s, char c)
{
    if (s->n == 0 || s->p[0] != c) return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

/* "09", "09:30", "09:30:05.25", then nothing, Z, UTC, GMT or an offset, with a space before it or not. */
static bool is_time(Str s)
{
    int32_t hour = digits(&s, 2), minute = 0, second = 0;
    if (hour < 0 || hour > 24) return false;
    if (skip(&s, ':')) {
        minute = digits(&s, 2);
        if (skip(&s, ':')) {
            second = digits(&s, 2);
            if ((skip(&s, '.') || skip(&s, ',')) && digits(&s, 1) < 0) return false;
            while (digits(&s, 1) >= 0) continue;          /* parts of a second, or none */
        }
    }
    if (minute < 0 || minute > 59 || second < 0 || second > 60) return false;  /* 60: a leap second */
    if (hour == 24 && (minute || second)) return false;
    skip(&s, ' ');
    if (s.n == 0 || str_eq_fold(s, S("Z")) || str_eq(s, S("UTC")) || str_eq(s, S("GMT"))) return true;
    if (!skip(&s, '+') && !skip(&s, '-')) return false;
    int32_t hours = digits(&s, 2), minutes = 0;
    if (s.n > 0) {
        skip(&s, ':');
        minutes = digits(&s, 2);
    }
    return hours >= 0 && hours <= 24 && minutes >= 0 && minutes <= 59 && s.n == 0;
}

bool date_parse(Str s, Date *d)
{
    Date read = {.year = digits(&s, 4)};
    if (read.year < 1) return false;
    if (s.n > 0) {
        if (!skip(&s, '-')) return false;
        read.month = digits(&s, 2);
        if (read.month < 1 || read.month > 12) return false;
        if (s.n > 0) {
            if (!skip(&s, '-')) return false;
            read.day = digits(&s, 2);
            if (!date_is_valid(read)) return false;
            if (s.n > 0 && !((skip(&s, 'T') || skip(&s, 't') || skip(&s, ' ')) && is_time(s))) return false;
        }
    }
    *d = read;
    return true;
}

Str date_iso(Arena *to, Date d)
{
    if (d.year == 0) return (Str){0};
    if (d.month == 0) return arena_printf(to, "%04d", d.year);
    if (d.day == 0) return arena_printf(to, "%04d-%02d", d.year, d.month);
    return arena_printf(to, "%04d-%02d-%02d", d.year, d.month, d.day);
}
