/* The forest: some hundred small trees that say, in log-odds, whether a block is of the article.
**
** The file is text, so that it can be read and compared: lines that begin with # say where it comes from; then
** "features N", "base B", "cut C" and a line a tree, its nodes from the root, left before right:
**
**     3<=40 =-812 17<=0 =5 =933      if feature 3 is at most 40 then −812, else if feature 17 is at most 0 …
**
** Values are log-odds × 4096, whole numbers: sums are the same on every machine. A file that does not fit the
** features of this program is a mistake of the build, and the program says so and stops.
**
** Cost: a tree is some five comparisons.
*/
#include "input/forest.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* Log-odds of −4.5 after some trees never came near the cut again (development pages): most of a page is menus, and goes so. */
enum { HOPELESS = -4 * 4096 - 2048 };

typedef struct { const char *p, *end; } Reading;

static int32_t number(Reading *r)
{
    int64_t x = 0;
    bool is_negative = r->p < r->end && *r->p == '-';
    if (is_negative) r->p++;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9' && x < INT32_MAX) x = x * 10 + (*r->p++ - '0');
    return (int32_t)(is_negative ? -x : x);
}

static bool word(Reading *r, Str w)
{
    if (!str_starts((Str){r->p, r->end - r->p}, w)) return false;
    r->p += w.n;
    return true;
}

/* One node and all below it; its index, or -1. */
static int32_t node(Reading *r, Forest *f, int32_t n_features, int depth)
{
    if (f->n == FOREST_NODES_MAX || depth > 32) return -1;
    int32_t i = f->n++;
    while (r->p < r->end && *r->p == ' ') r->p++;
    if (word(r, S("="))) {
        f->v[i] = (ForestNode){.feature = -1, .at = number(r)};
        return i;
    }
    int32_t feature = number(r);
    if (!word(r, S("<=")) || feature < 0 || feature >= n_features) return -1;
    f->v[i] = (ForestNode){.feature = (int16_t)feature, .at = number(r)};
    if (node(r, f, n_features, depth + 1) != i + 1) return -1;
    int32_t right = node(r, f, n_features, depth + 1);
    f->v[i].right = right;
    return right < 0 ? -1 : i;
}

bool forest_read(Forest *f, Str text, int32_t n_features)
{
    Str line;
    f->n = f->n_trees = 0;
    bool has_base = false, has_features = false;
    while (str_split(&text, '\n', &line)) {
        Reading r = {line.p, line.p + line.n};
        if (!line.n || line.p[0] == '#') continue;
        if (word(&r, S("features "))) { has_features = number(&r) == n_features; continue; }
        if (word(&r, S("base "))) { f->base = number(&r); has_base = true; continue; }
        if (word(&r, S("cut "))) { f->cut = number(&r); continue; }
        if (f->n_trees == FOREST_TREES_MAX) return false;
        f->root[f->n_trees++] = f->n;
        if (node(&r, f, n_features, 0) < 0 || r.p != r.end) return false;
    }
    return has_base && has_features && f->n_trees > 0;
}

int32_t forest_score(const Forest *f, const int32_t *row)
{
    int32_t sum = f->base;
    for (int32_t t = 0; t < f->n_trees; t++) {
        const ForestNode *n = &f->v[f->root[t]];
        while (n->feature >= 0) n = row[n->feature] <= n->at ? n + 1 : f->v + n->right;
        sum += n->at;
        if (t % 32 == 31 && sum < HOPELESS) break;
    }
    return sum;
}
