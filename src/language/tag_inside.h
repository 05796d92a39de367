/* Inside the tagger: what tag.c, lemma.c and the trainer of tags share.
**
** A class is a pair of XPOS and UPOS; class 0 is none (beyond the sentence's ends).
** A kind says what training saw a frequent word be: below TAG_CLASSES the one class that it always had, from there on the
** set of its classes; 0: a rare word. Kinds are known for the words to the right too, before those have tags.
** Maps from a hash to 16 bits have the form of the clusters' (word.c); 0 is "not there", so what they hold counts from 1.
*/
#ifndef LANGUAGE_TAG_INSIDE_H
#define LANGUAGE_TAG_INSIDE_H
#include "language/inside.h"

enum { TAG_CLASSES = LINEAR_CLASSES, TAG_FEATURES = 64, TAG_BUNDLES = 4096 };
typedef struct { uint8_t xpos, upos; } TagPair;

/* ---- what is known of one sentence while it is tagged (tag.c) ----------------------------------------------------- */
typedef struct {
    const Word *words;                                   /* n + 2, as in Sentence; so have the others */
    int32_t n;
    uint16_t *kind;
    uint8_t *class;
} Tagging;
Tagging tagging_of(Arena *scratch, const Clusters *kinds, const Sentence *s);
static inline uint8_t tag_fixed(const Tagging *t, int32_t i)                 /* the class of a word that needs no scores, or 0 */
{
    return t->kind[i] < TAG_CLASSES ? (uint8_t)t->kind[i] : 0;
}
int32_t tag_features(const Tagging *t, int32_t i, uint64_t *f);   /* of words[i], 1 … n; those before it have classes */

/* ---- features and lemmas, by tables (lemma.c) ---------------------------------------------------------------------- */
/* A lemma is the word in one of three cases, then an edit: so many bytes off its end, and others on. */
typedef enum { CASE_NONE, CASE_AS_IS, CASE_LOWER, CASE_TITLE } LemmaCase;
typedef struct { int32_t cut; Str add; } LemmaEdit;
typedef struct { Clusters map; LemmaEdit *edit; int32_t n_edits; } Lemmas;    /* edit[0]: none */
enum { LEMMA_SUFFIX = 6, LEMMA_EDITS = 16384, LEMMA_EDIT_BYTES = 63 };
bool lemmas_of(Arena *a, const Model *m, Lemmas *l, Err *e);                  /* sections "lemma.map" and "lemma.edits" */
Str lemma_of(Arena *a, const Lemmas *l, Str form, const Word *w, uint8_t class);

/* The keys of the map. The first that is there decides. */
uint64_t lemma_case_word(const Word *w, uint8_t class);                       /* → LemmaCase: this form; else … */
uint64_t lemma_case_look(const Word *w, uint8_t class);                       /* … all words that look so */
uint64_t lemma_edit_word(const Word *w, uint8_t class);                       /* → edit: this word; else … */
uint64_t lemma_edit_suffix(Str lower, int n, uint8_t class);                  /* … words that end so, from six bytes down to none */
Str lemma_cased(Arena *a, Str form, LemmaCase how);
Str lemma_edited(Arena *a, Str cased, const LemmaEdit *edit);

uint64_t bundle_word(const Word *w, uint8_t class);                           /* "tag.bundles": → features: this word; else … */
uint64_t bundle_suffix(const Word *w, uint8_t class);                         /* … words that end in these three letters; else … */
uint64_t bundle_class(uint8_t class);

struct Tagger {
    Labels xpos, upos, feats;
    const uint8_t *pairs;                                /* n_classes × (xpos, upos) */
    int32_t n_classes;
    uint8_t *class_of_pair;                              /* xpos.n × upos.n → class; 0 where there is none */
    Clusters kinds, bundles;
    Linear weights;
    Lemmas lemmas;
};
#endif
