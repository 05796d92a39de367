/* Marks: quotations paired over paragraphs.
**
** “We sail.   ¶   “We sail at dawn,” said Ito.      one quotation of two pieces
** "We sail, said Ito.   ¶   The others wait.        none: what is never closed claims nothing
**
** Pass one pairs the marks that are never apostrophes: “ ”, „ “, « », ", `` and ''. A mark that may open and may close
** is told by its neighbours: an opening one has a word behind it and none before. A quotation open at the end of its
** paragraph goes on only where the next one begins with a mark of the same kind; else it is dropped. A second opening
** mark inside an open quotation shows that the first was never closed: the first is dropped.
** Pass two pairs single marks, curly or straight, outside the others and within one paragraph. ’ between letters is an
** apostrophe, so is the one of '90s; behind a plural's s it closes only where no better one follows.
** A mark behind a digit outside any quotation means inches or seconds.
**
** Always: pieces lie in the body and do not overlap; at most PIECES_MAX paragraphs and QUOTATION_MAX bytes, so one
** forgotten mark can not swallow a text. Cost: two passes over the bytes.
*/
#include "reading/inside.h"

#include <stdlib.h>

/* Paragraphs, and bytes. What is longer is a speech given whole or a mark that was forgotten; no claim is made of it. */
enum { PIECES_MAX = 12, QUOTATION_MAX = 12000, SINGLE_MAX = 2000 };

typedef enum { MARK_NONE, MARK_CURLY, MARK_LOW, MARK_GUILLEMET, MARK_STRAIGHT, MARK_BACKTICKS,
               MARK_TWO_SINGLES } MarkKind;
typedef struct { MarkKind kind; int32_t n; bool may_open, may_close; } Mark;
typedef struct {
    Arena *a;
    const Record *r;
    Quotations found;
    Quotation now;                             /* the one that is open */
    MarkKind open;                             /* MARK_NONE: none */
    int32_t piece_begin;
} Pairing;

static const unsigned char may_mark[256] = {
    ['"'] = 1, ['`'] = 1, ['\''] = 3, [0xE2] = 3, [0xC2] = 1}; /* 2: a single one */

static char byte_at(Str t, int32_t i) { return i >= 0 && i < t.n ? t.p[i] : ' '; }
static bool is_white(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0xC3;
}
static bool starts_at(Str t, int32_t i, Str s) { return str_starts(str_sub(t, i, t.n), s); }

static bool ends_space(Str t, int32_t i)       /* white space, also a no-break space, before i */
{
    return is_white(byte_at(t, i - 1)) || (i >= 2 && starts_at(t, i - 2, S("\xC2\xA0")));
}

static bool opens_by_neighbours(Str t, int32_t i, int32_t n)
{
    char before = byte_at(t, i - 1), behind = byte_at(t, i + n);
    bool room = ends_space(t, i) || before == '(' || before == '[' || before == ':' || before == '-' || before == '/' ||
                (i >= 3 && (starts_at(t, i - 3, S("—")) || starts_at(t, i - 3, S("–")) || starts_at(t, i - 3, S("‘")) ||
                            starts_at(t, i - 3, S("“"))));
    return room && !is_white(behind) && behind != ',' && behind != ';' && behind != ')';
}

static bool closes_by_neighbours(Str t, int32_t i, int32_t n)
{
    return !ends_space(t, i) || !is_alnum(byte_at(t, i + n));
}

/* The double mark that begins at byte i, if one does. */
static Mark mark_at(Str t, int32_t i)
{
    char c = t.p[i];
    if (c == '"') return (Mark){MARK_STRAIGHT, 1, opens_by_neighbours(t, i, 1), closes_by_neighbours(t, i, 1)};
    if (c == '`' && byte_at(t, i + 1) == '`') return (Mark){MARK_BACKTICKS, 2, true, false};
    if (c == '\'' && byte_at(t, i + 1) == '\'')
        return (Mark){MARK_TWO_SINGLES, 2, opens_by_neighbours(t, i, 2), closes_by_neighbours(t, i, 2)};
    if (c != (char)0xE2 && c != (char)0xC2) return (Mark){MARK_NONE, 1, false, false};
    if (starts_at(t, i, S("“"))) return (Mark){MARK_CURLY, 3, true, false};
    if (starts_at(t, i, S("”"))) return (Mark){MARK_CURLY, 3, false, true};
    if (starts_at(t, i, S("„"))) return (Mark){MARK_LOW, 3, true, false};
    if (starts_at(t, i, S("«"))) return (Mark){MARK_GUILLEMET, 2, true, false};
    if (starts_at(t, i, S("»"))) return (Mark){MARK_GUILLEMET, 2, false, true};
    return (Mark){MARK_NONE, 1, false, false};
}

