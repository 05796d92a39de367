/* UTF-8: from bytes to code points, and what Unicode knows about them.
**
** Well-formed is what table 3-7 of the Unicode standard says: no overlong forms, no surrogates, nothing above
** U+10FFFF. An ill byte counts as one code point, U+FFFD, and reading goes on behind it, so that every byte of a
** stranger's file has a place. Categories, foldings and widths are utf8proc's; ASCII never goes there.
**
**   utf8_fold: "Erdoğan", "ERDOGAN", "Ｅｒｄｏğａｎ" → "erdogan";  "Wałęsa" → "walesa";  "O’Brien" → "o'brien"
**
** Folding is for looking up: compatibility decomposition, case folding, diacritics off, letters with a stroke taken as
** their plain one, typographic apostrophes and hyphens as the ASCII ones. Marks that are vowels (Devanagari, Thai)
** are letters to us and stay. Always: folding twice changes nothing more; the result is well-formed.
** Cost: one pass; ASCII eight bytes at a time where nothing but its end is sought.
*/
#include "base/inside.h"
#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <utf8proc.h>

static const Str replacement = {"\xEF\xBF\xBD", 3};

/* Bytes of the well-formed sequence at p (n > 0 bytes are there), or 0; the code point comes in *cp. */
static inline int sequence(const unsigned char *p, ptrdiff_t n, int32_t *cp)
{
    unsigned c = p[0];
    if (c < 0x80) return *cp = (int32_t)c, 1;
    if (c < 0xC2 || c > 0xF4 || n < 2) return 0;
    if (c < 0xE0) {
        if ((p[1] & 0xC0) != 0x80) return 0;
        return *cp = (int32_t)((c & 0x1F) << 6 | (p[1] & 0x3Fu)), 2;
    }
    unsigned low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high || n < 3 || (p[2] & 0xC0) != 0x80) return 0;
    if (c < 0xF0) return *cp = (int32_t)((c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)), 3;
    if (n < 4 || (p[3] & 0xC0) != 0x80) return 0;
    return *cp = (int32_t)((c & 7) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu)), 4;
}

int32_t utf8_next(Str s, ptrdiff_t *i)
{
    int32_t cp;
    assert(*i >= 0 && *i < s.n && "a code point is asked for where there is a byte");
    int n = sequence((const unsigned char *)s.p + *i, s.n - *i, &cp);
    *i += n ? n : 1;
    return n ? cp : 0xFFFD;
}

/* The first place at or behind i whose byte is not ASCII, or s.n. */
static inline ptrdiff_t ascii_end(Str s, ptrdiff_t i)
{
    for (uint64_t w; i + 8 <= s.n; i += 8) {
        memcpy(&w, s.p + i, 8);
        if (w & 0x8080808080808080u) break;
    }
    while (i < s.n && !(s.p[i] & 0x80)) i++;
    return i;
}

ptrdiff_t utf8_count(Str s)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < s.n; count++) {
        ptrdiff_t end = ascii_end(s, i);
        count += end - i;
        if ((i = end) == s.n) break;
        utf8_next(s, &i);
    }
    return count;
}

static ptrdiff_t bad_from(Str s, ptrdiff_t i)
{
    int32_t cp;
    while (i < s.n) {
        if (!(s.p[i] & 0x80)) {
            i = ascii_end(s, i);
            continue;
        }
        int n = sequence((const unsigned char *)s.p + i, s.n - i, &cp);
        if (!n) return i;
        i += n;
    }
    return -1;
}

ptrdiff_t utf8_bad(Str s)
{
    return bad_from(s, 0);
}

Str utf8_clean(Arena *to, Str s)
{
    ptrdiff_t at = utf8_bad(s), done = 0;
    if (at < 0) return s;
    Buf b = {.to = to};
    for (; at >= 0; at = bad_from(s, done)) {
        buf_add(&b, str_sub(s, done, at));
        buf_add(&b, replacement);
        done = at + 1;
    }
    buf_add(&b, str_sub(s, done, s.n));
    return buf_str(&b);
}

/* ---- kinds of characters -------------------------------------------------------------------------------- */

