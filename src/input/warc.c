/* WARC: web archives, and ARC, their elder.
**
** A record says how long it is, so a reader hops from one to the next. The pages in it are as they came over the wire:
** in an HTTP response, perhaps in chunks, perhaps compressed once more. All that is undone here; what remains goes to
** the reader of its content.
**
**  in:  WARC/1.1 | WARC-Type: response | WARC-Target-URI: https://velm.example/port | … | HTTP/1.1 200 OK | … | <html>…
**  out: member "record at 784": the page, uri, headers          or, for the index: offset, type, status, sha256 …
**
** A document is a response, resource or conversion of a page, text, feed, PDF or office file, with status 200;
** pictures, scripts, redirections, requests, revisits and robots.txt are the crawler's own affair and passed over.
** The date of a capture is not a date of publication, so it is not used as one.
**
** Offsets are the file's: of the gzip member that holds the record, where it is compressed with gzip, else of its first
** byte. A broken record is named with its offset, and the next one is sought. A payload that ends before its stated end
** is read and marked as truncated.
**
** Always: a position only grows, whatever lengths say. Cost: linear, a window's memory; the index hashes each payload.
*/
#include "input/warc.h"
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 1 << 20, PIECE = 64 << 10, LINE_MAX_ARC = 64 << 10 };  /* bytes; servers allow heads of 8 to 64 KiB */

/* ---- places ----------------------------------------------------------------------------------------------------- */
static Reader *from(const Warc *w) { return &w->level->reader; }

static int64_t file_offset(const Warc *w, int64_t unpacked)
{
    Level *outer = w->level->outer;
    return outer && outer->kind == CONTENT_COMPRESSED && outer->is_gzip ? gzip_offset(outer, unpacked) : unpacked;
}

static bool skip_until(Warc *w, int64_t end, bool *is_short, Err *e)
{
    Reader *r = from(w);
    *is_short = false;
    while (r->consumed < end) {
        if (!reader_until(r, 1, e)) return false;
        Str v = reader_view(r);
        if (!v.n) {
            *is_short = true;
            return true;
        }
        reader_drop(r, v.n < end - r->consumed ? v.n : (ptrdiff_t)(end - r->consumed));
    }
    return true;
}

static bool skip_blanks(Warc *w, Err *e)
{
    Reader *r = from(w);
    for (;;) {
        if (!reader_until(r, 1, e)) return false;
        Str v = reader_view(r);
        ptrdiff_t i = 0;
        while (i < v.n && is_blank(v.p[i])) i++;
        reader_drop(r, i);
        if (i < v.n || !v.n) return true;
    }
}

/* Where a head ends that is in the window: behind its empty line; -1: not in it. */
static ptrdiff_t head_end(Str v)
{
    for (ptrdiff_t i = 0; i < v.n;) {
        const char *newline = memchr(v.p + i, '\n', (size_t)(v.n - i));
        if (!newline) return -1;
        ptrdiff_t next = newline + 1 - v.p;
        if (next < v.n && v.p[next] == '\n') return next + 1;
        if (next + 1 < v.n && v.p[next] == '\r' && v.p[next + 1] == '\n') return next + 2;
        i = next;
    }
    return -1;
}

/* The window, widened until a head's end stands in it or `most` bytes do: n is -1 where there is none. */
static bool head_find(Warc *w, int64_t most, ptrdiff_t *n, Err *e)
{
    if (most > HEAD_MAX) most = HEAD_MAX;
    for (ptrdiff_t want = 512;; want *= 2) {
        if (want > most) want = (ptrdiff_t)most;
        if (!reader_until(from(w), want, e)) return false;
        Str v = reader_view(from(w));
        *n = head_end(str_sub(v, 0, (ptrdiff_t)most));
        if (*n >= 0 || v.n < want || want == most) return true;
    }
}

