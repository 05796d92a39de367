/* What the readers of a scenario's parts share: the line at hand, names that were declared, mistakes. Inside foresee. */
#ifndef FORESEE_READER_H
#define FORESEE_READER_H
#include "foresee/lines.h"

typedef struct {
    Arena *a;
    Scenario *sc;
    Lines in;
    Err *e;
    Map texts, issues, actors, options, conditions, branches;
    Line *line;                          /* at hand */
} Reader;

bool reader_fail(const Reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool take_basis(Reader *r, Basis *to);   /* off the line's end; first thing for every entry */
bool take_word(Reader *r, const char *what, Str *to);    /* a word or a quoted text */
bool take_words(Reader *r, Str *to);     /* a quoted text if one stands here; always true */
bool take_keyword(Reader *r, const char *word);          /* true and past it where it stands here */
bool take_range(Reader *r, const char *what, Range *to);
bool take_name(Reader *r, const char *what, const Map *among, int32_t *to);
bool take_end(Reader *r, const char *usage);
bool take_expr(Reader *r, bool of_conditions, int32_t *to);
bool at_end(const Reader *r);
bool declare(Reader *r, Map *in, const char *what, Str name, int32_t index);

bool tree_line(Reader *r, Str keyword, int32_t *parent_node, int32_t *parent_action, int32_t *node);
bool branch_line(Reader *r, int32_t parent, int32_t *branch);
bool sign_line(Reader *r, int32_t branch);
bool tree_check(Reader *r);
#endif
