/* The build's own tools, run as the build runs them: tabc makes C of a table, embed makes C of a file.
**
** They lie beside this program: B/test/base/tools_test → B/tools/tabc. What they write is compared byte for byte and
** then compiled with the table's own header, and the compiled rows are looked up.
*/
#include "base/io.h"
#include "test.h"
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/demarche-tools-XXXXXX";
static Str tools;                                         /* B/tools */

static const char *in_folder(const char *name)
{
    return arena_printf(&test_arena, "%s/%s", folder, name).p;
}

static Str get(const char *name)
{
    IoFile f;
    if (!io_open(&f, in_folder(name), 1 << 20, NULL)) return S("(nothing)");
    Str copy = arena_str(&test_arena, f.bytes);
    io_close(&f);
    return copy;
}

static int run(const char *format, const char *a, const char *b, const char *c)
{
    char command[2000];
    snprintf(command, sizeof command, format, a, b, c);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Writes NAME.tab, compiles it into NAME.h and NAME.c, messages into NAME.err; gives the exit status. */
static int tabc(const char *name, Str table)
{
    if (!check(io_write_file(arena_printf(&test_arena, "%s/%s.tab", folder, name).p, table, NULL))) return -1;
    return run("cd %s && %s/tabc ./%s", folder, tools.p,
               arena_printf(&test_arena, "%s.tab ./%s 2>%s.err", name, name, name).p);
}

static void table_becomes_c(void)
{
    check(tabc("cue_verbs",
               S("# verb  kind\nvow\tpro\"mise?" "?=\n  + A.   [x]\n  + B \\.\nact  -\n  - C []\nvow  second\n")) == 0);
    check_str(get("cue_verbs.err"), S(""));
    check_str(get("cue_verbs.c"), S("/* Made by tabc from cue_verbs.tab. Do not edit. */\n#include \"cue_verbs.h\"\n\n"
        "const CueVerbsRow cue_verbs_rows[] = {\n    {{\"act\", 3}, {\"\", 0}},\n"
        "    {{\"vow\", 3}, {\"pro\\\"mise\\?\\?=\", 11}},\n    {{\"vow\", 3}, {\"second\", 6}},\n};\n"
        "const int32_t cue_verbs_n = 3;\n\nconst TableExample cue_verbs_examples[] = {\n"
        "    {true, {\"A.\", 2}, {\"x\", 1}, 1, 3},\n    {true, {\"B \\\\.\", 4}, {0, 0}, 1, 4},\n"
        "    {false, {\"C\", 1}, {\"\", 0}, 0, 6},\n};\nconst int32_t cue_verbs_examples_n = 3;\n"));
    check_str(get("cue_verbs.h"), S("/* Made by tabc from cue_verbs.tab. Do not edit. */\n#ifndef GEN_cue_verbs_H\n"
        "#define GEN_cue_verbs_H\n#include \"base/table.h\"\n\ntypedef struct { Str verb, kind; } CueVerbsRow;\n"
        "extern const CueVerbsRow cue_verbs_rows[];\nextern const int32_t cue_verbs_n;\n"
        "extern const TableExample cue_verbs_examples[];\nextern const int32_t cue_verbs_examples_n;\n#endif\n"));
}

static void mistakes_leave_nothing(void)
{
    static const struct { const char *name; Str table; const char *message; } cases[] = {
        {"cells", S("# a\nx\nb  c\n"),
         "./cells.tab:3: this row has 2 cells, the table has 1: a; part cells by a tab or two "
         "blanks, and write - for an empty one\n"},
        {"keyword", S("# verb  default\n"), "./keyword.tab:1: column 'default' is a word of C; choose another name\n"},
        {"Upper", S("# a\n"), "./Upper.tab:1: the file's name becomes a name in C: use small letters, digits and _\n"},
        {"empty", {"", 0}, "./empty.tab:1: the table is empty; its first line names the columns\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *name = cases[i].name;
        check(tabc(name, cases[i].table) == 1);
        check_str(get(arena_printf(&test_arena, "%s.err", name).p), str_of(cases[i].message));
        check(io_kind(in_folder(arena_printf(&test_arena, "%s.c", name).p)) == IO_NONE);
        check(io_kind(in_folder(arena_printf(&test_arena, "%s.h", name).p)) == IO_NONE);
    }
    check(run("cd %s && %s/tabc none.tab %s 2>none.err", folder, tools.p, "none") == 1);
    check_str(get("none.err"), S("cannot open 'none.tab': there is no such file or folder; check the name\n"));
    check(tabc("full", S("# a\nx\n")) == 0);
    check(run("cd %s && rm full.h full.c && DEMARCHE_FAIL_WRITE=2 %s/tabc full.tab %s 2>full.err", folder, tools.p,
              "full") == 1);
    check(io_kind(in_folder("full.h")) == IO_NONE && io_kind(in_folder("full.c")) == IO_NONE);
}

static void file_becomes_c(void)
{
    check(io_write_file(in_folder("page"), S("one\n\"two\"\\?" "?/\t\0\xC3\xA9" "9"), NULL));
    check(run("cd %s && %s/embed page_bytes %s >page.c", folder, tools.p, "page") == 0);
    check_str(get("page.c"), S("/* Made by embed from page. Do not edit. */\nextern const char page_bytes[];\n"
                               "extern const int page_bytes_n;\nconst char page_bytes[] = \"\"\n    \"one\\n\"\n"
                               "    \"\\\"two\\\"\\\\\\?\\?/\\011\\000\\303\\2519\";\nconst int page_bytes_n = 18;\n"));
    check(run("cd %s && %s/embed x %s >x.c 2>x.err", folder, tools.p, "no-such-file") == 1);
    check(str_starts(get("x.err"), S("embed: cannot open 'no-such-file'")));
}

static const char program[] =
    "#include \"cue_verbs.h\"\n#include <stdio.h>\n#include <string.h>\n"
        "extern const char page_bytes[]; extern const int page_bytes_n;\n"
    "int main(void) {\n"
    "  if (cue_verbs_n != 3 || strcmp(cue_verbs_rows[1].kind.p, \"pro\\\"mise?\" \"?=\")) return 1;\n"
    "  if (cue_verbs_examples[0].row != 1 || cue_verbs_examples[1].expected.p) return 2;\n"
    "  if (!cue_verbs_examples[2].expected.p) return 4;\n"
    "  if (page_bytes_n != 18) return 5;\n"
    "  if (memcmp(page_bytes, \"one\\n\\\"two\\\"\\\\?\" \"?/\\t\\0\\xC3\\xA9\" \"9\", 19)) return 3;\n"
    "  return 0; }\n";

static void what_was_made_compiles(void)
{
    check(io_write_file(in_folder("main.c"), str_of(program), NULL));
    check(run("cc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Isrc -I%s -o %s %s/*.c", folder, in_folder("main"),
              folder) == 0);
    check(run("%s%s%s", in_folder("main"), "", "") == 0);
}

int main(int n, char **argv)
{
    TEST_BEGIN
    char here[4000];
    Str path = str_of(n > 0 && realpath(argv[0], here) ? here : "");
    ptrdiff_t at = str_find(path, S("/test/base/"));
    if (!check(at > 0) || !mkdtemp(folder)) return test_end();
    tools = arena_printf(&test_arena, "%.*s/tools", STR(str_sub(path, 0, at)));
    table_becomes_c();
    mistakes_leave_nothing();
    unlink(in_folder("full.c"));
    file_becomes_c();
    unlink(in_folder("x.c"));
    what_was_made_compiles();
    if (run("rm -rf %s%s%s", folder, "", "")) return 1;
    return test_end();
}
