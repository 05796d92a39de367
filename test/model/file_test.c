/* Model files: what is written is read; what was cut, flipped, swapped or written by another version is refused. */
#include "base/io.h"
#include "base/json.h"
#include "model/inside.h"
#include "test.h"
#include <unistd.h>

static Str small_model(void)
{
    static const struct { const char *name; Str bytes; } rows[] = {
        {"provenance", {"{\"language\":\"en\"}", 17}}, {"empty", {"", 0}}, {"tag.table", {"\1\2\3\4\5\6\7", 7}},
        {"a-name-of-23-bytes-long", {"x", 1}}};
    ModelSections sections = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        *push(&test_arena, &sections) = (ModelSection){str_of(rows[i].name), rows[i].bytes};
    Buf b = {.to = &test_arena};
    model_write(&sections, &b);
    return buf_str(&b);
}

/* The same bytes where a model may lie: at a multiple of 64, with nothing readable behind them (sanitized). */
static Str placed(Str bytes)
{
    char *p = arena_take(&test_arena, bytes.n, 64);
    if (bytes.n) memcpy(p, bytes.p, (size_t)bytes.n);
    return (Str){p, bytes.n};
}

static void check_refused(Str bytes, const char *because)
{
    Err e = {0};
    Model *m = model_of(placed(bytes), S("small.dm"), &e);
    check(!m);
    check(e.code == ERR_INPUT);
    if (!check(strstr(e.text, because) != NULL)) printf("   got: %s\n", e.text);
    check(strstr(e.text, "'small.dm'") == e.text);
    model_close(m);
}

static void test_round(void)
{
    Err e = {0};
    Model *m = model_of(placed(small_model()), S("small.dm"), &e);
    if (!check(m != NULL)) return;
    check_str(model_name(m), S("small.dm"));
    check_str(model_provenance(m), S("{\"language\":\"en\"}"));
    check_str(model_section(m, S("tag.table")), S("\1\2\3\4\5\6\7"));
    check_str(model_section(m, S("a-name-of-23-bytes-long")), S("x"));
    check(model_section(m, S("empty")).n == 0 && model_size(m) == small_model().n);
    check(model_section(m, S("tag")).n == 0 && model_section(m, S("tag.tables")).n == 0);
    check((uintptr_t)model_section(m, S("tag.table")).p % 64 == 0);
    model_close(m);
    check_str(small_model(), small_model());               /* the same bytes each time */
}

static void test_cut(void)
{
    Str whole = small_model();
    for (ptrdiff_t n = 0; n < whole.n; n++) {
        check_refused(str_sub(whole, 0, n), n == 0 ? "is empty" : n < 8 ? "within its head" : n < 64 ? "cut off after" : "bytes long");
        check_refused(str_sub(whole, 0, n), "copy the model again");
    }
    Buf longer = {.to = &test_arena};
    buf_add(&longer, whole);
    buf_char(&longer, 0);
    check_refused(buf_str(&longer), "bytes long");
    check_refused(str_sub(whole, 1, whole.n), "is no model file");
}

static void test_flipped(void)
{
    Str whole = small_model();
    for (ptrdiff_t i = 0; i < whole.n; i++) {
        for (int bit = 0; bit < 8; bit++) {
            Str bent = arena_str(&test_arena, whole);
            ((char *)(uintptr_t)bent.p)[i] ^= (char)(1 << bit);
            check_refused(bent, i < 8 ? "is no model file" : i < 12 ? "is a model of version" : i >= 16 && i < 24 ? "bytes long"
                                                                                                     : "damaged");
        }
        arena_reset(&test_arena);
        whole = small_model();
    }
}

/* Tables that lie, under a checksum that agrees: a wrong trainer, or somebody who wants us to read beyond the end. */
static void test_tables(void)
{
    enum { ROW = 64, BEGIN = ROW + 24, LENGTH = ROW + 32, NEXT = 40 };
    static const struct { int at; const char *bytes; int n; } lies[] = {
        {12, "\xff\xff\xff\xff", 4}, {12, "\0\1\0\0", 4}, {12, "\5", 1},                 /* more sections than there are */
        {BEGIN, "\x40\0", 2}, {BEGIN, "\x01", 1}, {BEGIN + 7, "\x80", 1}, {BEGIN + 1, "\xff", 1},   /* in the head; askew; outside */
        {LENGTH + 7, "\xff", 1}, {LENGTH + 1, "\x08", 1}, {LENGTH, "\xff\xff\xff\xff\xff\xff\xff\xff", 8},
        {ROW, "\0", 1}, {ROW, "empty\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24},          /* no name; the next one's name */
        {ROW + NEXT, "aaaaaaaaaaaaaaaaaaaaaaaa", 24}};                                     /* a name without an end */
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        Buf b = {.to = &test_arena};
        buf_add(&b, small_model());
        memcpy(b.p + lies[i].at, lies[i].bytes, (size_t)lies[i].n);
        model_seal(&b);
        check_refused(buf_str(&b), "table of sections that does not fit");
    }
}

