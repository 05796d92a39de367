/* Metadata: what the page says it is, gathered from all the places where pages say it, and chosen by agreement.
**
**  in:  <title>Port reopens | Harbour News</title>, og:title "Port reopens", h1 "Port reopens", og:site_name "Harbour News"
**  out: title "Port reopens", publisher "Harbour News"
**
** A title is the candidate that the others agree with most (words in common), the visible heading first among equals.
** An author is the first source that holds a name; a date the first source that holds one, from the most to the least
** explicit. A date of change is never a date of publication.
**
** Always: see meta.h. Cost: one pass over the nodes; a few candidates are compared with each other.
*/
#include "input/inside.h"
#include "input/meta.h"
#include <string.h>

/* Sources in falling order of trust, by what they hold. X(slot) */
typedef enum { FROM_TITLE, FROM_AUTHOR, FROM_SITE, FROM_DATE, FROM_URI, FROM_LANG, FROM_DESCRIPTION } Slot;
typedef struct { const char *name; Slot slot; int rank; } Source;
static const Source sources[] = {                        /* <meta name|property|itemprop>: rank 0 is best */
    {"og:title", FROM_TITLE, 0}, {"twitter:title", FROM_TITLE, 1}, {"parsely-title", FROM_TITLE, 1}, {"sailthru.title", FROM_TITLE, 1},
    {"dc.title", FROM_TITLE, 1}, {"headline", FROM_TITLE, 1}, {"citation_title", FROM_TITLE, 1}, {"title", FROM_TITLE, 2},
    {"author", FROM_AUTHOR, 0}, {"byl", FROM_AUTHOR, 0}, {"article:author", FROM_AUTHOR, 1}, {"parsely-author", FROM_AUTHOR, 0},
    {"sailthru.author", FROM_AUTHOR, 0}, {"dc.creator", FROM_AUTHOR, 1}, {"dcterms.creator", FROM_AUTHOR, 1}, {"citation_author", FROM_AUTHOR, 0},
    {"article:author_name", FROM_AUTHOR, 0}, {"article.author", FROM_AUTHOR, 1}, {"authors", FROM_AUTHOR, 1}, {"cxenseparse:author", FROM_AUTHOR, 1},
    {"og:author", FROM_AUTHOR, 1}, {"book:author", FROM_AUTHOR, 2}, {"twitter:data1", FROM_AUTHOR, 4}, {"dc.publisher", FROM_SITE, 2},
    {"og:site_name", FROM_SITE, 0}, {"application-name", FROM_SITE, 1}, {"publisher", FROM_SITE, 2}, {"copyright", FROM_SITE, 4}, {"citation_publisher", FROM_SITE, 1},
    {"article:published_time", FROM_DATE, 1}, {"datepublished", FROM_DATE, 1}, {"og:published_time", FROM_DATE, 1}, {"article:published", FROM_DATE, 1},
    {"pubdate", FROM_DATE, 2}, {"publishdate", FROM_DATE, 2}, {"publish-date", FROM_DATE, 2}, {"publish_date", FROM_DATE, 2}, {"parsely-pub-date", FROM_DATE, 2},
    {"sailthru.date", FROM_DATE, 2}, {"dc.date.issued", FROM_DATE, 2}, {"dcterms.issued", FROM_DATE, 2}, {"dcterms.created", FROM_DATE, 2}, {"dc.date.created", FROM_DATE, 2},
    {"dc.date.published", FROM_DATE, 2}, {"publication_date", FROM_DATE, 2}, {"cxenseparse:recs:publishtime", FROM_DATE, 2}, {"article.published", FROM_DATE, 2},
    {"originalpublicationdate", FROM_DATE, 2}, {"citation_publication_date", FROM_DATE, 2}, {"citation_date", FROM_DATE, 3}, {"rnews:datepublished", FROM_DATE, 2},
    {"article_date_original", FROM_DATE, 2}, {"published_time", FROM_DATE, 2}, {"bt:pubdate", FROM_DATE, 2}, {"article:post_date", FROM_DATE, 2}, {"publisheddate", FROM_DATE, 2},
    {"gentime", FROM_DATE, 3}, {"ptime", FROM_DATE, 2}, {"pdate", FROM_DATE, 2}, {"article-publication-date", FROM_DATE, 2}, {"dateposted", FROM_DATE, 2}, {"created", FROM_DATE, 3},
    {"dc.date", FROM_DATE, 3}, {"dcterms.date", FROM_DATE, 3}, {"date", FROM_DATE, 3}, {"datecreated", FROM_DATE, 3}, {"displaydate", FROM_DATE, 3}, {"og:article:published_time", FROM_DATE, 1},
    {"og:regdate", FROM_DATE, 3}, {"shareaholic:article_published_time", FROM_DATE, 2}, {"release_date", FROM_DATE, 3}, {"video:release_date", FROM_DATE, 4},
    {"og:url", FROM_URI, 1}, {"twitter:url", FROM_URI, 2}, {"og:locale", FROM_LANG, 1}, {"content-language", FROM_LANG, 2}, {"dc.language", FROM_LANG, 2}, {"language", FROM_LANG, 2},
    {"og:description", FROM_DESCRIPTION, 0}, {"description", FROM_DESCRIPTION, 1}, {"twitter:description", FROM_DESCRIPTION, 2},
};

