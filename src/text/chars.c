/* Characters: the few classes that every part of `text` agrees on.
**
**   "«U.S.» – €3"   signs, letters, signs; blank; sign; blank; sign, digit
**
** ASCII goes by table. Beyond it, blocks of Unicode decide: known blanks, quotes, dashes, currency, arrows, pictures
** are what they look like, everything else is a letter, so that a script that nobody thought of still makes words.
**
** Always: at least one byte is taken; an ill byte is one sign. Cost: a table look-up, or a dozen comparisons.
*/
#include "text/inside.h"

#define SP CHAR_SPACE
#define LE CHAR_LETTER
#define DI CHAR_DIGIT
#define SI CHAR_SIGN
const uint8_t char_ascii[128] = {
    SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP,
    SP, SP, SP, SP, SP, SP, SP, SI, SI, SI, SI, SI, SI, SI, SI, SI, SI, SI, SI, SI, SI, SI, DI, DI, DI, DI,
    DI, DI, DI, DI, DI, DI, SI, SI, SI, SI, SI, SI, SI, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE,
    LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, SI, SI, SI, SI, SI, SI, LE, LE, LE, LE, LE, LE, LE,
    LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, SI, SI, SI, SI, SP,
};

/* The blocks that are not letters, in order; what lies between them is. */
static const struct { int32_t first, last; CharClass class;
} blocks[] = {
    {0x80, 0xA0, CHAR_SPACE},        {0xA1, 0xA9, CHAR_SIGN},       {0xAB, 0xAC, CHAR_SIGN},
    {0xAD, 0xAD, CHAR_JOINER},       {0xAE, 0xB1, CHAR_SIGN},       {0xB4, 0xB4, CHAR_SIGN},
    {0xB6, 0xB8, CHAR_SIGN},         {0xBB, 0xBB, CHAR_SIGN},       {0xBF, 0xBF, CHAR_SIGN},
    {0xD7, 0xD7, CHAR_SIGN},         {0xF7, 0xF7, CHAR_SIGN},       {0x300, 0x36F, CHAR_JOINER},
    {0x37E, 0x37E, CHAR_SIGN},       {0x55A, 0x55F, CHAR_SIGN},     {0x5BE, 0x5BE, CHAR_SIGN},
    {0x5F3, 0x5F4, CHAR_SIGN},       {0x60C, 0x60D, CHAR_SIGN},     {0x61B, 0x61F, CHAR_SIGN},
    {0x660, 0x669, CHAR_DIGIT},      {0x66A, 0x66D, CHAR_SIGN},     {0x6D4, 0x6D4, CHAR_SIGN},
    {0x6F0, 0x6F9, CHAR_DIGIT},      {0x964, 0x965, CHAR_SIGN},     {0x966, 0x96F, CHAR_DIGIT},
    {0x1680, 0x1680, CHAR_SPACE},    {0x2000, 0x200A, CHAR_SPACE},  {0x200B, 0x200F, CHAR_JOINER},
    {0x2010, 0x2027, CHAR_SIGN},     {0x2028, 0x2029, CHAR_SPACE},  {0x202A, 0x202E, CHAR_JOINER},
    {0x202F, 0x202F, CHAR_SPACE},    {0x2030, 0x205E, CHAR_SIGN},   {0x205F, 0x205F, CHAR_SPACE},
    {0x2060, 0x206F, CHAR_JOINER},   {0x207A, 0x207E, CHAR_SIGN},   {0x20A0, 0x20CF, CHAR_SIGN},
    {0x20D0, 0x20F0, CHAR_JOINER},   {0x2100, 0x2101, CHAR_SIGN},   {0x2116, 0x2117, CHAR_SIGN},
    {0x2120, 0x2122, CHAR_SIGN},     {0x2190, 0x2BFF, CHAR_SIGN},   {0x2E00, 0x2E5F, CHAR_SIGN},
    {0x3000, 0x3000, CHAR_SPACE},    {0x3001, 0x3004, CHAR_SIGN},   {0x3008, 0x3020, CHAR_SIGN},
    {0x3030, 0x3030, CHAR_SIGN},     {0xD800, 0xF8FF, CHAR_SIGN},   {0xFE00, 0xFE0F, CHAR_JOINER},
    {0xFE10, 0xFE6F, CHAR_SIGN},     {0xFEFF, 0xFEFF, CHAR_JOINER}, {0xFF01, 0xFF0F, CHAR_SIGN},
    {0xFF10, 0xFF19, CHAR_DIGIT},    {0xFF1A, 0xFF20, CHAR_SIGN},   {0xFF3B, 0xFF40, CHAR_SIGN},
    {0xFF5B, 0xFF65, CHAR_SIGN},     {0xFFE0, 0xFFFD, CHAR_SIGN},   {0x1F000, 0x1F3FA, CHAR_SIGN},
    {0x1F3FB, 0x1F3FF, CHAR_JOINER}, {0x1F400, 0x1FAFF, CHAR_SIGN}, {0xE0000, 0xE01EF, CHAR_JOINER},
};

