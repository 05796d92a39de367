/* Origin: where the text itself says that it comes from, and at which address it was found.
**
**   "This article was adapted from the original published by the Halden Centre."   adapted-from, "Halden Centre"
**   "HALDEN, March 4 (Norpress) - Ostria said …"                                     agency, "Norpress"
**   "Original url: https://www.velmarcourier.example/2031/10/27/…"                    uri; its path's date
**   "… the position of The Velmar Courier."                                          publisher
**
** What is set already stays. A publisher is what a disclaimer or a masthead names; failing that the address's host, by the
** name that the text spells like it, if there is one.
** Names are runs of capitalised words; "the author" is none.
**
** Always: an origin's span lies in the text. Cost: a look at each paragraph's first bytes, and at marked ones.
*/
#include "text/clean.h"
#include "text/pattern.h"
#include "headwords.h"
#include <string.h>

/* bytes in which a dateline names its agency: the longest seen has 74 */
enum { DATELINE_WORDS = 20, DATELINE_REACH = 120 };

static bool is_small_word(Str w)
{
    static const char *const small[] = {"of",  "the", "for", "and", "on", "in",  "de", "von", "van", "der",
                                        "den", "del", "la",  "le",  "du", "des", "di", "da",  "&",   NULL};
    for (int i = 0; small[i]; i++)
        if (str_eq(w, str_of(small[i]))) return true;
    return false;
}

static Str next_word(Str s, ptrdiff_t *i)
{
    *i = char_skip_blanks(s, *i, s.n);
    ptrdiff_t from = *i;
    int size;
    while (*i < s.n && !char_is_blank_at(s, *i, &size))
        *i += char_at(s.p + *i, s.n - *i, &size) == CHAR_SPACE ? 1 : size;
    return str_sub(s, from, *i);
}

/* "the Halden Centre for Lake Studies." gives "Halden Centre for Lake Studies". */
Str name_from(Str s, ptrdiff_t at)
{
    ptrdiff_t begin = -1, end = -1;
    for (ptrdiff_t i = at; i < s.n;) {
        Str word = next_word(s, &i);
        ptrdiff_t from = word.p - s.p, opener;
        while (from < i && begin < 0 && (opener = char_opener(s.p + from, i - from))) from += opener;
        word = str_sub(s, from, i);
        bool capital = char_is_upper_at(word, 0) || (begin >= 0 && word.n && ascii_is_digit(word.p[0])) ||
                       (begin < 0 && word_is_domain(word));
        if (!capital && !is_small_word(word)) break;
        if (!capital && begin < 0) { if (str_eq(word, S("the"))) continue; else break; }
        if (!capital) continue;                          /* a small word counts once another capital follows */
        if (begin < 0) begin = from;
        ptrdiff_t stop = word.n;
        while (stop > 0 &&
               (strchr(".,;:!?)]>\"'", word.p[stop - 1]) || (stop >= 3 && char_closer(word.p + stop - 3, 3) == 3)))
            stop -= strchr(".,;:!?)]>\"'", word.p[stop - 1]) ? 1 : 3;
        end = from + stop;
        if (stop < word.n) break;                        /* a sign ends the name */
    }
    return begin >= 0 && end > begin ? str_sub(s, begin, end) : (Str){0};
}

Str address_in(Str s, Span *at)
{
    ptrdiff_t i = str_find(s, S("http://")), k = str_find(s, S("https://"));
    if (i < 0 || (k >= 0 && k < i)) i = k;
    if (i < 0) return (Str){0};
    ptrdiff_t end = i;
    while (end < s.n && (unsigned char)s.p[end] > ' ' && !strchr("<>\"", s.p[end])) end++;
    while (end > i && strchr(".,;:!?)]'", s.p[end - 1])) end--;
    *at = (Span){(int32_t)i, (int32_t)end};
    return end - i > 10 ? str_sub(s, i, end) : (Str){0};
}

static Str host_of(Str uri)
{
    ptrdiff_t i = str_find(uri, S("://"));
    Str host = str_sub(uri, i < 0 ? 0 : i + 3, uri.n);
    for (ptrdiff_t k = 0; k < host.n; k++)
        if (strchr("/:?#", host.p[k])) { host = str_sub(host, 0, k); break; }
    return str_starts(host, S("www.")) ? str_sub(host, 4, host.n) : host;
}

