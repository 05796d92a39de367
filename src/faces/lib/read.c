/* Read: bytes of a caller become a record that he owns.
**
**   dm_read(engine, DM_TEXT, "port.txt", …)  →  a dm_record with an arena of its own: a copy of the bytes, the record,
**   and its spans in code points, counted once so that every later question is a look-up.
**
** Always: the caller's bytes are not needed after the call; after a failure *record is NULL and nothing is left over.
** An engine is not changed by reading, so threads may share it; each record has its own memory. The tags of its words are
** views of the model within the library, which stays when the engine goes.
*/
#include "faces/lib/inside.h"
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 512 << 20 };              /* bytes a document may use: sixteen times the largest that is read */

dm_engine *dm_engine_new(const dm_options *how, dm_error *why)
{
    Err e = {0};
    dm_options given = {.size = sizeof given};
    if (how) memcpy(&given, how, how->size < sizeof given ? how->size : sizeof given);
    dm_engine *engine = calloc(1, sizeof *engine);
    if (!engine) {
        lib_refuse(why, DM_MEMORY, "no memory for an engine");
        return NULL;
    }
    engine->memory = given.memory > 0 && given.memory < PTRDIFF_MAX ? (ptrdiff_t)given.memory : MEMORY;
    EngineOptions options = {.workers = 1, .tokens = true, .budget = engine->memory, .input = {.as_is = given.as_is}};
    Str shipped = model_shipped(S("en"));
    if (given.n_actors) engine->actors = actors_open(given.actors, (int32_t)given.n_actors, NULL, NULL, &e);
    if (given.n_actors && !engine->actors) {
        lib_fail(why, &e);
        dm_engine_free(engine);
        return NULL;
    }
    if (shipped.n) engine->model = model_of(shipped, S("the model within the library"), &e);
    options.model = engine->model;
    options.actors = engine->actors ? engine->actors : actors_shipped();
    if (engine->model || !shipped.n) engine->reader = engine_open(&options, &e);
    options.input.records = true;
    options.model = NULL, options.actors = NULL;                                /* what is given as a record is not read again */
    if (engine->reader) engine->records = engine_open(&options, &e);
    if (engine->records) return engine;
    lib_fail(why, &e);
    dm_engine_free(engine);
    return NULL;
}

void dm_engine_free(dm_engine *engine)
{
    if (!engine) return;
    if (engine->records) engine_close(engine->records);
    if (engine->reader) engine_close(engine->reader);
    model_close(engine->model);
    actors_close(engine->actors);
    free(engine);
}

typedef struct { dm_engine *engine; dm_record *record; dm_form form; const char *name; Str bytes; } Reading;

static bool read_one(void *with, Err *e)
{
    const Reading *reading = with;
    dm_record *record = reading->record;
    Arena *a = &record->arena;
    Item item = {.where = arena_str(a, str_of(reading->name ? reading->name : "the document")),
                 .bytes = arena_str(a, reading->bytes),
                 .kind = reading->form == DM_TEXT ? CONTENT_TEXT : CONTENT_JSON};
    Engine *engine = reading->form == DM_RECORD ? reading->engine->records : reading->engine->reader;
    if (!engine_read(engine, a, &item, &record->record, e)) return false;
    lib_record_count(record);
    return true;
}

bool dm_read(dm_engine *engine, dm_form form, const char *name, const char *bytes, size_t n, dm_record **record,
             dm_error *why)
{
    Err e = {0};
    *record = NULL;
    if (n > (form == DM_TEXT ? INPUT_FILE_MAX : INPUT_LINE_MAX)) {
        fail(&e, ERR_LIMIT, "%s: is %zu bytes, at most %d are read; cut it in parts", name ? name : "the document", n,
             form == DM_TEXT ? INPUT_FILE_MAX : INPUT_LINE_MAX);
        return lib_fail(why, &e);
    }
    dm_record *made = lib_record_new(engine->memory, why);
    if (!made) return false;
    Reading reading = {engine, made, form, name, {bytes, (ptrdiff_t)n}};
    if (!lib_land(&made->arena, read_one, &reading, &e)) {
        dm_record_free(made);
        return lib_fail(why, &e);
    }
    *record = made;
    return true;
}
