/* Sentences: where one ends and the next begins.
**
** "Mr. Arno left at 5 a.m. The U.S. President stayed. 'Will it hold?' Brandt asked."
**  out: [Mr. Arno left at 5 a.m.] [The U.S. President stayed.] ['Will it hold?' Brandt asked.]
**
** A paragraph's end always ends a sentence. Within it the gaps between its stretches are asked one after another: rules
** answer most (stop.c), a small scorer answers where they are in doubt (gap.c, doubt.c), mostly where no stop stands.
**
** Always: sentences lie in one paragraph, do not overlap, and neither begin nor end with a blank.
** Cost: one pass.
*/
#include "text/inside.h"

static void put_sentence(Arena *a, Record *r, ptrdiff_t begin, ptrdiff_t end)
{
    Span s = span_trim(r->text, (Span){(int32_t)begin, (int32_t)end});
    if (s.begin < s.end) *push(a, &r->sentences) = s;
}

static void cut_piece(Arena *a, Record *r, Span piece)
{
    Stretches p;
    const DoubtTable *table = doubt_table();
    row_read(a, r->text, piece, &p);
    if (p.stretch.n == 0) return;
    for (int32_t i = 1; i < p.stretch.n; i++) {
        Doubt doubt;
        Gap gap = row_gap(&p, i, &doubt);
        bool ends = gap == GAP_DOUBT ? doubt_ends(table, &doubt) : gap == GAP_YES;
        if (ends) put_sentence(a, r, p.stretch.v[p.from].begin, p.stretch.v[i - 1].end);
        row_step(&p, i, ends);
    }
    put_sentence(a, r, p.stretch.v[p.from].begin, piece.end);
}

void text_sentences(Arena *a, Record *r, TextOptions how)
{
    r->sentences = (Spans){0};
    int32_t mark = 0;
    for (int32_t i = 0; i < r->paragraphs.n; i++) {
        Span left = r->paragraphs.v[i];
        if (how.furniture_too) { cut_piece(a, r, left); continue; }
        while (mark < r->boilerplate.n && r->boilerplate.v[mark].span.end <= left.begin) mark++;
        for (int32_t m = mark; m < r->boilerplate.n && r->boilerplate.v[m].span.begin < left.end; m++) {
            Span cut = r->boilerplate.v[m].span;
            if (cut.begin > left.begin) cut_piece(a, r, (Span){left.begin, cut.begin});
            if (cut.end > left.begin) left.begin = cut.end;
        }
        if (left.begin < left.end) cut_piece(a, r, left);
    }
}
