/* Furniture: what sites put around and into an article, by the table of what they say.
**
**   "Related article: Why the Ferry Never Sails"        sure, a teaser
**   "You may also like" + three headlines                a list
**   "Dear readers, …" … "Remind me later."               an appeal of several paragraphs
**
** A paragraph is cut on clear evidence only: losing body text is worse than keeping furniture. So rows have a limit of
** words; a mere cue of an appeal ("your support") counts only in company, with a key ("from as little as $2"), or
** between an opening and a closing; what lists headlines ends at the first paragraph with a stop; what ends an article
** ("Leave a Reply") does so only in the second half of its words.
**
** Always: a paragraph is marked at most once. Cost: one look at each paragraph of up to FURNITURE_MAX bytes.
*/
#include "text/clean.h"
#include "text/pattern.h"

enum {
    MATCHES_MAX = 24,      /* rows that one paragraph is held to match; an appeal's paragraph has matched 7 */
    LIST_MAX = 12,         /* headlines below "Related stories" */
    LIST_WORDS = 22,
    APPEAL_GAP = 3,        /* a paragraph without a cue may stand between two, or two: "We have been here before." */
    APPEAL_WORDS = 130,
    SIGNATURE_WORDS = 60   /* below a mail's "--" */
};
enum { IS_OPEN = 1, IS_CLOSE = 2 };
typedef struct { uint8_t cues, keys, marks; } Signs;

static Str para_str(const Clean *c, int32_t i) { return span_str(c->r->text, c->paras.v[i].span); }

bool furniture_is(Str line)
{
    Folded f;
    Furniture found[MATCHES_MAX];
    fold_paragraph(line, &f);
    int32_t n = f.n ? furniture_find(&f, count_words(line), found, MATCHES_MAX) : 0;
    for (int32_t i = 0; i < n; i++)
        if (found[i].kind == FURNITURE_SURE || found[i].kind == FURNITURE_LIST || found[i].kind == FURNITURE_REST)
            return true;
    return false;
}

static bool only_signs(Str s)
{
    int size;
    for (ptrdiff_t i = 0; i < s.n; i += size) {
        CharClass class = char_at(s.p + i, s.n - i, &size);
        if (class == CHAR_LETTER || class == CHAR_DIGIT) return false;
    }
    return true;
}

/* "Original url:" has its address in the paragraph, or alone in the next. */
static bool has_address(Clean *c, int32_t i, bool *in_next)
{
    Span at;
    *in_next = false;
    if (address_in(para_str(c, i), &at).n) return true;
    if (i + 1 >= c->paras.n || c->paras.v[i + 1].n_words != 1) return false;
    return *in_next = address_in(para_str(c, i + 1), &at).n > 0;
}

static void mark_address(Clean *c, int32_t i, const Furniture *row)
{
    bool in_next;
    if (!has_address(c, i, &in_next)) return;
    c->paras.v[i].reason = row->reason;
    if (in_next) c->paras.v[i + 1].reason = row->reason;
    origin_give(c, in_next ? i + 1 : i, row->gives, row->name_at);
}

typedef struct { uint8_t *starts_list; int32_t rest_from; Signs *signs; } Found;

static void take_row(Clean *c, int32_t i, const Furniture *row, Found *found)
{
    Para *p = &c->paras.v[i];
    if (row->gives >= GIVES_ADAPTED && row->gives <= GIVES_TRANSLATED && !origin_names(c, i, row->name_at)) return;
    switch (row->kind) {
    case FURNITURE_CUE: found->signs[i].cues++; return;
    case FURNITURE_KEY: found->signs[i].keys++; return;
    case FURNITURE_OPEN: found->signs[i].marks |= IS_OPEN; return;
    case FURNITURE_CLOSE: found->signs[i].marks |= IS_CLOSE; return;
    case FURNITURE_LABEL: c->label[i] = 1; return;
    case FURNITURE_ADDR: mark_address(c, i, row); return;
    case FURNITURE_LIST: found->starts_list[i] = 1; break;
    case FURNITURE_REST:
        if (c->has_turns) return;
        if (found->rest_from == NONE) found->rest_from = i;
        break;
    default: break;
    }
    if (!p->reason) p->reason = row->reason;
    if (row->gives) origin_give(c, i, row->gives, row->name_at);
}

