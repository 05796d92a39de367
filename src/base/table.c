/* Tables: knowledge that a linguist owns, read by one parser at build time and at run time.
**
**   # verb     kind      polarity
**   vow        promise   +1
**     + Minister Ito vowed to reopen the port by June.      [Ito | reopen the port by June]
**     - The couple exchanged vows in June.
**
** A line's first byte decides: # a comment (but the first line names the columns), a blank an example, anything else a
** row. Cells are parted by a run of blanks that is two long or holds a tab, so a cell may have single blanks inside
** and columns may be lined up with as many tabs as one likes; an empty cell is written "-".
** Always: every row has as many cells as there are columns; every example belongs to the row above it; no zero bytes
** and no ill UTF-8. All text is copied into the arena, so the file may be closed afterwards.
** A mistake is a sentence with the line, in e->line too: "cues.tab:12: this row has 2 cells …".
*/
#include "base/inside.h"
#include "base/table.h"
#include <string.h>

typedef struct {
    Arena *to;
    Table *t;
    Err *e;
    int32_t line;
} Reader;

static bool wrong(const Reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool wrong(const Reader *r, const char *format, ...)
{
    if (!r->e) return false;
    char why[sizeof r->e->text];
    va_list with;
    va_start(with, format);
    text_vprintf(why, sizeof why, format, with);
    va_end(with);
    fail(r->e, ERR_INPUT, "%.*s:%d: %s", STR(r->t->name), r->line, why);
    r->e->line = r->line;
    return false;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool next_cell(Str *rest, Str *cell)
{
    Str s = str_trim(*rest);
    if (s.n == 0) return false;
    ptrdiff_t i = 0, n = 0;                               /* n: blanks at i */
    for (; i < s.n; i++) {
        bool has_tab = false;
        for (n = 0; i + n < s.n && is_blank(s.p[i + n]); n++) has_tab |= s.p[i + n] == '\t';
        if (n > 1 || has_tab) break;
    }
    *cell = str_sub(s, 0, i);
    *rest = str_sub(s, i + n, s.n);
    return true;
}

static Str column_names(const Reader *r)
{
    Buf b = {.to = r->to};
    for (int32_t i = 0; i < r->t->columns.n; i++) {
        if (i) buf_add(&b, S(", "));
        buf_add(&b, r->t->columns.v[i]);
    }
    return buf_str(&b);
}

static bool is_column_name(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!(c >= 'a' && c <= 'z') && !(i > 0 && ((c >= '0' && c <= '9') || c == '_'))) return false;
    }
    return s.n > 0;
}

static bool read_columns(Reader *r, Str line)
{
    if (!str_starts(line, S("#")))
        return wrong(r, "the first line must name the columns, as in \"# verb  kind\"");
    Str rest = str_sub(line, 1, line.n), name;
    while (next_cell(&rest, &name)) {
        if (!is_column_name(name))
            return wrong(r, "'%.*s' is no name for a column: use small letters, digits and _, and part the names by "
                            "a tab or two blanks", STR(name));
        for (int32_t i = 0; i < r->t->columns.n; i++)
            if (str_eq(r->t->columns.v[i], name)) return wrong(r, "two columns are named '%.*s'", STR(name));
        *push(r->to, &r->t->columns) = name;
    }
    if (r->t->columns.n == 0) return wrong(r, "the first line must name the columns, as in \"# verb  kind\"");
    return true;
}

static bool read_row(Reader *r, Str line)
{
    TableRow row = {.line = r->line};
    Str cell;
    while (next_cell(&line, &cell)) *push(r->to, &row.cells) = str_eq(cell, S("-")) ? S("") : cell;
    if (row.cells.n != r->t->columns.n)
        return wrong(r, "this row has %d %s, the table has %d: %.*s; part cells by a tab or two blanks, and write - "
                        "for an empty one", row.cells.n, row.cells.n == 1 ? "cell" : "cells", r->t->columns.n,
                     STR(column_names(r)));
    *push(r->to, &r->t->rows) = row;
    return true;
}

/* Where the bracket opens that the last byte closes; -1 where there is none. */
static ptrdiff_t bracket_begin(Str s)
{
    int32_t open = 0;
    if (!str_ends(s, S("]"))) return -1;
    for (ptrdiff_t i = s.n - 1; i >= 0; i--) {
        open += (s.p[i] == ']') - (s.p[i] == '[');
        if (open == 0) return i;
    }
    return -1;
}

static bool read_example(Reader *r, Str line)
{
    Str s = str_trim(line);
    if ((s.p[0] != '+' && s.p[0] != '-') || (s.n > 1 && !is_blank(s.p[1])))
        return wrong(r, "an indented line is an example and begins with \"+ \" or \"- \"; a row begins at the margin");
    if (r->t->rows.n == 0) return wrong(r, "an example stands below its row, and there is no row above this one");
    TableExample example = {.holds = s.p[0] == '+', .row = r->t->rows.n - 1, .line = r->line};
    s = str_trim(str_sub(s, 1, s.n));
    ptrdiff_t at = bracket_begin(s);
    if (at >= 0) example.expected = str_trim(str_sub(s, at + 1, s.n - 1));
    example.text = str_trim(str_sub(s, 0, at >= 0 ? at : s.n));
    if (example.text.n == 0) return wrong(r, "this example has no text");
    *push(r->to, &r->t->examples) = example;
    return true;
}

static bool read_line(Reader *r, Str line)
{
    if (line.n > 0 && memchr(line.p, 0, (size_t)line.n))
        return wrong(r, "a zero byte; a table is plain text in UTF-8");
    ptrdiff_t bad = utf8_bad(line);
    if (bad >= 0) return wrong(r, "byte %td is not UTF-8; save the file as UTF-8", bad + 1);
    if (r->line == 1) return read_columns(r, line);
    if (str_trim(line).n == 0 || line.p[0] == '#') return true;
    return is_blank(line.p[0]) ? read_example(r, line) : read_row(r, line);
}

bool table_read(Arena *to, Str name, Str bytes, Table *t, Err *e)
{
    *t = (Table){.name = arena_str(to, name)};
    Reader r = {to, t, e, 1};
    Str rest = arena_str(to, bytes), line;
    if (str_starts(rest, S("\xEF\xBB\xBF"))) rest = str_sub(rest, 3, rest.n);
    if (str_trim(rest).n == 0) return wrong(&r, "the table is empty; its first line names the columns");
    for (; str_split(&rest, '\n', &line); r.line++) {
        if (str_ends(line, S("\r"))) line.n--;
        if (r.line == INT32_MAX) return wrong(&r, "too many lines");
        if (!read_line(&r, line)) return false;
    }
    return true;
}

int32_t table_find_in(const void *rows, int32_t n, ptrdiff_t size, Str key)
{
    int32_t low = 0, high = n;                            /* rows before low are smaller, rows from high on are not */
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        Str row = *(const Str *)((const char *)rows + mid * size);
        bool apart = row.n > 0 && key.n > 0 && row.p[0] != key.p[0];       /* most steps are settled by the first byte */
        if (apart ? (unsigned char)row.p[0] < (unsigned char)key.p[0] : str_cmp(row, key) < 0) low = mid + 1;
        else high = mid;
    }
    return low < n && str_eq(*(const Str *)((const char *)rows + low * size), key) ? low : -1;
}