typedef struct { Slot slot; int rank; Str value; } Found;
typedef struct {
    Arena *a;
    const Html *h;
    SLICE(Found) found;
    Ld ld;
    Str page_title, canonical, html_lang;
    Strs headings, seconds, bylines, rel_authors, prop_authors, times, marked_times;
    int32_t rel_at, prop_at;                             /* where the last of them stood: others far from it sign other articles */
} Gathered;

static Str text_of(Gathered *g, int32_t node)
{
    Buf b = {.to = g->a};
    html_text(g->h, node, &b);
    return buf_str(&b);
}

static Str one_line(Gathered *g, int32_t node) { return text_unescape(g->a, text_of(g, node)); }

static void on_meta(Gathered *g, int32_t i)
{
    static const Str attrs[] = {S("property"), S("name"), S("itemprop"), S("http-equiv")};
    Str content = html_attr(g->h, i, S("content"));
    if (!str_trim(content).n) return;
    for (size_t k = 0; k < sizeof attrs / sizeof *attrs; k++) {
        Str name = str_trim(html_attr(g->h, i, attrs[k]));
        if (!name.n) continue;
        for (size_t s = 0; s < sizeof sources / sizeof *sources; s++)
            if (str_eq_fold(name, str_of(sources[s].name))) {
                *push(g->a, &g->found) = (Found){sources[s].slot, sources[s].rank, text_unescape(g->a, content)};
                return;
            }
    }
}

static bool has_word(Str s, Str w) { return str_find(s, w) >= 0; }

/* Whether the element is inside something that is not about this article: comments, other articles' cards. */
static bool is_elsewhere(const Html *h, int32_t i)
{
    for (int steps = 0; i > 0 && steps < 10; i = h->nodes.v[i].parent, steps++) {
        HtmlTag tag = h->nodes.v[i].tag;
        if (tag == TAG_ASIDE || tag == TAG_FOOTER || tag == TAG_NAV || tag == TAG_LI) return true;
        if (steps > 4) continue;                         /* farther out, "has-sidebar" speaks of the whole page */
        uint32_t bits = class_groups(html_attr(h, i, S("class"))) | class_groups(html_attr(h, i, S("id")));
        if (tag != TAG_BODY && tag != TAG_HTML && bits & (1u << CLASS_COMMENT | 1u << CLASS_RELATED | 1u << CLASS_SIDE | 1u << CLASS_FOOTER | 1u << CLASS_WIDGET)) return true;
    }
    return false;
}

enum { BYLINE_NODES = 24 };                              /* between two names of one byline: commas, pictures, links to profiles */
static bool is_close(const Strs *names, int32_t *last, int32_t at)
{
    if (names->n && at - *last > BYLINE_NODES) return false;
    *last = at;
    return true;
}

