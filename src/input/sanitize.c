/* Sanitizing: what strangers' HTML may keep, when it is shown again.
**
** An allow-list, twice: of elements (words, tables, pictures, sound) and of attributes. Everything else goes; what an
** unknown element holds stays, what a script, a style or a drawing holds goes with it. Forms, frames, plug-ins, links
** to style sheets and every style are not on the list, so there is nothing to search for in them. The parser is
** libxml2's; what is written is made anew from its events, balanced, every attribute quoted.
**
**  in:  <p onclick="x()">See <a href="java&#10;script:x()">here</a> &amp; <b>there<script>x()</script>
**  out: <p>See <a>here</a> &amp; <b>there</b></p>
**
** References keep their spelling ("&#8217;" stays): they are hidden from the parser behind a noncharacter and put
** back. Text that would read as an active tag after one more decoding ("&lt;script>") gets a ‹ for its first sign,
** because the next program decodes once too often. Always: parsing the result and writing it again changes nothing
** that counts. Cost: linear; elements nested deeper than DEPTH_MAX are dropped, their text is kept up to libxml2's
** patience.
*/
#include "input/feed_inside.h"
#include "input/html.h"
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 256,             /* elements that are written within each other */
    OPEN_MAX = 1024,             /* and read: libxml2 compares a stray end tag with every open element */
    ATTRS_MAX = 64,
    TAG_SEEN = 1000,             /* bytes of a tag, spelt in references, that are looked through for handlers */
    TAG_MAX = 16 << 10,          /* and of one that stands in a plain text */
};
#define HIDDEN_AMP "\xEF\xB7\x90"                        /* U+FDD0: a noncharacter, "for internal use" (Unicode 23.7) */

/* Sorted. v: void; s: goes with all it holds; the rest are kept. Not here: the tag goes, what it holds stays. */
typedef struct { const char *name; char kind; } NameKind;
static const NameKind elements[] = {
    {"a", 'k'}, {"abbr", 'k'}, {"acronym", 'k'}, {"address", 'k'}, {"applet", 's'}, {"area", 'v'}, {"article", 'k'},
    {"aside", 'k'}, {"audio", 'k'}, {"b", 'k'}, {"bdi", 'k'}, {"bdo", 'k'}, {"big", 'k'}, {"blockquote", 'k'},
    {"br", 'v'}, {"caption", 'k'}, {"center", 'k'}, {"cite", 'k'}, {"code", 'k'}, {"col", 'v'}, {"colgroup", 'k'},
    {"data", 'k'}, {"dd", 'k'}, {"del", 'k'}, {"details", 'k'}, {"dfn", 'k'}, {"dir", 'k'}, {"div", 'k'}, {"dl", 'k'},
    {"dt", 'k'}, {"em", 'k'}, {"figcaption", 'k'}, {"figure", 'k'}, {"font", 'k'}, {"footer", 'k'}, {"h1", 'k'},
    {"h2", 'k'}, {"h3", 'k'}, {"h4", 'k'}, {"h5", 'k'}, {"h6", 'k'}, {"header", 'k'}, {"hr", 'v'}, {"i", 'k'},
    {"img", 'v'}, {"ins", 'k'}, {"kbd", 'k'}, {"li", 'k'}, {"main", 'k'}, {"map", 'k'}, {"mark", 'k'}, {"math", 's'},
    {"menu", 'k'}, {"nav", 'k'}, {"ol", 'k'}, {"p", 'k'}, {"picture", 'k'}, {"pre", 'k'}, {"q", 'k'}, {"rp", 'k'},
    {"rt", 'k'}, {"ruby", 'k'}, {"s", 'k'}, {"samp", 'k'}, {"script", 's'}, {"section", 'k'}, {"select", 's'},
    {"small", 'k'}, {"source", 'v'}, {"span", 'k'}, {"strike", 'k'}, {"strong", 'k'}, {"style", 's'}, {"sub", 'k'},
    {"summary", 'k'}, {"sup", 'k'}, {"svg", 's'}, {"table", 'k'}, {"tbody", 'k'}, {"td", 'k'}, {"template", 's'},
    {"textarea", 's'}, {"tfoot", 'k'}, {"th", 'k'}, {"thead", 'k'}, {"time", 'k'}, {"title", 's'}, {"tr", 'k'},
    {"track", 'v'}, {"tt", 'k'}, {"u", 'k'}, {"ul", 'k'}, {"var", 'k'}, {"video", 'k'}, {"wbr", 'v'}, {"xmp", 's'}};

