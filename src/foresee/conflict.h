/* Conflicts: who can do what, what each side prefers, and which states of affairs nobody would leave.
**
** The graph model for conflict resolution (Fang, Hipel and Kilgour, "Interactive Decision Making", 1993) in option form.
** A state says of every option whether it is taken; a player moves by changing its own options, as many at once as it
** likes. A state is stable for a player by one of five ways of looking ahead:
**
**   R      no own move is better (Nash)
**   GMR    every own improvement can be answered by the others with something no better, whatever that costs them
**   SMR    … and the player has no way out of the answer
**   SEQ    … by others who themselves improve with each of their moves
**   SSEQ   … by such others, and the player has no way out of the answer
**
** The others may move several times, no one twice in a row. A state that is stable for all is an equilibrium.
**
** Always: states are numbered from 0 in here (people see them from 1), in the order of their value with the first option
** as the lowest bit, or as the file lists them. Two solvers give the same tables: the graph (any model, some thousand
** states) and the cube (up to 2^26 states, no merged ones).
*/
#ifndef CONFLICT_H
#define CONFLICT_H
#include "foresee/scenario.h"

typedef enum { STABLE_R, STABLE_GMR, STABLE_SMR, STABLE_SEQ, STABLE_SSEQ, CONCEPTS } Concept;
extern const char *const concept_name[CONCEPTS];
enum { PLAYERS_MAX = CONFLICT_OPTIONS_MAX, GRAPH_STATES_MAX = 4096, UNKNOWN_MAX = 4 };

typedef struct {
    const Scenario *sc;
    int32_t n_players, n_options;
    int32_t actor[PLAYERS_MAX];          /* of each player: index in the scenario; actors without options do not play */
    int32_t first[PLAYERS_MAX], count[PLAYERS_MAX];      /* its options: bits first … first + count - 1 */
    uint32_t stays, away;                /* options that stay once taken; that stay away once dropped */
    uint32_t size;                       /* 2^options */
    int32_t n;                           /* states */
    uint32_t *options;                   /* of each state; of a merged one its first member's */
    int32_t *number;                     /* of each of the 2^options combinations; -1 infeasible. NULL: options[i] == i */
    bool has_merged;                     /* some combinations share a number */
    uint32_t *key[PLAYERS_MAX];          /* what a player thinks of each state: more is better; 0 is no state's */
    int32_t now;                         /* state, or -1 */
    uint32_t world;
} Conflict;

/* The states and their numbers; then the preferences of one world as one side sees them (viewer -1: as they are), with
** the sign of each unknown wish (unknown: two bits each: 0 wanted, 1 not wanted, 2 no matter). */
bool conflict_states(Arena *a, const Scenario *sc, const Ints *listed, Conflict *c, Err *e);
bool conflict_prefer(Arena *a, Conflict *c, uint32_t world, int32_t viewer, uint32_t unknown, Err *e);
int32_t conflict_unknowns(const Scenario *sc);           /* how many unknown wishes there are */
void conflict_ranks(Arena *a, const Conflict *c, int32_t player, int32_t *rank);     /* 1 the worst, equals alike */

/* What is stable: a bit a state. */
typedef struct { uint64_t *bits[CONCEPTS][PLAYERS_MAX], *equilibrium[CONCEPTS]; } Stability;
static inline bool bit_at(const uint64_t *bits, int64_t i) { return bits[i >> 6] >> (i & 63) & 1; }
void stability_alloc(Arena *a, const Conflict *c, Stability *to);
bool conflict_solve(Arena *a, const Conflict *c, int threads, Stability *to, Err *e);     /* by the solver that fits */

typedef struct { int32_t *from[PLAYERS_MAX], *to[PLAYERS_MAX]; } Moves;  /* to[p][from[p][s] … from[p][s + 1] - 1] */
void conflict_moves(Arena *a, const Conflict *c, Moves *m);
void graph_solve(Arena *a, const Conflict *c, const Moves *m, Stability *to);
void cube_solve(Arena *a, const Conflict *c, int threads, Stability *to);
extern int cube_sweeps;                  /* rounds of sweeping before it searches backwards; tests set it to 0 */
/* Moves needed from `from` to each state, -1 where it cannot be; by any move, or by improvements of the mover alone. */
void graph_reach(Arena *a, const Conflict *c, const Moves *m, int32_t from, bool improving, int32_t *steps);

/* A group that can leave a state together for one that each of its members prefers. */
typedef struct { int32_t state; uint32_t players; int32_t to; } Jump;
typedef struct { SLICE(Jump) jumps; bool is_cut; } Jumps;
void graph_coalitions(Arena *a, const Conflict *c, const Moves *m, const uint64_t *among, Jumps *to);
/* Why a state is stable for a player, or why not, in words. */
void graph_explain(Arena *a, const Conflict *c, const Moves *m, int32_t player, int32_t state, Concept concept, Buf *out);
void state_words(const Conflict *c, int32_t state, Buf *out);            /* "talks, !seize" */
void state_letters(const Conflict *c, int32_t state, Buf *out);          /* "YN" */

/* Models of others in JSON: patterns of Y, N and -, or GMCR+'s lists of options. listed: order of states, if it has one. */
bool conflict_read_json(Arena *a, Str file, Str bytes, Scenario *sc, Ints *listed, Err *e);
#endif
