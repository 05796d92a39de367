/* Styles, wrapping and the pager; screen.h is the manual.
**
** Running text is gathered word by word. A word is a few pieces, each in its style ("⟦s3⟧“We", dim and underlined),
** and is set on the line when its white space comes: so a style never decides where a line breaks, and no style
** runs over the margin.
*/
#include "screen.h"
#include <string.h>

Screen *screen(void)
{
    static Screen s;
    if (!s.width) {
        s.width = io_width();
        if (s.width < 20) s.width = 20;                   /* narrower, a table has no columns left */
        s.colour = io_wants_colour();
    }
    return &s;
}

void screen_page(void)
{
    Screen *s = screen();
    if (!s->paged && io_out_is_terminal()) s->paged = io_pager_open();
}

void screen_end(void)
{
    if (screen()->paged) io_pager_close();
    screen()->paged = false;
}

/* ---- safe text ------------------------------------------------------------------------------------------ */
static bool is_control(int32_t c) { return c < 32 || (c >= 0x7f && c < 0xa0); }
static bool turns_order(int32_t c) { return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069); }

Str screen_safe(Arena *to, Str text)
{
    Buf b = {.to = to};
    bool gap = false;
    for (ptrdiff_t i = 0, at; i < text.n;) {
        at = i;
        int32_t c = utf8_next(text, &i);
        if (utf8_is_space(c) || (c >= 9 && c <= 13) || c == 0x2028 || c == 0x2029) { gap = b.n > 0; continue; }
        if (turns_order(c)) continue;
        if (gap) buf_char(&b, ' ');
        gap = false;
        if (is_control(c) || c == 0xfffd) buf_add(&b, S("\xef\xbf\xbd"));
        else buf_add(&b, str_sub(text, at, i));
    }
    return buf_str(&b);
}

/* Bytes of the longest beginning of s that fits: whole code points, and what combines stays with its letter. */
static ptrdiff_t fitting(Str s, int width)
{
    int column = 0;
    ptrdiff_t end = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t at = i;
        utf8_next(s, &i);
        column += utf8_width(str_sub(s, at, i));
        if (column > width) break;
        end = i;
    }
    return end;
}

/* A word longer than the line: an address is broken behind a dot or a slash, where one stands in the second half. */
static ptrdiff_t inner_break(Str word, ptrdiff_t end)
{
    for (ptrdiff_t i = end; i > end / 2; i--)
        if (word.p[i - 1] && strchr("./-_", word.p[i - 1])) return i;
    return end;
}

Strs screen_wrap(Arena *to, Str text, int width)
{
    Strs lines = {0};
    if (width < 2) width = 2;                             /* a wide letter must fit */
    while (utf8_width(text) > width) {
        ptrdiff_t end = fitting(text, width), cut = end;
        if (text.p[end] != ' ') {
            while (cut > 0 && text.p[cut - 1] != ' ') cut--;
            if (!cut) cut = inner_break(text, end);
        }
        *push(to, &lines) = str_trim(str_sub(text, 0, cut));
        text = str_trim(str_sub(text, cut, text.n));
    }
    if (text.n || !lines.n) *push(to, &lines) = text;
    return lines;
}

Str screen_cut(Arena *to, Str text, int width)
{
    if (utf8_width(text) <= width) return text;
    Str head = str_trim(str_sub(text, 0, fitting(text, width - 1)));
    return arena_printf(to, "%.*s…", STR(head));
}

Str quotation(Arena *to, Str words)
{
    Str safe = screen_safe(to, words);
    bool has_marks =
        str_starts(safe, S("“")) || str_starts(safe, S("\"")) || str_starts(safe, S("‘")) || str_starts(safe, S("«"));
    return has_marks ? safe : arena_printf(to, "“%.*s”", STR(safe));
}

/* ---- styles --------------------------------------------------------------------------------------------- */
void screen_style(Buf *out, int style)
{
    static const struct { int bit; const char *code; } codes[] = {
        {BOLD, "\x1b[1m"}, {DIM, "\x1b[2m"}, {UNDERLINE, "\x1b[4m"}, {RED, "\x1b[31m"}, {GREEN, "\x1b[32m"},
        {YELLOW, "\x1b[33m"}, {CYAN, "\x1b[36m"}};
    if (!screen()->colour) return;
    if (!style) buf_add(out, S("\x1b[0m"));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (style & codes[i].bit) buf_add(out, str_of(codes[i].code));
}

