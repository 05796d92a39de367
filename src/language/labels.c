/* Labels: the lists of names that a model brings (tags, relations), in the order of its classes.
**
** The bytes: how many, then each as a length and its text. The first is "", which stands for none. Always: a list that was
** read has at most as many names as its user has room for, and none is longer than 255 bytes.
*/
#include "language/inside.h"

enum { LABEL_BYTES = 255 };

bool labels_of(Arena *a, ModelReader *r, int32_t max, Labels *l, Err *e)
{
    uint32_t n = model_u32(r);
    if (r->is_short || n == 0 || n > (uint32_t)max)
        return fail(e, ERR_INPUT, "a list of names is damaged: it has %u of at most %d", n, max);
    *l = (Labels){arena_new(a, Str, n), (int32_t)n};
    for (uint32_t i = 0; i < n; i++) {
        l->name[i] = model_text(r);
        if (r->is_short || l->name[i].n > LABEL_BYTES || utf8_bad(l->name[i]) >= 0 || (i == 0) != (l->name[i].n == 0))
            return fail(e, ERR_INPUT, "a list of names is damaged at name %u of %u", i, n);
    }
    return true;
}

void labels_write(const Labels *l, Buf *out)
{
    model_put_u32(out, (uint32_t)l->n);
    for (int32_t i = 0; i < l->n; i++) model_put_text(out, l->name[i]);
}
