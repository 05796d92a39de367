/* Bargaining: where a dispute over amounts could settle, by every method there is, side by side.
**
** The weighted mean and the weighted median stand first: on 351 decisions of the European Union the mean was nearer to
** what came than any model of bargaining. Then two families of models, each in all of its defensible readings, because
** the readings of one paper differ more than most inputs do: the expected-utility model of Bueno de Mesquita (one
** issue at a time) and the spatial model of politics of the KAPSARC Toolkit (all issues together).
**
** Positions are in the units of the file; capability in any unit; salience is a share, 0 to 1. In the expected-utility
** model it is the chance that an actor resists a challenge, in the spatial model the weight of an issue for the actor,
** whose saliences may sum to 1 at most. doc/scenario.md has the equations and their papers.
*/
#ifndef BARGAIN_H
#define BARGAIN_H
#include "foresee/scenario.h"

typedef struct {
    int32_t n, dims;                     /* actors, issues */
    double *position, *salience;         /* [actor × dims + issue] */
    double *capability;
    double *low, *high;                  /* the ends of each issue's scale */
    Str *actor, *issue;
    double *accommodation;               /* n × n, or NULL: ideal points follow positions */
} Bargain;

void bargain_alloc(Arena *a, Bargain *b, int32_t n, int32_t dims);
bool bargain_of_scenario(Arena *a, const Scenario *sc, Bargain *b, Err *e);      /* at the likeliest values */
double bargain_mean(const Bargain *b, int32_t issue);
double bargain_median(const Bargain *b, int32_t issue);

/* ---- the expected-utility model: bargain_utility.c ----------------------------------------------------------- */
typedef enum { CHOICE_LEAST_MOVE, CHOICE_MOST_ENFORCEABLE, CHOICE_QUIRK } UtilityChoice;
typedef struct {
    const char *name;
    bool all_pairs, votes_at_risk, conflict_moves, owner_sees;   /* D; ρ = r_k in votes; a conflict moves; E_ji with j's own r */
    UtilityChoice choice;
    bool ties_low;                       /* of equal moves the lower place, as the published numbers need; else nearer the mean */
    double q;
} UtilityVariant;
enum { UTILITY_VARIANTS = 4, ROUNDS_MAX = 100 };
extern const UtilityVariant utility_variants[UTILITY_VARIANTS];
typedef struct { double median, mean; double *position, *risk; } UtilityRound;   /* risk NULL in round 0 */
typedef struct Utility Utility;          /* its working memory */
Utility *utility_new(Arena *a, int32_t n);
/* rounds + 1 rows of `to`, each with its arrays; issue: of b. */
void utility_run(Utility *u, const Bargain *b, int32_t issue, const UtilityVariant *v, int rounds, UtilityRound *to);
UtilityRound *utility_rounds(Arena *a, int32_t n, int rounds);

/* ---- the spatial model: bargain_spatial.c -------------------------------------------------------------------- */
typedef enum { VICTORY_LINEAR, VICTORY_SQUARE, VICTORY_QUARTIC, VICTORY_OCTIC, VICTORY_BINARY } Victory;
typedef enum { ELECTION_CONDITIONAL, ELECTION_INCENTIVE, ELECTION_UNIFORM } Election;
typedef enum { VOTE_PROPORTIONAL, VOTE_BINARY, VOTE_PROP_BINARY, VOTE_PROP_CUBIC, VOTE_CUBIC, VOTE_ASYMMETRIC } Voting;
typedef enum { VIEW_NONE, VIEW_THIRD, VIEW_HALF, VIEW_TWO_THIRDS, VIEW_FULL } View;       /* how much of i's own attitude h sees */
typedef enum { RANGE_MIN, RANGE_MID, RANGE_MAX } RiskRange;
typedef enum { COMMIT_NONE, COMMIT_SEMI, COMMIT_FULL } Commit;
typedef enum { VECTOR_S1P1, VECTOR_S2P2, VECTOR_S2PMAX } Vector;
typedef enum { BARGAIN_INITIATOR, BARGAIN_BOTH, BARGAIN_POWER } Bargains;
typedef struct {
    int8_t victory, election, voting, view, range, commit, vector, bargains, stochastic;
    uint64_t seed;
} SpatialSettings;
enum { SPATIAL_SETTINGS = 9, SPATIAL_TURNS = 100, SPATIAL_ACTORS_MAX = 250 };
extern const SpatialSettings spatial_default;            /* as the toolkit's for CSV */
typedef struct { const char *name, *values; } SpatialSetting;    /* values: "linear|square|…", in the order of the enum */
extern const SpatialSetting spatial_setting[SPATIAL_SETTINGS];
int8_t *spatial_setting_at(SpatialSettings *s, int which);
bool spatial_set(SpatialSettings *s, Str name, Str value, Err *e);

