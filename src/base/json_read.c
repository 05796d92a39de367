/* JSON, read strictly (RFC 8259) into a tree.
**
**   {"title": "Port reopens", "n": [1, 2.5]}
**   object → STRING key title → ARRAY key n → NUMBER, NUMBER          first: the first member, next: the one behind it
**
** Always: a string without escapes is a view into the input, not a copy, so a line of 32 MB with one long text costs
** one pass. Numbers keep their characters in `text` beside the double. An error says at which byte, and what would
** have been right there. Mercies, as json.h says: ill UTF-8 in a string and lone surrogates become U+FFFD, and the
** string and all that holds it are marked is_mended; a byte order mark in front is skipped (RFC 8259 section 8.1).
** Cost: linear; recursion no deeper than JSON_DEPTH_MAX. A Json is 72 bytes, so at worst (an array of
** one-digit numbers) a byte of input takes 36 bytes of arena: the arena's budget is the limit there.
*/
#include "base/inside.h"
#include "base/json.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    Arena *to;
    const char *start, *p, *end;
    Err *e;
} Reader;

static bool wrong(const Reader *r, const char *wanted)
{
    ptrdiff_t at = r->p - r->start;
    unsigned char c = r->p < r->end ? (unsigned char)*r->p : 0;
    if (r->p >= r->end) return fail(r->e, ERR_INPUT, "JSON byte %td: expected %s, found the end", at, wanted);
    if (c > ' ' && c < 0x7F) return fail(r->e, ERR_INPUT, "JSON byte %td: expected %s, found '%c'", at, wanted, c);
    return fail(r->e, ERR_INPUT, "JSON byte %td: expected %s, found byte 0x%02X", at, wanted, c);
}

static void skip_space(Reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t')) r->p++;
}

static bool skip(Reader *r, char c)
{
    if (r->p >= r->end || *r->p != c) return false;
    r->p++;
    return true;
}

/* ---- strings -------------------------------------------------------------------------------------------- */

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

/* The next quote, backslash, control character or end; *is_wide is set when a byte above 0x7F was passed. */
static const char *plain_end(const char *p, const char *end, bool *is_wide)
{
    uint64_t seen = 0;
    for (uint64_t w; end - p >= 8; p += 8) {
        memcpy(&w, p, 8);
        uint64_t quote = w ^ EACH('"'), slash = w ^ EACH('\\');
        uint64_t stop = ((quote - EACH(1)) & ~quote) | ((slash - EACH(1)) & ~slash) | ((w - EACH(0x20)) & ~w);
        if (stop & EACH(0x80)) break;
        seen |= w;
    }
    for (; p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20; p++) seen |= (uint64_t)(*p & 0x80);
    if (seen & EACH(0x80)) *is_wide = true;
    return p;
}

static int32_t hex4(const char *p, const char *end)
{
    int32_t x = 0;
    if (end - p < 4) return -1;
    for (int i = 0; i < 4; i++) {
        char c = p[i], low = (char)(c | 32);
        if (c >= '0' && c <= '9') x = x * 16 + (c - '0');
        else if (low >= 'a' && low <= 'f') x = x * 16 + (low - 'a' + 10);
        else return -1;
    }
    return x;
}

static char *put_code(char *to, int32_t cp)
{
    if (cp < 0x80) {
        *to++ = (char)cp;
    } else if (cp < 0x800) {
        *to++ = (char)(0xC0 | cp >> 6);
        *to++ = (char)(0x80 | (cp & 0x3F));
    } else if (cp < 0x10000) {
        *to++ = (char)(0xE0 | cp >> 12);
        *to++ = (char)(0x80 | (cp >> 6 & 0x3F));
        *to++ = (char)(0x80 | (cp & 0x3F));
    } else {
        *to++ = (char)(0xF0 | cp >> 18);
        *to++ = (char)(0x80 | (cp >> 12 & 0x3F));
        *to++ = (char)(0x80 | (cp >> 6 & 0x3F));
        *to++ = (char)(0x80 | (cp & 0x3F));
    }
    return to;
}

