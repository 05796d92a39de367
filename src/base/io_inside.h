/* Shared by the io_*.c files only. */
#ifndef BASE_IO_INSIDE_H
#define BASE_IO_INSIDE_H
#include "base/base.h"

const char *io_reason(int code);                         /* what errno means and what to do about it, in plain words */
bool io_put_all(int fd, Str bytes);                      /* write(2) until all is written; false with errno set */
#endif
