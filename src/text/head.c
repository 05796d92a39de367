/* The head: the bare lines above an article, and what they state.
**
**   Analyses                                 a label            navigation
**   Russia is tempting Trump: friendly …      the title          title
**   Ana Ruiz, Porto Velho                     who                byline
**   Published 4:15 p.m. Sept. 14, 2031        when               date
**   first paragraph …                         here the body begins
**
** The head ends at the first paragraph that reads like one: long, or a sentence, an item, a speaker's turn, a
** salutation. A date line holds nothing but dates, times and words like "published"; a byline nothing but "by" and
** names. A bare name is a byline only beside a date line or a paper's name, and only if no word in it is a thing's
** ("Old Customs House"). The title is what is then left: the first line of four words or more, else the last. Lines
** before it are labels; lines between it and the last byline or date are its deck (and so is a longer line right below
** it); lines after them are headings and stay body. What reads like body is deck as well where the first byline or
** date still follows a few lines below. Bare dates all over the text make a chronicle, whose dates are body.
**
** Where the record has its title already, only a line that equals it is marked, and only if a body remains.
** Always: what was set stays set; what is conflicting prefers the line that can be seen to the address.
** Cost: linear in the head, which is at most HEAD_MAX paragraphs.
*/
#include "text/clean.h"
#include <string.h>

enum {
    HEAD_MAX = 16,         /* paragraphs above a body; the longest head seen has 11 */
    HEAD_LINE_MAX = 400,   /* bytes of a line of the head */
    LINE_WORDS = 24,       /* words of a date line or byline: "Published … | Updated …" has 16 */
    BODY_WORDS = 30,       /* so many words are body without further proof */
    SENTENCE_WORDS = 12,   /* and so many with a full stop at the end */
    TITLE_WORDS = 32,
    DECK_WORDS = 14,       /* a line so long below a short one is its deck */
    TITLE_ALONE = 22,      /* words of a title that no byline or date stands by */
    DECK_LEAST = 6,        /* right below the title fewer words are the first heading */
    DECK_LINES = 7, DECK_LONGEST = 45, DECK_WORDS_ALL = 90,               /* what may stand between title and byline */
    CHRONICLE_DATES = 3,
    BIO_WORDS = 90,
    TAIL_LINES = 6         /* bare date lines below an article are looked for in its last lines */
};

/* ---- where the body begins -------------------------------------------------------------------------------- */
static bool salutes(Str s)
{
    static const char *const heads[] = {"dear ",          "mr. ",       "madam ",         "ladies ",
                                        "fellow ",        "my fellow ", "good morning",   "good evening",
                                        "good afternoon", "thank you",  "your excellenc", "excellenc",
                                        "distinguished ", "friends",    "gentlemen",      "honourable ",
                                        "honorable ",     "comrades",   "hello",          NULL};
    for (int i = 0; heads[i]; i++)
        if (s.n && ascii_lower(s.p[0]) == heads[i][0] &&
            str_eq_fold(str_sub(s, 0, (ptrdiff_t)strlen(heads[i])), str_of(heads[i])))
            return true;
    return false;
}

/* "… during a meeting in Alaska. kremlin.ru": a picture's credit */
static bool ends_in_domain(Str s)
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

static void give_date(Clean *c, Date d)
{
    if (c->r->published.n || !d.year) return;
    c->r->published = date_iso(c->a, d);
    c->r->published_how = PUBLISHED_STATED;
}

typedef struct { HeadLine line[HEAD_MAX]; int32_t n; bool has_date, has_byline; } Head;

/* "Ana Ruiz is a", "Ana Ruiz, a former": somebody is introduced */
static bool opens_name(Str s, Str name)
{
    static const char *const verbs[] = {"is",    "was",    "covers", "writes", "reports", "teaches", "works", "has",
                                        "leads", "serves", "a",      "an",     "the",     "former",  NULL};
    LineWords w = {s, name.n};
    Str word;
    return name.n && str_starts(s, name) && line_next_word(&w, &word) && word_is_one_of(word, verbs);
}

/* Bare dates all over the text are the heads of a chronicle's days, not the article's. */
static bool is_chronicle(const Clean *c)
{
    int32_t n = 0;
    for (int32_t i = 0; i < c->paras.n && n < CHRONICLE_DATES; i++) {
        const Para *p = &c->paras.v[i];
        Str s = span_str(c->r->text, p->span);
        n += p->n_words <= 6 && s.n <= 60 && line_read(s, p->n_words).kind == LINE_DATE;
    }
    return n >= CHRONICLE_DATES;
}

