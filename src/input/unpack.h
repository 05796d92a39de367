/* Unpacking and what web archives ask of it (unpack.c). */
#ifndef INPUT_UNPACK_H
#define INPUT_UNPACK_H
#include "input/inside.h"

extern const Format format_archive, format_compressed, format_warc;
int64_t gzip_offset(Level *gzip, int64_t unpacked);  /* where the member with this unpacked byte begins; rising order */
/* n more bytes came out of l, `member` in all of its present member, which took `packed` bytes. False: it is a bomb. */
bool unpack_count(Level *l, ptrdiff_t n, int64_t member, int64_t packed, Err *e);
#endif
