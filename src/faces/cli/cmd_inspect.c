/* inspect: what was understood of a page, a feed or an archive, before any reading.
**
**   page.html       title, author, publisher, day, address, and the body without furniture
**   feed.xml        the feed and its entries, with feedparser's names
**   crawl.warc.gz   its records, by their places
**
** --json is FORMAT.md's: one object a document, feed or web archive. People see a short account: enough to say whether
** the right part of the page was taken.
*/
#include "stream.h"
#include "text/text.h"
#include "base/json.h"

enum { BODY_SHOWN = 420 };                               /* bytes of a body's beginning and of its end */
enum { LINES_SHOWN = 20 };                               /* entries or records */

/* ---- for programs --------------------------------------------------------------------------------------- */
static void member(Buf *out, const char *name, Str value)
{
    buf_printf(out, ",\"%s\":", name);
    if (value.n) json_put_str(out, value);
    else buf_add(out, S("null"));
}

/* The caller's id; else the file's own name, since a feed or an archive is not read whole before it is shown. */
static Str id_of(const Item *item)
{
    if (item->given.id.n) return item->given.id;
    ptrdiff_t from = item->where.n;
    while (from > 0 && item->where.p[from - 1] != '/') from--;
    return str_sub(item->where, from, item->where.n);
}

static void json_line(Arena *a, const Item *item, const Record *r, Buf *out)
{
    buf_add(out, S("{\"id\":"));
    json_put_str(out, item->kind == CONTENT_INSPECTED ? id_of(item) : r->id);
    if (item->kind == CONTENT_INSPECTED) {
        buf_printf(out, ",%.*s}\n", STR(item->bytes));
        return;
    }
    member(out, "body", text_body(a, r));
    member(out, "published", r->published_how == PUBLISHED_INFERRED ? (Str){0} : r->published);
    member(out, "title", r->title);
    member(out, "author", r->author);
    member(out, "publisher", r->publisher);
    member(out, "uri", r->uri);
    member(out, "lang", r->lang);
    buf_add(out, S("}\n"));
}

/* ---- for people ----------------------------------------------------------------------------------------- */
static void fact(Arena *a, Buf *out, const char *name, Str value)
{
    if (!value.n) return;
    screen_put(out, arena_printf(a, "  %-11s ", name), DIM);
    Flow f = flow_at(a, out, 14, 14);
    flow_text(&f, value, PLAIN);
    flow_end(&f);
}

static void lines_of(Arena *a, Buf *out, Str text)
{
    Strs lines = screen_wrap(a, screen_safe(a, text), screen()->width - 4);
    for (int32_t i = 0; i < lines.n; i++) buf_printf(out, "    %.*s\n", STR(lines.v[i]));
}

static Str from_blank(Str s, ptrdiff_t at) { while (at < s.n && s.p[at] != ' ') at++; return str_sub(s, at, s.n); }
static Str to_blank(Str s, ptrdiff_t at) { while (at > 0 && s.p[at] != ' ') at--; return str_sub(s, 0, at); }

static void document_print(Arena *a, const Record *r, Buf *out)
{
    Str body = text_body(a, r), rest = body, word;
    int64_t words = 0;
    while (str_split(&rest, ' ', &word)) words += word.n > 0;
    fact(a, out, "title", r->title);
    fact(a, out, "author", r->author);
    fact(a, out, "publisher", r->publisher);
    if (r->published.n)
        fact(a, out, "published", arena_printf(a, "%.*s (%.*s)", STR(r->published), STR(published_how_name(r->published_how))));
    fact(a, out, "address", r->uri);
    fact(a, out, "language", r->lang);
    fact(a, out, "body", arena_printf(a, "%.*s %s; %d %s of furniture set aside%s", STR(number_text(a, words)),
                                      plural(words, "word", "words"), r->boilerplate.n,
                                      plural(r->boilerplate.n, "piece", "pieces"), r->truncated ? "; it breaks off" : ""));
    if (body.n <= 2 * BODY_SHOWN) { lines_of(a, out, body); return; }
    lines_of(a, out, arena_printf(a, "%.*s …", STR(to_blank(body, BODY_SHOWN))));
    buf_add(out, S("    …\n"));
    lines_of(a, out, arena_printf(a, "… %.*s", STR(str_trim(from_blank(body, body.n - BODY_SHOWN)))));
}

static Str shown_text(const Json *object, Str key)
{
    Str s = json_text(object, key);
    return s.n ? s : S("–");
}