/* Below what reads like body a byline or a date may follow all the same: then that was the deck, or points in short. */
static int32_t look_ahead(const Clean *c, const Head *h, bool chronicle)
{
    int32_t words = 0;
    for (int32_t i = h->n; i < c->paras.n && i < HEAD_MAX && i < h->n + DECK_LINES; i++) {
        const Para *p = &c->paras.v[i];
        Str s = span_str(c->r->text, p->span);
        if (p->is_turn || salutes(s) || p->n_words > DECK_LONGEST) return NONE;
        if (p->reason) continue;
        HeadLine line = s.n <= HEAD_LINE_MAX && p->n_words <= LINE_WORDS ? line_read(s, p->n_words) : (HeadLine){0};
        if (line.kind == LINE_BYLINE && line.names.n && !h->has_byline) return i;
        if (line.kind == LINE_DATE && line.date.year && !h->has_date && !chronicle) return i;
        if ((words += p->n_words) > DECK_WORDS_ALL) return NONE;
    }
    return NONE;
}

static void read_head(Clean *c, Head *h, bool chronicle)
{
    int32_t deck_until = NONE;
    for (h->n = 0; h->n < c->paras.n && h->n < HEAD_MAX; h->n++) {
        Para *p = &c->paras.v[h->n];
        Str s = span_str(c->r->text, p->span);
        HeadLine *line = &h->line[h->n];
        *line = (HeadLine){0};
        if (p->reason) { line->kind = LINE_MARKED; continue; }
        /* "[Archive copy. …]": a note on top */
        if (h->n < 2 && !c->has_turns && s.p[0] == '[' && s.p[s.n - 1] == ']') {
            p->reason = BOILERPLATE_OTHER;
            line->kind = LINE_MARKED;
            continue;
        }
        if (s.n <= HEAD_LINE_MAX && p->n_words <= LINE_WORDS) *line = line_read(s, p->n_words);
        h->has_byline |= line->kind == LINE_BYLINE;
        h->has_date |= line->kind == LINE_DATE || (line->kind == LINE_BYLINE && line->date.year);
        if (line->kind == LINE_DATE || line->kind == LINE_BYLINE) continue;
        if (s.n <= HEAD_LINE_MAX && ends_in_domain(s)) {
            p->reason = BOILERPLATE_CAPTION;
            line->kind = LINE_MARKED;
            continue;
        }
        if (reads_like_body(p, s)) {
            if (h->n >= deck_until) deck_until = look_ahead(c, h, chronicle);
            if (deck_until == NONE) { line->kind = LINE_BODY; return; }
            line->kind = LINE_DECK;
        } else if (c->label[h->n]) line->kind = LINE_LABEL;
    }
}

/* "From: …", "Subject: …": a mail's own lines. */
static void take_mail_head(Clean *c)
{
    static const char *const names[] = {"from", "to", "cc", "date", "sent", "subject", "reply-to", NULL};
    int32_t n = 0, named = 0;
    for (; n < c->paras.n && n < HEAD_MAX; n++) {
        LineWords w = {span_str(c->r->text, c->paras.v[n].span), 0};
        Str word;
        if (!line_next_word(&w, &word) || word.p[word.n - 1] != ':' || !word_is_one_of(word, names)) break;
        named += str_eq_fold(word, S("from:")) || str_eq_fold(word, S("subject:"));
    }
    for (int32_t i = 0; n >= 2 && named && i < n; i++) {
        Str s = span_str(c->r->text, c->paras.v[i].span);
        FoundDate d;
        if (str_starts(s, S("Subject: ")) && !c->r->title.n) {
            c->r->title = str_trim(str_sub(s, 9, s.n));
            c->paras.v[i].reason = BOILERPLATE_TITLE;
        } else c->paras.v[i].reason = BOILERPLATE_NAVIGATION;
        if (str_starts(s, S("Date:")) && date_find(s, 0, &d)) give_date(c, d.date);
    }
}

/* ---- giving ----------------------------------------------------------------------------------------------- */
static bool beside_proof(const Head *h, int32_t i)
{
    for (int32_t k = i - 1; k <= i + 2; k++)
        if (k >= 0 && k < h->n && k != i && (h->line[k].kind == LINE_DATE || h->line[k].kind == LINE_OUTLET))
            return true;
    return false;
}

static bool is_candidate(const Clean *c, const Head *h, int32_t i)
{
    const Para *p = &c->paras.v[i];
    if (h->line[i].kind != LINE_OTHER && h->line[i].kind != LINE_NAME) return false;
    char last = c->r->text.p[p->span.end - 1];
    return p->n_words <= TITLE_WORDS && !(p->stops && last == '.') && last != ',' &&
           !char_is_lower_at(c->r->text, p->span.begin);
}

