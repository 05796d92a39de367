/* A bare line: is it a date, a byline, a name, a paper's name, an agency's, or none of these?
**
**   "Published 4:15 p.m. Sept. 14, 2031 | Updated 6:02 p.m."     a date
**   "Posted on June 11, 2031 by Sanna Ek"                        a byline with its date
**   "Ana Ruiz, Porto Velho"                                      a name, if what stands around it says so (head.c)
**   "The Carrow Evening Post"                                    a paper's name
**   "TELL (Norpress)"                                            an agency's
**
** A date line holds nothing but dates, times and words like "published", and a place of a few capitalised words. A
** byline holds "by", names, and words of the trade. A name is two to five capitalised words none of which is a thing's
** (headwords.tab): "Old Customs House" is none. Whatever holds any other word is something else, most likely a title.
**
** Always: names are views into the line. Cost: linear in the line.
*/
#include "text/clean.h"
#include "headwords.h"
#include <string.h>

enum { SHORT_LINE = 8 };  /* words: in a longer line a date or name must come first */

/* ---- words of a line -------------------------------------------------------------------------------------- */
bool line_next_word(LineWords *w, Str *word)
{
    while (w->i < w->s.n && strchr(" \t\n|,()\"", w->s.p[w->i])) w->i++;
    ptrdiff_t from = w->i;
    while (w->i < w->s.n && !strchr(" \t\n|,()\"", w->s.p[w->i])) {
        bool glued = w->i > from && ascii_is_digit(w->s.p[w->i - 1]) && ascii_is_upper(w->s.p[w->i]) &&
                     w->i + 1 < w->s.n && ascii_is_lower(w->s.p[w->i + 1]);
        if (glued) break;                                /* "19:05Modified:" */
        w->i++;
    }
    *word = str_sub(w->s, from, w->i);
    return word->n > 0;
}

bool word_is_one_of(Str word, const char *const *list)
{
    if (word.n && word.p[word.n - 1] == ':') word.n--;
    for (int i = 0; word.n && list[i]; i++)
        if (ascii_lower(list[i][0]) == ascii_lower(word.p[0]) && str_eq_fold(word, str_of(list[i]))) return true;
    return false;
}

static bool has_kind(Str word, Str kind)
{
    char lower[24];
    if (word.n > (ptrdiff_t)sizeof lower) return false;
    for (ptrdiff_t i = 0; i < word.n; i++) lower[i] = ascii_lower(word.p[i]);
    Str key = {lower, word.n};
    int32_t row = table_find(headwords, key);
    for (; row >= 0 && row < headwords_n && str_eq(headwords_rows[row].word, key); row++)
        if (str_eq(headwords_rows[row].kind, kind)) return true;
    return false;
}

static bool is_particle(Str w)
{
    static const char *const list[] = {"de", "van", "von", "der", "den", "del", "della", "di",  "da", "dos", "du",
                                       "la", "le",  "al",  "el",  "bin", "ibn", "ter",   "ten", "y",  "e",   NULL};
    return word_is_one_of(w, list) && ascii_is_lower(w.p[0]);
}

/* A capitalised word of letters, hyphens, apostrophes and initials' stops, that is no thing's. */
static bool may_be_name(Str w)
{
    if (!char_is_upper_at(w, 0) || has_kind(w, S("thing")) || has_kind(w, S("outlet"))) return false;
    for (ptrdiff_t i = 0; i < w.n; i++)
        if ((unsigned char)w.p[i] < CHAR_IS_ASCII && !ascii_is_alpha(w.p[i]) && !strchr("-'.", w.p[i])) return false;
    return w.n > 1;
}

