/* What the files of input/ share: the reader of bytes, the sniff table, the formats and their nesting, the cutter of
** JSON, the list of files. */
#ifndef INPUT_INSIDE_H
#define INPUT_INSIDE_H
#include "base/io.h"
#include "input/input.h"

/* ---- reader.c: a window over the bytes of one file, or of what lies in one ---------------------------------- */
typedef struct {                                /* where bytes come from that are no file's own: 0 the end, -1 failed */
    ptrdiff_t (*read)(void *with, char *to, ptrdiff_t n, Err *e);
    void *with;
} Pull;
typedef struct {
    IoStream stream;
    Pull pull;                                           /* read NULL: the stream */
    bool is_open, at_end;                                /* at_end: all that is left stands in the window */
    char *p;                                             /* kept from file to file, freed by reader_free */
    ptrdiff_t begin, end, cap;
    int64_t consumed, lines;                             /* bytes and newlines that were dropped from this file */
} Reader;
bool reader_open(Reader *r, const char *path, const atomic_bool *stop, Err *e);
void reader_open_pull(Reader *r, Pull pull);
bool reader_more(Reader *r, Err *e);                     /* widens the window by some bytes, or sets at_end */
bool reader_until(Reader *r, ptrdiff_t n, Err *e);       /* widens it to n bytes, or to the end of the file */
static inline Str reader_view(const Reader *r) { return (Str){r->p ? r->p + r->begin : "", r->end - r->begin}; }
void reader_drop(Reader *r, ptrdiff_t n);                /* its first n bytes are done with */
bool reader_replace(Reader *r, Str bytes, Err *e);       /* the rest of the file is these (decoded) bytes */
void reader_finish(Reader *r);                           /* nothing more is wanted of this file */
void reader_close(Reader *r);
void reader_free(Reader *r);

/* ---- sniff.c: what kind of file begins like this ----------------------------------------------------------- */
enum { SNIFF_BYTES = 4096 };                             /* enough for every magic number here; WHATWG looks at 1,445 */
Content sniff(Str head, Err *e);                         /* CONTENT_UNKNOWN: e says why it is not read and what to do */

/* ---- charset.c: bytes to UTF-8 ----------------------------------------------------------------------------- */
bool charset_is_wide(Str bytes);                         /* begins with the mark of UTF-16 or UTF-32 */
Str charset_unmark(Str bytes);                           /* without the mark of UTF-8 */
bool charset_decode(Arena *a, Str bytes, Str *text, Str *note, Err *e);

/* ---- cut.c: where a JSON value ends, found piece by piece -------------------------------------------------- */
typedef struct { int64_t depth; bool in_string, is_escaped; ptrdiff_t at; } Cut;    /* {0} to begin */
typedef enum { CUT_OBJECT, CUT_ELEMENT } CutKind;        /* ends after its last bracket; before a comma or a bracket */
/* True: the value is the window's first c->at bytes. Else widen the window and call again. */
bool cut_value(Cut *c, Str window, CutKind kind);
static inline bool cut_is_open(const Cut *c) { return c->depth > 0 || c->in_string; }

/* ---- many.c: a file of many JSON documents ------------------------------------------------------------------ */
typedef enum { MANY_LINES, MANY_VALUES, MANY_ARRAY } ManyKind;
typedef struct {
    Reader *from;
    Str file;
    ManyKind kind;
    int64_t element;                                     /* how many there were */
    bool is_after, is_over;                              /* a comma is due; nothing more is wanted */
} Many;
bool many_begin(Many *m, bool is_array, Err *e);         /* at the first bracket; tells lines from values */
ItemState many_next(Many *m, Arena *a, Item *item, Err *e);   /* ITEM_END at the end of the file */

/* ---- paths.c: arguments to a list of files ----------------------------------------------------------------- */
/* size -1: unknown; why: it is a failure */
typedef struct { Str path, where; int64_t size; const Err *why; } InputFile;
typedef SLICE(InputFile) InputFiles;
void paths_expand(Arena *a, const char *argument, InputFiles *files);

