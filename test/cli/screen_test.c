/* Wrapping, cutting and taming what people see. */
#include "faces/cli/screen.h"
#include "faces/cli/list.h"
#include "faces/export/export.h"
#include "test.h"

static Str wrapped(const char *text, int width)
{
    Strs lines = screen_wrap(&test_arena, screen_safe(&test_arena, str_of(text)), width);
    Buf b = {.to = &test_arena};
    for (int i = 0; i < lines.n; i++) {
        if (i) buf_char(&b, '|');
        buf_add(&b, lines.v[i]);
    }
    return buf_str(&b);
}

static void wrapping(void)
{
    check_str(wrapped("the port will reopen on Friday", 12), S("the port|will reopen|on Friday"));
    check_str(wrapped("the port will reopen on Friday", 40), S("the port will reopen on Friday"));
    check_str(wrapped("", 10), S(""));
    check_str(wrapped("a", 10), S("a"));
    check_str(wrapped("0123456789abcdef", 10), S("0123456789|abcdef"));
    check_str(wrapped("ab 0123456789abcdef", 10), S("ab|0123456789|abcdef"));
    check_str(wrapped("港口星期五重新开放", 8), S("港口星期|五重新开|放"));
    check_str(wrapped("港口星期五", 7), S("港口星|期五"));                 /* a wide letter is not cut in two */
    check_str(wrapped("e\u0301e\u0301e\u0301e\u0301", 2), S("e\u0301e\u0301|e\u0301e\u0301"));  /* nor an accent from its letter */
    check_str(wrapped("  two   blanks \t and\n a line ", 40), S("two blanks and a line"));
}

static void taming(void)
{
    check_str(screen_safe(&test_arena, S("red \x1b[31malert\x07")), S("red \uFFFD[31malert\uFFFD"));
    check_str(screen_safe(&test_arena, S("nul\0here")), S("nul\uFFFDhere"));
    check_str(screen_safe(&test_arena, S("c1 \xc2\x9b" "31m")), S("c1 \uFFFD" "31m"));
    check_str(screen_safe(&test_arena, S("ill \xff byte")), S("ill \uFFFD byte"));
    check_str(screen_safe(&test_arena, S("user\u202Etxt.exe")), S("usertxt.exe"));
    check_str(screen_safe(&test_arena, S("no\u00A0break")), S("no break"));
    check_str(screen_safe(&test_arena, S("שלום")), S("שלום"));
}

static void cutting(void)
{
    check_str(screen_cut(&test_arena, S("Amrin Courier"), 13), S("Amrin Courier"));
    check_str(screen_cut(&test_arena, S("Amrin Courier"), 12), S("Amrin Couri…"));
    check_str(screen_cut(&test_arena, S("Amrin Courier"), 7), S("Amrin…"));
    check_str(number_text(&test_arena, 0), S("0"));
    check_str(number_text(&test_arena, 999), S("999"));
    check_str(number_text(&test_arena, 1000), S("1,000"));
    check_str(number_text(&test_arena, -14210), S("-14,210"));
    check_str(number_text(&test_arena, INT64_MIN), S("-9,223,372,036,854,775,808"));
}

static Str flowed(int width, int indent, const char *const *text, int n)
{
    Buf b = {.to = &test_arena};
    Flow f = flow_at(&test_arena, &b, 0, indent);
    f.width = width;
    for (int i = 0; i < n; i++) flow_text(&f, str_of(text[i]), i % 2 ? BOLD : PLAIN);
    flow_end(&f);
    return buf_str(&b);
}

static void flowing(void)
{
    check_str(flowed(12, 2, (const char *[]){"the port will", " reopen"}, 2), S("the port\n  will\n  reopen\n"));
    check_str(flowed(40, 2, (const char *[]){"(", "Marten", "), she said"}, 3), S("(Marten), she said\n"));    /* no blank between pieces */
    check_str(flowed(9, 0, (const char *[]){"said (", "Marten", ")."}, 3), S("said\n(Marten).\n"));            /* a word of pieces stays whole */
    check_str(flowed(6, 2, (const char *[]){"0123456789"}, 1), S("012345\n  6789\n"));
    check_str(flowed(20, 0, (const char *[]){"\n one \n"}, 1), S("one\n"));
}