typedef struct Spatial Spatial;
Spatial *spatial_new(Arena *a, int32_t n, int32_t dims);
bool spatial_fits(const Bargain *b, Err *e);             /* actors and saliences within what the model allows */
/* Turns that were made. For SPATIAL_TURNS + 1 tables each, or NULL: positions, and the printed chance of each actor's
** position to win an election among all of them. The last positions stand in spatial_positions. */
int spatial_run(Spatial *s, const Bargain *b, const SpatialSettings *with, double *history, double *chance);
const double *spatial_positions(const Spatial *s);

/* ---- files of others: bargain_csv.c, bargain_xml.c, bargain_json.c --------------------------------------------- */
typedef struct { Bargain b; SpatialSettings settings; Str name, description; bool has_settings; } BargainFile;
bool bargain_read_csv(Arena *a, Str file, Str bytes, BargainFile *to, Err *e);
bool bargain_read_xml(Arena *a, Str file, Str bytes, BargainFile *to, Err *e);
bool bargain_read_json(Arena *a, Str file, Str bytes, BargainFile *to, Err *e);

/* ---- doubt: bargain_draws.c ------------------------------------------------------------------------------------- */
/* Every range of a scenario is an input; a draw takes a value of each, triangular about the likeliest. Draw k of a seed is
** the same whatever else is drawn, on any number of threads. */
enum { QUANTILES = 5 };                  /* 5, 25, 50, 75, 95 per cent */
typedef enum { INPUT_INFLUENCE, INPUT_POSITION, INPUT_SALIENCE } InputKind;
typedef struct {
    InputKind kind;
    int32_t actor, issue;                /* of the Bargain */
    Range range;
    double at_low, at_high;              /* the forecast with this input at its ends, all others at their likeliest */
    double worth;                        /* share of the forecast's variance that knowing it would take away: Var E[Y|X] / Var Y */
    bool flips;                          /* its two ends put the forecast on different sides of the scale's middle */
} DrawInput;
typedef SLICE(DrawInput) DrawInputs;
typedef struct { double quantile[QUANTILES], mean, deviation; } DrawSpread;
typedef struct { uint64_t upper; double share; } DrawCamps;          /* upper: bit i: actor i stands above the widest gap */
typedef SLICE(DrawCamps) DrawCampsList;
typedef enum { DRAW_MEAN, DRAW_MEDIAN, DRAW_SPATIAL_MEAN, DRAW_SPATIAL_MEDIAN, DRAW_UTILITY, DRAW_KINDS = DRAW_UTILITY + UTILITY_VARIANTS } DrawKind;
typedef struct {
    int64_t n, n_utility;                /* the slow variants are run on the first 300 draws */
    bool has_spatial;
    DrawSpread (*spread)[DRAW_KINDS];    /* of each issue */
    DrawInputs *inputs;                  /* for each issue, the most worth knowing first; at_low … of the chosen forecast */
    DrawCampsList *camps;             /* of each issue, the most frequent first */
    double seconds;
} Draws;
void draw_inputs(Arena *a, const Scenario *sc, const Bargain *b, DrawInputs *to);
void draw_make(const Bargain *likeliest, const DrawInputs *in, uint64_t seed, int64_t k, Bargain *to);  /* to: bargain_alloc'ed alike */
void draw_all(Arena *a, const Bargain *b, const DrawInputs *in, const SpatialSettings *with, int64_t n, int rounds, double q, int threads, Draws *to);
#endif
