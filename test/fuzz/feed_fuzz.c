/* Any bytes as a feed, and as HTML: the first byte chooses the header that came with them.
**
** What must hold: no crash, an end, a tree that is valid JSON, every entry a valid record or a reason, no active tag
** left in what was sanitized, and sanitizing twice is sanitizing once.
*/
#include "input/feed_inside.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena arena;
static jmp_buf landing;
static Level level;

static void check_tree(const Feed *feed)
{
    Buf out = {.to = &arena};
    Json *root;
    Err e = {0};
    buf_char(&out, '{');
    feed_json(feed, &out);
    buf_char(&out, '}');
    if (!json_read(&arena, buf_str(&out), &root, &e) && e.code != ERR_LIMIT) {
        fprintf(stderr, "%s\n", e.text);
        abort();
    }
}

static void check_entries(Str bytes, const Given *given)
{
    Err e = {0};
    level.own.landing = level.scratch.landing = &landing;
    level.own.budget = level.scratch.budget = 1 << 30;
    arena_reset(&level.own);
    level.given = *given;
    level.size = -1;
    if (!reader_replace(&level.reader, bytes, &e)) abort();
    if (!format_feed.open(&level, &e)) { assert(e.code != ERR_NONE); return; }
    for (Member m = {0}; arena_reset(&level.scratch), format_feed.next(&level, &m, &e) == ITEM_DOCUMENT;
         m = (Member){0}) {
        Item item = {.where = S("fuzz"), .bytes = m.bytes, .kind = CONTENT_ENTRY, .given = m.given};
        Record r;
        if (!input_record(&arena, &item, (InputOptions){0}, &r, &e)) { assert(e.code != ERR_NONE); continue; }
        assert(r.text.n > 0 && utf8_bad(r.text) < 0);
        if (!record_valid(&r, &e)) {
            fprintf(stderr, "%s\n", e.text);
            abort();
        }
    }
}

static void check_html(Str html)
{
    Str once = sanitize_html(&arena, html, S("http://example.org/a/")), twice = sanitize_html(&arena, once, S(""));
    assert(utf8_bad(once) < 0);
    if (once.n > 16 << 10) return;                       /* longer tags are held to be active unseen */
    assert(!html_is_active(once) && !html_is_active(twice));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const headers[] = {
        "", "Content-Type: text/xml", "Content-Type: application/xml; charset=utf-16",
        "Content-Type: text/html; charset=windows-1251\nContent-Location: http://h.example/"};
    if (size < 1 || size > 32 << 10) return 0;
    arena.landing = &landing;
    arena.budget = 1 << 30;
    if (setjmp(landing)) abort();                        /* 32 KiB of input never need that much */
    arena_reset(&arena);
    Str bytes = {(const char *)data + 1, (ptrdiff_t)size - 1};
    Given given = {.headers = str_of(headers[data[0] & 3])};
    Feed feed;
    Err e = {0};
    feed_is(bytes);
    if (!feed_read(&arena, bytes, &given, &feed, &e)) assert(feed.is_bozo && e.code != ERR_NONE);
    check_tree(&feed);
    check_entries(bytes, &given);
    check_html(bytes);
    return 0;
}
