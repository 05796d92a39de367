/* Trees to learn from: CoNLL-U (universaldependencies.org/format.html).
**
**   # newdoc id = d1
**   # sent_id = s1
**   # text = don't go
**   1-2   don't  _      _     …  _  SpaceAfter…        the written token of the words 1 and 2
**   1     do     do     AUX   …  3  aux   _  _
**   2.1   …                                            an empty node: left out
**
** Believed only after it is checked: ten columns, numbers without gaps, heads that exist, one tree with one root. What
** is wrong is told with its line. Always: an accepted Tree can be walked without further questions.
** Cost: linear; columns beyond the tenth are not even counted.
*/
#include "train/common/train.h"
#include <string.h>

typedef struct {
    Arena *a;
    Str where;
    const Strs *without;
    Trees *out;
    Str doc, id, text;
    bool is_left_out;
    SLICE(TreeWord) word;
    int32_t first_line, line;
    /* words of the last written token, 0-based; {0, 0} before the first */
    Span mwt;
    Str mwt_form;
    bool mwt_space;
} Reader;

static bool wrong(const Reader *r, int32_t line, const char *what, Str at, Err *e)
{
    return fail(e, ERR_INPUT, "%.*s:%d: %s%s%.*s%s", STR(r->where), line, what, at.n ? " '" : "",
                (int)(at.n < 60 ? at.n : 60), at.n ? at.p : "", at.n ? "'" : "");
}

static Str value_of(Str line, Str key)                   /* "# key = value" */
{
    if (!str_starts(line, key)) return (Str){0};
    Str rest = str_trim(str_sub(line, key.n, line.n));
    return str_starts(rest, S("=")) ? str_trim(str_sub(rest, 1, rest.n)) : (Str){0};
}

static bool number(Str s, int32_t *n)
{
    *n = 0;
    if (s.n == 0 || s.n > 6) return false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        *n = *n * 10 + (s.p[i] - '0');
    }
    return true;
}

static void comment(Reader *r, Str line)
{
    if (str_starts(line, S("# newdoc"))) {
        r->doc = value_of(line, S("# newdoc id"));
        r->is_left_out = false;
        for (int32_t i = 0; r->without && i < r->without->n; i++)
            r->is_left_out |= str_find(r->doc, r->without->v[i]) >= 0;
    }
    if (str_starts(line, S("# sent_id"))) r->id = value_of(line, S("# sent_id"));
    if (str_starts(line, S("# text ")) || str_starts(line, S("# text="))) r->text = value_of(line, S("# text"));
}

/* ---- one line ---------------------------------------------------------------------------------------------------- */
static bool columns_of(const Reader *r, Str line, Str column[CONLLU_COLUMNS], Err *e)
{
    Str rest = line;
    for (int c = 0; c < CONLLU_COLUMNS; c++)
        if (!str_split(&rest, '\t', &column[c]))
            return wrong(r, r->line, "fewer than ten columns, parted by tabs:", line, e);
    if (rest.p) return wrong(r, r->line, "more than ten columns", (Str){0}, e);
    return true;
}

static Str filled(Str column) { return str_eq(column, S("_")) ? (Str){0} : column; }
static bool has_no_space(Str misc) { return str_find(misc, S("SpaceAfter=No")) >= 0; }

static bool written_token(Reader *r, Str column[CONLLU_COLUMNS], Err *e)
{
    ptrdiff_t dash = str_find(column[0], S("-"));
    int32_t first, last;
    if (!number(str_sub(column[0], 0, dash), &first) || !number(str_sub(column[0], dash + 1, column[0].n), &last) ||
        first != r->word.n + 1 || last < first || last > CONLLU_WORDS || first <= r->mwt.end)
        return wrong(r, r->line, "a written token must cover the words that follow it:", column[0], e);
    r->mwt = (Span){first - 1, last};
    r->mwt_form = column[1];
    r->mwt_space = !has_no_space(column[9]);
    return true;
}