/* "Ana Ruiz", "Leo van Castell Jr." at the begin of `s`: its end, or 0. Two names at least, five at most. */
static ptrdiff_t person_end(Str s)
{
    LineWords w = {s, 0};
    Str word;
    ptrdiff_t end = 0, names = 0, initials = 0;
    for (int n = 0; n < 6; n++) {
        ptrdiff_t before = w.i;
        if (!line_next_word(&w, &word)) break;
        if (n && memchr(s.p + before, ',', (size_t)(word.p - s.p - before))) break;
        if (n && (memchr(s.p + before, '|', (size_t)(word.p - s.p - before)) ||
                  memchr(s.p + before, '(', (size_t)(word.p - s.p - before))))
            break;
        bool initial = ascii_is_upper(word.p[0]) && (word.n == 1 || (word.n <= 4 && word.p[word.n - 1] == '.'));
        if (n && is_particle(word)) continue;
        if (!initial && !may_be_name(word)) break;
        names += !initial;
        initials += initial;
        end = word.p + word.n - s.p;
    }
    return names >= 2 || (names == 1 && initials) ? end : 0;
}

/* "Ana Ruiz and Leo Castell, Maja Brun": its end, or 0. */
static ptrdiff_t persons_end(Str s)
{
    ptrdiff_t end = person_end(s);
    for (int guard = 0; end && guard < 8; guard++) {
        Str rest = str_sub(s, end, s.n);
        ptrdiff_t skip = str_starts(rest, S(" and "))  ? 5 :
                         str_starts(rest, S(", and ")) ? 6 :
                         str_starts(rest, S(" & "))    ? 3 :
                         str_starts(rest, S(", "))     ? 2 :
                                                         0;
        ptrdiff_t more = skip ? person_end(str_sub(rest, skip, rest.n)) : 0;
        if (!more) break;
        end += skip + more;
    }
    return end;
}

/* ---- what a line is --------------------------------------------------------------------------------------- */
static bool is_time_word(Str w)
{
    static const char *const list[] = {
        "published", "posted",   "updated", "issued", "last", "first",  "modified", "created",   "added",    "date",
        "time",      "on",       "at",      "am",     "pm",   "a.m.",   "p.m.",     "a.m",       "p.m",      "gmt",
        "utc",       "est",      "edt",     "et",     "cet",  "cest",   "eet",      "bst",       "msk",      "ist",
        "pst",       "pdt",      "pt",      "local",  "hrs",  "h",      "min",      "mins",      "minute",   "minutes",
        "read",      "comments", "comment", "of",     "the",  "monday", "tuesday",  "wednesday", "thursday", "friday",
        "saturday",  "sunday",   "mon",     "tue",    "wed",  "thu",    "fri",      "sat",       "sun",      "mon.",
        "tue.",      "wed.",     "thu.",    "fri.",   "sat.", "sun.",   "-",        "\u2013",    "\u2014",   "\u00B7",
        "\u2022",    "/",        NULL};
    if (word_is_one_of(w, list)) return true;
    bool digits = false;
    for (ptrdiff_t i = 0; i < w.n; i++) {
        if (ascii_is_digit(w.p[i])) digits = true;
        else if (!strchr(":.apmhAPM+-", w.p[i])) return false;
    }
    return digits;
}

static bool is_role_word(Str w)
{
    static const char *const list[] = {"in",      "at",        "for",         "and",           "of",       "the",
                                       "special", "to",        "from",        "correspondent", "reporter", "editor",
                                       "staff",   "writer",    "political",   "diplomatic",    "foreign",  "senior",
                                       "chief",   "columnist", "contributor", "opinion",       "bureau",   "with",
                                       "&",       NULL};
    return word_is_one_of(w, list);
}

/* Does what is left of the line, between dates and names, hold only words of time (and, after a byline, of trade or
   capitals)? */
static bool only_small_print(Str s, bool after_name, int max_capitals)
{
    LineWords w = {s, 0};
    for (Str word; line_next_word(&w, &word);) {
        if (is_time_word(word) || (after_name && is_role_word(word))) continue;
        bool address = str_find(word, S("@")) >= 0;
        if (after_name && address) continue;
        if (!char_is_upper_at(word, 0) || (!after_name && has_kind(word, S("thing"))) || max_capitals-- <= 0)
            return false;
    }
    return true;
}

