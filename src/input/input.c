/* Input: from the caller's arguments to one item a document, in order.
**
** Each file is opened and handed to nest.c, which gives what is in it, item by item. Files are read piece by piece, so
** that an endless pipe of lines gives its documents as they come.
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

struct Inputs {
    Arena own;                                           /* the list of files */
    jmp_buf landing;
    InputFiles files;
    int32_t at;                                          /* the file that is open, or comes next */
    bool is_open;
    Nest nest;
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
    Inputs *in = calloc(1, sizeof *in);
    if (!in) {
        fail(e, ERR_MEMORY, "no memory for the list of inputs");
        return NULL;
    }
    in->own = (Arena){.budget = LIST_BUDGET, .landing = &in->landing};
    in->nest.stop = &in->stop;
    in->nest.inspects = how.inspects;
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
    nest_free(&in->nest);
    arena_close(&in->own);
    free(in);
}

int64_t input_bytes_total(const Inputs *in) { return in->total; }
int32_t input_files_done(const Inputs *in) { return in->at; }

int64_t input_bytes_done(const Inputs *in)
{
    if (!in->is_open) return in->done;
    int64_t size = in->files.v[in->at].size, consumed = nest_consumed(&in->nest);
    return in->done + (size >= 0 && consumed > size ? size : consumed);
}

/* ---- one file ----------------------------------------------------------------------------------------------- */
static void file_end(Inputs *in)
{
    const InputFile *f = &in->files.v[in->at];
    in->done += f->size >= 0 ? f->size : nest_consumed(&in->nest);
    nest_close(&in->nest);
    in->is_open = false;
    in->at++;
}

ItemState input_next(Inputs *in, Arena *a, Item *item, Err *e)
{
    *item = (Item){0};
    for (;;) {
        if (in->is_open) {
            ItemState state = nest_next(&in->nest, a, item, e);
            if (state != ITEM_END) return state;
            file_end(in);
        }
        if (in->at == in->files.n) return ITEM_END;
        const InputFile *f = &in->files.v[in->at];
        in->is_open = true;
        item->where = f->where;
        if (f->why) *e = *f->why;
        if (f->why || !nest_open(&in->nest, f, a, e)) {
            item_fail(e, item->where);
            return ITEM_FAILED;
        }
    }
}
