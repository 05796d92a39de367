/* Every n-th allocation is made to fail, in turn, while a document is read.
**
** What must hold each time: the engine comes back with a failure that names the place, or with the same record as
** without the fault; the arena can be used again at once; nothing leaks (this runs under AddressSanitizer, too).
*/
#include "engine/engine.h"
#include "test.h"

typedef struct { const char *bytes; ptrdiff_t n; bool is_json, records, as_is; } Input;
#define BYTES(lit) (lit), sizeof(lit) - 1
static const Input inputs[] = {
    {BYTES("The port will reopen on 3 April 2031, officials said."), false, false, false},
    {BYTES("By Ana Ruiz\n\n18 March 2031\n\n\"We shall not wait,\" Minister Ito Vance told [reporters](#) on\n\nMonday. \"Not this "
           "year.\"\n\nRelated article: The quay\n\nVance left for Lindmar.\n\nOriginal url: https://example.org/quay\n"), false, false, false},
    {BYTES("Zo\xEB Lund said: \x93soon\x94, and left for Tamm in May 2031."), false, false, false},
    {BYTES("\xFF\xFEP\0o\0r\0t\0.\0"), false, false, false},
    {BYTES("  A line as it is.\r\n\r\nAnother one, 2 May 2031.\r\n"), false, false, true},
    {BYTES("{\"id\": \"m-1\", \"published\": \"2031-03-18\", \"text\": \"Ito said: \\\"Soon.\\\" Nobody asked when.\"}"), true, false, false},
    {BYTES("{\"text\": \"Ito said: \\\"Soon.\\\"\", \"entities\": [{\"id\": 0, \"name\": \"Ito\", \"type\": \"PER\", \"mentions\": "
           "[{\"span\": [0, 3], \"kind\": \"name\"}]}], \"statements\": [{\"id\": 0, \"source\": [[0, 3]], \"cue\": [[4, 8]], \"content\": "
           "[[11, 16]], \"speaker\": 0}]}"), true, true, false},
    {BYTES("{\"headline\": \"no text\"}"), true, false, false},
    {BYTES("{\"text\": \"cut o"), true, false, false},
};

static Arena arena;

static bool read_once(Engine *g, const Input *in, Buf *json, Err *e)
{
    static Record r;
    Item item = {.where = S("here"), .bytes = {in->bytes, in->n}, .kind = in->is_json ? CONTENT_JSON : CONTENT_TEXT};
    arena_reset(&arena);
    bool ok = engine_read(g, &arena, &item, &r, e);
    arena_fail_after = -1;
    *json = (Buf){.to = &test_arena};
    if (ok) record_json(&r, true, json);
    return ok;
}

static void torture(const Input *in, const Model *model)
{
    EngineOptions how = {.tokens = true, .model = model, .input = {.as_is = in->as_is, .records = in->records}};
    Err e = {0}, without = {0};
    Engine *g = engine_open(&how, &e);
    Buf expected, got;
    bool can_read = read_once(g, in, &expected, &without);
    int64_t n = 1;
    for (bool has_failed = true; has_failed && n < 100000; n++) {
        e = (Err){0};
        arena_fail_after = n;
        bool ok = read_once(g, in, &got, &e);
        has_failed = e.code == ERR_LIMIT;
        if (has_failed)
            check(!ok && str_starts(str_of(e.text), S("here: takes more memory")));
        else
            check(ok == can_read && str_eq(buf_str(&got), buf_str(&expected)) && str_eq(str_of(e.text), str_of(without.text)));
    }
    check(n > 2 && n < 100000);                          /* something was made to fail, and in the end nothing was left to fail */
    engine_close(g);
}

int main(void)
{
    TEST_BEGIN;
    test_arena.budget = 512 << 20;
    Str shipped = model_shipped(S("en"));
    Model *model = shipped.n ? model_of(shipped, S("models/en.dm"), NULL) : NULL;
    check(model || !shipped.n);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        torture(&inputs[i], NULL);
        if (model) torture(&inputs[i], model);
    }
    model_close(model);
    arena_close(&arena);
    return test_end();
}