/* Sorted. u: an address, resolved and checked. */
static const NameKind attributes[] = {
    {"abbr", 'k'}, {"align", 'k'}, {"alt", 'k'}, {"axis", 'k'}, {"bgcolor", 'k'}, {"border", 'k'},
    {"cellpadding", 'k'}, {"cellspacing", 'k'}, {"char", 'k'}, {"charoff", 'k'}, {"cite", 'u'}, {"class", 'k'},
    {"clear", 'k'}, {"color", 'k'}, {"cols", 'k'}, {"colspan", 'k'}, {"compact", 'k'}, {"controls", 'k'},
    {"coords", 'k'}, {"datetime", 'k'}, {"dir", 'k'}, {"face", 'k'}, {"frame", 'k'}, {"headers", 'k'}, {"height", 'k'},
    {"href", 'u'}, {"hreflang", 'k'}, {"hspace", 'k'}, {"id", 'k'}, {"ismap", 'k'}, {"label", 'k'}, {"lang", 'k'},
    {"longdesc", 'u'}, {"loop", 'k'}, {"muted", 'k'}, {"name", 'k'}, {"noshade", 'k'}, {"nowrap", 'k'}, {"open", 'k'},
    {"poster", 'u'}, {"preload", 'k'}, {"rel", 'k'}, {"rev", 'k'}, {"rows", 'k'}, {"rowspan", 'k'}, {"rules", 'k'},
    {"scope", 'k'}, {"shape", 'k'}, {"size", 'k'}, {"span", 'k'}, {"src", 'u'}, {"srclang", 'k'}, {"start", 'k'},
    {"summary", 'k'}, {"title", 'k'}, {"type", 'k'}, {"usemap", 'u'}, {"valign", 'k'}, {"value", 'k'}, {"vspace", 'k'},
    {"width", 'k'}, {"xml:lang", 'k'}};

/* Tags that run, load or ask for input wherever a browser meets them. */
static const Str active[] = {
    S("script"), S("style"), S("iframe"), S("frame"), S("frameset"), S("object"), S("embed"), S("applet"), S("base"),
    S("basefont"), S("bgsound"), S("meta"), S("link"), S("form"), S("input"), S("button"), S("select"), S("textarea"),
    S("option"), S("svg"), S("math"), S("xml"), S("import"), S("ilayer"), S("layer"), S("template"), S("portal"),
    S("isindex"), S("keygen"), S("marquee"), S("body"), S("html"), S("head"), S("foreignobject"), S("animate"),
    S("set"), S("param"), S("noscript"), S("xss")};

static int by_name(const void *key, const void *row) { return strcmp(key, ((const NameKind *)row)->name); }

static char kind_of(const char *name)
{
    const NameKind *row = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
    return row ? row->kind : 0;
}

static char attribute_kind(const xmlChar *name)
{
    const NameKind *row =
        bsearch(name, attributes, sizeof attributes / sizeof *attributes, sizeof *attributes, by_name);
    return row ? row->kind : 0;
}

/* ---- references -------------------------------------------------------------------------------------------------- */
static int32_t number_reference(Str s, ptrdiff_t *n)
{
    bool is_hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
    ptrdiff_t i = is_hex ? 3 : 2, begin = i;
    int32_t cp = 0;
    for (; i < s.n; i++) {
        char c = s.p[i] | 32;
        int digit = s.p[i] >= '0' && s.p[i] <= '9' ? s.p[i] - '0' : is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) break;
        if (cp <= 0x10FFFF) cp = cp * (is_hex ? 16 : 10) + digit;
    }
    if (i == begin || i >= s.n || s.p[i] != ';') return -1;
    *n = i + 1;
    if (cp >= 0x80 && cp < 0xA0) {                       /* a number of windows-1252, as it is read in pages, too */
        char control[] = {(char)0xC2, (char)cp};
        return html_next_letter((Str){control, 2}, &(ptrdiff_t){0});
    }
    bool is_letter =
        cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp < 0xD800) || (cp >= 0xE000 && cp <= 0x10FFFF);
    return is_letter && (cp & 0xFFFE) != 0xFFFE && !(cp >= 0xFDD0 && cp <= 0xFDEF) ? cp : 0xFFFD;
}