static bool closes(MarkKind open, Mark m, Str t, int32_t i)
{
    switch (open) {
    case MARK_CURLY: return (m.kind == MARK_CURLY && m.may_close) || (m.kind == MARK_STRAIGHT && !m.may_open);
    case MARK_LOW: return m.kind == MARK_CURLY || (m.kind == MARK_STRAIGHT && !m.may_open);
    case MARK_GUILLEMET: return m.kind == MARK_GUILLEMET && m.may_close;
    case MARK_BACKTICKS: return m.kind == MARK_TWO_SINGLES || (m.kind == MARK_STRAIGHT && !m.may_open);
    case MARK_TWO_SINGLES: return m.kind == MARK_TWO_SINGLES && m.may_close;
    case MARK_STRAIGHT:
        if (m.kind == MARK_CURLY) return m.may_close;
        return m.kind == MARK_STRAIGHT && m.may_close && !(m.may_open && ends_space(t, i));
    default: return false;
    }
}

static Span trimmed(Str t, int32_t begin, int32_t end)
{
    while (begin < end && is_white(t.p[begin])) begin++;
    while (end > begin && is_white(t.p[end - 1])) end--;
    return (Span){begin, end};
}

static int32_t count_words(Str s)
{
    int32_t n = 0;
    for (ptrdiff_t i = 0; i < s.n; i++)
        n += is_alnum(s.p[i]) && (i == 0 || is_white(s.p[i - 1]) || !is_alnum(s.p[i - 1]));
    return n;
}

static void add_piece(Pairing *p, int32_t end)
{
    Span s = trimmed(p->r->text, p->piece_begin, end);
    if (s.end <= s.begin) return;
    *push(p->a, &p->now.pieces) = s;
    p->now.n_words += count_words(span_str(p->r->text, s));
}

static bool keeps(const Pairing *p)
{
    if (p->now.pieces.n == 0 || p->now.pieces.n > PIECES_MAX) return false;
    if (p->now.outer.end - p->now.outer.begin > QUOTATION_MAX) return false;
    for (int32_t i = 0; i < p->now.pieces.n; i++)
        if (span_in_furniture(p->r, p->now.pieces.v[i])) return false;
    return p->now.n_words > 0;
}

static bool blank_between(Str t, int32_t from, int32_t to)
{
    Span s = trimmed(t, from, to);
    return s.begin == s.end;
}

static void open_quotation(Pairing *p, Mark m, int32_t i, int32_t para, Span bounds)
{
    p->open = m.kind;
    p->now = (Quotation){.outer = {i, i}, .para_first = para, .para_last = para,
                         .opens_paragraph = blank_between(p->r->text, bounds.begin, i)};
    p->piece_begin = i + m.n;
}

static void close_quotation(Pairing *p, Mark m, int32_t i, int32_t para, Span bounds)
{
    add_piece(p, i);
    p->now.outer.end = i + m.n;
    p->now.para_last = para;
    p->now.ends_paragraph = blank_between(p->r->text, i + m.n, bounds.end);
    if (keeps(p)) *push(p->a, &p->found) = p->now;
    p->open = MARK_NONE;
}

/* A paragraph that begins with a mark of the open kind goes on with the quotation; else that is dropped. */
static int32_t carry_over(Pairing *p, Span bounds)
{
    Str t = p->r->text;
    int32_t i = trimmed(t, bounds.begin, bounds.end).begin;
    if (i >= bounds.end) return bounds.begin;
    Mark m = mark_at(t, i);
    bool goes_on = m.kind == p->open && m.kind != MARK_NONE && (m.may_open || m.kind == MARK_STRAIGHT) &&
                   p->now.pieces.n < PIECES_MAX;
    if (!goes_on) {
        p->open = MARK_NONE;
        return bounds.begin;
    }
    p->piece_begin = i + m.n;
    return i + m.n;
}

static void pair_paragraph(Pairing *p, int32_t para, Span bounds)
{
    Str t = p->r->text;
    int32_t i = p->open != MARK_NONE ? carry_over(p, bounds) : bounds.begin;
    while (i < bounds.end) {
        if (!may_mark[(unsigned char)t.p[i]]) {
            i++;
            continue;
        }
        Mark m = mark_at(t, i);
        bool inches = m.kind == MARK_STRAIGHT && byte_at(t, i - 1) >= '0' && byte_at(t, i - 1) <= '9';
        if (m.kind != MARK_NONE && p->open != MARK_NONE && closes(p->open, m, t, i))
            close_quotation(p, m, i, para, bounds);
        else if (m.kind != MARK_NONE && m.may_open && !(p->open == MARK_NONE && inches) &&
                 (p->open == MARK_NONE || p->open == m.kind)) open_quotation(p, m, i, para, bounds);
        i += m.n;
    }
    if (p->open != MARK_NONE) add_piece(p, bounds.end);
}

/* ---- single marks ----------------------------------------------------------------------------------------- */

