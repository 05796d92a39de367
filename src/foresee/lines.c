/* Lines of a scenario file: words, quoted texts, signs and spans, each line with its indentation.
**
**   in:   "  position toll 40 salience 90   reef[188,240]   # their own figure"
**   out:  indent 2, words position toll 40 salience 90, span reef 188 240
**
** A word goes up to the next blank; the signs ! & | ( ) stand for themselves wherever they occur. A quoted text holds
** anything but a line's end; \" and \\ are a quotation mark and a backslash. A '#' that begins a word begins a comment.
** Always: linear in the bytes; what is refused names its line and what to write instead.
*/
#include "foresee/lines.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BYTES_MAX = 200, QUOTED_BYTES_MAX = 2000, LINES_MAX = 400000, WORDS_MAX = 6000 };   /* words of a line: expressions nest as deep as they are long */

bool lines_fail(const Lines *in, int32_t line, Err *e, const char *format, ...)
{
    char said[420];
    va_list with;
    va_start(with, format);
    vsnprintf(said, sizeof said, format, with);
    va_end(with);
    fail(e, ERR_INPUT, "%.*s:%d: %s", STR(in->file), line, said);
    if (e) e->line = line;
    return false;
}

bool number_read(Str word, double *x)
{
    char digits[64];
    bool has_digit = false;
    if (word.n < 1 || word.n >= (ptrdiff_t)sizeof digits) return false;
    for (ptrdiff_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        bool is_digit = c >= '0' && c <= '9';
        has_digit |= is_digit;
        if (!is_digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') return false;
        digits[i] = c;
    }
    digits[word.n] = 0;
    char *end;
    *x = strtod(digits, &end);                           /* ASCII digits and a point only: no locale of ours changes it */
    return has_digit && !*end && isfinite(*x) && fabs(*x) <= 1e15;
}

bool range_read(Str word, Range *r)
{
    ptrdiff_t dots = str_find(word, S(".."));
    *r = (Range){.is_given = true};
    if (dots < 0) {
        if (!number_read(word, &r->low)) return false;
        r->mode = r->high = r->low;
        return true;
    }
    Str rest = str_sub(word, dots + 2, word.n);
    ptrdiff_t more = str_find(rest, S(".."));
    if (!number_read(str_sub(word, 0, dots), &r->low)) return false;
    if (!number_read(more < 0 ? rest : str_sub(rest, more + 2, rest.n), &r->high)) return false;
    if (more < 0) r->mode = (r->low + r->high) / 2;
    else if (!number_read(str_sub(rest, 0, more), &r->mode)) return false;
    return r->low <= r->mode && r->mode <= r->high;
}

static bool is_sign(char c) { return c == '!' || c == '&' || c == '|' || c == '(' || c == ')'; }

/* reef[188,240]: a text's name and code points. */
static bool span_read(Str word, LineToken *t)
{
    ptrdiff_t open = str_find(word, S("["));
    double begin, end;
    if (open < 1 || !str_ends(word, S("]"))) return false;
    Str inside = str_sub(word, open + 1, word.n - 1), first;
    if (!str_split(&inside, ',', &first) || !inside.p) return false;
    if (!number_read(first, &begin) || !number_read(inside, &end)) return false;
    if (begin != floor(begin) || end != floor(end) || begin < 0 || end <= begin || end > 1e9) return false;
    *t = (LineToken){TOKEN_SPAN, str_sub(word, 0, open), (int32_t)begin, (int32_t)end};
    return true;
}

static bool quoted_read(Arena *a, const Lines *in, int32_t number, Str line, ptrdiff_t *i, LineToken *t, Err *e)
{
    Buf b = {.to = a};
    ptrdiff_t k = *i + 1;
    for (; k < line.n && line.p[k] != '"'; k++) {
        if (line.p[k] == '\\' && k + 1 < line.n && (line.p[k + 1] == '"' || line.p[k + 1] == '\\')) k++;
        buf_char(&b, line.p[k]);
    }
    if (k >= line.n) return lines_fail(in, number, e, "a quotation mark is not closed on its line; close it with \"");
    if (b.n > QUOTED_BYTES_MAX)
        return lines_fail(in, number, e, "a quoted text is %td bytes, at most %d are kept", b.n, QUOTED_BYTES_MAX);
    *i = k + 1;
    *t = (LineToken){TOKEN_QUOTED, buf_str(&b), 0, 0};
    return true;
}

static bool word_read(const Lines *in, int32_t number, Str line, ptrdiff_t *i, LineToken *t, Err *e)
{
    ptrdiff_t k = *i;
    while (k < line.n && line.p[k] != ' ' && line.p[k] != '\t' && line.p[k] != '"' && !is_sign(line.p[k])) k++;
    Str word = str_sub(line, *i, k);
    if (word.n > WORD_BYTES_MAX)
        return lines_fail(in, number, e, "a word is %td bytes long, at most %d are read", word.n, WORD_BYTES_MAX);
    *i = k;
    *t = (LineToken){TOKEN_WORD, word, 0, 0};
    if (str_ends(word, S("]")) && !span_read(word, t))
        return lines_fail(in, number, e, "'%.*s' is no span; write the text's name and two numbers: reef[120,186]",
                          STR(word));
    return true;
}

static bool line_read(Arena *a, Lines *to, int32_t number, Str line, Err *e)
{
    ptrdiff_t i = 0;
    Line one = {.number = number};
    while (i < line.n && line.p[i] == ' ') i++;
    one.indent = (int32_t)i;
    if (i < line.n && line.p[i] == '\t')
        return lines_fail(to, number, e, "the line is indented by a tab; indent with blanks, two a level");
    while (i < line.n) {
        if (line.p[i] == ' ' || line.p[i] == '\t') { i++; continue; }
        if (line.p[i] == '#') break;
        LineToken t;
        if (line.p[i] == '"') {
            if (!quoted_read(a, to, number, line, &i, &t, e)) return false;
        } else if (is_sign(line.p[i])) {
            t = (LineToken){TOKEN_SIGN, str_sub(line, i, i + 1), 0, 0};
            i++;
        } else if (!word_read(to, number, line, &i, &t, e)) return false;
        if (one.tokens.n == WORDS_MAX) return lines_fail(to, number, e, "more than %d words in a line; split the entry", WORDS_MAX);
        *push(a, &one.tokens) = t;
    }
    if (one.tokens.n) *push(a, &to->lines) = one;
    return true;
}

bool lines_read(Arena *a, Str file, Str bytes, Lines *to, Err *e)
{
    *to = (Lines){.file = file};
    if (bytes.n > SCENARIO_BYTES_MAX)
        return lines_fail(to, 1, e, "the file is %td bytes, at most %d are read", bytes.n, SCENARIO_BYTES_MAX);
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_sub(bytes, 3, bytes.n);
    Str rest = bytes, line;
    for (int32_t number = 1; str_split(&rest, '\n', &line); number++) {
        if (number > LINES_MAX) return lines_fail(to, number, e, "more than %d lines; split the scenario", LINES_MAX);
        if (utf8_bad(line) >= 0)
            return lines_fail(to, number, e, "byte %td is no UTF-8; save the file as UTF-8", utf8_bad(line) + 1);
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        for (ptrdiff_t k = 0; k < line.n; k++)
            if ((unsigned char)line.p[k] < 0x20 && line.p[k] != '\t')
                return lines_fail(to, number, e, "byte %td is a control character; take it out", k + 1);
        if (!line_read(a, to, number, line, e)) return false;
    }
    return true;
}
