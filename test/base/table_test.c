/* Tables: what is read, and every mistake with its exact message; then tabc on a whole table, as the build runs it. */
#include "base/table.h"
#include "test.h"

static Str dump(Str text)
{
    Buf b = {.to = &test_arena};
    Err e = {0};
    Table t;
    if (!table_read(&test_arena, S("cues.tab"), text, &t, &e)) {
        int line = 0;
        check(e.code == ERR_INPUT && sscanf(e.text, "cues.tab:%d:", &line) == 1 && line == e.line);
        return arena_str(&test_arena, str_of(e.text));
    }
    for (int32_t i = 0; i < t.columns.n; i++) buf_printf(&b, "<%.*s>", STR(t.columns.v[i]));
    for (int32_t i = 0; i < t.rows.n; i++) {
        buf_printf(&b, " %d:", t.rows.v[i].line);
        for (int32_t j = 0; j < t.rows.v[i].cells.n; j++) buf_printf(&b, "[%.*s]", STR(t.rows.v[i].cells.v[j]));
        for (int32_t j = 0; j < t.examples.n; j++) {
            TableExample *x = &t.examples.v[j];
            if (x->row != i) continue;
            buf_printf(&b, " %d%c{%.*s}", x->line, x->holds ? '+' : '-', STR(x->text));
            if (x->expected.p) buf_printf(&b, "={%.*s}", STR(x->expected));
        }
    }
    return buf_str(&b);
}

static void what_is_read(void)
{
    check_str(dump(S("# verb     kind      polarity\n"
                     "# a comment, with [brackets]\n"
                     "vow        promise   +1\n"
                     "  + Minister Ito vowed to reopen the port by June.      [Ito | reopen the port by June]\n"
                     "  - The couple exchanged vows in June.\n"
                     "\n"
                     "set out\tplan\t-\n"
                     "# between\n"
                     "\t+\tHe set out [sic] the plan. [he | [the] plan]\n"
                     "-\t\t x  \t y  \n")),
              S("<verb><kind><polarity> 3:[vow][promise][+1] 4+{Minister Ito vowed to reopen the port by June.}"
                "={Ito | reopen the port by June} 5-{The couple exchanged vows in June.} 7:[set out][plan][]"
                " 9+{He set out [sic] the plan.}={he | [the] plan} 10:[][x][y]"));
    check_str(dump(S("# a\n")), S("<a>"));
    check_str(dump(S("#a")), S("<a>"));
    check_str(dump(S("\xEF\xBB\xBF# a  b\r\nx  y\r\n  + z []\r\n")), S("<a><b> 2:[x][y] 3+{z}={}"));
    check_str(dump(S("# a\nx")), S("<a> 2:[x]"));
    check_str(dump(S("# a\n+1\n- is a row\n")), S("<a> 2:[+1] 3:[- is a row]"));
    check_str(dump(S("# a\nx\n   \n \t\n  + closing] only\n")), S("<a> 2:[x] 5+{closing] only}"));
    check_str(dump(S("# a\nJosé Íñiguez\n")), S("<a> 2:[José Íñiguez]"));
}

static void what_is_wrong(void)
{
    check_str(dump((Str){0}), S("cues.tab:1: the table is empty; its first line names the columns"));
    check_str(dump(S(" \n\n")), S("cues.tab:1: the table is empty; its first line names the columns"));
    check_str(dump(S("vow  promise\n")), S("cues.tab:1: the first line must name the columns, as in \"# verb  kind\""));
    check_str(dump(S("#  \nvow\n")), S("cues.tab:1: the first line must name the columns, as in \"# verb  kind\""));
    check_str(dump(S("\n# a\n")), S("cues.tab:1: the first line must name the columns, as in \"# verb  kind\""));
    check_str(dump(S("# verb kind\n")),
              S("cues.tab:1: 'verb kind' is no name for a column: use small letters, digits and _, "
                "and part the names by a tab or two blanks"));
    check_str(dump(S("# Verb\n")), S("cues.tab:1: 'Verb' is no name for a column: use small letters, digits and _, "
                                     "and part the names by a tab or two blanks"));
    check_str(dump(S("# a  b  a\n")), S("cues.tab:1: two columns are named 'a'"));
    check_str(dump(S("# verb  kind\n\nvow promise\n")),
              S("cues.tab:3: this row has 1 cell, the table has 2: verb, kind; part cells by a tab or two blanks, "
                "and write - for an empty one"));
    check_str(dump(S("# verb  kind\nvow  promise\tmore\n")),
              S("cues.tab:2: this row has 3 cells, the table has 2: verb, kind; part cells by a tab or two blanks, "
                "and write - for an empty one"));
    check_str(dump(S("# a\n  + first\n")),
              S("cues.tab:2: an example stands below its row, and there is no row above this one"));
    check_str(dump(S("# a\nx\n  y\n")),
              S("cues.tab:3: an indented line is an example and begins with \"+ \" or \"- \"; "
                "a row begins at the margin"));
    check_str(dump(S("# a\nx\n  +1\n")),
              S("cues.tab:3: an indented line is an example and begins with \"+ \" or \"- \"; "
                "a row begins at the margin"));
    check_str(dump(S("# a\nx\n  +\n")), S("cues.tab:3: this example has no text"));
    check_str(dump(S("# a\nx\n  + [expected]\n")), S("cues.tab:3: this example has no text"));
    check_str(dump(S("# a\nx\0y\n")), S("cues.tab:2: a zero byte; a table is plain text in UTF-8"));
    check_str(dump(S("# a\nabc\xFF\n")), S("cues.tab:2: byte 4 is not UTF-8; save the file as UTF-8"));
    check_str(dump(S("# a\n# \xE9t\xE9\n")), S("cues.tab:2: byte 3 is not UTF-8; save the file as UTF-8"));
}

static void table_outlives_its_file(void)
{
    char text[] = "# a\nvow\n";
    Table t;
    check(table_read(&test_arena, S("x"), str_of(text), &t, NULL));
    memset(text, 'z', sizeof text);
    check_str(t.rows.v[0].cells.v[0], S("vow"));
    check_str(t.columns.v[0], S("a"));
}

static void finding(void)
{
    static const struct { Str key, value; } rows[] = {
        {{"a", 1}, {"1", 1}}, {{"b", 1}, {"2", 1}}, {{"b", 1}, {"3", 1}}, {{"bb", 2}, {"4", 1}},
        {{"\xC3\xA9", 2}, {"5", 1}}};
    static const struct { const char *key; int32_t at; } cases[] = {
        {"a", 0}, {"b", 1}, {"bb", 3}, {"\xC3\xA9", 4}, {"", -1}, {"A", -1}, {"aa", -1}, {"c", -1}, {"\xFF", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(table_find_in(rows, 5, sizeof rows[0], str_of(cases[i].key)) == cases[i].at);
    check(table_find_in(rows, 0, sizeof rows[0], S("a")) == -1);
}

int main(void)
{
    TEST_BEGIN
    what_is_read();
    what_is_wrong();
    table_outlives_its_file();
    finding();
    return test_end();
}