/* ---- heads ------------------------------------------------------------------------------------------------------ */
/* The value of a header, continuation lines joined by a blank. */
static Str header(Arena *a, Str head, const char *name)
{
    Str rest = head, line, want = str_of(name);
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find(line, S(":"));
        if (colon < 0 || !str_eq_fold(str_trim(str_sub(line, 0, colon)), want)) continue;
        Str value = str_trim(str_sub(line, colon + 1, line.n)), more = rest;
        while (more.n && (more.p[0] == ' ' || more.p[0] == '\t') && str_split(&more, '\n', &line))
            value = arena_printf(a, "%.*s %.*s", STR(value), STR(str_trim(line)));
        return value;
    }
    return (Str){0};
}

static bool number_of(Str s, int64_t *n)
{
    *n = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || *n > INT64_MAX / 16) return false;
        *n = *n * 10 + (s.p[i] - '0');
    }
    return s.n > 0 && *n < INT64_MAX / 4;
}

/* "text/html" of "Text/HTML; charset=…": what stands before the parameters. */
static Str media_type(Str value)
{
    ptrdiff_t end = str_find(value, S(";"));
    return str_trim(end < 0 ? value : str_sub(value, 0, end));
}

static bool warc_head(Warc *w, Str head, WarcRecord *rec, Err *e)
{
    Arena *a = &w->level->scratch;
    head = arena_str(a, head);
    Str length = header(a, head, "Content-Length");
    if (!number_of(length, &rec->length))
        return fail(e, ERR_INPUT, "its record has no length that is a number ('%.*s')",
                    STR(place_shown(a, str_sub(length, 0, 40))));
    rec->type = header(a, head, "WARC-Type");
    rec->uri = header(a, head, "WARC-Target-URI");
    if (str_starts(rec->uri, S("<")) && str_ends(rec->uri, S(">")))      /* so Wget 1.19 wrote them */
        rec->uri = str_sub(rec->uri, 1, rec->uri.n - 1);
    rec->content_type = header(a, head, "Content-Type");
    rec->is_cut = header(a, head, "WARC-Truncated").n > 0;
    return true;
}

/* "URL IP-address date content-type … length": the URL may hold blanks, so the date is looked for (its 14 digits). */
static bool arc_line(Warc *w, Str line, WarcRecord *rec)
{
    Str rest = str_trim(line), piece = {0};
    const char *start = rest.p, *address = NULL;         /* of the server: the URL ends before it */
    bool has_date = false, has_type = false;
    int n = 0;
    for (; str_split(&rest, ' ', &piece); n++) {
        int64_t ignored;
        if (has_date && !has_type) {
            has_type = true;
            rec->content_type = piece;
        }
        if (has_date) continue;
        has_date = n >= 2 && piece.n >= 8 && piece.n <= 18 && number_of(piece, &ignored);
        if (!has_date) address = piece.p;
    }
    if (!has_type || n < 5 || !number_of(piece, &rec->length)) return false;
    rec->type = S("arc");
    rec->uri = arena_str(&w->level->scratch, str_trim((Str){start, address - start}));
    rec->content_type = arena_str(&w->level->scratch, rec->content_type);
    return str_find(rec->uri, S(":")) > 0;
}

/* The HTTP head of the block at hand, if it has one; the window stands behind it then. */
static bool http_head(Warc *w, Err *e)
{
    WarcRecord *rec = &w->now;
    Arena *a = &w->level->scratch;
    if (!reader_until(from(w), 5, e)) return false;
    if (!str_starts(reader_view(from(w)), S("HTTP/")) || rec->length < 5) return true;
    ptrdiff_t n;
    if (!head_find(w, rec->end - from(w)->consumed, &n, e)) return false;
    Str v = reader_view(from(w));
    if (n < 0) n = v.n < rec->end - from(w)->consumed ? v.n : (ptrdiff_t)(rec->end - from(w)->consumed);
    if (n > HEAD_MAX) return true;
    rec->http = arena_str(a, str_sub(v, 0, n));
    reader_drop(from(w), n);
    ptrdiff_t blank = str_find(rec->http, S(" "));
    int64_t status;
    Str digits = str_sub(rec->http, blank + 1, blank + 4);
    rec->status = blank > 0 && number_of(digits, &status) ? (int)status : 0;
    return true;
}

