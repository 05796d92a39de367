/* JSON values, written.
**
** Always: what is written is valid JSON in valid UTF-8, whatever the bytes were, and the same on every machine and
** under every locale. Letters beyond ASCII stay themselves. A number has the fewest digits, of 15 to 17, that read
** back as the same double (17 always do: IEEE 754 section 5.12.2); a whole number below 2^53 has no exponent.
*/
#include "base/inside.h"
#include "base/json.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void put_escape(Buf *b, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    switch (c) {
    case '"': buf_add(b, S("\\\"")); return;
    case '\\': buf_add(b, S("\\\\")); return;
    case '\n': buf_add(b, S("\\n")); return;
    case '\r': buf_add(b, S("\\r")); return;
    case '\t': buf_add(b, S("\\t")); return;
    case '\b': buf_add(b, S("\\b")); return;
    case '\f': buf_add(b, S("\\f")); return;
    default: buf_add(b, (Str){(char[]){'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]}, 6});
    }
}

static bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

void json_put_str(Buf *b, Str s)
{
    buf_char(b, '"');
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i, bad = utf8_bad(str_sub(s, i, s.n)), end = bad < 0 ? s.n : i + bad;
        for (; i < end; i++)
            if (needs_escape((unsigned char)s.p[i])) {
                buf_add(b, str_sub(s, from, i));
                put_escape(b, (unsigned char)s.p[i]);
                from = i + 1;
            }
        buf_add(b, str_sub(s, from, end));
        if (bad >= 0) buf_add(b, S("\xEF\xBF\xBD")), i++;
    }
    buf_char(b, '"');
}

static int print_double(char *to, size_t n, const char *format, ...)
{
    va_list with;
    va_start(with, format);
    int length = text_vprintf(to, n, format, with);
    va_end(with);
    return length;
}

void json_put_number(Buf *b, double x)
{
    char text[40];
    int n = 0;
    if (!isfinite(x)) {
        buf_add(b, S("null"));
        return;
    }
    if (x == floor(x) && fabs(x) < 0x1p53 && (x != 0 || !signbit(x))) {
        json_put_int(b, (int64_t)x);
        return;
    }
    for (int digits = fabs(x) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {   /* subnormal ones need fewer */
        n = print_double(text, sizeof text, "%.*g", digits, x);
        if (strtod_l(text, NULL, text_locale()) == x) break;
    }
    buf_add(b, (Str){text, n});
}

void json_put_int(Buf *b, int64_t x)
{
    char text[24], *p = text + sizeof text;
    uint64_t rest = x < 0 ? -(uint64_t)x : (uint64_t)x;
    do *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (x < 0) *--p = '-';
    buf_add(b, (Str){p, text + sizeof text - p});
}