static bool says_update(Str before)
{
    LineWords w = {before, 0};
    bool update = false;
    static const char *const updates[] = {"updated", "modified", NULL}, *const first[] = {"published", "posted",
                                                                                          "created", NULL};
    for (Str word; line_next_word(&w, &word);) {
        if (word_is_one_of(word, updates)) update = true;
        if (word_is_one_of(word, first)) update = false;
    }
    return update;
}

/* "By X", "Posted on DATE by X": where the names begin, or -1; the words before must be words of time. */
static ptrdiff_t names_after_by(Str s)
{
    static const char *const openers[] = {"by", "author", "authors", "written", "words", "text", "story", NULL};
    LineWords w = {s, 0};
    Str word;
    while (line_next_word(&w, &word)) {
        ptrdiff_t at = word.p - s.p;
        if (word_is_one_of(word, openers)) {
            LineWords ahead = w;
            Str by;
            if (!str_eq_fold(word, S("by")) && line_next_word(&ahead, &by) && str_eq_fold(by, S("by"))) w = ahead;
            else if (!str_eq_fold(word, S("by")) && word.p[word.n - 1] != ':') return -1;
            return char_skip_blanks(s, w.i, s.n);
        }
        FoundDate d;
        if (date_at(s, at, &d)) w.i = d.at.end;
        else if (!is_time_word(word)) return -1;
    }
    return -1;
}

static void take_dates(Str s, HeadLine *line, ptrdiff_t *first, ptrdiff_t *last)
{
    FoundDate d;
    bool has_update = false;
    ptrdiff_t from = 0;
    *first = *last = -1;
    for (int n = 0; n < 4 && date_find(s, from, &d); n++) {
        bool update = says_update(str_sub(s, from, d.at.begin));
        if (d.date.year && (!line->date.year || (has_update && !update))) { line->date = d.date; has_update = update; }
        if (*first < 0) *first = d.at.begin;
        *last = from = d.at.end;
        line->kind = LINE_DATE;
    }
}

static bool between_is_small_print(Str s)                /* all that is no date */
{
    FoundDate d;
    ptrdiff_t from = 0;
    int capitals = 3;                                    /* "Porto Velho, 27 October 2031" */
    while (date_find(s, from, &d)) {
        Str part = str_sub(s, from, d.at.begin);
        if (!only_small_print(part, false, capitals)) return false;
        if (!only_small_print(part, false, 0)) capitals = 0;
        from = d.at.end;
    }
    return only_small_print(str_sub(s, from, s.n), false, capitals);
}

static HeadLine read_byline(Str s, ptrdiff_t at)
{
    HeadLine line = {0};
    Str names = str_sub(s, at, s.n);
    ptrdiff_t end = persons_end(names), first, last;
    Str after = str_sub(names, end, names.n);
    take_dates(s, &line, &first, &last);
    line.kind = LINE_OTHER;
    if (!end && count_words(names) > 4) return line;     /* "By Staff", "By Norpress" */
    FoundDate d;
    ptrdiff_t until = date_find(after, 0, &d) ? d.at.begin : after.n;
    if (!only_small_print(str_sub(after, 0, until), true, 8)) return line;
    line.kind = LINE_BYLINE;
    line.names = str_sub(names, 0, end);
    return line;
}

static bool is_outlet(Str s, int32_t n_words, Str kind)
{
    LineWords w = {s, 0};
    Str word, last = {0};
    bool the = str_starts(s, S("The "));
    while (line_next_word(&w, &word)) {
        if (!char_is_upper_at(word, 0) && !str_eq(word, S("of")) && !str_eq(word, S("and")) && !is_particle(word))
            return false;
        last = word;
    }
    return n_words >= 2 && n_words <= 6 && (the || n_words <= 4) && has_kind(last, kind);
}

static bool all_known(Str s, Str kind)                   /* "CNN/PAP": every word is one */
{
    for (Str rest = s, word; str_split(&rest, '/', &word);)
        if (!has_kind(str_trim(word), kind)) return false;
    return s.n > 0;
}

