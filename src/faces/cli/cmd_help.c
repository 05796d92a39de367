/* help: one screen, one command, or what is made from the table of commands for other readers. */
#include "screen.h"

static bool is_asked(Call *call, const char *option) { return call_has(call, option); }

static void names_put(Buf *out)
{
    for (int i = 0; i < commands_n; i++) buf_printf(out, "%s\n", commands[i]->name);
}

static void examples_put(Buf *out)
{
    for (int i = 0; i < commands_n; i++)
        for (const Example *x = commands[i]->examples; x && x->line; x++) buf_printf(out, "%s\n", x->line);
}

static int help_run(Call *call)
{
    Buf out = {.to = call->arena};
    const Command *k = NULL;
    if (call->n_operands) {
        k = command_find(str_of(call->operand[0]));
        const char *near = command_near(str_of(call->operand[0]));
        if (!k && near)
            fail(&call->err, ERR_USAGE, "there is no command '%s'; did you mean '%s'?", call->operand[0], near);
        else if (!k) fail(&call->err, ERR_USAGE, "there is no command '%s'", call->operand[0]);
        if (!k) return EXIT_USAGE;
    }
    if (is_asked(call, "man")) manual_roff(call->arena, k, &out);
    else if (is_asked(call, "markdown")) manual_markdown(call->arena, &out);
    else if (is_asked(call, "completion")) manual_completion(call->arena, call_text(call, "completion"), &out);
    else if (is_asked(call, "names")) names_put(&out);
    else if (is_asked(call, "examples")) examples_put(&out);
    else {
        screen_page();
        if (k) help_command(call->arena, k, &out, screen()->width, screen()->colour);
        else help_overview(call->arena, &out, screen()->width, screen()->colour);
    }
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static const char about[] =
    "Without COMMAND, all commands on one screen. The options print what is made from the same table: man pages, "
    "completions for a shell, the page doc/commands.md, the names of the commands, and their examples (tests run "
    "them).";
static const Option options[] = {
    {0, "man", TAKES_NOTHING, NULL, "the man page, as roff"},
    {0, "completion", TAKES_CHOICE, "bash|zsh|fish", "the completion script for a shell"},
    {0, "markdown", TAKES_NOTHING, NULL, "all commands as Markdown"},
    {0, "names", TAKES_NOTHING, NULL, "the names of the commands, one a line"},
    {0, "examples", TAKES_NOTHING, NULL, "the examples of all commands, one a line"},
    OPTIONS_END};
static const Example examples[] = {
    {"demarche help said", "How quotations are listed"},
    {"demarche help --man add > demarche-add.1", "A man page as roff"},
    {0}};
const Command command_help = {
    .name = "help", .operands = "[COMMAND]", .summary = "what the commands do, and how they are used",
    .about = about, .operand = OPERAND_COMMAND, .least = 0, .most = 1, .options = options,
    .examples = examples, .run = help_run};
