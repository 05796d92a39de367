/* Actors on the command line: the table that `read`, `add` and `actors` ask, with the user's own files on top; imports. */
#ifndef CLI_ACTORS_H
#define CLI_ACTORS_H
#include "cli.h"
#include "reading/actors.h"

#define OPTION_ACTORS \
    {0, "actors", TAKES_FILES, "FILE", "a file of actors laid over the program's own; may be given several times"}

typedef struct { const Actors *t; Actors *own; } CallActors;   /* own: to be closed; NULL where t is the program's */
/* The table asked for. Faults of the files are noted on standard error, once each; false where one cannot be read. */
bool call_actors(Call *call, CallActors *table);

/* A dictionary or a folder of the Factbook as text of our form. Each line left out is named; *n_bad counts them. */
bool import_phoenix(Call *call, const char *path, Buf *out, int64_t *n_bad);
bool import_factbook(Call *call, const char *path, Buf *out, int64_t *n_bad);
#endif