bool utf8_is_upper(int32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z';
    utf8proc_category_t kind = utf8proc_category(cp);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_letter(int32_t cp)
{
    if (cp < 0x80) return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    utf8proc_category_t kind = utf8proc_category(cp);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_digit(int32_t cp)
{
    if (cp < 0x80) return cp >= '0' && cp <= '9';
    return utf8proc_category(cp) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(int32_t cp)
{
    if (cp < 0x80) return cp == ' ' || (cp >= '\t' && cp <= '\r');
    if (cp == 0x85) return true;
    utf8proc_category_t kind = utf8proc_category(cp);
    return kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP;
}

/* ---- folding -------------------------------------------------------------------------------------------- */

/* What Unicode does not take apart, though a reader of names does. */
static const char *plain_letter(int32_t cp)
{
    switch (cp) {
    case 0x00E6: return "ae";                             /* æ */
    case 0x00F0: case 0x0111: return "d";                 /* ð đ */
    case 0x00F8: return "o";                              /* ø */
    case 0x00FE: return "th";                             /* þ */
    case 0x0127: return "h";                              /* ħ */
    case 0x0131: return "i";                              /* ı */
    case 0x0142: return "l";                              /* ł */
    case 0x0153: return "oe";                             /* œ */
    case 0x0167: return "t";                              /* ŧ */
    case 0x02BC: case 0x2018: case 0x2019: return "'";    /* ʼ ‘ ’ */
    case 0x2010: case 0x2011: return "-";                 /* hyphen, no-break hyphen */
    default: return NULL;
    }
}

/* Marks on a letter, as against vowels: the combining diacritics, Hebrew points, Arabic vowel signs. */
static bool is_diacritic(int32_t cp)
{
    return (cp >= 0x0300 && cp <= 0x036F) || (cp >= 0x1AB0 && cp <= 0x1AFF) || (cp >= 0x1DC0 && cp <= 0x1DFF)
           || (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0xFE20 && cp <= 0xFE2F) || (cp >= 0x064B && cp <= 0x065F)
           || cp == 0x0670 || (cp >= 0x0591 && cp <= 0x05BD) || cp == 0x05BF || (cp >= 0x05C1 && cp <= 0x05C2)
           || (cp >= 0x05C4 && cp <= 0x05C5) || cp == 0x05C7;
}

static void fold_letter(Buf *b, int32_t cp)
{
    const char *plain = plain_letter(cp);
    if (plain) {
        buf_add(b, str_of(plain));
    } else if (!is_diacritic(cp)) {
        utf8proc_uint8_t bytes[4];
        ptrdiff_t n = utf8proc_encode_char(cp, bytes);
        buf_add(b, (Str){(const char *)bytes, n});
    }
}

/* This defines the folding; the memory below only remembers what it said. */
static void fold_plain(Buf *b, int32_t cp)
{
    enum { PARTS = 32 };                                  /* the longest, U+FDFA, has 18 */
    utf8proc_int32_t part[PARTS];
    int last = 0;
    ptrdiff_t n = -1;
    if (plain_letter(cp)) n = 1, part[0] = cp;
    else if (cp < 0xAC00 || cp > 0xD7A3)                       /* Hangul syllables stay whole */
        n = utf8proc_decompose_char(cp, part, PARTS, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &last);
    if (n < 0 || n > PARTS) n = 1, part[0] = cp;
    for (ptrdiff_t i = 0; i < n; i++) fold_letter(b, part[i]);
}

/* Latin, Greek, Cyrillic, Hebrew, Arabic: the two-byte characters, of which each folds to a few bytes. Looking them up
** is three to five times faster than asking utf8proc (2026-11-22, French and Russian sentences). */
enum { TWO_FIRST = 0x80, TWO_END = 0x800, FOLD_BYTES = 7 };
static struct { char bytes[FOLD_BYTES]; uint8_t n; } fold_two[TWO_END - TWO_FIRST];
static pthread_once_t fold_two_once = PTHREAD_ONCE_INIT;

static void fold_two_make(void)
{
    for (int32_t cp = TWO_FIRST; cp < TWO_END; cp++) {
        char room[64];                                    /* eight times what a two-byte character folds to */
        Buf b = {.p = room, .cap = sizeof room, .to = &(Arena){0}};
        fold_plain(&b, cp);
        assert(b.n <= FOLD_BYTES && "a two-byte character folds to seven bytes at most");
        memcpy(fold_two[cp - TWO_FIRST].bytes, b.p, (size_t)b.n);
        fold_two[cp - TWO_FIRST].n = (uint8_t)b.n;
    }
}

static void fold_wide(Buf *b, int32_t cp)
{
    if (cp < TWO_FIRST || cp >= TWO_END) fold_plain(b, cp);
    else buf_add(b, (Str){fold_two[cp - TWO_FIRST].bytes, fold_two[cp - TWO_FIRST].n});
}

Str utf8_fold(Arena *to, Str s)
{
    ptrdiff_t end = ascii_end(s, 0);
    char *p = arena_raw(to, s.n + 1, 1);
    for (ptrdiff_t i = 0; i < end; i++) p[i] = (char)(s.p[i] + ((s.p[i] >= 'A' && s.p[i] <= 'Z') << 5));
    p[end] = 0;
    Buf b = {.to = to, .p = p, .n = end, .cap = s.n + 1};
    if (end < s.n) pthread_once(&fold_two_once, fold_two_make);
    for (ptrdiff_t i = end; i < s.n;) {
        char c = s.p[i];
        if (c & 0x80) fold_wide(&b, utf8_next(s, &i));
        else buf_char(&b, (char)(c + ((c >= 'A' && c <= 'Z') << 5))), i++;
    }
    return buf_str(&b);
}

int utf8_width(Str s)
{
    int width = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        if (!(s.p[i] & 0x80)) width += s.p[i] >= ' ' && s.p[i] != 0x7F, i++;
        else width += utf8proc_charwidth(utf8_next(s, &i));
    }
    return width;
}
