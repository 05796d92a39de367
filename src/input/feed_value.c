/* Texts that may hold markup: titles, summaries, contents, rights.
**
** The same sentence comes as plain text, as HTML in disguise (escaped, in CDATA, in base64), as XHTML within the feed,
** and as markup that somebody forgot to escape. All become one value with its type, and HTML is sanitized.
**
**  in:  <title type="xhtml"><div>Ports <b>reopen</b></div></title>    out: "Ports <b>reopen</b>", application/xhtml+xml
**  in:  <title>Ports &lt;b>reopen&lt;/b></title>                       out: "Ports <b>reopen</b>", text/html
**  in:  <title>1 &lt; 2</title>                                        out: "1 < 2", text/plain
**
** Always: a value of an HTML type has passed sanitize.c, and one of text/plain holds no tag that a browser would act
** upon. Cost: linear.
*/
#include "input/feed_build.h"
#include "input/html.h"
#include <string.h>

/* ---- HTML or not ------------------------------------------------------------------------------------------------- */
/* An end tag or a reference, no tag beyond the known ones, no reference beyond HTML's. */
static bool looks_like_html(Str s)
{
    bool qualifies = false;
    for (ptrdiff_t i = 0, n; i < s.n; i++) {
        if (s.p[i] == '&') {
            ptrdiff_t k = i + 1;
            while (k < s.n &&
                   ((s.p[k] | 32) >= 'a' ? (s.p[k] | 32) <= 'z' : s.p[k] == '#' || (s.p[k] >= '0' && s.p[k] <= '9')))
                k++;
            if (k == i + 1 || k >= s.n || s.p[k] != ';') continue;
            if (html_reference(str_sub(s, i, s.n), &n) < 0) return false;
            qualifies = true;
        } else if (s.p[i] == '<') {
            ptrdiff_t k = i + 1;
            bool is_end = k < s.n && s.p[k] == '/';
            k += is_end;
            ptrdiff_t from = k;
            while (k < s.n && ((s.p[k] | 32) >= 'a' ? (s.p[k] | 32) <= 'z' : s.p[k] >= '0' && s.p[k] <= '9')) k++;
            if (k == from) continue;
            if (!html_is_known(str_sub(s, from, k))) return false;
            if (is_end && k < s.n && s.p[k] == '>') qualifies = true;
        }
    }
    return qualifies;
}

static bool is_html_type(Str type) { return str_eq(type, S("text/html")) || str_eq(type, S("application/xhtml+xml")); }

/* UTF-8 that was taken for Latin-1 and encoded once more: "CafÃ©". Its letters, taken as bytes, are UTF-8. */
static Str undo_double(Arena *a, Str s)
{
    Buf out = {.to = a};
    bool is_high = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        int32_t cp = utf8_next(s, &i);
        if (cp > 0xFF) return s;
        is_high |= cp >= 0x80;
    }
    if (!is_high) return s;
    for (ptrdiff_t i = 0; i < s.n;) buf_char(&out, (char)utf8_next(s, &i));
    return utf8_bad(buf_str(&out)) < 0 ? buf_str(&out) : s;
}

/* C1 controls are windows-1252's quotes and dashes that lost their charset. */
static Str undo_controls(Arena *a, Str s)
{
    Buf out = {.to = a};
    bool is_changed = false;
    for (ptrdiff_t i = 0; i + 1 < s.n && !is_changed; i++)
        is_changed = s.p[i] == (char)0xC2 && (unsigned char)s.p[i + 1] < 0xA0;
    if (!is_changed) return s;
    for (ptrdiff_t i = 0, from = 0; i < s.n; from = i) {
        int32_t cp = html_next_letter(s, &i);
        html_put(&out, cp, str_sub(s, from, i));
    }
    return buf_str(&out);
}

Str feed_safe(Arena *a, Str value, Str *type, Str base)
{
    value = undo_controls(a, undo_double(a, value));
    if (!is_html_type(*type)) {
        if (!html_is_active(value)) return value;
        *type = S("text/html");
    }
    return str_trim(sanitize_html(a, value, base));
}

/* ---- markup within the feed -------------------------------------------------------------------------------------- */
static void put_escaped(Buf *out, Str s, bool in_attr)
{
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '&') buf_add(out, S("&amp;"));
        else if (c == '<') buf_add(out, S("&lt;"));
        else if (c == '>') buf_add(out, S("&gt;"));
        else if (c == '"' && in_attr) buf_add(out, S("&quot;"));
        else buf_char(out, c);
    }
}