/* The data under us broke: what stands in the window is the rest of the broken piece; behind it something new
** begins. */
void warc_give_up(Warc *w)
{
    reader_drop(from(w), reader_view(from(w)).n);
    w->now.end = from(w)->consumed;
}

/* ---- from record to record --------------------------------------------------------------------------------------- */
static bool is_head_here(Warc *w, Str v, WarcRecord *rec)
{
    if (!w->is_arc) return str_starts(v, S("WARC/"));
    const char *newline = memchr(v.p, '\n', (size_t)v.n);
    WarcRecord ignored = *rec;
    return newline && arc_line(w, str_sub(v, 0, newline - v.p), &ignored);
}

/* To the next line that looks like the begin of a record; drops the one at hand. */
static bool find_feet(Warc *w, Err *e)
{
    Reader *r = from(w);
    for (;;) {
        Str v = reader_view(r);
        const char *newline = v.n ? memchr(v.p, '\n', (size_t)v.n) : NULL;
        reader_drop(r, newline ? newline + 1 - v.p : v.n);
        if (!reader_until(r, newline ? LINE_MAX_ARC : 1, e)) return false;
        v = reader_view(r);
        WarcRecord ignored = {0};
        if (!v.n || (newline && is_head_here(w, v, &ignored))) return true;
    }
}

static ItemState broken(Warc *w, WarcRecord *rec, Err *e)
{
    Err ignored = {0};
    find_feet(w, &ignored);                              /* where that fails, the next call says so */
    err_while(e, "the record at byte %lld is left out", (long long)rec->offset);
    w->now.end = from(w)->consumed;
    return ITEM_FAILED;
}

static bool read_line(Warc *w, Str *line, Err *e)
{
    if (!reader_until(from(w), LINE_MAX_ARC, e)) return false;
    Str v = str_sub(reader_view(from(w)), 0, LINE_MAX_ARC);
    const char *newline = memchr(v.p, '\n', (size_t)v.n);
    *line = newline ? str_sub(v, 0, newline + 1 - v.p) : (Str){0};
    return true;
}

static bool head_next(Warc *w, WarcRecord *rec, Err *e)
{
    ptrdiff_t n;
    if (w->is_arc) {
        Str line;
        if (!read_line(w, &line, e)) return false;
        if (!line.n || !arc_line(w, line, rec))
            return fail(e, ERR_INPUT, "its first line is not that of an ARC record");
        n = line.n;
    } else {
        if (!reader_until(from(w), 5, e)) return false;
        if (!str_starts(reader_view(from(w)), S("WARC/")))
            return fail(e, ERR_INPUT, "it does not begin with WARC/; the length of the one before may be wrong");
        if (!head_find(w, INT64_MAX, &n, e)) return false;
        if (n < 0) return fail(e, ERR_INPUT, "its head has no end");
        if (!warc_head(w, str_sub(reader_view(from(w)), 0, n), rec, e)) return false;
    }
    reader_drop(from(w), n);
    rec->end = from(w)->consumed + rec->length;
    return true;
}