/* "TELL (Norpress)", "(AFP)", "Moscow CNN \u2014": an agency's line; the name, or empty. */
static Str agency_in(Str s, int32_t n_words)
{
    ptrdiff_t open = str_find(s, S("("));
    if (open >= 0 && s.n <= 60 && s.p[s.n - 1] == ')') {
        ptrdiff_t capitals = 0;
        for (ptrdiff_t i = 0; i < open; i++) {
            if (!ascii_is_upper(s.p[i]) && !strchr(" -,./", s.p[i])) return (Str){0};
            capitals += ascii_is_upper(s.p[i]);
        }
        Str inside = str_sub(s, open + 1, s.n - 1), name = name_from(s, open + 1);
        bool placed = capitals >= 3 && n_words <= 4 && name.n == inside.n && !has_kind(name, S("thing"));
        return placed || all_known(inside, S("agency")) ? inside : (Str){0};
    }
    LineWords w = {s, 0};
    Str word, last = {0};
    bool dash = str_ends(s, S("\u2014")) || str_ends(s, S("\u2013")) || str_ends(s, S("--")) || str_ends(s, S(" -"));
    while (dash && n_words <= 6 && line_next_word(&w, &word)) if (ascii_is_upper(word.p[0])) last = word;
    return all_known(last, S("agency")) ? last : (Str){0};
}

/* "Feb 20, 2031 | Rosa Lindqvist": a name beside the date, parted by a stroke or dot; it could be a place's as well. */
static bool name_beside_date(Str s, ptrdiff_t first, ptrdiff_t last, Str *names)
{
    Str rest = str_trim(str_sub(s, last, s.n));
    if (first != 0) {
        ptrdiff_t end = persons_end(s);
        rest = end ? str_trim(str_sub(s, end, first)) : (Str){0};
        *names = str_sub(s, 0, end);
        return end && last == s.n && (str_eq(rest, S("|")) || str_eq(rest, S("\u00B7")) || str_eq(rest, S("\u2022")));
    }
    ptrdiff_t mark = str_starts(rest, S("|"))      ? 1 :
                     str_starts(rest, S("\u00B7")) ? 2 :
                     str_starts(rest, S("\u2022")) ? 3 :
                                                     0;
    *names = str_trim(str_sub(rest, mark, rest.n));
    return mark && names->n && persons_end(*names) == names->n;
}

static bool begins_with_time(Str s)                      /* a word of time, a figure, a date */
{
    LineWords w = {s, 0};
    Str word;
    FoundDate d;
    return line_next_word(&w, &word) && (is_time_word(word) || date_at(s, word.p - s.p, &d));
}

HeadLine line_read(Str s, int32_t n_words)
{
    HeadLine line = {0};
    ptrdiff_t first, last, by = names_after_by(s);
    if (by >= 0) {
        HeadLine byline = read_byline(s, by);
        if (byline.kind == LINE_BYLINE) return byline;
    }
    if (n_words > SHORT_LINE && !begins_with_time(s)) return (HeadLine){0};
    take_dates(s, &line, &first, &last);
    if (line.kind == LINE_DATE && name_beside_date(s, first, last, &line.names)) {
        line.kind = LINE_BYLINE;
        line.is_vague = true;
        return line;
    }
    if (line.kind == LINE_DATE && between_is_small_print(s)) return line;
    line = (HeadLine){0};
    bool has_time = str_find(s, S(":")) > 0 && only_small_print(s, false, 0);
    if (has_time) return (HeadLine){.kind = LINE_DATE};
    if (is_outlet(s, n_words, S("outlet"))) return (HeadLine){.kind = LINE_OUTLET};
    if (is_outlet(s, n_words, S("service"))) return (HeadLine){.kind = LINE_AGENCY, .names = s};
    if ((line.names = agency_in(s, n_words)).n) return (HeadLine){.kind = LINE_AGENCY, .names = line.names};
    ptrdiff_t person = persons_end(s);
    Str rest = str_sub(s, person, s.n);
    if (person && n_words <= 8 && only_small_print(rest, true, 3) &&
        (rest.n == 0 || rest.p[0] == ',' || rest.p[0] == ' ')) {
        line.kind = LINE_NAME;
        line.names = str_sub(s, 0, person);
    }
    return line;
}
