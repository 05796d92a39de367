/* The choice: which blocks of a page are its article, from what the forest says of each.
**
**  in:  log-odds of each block
**  out: KEEP_BODY for what is the article, KEEP_MARKED for what stands within it and is none of it, KEEP_NOT
**
** A forest judges blocks one by one; a reader judges a page. So lines that are teasers, captions or calls by their
** words or by being all link need more than bare odds; a heading needs text below it; a line between two lines of the
** article, in no box of its own, needs less; and what stands above the title is seldom the article when there is enough below it.
** Each rule earned its place in the folds of the trainer (train/article_train.c, 2026-11: F1 .968 without, see models/article.forest for with).
**
** Always: one pass or two; ties do not occur. Left to others: what the marked lines are called (page.c).
*/
#include "input/choose.h"
#include <stdint.h>

enum { ODDS = 4096, LIKELY = ODDS, SURE = 2 * ODDS, HARDLY = -ODDS / 2,   /* log-odds of 1, 2 and −½ */
       CALL_MAX = 350, CAPTION_MAX = 250, GAP_MAX = 300, GAP_BLOCKS = 3,  /* letters; blocks */
       BELOW_MIN = 25, NEAR_TITLE = 200,                                  /* percent of what is kept; blocks (no title: farther) */
       HEAD_BLOCKS = 12, MARKED_MAX = 1000 };                             /* blocks between title and text; letters of a line that is kept, marked */

static bool is_heading(const int32_t *r, const Block *k)
{
    return r[FEATURE_HEADING] > 0 || (k->size < 60 && k->bold_size == k->size);
}

/* What looks like furniture must be likelier. */
static bool is_kept(const int32_t *r, const Block *k, int32_t score, int32_t cut)
{
    if (score <= cut) return false;
    if (r[FEATURE_LINK_LINE] && score < LIKELY) return false;
    if (r[FEATURE_WORDS_CAPTION] && k->size < CAPTION_MAX && score < SURE) return false;
    return !(r[FEATURE_WORDS_APART] && k->size < CALL_MAX && score < SURE);
}

static void drop_last_headings(const Blocks *blocks, const Row *rows, uint8_t *keep)
{
    for (int32_t b = blocks->n - 1; b >= 0; b--) {
        if (keep[b] != KEEP_BODY) continue;
        if (!is_heading(rows[b], &blocks->v[b])) return;
        keep[b] = KEEP_NOT;
    }
}

static void drop_above_title(const Blocks *blocks, const Row *rows, uint8_t *keep)
{
    int64_t above = 0, below = 0;
    for (int32_t b = 0; b < blocks->n; b++)
        if (keep[b] == KEEP_BODY) *(rows[b][FEATURE_FROM_TITLE] < 0 ? &above : &below) += blocks->v[b].size;
    if (below * 100 < (above + below) * BELOW_MIN) return;
    for (int32_t b = 0; b < blocks->n; b++)
        if (rows[b][FEATURE_FROM_TITLE] < 0 && rows[b][FEATURE_FROM_TITLE] >= -NEAR_TITLE) keep[b] = KEEP_NOT;
}

static void fill_gaps(const Blocks *blocks, const Row *rows, const int32_t *scores, uint8_t *keep)
{
    int32_t last = -1, gap = 0;
    for (int32_t b = 0; b < blocks->n; b++) {
        if (keep[b] != KEEP_BODY) { gap += blocks->v[b].size; continue; }
        bool is_small = last >= 0 && b - last <= GAP_BLOCKS + 1 && gap < GAP_MAX;
        for (int32_t i = last + 1; is_small && i < b; i++) {
            const int32_t *r = rows[i];
            if (scores[i] > HARDLY && r[FEATURE_LINK_SHARE] < 60 && !r[FEATURE_WORDS_CAPTION] && !r[FEATURE_WORDS_APART]) keep[i] = KEEP_BODY;
        }
        last = b;
        gap = 0;
    }
}

/* The title, the byline and the date above the text; captions, teasers and calls within it. */
static void mark_within(const Blocks *blocks, const Row *rows, uint8_t *keep)
{
    int32_t first = -1, last = -1;
    for (int32_t b = 0; b < blocks->n; b++)
        if (keep[b] == KEEP_BODY) {
            first = first < 0 ? b : first;
            last = b;
        }
    for (int32_t b = 0; b <= last; b++) {
        const int32_t *r = rows[b];
        if (keep[b] == KEEP_BODY) continue;
        bool is_head = b < first && r[FEATURE_FROM_TITLE] >= 0 && r[FEATURE_FROM_TITLE] < HEAD_BLOCKS && first - b <= HEAD_BLOCKS;
        bool is_inside = b > first && (r[FEATURE_IN_HALF] < 50 || r[FEATURE_IN_MOST] < 50);
        if ((is_head || is_inside) && !r[FEATURE_IN_HIDDEN] && blocks->v[b].size < MARKED_MAX) keep[b] = KEEP_MARKED;
    }
}

void article_choose(const Blocks *blocks, const Row *rows, const int32_t *scores, int32_t cut, uint8_t *keep)
{
    for (int32_t b = 0; b < blocks->n; b++) keep[b] = is_kept(rows[b], &blocks->v[b], scores[b], cut) ? KEEP_BODY : KEEP_NOT;
    drop_last_headings(blocks, rows, keep);
    drop_above_title(blocks, rows, keep);
    fill_gaps(blocks, rows, scores, keep);
    mark_within(blocks, rows, keep);
}

void article_choose_least(const Blocks *blocks, const Row *rows, const int32_t *scores, uint8_t *keep)
{
    int32_t best = INT32_MIN;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t b = 0; b < blocks->n; b++) {
            const int32_t *r = rows[b];
            bool may = r[FEATURE_LINK_SHARE] < 50 && !r[FEATURE_IN_ROLE] && r[FEATURE_CLASS_POPUP] > 3;
            if (pass == 0 && may && scores[b] > best) best = scores[b];
            if (pass == 1) keep[b] = may && scores[b] >= best - SURE ? KEEP_BODY : KEEP_NOT;
        }
}
