/* Charset: the bytes of a plain-text file as UTF-8.
**
** Nearly all that is pasted today is UTF-8. The rest comes in three kinds: UTF-16 or UTF-32 with its mark (Windows'
** "Unicode" and PowerShell's >), old Western files in windows-1252, and UTF-8 with a broken byte here and there (two
** files joined, one cut in mid-letter). Each is told from the bytes alone; what cannot be told is refused, because a
** guessed name is worse than none.
**
**  in:  "Zo\xEB said: \x93soon\x94"
**  out: "Zoë said: “soon”", note "not UTF-8, read as windows-1252"
**
** Always: the text is well-formed UTF-8; a note says when it is not the bytes as they came. Cost: linear. The
** decoders are written out here and not left to iconv: four tables of one line each, the same on every libc.
*/
#include "input/inside.h"
#include <string.h>

/* windows-1252, 0x80–0x9F (Unicode's own table CP1252.TXT); 0: not used. Above 0x9F it is Latin-1. */
static const uint16_t western[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,        /* 80 */
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,             /* 88 */
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,        /* 90 */
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};       /* 98 */

typedef struct { const char *name; Str mark; int width; bool big; } Wide;
static const Wide wides[] = {                            /* the marks of UTF-32 first: FF FE begins two of them */
    {"UTF-32", {"\xFF\xFE\0\0", 4}, 4, false}, {"UTF-32", {"\0\0\xFE\xFF", 4}, 4, true},
    {"UTF-16", {"\xFF\xFE", 2}, 2, false},     {"UTF-16", {"\xFE\xFF", 2}, 2, true}};
#define MARK_UTF8 S("\xEF\xBB\xBF")

/* One letter in five above ASCII: no language that windows-1252 serves comes near (German 2 %, French 4 %, Icelandic
** 12 %), every other alphabet passes it. */
enum { WESTERN_HIGH_MAX_PERCENT = 20 };
enum { ENLARGED_MAX = 3 };            /* bytes of UTF-8 for one of windows-1252 ("…", "€"); UTF-16 needs 3 for 2 */

static const Wide *wide_of(Str bytes)
{
    for (size_t i = 0; i < sizeof wides / sizeof *wides; i++)
        if (str_starts(bytes, wides[i].mark)) return &wides[i];
    return NULL;
}

bool charset_is_wide(Str bytes) { return wide_of(bytes) != NULL; }

Str charset_unmark(Str bytes) { return str_starts(bytes, MARK_UTF8) ? str_sub(bytes, 3, bytes.n) : bytes; }

static char *put_utf8(char *to, uint32_t cp)
{
    if (cp < 0x80) {
        *to++ = (char)cp;
    } else if (cp < 0x800) {
        *to++ = (char)(0xC0 | cp >> 6);
        *to++ = (char)(0x80 | (cp & 63));
    } else if (cp < 0x10000) {
        *to++ = (char)(0xE0 | cp >> 12);
        *to++ = (char)(0x80 | (cp >> 6 & 63));
        *to++ = (char)(0x80 | (cp & 63));
    } else {
        *to++ = (char)(0xF0 | cp >> 18);
        *to++ = (char)(0x80 | (cp >> 12 & 63));
        *to++ = (char)(0x80 | (cp >> 6 & 63));
        *to++ = (char)(0x80 | (cp & 63));
    }
    return to;
}

static uint32_t wide_unit(const unsigned char *p, const Wide *w)
{
    uint32_t v = 0;
    for (int i = 0; i < w->width; i++) v |= (uint32_t)p[i] << 8 * (w->big ? w->width - 1 - i : i);
    return v;
}

/* A lone half of a pair and what is no code point become U+FFFD; so does a last unit that is cut off. */
static Str wide_text(Arena *a, Str bytes, const Wide *w, int64_t *n_bad)
{
    ptrdiff_t n = bytes.n / w->width;
    const unsigned char *p = (const unsigned char *)bytes.p;
    char *start = arena_new(a, char, n * (w->width == 2 ? 3 : 4) + 4), *to = start;
    *n_bad = 0;
    for (ptrdiff_t i = w->mark.n / w->width; i < n; i++) {
        uint32_t cp = wide_unit(p + i * w->width, w);
        if (w->width == 2 && cp >= 0xD800 && cp < 0xDC00 && i + 1 < n) {
            uint32_t low = wide_unit(p + (i + 1) * 2, w);
            if (low >= 0xDC00 && low < 0xE000) {
                cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
                i++;
            }
        }
        if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) {
            cp = 0xFFFD;
            ++*n_bad;
        }
        to = put_utf8(to, cp);
    }
    if (bytes.n % w->width) {
        to = put_utf8(to, 0xFFFD);
        ++*n_bad;
    }
    return (Str){start, to - start};
}

static Str western_text(Arena *a, Str bytes)
{
    char *start = arena_new(a, char, bytes.n * ENLARGED_MAX + 1), *to = start;
    for (ptrdiff_t i = 0; i < bytes.n; i++) {
        unsigned char b = (unsigned char)bytes.p[i];
        to = put_utf8(to, b >= 0x80 && b < 0xA0 ? western[b - 0x80] : b);
    }
    return (Str){start, to - start};
}

/* What the bytes above ASCII say: whole letters of UTF-8, bytes that fit none, bytes that windows-1252 lacks. */
typedef struct { int64_t high, letters, ill, unused; } Census;
static Census census_of(Str bytes)
{
    Census c = {0};
    for (ptrdiff_t i = 0; i < bytes.n;) {
        unsigned char b = (unsigned char)bytes.p[i];
        if (b < 0x80) {
            i++;
            continue;
        }
        ptrdiff_t begin = i;
        int32_t cp = utf8_next(bytes, &i);
        bool is_ill = cp == 0xFFFD && i == begin + 1;
        c.ill += is_ill;
        c.letters += !is_ill;
        for (ptrdiff_t k = begin; k < i; k++) {
            unsigned char h = (unsigned char)bytes.p[k];
            c.high++;
            c.unused += h >= 0x80 && h < 0xA0 && !western[h - 0x80];
        }
    }
    return c;
}

bool charset_decode(Arena *a, Str bytes, Str *text, Str *note, Err *e)
{
    *note = (Str){0};
    const Wide *wide = wide_of(bytes);
    if (wide) {
        int64_t n_bad;
        *text = wide_text(a, bytes, wide, &n_bad);
        if (n_bad)
            *note = arena_printf(a, "%s with %lld broken letters, shown as U+FFFD", wide->name, (long long)n_bad);
        return true;
    }
    *text = charset_unmark(bytes);
    if (utf8_bad(*text) < 0) return true;
    Census c = census_of(*text);
    if (c.letters > c.ill) {                             /* damaged UTF-8: anything else would spoil its good letters */
        *text = utf8_clean(a, *text);
        *note = arena_printf(a, "%lld bytes are not well-formed UTF-8, shown as U+FFFD", (long long)c.ill);
        return true;
    }
    if (c.unused || c.high * 100 > bytes.n * WESTERN_HIGH_MAX_PERCENT)
        return fail(e, ERR_INPUT, "is neither UTF-8 nor windows-1252, and its charset cannot be told from the bytes; "
                    "convert it first: iconv -f CHARSET -t UTF-8 FILE | demarche add -");
    *text = western_text(a, *text);
    *note = S("not UTF-8, read as windows-1252");
    return true;
}
