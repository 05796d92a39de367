/* Reader: a window that slides over the bytes of one file.
**
** The callers look at the window, ask for more, and drop what they have used. So a stream of lines may be endless, a
** line may be as long as the caller allows, and each byte is read once.
**
**  file:    ............................
**  window:        [begin……end)             what was read and not yet dropped
**
** Always: begin ≤ end ≤ cap; the window of a file that is not open is empty. Cost: a byte is moved at most once for
** each doubling of the window. The limits are the callers'.
*/
#include "input/inside.h"
#include <stdlib.h>
#include <string.h>

enum { READ_MIN = 64 << 10 };         /* one read(2); a pipe holds as much */

bool reader_open(Reader *r, const char *path, const atomic_bool *stop, Err *e)
{
    reader_close(r);
    r->is_open = io_stream_open(&r->stream, path, stop, e);
    return r->is_open;
}

void reader_open_pull(Reader *r, Pull pull)
{
    reader_close(r);
    r->pull = pull;
    r->is_open = true;
}

/* Free room of at least n bytes behind the window. */
static bool reader_room(Reader *r, ptrdiff_t n, Err *e)
{
    if (r->cap - r->end >= n) return true;
    if (r->begin > 0 && r->begin >= r->end - r->begin) {  /* as much to gain as to move: linear on the whole */
        memmove(r->p, r->p + r->begin, (size_t)(r->end - r->begin));
        r->end -= r->begin;
        r->begin = 0;
        if (r->cap - r->end >= n) return true;
    }
    ptrdiff_t cap = r->cap ? r->cap : READ_MIN;
    while (cap - r->end < n) cap *= 2;
    char *p = realloc(r->p, (size_t)cap);
    if (!p) return fail(e, ERR_MEMORY, "cannot be read: no memory for a window of %td bytes", cap);
    r->p = p;
    r->cap = cap;
    return true;
}

bool reader_more(Reader *r, Err *e)
{
    if (r->at_end || !r->is_open) {
        r->at_end = true;
        return true;
    }
    if (!reader_room(r, READ_MIN, e)) return false;
    char *to = r->p + r->end;
    ptrdiff_t room = r->cap - r->end;
    ptrdiff_t got = r->pull.read ? r->pull.read(r->pull.with, to, room, e) : io_stream_read(&r->stream, to, room, e);
    if (got < 0) return false;
    r->at_end = got == 0;
    r->end += got;
    return true;
}

bool reader_until(Reader *r, ptrdiff_t n, Err *e)
{
    while (r->end - r->begin < n && !r->at_end)
        if (!reader_more(r, e)) return false;
    return true;
}

void reader_drop(Reader *r, ptrdiff_t n)
{
    const char *p = r->p + r->begin, *end = p + n;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) r->lines++, p++;
    r->begin += n;
    r->consumed += n;
    if (r->begin == r->end) r->begin = r->end = 0;
}

bool reader_replace(Reader *r, Str bytes, Err *e)
{
    r->begin = r->end = 0;
    r->at_end = true;
    if (!reader_room(r, bytes.n, e)) return false;
    if (bytes.n) memcpy(r->p, bytes.p, (size_t)bytes.n);
    r->end = bytes.n;
    return true;
}

void reader_finish(Reader *r)
{
    r->consumed += r->end - r->begin;
    r->begin = r->end = 0;
    r->at_end = true;
}

void reader_close(Reader *r)
{
    if (r->is_open && !r->pull.read) io_stream_close(&r->stream);
    *r = (Reader){.p = r->p, .cap = r->cap};
}

void reader_free(Reader *r)
{
    reader_close(r);
    free(r->p);
    *r = (Reader){0};
}
