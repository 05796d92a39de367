/* Payload: what an HTTP response carries, out of its chunks and its compression.
**
**  in:  "c\r\nThe port of \r\n5\r\nVelm.\r\n0\r\n\r\n", Transfer-Encoding: chunked
**  out: "The port of Velm."
**
** Headers lie: crawlers undo a wrapping and keep its header, servers promise one and send none. So a payload that is
** said to be chunked or compressed and does not begin so is taken as it stands; one that breaks off later is given as
** far as it goes, and its document is marked as truncated.
**
** Always: no byte beyond the record's end is touched. Cost: one pass; a piece that is not compressed is not copied.
*/
#include "input/warc.h"
#include <string.h>

enum { CHUNK_LINE_MAX = 4096 };       /* bytes of a chunk's size with its extensions; real ones have ten */

static Reader *from(const Warc *w) { return &w->level->reader; }

static Coded coding_of(Str name)
{
    if (str_eq_fold(name, S("gzip")) || str_eq_fold(name, S("x-gzip"))) return CODED_GZIP;
    if (str_eq_fold(name, S("deflate"))) return CODED_DEFLATE;
    return str_eq_fold(name, S("br")) ? CODED_BROTLI : CODED_NOT;
}

void payload_end(Warc *w)
{
    if (w->has_zlib) inflateEnd(&w->z);
    w->has_zlib = false;
    if (w->brotli) BrotliDecoderDestroyInstance(w->brotli);
    w->brotli = NULL;
}

void payload_begin(Warc *w, Str transfer, Str content)
{
    payload_end(w);
    w->is_short = w->has_output = false;
    w->out = 0;
    w->chunk = str_eq_fold(transfer, S("chunked")) ? CHUNK_FIRST : CHUNK_NONE;
    w->coded = coding_of(content);
}

/* The next piece of the block, in the window; empty: its end. */
static bool block_view(Warc *w, ptrdiff_t want, Str *v, Err *e)
{
    int64_t left = w->now.end - from(w)->consumed;
    if (want > left) want = (ptrdiff_t)left;
    if (!reader_until(from(w), want, e)) return false;
    *v = reader_view(from(w));
    if (v->n < want) w->is_short = true;
    if (v->n > left) v->n = (ptrdiff_t)left;
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* "1c37;x=y\r\n": the length of the line, 0 where it is none. */
static ptrdiff_t chunk_line(Str v, int64_t *size)
{
    ptrdiff_t i = 0;
    for (*size = 0; i < v.n && i < 15 && hex_digit(v.p[i]) >= 0; i++) *size = *size * 16 + hex_digit(v.p[i]);
    if (!i) return 0;
    while (i < v.n && (v.p[i] == ' ' || v.p[i] == '\t')) i++;
    if (i < v.n && v.p[i] == ';')
        while (i < v.n && i < CHUNK_LINE_MAX && v.p[i] != '\n' && v.p[i] != '\r') i++;
    if (i < v.n && v.p[i] == '\r') i++;
    return i < v.n && v.p[i] == '\n' ? i + 1 : 0;
}

static bool chunk_begin(Warc *w, Err *e)
{
    Str v;
    ptrdiff_t skip = 0;
    int64_t size;
    if (!block_view(w, 32, &v, e)) return false;
    if (w->chunk == CHUNK_SIZE) skip = str_starts(v, S("\r\n")) ? 2 : str_starts(v, S("\n")) ? 1 : 0;
    ptrdiff_t n = chunk_line(str_sub(v, skip, v.n), &size);
    if (!n && v.n && !block_view(w, CHUNK_LINE_MAX, &v, e)) return false;
    if (!n) n = chunk_line(str_sub(v, skip, v.n), &size);
    if (!n) {                                           /* the first: it only says it is chunked; later: it broke off */
        w->is_short |= w->chunk == CHUNK_SIZE;
        w->chunk = w->chunk == CHUNK_FIRST ? CHUNK_NONE : CHUNK_OVER;
        return true;
    }
    reader_drop(from(w), skip + n);
    w->chunk = size ? CHUNK_DATA : CHUNK_OVER;
    w->chunk_left = size;
    return true;
}

bool payload_view(Warc *w, Str *v, Err *e)
{
    *v = (Str){0};
    while (w->chunk == CHUNK_FIRST || w->chunk == CHUNK_SIZE)
        if (!chunk_begin(w, e)) return false;
    if (w->chunk == CHUNK_OVER) return true;
    if (!block_view(w, 1, v, e)) return false;
    if (w->chunk == CHUNK_NONE) return true;
    if (!v->n) {
        w->is_short = true;
        w->chunk = CHUNK_OVER;
    } else if (v->n > w->chunk_left)
        v->n = (ptrdiff_t)w->chunk_left;
    return true;
}

void payload_drop(Warc *w, ptrdiff_t n)
{
    reader_drop(from(w), n);
    if (w->chunk == CHUNK_DATA && !(w->chunk_left -= n)) w->chunk = CHUNK_SIZE;
}

/* zlib knows gzip and zlib by their first bytes; "deflate" is often bare. */
static bool zlib_begin(Warc *w, Str v)
{
    unsigned b0 = (unsigned char)v.p[0], b1 = v.n > 1 ? (unsigned char)v.p[1] : 0;
    bool is_gzip = b0 == 0x1F && b1 == 0x8B, is_zlib = (b0 & 15) == 8 && (b0 << 8 | b1) % 31 == 0;
    w->z = (z_stream){0};
    if (w->coded == CODED_GZIP && !is_gzip && !is_zlib) return false;
    w->has_zlib = inflateInit2(&w->z, is_gzip || is_zlib ? 15 + 32 : -15) == Z_OK;
    return w->has_zlib;
}

/* One step: some of v into to. False: it is not so compressed (nothing came out yet), or is over. */
static bool decode(Warc *w, Str v, ptrdiff_t *used, char *to, ptrdiff_t n, ptrdiff_t *got)
{
    *used = *got = 0;
    if (w->coded == CODED_BROTLI) {
        if (!w->brotli) w->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        if (!w->brotli) return false;
        size_t in = (size_t)v.n, room = (size_t)n;
        const uint8_t *p = (const uint8_t *)v.p;
        uint8_t *q = (uint8_t *)to;
        BrotliDecoderResult state = BrotliDecoderDecompressStream(w->brotli, &in, &p, &room, &q, NULL);
        *used = v.n - (ptrdiff_t)in;
        *got = n - (ptrdiff_t)room;
        bool is_nothing = state == BROTLI_DECODER_RESULT_SUCCESS && !*got && !w->has_output && *used < v.n;
        w->is_short |= state == BROTLI_DECODER_RESULT_ERROR || is_nothing;
        return state == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT || state == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    }
    if (!w->has_zlib && !zlib_begin(w, v)) {
        w->is_short = true;
        return false;
    }
    w->z.next_in = (Bytef *)(uintptr_t)v.p;
    w->z.avail_in = (uInt)v.n;
    w->z.next_out = (Bytef *)to;
    w->z.avail_out = (uInt)n;
    int state = inflate(&w->z, Z_NO_FLUSH);
    *used = v.n - (ptrdiff_t)w->z.avail_in;
    *got = n - (ptrdiff_t)w->z.avail_out;
    if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) w->is_short = true;
    return state == Z_OK || state == Z_BUF_ERROR;
}

