/* Times: the dates that stand in the text, as TIMEX3.
**
** "Talks opened on 4 March 2031 and resume on Friday."  (published 2031-03-05, a Wednesday)
**  out: "4 March 2031" = 2031-03-04, "Friday" = 2031-03-07
**
** What has its year is taken as it stands. A day and month without year takes the year that brings it nearest to the
** day of publication; a weekday the last one on or before that day, or the next where the sentence looks ahead
** (tense.c). A number of four digits is a year only where the words beside it say so. What could be read two ways is
** either left alone or marked as doubtful.
**
** Always: spans do not overlap and are in order; a value is never made up: where the year cannot be known it is
** written XXXX. Cost: one pass over the words. Other relative times ("last week") and durations are left to later work.
*/
#include "reading/times.h"

#include <string.h>

static const char *const month_names[12] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                            "September", "October", "November", "December"};
static const char *const day_names[7] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* A month by its full name or its usual short form ("Oct.", "Sept"); capitals throughout are fine. */
int32_t month_of(const Words *w, int32_t i, bool *is_short)
{
    if (!word_has(w, i, WORD_CAP)) return 0;
    Str s = word_str(w, i);
    *is_short = false;
    if (s.n < 3 || s.n > 9 || !strchr("JFMASOND", s.p[0])) return 0;
    for (int32_t m = 0; m < 12; m++)
        if (month_names[m][0] == s.p[0] && str_eq_fold(s, str_of(month_names[m]))) return m + 1;
    if (s.p[s.n - 1] == '.') s.n--;
    *is_short = true;
    for (int32_t m = 0; m < 12; m++)
        if (m != 4 && month_names[m][0] == s.p[0] && s.n == 3 && str_eq_fold(s, str_sub(str_of(month_names[m]), 0, 3)))
            return m + 1;
    return str_eq_fold(s, S("Sept")) ? 9 : 0;
}

int32_t weekday_of(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    if (s.n < 6 || s.n > 9 || s.p[s.n - 1] != 'y' || !str_ends(s, S("day"))) return -1;
    for (int32_t d = 0; d < 7; d++)
        if (str_eq(s, str_of(day_names[d]))) return d;
    return -1;
}

/* A whole number of at most four digits, an ordinal ending allowed; -1 otherwise. */
static int32_t number_of(Str s, bool ordinal_too)
{
    int32_t x = 0;
    ptrdiff_t i = 0;
    while (i < s.n && i < 5 && s.p[i] >= '0' && s.p[i] <= '9') x = x * 10 + (s.p[i++] - '0');
    if (i == 0 || i > 4) return -1;
    if (i == s.n) return x;
    Str tail = str_sub(s, i, s.n);
    bool ordinal = str_eq(tail, S("st")) || str_eq(tail, S("nd")) || str_eq(tail, S("rd")) || str_eq(tail, S("th"));
    return ordinal && ordinal_too ? x : -1;
}

static int32_t day_of(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9') return 0;
    int32_t d = number_of(s, true);
    return d >= 1 && d <= 31 && s.n <= 4 ? d : 0;
}

static int32_t year_of(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    int32_t y = s.n == 4 ? number_of(s, false) : -1;
    return y >= 1500 && y <= 2100 ? y : 0;
}

/* A number that counts or measures what follows it is not a day. */
static bool counts_something(const Words *w, int32_t i)
{
    if (word_is(w, i, "-")) return word_has(w, i + 1, WORD_LETTER);    /* "a March 5-year bond" */
    return word_in(w, i,
                   "|percent|per|pct|%|people|million|mln|billion|bln|thousand|days|weeks|months|years|hours|"
                   "minutes|points|dollars|dlrs|euros|miles|km|kilometres|kilometers|troops|men|soldiers|a.m.|p.m.|"
                   "am|pm|gmt|:|1|2|countries|cents|cts|vote|votes|of|") &&
           !(word_is(w, i, "of") && !word_has(w, i + 1, WORD_LETTER));
}

static bool is_dash(const Words *w, int32_t i)
{
    return word_in(w, i, "|-|–|—|--|/|");
}

