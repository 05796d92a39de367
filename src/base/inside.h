/* What the files of the base share among themselves and show to nobody else. */
#ifndef BASE_INSIDE_H
#define BASE_INSIDE_H
#include "base/base.h"
#include <locale.h>
#include <stdarg.h>

/* The arena without the jump: for the few places that hold something of the operating system while they allocate.
** They let it go first and then call arena_land(). Memory from arena_try is not zeroed. */
void *arena_try(Arena *a, ptrdiff_t size, ptrdiff_t align);            /* NULL when the budget is spent */
_Noreturn void arena_land(Arena *a);
bool arena_stretch(Arena *a, void *p, ptrdiff_t old, ptrdiff_t size);  /* p was the last taken and now has `size` */

/* printf whose numbers look the same under every locale that a host program may have set. */
int text_vprintf(char *to, size_t n, const char *format, va_list with) __attribute__((format(printf, 3, 0)));
locale_t text_locale(void);                                            /* "C" */
ptrdiff_t text_tame(char *p, ptrdiff_t n);                             /* control characters become '?'; gives n */
uint64_t hash64_keyed(Str bytes, uint64_t key);                        /* another function for every key */
int str_cmp_void(const void *a, const void *b);                        /* for qsort over Str */

#endif
