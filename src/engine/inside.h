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
    void *prepared;
} Document;
bool engine_document(Document *d, Err *e);               /* lands; e names the place */
/* Runs step(with, e). False when that fails, and when the arena was spent in it: then e says so of the item. */
bool land(Arena *a, const Item *item, bool (*step)(void *with, Err *e), void *with, Err *e);
#endif
