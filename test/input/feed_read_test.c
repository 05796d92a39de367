/* Feeds: the cases of feeds.t and sanitize.t, and what must hold of any feed. */
#include "input/feed_inside.h"
#include "base/io.h"
#include "test.h"

static Str next_line(Str *rest)
{
    Str line = {0};
    str_split(rest, '\n', &line);
    return line;
}

/* "\xNN" becomes the byte. */
static Str unescaped(Str s)
{
    Buf out = {.to = &test_arena};
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool is_escape = s.p[i] == '\\' && i + 3 < s.n && s.p[i + 1] == 'x';
        if (!is_escape) { buf_char(&out, s.p[i]); continue; }
        char hex[3] = {s.p[i + 2], s.p[i + 3], 0};
        buf_char(&out, (char)strtol(hex, NULL, 16));
        i += 3;
    }
    return out.p ? buf_str(&out) : S("");
}

static Str shown(const Json *value)
{
    if (!value) return S("-");
    if (value->kind == JSON_STRING) return value->text.n || value->key.n ? value->text : S("");
    Buf out = {.to = &test_arena};
    tree_put(&out, value);
    return buf_str(&out);
}

static Str look(const Feed *feed, Str path, bool ok, const Err *e)
{
    if (str_eq(path, S("failed"))) return ok ? S("-") : str_of(e->text);
    if (str_eq(path, S("bozo"))) return feed->is_bozo ? S("true") : S("false");
    if (str_eq(path, S("version"))) return feed->version;
    if (str_eq(path, S("encoding"))) return feed->encoding;
    Str key;
    str_split(&path, '.', &key);
    const Json *at = feed->feed;
    if (str_eq(key, S("entries"))) {
        str_split(&path, '.', &key);
        int32_t i = atoi(arena_cstr(&test_arena, key));
        if (i >= feed->entries.n) return S("-");
        at = feed->entries.v[i];
    }
    while (at && str_split(&path, '.', &key)) {
        if (at->kind == JSON_ARRAY) {
            int k = atoi(arena_cstr(&test_arena, key));
            for (at = at->first; at && k-- > 0;) at = at->next;
        } else {
            at = tree_get(at, key);
        }
    }
    return shown(at);
}

static Str escaped_lines(Str s)
{
    Buf out = {.to = &test_arena};
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n') buf_add(&out, S("\\n"));
        else buf_char(&out, s.p[i]);
    return out.p ? buf_str(&out) : S("");
}

/* The n-th entry as the workers read it: through a level of its own. */
static Str field_of(Str bytes, const Given *given, int n, Str field)
{
    static Level level;
    Err e = {0};
    Item item = {.where = S("x"), .kind = CONTENT_ENTRY};
    level.own.landing = level.scratch.landing = &test_landing;
    arena_reset(&level.own);
    level.given = *given;
    level.size = -1;
    if (!reader_replace(&level.reader, bytes, &e) || !format_feed.open(&level, &e)) return str_of("not opened");
    for (int i = 0; i <= n; i++) {
        Member m = {.kind = CONTENT_UNKNOWN};
        if (format_feed.next(&level, &m, &e) != ITEM_DOCUMENT) return S("no such entry");
        item.bytes = arena_str(&test_arena, m.bytes);
        item.given = m.given;
    }
    Record r;
    if (!input_record(&test_arena, &item, (InputOptions){0}, &r, &e)) return arena_str(&test_arena, str_of(e.text));
    if (!check(record_valid(&r, &e))) printf("  %s\n", e.text);
    check(r.text_is_given && str_eq(r.original, item.bytes));
    if (str_eq(field, S("text"))) return escaped_lines(r.text);
    if (str_eq(field, S("title"))) return r.title;
    if (str_eq(field, S("author"))) return r.author;
    if (str_eq(field, S("publisher"))) return r.publisher;
    if (str_eq(field, S("uri"))) return r.uri;
    if (str_eq(field, S("lang"))) return r.lang;
    if (str_eq(field, S("truncated"))) return r.truncated ? S("true") : S("false");
    if (str_eq(field, S("published")))
        return arena_printf(&test_arena, "%.*s %.*s", STR(r.published), STR(published_how_name(r.published_how)));
    if (!r.boilerplate.n) return S("-");
    Boilerplate last = r.boilerplate.v[r.boilerplate.n - 1];
    return arena_printf(&test_arena, "%.*s %.*s", STR(boilerplate_name(last.reason)), STR(span_str(r.text, last.span)));
}

static void split_expectation(Str line, Str *path, Str *value)
{
    ptrdiff_t bar = str_find(line, S(" | "));
    *path = str_trim(str_sub(line, 2, bar < 0 ? line.n : bar));
    *value = bar < 0 ? S("") : str_sub(line, bar + 3, line.n);
}

static void run_case(Str name, Str *rest)
{
    Buf bytes = {.to = &test_arena}, headers = {.to = &test_arena};
    Given given = {0};
    while (rest->n && str_starts(*rest, S("@ "))) {
        Str line = next_line(rest);
        if (str_starts(line, S("@ Uri: "))) given.uri = str_sub(line, 7, line.n);
        else buf_printf(&headers, "%.*s\n", STR(str_sub(line, 2, line.n)));
    }
    given.headers = headers.p ? buf_str(&headers) : (Str){0};
    while (rest->n && !str_starts(*rest, S("= ")) && !str_starts(*rest, S("> "))) {
        if (bytes.n) buf_char(&bytes, '\n');
        buf_add(&bytes, unescaped(next_line(rest)));
    }
    Feed feed;
    Err e = {0};
    Str whole = bytes.p ? buf_str(&bytes) : S("");
    bool ok = feed_read(&test_arena, whole, &given, &feed, &e);
    if (!check(feed_is(whole) == (ok || feed.entries.n > 0))) printf("  feed_is in \"%.*s\"\n", STR(name));
    while (rest->n && (str_starts(*rest, S("= ")) || str_starts(*rest, S("> ")))) {
        Str line = next_line(rest), path, value;
        split_expectation(line, &path, &value);
        bool is_document = line.p[0] == '>';
        int n = is_document ? atoi(arena_cstr(&test_arena, path)) : 0;
        Str got = is_document ? field_of(whole, &given, n, str_sub(path, str_find(path, S(" ")) + 1, path.n))
                              : look(&feed, path, ok, &e);
        if (!check_str(got, value)) printf("  in \"%.*s\": %.*s\n", STR(name), STR(path));
    }
}

