/* Mending: the marks of the page that a paste drags along are taken off, inside the lines.
**
**   "Marsh [posted](#) a **photograph**. ![The dog](dog.jpg)"
**   out: "Marsh posted a photograph. The dog", with "The dog" noted as a picture's text
**
** What is changed, and nothing else: a Markdown link becomes its text, an image its description, <https://…> loses its
** brackets; ** and __ around words, # before a heading and > before a quotation go; a backslash before a mark goes;
** byte order marks, soft hyphens, zero-width blanks and carriage returns go; other control characters become blanks.
** A bracket that no address follows, a star between figures, a lone underscore stay as they are.
**
** Always: the result is not longer than the text; letters keep their order. Cost: linear; a link's text is looked for
** within LINK_TEXT_MAX bytes, its target within LINK_TARGET_MAX, bold words within BOLD_MAX.
*/
#include "text/clean.h"
#include <string.h>

enum { LINK_TEXT_MAX = 400, LINK_TARGET_MAX = 1000, BOLD_MAX = 600, LINK_DEPTH = 3 };   /* bytes; generous for print */

typedef struct {
    Arena *a;
    char *to;
    ptrdiff_t n;
    Boilerplates *images;
    ptrdiff_t no_bold_before;                            /* up to here no closing ** is to be found */
    const char *no_bracket_before, *no_end_before;       /* up to here no ], no ) */
} Mender;

/* Bytes that may begin something to mend. */
static const uint8_t special[256] = {
    [0] = 1,   [1] = 1,   [2] = 1,    [3] = 1,    [4] = 1,    [5] = 1,   [6] = 1,   [7] = 1,    [8] = 1,
    [11] = 1,  [12] = 1,  ['\r'] = 1, [14] = 1,   [15] = 1,   [16] = 1,  [17] = 1,  [18] = 1,   [19] = 1,
    [20] = 1,  [21] = 1,  [22] = 1,   [23] = 1,   [24] = 1,   [25] = 1,  [26] = 1,  [27] = 1,   [28] = 1,
    [29] = 1,  [30] = 1,  [31] = 1,   [127] = 1,  ['['] = 1,  ['!'] = 1, ['<'] = 1, ['\\'] = 1, ['*'] = 1,
    ['_'] = 1, ['#'] = 1, ['>'] = 1,  [0xC2] = 1, [0xE2] = 1, [0xEF] = 1};

static bool is_target(Str s)
{
    return s.n == 0 || s.p[0] == '#' || s.p[0] == '/' || s.p[0] == '.' || s.p[0] == '?' || str_starts(s, S("http")) ||
           str_starts(s, S("mailto:")) || str_starts(s, S("www.")) || str_starts(s, S("javascript:")) ||
           word_is_domain(s) || str_find(s, S(".")) > 0;
}

typedef struct { Str text; ptrdiff_t end; } Link;

/* Is there such a byte in [from, limit)? What was looked through in vain is not looked through again: "[[[[[[". */
static bool has_ahead(const char **not_before, char byte, const char *from, const char *limit)
{
    if (from < *not_before) from = *not_before;
    if (from < limit && memchr(from, byte, (size_t)(limit - from))) return true;
    if (limit > *not_before) *not_before = limit;
    return false;
}

/* "[text](target)" at `i`; end -1 where it is none. */
static Link link_at(Mender *m, Str s, ptrdiff_t i)
{
    Link none = {.end = -1};
    ptrdiff_t limit = i + LINK_TEXT_MAX < s.n ? i + LINK_TEXT_MAX : s.n, k = i + 1;
    if (!has_ahead(&m->no_bracket_before, ']', s.p + k, s.p + limit)) return none;
    for (int depth = 1; k < limit; k++) {
        if (s.p[k] == '[') depth++;
        else if (s.p[k] == ']' && --depth == 0) break;
        else if (s.p[k] == '\n' && k + 1 < s.n && s.p[k + 1] == '\n') return none;
    }
    if (k + 1 >= s.n || k >= limit || s.p[k + 1] != '(') return none;
    ptrdiff_t from = k + 2, stop = from + LINK_TARGET_MAX < s.n ? from + LINK_TARGET_MAX : s.n, end = from;
    if (!has_ahead(&m->no_end_before, ')', s.p + from, s.p + stop)) return none;
    for (int depth = 1; end < stop; end++) {
        if (s.p[end] == '\n') return none;
        if (s.p[end] == '(') depth++;
        else if (s.p[end] == ')' && --depth == 0) break;
    }
    if (end >= stop) return none;
    Str target = str_sub(s, from, end);
    ptrdiff_t title = str_find(target, S(" "));
    if (title >= 0 && (title + 1 >= target.n || (target.p[title + 1] != '"' && target.p[title + 1] != '\'')))
        return none;
    if (title >= 0) target = str_sub(target, 0, title);
    return is_target(target) ? (Link){str_sub(s, i + 1, k), end + 1} : none;
}

static void mend_inline(Mender *m, Str s, int depth);

static ptrdiff_t mend_link(Mender *m, Str s, ptrdiff_t i, bool is_image, int depth)
{
    Link link = depth < LINK_DEPTH ? link_at(m, s, i + is_image) : (Link){.end = -1};
    if (link.end < 0) { m->to[m->n++] = s.p[i]; return i + 1; }
    ptrdiff_t begin = m->n;
    mend_inline(m, link.text, depth + 1);
    if (is_image && m->n > begin)
        *push(m->a, m->images) = (Boilerplate){{(int32_t)begin, (int32_t)m->n}, BOILERPLATE_CAPTION};
    return link.end;
}

