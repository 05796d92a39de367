/* The table that a command asks: the program's own, with the user's files on top. */
#include "actors.h"

enum { FAULTS_SHOWN = 20 };              /* of each run; `demarche actors check` names all */

typedef struct { int n; } Told;

static void note_fault(void *with, Str file, int32_t line, Str sentence)
{
    Told *told = with;
    if (told->n++ < FAULTS_SHOWN) io_note("%.*s:%d: %.*s", STR(file), line, STR(sentence));
}

bool call_actors(Call *call, CallActors *table)
{
    Strs paths = call_files(call, "actors");
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
