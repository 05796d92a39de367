/* Shipped: the models that are part of the program and of the library.
**
** The assembler puts models/LANG.dm and models/statements.en into the read-only data as it stands. The system maps the program's file, so a
** model costs memory only for the pages that are used, and those are shared by all that run.
**
** This file is linked into the program and the libraries and nowhere else: tests and tools take the same function from
** test/shipped.c, which maps the file instead, so that a hundred programs do not hold a copy each.
*/
#include "model/model.h"

#if defined(__has_include)
#if __has_include("../../models/en.dm")
#define HAS_EN 1
#endif
#endif

#if defined(__has_include)
#if __has_include("../../models/statements.en")
#define HAS_STATEMENTS 1
#endif
#endif

#ifdef HAS_EN
__asm__(".pushsection .rodata\n"
        ".balign 4096\n"
        "model_shipped_en:\n"
        ".incbin \"models/en.dm\"\n"
        "model_shipped_en_end:\n"
        ".byte 0\n"
        ".popsection\n");
extern const char model_shipped_en[] __attribute__((visibility("hidden")));
extern const char model_shipped_en_end[] __attribute__((visibility("hidden")));
#endif

#ifdef HAS_STATEMENTS
__asm__(".pushsection .rodata\n"
        ".balign 4096\n"
        "model_shipped_statements:\n"
        ".incbin \"models/statements.en\"\n"
        "model_shipped_statements_end:\n"
        ".byte 0\n"
        ".popsection\n");
extern const char model_shipped_statements[] __attribute__((visibility("hidden")));
extern const char model_shipped_statements_end[] __attribute__((visibility("hidden")));
#endif

Str model_shipped(Str lang)
{
#ifdef HAS_STATEMENTS
    if (str_eq(lang, S("statements.en")))
        return (Str){model_shipped_statements, model_shipped_statements_end - model_shipped_statements};
#endif
#ifdef HAS_EN
    if (str_eq(lang, S("en"))) return (Str){model_shipped_en, model_shipped_en_end - model_shipped_en};
#endif
    (void)lang;
    return (Str){0};
}
