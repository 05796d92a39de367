/* Archives and compressed files: made here with zlib and libarchive, read as a user would give them. */
#include "packing.h"
#include <zlib.h>

#define REPORT "The port of Velm reopened.\n"

/* ---- making ---------------------------------------------------------------------------------------------------- */
static Str gzipped(Str bytes)
{
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) exit(1);
    uLong room = deflateBound(&z, (uLong)bytes.n);
    char *to = arena_new(&test_arena, char, room);
    z.next_in = (Bytef *)(uintptr_t)bytes.p;
    z.avail_in = (uInt)bytes.n;
    z.next_out = (Bytef *)to;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) exit(1);
    deflateEnd(&z);
    return (Str){to, (ptrdiff_t)z.total_out};
}

static Str joined(Str a, Str b)
{
    char *to = arena_new(&test_arena, char, a.n + b.n + 1);
    memcpy(to, a.p, (size_t)a.n);
    memcpy(to + a.n, b.p, (size_t)b.n);
    return (Str){to, a.n + b.n};
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */
static void test_gzip(void)
{
    Str one = gzipped(S(REPORT));
    check_items(one, "a: The port of Velm reopened.\n");
    check_items(joined(one, one), "a: The port of Velm reopened./The port of Velm reopened.\n");
    check_items(joined(one, (Str){arena_new(&test_arena, char, 512), 512}), "a: The port of Velm reopened.\n");
    check_items(str_sub(one, 0, one.n - 9), "! a: the compressed data (gzip) are cut off in the middle; fetch the file again\n");
    check_begins(items_of(joined(one, S("more"))), "! a: something that is not gzip follows at byte ");
    char *bent = (char *)(uintptr_t)arena_str(&test_arena, one).p;
    bent[one.n - 6] ^= 1;                                /* the check sum */
    check_begins(items_of((Str){bent, one.n}), "! a: the compressed data (gzip) are damaged");
    check_items(gzipped(S("")), "! a: is empty; nothing to read\n");
    Str lines = gzipped(S("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"));
    check_items(lines, "a:1: One.\na:2: Two.\n");
    check_items(gzipped(lines), "a:1: One.\na:2: Two.\n");
}

static void test_lines_before_a_cut(void)
{
    Buf b = {.to = &test_arena};
    Rng rng = rng_seed(7);                               /* incompressible, so that the cut is in the middle of the lines */
    for (int i = 0; i < 2000; i++)
        buf_printf(&b, "{\"text\":\"Report %d: %llx.\"}\n", i, (unsigned long long)rng_next(&rng));
    Str whole = gzipped(buf_str(&b));
    Str got = items_of(str_sub(whole, 0, whole.n / 2));
    check_begins(got, "a:1: Report 0:");
    check(str_find(got, S("\n! a: ")) > 0);              /* then the cut is named */
    check(str_find(got, S("cut off")) > 0);
}

static void test_others(void)
{
    static const char *const filters[] = {"zstd", "xz", "bzip2"};
    const File file = {"a.txt", S(REPORT)};
    for (int i = 0; i < 3; i++) {
        Str tar = packed("ustar", filters[i], NULL, &file, 1);
        check_items(tar, "a: a.txt: The port of Velm reopened.\n");
        check_begins(items_of(str_sub(tar, 0, tar.n / 2)), "! a: ");
    }
}

static void test_archives(void)
{
    const File files[] = {{"march/", {0}}, {"march/1.txt", S(REPORT)}, {"march/.hidden", S("no")}, {"__MACOSX/march/1.txt", S("no")},
                          {"../../etc/x", S("Names are names.")}, {"/etc/passwd", S("An absolute name is one, too.")},
                          {"2.jsonl", S("{\"text\":\"One.\"}\n{\"text\":7}\n{\"text\":\"Two.\"}\n")}, {"empty", S("")},
                          {"\x1B[31mred\n", S("A tame name.")}};
    static const char expected[] = "a: march/1.txt: The port of Velm reopened.\na: ../../etc/x: Names are names.\n"
        "a: /etc/passwd: An absolute name is one, too.\na: 2.jsonl:1: One.\n"
        "! a: 2.jsonl:2: its \"text\" is a number; expected is a string\na: 2.jsonl:3: Two.\n! a: empty: is empty; nothing to read\n"
        "a: ?[31mred?: A tame name.\n";
    Str tar = packed("pax", NULL, NULL, files, 9), zip = packed("zip", NULL, NULL, files, 9);
    check_items(tar, expected);
    check_items(zip, expected);
    check_items(gzipped(tar), expected);
    check(access("../../etc/x", F_OK) != 0);             /* nothing was written */
    check(str_ends(items_of(str_sub(zip, 0, zip.n / 3)), S("fetch it again\n")));
}

static void test_depth(void)
{
    File f = {"a.txt", S(REPORT)};
    for (int i = 0; i < 3; i++) f = (File){"in.zip", packed("zip", NULL, NULL, &f, 1)};
    check_items(f.bytes, "a: in.zip: in.zip: a.txt: The port of Velm reopened.\n");
    f = (File){"in.zip", packed("zip", NULL, NULL, &f, 1)};
    check_items(f.bytes, "! a: in.zip: in.zip: in.zip: lies in 3 archives, one in the other, and is one itself; unpack it first and "
                         "give the files\n");
    Str deep = S(REPORT);
    for (int i = 0; i < 20; i++) deep = gzipped(deep);
    check_begins(items_of(deep), "! a: lies in 3 archives");
}

static void test_encrypted(void)
{
    const File files[] = {{"secret.txt", S(REPORT)}};
    check_items(packed("zip", NULL, "pass", files, 1),
                "! a: secret.txt: is encrypted; unpack it with its password first (7z x FILE) and give the files\n");
}

static void test_bombs(void)
{
    ptrdiff_t n = 200 << 20;
    char *blanks = malloc((size_t)n);
    if (!blanks) return;
    memset(blanks, 'a', (size_t)n);
    const File files[] = {{"bomb.txt", {blanks, n}}, {"good.txt", S(REPORT)}};
    Str zip = packed("zip", NULL, NULL, files, 2), gzip = gzipped((Str){blanks, n});
    for (ptrdiff_t i = 0; i < n; i += 8 << 20) memcpy(blanks + i, "{\"text\":\"", 9);
    Str lines = gzipped((Str){blanks, n});
    free(blanks);
    check_begins(items_of(gzip), "! a: ");
    Str got = items_of(zip);
    check_begins(got, "! a: bomb.txt: ");
    check(str_ends(got, S("\na: good.txt: The port of Velm reopened.\n")));
    check(str_find(items_of(lines), S("unpacks to more than 250 times its size")) > 0);
}

/* Lines of JSON around bytes, and beside files. */
static void test_envelopes(void)
{
    items_put("b", gzipped(S(REPORT)));
    check_items(S("{\"id\":\"x\",\"file\":\"b\",\"title\":\"Port\",\"published\":\"2031-03-18\"}\n{\"file\":\"nowhere\"}\n"
                  "{\"text\":\"Its \\\"file\\\" is kept.\",\"file\":\"b\"}\n"),
                "a:1 title=Port published=2031-03-18 how=received: The port of Velm reopened.\n"
                "! a:2: there is no file 'nowhere', which its \"file\" names (from the folder of the JSON Lines file)\n"
                "a:3: Its \"file\" is kept.\n");
    const File files[] = {{"x.jsonl", S("{\"file\":\"b\"}\n{\"bytes\":\"VGhlIHBvcnQu\"}\n")}};
    check_items(packed("zip", NULL, NULL, files, 1),
                "! a: x.jsonl:1: names a file, which only a JSON Lines file on the disk itself may; give \"bytes\" instead\n"
                "a: x.jsonl:2: The port.\n");
    /* what the object says stands before what the page says */
    check_items(S("{\"html\":\"<html><head><title>Old</title></head><body><article><h1>Old</h1><p>The port of Velm reopened on Friday,"
                  " officials in Tessary said.</p></article></body></html>\",\"title\":\"New\",\"author\":\"Ilse Marrow\"}\n"),
                "a:1 author=Ilse Marrow title=New: Old//The port of Velm reopened on Friday, officials in Tessary said.\n");
}

/* A member that does not fit into the caller's arena is spent; its neighbours come. */
static int volatile n_landed, n_read;
static void test_small_arena(void)
{
    static Arena small;
    static jmp_buf landing;
    static Inputs *in;
    Buf big = {.to = &test_arena};
    for (int i = 0; i < 60000; i++) buf_printf(&big, "Report %d. ", i);
    const File files[] = {{"1.txt", S(REPORT)}, {"2.txt", buf_str(&big)}, {"3.txt", S(REPORT)}, {"4.txt", buf_str(&big)},
                          {"5.txt", S(REPORT)}};
    items_put("a", packed("zip", NULL, NULL, files, 5));
    const char *path = "a";
    Err e = {0};
    Item item;
    in = input_open(&path, 1, (InputOptions){0}, &e);
    small = (Arena){.budget = 64 << 10, .landing = &landing};
    if (setjmp(landing)) {
        n_landed++;
        arena_reset(&small);
    }
    while (n_landed + n_read < 20 && input_next(in, &small, &item, &e) == ITEM_DOCUMENT) {
        n_read++;
        arena_reset(&small);
    }
    check(n_read == 3 && n_landed == 2);
    input_close(in);
    arena_close(&small);
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 1 << 30;
    items_begin();
    test_gzip();
    test_lines_before_a_cut();
    test_others();
    test_archives();
    test_depth();
    test_encrypted();
    test_bombs();
    test_envelopes();
    test_small_arena();
    items_end();
    return test_end();
}
