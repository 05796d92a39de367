/* Blocks: a page cut where a reader sees a new line begin.
**
**  in:  <p>The <b>port</b> reopens.<div>Share</div>On Friday.<br><br>Ships wait.</p>
**  out: "The port reopens." · "Share" · "On Friday." · "Ships wait."
**
** A block is the text between two borders of block elements, or two line breaks that follow each other. Elements
** that we do not know are inline, as in CSS. What is hidden and inline is no text; what is hidden and a block is cut
** like any other, because sites hide what a script shows later.
**
** Always: no block is empty; in page order; words that touch on the page touch here, others never. Cost: one pass.
*/
#include "input/article.h"
#include "input/inside.h"

enum { CELL_MAX = 120, LINE_MAX = 400 };                  /* bytes: names and numbers; a layout's cells hold paragraphs */

typedef struct {
    Arena *a;
    const Html *h;
    Blocks *out;
    Buf text;                                            /* of all blocks; they point in when all is cut */
    ptrdiff_t begin;                                     /* of the open block */
    Block open;
    bool has_gap;
    int32_t holder, n_breaks;                            /* the block element we are in; line breaks since the last letter */
    int32_t links, bolds, italics;                       /* open elements of each kind */
    int32_t line;                                        /* the row of a table that is one block, or -1 */
} Cutter;

static bool style_hides(Str style)
{
    char low[256];
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < style.n && n < (ptrdiff_t)sizeof low; i++)
        if (!is_blank(style.p[i])) low[n++] = style.p[i] >= 'A' && style.p[i] <= 'Z' ? (char)(style.p[i] | 32) : style.p[i];
    return str_find((Str){low, n}, S("display:none")) >= 0 || str_find((Str){low, n}, S("visibility:hidden")) >= 0;
}

bool html_is_hidden(const Html *h, int32_t node)
{
    const HtmlNode *n = &h->nodes.v[node];
    for (int32_t i = n->attr; i < n->attr + n->n_attrs; i++) {
        HtmlAttr at = h->attrs.v[i];
        if (str_eq(at.name, S("hidden"))) return true;
        if (str_eq(at.name, S("style")) && style_hides(at.value)) return true;
    }
    return false;
}

static void end_block(Cutter *c)
{
    while (c->text.n > c->begin && (c->text.p[c->text.n - 1] == ' ' || c->text.p[c->text.n - 1] == '\n')) c->text.n--;
    if (c->text.n > c->begin) {
        Block *b = push(c->a, c->out);
        *b = c->open;
        b->node = c->holder;
        b->text = (Str){NULL, c->text.n - c->begin};
        c->begin = c->text.n;
    }
    c->open = (Block){0};
    c->has_gap = false;
    c->n_breaks = 0;
}

static void on_break(Cutter *c)
{
    if (c->text.n == c->begin) return;
    if (++c->n_breaks > 1) end_block(c);
}

static bool is_wide(int32_t cp) { return (cp >= 0x3040 && cp < 0xA000) || (cp >= 0xAC00 && cp < 0xD7B0) || (cp >= 0xF900 && cp < 0xFB00); }

static void add_text(Cutter *c, Str s)
{
    int32_t size = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i;
        int32_t cp = html_next_letter(s, &i);
        if (html_is_blank(cp)) { c->has_gap = true; continue; }
        if (c->text.n > c->begin) {
            if (c->n_breaks) buf_char(&c->text, '\n');
            else if (c->has_gap) buf_char(&c->text, ' ');
        }
        c->has_gap = false;
        c->n_breaks = 0;
        size += is_wide(cp) ? 3 : 1;
        if (cp < 0x80) buf_char(&c->text, (char)cp);
        else html_put(&c->text, cp, str_sub(s, from, i));
    }
    c->open.size += size;
    if (c->links) c->open.link_size += size;
    if (c->bolds) c->open.bold_size += size;
    if (c->italics) c->open.italic_size += size;
}

