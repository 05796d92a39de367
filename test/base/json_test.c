/* JSON: the cases of json.t, bytes that no text file should hold, numbers there and back, depth, speed. */
#include "base/json.h"
#include "test.h"
#include <math.h>

static void dump(Buf *b, const Json *v)
{
    static const char *const words[] = {"null", "false", "true"};
    if (v->kind <= JSON_TRUE) buf_add(b, str_of(words[v->kind]));
    if (v->kind == JSON_NUMBER) json_put_number(b, v->number);
    if (v->kind == JSON_STRING) json_put_str(b, v->text);
    if (v->kind < JSON_ARRAY) return;
    int32_t n = 0;
    buf_char(b, v->kind == JSON_ARRAY ? '[' : '{');
    for (const Json *m = v->first; m; m = m->next, n++) {
        if (n) buf_char(b, ',');
        if (v->kind == JSON_OBJECT) json_put_str(b, m->key), buf_char(b, ':');
        dump(b, m);
    }
    buf_char(b, v->kind == JSON_ARRAY ? ']' : '}');
    if (n != v->n) check(!"n is the number of members");
}

static Str seen(Str text)                                 /* as json.t writes it */
{
    Err e = {0};
    Json *v;
    Buf b = {.to = &test_arena};
    if (json_read(&test_arena, text, &v, &e)) dump(&b, v);
    else buf_printf(&b, "! %s", e.text);
    return buf_str(&b);
}

static void cases(void)
{
    static char bytes[1 << 16];
    int n = 0;
    FILE *f = fopen("test/base/json.t", "rb");
    if (!check(f != NULL)) return;
    Str rest = {bytes, (ptrdiff_t)fread(bytes, 1, sizeof bytes, f)}, line;
    fclose(f);
    for (; str_split(&rest, '\n', &line); n++) {
        ptrdiff_t at = str_find(line, S(" => "));
        if (line.n == 0 || line.p[0] == '#') continue;
        if (!check(at >= 0)) continue;
        Str text = str_sub(line, 0, at), got = seen(text);
        check_str(got, str_trim(str_sub(line, at + 4, line.n)));
        if (got.p[0] != '!') check_str(seen(got), got);   /* what we write we read */
    }
    check(n > 80);
}

static void ill_bytes_are_mended(void)
{
    Json *v;
    check(json_read(&test_arena, S("{\"k\": [1, \"a\xFF" "b\"], \"well\": \"x\"}"), &v, NULL));
    check(v->is_mended && v->first->is_mended && !v->first->first->is_mended && !v->first->next->is_mended);
    check_str(v->first->first->next->text, S("a\xEF\xBF\xBD" "b"));
    check(json_read(&test_arena, S("{\"\xC3\": 1}"), &v, NULL) && v->is_mended && v->first->is_mended);
    check_str(v->first->key, S("\xEF\xBF\xBD"));
    check(json_read(&test_arena, S("\"\\n\xED\xA0\x80\\u00e9\""), &v, NULL) && v->is_mended);
    check_str(v->text, S("\n\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9"));
    check(json_read(&test_arena, S("\"\\ud800\""), &v, NULL) && v->is_mended);
    check(json_read(&test_arena, S("\"\xEF\xBF\xBD\""), &v, NULL) && !v->is_mended);
    check_str(seen(S("\"a\0b\"")),
              S("! JSON byte 2: expected \\u00XX for a control character within a string, found byte 0x00"));
    check_str(seen(S("[1,\0 2]")), S("! JSON byte 3: expected a value, found byte 0x00"));
    check_str(seen(S("\xFF")), S("! JSON byte 0: expected a value, found byte 0xFF"));
    check_str(seen(S("\xC2\xA0" "1")), S("! JSON byte 0: expected a value, found byte 0xC2"));   /* no-break space */
    check_str(seen((Str){0}), S("! JSON byte 0: expected a value, found the end"));
    Buf b = {.to = &test_arena};
    json_put_str(&b, S("a\xFF\x01\x7F\"\0\xE2\x82"));
    check_str(buf_str(&b), S("\"a\xEF\xBF\xBD\\u0001\x7F\\\"\\u0000\xEF\xBF\xBD\xEF\xBF\xBD\""));
}

static void plain_strings_are_views(void)
{
    Str text = S("[\"Minister Ito\", \"a\\nb\", \"\xC3\xA9t\xC3\xA9\"]");
    Json *v;
    check(json_read(&test_arena, text, &v, NULL));
    check(v->first->text.p == text.p + 2);
    check(v->first->next->next->text.p == text.p + 26);
    check(json_get(v, S("x")) == NULL && json_get(NULL, S("x")) == NULL && json_text(NULL, S("x")).p == NULL);
}

