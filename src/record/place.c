/* Place: bytes inside, code points outside.
**
** "Łódź agreed" is 14 bytes and 11 code points: [0, 7) inside is [0, 4) in the published record, where readers in
** Python, brat and spaCy count it. A text of ASCII alone, the most common one, needs no table at all. For others one
** pass notes how many code points begin before each 64th byte; a question then reads one entry and at most 64 bytes.
**
** A code point begins at every byte that is not the inside of a well-formed sequence, so an ill byte counts one, as
** utf8_next reads it. Texts are cleaned on the way in; the rule is kept nevertheless, so that both directions agree
** on any bytes whatsoever.
**
** Always: place_byte(place_cp(b)) is b at every beginning of a code point, and at the end of the text.
** Cost: one pass and 4 bytes for each 64 of the text; a question is constant, plus a binary search from code points.
*/
#include "record/record.h"
#include <string.h>

enum { BLOCK = 64 }; /* bytes a note; 6 % of the text, and 64 bytes are one cache line */

static bool is_inside_byte(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static bool is_ascii(Str s)
{
    uint64_t all = 0;
    ptrdiff_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t eight;
        memcpy(&eight, s.p + i, 8);
        all |= eight;
    }
    for (; i < s.n; i++) all |= (uint64_t)(unsigned char)s.p[i];
    return !(all & 0x8080808080808080u);
}

/* A continuation byte begins a code point of its own where no sequence before it holds it. */
static bool is_begin(Str s, ptrdiff_t i)
{
    if (!is_inside_byte(s.p[i])) return true;
    for (ptrdiff_t lead = i - 1; lead >= 0 && lead >= i - 3; lead--) {
        if (is_inside_byte(s.p[lead])) continue;
        ptrdiff_t next = lead;
        utf8_next(s, &next);
        return next <= i;
    }
    return true;
}

/* Continuation bytes (10xxxxxx), eight at a time: the product adds up the eight marks in its topmost byte. */
static int32_t count_inside(const char *p, ptrdiff_t n)
{
    const uint64_t ones = 0x0101010101010101u;
    int32_t sum = 0;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t eight;
        memcpy(&eight, p, 8);
        sum += (int32_t)((((eight >> 7) & ~(eight >> 6) & ones) * ones) >> 56);
    }
    for (; n > 0; n--, p++) sum += is_inside_byte(*p);
    return sum;
}

static int32_t count_begins(const Place *p, ptrdiff_t begin, ptrdiff_t end)
{
    if (p->is_well) return (int32_t)(end - begin) - count_inside(p->text.p + begin, end - begin);
    int32_t n = 0;
    for (ptrdiff_t i = begin; i < end; i++) n += is_begin(p->text, i);
    return n;
}

Place place_of(Arena *a, Str text)
{
    Place p = {.text = text, .is_ascii = is_ascii(text)};
    if (p.is_ascii) return p;
    p.is_well = utf8_bad(text) < 0;
    ptrdiff_t n_blocks = text.n / BLOCK + 1;
    p.at = arena_new(a, int32_t, n_blocks);
    for (ptrdiff_t i = 1; i < n_blocks; i++) p.at[i] = p.at[i - 1] + count_begins(&p, (i - 1) * BLOCK, i * BLOCK);
    return p;
}

int32_t place_cp(const Place *p, int32_t byte)
{
    if (byte > p->text.n) byte = (int32_t)p->text.n;
    if (p->is_ascii || byte <= 0) return byte;
    int32_t block = byte / BLOCK;
    return p->at[block] + count_begins(p, (ptrdiff_t)block * BLOCK, byte);
}

int32_t place_byte(const Place *p, int32_t cp)
{
    if (cp < 0) return -1;
    if (p->is_ascii) return cp <= p->text.n ? cp : -1;
    int32_t low = 0, high = (int32_t)(p->text.n / BLOCK); /* the last block that fewer or as many code points precede */
    while (low < high) {
        int32_t middle = low + (high - low + 1) / 2;
        if (p->at[middle] <= cp) low = middle;
        else high = middle - 1;
    }
    int32_t seen = p->at[low];
    ptrdiff_t i = (ptrdiff_t)low * BLOCK;
    for (; i < p->text.n; i++) {
        bool begins = p->is_well ? !is_inside_byte(p->text.p[i]) : is_begin(p->text, i);
        if (begins && seen++ == cp) return (int32_t)i;
    }
    return seen == cp ? (int32_t)p->text.n : -1;
}
