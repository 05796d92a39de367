/* Articles for people.
**
**  in:  the text; statement 3 over “We will not move,”; a byline
**  out: [byline: By Delia Fosse]
**
**       ⟦s3⟧ “We will not move,” Marten said on Tuesday.
**
** Every boundary of a span is a mark; sorted by place they cut the text into pieces of one style each, so the cost is
** that of sorting. Marks at one place: what ends goes before what begins.
*/
#include "article.h"
#include <stdlib.h>

typedef struct { int32_t at, order; bool opens; int style; Str label; } Mark;
typedef SLICE(Mark) Marks;

static int mark_cmp(const void *x, const void *y)
{
    const Mark *a = x, *b = y;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    if (a->opens != b->opens) return a->opens ? 1 : -1;
    return (a->order > b->order) - (a->order < b->order);
}

/* The label is printed where the span begins; `tail` where it ends. */
static void mark_span(Arena *a, Marks *m, Span s, int style, Str label, Str tail)
{
    if (!span_is(s) || s.begin >= s.end) return;
    *push(a, m) = (Mark){s.begin, m->n, true, style, label};
    *push(a, m) = (Mark){s.end, m->n, false, style, tail};
}

static void marks_sort(Marks *m)
{
    if (m->n) qsort(m->v, (size_t)m->n, sizeof *m->v, mark_cmp);
}

typedef struct { int depth[8]; } Open;                   /* of each style's bit */
static int open_style(const Open *o)
{
    int style = 0;
    for (int i = 0; i < 8; i++) style |= o->depth[i] > 0 ? 1 << i : 0;
    return style & DIM ? DIM : style;                     /* furniture is furniture, whatever stands in it */
}

static void open_change(Open *o, int style, int by)
{
    for (int i = 0; i < 8; i++)
        if (style & 1 << i) o->depth[i] += by;
}

/* Lines break where the text breaks them; several breaks are one empty line. */
typedef struct {
    Arena *a;
    const Record *r;
    Buf *out;
    Open open;
    Flow flow;
    int margin, breaks, line_width;                      /* breaks: of the text, since the last word */
    bool in_line, any;
} Painter;

static void line_begin(Painter *p)
{
    if (p->in_line) return;
    if (p->any && p->breaks > 1) buf_char(p->out, '\n');
    screen_pad(p->out, p->margin);
    p->flow = flow_at(p->a, p->out, p->margin, p->margin);
    if (p->flow.width > PROSE_WIDTH) p->flow.width = PROSE_WIDTH;
    p->in_line = p->any = true;
    p->breaks = 0;
}

static void line_end(Painter *p)
{
    if (p->in_line) flow_end(&p->flow);
    p->in_line = false;
}

static void painter_text(Painter *p, Span span)
{
    Str rest = span_str(p->r->text, span), line;
    for (int i = 0; str_split(&rest, '\n', &line); i++) {
        if (i && p->in_line) p->breaks = p->line_width > PROSE_WIDTH;      /* a long line is a paragraph */
        if (i) line_end(p), p->breaks++, p->line_width = 0;
        if (!p->in_line && !str_trim(line).n) continue;
        line_begin(p);
        flow_text(&p->flow, line, open_style(&p->open));
        p->line_width += utf8_width(line);
    }
}

static void painter_mark(Painter *p, const Mark *m)
{
    if (m->opens) open_change(&p->open, m->style, 1);
    if (m->label.n) {
        line_begin(p);
        flow_text(&p->flow, m->label, DIM);
    }
    if (!m->opens) open_change(&p->open, m->style, -1);
}

static void paint(Arena *a, const Record *r, Span span, Marks *m, int margin, Buf *out)
{
    Painter p = {.a = a, .r = r, .out = out, .margin = margin};
    int32_t at = span.begin;
    marks_sort(m);
    for (int i = 0; i < m->n; i++) {
        if (m->v[i].at < span.begin || m->v[i].at > span.end) continue;
        if (m->v[i].at > at) painter_text(&p, (Span){at, m->v[i].at});
        at = m->v[i].at;
        painter_mark(&p, &m->v[i]);
    }
    if (at < span.end) painter_text(&p, (Span){at, span.end});
    line_end(&p);
}

void article_text(Arena *a, const Record *r, Buf *out)
{
    Marks m = {0};
    for (int i = 0; i < r->boilerplate.n; i++) {
        Str reason = boilerplate_name(r->boilerplate.v[i].reason);
        mark_span(a, &m, r->boilerplate.v[i].span, DIM,
                  arena_printf(a, "[%.*s: ", STR(reason.n ? reason : S("furniture"))), S("]"));
    }
    for (int i = 0; i < r->statements.n; i++) {
        const Statement *s = &r->statements.v[i];
        for (int k = 0; k < s->content.n; k++)
            mark_span(a, &m, s->content.v[k], UNDERLINE, k ? S("") : arena_printf(a, "⟦s%d⟧", i), S(""));
        for (int k = 0; k < s->source.n; k++) mark_span(a, &m, s->source.v[k], BOLD, S(""), S(""));
    }
    paint(a, r, (Span){0, (int32_t)r->text.n}, &m, 0, out);
}

Span article_sentences(const Record *r, Span place, int neighbours)
{
    int first = -1, last = -1;
    for (int i = 0; i < r->sentences.n; i++) {
        Span s = r->sentences.v[i];
        if (s.begin >= place.end || s.end <= place.begin) continue;
        if (first < 0) first = i;
        last = i;
    }
    if (first < 0) return SPAN_NONE;
    first = first > neighbours ? first - neighbours : 0;
    last = last + neighbours < r->sentences.n ? last + neighbours : r->sentences.n - 1;
    return (Span){r->sentences.v[first].begin, r->sentences.v[last].end};
}

void article_around(Arena *a, const Record *r, const Part *p, Buf *out)
{
    Marks m = {0};
    Span around = article_sentences(r, p->place, 1);
    if (!span_is(around)) around = p->place;
    if (!span_is(around)) return;
    for (int i = 0; i < p->words.n; i++) {
        Span s = p->words.v[i].span;
        bool marked = !screen()->colour && i == 0 && p->kind[0] != 'n';
        mark_span(a, &m, s, i == 0 ? BOLD | UNDERLINE : BOLD, marked ? S("⟦") : S(""), marked ? S("⟧") : S(""));
    }
    paint(a, r, around, &m, 4, out);
}