/* HTML 5 names ASCII's signs, which libxml2's table (HTML 4) lacks, and "javascript&colon;" is a known trick. */
static const struct { const char *name; char sign; } signs[] = {
    {"apos", '\''}, {"colon", ':'}, {"Tab", '\t'}, {"NewLine", '\n'}, {"lpar", '('}, {"rpar", ')'}, {"semi", ';'},
    {"equals", '='}, {"sol", '/'}, {"bsol", '\\'}, {"period", '.'}, {"comma", ','}, {"excl", '!'}, {"quest", '?'},
    {"num", '#'}, {"percnt", '%'}, {"commat", '@'}, {"dollar", '$'}, {"plus", '+'}, {"ast", '*'}, {"lowbar", '_'},
    {"grave", '`'}, {"lsqb", '['}, {"rsqb", ']'}, {"lcub", '{'}, {"rcub", '}'}, {"verbar", '|'}, {"Hat", '^'}};

int32_t html_reference(Str s, ptrdiff_t *n)
{
    if (s.n < 3 || s.p[0] != '&') return -1;
    if (s.p[1] == '#') return number_reference(s, n);
    char name[16];
    ptrdiff_t i = 1;
    for (; i < s.n && i < 15 && ((s.p[i] | 32) >= 'a' ? (s.p[i] | 32) <= 'z' : s.p[i] >= '0' && s.p[i] <= '9'); i++)
        name[i - 1] = s.p[i];
    if (i >= s.n || s.p[i] != ';') return -1;
    name[i - 1] = 0;
    *n = i + 1;
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (strcmp(name, signs[k].name) == 0) return signs[k].sign;
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? (int32_t)entity->value : -1;
}

void html_put_letter(Buf *out, int32_t cp)
{
    if (cp < 0x80) { buf_char(out, (char)cp); return; }
    if (cp < 0x800) {
        buf_char(out, (char)(0xC0 | cp >> 6));
    } else {
        if (cp < 0x10000) {
            buf_char(out, (char)(0xE0 | cp >> 12));
        } else {
            buf_char(out, (char)(0xF0 | cp >> 18));
            buf_char(out, (char)(0x80 | (cp >> 12 & 63)));
        }
        buf_char(out, (char)(0x80 | (cp >> 6 & 63)));
    }
    buf_char(out, (char)(0x80 | (cp & 63)));
}

static Str decoded(Arena *a, Str s)
{
    if (!s.n || !memchr(s.p, '&', (size_t)s.n)) return s;
    Buf out = {.to = a};
    for (ptrdiff_t i = 0, n; i < s.n;) {
        int32_t cp = s.p[i] == '&' ? html_reference(str_sub(s, i, s.n), &n) : -1;
        if (cp >= 0) html_put_letter(&out, cp), i += n;
        else buf_char(&out, s.p[i++]);
    }
    return buf_str(&out);
}

/* One reference as it may stand in the result: small x, windows-1252's numbers put right. */
static void put_reference(Buf *out, Str written, int32_t cp)
{
    if (written.p[1] == '#') {
        bool is_hex = (written.p[2] | 32) == 'x';
        long given = strtol(written.p + (is_hex ? 3 : 2), NULL, is_hex ? 16 : 10);
        if (given != cp) {
            buf_printf(out, "#x%x;", (unsigned)cp);
            return;
        }
        if (is_hex) {
            buf_add(out, S("#x"));
            buf_add(out, str_sub(written, 3, written.n));
            return;
        }
    }
    buf_add(out, str_sub(written, 1, written.n));
}

/* ---- what the parser is given ------------------------------------------------------------------------------------ */
static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* gt: where the next '>' stands; -1 where there is none. */
static bool opens_markup(Str here, ptrdiff_t gt)
{
    if (here.n < 2) return false;
    char c = here.p[1], next = here.n > 2 ? here.p[2] : 0;
    if (c == '/') return is_letter(next);
    if (c == '!') return gt >= 0 && (next == '-' || next == '[' || is_letter(next));
    return is_letter(c) || (c == '?' && gt >= 0);
}

/* A comment without an end hides the rest, as in browsers. */
static Str without_open_comment(Str s)
{
    ptrdiff_t from = s.n;
    while (from >= 3 && !str_eq(str_sub(s, from - 3, from), S("-->"))) from--;
    if (from < 3) from = 0;
    ptrdiff_t open = str_find(str_sub(s, from, s.n), S("<!--"));
    return open < 0 ? s : str_sub(s, 0, from + open);
}

