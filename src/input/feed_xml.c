/* The tree of an XML file, from libxml2's parser used as a stream of events.
**
** Two readings. The first is strict: what passes it is well-formed. What does not is read again, mended: everything
** before the first element goes, every '&' and every '<' that opens nothing is hidden behind a noncharacter that the
** parser takes for text, and its references are settled here; end tags close what they name and not what was opened
** last.
**
**  in:  <rss><channel><title>Caf&eacute; & port<b></title>     well-formed? no: Entity 'eacute' not defined
**  out: rss → channel → title → "Café & port", b
**
** The second reading also serves a file whose DOCTYPE declares entities: only those that are plain text are put in,
** the others stand as they were written, so nothing grows and nothing is fetched.
**
** Always: a parent before its children, depth at most DEPTH_MAX (what is deeper is left out and is_cut). Every
** quadratic spot of the parser has a cap: attributes of a tag, namespaces that are open, depth. Cost: two passes at
** most.
*/
#include "input/feed_inside.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <string.h>

enum {
    DEPTH_MAX = 500,             /* the deepest real feed here stands at 40 (HTML that was pasted in) */
    NODES_MAX = 2000000,         /* 90 bytes each, within the budget of a document */
    TAG_ATTRS_MAX = 1000,        /* libxml2 compares each attribute with all before it */
    NAMESPACES_MAX = 1000,       /* and looks a prefix up among all that are open */
    ENTITY_MAX = 256,            /* bytes of a declared entity that is put in: names of firms, copyright lines */
    ENTITIES_MAX = 1000,
    PADS = 100,  /* end tags without a start that a mended file may hold: each costs libxml2 one level */
};
#define HIDDEN_AMP "\xEF\xB7\x90"  /* U+FDD0 and U+FDD1: noncharacters, "for internal use" (Unicode 23.7) */
#define HIDDEN_LT "\xEF\xB7\x91"

typedef struct {
    Arena *a;
    Xml *x;
    xmlParserCtxtPtr parser;
    int32_t stack[DEPTH_MAX], namespaces[DEPTH_MAX];
    int32_t depth, open_namespaces;
    bool is_mended, has_entities;
    Str mismatch;  /* the end tag that stands there; else it is the one expected */
    Map declared;                                        /* entities of the DOCTYPE: index into values */
    Strs values;
    int64_t expanded, expand_max;
} Reading;

/* ---- the parser of this thread ----------------------------------------------------------------------------------- */
/* When the arena lands in mid-feed the parser stays open; the thread's next feed, or its end, closes it. */
static pthread_key_t open_parser;
static pthread_once_t open_parser_once = PTHREAD_ONCE_INIT;

static void free_parser(void *with)
{
    xmlParserCtxtPtr parser = with;
    xmlDocPtr doc = parser->myDoc;
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    if (doc) xmlFreeDoc(doc);
}

static void make_key(void)
{
    xmlInitParser();
    pthread_key_create(&open_parser, free_parser);
}

void parser_keep(void *parser)
{
    pthread_once(&open_parser_once, make_key);
    void *last = pthread_getspecific(open_parser);
    if (last) free_parser(last);
    pthread_setspecific(open_parser, parser);
}

