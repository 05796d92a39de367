/* Places as JSON: how a statement's words stand in one column that a person can read.
**
**  in:  spans [0, 5) and [9, 12) of the text, in bytes
**  out: [[0,5],[9,12]] in code points; and back
**
** Mentions carry a word as third member, and their probability as fourth where it is known: [[0,5,"name",0.97]]. The reader takes exactly what the writer makes and nothing
** else: a ledger may come from a stranger, and a place that is not plain is no place.
**
** Always: numbers read are 0 … INT32_MAX; whether they lie in the text is asked by the one who turns them into bytes.
*/
#include "ledger/inside.h"
#include "base/json.h"
#include <math.h>

Str places_json(Arena *to, const Place *p, const Span *v, int32_t n)
{
    Buf b = {.to = to};
    buf_char(&b, '[');
    for (int32_t i = 0; i < n; i++) {
        CpSpan s = place_span(p, v[i]);
        buf_add(&b, i ? S(",[") : S("["));
        json_put_int(&b, s.begin);
        buf_char(&b, ',');
        json_put_int(&b, s.end);
        buf_char(&b, ']');
    }
    buf_char(&b, ']');
    return buf_str(&b);
}

static bool take(Str s, ptrdiff_t *i, char c)
{
    if (*i >= s.n || s.p[*i] != c) return false;
    ++*i;
    return true;
}

static bool take_number(Str s, ptrdiff_t *i, int32_t *number)
{
    int64_t n = 0;
    ptrdiff_t from = *i;
    while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9' && n <= INT32_MAX) n = n * 10 + (s.p[(*i)++] - '0');
    *number = (int32_t)n;
    return *i > from && n <= INT32_MAX;
}

static bool take_word(Str s, ptrdiff_t *i, Str *word)
{
    ptrdiff_t from = *i;
    while (*i < s.n && s.p[*i] != '"' && s.p[*i] != '\\') ++*i;
    *word = str_sub(s, from, *i);
    return take(s, i, '"');
}

/* What json_put_number writes, and within 0 … 1. */
static bool take_share(Arena *to, Str s, ptrdiff_t *i, double *share)
{
    ptrdiff_t from = *i;
    Json *number;
    while (*i < s.n && s.p[*i] != ']' && s.p[*i] != ' ') ++*i;
    if (!json_read(to, str_sub(s, from, *i), &number, NULL) || number->kind != JSON_NUMBER) return false;
    *share = number->number;
    return *share >= 0 && *share <= 1;
}

bool places_read(Arena *to, Str json, Pieces *pieces)
{
    ptrdiff_t i = 0;
    *pieces = (Pieces){0};
    if (!take(json, &i, '[')) return false;
    if (take(json, &i, ']')) return i == json.n;
    do {
        Piece *piece = push(to, pieces);
        bool ok = take(json, &i, '[') && take_number(json, &i, &piece->begin) && take(json, &i, ',')
               && take_number(json, &i, &piece->end);
        piece->p = (double)NAN;
        if (ok && take(json, &i, ',')) {
            ok = take(json, &i, '"') && take_word(json, &i, &piece->word);
            if (ok && take(json, &i, ',')) ok = take_share(to, json, &i, &piece->p);
        }
        if (!ok || !take(json, &i, ']')) return false;
    } while (take(json, &i, ','));
    return take(json, &i, ']') && i == json.n;
}

Str place_cut(const Place *p, int32_t begin, int32_t end)
{
    int32_t from = place_byte(p, begin), to = place_byte(p, end);
    if (to < 0) to = (int32_t)p->text.n;
    if (from < 0 || from > to) return (Str){p->text.p, 0};
    return span_str(p->text, (Span){from, to});
}
