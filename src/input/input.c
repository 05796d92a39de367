/* Input: from the caller's arguments to one item a document, in order.
**
** A file is opened, its head is sniffed, and it is either one plain text (one item), or a file of many JSON documents
** (many.c cuts it), or refused with what to do instead. Files are read piece by piece, so that an endless pipe of
** lines gives its documents as they come.
**
**  in:  "seeds", "news.jsonl"
**  out: items seeds/a.txt, seeds/b.txt, news.jsonl:1, news.jsonl:2; a failure seeds/page.html; news.jsonl:3 …
**
** Always: each file, line and element is an item or a failure that names its place; the next call goes on behind it,
** also when the caller's arena landed in between (what is handed out is done with before it is copied).
*/
#include "input/inside.h"
#include <stdlib.h>
#include <string.h>

typedef enum { FILE_NONE, FILE_SPENT, FILE_MANY } FileState;   /* SPENT: the open file has nothing more to give */
struct Inputs {
    Arena own;                                           /* the list of files */
    jmp_buf landing;
    InputFiles files;
    int32_t at;                                          /* the file that is open, or comes next */
    FileState state;
    Reader reader;
    Many many;
    int64_t total, done;                                 /* bytes; done: of the files before */
    atomic_bool stop;
};

enum { LIST_BUDGET = 1 << 30 };       /* bytes for the list of files: some million of them */

/* ---- opening ------------------------------------------------------------------------------------------------ */
/* Holds nothing: what it fills in belongs to *in. */
static bool expand_all(Inputs *in, const char *const *paths, int n)
{
    if (setjmp(in->landing)) return false;
    for (int i = 0; i < n; i++) paths_expand(&in->own, paths[i], &in->files);
    return true;
}

Inputs *input_open(const char *const *paths, int n, InputOptions how, Err *e)
{
    (void)how;                                           /* as_is and records are the worker's matter, so far */
    Inputs *in = calloc(1, sizeof *in);
    if (!in) {
        fail(e, ERR_MEMORY, "no memory for the list of inputs");
        return NULL;
    }
    in->own = (Arena){.budget = LIST_BUDGET, .landing = &in->landing};
    if (!expand_all(in, paths, n)) {
        fail(e, ERR_MEMORY, "the list of inputs does not fit into memory; give fewer files at a time");
        input_close(in);
        return NULL;
    }
    for (int32_t i = 0; i < in->files.n && in->total >= 0; i++) {
        int64_t size = in->files.v[i].size;
        in->total = size < 0 ? -1 : in->total + size;
    }
    return in;
}

void input_stop(Inputs *in) { atomic_store(&in->stop, true); }

void input_close(Inputs *in)
{
    if (!in) return;
    reader_free(&in->reader);
    arena_close(&in->own);
    free(in);
}

int64_t input_bytes_total(const Inputs *in) { return in->total; }
int32_t input_files_done(const Inputs *in) { return in->at; }

int64_t input_bytes_done(const Inputs *in)
{
    if (in->state == FILE_NONE) return in->done;
    int64_t size = in->files.v[in->at].size, consumed = in->reader.consumed;
    return in->done + (size >= 0 && consumed > size ? size : consumed);
}

/* ---- one file ----------------------------------------------------------------------------------------------- */
static void file_end(Inputs *in)
{
    const InputFile *f = &in->files.v[in->at];
    in->done += f->size >= 0 ? f->size : in->reader.consumed;
    reader_close(&in->reader);
    in->state = FILE_NONE;
    in->at++;
}

static bool is_all_blank(Str s)
{
    ptrdiff_t i = 0;
    while (i < s.n && is_blank(s.p[i])) i++;
    return i == s.n;
}

/* The whole file in the window. It is refused by its size before it is read, where that is known. */
static bool read_whole(Inputs *in, const InputFile *f, const char *what, const char *remedy, Err *e)
{
    if (f->size <= INPUT_FILE_MAX && !reader_until(&in->reader, INPUT_FILE_MAX + 1, e)) return false;
    Str raw = reader_view(&in->reader);
    if (f->size <= INPUT_FILE_MAX && raw.n <= INPUT_FILE_MAX) return true;
    int64_t size = f->size > raw.n ? f->size : raw.n;
    return fail(e, ERR_LIMIT, "is %s of %lld bytes%s, at most %d of one document are read; %s", what, (long long)size,
                in->reader.at_end || f->size >= 0 ? "" : " and more", INPUT_FILE_MAX, remedy);
}

