/* Streaming: what `read` and `inspect` share.
**
** Lines come in the order of the inputs, whatever the number of threads; each is written as soon as it and all before
** it are made. A closed pipe ends the run in silence.
*/
#include "stream.h"

typedef struct { int64_t documents, failed; Progress progress; } Stream;

static bool stream_take(void *with, const EngineResult *r, Err *e)
{
    Stream *s = with;
    if (!r->record) {
        s->failed++;
        progress_failure(&s->progress, r->where, r->why);
        return true;
    }
    s->documents++;
    if (!io_out(*(const Str *)r->prepared)) return fail(e, ERR_IO, "standard output could not be written");
    progress_step(&s->progress, r);
    return true;
}

/* A quiet pipe: whoever reads behind us need not wait for a full buffer. */
static bool stream_idle(void *with, Err *e)
{
    (void)with;
    return io_flush(e) && !io_out_closed();
}

int stream_run(Call *call, EngineOptions how)
{
    Stream s = {0};
    how.workers = (int)call_number(call, "jobs", 0);
    how.idle = stream_idle;
    io_catch_signals();
    progress_begin(&s.progress, call_has(call, "quiet"));
    s.progress.is_on &= !io_out_is_terminal();            /* the lines scroll by there */
    Inputs *in = input_open(call->operand, call->n_operands, how.input, &call->err);
    Engine *engine = in ? engine_open(&how, &call->err) : NULL;
    bool ran = engine && engine_run(engine, in, stream_take, &s, &call->err);
    engine_close(engine);
    input_close(in);
    progress_clear(&s.progress);
    progress_notes_end(&s.progress);
    if (io_out_closed()) return EXIT_DONE;
    if (!ran) return call_failed(call);
    if (s.failed)
        io_note("%lld %s left out (named above)", (long long)s.failed, plural(s.failed, "input was", "inputs were"));
    return s.failed ? EXIT_FAILED : s.documents ? EXIT_DONE : EXIT_NOTHING;
}
