/* Web archives: pages as they came over the wire, in the forms that crawlers write, whole and broken. */
#include "items.h"
#include <zlib.h>

static Buf out;

static void warc(const char *type, const char *uri, const char *media, const char *http, Str payload)
{
    Buf block = {.to = &test_arena};
    buf_add(&block, str_of(http));
    buf_add(&block, payload);
    buf_printf(&out, "WARC/1.0\r\nWARC-Type: %s\r\n", type);
    if (uri) buf_printf(&out, "WARC-Target-URI: %s\r\n", uri);
    buf_printf(&out, "WARC-Date: 2031-03-18T09:30:00Z\r\nContent-Type: %s\r\nContent-Length: %td\r\n\r\n", media, block.n);
    buf_add(&out, buf_str(&block));
    buf_add(&out, S("\r\n\r\n"));
}

#define HTTP "application/http; msgtype=response"
#define OK_TEXT "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"

static Str finish(void)
{
    Str s = buf_str(&out);
    out = (Buf){.to = &test_arena};
    return s;
}

static Str deflated(Str bytes, int window)
{
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) != Z_OK) exit(1);
    ptrdiff_t room = bytes.n + 100;
    char *to = arena_new(&test_arena, char, room);
    z.next_in = (Bytef *)(uintptr_t)bytes.p;
    z.avail_in = (uInt)bytes.n;
    z.next_out = (Bytef *)to;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) exit(1);
    deflateEnd(&z);
    return (Str){to, (ptrdiff_t)z.total_out};
}

static Str index_of(Str bytes)
{
    items_put("a", bytes);
    return items_of_file("a", (InputOptions){.inspects = true});
}

static Str sha(Str bytes)
{
    char hex[65];
    hash_sha256(bytes, hex);
    return arena_str(&test_arena, str_of(hex));
}

