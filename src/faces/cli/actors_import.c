/* Imports on the command line: which files are read, and what is told of them. */
#include "actors.h"

#include <string.h>

enum { FILE_MAX = 256 << 20, DEPTH_MAX = 4 };            /* bytes of a file; the Factbook's folders are two deep */

typedef struct { int64_t *n_bad; } Told;

static void told(void *with, Str file, int32_t line, Str sentence)
{
    ++*((Told *)with)->n_bad;
    io_note("%.*s:%d: %.*s", STR(file), line, STR(sentence));
}

bool import_phoenix(Call *call, const char *path, Buf *out, int64_t *n_bad)
{
    IoFile f;
    if (!io_open(&f, path, FILE_MAX, &call->err)) return false;
    actors_of_phoenix(call->arena, str_of(path), f.bytes, out, told, &(Told){n_bad});
    io_close(&f);
    return true;
}

static bool import_folder(Call *call, const char *path, int depth, Buf *out, int64_t *n_bad)
{
    Strs names = {0};
    if (!io_list(call->arena, path, &names, &call->err)) return false;
    for (int32_t i = 0; i < names.n; i++) {
        const char *file = arena_printf(call->arena, "%s/%.*s", path, STR(names.v[i])).p;
        if (io_kind(file) == IO_FOLDER && depth < DEPTH_MAX && names.v[i].p[0] != '.') {
            if (!import_folder(call, file, depth + 1, out, n_bad)) return false;
            continue;
        }
        IoFile f;
        if (!str_ends(names.v[i], S(".json")) || io_kind(file) != IO_FILE) continue;
        if (!io_open(&f, file, FILE_MAX, &call->err)) return false;
        actors_of_factbook(call->arena, str_of(file), f.bytes, out, told, &(Told){n_bad});
        io_close(&f);
    }
    return true;
}

bool import_factbook(Call *call, const char *path, Buf *out, int64_t *n_bad)
{
    if (io_kind(path) != IO_FOLDER) return fail(&call->err, ERR_IO, "'%s' is no folder; the Factbook is one of JSON files", path);
    return import_folder(call, path, 0, out, n_bad);
}