static void entries_print(Arena *a, const Json *root, Buf *out)
{
    const Json *feed = json_get(root, S("feed")), *entries = json_get(root, S("entries"));
    const Json *bozo = json_get(root, S("bozo"));
    fact(a, out, "feed", json_text(feed, S("title")));
    fact(a, out, "address", json_text(feed, S("link")));
    fact(a, out, "format", json_text(root, S("version")));
    if (bozo && bozo->kind == JSON_TRUE) fact(a, out, "ill-formed", S("read as far as it can be understood"));
    fact(a, out, "entries", arena_printf(a, "%d", entries ? entries->n : 0));
    int shown = 0;
    for (const Json *e = entries ? entries->first : NULL; e && shown < LINES_SHOWN; e = e->next, shown++) {
        Str day = json_text(e, S("published"));
        if (!day.n) day = json_text(e, S("updated"));
        Str line = arena_printf(a, "%.*s  %.*s", STR(day.n ? day : S("–")), STR(shown_text(e, S("title"))));
        lines_of(a, out, screen_cut(a, screen_safe(a, line), screen()->width - 4));
    }
    if (entries && entries->n > shown) buf_printf(out, "    … and %d more\n", entries->n - shown);
}

static void records_print(Arena *a, const Json *records, Buf *out)
{
    fact(a, out, "records", arena_printf(a, "%d", records->n));
    int shown = 0;
    for (const Json *e = records->first; e && shown < LINES_SHOWN; e = e->next, shown++) {
        const Json *at = json_get(e, S("offset")), *length = json_get(e, S("length")), *cut = json_get(e, S("truncated"));
        Str line = arena_printf(a, "%9.*s  %-10.*s %9.*s bytes%s  %.*s", STR(at ? at->text : S("–")), STR(shown_text(e, S("type"))),
                                STR(length ? length->text : S("–")), cut && cut->kind == JSON_TRUE ? ", cut off" : "",
                                STR(shown_text(e, S("uri"))));
        buf_printf(out, "    %.*s\n", STR(screen_cut(a, line, screen()->width - 4)));
    }
    if (records->n > shown) buf_printf(out, "    … and %d more\n", records->n - shown);
}

static void people_lines(Arena *a, const Item *item, const Record *r, Buf *out)
{
    screen_put(out, screen_safe(a, item->where), BOLD);
    buf_char(out, '\n');
    Json *root;
    Err e = {0};
    if (item->kind != CONTENT_INSPECTED) document_print(a, r, out);
    else if (json_read(a, arena_printf(a, "{%.*s}", STR(item->bytes)), &root, &e)) {
        const Json *records = json_get(root, S("records"));
        if (records) records_print(a, records, out);
        else entries_print(a, root, out);
    } else buf_printf(out, "  %s\n", e.text);
    buf_char(out, '\n');
}

/* ---- both ----------------------------------------------------------------------------------------------- */
static void *inspect_prepare(void *with, Arena *a, const Item *item, const Record *r)
{
    const bool *json = with;
    Buf b = {.to = a};
    Str *out = arena_new(a, Str, 1);
    if (*json) json_line(a, item, r, &b);
    else people_lines(a, item, r, &b);
    *out = buf_str(&b);
    return out;
}

static int inspect_run(Call *call)
{
    static bool json;
    json = call_has(call, "json");
    screen();                                            /* asked once, before the workers ask */
    return stream_run(call, (EngineOptions){.prepare = inspect_prepare, .with = &json,
                                            .input = {.inspects = true, .as_is = call_has(call, "as-is")}});
}

static const char about[] =
    "What was understood of each input before any reading: of a page or text its title, author, publisher, day, address, "
    "language and body without furniture; of a feed its entries; of a web archive its records. Inputs are those of "
    "`demarche add`.\n\n"
    "`--json` prints one object a line, with `published` only where the document states it.";
static const Option options[] = {
    {0, "json", TAKES_NOTHING, NULL, "one JSON object a line"},
    {0, "as-is", TAKES_NOTHING, NULL, "keep every visible character of plain text: furniture is marked, nothing is mended"},
    {'j', "jobs", TAKES_NUMBER, "N", "threads that read (0: one a core)"},
    {'q', "quiet", TAKES_NOTHING, NULL, "no progress; failures are still named"},
    OPTIONS_END};
static const Example examples[] = {
    {"demarche inspect examples/chronicle/wire.jsonl", "What each line of it holds"},
    {"demarche inspect --json examples/chronicle | head -1", "The same for programs"},
    {0}};
const Command command_inspect = {
    .name = "inspect", .operands = "FILE…", .summary = "show what was understood of pages, feeds and archives",
    .about = about, .operand = OPERAND_FILE, .least = 1, .most = -1, .options = options, .examples = examples,
    .run = inspect_run};
