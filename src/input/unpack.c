/* Unpack: what is compressed, and archives of files.
**
** gzip is unpacked here with zlib, because readers of web archives must know where each of its members begins; zstd, xz
** and bzip2, and zip and tar archives, with libarchive. All is streamed: a member's bytes are unpacked when its reader
** asks for them, and nothing is written anywhere, so a member named "../../x" is a member with an odd name.
**
**  in:  news.tar.gz                         out: members "march/1.txt", "march/2.html" …
**  in:  a bomb: 42 kB that unpack to 4 GB   out: "unpacks to more than 250 times its size …", the next member
**
** What is no file (folders, links) and what systems leave behind (.DS_Store, __MACOSX/) is passed over without a word.
** A truncated member fails as a whole where it is one document (half an article would pass for a whole one); lines of
** JSON and records of web archives before the cut are read, then the cut is named.
**
** Always: no more than UNPACKED_RATIO_MAX times the packed bytes is ever unpacked, for a member and for a file in all.
** Cost: linear in what is unpacked.
*/
#include "input/inside.h"
#include "input/unpack.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Articles in HTML shrink to a fifth, a table of figures to a thirtieth, a year of one feed's daily copies to a
** hundredth; zlib's limit is 1,032. The first 32 MiB, the size of one document, are free. */
enum { UNPACKED_RATIO_MAX = 250, UNPACKED_FREE = 32 << 20, MEMBERS_MAX = 1000000 };

static bool is_bomb(int64_t unpacked, int64_t packed)
{
    return unpacked > UNPACKED_FREE && unpacked / UNPACKED_RATIO_MAX > packed;
}

bool unpack_count(Level *l, ptrdiff_t n, int64_t member, int64_t packed, Err *e)
{
    Level *file = l;
    while (file->outer) file = file->outer;
    file->unpacked += n;
    bool is_member = is_bomb(member, packed);
    if (is_member) file->unpacked -= member;             /* its neighbours do not pay for it */
    if (is_member || is_bomb(file->unpacked, file->reader.consumed + reader_view(&file->reader).n))
        return fail(e, ERR_LIMIT, "unpacks to more than %d times its size (%lld MB so far), as only a trap does; "
                    "left out. If it is none, unpack it first and give the files", UNPACKED_RATIO_MAX,
                    (long long)(member > file->unpacked ? member : file->unpacked) / 1000000);
    return true;
}

/* ---- gzip ----------------------------------------------------------------------------------------------------- */
typedef struct { int64_t unpacked, packed; } Start;      /* where a member begins, in either count */
typedef struct {
    Level *level;
    z_stream z;
    bool is_in_member, is_lost, is_given;                /* lost: looking for the next member after a broken one */
    int64_t out;
    Start *starts;                               /* those not yet passed by gzip_offset; the first is the present one */
    int32_t n_starts, first_start, cap_starts;
} Gzip;

static bool add_start(Gzip *g, Err *e)
{
    if (g->n_starts == g->cap_starts) {
        int32_t kept = g->n_starts - g->first_start;
        if (kept) memmove(g->starts, g->starts + g->first_start, (size_t)kept * sizeof *g->starts);
        g->n_starts = kept;
        g->first_start = 0;
        if (kept * 2 > g->cap_starts || !g->cap_starts) {
            int32_t cap = g->cap_starts ? g->cap_starts * 2 : 64;
            Start *more = realloc(g->starts, (size_t)cap * sizeof *more);
            if (!more) return fail(e, ERR_MEMORY, "no memory left to unpack it");
            g->starts = more;
            g->cap_starts = cap;
        }
    }
    g->starts[g->n_starts++] = (Start){g->out, g->level->reader.consumed};
    return true;
}

int64_t gzip_offset(Level *l, int64_t unpacked)
{
    Gzip *g = l->state;
    while (g->first_start + 1 < g->n_starts && g->starts[g->first_start + 1].unpacked <= unpacked) g->first_start++;
    return g->n_starts ? g->starts[g->first_start].packed : 0;
}

/* Only readers that can find their feet again look for more behind a break; others were told, and stop. */
static bool find_member(Gzip *g, bool *found, Err *e)
{
    Reader *r = &g->level->reader;
    *found = false;
    for (;;) {
        if (!reader_until(r, 3, e)) return false;
        Str w = reader_view(r);
        if (w.n < 3) return true;
        ptrdiff_t at = str_find(w, S("\x1F\x8B\x08"));
        reader_drop(r, at < 0 ? w.n - 2 : at);
        *found = at >= 0;
        if (*found) return true;
        if (!reader_more(r, e)) return false;
        if (r->at_end && reader_view(r).n < 3) return true;
    }
}

