/* Cases of the reading: a line of text becomes a record that has gone through text and reading.
**
** In a .t file "\n" stands for a line's end, cells are parted by " | ", and # begins a comment line.
*/
#ifndef READING_CASE_H
#define READING_CASE_H
#include "base/io.h"
#include "reading/reading.h"
#include "test.h"
#include "text/text.h"

static inline Str case_text(Arena *a, Str s)
{
    Buf b = {.to = a};
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool breaks = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        buf_char(&b, breaks ? '\n' : s.p[i]);
        i += breaks;
    }
    return buf_str(&b);
}

/* found: what a model found, spans in `text`; NULL: no model looked. */
static inline Record *case_read_found(Arena *a, Str text, Str published, const FoundNames *found)
{
    Record *r = arena_new(a, Record, 1);
    record_blank(r);
    r->text = case_text(a, text);
    r->text_is_given = true;
    r->published = published;
    if (published.n) r->published_how = PUBLISHED_RECEIVED;
    text_clean(a, r);
    text_language(r);
    text_sentences(a, r, (TextOptions){0});
    text_tokens(a, r);
    if (found) {
        r->names = *found;
        r->has_names = true;
    }
    reading_times(a, r);
    reading_published(a, r);
    reading_names(a, r);
    reading_quotes(a, r);
    Err e = {0};
    if (!check(record_valid(r, &e))) printf("  %s\n", e.text);
    return r;
}

static inline Record *case_read(Arena *a, Str text, Str published)
{
    return case_read_found(a, text, published, NULL);
}

static inline bool case_cell(Str *rest, Str *cell)
{
    ptrdiff_t at = str_find(*rest, S(" | "));
    if (rest->p == NULL) return false;
    *cell = str_trim(at < 0 ? *rest : str_sub(*rest, 0, at));
    *rest = at < 0 ? (Str){NULL, 0} : str_sub(*rest, at + 3, rest->n);
    return true;
}

static inline Str case_spans(Arena *a, Str text, const Spans *spans)
{
    Buf b = {.to = a};
    for (int32_t i = 0; i < spans->n; i++) {
        if (i) buf_add(&b, S(" + "));
        Str s = span_str(text, spans->v[i]);
        for (ptrdiff_t k = 0; k < s.n; k++) buf_char(&b, s.p[k] == '\n' ? ' ' : s.p[k]);
    }
    return b.n ? buf_str(&b) : S("-");
}

/* Calls `one` for each line of the file that is a case. */
static inline void case_each(const char *path, void (*one)(Str line, int number))
{
    IoFile f;
    Err e = {0};
    if (!check(io_open(&f, path, 1 << 20, &e))) {
        printf("  %s\n", e.text);
        return;
    }
    Str rest = f.bytes, line;
    int number = 0, n = 0;
    while (str_split(&rest, '\n', &line)) {
        number++;
        if (str_trim(line).n == 0 || line.p[0] == '#') continue;
        one(line, number);
        n++;
        arena_reset(&test_arena);
    }
    check(n > 0);
    io_close(&f);
}
#endif