static void run_feeds(Str rest)
{
    while (rest.n) {
        Str line = next_line(&rest);
        if (str_starts(line, S("== "))) run_case(str_sub(line, 3, line.n), &rest);
        else check(!line.n || line.p[0] == '#');
    }
}

/* Written again, it must say the same: nothing was left for a second pass to find. */
static void run_sanitize(Str rest)
{
    Str base = {0};
    while (rest.n) {
        Str line = next_line(&rest);
        if (!line.n || line.p[0] == '#') continue;
        if (str_starts(line, S("@ "))) { base = str_sub(line, 2, line.n); continue; }
        Str out = sanitize_html(&test_arena, line, base), expected = next_line(&rest);
        check_str(out, expected);
        check_str(sanitize_html(&test_arena, out, base), out);
        check(!html_is_active(out));
    }
}

/* ---- what a stranger may send ------------------------------------------------------------------------------------ */
static Str repeated(const char *head, const char *unit, int n, const char *tail)
{
    Buf b = {.to = &test_arena};
    buf_add(&b, str_of(head));
    for (int i = 0; i < n; i++) buf_add(&b, str_of(unit));
    buf_add(&b, str_of(tail));
    return buf_str(&b);
}

/* Seconds are many times what it takes, and far below what a quadratic step would. */
static Feed read_soon(Str bytes)
{
    Feed feed;
    Err e = {0};
    double begin = io_seconds();
    feed_read(&test_arena, bytes, NULL, &feed, &e);
    if (!check(io_seconds() - begin < 20)) printf("  %.1f s for %.40s…\n", io_seconds() - begin, bytes.p);
    return feed;
}

static void run_hostile(void)
{
    check(read_soon(repeated("<rss><channel><title>T</title>", "<a>", 1000000, "")).is_bozo);
    check(read_soon(repeated("<rss><channel><item><description>&lt;p&gt;", "&lt;div&gt;", 100000,
                             "x</description></item></channel></rss>"))
              .entries.n == 1);
    check(read_soon(repeated("<rss><channel><item><description>", "&lt;/b&gt;&lt;i&gt;", 100000,
                             "x</description></item></channel></rss>"))
              .entries.n == 1);
    check(read_soon(repeated("<rss ", "a='1' ", 100000, "><channel/></rss>")).is_bozo);
    check(read_soon(repeated("<rss ", "xmlns:a='b' ", 100000, "><channel/></rss>")).is_bozo);
    check(read_soon(repeated("<rss><channel>", "<x xmlns:a='u'>", 5000, "")).is_bozo);
    check(read_soon(repeated("<rss><channel>", "</b>", 100000, "<title>T</title></channel></rss>")).is_bozo);
    check(read_soon(repeated("<rss><channel>", "<u/>", 100000, "</channel></rss>")).entries.n == 0);
    check(read_soon(repeated("<rss><channel><item>", "<category>c</category>", 100000, "</item></channel></rss>"))
              .entries.n == 1);
    check(read_soon(repeated("<rss><channel>", "<item/>", 100000, "</channel></rss>")).entries.n == FEED_ENTRIES_MAX);
    check(read_soon(repeated("junk < & ", "\x01<!-- ", 200000, "")).is_bozo);
    check(read_soon(repeated("<rss><channel><item><description>", "&lt;!-- &lt;? ", 200000,
                             "</description></item></channel></rss>"))
              .entries.n == 1);
    check(read_soon(
              repeated("<!DOCTYPE rss [<!ENTITY a '0123456789012345678901234567890123456789'>]><rss><channel><title>",
                       "&a;", 100000, "</title></channel></rss>"))
              .feed != NULL);
}

/* The feed that breaks off anywhere is read up to there, and no more entries come out of less. */
static void run_cut(void)
{
    Str whole =
        S("<?xml version=\"1.0\"?><rss "
          "version=\"2.0\"><channel><title>T&amp;</title><item><title>One</title><description><![CDATA[<p>x</p>]]>"
          "</description></item><item><title>Two</title></item></channel></rss>");
    int32_t before = 0;
    for (ptrdiff_t n = 1; n <= whole.n; n++) {
        Feed feed;
        Err e = {0};
        bool ok = feed_read(&test_arena, arena_str(&test_arena, str_sub(whole, 0, n)), NULL, &feed, &e);
        check(feed.is_bozo == (n < whole.n) && (ok || e.text[0]) && feed.entries.n >= before);
        before = feed.entries.n;
    }
    check(before == 2);
}

static void run_file(const char *path, void run(Str))
{
    IoFile f;
    Err e = {0};
    if (!check(io_open(&f, path, 1 << 20, &e))) { printf("%s\n", e.text); return; }
    run(arena_str(&test_arena, f.bytes));
    io_close(&f);
}

int main(void)
{
    test_arena.budget = (ptrdiff_t)4 << 30;
    TEST_BEGIN
    run_file("test/input/feeds.t", run_feeds);
    run_file("test/input/sanitize.t", run_sanitize);
    run_cut();
    run_hostile();
    parser_keep(NULL);
    return test_end();
}