static Found *found_add(Finder *f, int32_t from, int32_t to, Date d)
{
    Found *x = push(f->a, &f->found);
    *x = (Found){.from = from, .to = to, .date = d, .has_year = d.year != 0, .kind = FOUND_DATE};
    return x;
}

/* The year behind a day and month, with its comma or "of"; moves *j behind it. */
static int32_t year_behind(const Words *w, int32_t *j, bool comma_too)
{
    int32_t at = *j;
    if (comma_too && word_is(w, at, ",")) at++;
    else if (word_is(w, at, "of")) at++;
    int32_t y = year_of(w, at);
    if (!y || !words_same_sentence(w, *j - 1, at)) return 0;
    if (at > *j && word_has(w, at + 1, WORD_LETTER) && counts_something(w, at + 1)) return 0;
    *j = at + 1;
    return y;
}

/* "March 18, 2031", "Oct. 8", "March 5-7, 2031": *from is where the extent begins (a weekday may stand before). */
static int32_t month_day(Finder *f, int32_t from, int32_t i)
{
    const Words *w = &f->w;
    bool is_short;
    int32_t m = month_of(w, i, &is_short), j = i + 1;
    if (!m) return 0;
    if (is_short && word_is(w, j, ".") && word_has(w, j, WORD_GLUED)) j++;
    int32_t d = day_of(w, j);
    if (!d || counts_something(w, j + 1) || word_has(w, j, WORD_GLUED)) return 0;
    j++;
    int32_t last = 0, second = j;
    if (is_dash(w, j) || ((word_is(w, j, "and") || word_is(w, j, "to")) && !word_has(w, j + 2, WORD_LETTER))) {
        last = day_of(w, j + 1);
        if (last > d && !counts_something(w, j + 2)) second = j + 1, j += 2;
        else last = 0;
    }
    int32_t y = year_behind(w, &j, true);
    Found *x = found_add(f, from, last ? second - 1 : j, (Date){y, m, d});
    if (last) x = found_add(f, second, j, (Date){y, m, last});
    (void)x;
    return j;
}

/* "18 March 2031", "the 18th of March", "5-7 March". */
static int32_t day_month(Finder *f, int32_t from, int32_t i)
{
    const Words *w = &f->w;
    bool is_short;
    int32_t d = day_of(w, i), j = i + 1, last = 0, second = 0;
    if (!d) return 0;
    if (is_dash(w, j) && day_of(w, j + 1) > d) {
        last = day_of(w, j + 1);
        second = j + 1;
        j += 2;
    }
    if (word_is(w, j, "of")) j++;
    int32_t m = month_of(w, j, &is_short);
    if (!m || !words_same_sentence(w, i, j)) return 0;
    if (word_in(w, i - 1, "|$|no.|€|£|article|chapter|section|page|")) return 0;
    j++;
    if (is_short && word_is(w, j, ".") && word_has(w, j, WORD_GLUED)) j++;
    int32_t y = year_behind(w, &j, true);
    found_add(f, from, last ? second - 1 : j, (Date){y, m, d});
    if (last) found_add(f, second, j, (Date){y, m, last});
    return j;
}

/* May a month stand alone here? Persons and verbs bear these names too. */
static bool month_may_stand_alone(const Words *w, int32_t i, int32_t m, bool is_short)
{
    if (is_short || word_has(w, i, WORD_HEAD) || word_has(w, i, WORD_UPPER)) return false;
    bool is_slippery = m == 3 || m == 5;
    bool is_name_too = is_slippery || m == 4 || m == 6 || m == 8;
    if (word_has(w, i + 1, WORD_CAP) && is_name_too && !grammar_of(w, i + 1)) return false;
    if (word_in(w, i + 1, "|'s|’|'|") && is_slippery) return false;
    if (word_in(w, i - 1, "|in|since|until|till|during|last|next|this|early|late|mid|through|throughout|"))
        return !word_has(w, i - 1, WORD_CAP) || word_has(w, i - 1, WORD_FIRST);
    if (is_dash(w, i - 1) && word_in(w, i - 2, "|mid|early|late|")) return true;
    return !is_name_too && word_in(w, i - 1, "|by|from|of|before|after|to|for|between|and|or|");
}

