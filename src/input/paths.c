/* Paths: the caller's arguments as a list of files, in an order that never changes.
**
** "seeds" may be a folder, "seeds/2025-*.txt" a pattern that the shell did not expand, "-" standard input. The list is
** made before anything is read, so that progress knows the whole; what cannot be listed stands in it as a failure.
**
**  in:  seeds            (a.txt, b/1.txt, .hidden, b/up -> ..)
**  out: seeds/a.txt, seeds/b/1.txt
**
** Always: sorted by bytes within each folder; entries that begin with a dot are left out, but not when they were named;
** a folder is walked once for an argument, by whatever links it is reached: loops end, and what they lead to was read.
** Cost: one listing a folder, two looks at an entry.
*/
#include "input/inside.h"
#include <string.h>

enum { FOLDER_DEPTH_MAX = 64 };       /* nested folders; each costs a stack frame, nobody keeps articles that deep */

typedef struct { Arena *a; InputFiles *files; Map seen; } Walk;

static InputFile *add_file(Walk *w, Str path)
{
    InputFile *f = push(w->a, w->files);
    *f = (InputFile){.path = path, .where = place_shown(w->a, path), .size = -1};
    return f;
}

static Err *add_failure(Walk *w, Str path)
{
    InputFile *f = add_file(w, path);
    Err *why = arena_new(w->a, Err, 1);
    f->why = why;
    f->size = 0;
    return why;
}

static bool is_walked(Walk *w, const char *folder)
{
    IoIdentity id;
    if (!io_identity(folder, &id)) return false;         /* listing it will say why */
    int32_t *seen = map_at(&w->seen, arena_str(w->a, (Str){(const char *)&id, sizeof id}));
    bool was = *seen > 0;
    *seen = 1;
    return was;
}

static void add_path(Walk *w, Str path, int depth, bool is_named);

static void add_folder(Walk *w, Str path, int depth)
{
    if (depth > FOLDER_DEPTH_MAX) {
        fail(add_failure(w, path), ERR_LIMIT, "lies more than %d folders deep; give this folder by its own name",
             FOLDER_DEPTH_MAX);
        return;
    }
    if (is_walked(w, path.p)) return;
    Strs names = {0};
    Err e = {0};
    if (!io_list(w->a, path.p, &names, &e)) {
        *add_failure(w, path) = e;
        return;
    }
    int32_t before = w->files->n;
    const char *slash = str_ends(path, S("/")) ? "" : "/";
    for (int32_t i = 0; i < names.n; i++) {
        if (str_starts(names.v[i], S("."))) continue;
        add_path(w, arena_printf(w->a, "%.*s%s%.*s", STR(path), slash, STR(names.v[i])), depth + 1, false);
    }
    if (depth == 0 && w->files->n == before)
        fail(add_failure(w, path), ERR_INPUT, "is a folder without files; nothing to read");
}

/* A pipe that was named is read; one that merely lies in a folder would hold us until somebody writes. */
static void add_path(Walk *w, Str path, int depth, bool is_named)
{
    switch (io_kind(path.p)) {
    case IO_FOLDER: add_folder(w, path, depth); return;
    case IO_FILE: add_file(w, path)->size = io_size(path.p); return;
    case IO_OTHER:
        if (is_named)
            add_file(w, path);
        else
            fail(add_failure(w, path), ERR_INPUT, "is neither a file nor a folder; left out");
        return;
    case IO_NONE: break;
    }
    fail(add_failure(w, path), ERR_INPUT,
         is_named ? "there is no such file or folder" : "is a link that leads nowhere");
}

void paths_expand(Arena *a, const char *argument, InputFiles *files)
{
    Walk w = {.a = a, .files = files, .seen = {.to = a}};
    Str path = arena_str(a, str_of(argument));
    if (str_eq(path, S("-"))) {
        add_file(&w, path);
        return;
    }
    if (io_kind(path.p) != IO_NONE || !strpbrk(path.p, "*?[")) {
        add_path(&w, path, 0, true);
        return;
    }
    Strs found = {0};
    if (!io_glob(a, path.p, &found) || !found.n) {
        fail(add_failure(&w, path), ERR_INPUT, "no file matches this pattern");
        return;
    }
    for (int32_t i = 0; i < found.n; i++) add_path(&w, arena_str(a, found.v[i]), 0, true);
}
