/* demarche: reads what governments are reported to say and do, and keeps it in a ledger that can be checked.
**
** One law of ownership: what you opened you close, all else is a view into what you opened.
**   dm_engine_new … dm_engine_free     dm_read, dm_ledger_get … dm_record_free     dm_ledger_open … dm_ledger_close
** Bytes and names that you pass in are yours again when the call returns. Closing NULL is fine.
**
** A function that can fail returns false or NULL and says why in a sentence (dm_error, which may be NULL). Texts are
** UTF-8 with a length and no zero behind them; one of length 0 is unknown. Spans count Unicode code points. Names of
** kinds ("direct", "PER") are those of the published record format. One engine may read in many threads at once; a
** record and a ledger are for one thread at a time. No call prints, exits or changes the locale.
**
** Example:
**     #include <demarche.h>
**     #include <stdio.h>
**     #include <string.h>
**     int main(void)
**     {
**         const char *article = "“The port will reopen,” Minister Ito said on 3 June 2031.";
**         dm_error why;
**         dm_record *record = NULL;
**         dm_engine *engine = dm_engine_new(NULL, &why);
**         bool ok = engine && dm_read(engine, DM_TEXT, "port.txt", article, strlen(article), &record, &why);
**         for (int32_t i = 0; ok && i < dm_statements(record); i++) {
**             dm_statement said = dm_statement_at(record, i);
**             dm_str words = dm_words(record, said.content.v[0]);
**             printf("%.*s: %.*s\n", (int)said.speaker_name.n, said.speaker_name.p, (int)words.n, words.p);
**         }
**         if (!ok) fprintf(stderr, "%s\n", why.text);
**         dm_record_free(record);
**         dm_engine_free(engine);
**         return !ok;
**     }
** Prints:
**     Ito: The port will reopen
*/
#ifndef DEMARCHE_H
#define DEMARCHE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#define DM_API __attribute__((visibility("default")))

/* ---- views, errors -------------------------------------------------------------------------------------- */
typedef struct { const char *p; size_t n; } dm_str;
typedef struct { int32_t begin, end; } dm_span;              /* [begin, end), code points of the text; {-1,-1}: none */
typedef struct { const dm_span *v; int32_t n; } dm_spans;
typedef enum {
    DM_OK, DM_USAGE, DM_INPUT, DM_LIMIT, DM_MEMORY, DM_IO, DM_LEDGER, DM_BUSY, DM_NOTFOUND, DM_INTERRUPTED
} dm_code;
typedef struct { dm_code code; char text[512]; } dm_error;   /* a sentence: what, where, and what to do */

DM_API const char *dm_version(void);                         /* "0.1.0" */

/* ---- reading -------------------------------------------------------------------------------------------- */
typedef struct dm_engine dm_engine;
typedef struct dm_record dm_record;
typedef struct {
    size_t size;                                             /* sizeof(dm_options); all else may be zero */
    size_t memory;                                           /* bytes one document may use; 0: 512 MiB */
    bool as_is;                                              /* keep every character of a plain text */
    const char *const *actors;                               /* files of actors laid over the shipped table, n_actors of them */
    size_t n_actors;
} dm_options;

DM_API dm_engine *dm_engine_new(const dm_options *how, dm_error *why);      /* how may be NULL */
DM_API void dm_engine_free(dm_engine *engine);

typedef enum {
    DM_TEXT,                                                 /* plain text, with whatever furniture was pasted along */
    DM_JSON,                                                 /* an object: "text", and what is known of id, uri … */
    DM_RECORD                                                /* an object of the record format, parts as given */
} dm_form;
/* name stands in messages; it may be NULL. */
DM_API bool dm_read(dm_engine *engine, dm_form form, const char *name, const char *bytes, size_t n, dm_record **record,
                    dm_error *why);
DM_API void dm_record_free(dm_record *record);

/* ---- a record ------------------------------------------------------------------------------------------- */
typedef struct {
    dm_str id, uri, publisher, author, title, lang;
    dm_str published, published_how, published_earliest, published_latest;   /* ISO dates; how: "stated" … */
    dm_str text, sha256, note;                               /* note: what had to be mended to read it */
    bool is_truncated;
} dm_document;
DM_API dm_document dm_document_of(const dm_record *record);
DM_API dm_str dm_words(const dm_record *record, dm_span span);              /* what a claim rests on */
DM_API dm_spans dm_sentences(const dm_record *record);

typedef struct {
    dm_spans source, cue, content;                           /* in the order of the text; each may be empty */
    int32_t speaker, addressee, medium, inside;              /* entities; the statement that holds this one; -1: none */
    dm_str speaker_name, form, kind, sourcing, time, by;     /* kind: its "class"; by: the rule that says so */
} dm_statement;
typedef struct { dm_span span; dm_str type, value, mod, by; bool is_doubtful; } dm_time;
typedef struct {
    dm_str name, type, key, actor, by;
    dm_spans mentions;
    const double *p;                                         /* one a mention: how sure the model is of it; NAN: no model said */
} dm_entity;

/* Counted lists. An index out of range gives a blank: empty texts, -1, no spans. */
DM_API int32_t dm_statements(const dm_record *record);
DM_API dm_statement dm_statement_at(const dm_record *record, int32_t i);
DM_API int32_t dm_times(const dm_record *record);
DM_API dm_time dm_time_at(const dm_record *record, int32_t i);
DM_API int32_t dm_entities(const dm_record *record);
DM_API dm_entity dm_entity_at(const dm_record *record, int32_t i);

enum { DM_WITH_TOKENS = 1 };
/* The whole record as one line of JSON, without its end; empty where it failed. */
DM_API dm_str dm_record_json(dm_record *record, unsigned flags, dm_error *why);

/* ---- the ledger ----------------------------------------------------------------------------------------- */
typedef struct dm_ledger dm_ledger;
typedef enum { DM_READ_ONLY, DM_READ_WRITE } dm_mode;        /* writing makes the file where it is missing */
DM_API dm_ledger *dm_ledger_open(const char *path, dm_mode mode, dm_error *why);
DM_API void dm_ledger_close(dm_ledger *ledger);

/* All of the records or none; one whose hash is there already is left as it was. n_new may be NULL. */
DM_API bool dm_ledger_put(dm_ledger *ledger, dm_record *const *records, size_t n, size_t *n_new, dm_error *why);
/* By the first digits of its hash, its own id or its address. */
DM_API bool dm_ledger_get(dm_ledger *ledger, const char *id, dm_record **record, dm_error *why);

typedef struct {
    size_t size;                                             /* sizeof(dm_query) */
    const char *words, *actor, *publisher, *since, *until, *lang;    /* words are needed; of the others NULL is any */
    int64_t limit;                                           /* 0: all */
} dm_query;
typedef struct { dm_str id, published, publisher, title, words; } dm_hit;   /* words: the sentence that fits best */
typedef bool (*dm_hit_taker)(void *with, const dm_hit *hit);         /* false: enough. A hit lives until it returns */
DM_API bool dm_ledger_search(dm_ledger *ledger, const dm_query *query, dm_hit_taker take, void *with, dm_error *why);

typedef void (*dm_finding_taker)(void *with, dm_str sentence);
/* Recomputes every hash and checks every span; true: it ran, and n_bad counts what does not hold. found may be NULL. */
DM_API bool dm_ledger_verify(dm_ledger *ledger, dm_finding_taker found, void *with, int64_t *n_documents,
                             int64_t *n_bad, dm_error *why);
#ifdef __cplusplus
}
#endif
#endif
