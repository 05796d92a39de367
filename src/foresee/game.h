/* Games: who decides when, knowing what, and what comes of it.
**
** A game is a tree (Gambit's .efg, or the tree of a scenario) or a table (.nfg). Numbers are exact: 2/3 stays 2/3. A
** profile lists a chance for each action: player by player, and in a tree information set by information set, in the order
** in which the tree first comes to them.
**
** For every game: all pure equilibria, where the strategies can be listed, and the logit response equilibrium at any
** precision λ. For two players also one equilibrium or more by Lemke and Howson (tables) or by the sequence form (trees),
** in exact arithmetic. For trees in which everybody sees everything: backward induction with every tie kept; and where
** payoffs are ranges, which actions are best whatever the numbers, and which may be.
*/
#ifndef GAME_H
#define GAME_H
#include "foresee/scenario.h"

typedef struct { int64_t num, den; } Ratio;              /* lowest terms, den > 0 */
enum { GAME_PLAYERS_MAX = 32, GAME_NODES_MAX = 200000, GAME_CELLS_MAX = 4000000, GAME_ACTIONS_MAX = 4000, GAME_DEPTH_MAX = 4000 };

typedef struct {
    NodeKind kind;
    int32_t set, parent, action;         /* set: of sets; -1 at an end */
    Ints children;
    Ratio *pays;                         /* one a player; at an inner node too; NULL: nothing */
    double *low, *high;                  /* of an end with ranges; else NULL */
    Str label, outcome;
} GameNode;
typedef struct {
    int32_t player, number, first;       /* player -1: chance; first: of its actions in a profile */
    Strs actions;
    Ratio *chance;                       /* of a chance set */
    Ints nodes;
    Str label;
    int32_t before, before_action;       /* the player's own last set and action on the way here; -1 none */
} GameSet;
typedef struct {
    Str title, comment;
    bool is_tree, has_recall, is_open;   /* has_recall: nobody forgets; is_open: every set is one node */
    Strs players;
    SLICE(GameNode) nodes;
    SLICE(GameSet) sets;
    Ints *order;                         /* of each player: its sets in order of appearance */
    int32_t *counts;                     /* of a table: strategies of each player */
    Strs *strategies;
    int64_t n_cells;
    Ratio *cells;                        /* cell × players; the first player's strategy runs fastest */
    int32_t n_actions;                   /* length of a profile */
    bool has_ranges;
} Game;

bool ratio_read(Str word, Ratio *to, const char **why);  /* 3, -2/3, 1.25, 1e3 */
static inline double ratio_double(Ratio r) { return (double)r.num / (double)r.den; }
bool game_read(Arena *a, Str file, Str bytes, Game *g, Err *e);          /* .efg or .nfg by its first word */
bool game_of_scenario(Arena *a, const Scenario *sc, Game *g, Err *e);
void game_write(const Game *g, Buf *out);                /* .efg of a tree, .nfg of a table */

/* The table of a tree over its reduced strategies: what to do where one's own earlier choices can lead. */
typedef struct {
    int32_t n_players, *counts;
    int32_t **choice;                    /* of a tree: [player][strategy × sets of the player + k]: action, -1 unreached */
    int64_t n_cells;
    double *pays;                        /* cell × players */
    int64_t *exact;                      /* the same as whole numbers of 1/unit, NULL where they do not fit */
    double unit;
} GameTable;
bool game_table(Arena *a, const Game *g, GameTable *t, Err *e);          /* ERR_LIMIT where it would be too large */
typedef struct { double *p; Str *exact; bool is_checked; double gain; } Profile;   /* gain: the most that anybody gains by leaving it */
typedef struct { SLICE(Profile) all; bool is_cut; } Profiles;
void game_pure(Arena *a, const Game *g, const GameTable *t, Profiles *to);
bool game_lemke_howson(Arena *a, const Game *g, const GameTable *t, Profiles *to, Err *e);
bool game_sequence_form(Arena *a, const Game *g, Profiles *to, Err *e);
bool game_logit(Arena *a, const Game *g, double lambda, double *p, Err *e);
double game_gain(Arena *a, const Game *g, const double *p);
void game_values(Arena *a, const Game *g, const double *p, double *value);   /* expected payoff of each player */

/* Backward induction. */
typedef struct { uint64_t *possible, *certain; double *pays; int32_t n_pays; bool is_cut; } Induction;   /* a bit an action of the profile */
bool game_induction(Arena *a, const Game *g, Induction *to, Err *e);
#endif
