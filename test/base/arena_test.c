/* The arena: zeroed and aligned memory, the budget, the landing, what a reset keeps; slices, growing text, the map. */
#include "test.h"

static jmp_buf landing;
static Arena arena;                                       /* outside the frame of whoever lands */

static void fresh(ptrdiff_t budget)
{
    arena_close(&arena);
    arena = (Arena){.budget = budget, .landing = &landing};
}

/* Whether `what` lands instead of coming back. */
static bool lands(void (*what)(void))
{
    if (setjmp(landing)) return true;
    what();
    return false;
}

static bool is_zero(const char *p, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++)
        if (p[i]) return false;
    return true;
}

static void memory_is_zeroed_and_aligned(void)
{
    fresh(0);
    for (int round = 0; round < 3; round++) {
        for (ptrdiff_t size = 0; size < 300; size += 7)
            for (ptrdiff_t align = 1; align <= 64; align *= 2) {
                char *p = arena_take(&arena, size, align);
                if ((uintptr_t)p % (uintptr_t)align) check(!"aligned");
                if (!is_zero(p, size)) check(!"zeroed");
                memset(p, 0x5A, (size_t)size);
            }
        char *big = arena_take(&arena, 3 << 20, 16);
        check(is_zero(big, 3 << 20));
        memset(big, 0x5A, 3 << 20);
        arena_reset(&arena);
        check(arena.used == 0);
    }
}

static void take_kb(void) { arena_take(&arena, 1024, 8); }
static void take_kb_and_one(void) { arena_take(&arena, 1025, 1); }
static void take_minus(void) { arena_take(&arena, -1, 1); }
static void take_most(void) { arena_take(&arena, PTRDIFF_MAX, 16); }
static void take_overflow(void) { (void)arena_new(&arena, int64_t, PTRDIFF_MAX / 4); }
static void take_negative(void) { (void)arena_new(&arena, int64_t, -1); }
static void take_beyond_machine(void) { arena_take(&arena, PTRDIFF_MAX / 4, 16); }

static void budget_is_kept_to_the_byte(void)
{
    fresh(1024);
    check(!lands(take_kb));
    check(arena.used == 1024);
    arena_reset(&arena);
    check(lands(take_kb_and_one));
    check(arena.used == 0 && !lands(take_kb));
    fresh(PTRDIFF_MAX);
    check(lands(take_minus) && lands(take_most) && lands(take_overflow) && lands(take_negative));
    check(lands(take_beyond_machine));                    /* malloc says no */
    check(!lands(take_kb));                               /* and the arena is still good */
    fresh(0);
    check(!lands(take_kb));
}

static void failing_on_request(void)
{
    fresh(0);
    arena_fail_after = 3;
    check(!lands(take_kb) && !lands(take_kb) && lands(take_kb));
    check(arena_fail_after == -1 && !lands(take_kb));
}

static void giant_is_given_back(void)
{
    fresh((ptrdiff_t)1 << 30);
    int64_t start = arena.used;
    for (int i = 0; i < 100; i++) arena_take(&arena, 1 << 20, 16);
    check(arena.used - start == 100 << 20);
    arena_reset(&arena);
    ptrdiff_t kept = 0;
    for (struct { void *next; ptrdiff_t size; } *b = (void *)arena.first; b; b = b->next) kept += b->size;
    check(kept > 0 && kept <= 4 << 20);
}

static void copies_end_in_a_zero(void)
{
    fresh(0);
    Str s = arena_str(&arena, S("a\0b"));
    check_str(s, S("a\0b"));
    check(s.p[3] == 0);
    check_str(arena_str(&arena, (Str){0}), S(""));
    check(strcmp(arena_cstr(&arena, S("Ito")), "Ito") == 0);
    check_str(arena_printf(&arena, "%d %s", 7, "ports"), S("7 ports"));
    char wide[1000];
    memset(wide, 'x', sizeof wide - 1);
    wide[sizeof wide - 1] = 0;
    check_str(arena_printf(&arena, "%s", wide), str_of(wide));
    for (size_t n = 250; n < 260; n++) check(arena_printf(&arena, "%.*s", (int)n, wide).n == (ptrdiff_t)n);
}