/* "pierpost.example" is "The Pier Post" where the text has a name that is spelt so; it begins with a capital and stands on one
** line. Labels under LABEL_MIN letters ("mfa") spell too much. */
static Str name_of_host(Str text, Str host)
{
    enum { LABEL_MIN = 6 };
    ptrdiff_t n = 0;
    while (n < host.n && host.p[n] != '.') n++;
    Str label = str_sub(host, 0, n);
    Str bare = str_starts(label, S("the")) ? str_sub(label, 3, n) : label;
    if (bare.n < LABEL_MIN) return (Str){0};
    for (ptrdiff_t i = 0; i + bare.n <= text.n; i++) {
        if (!char_is_upper_at(text, i) || ascii_lower(text.p[i]) != bare.p[0]) continue;
        if (i && ascii_is_alnum(text.p[i - 1])) continue;
        ptrdiff_t k = i, at = 0;
        bool has_blank = false;
        for (; k < text.n && at < bare.n; k++) {
            char c = text.p[k];
            if (ascii_lower(c) == bare.p[at]) at++;
            else if (c == ' ' && text.p[k - 1] != ' ') has_blank = true;
            else if (c != '-' && c != '&' && c != '\'' && c != '.') break;
        }
        if (at < bare.n || !has_blank || (k < text.n && ascii_is_alnum(text.p[k]))) continue;
        ptrdiff_t from = i >= 4 && str_eq(str_sub(text, i - 4, i), S("The ")) ? i - 4 : i;
        return str_sub(text, from, k);
    }
    return (Str){0};
}

/* "/2031/10/27/" or "2031-10-27" in the path. */
static void date_of_address(Clean *c, Str uri)
{
    FoundDate found;
    Str path = str_sub(uri, str_find(uri, S("://")) + 3, uri.n);
    if (c->r->published.n || !date_find(path, 0, &found) || !date_is_valid(found.date) || found.date.year < 1900)
        return;
    c->r->published = date_iso(c->a, found.date);
    c->r->published_how = PUBLISHED_STATED;
}

static void take_uri(Clean *c, Str uri)
{
    if (!c->r->uri.n) c->r->uri = uri;
}

static bool is_plain_word(Str name)                      /* "Institute", "Author": no name of anything */
{
    if (str_find(name, S(" ")) >= 0) return false;
    char lower[32];
    if (name.n > (ptrdiff_t)sizeof lower) return false;
    for (ptrdiff_t i = 0; i < name.n; i++) lower[i] = ascii_lower(name.p[i]);
    return table_find(headwords, ((Str){lower, name.n})) >= 0;
}

bool origin_names(const Clean *c, int32_t para, int32_t name_at)
{
    Str s = span_str(c->r->text, c->paras.v[para].span);
    Span at;
    Str name = name_at >= 0 ? name_from(s, name_at) : (Str){0};
    return (name.n && !is_plain_word(name)) || address_in(s, &at).n > 0;
}

void origin_give(Clean *c, int32_t para, int32_t gives, int32_t name_at)
{
    static const OriginHow hows[] = {[GIVES_ADAPTED] = ORIGIN_ADAPTED,
                                     [GIVES_FIRST] = ORIGIN_FIRST,
                                     [GIVES_AGENCY] = ORIGIN_AGENCY,
                                     [GIVES_TRANSLATED] = ORIGIN_TRANSLATED};
    Span span = c->paras.v[para].span, at;
    Str s = span_str(c->r->text, span), address = address_in(s, &at);
    if (gives == GIVES_URI) { take_uri(c, address); return; }
    if (gives == GIVES_AGENCY && address.n) {            /* "Source: https://…" is where this text was found */
        c->paras.v[para].reason = BOILERPLATE_ADDRESS;
        take_uri(c, address);
        return;
    }
    Str name = name_at >= 0 ? name_from(s, name_at) : (Str){0};
    if (!name.n || is_plain_word(name)) name = (Str){0};
    if (gives == GIVES_PUBLISHER) {
        if (!c->r->publisher.n) c->r->publisher = name;
        return;
    }
    if (!name.n && !address.n) return;
    *push(c->a, &c->r->origin) = (Origin){span, hows[gives], name, address};
}