static int32_t single_opens(Str t, int32_t i)  /* bytes of a single mark that opens at i, or 0 */
{
    int32_t n = starts_at(t, i, S("‘")) ? 3 : t.p[i] == '\'' ? 1 : 0;
    if (n == 0 || !opens_by_neighbours(t, i, n)) return 0;
    char behind = byte_at(t, i + n);
    if (behind == '\'' || (behind >= '0' && behind <= '9' && byte_at(t, i + n + 2) == 's')) return 0;
    if (!is_alnum(behind) && behind != '.' && behind != (char)0xE2 && behind != '[' && behind != '"') return 0;
    static const char *const clipped[] = {"em ", "til ", "tis ", "twas ", "cause ", "n ", "n' "};
    for (int k = 0; k < 7; k++)
        if (str_starts(str_sub(t, i + n, t.n), str_of(clipped[k]))) return 0;
    return n;
}

static int32_t single_closes(Str t, int32_t i,
                             int32_t opened) /* bytes of the matching mark that may close at i, or 0 */
{
    int32_t n = starts_at(t, i, S("’")) ? 3 : t.p[i] == '\'' && opened == 1 ? 1 : 0;
    if (n == 0 || is_white(byte_at(t, i - 1)) || is_alnum(byte_at(t, i + n))) return 0;
    return n;
}

/* Where the single quotation opened at i ends, or -1. Behind a plural's s, a later mark behind a stop is better. */
static int32_t single_end(Str t, int32_t i, int32_t opened, int32_t end)
{
    int32_t weak = -1;
    for (int32_t k = i + opened; k < end && k - i < SINGLE_MAX; k++) {
        char c = t.p[k];
        if (c != '\'' && c != (char)0xE2) continue;
        int32_t n = single_closes(t, k, opened);
        if (!n) {
            if (single_opens(t, k) && opened == 3 && weak >= 0) return weak;
            continue;
        }
        char before = byte_at(t, k - 1);
        if (before != 's' || !is_white(byte_at(t, k + n))) return k;
        if (weak < 0) weak = k;
        else if (before == ',' || before == '.' || before == '?' || before == '!') return k;
    }
    return weak;
}

static void pair_singles(Pairing *p, int32_t para, Span bounds, int32_t *next, int32_t n_double)
{
    Str t = p->r->text;
    int32_t barren[2] = {-1, -1};              /* up to here nothing closes a straight, a curly one: asked once */
    for (int32_t i = bounds.begin; i < bounds.end;) {
        if (!(may_mark[(unsigned char)t.p[i]] & 2)) {
            i++;
            continue;
        }
        while (*next < n_double && p->found.v[*next].outer.end <= i) ++*next;
        if (*next < n_double && p->found.v[*next].outer.begin <= i) {          /* inside a double one */
            i = p->found.v[*next].outer.end;
            continue;
        }
        char c = t.p[i];
        int32_t opened = c == '\'' || c == (char)0xE2 ? single_opens(t, i) : 0;
        int32_t end = opened && i >= barren[opened == 3] ? single_end(t, i, opened, bounds.end) : -1;
        if (opened && end < 0 && i >= barren[opened == 3]) barren[opened == 3] = i + SINGLE_MAX / 2;
        if (end < 0) {
            i++;
            continue;
        }
        int32_t n = starts_at(t, end, S("’")) ? 3 : 1;
        open_quotation(p, (Mark){MARK_CURLY, opened, true, false}, i, para, bounds);
        bool crosses = *next < n_double && p->found.v[*next].outer.begin < end && p->found.v[*next].outer.end > end;
        p->now.is_single = true;
        if (crosses) p->open = MARK_NONE;
        else close_quotation(p, (Mark){MARK_CURLY, n, false, true}, end, para, bounds);
        i = end + n;
    }
}

static int by_begin(const void *a, const void *b)
{
    const Quotation *x = a, *y = b;
    return x->outer.begin < y->outer.begin ? -1 : x->outer.begin > y->outer.begin ? 1
           : x->outer.end > y->outer.end ? -1 : x->outer.end < y->outer.end;
}

Quotations quotations_find(Arena *a, const Record *r)
{
    Pairing p = {.a = a, .r = r};
    for (int32_t i = 0; i < r->paragraphs.n; i++)
        if (!span_in_furniture(r, r->paragraphs.v[i]) || p.open == MARK_NONE) pair_paragraph(&p, i, r->paragraphs.v[i]);
    p.open = MARK_NONE;
    int32_t next = 0, n_double = p.found.n;
    for (int32_t i = 0; i < r->paragraphs.n; i++) pair_singles(&p, i, r->paragraphs.v[i], &next, n_double);
    if (p.found.n > n_double) qsort(p.found.v, (size_t)p.found.n, sizeof p.found.v[0], by_begin);
    int32_t kept = 0;                          /* doubles inside a single quotation belong to it */
    for (int32_t i = 0; i < p.found.n; i++)
        if (kept == 0 || p.found.v[i].outer.begin >= p.found.v[kept - 1].outer.end) p.found.v[kept++] = p.found.v[i];
    p.found.n = kept;
    return p.found;
}
