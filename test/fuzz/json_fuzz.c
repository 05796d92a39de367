/* JSON from strangers: whatever is read can be written, and what was written is read as the same tree. */
#include "base/json.h"
#include "fuzz.h"

static void put(Buf *b, const Json *v)
{
    static const char *const words[] = {"null", "false", "true"};
    int32_t n = 0;
    if (v->kind <= JSON_TRUE) buf_add(b, str_of(words[v->kind]));
    if (v->kind == JSON_NUMBER) json_put_number(b, v->number);
    if (v->kind == JSON_STRING) must(utf8_bad(v->text) < 0, "a string is well-formed"), json_put_str(b, v->text);
    if (v->kind < JSON_ARRAY) return;
    buf_char(b, v->kind == JSON_ARRAY ? '[' : '{');
    for (const Json *m = v->first; m; m = m->next, n++) {
        if (n) buf_char(b, ',');
        if (v->kind == JSON_OBJECT) json_put_str(b, m->key), buf_char(b, ':');
        must(v->is_mended || !m->is_mended, "who holds a mended string is marked too");
        put(b, m);
    }
    buf_char(b, v->kind == JSON_ARRAY ? ']' : '}');
    must(n == v->n, "n counts the members");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    Json *v;
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    if (!json_read(&arena, (Str){(const char *)data, (ptrdiff_t)n}, &v, &e)) {
        must(e.code != ERR_NONE && e.text[0], "a refusal has its reason");
        return 0;
    }
    Buf once = {.to = &arena}, twice = {.to = &arena};
    put(&once, v);
    must(json_read(&arena, buf_str(&once), &v, &e) && !v->is_mended, "what we write we read");
    put(&twice, v);
    must(str_eq(buf_str(&once), buf_str(&twice)), "the second reading is the first");
    return 0;
}
