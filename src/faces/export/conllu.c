/* CoNLL-U: one record as sentences and words (universaldependencies.org/format.html).
**
**  in:  "Don't sign," Ito said.
**  out: # newdoc id = …
**       # newpar
**       # sent_id = …-1
**       # text = "Don't sign," Ito said.
**       1     "      _  _  _  _  _  _  _  SpaceAfter=No
**       2-3   Don't  _  _  _  _  _  _  _  _
**       2     Do     …
**       3     n't    …
**
** Always: every visible character of every sentence stands in a token; what is not known is "_". White space inside
** a sentence is one blank in # text, since that is all SpaceAfter can say.
*/
#include "export.h"

static void field(Buf *out, Str s)
{
    if (!s.n) { buf_char(out, '_'); return; }
    for (ptrdiff_t i = 0; i < s.n; i++) buf_char(out, (unsigned char)s.p[i] < 32 ? ' ' : s.p[i]);
}

/* One line: white space of any kind is a blank. */
static void line_text(Buf *out, Str s)
{
    bool gap = false, any = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t at = i;
        if (utf8_is_space(utf8_next(s, &i)) || (s.p[at] >= 9 && s.p[at] <= 13)) { gap = any; continue; }
        if (gap) buf_char(out, ' ');
        gap = false;
        any = true;
        buf_add(out, str_sub(s, at, i));
    }
}

static bool space_follows(Str text, int32_t end)
{
    ptrdiff_t i = end;
    if (end >= text.n) return true;
    return utf8_is_space(utf8_next(text, &i)) || (text.p[end] >= 9 && text.p[end] <= 13);
}

static void misc(Buf *out, const Record *r, int32_t end)
{
    buf_add(out, space_follows(r->text, end) ? S("_\n") : S("SpaceAfter=No\n"));
}

static void token_line(Buf *out, const Record *r, const Token *t, int32_t number)
{
    Str form = t->form.n ? t->form : span_str(r->text, t->span);
    buf_printf(out, "%d\t", number);
    field(out, form);
    const Str cells[] = {t->lemma, t->upos, t->xpos, t->feats};
    for (int i = 0; i < 4; i++) { buf_char(out, '\t'); field(out, cells[i]); }
    if (t->head >= 0) buf_printf(out, "\t%d\t", t->head);
    else buf_add(out, S("\t_\t"));
    field(out, t->deprel);
    buf_add(out, S("\t_\t"));
    if (span_is(t->mwt)) buf_add(out, S("_\n"));
    else misc(out, r, t->span.end);
}

static bool same_span(Span a, Span b) { return a.begin == b.begin && a.end == b.end; }

/* Tokens of one sentence, from `first`; returns the one behind them. */
static int32_t sentence_tokens(Buf *out, const Record *r, int32_t first, int32_t sent)
{
    int32_t i = first;
    for (; i < r->tokens.n && r->tokens.v[i].sent == sent; i++) {
        const Token *t = &r->tokens.v[i];
        bool opens = span_is(t->mwt) && (i == first || !same_span(t->mwt, t[-1].mwt));
        if (opens) {
            int32_t last = i;
            while (last + 1 < r->tokens.n && r->tokens.v[last + 1].sent == sent
                   && same_span(r->tokens.v[last + 1].mwt, t->mwt))
                last++;
            buf_printf(out, "%d-%d\t", i - first + 1, last - first + 1);
            field(out, span_str(r->text, t->mwt));
            buf_add(out, S("\t_\t_\t_\t_\t_\t_\t_\t"));
            misc(out, r, t->mwt.end);
        }
        token_line(out, r, t, i - first + 1);
    }
    buf_char(out, '\n');
    return i;
}

void export_conllu(Arena *a, const Record *r, Buf *out)
{
    int32_t token = 0, paragraph = 0;
    (void)a;
    buf_add(out, S("# newdoc id = "));
    line_text(out, r->id);
    buf_char(out, '\n');
    for (int32_t s = 0; s < r->sentences.n; s++) {
        bool opens = false;
        for (; paragraph < r->paragraphs.n && r->paragraphs.v[paragraph].begin <= r->sentences.v[s].begin; paragraph++)
            opens = true;
        while (token < r->tokens.n && r->tokens.v[token].sent < s) token++;
        if (token >= r->tokens.n || r->tokens.v[token].sent != s) continue;
        if (opens) buf_add(out, S("# newpar\n"));
        buf_add(out, S("# sent_id = "));
        line_text(out, r->id);
        buf_printf(out, "-%d\n# text = ", s + 1);
        line_text(out, span_str(r->text, r->sentences.v[s]));
        buf_char(out, '\n');
        token = sentence_tokens(out, r, token, s);
    }
}