static void count_inline(Cutter *c, HtmlTag tag, int by)
{
    if (tag == TAG_A) c->links += by, c->open.n_links += by > 0;
    if (tag == TAG_B || tag == TAG_STRONG) c->bolds += by;
    if (tag == TAG_I || tag == TAG_EM) c->italics += by;
}

/* A row of a table of data is a line: its cells are short and hold no blocks of their own. */
static bool is_line(const Html *h, int32_t row)
{
    int32_t cells = 0;
    ptrdiff_t bytes = 0;
    for (int32_t cell = h->nodes.v[row].first; cell >= 0; cell = h->nodes.v[cell].next) {
        HtmlTag tag = h->nodes.v[cell].tag;
        if (tag == TAG_TEXT) continue;
        if (tag != TAG_TD && tag != TAG_TH) return false;
        cells++;
        ptrdiff_t in_cell = 0;
        for (int32_t at = h->nodes.v[cell].first; at >= 0;) {
            const HtmlNode *n = &h->nodes.v[at];
            if (html_kind(n->tag) == 'b' && n->tag != TAG_P && n->tag != TAG_DIV) return false;
            in_cell += str_trim(n->text).n;
            if (n->first >= 0) { at = n->first; continue; }
            while (at != cell && h->nodes.v[at].next < 0) at = h->nodes.v[at].parent;
            at = at == cell ? -1 : h->nodes.v[at].next;
        }
        bytes += in_cell;
        if (in_cell > CELL_MAX) return false;
    }
    return cells >= 2 && bytes <= LINE_MAX;
}

/* True: its children are to be walked. */
static bool on_node(Cutter *c, int32_t at)
{
    const HtmlNode *n = &c->h->nodes.v[at];
    char kind = html_kind(n->tag);
    if (n->tag == TAG_TEXT) { add_text(c, n->text); return false; }
    if (n->tag == TAG_BR && c->line >= 0) { c->has_gap = true; return false; }
    if (n->tag == TAG_BR) { on_break(c); return false; }
    if (n->tag == TAG_HR) { end_block(c); return false; }
    if (kind == 'b' && c->line >= 0) { c->has_gap = true; return true; }
    if (kind == 'b') {
        end_block(c);
        c->holder = at;
        if (n->tag == TAG_TR && is_line(c->h, at)) c->line = at;
        return true;
    }
    if (kind != 'i' || html_is_hidden(c->h, at)) return false;
    count_inline(c, n->tag, 1);
    return true;
}

static void on_leave(Cutter *c, int32_t at)
{
    const HtmlNode *n = &c->h->nodes.v[at];
    if (html_kind(n->tag) != 'b') { count_inline(c, n->tag, -1); return; }
    if (c->line >= 0 && c->line != at) { c->has_gap = true; return; }
    c->line = -1;
    end_block(c);
    for (at = n->parent; at > 0 && html_kind(c->h->nodes.v[at].tag) != 'b'; at = c->h->nodes.v[at].parent) {}
    c->holder = at < 0 ? 0 : at;
}

void blocks_cut(Arena *a, const Html *h, Blocks *out)
{
    Cutter c = {.a = a, .h = h, .out = out, .text = {.to = a}, .line = -1};
    int32_t at = 0;
    *out = (Blocks){0};
    for (;;) {
        if (on_node(&c, at) && h->nodes.v[at].first >= 0) { at = h->nodes.v[at].first; continue; }
        if (html_kind(h->nodes.v[at].tag) == 'b') on_leave(&c, at);
        else if (html_kind(h->nodes.v[at].tag) == 'i' && h->nodes.v[at].tag != TAG_TEXT && !html_is_hidden(h, at)) on_leave(&c, at);
        while (at > 0 && h->nodes.v[at].next < 0) {
            at = h->nodes.v[at].parent;
            on_leave(&c, at);
        }
        if (at <= 0) break;
        at = h->nodes.v[at].next;
    }
    end_block(&c);
    ptrdiff_t from = 0;
    for (int32_t i = 0; i < out->n; i++) {
        out->v[i].text.p = c.text.p + from;
        from += out->v[i].text.n;
    }
}
