/* Envelope: a JSON object around the bytes of a document.
**
**  in:  {"id": "p-7", "html": "<html>…", "uri": "https://velm.example/7"}
**       {"id": "f-2", "bytes": "PHJzcz4…", "headers": {"content-type": "text/xml"}}
**       {"id": "p-8", "file": "pages/8.html.gz"}
**  out: a page; a feed, found by its content; a compressed page; each with the id and whatever else the object says
**
** What the object says of title, author, date and the like stands before what the document says itself: its maker knew.
**
** Always: an object with a "text" is none. A file is sought beside the JSON Lines file, and only where that lies on the
** disk itself: an archive from elsewhere cannot name files here. Cost: one more reading of the object's JSON.
*/
#include "input/inside.h"
#include <string.h>

static const Str keys[] = {S("\"html\""), S("\"bytes\""), S("\"file\"")};

bool envelope_is(Str object)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_find(object, keys[i]) >= 0) return true;
    return false;
}

/* ---- base64 (RFC 4648; blanks between, - and _ too, padding may be missing) ---------------------------------- */
static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static bool base64_decode(Arena *a, Str s, Str *bytes, Err *e)
{
    char *to = arena_new(a, char, s.n / 4 * 3 + 4);
    *bytes = (Str){to, 0};
    uint32_t have = 0;
    int bits = 0;
    ptrdiff_t i = 0;
    for (; i < s.n && s.p[i] != '='; i++) {
        if (is_blank(s.p[i])) continue;
        int digit = digit_of(s.p[i]);
        if (digit < 0) return fail(e, ERR_INPUT, "its \"bytes\" are not base64 (character %td)", i);
        have = have << 6 | (uint32_t)digit;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        to[bytes->n++] = (char)(have >> bits);
    }
    for (; i < s.n; i++)
        if (s.p[i] != '=' && !is_blank(s.p[i]))
            return fail(e, ERR_INPUT, "its \"bytes\" are not base64 (something follows the padding, character %td)", i);
    return bits < 6 ? true : fail(e, ERR_INPUT, "its \"bytes\" are not base64: they are cut off");
}

/* ---- a file beside the JSON Lines file ----------------------------------------------------------------------- */
typedef struct { IoStream stream; bool is_open; } Beside;

static ptrdiff_t beside_read(void *with, char *to, ptrdiff_t n, Err *e)
{
    Beside *b = with;
    return b->is_open ? io_stream_read(&b->stream, to, n, e) : 0;
}

static void beside_close(Level *l)
{
    Beside *b = l->state;
    if (b->is_open) io_stream_close(&b->stream);
    b->is_open = false;
}
static const Format beside_format = {.close = beside_close};

/* The stream hangs on the level of the JSON Lines file; the next file takes its place. */
static bool file_open(Level *l, Str name, Member *m, Err *e)
{
    if (l->outer || !l->path)
        return fail(e, ERR_INPUT, "names a file, which only a JSON Lines file on the disk itself may; give "
                    "\"bytes\" instead");
    const char *slash = strrchr(l->path, '/');
    Str folder = {l->path, slash && name.p[0] != '/' ? slash + 1 - l->path : 0};
    if (memchr(name.p, 0, (size_t)name.n)) return fail(e, ERR_INPUT, "its \"file\" holds a zero character");
    Str path = arena_printf(&l->scratch, "%.*s%.*s", STR(folder), STR(name));
    if (str_eq(path, S("-")) || io_kind(path.p) != IO_FILE)
        return fail(e, ERR_INPUT, "there is no file '%.*s', which its \"file\" names (from the folder of the JSON "
                    "Lines file)",
                    STR(place_shown(&l->scratch, path)));
    Beside *b = l->state ? l->state : arena_new(&l->own, Beside, 1);
    l->state = b;
    l->format = &beside_format;
    beside_close(l);
    if (!io_stream_open(&b->stream, path.p, NULL, e)) return false;
    b->is_open = true;
    m->pull = (Pull){beside_read, b};
    return true;
}

/* ---- the object ----------------------------------------------------------------------------------------------- */
static Str headers_of(Arena *a, const Json *headers)
{
    Buf b = {.to = a};
    for (const Json *h = headers && headers->kind == JSON_OBJECT ? headers->first : NULL; h; h = h->next)
        if (h->kind == JSON_STRING && !memchr(h->text.p, '\n', (size_t)h->text.n))
            buf_printf(&b, "%.*s: %.*s\n", STR(h->key), STR(h->text));
    return b.n ? buf_str(&b) : (Str){0};
}

/* What the object says is read, and checked, where every record's is: with a text in place of the bytes. */
static bool given_of(Arena *a, const Json *object, Given *g, Err *e)
{
    Json known = {.kind = JSON_OBJECT}, text = {.kind = JSON_STRING, .key = S("text"), .text = S(".")};
    static const Str names[] = {S("id"), S("uri"), S("publisher"), S("author"), S("title"), S("published"), S("lang")};
    Json *members = arena_new(a, Json, sizeof names / sizeof *names);
    known.first = &text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const Json *m = json_get(object, names[i]);
        if (!m) continue;
        members[i] = *m;
        members[i].next = known.first;
        known.first = &members[i];
        known.n++;
    }
    known.n++;
    Record r;
    record_blank(&r);
    if (!record_of_json(a, &known, false, &r, e)) return false;
    const Json *id = json_get(object, S("id"));
    *g = (Given){.id = r.id.n ? r.id : id && id->kind == JSON_NUMBER ? id->text : (Str){0},
                 .uri = r.uri, .publisher = r.publisher, .author = r.author, .title = r.title, .lang = r.lang,
                 .published = r.published, .published_how = r.published_how, .is_sure = true};
    g->headers = headers_of(a, json_get(object, S("headers")));
    return true;
}

bool envelope_open(Level *l, Str object, Member *m, Err *e)
{
    Arena *a = &l->scratch;
    Json *root;
    Err ignored = {0};
    if (!json_read(a, object, &root, &ignored) || root->kind != JSON_OBJECT) return true;   /* the worker says why */
    const Json *text = json_get(root, S("text"));
    Str html = json_text(root, S("html")), bytes = json_text(root, S("bytes")), file = json_text(root, S("file"));
    if ((text && text->kind != JSON_NULL) || (!html.p && !bytes.p && !file.p)) return true;
    if (!given_of(a, root, &m->given, e)) return false;
    m->name = S("");
    if (html.p) {
        m->kind = CONTENT_PAGE;
        m->given.headers = S("content-type: text/html; charset=utf-8\n");   /* JSON is UTF-8, whatever the page says */
        m->bytes = html;
        return true;
    }
    return bytes.p ? base64_decode(a, bytes, &m->bytes, e) : file_open(l, file, m, e);
}
