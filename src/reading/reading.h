/* Reading: who, when, who said what. The first reading: honest about being the first.
**
** Times (TIMEX3); names by their capitals; direct quotations with the nearest speaker. Later stages replace these
** file by file; the order stands in engine.c.
**
** Always: every part has spans in the body, never in furniture, but for times in the lines at an article's head; a speaker that is not plain is -1.
*/
#ifndef READING_H
#define READING_H
#include "record/record.h"

struct Actors;                                           /* actors.h */

void reading_times(Arena *a, Record *r);                 /* expressions of time, as TIMEX3 with values */
void reading_published(Arena *a, Record *r);             /* undated: published_range from what it says, inferred */
void reading_names(Arena *a, Record *r);                 /* capitalised names as entities, their forms linked */
/* Pronouns and nouns that speak of an entity become its mentions. actors: may be NULL. puts_phrases: the mention of a name is its whole noun phrase, as in corpora of
** coreference; else the name is one, and the phrase around it another where the entity is spoken of elsewhere too. */
void reading_coref(Arena *a, const struct Actors *actors, Record *r, bool puts_phrases);
void reading_statements(Arena *a, Record *r);            /* who is said to have said what: all forms where there are trees */
void reading_quotes(Arena *a, Record *r);                /* without trees: quotations over paragraphs; cue and speaker where plain */
#endif