/* ---- documents --------------------------------------------------------------------------------------------------- */
static void test_documents(void)
{
    Str report = S("The port of Velm reopened.");
    warc("warcinfo", NULL, "application/warc-fields", "", S("software: a test\r\n"));
    warc("request", "http://velm.example/", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", S(""));
    warc("response", "http://velm.example/1", HTTP, OK_TEXT "\r\n", report);
    warc("response", "<http://velm.example/2>", HTTP, OK_TEXT "Transfer-Encoding: chunked\r\n\r\n",
         S("e;why=so\r\nThe port of Ve\r\n0c\r\nlm reopened.\r\n0\r\n\r\n"));
    warc("response", "http://velm.example/3", HTTP, OK_TEXT "Content-Encoding: gzip\r\n\r\n", deflated(report, 31));
    warc("response", "http://velm.example/4", HTTP, OK_TEXT "Content-Encoding: deflate\r\n\r\n", deflated(report, 15));
    warc("response", "http://velm.example/5", HTTP, OK_TEXT "Content-Encoding: deflate\r\n\r\n", deflated(report, -15));
    warc("response", "http://velm.example/6", HTTP, OK_TEXT "Content-Encoding: br\r\n\r\n",
         S("\x8b\x0c\x80The port of Velm reopened.\x03"));
    warc("resource", "http://velm.example/7", "text/plain", "", report);
    warc("conversion", "http://velm.example/8", "text/plain", "", report);
    warc("response", "http://velm.example/9", HTTP, "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n", report);
    warc("response", "http://velm.example/robots.txt", HTTP, OK_TEXT "\r\n", S("User-agent: *"));
    warc("response", "http://velm.example/a.png", HTTP, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", S("\x89PNG\r\n"));
    warc("response", "http://velm.example/a.js", HTTP, OK_TEXT "\r\n", S("\x7F" "ELF"));
    warc("revisit", "http://velm.example/1", HTTP, OK_TEXT "\r\n", S(""));
    Str got = items_of(finish());
    for (int i = 1; i <= 8; i++) {
        Str line = arena_printf(&test_arena, " uri=http://velm.example/%d: The port of Velm reopened.\n", i);
        if (!check(str_find(got, line) > 0)) printf("    %d in %.*s\n", i, STR(got));
    }
    int lines = 0;
    for (ptrdiff_t i = 0; i < got.n; i++) lines += got.p[i] == '\n';
    check(lines == 8);                                   /* nothing else, and no date of capture as date of publication */
    check(str_find(got, S("published")) < 0);
}

/* Headers that lie: said to be chunked or compressed, and not. */
static void test_lies(void)
{
    warc("response", "http://velm.example/1", HTTP, OK_TEXT "Transfer-Encoding: chunked\r\n\r\n", S("The port reopened."));
    warc("response", "http://velm.example/2", HTTP, OK_TEXT "Content-Encoding: gzip\r\n\r\n", S("The strait reopened."));
    warc("response", "http://velm.example/3", HTTP, OK_TEXT "Content-Encoding: br\r\n\r\n", S("The islands answered."));
    warc("response", "http://velm.example/4", HTTP, OK_TEXT "Transfer-Encoding: chunked\r\n\r\n", S("40\r\nThe talks"));
    warc("response", "http://velm.example/5", HTTP, OK_TEXT "Content-Encoding: gzip\r\n\r\n",
         str_sub(deflated(S("The talks went on in Tessary, and on, and on, and on."), 31), 0, 45));
    check_items(finish(), "a: record at 0 uri=http://velm.example/1: The port reopened.\n"
                          "a: record at 287 uri=http://velm.example/2: The strait reopened.\n"
                          "a: record at 572 uri=http://velm.example/3: The islands answered.\n"
                          "a: record at 856 uri=http://velm.example/4 truncated: The talks\n"
                          "a: record at 1138 uri=http://velm.example/5 truncated: The talks went on in Tessary, and\n");
}

/* ---- broken archives ----------------------------------------------------------------------------------------------- */
static void test_broken(void)
{
    warc("resource", "u:1", "text/plain", "", S("The first."));
    buf_add(&out, S("rubbish\r\nmore rubbish\r\n"));
    warc("resource", "u:2", "text/plain", "", S("The second."));
    buf_add(&out, S("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: many\r\n\r\nThe third."));
    buf_add(&out, S("\r\n\r\n"));
    warc("resource", "u:4", "text/plain", "", S("The fourth."));
    buf_add(&out, S("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: u:5\r\nContent-Type: text/plain\r\n"
                    "Content-Length: 900\r\n\r\nThe fifth"));
    Str bytes = finish();
    check_items(bytes, "a: record at 0 uri=u:1: The first.\n"
        "! a: the record at byte 148 is left out: it does not begin with WARC/; the length of the one before may be wrong\n"
        "a: record at 171 uri=u:2: The second.\n"
        "! a: the record at byte 320 is left out: its record has no length that is a number ('many')\n"
        "a: record at 389 uri=u:4: The fourth.\n"
        "a: record at 538 uri=u:5 truncated: The fifth\n"
        "! a: the record at byte 538 is cut off: the archive ends inside it; fetch it again\n");
    check(str_find(index_of(bytes), S("{\"offset\": 538, \"type\": \"resource\", \"uri\": \"u:5\", \"status\": null, \"length\": 900, "))
          > 0);
    check(str_find(index_of(bytes), S("\"truncated\": true}], \"broken\": [{\"offset\": 148, \"why\": ")) > 0);
    check_items(S("WARC/1.0\r\nContent-Length: 99999999999999999999999\r\n\r\n"),
                "! a: the record at byte 0 is left out: its record has no length that is a number ('99999999999999999999999')\n");
    check_items(S("WARC/1.0\r\nContent-Length: -5\r\n\r\n"),
                "! a: the record at byte 0 is left out: its record has no length that is a number ('-5')\n");
}

/* ---- the index -------------------------------------------------------------------------------------------------------- */
static void test_index(void)
{
    warc("response", "http://velm.example/1", HTTP, OK_TEXT "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", S("0\r\n\r\n"));
    Str one = finish();
    warc("request", "http://velm.example/1", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", S(""));
    Str two = finish();
    Buf both = {.to = &test_arena};
    Str first = deflated(one, 31);
    buf_add(&both, first);
    buf_add(&both, deflated(two, 31));
    Str expected = arena_printf(&test_arena,
        "a = {\"records\": [{\"offset\": 0, \"type\": \"response\", \"uri\": \"http://velm.example/1\", \"status\": 200, \"length\": 117, "
        "\"sha256\": \"%.*s\", \"truncated\": false}, {\"offset\": %td, \"type\": \"request\", \"uri\": \"http://velm.example/1\", "
        "\"status\": null, \"length\": 18, \"sha256\": null, \"truncated\": false}]}\n", STR(sha(S(""))), first.n);
    check_str(index_of(buf_str(&both)), expected);
    Buf bent = {.to = &test_arena};                      /* a damaged member in the middle: the next one is found */
    buf_add(&bent, first);
    ptrdiff_t at = bent.n;
    buf_add(&bent, first);
    memset(bent.p + at + 30, 'x', 40);
    buf_add(&bent, deflated(two, 31));
    Str got = index_of(buf_str(&bent));
    check(str_find(got, S("\"broken\": [")) > 0);
    check(str_find(got, arena_printf(&test_arena, "{\"offset\": %td, \"type\": \"request\"", 2 * first.n)) > 0);
}

/* ---- ARC ------------------------------------------------------------------------------------------------------------------ */
static void test_arc(void)
{
    check_items(S("filedesc://x.arc 0.0.0.0 20310318093000 text/plain 9\n1 0 Test\n\n"
                  "http://velm.example/a b 192.0.2.1 20310318093000 text/plain 64\n"
                  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe port reopens.\n\n"
                  "http://velm.example/bad 192.0.2.1 20310318093000 text/plain -1\nlost\n"
                  "http://velm.example/c 192.0.2.1 20310318093000 text/plain 200 - - 0 x.arc 17\nThe islands agree\n"),
                "a: record at 63 uri=http://velm.example/a b: The port reopens.\n"
                "! a: the record at byte 190 is left out: its first line is not that of an ARC record\n"
                "a: record at 258 uri=http://velm.example/c: The islands agree\n");
}

int main(void)
{
    TEST_BEGIN
    items_begin();
    out = (Buf){.to = &test_arena};
    test_documents();
    test_lies();
    test_broken();
    test_index();
    test_arc();
    items_end();
    return test_end();
}
