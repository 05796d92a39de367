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

/* Text from `from` to `to`, lines broken where the text breaks them; marks from *next on. */
typedef struct {
    Arena *a;
    const Record *r;
    Buf *out;
    Marks *m;
    int32_t next;
    Open open;
    Flow flow;
    bool at_start;
    int margin;
} Painter;

static void painter_text(Painter *p, int32_t from, int32_t to)
{
    Str rest = span_str(p->r->text, (Span){from, to}), line;
    for (int i = 0; str_split(&rest, '\n', &line); i++) {
        bool is_first = i == 0;
        if (!is_first) {
            if (!p->at_start) {
                flow_end(&p->flow);
                if (p->margin) screen_pad(p->out, p->margin);
                p->flow = flow_at(p->a, p->out, p->margin, p->margin);
                if (p->flow.width > PROSE_WIDTH) p->flow.width = PROSE_WIDTH;
            }
            p->at_start = true;
        }
        if (!str_trim(line).n && p->at_start) continue;
        if (p->at_start && !is_first && p->out->n) buf_char(p->out, '\n');
        p->at_start = false;
        flow_text(&p->flow, line, open_style(&p->open));
    }
}

static void painter_mark(Painter *p)
{
    const Mark *m = &p->m->v[p->next++];
    if (m->opens) {
        open_change(&p->open, m->style, 1);
        if (m->label.n && p->at_start && p->out->n) buf_char(p->out, '\n');
        if (m->label.n) { p->at_start = false; flow_text(&p->flow, m->label, DIM); }
    } else {
        if (m->label.n) flow_text(&p->flow, m->label, DIM);
        open_change(&p->open, m->style, -1);
    }
}

static void paint(Arena *a, const Record *r, Span span, Marks *m, int margin, Buf *out)
{
    Painter p = {.a = a, .r = r, .out = out, .m = m, .at_start = true, .margin = margin};
    int32_t at = span.begin;
    Buf own = {.to = a};
    p.out = &own;
    marks_sort(m);
    screen_pad(&own, margin);
    ptrdiff_t empty = own.n;
    p.flow = flow_at(a, &own, margin, margin);
    if (p.flow.width > PROSE_WIDTH) p.flow.width = PROSE_WIDTH;
    while (p.next < m->n && m->v[p.next].at < span.begin) p.next++;
    while (at < span.end || (p.next < m->n && m->v[p.next].at <= span.end)) {
        int32_t stop = p.next < m->n && m->v[p.next].at < span.end ? m->v[p.next].at : span.end;
        if (stop > at) painter_text(&p, at, stop);
        at = stop;
        if (p.next < m->n && m->v[p.next].at <= at) painter_mark(&p);
        else if (at >= span.end) break;
    }
    if (!p.at_start || own.n > empty) flow_end(&p.flow);
    buf_add(out, buf_str(&own));
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
