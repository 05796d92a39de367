/* Model files: sections under names in one file that is mapped and used where it lies.
**
**   0  magic       8B 'd' 'm' 'o' 'd' 'e' 'l' 0A     (not text, and seen when a transfer mended line ends)
**   8  version     u32                               MODEL_VERSION
**  12  sections    u32                               at most SECTIONS_MAX
**  16  length      u64                               of the whole file
**  24  checksum    u64                               over all other bytes (below)
**  32  32 zeros                                      room for a later version
**  64  the table   for each section: name (24 bytes, zeros behind it), begin u64, length u64
**      the sections, each at a multiple of 64 bytes, zeros between them
**
** All numbers are little-endian. The section "provenance" is JSON for people; the others belong to whom they are named
** after, who checks what is in them.
**
** Checksum: from byte 32 on, 64 bytes a step in four lanes that wait for none of the others; then hash64 over the lanes
** and the head's first 24 bytes, and over what was less than a step. It finds what disks and transfers do; it is no
** signature.
**
** Always: a Model that was opened has sections that lie in the file behind the table; no other byte of it has been
** believed. The sentences of a refusal name the file, what is wrong with it, and what to do.
** Cost: one pass over the file at some 10 GB/s, 2 ms for 20 MB; it warms the pages that reading will want. A mapped
** file that is overwritten in place meanwhile changes under our feet: model files are replaced by renaming.
*/
#include "model/inside.h"
#include "base/io.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    MODEL_VERSION = 1,
    MODEL_MAX = 1 << 30,            /* bytes: fifty times what we ship */
    SECTIONS_MAX = 256,
    NAME_SIZE = 24,                 /* a section's name and its zero */
    ROW_SIZE = NAME_SIZE + 16,
    ALIGN = 64,                     /* a cache line, and the widest vector register */
    AT_VERSION = 8, AT_SECTIONS = 12, AT_LENGTH = 16, AT_CHECKSUM = 24, AT_RESERVED = 32, HEAD_SIZE = 64,
    LANES = 4
};
static const char magic[AT_VERSION + 1] = "\x8B" "dmodel\n";

struct Model {
    IoFile file;                    /* empty where the bytes are somebody else's */
    Str bytes;
    char name[];                    /* for messages; ends in a zero */
};

/* ---- numbers, little-endian ------------------------------------------------------------------------------- */
static void number_put(char *to, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++) to[i] = (char)(uint8_t)(v >> 8 * i);
}

static void put_zeros(Buf *b, ptrdiff_t from, int align)
{
    while ((b->n - from) % align) buf_char(b, 0);
}

/* ---- checksum --------------------------------------------------------------------------------------------- */
static uint64_t checksum(Str file)
{
    char sums[AT_CHECKSUM + 8 * LANES];
    uint64_t lane[LANES] = {1, 2, 3, 4};
    ptrdiff_t i = AT_RESERVED;
    for (; i + 16 * LANES <= file.n; i += 16 * LANES)
        for (int k = 0; k < LANES; k++) {
            const char *two = file.p + i + 16 * k;
            lane[k] = model_mix(lane[k] ^ le_number(two, 8), le_number(two + 8, 8));
        }
    memcpy(sums, file.p, AT_CHECKSUM);
    for (int k = 0; k < LANES; k++) number_put(sums + AT_CHECKSUM + 8 * k, lane[k], 8);
    return model_mix(hash64((Str){sums, sizeof sums}), hash64(str_sub(file, i, file.n)));
}

