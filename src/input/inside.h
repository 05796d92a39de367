/* What the files of input/ share: the reader of bytes, the sniff table, the cutter of JSON, the list of files. */
#ifndef INPUT_INSIDE_H
#define INPUT_INSIDE_H
#include "base/io.h"
#include "input/input.h"

/* ---- reader.c: a window over the bytes of one file --------------------------------------------------------- */
typedef struct {
    IoStream stream;
    bool is_open, at_end;                                /* at_end: all that is left stands in the window */
    char *p;                                             /* kept from file to file, freed by reader_free */
    ptrdiff_t begin, end, cap;
    int64_t consumed, lines;                             /* bytes and newlines that were dropped from this file */
} Reader;
bool reader_open(Reader *r, const char *path, const atomic_bool *stop, Err *e);
bool reader_more(Reader *r, Err *e);                     /* widens the window by some bytes, or sets at_end */
bool reader_until(Reader *r, ptrdiff_t n, Err *e);       /* widens it to n bytes, or to the end of the file */
static inline Str reader_view(const Reader *r) { return (Str){r->p ? r->p + r->begin : "", r->end - r->begin}; }
void reader_drop(Reader *r, ptrdiff_t n);                /* its first n bytes are done with */
bool reader_replace(Reader *r, Str bytes, Err *e);       /* the rest of the file is these (decoded) bytes */
void reader_finish(Reader *r);                           /* nothing more is wanted of this file */
void reader_close(Reader *r);
void reader_free(Reader *r);

/* ---- sniff.c: what kind of file begins like this ----------------------------------------------------------- */
typedef enum { SNIFF_TEXT, SNIFF_JSON, SNIFF_JSON_ARRAY, SNIFF_WIDE, SNIFF_REFUSED } Sniffed;
enum { SNIFF_BYTES = 4096 };                             /* enough for every magic number here; WHATWG looks at 1,445 */
Sniffed sniff(Str head, Err *e);                         /* e: why it is refused and what to do */

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
typedef struct { Str path, where; int64_t size; const Err *why; } InputFile;   /* size -1: unknown; why: it is a failure */
typedef SLICE(InputFile) InputFiles;
void paths_expand(Arena *a, const char *argument, InputFiles *files);

/* ---- names and places in messages -------------------------------------------------------------------------- */
Str place_shown(Arena *to, Str name);                    /* well-formed, without control characters */
static inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }    /* ASCII's white space */
#endif
