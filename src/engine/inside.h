/* What engine.c (one document) and pool.c (many of them) share. */
#ifndef ENGINE_INSIDE_H
#define ENGINE_INSIDE_H
#include "base/io.h"
#include "engine/engine.h"
#include "language/language.h"

struct Engine {
    EngineOptions how;                                   /* with no zero left to be filled in */
    Language *language;                                  /* of how.model: made once, read by all workers; or NULL */
};

typedef struct {
    const Engine *engine;
    Arena *arena;
    const Item *item;
    Record *record;
    bool wants_preparation;
    bool is_read, has_text;                              /* has_text: of ours to read; else it came as a record */
    void *prepared;
    Err why;                                             /* where it is not read: names the place */
} Document;
/* A document is read in two steps, so that the network in the second can read several at once: its text to tokens;
** then, of at most DOCUMENTS_AT_ONCE of them, all the rest. Both land. What becomes of one does not depend on the
** others. */
enum { DOCUMENTS_AT_ONCE = 16 };
void engine_begin(Document *d);
void engine_end(const Engine *g, Document *const *d, int32_t n);
/* Runs step(with, e). False when that fails, and when the arena was spent in it: then e says so of the item. */
bool land(Arena *a, const Item *item, bool (*step)(void *with, Err *e), void *with, Err *e);
#endif
