/* The decision over a page's blocks (article.c). */
#ifndef INPUT_CHOOSE_H
#define INPUT_CHOOSE_H
#include "input/article.h"

typedef enum { KEEP_NOT, KEEP_BODY, KEEP_MARKED } Keep;  /* left out; of the body; kept, but marked as furniture */
void article_choose(const Blocks *blocks, const Row *rows, const int32_t *scores, int32_t cut, uint8_t *keep);
/* Where nothing was kept: what is most like an article, and no menu, footer or form. */
void article_choose_least(const Blocks *blocks, const Row *rows, const int32_t *scores, uint8_t *keep);
#endif