static ptrdiff_t mend_address(Mender *m, Str s, ptrdiff_t i)
{
    Str rest = str_sub(s, i + 1, i + 1 + LINK_TARGET_MAX);
    ptrdiff_t end = str_find(rest, S(">"));
    bool is_address =
        str_starts(rest, S("http://")) || str_starts(rest, S("https://")) || str_starts(rest, S("mailto:"));
    for (ptrdiff_t k = 0; is_address && k < end; k++) is_address = char_ascii[rest.p[k] & 0x7F] != CHAR_SPACE;
    if (!is_address || end < 0) { m->to[m->n++] = '<'; return i + 1; }
    memcpy(m->to + m->n, rest.p, (size_t)end);
    m->n += end;
    return i + end + 2;
}

static bool is_edge(Str s, ptrdiff_t i)                  /* no letter or figure here: the outside of an emphasis */
{
    int size;
    if (i < 0 || i >= s.n) return true;
    CharClass class = char_at(s.p + i, s.n - i, &size);
    return (unsigned char)s.p[i] < CHAR_IS_ASCII && class != CHAR_LETTER && class != CHAR_DIGIT;
}

/* **bold** or __bold__ or *words* or _words_: both marks go where they stand close around words. */
static ptrdiff_t mend_emphasis(Mender *m, Str s, ptrdiff_t i, int depth)
{
    char mark = s.p[i];
    ptrdiff_t width = i + 1 < s.n && s.p[i + 1] == mark ? 2 : 1, from = i + width;
    bool opens = i >= m->no_bold_before && is_edge(s, i - 1) && from < s.n && s.p[from] != mark &&
                 char_ascii[s.p[from] & 0x7F] != CHAR_SPACE;
    if ((unsigned char)(from < s.n ? s.p[from] : ' ') >= CHAR_IS_ASCII)
        opens = i >= m->no_bold_before && is_edge(s, i - 1);
    ptrdiff_t limit = from + BOLD_MAX < s.n ? from + BOLD_MAX : s.n;
    for (ptrdiff_t k = from + 1; opens && depth < LINK_DEPTH && k + width <= limit; k++) {
        if (s.p[k] == '\n' && k + 1 < s.n && s.p[k + 1] == '\n') break;
        if (s.p[k] != mark || (width == 2 && s.p[k + 1] != mark) || char_ascii[s.p[k - 1] & 0x7F] == CHAR_SPACE)
            continue;
        if (!is_edge(s, k + width) || (k + width < s.n && s.p[k + width] == mark)) continue;
        mend_inline(m, str_sub(s, from, k), depth + 1);
        return k + width;
    }
    if (opens) m->no_bold_before = limit;
    while (i < s.n && s.p[i] == mark) m->to[m->n++] = s.p[i++];
    return i;
}

static bool at_line_begin(Str s, ptrdiff_t i)
{
    while (i > 0 && s.p[i - 1] == ' ') i--;
    return i == 0 || s.p[i - 1] == '\n';
}

/* "## Heading", "> quoted": the mark and its blank go. */
static ptrdiff_t mend_line_mark(Mender *m, Str s, ptrdiff_t i)
{
    ptrdiff_t k = i;
    while (k < s.n && s.p[k] == s.p[i] && k < i + 6) k++;
    if (at_line_begin(s, i) && k < s.n && s.p[k] == ' ') return k + 1;
    m->to[m->n++] = s.p[i];
    return i + 1;
}

static ptrdiff_t mend_wide(Mender *m, Str s, ptrdiff_t i)
{
    int size;
    int32_t cp = char_decode(s.p + i, s.n - i, &size);
    if (cp == 0xAD || cp == 0x200B || cp == 0xFEFF || cp == 0x2060) return i + size;
    if (cp >= 0x80 && cp < 0xA0) m->to[m->n++] = ' ';
    else { memcpy(m->to + m->n, s.p + i, (size_t)size); m->n += size; }
    return i + size;
}

static ptrdiff_t mend_one(Mender *m, Str s, ptrdiff_t i, int depth)
{
    char after = i + 1 < s.n ? s.p[i + 1] : ' ';
    switch (s.p[i]) {
    case '[': return mend_link(m, s, i, false, depth);
    case '!': if (after == '[') return mend_link(m, s, i, true, depth); break;
    case '<': return mend_address(m, s, i);
    case '*': case '_': return mend_emphasis(m, s, i, depth);
    case '#': case '>': return mend_line_mark(m, s, i);
    case '\\': if (strchr("[]()*_#>-.!`~", after) && i + 1 < s.n) { m->to[m->n++] = after; return i + 2; } break;
    case '\r': if (after != '\n') m->to[m->n++] = '\n'; return i + 1;
    default:
        if ((unsigned char)s.p[i] >= CHAR_IS_ASCII) return mend_wide(m, s, i);
        m->to[m->n++] = ' ';
        return i + 1;
    }
    m->to[m->n++] = s.p[i];
    return i + 1;
}

static void mend_inline(Mender *m, Str s, int depth)
{
    ptrdiff_t saved = m->no_bold_before;
    m->no_bold_before = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i;
        while (i < s.n && !special[(unsigned char)s.p[i]]) i++;
        memcpy(m->to + m->n, s.p + from, (size_t)(i - from));
        m->n += i - from;
        if (i < s.n) i = mend_one(m, s, i, depth);
    }
    m->no_bold_before = saved;
}

Str mend_marks(Arena *a, Str text, Boilerplates *images)
{
    if (text.n == 0) return text;
    Mender m = {.a = a, .to = arena_new(a, char, text.n + 1), .images = images};
    mend_inline(&m, text, 0);
    return (Str){m.to, m.n};
}