/* Zeros behind the last member are padding (tapes, disk blocks). */
static bool next_member(Gzip *g, bool *found, Err *e)
{
    Reader *r = &g->level->reader;
    *found = false;
    if (g->is_lost) {
        g->is_lost = false;
        if (!find_member(g, found, e) || !*found) return !e->code;
    } else {
        if (!reader_until(r, 2, e)) return false;
        Str w = reader_view(r);
        if (w.n && !str_starts(w, S("\x1F\x8B"))) {
            while (w.n && w.p[0] == 0) {
                reader_drop(r, 1);
                if (!reader_until(r, 1, e)) return false;
                w = reader_view(r);
            }
            if (!w.n) return true;
            g->is_lost = true;
            return fail(e, ERR_INPUT, "something that is not gzip follows at byte %lld of the compressed data; it "
                        "is left out",
                        (long long)r->consumed);
        }
        *found = w.n > 0;
    }
    if (!*found) return true;
    inflateReset(&g->z);
    g->is_in_member = true;
    return add_start(g, e);
}

static bool broken_member(Gzip *g, bool is_cut, Err *e)
{
    g->is_in_member = false;
    g->is_lost = true;
    if (is_cut)
        return fail(e, ERR_INPUT, "the compressed data (gzip) are cut off in the middle; fetch the file again");
    return fail(e, ERR_INPUT, "the compressed data (gzip) are damaged before byte %lld (%s); fetch the file again",
                (long long)g->level->reader.consumed, g->z.msg ? g->z.msg : "wrong check sum");
}

static ptrdiff_t gzip_read(void *with, char *to, ptrdiff_t n, Err *e)
{
    Gzip *g = with;
    Reader *r = &g->level->reader;
    for (;;) {
        bool found = true;
        if (!g->is_in_member && !next_member(g, &found, e)) return -1;
        if (!found) return 0;
        if (!reader_until(r, 1, e)) return -1;
        Str w = reader_view(r);
        g->z.next_in = (Bytef *)(uintptr_t)w.p;
        g->z.avail_in = (uInt)(w.n < INT32_MAX ? w.n : INT32_MAX);
        g->z.next_out = (Bytef *)to;
        g->z.avail_out = (uInt)(n < INT32_MAX ? n : INT32_MAX);
        uInt room = g->z.avail_out;
        int state = inflate(&g->z, Z_NO_FLUSH);
        ptrdiff_t got = (ptrdiff_t)(room - g->z.avail_out);
        reader_drop(r, w.n - (ptrdiff_t)g->z.avail_in);
        g->out += got;
        if (got && !unpack_count(g->level, got, g->out, r->consumed, e)) return -1;
        if (state == Z_STREAM_END)
            g->is_in_member = false;
        else if (state != Z_OK && !(state == Z_BUF_ERROR && w.n == 0)) {
            broken_member(g, false, e);
            return -1;
        } else if (!got && w.n == 0 && r->at_end) {
            broken_member(g, true, e);
            return -1;
        }
        if (got) return got;
    }
}

static bool gzip_open(Level *l, Err *e)
{
    Gzip *g = calloc(1, sizeof *g);
    if (!g || inflateInit2(&g->z, 15 + 16) != Z_OK) {
        free(g);
        return fail(e, ERR_MEMORY, "no memory left to unpack it");
    }
    g->level = l;
    l->state = g;
    return true;
}

static void gzip_close(Level *l)
{
    Gzip *g = l->state;
    inflateEnd(&g->z);
    free(g->starts);
    free(g);
}

/* ---- libarchive ----------------------------------------------------------------------------------------------- */
typedef struct {
    Level *level;
    struct archive *a;
    ptrdiff_t lent;                                      /* bytes of the level's window that libarchive looks at */
    Err why;                                             /* the level below failed */
    int64_t out, begun;                                  /* of this member: bytes out; where it began */
    int32_t n_members;
    bool is_given, is_over, is_raw, knows_size;   /* knows_size: what is left of a member is passed without unpacking */
} Pack;

static int64_t pack_consumed(const Pack *p) { return p->level->reader.consumed + p->lent; }

static la_ssize_t lend(struct archive *a, void *with, const void **bytes)
{
    Pack *p = with;
    Reader *r = &p->level->reader;
    reader_drop(r, p->lent);
    p->lent = 0;
    if (!reader_until(r, 1, &p->why)) {
        archive_set_error(a, EIO, "unreadable");
        return -1;
    }
    Str w = reader_view(r);
    *bytes = w.p;
    p->lent = w.n;
    return w.n;
}

static bool pack_fail(Pack *p, Err *e)
{
    if (p->why.code != ERR_NONE) {
        *e = p->why;
        return false;
    }
    const char *said = archive_error_string(p->a);
    return fail(e, ERR_INPUT, "cannot be unpacked (%s); it is damaged or cut off: fetch it again",
                said ? said : "damaged");
}

static ptrdiff_t pack_read(void *with, char *to, ptrdiff_t n, Err *e)
{
    Pack *p = with;
    la_ssize_t got;
    do got = archive_read_data(p->a, to, (size_t)n);
    while (got == ARCHIVE_RETRY);
    if (got < 0) {
        pack_fail(p, e);
        p->is_over |= got == ARCHIVE_FATAL || p->is_raw;
        return -1;
    }
    p->out += got;
    if (got == 0 || unpack_count(p->level, got, p->out, pack_consumed(p) - p->begun, e)) return got;
    p->is_over |= !p->knows_size;
    return -1;
}

