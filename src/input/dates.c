/* Dates as pages write them: for machines, for people, and in their own address.
**
**  in:  "2025-03-18T09:30:00+0200" · "Published: Tuesday, March 18th, 2025 at 9:30" · /2025/03/18/port-reopens.html
**  out: 2025-03-18T09:30:00+02:00 · 2025-03-18 · 2025-03-18
**
** Months are known by name in the languages of the table; a full date needs its year in four digits. "03/04/2025"
** is read by the custom that the caller knows of (day first, or month first) and says that it could be the other.
**
** Always: a date that is returned is in the calendar, between 1990 and 2100: the web is no older, and clocks go
** wrong. The day stays as written; nothing is converted between zones. Cost: linear.
*/
#include "input/dates.h"
#include <stdio.h>
#include <string.h>

enum { YEAR_MIN = 1990, YEAR_MAX = 2100 };

/* Beginnings of the names, lower case; the longest that fits counts. English, German, French, Spanish, Portuguese,
** Italian, Dutch, Swedish, Polish, Russian, Turkish (Unicode CLDR 42, format names). */
static const struct { const char *name; int month; } months[] = {
    {"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4}, {"may", 5}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sep", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12},
    {"jän", 1}, {"mär", 3}, {"mai", 5}, {"okt", 10}, {"dez", 12}, {"janv", 1}, {"fév", 2}, {"mars", 3}, {"avr", 4}, {"juin", 6}, {"juil", 7},
    {"aoû", 8}, {"aou", 8}, {"déc", 12}, {"ene", 1}, {"abr", 4}, {"ago", 8}, {"dic", 12}, {"fev", 2}, {"out", 10}, {"set", 9}, {"gen", 1}, {"mag", 5},
    {"giu", 6}, {"lug", 7}, {"ott", 10}, {"mei", 5}, {"maa", 3}, {"maj", 5}, {"sty", 1}, {"lut", 2}, {"kwi", 4}, {"cze", 6}, {"lip", 7}, {"sie", 8}, {"wrz", 9},
    {"paź", 10}, {"lis", 11}, {"gru", 12}, {"янв", 1}, {"фев", 2}, {"мар", 3}, {"апр", 4}, {"мая", 5}, {"май", 5}, {"июн", 6}, {"июл", 7}, {"авг", 8}, {"сен", 9},
    {"окт", 10}, {"ноя", 11}, {"дек", 12}, {"oca", 1}, {"şub", 2}, {"nis", 4}, {"haz", 6}, {"tem", 7}, {"ağu", 8}, {"eyl", 9}, {"eki", 10}, {"kas", 11}, {"ara", 12}};

static bool is_digit(Str s, ptrdiff_t i) { return i >= 0 && i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; }
static bool is_letter(Str s, ptrdiff_t i) { return i >= 0 && i < s.n && ((s.p[i] | 32) >= 'a' ? (s.p[i] | 32) <= 'z' || (unsigned char)s.p[i] >= 0x80 : (unsigned char)s.p[i] >= 0x80); }

/* least…most digits that no digit follows. */
static bool number(Str s, ptrdiff_t *i, int least, int most, int32_t *value)
{
    int n = 0;
    *value = 0;
    while (n < most && is_digit(s, *i + n)) *value = *value * 10 + (s.p[*i + n++] - '0');
    if (n < least || is_digit(s, *i + n)) return false;
    *i += n;
    return true;
}

static bool make(Arena *a, PageDate *d, int32_t year, int32_t month, int32_t day)
{
    d->day = (Date){year, month, day};
    d->is_ambiguous = false;
    if (year < YEAR_MIN || year > YEAR_MAX || !date_is_valid(d->day)) return false;
    d->iso = date_iso(a, d->day);
    return true;
}

static bool month_at(Str s, ptrdiff_t *i, int32_t *month)
{
    char low[40];
    ptrdiff_t n = 0, end = *i;
    while (is_letter(s, end) && end - *i < 36) end++;
    Str word = str_sub(s, *i, end);
    for (ptrdiff_t k = 0; k < word.n; k++) {
        unsigned char c = (unsigned char)word.p[k], next = k + 1 < word.n ? (unsigned char)word.p[k + 1] : 0;
        if (c >= 'A' && c <= 'Z') c |= 32;
        low[n++] = (char)c;
        if (c == 0xC3 && next >= 0x80 && next < 0x9F) low[n++] = (char)(next + 0x20), k++;
        if (c == 0xD0 && next >= 0x90 && next < 0xA0) low[n++] = (char)(next + 0x20), k++;
        if (c == 0xD0 && next >= 0xA0 && next < 0xB0) low[n - 1] = (char)0xD1, low[n++] = (char)(next - 0x20), k++;
    }
    size_t longest = 0;
    for (size_t k = 0; k < sizeof months / sizeof *months; k++) {
        size_t len = strlen(months[k].name);
        if (len > longest && (ptrdiff_t)len <= n && !memcmp(low, months[k].name, len)) longest = len, *month = months[k].month;
    }
    if (!longest || n > 20) return false;
    *i = end;
    return true;
}

