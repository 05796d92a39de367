/* Lines of a scenario file: words, quoted texts, signs and spans, each line with its indentation. Inside foresee. */
#ifndef FORESEE_LINES_H
#define FORESEE_LINES_H
#include "foresee/scenario.h"

typedef enum { TOKEN_WORD, TOKEN_QUOTED, TOKEN_SIGN, TOKEN_SPAN } TokenKind;
typedef struct { TokenKind kind; Str text; int32_t begin, end; } LineToken;      /* begin, end: of a span */
typedef struct { int32_t number, indent; SLICE(LineToken) tokens; int32_t at; } Line;
typedef struct { Str file; SLICE(Line) lines; } Lines;

bool lines_read(Arena *a, Str file, Str bytes, Lines *to, Err *e);
bool lines_fail(const Lines *in, int32_t line, Err *e, const char *format, ...) __attribute__((format(printf, 4, 5)));
#endif