static void on_marked(Gathered *g, int32_t i)
{
    const Html *h = g->h;
    HtmlTag tag = h->nodes.v[i].tag;
    Str prop = html_attr(h, i, S("itemprop")), class = html_attr(h, i, S("class")), rel = html_attr(h, i, S("rel"));
    if (tag == TAG_TIME || prop.n) {
        Str when = html_attr(h, i, S("datetime"));
        if (!when.n) when = html_attr(h, i, S("content"));
        bool is_modified = has_word(prop, S("odified")) || has_word(class, S("updated")) || has_word(class, S("modified"));
        bool is_marked = has_word(prop, S("datePublished")) || has_word(prop, S("dateCreated")) || html_attr(h, i, S("pubdate")).p ||
                         (tag == TAG_TIME && (has_word(class, S("publish")) || has_word(class, S("entry-date")) || has_word(class, S("post-date"))));
        if ((tag == TAG_TIME || is_marked) && (!is_modified || has_word(class, S("publish"))) && !is_elsewhere(h, i)) {
            if (!when.n) when = one_line(g, i);
            if (when.n) *push(g->a, is_marked ? &g->marked_times : &g->times) = when;
        }
    }
    if (tag != TAG_META && has_word(class, S("published")) && html_attr(h, i, S("title")).n >= 10) *push(g->a, &g->marked_times) = html_attr(h, i, S("title"));
    if (prop.n && (str_eq(prop, S("author")) || str_eq(prop, S("creator"))) && tag != TAG_META && !is_elsewhere(h, i) && is_close(&g->prop_authors, &g->prop_at, i))
        *push(g->a, &g->prop_authors) = one_line(g, i);
    if (rel.n && has_word(rel, S("author")) && tag == TAG_A && !is_elsewhere(h, i) && is_close(&g->rel_authors, &g->rel_at, i))
        *push(g->a, &g->rel_authors) = one_line(g, i);
    bool is_author = class.n && (has_word(class, S("uthor")) || has_word(class, S("yline")) || has_word(class, S("contributor")));
    if (is_author && tag != TAG_BODY && tag != TAG_HTML && g->bylines.n < 24 && !is_elsewhere(h, i)) {
        Str s = text_of(g, i);
        if (s.n > 2 && s.n < 200) *push(g->a, &g->bylines) = s;
    }
}

static void gather(Gathered *g)
{
    const Html *h = g->h;
    for (int32_t i = 1; i < h->nodes.n; i++) {
        const HtmlNode *n = &h->nodes.v[i];
        if (n->tag == TAG_TEXT || n->tag == TAG_BR) continue;
        if (n->tag == TAG_META) on_meta(g, i);
        if (n->tag == TAG_TITLE && !g->page_title.n) g->page_title = one_line(g, i);
        if (n->tag == TAG_HTML && !g->html_lang.n) g->html_lang = html_attr(h, i, S("lang")).n ? html_attr(h, i, S("lang")) : html_attr(h, i, S("xml:lang"));
        if (n->tag == TAG_LINK && str_eq_fold(html_attr(h, i, S("rel")), S("canonical")) && !g->canonical.n) g->canonical = str_trim(html_attr(h, i, S("href")));
        if (n->tag == TAG_SCRIPT && n->first >= 0) ld_read(g->a, text_of(g, i), &g->ld);
        if (n->tag == TAG_H1 || n->tag == TAG_H2) {
            Strs *to = n->tag == TAG_H1 ? &g->headings : &g->seconds;
            Str s = to->n < 8 ? one_line(g, i) : (Str){0};
            if (s.n > 1 && s.n < 400) *push(g->a, to) = s;
        }
        if (n->n_attrs) on_marked(g, i);
    }
}

static Str best_of(const Gathered *g, Slot slot)
{
    int rank = 99;
    Str best = {0};
    for (int32_t i = 0; i < g->found.n; i++)
        if (g->found.v[i].slot == slot && g->found.v[i].rank < rank) rank = g->found.v[i].rank, best = g->found.v[i].value;
    return best;
}

