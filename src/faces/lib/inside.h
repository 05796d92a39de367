/* What the files of the public library share: the opened things, and how a call comes home. */
#ifndef FACES_LIB_INSIDE_H
#define FACES_LIB_INSIDE_H
#include "demarche.h"
#include "engine/engine.h"
#include "ledger/ledger.h"

struct dm_engine {
    Model *model;                                        /* the shipped one; NULL where the library was built without */
    Actors *actors;                                      /* with the caller's files on top; NULL: the shipped table */
    Engine *reader, *records;                            /* the second takes parts as given */
    ptrdiff_t memory;
};
struct dm_record {
    Arena arena;                                         /* all that the record's views show */
    Record record;
    Place place;
    dm_spans sentences;
    struct { dm_spans source, cue, content; } *statements;
    dm_spans *mentions;                                  /* one list an entity */
    double **sure;                                       /* the probabilities of the same */
    dm_span *times;
    Str lines[2];                                        /* as JSON, once asked for: without tokens, with */
};
struct dm_ledger {
    Ledger *db;
    Arena arena;                                         /* of one call */
};

/* Runs step with a landing for the arena, which lives outside of every frame here. False: the step said so, or the
** memory was out (ERR_MEMORY). The only setjmp of the library. */
bool lib_land(Arena *a, bool (*step)(void *with, Err *e), void *with, Err *e);

/* Takes over an inner error; gives false, so that a call can end with it. */
bool lib_fail(dm_error *why, const Err *e);
bool lib_refuse(dm_error *why, dm_code code, const char *sentence);
static inline dm_str lib_str(Str s) { return (dm_str){s.p, (size_t)s.n}; }

dm_record *lib_record_new(ptrdiff_t memory, dm_error *why);
/* Within a landing: the spans in code points, once the record is filled. */
void lib_record_count(dm_record *record);
#endif
