/* A forest of small decision trees over whole numbers (forest.c). */
#ifndef INPUT_FOREST_H
#define INPUT_FOREST_H
#include "base/base.h"

enum { FOREST_TREES_MAX = 1024, FOREST_NODES_MAX = 65536 };
typedef struct { int16_t feature; int32_t at, right; } ForestNode;   /* feature -1: a leaf, `at` is its value; left is the next node */
typedef struct {
    int32_t base, cut, n, n_trees;                       /* cut: log-odds from which a block is kept */
    int32_t root[FOREST_TREES_MAX];
    ForestNode v[FOREST_NODES_MAX];
} Forest;
bool forest_read(Forest *f, Str text, int32_t n_features);   /* false: the file does not fit */
int32_t forest_score(const Forest *f, const int32_t *row);   /* log-odds × 4096 */
#endif
