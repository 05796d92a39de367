/* The engine: one document in, one Record out; the workers; the one landing place.
**
** The only file list that knows the order of the stages. Documents are made by one thread, read by many, and handed
** to the caller in the order in which they came, so any number of workers gives the same bytes.
**
** A document that must be given up (its budget of memory is spent) comes to the caller as a failure with its name;
** the run goes on.
*/
#ifndef ENGINE_H
#define ENGINE_H
#include "input/input.h"
#include "model/model.h"
#include "reading/actors.h"

typedef struct Engine Engine;
typedef struct {
    int workers;                                         /* 0: one a core */
    bool tokens, furniture_too;                          /* keep tokens; read furniture as well (CoNLL-U) */
    bool words_only;                                     /* nothing behind words, trees and the model's names: for CoNLL-U */
    bool phrases;                                        /* mentions of names are whole noun phrases (reading.h) */
    InputOptions input;
    const Model *model;                                  /* tags, trees and names of its language; must outlive the engine and,
                                                            with tokens, the records; NULL: the first reading, without them */
    const Actors *actors;                                /* the table that names are linked to; must outlive the engine; NULL: none */
    const Map *known;                                    /* keys of passages that recur on a site (record.h): marked; may be NULL */
    ptrdiff_t budget;                                    /* bytes of memory a document may use; 0: 512 MiB */
    /* In the worker, after the reading: the caller's own preparation (JSON, hashes). Its result reaches `take`. */
    void *(*prepare)(void *with, Arena *a, const Item *item, const Record *r);
    void *with;
    /* In the caller's thread, each time that nothing has come for half a second (a quiet pipe): commit what was taken,
    ** give a lock back. Gets what `take` gets as `with`; false ends the run with *e. May be NULL. */
    bool (*idle)(void *with, Err *e);
} EngineOptions;

typedef struct {
    Str where;
    const Record *record;                                /* NULL: failed. record->note: what had to be mended */
    const Err *why;                                      /* a sentence that begins with the place */
    void *prepared;
    int64_t bytes_done, bytes_total;                     /* of the whole input; total -1 unknown */
    int32_t files_done;
} EngineResult;
typedef bool (*EngineTake)(void *with, const EngineResult *result, Err *e);   /* false ends the run with *e */

Engine *engine_open(const EngineOptions *how, Err *e);
bool engine_read(Engine *g, Arena *a, const Item *item, Record *r, Err *e);  /* one document, here and now */
/* False: take (or idle) ended it with *e, or io_stop did (ERR_INTERRUPTED). */
bool engine_run(Engine *g, Inputs *in, EngineTake take, void *with, Err *e);
void engine_close(Engine *g);
#endif
