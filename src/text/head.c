/* The head: the bare lines above an article, and what they state.
**
**   Analyses                                 a label            navigation
**   Russia is tempting Trump: friendly …      the title          title
**   Ana Ruiz, Porto Velho                     who                byline
**   Published 4:15 p.m. Sept. 14, 2031        when               date
**   first paragraph …                         here the body begins
**
** The head ends at the first paragraph that reads like one: long, or a sentence, an item, a speaker's turn, a
** salutation. A date line holds nothing but dates, times and words like "published"; a byline nothing but "by" and names. A bare
** name is a byline only beside a date line or a paper's name, and only if no word in it is a thing's ("Old Customs
** House"). The title is what is then left: the first line of four words or more, else the last. Lines before it are
** labels; lines between it and the last byline or date are its deck; lines after them are headings and stay body.
**
** Where the record has its title already, only a line that equals it is marked, and only if a body remains.
** Always: what was set stays set; what is conflicting prefers the line that can be seen to the address.
** Cost: linear in the head, which is at most HEAD_MAX paragraphs.
*/
#include "text/clean.h"
#include "headwords.h"
#include <string.h>

enum {
    HEAD_MAX = 16,         /* paragraphs above a body; the longest head seen has 11 */
    HEAD_LINE_MAX = 400,   /* bytes of a line of the head */
    BODY_WORDS = 30,       /* so many words are body without further proof */
    SENTENCE_WORDS = 12,   /* and so many with a full stop at the end */
    TITLE_WORDS = 32,
    DECK_WORDS = 12,       /* a line so long below a short one is its deck */
    TAIL_LINES = 6         /* bare date lines below an article are looked for in its last lines */
};
typedef enum { LINE_OTHER, LINE_MARKED, LINE_LABEL, LINE_DATE, LINE_BYLINE, LINE_NAME, LINE_OUTLET, LINE_AGENCY, LINE_BODY } LineKind;
typedef struct {
    LineKind kind;
    Str names;                                           /* of a byline */
    Date date;                                           /* year 0: none, or not understood */
} HeadLine;

/* ---- words of a line -------------------------------------------------------------------------------------- */
typedef struct { Str s; ptrdiff_t i; } Words;

static bool next_word(Words *w, Str *word)
{
    while (w->i < w->s.n && strchr(" \t\n|,()\"", w->s.p[w->i])) w->i++;
    ptrdiff_t from = w->i;
    while (w->i < w->s.n && !strchr(" \t\n|,()\"", w->s.p[w->i])) w->i++;
    *word = str_sub(w->s, from, w->i);
    return word->n > 0;
}