/* "June 2031", "June of 2031", "in October", "July-August 2031". */
static int32_t month_alone(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    bool is_short, second_short;
    int32_t m = month_of(w, i, &is_short), j = i + 1;
    if (!m) return 0;
    if (is_short && word_is(w, j, ".") && word_has(w, j, WORD_GLUED)) j++;
    int32_t y = year_behind(w, &j, true);
    if (y) {
        found_add(f, i, j, (Date){y, m, 0});
        return j;
    }
    if (is_dash(w, j) || word_in(w, j, "|and|to|or|")) {
        int32_t k = j + 2, next = month_of(w, j + 1, &second_short);
        if (next && second_short && word_is(w, k, ".") && word_has(w, k, WORD_GLUED)) k++;
        if (next && (y = year_behind(w, &k, false)) != 0) {
            found_add(f, i, j, (Date){next < m ? y - 1 : y, m, 0});
            return j;
        }
    }
    if (!month_may_stand_alone(w, i, m, is_short)) return 0;
    found_add(f, i, i + 1, (Date){0, m, 0});
    return i + 1;
}

/* "2031-03-18", "18/03/2031" from the bytes themselves, however they were cut into tokens. */
static int32_t numeric(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    Str s = str_sub(w->text, w->v[i].span.begin, w->v[i].span.begin + 11);
    int32_t part[3] = {0, 0, 0}, digits[3] = {0, 0, 0}, n = 0;
    ptrdiff_t at = 0;
    char between = 0;
    for (; n < 3; n++) {
        while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && digits[n] < 4)
            part[n] = part[n] * 10 + (s.p[at++] - '0'), digits[n]++;
        if (digits[n] == 0) return 0;
        if (n == 2) break;
        if (at >= s.n || (s.p[at] != '-' && s.p[at] != '/' && s.p[at] != '.') || (between && s.p[at] != between))
            return 0;
        between = s.p[at++];
    }
    if (at < s.n && ((s.p[at] >= '0' && s.p[at] <= '9') || s.p[at] == between)) return 0;
    Date d = {part[0], part[1], part[2]};
    bool doubt = false;
    if (digits[0] != 4) {
        if (digits[2] != 4 || between == '-') return 0;
        d = (Date){part[2], part[1], part[0]};
        bool other = date_is_valid((Date){part[2], part[0], part[1]});
        if (!date_is_valid(d) && other) d = (Date){part[2], part[0], part[1]};
        else doubt = other && part[0] != part[1];
        if (between == '.') doubt = false;
    } else if (digits[1] != 2 || digits[2] != 2) {
        return 0;
    }
    if (!date_is_valid(d) || d.year < 1500 || d.year > 2100) return 0;
    int32_t end = w->v[i].span.begin + (int32_t)at, j = i;
    while (j < w->n && w->v[j].span.begin < end) j++;
    if (w->v[j - 1].span.end > end)
        return 0; /* "2031-03-18T…": the token goes on; left to the reader of times */
    found_add(f, i, j, d)->doubt = doubt;
    return j;
}

