/* Declared: the bytes of a page as UTF-8, by what its sender, its head and its bytes say of the charset.
**
**  in:  <meta charset="windows-1251"> …                out: the same page in UTF-8
**  in:  charset=iso-8859-1 declared, bytes all UTF-8   out: UTF-8: bytes that are well-formed by chance are very rare
**
** The bytes come first: a mark of UTF-16, or UTF-8 without a fault. Then the sender's header, then the page's own
** declaration, through the C library's iconv; then what charset.c finds.
**
** Always: well-formed UTF-8 without zeros; what iconv cannot read is U+FFFD. Cost: linear.
*/
#include "input/inside.h"
#include "input/page.h"
#include <iconv.h>
#include <stdio.h>
#include <string.h>

enum { DECLARED_WITHIN = 4096 };      /* the standard looks at 1,024 bytes; real pages put scripts first */

/* charset=… in the first bytes, whatever stands around it. */
static Str declared_charset(Str bytes)
{
    Str head = str_sub(bytes, 0, DECLARED_WITHIN);
    for (ptrdiff_t i = 0; i + 8 < head.n; i++) {
        if (!str_eq_fold(str_sub(head, i, i + 7), S("charset"))) continue;
        ptrdiff_t k = i + 7;
        while (k < head.n && is_blank(head.p[k])) k++;
        if (k >= head.n || head.p[k] != '=') continue;
        for (k++; k < head.n && (is_blank(head.p[k]) || head.p[k] == '"' || head.p[k] == '\''); k++) {}
        ptrdiff_t end = k;
        while (end < head.n && end - k < 40 && (head.p[end] == '-' || head.p[end] == '_' || head.p[end] == ':' || (head.p[end] >= '0' && head.p[end] <= '9') ||
               ((head.p[end] | 32) >= 'a' && (head.p[end] | 32) <= 'z'))) end++;
        if (end > k) return str_sub(head, k, end);
    }
    return (Str){0};
}

static bool through_iconv(Arena *a, Str bytes, Str charset, Str *utf8)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", STR(charset));
    iconv_t to = iconv_open("UTF-8", name);
    if (to == (iconv_t)-1) return false;
    ptrdiff_t cap = bytes.n * 4 + 16;
    char *start = arena_take(a, cap, 1), *out = start, *in = (char *)bytes.p;
    size_t left = (size_t)bytes.n, room = (size_t)cap;
    while (left && iconv(to, &in, &left, &out, &room) == (size_t)-1 && room > 3 && left) {
        memcpy(out, "\xEF\xBF\xBD", 3);
        out += 3, room -= 3, in++, left--;
    }
    iconv_close(to);
    *utf8 = (Str){start, out - start};
    return true;
}

static bool is_utf8_name(Str s) { return str_eq_fold(s, S("utf-8")) || str_eq_fold(s, S("utf8")); }

bool page_decode(Arena *a, Str bytes, Str charset, Str *utf8, Str *note, Err *e)
{
    *note = (Str){0};
    bool is_plain = charset_is_wide(bytes) || utf8_bad(charset_unmark(bytes)) < 0;
    Str declared = charset.n ? charset : declared_charset(bytes);
    bool is_decoded = !is_plain && declared.n && !is_utf8_name(declared) && through_iconv(a, bytes, declared, utf8);
    if (!is_decoded && !charset_decode(a, bytes, utf8, note, e)) return false;
    if (memchr(utf8->p, 0, (size_t)utf8->n)) {
        Str copy = arena_str(a, *utf8);
        for (char *p = (char *)copy.p; (p = memchr(p, 0, (size_t)(copy.p + copy.n - p)));) *p = ' ';
        *utf8 = copy;
    }
    return true;
}
