/* Scenarios: what an analyst puts down about a dispute, in one readable file for every kind of model.
**
**   demarche-scenario 1
**   text reef 3f0c…64 hex digits…9a "The Customs Palace on the reef"
**   issue toll "share of the toll that goes to Dorrimar" from 12 "as the treaty has it" to 60 "all but the upkeep"
**   actor Dorrimar influence 60..80 reef[120,186]
**     position toll 40 salience 90 reef[188,240]
**     settle toll 25..30 assumed
**     option seize "holds the pilots" reef[300,342]
**     prefers
**       !seize if talks                      assumed
**
** An entry is a line; entries that belong to it stand below it, indented. It ends in what it rests on: spans of a text,
** counted in code points, or the word `assumed`. A number is 40, a range 35..45, or a range with its most likely value
** 35..38..45. doc/scenario.md is the manual of the format.
**
** Always: every name that an entry uses is declared somewhere in the file; every mistake is reported as file:line with
** what to do about it. The same file gives the same Scenario, byte for byte.
*/
#ifndef SCENARIO_H
#define SCENARIO_H
#include "base/base.h"

enum {
    SCENARIO_BYTES_MAX = 16 << 20,
    ACTORS_MAX = 1000,           /* the expected-utility models are cubic in them */
    ISSUES_MAX = 64,
    CONFLICT_OPTIONS_MAX = 26,          /* a conflict has 2^options states; 2^26 is what two gigabytes hold */
    CONDITIONS_MAX = 6,          /* each doubles the worlds that are solved */
    STATEMENTS_MAX = 62,         /* of one preference: bits of its key */
    TREE_DEPTH_MAX = 200,
};

typedef struct { double low, mode, high; bool is_given; } Range;     /* all three equal: a plain number */
typedef struct { int32_t text, begin, end; } Cite;                   /* code points of Scenario.texts.v[text] */
typedef struct { SLICE(Cite) cites; bool is_assumed; int32_t line; } Basis;

typedef struct { Str name, sha256, words; int32_t line; } ScenarioText;
typedef struct { Str name, words, low_words, high_words; double low, high; Basis basis; } Issue;
typedef struct { Range position, salience, ideal, settle, fallback; Basis basis, ideal_basis, settle_basis, fallback_basis; } Stand;
typedef enum { ONCE_NOT, ONCE_TAKEN, ONCE_DROPPED } Once;            /* a taken option stays; a dropped one stays away */
typedef struct { Str name, words; int32_t actor; Once once; Basis basis; } ConflictOption;
typedef struct { Str name, words; Range chance; Basis basis; } Condition;

/* What may be said of a state (options) or of a world (conditions). A leaf names an option or a condition. */
typedef enum { EXPR_TRUE, EXPR_OPTION, EXPR_CONDITION, EXPR_NOT, EXPR_AND, EXPR_OR } ExprKind;
typedef struct { ExprKind kind; int32_t left, right; } Expr;         /* right: the option or condition of a leaf */

typedef enum { WHEN_ALWAYS, WHEN_IF, WHEN_IFF } When;
typedef struct { int32_t what, condition; When when; bool is_unknown; double weight; Basis basis; } Wish;
typedef struct {
    int32_t actor, seen_by;              /* seen_by: whose belief about the actor this is; -1: the analyst's own table */
    int32_t world;                       /* expression over conditions; -1: in every world */
    SLICE(Wish) wishes;                  /* an earlier one outweighs all later ones together, unless they have weights */
    bool is_weighted;
    SLICE(Ints) ranking;                 /* or states by their numbers, the best first, equals together */
    int32_t line;
} Preference;
typedef struct { int32_t what; Str reason; Basis basis; } Barred;    /* infeasible, or one state (coalesced) */

typedef enum { NODE_ACTOR, NODE_CHANCE, NODE_END } NodeKind;
typedef struct {
    NodeKind kind;
    int32_t actor, parent, action;       /* action: which of the parent's; -1 at the root */
    Str knows;                           /* name of the information set; empty: its own */
    Ints children;
    Strs actions;
    SLICE(Range) chances;                /* of a chance node, one an action */
    SLICE(Range) pays;                   /* of an end, one an actor */
    Basis basis;
} TreeNode;

typedef struct {
    Str name, words, outcome, first_seen;
    int32_t parent, condition;           /* condition: expression over `condition` names, -1 none */
    Range chance, worth;
    Str given;                           /* the condition in words */
    Ints children;
    SLICE(Str) signs;
    SLICE(Range) sign_days;
    SLICE(Basis) sign_basis;
    Basis basis;
} Branch;

typedef struct {
    Str file, title;
    SLICE(ScenarioText) texts;
    SLICE(Issue) issues;
    struct { struct ScenarioActor { Str name, words; Range influence; Stand *stands; Basis basis; } *v; int32_t n, cap; } actors;
    SLICE(ConflictOption) options;
    SLICE(Condition) conditions;
    SLICE(Expr) exprs;
    SLICE(Preference) preferences;
    SLICE(Barred) barred, merged;
    struct { uint32_t options; bool is_given; Basis basis; } now;
    SLICE(TreeNode) tree;
    Str tree_words;
    SLICE(Branch) branches;              /* the first is the root of the ladder: what stands today */
    int32_t n_cited, n_assumed, n_bare;  /* entries by what they rest on */
} Scenario;
typedef struct ScenarioActor ScenarioActor;

bool scenario_read(Arena *a, Str file, Str bytes, Scenario *sc, Err *e);
int32_t scenario_expr(Arena *a, Scenario *sc, ExprKind kind, int32_t left, int32_t right);
bool expr_holds(const Scenario *sc, int32_t expr, uint64_t options, uint32_t conditions);
void expr_words(const Scenario *sc, int32_t expr, Buf *out);
Stand *scenario_stand(const Scenario *sc, int32_t actor, int32_t issue);
void basis_words(const Scenario *sc, const Basis *b, Buf *out);      /* " reef[120,186]", " assumed", or nothing */
bool number_read(Str word, double *x);                   /* a plain decimal number, wholly */
bool range_read(Str word, Range *r);                     /* 40, 35..45, 35..38..45 */
static inline Range range_of(double x) { return (Range){x, x, x, true}; }
static inline bool range_is_wide(Range r) { return r.is_given && r.low < r.high; }
#endif
