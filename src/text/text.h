/* Text: what of a document is the article, and where its sentences and words begin and end.
**
**  in:  "By [Ana Ruiz](#)\n\nThe port will\n\nreopen on Friday, officials said.\n\nOriginal url: …"
**  out: text with the link's target gone and the sentence mended; byline and address marked as boilerplate;
**       author, uri; paragraphs; one sentence; its tokens; lang "en"
**
** Always: nothing but what clean.c lists is changed, and only where text_is_given is false; furniture is marked,
** never cut; spans are in range and in order. Cost: linear in the text.
*/
#ifndef TEXT_H
#define TEXT_H
#include "record/record.h"

typedef struct { bool furniture_too; } TextOptions;      /* cut furniture as well (--format conllu) */

/* Mends the text (unless given); fills boilerplate, origin, truncated, paragraphs; and title, author, published, uri,
** publisher where they are unset and the text states them. Keeps `original` exactly where it changed the text. */
void text_clean(Arena *a, Record *r);
void text_language(Record *r);                           /* lang, where unset; "und" where it cannot be told; "en-GB" becomes "en" */
void text_sentences(Arena *a, Record *r, TextOptions how);               /* within the paragraphs: clean first */
/* Within the sentences: form, span, sent, mwt; head -1. A sentence of more than 512 tokens is cut into several. */
void text_tokens(Arena *a, Record *r);

/* The body: the text without boilerplate, paragraphs joined by a newline (FORMAT.md, inspect). */
Str text_body(Arena *to, const Record *r);
#endif