/* ---- what a file must be before it is used ------------------------------------------------------------------ */
static bool head_fits(Str file, Str name, Err *e)
{
    ptrdiff_t seen = file.n < AT_VERSION ? file.n : AT_VERSION;
    if (seen == 0) return fail(e, ERR_INPUT, "'%.*s' is empty: copy the model again", STR(name));
    if (memcmp(file.p, magic, (size_t)seen) != 0)
        return fail(e, ERR_INPUT, "'%.*s' is no model file of demarche: their names end in .dm, and its trainer writes them",
                    STR(name));
    if (file.n < HEAD_SIZE)
        return fail(e, ERR_INPUT, "'%.*s' is cut off after %td bytes, within its head: copy the model again", STR(name),
                    file.n);
    uint32_t version = (uint32_t)le_number(file.p + AT_VERSION, 4);
    if (version != MODEL_VERSION)
        return fail(e, ERR_INPUT, "'%.*s' is a model of version %u, and this program reads version %d: take the model that "
                    "came with the program, or train it again", STR(name), version, MODEL_VERSION);
    uint64_t length = le_number(file.p + AT_LENGTH, 8);
    if (length != (uint64_t)file.n)
        return fail(e, ERR_INPUT, "'%.*s' is %td bytes long, and its head says %llu: copy the model again", STR(name),
                    file.n, (unsigned long long)length);
    if (le_number(file.p + AT_CHECKSUM, 8) != checksum(file))
        return fail(e, ERR_INPUT, "'%.*s' is damaged, its checksum does not agree: copy the model again", STR(name));
    return true;
}

static int32_t n_sections(Str file) { return (int32_t)le_number(file.p + AT_SECTIONS, 4); }

static Str row_name(Str file, int32_t i)
{
    const char *p = file.p + HEAD_SIZE + (ptrdiff_t)i * ROW_SIZE;
    return (Str){p, (ptrdiff_t)strnlen(p, NAME_SIZE)};
}

static Str row_bytes(Str file, int32_t i)
{
    ptrdiff_t at = HEAD_SIZE + (ptrdiff_t)i * ROW_SIZE + NAME_SIZE;
    return (Str){file.p + le_number(file.p + at, 8), (ptrdiff_t)le_number(file.p + at + 8, 8)};
}

static bool row_fits(Str file, int32_t i)
{
    ptrdiff_t at = HEAD_SIZE + (ptrdiff_t)i * ROW_SIZE + NAME_SIZE;
    uint64_t begin = le_number(file.p + at, 8), length = le_number(file.p + at + 8, 8);
    uint64_t table_end = HEAD_SIZE + (uint64_t)n_sections(file) * ROW_SIZE;
    Str name = row_name(file, i);
    for (int32_t k = 0; k < i; k++)
        if (str_eq(row_name(file, k), name)) return false;
    return name.n > 0 && name.n < NAME_SIZE && begin % ALIGN == 0 && begin >= table_end && begin <= (uint64_t)file.n &&
           length <= (uint64_t)file.n - begin;
}

static bool table_fits(Str file, Str name, Err *e)
{
    uint64_t n = le_number(file.p + AT_SECTIONS, 4);
    bool fits = n <= SECTIONS_MAX && HEAD_SIZE + n * ROW_SIZE <= (uint64_t)file.n;
    for (int32_t i = 0; fits && i < (int32_t)n; i++) fits = row_fits(file, i);
    return fits || fail(e, ERR_INPUT, "'%.*s' has a table of sections that does not fit the file: it was written wrongly, "
                        "train the model again", STR(name));
}

/* ---- opening and closing ------------------------------------------------------------------------------------ */
Model *model_of(Str bytes, Str name, Err *e)
{
    assert((uintptr_t)bytes.p % ALIGN == 0 && "the bytes of a model begin at a multiple of 64");
    if (!head_fits(bytes, name, e) || !table_fits(bytes, name, e)) return NULL;
    Model *m = calloc(1, sizeof *m + (size_t)name.n + 1);
    if (!m) {
        fail(e, ERR_MEMORY, "no memory to open the model '%.*s'", STR(name));
        return NULL;
    }
    m->bytes = bytes;
    if (name.n) memcpy(m->name, name.p, (size_t)name.n);
    return m;
}

Model *model_open(const char *path, Err *e)
{
    IoFile file;
    if (!io_map(&file, path, MODEL_MAX, e)) {
        err_while(e, "opening a model");
        return NULL;
    }
    Model *m = model_of(file.bytes, str_of(path), e);
    if (m) m->file = file;
    else io_close(&file);
    return m;
}

