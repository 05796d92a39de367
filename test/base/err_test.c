/* Errors are sentences that grow outward and never spill, in any locale. */
#include "base/json.h"
#include "test.h"
#include <locale.h>

static void sentences(void)
{
    Err e = {0};
    check(!fail(&e, ERR_LIMIT, "item is %d bytes, at most %d are read", 9, 4));
    check(e.code == ERR_LIMIT);
    check(!err_while(&e, "reading feed '%s' line %d", "un.xml", 12));
    check_str(str_of(e.text), S("reading feed 'un.xml' line 12: item is 9 bytes, at most 4 are read"));
    fail(&e, e.code, "again: %s", e.text);                /* the arguments may lie in e */
    check(str_starts(str_of(e.text), S("again: reading feed")) && e.code == ERR_LIMIT);
    check(!fail(NULL, ERR_IO, "nobody asked") && !err_while(NULL, "nobody"));
}

static void long_ones_are_cut_between_characters(void)
{
    Err e = {0};
    char wide[2000];
    for (size_t shift = 0; shift < 3; shift++) {
        memset(wide, 'x', shift);
        for (size_t i = shift; i + 2 < sizeof wide; i += 2) memcpy(wide + i, "\xC3\xA9", 3);
        fail(&e, ERR_INPUT, "%s", wide);
        check(strlen(e.text) < sizeof e.text && strlen(e.text) > sizeof e.text - 8);
        check(utf8_bad(str_of(e.text)) < 0 && str_ends(str_of(e.text), S("\xE2\x80\xA6")));
        err_while(&e, "%s", wide);
        check(utf8_bad(str_of(e.text)) < 0 && str_ends(str_of(e.text), S("\xE2\x80\xA6")));
        fail(&e, ERR_INPUT, "the reason");
        err_while(&e, "%s", wide);
        check(str_ends(str_of(e.text), S(": the reason")) && utf8_bad(str_of(e.text)) < 0);
    }
    for (int i = 0; i < 100; i++) err_while(&e, "step %d", i);
    check(strlen(e.text) < sizeof e.text && str_starts(str_of(e.text), S("step 99: step 98: ")));
}

static void terminals_are_safe(void)
{
    Err e = {0};
    fail(&e, ERR_IO, "cannot open '%s'", "a\x1b[2Jb\x7F\xC2\x9B" "31m\r\xC3\xA9");
    check_str(str_of(e.text), S("cannot open 'a?[2Jb???31m?\xC3\xA9'"));
}

/* A host program with a decimal comma. Where the machine has no such locale there is nothing to see, and we say so. */
static void locale_does_not_matter(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "it_IT.UTF-8", "pl_PL.UTF-8", "ru_RU.UTF-8"};
    bool has_comma = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !has_comma; i++)
        has_comma = setlocale(LC_ALL, names[i]) && *localeconv()->decimal_point == ',';
    if (!has_comma) printf("no locale with a decimal comma is installed: numbers were seen in the C locale only\n");
    Buf b = {.to = &test_arena};
    Json *v;
    check_str(arena_printf(&test_arena, "%.2f", 0.25), S("0.25"));
    json_put_number(&b, 1234.5678901234567);
    check_str(buf_str(&b), S("1234.5678901234567"));
    check(json_read(&test_arena, buf_str(&b), &v, NULL) && v->number == 1234.5678901234567);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    TEST_BEGIN
    sentences();
    long_ones_are_cut_between_characters();
    terminals_are_safe();
    locale_does_not_matter();
    return test_end();
}
