/* The small and dull runner: a check says what it expected and what it got; main ends with test_end(). */
#ifndef TEST_H
#define TEST_H
#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wclobbered"             /* after a landing a test only says so and ends */
#endif

static int test_passed, test_failed;
static jmp_buf test_landing;
static Arena test_arena;                                 /* reset as you like; lands in TEST_BEGIN */

#define TEST_BEGIN                                                            \
    test_arena.landing = &test_landing;                                       \
    if (setjmp(test_landing)) { printf("an arena ran out\n"); return 1; }

#define check(claim) check_at(__FILE__, __LINE__, #claim, (claim))
static inline bool check_at(const char *file, int line, const char *claim, bool holds)
{
    holds ? test_passed++ : test_failed++;
    if (!holds) printf("%s:%d: not so: %s\n", file, line, claim);
    return holds;
}
#define check_str(got, expected) check_str_at(__FILE__, __LINE__, (got), (expected))
static inline bool check_str_at(const char *file, int line, Str got, Str expected)
{
    bool holds = str_eq(got, expected);
    holds ? test_passed++ : test_failed++;
    if (!holds) printf("%s:%d: expected «%.*s», got «%.*s»\n", file, line, STR(expected), STR(got));
    return holds;
}
static inline int test_end(void)
{
    arena_close(&test_arena);
    printf("%d passed, %d failed\n", test_passed, test_failed);
    return test_failed != 0;
}
#endif
