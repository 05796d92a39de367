/* Input: from the caller's arguments to one Record a document, with its text and what came with it.
**
** Arguments are files, folders (walked in order of names, hidden entries left out), globs that the shell did not
** expand, and "-" for standard input. A file is one document (plain text, a page, a PDF …) or holds many (JSON Lines,
** archives, mails, feeds), within each other too; its content decides, not its name. formats.c is the list of what is
** read; what is not is told by name and refused with what to do instead.
**
** Always: every argument, file and line is either a document or a failure with file, place and remedy; nothing is
** dropped silently. Items come in the same order on every run.
*/
#ifndef INPUT_H
#define INPUT_H
#include "record/record.h"

typedef enum { ITEM_END, ITEM_DOCUMENT, ITEM_FAILED } ItemState;
/* What bytes are. CONTENT_ENTRY: one entry of a feed, as the reader of feeds hands it out. CONTENT_INSPECTED, only for
** input_open with `inspects`: a feed's or web archive's whole, its bytes the members of the JSON object that inspect
** prints. */
typedef enum { CONTENT_TEXT, CONTENT_JSON, CONTENT_JSON_ARRAY, CONTENT_WIDE, CONTENT_PAGE, CONTENT_FEED, CONTENT_ENTRY,
               CONTENT_PDF, CONTENT_OFFICE, CONTENT_MAIL, CONTENT_MBOX, CONTENT_WARC, CONTENT_COMPRESSED,
                   CONTENT_ARCHIVE,
               CONTENT_INSPECTED, CONTENT_UNKNOWN, CONTENT_COUNT } Content;
typedef struct {                                         /* what others say of the bytes; empty: nothing */
    Str id, uri, publisher, author, title, published, lang;
    Str headers;                                         /* "Name: value", one a line: HTTP's, a mail's, the caller's */
    PublishedHow published_how;
    bool is_sure;                                        /* stands before what the document says of itself */
    bool truncated;                                      /* the bytes break off before their end */
} Given;
typedef struct {
    Str where;                                           /* "seeds/a.txt", "news.jsonl:12", "a.zip: b.txt", "-" */
    Str bytes;                                           /* the document's own: a line, a file; in the caller's arena */
    Content kind;                                        /* of a document: text, JSON, page, entry, PDF, office */
    Given given;
} Item;
enum { INPUT_LINE_MAX = 32 << 20, INPUT_FILE_MAX = 32 << 20 };   /* bytes of one document: a bible is 4 MB */

typedef struct Inputs Inputs;
typedef struct {
    bool as_is, records;                                 /* keep every character; JSON Lines hold parts as given */
    bool inspects;                                       /* feeds and web archives say what is in them, instead */
} InputOptions;

Inputs *input_open(const char *const *paths, int n, InputOptions how, Err *e);   /* NULL only when memory is out */
/* ITEM_FAILED: e says what and where; go on. When `a` lands, that item is spent; call again for the next. */
ItemState input_next(Inputs *in, Arena *a, Item *item, Err *e);
int64_t input_bytes_total(const Inputs *in);             /* of what is known so far; -1 for standard input */
int64_t input_bytes_done(const Inputs *in);
int32_t input_files_done(const Inputs *in);
void input_stop(Inputs *in);                             /* from any thread: what waits fails (ERR_INTERRUPTED) */
void input_close(Inputs *in);

/* Worker's half: bytes to a Record (text, metadata, sha256, where, note, text_is_given); for records, all given parts.
** A failure's sentence begins with the place. */
bool input_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e);
bool item_fail(Err *e, Str where);                       /* puts the place before the sentence (its end, if long) */
#endif
