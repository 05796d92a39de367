/* names.t: names, their types, and which mentions are one. */
#include "reading_case.h"

static void one(Str line, int number)
{
    Str text, expected, rest = line;
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    Record *r = case_read(&test_arena, text, (Str){0});
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->entities.n; i++) {
        const Entity *e = &r->entities.v[i];
        Str type = e->type == ENTITY_UNKNOWN ? S("?") : entity_type_name(e->type);
        buf_printf(&got, "%s%.*s %.*s %d", i ? "; " : "", STR(e->name), STR(type), (int)e->mentions.n);
        check(e->key.n == 0 && e->actor.n == 0);
        check_str(e->by, S("names/1"));
    }
    if (!check_str(r->entities.n ? buf_str(&got) : S("-"), expected)) printf("  names.t:%d\n", number);
}

int main(void)
{
    TEST_BEGIN
    case_each("test/reading/names.t", one);
    return test_end();
}
