/* Inside language: how a sentence is read to a tree, move by move; shared with the trainer.
**
** "The minister told reporters"
**   stack: root minister         next: told       LEFT:  minister hangs from told, and leaves the stack
**   stack: root told             next: reporters  SHIFT: reporters goes onto the stack
**   stack: root told reporters   next: –          RIGHT: reporters hangs from told, and leaves the stack
**
** The moves are arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011, "Dynamic programming algorithms for transition-based
** dependency parsers"): a word leaves the stack with all its dependents, to hang from the next word (LEFT) or from the
** word below it (RIGHT). The root lies at the bottom of the stack and takes one word, when no word is left to come. So
** every run of legal moves ends in a tree with one root, after 2n moves.
**
** A reading may know what an earlier one, which began at the sentence's end, guessed of each word's head and relation.
*/
#ifndef LANGUAGE_PARSE_H
#define LANGUAGE_PARSE_H
#include "language/inside.h"

typedef enum { MOVE_SHIFT, MOVE_LEFT, MOVE_RIGHT, MOVES } Move;
enum { MOVE_FEATURES = 160, RELATION_FEATURES = 96, RELATIONS = 255 };

/* What the features ask of a word, gathered once for a sentence. */
typedef struct { uint64_t w, t, wt, c, k, end2, end3, end4, shape, x; } Atoms;
                                                         /* word, tag, both, cluster, its upper part; ends; coarse tag */
/* What is known of a word in the tree so far. Words are 1 … n; 0 is the root; n + 1 the end; n + 2 stands for no word. */
typedef struct {
    int32_t head, label;                                 /* head -1: not known yet */
    int32_t left[2], right[2];                           /* the outermost dependents of either side, and those before them */
    int32_t n_left, n_right;
    uint64_t left_labels, right_labels;                  /* sets of relations, one bit for each (modulo 64) */
} Node;
typedef struct { int32_t head, label; } Guess;

typedef struct {
    const Atoms *atoms;                                  /* n + 3, as the next two */
    Node *node;
    const Guess *guess;                                  /* NULL: none */
    int32_t *stack, top;                                 /* stack[0] is the root */
    int32_t next, n;
} State;

Atoms *parse_atoms(Arena *scratch, const Sentence *s, bool is_backward);
State parse_begin(Arena *scratch, const Atoms *atoms, int32_t n, const Guess *guess);
void parse_move(State *t, Move m, int32_t label);        /* label: of the arc that LEFT and RIGHT make */
/* Guesses about a sentence from a reading of its words in the other order. */
Guess *parse_guess(Arena *scratch, const State *backward);

static inline bool parse_is_done(const State *t) { return t->next > t->n && t->top == 0; }
static inline bool parse_is_legal(const State *t, Move m)
{
    bool is_more = t->next <= t->n;
    if (m == MOVE_SHIFT) return is_more;
    if (m == MOVE_LEFT) return is_more && t->top > 0;
    return t->top > 1 || (t->top == 1 && !is_more);
}
/* The only legal move, or MOVES where there is a choice. */
static inline Move parse_forced(const State *t)
{
    if (t->next > t->n) return MOVE_RIGHT;
    return t->top == 0 ? MOVE_SHIFT : MOVES;
}
static inline int32_t parse_dependent(const State *t) { return t->stack[t->top]; }
static inline int32_t parse_head(const State *t, Move m) { return m == MOVE_LEFT ? t->next : t->stack[t->top - 1]; }

int32_t parse_move_features(const State *t, uint64_t *f);                                        /* at most MOVE_FEATURES */
int32_t parse_relation_features(const State *t, int32_t head, int32_t dependent, uint64_t *f);   /* at most RELATION_FEATURES */
uint64_t parse_print(Arena *scratch);                    /* a number that changes when the features do */

/* Relations. "nmod|nsubj" is the nmod of a tree that is not projective: it was found at a word above its head, which is the
** nearest nsubj below that word (Nivre and Nilsson 2005, "Pseudo-projective dependency parsing", their scheme "head"). */
typedef struct { Labels names; int32_t *shown, *via; int32_t root; } RelationTable;   /* shown: nmod; via: nsubj; 0: none */
bool parse_relations(Arena *a, Labels names, RelationTable *r, Err *e);
static inline bool parse_may_be(const RelationTable *r, int32_t label, int32_t head) { return (label == r->root) == (head == 0); }
void parse_lower(Arena *scratch, const RelationTable *r, Node *node, int32_t n);      /* moves such words to their heads */

/* One reading's weights, and a sentence read by them. */
typedef struct { Linear move, relation; } Reading;
void parse_read(const Reading *r, const RelationTable *relations, State *t);
#endif