/* Is the number of four digits at i a year? Only the words beside it can say so. */
static bool is_year_here(const Words *w, int32_t i)
{
    if (word_has(w, i, WORD_GLUED) && !word_in(w, i - 1, "|(|\"|“|‘|[|-|–|—|/|--|")) return false;
    if (word_in(w, i + 1,
                "|percent|%|pct|million|mln|billion|bln|dlrs|dollars|gmt|hours|hrs|metres|meters|miles|km|feet|"
                "kilometres|kilometers|tons|tonnes|troops|soldiers|men|women|people|jobs|workers|cases|"
                "places|words|shares|points|times|square|calories|tanks|aircraft|members|local|cts|a.m.|p.m.|"))
        return false;
    if (word_in(w, i - 1, "|in|since|until|till|during|by|before|after|through|throughout|early|late|circa|fiscal|year|"
                          "mid|for|from|of|to|between|and|spring|summer|autumn|fall|winter|election|")) {
        bool weak = word_in(w, i - 1, "|by|for|from|of|to|and|after|before|through|between|in|");
        bool noun_behind = word_has(w, i + 1, WORD_LETTER) && !word_has(w, i + 1, WORD_CAP) && !grammar_of(w, i + 1) &&
                           str_ends(word_str(w, i + 1), S("s"));
        if (word_is(w, i - 1, "and")) return year_of(w, i - 2) || word_in(w, i - 3, "|between|");
        if (word_is(w, i - 1, "to")) return year_of(w, i - 2) && word_in(w, i - 3, "|from|");
        Str s = word_str(w, i);
        if (word_is(w, i - 1, "for") || word_is(w, i - 1, "by") || word_is(w, i - 1, "of"))
            return s.p[0] == '2' || (s.p[1] >= '8' && !noun_behind);
        return !(weak && noun_behind && str_ends(s, S("00")));
    }
    if (is_dash(w, i - 1)) return year_of(w, i - 2) != 0;
    if (word_in(w, i - 1, "|(|") || word_in(w, i - 1, "|[|"))
        return word_in(w, i + 1, "|)|]|-|–|,|;|/|");
    return word_in(w, i + 1,
                   "|election|elections|presidential|parliamentary|general|war|wars|campaign|budget|season|invasion|"
                   "crisis|agreement|agreements|accord|accords|treaty|deal|attack|attacks|constitution|law|"
                   "revolution|census|report|referendum|annexation|pact|coup|uprising|ceasefire|summit|vote|"
                   "census|convention|protocol|declaration|midterm|midterms|harvest|crop|edition|conference|"
                   "olympics|fiscal|earnings|net|peace|nuclear|sales|") &&
           (grammar_has(w, i - 1, IS_DET | IS_PREP) || word_in(w, i - 1, "|'s|"));
}

static int32_t year_alone(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    Str s = word_str(w, i);
    if (s.n == 5 && s.p[3] == '0' && s.p[4] == 's' && number_of(str_sub(s, 0, 4), false) >= 1500) {
        int32_t from = word_is(w, i - 1, "the") ? i - 1 : i;
        Found *x = found_add(f, from, i + 1, (Date){number_of(str_sub(s, 0, 4), false), 0, 0});
        x->kind = FOUND_DECADE;
        return i + 1;
    }
    int32_t y = year_of(w, i);
    if (!y || !is_year_here(w, i)) return 0;
    int32_t from = word_is(w, i - 1, "fiscal") ? i - 1 : i;
    found_add(f, from, i + 1, (Date){y, 0, 0});
    if (is_dash(w, i + 1) && word_has(w, i + 1, WORD_GLUED) && year_of(w, i + 2) > y) {
        found_add(f, i + 2, i + 3, (Date){year_of(w, i + 2), 0, 0});
        return i + 3;
    }
    return i + 1;
}

/* "the first quarter of 2031", "Q3 2031", "spring 2031": parts of a year that is named. */
static int32_t part_of_year(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    Str own = word_str(w, i);
    char initial = (char)(own.p[0] | 32);      /* asked of every word that begins so: the shortest list it can be in */
    const char *list = initial == 'f' ? "|first|fourth|fall|" : initial == 's' ? "|second|spring|summer|"
                       : initial == 't' ? "|third|" : initial == 'a' ? "|autumn|" : "|winter|";
    if (own.n != 2 && (own.n < 4 || own.n > 6 || !word_in(w, i, list))) return 0;
    static const char *const ordinals[4] = {"first", "second", "third", "fourth"};
    int32_t part = 0, j = i;
    FoundKind kind = FOUND_QUARTER;
    Str s = word_str(w, i);
    if (s.n == 2 && (s.p[0] == 'Q' || s.p[0] == 'H') && s.p[1] >= '1' && s.p[1] <= (s.p[0] == 'Q' ? '4' : '2')) {
        part = s.p[1] - '0';
        kind = s.p[0] == 'Q' ? FOUND_QUARTER : FOUND_HALF;
        j = i + 1;
    } else if (word_in(w, i, "|spring|summer|autumn|fall|winter|")) {
        part = s.p[0] == 's' || s.p[0] == 'S' ? (s.p[1] == 'p' || s.p[1] == 'P' ? 1 : 2) : (s.p[0] | 32) == 'w' ? 4 : 3;
        kind = FOUND_SEASON;
        j = i + 1;
    } else {
        for (int32_t o = 0; o < 4; o++)
            if (word_is(w, i, ordinals[o])) part = o + 1;
        if (!part || !word_in(w, i + 1, "|quarter|half|")) return 0;
        if (word_is(w, i + 1, "half")) kind = FOUND_HALF;
        if (kind == FOUND_HALF && part > 2) return 0;
        j = i + 2;
    }
    if (word_is(w, j, "of")) j++;
    int32_t y = year_of(w, j);
    if (!y || word_has(w, j + 1, WORD_LETTER | WORD_GLUED)) return 0;
    Found *x = found_add(f, word_is(w, i - 1, "the") ? i - 1 : i, j + 1, (Date){y, part, 0});
    x->kind = kind;
    return j + 1;
}

