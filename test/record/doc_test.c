/* doc/record.md names every key of the record and every name of its lists; a field or a name that is added without its
** word in the page is found here. */
#include "base/io.h"
#include "record/inside.h"
#include "test.h"

static Str page;

static void named(Str word, Str of)
{
    Str quoted = arena_printf(&test_arena, "`%.*s`", STR(word));
    if (!check(str_find(page, quoted) >= 0)) printf("  doc/record.md lacks %.*s of %.*s\n", STR(quoted), STR(of));
}

static void walk(const Part *part)
{
    if (part->has_id) named(S("id"), part->name);
    for (int32_t i = 0; i < part->n; i++) {
        const Field *f = &part->field[i];
        named(f->key, part->name);
        for (int32_t k = 1; f->names && k < f->names->n; k++) named(f->names->name[k], f->key);
        if (f->part) walk(f->part);
    }
}

int main(void)
{
    TEST_BEGIN
    IoFile file;
    Err e = {0};
    if (check(io_open(&file, "doc/record.md", 1 << 20, &e))) {
        page = file.bytes;
        walk(&part_record);
        io_close(&file);
    }
    return test_end();
}