/* ITEM_DOCUMENT: w->now is the next record, and the window stands at its payload. */
static ItemState record_next(Warc *w, Err *e)
{
    if (w->is_ended) return ITEM_END;
    bool is_short;
    if (w->level->late.code != ERR_NONE) {
        *e = w->level->late;
        w->level->late = (Err){0};
        return ITEM_FAILED;
    }
    if (!skip_until(w, w->now.end, &is_short, e)) goto lost;
    if (is_short) {
        w->is_ended = true;
        fail(e, ERR_INPUT, "the record at byte %lld is cut off: the archive ends inside it; fetch it again",
             (long long)w->now.offset);
        return ITEM_FAILED;
    }
    if (!skip_blanks(w, e)) goto lost;
    if (!reader_view(from(w)).n) return ITEM_END;
    WarcRecord rec = {.begin = from(w)->consumed};
    rec.offset = file_offset(w, rec.begin);
    w->now = (WarcRecord){.begin = rec.begin, .end = rec.begin, .offset = rec.offset};
    if (!head_next(w, &rec, e)) return e->code == ERR_INTERRUPTED ? ITEM_FAILED : broken(w, &rec, e);
    w->now = rec;
    bool is_http = w->is_arc || str_eq_fold(media_type(rec.content_type), S("application/http"));
    bool is_answer = w->is_arc || str_eq_fold(rec.type, S("response")) || str_eq_fold(rec.type, S("revisit"));
    if (is_http && is_answer && !http_head(w, e)) goto lost;
    Arena *a = &w->level->scratch;
    payload_begin(w, header(a, w->now.http, "Transfer-Encoding"), header(a, w->now.http, "Content-Encoding"));
    return ITEM_DOCUMENT;
lost:                                                    /* the compressed data are damaged: on with the next member */
    if (e->code == ERR_INTERRUPTED || e->code == ERR_LIMIT) {
        w->is_ended = true;
        return ITEM_FAILED;
    }
    warc_give_up(w);
    w->now = (WarcRecord){.end = w->now.end, .offset = file_offset(w, w->now.end)};
    return ITEM_FAILED;
}

/* ---- which records are documents --------------------------------------------------------------------------------- */
static bool is_readable_type(Str type)
{
    static const Str types[] = {S("text/html"), S("application/xhtml+xml"), S("text/plain"), S("application/pdf"),
        S("text/xml"), S("application/xml"), S("application/rss+xml"), S("application/atom+xml"),
            S("application/rdf+xml"),
        S("application/feed+json"), S("text/rss+xml"), S("application/vnd.oasis.opendocument.text"),
            S("message/rfc822"),
        S("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), S("")};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq_fold(type, types[i])) return true;
    return false;
}

/* What crawlers fetch for themselves. */
static bool is_for_crawlers(Str uri)
{
    static const Str names[] = {S("/robots.txt"), S("/ads.txt"), S("/app-ads.txt"), S("/humans.txt"),
                                S("/security.txt")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_ends(uri, names[i])) return true;
    return false;
}

static bool is_document(Warc *w, Str *type)
{
    static const Str types[] = {S("response"), S("resource"), S("conversion"), S("arc")};
    const WarcRecord *rec = &w->now;
    bool ok = false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) ok |= str_eq_fold(rec->type, types[i]);
    if (!ok || str_starts(rec->uri, S("filedesc:")) || is_for_crawlers(rec->uri)) return false;
    if (rec->status && rec->status != 200 && rec->status != 203) return false;
    *type = media_type(rec->http.n ? header(&w->level->scratch, rec->http, "Content-Type") : rec->content_type);
    return rec->length > 0 && is_readable_type(*type);
}

/* ---- the index --------------------------------------------------------------------------------------------------- */
/* Of what an HTTP response carries, and of what else is a document of its own; NULL for the rest. */
static bool hash_payload(Warc *w, char *buffer, char hex[65], Err *e)
{
    struct sha256_ctx hash;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&hash);
    for (;;) {
        Str v;
        if (w->coded == CODED_NOT) {                     /* as it lies in the window */
            if (!payload_view(w, &v, e)) return false;
            if (!v.n) break;
            sha256_update(&hash, (size_t)v.n, (const uint8_t *)v.p);
            payload_drop(w, v.n);
            continue;
        }
        ptrdiff_t got = payload_read(w, buffer, PIECE, e);
        if (got < 0) return false;
        if (!got) break;
        sha256_update(&hash, (size_t)got, (const uint8_t *)buffer);
    }
    sha256_digest(&hash, sizeof digest, digest);
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[64] = 0;
    return true;
}