static bool is_one_of(Str word, const char *const *list)
{
    if (word.n && word.p[word.n - 1] == ':') word.n--;
    for (int i = 0; list[i]; i++)
        if (str_eq_fold(word, str_of(list[i]))) return true;
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
    static const char *const list[] = {"de", "van", "von", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin", "ibn", "ter", "ten", "y", "e", NULL};
    return is_one_of(w, list) && ascii_is_lower(w.p[0]);
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
    Words w = {s, 0};
    Str word;
    ptrdiff_t end = 0, names = 0, initials = 0;
    for (int n = 0; n < 6; n++) {
        ptrdiff_t before = w.i;
        if (!next_word(&w, &word)) break;
        if (n && memchr(s.p + before, ',', (size_t)(word.p - s.p - before))) break;
        if (n && (memchr(s.p + before, '|', (size_t)(word.p - s.p - before)) || memchr(s.p + before, '(', (size_t)(word.p - s.p - before)))) break;
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
        ptrdiff_t skip = str_starts(rest, S(" and ")) ? 5 : str_starts(rest, S(", and ")) ? 6 : str_starts(rest, S(" & ")) ? 3 : str_starts(rest, S(", ")) ? 2 : 0;
        ptrdiff_t more = skip ? person_end(str_sub(rest, skip, rest.n)) : 0;
        if (!more) break;
        end += skip + more;
    }
    return end;
}

/* ---- what a line is --------------------------------------------------------------------------------------- */
static bool is_time_word(Str w)
{
    static const char *const list[] = {"published", "posted", "updated", "last", "first", "modified", "created", "added", "date", "time", "on", "at", "am", "pm",
        "a.m.", "p.m.", "a.m", "p.m", "gmt", "utc", "est", "edt", "et", "cet", "cest", "eet", "bst", "msk", "ist", "pst", "pdt", "pt", "local", "hrs", "h", "min",
        "mins", "minute", "minutes", "read", "comments", "comment", "of", "the", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon.", "tue.", "wed.", "thu.", "fri.", "sat.", "sun.", "-", "\u2013", "\u2014", "\u00B7", "\u2022", "/", NULL};
    if (is_one_of(w, list)) return true;
    bool digits = false;
    for (ptrdiff_t i = 0; i < w.n; i++) {
        if (ascii_is_digit(w.p[i])) digits = true;
        else if (!strchr(":.apmhAPM+-", w.p[i])) return false;
    }
    return digits;
}

static bool is_role_word(Str w)
{
    static const char *const list[] = {"in", "at", "for", "and", "of", "the", "special", "to", "from", "correspondent", "reporter", "editor", "staff", "writer",
        "political", "diplomatic", "foreign", "senior", "chief", "columnist", "contributor", "opinion", "bureau", "with", "&", NULL};
    return is_one_of(w, list);
}

/* Does what is left of the line, between dates and names, hold only words of time (and, after a byline, of trade or capitals)? */
static bool only_small_print(Str s, bool after_name, int max_capitals)
{
    Words w = {s, 0};
    for (Str word; next_word(&w, &word);) {
        if (is_time_word(word) || (after_name && is_role_word(word))) continue;
        bool address = str_find(word, S("@")) >= 0;
        if (after_name && address) continue;
        if (!char_is_upper_at(word, 0) || (!after_name && has_kind(word, S("thing"))) || max_capitals-- <= 0) return false;
    }
    return true;
}

static bool says_update(Str before)
{
    Words w = {before, 0};
    bool update = false;
    static const char *const updates[] = {"updated", "modified", NULL}, *const first[] = {"published", "posted", "created", NULL};
    for (Str word; next_word(&w, &word);) {
        if (is_one_of(word, updates)) update = true;
        if (is_one_of(word, first)) update = false;
    }
    return update;
}

/* "By X", "Posted on DATE by X": where the names begin, or -1; the words before must be words of time. */
static ptrdiff_t names_after_by(Str s)
{
    static const char *const openers[] = {"by", "author", "authors", "written", "words", "text", "story", NULL};
    Words w = {s, 0};
    Str word;
    while (next_word(&w, &word)) {
        ptrdiff_t at = word.p - s.p;
        if (is_one_of(word, openers)) {
            Words ahead = w;
            Str by;
            if (!str_eq_fold(word, S("by")) && next_word(&ahead, &by) && str_eq_fold(by, S("by"))) w = ahead;
            else if (!str_eq_fold(word, S("by")) && word.p[word.n - 1] != ':') return -1;
            return char_skip_blanks(s, w.i, s.n);
        }
        FoundDate d;
        if (date_find(str_sub(s, 0, s.n), at, &d) && d.at.begin == at) { w.i = d.at.end; continue; }
        if (!is_time_word(word)) return -1;
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
        capitals = 0;
        from = d.at.end;
    }
    return only_small_print(str_sub(s, from, s.n), false, 0);
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

static bool is_outlet(Str s, int32_t n_words)
{
    Words w = {s, 0};
    Str word, last = {0};
    bool the = str_starts(s, S("The "));
    while (next_word(&w, &word)) {
        if (!char_is_upper_at(word, 0) && !str_eq(word, S("of")) && !str_eq(word, S("and")) && !is_particle(word)) return false;
        last = word;
    }
    return n_words >= 2 && n_words <= 6 && (the || n_words <= 4) && has_kind(last, S("outlet"));
}

/* "TELL (Norpress)", "(AFP)": an agency's line; the name, or empty. */
static Str agency_in(Str s)
{
    ptrdiff_t open = str_find(s, S("("));
    if (open < 0 || s.p[s.n - 1] != ')' || s.n > 60) return (Str){0};
    for (ptrdiff_t i = 0; i < open; i++)
        if (!ascii_is_upper(s.p[i]) && !strchr(" -,./", s.p[i])) return (Str){0};
    Str name = name_from(s, open + 1);
    return name.n == s.n - open - 2 ? name : (Str){0};
}

static HeadLine read_line(Str s, int32_t n_words)
{
    HeadLine line = {0};
    ptrdiff_t first, last, by = names_after_by(s);
    if (by >= 0) {
        HeadLine byline = read_byline(s, by);
        if (byline.kind == LINE_BYLINE) return byline;
    }
    take_dates(s, &line, &first, &last);
    if (line.kind == LINE_DATE && between_is_small_print(s)) return line;
    line = (HeadLine){0};
    bool has_time = str_find(s, S(":")) > 0 && only_small_print(s, false, 0);
    if (has_time) return (HeadLine){.kind = LINE_DATE};
    if (is_outlet(s, n_words)) return (HeadLine){.kind = LINE_OUTLET};
    if ((line.names = agency_in(s)).n) return (HeadLine){.kind = LINE_AGENCY, .names = line.names};
    ptrdiff_t person = persons_end(s);
    Str rest = str_sub(s, person, s.n);
    if (person && n_words <= 8 && only_small_print(rest, true, 3) && (rest.n == 0 || rest.p[0] == ',' || rest.p[0] == ' ')) {
        line.kind = LINE_NAME;
        line.names = str_sub(s, 0, person);
    }
    return line;
}

/* ---- where the body begins -------------------------------------------------------------------------------- */
static bool salutes(Str s)
{
    static const char *const heads[] = {"dear ", "mr. ", "madam ", "ladies ", "fellow ", "my fellow ", "good morning", "good evening", "good afternoon", "thank you",
        "your excellenc", "excellenc", "distinguished ", "friends", "gentlemen", "honourable ", "honorable ", "comrades", "hello", NULL};
    for (int i = 0; heads[i]; i++)
        if (str_eq_fold(str_sub(s, 0, (ptrdiff_t)strlen(heads[i])), str_of(heads[i]))) return true;
    return false;
}

static bool ends_in_domain(Str s)                        /* "… during a meeting in Alaska. kremlin.ru": a picture's credit */
{
    ptrdiff_t i = s.n;
    while (i > 0 && (unsigned char)s.p[i - 1] > ' ') i--;
    Str last = str_sub(s, i, s.n), before = str_trim(str_sub(s, 0, i));
    if (last.n && last.p[0] == '(' && last.p[last.n - 1] == ')') last = str_sub(last, 1, last.n - 1);
    return word_is_domain(last) && before.n && ends_with_stop(before);
}

static bool reads_like_body(const Para *p, Str s)
{
    if (p->n_words >= BODY_WORDS || p->is_item || p->is_turn || salutes(s)) return true;
    char last = s.p[s.n - 1];
    if (last == ':' || last == ';' || (last == ',' && p->n_words > 3)) return true;
    return p->stops && p->n_words >= SENTENCE_WORDS && last != '?' && last != '!';
}

typedef struct { HeadLine line[HEAD_MAX]; int32_t n; } Head;

static void read_head(Clean *c, Head *h)
{
    for (h->n = 0; h->n < c->paras.n && h->n < HEAD_MAX; h->n++) {
        Para *p = &c->paras.v[h->n];
        Str s = span_str(c->r->text, p->span);
        HeadLine *line = &h->line[h->n];
        *line = (HeadLine){0};
        if (p->reason) { line->kind = LINE_MARKED; continue; }
        if (s.n <= HEAD_LINE_MAX) *line = read_line(s, p->n_words);
        if (line->kind == LINE_DATE || line->kind == LINE_BYLINE) continue;
        if (s.n <= HEAD_LINE_MAX && ends_in_domain(s)) { p->reason = BOILERPLATE_CAPTION; line->kind = LINE_MARKED; continue; }
        if (reads_like_body(p, s)) { line->kind = LINE_BODY; return; }
        if (c->label[h->n]) line->kind = LINE_LABEL;
    }
}

/* ---- giving ----------------------------------------------------------------------------------------------- */
static void give_date(Clean *c, Date d)
{
    if (c->r->published.n || !d.year) return;
    c->r->published = date_iso(c->a, d);
    c->r->published_how = PUBLISHED_STATED;
}

static bool beside_proof(const Head *h, int32_t i)
{
    for (int32_t k = i - 1; k <= i + 2; k++)
        if (k >= 0 && k < h->n && k != i && (h->line[k].kind == LINE_DATE || h->line[k].kind == LINE_OUTLET)) return true;
    return false;
}

static bool is_candidate(const Clean *c, const Head *h, int32_t i)
{
    const Para *p = &c->paras.v[i];
    if (h->line[i].kind != LINE_OTHER && h->line[i].kind != LINE_NAME) return false;
    char last = c->r->text.p[p->span.end - 1];
    return p->n_words <= TITLE_WORDS && !(p->stops && last == '.') && last != ',' && !char_is_lower_at(c->r->text, p->span.begin);
}

static int32_t pick_title(const Clean *c, const Head *h)
{
    int32_t info = h->n, last = NONE;
    for (int32_t i = h->n - 1; i >= 0; i--)
        if (h->line[i].kind == LINE_DATE || h->line[i].kind == LINE_BYLINE) info = i;
    for (int32_t i = 0; i < info; i++) {
        if (!is_candidate(c, h, i)) continue;
        int32_t words = c->paras.v[i].n_words;
        if (words >= DECK_WORDS && last == i - 1 && last != NONE && c->paras.v[last].n_words > 1) return last;
        if (words >= 4) return i;
        last = i;
    }
    for (int32_t i = info; i < h->n && last == NONE; i++)
        if (is_candidate(c, h, i) && c->paras.v[i].n_words >= 3) return i;
    for (int32_t i = 0; i < h->n && last == NONE; i++)     /* "PRESS RELEASE" alone is the title after all */
        if (h->line[i].kind == LINE_LABEL && c->paras.v[i].n_words >= 3) return i;
    return last;
}

static bool same_words(Str a, Str b)                     /* letters and figures alike, in any case */
{
    ptrdiff_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && (unsigned char)a.p[i] < CHAR_IS_ASCII && !ascii_is_alpha(a.p[i]) && !ascii_is_digit(a.p[i])) i++;
        while (k < b.n && (unsigned char)b.p[k] < CHAR_IS_ASCII && !ascii_is_alpha(b.p[k]) && !ascii_is_digit(b.p[k])) k++;
        if (i >= a.n || k >= b.n) return i >= a.n && k >= b.n;
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[k])) return false;
        i++;
        k++;
    }
}