/* ---- publisher and address ------------------------------------------------------------------------------------- */
static Str host_of(Str uri)
{
    ptrdiff_t at = str_find(uri, S("://"));
    if (at < 0) return (Str){0};
    Str host = str_sub(uri, at + 3, uri.n);
    ptrdiff_t end = 0;
    while (end < host.n && host.p[end] != '/' && host.p[end] != ':' && host.p[end] != '?' && host.p[end] != '#') end++;
    host = str_sub(host, 0, end);
    return str_starts(host, S("www.")) ? str_sub(host, 4, host.n) : host;
}

/* ---- title ------------------------------------------------------------------------------------------------------ */
enum { TITLE_WORDS = 64, ALONE_WORDS = 4, ALONE = 250 };   /* the only h1 of a page, when it is no name, speaks for itself */
typedef struct { Str text; int weight; uint64_t words[TITLE_WORDS]; int n; } Candidate;

static int words_of(Arena *a, Str s, uint64_t *words)
{
    int n = 0;
    Str low = utf8_fold(a, s);
    for (ptrdiff_t i = 0; i < low.n && n < TITLE_WORDS;) {
        ptrdiff_t begin = i;
        while (i < low.n && (((unsigned char)low.p[i] >= 0x80 && (unsigned char)low.p[i] != 0xE2) || (low.p[i] >= 'a' && low.p[i] <= 'z') || (low.p[i] >= '0' && low.p[i] <= '9'))) i++;
        if (i > begin) words[n++] = hash64(str_sub(low, begin, i));
        else i++;
    }
    return n;
}

static int likeness(const Candidate *x, const Candidate *y)
{
    int hits = 0;
    for (int i = 0; i < x->n; i++)
        for (int k = 0; k < y->n; k++)
            if (x->words[i] == y->words[k]) { hits++; break; }
    int f = x->n + y->n ? hits * 200 / (x->n + y->n) : 0;
    return f > 100 ? 100 : f;
}

static bool is_same_name(Arena *a, Str x, Str y)         /* "Harbour News" and harbournews.example */
{
    char p[80], q[80];
    int n = 0, m = 0;
    Str fx = utf8_fold(a, x), fy = utf8_fold(a, y);
    for (ptrdiff_t i = 0; i < fx.n && n < 80; i++) if (((unsigned char)fx.p[i] >= 0x80) || (fx.p[i] >= 'a' && fx.p[i] <= 'z') || (fx.p[i] >= '0' && fx.p[i] <= '9')) p[n++] = fx.p[i];
    for (ptrdiff_t i = 0; i < fy.n && m < 80; i++) if (((unsigned char)fy.p[i] >= 0x80) || (fy.p[i] >= 'a' && fy.p[i] <= 'z') || (fy.p[i] >= '0' && fy.p[i] <= '9')) q[m++] = fy.p[i];
    if (n < 3 || m < 3) return false;
    return n <= m ? str_find((Str){q, m}, (Str){p, n}) >= 0 : str_find((Str){p, n}, (Str){q, m}) >= 0;
}

/* "Port reopens | Harbour News" without the site's name: at its end, or at its beginning. */
static Str without_site(Arena *a, Str s, Str site, Str host)
{
    static const Str marks[] = {S(" | "), S(" - "), S(" – "), S(" — "), S(" :: "), S(" » "), S(" · "), S(" • "), S(" « "), S(": "), S(" / "), S(" ← ")};
    for (int again = 0; again < 3; again++) {
        ptrdiff_t last = -1, last_end = 0, first = -1, first_end = 0;
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            for (ptrdiff_t i = 0; i + marks[k].n < s.n; i++)
                if (str_starts(str_sub(s, i, s.n), marks[k])) {
                    if (i > last && marks[k].p[0] == ' ') last = i, last_end = i + marks[k].n;
                    if (first < 0 || i < first) first = i, first_end = i + marks[k].n;
                }
        Str tail = last >= 0 ? str_sub(s, last_end, s.n) : (Str){0}, head = first >= 0 ? str_sub(s, 0, first) : (Str){0};
        if (tail.n && last > 0 && (is_same_name(a, tail, site) || is_same_name(a, tail, host))) s = str_trim(str_sub(s, 0, last));
        else if (head.n && first_end < s.n && (is_same_name(a, head, site) || is_same_name(a, head, host))) s = str_trim(str_sub(s, first_end, s.n));
        else break;
    }
    return s;
}

