/* demarche: the program begins and ends here.
**
** One landing place for a call whose memory is spent, one place where an error is printed, one way out: the ledger is
** closed, output is flushed, the pager is waited for. A reader who has closed the pipe (| head) has seen enough: that
** is no failure.
*/
#include "screen.h"

enum { CALL_BUDGET = 1 << 30 }; /* bytes: the largest document (64 MiB of text) wrapped and styled, twice over */

static void usage_note(const Call *call)
{
    Arena *a = call->arena;
    Buf b = {.to = a};
    if (call->command) help_usage(call->command, &b);
    else buf_add(&b, S("usage: demarche COMMAND [OPTION…] [OPERAND…]     ('demarche help' tells more)"));
    io_note("%.*s", STR(buf_str(&b)));
}

static int call_help(Call *call)
{
    Buf out = {.to = call->arena};
    help_command(call->arena, call->command, &out, screen()->width, screen()->colour);
    screen_page();
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static int call_run(Call *call, int argc, char **argv)
{
    if (!call_parse(call, argc, argv)) return EXIT_USAGE;
    return call_has(call, "help") ? call_help(call) : call->command->run(call);
}

/* The call lives in main's frame, whatever the landing does to this one. */
static int call_land(Call *call, int argc, char **argv)
{
    jmp_buf landing;
    call->arena->landing = &landing;
    if (setjmp(landing)) {
        fail(&call->err, ERR_MEMORY,
             "out of memory: the answer needs more than %d MiB; ask for less with -n, --since or "
             "--document",
             CALL_BUDGET >> 20);
        return EXIT_FAILED;
    }
    return call_run(call, argc, argv);
}

int main(int argc, char **argv)
{
    static Call call;                                     /* static: its arena's landing may outlive a frame */
    static Arena arena = {.budget = CALL_BUDGET};
    call.arena = &arena;
    int status = call_land(&call, argc, argv);
    Err flushed = {0};
    bool is_flushed = io_flush(&flushed);
    screen_end();
    if (call.err.code && !(call.err.code == ERR_IO && io_out_closed())) io_note("demarche: %s", call.err.text);
    if (call.err.code == ERR_USAGE) usage_note(&call);
    if (!is_flushed && !io_out_closed()) {
        io_note("demarche: writing to standard output: %s", flushed.text);
        status = EXIT_FAILED;
    }
    if (call.err.code != ERR_MEMORY) ledger_close(call.ledger); /* a landing left a statement of SQLite's in mid-air */
    arena_close(&arena);
    return status;
}
