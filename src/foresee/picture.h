/* Pictures: what the models found, as SVG that a browser shows by itself, and a scale in letters for the terminal. */
#ifndef PICTURE_H
#define PICTURE_H
#include "foresee/bargain.h"
#include "foresee/conflict.h"
#include "foresee/contingency.h"
#include "foresee/game.h"

enum { PICTURE_STATES_MAX = 100 };
/* history: turns + 1 tables of positions, as spatial_run leaves them; one panel an issue. */
void picture_bargain(Arena *a, const Bargain *b, int turns, const double *history, Buf *out);
bool picture_conflict(Arena *a, const Conflict *c, const Moves *m, const Stability *s, Buf *out, Err *e);
void picture_ladder(Arena *a, const Scenario *sc, const Outlook *o, Buf *out);
bool picture_game(Arena *a, const Game *g, const Induction *best, Buf *out, Err *e);   /* best: NULL where there is none */
/* One line of `width` columns: each actor's first letters where it stands, the mean as ▲ below. */
void picture_scale(Arena *a, const Bargain *b, const double *positions, int32_t issue, int width, Buf *out);
#endif
