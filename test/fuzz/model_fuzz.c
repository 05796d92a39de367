/* Any bytes as a model file: refused with a sentence, or every section lies within it. The bytes are tried as they are,
** and once more with a head that agrees with them, so that what lies behind the checksum is reached as well.
*/
#include "model/inside.h"
#include "fuzz.h"
#include <string.h>

static void use(Str bytes)
{
    Err e = {0};
    char *p = arena_take(&arena, bytes.n, 64);
    if (bytes.n) memcpy(p, bytes.p, (size_t)bytes.n);
    Model *m = model_of((Str){p, bytes.n}, S("fuzz.dm"), &e);
    if (!m) {
        must(e.code != ERR_NONE && strstr(e.text, "'fuzz.dm'"), "a refusal names the file");
        return;
    }
    static const char *const names[] = {"provenance", "a", "words", ""};
    for (int i = 0; i < 4; i++) {
        Str s = model_section(m, str_of(names[i]));
        must(s.n == 0 || (s.p > p && s.p + s.n <= p + bytes.n && (uintptr_t)s.p % 64 == 0), "a section lies in its file");
        ModelReader r = {.section = s};
        uint32_t n = model_u32(&r);
        Str text = model_text(&r), row = model_bytes(&r, n, 64);
        must(r.at <= s.n && text.n + row.n <= s.n, "a reader stays in its section");
        for (ptrdiff_t k = 0; k < row.n; k++) must(row.p[k] == p[row.p - p + k], "and can be read");
    }
    model_close(m);
}

static void use_sealed(Str bytes)
{
    Buf b = {.to = &arena};
    buf_add(&b, bytes);
    if (b.n < 64) return;
    model_seal(&b);
    use(buf_str(&b));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    Str bytes = {(const char *)data, (ptrdiff_t)n};
    use(bytes);
    use_sealed(bytes);
    return 0;
}
