/* The article of a page: blocks, what is known of each, a forest that judges them, and the choice.
**
**  in:  the tree of a page
**  out: its blocks in order, each kept as body, kept as furniture (title, byline, caption …), or left out
**
** blocks.c cuts the page, features.c describes each block by some hundred whole numbers, forest.c turns a row of
** them into log-odds, article.c decides. The trainer (train/article_train.c) calls the same functions.
**
** Always: whole numbers only, so that every machine decides alike. Cost: linear in the page.
*/
#ifndef INPUT_ARTICLE_H
#define INPUT_ARTICLE_H
#include "input/html.h"
#include "record/record.h"

/* ---- blocks.c ------------------------------------------------------------------------------------------------ */
/* A run of text between two borders of blocks. Sizes are letters; a Chinese, Japanese or Korean one counts three. */
typedef struct {
    int32_t node;                                        /* the block element that holds it */
    Str text;                                            /* blanks collapsed, words never glued, '\n' at <br> */
    int32_t size, link_size, bold_size, italic_size, n_links;
} Block;
typedef SLICE(Block) Blocks;
void blocks_cut(Arena *a, const Html *h, Blocks *out);
bool html_is_hidden(const Html *h, int32_t node);        /* by attribute or style of its own */

/* ---- features.c ---------------------------------------------------------------------------------------------- */
typedef struct { Str title, description, body; } Known;  /* what the head states: for comparison */

/* Groups of words that authors of sites put into class, id and the like: each a feature, "how many levels up". */
#define CLASS_GROUPS(X) \
    X(BODY) X(CONTENT) X(COMMENT) X(SIDE) X(RELATED) X(SHARE) X(AD) X(NAV) X(FOOTER) X(HEADER) X(WIDGET) X(APPEAL) \
    X(PICTURE) X(BYLINE) X(TAGS) X(DATE) X(TITLE) X(LEAD) X(QUOTE) X(LIST) X(POPUP) X(EMBED) X(FORM) X(NOTE)
/* Groups of words that stand in furniture. */
#define WORD_GROUPS(X) \
    X(RELATED) X(SHARE) X(APPEAL) X(COMMENT) X(RIGHTS) X(AD) X(CREDIT) X(BYLINE) X(TIME) X(NAV) X(SOURCE) X(CAPTION) X(APART)

#define FEATURE_CLASS(g) X(CLASS_##g)
#define FEATURES_OF_BLOCK \
    X(SIZE) X(WORDS) X(LINK_SHARE) X(BOLD_SHARE) X(ITALIC_SHARE) X(LINKS) X(COMMAS) X(STOPS) X(ENDS) X(BEGINS) X(UPPER_SHARE) \
    X(DIGIT_SHARE) X(CAPITAL_SHARE) X(WORD_LENGTH) X(SHORT_WORDS) X(LINES) X(QUOTES) X(BARS) X(HAS_ADDRESS)
#define FEATURES_OF_PLACE \
    X(TAG) X(HEADING) X(DEPTH) X(IN_ARTICLE) X(IN_MAIN) X(IN_NAV) X(IN_ASIDE) X(IN_HEADER) X(IN_FOOTER) X(IN_FORM) X(IN_TABLE) \
    X(IN_LIST) X(IN_FIGURE) X(IN_QUOTE) X(IN_LINK) X(IN_HIDDEN) X(IN_SECTION) X(IN_P) X(IN_ROLE) X(IN_BODY_PROP) X(ARTICLES)
#define FEATURES_OF_ORDER \
    X(AT) X(AT_INSIDE) X(LEFT_INSIDE) X(FROM_TITLE) X(FROM_FIRST) X(FROM_LAST) X(FROM_GOOD) X(GOOD_BEFORE) X(GOOD_AFTER) X(GOOD_NEAR) X(BLOCKS) \
    X(TITLE_UP) X(TITLE_DOWN) X(TITLE_SHARE) X(UNDER_FROM) X(UNDER_LEVEL) X(UNDER_WORDS) X(UNDER_RELATED) X(UNDER_COMMENT) X(UNDER_CLASS) X(GOOD_SINCE_TITLE)
#define FEATURES_OF_CONTAINER \
    X(IN_MOST) X(IN_HALF) X(IN_SOME) X(OF_MOST) X(OF_HALF) X(IN_TOP) X(PARENT_SCORE) X(GRAND_SCORE) X(PARENT_SIZE) X(PARENT_LINK) \
    X(PARENT_GOOD) X(GRAND_SIZE) X(GRAND_LINK) X(GRAND_GOOD) X(GREAT_SIZE) X(GREAT_LINK) X(GREAT_GOOD) X(ELDERS) X(CARDS) X(CARD_SIZE) X(CARD_UP) X(SIBLINGS) X(SIBLINGS_ALIKE) X(CHILD_AT) X(CHILD_LEFT)
#define FEATURES_OF_PATH \
    X(PATH_N) X(PATH_SIZE) X(PATH_LINK) X(PATH_STOPS) X(PATH_SHARE) X(UPPATH_N) X(UPPATH_SIZE) X(UPPATH_LINK) X(UPPATH_SHARE)
#define FEATURES_OF_WORDS \
    X(LIKE_TITLE) X(LIKE_DESCRIPTION) X(IN_KNOWN_BODY) X(REPEATED) X(REPEATED_BEFORE) X(PAGE_GOOD) X(PAGE_GOOD_SHARE)
#define FEATURES_OF_NEIGHBOURS \
    X(P1_SIZE) X(P1_LINK) X(P1_TAG) X(P1_ENDS) X(P1_HEADING) X(P1_GOOD) X(N1_SIZE) X(N1_LINK) X(N1_TAG) X(N1_ENDS) X(N1_HEADING) \
    X(N1_GOOD) X(P2_SIZE) X(P2_LINK) X(P2_TAG) X(N2_SIZE) X(N2_LINK) X(N2_TAG) X(P1_SAME) X(N1_SAME) X(P1_FURNITURE) X(N1_FURNITURE) X(LINK_LINE)
enum {
#define X(name) FEATURE_##name,
    FEATURES_OF_BLOCK FEATURES_OF_PLACE FEATURES_OF_ORDER FEATURES_OF_CONTAINER FEATURES_OF_PATH FEATURES_OF_WORDS FEATURES_OF_NEIGHBOURS
#undef X
#define X(name) FEATURE_CLASS_##name,
    CLASS_GROUPS(X)
#undef X
#define X(name) FEATURE_WORDS_##name,
    WORD_GROUPS(X)
#undef X
    FEATURE_COUNT
};
#define X(name) CLASS_##name,
typedef enum { CLASS_GROUPS(X) CLASS_GROUP_COUNT } ClassGroup;
#undef X
#define X(name) WORDS_##name,
typedef enum { WORD_GROUPS(X) WORD_GROUP_COUNT } WordGroup;
#undef X
typedef int32_t Row[FEATURE_COUNT];
Row *article_features(Arena *a, const Html *h, const Blocks *blocks, const Known *known);   /* a row a block */
uint32_t class_groups(Str words);                        /* a bit for each ClassGroup */
uint32_t word_groups(Str text);                          /* a bit for each WordGroup */
#endif
