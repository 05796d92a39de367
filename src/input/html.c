/* The tree of a page, from libxml2's HTML parser used as a stream of events.
**
** The parser closes what authors leave open; we only keep what it says. Its own tree is never built, so a page costs
** one arena, and a page nested a million deep costs no stack: below HTML_DEPTH_MAX elements are counted, not kept.
**
** Always: see html.h. Left to others: which part of the page is the article (article.c), what its head says (meta.c).
*/
#include "input/html.h"
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <string.h>

enum { VALUE_MAX = 1 << 20 };                           /* bytes of a quoted value: pictures are written into pages */

#define TAG_ROW(s, n, k) {n, sizeof(n) - 1, k},
static const struct { const char *name; uint8_t n; char kind; } tags[] = {HTML_TAGS(TAG_ROW)};

typedef struct {
    Arena *a;
    Html *h;
    htmlParserCtxtPtr parser;
    int32_t stack[HTML_DEPTH_MAX];
    int32_t depth, beyond;                               /* open elements kept; open elements below the cap */
} Builder;

static HtmlTag tag_of(const char *name)
{
    ptrdiff_t n = (ptrdiff_t)strlen(name);
    int lo = TAG_A, hi = TAG_COUNT - 1;                  /* the rows from TAG_A on stand in order of the alphabet */
    while (lo <= hi) {
        int mid = (lo + hi) / 2;
        int order = str_cmp((Str){name, n}, (Str){tags[mid].name, tags[mid].n});
        if (order == 0) return (HtmlTag)mid;
        if (order < 0) hi = mid - 1;
        else lo = mid + 1;
    }
    return TAG_OTHER;
}

char html_kind(HtmlTag tag) { return tags[tag].kind; }

static int32_t add_node(Builder *b, HtmlTag tag)
{
    Html *h = b->h;
    if (h->nodes.n >= HTML_NODES_MAX) return -1;
    int32_t parent = b->stack[b->depth - 1], i = h->nodes.n;
    *push(b->a, &h->nodes) = (HtmlNode){.tag = tag, .parent = parent, .first = -1, .last = -1, .next = -1, .attr = h->attrs.n};
    HtmlNode *p = &h->nodes.v[parent];
    if (p->last >= 0) h->nodes.v[p->last].next = i;
    else p->first = i;
    p->last = i;
    return i;
}

/* The attributes that somebody asks for; the rest (sources of pictures, styles of frameworks) is most of a page's bytes. */
static const Str attrs_kept[] = {
    S("aria-hidden"), S("class"), S("content"), S("data-component"), S("data-qa"), S("data-testid"), S("datetime"), S("hidden"),
    S("href"), S("http-equiv"), S("id"), S("itemprop"), S("itemtype"), S("lang"), S("name"), S("property"), S("pubdate"),
    S("rel"), S("role"), S("style"), S("title"), S("type"), S("xml:lang")};

static const Str *attr_kept(const char *name)
{
    Str s = str_of(name);
    int lo = 0, hi = (int)(sizeof attrs_kept / sizeof *attrs_kept) - 1;
    while (lo <= hi) {
        int mid = (lo + hi) / 2, order = str_cmp(s, attrs_kept[mid]);
        if (order == 0) return &attrs_kept[mid];
        if (order < 0) hi = mid - 1;
        else lo = mid + 1;
    }
    return NULL;
}

static void stop(Builder *b)
{
    b->h->is_cut = true;
    xmlStopParser(b->parser);
}

static void on_start(void *with, const xmlChar *name, const xmlChar **attrs)
{
    Builder *b = with;
    if (b->depth == HTML_DEPTH_MAX || b->beyond) {
        if (++b->beyond + b->depth > HTML_OPEN_MAX) stop(b);
        return;
    }
    HtmlTag tag = tag_of((const char *)name);
    int32_t i = add_node(b, tag);
    if (i < 0) { stop(b); return; }
    for (; attrs && attrs[0]; attrs += 2) {
        const Str *kept = attr_kept((const char *)attrs[0]);
        if (!kept) continue;
        *push(b->a, &b->h->attrs) = (HtmlAttr){*kept, arena_str(b->a, str_of((const char *)attrs[1]))};
        b->h->nodes.v[i].n_attrs++;
    }
    b->stack[b->depth++] = i;
}

static void on_end(void *with, const xmlChar *name)
{
    Builder *b = with;
    (void)name;                                          /* the parser balances starts and ends */
    if (b->beyond) { b->beyond--; return; }
    if (b->depth > 1) b->depth--;
}

