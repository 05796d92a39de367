/* json.t: objects in, lines or refusals out. What comes out must go in again and come out the same. */
#include "base/io.h"
#include "record/record.h"
#include "test.h"

static Str written(const Record *r)
{
    Buf b = {.to = &test_arena};
    record_json(r, true, &b);
    return buf_str(&b);
}

/* The line that an object becomes, or "! " and why not. */
static Str outcome(Str json, bool with_parts)
{
    Err e = {0};
    Json *object;
    Record r;
    if (!json_read(&test_arena, json, &object, &e) || !record_of_json(&test_arena, object, with_parts, &r, &e))
        return arena_printf(&test_arena, "! %s", e.text);
    check(record_valid(&r, &e));
    return arena_printf(&test_arena, "-> %.*s", STR(written(&r)));
}

static Str next_line(Str *rest)
{
    Str line = {0};
    while (str_split(rest, '\n', &line))
        if (line.n > 0 && line.p[0] != '#') return line;
    return (Str){0};
}

static void test_cases(void)
{
    IoFile file;
    Err e = {0};
    if (!check(io_open(&file, "test/record/json.t", 1 << 20, &e))) return;
    Str rest = file.bytes;
    for (Str given = next_line(&rest); given.n > 0; given = next_line(&rest)) {
        bool with_parts = str_starts(given, S("parts "));
        Str expected = next_line(&rest), got = outcome(str_sub(given, with_parts ? 6 : 4, given.n), with_parts);
        check_str(got, expected);
        if (str_starts(got, S("-> "))) check_str(outcome(str_sub(got, 3, got.n), true), got);
        arena_reset(&test_arena);
    }
    io_close(&file);
}

/* Without tokens the line is the same but for them. */
static void test_tokens_left_out(void)
{
    Record r;
    record_blank(&r);
    r.text = S("ab");
    *push(&test_arena, &r.sentences) = (Span){0, 2};
    Token *token = push(&test_arena, &r.tokens);
    *token = (Token){.span = {0, 2}, .mwt = SPAN_NONE, .form = S("ab"), .head = -1};
    Buf b = {.to = &test_arena};
    record_json(&r, false, &b);
    check(str_find(buf_str(&b), S("tokens")) < 0);
    check(str_find(written(&r), S(",\"tokens\":[{\"span\":[0,2],\"form\":\"ab\",")) > 0);
    check(str_find(written(&r), S("\"head\":null")) > 0);
}

static void test_names(void)
{
    EventStatus status;
    check_str(event_status_name(STATUS_DEMANDED), S("demanded"));
    check_str(event_status_name(STATUS_UNKNOWN), S(""));
    check(event_status_of(S("denied"), &status) && status == STATUS_DENIED);
    check(!event_status_of(S("Denied"), &status));
    check_str(boilerplate_name(BOILERPLATE_PULL_QUOTE), S("pull-quote"));
}

int main(void)
{
    TEST_BEGIN
    test_cases();
    test_tokens_left_out();
    test_names();
    return test_end();
}
