/* Input: the cases of files.t, and what needs a file system: folders, links, patterns, pipes, great sizes. */
#include "base/io.h"
#include "input/input.h"
#include "test.h"
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

static Err e;                                            /* of the last failure */
static Item item;
static char folder[] = "/tmp/demarche-input-XXXXXX";

/* ---- helpers --------------------------------------------------------------------------------------------------- */
static void put_file(const char *name, Str bytes)
{
    FILE *f = fopen(name, "wb");
    if (!f || fwrite(bytes.p, 1, (size_t)bytes.n, f) != (size_t)bytes.n || fclose(f)) {
        perror(name);
        exit(1);
    }
}

static Inputs *open_one(const char *path, InputOptions how)
{
    Inputs *in = input_open(&path, 1, how, &e);
    check(in != NULL);
    return in;
}

static ItemState next(Inputs *in)
{
    e = (Err){0};
    return input_next(in, &test_arena, &item, &e);
}

/* "a.txt b.txt !c.txt": documents and failures by their places. */
static Str listing(const char *const *paths, int n)
{
    Buf b = {.to = &test_arena};
    Inputs *in = input_open(paths, n, (InputOptions){0}, &e);
    for (ItemState s; in && (s = next(in)) != ITEM_END;)
        buf_printf(&b, "%s%s%.*s", b.n ? " " : "", s == ITEM_FAILED ? "!" : "", STR(item.where));
    input_close(in);
    return b.n ? buf_str(&b) : S("");
}
#define check_listing(expected, ...) \
    check_str(listing((const char *const[]){__VA_ARGS__}, (int)(sizeof (const char *const[]){__VA_ARGS__} / sizeof(char *))), S(expected))

