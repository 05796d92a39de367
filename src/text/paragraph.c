/* Paragraphs: which lines belong together.
**
**   "… might end up being relayed\n\ndirectly to Carrow, where …"     a sentence cut by the page: one paragraph
**   "HALDEN (Norpress) - Ostria said it will\nreopen the port of …"   lines filled to a width: one paragraph
**   "By Ana Ruiz\nOctober 3, 2031"                                   short lines: each its own
**
** A line goes on in the next one when the text is filled to a width and the next word would not have fitted; or when
** it lacks a stop, is no heading, item or furniture, and the next line begins in lower case. Everything else begins a
** paragraph. In a text that may be mended the cut is closed with one blank (with none behind a hyphen); in a given text
** the paragraph's span simply runs across it.
**
** Always: paragraphs are in order, do not overlap, begin and end with what is no blank; every such character is in one.
** Cost: linear in the text.
*/
#include "text/clean.h"
#include <string.h>

enum {
    FILL_MAX = 110,        /* bytes: longer lines are not filled to a width but paragraphs */
    FILL_MIN = 40,
    FILL_SLACK = 8,        /* a line may end this much before the width, as old newswires' do */
    GOES_ON_WORDS = 6      /* fewer words without a stop are a heading, a name, an item */
};

typedef struct { Span span; int32_t indent, n_words; bool after_gap, joins; } Line;
typedef SLICE(Line) Lines;

