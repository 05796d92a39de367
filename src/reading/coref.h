/* Coreference: what its files share, and what its trainer (train/coref) needs. Nobody else includes this.
**
** Phrases are what may speak of a thing: names, noun phrases, pronouns, in the order of their heads. A cluster is what one thing was called
** so far. One walk over the phrases gives each its cluster: names by their entity, the rest by a decision among the clusters last spoken of.
*/
#ifndef READING_COREF_H
#define READING_COREF_H
#include "model/model.h"
#include "reading/actors.h"
#include "reading/inside.h"

typedef enum { KIND_NAME, KIND_PROPER, KIND_DEFINITE, KIND_DEMONSTRATIVE, KIND_OWNED, KIND_INDEFINITE, KIND_BARE, KIND_JOINT, KIND_PRONOUN,
               KIND_COUNT } PhraseKind;
typedef enum { PRO_NONE, PRO_I, PRO_WE, PRO_YOU, PRO_HE, PRO_SHE, PRO_IT, PRO_THEY } Pronoun;
typedef enum { ROLE_SUBJECT, ROLE_OBJECT, ROLE_OBLIQUE, ROLE_OWNER, ROLE_OF, ROLE_PART, ROLE_APPOSITION, ROLE_JOINED, ROLE_CALLED, ROLE_PREDICATE,
               ROLE_OTHER, ROLE_COUNT } GramRole;
typedef enum { SORT_THING, SORT_PERSON, SORT_PEOPLE, SORT_GROUP, SORT_BODY, SORT_LAND, SORT_PLACE, SORT_TIME, SORT_WORK, SORT_OPEN, SORT_COUNT } Sort;
typedef enum { GENDER_OPEN, GENDER_HE, GENDER_SHE } Gender;

typedef struct {
    int32_t head, from, to;                    /* tokens; [from, to) is the whole phrase */
    int32_t entity;                            /* of the name that heads it, or NONE */
    Span name;                                 /* that name */
    PhraseKind kind;
    Pronoun pronoun;
    GramRole role;
    Sort sort;
    Gender gender;
    bool is_plural, is_reflexive, is_owner, has_clause, has_of, has_modifier, is_first, is_self;  /* first of its sentence; he who is asked */
    int32_t sent, paragraph, speech, verb;     /* speech: 0 the author's words, else 1 + speech; verb: token whose argument it is */
    int32_t joint;                             /* the phrase that joins this one with others, or NONE */
    int32_t cluster;
    int32_t apposed;                           /* the phrase that this one stands in apposition to, or NONE */
    double p;
} Phrase;
typedef SLICE(Phrase) Phrases;

/* Somebody's words: a quotation or a turn. */
typedef struct { int32_t speaker; int32_t self, selves; Span outer; bool is_turn; } Speech;  /* speaker: a phrase or NONE; clusters of I, of we */
typedef SLICE(Speech) Speeches;

enum { CLUSTER_HEADS = 8, CLUSTER_MODIFIERS = 16 };
typedef struct {
    int32_t into;                              /* itself, or the cluster that took it in */
    int32_t entity, n, n_names, all_names;     /* mentions so far; names so far; names in the whole text */
    int32_t first, last, last_name, last_subject;      /* phrases, or NONE */
    int32_t last_told;                         /* the last that stands in the author's words */
    Sort sort;
    Gender gender;
    bool is_plural, is_singular, is_talker;    /* is_talker: was I or you outside of quotations and turns */
    int8_t n_heads, n_modifiers;
    uint32_t heads[CLUSTER_HEADS], modifiers[CLUSTER_MODIFIERS];
    int32_t gold, gold_n;                      /* the trainer's */
} Cluster;
typedef SLICE(Cluster) Clusters;

/* Is the text itself said by somebody: most of I and you stand outside of quotations and turns; and do its paragraphs ask? */
typedef enum { TALK_NONE, TALK_ONE, TALK_DIALOGUE } Talk;

typedef struct {
    Arena *a;
    Record *r;
    const Words *w;
    const Actors *actors;                      /* NULL: none */
    int32_t *actor, day;                       /* of each entity; of the document */
    bool puts_phrases;                         /* the mention of a name is its whole phrase */
    Phrases phrases;
    Clusters clusters;
    Speeches speeches;
    int32_t *first_speech, *next_speech;       /* phrase → a speech that it speaks; speech → the next of the same phrase; or NONE */
    int32_t *phrase_at;                        /* token → phrase it heads, or NONE */
    int32_t *first_child, *next_child;         /* token → token */
    int32_t *head;                             /* token → token, or NONE */
    int32_t *low, *high;                       /* token → first and last token of its subtree */
    int32_t *paragraph_asks;                   /* does the paragraph end with a question mark? */
    int32_t n_paragraphs;
    int32_t most[2];                           /* clusters of the two most prominent persons, once they were named; NONE */
    Ints recent;                               /* clusters, the last spoken of first; at most RECENT */
    Talk talk;
    int32_t *prominence;                       /* entity → its place among the persons of the text by number of names; 99: none */
} Coref;

enum { ENTITIES_ASKED = 2000 };               /* a document that names more is a list */
void coref_know_actors(Coref *c);              /* coref_office.c */
Gender coref_called(const Coref *c, int32_t entity);
int32_t coref_country(const Coref *c, int32_t i);        /* an actor; of a phrase for a person; or NONE */
int32_t coref_holder(const Coref *c, int32_t i, int32_t country);          /* an entity of this document, or NONE */
bool coref_is_foreign(const Coref *c, int32_t entity, int32_t country);

enum { RECENT = 48, FEATURES = 96, WEIGHT_BITS = 15 };
typedef struct { int32_t cluster; int32_t n; uint16_t v[FEATURES]; } Option;   /* cluster NONE: somebody or something new */
typedef struct { Option v[RECENT + 4]; int32_t n; } Options;

/* Which option phrase i takes: an index of `o`; *p: how sure. */
typedef int32_t (*Decide)(void *with, const Coref *c, int32_t i, const Options *o, double *p);

void coref_phrases(Coref *c);                  /* coref_phrases.c */
uint32_t coref_word_key(Str s);                /* of a word in lower case */
void coref_speeches(Coref *c);                 /* coref_speech.c: speech of each phrase, speakers */
void coref_options(const Coref *c, int32_t i, int32_t country, Options *o);     /* coref_options.c */
bool coref_is_open(const Coref *c, int32_t i); /* something to be decided */
void coref_walk(Coref *c, Decide decide, void *with);          /* coref.c */
int32_t coref_root(const Coref *c, int32_t cluster);
Coref *coref_new(Arena *a, const Actors *actors, Record *r, const Words *w);
void coref_put(Coref *c);                      /* what was decided, into the record */
int32_t coref_by_weights(void *with, const Coref *c, int32_t i, const Options *o, double *p);  /* coref_weights.c */
#endif