/* ---- files.t --------------------------------------------------------------------------------------------------- */
static int hex(char c) { return c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0'; }

static char unescape_one(Str s, ptrdiff_t *i)
{
    if (s.p[*i] != '\\') return s.p[(*i)++];
    char c = s.p[*i + 1];
    *i += 2;
    if (c != 'x') return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == '0' ? 0 : c;
    *i += 2;
    return (char)(hex(s.p[*i - 2]) << 4 | hex(s.p[*i - 1]));
}

static Str unescape(Str s)
{
    Buf b = {.to = &test_arena};
    for (ptrdiff_t i = 0; i < s.n;) {
        int n, width;
        if (s.p[i] == '{' && sscanf(s.p + i, "{%d:%n", &n, &width) == 1) {
            i += width;
            char c = unescape_one(s, &i);
            while (n--) buf_char(&b, c);
            i++;
        } else
            buf_char(&b, unescape_one(s, &i));
    }
    return b.n ? buf_str(&b) : S("");
}

static bool is_expected(ItemState state, InputOptions how, Str expected, Str *got)
{
    Record r;
    if (state == ITEM_DOCUMENT && input_record(&test_arena, &item, how, &r, &e)) {
        *got = r.note.n ? arena_printf(&test_arena, "%.*s = %.*s (%.*s)", STR(r.where), STR(r.text), STR(r.note))
                        : arena_printf(&test_arena, "%.*s = %.*s", STR(r.where), STR(r.text));
        return str_eq(*got, expected);
    }
    *got = arena_printf(&test_arena, "! %s", e.text);
    return str_starts(*got, expected);
}

static void run_cases(Str cases)
{
    Str line;
    Inputs *in = NULL;
    InputOptions how = {0};
    for (int number = 1; str_split(&cases, '\n', &line); number++) {
        if (str_starts(line, S("#")) || !line.n) continue;
        Str got = S("nothing more"), word = str_sub(line, 0, str_find(line, S(" ")));
        if (word.n) {
            check(!in || next(in) == ITEM_END);
            input_close(in);
            put_file("a", unescape(str_sub(line, word.n + 1, line.n)));
            how = (InputOptions){.as_is = str_eq(word, S("as-is")), .records = str_eq(word, S("records"))};
            in = open_one("a", how);
            continue;
        }
        ItemState state = next(in);
        if (state != ITEM_END && is_expected(state, how, unescape(str_trim(line)), &got))
            test_passed++;
        else {
            test_failed++;
            printf("files.t:%d: expected «%.*s», got «%.*s»\n", number, STR(str_trim(line)), STR(got));
        }
    }
    check(in && next(in) == ITEM_END && next(in) == ITEM_END);   /* and it stays at the end */
    input_close(in);
}

/* ---- folders and patterns ---------------------------------------------------------------------------------------- */
static void test_folders(void)
{
    mkdir("pile", 0755);
    mkdir("pile/b", 0755);
    mkdir("pile/.git", 0755);
    mkdir("pile/zero", 0755);
    put_file("pile/c.txt", S("See."));
    put_file("pile/a.txt", S("Aye."));
    put_file("pile/b/1.txt", S("One."));
    put_file("pile/.hidden", S("No."));
    put_file("pile/.git/x", S("No."));
    check_listing("pile/a.txt pile/b/1.txt pile/c.txt", "pile");
    check_listing("pile/a.txt pile/b/1.txt pile/c.txt", "pile/");
    check_listing("pile/.hidden", "pile/.hidden");       /* named, so wanted */
    check_listing("pile/.git/x", "pile/.git");
    check_listing("!pile/zero", "pile/zero");            /* nothing in it: said, not passed over */
    check_listing("pile/c.txt pile/a.txt", "pile/c.txt", "pile/a.txt");
    check_listing("pile/a.txt pile/a.txt", "pile/a.txt", "pile/a.txt");
    check_listing("pile/a.txt pile/c.txt", "pile/*.txt");
    check_listing("pile/b/1.txt", "pile/[b]/?.txt");
    check_listing("!pile/*.html", "pile/*.html");
    check_listing("!nowhere", "nowhere");
    check_listing("!", "");
    put_file("pile/b/[1].txt", S("Odd name."));
    check_listing("pile/b/[1].txt", "pile/b/[1].txt");   /* a file of that name comes before the pattern */
}

static void test_links(void)
{
    mkdir("links", 0755);
    put_file("links/a.txt", S("Aye."));
    mkdir("links/sub", 0755);
    put_file("links/sub/b.txt", S("Bee."));
    check(!symlink("..", "links/sub/up") && !symlink("sub", "links/twin") && !symlink("gone", "links/lost"));
    check(!mkfifo("links/pipe", 0644) && !symlink("self", "links/self"));
    check_listing("links/a.txt !links/lost !links/pipe !links/self links/sub/b.txt", "links");
    char deep[600] = "deep";
    for (int i = 0; i < 70; i++) {
        mkdir(deep, 0755);
        strcat(deep, "/d");
    }
    Str found = listing((const char *const[]){"deep"}, 1);
    check(found.n == 5 + 2 * 65 && found.p[0] == '!');
    check(strstr(e.text, "64") != NULL || e.code == ERR_NONE);
}

static void test_rights(void)
{
    mkdir("rights", 0755);
    mkdir("rights/closed", 0);
    put_file("rights/z.txt", S("Zed."));
    put_file("rights/m.txt", S("Em."));
    chmod("rights/m.txt", 0);
    chmod(".", 0755);
    bool is_root = geteuid() == 0;
    if (is_root && seteuid(65534)) return;               /* root may read everything: be nobody for a while */
    check_listing("!rights/closed !rights/m.txt rights/z.txt", "rights");
    if (is_root) check(!seteuid(0));
    chmod("rights/closed", 0700);
}

/* ---- great sizes -------------------------------------------------------------------------------------------------- */
static void test_long_line(void)
{
    ptrdiff_t n = INPUT_LINE_MAX + 1000;
    char *p = malloc((size_t)n + 200);
    memset(p, 'x', (size_t)n);
    memcpy(p, "{\"text\": \"", 10);
    memcpy(p + n, "\"}\n{\"text\": \"Two.\"}\n", 20);
    put_file("long.jsonl", (Str){p, n + 20});
    Inputs *in = open_one("long.jsonl", (InputOptions){0});
    check(next(in) == ITEM_FAILED && e.code == ERR_LIMIT);
    check_str(str_of(e.text), S("long.jsonl:1: the line is 33555434 bytes, at most 33554432 are read; split it into several documents"));
    check(next(in) == ITEM_DOCUMENT);
    check_str(item.where, S("long.jsonl:2"));
    check(input_bytes_total(in) == n + 20 && next(in) == ITEM_END && input_bytes_done(in) == n + 20);
    input_close(in);
    memcpy(p, "[{\"text\":\"", 10);                       /* the same as an element of an array, and as an object over two lines */
    memcpy(p + n, "\"},{\"text\": \"Two.\"}]\n", 21);
    put_file("long.json", (Str){p, n + 21});
    in = open_one("long.json", (InputOptions){0});
    check(next(in) == ITEM_FAILED && e.code == ERR_LIMIT && str_eq(item.where, S("long.json[0]")));
    check(next(in) == ITEM_DOCUMENT && str_eq(item.where, S("long.json[1]")) && str_eq(item.bytes, S("{\"text\": \"Two.\"}")));
    check(next(in) == ITEM_END);
    input_close(in);
    memcpy(p, "{\n\"text\":\"", 10);
    memcpy(p + n, "\"}\n{\"text\": \"Two.\"}\n", 20);
    put_file("long.json", (Str){p, n + 20});
    in = open_one("long.json", (InputOptions){0});
    check(next(in) == ITEM_FAILED && e.code == ERR_LIMIT && str_eq(item.where, S("long.json:1")));
    check(next(in) == ITEM_DOCUMENT && str_eq(item.where, S("long.json:3")));
    check(next(in) == ITEM_END);
    input_close(in);
    memset(p, 'x', (size_t)n);
    put_file("long.txt", (Str){p, n});
    in = open_one("long.txt", (InputOptions){0});
    check(next(in) == ITEM_FAILED && e.code == ERR_LIMIT);
    check_str(str_of(e.text), S("long.txt: is a plain text of 33555432 bytes, at most 33554432 of one document are read; "
                                "split it first: split -C 30m FILE"));
    check(next(in) == ITEM_END);
    input_close(in);
    free(p);
    unlink("long.jsonl");
    unlink("long.json");
    unlink("long.txt");
}

/* ---- pipes -------------------------------------------------------------------------------------------------------- */
static void test_pipe(void)
{
    int ends[2], before = dup(0);
    check(!pipe(ends) && dup2(ends[0], 0) == 0);
    Inputs *in = open_one("-", (InputOptions){0});
    check(input_bytes_total(in) == -1);
    check(write(ends[1], "\n{\"text\": \"One.\"}\n", 18) == 18);
    check(next(in) == ITEM_DOCUMENT && str_eq(item.where, S("-:2")));            /* before the pipe has ended */
    check(write(ends[1], "{\"text\": \"Two.\"}\n", 17) == 17);
    check(next(in) == ITEM_DOCUMENT && str_eq(item.where, S("-:3")));
    input_stop(in);                                      /* the pipe stays open and silent */
    check(next(in) == ITEM_FAILED && e.code == ERR_INTERRUPTED);
    input_close(in);
    in = open_one("-", (InputOptions){0});
    check(write(ends[1], "The port reopened.", 18) == 18 && !close(ends[1]));
    check(next(in) == ITEM_DOCUMENT && str_eq(item.where, S("-")) && str_eq(item.bytes, S("The port reopened.")));
    check(next(in) == ITEM_END);
    input_close(in);
    in = open_one("-", (InputOptions){0});
    check(next(in) == ITEM_FAILED && str_eq(str_of(e.text), S("-: is empty; nothing to read")));
    input_close(in);
    dup2(before, 0);
    close(before);
    close(ends[0]);
}

/* A named pipe whose writer comes late, and never at all. */
static void test_fifo(void)
{
    check(!mkfifo("late", 0644));
    if (!fork()) {
        usleep(300000);
        int fd = open("late", O_WRONLY);
        _exit(write(fd, "The port reopened.", 18) != 18);
    }
    Inputs *in = open_one("late", (InputOptions){0});
    check(next(in) == ITEM_DOCUMENT && str_eq(item.bytes, S("The port reopened.")));
    check(next(in) == ITEM_END);
    input_close(in);
    in = open_one("late", (InputOptions){0});
    input_stop(in);
    check(next(in) == ITEM_FAILED && e.code == ERR_INTERRUPTED);
    input_close(in);
}

/* ---- an arena that is spent: each item comes once, and then the next one -------------------------------------------- */
static int landed, landed_items;
static jmp_buf landing;
static Arena small = {.landing = &landing};
static Inputs *small_in;

static void take_small(ptrdiff_t budget)
{
    small.budget = budget;
    if (setjmp(landing)) {
        landed++;
        arena_reset(&small);
    }
    for (ItemState s; (s = input_next(small_in, &small, &item, &e)) != ITEM_END; arena_reset(&small)) landed_items += s == ITEM_DOCUMENT;
}

static void test_spent(void)
{
    Str big = arena_printf(&test_arena, "{\"text\": \"%0*d\"}\n{\"text\": \"small\"}\n{\"text\": \"%0*d\"}\n", 9000, 7, 9000, 7);
    put_file("s1.jsonl", big);
    put_file("s2.txt", str_sub(big, 10, 9000));
    put_file("s3.txt", S("Small."));
    const char *const paths[] = {"s1.jsonl", "s2.txt", "s3.txt"};
    small_in = input_open(paths, 3, (InputOptions){0}, &e);
    take_small(4000);
    check(landed == 3 && landed_items == 2);
    input_close(small_in);
    small_in = input_open(paths, 3, (InputOptions){0}, &e);
    landed = landed_items = 0;
    take_small(2);                                       /* not even a place fits */
    check(landed == 5 && landed_items == 0);
    input_close(small_in);
    arena_close(&small);
}

/* ---- what a record carries ------------------------------------------------------------------------------------------ */
static void record_from(const char *name, Str bytes, InputOptions how, Record *r)
{
    put_file(name, bytes);
    Inputs *in = open_one(name, how);
    check(next(in) == ITEM_DOCUMENT && input_record(&test_arena, &item, how, r, &e));
    input_close(in);
}

static void test_records(void)
{
    Record r;
    record_from("r", S("{\"text\": \"One.\", \"id\": \"m-12\", \"uri\": \"https://example.org/1\"}  \n"), (InputOptions){0}, &r);
    char hash[65];
    hash_sha256(S("{\"text\": \"One.\", \"id\": \"m-12\", \"uri\": \"https://example.org/1\"}"), hash);
    check_str(r.sha256, str_of(hash));                   /* of the line without its blanks */
    check_str(r.id, S("m-12"));
    check_str(r.uri, S("https://example.org/1"));
    check(r.text_is_given && !r.original.n);
    record_from("r", S("{\"text\": \"One.\", \"id\": 12}"), (InputOptions){0}, &r);
    check_str(r.id, S("12"));
    record_from("r", S("{\"text\": \"One.\", \"id\": null}"), (InputOptions){0}, &r);
    check_str(r.id, str_sub(r.sha256, 0, 16));
    Str seal = S("{\"text\": \"One.\", \"sha256\": \"abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789\"}");
    record_from("r", seal, (InputOptions){.records = true}, &r);
    check_str(r.sha256, S("abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789"));
    hash_sha256(seal, hash);
    record_from("r", seal, (InputOptions){0}, &r);
    check_str(r.sha256, str_of(hash));                   /* only records bring a hash of their own */
    record_from("r", S("\xEF\xBB\xBFOne.\n"), (InputOptions){0}, &r);
    check_str(r.original, S("\xEF\xBB\xBFOne.\n"));
    check(!r.text_is_given);
    hash_sha256(S("\xEF\xBB\xBFOne.\n"), hash);
    check_str(r.sha256, str_of(hash));
    record_from("r", S("One.\n"), (InputOptions){.as_is = true}, &r);
    check(r.text_is_given && !r.original.n);
    check_str(r.text, S("One.\n"));
}

int main(void)
{
    TEST_BEGIN;
    IoFile cases;
    if (!io_open(&cases, "test/input/files.t", 1 << 20, &e)) return printf("%s\n", e.text), 1;
    int home = open(".", O_RDONLY);
    if (!mkdtemp(folder) || chdir(folder)) return 1;
    run_cases(cases.bytes);
    test_folders();
    test_links();
    test_rights();
    test_long_line();
    test_pipe();
    test_fifo();
    test_spent();
    test_records();
    io_close(&cases);
    if (fchdir(home)) return 1;
    char *command = arena_cstr(&test_arena, arena_printf(&test_arena, "rm -rf %s", folder));
    if (system(command)) printf("%s is left behind\n", folder);
    return test_end();
}
