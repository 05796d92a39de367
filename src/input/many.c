/* Many: a file that holds many JSON documents, one handed out at a time.
**
**   lines    each line is an object; a broken line is a failure and the next one goes on        news.jsonl:12
**   values   objects spread over lines, one after the other; named by the line they begin on    one.json:1
**   array    the elements of one JSON array                                                     list.json[3]
**
** Lines are the rule, and are told from values by the first one alone: an object that is still open at the end of its
** first line, outside a string, and is not followed by another object, is spread over lines.
**
** Always: bytes are dropped from the window before they are copied into the caller's arena, so that a copy that lands
** (the arena is spent) does not come again. Cost: each byte is looked at a fixed number of times.
*/
#include "input/inside.h"
#include <string.h>

/* ---- looking ------------------------------------------------------------------------------------------------ */
static bool skip_blanks(Reader *r, Err *e)
{
    for (;;) {
        Str w = reader_view(r);
        ptrdiff_t i = 0;
        while (i < w.n && is_blank(w.p[i])) i++;
        reader_drop(r, i);
        if (i < w.n || r->at_end) return true;
        if (!reader_more(r, e)) return false;
    }
}

/* The line's end in the window, which is widened for it; -1: the file ends first, or the limit is passed. */
static bool line_find(Reader *r, ptrdiff_t *end, Err *e)
{
    for (ptrdiff_t seen = 0;;) {
        Str w = reader_view(r);
        const char *newline = w.n > seen ? memchr(w.p + seen, '\n', (size_t)(w.n - seen)) : NULL;
        *end = newline ? newline - w.p : -1;
        if (newline || r->at_end || w.n > INPUT_LINE_MAX) return true;
        seen = w.n;
        if (!reader_more(r, e)) return false;
    }
}

static bool is_spread(Reader *r, bool *spread, Err *e)
{
    ptrdiff_t end;
    *spread = false;
    if (!line_find(r, &end, e)) return false;
    if (end < 0) return true;
    Cut c = {0};
    if (cut_value(&c, str_sub(reader_view(r), 0, end), CUT_OBJECT) || c.in_string) return true;
    for (ptrdiff_t i = end;; i++) {
        if (!reader_until(r, i + 1, e)) return false;
        Str w = reader_view(r);
        if (i >= w.n || i > INPUT_LINE_MAX) return true;
        if (is_blank(w.p[i])) continue;
        *spread = w.p[i] != '{';
        return true;
    }
}

/* The next value's length in the window, n, and its whole size: what passes the limit is counted and dropped. */
static bool value_find(Reader *r, CutKind kind, ptrdiff_t *n, int64_t *size, bool *is_whole, Err *e)
{
    Cut c = {0};
    for (int64_t dropped = 0;;) {
        *is_whole = cut_value(&c, reader_view(r), kind);
        *n = c.at;
        *size = dropped + c.at;
        if (r->at_end && kind == CUT_ELEMENT && !cut_is_open(&c)) *is_whole = true;
        if (*is_whole || r->at_end) return true;
        if (*size > INPUT_LINE_MAX) {
            reader_drop(r, c.at);
            dropped += c.at;
            c.at = 0;
        }
        if (!reader_more(r, e)) return false;
    }
}

/* ---- handing out -------------------------------------------------------------------------------------------- */
static Str where_of(const Many *m, Arena *a, int64_t line)
{
    if (m->kind == MANY_ARRAY) return arena_printf(a, "%.*s[%lld]", STR(m->file), (long long)m->element - 1);
    return arena_printf(a, "%.*s:%lld", STR(m->file), (long long)line);
}

static const char *kind_name(const Many *m)
{
    return m->kind == MANY_LINES ? "line" : m->kind == MANY_VALUES ? "object" : "element";
}

/* The window's first n bytes are the item. */
static ItemState hand_out(Many *m, Arena *a, Item *item, ptrdiff_t n)
{
    Str bytes = str_trim(str_sub(reader_view(m->from), 0, n));
    int64_t line = m->from->lines + 1;
    reader_drop(m->from, n);                             /* the bytes stay where they are until the window is widened */
    item->kind = CONTENT_JSON;
    item->where = where_of(m, a, line);
    item->bytes = arena_str(a, bytes);
    return ITEM_DOCUMENT;
}

static ItemState item_failed(Many *m, Arena *a, Item *item, int64_t line, Err *e)
{
    item->where = where_of(m, a, line);
    item_fail(e, item->where);
    return ITEM_FAILED;
}

static ItemState too_long(Many *m, Arena *a, Item *item, int64_t line, int64_t size, Err *e)
{
    fail(e, ERR_LIMIT, "the %s is %lld bytes, at most %d are read; split it into several documents", kind_name(m),
         (long long)size, INPUT_LINE_MAX);
    return item_failed(m, a, item, line, e);
}

static ItemState cut_off(Many *m, Arena *a, Item *item, Err *e)
{
    int64_t line = m->from->lines + 1;
    reader_finish(m->from);
    m->is_over = true;
    fail(e, ERR_INPUT, "the %s is cut off: the file ends inside it; fetch the file again", kind_name(m));
    return item_failed(m, a, item, line, e);
}