static int32_t pick_title(const Clean *c, const Head *h)
{
    int32_t info = h->n, last = NONE;
    for (int32_t i = h->n - 1; i >= 0; i--)
        if (h->line[i].kind == LINE_DATE || h->line[i].kind == LINE_BYLINE) info = i;
    for (int32_t i = 0; i < info; i++) {
        if (!is_candidate(c, h, i) || (info == h->n && c->paras.v[i].n_words > TITLE_ALONE)) continue;
        int32_t words = c->paras.v[i].n_words;
        if (words >= DECK_WORDS && last == i - 1 && last != NONE && c->paras.v[last].n_words > 1) return last;
        if (words >= 4) return i;
        last = i;
    }
    int32_t least = last == NONE ? 3 : c->paras.v[last].n_words < 3 ? 5 : TITLE_WORDS;
    for (int32_t i = info; i < h->n; i++)                /* a letterhead and a date stood first */
        if (is_candidate(c, h, i) && c->paras.v[i].n_words >= least) return i;
    for (int32_t i = 0; i < h->n && last == NONE; i++)   /* "PRESS RELEASE" alone is the title after all */
        if (h->line[i].kind == LINE_LABEL && c->paras.v[i].n_words >= 3) return i;
    return last;
}

static bool same_words(Str a, Str b)                     /* letters and figures alike, in any case */
{
    ptrdiff_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && (unsigned char)a.p[i] < CHAR_IS_ASCII && !ascii_is_alpha(a.p[i]) && !ascii_is_digit(a.p[i]))
            i++;
        while (k < b.n && (unsigned char)b.p[k] < CHAR_IS_ASCII && !ascii_is_alpha(b.p[k]) && !ascii_is_digit(b.p[k]))
            k++;
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
        if (!c->paras.v[i].reason && same_words(c->r->title, span_str(c->r->text, c->paras.v[i].span)) &&
            body_remains(c, i))
            return i;
    return NONE;
}

static bool is_introduced(const Clean *c, Str name)
{
    for (int32_t i = 0; i < c->paras.n; i++)
        if (opens_name(span_str(c->r->text, c->paras.v[i].span), name)) return true;
    return false;
}

static bool is_named(const Head *h, int32_t i, int32_t title)
{
    return h->line[i].kind == LINE_NAME && title != NONE && i > title && beside_proof(h, i);
}

static void mark_people(Clean *c, const Head *h, int32_t title)
{
    for (int32_t i = 0; i < h->n; i++) {
        const HeadLine *line = &h->line[i];
        BoilerplateReason *reason = &c->paras.v[i].reason;
        bool named = is_named(h, i, title);
        if (i == title) continue;
        /* else a table's heading */
        if (line->kind == LINE_DATE && (title != NONE || line->date.year || c->has_turns)) *reason = BOILERPLATE_DATE;
        if (line->kind == LINE_BYLINE || named) *reason = BOILERPLATE_BYLINE;
        if (line->kind == LINE_OUTLET && title != NONE) *reason = BOILERPLATE_NAVIGATION;
        if (line->kind == LINE_AGENCY) {
            *reason = BOILERPLATE_ORIGIN;
            *push(c->a, &c->r->origin) = (Origin){c->paras.v[i].span, ORIGIN_AGENCY, line->names, {0}};
        }
        give_date(c, line->date);
        bool sure = line->kind == LINE_BYLINE ? !line->is_vague || is_introduced(c, line->names) : named;
        if (sure && line->names.n && !c->r->author.n) c->r->author = line->names;
        if (line->kind == LINE_OUTLET && title != NONE && !c->r->publisher.n)
            c->r->publisher = span_str(c->r->text, c->paras.v[i].span);
    }
}

/* Lines before the title are labels; those between it and the last line that is surely no body are its deck. */
static void mark_around(Clean *c, const Head *h, int32_t title)
{
    int32_t last = title;
    for (int32_t i = title + 1; i < h->n; i++)
        if (h->line[i].kind != LINE_OTHER && h->line[i].kind != LINE_DECK &&
            (h->line[i].kind != LINE_NAME || is_named(h, i, title)))
            last = i;
    for (int32_t i = 0; i < h->n; i++) {
        BoilerplateReason *reason = &c->paras.v[i].reason;
        LineKind kind = h->line[i].kind;
        bool plain = kind == LINE_OTHER || kind == LINE_NAME || kind == LINE_DECK;
        if (i == title || *reason || (!plain && kind != LINE_LABEL)) continue;
        Str s = span_str(c->r->text, c->paras.v[i].span);
        bool below = i == title + 1 && c->paras.v[i].n_words >= DECK_LEAST && c->paras.v[i].n_words <= TITLE_ALONE &&
                     !c->paras.v[i].stops && str_find(s, S(". ")) < 0;
        if (i < title || kind == LINE_LABEL) *reason = BOILERPLATE_NAVIGATION;
        else if (i < last || below) *reason = BOILERPLATE_TEASER;
    }
}

