/* Static word vectors, one byte a number: EMB1, uint32 count, uint32 dimensions, a float32 scale for each dimension,
** then count × dimensions int8, all little-endian; the words stand in a second file, one a line, in the same order.
*/
#include "train/common/train.h"
#include <string.h>

enum { HEAD = 12, DIM_MAX = 4096 };

bool vectors_read(Arena *a, Str words, Str bytes, Vectors *out, Err *e)
{
    uint32_t n = 0, dim = 0;
    if (bytes.n >= HEAD) memcpy(&n, bytes.p + 4, 4), memcpy(&dim, bytes.p + 8, 4);
    if (!str_starts(bytes, S("EMB1")) || dim == 0 || dim > DIM_MAX || n > INT32_MAX / dim ||
        bytes.n != HEAD + (ptrdiff_t)dim * 4 + (ptrdiff_t)n * dim)
        return fail(e, ERR_INPUT, "the word vectors are no EMB1 file, or cut: %u words of %u numbers in %td bytes", n,
                    dim, bytes.n);
    float *scale = arena_new(a, float, dim);
    memcpy(scale, bytes.p + HEAD, (size_t)dim * sizeof *scale);
    *out = (Vectors){.n = (int32_t)n,
                     .dim = (int32_t)dim,
                     .scale = scale,
                     .value = (const int8_t *)bytes.p + HEAD + (ptrdiff_t)dim * 4};
    Str rest = words, word;
    while (str_split(&rest, '\n', &word))
        if (word.n || rest.p) *push(a, &out->words) = word;
    if (out->words.n != out->n) return fail(e, ERR_INPUT, "%d vectors, but %d words", out->n, out->words.n);
    return true;
}