static Str choose_title(Gathered *g, Str site, Str host)
{
    Candidate c[24];
    int n = 0;
    Arena *a = g->a;
#define ADD(s, w) do { Str t_ = without_site(a, (s), site, host); if (t_.n && n < 24 && !is_same_name_only(a, t_, site)) { c[n].text = t_; c[n].weight = (w); n++; } } while (0)
#define is_same_name_only(a, t, site) (str_eq_fold((t), (site)))
    for (int32_t i = 0; i < g->headings.n; i++) ADD(g->headings.v[i], 3);
    for (int32_t i = 0; i < g->seconds.n && n < 12; i++) ADD(g->seconds.v[i], 1);
    int headings = n;
    for (int32_t i = 0; i < g->found.n; i++) if (g->found.v[i].slot == FROM_TITLE) ADD(g->found.v[i].value, g->found.v[i].rank == 0 ? 3 : 1);
    if (g->ld.headline.n) ADD(g->ld.headline, 3);
    Str whole = g->page_title;
    ADD(whole, 2);
#undef ADD
    for (int i = 0; i < n; i++) c[i].n = words_of(a, c[i].text, c[i].words);
    int best = -1, best_score = -1;
    for (int i = 0; i < n; i++) {
        int score = 0, agree = 0;
        for (int k = 0; k < n; k++)
            if (k != i && !(i < headings && k < headings)) {
                int l = likeness(&c[i], &c[k]);
                score += l * c[k].weight;
                agree += l >= 50;
            }
        score += i < headings ? (agree ? 60 * c[i].weight : 0) : 30 * c[i].weight;
        if (i == 0 && g->headings.n == 1 && headings && c[i].weight == 3 && c[i].n >= ALONE_WORDS) score += ALONE;
        if (score > best_score) best_score = score, best = i;
    }
    return best < 0 ? (Str){0} : c[best].text;
}

/* ---- author ----------------------------------------------------------------------------------------------------- */
static Str first_name(Gathered *g, const Strs *from)
{
    Buf out = {.to = g->a};
    int32_t n = 0;
    for (int32_t i = 0; i < from->n && n < 6; i++) {
        Str name = byline_clean(g->a, from->v[i]);
        if (!name.n || (out.n && str_find(buf_str(&out), name) >= 0)) continue;
        if (out.n) buf_add(&out, S(", "));
        buf_add(&out, name);
        n++;
    }
    return buf_str(&out);
}

static Str choose_author(Gathered *g, Str site, Str host, Meta *m)
{
    Str choices[8];
    int n = 0;
    Strs metas = {0}, one = {0};
    for (int rank = 0; rank < 3 && !metas.n; rank++)
        for (int32_t i = 0; i < g->found.n; i++)
            if (g->found.v[i].slot == FROM_AUTHOR && g->found.v[i].rank == rank && byline_clean(g->a, g->found.v[i].value).n) *push(g->a, &metas) = g->found.v[i].value;
    choices[n++] = first_name(g, &g->ld.authors);
    choices[n++] = first_name(g, &metas);
    choices[n++] = first_name(g, &g->prop_authors);
    choices[n++] = first_name(g, &g->rel_authors);
    for (int32_t i = 0; i < g->bylines.n && !one.n; i++)
        if (byline_clean(g->a, g->bylines.v[i]).n) *push(g->a, &one) = g->bylines.v[i];
    choices[n++] = first_name(g, &one);
    int best = -1;
    for (int i = 0; i < n; i++) {
        if (!choices[i].n) continue;
        bool is_house = is_same_name(g->a, choices[i], site) || is_same_name(g->a, choices[i], host);
        if (best < 0) best = i;
        if (!is_house && (i == 0 || str_find(choices[i], S(" ")) > 0 || i == n - 1)) return choices[i];
    }
    m->author_is_house = best >= 0;
    return best < 0 ? (Str){0} : choices[best];
}

