/* Memory is a place: an arena hands out zeroed bytes one after the other and takes them all back at once.
**
** A document of 3 kB is read in a few hundred kB of arena; then one arena_reset, and the next document finds the same
** blocks, warm in the cache. A document that would need more than its budget, or an allocator that has nothing left,
** ends the document: we jump to a->landing. So no code inside a stage asks whether there is memory.
**
**   first → [block 64 KiB] → [block 128 KiB] → [block 256 KiB] …   block: where the next bytes come from
**
** Always: `used` counts the bytes handed out (padding and blocks are not counted, so the count is the same on every
** machine), and never exceeds the budget. Blocks behind `block` are empty. The Arena itself must live outside the
** function that calls setjmp: an optimiser may keep a local one in registers, and the jump would lose its blocks.
** What stands aside of an arena is freed and not kept: of the ninety documents that are on their way at once only those in
** the hands of a worker need one.
** A reset keeps at most KEEP_MAX bytes of blocks, so one giant document does not hold its memory for the whole run.
** Under AddressSanitizer what is not handed out is poisoned: reading a document's words after its reset is reported.
*/
#include "base/inside.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#ifdef HAS_ASAN
#include <sanitizer/asan_interface.h>
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"   /* what is hidden need not hold anything */
#endif
enum { FENCE = 16 };                                      /* poisoned bytes behind each thing handed out */
#define HIDE(p, n) __asan_poison_memory_region((void *)(uintptr_t)(p), (size_t)(n))
#define SHOW(p, n) __asan_unpoison_memory_region((void *)(uintptr_t)(p), (size_t)(n))
#else
enum { FENCE = 0 };
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
#endif

enum {
    BLOCK_FIRST = 64 << 10,  /* a short document fits in one */
    BLOCK_LAST = 4 << 20,    /* blocks double up to here: at most this much of the last one is left unused */
    KEEP_MAX = 4 << 20,      /* bytes of blocks kept over a reset, for each worker */
    BUDGET_USUAL = 64 << 20, /* of an arena that was not given one */
};
static const ptrdiff_t TAKE_MAX = (ptrdiff_t)1 << 39;     /* more at once is a mistake; no machine is asked for it */

struct ArenaBlock {
    ArenaBlock *next;
    ptrdiff_t size, used;
    _Alignas(max_align_t) char bytes[];
};

_Thread_local int64_t arena_fail_after = -1;

_Noreturn void arena_land(Arena *a)
{
    assert(a->landing && "an arena that can be spent has a landing");
    longjmp(*a->landing, 1);
}

static void block_free(ArenaBlock *b)
{
    SHOW(b->bytes, b->size);
    free(b);
}

static void *block_take(ArenaBlock *b, ptrdiff_t size, ptrdiff_t align)
{
    ptrdiff_t pad = (ptrdiff_t)(-(uintptr_t)(b->bytes + b->used) & (uintptr_t)(align - 1));
    if (size > b->size - b->used - pad - FENCE) return NULL;
    char *p = b->bytes + b->used + pad;
    b->used += pad + size + FENCE;
    SHOW(p, size);
    return p;
}

/* A block behind the present one that holds `size`: the next kept one, or a new one put in its place. */
static ArenaBlock *block_next(Arena *a, ptrdiff_t size, ptrdiff_t align)
{
    ArenaBlock *next = a->block ? a->block->next : a->first;
    ptrdiff_t need = size + align + FENCE;
    if (!next || next->size < need) {
        ptrdiff_t room = !a->block ? BLOCK_FIRST : a->block->size < BLOCK_LAST / 2 ? a->block->size * 2 : BLOCK_LAST;
        if (room < need) room = need;
        ArenaBlock *b = malloc(sizeof *b + (size_t)room);
        if (!b) return NULL;
        *b = (ArenaBlock){.next = next, .size = room};
        HIDE(b->bytes, room);
        *(a->block ? &a->block->next : &a->first) = b;
        next = b;
    }
    return a->block = next;
}

static bool may_have(Arena *a, ptrdiff_t size)
{
    if (arena_fail_after >= 0 && arena_fail_after-- <= 1) {
        arena_fail_after = -1;
        return false;
    }
    ptrdiff_t budget = a->budget ? a->budget : BUDGET_USUAL;
    return size >= 0 && size <= budget - a->used;
}