static bool body_remains(const Clean *c, int32_t without)
{
    for (int32_t i = 0; i < c->paras.n; i++)
        if (i != without && !c->paras.v[i].reason) return true;
    return false;
}

static int32_t given_title(const Clean *c, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (!c->paras.v[i].reason && same_words(c->r->title, span_str(c->r->text, c->paras.v[i].span)) && body_remains(c, i)) return i;
    return NONE;
}

static void mark_people(Clean *c, const Head *h, int32_t title)
{
    for (int32_t i = 0; i < h->n; i++) {
        const HeadLine *line = &h->line[i];
        BoilerplateReason *reason = &c->paras.v[i].reason;
        bool named = line->kind == LINE_NAME && i != title && i > title && beside_proof(h, i);
        if (line->kind == LINE_DATE) *reason = BOILERPLATE_DATE;
        if (line->kind == LINE_BYLINE || named) *reason = BOILERPLATE_BYLINE;
        if (line->kind == LINE_OUTLET && i != title) *reason = BOILERPLATE_NAVIGATION;
        if (line->kind == LINE_AGENCY) {
            *reason = BOILERPLATE_ORIGIN;
            *push(c->a, &c->r->origin) = (Origin){c->paras.v[i].span, ORIGIN_AGENCY, line->names, {0}};
        }
        give_date(c, line->date);
        if ((line->kind == LINE_BYLINE || named) && line->names.n && !c->r->author.n) c->r->author = line->names;
        if (line->kind == LINE_OUTLET && i != title && !c->r->publisher.n) c->r->publisher = span_str(c->r->text, c->paras.v[i].span);
    }
}