/* ---- names ------------------------------------------------------------------------------------------------------- */
/* Namespaces under the prefix that everybody knows them by; "" for the feeds' own. Addresses as their makers publish
** them, in small letters; a last slash or '#' is left off. */
static const struct { const char *uri, *prefix; } namespaces[] = {
    {"http://backend.userland.com/creativecommonsrssmodule", "creativecommons"},
    {"http://example.com/dtds/podcast-1.0.dtd", "itunes"}, {"http://my.netscape.com/rdf/simple/0.9", ""},
    {"http://podlove.org/simple-chapters", "psc"}, {"http://purl.org/atom/ns", ""},
    {"http://purl.org/dc/elements/1.1", "dc"}, {"http://purl.org/dc/terms", "dcterms"}, {"http://purl.org/echo", ""},
    {"http://purl.org/pie", ""}, {"http://purl.org/rss/1.0", ""},
    {"http://purl.org/rss/1.0/modules/content", "content"}, {"http://purl.org/rss/1.0/modules/slash", "slash"},
    {"http://purl.org/rss/1.0/modules/syndication", "sy"}, {"http://purl.org/rss/1.0/modules/taxonomy", "taxo"},
    {"http://purl.org/syndication/thread/1.0", "thr"}, {"http://rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    {"http://search.yahoo.com/mrss", "media"}, {"http://web.resource.org/cc", "cc"},
    {"http://webns.net/mvcb", "admin"}, {"http://wellformedweb.org/commentapi", "wfw"},
    {"http://www.georss.org/georss", "georss"}, {"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    {"http://www.opengis.net/gml", "gml"}, {"http://www.rssboard.org/media-rss", "media"},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"}, {"http://www.w3.org/1999/xhtml", "xhtml"},
    {"http://www.w3.org/1999/xlink", "xlink"}, {"http://www.w3.org/2005/atom", ""},
    {"http://www.w3.org/xml/1998/namespace", "xml"}, {"uri/of/echo/namespace", ""}};

static Str lower(Arena *a, const xmlChar *z)
{
    Str s = arena_str(a, str_of((const char *)z));
    for (char *p = (char *)s.p; *p; p++)
        if (*p >= 'A' && *p <= 'Z') *p += 32;
    return s;
}

static Str known_prefix(Str uri, Str written)
{
    while (uri.n && (uri.p[uri.n - 1] == '/' || uri.p[uri.n - 1] == '#')) uri.n--;
    if (str_find(uri, S("backend.userland.com/rss")) >= 0 || str_find(uri, S("blogs.law.harvard.edu/tech/rss")) >= 0)
        return S("");
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
        if (str_eq(uri, str_of(namespaces[i].uri))) return str_of(namespaces[i].prefix);
    return written;
}

/* "title" and "dc" give "dc_title"; the between of attributes is a colon. */
static Str name_of(Reading *r, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, char between)
{
    Str name = lower(r->a, local), before = prefix ? lower(r->a, prefix) : (Str){0};
    if (uri) before = known_prefix(lower(r->a, uri), before);
    return before.n ? arena_printf(r->a, "%.*s%c%.*s", STR(before), between, STR(name)) : name;
}

/* ---- references, where the parser did not settle them ------------------------------------------------------------ */
static bool put_declared(Reading *r, Buf *out, Str s, ptrdiff_t *n)
{
    ptrdiff_t end = str_find(str_sub(s, 0, 64), S(";"));
    int32_t i = end > 1 ? map_get(&r->declared, str_sub(s, 1, end)) : -1;
    if (i < 0 || r->expanded > r->expand_max) return false;
    buf_add(out, r->values.v[i]);
    r->expanded += r->values.v[i].n;
    *n = end + 1;
    return true;
}

/* Text with hidden marks as it was meant; in a CDATA section a mark is just the character. */
static Str unhide(Reading *r, Str s, bool is_cdata)
{
    static const char lead = HIDDEN_AMP[0];
    if (!r->is_mended || !memchr(s.p, lead, (size_t)s.n)) return arena_str(r->a, s);
    Buf out = {.to = r->a};
    for (ptrdiff_t i = 0; i < s.n;) {
        Str here = str_sub(s, i, s.n);
        if (str_starts(here, S(HIDDEN_LT))) {
            buf_char(&out, '<');
            i += 3;
        } else if (str_starts(here, S(HIDDEN_AMP))) {
            i += 3;
            Str name = arena_printf(r->a, "&%.*s", STR(str_sub(s, i, i + 40)));
            ptrdiff_t n;
            int32_t cp = is_cdata ? -1 : html_reference(name, &n);
            if (cp >= 0) html_put_letter(&out, cp), i += n - 1;
            else if (!is_cdata && put_declared(r, &out, name, &n)) i += n - 1;
            else buf_char(&out, '&');
        } else {
            buf_char(&out, s.p[i++]);
        }
    }
    return buf_str(&out);
}

/* ---- events ------------------------------------------------------------------------------------------------------ */
static void cut(Reading *r)
{
    r->x->is_cut = true;
    xmlStopParser(r->parser);
}

static int32_t add_node(Reading *r)
{
    Xml *x = r->x;
    if (x->nodes.n >= NODES_MAX) return cut(r), -1;
    int32_t parent = r->stack[r->depth - 1], i = x->nodes.n;
    *push(r->a, &x->nodes) =
        (XmlNode){.parent = parent, .first = -1, .last = -1, .next = -1, .depth = r->depth, .attr = x->attrs.n};
    XmlNode *p = &x->nodes.v[parent];
    if (p->last >= 0) x->nodes.v[p->last].next = i;
    else p->first = i;
    p->last = i;
    return i;
}

static void on_start(void *with, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
                     const xmlChar **spaces, int n_attrs, int n_defaulted, const xmlChar **attrs)
{
    Reading *r = with;
    (void)n_defaulted;
    if (r->is_mended && !prefix && strcmp((const char *)local, "demarche-pad") == 0) return;
    if (r->depth >= DEPTH_MAX || r->open_namespaces + n_namespaces > NAMESPACES_MAX) { cut(r); return; }
    int32_t i = add_node(r);
    if (i < 0) return;
    for (int k = 0; k < n_namespaces; k++)
        if (r->x->uris.n < NAMESPACES_MAX && spaces[2 * k + 1])
            *push(r->a, &r->x->uris) = lower(r->a, spaces[2 * k + 1]);
    for (int k = 0; k < n_attrs; k++) {
        const xmlChar **t = attrs + 5 * k;
        XmlAttr attr = {name_of(r, t[0], t[1], t[2], ':'), unhide(r, (Str){(const char *)t[3], t[4] - t[3]}, false)};
        *push(r->a, &r->x->attrs) = attr;
        r->x->nodes.v[i].n_attrs++;
    }
    XmlNode *n = &r->x->nodes.v[i];
    n->key = name_of(r, local, prefix, uri, '_');
    n->name = arena_str(r->a, str_of((const char *)local));
    if (uri) n->uri = lower(r->a, uri);
    r->namespaces[r->depth] = n_namespaces;
    r->open_namespaces += n_namespaces;
    r->stack[r->depth++] = i;
}

/* The end tag's own name decides: what stands open above it was never closed; one that names nothing open is a slip. */
static void on_end(void *with, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    Reading *r = with;
    (void)prefix;
    (void)uri;
    Str name = r->mismatch.n ? r->mismatch : str_of((const char *)local);
    r->mismatch = (Str){0};
    ptrdiff_t colon = str_find(name, S(":"));
    if (colon >= 0) name = str_sub(name, colon + 1, name.n);
    for (int32_t d = r->depth - 1; d > 0; d--) {
        if (!str_eq(r->x->nodes.v[r->stack[d]].name, name)) continue;
        while (r->depth > d) r->open_namespaces -= r->namespaces[--r->depth];
        return;
    }
}

static void put_text(Reading *r, const xmlChar *text, int n, bool is_cdata)
{
    int32_t i = add_node(r);
    if (i >= 0) r->x->nodes.v[i].text = unhide(r, (Str){(const char *)text, n}, is_cdata);
}
static void on_text(void *with, const xmlChar *text, int n) { put_text(with, text, n, false); }
static void on_cdata(void *with, const xmlChar *text, int n) { put_text(with, text, n, true); }

/* An entity that the DOCTYPE may declare: the second reading puts it in. Undeclared ones are an error of the first. */
static void on_reference(void *with, const xmlChar *name)
{
    (void)name;
    ((Reading *)with)->has_entities = true;
}

static xmlEntityPtr find_entity(void *with, const xmlChar *name)
{
    static xmlChar space[] = " ";
    static xmlEntity later = {.type = XML_ENTITY_DECL,
                              .etype = XML_INTERNAL_PREDEFINED_ENTITY,
                              .content = space,
                              .length = 1};
    Reading *r = with;
    if (map_get(&r->declared, str_of((const char *)name)) < 0) return NULL;
    r->has_entities = true;
    return &later;
}

static void on_entity(void *with, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system,
                      xmlChar *content)
{
    Reading *r = with;
    (void)public;
    (void)system;
    if (r->is_mended || r->values.n >= ENTITIES_MAX ||
        (type != XML_INTERNAL_GENERAL_ENTITY && type != XML_EXTERNAL_GENERAL_PARSED_ENTITY))
        return;
    Str key = arena_str(r->a, str_of((const char *)name)), value = str_of((const char *)content);
    bool is_plain = type == XML_INTERNAL_GENERAL_ENTITY && value.n <= ENTITY_MAX && str_find(value, S("&")) < 0 &&
                    str_find(value, S("<")) < 0;
    if (map_get(&r->declared, key) >= 0) return;         /* the first declaration binds (XML 1.0, section 4.2) */
    if (!is_plain) value = arena_printf(r->a, "&%.*s;", STR(key));
    *map_at(&r->declared, key) = r->values.n;
    *push(r->a, &r->values) = arena_str(r->a, value);
}

static void on_doctype(void *with, const xmlChar *name, const xmlChar *public, const xmlChar *system)
{
    Reading *r = with;
    (void)name;
    (void)system;
    if (public) r->x->doctype = arena_str(r->a, str_of((const char *)public));
}

static void on_error(void *with, xmlErrorPtr error)
{
    Reading *r = with;
    if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str2)
        r->mismatch = arena_str(r->a, str_of((const char *)error->str2));
    if (error->level < XML_ERR_ERROR || r->x->why.n || r->is_mended || !error->message) return;
    if (error->code == XML_NS_ERR_XML_NAMESPACE || error->code == XML_WAR_NS_URI ||
        error->code == XML_WAR_NS_URI_RELATIVE)
        return;
    Str message = str_trim(str_sub(str_of(error->message), 0, 200));
    r->x->why = arena_printf(r->a, "line %d: %.*s", error->line, STR(utf8_clean(r->a, message)));
}

static void parse(Reading *r, Str text)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_cdata,
                         .reference = on_reference,
                         .getEntity = find_entity,
                         .entityDecl = on_entity,
                         .internalSubset = on_doctype,
                         .serror = on_error};
    r->x->nodes.n = r->x->attrs.n = r->x->uris.n = 0;
    *push(r->a, &r->x->nodes) = (XmlNode){.parent = -1, .first = -1, .last = -1, .next = -1};
    r->stack[0] = 0;
    r->depth = 1;
    r->open_namespaces = 0;
    r->mismatch = (Str){0};
    if (!text.n) return;
    parser_keep(NULL);
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(text.p, (int)text.n);
    if (!parser) return;
    parser_keep(parser);
    r->parser = parser;
    memcpy(parser->sax, &sax, sizeof sax);
    parser->userData = r;
    xmlCtxtUseOptions(parser, (r->is_mended ? XML_PARSE_RECOVER : 0) | XML_PARSE_NOENT | XML_PARSE_NONET |
                                  XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlParseDocument(parser);
    if (!r->is_mended && !r->x->is_cut && (!parser->wellFormed || !parser->nsWellFormed) && !r->x->why.n)
        r->x->why = S("not well-formed");
    parser_keep(NULL);
}