/* T09:30, " 09:30:15.000+0200", "T09:30Z" behind a day. */
static void add_clock(Arena *a, Str s, PageDate *d)
{
    ptrdiff_t i = d->end;
    int32_t hour, minute, second = 0;
    char clock[16], zone[16] = "";
    if (i >= s.n || (s.p[i] != 'T' && s.p[i] != 't' && s.p[i] != ' ')) return;
    while (i < s.n && (s.p[i] == ' ' || (s.p[i] | 32) == 't')) i++;
    if (!number(s, &i, 2, 2, &hour) || i >= s.n || s.p[i] != ':' || !(i++, number(s, &i, 2, 2, &minute)) || hour > 23 || minute > 59) return;
    bool has_second = i < s.n && s.p[i] == ':';
    if (has_second && (!(i++, number(s, &i, 2, 2, &second)) || second > 59)) return;
    if (i < s.n && (s.p[i] == '.' || s.p[i] == ',')) for (i++; is_digit(s, i); i++) {}
    if (i < s.n && s.p[i] == ' ' && i + 1 < s.n && (s.p[i + 1] == '+' || s.p[i + 1] == '-')) i++;
    ptrdiff_t rest = s.n - i;
    if (rest && (s.p[i] | 32) == 'p') return;            /* 09:30 PM: the day is enough */
    if (rest && (s.p[i] == 'Z' || s.p[i] == 'z')) memcpy(zone, "Z", 2);
    else if (rest >= 3 && (s.p[i] == '+' || s.p[i] == '-')) {
        int32_t h, m = 0;
        ptrdiff_t k = i + 1;
        bool ok = is_digit(s, k) && is_digit(s, k + 1);
        if (!ok) return;
        h = (s.p[k] - '0') * 10 + s.p[k + 1] - '0';
        k += 2;
        if (k < s.n && s.p[k] == ':') k++;
        if (is_digit(s, k) && is_digit(s, k + 1)) m = (s.p[k] - '0') * 10 + s.p[k + 1] - '0';
        if (h > 14 || m > 59) return;
        snprintf(zone, sizeof zone, "%c%02d:%02d", s.p[i], (int)(h % 100), (int)(m % 100));
    }
    snprintf(clock, sizeof clock, has_second ? "T%02d:%02d:%02d" : "T%02d:%02d", (int)(hour % 100), (int)(minute % 100), (int)(second % 100));
    d->iso = arena_printf(a, "%.*s%s%s", STR(d->iso), clock, zone);
}

/* 2025-03-18, 2025/3/18, 2025.03.18, 20250318, 2025年3月18日 */
static bool year_first(Arena *a, Str s, ptrdiff_t i, PageDate *d)
{
    int32_t year, month, day;
    ptrdiff_t at = i;
    if (is_digit(s, i - 1)) return false;
    if (number(s, &at, 8, 8, &year)) {
        d->begin = i, d->end = at;
        return make(a, d, year / 10000, year / 100 % 100, year % 100);
    }
    at = i;
    static const Str marks[] = {S("-"), S("/"), S("."), S("年"), S("月"), S("_")};
    if (!number(s, &at, 4, 4, &year)) return false;
    for (int part = 0; part < 2; part++) {
        bool ok = false;
        for (size_t k = 0; k < sizeof marks / sizeof *marks && !ok; k++)
            if (str_starts(str_sub(s, at, s.n), marks[k])) ok = true, at += marks[k].n;
        if (!ok || !number(s, &at, 1, 2, part ? &day : &month)) return false;
    }
    d->begin = i, d->end = at;
    return make(a, d, year, month, day);
}