static bool are_initials(Str s)                          /* "ek/pm/rl" */
{
    int32_t strokes = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        strokes += s.p[i] == '/';
        if (!ascii_is_alpha(s.p[i]) && s.p[i] != '/' && s.p[i] != ' ') return false;
    }
    return strokes > 0 && s.n <= 4 * (strokes + 1);
}

/* Below the body: a bare date line there, and the author's few words about himself. */
static void mark_tail(Clean *c, int32_t from)
{
    for (int32_t i = c->paras.n - TAIL_LINES > from ? c->paras.n - TAIL_LINES : from; i < c->paras.n; i++) {
        Para *p = &c->paras.v[i];
        Str s = span_str(c->r->text, p->span);
        if (p->reason || s.n > HEAD_LINE_MAX * 2) continue;
        Str author = c->r->author;
        bool about = author.n && str_starts(s, author) && p->n_words <= 90 && p->stops && i > c->first_long;
        static const char *const verbs[] = {"is", "was", "covers", "writes", "reports", "teaches", "works", "has", "leads", "serves", NULL};
        Words w = {s, about ? author.n : 0};
        Str word;
        if (about && next_word(&w, &word) && is_one_of(word, verbs)) { p->reason = BOILERPLATE_BYLINE; continue; }
        HeadLine line = p->n_words <= 14 ? read_line(s, p->n_words) : (HeadLine){0};
        if (are_initials(s)) p->reason = BOILERPLATE_BYLINE;
        if (line.kind == LINE_AGENCY) {
            p->reason = BOILERPLATE_ORIGIN;
            *push(c->a, &c->r->origin) = (Origin){p->span, ORIGIN_AGENCY, line.names, {0}};
        }
        if (line.kind == LINE_DATE && c->paras.n > 3) {
            p->reason = BOILERPLATE_DATE;
            give_date(c, line.date);
        }
    }
}