/* ---- mending ----------------------------------------------------------------------------------------------------- */
static bool starts_name(char c)
{
    return (c | 32) == 'a' || ((c | 32) > 'a' && (c | 32) <= 'z') || c == '_' || c == ':' || (c & 0x80);
}

/* Bytes up to `end`, or -1. What was missed once is not looked for again: junk of open comments would be quadratic. */
static ptrdiff_t length_to(Str here, Str end, bool *is_missing)
{
    ptrdiff_t n = *is_missing ? -1 : str_find(here, end);
    *is_missing |= n < 0;
    return n;
}

/* Where the first element begins: behind declarations, comments, a DOCTYPE with its brackets, and junk. */
static ptrdiff_t first_element(Str s)
{
    bool no_comment = false, no_instruction = false, no_close = false, no_bracket = false;
    for (ptrdiff_t i = 0; i + 1 < s.n; i++) {
        const char *p = memchr(s.p + i, '<', (size_t)(s.n - i));
        if (!p || (i = p - s.p) + 1 >= s.n) return s.n;
        Str here = str_sub(s, i, s.n);
        ptrdiff_t skip = -1;
        if (starts_name(s.p[i + 1])) return i;
        if (str_starts(here, S("<!--"))) skip = length_to(here, S("-->"), &no_comment);
        else if (str_starts(here, S("<?"))) skip = length_to(here, S("?>"), &no_instruction);
        else if (str_starts(here, S("<!"))) {
            ptrdiff_t close = length_to(here, S(">"), &no_close);
            bool has_subset = close > 0 && memchr(here.p, '[', (size_t)close);
            skip = has_subset ? length_to(here, S("]>"), &no_bracket) : close;
        }
        if (skip > 0) i += skip;
    }
    return s.n;
}

