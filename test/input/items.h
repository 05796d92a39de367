/* What comes out of a file, as lines: "where | kind | uri | title | text" or "! sentence"; for tests of containers. */
#ifndef TEST_INPUT_ITEMS_H
#define TEST_INPUT_ITEMS_H
#include "base/io.h"
#include "input/input.h"
#include "test.h"
#include <unistd.h>

static char items_folder[] = "/tmp/demarche-items-XXXXXX";

static inline void items_begin(void)
{
    if (!mkdtemp(items_folder) || chdir(items_folder)) exit(1);
}

static inline void items_end(void)
{
    unlink("a");
    unlink("b");
    if (chdir("/") || rmdir(items_folder)) perror(items_folder);
}

static inline void items_put(const char *name, Str bytes)
{
    Err e = {0};
    if (!io_write_file(name, bytes, &e)) {
        printf("%s\n", e.text);
        exit(1);
    }
}

static inline void items_add(Buf *b, const Item *item)
{
    Record r;
    Err e = {0};
    if (item->kind == CONTENT_INSPECTED) {
        buf_printf(b, "%.*s = {%.*s}\n", STR(item->where), STR(item->bytes));
    } else if (!input_record(&test_arena, item, (InputOptions){0}, &r, &e)) {
        buf_printf(b, "! %s\n", e.text);
    } else {
        check(record_valid(&r, &e));
        const Str fields[] = {r.uri, r.publisher, r.author, r.title, r.published, published_how_name(r.published_how)};
        static const char *const names[] = {"uri", "publisher", "author", "title", "published", "how"};
        buf_printf(b, "%.*s", STR(item->where));
        for (int i = 0; i < 6; i++)
            if (fields[i].n) buf_printf(b, " %s=%.*s", names[i], STR(fields[i]));
        if (r.truncated) buf_printf(b, " truncated");
        Str text = str_trim(r.text);
        buf_printf(b, ": ");
        for (ptrdiff_t i = 0; i < text.n; i++) buf_char(b, text.p[i] == '\n' ? '/' : text.p[i]);
        buf_char(b, '\n');
    }
}

static inline Str items_of_file(const char *path, InputOptions how)
{
    Buf b = {.to = &test_arena};
    Err e = {0};
    Item item;
    Inputs *in = input_open(&path, 1, how, &e);
    for (ItemState s; in && (s = input_next(in, &test_arena, &item, &e)) != ITEM_END; e = (Err){0}) {
        if (s == ITEM_FAILED)
            buf_printf(&b, "! %s\n", e.text);
        else
            items_add(&b, &item);
    }
    check(input_bytes_done(in) == input_bytes_total(in));
    input_close(in);
    return b.n ? buf_str(&b) : S("");
}

static inline Str items_of(Str bytes)
{
    items_put("a", bytes);
    return items_of_file("a", (InputOptions){0});
}

#define check_items(bytes, expected) check_str(items_of(bytes), S(expected))
#define check_begins(got, expected) check_begins_at(__FILE__, __LINE__, (got), S(expected))
static inline void check_begins_at(const char *file, int line, Str got, Str expected)
{
    check_str_at(file, line, str_sub(got, 0, expected.n), expected);
}
#endif