static void put_text(Buf *b, const char *name, Str s)
{
    buf_printf(b, ", \"%s\": ", name);
    if (s.n)
        json_put_str(b, s);
    else
        buf_add(b, S("null"));
}

static bool put_record(Warc *w, char *buffer, Buf *b, Err *e)
{
    WarcRecord rec = w->now;
    char hex[65] = "";
    bool has_payload = rec.status || rec.http.n || str_eq_fold(rec.type, S("resource")) ||
                       str_eq_fold(rec.type, S("conversion")) || str_eq_fold(rec.type, S("response"));
    bool is_short = false;
    if (has_payload && !hash_payload(w, buffer, hex, e)) return false;
    if (!skip_until(w, rec.end, &is_short, e)) return false;
    w->is_ended |= is_short;
    buf_printf(b, "{\"offset\": %lld", (long long)rec.offset);
    put_text(b, "type", rec.type);
    put_text(b, "uri", rec.uri);
    if (rec.status)
        buf_printf(b, ", \"status\": %d", rec.status);
    else
        buf_add(b, S(", \"status\": null"));
    buf_printf(b, ", \"length\": %lld", (long long)rec.length);
    put_text(b, "sha256", str_of(hex));
    buf_printf(b, ", \"truncated\": %s}", is_short ? "true" : "false");
    return true;
}

static void put_broken(const Warc *w, Buf *b, const Err *e)
{
    buf_printf(b, "%s{\"offset\": %lld, \"why\": ", b->n ? ", " : "", (long long)w->now.offset);
    json_put_str(b, str_of(e->text));
    buf_char(b, '}');
}

/* "records": [...] and, where there are any, "broken": [...]: an object's members. */
static bool warc_inspect(Level *l, Buf *b, Err *e)
{
    Warc *w = l->state;
    Buf damage = {.to = b->to};
    char *buffer = arena_new(b->to, char, PIECE);
    buf_add(b, S("\"records\": ["));
    ItemState state;
    for (int64_t n = 0; (state = record_next(w, e)) != ITEM_END; arena_reset(&l->scratch)) {
        if (state == ITEM_DOCUMENT) {
            ptrdiff_t before = b->n;
            if (n) buf_add(b, S(", "));
            if (put_record(w, buffer, b, e)) {
                n++;
                continue;
            }
            b->n = before;
            warc_give_up(w);
        }
        if (e->code == ERR_INTERRUPTED) return false;
        put_broken(w, &damage, e);
    }
    buf_char(b, ']');
    if (damage.n) buf_printf(b, ", \"broken\": [%.*s]", STR(buf_str(&damage)));
    return true;
}

/* ---- what the format names --------------------------------------------------------------------------------------- */
static bool warc_open(Level *l, Err *e)
{
    Warc *w = calloc(1, sizeof *w);
    if (!w) return fail(e, ERR_MEMORY, "no memory left to read it");
    w->level = l;
    w->is_arc = str_starts(reader_view(&l->reader), S("filedesc:"));
    l->state = w;
    return true;
}

static ItemState warc_next(Level *l, Member *m, Err *e)
{
    Warc *w = l->state;
    for (;; arena_reset(&l->scratch)) {
        ItemState state = record_next(w, e);
        if (state != ITEM_DOCUMENT) return state;
        Str type;
        if (!is_document(w, &type)) continue;
        m->name = arena_printf(&l->scratch, "record at %lld", (long long)w->now.offset);
        m->given = (Given){.uri = w->now.uri, .headers = w->now.http, .truncated = w->now.is_cut};
        if (!m->given.headers.n && type.n)
            m->given.headers = arena_printf(&l->scratch, "Content-Type: %.*s\n", STR(w->now.content_type));
        m->pull = (Pull){payload_read, w};
        m->is_optional = true;
        return ITEM_DOCUMENT;
    }
}

static void warc_close(Level *l)
{
    payload_end(l->state);
    free(l->state);
}

const Format format_warc = {.open = warc_open, .next = warc_next, .close = warc_close, .inspect = warc_inspect};