/* ---- date ------------------------------------------------------------------------------------------------------- */
static bool american(Str lang, Str host)
{
    static const Str elsewhere[] = {S(".uk"), S(".au"), S(".in"), S(".ie"), S(".nz"), S(".za"), S(".eu"), S(".de"), S(".fr"), S(".it"), S(".es"), S(".br"), S(".ng"), S(".gd"), S(".jm")};
    if (str_starts(lang, S("en-US")) || str_starts(lang, S("en_US"))) return true;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) if (str_ends(host, elsewhere[i])) return false;
    return !lang.n || str_eq_fold(str_sub(lang, 0, 2), S("en")) ? lang.n <= 2 : false;
}

static bool use_date(Arena *a, Meta *m, Str s)
{
    PageDate d;
    if (m->published.n || !s.n || s.n > 120) return false;
    if (!date_of_machine(a, s, &d)) {
        if (!date_in_text(a, s, m->is_day_first, &d)) return false;
        if (d.is_ambiguous) return false;
    }
    m->published = d.iso;
    m->how = PUBLISHED_STATED;
    return true;
}

/* "2025-03-19T02:10Z" at an address of the 18th: evening there, and the paper's own day is meant. */
static bool is_next_day(Str published, Date day)
{
    Date said;
    if (published.n <= 10 || !date_parse(str_sub(published, 0, 10), &said)) return false;
    int32_t apart = date_days(said) - date_days(day);
    return apart == 1 || apart == -1;
}

static void choose_date(Gathered *g, Meta *m, Str uri)
{
    PageDate d;
    use_date(g->a, m, g->ld.published);
    for (int rank = 1; rank <= 2; rank++)
        for (int32_t i = 0; i < g->found.n; i++) if (g->found.v[i].slot == FROM_DATE && g->found.v[i].rank == rank) use_date(g->a, m, g->found.v[i].value);
    for (int32_t i = 0; i < g->marked_times.n; i++) use_date(g->a, m, g->marked_times.v[i]);
    if (!m->published.n && date_in_address(g->a, uri, &d)) m->published = d.iso, m->how = PUBLISHED_STATED;
    if (!m->published.n && date_in_address(g->a, g->canonical, &d)) m->published = d.iso, m->how = PUBLISHED_STATED;
    use_date(g->a, m, g->ld.page_published);
    if (m->published.n && date_in_address(g->a, uri, &d) && is_next_day(m->published, d.day)) m->published = d.iso;
    for (int32_t i = 0; i < g->times.n; i++) use_date(g->a, m, g->times.v[i]);
    for (int rank = 3; rank <= 4; rank++)
        for (int32_t i = 0; i < g->found.n; i++) if (g->found.v[i].slot == FROM_DATE && g->found.v[i].rank == rank) use_date(g->a, m, g->found.v[i].value);
}

/* ---- what the header names --------------------------------------------------------------------------------------- */
static bool is_address(Str s) { return str_starts(s, S("http://")) || str_starts(s, S("https://")); }

void meta_read(Arena *a, const Html *h, Str uri, Meta *m)
{
    Gathered g = {.a = a, .h = h};
    *m = (Meta){0};
    gather(&g);
    Str og = best_of(&g, FROM_URI);
    m->uri = is_address(g.canonical) ? g.canonical : is_address(og) ? og : is_address(g.ld.uri) ? g.ld.uri : is_address(uri) ? uri : (Str){0};
    if (is_address(uri)) m->uri = uri;                   /* the caller knows where it was fetched */
    Str host = host_of(m->uri);
    Str name = host;
    for (ptrdiff_t i = host.n - 1; i > 0; i--) if (host.p[i] == '.') { name = str_sub(host, 0, i); break; }
    m->publisher = best_of(&g, FROM_SITE);
    if (str_eq(m->publisher, g.page_title)) m->publisher = (Str){0};   /* some put the title there */
    if (!m->publisher.n || m->publisher.n > 80) m->publisher = g.ld.publisher.n ? g.ld.publisher : g.ld.site.n ? g.ld.site : host;
    m->lang = g.html_lang.n ? g.html_lang : g.ld.lang.n ? g.ld.lang : best_of(&g, FROM_LANG);
    m->description = best_of(&g, FROM_DESCRIPTION);
    m->body = g.ld.body;
    m->heading = g.headings.n ? g.headings.v[0] : (Str){0};
    m->is_day_first = !american(m->lang, host);
    m->title = choose_title(&g, m->publisher, name);
    m->author = choose_author(&g, m->publisher, name, m);
    choose_date(&g, m, m->uri);
}

