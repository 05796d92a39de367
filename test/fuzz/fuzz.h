/* What the fuzz targets of the base share: one arena, a cap on the input, and a claim that must hold. */
#ifndef FUZZ_H
#define FUZZ_H
#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>

enum { INPUT_MAX = 1 << 16 };

static Arena arena = {.budget = 256 << 20};
static jmp_buf landing;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool holds, const char *claim)
{
    if (holds) return;
    fprintf(stderr, "not so: %s\n", claim);
    abort();
}
#endif
