/* The shipped models for tests and tools: mapped from models/ of the working directory, so that none holds a copy.
** It stands in for src/model/shipped.c, which only the program and the libraries link.
*/
#include "model/model.h"
#include "base/io.h"

static IoFile english, statements;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void map_models(void)
{
    if (io_kind("models/en.dm") == IO_FILE) io_map(&english, "models/en.dm", 1 << 30, NULL);
    if (io_kind("models/statements.en") == IO_FILE) io_map(&statements, "models/statements.en", 1 << 30, NULL);
}

Str model_shipped(Str lang)
{
    bool is_english = str_eq(lang, S("en")), is_statements = str_eq(lang, S("statements.en"));
    if (!is_english && !is_statements) return (Str){0};
    pthread_once(&once, map_models);
    return is_english ? english.bytes : statements.bytes;    /* to the end of the process */
}