static void put_start(Build *b, int32_t node, Buf *out)
{
    const XmlNode *n = &b->x->nodes.v[node];
    buf_char(out, '<');
    buf_add(out, n->name);
    for (int32_t i = 0; i < n->n_attrs; i++) {
        const XmlAttr *attr = &b->x->attrs.v[n->attr + i];
        buf_char(out, ' ');
        buf_add(out, attr->name);
        buf_add(out, S("=\""));
        put_escaped(out, attr->value, true);
        buf_char(out, '"');
    }
    buf_char(out, '>');
}

/* All that stands in `node`, without recursion. escapes: its text is text and no HTML. */
static void put_inside(Build *b, int32_t node, bool escapes, Buf *out)
{
    const XmlNode *nodes = b->x->nodes.v;
    for (int32_t at = nodes[node].first; at >= 0;) {
        const XmlNode *n = &nodes[at];
        if (!n->key.n) {
            if (escapes) put_escaped(out, n->text, false);
            else buf_add(out, n->text);
        } else {
            put_start(b, at, out);
            if (n->first >= 0) { at = n->first; continue; }
            if (!html_is_void(n->name)) buf_printf(out, "</%.*s>", STR(n->name));
        }
        while (nodes[at].next < 0 && nodes[at].parent != node) {
            at = nodes[at].parent;
            if (!html_is_void(nodes[at].name)) buf_printf(out, "</%.*s>", STR(nodes[at].name));
        }
        at = nodes[at].next;
    }
}

/* The one child, when it is a <div> that wraps all the rest; else -1. */
static int32_t only_div(Build *b, int32_t node)
{
    int32_t div = -1;
    for (int32_t i = b->x->nodes.v[node].first; i >= 0; i = b->x->nodes.v[i].next) {
        const XmlNode *n = &b->x->nodes.v[i];
        if (!n->key.n && !str_trim(n->text).n) continue;
        if (!n->key.n || div >= 0 || !str_eq_fold(n->name, S("div"))) return -1;
        div = i;
    }
    return div;
}

static bool has_element(Build *b, int32_t node)
{
    for (int32_t i = b->x->nodes.v[node].first; i >= 0; i = b->x->nodes.v[i].next)
        if (b->x->nodes.v[i].key.n) return true;
    return false;
}

/* ---- base64 ------------------------------------------------------------------------------------------------------ */
bool feed_base64(Arena *a, Str s, Str *bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Buf out = {.to = a};
    uint32_t bits = 0;
    int n = 0, n_pad = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
        if (c == '=') { n_pad++; continue; }
        const char *at = c ? strchr(letters, c) : NULL;
        if (!at || n_pad) return false;
        bits = bits << 6 | (uint32_t)(at - letters);
        if (++n % 4 == 0) {
            buf_char(&out, (char)(bits >> 16));
            buf_char(&out, (char)(bits >> 8));
            buf_char(&out, (char)bits);
        }
    }
    if (n % 4 == 1 || n_pad > 2) return false;
    if (n % 4 == 2) buf_char(&out, (char)(bits >> 4));
    if (n % 4 == 3) buf_char(&out, (char)(bits >> 10)), buf_char(&out, (char)(bits >> 2));
    *bytes = buf_str(&out);
    return true;
}

/* ---- one value --------------------------------------------------------------------------------------------------- */
static Str mapped_type(Arena *a, Str written)
{
    char *z = arena_cstr(a, str_trim(str_sub(written, 0, 100)));
    for (char *p = z; *p; p++)
        if (*p >= 'A' && *p <= 'Z') *p += 32;
    Str type = str_of(z);
    ptrdiff_t semicolon = str_find(type, S(";"));
    if (semicolon >= 0) type = str_trim(str_sub(type, 0, semicolon));
    if (str_eq(type, S("text")) || str_eq(type, S("plain"))) return S("text/plain");
    if (str_eq(type, S("html"))) return S("text/html");
    if (str_eq(type, S("xhtml")) || str_eq(type, S("application/xhtml"))) return S("application/xhtml+xml");
    return utf8_clean(a, type);
}