/* Every '&' hidden; a '<' that opens nothing becomes a hidden reference, or the parser would eat up to the next '>'. */
static Str prepared(Arena *a, Str s)
{
    Buf out = {.to = a};
    ptrdiff_t gt = 0;                /* found once for all that stand before it, or junk were quadratic */
    buf_add(&out, S("<html><body>"));
    for (ptrdiff_t i = 0, from = 0;; i++) {
        unsigned char c = i < s.n ? (unsigned char)s.p[i] : 0;
        bool is_mark =
            c == 0xEF && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xB7 && (unsigned char)s.p[i + 2] == 0x90;
        bool is_control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        if (i < s.n && c != '&' && c != '<' && !is_mark && !is_control) continue;
        if (c == '<') {
            if (gt >= 0 && gt <= i) {
                const char *p = memchr(s.p + i, '>', (size_t)(s.n - i));
                gt = p ? p - s.p : -1;
            }
            if (opens_markup(str_sub(s, i, s.n), gt)) continue;
        }
        buf_add(&out, str_sub(s, from, i));
        from = i + 1;
        if (i >= s.n) break;
        ptrdiff_t n;
        int32_t cp = c == '&' ? html_reference(str_sub(s, i, s.n), &n) : -1;
        if (c == '<') buf_add(&out, S(HIDDEN_AMP "lt;"));
        else if (is_mark) buf_add(&out, S("\xEF\xBF\xBD")), from += 2, i += 2;
        else if (is_control) buf_char(&out, ' ');
        else if (cp < 0) buf_add(&out, S(HIDDEN_AMP "amp;"));
        else {
            buf_add(&out, S(HIDDEN_AMP));
            put_reference(&out, str_sub(s, i, i + n), cp);
            from = i + n;
            i += n - 1;
        }
    }
    return buf_str(&out);
}

/* ---- what comes out ---------------------------------------------------------------------------------------------- */
typedef struct {
    Arena *a;
    Buf out;
    Str base;
    htmlParserCtxtPtr parser;
    const char *open[DEPTH_MAX];                         /* elements that were written and wait for their end */
    int32_t kinds[OPEN_MAX], n_seen, depth, silent;      /* silent: elements that go with all they hold */
} Sanitizer;

/* "onclick =": on, letters, blanks or none, an equals sign; or the text breaks off before that is clear. */
static bool is_handler(Str s)
{
    if (s.n < 4 || !str_eq_fold(str_sub(s, 0, 2), S("on")) || !is_letter(s.p[2])) return false;
    ptrdiff_t k = 3;
    while (k < s.n && is_letter(s.p[k])) k++;
    while (k < s.n && (unsigned char)s.p[k] <= ' ') k++;
    return k < s.n && s.p[k] == '=';
}

/* Among a tag's attributes; values in quotes are passed over. A tag too long to be looked through is held to have one. */
static bool has_handler(Str tag)
{
    for (ptrdiff_t i = 0; i < tag.n; i++) {
        char c = tag.p[i];
        if (c == '>' || c == '<') return false;
        if (c == '"' || c == '\'') {
            const char *end = memchr(tag.p + i + 1, c, (size_t)(tag.n - i - 1));
            if (!end) break;
            i = end - tag.p;
        }
        if (!is_letter(c) && is_handler(str_sub(tag, i + 1, tag.n))) return true;
    }
    return tag.n >= TAG_MAX;
}

/* s stands behind a '<'. */
static bool is_active_tag(Str s)
{
    if (s.n && s.p[0] == '/') s = str_sub(s, 1, s.n);
    ptrdiff_t n = 0;
    while (n < s.n && (is_letter(s.p[n]) || (n && s.p[n] >= '0' && s.p[n] <= '9'))) n++;
    if (!n) return false;
    for (size_t i = 0; i < sizeof active / sizeof *active; i++)
        if (str_eq_fold(str_sub(s, 0, n), active[i])) return true;
    return has_handler(str_sub(s, n, n + TAG_MAX));
}

bool html_is_active(Str text)
{
    for (ptrdiff_t i = 0; i < text.n;) {
        const char *p = memchr(text.p + i, '<', (size_t)(text.n - i));
        if (!p) return false;
        i = p - text.p + 1;
        if (is_active_tag(str_sub(text, i, text.n))) return true;
    }
    return false;
}