static void slices_keep_what_was_pushed(void)
{
    fresh(0);
    Ints a = {0}, b = {0};
    for (int32_t i = 0; i < 20000; i++) {                 /* two at once: neither may grow over the other */
        int32_t *at = push(&arena, &a);
        if (*at) check(!"a new element is zeroed");
        *at = i;
        *push(&arena, &b) = -i;
    }
    bool same = true;
    for (int32_t i = 0; i < 20000; i++) same &= a.v[i] == i && b.v[i] == -i;
    check(same && a.n == 20000 && b.n == 20000);
    fresh(0);
    Ints alone = {0};
    for (int32_t i = 0; i < 1 << 16; i++) *push(&arena, &alone) = i;
    check(arena.used < (ptrdiff_t)sizeof(int32_t) << 18);  /* mostly grows in place */
}

static void text_grows(void)
{
    fresh(0);
    Buf b = {.to = &arena}, c = {.to = &arena};
    for (int i = 0; i < 10000; i++) {
        buf_printf(&b, "%d,", i % 10);
        buf_char(&c, (char)('0' + i % 10));
        buf_add(&c, S(","));
    }
    check_str(buf_str(&b), buf_str(&c));
    check(b.n == 20000 && b.p[b.n] == 0);
    buf_add(&b, (Str){0});
    buf_printf(&b, "%s", "");
    check(b.n == 20000);
    char wide[3000];
    memset(wide, 'y', sizeof wide - 1);
    wide[sizeof wide - 1] = 0;
    buf_printf(&b, "%s", wide);
    check(b.n == 22999 && b.p[22998] == 'y' && b.p[b.n] == 0);
}

static void map_finds(void)
{
    enum { N = 50000 };
    fresh(0);
    Map m = {.to = &arena};
    check(map_get(&m, S("none")) == -1);
    check(*map_at(&m, S("")) == -1);
    *map_at(&m, (Str){0}) = 42;
    check(map_get(&m, S("")) == 42 && m.n == 1);
    for (int i = 0; i < N; i++) {
        int32_t *at = map_at(&m, arena_printf(&arena, "actor %d", i));
        if (*at != -1) check(!"a new key starts at -1");
        *at = i;
    }
    bool found = true;
    char key[32];
    for (int i = 0; i < N; i++) {
        int n = snprintf(key, sizeof key, "actor %d", i);
        found &= map_get(&m, (Str){key, n}) == i;
    }
    check(found && m.n == N + 1);
    check(map_get(&m, S("actor 50000")) == -1 && map_get(&m, S("actor")) == -1);
}

/* Every allocation of a small work is made to fail in turn; nothing leaks, and afterwards the work is done. */
static void work(void)
{
    Buf b = {.to = &arena};
    Map m = {.to = &arena};
    Strs s = {0};
    for (int i = 0; i < 200; i++) {
        Str word = arena_printf(&arena, "w%d", i % 50);
        *push(&arena, &s) = word;
        ++*map_at(&m, word);
        buf_add(&b, word);
    }
}

static void every_failure_lands(void)
{
    fresh(0);
    int n = 1;
    for (;; n++) {
        arena_fail_after = n;
        bool failed = lands(work);
        arena_reset(&arena);
        if (!failed) break;
    }
    check(n > 100);
    arena_fail_after = -1;
    arena_close(&arena);
    arena_close(&arena);
}

/* Scratch beside the document: reset without touching it, landing with it, gone with it. */
static void aside_fills_up(void) { for (;;) arena_take(arena_aside(&arena), 1000, 1); }

static void aside_is_apart(void)
{
    fresh(1 << 20);
    Str kept = arena_str(&arena, S("kept"));
    ptrdiff_t used = arena.used;
    Arena *aside = arena_aside(&arena);
    for (int i = 0; i < 10000; i++) {
        memset(arena_take(aside, 1000, 8), 1, 1000);
        arena_reset(aside);
    }
    check(arena_aside(&arena) == aside && arena.used == used);
    check_str(kept, S("kept"));
    check(lands(aside_fills_up));
    check_str(kept, S("kept"));
    arena_aside_close(&arena);
    arena_aside_close(&arena);
    check(!arena.aside && arena_aside(&arena)->used == 0);
    arena_reset(&arena);
    check(!arena.aside);
    arena_aside(&arena);
    fresh(0);
}

int main(void)
{
    TEST_BEGIN
    memory_is_zeroed_and_aligned();
    budget_is_kept_to_the_byte();
    failing_on_request();
    giant_is_given_back();
    copies_end_in_a_zero();
    slices_keep_what_was_pushed();
    text_grows();
    map_finds();
    every_failure_lands();
    aside_is_apart();
    return test_end();
}
