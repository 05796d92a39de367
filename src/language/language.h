/* Language: what kind of word each token is, which word it hangs from, and which words are names.
**
** "The minister told reporters the port would reopen."
**  in:  sentences and tokens with forms (src/text)
**  out: told VERB VBD, lemma tell, root; minister nsubj of told; reopen ccomp of told; names with types and probabilities
**
** Universal Dependencies v2 (as in EWT and GUM): UPOS, XPOS, features, lemmas, basic dependencies with subtypes,
** non-projective ones too. Names: PER, ORG, LOC, GPE, MISC. All of it from one model file; nothing here knows English.
**
** Always: every token of a read record has a tag, a lemma and a head; the heads of a sentence are a tree with one root;
** names are in order and do not overlap. The same bytes for any number of threads. Cost: linear in the text; a sentence
** has at most 512 tokens (src/text). Tags and relations are views of the model, which must outlive the record.
*/
#ifndef LANGUAGE_H
#define LANGUAGE_H
#include "model/model.h"
#include "record/record.h"

typedef struct Language Language;
Language *language_open(const Model *m, Err *e);         /* checks the sections; the model must outlive it */
void language_close(Language *l);                        /* fine with NULL */
Str language_code(const Language *l);                    /* "en", the section "language": records of another language are left as they are */

/* Several documents: small ones are read faster together, and each gets what it would get alone. */
typedef struct { Arena *arena; Record *record; bool is_spent; } LanguageTask;    /* is_spent: set where the arena's budget was */
void language_read_all(const Language *l, LanguageTask *tasks, int32_t n);

/* Tokens get upos, xpos, feats, lemma, head, deprel; the record gets names. Nothing happens to a record without tokens.
** */
void language_read(Arena *a, const Language *l, Record *r);    /* any number of threads at once */
#endif