static Str unhidden(Sanitizer *z, Str s)
{
    if (!s.n || !memchr(s.p, HIDDEN_AMP[0], (size_t)s.n)) return s;
    Buf out = {.to = z->a};
    for (ptrdiff_t i = 0; i < s.n;) {
        bool is_mark = str_starts(str_sub(s, i, s.n), S(HIDDEN_AMP));
        buf_char(&out, is_mark ? '&' : s.p[i]);
        i += is_mark ? 3 : 1;
    }
    return buf_str(&out);
}

/* A '<' as text: s stands behind it. Its references are settled as far as its '>', at most TAG_SEEN bytes. */
static void put_less(Sanitizer *z, Str s, Str written)
{
    char room[TAG_SEEN + 8], name[24];
    Buf seen = {.to = z->a, .p = room, .cap = sizeof room};
    bool may_be = s.n && (s.p[0] == '/' || is_letter(s.p[0]) || s.p[0] == HIDDEN_AMP[0]);
    for (ptrdiff_t i = 0, n; may_be && i < s.n && seen.n < TAG_SEEN && (!seen.n || room[seen.n - 1] != '>');) {
        Str here = str_sub(s, i, i + 24);
        bool is_mark = str_starts(here, S(HIDDEN_AMP));
        name[0] = '&';
        if (is_mark) memcpy(name + 1, here.p + 3, (size_t)(here.n - 3));
        int32_t cp = is_mark ? html_reference((Str){name, here.n - 2}, &n) : -1;
        if (cp >= 0) html_put_letter(&seen, cp), i += n + 2;
        else buf_char(&seen, is_mark ? '&' : s.p[i]), i += is_mark ? 3 : 1;
    }
    bool is_active = may_be && (seen.n >= TAG_SEEN || is_active_tag(buf_str(&seen)));
    buf_add(&z->out, is_active ? S("\xE2\x80\xB9") : written);           /* ‹ */
}

/* Text of the parser, marks put back. in_attr: quoted as a value. */
static void put_text(Sanitizer *z, Str s, bool in_attr)
{
    Buf *out = &z->out;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i, n = 0;
        while (i < s.n && s.p[i] != '<' && s.p[i] != '"' && s.p[i] != HIDDEN_AMP[0]) i++;
        buf_add(out, str_sub(s, from, i));
        if (i >= s.n) return;
        Str here = str_sub(s, i, s.n);
        if (str_starts(here, S(HIDDEN_AMP))) {
            char room[24] = "&";
            ptrdiff_t length = here.n - 3 < 20 ? here.n - 3 : 20;
            memcpy(room + 1, here.p + 3, (size_t)length);
            int32_t cp = html_reference((Str){room, length + 1}, &n);
            i += cp >= 0 ? n + 2 : 3;
            if (cp == '<') put_less(z, str_sub(s, i, s.n), (Str){room, n});
            else buf_add(out, (Str){room, cp >= 0 ? n : 1});
        } else {
            char c = s.p[i++];
            if (c == '<') put_less(z, str_sub(s, i, s.n), S("&lt;"));
            else if (c == '"' && in_attr) buf_add(out, S("&quot;"));
            else buf_char(out, c);
        }
    }
}

static void put_address(Sanitizer *z, Str name, Str hidden)
{
    Str uri = str_trim(decoded(z->a, unhidden(z, hidden)));
    if (!uri_is_safe(uri) || uri_has_script(uri)) return;
    uri = uri_join(z->a, z->base, uri);
    if (!uri_is_safe(uri)) return;
    buf_char(&z->out, ' ');
    buf_add(&z->out, name);
    buf_add(&z->out, S("=\""));
    for (ptrdiff_t i = 0; i < uri.n; i++) {
        char c = uri.p[i];
        if (c == '&') buf_add(&z->out, S("&amp;"));
        else if (c == ' ') buf_add(&z->out, S("%20"));
        else if ((unsigned char)c < ' ' || c == 0x7F) continue;            /* as browsers do */
        else if (c == '"') buf_add(&z->out, S("&quot;"));
        else if (c == '<') buf_add(&z->out, S("&lt;"));
        else if (c == '>') buf_add(&z->out, S("&gt;"));
        else buf_char(&z->out, c);
    }
    buf_char(&z->out, '"');
}

/* Harmless within its quotes, and yet nothing that a text would say. */
static bool is_suspect(Str value)
{
    if (uri_has_script(value) || html_is_active(value)) return true;
    for (ptrdiff_t i = 0; i + 3 < value.n; i++)
        if (!is_letter(value.p[i]) && is_handler(str_sub(value, i + 1, i + 60))) return true;
    return false;
}