/* A text that begins like an array of JSON but not of objects, and is one to its end, is no article. */
static bool refuse_array(Arena *a, Str raw, Err *e)
{
    Str s = str_trim(charset_unmark(raw));
    Json *root;
    Err ignored = {0};
    if (!str_starts(s, S("[")) || !str_ends(s, S("]")) || !json_read(a, s, &root, &ignored)) return false;
    fail(e, ERR_INPUT, "is a JSON array, but not of objects; expected are objects with \"text\", one a line or in an "
         "array");
    return true;
}

static bool text_item(Inputs *in, const InputFile *f, Arena *a, Item *item, Err *e)
{
    if (!read_whole(in, f, "a plain text", "split it first: split -C 30m FILE", e)) return false;
    Str raw = reader_view(&in->reader);
    if (is_all_blank(charset_unmark(raw))) return fail(e, ERR_INPUT, "is empty; nothing to read");
    if (refuse_array(a, raw, e)) return false;
    item->where = arena_str(a, f->where);
    item->bytes = arena_str(a, raw);
    return true;
}

static bool begin_many(Inputs *in, const InputFile *f, bool is_array, Err *e)
{
    in->many = (Many){.from = &in->reader, .file = f->where};
    if (!many_begin(&in->many, is_array, e)) return false;
    in->state = FILE_MANY;
    return true;
}

/* UTF-16 and UTF-32: what they are is sniffed once they are decoded; a text keeps its own bytes. */
static bool wide_begin(Inputs *in, const InputFile *f, Arena *a, Item *item, Err *e)
{
    Str text, note;
    static const char remedy[] = "convert it first: iconv -f UTF-16 -t UTF-8 FILE | demarche add -";
    if (!read_whole(in, f, "UTF-16 or UTF-32", remedy, e)) return false;
    Str raw = reader_view(&in->reader);
    if (!charset_decode(a, raw, &text, &note, e)) return false;
    Sniffed what = sniff(text, e);
    if (what == SNIFF_REFUSED) return false;
    if (what == SNIFF_JSON || what == SNIFF_JSON_ARRAY)
        return reader_replace(&in->reader, text, e) && begin_many(in, f, what == SNIFF_JSON_ARRAY, e);
    if (is_all_blank(text)) return fail(e, ERR_INPUT, "is empty; nothing to read");
    item->where = arena_str(a, f->where);
    item->bytes = arena_str(a, raw);
    return true;
}

/* As much as is needed to tell what it is. JSON is told by its first bytes: on a slow pipe the first line need not wait
** until a whole head has come. */
static bool read_head(Inputs *in, Err *e)
{
    Err ignored;
    while (!in->reader.at_end && reader_view(&in->reader).n < SNIFF_BYTES) {
        if (sniff(reader_view(&in->reader), &ignored) == SNIFF_JSON) return true;
        if (!reader_more(&in->reader, e)) return false;
    }
    return true;
}

/* Afterwards the file is spent and *item holds its text, or it is FILE_MANY. */
static bool file_begin(Inputs *in, Arena *a, Item *item, Err *e)
{
    const InputFile *f = &in->files.v[in->at];
    in->state = FILE_SPENT;
    if (f->why) {
        *e = *f->why;
        return false;
    }
    if (!reader_open(&in->reader, f->path.p, &in->stop, e) || !read_head(in, e)) return false;
    switch (sniff(reader_view(&in->reader), e)) {
    case SNIFF_REFUSED: return false;
    case SNIFF_JSON: return begin_many(in, f, false, e);
    case SNIFF_JSON_ARRAY: return begin_many(in, f, true, e);
    case SNIFF_WIDE: return wide_begin(in, f, a, item, e);
    case SNIFF_TEXT: break;
    }
    return text_item(in, f, a, item, e);
}

ItemState input_next(Inputs *in, Arena *a, Item *item, Err *e)
{
    *item = (Item){0};
    for (;;) {
        if (in->state == FILE_SPENT) file_end(in);
        if (in->state == FILE_MANY) {
            ItemState state = many_next(&in->many, a, item, e);
            if (state != ITEM_END) return state;
            in->state = FILE_SPENT;
            continue;
        }
        if (in->at == in->files.n) return ITEM_END;
        item->where = in->files.v[in->at].where;
        if (!file_begin(in, a, item, e)) {
            in->state = FILE_SPENT;
            item_fail(e, item->where);
            return ITEM_FAILED;
        }
        if (in->state == FILE_SPENT) return ITEM_DOCUMENT;
    }
}
