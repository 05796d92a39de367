/* What warc.c and payload.c share: the record at hand, and its payload on the way out of its wrappings. */
#ifndef INPUT_WARC_H
#define INPUT_WARC_H
#include "input/unpack.h"
#include <brotli/decode.h>
#include <zlib.h>

typedef enum { CHUNK_NONE, CHUNK_FIRST, CHUNK_SIZE, CHUNK_DATA, CHUNK_OVER } Chunk;
typedef enum { CODED_NOT, CODED_GZIP, CODED_DEFLATE, CODED_BROTLI, CODED_OVER } Coded;
typedef struct {
    int64_t begin, end;                                  /* unpacked bytes: its first one; behind its block */
    int64_t offset, length;                              /* in the file; as stated */
    Str type, uri, content_type;
    int status;                                          /* 0: no HTTP response */
    Str http;                                            /* its header lines */
    bool is_cut;                                         /* WARC-Truncated */
} WarcRecord;
typedef struct {
    Level *level;
    bool is_arc, is_ended;                               /* ended: the file broke off in the record at hand */
    WarcRecord now;
    Chunk chunk;
    int64_t chunk_left;
    Coded coded;
    bool is_short, has_output, has_zlib;                 /* short: the payload ends before its stated end */
    z_stream z;
    BrotliDecoderState *brotli;
    int64_t out;
} Warc;

/* The window stands at the payload of w->now: how it is wrapped is taken from w->now.http. */
void payload_begin(Warc *w, Str transfer, Str content);  /* the values of Transfer-Encoding and Content-Encoding */
void payload_end(Warc *w);                               /* lets go of the decoders; fine when there are none */
ptrdiff_t payload_read(void *warc, char *to, ptrdiff_t n, Err *e);   /* a Pull */
/* For a payload that is not compressed (CODED_NOT): its next piece as it lies in the window; empty: its end. */
bool payload_view(Warc *w, Str *v, Err *e);
void payload_drop(Warc *w, ptrdiff_t n);
void warc_give_up(Warc *w);                              /* the data under us broke (warc.c) */
#endif