/* "Friday", "Friday, March 7", "next Friday", "Monday morning". */
static int32_t weekday(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    int32_t d = weekday_of(w, i);
    if (d < 0) return 0;
    int32_t j = word_is(w, i + 1, ",") ? i + 2 : i + 1;
    int32_t to = month_day(f, i, j);
    if (!to) to = day_month(f, i, j);
    if (to) return to;
    if (word_in(w, i - 1,
                "|black|good|bloody|super|holy|palm|easter|ash|fat|cyber|shrove|maundy|every|each|any|previous|"
                "following|") ||
        word_in(w, i + 1, "|times|telegraph|mirror|express|mail|herald|") || word_has(w, i, WORD_HEAD))
        return 0;
    bool is_named = word_has(w, i - 1, WORD_CAP) && !word_has(w, i - 1, WORD_FIRST) &&     /* "before Lantern Sunday" */
                    word_in(w, i - 2, "|on|before|after|until|by|since|");
    if (is_named) return 0;
    Found *x = found_add(f, i, i + 1, (Date){0, 0, 0});
    x->kind = FOUND_WEEKDAY;
    x->weekday = d;
    return i + 1;
}

static int32_t deictic(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    if (word_has(w, i, WORD_CAP) && !word_has(w, i, WORD_FIRST)) return 0;
    int32_t shift = word_is(w, i, "yesterday") ? -1 : word_is(w, i, "tomorrow") ? 1 : 0;
    if (!shift && !word_in(w, i, "|today|tonight|")) return 0;
    Found *x = found_add(f, i, i + 1, (Date){0, 0, 0});
    x->kind = FOUND_DEICTIC;
    x->shift = shift;
    x->part = word_is(w, i, "tonight") ? "TNI" : NULL;
    return i + 1;
}

/* "3:30 p.m.", "15:30 GMT", "0900 GMT", "5 p.m.": from the bytes, since dots and colons are cut in many ways. */
static int32_t clock_time(Finder *f, int32_t i)
{
    const Words *w = &f->w;
    int32_t begin = w->v[i].span.begin;
    Str s = str_sub(w->text, begin, begin + 24);
    int32_t at = 0, digits = 0, hour = 0, minute = -1;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && digits < 4) hour = hour * 10 + (s.p[at++] - '0'), digits++;
    if (at + 2 < s.n && digits <= 2 && (s.p[at] == ':' || s.p[at] == '.') && s.p[at + 1] >= '0' && s.p[at + 1] <= '5' &&
        s.p[at + 2] >= '0' && s.p[at + 2] <= '9') {
        minute = (s.p[at + 1] - '0') * 10 + s.p[at + 2] - '0';
        at += 3;
    }
    if (digits == 4) minute = hour % 100, hour /= 100;
    int32_t end = at;
    while (at < s.n && s.p[at] == ' ') at++;
    char half = at < s.n ? (char)(s.p[at] | 32) : 0;
    bool has_half = digits <= 2 && (half == 'a' || half == 'p');
    if (has_half) {
        at++;
        if (at < s.n && s.p[at] == '.') at++;
        has_half = at < s.n && (s.p[at] | 32) == 'm';
        at++;
        bool dotted = at < s.n && s.p[at] == '.' && s.p[at - 2] == '.';
        if (dotted) at++;
        if (at < s.n && ((s.p[at] | 32) >= 'a' && (s.p[at] | 32) <= 'z')) has_half = false;
        if (has_half) end = at;
    }
    int32_t j = i;
    while (j < w->n && w->v[j].span.begin < begin + end) j++;
    bool zone = word_in(w, j, "|gmt|utc|") && minute >= 0;
    if (zone) j++;
    if ((!has_half && !zone) || hour > (has_half ? 12 : 23) || minute > 59 || (has_half && hour == 0)) return 0;
    if (has_half) hour = hour % 12 + (half == 'p' ? 12 : 0);
    if (j > i && w->v[j - 1].span.end > begin + end + 8) return 0;
    Found *x = found_add(f, i, j, (Date){0, 0, 0});
    x->kind = FOUND_CLOCK;
    x->hour = hour;
    x->minute = minute < 0 ? 0 : minute;
    return j;
}

