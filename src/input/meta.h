/* What a page states of itself: title, author, publisher, address, language, date.
**
**  in:  <meta property="og:title" content="Port reopens"> … <time datetime="2025-03-18T09:00Z">
**  out: title "Port reopens", published "2025-03-18T09:00Z", how stated
**
** meta.c gathers what stands in the head, in JSON-LD and in marked elements; ld.c reads JSON-LD; byline.c cleans
** names; dates.c reads dates.
**
** Always: nothing is made up; every value stands on the page or in its address. Cost: one pass over the nodes.
*/
#ifndef INPUT_META_H
#define INPUT_META_H
#include "input/article.h"
#include "input/dates.h"

/* What JSON-LD says of the article, or, with less weight, of the page. */
typedef struct {
    Str headline, description, body, published, modified, page_published, uri, lang, publisher, site;
    Strs authors;
    bool is_article;
} Ld;
void ld_read(Arena *a, Str script, Ld *ld);

typedef struct {
    Str title, author, publisher, uri, lang;             /* empty: not stated */
    Str published;
    PublishedHow how;                                    /* inferred where day and month could be exchanged */
    Str description, body;                               /* for comparison: the teaser, and JSON-LD's articleBody */
    Str heading;                                         /* the first h1 */
    bool author_is_house;                                /* the site itself is named as author */
    bool is_day_first;                                   /* how the site writes 03/04/2025 */
} Meta;
void meta_read(Arena *a, const Html *h, Str uri, Meta *m);   /* uri: the caller's, or empty */
void meta_look(Arena *a, const Html *h, const Blocks *blocks, const Row *rows, Meta *m);   /* what only the visible text states */

Str byline_clean(Arena *a, Str s);                       /* "By Ana Ruiz, Staff Writer | 3 May" is "Ana Ruiz"; empty where no name is left */
Str text_unescape(Arena *a, Str s);                      /* &amp; and its like, which stand twice escaped in metadata; blanks collapsed */
#endif