void head_mark(Clean *c)
{
    Head h = {0};
    read_head(c, &h);
    bool has_body = h.n < c->paras.n;
    if (c->r->title.n) {
        int32_t at = given_title(c, h.n + 1 < c->paras.n ? h.n + 1 : c->paras.n);
        if (at != NONE) { c->paras.v[at].reason = BOILERPLATE_TITLE; if (at < h.n) h.line[at].kind = LINE_MARKED; }
        if (has_body) mark_people(c, &h, at);
    } else if (has_body) {
        int32_t title = pick_title(c, &h), info = 0;
        for (int32_t i = 0; i < h.n; i++)
            if (i != title && (h.line[i].kind == LINE_DATE || h.line[i].kind == LINE_BYLINE || (h.line[i].kind == LINE_NAME && i > title && beside_proof(&h, i)))) info = i;
        if (title != NONE) {
            c->paras.v[title].reason = BOILERPLATE_TITLE;
            c->r->title = span_str(c->r->text, c->paras.v[title].span);
        }
        for (int32_t i = 0; i < h.n && title != NONE; i++) {
            BoilerplateReason *reason = &c->paras.v[i].reason;
            if (i == title || *reason) continue;
            bool plain = h.line[i].kind == LINE_OTHER || h.line[i].kind == LINE_NAME || h.line[i].kind == LINE_LABEL;
            if (plain && (i < title || h.line[i].kind == LINE_LABEL)) *reason = BOILERPLATE_NAVIGATION;
            else if (plain && i < info) *reason = BOILERPLATE_TEASER;
        }
        mark_people(c, &h, title);
    }
    mark_tail(c, h.n + 1);
}
