/* An article on a terminal: its text with statements marked, furniture set apart; a part within its sentences. */
#ifndef ARTICLE_H
#define ARTICLE_H
#include "parts.h"

enum { PROSE_WIDTH = 100 };                              /* longer lines are hard to read */

void article_text(Arena *a, const Record *r, Buf *out);
/* The part's words where they stand: its sentences, with one before and one behind, the words marked. */
void article_around(Arena *a, const Record *r, const Part *p, Buf *out);
Span article_sentences(const Record *r, Span place, int neighbours);    /* SPAN_NONE where no sentence holds it */
#endif