static bool pack_open(Level *l, bool is_raw, Err *e)
{
    Pack *p = calloc(1, sizeof *p);
    if (p) p->a = archive_read_new();
    if (!p || !p->a) {
        free(p);
        return fail(e, ERR_MEMORY, "no memory left to unpack it");
    }
    p->level = l;
    p->is_raw = is_raw;
    l->state = p;
    if (is_raw) {
        archive_read_support_format_raw(p->a);
        archive_read_support_filter_zstd(p->a);
        archive_read_support_filter_xz(p->a);
        archive_read_support_filter_bzip2(p->a);
    } else {
        archive_read_support_format_zip_streamable(p->a);
        archive_read_support_format_tar(p->a);
    }
    return archive_read_open(p->a, p, NULL, lend, NULL) == ARCHIVE_OK ? true : pack_fail(p, e);
}

static void pack_close(Level *l)
{
    Pack *p = l->state;
    archive_read_free(p->a);
    free(p);
}

/* What systems put beside the files they pack. */
static bool is_litter(Str name)
{
    Str rest = name, piece, last = {0};
    while (str_split(&rest, '/', &piece)) {
        if (str_eq(piece, S("__MACOSX"))) return true;
        if (piece.n) last = piece;
    }
    return str_starts(last, S(".")) && !str_eq(last, S(".")) && !str_eq(last, S(".."));
}

static Str name_of(Pack *p, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    if (name && *name) return arena_str(&p->level->scratch, str_of(name));
    return arena_printf(&p->level->scratch, "member %d", (int)p->n_members);
}

static ItemState entry_next(Pack *p, struct archive_entry **entry, Err *e)
{
    int state;
    do state = archive_read_next_header(p->a, entry);
    while (state == ARCHIVE_RETRY);
    if (state == ARCHIVE_EOF) return ITEM_END;
    if (state != ARCHIVE_OK && state != ARCHIVE_WARN) {
        p->is_over = true;
        pack_fail(p, e);
        return ITEM_FAILED;
    }
    p->out = 0;
    p->begun = pack_consumed(p);
    return ITEM_DOCUMENT;
}

/* ---- what the formats name ------------------------------------------------------------------------------------ */
static ItemState pack_next(Level *l, Member *m, Err *e)
{
    Pack *p = l->state;
    struct archive_entry *entry;
    while (!p->is_over) {
        ItemState state = entry_next(p, &entry, e);
        if (state != ITEM_DOCUMENT) return state;
        if (++p->n_members > MEMBERS_MAX) {
            p->is_over = true;
            fail(e, ERR_LIMIT, "has more than %d members; the rest is left out: unpack it first and give the folder",
                 MEMBERS_MAX);
            return ITEM_FAILED;
        }
        Str name = name_of(p, entry);
        if (archive_entry_filetype(entry) != AE_IFREG || str_ends(name, S("/")) || is_litter(name)) {
            arena_reset(&l->scratch);
            continue;
        }
        m->name = name;
        p->knows_size = archive_entry_size_is_set(entry);
        m->pull = (Pull){pack_read, p};
        if (!archive_entry_is_encrypted(entry)) return ITEM_DOCUMENT;
        fail(e, ERR_INPUT, "is encrypted; unpack it with its password first (7z x FILE) and give the files");
        return ITEM_FAILED;
    }
    return ITEM_END;
}

static bool archive_open_level(Level *l, Err *e) { return pack_open(l, false, e); }

static bool is_gzip(const Level *l) { return l->is_gzip; }

static bool compressed_open(Level *l, Err *e)
{
    l->is_gzip = str_starts(reader_view(&l->reader), S("\x1F\x8B"));
    return is_gzip(l) ? gzip_open(l, e) : pack_open(l, true, e);
}

/* One member without a name. */
static ItemState compressed_next(Level *l, Member *m, Err *e)
{
    bool *is_given = is_gzip(l) ? &((Gzip *)l->state)->is_given : &((Pack *)l->state)->is_given;
    if (*is_given) return ITEM_END;
    *is_given = true;
    m->given = l->given;
    m->is_optional = l->is_optional;
    if (is_gzip(l)) {
        m->pull = (Pull){gzip_read, l->state};
        return ITEM_DOCUMENT;
    }
    struct archive_entry *entry;
    m->pull = (Pull){pack_read, l->state};
    ItemState state = entry_next(l->state, &entry, e);
    if (state != ITEM_DOCUMENT || archive_filter_count(((Pack *)l->state)->a) > 1) return state;
    /* no filter knew them */
    fail(e, ERR_INPUT, "the compressed data are damaged at their begin; fetch the file again");
    return ITEM_FAILED;
}

static void compressed_close(Level *l) { is_gzip(l) ? gzip_close(l) : pack_close(l); }

const Format format_archive = {.open = archive_open_level, .next = pack_next, .close = pack_close};
const Format format_compressed = {.open = compressed_open, .next = compressed_next, .close = compressed_close};