static int32_t try_all(Finder *f, int32_t i)
{
    int32_t to = 0;
    uint32_t is = f->w.v[i].is;
    if (is & WORD_DIGIT) {
        if (!to) to = numeric(f, i);
        if (!to) to = clock_time(f, i);
        if (!to) to = day_month(f, i, i);
        if (!to) to = year_alone(f, i);
        return to;
    }
    if (!(is & WORD_LETTER)) return 0;
    char c = f->w.text.p[f->w.v[i].span.begin];
    if (is & WORD_CAP) {
        if (strchr("JFMASOND", c)) to = month_day(f, i, i);
        if (!to && strchr("JFMASOND", c)) to = month_alone(f, i);
        if (!to && strchr("MTWFS", c)) to = weekday(f, i);
    }
    if (!to && (c | 32) == 't') to = deictic(f, i);
    if (!to && (c | 32) == 'y') to = deictic(f, i);
    if (!to && strchr("fstawQHFSTAW", c)) to = part_of_year(f, i);
    return to;
}

/* "early", "late", "last", "next" belong to the expression; parts of a day follow it. */
static void widen(Finder *f, Found *x)
{
    const Words *w = &f->w;
    int32_t before = is_dash(w, x->from - 1) && word_has(w, x->from - 1, WORD_GLUED) ? x->from - 2 : x->from - 1;
    if (x->kind == FOUND_CLOCK || x->kind == FOUND_DEICTIC || !words_same_sentence(w, before, x->from)) before = -1;
    if (word_in(w, before, "|early|late|mid|")) {
        x->mod = word_is(w, before, "early") ? "START" : word_is(w, before, "late") ? "END" : "MID";
        x->from = before;
        before--;
    }
    bool yearless = !x->has_year && (x->kind == FOUND_WEEKDAY || x->date.day == 0);
    if (yearless && before == x->from - 1 && word_in(w, before, "|last|next|this|")) {
        x->way = word_is(w, before, "last") ? WAY_LAST : word_is(w, before, "next") ? WAY_NEXT : WAY_THIS;
        x->from = before;
    }
    if (x->kind != FOUND_WEEKDAY && x->kind != FOUND_DEICTIC) return;
    static const char *const parts[][2] = {
        {"morning", "TMO"}, {"afternoon", "TAF"}, {"evening", "TEV"}, {"night", "TNI"}};
    for (int32_t p = 0; p < 4; p++)
        if (word_is(w, x->to, parts[p][0])) {
            x->part = parts[p][1];
            x->to++;
            return;
        }
}

void reading_times(Arena *a, Record *r)
{
    Finder f = {.a = a, .w = words_of(a, r)};
    for (int32_t i = 0; i < f.w.n;) {
        int32_t before = f.found.n, to = try_all(&f, i);
        for (int32_t k = before; k < f.found.n; k++) widen(&f, &f.found.v[k]);
        i = to > i ? to : i + 1;
    }
    times_resolve(&f, r);
}