void screen_put(Buf *out, Str text, int style)
{
    if (style && text.n) screen_style(out, style);
    buf_add(out, text);
    if (style && text.n) screen_style(out, PLAIN);
}

void screen_pad(Buf *out, int columns)
{
    while (columns-- > 0) buf_char(out, ' ');
}

Str number_text(Arena *to, int64_t n)
{
    char digits[32], out[48];
    int n_digits = 0, n_out = 0;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do digits[n_digits++] = (char)('0' + rest % 10); while (rest /= 10);
    if (n < 0) out[n_out++] = '-';
    while (n_digits--) {
        out[n_out++] = digits[n_digits];
        if (n_digits && n_digits % 3 == 0) out[n_out++] = ',';
    }
    return arena_str(to, (Str){out, n_out});
}

const char *plural(int64_t n, const char *one, const char *many) { return n == 1 ? one : many; }

/* ---- running text --------------------------------------------------------------------------------------- */
Flow flow_at(Arena *a, Buf *out, int column, int indent)
{
    return (Flow){.out = out, .a = a, .width = screen()->width, .indent = indent, .column = column};
}

static void flow_style(Flow *f, int style)
{
    if (style == f->style) return;
    if (f->style) screen_style(f->out, PLAIN);
    if (style) screen_style(f->out, style);
    f->style = style;
}

static void flow_break(Flow *f)
{
    flow_style(f, PLAIN);
    buf_char(f->out, '\n');
    screen_pad(f->out, f->indent);
    f->column = f->indent;
    f->has_gap = false;
}

/* The blank takes the style of the word behind it, or an underline would have holes; dim and bold do not show on it. */
static void flow_set(Flow *f)
{
    if (!f->word.n) return;
    bool at_margin = f->column <= f->indent;
    if (!at_margin && f->column + f->has_gap + f->word_width > f->width) { flow_break(f); at_margin = true; }
    if (f->has_gap && !at_margin) {
        flow_style(f, f->style & f->word.v[0].style);
        buf_char(f->out, ' ');
        f->column++;
    }
    for (int i = 0; i < f->word.n; i++) {
        Str rest = f->word.v[i].text;
        while (rest.n) {
            ptrdiff_t end = fitting(rest, f->width - f->column);
            if (!end && f->column > f->indent) { flow_break(f); continue; }
            if (!end) end = rest.n;
            flow_style(f, f->word.v[i].style);
            buf_add(f->out, str_sub(rest, 0, end));
            f->column += utf8_width(str_sub(rest, 0, end));
            rest = str_sub(rest, end, rest.n);
        }
    }
    f->word.n = 0;
    f->word_width = 0;
    f->has_gap = false;
}

static void flow_word(Flow *f, Str part, int style)
{
    if (!part.n) return;
    *push(f->a, &f->word) = (FlowPiece){part, style};
    f->word_width += utf8_width(part);
}

void flow_whole(Flow *f, Str text, int style) { flow_word(f, text, style); }

static bool is_blank_at(Str s, ptrdiff_t i) { return s.p[i] == ' '; }

void flow_text(Flow *f, Str text, int style)
{
    ptrdiff_t first = 0, last = text.n - 1;
    if (!text.n) return;
    bool gap_before = utf8_is_space(utf8_next(text, &first)) || (text.p[0] >= 9 && text.p[0] <= 13);
    bool gap_behind = utf8_is_space((unsigned char)text.p[last]) || (text.p[last] >= 9 && text.p[last] <= 13);
    Str safe = screen_safe(f->a, text);
    if (gap_before) { flow_set(f); f->has_gap = true; }
    for (ptrdiff_t i = 0, from = 0; i <= safe.n; i++) {
        if (i < safe.n && !is_blank_at(safe, i)) continue;
        flow_word(f, str_sub(safe, from, i), style);
        from = i + 1;
        if (i < safe.n) { flow_set(f); f->has_gap = true; }
    }
    if (gap_behind) { flow_set(f); f->has_gap = true; }
}

void flow_end(Flow *f)
{
    flow_set(f);
    flow_style(f, PLAIN);
    buf_char(f->out, '\n');
    f->column = 0;
}