/* Below the body, and in the first words of it: the author introduces himself; a bare date; an agency; initials. */
static bool are_initials(Str s)                          /* "ek/pm/rl", "(ml/ak)", "(PMD)" */
{
    int32_t strokes = 0, run = 0, upper = 0, lower = 0;
    bool bracket = s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';
    if (bracket) s = str_sub(s, 1, s.n - 1);
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] == '/' && run >= 2) { strokes++; run = 0; continue; }
        if (!ascii_is_alpha(s.p[i]) || ++run > 3) return false;
        upper += ascii_is_upper(s.p[i]);
        lower += ascii_is_lower(s.p[i]);
    }
    return run >= 2 && (upper == 0 || lower == 0) && (strokes > 0 || bracket);
}

static bool is_tag_line(const Para *p, Str s)            /* "lake|ceasefire|Compact Council" */
{
    int32_t bars = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) bars += s.p[i] == '|';
    return bars >= 2 && !p->stops && p->n_words <= 16;
}

static void mark_tail_line(Clean *c, int32_t i, bool chronicle)
{
    Para *p = &c->paras.v[i];
    Str s = span_str(c->r->text, p->span);
    if (are_initials(s) && i >= c->paras.n - 3 && !c->has_turns) p->reason = BOILERPLATE_BYLINE;
    else if (is_tag_line(p, s)) p->reason = BOILERPLATE_NAVIGATION;
    HeadLine line = !p->reason && p->n_words <= 14 ? line_read(s, p->n_words) : (HeadLine){0};
    if (line.kind == LINE_AGENCY && !c->has_turns) {
        p->reason = BOILERPLATE_ORIGIN;
        *push(c->a, &c->r->origin) = (Origin){p->span, ORIGIN_AGENCY, line.names, {0}};
    }
    bool dated = line.date.year || c->has_turns;         /* a transcript ends with the hour */
    if (line.kind == LINE_DATE && dated && c->paras.n > 3 && !chronicle) {
        p->reason = BOILERPLATE_DATE;
        give_date(c, line.date);
    }
}

static void mark_tail(Clean *c, int32_t from, bool chronicle)
{
    for (int32_t i = c->paras.n - TAIL_LINES > from ? c->paras.n - TAIL_LINES : from; i < c->paras.n; i++) {
        Para *p = &c->paras.v[i];
        Str s = span_str(c->r->text, p->span);
        if (p->reason || s.n > HEAD_LINE_MAX * 2) continue;
        if (opens_name(s, c->r->author) && p->n_words <= BIO_WORDS && p->stops &&
            (i > c->first_long || c->first_long == c->paras.n))
            p->reason = BOILERPLATE_BYLINE;
        else if (s.n <= HEAD_LINE_MAX) mark_tail_line(c, i, chronicle);
    }
}

void head_mark(Clean *c)
{
    Head h = {0};
    bool chronicle = is_chronicle(c), title_is_given = c->r->title.n > 0;
    take_mail_head(c);
    read_head(c, &h, chronicle);
    int32_t n = h.n + 1 < c->paras.n ? h.n + 1 : c->paras.n, title = NONE;
    if (h.n < c->paras.n || title_is_given) {
        title = title_is_given ? given_title(c, n) : c->r->title.n ? NONE : pick_title(c, &h);
        if (title != NONE) {
            c->paras.v[title].reason = BOILERPLATE_TITLE;
            if (title < h.n) h.line[title].kind = LINE_MARKED;
            if (!c->r->title.n) c->r->title = span_str(c->r->text, c->paras.v[title].span);
            if (h.n < c->paras.n) mark_around(c, &h, title);
        }
        if (h.n < c->paras.n) mark_people(c, &h, title);
    }
    if (h.n + 1 < c->paras.n && !c->paras.v[h.n].reason &&
        opens_name(span_str(c->r->text, c->paras.v[h.n].span), c->r->author) && c->paras.v[h.n].n_words <= BIO_WORDS)
        c->paras.v[h.n].reason = BOILERPLATE_BYLINE;
    mark_tail(c, h.n + 1, chronicle);
}
