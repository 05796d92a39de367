/* actorc IMAGE OUT.c FILE…: the shipped table of actors becomes part of the program.
**
** data/actors/NAME.actors are read by the very parser that reads a user's files, checked, and packed into an image
** (src/reading/actor_pack.c), which the assembler puts into the program's read-only data. A fault of a shipped file is told as
** file:line; with DEMARCHE_ACTORS=strict it ends the build, else it is a warning, as it is for users.
*/
#include "base/io.h"
#include "reading/actor_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Arena arena = {.budget = (ptrdiff_t)4 << 30};
static jmp_buf landing;

static void tell(void *with, Str file, int32_t line, Str sentence)
{
    (void)with;
    fprintf(stderr, "%.*s:%d: %.*s\n", STR(file), line, STR(sentence));
}

static bool write_c(const char *path, const char *image, ptrdiff_t n, Err *e)
{
    Buf b = {.to = &arena};
    buf_printf(&b, "/* Made by actorc. Do not edit. */\n#include <stdint.h>\n"
                   "__asm__(\".pushsection .rodata\\n\"\n        \".balign 64\\n\"\n"
                   "        \".globl actors_image\\n\"\n        \".hidden actors_image\\n\"\n        \"actors_image:\\n\"\n"
                   "        \".incbin \\\"%s\\\"\\n\"\n        \".byte 0\\n\"\n        \".popsection\\n\");\n"
                   "extern const uint32_t actors_image_n;\nconst uint32_t actors_image_n = %tdu;\n", image, n);
    return io_write_file(path, buf_str(&b), e);
}

static bool compile(int argc, char **argv, Err *e)
{
    ActorDraft d = {.a = &arena, .by_key = {.to = &arena}, .codes = {.to = &arena}, .fault = tell};
    for (int i = 3; i < argc; i++) {
        IoFile f;
        if (!io_open(&f, argv[i], 1 << 30, e)) return false;
        draft_read(&d, str_of(argv[i]), f.bytes, false);
        io_close(&f);
    }
    draft_check(&d);
    const char *how = io_env("DEMARCHE_ACTORS");
    if (d.n_faults && how && !strcmp(how, "strict")) return fail(e, ERR_INPUT, "%d faults in the table of actors", d.n_faults);
    Str image = draft_pack(&arena, &d);
    return io_write_file(argv[1], image, e) && write_c(argv[2], argv[1], image.n, e);
}

int main(int argc, char **argv)
{
    Err e = {0};
    if (argc < 3) {
        fprintf(stderr, "usage: actorc IMAGE OUT.c FILE...\n");
        return 2;
    }
    arena.landing = &landing;
    bool ok = false;
    if (setjmp(landing)) fail(&e, ERR_MEMORY, "no memory");
    else ok = compile(argc, argv, &e);
    if (!ok) fprintf(stderr, "actorc: %s\n", e.text);
    return !ok;
}