/* ---- formats.c: who reads what ------------------------------------------------------------------------------ */
/* A format is one document (record, in the workers: item->bytes to r->text and what is known of it), or holds others
** (open, next, close, in the one thread that makes items). */
typedef struct Level Level;
typedef struct {                                      /* one that a container hands out; lives in the level's scratch */
    Str name;                                            /* "news/a.html", "record at 1204": joins the place */
    Given given;
    Pull pull;                                           /* its bytes come from here … */
    Str bytes;                                           /* … or are these, where pull.read is NULL */
    Content kind;                                        /* CONTENT_UNKNOWN: they are sniffed */
    bool is_optional;                                    /* left out without a word where it is nothing that we read */
} Member;
typedef struct {
    bool (*record)(Arena *a, const Item *item, InputOptions how, Record *r, Err *e);
    bool (*open)(Level *l, Err *e);            /* the first bytes stand in l->reader; what it keeps hangs on l->state */
    /* ITEM_DOCUMENT: *m. The bytes of the last one may be left unread. */
    ItemState (*next)(Level *l, Member *m, Err *e);
    /* For inspect: the members of an object that says what is in it, in place of open's members; may be NULL. */
    bool (*inspect)(Level *l, Buf *json, Err *e);
    void (*close)(Level *l);                             /* frees l->state, which may be NULL; also after open failed */
} Format;
const Format *format_of(Content kind);                   /* NULL: it is not read */
bool text_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e);                 /* document.c */
bool json_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e);
bool page_item_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e);            /* page.c */

/* ---- nest.c: a file and what lies in it --------------------------------------------------------------------- */
struct Level {
    Reader reader;
    Arena own, scratch;                               /* own: while the level is open; scratch: until the next member */
    Str where;
    Given given;
    Content kind;
    const Format *format;
    int64_t size;                                        /* bytes of a file on a disk; -1 unknown */
    int64_t unpacked;                                    /* bytes that came out of it, so far */
    Many many;
    void *state;                                         /* the format's own */
    const char *path;                                    /* of a file on a disk; NULL elsewhere */
    Level *outer;                                        /* that it lies in; NULL for the file */
    int phase;
    bool is_optional, is_gzip;
    Err late;                                     /* a web archive's first bytes could be read, what follows them not */
};
enum { LEVELS_MAX = 10, ARCHIVES_MAX = 3 }; /* things in each other; archives (with what compresses them) among these */
typedef struct {
    Level level[LEVELS_MAX];
    int32_t n;                                           /* that are open */
    bool inspects;
    const atomic_bool *stop;
} Nest;
bool nest_open(Nest *n, const InputFile *file, Arena *a, Err *e);   /* a: for its landing */
ItemState nest_next(Nest *n, Arena *a, Item *item, Err *e);   /* ITEM_END: the file is done */
int64_t nest_consumed(const Nest *n);                    /* bytes of the file */
void nest_close(Nest *n);                                /* ready for another file */
void nest_free(Nest *n);
/* The whole of it in the window, or refused by its size: "is {what} of 40000000 bytes …; {remedy}". */
bool level_whole(Level *l, const char *what, const char *remedy, Err *e);
void level_inner_truncated(Level *l);                    /* a container's pull: the member being read breaks off */
Given given_copy(Arena *to, const Given *g);
Str given_header(const Given *g, Str name);              /* its value, trimmed; empty where it is missing */
void given_apply(Arena *a, const Given *g, Record *r);   /* into what the document left open, or before it (is_sure) */

/* ---- envelope.c: a JSON object around the bytes of a document ------------------------------------------------ */
bool envelope_is(Str object);                            /* may be one: a look at its bytes alone */
/* True with *m where it is one (no "text", but html, bytes or file); true with m->name.p NULL where it is none. */
bool envelope_open(Level *l, Str object, Member *m, Err *e);

/* ---- names and places in messages -------------------------------------------------------------------------- */
Str place_shown(Arena *to, Str name);                    /* well-formed, without control characters */
static inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }    /* ASCII's white space */
#endif
