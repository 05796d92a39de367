/* Linking, between its files: where a mention stands in the sentence, what stands next to it, what it stands for. */
#ifndef ACTOR_LINK_H
#define ACTOR_LINK_H
#include "reading/actor_inside.h"

typedef struct { int32_t actor; Str code; } Linked;
typedef struct {
    Arena *a;
    const Actors *t;
    Record *r;
    int32_t day;                               /* of publication; DAY_UNKNOWN */
    int32_t *first;                            /* sentence → its first token */
    bool has_trees;
    SLICE(Linked) linked;                      /* beside the record's entities */
} Link;

int32_t link_token(const Link *l, int32_t byte);         /* the first token that ends behind this byte; n where none */
int32_t link_head(const Link *l, int32_t token);         /* its head, or NONE */
Str link_form(const Link *l, int32_t token);             /* as it stands in the text; empty beyond either end */
bool link_is(const Link *l, int32_t token, const char *list);    /* "|a|b|", the form without case */
int32_t link_outer(const Link *l, Span mention, int32_t *from, int32_t *to);  /* the token whose head lies outside; NONE */

/* What stands right before or behind a name: "the former Velian foreign minister Anton Dosk", "Anton Dosk, Velia's …". */
typedef struct {
    Str office;                                /* its words; empty: none */
    Str role;                                  /* of a noun that is no office ("senator" → LEG); empty */
    int32_t land;                              /* an entry, or NONE */
    bool is_former, is_elect;
} TitleNear;
TitleNear title_near(const Link *l, Span mention);
int32_t title_land(const Link *l, Span mention);         /* the land that is named shortly before; NONE */

/* Does this mention of a seat of power act or is it acted upon (true), or is it the place (false)? */
bool metonym_acts(const Link *l, Span mention);
bool metonym_word(Str word, const char *kind);           /* a row of metonyms.tab */
/* Is it a part of a longer name that was not found as one ("The Strelsau Times")? */
bool metonym_is_part(const Link *l, Span mention);

/* The entry that an entity names, or NONE. *title: what the text says next to it. */
int32_t link_choose(const Link *l, const Entity *e, TitleNear *title);
/* "US Secretary of State Kaede Ito": where the name begins whose title stands before it, and the land's own name ("US"); 0: none. */
ptrdiff_t link_title_end(const Link *l, Str name, Str *land);
/* Where that is NONE: is_named says of each entry whether the document names it elsewhere. */
int32_t link_choose_again(const Link *l, const Entity *e, const bool *is_named);

/* Names in the text that no entity has and that can be nothing else; actor_missed.c. */
void link_missed(Link *l, const bool *is_named, void (*found)(Link *l, Span span, int32_t actor));
#endif
