/* Progress: one line on a terminal's standard error, rewritten; nothing elsewhere. */
#ifndef PROGRESS_H
#define PROGRESS_H
#include "engine/engine.h"
#include "screen.h"

enum { NOTES_MAX = 20 };                 /* named one by one; a folder of old files has a thousand of the same */
typedef struct { bool is_on, is_shown, is_quiet; double begun, shown_at; int64_t documents, notes; } Progress;
void progress_begin(Progress *p, bool quiet);
void progress_step(Progress *p, const EngineResult *r);  /* after each document; names what was mended in it */
void progress_clear(Progress *p);                        /* at the end */
void progress_notes_end(const Progress *p);              /* how many more were mended than were named */
void progress_failure(Progress *p, Str where, const Err *why);   /* "demarche: a.pdf: …" above the line */
Str seconds_text(Arena *to, double s);                   /* 0.4 s, 12 s, 3 min 20 s */
#endif