static void look_up(Clean *c, int32_t i, bool in_second_half, Found *found)
{
    Folded f;
    Furniture rows[MATCHES_MAX];
    Str s = para_str(c, i);
    if (char_is_lower_at(s, 0) && s.p[s.n - 1] == '.') return;           /* "share.": the rest of a sentence */
    fold_paragraph(s, &f);
    int32_t n = f.n ? furniture_find(&f, c->paras.v[i].n_words, rows, MATCHES_MAX) : 0;
    for (int32_t k = 0; k < n; k++)
        if (rows[k].where == WHERE_ANY || (rows[k].where == WHERE_TOP && i < c->first_long) ||
            (rows[k].where == WHERE_END && in_second_half))
            take_row(c, i, &rows[k], found);
}

static void mark_lists(Clean *c, const uint8_t *starts)
{
    for (int32_t i = 0; i < c->paras.n; i++) {
        if (!starts[i]) continue;
        for (int32_t k = i + 1; k < c->paras.n && k <= i + LIST_MAX; k++) {
            Para *p = &c->paras.v[k];
            if (p->reason || p->stops || p->is_turn || p->n_words > LIST_WORDS || k == c->first_long) break;
            p->reason = BOILERPLATE_TEASER;
        }
    }
}

static bool is_appeal(int cues, int keys, int marks)
{
    if (marks & IS_OPEN) return (marks & IS_CLOSE) || cues + keys >= 2;
    return (marks & IS_CLOSE) ? cues + keys >= 1 : keys >= 1 && cues + keys >= 2;
}

/* Runs of paragraphs with signs of an appeal, small gaps allowed; wider ones once it has opened. */
static void mark_appeals(Clean *c, const Signs *signs)
{
    for (int32_t i = 0; i < c->paras.n;) {
        if (!signs[i].cues && !signs[i].keys && !signs[i].marks) { i++; continue; }
        int cues = 0, keys = 0, marks = 0;
        int32_t last = i;
        for (int32_t k = i; k < c->paras.n && k - last <= APPEAL_GAP + 2 * (marks & IS_OPEN); k++) {
            if (c->paras.v[k].n_words > APPEAL_WORDS) break;
            if (signs[k].cues || signs[k].keys || signs[k].marks) last = k;
            cues += signs[k].cues;
            keys += signs[k].keys;
            marks |= signs[k].marks;
        }
        if (is_appeal(cues, keys, marks) && (!c->has_turns || (marks & IS_OPEN)))
            for (int32_t k = i; k <= last; k++)
                if (!c->paras.v[k].reason) c->paras.v[k].reason = BOILERPLATE_APPEAL;
        i = last + 1;
    }
}

void furniture_mark(Clean *c)
{
    int64_t total = 0, before = 0;
    for (int32_t i = 0; i < c->paras.n; i++) total += c->paras.v[i].n_words;
    Found found = {arena_new(c->a, uint8_t, c->paras.n + 1), NONE, arena_new(c->a, Signs, c->paras.n + 1)};
    for (int32_t i = 0; i < c->paras.n; i++) {
        Para *p = &c->paras.v[i];
        Str s = para_str(c, i);
        /* a mail's signature follows */
        if (str_eq(s, S("--")) && total - before < SIGNATURE_WORDS && !c->has_turns && found.rest_from == NONE)
            found.rest_from = i;
        if (s.n <= FURNITURE_MAX && !p->reason && only_signs(s)) p->reason = BOILERPLATE_OTHER;
        else if (s.n <= FURNITURE_MAX) look_up(c, i, before * 2 >= total, &found);
        before += p->n_words;
    }
    mark_lists(c, found.starts_list);
    mark_appeals(c, found.signs);
    for (int32_t i = found.rest_from; i != NONE && i < c->paras.n; i++)
        if (!c->paras.v[i].reason) c->paras.v[i].reason = BOILERPLATE_NAVIGATION;
}
