/* Inside language: what the files of this folder share, and the trainer with them; nobody else includes it.
**
** Every model asks the same things of a word: how it is written, how it begins and ends, what it looks like, which words
** are used like it (its cluster). They are hashed once, in word.c; the models' own files combine the hashes to features.
** The trainer calls these very functions, so there is no second copy of any feature.
*/
#ifndef LANGUAGE_INSIDE_H
#define LANGUAGE_INSIDE_H
#include "language/language.h"

/* ---- words (word.c) ---------------------------------------------------------------------------------------- */
enum { WORD_PREFIXES = 3, WORD_SUFFIXES = 4 };
typedef struct {
    uint64_t form, lower;                                /* hashes: as written; lower case */
    uint64_t norm;                                       /* lower case, each digit a 0; addresses one value */
    uint64_t prefix[WORD_PREFIXES], suffix[WORD_SUFFIXES];  /* of norm, 1 … n characters; 0 where the word is not longer */
    uint64_t shape;                                      /* "Xxx", "X.X.", "dd-dd": kinds of characters, runs cut to two */
    uint16_t cluster;                                    /* a path in a binary tree of clusters, from the top bit; 0: unknown
                                                            word; paths are odd, so the whole of one is never 0 */
    uint8_t flags;
    uint8_t xpos, upos;                                  /* set by the tagger: indices into the model's lists; 0: none */
    uint16_t feats;
} Word;
/* SIGN: neither letter nor digit. FIRST: first of the sentence but for signs. The look of the whole sentence: SHOUTED,
** nearly all in capitals; TITLED, nearly all of its longer words begin with one (headlines). */
enum { WORD_UPPER = 1, WORD_ALL_UPPER = 2, WORD_DIGIT = 4, WORD_HYPHEN = 8, WORD_SIGN = 16, WORD_FIRST = 32,
       WORD_SHOUTED = 64, WORD_TITLED = 128 };

/* Clusters of words by use: a section "words" of the model. Lookups by `lower` hash. */
typedef struct { Str cells; uint64_t mask; } Clusters;
bool clusters_of(Str section, Clusters *c, Err *e);
uint16_t cluster_of(const Clusters *c, uint64_t lower);
void clusters_write(const uint64_t *lower, const uint16_t *cluster, int32_t n, Buf *out);
static inline uint32_t cluster_top(uint16_t cluster, int bits) { return (uint32_t)cluster >> (16 - bits); }

Word word_of(const Clusters *c, Str form, bool is_first);
/* One sentence on its way through the models. words[0] and words[n + 1] stand for its ends (all zero but `form`). */
typedef struct {
    Word *words;                                         /* n + 2; the token i is words[i + 1] */
    int32_t n;
    const Token *tokens;                                 /* n; NULL in tests */
} Sentence;
Sentence sentence_of(Arena *a, const Clusters *c, const Token *tokens, int32_t n);
void sentence_mark(Sentence *s);                         /* what sentence_of does once the words are there: ends, look */

/* ---- lists of names that a model brings (tags, relations) ---------------------------------------------------- */
typedef struct { Str *name; int32_t n; } Labels;         /* name[0] is "": none */
bool labels_of(Arena *a, ModelReader *r, int32_t max, Labels *l, Err *e);
void labels_write(const Labels *l, Buf *out);

/* ---- tags and lemmas (tag.c, lemma.c) ------------------------------------------------------------------------ */
typedef struct Tagger Tagger;
Tagger *tagger_of(Arena *a, const Model *m, Err *e);     /* sections "tag.*" and "lemma.*" */
void tagger_words(Arena *scratch, const Tagger *t, Sentence *s);         /* xpos, upos, feats of the words */
void tagger_fill(Arena *a, const Tagger *t, const Sentence *s, Token *tokens);   /* the same and lemmas into the tokens, as text */
/* Where the network gives the tags: its tables of lemmas alone, without weights. A class is a pair of XPOS and UPOS; 0: it has none such. */
Tagger *tagger_lemmas_of(Arena *a, const Model *m, Err *e);
uint8_t tagger_class(const Tagger *t, Str xpos, Str upos);
Str tagger_lemma(Arena *a, const Tagger *t, Str form, const Word *w, uint8_t class);

/* ---- trees (parse.c) ------------------------------------------------------------------------------------------ */
typedef struct Parser Parser;
Parser *parser_of(Arena *a, const Model *m, Err *e);     /* sections "parse.*" */
/* head[i], label[i] for tokens 0 … n-1: head 0 = root, else 1-based; label an index of the model's relations. */
void parser_tree(Arena *scratch, const Parser *p, const Sentence *s, int32_t *head, int32_t *label);
Str parser_label(const Parser *p, int32_t label);

/* ---- names (name.c) -------------------------------------------------------------------------------------------- */
typedef struct Namer Namer;
Namer *namer_of(Arena *a, const Model *m, Err *e);       /* sections "name.*" */
/* Spans count tokens of the sentence, [begin, end); p: calibrated probability that span and type are right. */
/* s: one sentence, tagged; `document` is the memory of the document's earlier sentences (opaque, zeroed at its begin). */
typedef struct NameMemory NameMemory;
FoundNames namer_names(Arena *a, const Namer *n, const Sentence *s, NameMemory **document);
#endif