/* \uXXXX, of which r->p stands on the u; two of them where a surrogate pair follows. */
static bool read_code(Reader *r, char **to, bool *is_mended)
{
    int32_t cp = hex4(r->p + 1, r->end), low;
    if (cp < 0) return r->p++, wrong(r, "four hexadecimal digits behind \\u");
    r->p += 5;
    if (cp >= 0xD800 && cp <= 0xDBFF && r->end - r->p >= 6 && r->p[0] == '\\' && r->p[1] == 'u'
        && (low = hex4(r->p + 2, r->end)) >= 0xDC00 && low <= 0xDFFF) {
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
        r->p += 6;
    }
    if (cp >= 0xD800 && cp <= 0xDFFF) cp = 0xFFFD, *is_mended = true;
    *to = put_code(*to, cp);
    return true;
}

static bool read_escape(Reader *r, char **to, bool *is_mended)
{
    static const char written[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    r->p++;
    if (r->p < r->end && *r->p == 'u') return read_code(r, to, is_mended);
    const char *at = r->p < r->end ? memchr(written, *r->p, sizeof written - 1) : NULL;
    if (!at) return wrong(r, "one of \"\\/bfnrtu behind a backslash");
    *(*to)++ = meant[at - written];
    r->p++;
    return true;
}

/* How many bytes at most a string can have whose first escape stands at p: to its closing quote. */
static ptrdiff_t raw_length(const char *p, const char *end)
{
    const char *from = p;
    bool is_wide;
    while ((p = plain_end(p, end, &is_wide)) < end && *p == '\\') p = end - p > 2 ? p + 2 : end;
    return p - from;
}

/* r->p stands behind the opening quote. */
static bool read_string(Reader *r, Str *s, bool *is_mended)
{
    const char *begin = r->p;
    bool is_wide = false;
    r->p = plain_end(begin, r->end, &is_wide);
    *s = (Str){begin, r->p - begin};
    if (r->p < r->end && *r->p == '\\') {
        char *copy = arena_raw(r->to, s->n + raw_length(r->p, r->end) + 1, 1), *to = copy;
        if (s->n > 0) memcpy(to, begin, (size_t)s->n);
        to += s->n;
        while (r->p < r->end && *r->p == '\\') {
            if (!read_escape(r, &to, is_mended)) return false;
            const char *plain = r->p;
            r->p = plain_end(plain, r->end, &is_wide);
            memcpy(to, plain, (size_t)(r->p - plain));
            to += r->p - plain;
        }
        *to = 0;
        *s = (Str){copy, to - copy};
    }
    if (r->p < r->end && *r->p != '"') return wrong(r, "\\u00XX for a control character within a string");
    if (!skip(r, '"')) return wrong(r, "the closing '\"' of a string");
    if (is_wide && utf8_bad(*s) >= 0) *s = utf8_clean(r->to, *s), *is_mended = true;
    return true;
}

/* ---- numbers -------------------------------------------------------------------------------------------- */

/* Up to 15 digits and a power of ten up to 22 are exact doubles, so one division or product rounds right (Clinger,
** "How to read floating point numbers accurately", PLDI 1990). Everything else is the C library's. */
static bool number_small(Str s, double *x)
{
    static const double ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t digits = 0;
    int behind = -1;                                      /* digits behind the point; -1: no point yet */
    if (s.n > 17) return false;                           /* 15 digits, a sign and a point */
    for (ptrdiff_t i = s.p[0] == '-'; i < s.n; i++) {
        if (s.p[i] == '.') behind = 0;
        else if (s.p[i] == 'e' || s.p[i] == 'E') return false;
        else digits = digits * 10 + (s.p[i] - '0'), behind += behind >= 0;
    }
    if (digits > 999999999999999) return false;
    *x = (double)digits / ten[behind < 0 ? 0 : behind];
    if (s.p[0] == '-') *x = -*x;
    return true;
}

static bool skip_digits(Reader *r)
{
    const char *from = r->p;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9') r->p++;
    return r->p > from || wrong(r, "a digit");
}

static bool read_number(Reader *r, Json *v)
{
    const char *from = r->p;
    skip(r, '-');
    if (!skip(r, '0') && !skip_digits(r)) return false;
    if (skip(r, '.') && !skip_digits(r)) return false;
    if (skip(r, 'e') || skip(r, 'E')) {
        if (!skip(r, '+')) skip(r, '-');
        if (!skip_digits(r)) return false;
    }
    v->kind = JSON_NUMBER;
    v->text = (Str){from, r->p - from};
    if (number_small(v->text, &v->number)) return true;
    char near[64], *z = near;
    if (v->text.n >= (ptrdiff_t)sizeof near) z = arena_raw(r->to, v->text.n + 1, 1);
    memcpy(z, v->text.p, (size_t)v->text.n);
    z[v->text.n] = 0;
    v->number = strtod_l(z, NULL, text_locale());
    if (!isfinite(v->number)) return r->p = from, wrong(r, "a number of less than 1.8e308");
    return true;
}

/* ---- values --------------------------------------------------------------------------------------------- */

static bool read_value(Reader *r, Json *v, int depth);

static bool read_word(Reader *r, Json *v, Str word, JsonKind kind)
{
    if (!str_starts((Str){r->p, r->end - r->p}, word)) return wrong(r, "a value");
    r->p += word.n;
    v->kind = kind;
    return true;
}

static bool read_member(Reader *r, Json *box, Json *v, int depth)
{
    bool is_mended = false;
    skip_space(r);
    if (box->kind == JSON_OBJECT) {
        if (!skip(r, '"')) return wrong(r, "a name in '\"'");
        if (!read_string(r, &v->key, &is_mended)) return false;
        skip_space(r);
        if (!skip(r, ':')) return wrong(r, "':' behind a name");
        skip_space(r);
    }
    if (!read_value(r, v, depth + 1)) return false;
    v->is_mended |= is_mended;
    return true;
}

/* An array or object, of which r->p stands behind the opening bracket. */
static bool read_box(Reader *r, Json *box, JsonKind kind, int depth)
{
    char close = kind == JSON_ARRAY ? ']' : '}';
    if (depth >= JSON_DEPTH_MAX)
        return fail(r->e, ERR_LIMIT, "JSON byte %td: nested deeper than %d", r->p - 1 - r->start, JSON_DEPTH_MAX);
    box->kind = kind;
    skip_space(r);
    if (skip(r, close)) return true;
    for (Json **at = &box->first;; at = &(*at)->next) {
        if (box->n == INT32_MAX) return fail(r->e, ERR_LIMIT, "JSON byte %td: too many members", r->p - r->start);
        *at = arena_new(r->to, Json, 1);
        if (!read_member(r, box, *at, depth)) return false;
        box->n++;
        box->is_mended |= (*at)->is_mended;
        skip_space(r);
        if (skip(r, close)) return true;
        if (!skip(r, ',')) return wrong(r, kind == JSON_ARRAY ? "',' or ']'" : "',' or '}'");
    }
}

static bool read_value(Reader *r, Json *v, int depth)
{
    switch (r->p < r->end ? *r->p : 0) {
    case '{': return r->p++, read_box(r, v, JSON_OBJECT, depth);
    case '[': return r->p++, read_box(r, v, JSON_ARRAY, depth);
    case '"': return r->p++, v->kind = JSON_STRING, read_string(r, &v->text, &v->is_mended);
    case 't': return read_word(r, v, S("true"), JSON_TRUE);
    case 'f': return read_word(r, v, S("false"), JSON_FALSE);
    case 'n': return read_word(r, v, S("null"), JSON_NULL);
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return read_number(r, v);
    default: return wrong(r, "a value");
    }
}

bool json_read(Arena *to, Str bytes, Json **root, Err *e)
{
    if (!bytes.p) bytes = S("");
    Reader r = {to, bytes.p, bytes.p, bytes.p + bytes.n, e};
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) r.p += 3;
    Json *v = arena_new(to, Json, 1);
    skip_space(&r);
    if (!read_value(&r, v, 0)) return false;
    skip_space(&r);
    if (r.p < r.end) return wrong(&r, "nothing behind the value");
    *root = v;
    return true;
}

const Json *json_get(const Json *object, Str key)
{
    const Json *found = NULL;
    if (!object || object->kind != JSON_OBJECT) return NULL;
    for (const Json *m = object->first; m; m = m->next)
        if (str_eq(m->key, key)) found = m;
    return found;
}

Str json_text(const Json *object, Str key)
{
    const Json *m = json_get(object, key);
    return m && m->kind == JSON_STRING ? m->text : (Str){0};
}