int32_t count_words(Str s)
{
    int32_t n = 0;
    bool inside = false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool blank = (unsigned char)s.p[i] <= ' ' || (s.p[i] == '\xC2' && i + 1 < s.n && s.p[i + 1] == '\xA0');
        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

static ptrdiff_t before_closers(Str s, ptrdiff_t end)
{
    for (ptrdiff_t guard = 0; end > 0 && guard < 8; guard++) {
        if (s.p[end - 1] == ']' && end >= 3 && ascii_is_digit(s.p[end - 2])) {          /* "[12]" */
            ptrdiff_t i = end - 2;
            while (i > 0 && ascii_is_digit(s.p[i - 1])) i--;
            if (i > 0 && s.p[i - 1] == '[') { end = i - 1; continue; }
        }
        if (strchr("\"')]}* ", s.p[end - 1])) { end--; continue; }
        if (end >= 3 && char_closer(s.p + end - 3, 3) == 3) { end -= 3; continue; }
        if (end >= 2 && char_closer(s.p + end - 2, 2) == 2) { end -= 2; continue; }
        break;
    }
    return end;
}

bool ends_with_stop(Str s)
{
    ptrdiff_t end = before_closers(s, s.n);
    if (end == 0) return false;
    if (strchr(".!?", s.p[end - 1])) return true;
    if (end < 3) return false;
    int size;
    int32_t cp = char_decode(s.p + end - 3, 3, &size);
    return size == 3 ? cp == 0x2026 || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F :
                       ((unsigned char)s.p[end - 2] == 0xD8 && (unsigned char)s.p[end - 1] == 0x9F);
}

/* ---- what a line begins with ------------------------------------------------------------------------------ */
static bool begins_item(Str s)
{
    if (s.n < 3) return false;
    if ((s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+') && s.p[1] == ' ') return true;
    int size;
    int32_t cp = char_decode(s.p, s.n, &size);
    if (cp == 0x2022 || cp == 0x25E6 || cp == 0x25AA || cp == 0x25CF || cp == 0x2023 || cp == 0xB7 ||
        ((cp == 0x2013 || cp == 0x2014) && s.p[size] == ' '))
        return true;
    bool open = s.p[0] == '(';
    ptrdiff_t i = open, from = i;
    while (i < s.n && i < from + 3 && ascii_is_digit(s.p[i])) i++;
    if (i == from) while (i < s.n && i < from + 4 && strchr("ivx", s.p[i])) i++;
    if (i == from && i + 1 < s.n && ascii_is_alpha(s.p[i])) i++;
    if (i == from || i + 1 >= s.n) return false;
    bool by_digit = ascii_is_digit(s.p[from]);
    return s.p[i + 1] == ' ' && (s.p[i] == ')' || (s.p[i] == '.' && !open && (by_digit || i == from + 1)));
}

/* "MS. ARNO: Good afternoon", "Q Thank you": somebody's turn to speak. */
static bool begins_turn(Str s)
{
    if (s.n > 3 && (s.p[0] == 'Q' || s.p[0] == 'A') &&
        (s.p[1] == ':' || (s.p[0] == 'Q' && s.p[1] == ' ' && ascii_is_upper(s.p[2]))))
        return true;
    ptrdiff_t i = 0, capitals = 0;
    for (; i < s.n && i < 48; i++) {
        if (s.p[i] == ':') return capitals >= 2 && i + 1 < s.n;
        if (ascii_is_lower(s.p[i])) return false;
        capitals += ascii_is_upper(s.p[i]);
    }
    return false;
}

static bool begins_lower(Str s)
{
    ptrdiff_t i = 0;
    for (int opener, k = 0; k < 2 && i < s.n && (opener = char_opener(s.p + i, s.n - i)); k++) i += opener;
    return char_is_lower_at(s, i);
}

/* ---- lines ------------------------------------------------------------------------------------------------ */
static Lines lines_of(Arena *a, Str text)
{
    Lines lines = {0};
    bool gap = true;
    for (ptrdiff_t i = 0; i < text.n;) {
        const char *end = memchr(text.p + i, '\n', (size_t)(text.n - i));
        ptrdiff_t stop = end ? end - text.p : text.n;
        Span s = span_trim(text, (Span){(int32_t)i, (int32_t)stop});
        if (s.begin < s.end) {
            Line *line = push(a, &lines);
            *line = (Line){
                .span = s, .indent = s.begin - (int32_t)i, .n_words = count_words(span_str(text, s)), .after_gap = gap};
        }
        gap = s.begin >= s.end;
        i = stop + 1;
    }
    return lines;
}

static int32_t first_word_length(Str s)
{
    int32_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] > ' ') n++;
    return n;
}

static inline int32_t length(const Line *l) { return l->span.end - l->span.begin; }

/* The width that the text is filled to, or 0: most lines that another follows must be too full for its first word. */
static int32_t fill_width(Str text, const Lines *lines)
{
    int32_t width = 0, pairs = 0, full = 0, over = 0;
    for (int32_t i = 1; i < lines->n; i++) {
        if (lines->v[i].after_gap) continue;
        int32_t n = length(&lines->v[i - 1]);
        pairs++;
        if (n > FILL_MAX) over++;
        else if (n > width) width = n;
    }
    if (pairs < 2 || over * 20 > pairs || width < FILL_MIN) return 0;
    for (int32_t i = 1; i < lines->n; i++)
        full += !lines->v[i].after_gap &&
                length(&lines->v[i - 1]) + 1 + first_word_length(span_str(text, lines->v[i].span)) > width - FILL_SLACK;
    return full * 10 >= pairs * 6 ? width : 0;
}

/* A line that lacks a stop goes on in one that begins in lower case: the page cut the sentence. */
static bool sentence_goes_on(Str before, int32_t words_so_far, Str line)
{
    if (!begins_lower(line) || begins_item(line)) return false;
    char last = before.p[before.n - 1];
    if (ends_with_stop(before) || last == ':' || last == ';') return false;
    if (words_so_far < GOES_ON_WORDS && last != ',') return false;
    if (str_starts(line, S("http")) || str_starts(line, S("www.")) || str_find(str_sub(line, 0, 40), S("@")) >= 0)
        return false;
    if (str_starts(line, S("by ")) && !ends_with_stop(line) && count_words(line) <= 6) return false;
    return !furniture_is(before) && !furniture_is(line);
}

static bool fills_on(Str text, const Line *before, const Line *line, int32_t width)
{
    Str b = span_str(text, before->span), l = span_str(text, line->span);
    if (str_eq(b, S("--")) || str_eq(l, S("--")) || begins_item(l) || begins_turn(l) ||
        line->indent > before->indent + 2)
        return false;
    bool was_full = length(before) + 1 + first_word_length(l) > width - FILL_SLACK;
    if (was_full) return true;
    return !ends_with_stop(b) && begins_lower(l);
}

static void decide(Str text, Lines *lines)
{
    int32_t width = fill_width(text, lines), words = 0;
    for (int32_t i = 0; i < lines->n; i++) {
        Line *line = &lines->v[i], *before = i ? line - 1 : NULL;
        if (before) {
            Str b = span_str(text, before->span), l = span_str(text, line->span);
            line->joins =
                (width && !line->after_gap && fills_on(text, before, line, width)) || sentence_goes_on(b, words, l);
        }
        words = (line->joins ? words : 0) + line->n_words;
    }
}

/* ---- writing ---------------------------------------------------------------------------------------------- */
static bool breaks_word(Str text, const Line *before, const Line *line)
{
    int32_t end = before->span.end;
    return end - before->span.begin > 1 && text.p[end - 1] == '-' && char_is_lower_at(text, end - 2) &&
           char_is_lower_at(text, line->span.begin);
}

/* The text with its joins closed; lines and images get their new places. */
static Str write_joined(Arena *a, Str text, Lines *lines, Boilerplates *images)
{
    char *to = arena_new(a, char, text.n + 1);
    ptrdiff_t n = 0, from = 0;
    int32_t image = 0;
    for (int32_t i = 0; i <= lines->n; i++) {
        bool last = i == lines->n;
        bool joins = !last && lines->v[i].joins;
        ptrdiff_t until = last ? text.n : lines->v[i].span.begin;
        if (joins) until = from;                          /* what lies between is left out */
        memcpy(to + n, text.p + from, (size_t)(until - from));
        n += until - from;
        if (last) break;
        if (joins && !breaks_word(text, &(Line){.span = {0, (int32_t)from}}, &lines->v[i])) to[n++] = ' ';
        int32_t move = (int32_t)n - lines->v[i].span.begin;
        for (; image < images->n && images->v[image].span.begin < lines->v[i].span.end; image++) {
            images->v[image].span.begin += move;
            images->v[image].span.end += move;
        }
        Span s = lines->v[i].span;
        memcpy(to + n, text.p + s.begin, (size_t)(s.end - s.begin));
        n += s.end - s.begin;
        from = s.end;
        lines->v[i].span = (Span){s.begin + move, s.end + move};
    }
    return (Str){to, n};
}

static Para measure(Str text, Span span, int32_t n_words)
{
    Str s = span_str(text, span);
    return (Para){.span = span,
                  .n_words = n_words,
                  .stops = ends_with_stop(s),
                  .is_item = begins_item(s),
                  .is_turn = begins_turn(s)};
}

Paras paragraphs_of(Arena *a, Str *text, bool may_mend, Boilerplates *images)
{
    Lines lines = lines_of(a, *text);
    decide(*text, &lines);
    bool any = false;
    for (int32_t i = 0; i < lines.n; i++) any |= lines.v[i].joins;
    if (any && may_mend) *text = write_joined(a, *text, &lines, images);
    Paras paras = {0};
    for (int32_t i = 0; i < lines.n;) {
        Span s = lines.v[i].span;
        int32_t n_words = lines.v[i].n_words;
        for (i++; i < lines.n && lines.v[i].joins; i++) {
            s.end = lines.v[i].span.end;
            n_words += lines.v[i].n_words;
        }
        *push(a, &paras) = measure(*text, s, n_words);
    }
    return paras;
}