static bool is_in_base64(Str mode, Str type)
{
    if (str_eq(mode, S("base64"))) return true;
    return !str_starts(type, S("text/")) && !str_ends(type, S("+xml")) && !str_ends(type, S("/xml"));
}

static Str value_of(Build *b, int32_t node, Where w, Str *type)
{
    bool is_xml = str_ends(*type, S("xml"));
    Str value, mode = xml_attr(b->x, node, S("mode"));
    if (has_element(b, node)) {
        int32_t div = only_div(b, node), from = node;
        bool strips = div >= 0 &&
                      (!is_xml || (str_eq(b->feed->version, S("atom10")) && str_eq(*type, S("application/xhtml+xml"))));
        if (strips) from = div;
        bool is_markup = has_element(b, from), was_html = str_eq(*type, S("text/html"));
        if (!is_xml && is_markup && !was_html) *type = S("application/xhtml+xml");
        Buf out = {.to = b->a};
        put_inside(b, from, is_xml || (is_markup && !was_html), &out);
        value = str_trim(buf_str(&out));
    } else {
        value = feed_own_text(b, node);
        if (is_xml && is_html_type(*type)) {
            Buf out = {.to = b->a};
            put_escaped(&out, value, false);
            value = buf_str(&out);
        }
    }
    Str bytes;
    if (is_in_base64(mode, *type) && feed_base64(b->a, value, &bytes)) value = str_trim(utf8_clean(b->a, bytes));
    if (!str_starts(b->feed->version, S("atom")) && str_eq(*type, S("text/plain")) && looks_like_html(value))
        *type = S("text/html");
    if (!is_html_type(*type) && !str_starts(*type, S("text/")) && looks_like_html(value)) {
        Str as_html = S("text/html");                    /* a type of some application, and yet a page */
        return feed_safe(b->a, value, &as_html, w.base);
    }
    return feed_safe(b->a, value, type, w.base);
}

static Json *detail_of(Build *b, Where w, Str type, Str value)
{
    Json *detail = tree_object(b->a);
    tree_set_text(b->a, detail, S("type"), type);
    tree_set_text(b->a, detail, S("language"), w.lang);
    tree_set_text(b->a, detail, S("base"), w.base.p ? w.base : S(""));
    tree_set_text(b->a, detail, S("value"), value);
    return detail;
}

static void add_content(Build *b, int32_t node, Where w, Str type, Str value)
{
    Json *at = w.at->object, *detail = detail_of(b, w, type, value);
    Str src = xml_attr(b->x, node, S("src"));
    if (src.n) tree_set_text(b->a, detail, S("src"), feed_uri(b, w, src));
    if (!value.n && !src.n) return;
    tree_push(tree_list_at(b->a, at, S("content")), detail);
    if (value.n && !tree_get(at, S("summary")) && (is_html_type(type) || str_eq(type, S("text/plain"))))
        tree_set_text(b->a, at, S("summary"), value);
}

/* Of two in one place the first stays; of two depths the higher one, so a picture's title is not the story's. */
static bool takes_place(int32_t *taken, int32_t depth)
{
    if (depth >= *taken) return false;
    *taken = depth;
    return true;
}

void feed_do_value(Build *b, int32_t node, Where w, const Row *row)
{
    Str written = xml_attr(b->x, node, S("type")), type = mapped_type(b->a, written.n ? written : row->type),
        key = row->name;
    Json *at = w.at->object;
    int32_t depth = b->x->nodes.v[node].depth;
    Str value = value_of(b, node, w, &type);
    bool is_summary = str_eq(key, S("summary")) || str_eq(key, S("description"));
    if (str_eq(key, S("content")) ||
        (is_summary && w.in_entry && tree_get(at, S("summary")) && depth >= w.at->summary_depth)) {
        add_content(b, node, w, type, value);
        return;
    }
    if (str_eq(key, S("title")) && (!value.n || !takes_place(&w.at->title_depth, depth))) return;
    if (str_eq(key, S("description"))) key = w.in_entry ? S("summary") : S("subtitle");
    if (is_summary && w.in_entry) {
        if (!value.n) return;
        w.at->summary_depth = depth;
    }
    tree_set_text(b->a, at, key, value);
    tree_set(at, arena_printf(b->a, "%.*s_detail", STR(key)), detail_of(b, w, type, value));
}