static bool one_word(Reader *r, Str column[CONLLU_COLUMNS], Err *e)
{
    int32_t id, head;
    if (!number(column[0], &id) || id != r->word.n + 1)
        return wrong(r, r->line, "words must be numbered 1, 2, 3 …, not", column[0], e);
    if (id > CONLLU_WORDS) return wrong(r, r->line, "a sentence of more than 10000 words", (Str){0}, e);
    if (!number(column[6], &head)) return wrong(r, r->line, "the head is no number:", column[6], e);
    TreeWord *w = push(r->a, &r->word);
    *w = (TreeWord){.form = column[1],
                    .upos = filled(column[3]),
                    .xpos = filled(column[4]),
                    .feats = filled(column[5]),
                    .deprel = filled(column[7]),
                    .head = head,
                    .mwt = SPAN_NONE,
                    .space_after = !has_no_space(column[9])};
    w->lemma = str_eq(column[2], S("_")) && !str_eq(column[1], S("_")) ? (Str){0} : column[2];
    if (id <= r->mwt.end) w->mwt = r->mwt, w->mwt_form = r->mwt_form, w->space_after = r->mwt_space;
    return true;
}

/* ---- one sentence ------------------------------------------------------------------------------------------------ */
/* Every word reaches the root: each is walked once, marked with the walk that it was met in. */
static bool is_tree(const Reader *r, Err *e)
{
    int32_t n = r->word.n, roots = 0, *seen = arena_new(r->a, int32_t, n + 1);
    for (int32_t i = 0; i < n; i++) {
        if (r->word.v[i].head > n)
            return wrong(r, r->first_line, "a head lies outside the sentence that begins here", (Str){0}, e);
        roots += r->word.v[i].head == 0;
    }
    if (roots != 1)
        return wrong(r, r->first_line, "the sentence that begins here has no root, or several", (Str){0}, e);
    for (int32_t i = 1; i <= n; i++) {
        int32_t at = i;
        while (at && !seen[at]) seen[at] = i, at = r->word.v[at - 1].head;
        if (at && seen[at] == i)
            return wrong(r, r->first_line, "the heads of the sentence that begins here go round in a circle", (Str){0},
                         e);
    }
    return true;
}

static bool sentence_end(Reader *r, Err *e)
{
    if (r->mwt.end > r->word.n)
        return wrong(r, r->first_line, "a written token reaches beyond the sentence that begins here", (Str){0}, e);
    if (r->word.n) {
        if (!is_tree(r, e)) return false;
        if (!r->is_left_out)
            *push(r->a, r->out) =
                (Tree){.word = r->word.v, .n = r->word.n, .id = r->id, .doc = r->doc, .text = r->text};
    }
    r->word.v = NULL;
    r->word.n = r->word.cap = 0;
    r->mwt = (Span){0, 0};
    r->first_line = 0;
    r->text = r->id = (Str){0};
    return true;
}

bool conllu_read(Arena *a, Str bytes, Str where, const Strs *without, Trees *out, Err *e)
{
    Reader r = {.a = a, .where = where, .without = without, .out = out};
    Str rest = bytes, line, column[CONLLU_COLUMNS];
    for (r.line = 1; str_split(&rest, '\n', &line); r.line++) {
        if (str_ends(line, S("\r"))) line.n--;
        if (line.n == 0) {
            if (!sentence_end(&r, e)) return false;
            continue;
        }
        if (line.p[0] == '#') {
            comment(&r, line);
            continue;
        }
        if (!columns_of(&r, line, column, e)) return false;
        if (!r.first_line) r.first_line = r.line;        /* for what is wrong with the whole of it */
        bool ok = str_find(column[0], S(".")) >= 0   ? true              /* an empty node */
                  : str_find(column[0], S("-")) > 0 ? written_token(&r, column, e)
                                                    : one_word(&r, column, e);
        if (!ok) return false;
    }
    return sentence_end(&r, e);
}
