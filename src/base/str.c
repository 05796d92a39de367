/* Views of text.
**
** A Str borrows: it is a pointer and a length, and whoever made the bytes keeps them. So cutting a sentence out of
** an article costs nothing, and "Minister Ito" within the article is the article's own bytes.
**
** Always: no function here reads beyond n, expects a zero at the end, or allocates. An empty view may have p NULL;
** memcmp and memmem are never called with it.
** Cost: linear in what is looked at; str_find is the C library's two-way search, linear in hay + needle.
*/
#include "base/inside.h"
#include <string.h>

static inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

Str str_of(const char *z)
{
    return z ? (Str){z, (ptrdiff_t)strlen(z)} : (Str){0};
}

Str str_sub(Str s, ptrdiff_t begin, ptrdiff_t end)
{
    if (begin < 0) begin = 0;
    if (end > s.n) end = s.n;
    if (begin > s.n) begin = s.n;
    if (end < begin) end = begin;
    return (Str){s.p ? s.p + begin : NULL, end - begin};
}

Str str_trim(Str s)
{
    while (s.n > 0 && is_blank(s.p[0])) s.p++, s.n--;
    while (s.n > 0 && is_blank(s.p[s.n - 1])) s.n--;
    return s;
}

bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, (size_t)a.n) == 0);
}

bool str_eq_fold(Str a, Str b)
{
    if (a.n != b.n) return false;
    for (ptrdiff_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

int str_cmp(Str a, Str b)
{
    ptrdiff_t n = a.n < b.n ? a.n : b.n;
    int order = n > 0 ? memcmp(a.p, b.p, (size_t)n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

int str_cmp_void(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

bool str_starts(Str s, Str head)
{
    return s.n >= head.n && str_eq((Str){s.p, head.n}, head);
}

bool str_ends(Str s, Str tail)
{
    return s.n >= tail.n && str_eq(str_sub(s, s.n - tail.n, s.n), tail);
}

ptrdiff_t str_find(Str hay, Str needle)
{
    if (needle.n == 0) return 0;
    if (hay.n < needle.n) return -1;
    const char *at = memmem(hay.p, (size_t)hay.n, needle.p, (size_t)needle.n);
    return at ? at - hay.p : -1;
}

/* "a,b," has the pieces "a", "b" and "": what stands behind the last mark is a piece too. */
bool str_split(Str *rest, char at, Str *piece)
{
    if (!rest->p) return false;
    const char *mark = rest->n > 0 ? memchr(rest->p, at, (size_t)rest->n) : NULL;
    if (!mark) {
        *piece = *rest;
        *rest = (Str){0};
        return true;
    }
    *piece = (Str){rest->p, mark - rest->p};
    *rest = (Str){mark + 1, rest->n - piece->n - 1};
    return true;
}
