/* Text that grows in an arena, by doubling; at the end of the arena it grows in place.
**
** Always: after the first addition p[n] is a zero, so that p can be handed to a C function; n does not count it.
** Cost: amortised constant a byte.
*/
#include "base/inside.h"
#include <assert.h>
#include <string.h>

/* Room for `more` bytes and the zero. */
static void buf_room(Buf *b, ptrdiff_t more)
{
    assert(b->to && "a Buf has an arena to grow in");
    if (more < 0 || more > PTRDIFF_MAX / 4 - b->n) arena_land(b->to);
    ptrdiff_t need = b->n + more + 1;
    if (need <= b->cap) return;
    ptrdiff_t cap = b->cap ? b->cap * 2 : 64;
    if (cap < need) cap = need;
    if (!arena_stretch(b->to, b->p, b->cap, cap)) {
        char *p = arena_raw(b->to, cap, 1);
        if (b->n > 0) memcpy(p, b->p, (size_t)b->n);
        b->p = p;
    }
    b->cap = cap;
}

void buf_add(Buf *b, Str s)
{
    buf_room(b, s.n);
    if (s.n > 0) memcpy(b->p + b->n, s.p, (size_t)s.n);
    b->n += s.n;
    b->p[b->n] = 0;
}

void buf_char(Buf *b, char c)
{
    if (b->n + 2 > b->cap) buf_room(b, 1);
    b->p[b->n++] = c;
    b->p[b->n] = 0;
}

void buf_printf(Buf *b, const char *format, ...)
{
    va_list with;
    buf_room(b, 64);
    va_start(with, format);
    int n = text_vprintf(b->p + b->n, (size_t)(b->cap - b->n), format, with);
    va_end(with);
    if (n >= b->cap - b->n) {
        buf_room(b, n);
        va_start(with, format);
        n = text_vprintf(b->p + b->n, (size_t)(b->cap - b->n), format, with);
        va_end(with);
    }
    if (n > 0) b->n += n;
    b->p[b->n] = 0;
}