/* A '<' that opens a tag, an end, a comment, a section or an instruction. */
static bool opens_markup(Str s, ptrdiff_t i)
{
    if (i + 1 >= s.n) return false;
    char c = s.p[i + 1];
    if (c == '/') return i + 2 < s.n && starts_name(s.p[i + 2]);
    if (c == '!') return str_starts(str_sub(s, i, s.n), S("<!--")) || str_starts(str_sub(s, i, s.n), S("<![CDATA["));
    return c == '?' || starts_name(c);
}

static Str mended(Reading *r, Str s)
{
    s = str_sub(s, first_element(s), s.n);
    Buf out = {.to = r->a};
    for (int i = 0; i < PADS; i++) buf_add(&out, S("<demarche-pad>"));
    for (ptrdiff_t i = 0, from = 0; i <= s.n; i++) {
        unsigned char c = i < s.n ? (unsigned char)s.p[i] : 0;
        bool is_control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        bool is_mark = c == 0xEF && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xB7;
        if (i < s.n && c != '&' && c != '<' && !is_control && !is_mark) continue;
        if (i < s.n && c == '<' && opens_markup(s, i)) continue;
        buf_add(&out, str_sub(s, from, i));
        from = i + 1;
        if (i == s.n) break;
        if (c == '&') buf_add(&out, S(HIDDEN_AMP));
        else if (c == '<') buf_add(&out, S(HIDDEN_LT));
        else if (is_control) buf_char(&out, ' ');
        /* rare: Arabic forms share the lead bytes U+FDC0–FDFF */
        else buf_add(&out, S("\xEF\xBF\xBD")), from += 2, i += 2;
    }
    return buf_str(&out);
}