CharClass char_class_wide(int32_t cp)
{
    if (cp >= 0xC0 && cp < 0x300) return cp == 0xD7 || cp == 0xF7 ? CHAR_SIGN : CHAR_LETTER;   /* most of what comes */
    int32_t low = 0, high = (int32_t)(sizeof blocks / sizeof blocks[0]);
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (blocks[middle].last < cp) low = middle + 1;
        else high = middle;
    }
    bool inside = low < (int32_t)(sizeof blocks / sizeof blocks[0]) && blocks[low].first <= cp;
    return inside ? blocks[low].class : CHAR_LETTER;
}

int32_t char_decode(const char *p, ptrdiff_t left, int *size)
{
    Str s = {p, left < 4 ? left : 4};
    ptrdiff_t i = 0;
    int32_t cp = utf8_next(s, &i);
    *size = (int)i;
    return cp;
}

bool char_is_upper_at(Str text, ptrdiff_t i)
{
    if (i >= text.n) return false;
    if ((unsigned char)text.p[i] < CHAR_IS_ASCII) return ascii_is_upper(text.p[i]);
    int size;
    return utf8_is_upper(char_decode(text.p + i, text.n - i, &size));
}

/* A letter that is not upper case, in a script that has cases (Latin, Greek, Cyrillic, Armenian). */
bool char_is_lower_at(Str text, ptrdiff_t i)
{
    if (i >= text.n) return false;
    if ((unsigned char)text.p[i] < CHAR_IS_ASCII) return ascii_is_lower(text.p[i]);
    int size;
    int32_t cp = char_decode(text.p + i, text.n - i, &size);
    return cp >= 0xDF && cp < 0x590 && char_class_wide(cp) == CHAR_LETTER && utf8_is_letter(cp) && !utf8_is_upper(cp);
}

static bool is_wide(const char *p, ptrdiff_t left, const char *three)
{
    return left >= 3 && p[0] == three[0] && p[1] == three[1] && p[2] == three[2];
}

int char_apostrophe(const char *p, ptrdiff_t left)
{
    if (left < 1) return 0;
    if (*p == '\'' || *p == '`') return 1;
    return is_wide(p, left, "\u2019") || is_wide(p, left, "\u02BC\x00") ? 3 : 0;
}

int char_opener(const char *p, ptrdiff_t left)
{
    if (left < 1) return 0;
    if (*p == '"' || *p == '\'' || *p == '(' || *p == '[' || *p == '{' || *p == '`') return 1;
    if (left >= 2 && p[0] == '\xC2' && p[1] == '\xAB') return 2;
    if (left >= 3 && p[0] == '\xE2' && p[1] == '\x80')
        return (unsigned char)p[2] == 0x98 || (unsigned char)p[2] == 0x9A || (unsigned char)p[2] == 0x9C ||
               (unsigned char)p[2] == 0x9E || (unsigned char)p[2] == 0xB9 ? 3 : 0;
    return 0;
}

int char_closer(const char *p, ptrdiff_t left)
{
    if (left < 1) return 0;
    if (*p == '"' || *p == '\'' || *p == ')' || *p == ']' || *p == '}') return 1;
    if (left >= 2 && p[0] == '\xC2' && p[1] == '\xBB') return 2;
    if (left >= 3 && p[0] == '\xE2' && p[1] == '\x80')
        return (unsigned char)p[2] == 0x99 || (unsigned char)p[2] == 0x9D || (unsigned char)p[2] == 0xBA ? 3 : 0;
    return 0;
}

bool char_is_blank_at(Str text, ptrdiff_t i, int *size)
{
    if (i >= text.n) return false;
    return char_at(text.p + i, text.n - i, size) == CHAR_SPACE;
}

ptrdiff_t char_skip_blanks(Str text, ptrdiff_t i, ptrdiff_t end)
{
    int size;
    while (i < end && char_at(text.p + i, end - i, &size) == CHAR_SPACE) i += size;
    return i;
}

Span span_trim(Str text, Span s)
{
    s.begin = (int32_t)char_skip_blanks(text, s.begin, s.end);
    while (s.end > s.begin) {
        int32_t i = s.end - 1;
        while (i > s.begin && ((unsigned char)text.p[i] & 0xC0) == 0x80) i--;
        int size;
        if (char_at(text.p + i, s.end - i, &size) != CHAR_SPACE) break;
        s.end = i;
    }
    return s;
}
