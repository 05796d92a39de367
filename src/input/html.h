/* A page as a tree in an arena: what libxml2's HTML parser reports, flattened where it goes too deep.
**
**  in:  <p>The port <b>reopens</b>.
**  out: p → "The port ", b → "reopens", "."
**
** Always: nodes refer to each other by index, children in order, a parent before its children, depth at most
** HTML_DEPTH_MAX (what lies deeper hangs from the node at the cap; its text is kept). Cost: one pass.
*/
#ifndef INPUT_HTML_H
#define INPUT_HTML_H
#include "base/base.h"

/* The elements that mean something to us; anything else is TAG_OTHER. X(symbol, name, kind) kind: b block, i inline, s skipped
** (its text is no text), v void */
#define HTML_TAGS(X) \
    X(OTHER, "", 'i') X(TEXT, "#text", 'i') X(A, "a", 'i') X(ABBR, "abbr", 'i') X(ADDRESS, "address", 'b') X(ARTICLE, "article", 'b') \
    X(ASIDE, "aside", 'b') X(AUDIO, "audio", 's') X(B, "b", 'i') X(BLOCKQUOTE, "blockquote", 'b') X(BODY, "body", 'b') \
    X(BR, "br", 'v') X(BUTTON, "button", 's') X(CANVAS, "canvas", 's') X(CITE, "cite", 'i') X(CODE, "code", 'i') X(DD, "dd", 'b') \
    X(DETAILS, "details", 'b') X(DIALOG, "dialog", 'b') X(DIV, "div", 'b') X(DL, "dl", 'b') X(DT, "dt", 'b') X(EM, "em", 'i') \
    X(FIELDSET, "fieldset", 'b') X(FIGCAPTION, "figcaption", 'b') X(FIGURE, "figure", 'b') X(FOOTER, "footer", 'b') \
    X(FORM, "form", 'b') X(H1, "h1", 'b') X(H2, "h2", 'b') X(H3, "h3", 'b') X(H4, "h4", 'b') X(H5, "h5", 'b') X(H6, "h6", 'b') \
    X(HEAD, "head", 'b') X(HEADER, "header", 'b') X(HR, "hr", 'v') X(HTML, "html", 'b') X(I, "i", 'i') X(IFRAME, "iframe", 's') \
    X(IMG, "img", 'v') X(INPUT, "input", 'v') X(LABEL, "label", 'i') X(LI, "li", 'b') X(LINK, "link", 'v') X(MAIN, "main", 'b') \
    X(META, "meta", 'v') X(NAV, "nav", 'b') X(NOSCRIPT, "noscript", 's') X(OBJECT, "object", 's') X(OL, "ol", 'b') X(OPTION, "option", 's') \
    X(P, "p", 'b') X(PICTURE, "picture", 'i') X(PRE, "pre", 'b') X(Q, "q", 'i') X(SCRIPT, "script", 's') X(SECTION, "section", 'b') \
    X(SELECT, "select", 's') X(SMALL, "small", 'i') X(SPAN, "span", 'i') X(STRONG, "strong", 'i') X(STYLE, "style", 's') X(SUB, "sub", 'i') \
    X(SUMMARY, "summary", 'b') X(SUP, "sup", 'i') X(SVG, "svg", 's') X(TABLE, "table", 'b') X(TBODY, "tbody", 'b') X(TD, "td", 'b') \
    X(TEMPLATE, "template", 's') X(TEXTAREA, "textarea", 's') X(TFOOT, "tfoot", 'b') X(TH, "th", 'b') X(THEAD, "thead", 'b') \
    X(TIME, "time", 'i') X(TITLE, "title", 's') X(TR, "tr", 'b') X(U, "u", 'i') X(UL, "ul", 'b') X(VIDEO, "video", 's')
#define HTML_TAG_VALUE(s, n, k) TAG_##s,
typedef enum { HTML_TAGS(HTML_TAG_VALUE) TAG_COUNT } HtmlTag;

typedef struct { Str name, value; } HtmlAttr;
typedef struct {
    HtmlTag tag;
    int32_t parent, first, last, next;                   /* -1 for none */
    int32_t attr, n_attrs;                               /* into Html.attrs */
    Str text;                                            /* of TAG_TEXT */
} HtmlNode;
typedef struct {
    SLICE(HtmlNode) nodes;                               /* node 0 is the root */
    SLICE(HtmlAttr) attrs;
    bool is_cut;                                         /* a limit below was reached; what follows is left out */
} Html;

/* Browsers keep 512 levels (Blink) and hang what is deeper from the last; no article of the development pages stands below
** 60. The parser compares every stray end tag with every open element, so what opens 1,024 elements is read no further. */
enum { HTML_DEPTH_MAX = 256, HTML_OPEN_MAX = 1024, HTML_NODES_MAX = 2000000, HTML_TAG_ATTRS_MAX = 2048 };

bool html_parse(Arena *a, Str utf8, Html *h, Err *e);    /* false only for a tag that no page needs (HTML_TAG_ATTRS_MAX) */
Str html_attr(const Html *h, int32_t node, Str name);    /* empty where absent; p NULL */
char html_kind(HtmlTag tag);                             /* 'b' 'i' 's' 'v' */
void html_text(const Html *h, int32_t node, Buf *out);   /* its visible text, blanks collapsed, blocks and breaks as newlines */
static inline bool html_is_blank(int32_t cp) { return cp <= ' ' || cp == 0xA0 || cp == 0x200B || cp == 0x2028 || cp == 0x2029 || cp == 0xFEFF; }
void html_put(Buf *out, int32_t cp, Str written);        /* one letter, as html_next_letter read it from `written` */
int32_t html_next_letter(Str s, ptrdiff_t *i);           /* utf8_next, with the C1 controls read as windows-1252 (HTML, 13.2.5.80) */
#endif
