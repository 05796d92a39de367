/* Parts of a document: what each claims, in one sentence, and the words it rests on.
**
**  in:  a record, 3f9a1c2e.s4
**  out: "Ito is quoted directly." content “The port will reopen,” [11, 33) · cue “told” · source “Minister Ito”
**
** The machine's claim and the reader's correction are both shown; neither hides the other.
*/
#ifndef PARTS_H
#define PARTS_H
#include "list.h"

typedef struct { Str id, field, value, was, reason, made, state; } Correction;
typedef struct { SLICE(Correction) rows; } Corrections;
bool corrections_read(Call *call, Str document_id,
                      Corrections *c); /* of the document and its parts, as they were made */
/* The reader's value in force of a part's field; else `otherwise`. `is_corrected` may be NULL. */
Str corrected(const Corrections *c, Str part_id, Str field, Str otherwise, bool *is_corrected);

typedef struct { const char *role; Span span; double p; } PartWords;      /* p: how sure a model is; NAN unknown */
typedef struct {
    const char *kind;                                    /* "statement" */
    Str id, claim, by;
    SLICE(PartWords) words;
    Span place;                                          /* around all of them */
} Part;
int32_t part_count(const Record *r, char letter);        /* -1 for a letter that names no kind */
bool part_of(Arena *a, const Record *r, const Corrections *c, Str document_id, char letter, int32_t index, Part *p,
             Err *e);
Str part_words(Arena *a, const Record *r, Spans spans);  /* discontinuous words, joined by … */
Str part_speaker(Arena *a, const Record *r, const Corrections *c, Str document_id,
                 int32_t statement); /* empty: not plain */

Str published_text(Arena *a, const Record *r, const Corrections *c, Str document_id);    /* "2031-01-02 (stated)" */
void part_json(Arena *a, const Record *r, const Part *p, Buf *out); /* members "id", "kind", "claim", "by", "words" */
void corrections_json(const Corrections *c, Str part_id, Buf *out);     /* an array; empty part_id: all */
#endif
