/* What language.c (documents) and network.c (their sentences, through a network) share. */
#ifndef LANGUAGE_NETWORK_H
#define LANGUAGE_NETWORK_H
#include "language/inside.h"
#include "language/neural.h"
#include <stdatomic.h>

/* The longest of 26,344 sentences of UD English has 159 words: what is longer than TREE_WORDS is a table, or no text.
** The network, whose arcs are quadratic in a sentence, reads it in pieces. */
enum { TREE_WORDS = 256, PIECE_WORDS = 64 };

typedef struct { Arena scratch; NeuralMemo *memo; } NetworkWork;
typedef _Atomic(NetworkWork *) ShelfPlace;               /* on the shelf; NULL: empty */
struct Language {
    Arena arena;
    Str code;
    Clusters clusters;
    Tagger *tagger;
    Parser *parser;
    Namer *namer;
    Neural *network;                                     /* or NULL; then there is no parser and no namer */
    uint8_t *class_of_tag;                               /* of the network's: the tables' */
    ShelfPlace *shelf;                                   /* of the network's works */
};

bool language_reads(const Language *l, const Record *r); /* it has tokens, in this language */
/* Behind the last token of the sentence of token `from`. */
int32_t language_sentence_end(const Record *r, int32_t from);
/* Spans of tokens become spans of the text. */
void language_keep_names(Arena *a, Record *r, const Token *tokens, const FoundNames *found);

void network_prepare(Language *l);
void network_close(Language *l);                         /* fine without a network */
void network_read(const Language *l, LanguageTask *tasks, int32_t n);
#endif