/* "By Ana Ruiz" on a line of its own between the title and the text, or in its first lines. */
static void look_for_author(Arena *a, const Blocks *blocks, const Row *rows, Meta *m)
{
    static const Str heads[] = {S("By "), S("BY "), S("by "), S("| By "), S("Written by"), S("WRITTEN BY"), S("Posted by"), S("posted by"), S("---- by "), S("Words by"), S("Author:"), S("Text:"), S("Por "), S("Von ")};
    Str house = m->author_is_house ? m->author : (Str){0};
    if (m->author_is_house) m->author = (Str){0};        /* a person who signs comes before the house */
    for (int32_t b = 0; b < blocks->n && !m->author.n; b++) {
        int32_t from = rows[b][FEATURE_FROM_TITLE];
        Str s = blocks->v[b].text;
        if (from < -3 || from > 14 || s.n > 160 || rows[b][FEATURE_CLASS_COMMENT] < 9 || rows[b][FEATURE_CLASS_RELATED] < 3) continue;
        bool is_alone = str_eq_fold(s, S("by")) || str_eq_fold(s, S("by:")) || str_eq_fold(s, S("author:"));
        if (is_alone && b + 1 < blocks->n) m->author = byline_clean(a, blocks->v[b + 1].text);
        for (size_t k = 0; k < sizeof heads / sizeof *heads && !m->author.n; k++)
            if (str_starts(s, heads[k])) m->author = byline_clean(a, str_starts(s, S("| ")) ? str_sub(s, 2, s.n) : str_starts(s, S("-")) ? str_sub(s, 5, s.n) : s);
    }
    if (!m->author.n) m->author = house;
}

/* A line near the title that holds little but a date, or says "published"; and the writer, where the head is silent. */
void meta_look(Arena *a, const Html *h, const Blocks *blocks, const Row *rows, Meta *m)
{
    (void)h;
    look_for_author(a, blocks, rows, m);
    int32_t best = -1, best_score = 0;
    PageDate found = {0};
    for (int32_t b = 0; b < blocks->n && !m->published.n; b++) {
        const int32_t *r = rows[b];
        PageDate d;
        Str s = blocks->v[b].text;
        int32_t from = r[FEATURE_FROM_TITLE];
        if (s.n > 240 || r[FEATURE_IN_FOOTER] || r[FEATURE_CLASS_COMMENT] < 9 || r[FEATURE_CLASS_RELATED] < 4 || !date_in_text(a, s, m->is_day_first, &d)) continue;
        int32_t score = 10;
        bool is_near = from > -200 && from >= -8 && from <= 15;
        score += is_near ? 30 - (from < 0 ? -from : from) : 0;
        score += r[FEATURE_CLASS_DATE] <= 2 ? 15 : 0;
        score += r[FEATURE_CLASS_BYLINE] <= 2 ? 6 : 0;
        score += r[FEATURE_WORDS_TIME] ? 4 : 0;
        score -= (int32_t)(s.n - (d.end - d.begin)) / 4;
        score -= b * 20 / (blocks->n + 1);
        if (str_find(s, S("pdated")) >= 0 && str_find(s, S("ublished")) < 0 && str_find(s, S("osted")) < 0) score -= 12;
        if (score > best_score && (is_near || r[FEATURE_CLASS_DATE] <= 2)) best_score = score, best = b, found = d;
    }
    if (best < 0) return;
    m->published = found.iso;
    m->how = found.is_ambiguous ? PUBLISHED_INFERRED : PUBLISHED_STATED;
}