/* Attributes of the longest tag, counted between one '<' and the next: libxml2 gives up a tag at a '<' in a value. */
static bool has_monster(Str s)
{
    for (ptrdiff_t i = 0; i < s.n;) {
        const char *p = memchr(s.p + i, '<', (size_t)(s.n - i));
        if (!p) return false;
        char quote = 0;
        int n = 0;
        for (i = p - s.p + 1; i < s.n && s.p[i] != '<'; i++) {
            char c = s.p[i];
            if (quote) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                break;
            } else if (c == '=' && ++n > TAG_ATTRS_MAX) {
                return true;
            }
        }
    }
    return false;
}

void xml_parse(Arena *a, Str utf8, Xml *x)
{
    *x = (Xml){0};
    Reading *r = arena_new(a, Reading, 1);
    r->a = a;
    r->x = x;
    r->declared.to = a;
    r->expand_max = utf8.n + 4096;                       /* a feed may at most double by its own entities */
    bool is_monstrous = has_monster(utf8);
    if (!is_monstrous) parse(r, utf8);
    if (!is_monstrous && !x->why.n && !r->has_entities) return;
    if (is_monstrous) {
        x->why = arena_printf(a, "a tag has more than %d attributes", TAG_ATTRS_MAX);
        x->is_cut = true;
        *push(a, &x->nodes) = (XmlNode){.parent = -1, .first = -1, .last = -1, .next = -1};
        return;
    }
    bool was_cut = x->is_cut;
    r->is_mended = true;
    parse(r, mended(r, utf8));
    x->is_cut |= was_cut;
}

Str xml_attr(const Xml *x, int32_t node, Str name)
{
    const XmlNode *n = &x->nodes.v[node];
    for (int32_t i = 0; i < n->n_attrs; i++)
        if (str_eq(x->attrs.v[n->attr + i].name, name)) return x->attrs.v[n->attr + i].value;
    return (Str){0};
}
