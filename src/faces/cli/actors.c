/* The table that a command asks: the program's own, with the user's files on top (--actors, else $DEMARCHE_ACTORS). */
#include "actors.h"

enum { FAULTS_SHOWN = 20 };              /* of each run; `demarche actors check` names all */

typedef struct { int n; } Told;

static void note_fault(void *with, Str file, int32_t line, Str sentence)
{
    Told *told = with;
    if (told->n++ < FAULTS_SHOWN) io_note("%.*s:%d: %.*s", STR(file), line, STR(sentence));
}

/* $DEMARCHE_ACTORS: paths parted by colons, where --actors is not given. */
static Strs files_of_environment(Arena *a)
{
    Strs files = {0};
    const char *set = io_env("DEMARCHE_ACTORS");
    Str rest = str_of(set), one;
    while (rest.n && str_split(&rest, ':', &one))
        if (one.n) *push(a, &files) = one;
    return files;
}

bool call_actors(Call *call, CallActors *table)
{
    Strs paths = call_has(call, "actors") ? call_files(call, "actors") : files_of_environment(call->arena);
    Told told = {0};
    *table = (CallActors){actors_shipped(), NULL};
    if (!paths.n) return true;
    const char **names = arena_new(call->arena, const char *, paths.n);
    for (int32_t i = 0; i < paths.n; i++) names[i] = arena_cstr(call->arena, paths.v[i]);
    table->own = actors_open(names, paths.n, note_fault, &told, &call->err);
    if (told.n > FAULTS_SHOWN) io_note("and %d further faults: 'demarche actors check FILE…' names all", told.n - FAULTS_SHOWN);
    table->t = table->own;
    return table->own;
}