/* The file as a whole fails: it cannot be read on, or is no JSON from here. */
static ItemState file_failed(Many *m, Item *item, Err *e)
{
    reader_finish(m->from);
    m->is_over = true;
    item->where = m->file;
    item_fail(e, item->where);
    return ITEM_FAILED;
}

/* ---- one kind each ------------------------------------------------------------------------------------------ */
static ItemState skip_long_line(Many *m, Arena *a, Item *item, Err *e)
{
    int64_t size = 0, line = m->from->lines + 1;
    for (;;) {
        Str w = reader_view(m->from);
        const char *newline = w.n ? memchr(w.p, '\n', (size_t)w.n) : NULL;
        ptrdiff_t n = newline ? newline - w.p : w.n;
        size += n;
        reader_drop(m->from, newline ? n + 1 : n);
        if (newline || m->from->at_end) return too_long(m, a, item, line, size, e);
        if (!reader_more(m->from, e)) return file_failed(m, item, e);
    }
}

/* A last line without its newline that is still open: a broken download, or a full disk. */
static bool is_cut_off(Str line)
{
    Cut c = {0};
    return str_starts(line, S("{")) && !cut_value(&c, line, CUT_OBJECT) && cut_is_open(&c);
}

static ItemState next_line(Many *m, Arena *a, Item *item, Err *e)
{
    ptrdiff_t end;
    if (!skip_blanks(m->from, e) || !line_find(m->from, &end, e)) return file_failed(m, item, e);
    Str w = reader_view(m->from);
    if (!w.n) return ITEM_END;
    if ((end < 0 ? w.n : end) > INPUT_LINE_MAX) return skip_long_line(m, a, item, e);
    if (end < 0 && is_cut_off(w)) return cut_off(m, a, item, e);
    return hand_out(m, a, item, end < 0 ? w.n : end + 1);
}

/* A value stands at the window's begin. */
static ItemState take_value(Many *m, CutKind kind, Arena *a, Item *item, Err *e)
{
    int64_t size, line = m->from->lines + 1;
    ptrdiff_t n;
    bool is_whole;
    m->element++;
    m->is_after = true;
    if (!value_find(m->from, kind, &n, &size, &is_whole, e)) return file_failed(m, item, e);
    if (!is_whole) return cut_off(m, a, item, e);
    if (size <= INPUT_LINE_MAX) return hand_out(m, a, item, n);
    reader_drop(m->from, n);
    return too_long(m, a, item, line, size, e);
}

static ItemState next_value(Many *m, Arena *a, Item *item, Err *e)
{
    if (!skip_blanks(m->from, e)) return file_failed(m, item, e);
    Str w = reader_view(m->from);
    if (!w.n) return ITEM_END;
    if (w.p[0] == '{') return take_value(m, CUT_OBJECT, a, item, e);
    fail(e, ERR_INPUT, "line %lld: something that is no object follows an object; the rest of the file is left out",
         (long long)m->from->lines + 1);
    return file_failed(m, item, e);
}

static ItemState array_end(Many *m, Item *item, Err *e)
{
    reader_drop(m->from, 1);
    if (!skip_blanks(m->from, e)) return file_failed(m, item, e);
    m->is_over = true;
    if (!reader_view(m->from).n) return ITEM_END;
    fail(e, ERR_INPUT, "line %lld: something follows the array; it is left out", (long long)m->from->lines + 1);
    return file_failed(m, item, e);
}

static ItemState next_element(Many *m, Arena *a, Item *item, Err *e)
{
    for (;;) {
        if (!skip_blanks(m->from, e)) return file_failed(m, item, e);
        Str w = reader_view(m->from);
        if (!w.n) {
            fail(e, ERR_INPUT, "the array is cut off: the file ends before its last bracket; fetch the file again");
            return file_failed(m, item, e);
        }
        if (w.p[0] == ']') return array_end(m, item, e);
        if (!m->is_after) return take_value(m, CUT_ELEMENT, a, item, e);
        if (w.p[0] != ',') {
            fail(e, ERR_INPUT, "line %lld: a comma is missing after element %lld; the rest of the file is left out",
                 (long long)m->from->lines + 1, (long long)m->element - 1);
            return file_failed(m, item, e);
        }
        reader_drop(m->from, 1);
        m->is_after = false;
    }
}

/* ---- what the header names ---------------------------------------------------------------------------------- */
bool many_begin(Many *m, bool is_array, Err *e)
{
    if (str_starts(reader_view(m->from), S("\xEF\xBB\xBF"))) reader_drop(m->from, 3);
    if (!skip_blanks(m->from, e)) return false;
    m->kind = MANY_ARRAY;
    if (is_array) {
        reader_drop(m->from, 1);
        return true;
    }
    bool spread;
    if (!is_spread(m->from, &spread, e)) return false;
    m->kind = spread ? MANY_VALUES : MANY_LINES;
    return true;
}

ItemState many_next(Many *m, Arena *a, Item *item, Err *e)
{
    if (m->is_over) return ITEM_END;
    switch (m->kind) {
    case MANY_LINES: return next_line(m, a, item, e);
    case MANY_VALUES: return next_value(m, a, item, e);
    case MANY_ARRAY: break;
    }
    return next_element(m, a, item, e);
}
