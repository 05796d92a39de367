/* Unpacking and what web archives ask of it (unpack.c). */
#ifndef INPUT_UNPACK_H
#define INPUT_UNPACK_H
#include "input/inside.h"

extern const Format format_archive, format_compressed;
int64_t gzip_offset(Level *gzip, int64_t unpacked);      /* where the member with this unpacked byte begins; rising order */
#endif