void model_close(Model *m)
{
    if (m) io_close(&m->file);
    free(m);
}

Str model_name(const Model *m) { return str_of(m->name); }

int64_t model_size(const Model *m) { return m->bytes.n; }

Str model_section(const Model *m, Str name)
{
    for (int32_t i = 0; i < n_sections(m->bytes); i++)
        if (str_eq(row_name(m->bytes, i), name)) return row_bytes(m->bytes, i);
    return (Str){0};
}

Str model_provenance(const Model *m) { return model_section(m, S("provenance")); }

/* ---- writing ------------------------------------------------------------------------------------------------ */
void model_seal(Buf *file)
{
    assert(file->n >= HEAD_SIZE && "a model file has a head");
    memcpy(file->p, magic, AT_VERSION);
    number_put(file->p + AT_VERSION, MODEL_VERSION, 4);
    number_put(file->p + AT_LENGTH, (uint64_t)file->n, 8);
    number_put(file->p + AT_CHECKSUM, checksum(buf_str(file)), 8);
}

void model_write(const ModelSections *sections, Buf *out)
{
    static const char zeros[HEAD_SIZE];
    assert(out->n == 0 && "a model file stands alone");
    assert(sections->n <= SECTIONS_MAX && "a model has at most 256 sections");
    buf_add(out, (Str){zeros, HEAD_SIZE});
    uint64_t at = HEAD_SIZE + (uint64_t)sections->n * ROW_SIZE;
    for (int32_t i = 0; i < sections->n; i++) {
        const ModelSection *s = &sections->v[i];
        char row[ROW_SIZE] = {0};
        assert(s->name.n > 0 && s->name.n < NAME_SIZE && "a section's name has 1 to 23 bytes");
        memcpy(row, s->name.p, (size_t)s->name.n);
        at = (at + ALIGN - 1) / ALIGN * ALIGN;
        number_put(row + NAME_SIZE, at, 8);
        number_put(row + NAME_SIZE + 8, (uint64_t)s->bytes.n, 8);
        buf_add(out, (Str){row, ROW_SIZE});
        at += (uint64_t)s->bytes.n;
    }
    for (int32_t i = 0; i < sections->n; i++) model_put_bytes(out, sections->v[i].bytes, ALIGN);
    number_put(out->p + AT_SECTIONS, (uint64_t)sections->n, 4);
    model_seal(out);
}

/* ---- a section, piece by piece ------------------------------------------------------------------------------ */
static Str take(ModelReader *r, uint64_t n)
{
    if (r->is_short || n > (uint64_t)(r->section.n - r->at)) {
        r->is_short = true;
        return (Str){0};
    }
    r->at += (ptrdiff_t)n;
    return (Str){r->section.p + r->at - (ptrdiff_t)n, (ptrdiff_t)n};
}

uint32_t model_u32(ModelReader *r)
{
    Str s = take(r, 4);
    return s.n ? (uint32_t)le_number(s.p, 4) : 0;
}

Str model_bytes(ModelReader *r, uint64_t n, int align)
{
    assert(align >= 1 && align <= ALIGN && "sections begin at multiples of 64, so no more can be promised");
    take(r, (uint64_t)((align - r->at % align) % align));
    return take(r, n);
}

Str model_text(ModelReader *r)
{
    uint32_t n = model_u32(r);
    return take(r, n);
}

void model_put_u32(Buf *b, uint32_t v)
{
    char bytes[4];
    number_put(bytes, v, 4);
    buf_add(b, (Str){bytes, 4});
}

void model_put_bytes(Buf *b, Str bytes, int align)
{
    put_zeros(b, 0, align);
    buf_add(b, bytes);
}

void model_put_text(Buf *b, Str s)
{
    model_put_u32(b, (uint32_t)s.n);
    buf_add(b, s);
}
