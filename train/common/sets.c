/* Sets: which files a model learns from, under which licence, and what is left out of them.
**
**   role        corpus   path                            licence        without
**   tree-train  gum      ud/en_gum-ud-train.conllu.xz    CC BY 4.0 …    GUM_essay,GUM_fiction
**
** The table is read with the same parser as all tables; paths count from the table's reader's folder of data. A file
** that ends in .xz is unpacked. Always: what was read is known by its SHA-256, which goes into the model's provenance.
*/
#include "base/io.h"
#include "base/table.h"
#include "train/common/train.h"
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

enum { FILE_MAX = 1 << 30, PIECE = 1 << 16 };

bool sets_read(Arena *a, const char *path, Sets *out, Err *e)
{
    static const char *const columns[] = {"role", "corpus", "path", "licence", "without"};
    enum { COLUMNS = sizeof columns / sizeof columns[0] };
    IoFile f;
    Table t;
    if (!io_open(&f, path, FILE_MAX, e)) return false;
    Str bytes = arena_str(a, f.bytes);
    io_close(&f);
    if (!table_read(a, str_of(path), bytes, &t, e)) return false;
    for (int32_t c = 0; c < COLUMNS; c++)
        if (c >= t.columns.n || !str_eq(t.columns.v[c], str_of(columns[c])))
            return fail(e, ERR_INPUT, "%s: its columns must be role, corpus, path, licence, without", path);
    for (int32_t i = 0; i < t.rows.n; i++) {
        const Str *cell = t.rows.v[i].cells.v;
        Set *s = push(a, out);
        *s = (Set){.role = cell[0], .corpus = cell[1], .path = cell[2], .licence = cell[3]};
        Str rest = cell[4], piece;
        while (rest.n && str_split(&rest, ',', &piece))
            if (str_trim(piece).n) *push(a, &s->without) = str_trim(piece);
    }
    return true;
}

static bool unpack(Arena *a, Str path, Str packed, Str *bytes, Err *e)
{
    struct archive *x = archive_read_new();
    struct archive_entry *entry;
    Buf out = {.to = a};
    bool ok = x != NULL;
    if (ok) {
        archive_read_support_filter_xz(x);
        archive_read_support_format_raw(x);
        ok = archive_read_open_memory(x, packed.p, (size_t)packed.n) == ARCHIVE_OK &&
             archive_read_next_header(x, &entry) == ARCHIVE_OK;
    }
    static char piece[PIECE];
    la_ssize_t n = 0;
    while (ok && (n = archive_read_data(x, piece, sizeof piece)) > 0) buf_add(&out, (Str){piece, n});
    ok = ok && n == 0;
    if (!ok) fail(e, ERR_INPUT, "cannot unpack '%.*s': %s", STR(path), x ? archive_error_string(x) : "no memory");
    archive_read_free(x);
    *bytes = buf_str(&out);
    return ok;
}

bool train_file(Arena *a, Str path, Str *bytes, char sha256[65], Err *e)
{
    IoFile f;
    if (!io_open(&f, arena_cstr(a, path), FILE_MAX, e)) return false;
    Str whole = arena_str(a, f.bytes);
    io_close(&f);
    hash_sha256(whole, sha256);
    *bytes = whole;
    return !str_ends(path, S(".xz")) || unpack(a, path, whole, bytes, e);
}
