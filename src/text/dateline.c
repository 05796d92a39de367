/* Dates in bare lines: "October 27, 2031", "3 March 2031", "Sept. 14, 2030", "2031-10-27", "22/01/2031", "27.10.2031".
**
** Only what stands above, below or before an article is asked for here; dates in sentences are read by `reading`.
** A figure that could be day or month ("6/3/31") is seen as a date but not understood as one: its month stays 0.
**
** Always: a date that is returned with its month is one that the calendar has. Cost: linear in the line.
*/
#include "text/clean.h"

static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                     "july",    "august",   "september", "october", "november", "december"};

typedef struct { Str s; ptrdiff_t i; } Scan;

static bool take(Scan *s, char c) { return s->i < s->s.n && s->s.p[s->i] == c ? (s->i++, true) : false; }
static void skip_blanks(Scan *s) { s->i = char_skip_blanks(s->s, s->i, s->s.n); }

static bool take_number(Scan *s, int min, int max, int32_t *n)
{
    ptrdiff_t from = s->i;
    *n = 0;
    while (s->i < s->s.n && s->i < from + max && ascii_is_digit(s->s.p[s->i])) *n = *n * 10 + (s->s.p[s->i++] - '0');
    return s->i - from >= min && !(s->i < s->s.n && ascii_is_digit(s->s.p[s->i]));
}

/* A month by its name or its first three letters ("Sept." as well). */
static bool take_month(Scan *s, int32_t *month)
{
    ptrdiff_t end = s->i;
    while (end < s->s.n && ascii_is_alpha(s->s.p[end])) end++;
    Str word = str_sub(s->s, s->i, end);
    if (word.n < 3 || word.n > 9) return false;
    for (int32_t m = 0; m < 12; m++) {
        if (ascii_lower(word.p[0]) != months[m][0] || ascii_lower(word.p[2]) != months[m][2]) continue;
        Str name = str_of(months[m]);
        if (!str_eq_fold(word, name) && !(word.n == 3 && str_eq_fold(word, str_sub(name, 0, 3))) &&
            !(m == 8 && str_eq_fold(word, S("sept"))))
            continue;
        s->i = end;
        take(s, '.');
        *month = m + 1;
        return true;
    }
    return false;
}

static bool take_day(Scan *s, int32_t *day)
{
    if (!take_number(s, 1, 2, day) || *day < 1 || *day > 31) return false;
    Str two = str_sub(s->s, s->i, s->i + 2);
    if (str_eq_fold(two, S("st")) || str_eq_fold(two, S("nd")) || str_eq_fold(two, S("rd")) ||
        str_eq_fold(two, S("th")))
        s->i += 2;
    return true;
}

static bool take_year(Scan *s, int32_t *year)
{
    take(s, ',');
    skip_blanks(s);
    return take_number(s, 4, 4, year) && *year >= 1000 && *year <= 2999;
}

static bool take_words(Scan *s, Date *d)
{
    Scan at = *s;
    if (take_month(&at, &d->month)) {                    /* October 27, 2031; October 2031 */
        Scan month_only = at;
        skip_blanks(&at);
        if (take_day(&at, &d->day) && take_year(&at, &d->year)) { *s = at; return true; }
        d->day = 0;
        if (take_year(&month_only, &d->year)) { *s = month_only; return true; }
        return false;
    }
    if (!take_day(&at, &d->day)) return false;           /* 27 October 2031 */
    skip_blanks(&at);
    if (str_starts(str_sub(at.s, at.i, at.s.n), S("of "))) at.i += 3;
    if (!take_month(&at, &d->month) || !take_year(&at, &d->year)) return false;
    *s = at;
    return true;
}

static bool take_figures(Scan *s, Date *d)
{
    Scan at = *s;
    int32_t a, b, y;
    if (take_number(&at, 4, 4, &a) && (take(&at, '-') || take(&at, '/') || take(&at, '.'))) {
        char mark = at.s.p[at.i - 1];
        if (!take_number(&at, 1, 2, &b) || !take(&at, mark) || !take_number(&at, 1, 2, &y)) return false;
        *d = (Date){a, b, y};
        *s = at;
        return true;
    }
    at = *s;
    if (!take_number(&at, 1, 2, &a) || !(take(&at, '/') || take(&at, '.') || take(&at, '-'))) return false;
    char mark = at.s.p[at.i - 1];
    if (!take_number(&at, 1, 2, &b) || !take(&at, mark) || !take_number(&at, 2, 4, &y)) return false;
    bool day_first = mark == '.' || a > 12, month_first = mark != '.' && b > 12 && a <= 12;
    *d = y < 1000 || (!day_first && !month_first) ? (Date){0} : day_first ? (Date){y, b, a} : (Date){y, a, b};
    *s = at;
    return true;
}

bool date_at(Str line, ptrdiff_t i, FoundDate *found)
{
    Scan s = {line, i};
    Date d = {0};
    if (!take_words(&s, &d) && !take_figures(&s, &d)) return false;
    if (s.i < line.n && (ascii_is_digit(line.p[s.i]) ||
                         (ascii_is_alpha(line.p[s.i]) && line.p[s.i] != 'T' && !ascii_is_upper(line.p[s.i]))))
        return false;
    if (d.year && (d.day ? !date_is_valid(d) : d.month < 1 || d.month > 12)) return false;
    *found = (FoundDate){.date = d, .at = {(int32_t)i, (int32_t)s.i}};
    return true;
}

bool date_find(Str line, ptrdiff_t from, FoundDate *found)
{
    bool figures = false;
    for (ptrdiff_t i = from; i < line.n && !figures; i++) figures = ascii_is_digit(line.p[i]);
    for (ptrdiff_t i = from; figures && i < line.n; i++) {
        bool begins = i == 0 || (!ascii_is_alpha(line.p[i - 1]) && !ascii_is_digit(line.p[i - 1]));
        if (begins && (ascii_is_alpha(line.p[i]) || ascii_is_digit(line.p[i])) && date_at(line, i, found)) return true;
    }
    return false;
}
