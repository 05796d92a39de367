/* Pages as cases (page.t), and what strangers' markup must not do: hang, crash, or read for minutes. */
#include "base/io.h"
#include "input/page.h"
#include "test.h"

static Record record;
static bool is_read;
static Str note;

static Str body_of(void)
{
    Buf b = {.to = &test_arena};
    int32_t at = 0;
    for (int32_t i = 0; i <= record.boilerplate.n; i++) {
        int32_t end = i < record.boilerplate.n ? record.boilerplate.v[i].span.begin : (int32_t)record.text.n;
        buf_add(&b, str_sub(record.text, at, end));
        if (i < record.boilerplate.n) at = record.boilerplate.v[i].span.end;
    }
    return buf_str(&b);
}

static bool is_marked(Str reason, Str words)
{
    for (int32_t i = 0; i < record.boilerplate.n; i++)
        if (str_eq(boilerplate_name(record.boilerplate.v[i].reason), reason) &&
            str_find(span_str(record.text, record.boilerplate.v[i].span), words) >= 0) return true;
    return false;
}

static void expect(Str name, Str line)
{
    Str key, value = line;
    str_split(&value, ':', &key);
    value = str_trim(value);
    key = str_trim(key);
    bool holds = true;
    Str got = {0};
    if (str_eq(key, S("title"))) got = record.title;
    else if (str_eq(key, S("author"))) got = record.author;
    else if (str_eq(key, S("publisher"))) got = record.publisher;
    else if (str_eq(key, S("published"))) got = record.published;
    else if (str_eq(key, S("lang"))) got = record.lang;
    else if (str_eq(key, S("uri"))) got = record.uri;
    else if (str_eq(key, S("how"))) got = published_how_name(record.published_how);
    else if (str_eq(key, S("has")) || str_eq(key, S("line"))) { got = body_of(); holds = str_find(got, value) >= 0; got = holds ? value : got; }
    else if (str_eq(key, S("lacks"))) { got = body_of(); holds = str_find(got, value) < 0; got = holds ? value : got; }
    else if (str_eq(key, S("note"))) got = str_find(record.note, value) >= 0 ? value : record.note;
    else if (str_eq(key, S("marked"))) {
        Str reason, rest = value;
        str_split(&rest, '|', &reason);
        got = is_marked(str_trim(reason), str_trim(rest)) ? value : record.text;
    } else got = S("no such expectation");
    if (!str_eq(got, value) || !is_read) printf("in '%.*s', %.*s:\n", STR(name), STR(key));
    check_str(got, value);
}

static void run_cases(void)
{
    Err e = {0};
    IoFile f;
    if (!check(io_open(&f, "test/input/page.t", 1 << 20, &e))) return;
    Str rest = f.bytes, line, name = {0}, page = {0};
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, S("==== "))) {
            name = str_sub(line, 5, line.n);
            page = (Str){rest.p, 0};
            is_read = false;
        } else if (name.n && str_starts(line, S("> "))) {
            if (!is_read) {
                record_blank(&record);
                is_read = page_record(&test_arena, page, (Str){0}, (Str){0}, &record, &e);
                if (!is_read) printf("%s\n", e.text);
                check(is_read && utf8_bad(record.text) < 0);
            }
            expect(name, str_sub(line, 2, line.n));
        } else if (name.n) {
            page.n = line.p + line.n - page.p;
        }
    }
    io_close(&f);
}

static Str repeated(Str piece, int n, Str end)
{
    Buf b = {.to = &test_arena};
    for (int i = 0; i < n; i++) buf_add(&b, piece);
    buf_add(&b, end);
    return buf_str(&b);
}

/* Read, or refused with a sentence; the text that is given is well-formed. */
static bool stands(Str page)
{
    Err e = {0};
    record_blank(&record);
    note = (Str){0};
    if (!page_record(&test_arena, page, (Str){0}, (Str){0}, &record, &e)) return e.text[0] != 0;
    note = record.note;
    return record.text.n > 0 && utf8_bad(record.text) < 0;
}

