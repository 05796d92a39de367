/* What people see: styled, wrapped, and safe to print.
**
** The text of a stranger may hold escape sequences that would rewrite the reader's terminal, and marks that turn the
** order of letters around. Whatever is shown to people passes screen_safe first; files for programs stay exact.
**
** Width is counted in columns of the terminal, not in bytes: 中 has two, a combining accent none.
*/
#ifndef SCREEN_H
#define SCREEN_H
#include "cli.h"

enum { PLAIN = 0, BOLD = 1, DIM = 2, UNDERLINE = 4, RED = 8, GREEN = 16, YELLOW = 32, CYAN = 64 };

typedef struct { int width; bool colour, paged; } Screen;
Screen *screen(void);                                    /* of this process; first asked before any output */
void screen_page(void); /* from here on through the pager, where output is a terminal */
void screen_end(void);                                   /* waits for the pager */

Str screen_safe(Arena *to, Str text); /* one line: white space as single blanks, controls as U+FFFD */
Strs screen_wrap(Arena *to, Str text, int width);        /* lines of a safe text; at least one */
Str screen_cut(Arena *to, Str text, int width);          /* a safe text, ended by … where it is longer */
Str quotation(Arena *to, Str words);                     /* safe, within “ ” where it has no marks of its own */
void screen_style(Buf *out, int style);                  /* nothing without colour; PLAIN ends all */
void screen_put(Buf *out, Str text, int style);          /* the text in its style, then plain */
void screen_pad(Buf *out, int columns);
Str number_text(Arena *to, int64_t n);                   /* 14,210 */
const char *plural(int64_t n, const char *one, const char *many);

/* Running text in several styles, broken at blanks. */
typedef struct { Str text; int style; } FlowPiece;
typedef struct {
    Buf *out;
    Arena *a;
    int width, indent, column, style;                    /* indent: of the lines after the first */
    bool has_gap;                                        /* white space stands before the word that is being gathered */
    SLICE(FlowPiece) word;
    int word_width;
} Flow;
Flow flow_at(Arena *a, Buf *out, int column, int indent);  /* the line is filled up to `column` already */
void flow_text(Flow *f, Str text, int style);            /* not yet safe text */
void flow_whole(Flow *f, Str text, int style); /* a safe text whose blanks are no breaks: joins the word at hand */
void flow_end(Flow *f);                                  /* the last word, and the line's end */
#endif