void *arena_try(Arena *a, ptrdiff_t size, ptrdiff_t align)
{
    assert(align > 0 && (align & (align - 1)) == 0 && align <= 4096 && "an alignment is a small power of two");
    if (!may_have(a, size) || size > TAKE_MAX) return NULL;
    void *p = a->block ? block_take(a->block, size, align) : NULL;
    if (!p) {
        ArenaBlock *b = block_next(a, size, align);
        if (!b) return NULL;
        p = block_take(b, size, align);
    }
    a->used += size;
    return p;
}

void *arena_raw(Arena *a, ptrdiff_t size, ptrdiff_t align)
{
    void *p = arena_try(a, size, align);
    if (!p) arena_land(a);
    return p;
}

void *arena_take(Arena *a, ptrdiff_t size, ptrdiff_t align)
{
    return memset(arena_raw(a, size, align), 0, (size_t)size);
}

void *arena_take_n(Arena *a, ptrdiff_t size, ptrdiff_t n, ptrdiff_t align)
{
    ptrdiff_t all;
    if (n < 0 || __builtin_mul_overflow(size, n, &all)) arena_land(a);
    return arena_take(a, all, align);
}

/* Growing text and slices mostly grow at the end of the arena: then nothing is copied and nothing is left behind. */
bool arena_stretch(Arena *a, void *p, ptrdiff_t old, ptrdiff_t size)
{
    ArenaBlock *b = a->block;
    ptrdiff_t more = size - old;
    if (!p || !b || (char *)p + old + FENCE != b->bytes + b->used || more > b->size - b->used) return false;
    if (!may_have(a, more)) arena_land(a);
    b->used += more;
    a->used += more;
    SHOW((char *)p + old, more);
    return true;
}

Str arena_str(Arena *to, Str s)
{
    if (s.n == PTRDIFF_MAX) arena_land(to);
    char *p = arena_raw(to, s.n + 1, 1);
    if (s.n > 0) memcpy(p, s.p, (size_t)s.n);
    p[s.n] = 0;
    return (Str){p, s.n};
}

char *arena_cstr(Arena *to, Str s)
{
    return (char *)arena_str(to, s).p;
}

Str arena_printf(Arena *to, const char *format, ...)
{
    va_list with;
    char near[256];
    va_start(with, format);
    int n = text_vprintf(near, sizeof near, format, with);
    va_end(with);
    if (n < (int)sizeof near) return arena_str(to, (Str){near, n < 0 ? 0 : n});
    char *p = arena_raw(to, (ptrdiff_t)n + 1, 1);
    va_start(with, format);
    text_vprintf(p, (size_t)n + 1, format, with);
    va_end(with);
    return (Str){p, n};
}

Arena *arena_aside(Arena *a)
{
    if (!a->aside) a->aside = calloc(1, sizeof *a->aside);
    if (!a->aside) arena_land(a);
    a->aside->budget = a->budget;
    a->aside->landing = a->landing;
    return a->aside;
}

void arena_aside_close(Arena *a)
{
    if (a->aside) arena_close(a->aside);
    free(a->aside);
    a->aside = NULL;
}

void arena_reset(Arena *a)
{
    ptrdiff_t kept = 0;
    arena_aside_close(a);
    for (ArenaBlock **at = &a->first, *b; (b = *at);) {
        if (b->size > KEEP_MAX - kept) {
            *at = b->next;
            block_free(b);
            continue;
        }
        kept += b->size;
        b->used = 0;
        HIDE(b->bytes, b->size);
        at = &b->next;
    }
    a->block = a->first;
    a->used = 0;
}

void arena_close(Arena *a)
{
    arena_aside_close(a);
    for (ArenaBlock *b = a->first, *next; b; b = next) {
        next = b->next;
        block_free(b);
    }
    a->first = a->block = NULL;
    a->used = 0;
}

void slice_grow(Arena *a, void **v, int32_t *cap, int32_t n, ptrdiff_t size, ptrdiff_t align)
{
    if (n >= INT32_MAX / 2) arena_land(a);
    int32_t more = n < 4 ? 8 : n * 2;
    ptrdiff_t bytes, old = n * size;                      /* n elements exist, so n × size does not overflow */
    if (__builtin_mul_overflow((ptrdiff_t)more, size, &bytes)) arena_land(a);
    if (!arena_stretch(a, *v, old, bytes)) {
        char *p = arena_raw(a, bytes, align);
        if (old > 0) memcpy(p, *v, (size_t)old);
        *v = p;
    }
    memset((char *)*v + old, 0, (size_t)(bytes - old));
    *cap = more;
}