/* 18.03.2025, 3/18/2025 */
static bool year_last(Arena *a, Str s, ptrdiff_t i, bool day_first, PageDate *d)
{
    int32_t x, y, year;
    ptrdiff_t at = i;
    if (is_digit(s, i - 1) || !number(s, &at, 1, 2, &x) || at >= s.n || (s.p[at] != '/' && s.p[at] != '.' && s.p[at] != '-')) return false;
    char mark = s.p[at++];
    if (!number(s, &at, 1, 2, &y) || at >= s.n || s.p[at] != mark || !(at++, number(s, &at, 4, 4, &year))) return false;
    if (at + 1 < s.n && s.p[at] == mark && is_digit(s, at + 1)) return false;   /* 1.2.2025.7 is a version */
    bool first = mark == '.' || x > 12 || (y <= 12 && day_first);
    d->begin = i, d->end = at;
    if (!make(a, d, year, first ? y : x, first ? x : y)) return false;
    d->is_ambiguous = mark != '.' && x <= 12 && y <= 12 && x != y;
    return true;
}

static ptrdiff_t skip(Str s, ptrdiff_t i)                /* what stands between day, month and year */
{
    static const Str words[] = {S("st"), S("nd"), S("rd"), S("th"), S("de"), S("of"), S("г"), S("."), S(","), S(" "), S("\xC2\xA0"), S("º"), S("-"), S("/"), S("\n")};
    for (bool again = true; again;) {
        again = false;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            Str w = words[k];
            if (!str_eq_fold(str_sub(s, i, i + w.n), w) || (is_letter(w, 0) && w.n < 3 && is_letter(s, i + w.n) && (unsigned char)w.p[0] < 0x80)) continue;
            i += w.n;
            again = true;
        }
    }
    return i;
}

/* 18 March 2025, 18. März 2025, March 18th, 2025 */
static bool in_words(Arena *a, Str s, ptrdiff_t i, PageDate *d)
{
    int32_t day, month, year;
    ptrdiff_t at = i;
    if (is_digit(s, i) && !is_digit(s, i - 1) && number(s, &at, 1, 2, &day)) {
        at = skip(s, at);
        if (!month_at(s, &at, &month)) return false;
    } else if (is_letter(s, i) && !is_letter(s, i - 1) && month_at(s, &at, &month)) {
        ptrdiff_t before = at;
        at = skip(s, at);
        if (at == before || !number(s, &at, 1, 2, &day)) return false;
    } else {
        return false;
    }
    at = skip(s, at);
    if (!number(s, &at, 4, 4, &year)) return false;
    d->begin = i, d->end = at;
    return make(a, d, year, month, day);
}

bool date_in_text(Arena *a, Str s, bool day_first, PageDate *d)
{
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (is_digit(s, i) ? !is_digit(s, i - 1) : is_letter(s, i) && !is_letter(s, i - 1)) {
            if (is_digit(s, i) && year_first(a, s, i, d)) { add_clock(a, s, d); return true; }
            if (is_digit(s, i) && year_last(a, s, i, day_first, d)) return true;
            if (in_words(a, s, i, d)) return true;
        }
    }
    return false;
}

bool date_of_machine(Arena *a, Str s, PageDate *d)
{
    s = str_trim(s);
    ptrdiff_t at = 0;
    int64_t seconds = 0;
    if (!s.n || s.n > 80) return false;
    for (ptrdiff_t i = 0; i < s.n && is_digit(s, i); i++) seconds = seconds * 10 + (s.p[i] - '0'), at = i + 1;
    if (at == s.n && (s.n == 10 || s.n == 13)) {
        Date day = date_civil((int32_t)((s.n == 13 ? seconds / 1000 : seconds) / 86400));
        return make(a, d, day.year, day.month, day.day);
    }
    return date_in_text(a, s, false, d) && !d->is_ambiguous;
}

bool date_in_address(Arena *a, Str uri, PageDate *d)
{
    ptrdiff_t path = str_find(uri, S("://"));
    path = path < 0 ? 0 : path + 3;
    while (path < uri.n && uri.p[path] != '/') path++;
    Str s = str_sub(uri, path, uri.n);
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] == '?' || s.p[i] == '#') break;
        if (!is_digit(s, i) || is_digit(s, i - 1) || !year_first(a, s, i, d)) continue;
        bool is_id = d->end - i == 8 && (d->day.year < 1995 || is_letter(s, i - 1));
        if (!is_id) return true;
    }
    for (ptrdiff_t i = 0; i < s.n; i++) {                /* /2025/mar/18/ */
        ptrdiff_t at = i;
        int32_t year, month, day;
        if (!is_digit(s, i) || is_digit(s, i - 1) || !number(s, &at, 4, 4, &year) || at >= s.n || s.p[at] != '/') continue;
        at++;
        if (!is_letter(s, at) || !month_at(s, &at, &month) || at >= s.n || s.p[at] != '/' || !(at++, number(s, &at, 1, 2, &day))) continue;
        d->begin = i, d->end = at;
        return make(a, d, year, month, day);
    }
    return false;
}