static void hostile(void)
{
    Str prose = S("<p>The port of Velm will reopen on Friday after a strike of nine days, the minister told reporters on Tuesday.</p>");
    check(stands(repeated(S("<div>"), 1000000, prose)));
    check(str_find(note, S("nested")) >= 0 || !note.n);
    check(stands(repeated(S("<b><i>"), 200000, prose)));
    check(stands(repeated(S("</p>"), 300000, prose)));
    check(stands(repeated(S("<a>"), 300000, prose)));
    check(stands(repeated(S("<li>"), 300000, prose)));
    check(stands(repeated(S("<table><tr><td>"), 100000, prose)));
    check(stands(repeated(S("&amp;"), 500000, prose)));
    check(stands(repeated(S("<!--"), 300000, prose)));
    check(stands(repeated(S("<script>"), 100000, prose)));
    check(stands(repeated(S("<br>"), 500000, prose)));
    check(stands(S("<p>a\0b\0c</p>")) && memchr(record.text.p ? record.text.p : "", 0, (size_t)record.text.n) == NULL);
    check(!page_record(&test_arena, arena_printf(&test_arena, "<p%.*s>", STR(repeated(S(" a=1"), 100000, S("")))), (Str){0}, (Str){0}, &record, &(Err){0}));
    check(stands(S("<")) && stands(S("<p")) && stands(S("")) && stands(S("\xFF\xFE<\0p\0>\0")));
    check(stands(repeated(S("{\"@graph\":["), 100000, S("<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"x\"</script><p>Text.</p>"))));
}

static void dates(void)
{
    static const struct { const char *text, *iso; bool day_first, is_ambiguous; } cases[] = {
        {"Published: Tuesday, March 18th, 2025 at 9:30", "2025-03-18", true, false}, {"18. März 2025", "2025-03-18", true, false},
        {"18 de marzo de 2025", "2025-03-18", true, false}, {"18 марта 2025", "2025-03-18", true, false}, {"18.03.2025", "2025-03-18", false, false},
        {"3/18/2025", "2025-03-18", true, false}, {"03/04/2025", "2025-04-03", true, true}, {"03/04/2025", "2025-03-04", false, true},
        {"2025-03-18T09:30:00.123Z", "2025-03-18T09:30:00Z", true, false}, {"2025-03-18 09:30:00 +0200", "2025-03-18T09:30:00+02:00", true, false},
        {"2025年3月18日", "2025-03-18", true, false}, {"Sept. 3, 2024", "2024-09-03", true, false}, {"31 February 2025", "", true, false},
        {"version 1.2.2025.7", "", true, false}, {"call 0800 1234 2025", "", true, false},         {"20250318", "2025-03-18", true, false}, {"in 2025", "", true, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PageDate d = {0};
        Str text = str_of(cases[i].text);
        bool found = date_in_text(&test_arena, text, cases[i].day_first, &d);
        check_str(found ? d.iso : (Str){0}, str_of(cases[i].iso));
        check(!found || d.is_ambiguous == cases[i].is_ambiguous);
    }
    PageDate d;
    check(date_in_address(&test_arena, S("https://a.example/2025/03/18/x.html"), &d) && str_eq(d.iso, S("2025-03-18")));
    check(date_in_address(&test_arena, S("https://a.example/world/2025/mar/18/x"), &d) && str_eq(d.iso, S("2025-03-18")));
    check(!date_in_address(&test_arena, S("https://a.example/x-19231231"), &d));
    check(!date_in_address(&test_arena, S("https://a.example/x?from=2025-03-18"), &d));
}

static void bylines(void)
{
    static const char *const cases[][2] = {{"By Ana Ruiz, Staff Writer | March 3, 2025", "Ana Ruiz"}, {"https://a.example/u/ruiz", ""}, {"Ana Ruiz and Tom Berg", "Ana Ruiz, Tom Berg"},
        {"Written by Ana Ruiz", "Ana Ruiz"}, {"admin", ""}, {"ana@a.example", ""}, {"By", ""}, {"Harbour Wire/The Lamp", "Harbour Wire/The Lamp"}, {"Staff Writer", "Staff Writer"},
        {"By: ANA RUIZ", "ANA RUIZ"}, {"March 3, 2025", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_str(byline_clean(&test_arena, str_of(cases[i][0])), str_of(cases[i][1]));
    check_str(text_unescape(&test_arena, S(" Velm &amp;  Orm&#8217;s \n&quot;pact&quot; ")), S("Velm & Orm’s \"pact\""));
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = (ptrdiff_t)4 << 30;
    run_cases();
    dates();
    bylines();
    hostile();
    return test_end();
}