static int by_attr(const void *x, const void *y)
{
    const xmlChar **const *a = x, **const *b = y;        /* each points to a name and, behind it, its value */
    return strcmp((const char *)(*a)[0], (const char *)(*b)[0]);
}

static void put_attributes(Sanitizer *z, const xmlChar **attrs)
{
    const xmlChar **sorted[ATTRS_MAX];
    int n = 0;
    for (; attrs && attrs[0] && n < ATTRS_MAX; attrs += 2)
        if (attribute_kind(attrs[0])) sorted[n++] = attrs;
    qsort(sorted, (size_t)n, sizeof *sorted, by_attr);
    for (int i = 0; i < n; i++) {
        Str name = str_of((const char *)sorted[i][0]), value = str_of((const char *)sorted[i][1]);
        if (attribute_kind(sorted[i][0]) == 'u') { put_address(z, name, value); continue; }
        if (is_suspect(decoded(z->a, unhidden(z, value)))) continue;
        buf_char(&z->out, ' ');
        buf_add(&z->out, name);
        buf_add(&z->out, S("=\""));
        put_text(z, value, true);
        buf_char(&z->out, '"');
    }
}

static void on_start(void *with, const xmlChar *tag, const xmlChar **attrs)
{
    Sanitizer *z = with;
    if (z->n_seen >= OPEN_MAX) { xmlStopParser(z->parser); return; }
    char kind = kind_of((const char *)tag);
    if (kind == 'k' && (z->depth >= DEPTH_MAX || z->silent)) kind = 0;
    z->kinds[z->n_seen++] = kind;
    if (kind == 's') { z->silent++; return; }
    if (!kind || z->silent) return;
    Str name = str_of((const char *)tag);
    buf_char(&z->out, '<');
    buf_add(&z->out, name);
    put_attributes(z, attrs);
    if (kind == 'v') { buf_add(&z->out, S(" />")); return; }
    buf_char(&z->out, '>');
    z->open[z->depth++] = arena_cstr(z->a, name);
}

static void put_end(Sanitizer *z)
{
    buf_add(&z->out, S("</"));
    buf_add(&z->out, str_of(z->open[--z->depth]));
    buf_char(&z->out, '>');
}

static void on_end(void *with, const xmlChar *tag)
{
    Sanitizer *z = with;
    (void)tag;                                           /* the parser balances starts and ends */
    if (!z->n_seen) return;
    int32_t kind = z->kinds[--z->n_seen];
    if (kind == 's') z->silent--;
    else if (kind == 'k') put_end(z);
}

static void on_text(void *with, const xmlChar *text, int n)
{
    Sanitizer *z = with;
    if (!z->silent) put_text(z, (Str){(const char *)text, n}, false);
}

static void on_error(void *with, const char *message, ...) { (void)with; (void)message; }

static char kind_of_str(Str tag)
{
    char name[16];
    if (!tag.n || tag.n > 15) return 0;
    for (ptrdiff_t i = 0; i < tag.n; i++)
        name[i] = (char)(tag.p[i] >= 'A' && tag.p[i] <= 'Z' ? tag.p[i] + 32 : tag.p[i]);
    name[tag.n] = 0;
    return kind_of(name);
}

bool html_is_known(Str tag) { return kind_of_str(tag) == 'k' || kind_of_str(tag) == 'v'; }
bool html_is_void(Str tag) { return kind_of_str(tag) == 'v'; }

Str sanitize_html(Arena *to, Str html, Str base)
{
    if (!html.n) return html;
    html = utf8_clean(to, html);
    if (!memchr(html.p, '<', (size_t)html.n) && !memchr(html.p, '&', (size_t)html.n)) return html;
    Str text = prepared(to, without_open_comment(html));
    Sanitizer *z = arena_new(to, Sanitizer, 1);
    z->a = to;
    z->out.to = to;
    z->base = base;
    htmlSAXHandler sax = {.startElement = on_start,
                          .endElement = on_end,
                          .characters = on_text,
                          .ignorableWhitespace = on_text,
                          .warning = on_error,
                          .error = on_error,
                          .fatalError = on_error};
    parser_keep(NULL);
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(text.p, (int)text.n);
    if (!parser) return (Str){0};
    parser_keep(parser);
    z->parser = parser;
    memcpy(parser->sax, &sax, sizeof sax);
    parser->userData = z;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(parser);
    parser_keep(NULL);
    while (z->depth) put_end(z);
    return z->out.p ? buf_str(&z->out) : S("");
}