static void members(void)
{
    Json *v;
    check(json_read(&test_arena, S("{\"a\": \"first\", \"b\": null, \"a\": \"last\", \"c\": \"\", \"d\": 1}"),
                    &v, NULL));
    check_str(json_text(v, S("a")), S("last"));
    check(json_get(v, S("b"))->kind == JSON_NULL && json_text(v, S("b")).p == NULL);
    check(json_text(v, S("c")).p != NULL && json_text(v, S("c")).n == 0);
    check(json_text(v, S("d")).p == NULL && json_get(v, S("e")) == NULL);
    check_str(json_get(v, S("d"))->text, S("1"));
}

/* Random doubles of all sizes, and decimals of 1 to 17 digits against the C library. */
static void numbers_round_trip(void)
{
    Rng r = rng_seed(3);
    int wrong = 0;
    char text[64];
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = rng_next(&r);
        double x;
        memcpy(&x, &bits, 8);
        if (!isfinite(x)) continue;
        if (i % 3 == 0) x = (double)(int64_t)bits / 1000;
        Buf b = {.to = &test_arena};
        Json *v;
        json_put_number(&b, x);
        wrong += !json_read(&test_arena, buf_str(&b), &v, NULL) || memcmp(&v->number, &x, 8) != 0;
        snprintf(text, sizeof text, "%.*f", rng_below(&r, 14), (double)(int64_t)bits / 1e12);
        wrong += !json_read(&test_arena, str_of(text), &v, NULL) || v->number != strtod(text, NULL);
        snprintf(text, sizeof text, "%.15g", x);
        if (strtod(text, NULL) == x) wrong += b.n > (ptrdiff_t)strlen(text) && x != floor(x);  /* shortest */
        if (i % 1000 == 0) arena_reset(&test_arena);
    }
    check(wrong == 0);
    Buf b = {.to = &test_arena};
    json_put_int(&b, INT64_MIN), buf_char(&b, ' '), json_put_int(&b, INT64_MAX), buf_char(&b, ' '), json_put_int(&b, 0);
    json_put_number(&b, NAN), json_put_number(&b, INFINITY), json_put_number(&b, 0x1p53);
    json_put_number(&b, 0x1p53 - 1);
    check_str(buf_str(&b), S("-9223372036854775808 9223372036854775807 0nullnull90071992547409929007199254740991"));
}

static Str nested(int depth, char open, char close)
{
    Buf b = {.to = &test_arena};
    for (int i = 0; i < depth; i++) buf_char(&b, open);
    for (int i = 0; i < depth; i++) buf_char(&b, close);
    return buf_str(&b);
}

static void depth_is_capped(void)
{
    Err e;
    Json *v;
    check(json_read(&test_arena, nested(JSON_DEPTH_MAX, '[', ']'), &v, &e));
    check(!json_read(&test_arena, nested(JSON_DEPTH_MAX + 1, '[', ']'), &v, &e) && e.code == ERR_LIMIT);
    check_str(str_of(e.text), S("JSON byte 128: nested deeper than 128"));
    check(!json_read(&test_arena, nested(1000000, '[', ']'), &v, &e) && e.code == ERR_LIMIT);
    Buf b = {.to = &test_arena};
    for (int i = 0; i < 100000; i++) buf_add(&b, S("{\"a\":"));
    check(!json_read(&test_arena, buf_str(&b), &v, &e) && e.code == ERR_LIMIT);
}

/* Every beginning of a document is refused with a place within it, and never read beyond. */
static void every_beginning_is_refused(void)
{
    Str whole = S("{\"a\": [1.5e-3, \"x\\u00e9\\\"\\ud83d\\ude00\", true, false, null], \"b\": {\"c\": \"\xC3\xA9\"}}");
    int wrong = 0;
    for (ptrdiff_t n = 0; n < whole.n; n++) {
        char *copy = malloc((size_t)n + 1);               /* exactly so many bytes: AddressSanitizer sees one more */
        memcpy(copy, whole.p, (size_t)n);
        copy = realloc(copy, n ? (size_t)n : 1);
        Json *v;
        Err e = {0};
        int at = -1;
        wrong += json_read(&test_arena, (Str){copy, n}, &v, &e) || e.code != ERR_INPUT
                 || sscanf(e.text, "JSON byte %d:", &at) != 1 || at > n;
        free(copy);
    }
    check(wrong == 0);
    check(seen(whole).p[0] == '{');
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = (ptrdiff_t)1 << 30;
    cases();
    ill_bytes_are_mended();
    plain_strings_are_views();
    members();
    numbers_round_trip();
    depth_is_capped();
    every_beginning_is_refused();
    return test_end();
}