static Str csv(const char *cell, bool is_number)
{
    Buf b = {.to = &test_arena};
    export_csv_cell(&b, str_of(cell), is_number);
    return buf_str(&b);
}

static void cells(void)
{
    check_str(csv("plain", false), S("plain"));
    check_str(csv("one, two", false), S("\"one, two\""));
    check_str(csv("he said \"no\"", false), S("\"he said \"\"no\"\"\""));
    check_str(csv("two\nlines", false), S("\"two\nlines\""));
    check_str(csv("=1+1", false), S("'=1+1"));
    check_str(csv("@risk", false), S("'@risk"));
    check_str(csv("-5", false), S("'-5"));
    check_str(csv("-5", true), S("-5"));
    check_str(csv("\tx", false), S("'\tx"));
    check_str(csv("", false), S(""));
    check_str(csv("a=b", false), S("a=b"));
    Buf b = {.to = &test_arena};
    cell_tsv(&b, S("a\tb\r\nc"));
    check_str(buf_str(&b), S("a b c"));
}

static Call *parsed(int n, const char **words)
{
    static Call call;
    char **argv = arena_new(&test_arena, char *, n + 1);
    for (int i = 0; i < n; i++) argv[i] = arena_cstr(&test_arena, str_of(words[i]));
    call = (Call){.arena = &test_arena};
    call_parse(&call, n, argv);
    return &call;
}
#define PARSED(...) parsed((int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[]){__VA_ARGS__})

static void parsing(void)
{
    Call *c = PARSED("demarche", "said", "--actor=Marten", "-n5", "--json", "port");
    check(!c->err.code && c->command == command_find(S("said")));
    check_str(call_text(c, "actor"), S("Marten"));
    check(call_number(c, "limit", 0) == 5 && call_has(c, "json") && !call_has(c, "tsv"));
    check_str(call_words(c, 0), S("port"));
    c = PARSED("demarche", "--ledger", "brief", "said", "--", "--json");
    check(!c->err.code && c->command == command_find(S("said")) && !call_has(c, "json"));
    check_str(call_text(c, "ledger"), S("brief"));
    check_str(call_words(c, 0), S("--json"));
    c = PARSED("demarche", "add", "-qj4", "-");
    check(!c->err.code && call_has(c, "quiet") && call_number(c, "jobs", 0) == 4 && c->n_operands == 1);
    c = PARSED("demarche", "-n", "3", "said");
    check(!c->err.code && call_number(c, "limit", 0) == 3);
    check(PARSED("demarche", "said", "-n")->err.code == ERR_USAGE);
    check(PARSED("demarche", "-n", "said")->err.code == ERR_USAGE);      /* the command is the value then */
    check(PARSED("demarche", "said", "--since", "2031-02-30")->err.code == ERR_USAGE);
    check(PARSED("demarche", "said", "--since", "2031-02")->err.code == ERR_NONE);
    check(PARSED("demarche", "said", "-n", "99999999999999999999")->err.code == ERR_USAGE);
    check(PARSED("demarche", "why", "")->err.code == ERR_NONE);
}

/* The parser asks the first command that has an option whether it takes a value: all must agree. */
static void options_agree(void)
{
    for (int i = 0; i < commands_n; i++)
        for (const Option *o = commands[i]->options; o->name; o++)
            for (int k = 0; k < commands_n; k++)
                for (const Option *p = commands[k]->options; p->name; p++) {
                    bool same_name = !strcmp(o->name, p->name), same_letter = o->letter && o->letter == p->letter;
                    if (same_name || same_letter) check(!o->takes == !p->takes && same_name && o->letter == p->letter);
                }
    for (int i = 0; i < commands_n; i++) {
        int n = 0;
        while (commands[i]->options[n].name) n++;
        check(n < OPTIONS_MAX);
        check(commands[i]->about && commands[i]->examples && commands[i]->examples[0].line);
    }
}

static void nearness(void)
{
    check_str(str_of(command_near(S("sreach"))), S("search"));
    check_str(str_of(command_near(S("breif"))), S("brief"));
    check_str(str_of(command_near(S("exp"))), S("export"));
    check(!command_near(S("xyzzy")));
    check(!command_near(S("")));
}

int main(void)
{
    TEST_BEGIN
    wrapping();
    taming();
    cutting();
    flowing();
    cells();
    parsing();
    options_agree();
    nearness();
    return test_end();
}