static void test_swapped(void)
{
    Str whole = small_model();
    for (ptrdiff_t i = 64; i + 1 < whole.n; i++) {           /* neighbours change places */
        Str bent = arena_str(&test_arena, whole);
        char *p = (char *)(uintptr_t)bent.p;
        if (p[i] == p[i + 1]) continue;
        char kept = p[i];
        p[i] = p[i + 1];
        p[i + 1] = kept;
        check_refused(bent, "damaged");
    }
    check_refused(S("{\"text\":\"The port of Velm will reopen.\"}"), "is no model file");
    check_refused(S("\x7f" "ELF, and then more than enough bytes to be a head of a model, if it were one."), "is no model file");
}

static void test_versions(void)
{
    Str whole = arena_str(&test_arena, small_model());
    for (int v = 0; v < 256; v++) {
        ((char *)(uintptr_t)whole.p)[8] = (char)v;
        if (v != 1) check_refused(whole, v == 0 ? "version 0, and this program reads version 1" : "this program reads version 1");
    }
}

/* On the disk: a file, what is none, and what is not there. */
static void test_files(void)
{
    Err e = {0};
    char folder[] = "/tmp/demarche-model-XXXXXX", path[64], cut[64], blank[64];
    if (!check(mkdtemp(folder) != NULL)) return;
    snprintf(path, sizeof path, "%s/a.dm", folder);
    snprintf(cut, sizeof cut, "%s/cut.dm", folder);
    snprintf(blank, sizeof blank, "%s/blank.dm", folder);
    Str whole = small_model();
    check(io_write_file(path, whole, &e) && io_write_file(cut, str_sub(whole, 0, 200), &e) && io_write_file(blank, S(""), &e));
    Model *m = model_open(path, &e);
    check(m && model_section(m, S("tag.table")).n == 7);
    model_close(m);
    check(!model_open(cut, &e) && strstr(e.text, "cut.dm' is 200 bytes long, and its head says") != NULL);
    check(!model_open(blank, &e) && strstr(e.text, "blank.dm' is empty") != NULL);
    check(!model_open(folder, &e) && e.code == ERR_IO && strstr(e.text, "folder") != NULL);
    check(!model_open("/nowhere/a.dm", &e) && e.code == ERR_IO && strstr(e.text, "'/nowhere/a.dm'") != NULL);
    check(!model_open("/dev/null", &e) && strstr(e.text, "no plain file") != NULL);
    unlink(path), unlink(cut), unlink(blank), rmdir(folder);
}

static void test_reader(void)
{
    Buf b = {.to = &test_arena};
    model_put_u32(&b, 0xFEDCBA98u);
    model_put_text(&b, S("nsubj"));
    model_put_bytes(&b, S("row"), 16);
    model_put_text(&b, S(""));
    ModelReader r = {.section = placed(buf_str(&b))};
    check(model_u32(&r) == 0xFEDCBA98u);
    check_str(model_text(&r), S("nsubj"));
    Str row = model_bytes(&r, 3, 16);
    check_str(row, S("row"));
    check((uintptr_t)row.p % 16 == 0);
    check_str(model_text(&r), S(""));
    check(!r.is_short && r.at == r.section.n);
    check(model_u32(&r) == 0 && r.is_short);
    for (ptrdiff_t n = 0; n < b.n; n++) {                   /* cut anywhere: short, and never beyond */
        ModelReader c = {.section = placed(str_sub(buf_str(&b), 0, n))};
        model_u32(&c), model_text(&c), model_bytes(&c, 3, 16), model_text(&c);
        check(c.is_short && c.at <= n);
        check(model_bytes(&c, 0, 1).n == 0 && c.is_short);
    }
    ModelReader wild = {.section = placed(S("\xff\xff\xff\xff more"))};
    check(model_text(&wild).n == 0 && wild.is_short);
    ModelReader wide = {.section = placed(S("1234"))};
    check(model_bytes(&wide, UINT64_MAX, 64).n == 0 && wide.is_short);
}

static void test_shipped(void)
{
    Err e = {0};
    Str en = model_shipped(S("en"));
    check(model_shipped(S("xx")).n == 0);
    if (!en.n) return;                                     /* built without one */
    Model *m = model_of(en, S("the model of the program"), &e);
    if (!check(m != NULL)) printf("   %s\n", e.text);
    Json *object;
    check(m && json_read(&test_arena, model_provenance(m), &object, &e));
    model_close(m);
}

int main(void)
{
    TEST_BEGIN
    test_round();
    test_cut();
    test_flipped();
    test_tables();
    test_swapped();
    test_versions();
    test_files();
    test_reader();
    test_shipped();
    return test_end();
}