static bool coded_step(Warc *w, Str v, char *to, ptrdiff_t n, ptrdiff_t *got, Err *e)
{
    ptrdiff_t used;
    bool goes_on = decode(w, v, &used, to, n, got), was_first = !w->has_output;
    if (!goes_on && was_first && !*got && w->is_short) { /* said to be compressed, and is not: as it stands */
        w->coded = CODED_NOT;
        w->is_short = false;
        return true;
    }
    w->has_output = true;
    payload_drop(w, used);
    if (!goes_on) w->coded = CODED_OVER;
    w->out += *got;
    return unpack_count(w->level, *got, w->out, from(w)->consumed - w->now.begin, e);
}

static ptrdiff_t payload_step(Warc *w, char *to, ptrdiff_t n, Err *e)
{
    Str v;
    for (ptrdiff_t got = 0; w->coded != CODED_OVER;) {
        if (!payload_view(w, &v, e)) return -1;
        if (!v.n && w->coded != CODED_NOT && w->has_output) w->is_short = true;
        if (!v.n) break;
        if (n > INT32_MAX) n = INT32_MAX;
        if (w->coded == CODED_NOT) {
            got = v.n < n ? v.n : n;
            memcpy(to, v.p, (size_t)got);
            payload_drop(w, got);
        } else if (!coded_step(w, v.n > INT32_MAX ? str_sub(v, 0, INT32_MAX) : v, to, n, &got, e))
            return -1;
        if (got) return got;
    }
    if (w->is_short) level_inner_truncated(w->level);
    return 0;
}

ptrdiff_t payload_read(void *with, char *to, ptrdiff_t n, Err *e)
{
    ptrdiff_t got = payload_step(with, to, n, e);
    if (got < 0 && e->code == ERR_INPUT) warc_give_up(with);
    return got;
}
