/* The shipped models for tests and tools: mapped from models/ of the working directory, so that none holds a copy.
** It stands in for src/model/shipped.c, which only the program and the libraries link.
*/
#include "model/model.h"
#include "base/io.h"

static IoFile english;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void map_english(void)
{
    if (io_kind("models/en.dm") == IO_FILE) io_map(&english, "models/en.dm", 1 << 30, NULL);
}

Str model_shipped(Str lang)
{
    if (!str_eq(lang, S("en"))) return (Str){0};
    pthread_once(&once, map_english);
    return english.bytes;                                /* to the end of the process */
}