/* Nothing between the place in capitals and the bracket but a date: "HALDEN, March 4, 2029 ". */
static bool is_place_and_date(Str s, FoundDate *found, bool *dated)
{
    ptrdiff_t i = 0, capitals = 0;
    while (i < s.n && (ascii_is_upper(s.p[i]) || (unsigned char)s.p[i] >= CHAR_IS_ASCII || strchr(" -,./'", s.p[i])))
        capitals += ascii_is_upper(s.p[i++]);
    *dated = date_find(s, 0, found) && found->at.begin > 0;
    if (*dated) return i >= found->at.begin ? capitals >= 3 : capitals >= 1 && found->at.begin < 40;
    if (capitals < 3) return false;
    /* "March 4 ": i stopped behind its M */
    Str rest = str_sub(s, i > 0 && i < s.n ? i - 1 : i, s.n);
    return rest.n < 16 && count_words(rest) <= 3;
}

/* "HALDEN, March 4, 2029 (Norpress) - Ostria said": the agency, and the date where it has its year. */
static void take_dateline(Clean *c, const Para *p)
{
    if (c->paras.n < 2 && p->n_words < DATELINE_WORDS) return;             /* a headline */
    Str head = str_sub(span_str(c->r->text, p->span), 0, DATELINE_REACH);
    ptrdiff_t open = str_find(head, S("(")), close = str_find(head, S(")"));
    if (open <= 0 || close < open || !char_is_upper_at(head, 0)) return;
    Str rest = str_sub(head, char_skip_blanks(head, close + 1, head.n), head.n), name = name_from(head, open + 1);
    bool dash = str_starts(rest, S("-")) || str_starts(rest, S("\u2013")) || str_starts(rest, S("\u2014")) ||
                str_starts(rest, S("\u2015"));
    FoundDate found;
    bool dated;
    if (!dash || !name.n || name.n != close - open - 1 || count_words(name) > 4 ||
        !is_place_and_date(str_sub(head, 0, open), &found, &dated))
        return;
    *push(c->a, &c->r->origin) =
        (Origin){{p->span.begin + (int32_t)open, p->span.begin + (int32_t)close + 1}, ORIGIN_AGENCY, name, {0}};
    if (dated && !c->r->published.n && date_is_valid(found.date)) {
        c->r->published = date_iso(c->a, found.date);
        c->r->published_how = PUBLISHED_STATED;
    }
}

/* Words of four letters and more that title and address share. */
static int shared_words(Str title, Str uri)
{
    int n = 0;
    for (ptrdiff_t i = 0; i < title.n;) {
        Str word = next_word(title, &i);
        for (ptrdiff_t k = 0; word.n >= 4 && k + word.n <= uri.n; k++)
            if (str_eq_fold(str_sub(uri, k, k + word.n), word)) { n++; break; }
    }
    return n;
}

/* A bare address on the first or last lines is furniture; it is this text's own when it spells the title. */
static void take_bare_addresses(Clean *c)
{
    for (int32_t i = 0; i < c->paras.n; i++) {
        Para *p = &c->paras.v[i];
        if (i == 3 && c->paras.n > 6) i = c->paras.n - 3, p = &c->paras.v[i];
        Str s = span_str(c->r->text, p->span);
        Span at;
        Str uri = s.n <= 2000 && p->n_words == 1 && !p->reason ? address_in(s, &at) : (Str){0};
        if (!uri.n) continue;
        p->reason = BOILERPLATE_ADDRESS;
        Origin *before = c->r->origin.n ? &c->r->origin.v[c->r->origin.n - 1] : NULL;
        /* the original's */
        if (i > 0 && before && !before->uri.n && before->span.begin == c->paras.v[i - 1].span.begin) before->uri = uri;
        else if (i == 0 || (c->r->title.n <= 400 && shared_words(c->r->title, uri) >= 3)) take_uri(c, uri);
    }
}

void origin_mark(Clean *c)
{
    take_bare_addresses(c);
    for (int32_t i = 0, seen = 0; i < c->paras.n && seen < 2; i++) {
        if (c->paras.v[i].reason) continue;
        take_dateline(c, &c->paras.v[i]);
        seen++;
    }
    if (c->r->uri.n) date_of_address(c, c->r->uri);
    if (!c->r->publisher.n && str_starts(c->r->uri, S("http"))) {
        Str host = host_of(c->r->uri), name = name_of_host(c->r->text, host);
        c->r->publisher = name.n ? name : host;
    }
}
