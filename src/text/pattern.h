/* Patterns of furniture.tab: folding a paragraph and asking which rows it matches (pattern.c); private to text. */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H
#include "text/inside.h"
#include "furniture.h"

typedef enum { FURNITURE_NONE, FURNITURE_SURE, FURNITURE_LABEL, FURNITURE_LIST, FURNITURE_REST, FURNITURE_ADDR,
               FURNITURE_CUE, FURNITURE_KEY, FURNITURE_OPEN, FURNITURE_CLOSE } FurnitureKind;
typedef enum { WHERE_ANY, WHERE_TOP, WHERE_END } FurnitureWhere;
typedef enum {
    GIVES_NOTHING,
    GIVES_PUBLISHER,
    GIVES_ADAPTED,
    GIVES_FIRST,
    GIVES_AGENCY,
    GIVES_TRANSLATED,
    GIVES_URI
} FurnitureGives;
typedef struct {
    int32_t row;
    FurnitureKind kind;
    FurnitureWhere where;
    FurnitureGives gives;
    BoilerplateReason reason;
    int32_t words;
    int32_t name_at;                                     /* byte of the paragraph where % begins, or -1 */
} Furniture;

typedef struct {
    char text[FURNITURE_MAX * 3 + 1];                    /* an ellipsis of three bytes folds to three */
    int16_t at[FURNITURE_MAX * 3 + 1];                   /* the byte of the paragraph that each came from */
    int32_t n;
} Folded;

void fold_paragraph(Str s, Folded *f);                   /* empty where s is over FURNITURE_MAX */
bool pattern_matches(Str pattern, const Folded *f, int32_t *name_at);
int32_t furniture_find(const Folded *f, int32_t n_words, Furniture *found, int32_t max);   /* matching rows, in order */
#endif