/* Text comes in pieces of a kilobyte or less; each is a node. That of scripts and styles is dropped, JSON-LD is kept. */
static void on_text(void *with, const xmlChar *text, int n)
{
    Builder *b = with;
    Html *h = b->h;
    int32_t parent = b->stack[b->depth - 1];
    HtmlTag tag = h->nodes.v[parent].tag;
    if (tag == TAG_STYLE || tag == TAG_SVG) return;
    if (tag == TAG_SCRIPT && str_find(html_attr(h, parent, S("type")), S("ld+json")) < 0) return;
    int32_t i = add_node(b, TAG_TEXT);
    if (i >= 0) h->nodes.v[i].text = arena_str(b->a, (Str){(const char *)text, n});
}

/* When the arena lands in mid-page the parser stays open; the thread's next page, or its end, closes it. */
static pthread_key_t open_parser;
static pthread_once_t open_parser_once = PTHREAD_ONCE_INIT;
static void free_parser(void *parser) { htmlFreeParserCtxt(parser); }
static void make_key(void)
{
    xmlInitParser();
    pthread_key_create(&open_parser, free_parser);
}
static void leave_open(htmlParserCtxtPtr parser)
{
    htmlParserCtxtPtr last = pthread_getspecific(open_parser);
    if (last) htmlFreeParserCtxt(last);
    pthread_setspecific(open_parser, parser);
}

static void on_error(void *with, const char *message, ...) { (void)with; (void)message; }

/* What the parser would only walk through: comments, and what stands in scripts (JSON-LD aside) and styles. More than half of
** a page; the parser reads it letter by letter, memchr does not. */
static ptrdiff_t end_of_raw(Str s, ptrdiff_t i, Str close)
{
    for (; i < s.n; i++) {
        const char *at = memchr(s.p + i, '<', (size_t)(s.n - i));
        if (!at) return s.n;
        i = at - s.p;
        if (str_eq_fold(str_sub(s, i, i + close.n), close)) return i;
    }
    return s.n;
}

/* The end of a tag that begins at `begin` (behind its '>', or at the next '<'), and how many attributes it may have. */
static ptrdiff_t end_of_tag(Str s, ptrdiff_t begin, int32_t *n_attrs)
{
    ptrdiff_t i = begin + 1;
    *n_attrs = 0;
    for (; i < s.n && s.p[i] != '>' && s.p[i] != '<'; i++) {
        bool is_gap = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r' || s.p[i] == '\f' || s.p[i] == '/';
        if (is_gap && i + 1 < s.n) *n_attrs += (s.p[i + 1] | 32) >= 'a' && (s.p[i + 1] | 32) <= 'z';
        if ((s.p[i] != '"' && s.p[i] != '\'') || i == begin + 1 || s.p[i - 1] != '=') continue;
        ptrdiff_t room = s.n - i - 1 < VALUE_MAX ? s.n - i - 1 : VALUE_MAX;
        const char *close = memchr(s.p + i + 1, s.p[i], (size_t)room);
        if (close) i = close - s.p;
    }
    return i < s.n && s.p[i] == '>' ? i + 1 : i;
}

/* A copy without it. False: a tag has so many attributes that the parser, which compares each with all before it, would be
** held for minutes; *at is its place. */
static bool strip(Arena *a, Str s, Str *out, ptrdiff_t *at)
{
    char *start = arena_take(a, s.n + 1, 1), *to = start;
    bool may_comment = true;
    for (ptrdiff_t i = 0; i < s.n;) {
        const char *open = memchr(s.p + i, '<', (size_t)(s.n - i));
        ptrdiff_t begin = open ? open - s.p : s.n;
        memcpy(to, s.p + i, (size_t)(begin - i));
        to += begin - i;
        i = begin;
        if (i >= s.n) break;
        if (may_comment && str_starts(str_sub(s, i, i + 4), S("<!--"))) {
            ptrdiff_t end = str_find(str_sub(s, i + 2, s.n), S("-->"));
            if (end >= 0) { i += end + 5; continue; }
            may_comment = false;                         /* none ends any more; looking again each time would be quadratic */
        }
        char c = i + 1 < s.n ? (char)(s.p[i + 1] | 32) : 0;
        if (c < 'a' || c > 'z') { *to++ = s.p[i++]; continue; }
        int32_t n_attrs;
        ptrdiff_t end = end_of_tag(s, i, &n_attrs);
        if (n_attrs > HTML_TAG_ATTRS_MAX) { *at = i; return false; }
        Str tag = str_sub(s, i, end);
        memcpy(to, tag.p, (size_t)tag.n);
        to += tag.n;
        i = end;
        bool is_script = str_eq_fold(str_sub(tag, 1, 7), S("script")) && str_find(tag, S("ld+json")) < 0;
        if (is_script && !str_ends(tag, S("/>"))) i = end_of_raw(s, i, S("</script"));
        else if (str_eq_fold(str_sub(tag, 1, 6), S("style")) && tag.n > 6 && !((tag.p[6] | 32) >= 'a' && (tag.p[6] | 32) <= 'z')) i = end_of_raw(s, i, S("</style"));
    }
    *out = (Str){start, to - start};
    return true;
}

bool html_parse(Arena *a, Str utf8, Html *h, Err *e)
{
    ptrdiff_t bad;
    if (!strip(a, utf8, &utf8, &bad))
        return fail(e, ERR_LIMIT, "has a tag with more than %d attributes (byte %td), which no page needs; take it out first", HTML_TAG_ATTRS_MAX, bad);
    *h = (Html){0};
    *push(a, &h->nodes) = (HtmlNode){.tag = TAG_HTML, .parent = -1, .first = -1, .last = -1, .next = -1};
    Builder *b = arena_new(a, Builder, 1);
    b->a = a;
    b->h = h;
    b->depth = 1;
    htmlSAXHandler sax = {.startElement = on_start, .endElement = on_end, .characters = on_text, .cdataBlock = on_text,
                          .ignorableWhitespace = on_text, .warning = on_error, .error = on_error, .fatalError = on_error};
    if (!utf8.n) return true;
    pthread_once(&open_parser_once, make_key);
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(utf8.p, (int)utf8.n);
    leave_open(parser);
    b->parser = parser;
    memcpy(parser->sax, &sax, sizeof sax);
    parser->userData = b;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(parser);
    leave_open(NULL);
    return true;
}

Str html_attr(const Html *h, int32_t node, Str name)
{
    const HtmlNode *n = &h->nodes.v[node];
    for (int32_t i = 0; i < n->n_attrs; i++)
        if (str_eq(h->attrs.v[n->attr + i].name, name)) return h->attrs.v[n->attr + i].value;
    return (Str){0};
}

static const uint16_t western[32] = {                    /* CP1252.TXT of unicode.org; holes stay what they are */
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

int32_t html_next_letter(Str s, ptrdiff_t *i)
{
    unsigned char c = (unsigned char)s.p[*i];
    if (c < 0x80) return s.p[(*i)++];
    int32_t cp = utf8_next(s, i);
    return cp >= 0x80 && cp < 0xA0 ? western[cp - 0x80] : cp;
}

/* The letter as it stands, or as windows-1252 meant it. */
void html_put(Buf *out, int32_t cp, Str written)
{
    if (written.n != 2 || (unsigned char)written.p[0] != 0xC2 || (unsigned char)written.p[1] >= 0xA0) { buf_add(out, written); return; }
    if (cp < 0x80) return;
    if (cp < 0x800) {
        buf_char(out, (char)(0xC0 | cp >> 6));
    } else {
        buf_char(out, (char)(0xE0 | cp >> 12));
        buf_char(out, (char)(0x80 | (cp >> 6 & 63)));
    }
    buf_char(out, (char)(0x80 | (cp & 63)));
}

void html_text(const Html *h, int32_t node, Buf *out)
{
    int32_t at = node;
    bool has_gap = false;
    ptrdiff_t begin = out->n;
    for (;;) {
        const HtmlNode *n = &h->nodes.v[at];
        char kind = html_kind(n->tag);
        if (n->tag == TAG_BR || kind == 'b') {
            if (out->n > begin && out->p[out->n - 1] != '\n') buf_char(out, '\n');
            has_gap = false;
        }
        for (ptrdiff_t i = 0; i < n->text.n;) {
            ptrdiff_t from = i;
            int32_t cp = html_next_letter(n->text, &i);
            if (html_is_blank(cp)) { has_gap = true; continue; }
            if (has_gap && out->n > begin && out->p[out->n - 1] != '\n') buf_char(out, ' ');
            has_gap = false;
            html_put(out, cp, str_sub(n->text, from, i));
        }
        if (n->first >= 0 && (kind != 's' || at == node)) { at = n->first; continue; }
        while (at != node && h->nodes.v[at].next < 0) {
            at = h->nodes.v[at].parent;
            if (html_kind(h->nodes.v[at].tag) == 'b' && out->n > begin && out->p[out->n - 1] != '\n') buf_char(out, '\n');
        }
        if (at == node) break;
        at = h->nodes.v[at].next;
    }
    while (out->n > begin && out->p[out->n - 1] == '\n') out->n--;
}
