/* Help for people, made from the table of commands.
**
** `demarche help` is one screen; `demarche help said` says what the command does, what it takes, and how it is used.
*/
#include "screen.h"
#include <string.h>

enum { HELP_WIDTH = 100 };               /* longer lines are hard to read */

void help_usage(const Command *k, Buf *out)
{
    buf_printf(out, "usage: demarche %s [OPTION…]%s%s", k->name, *k->operands ? " " : "", k->operands);
}

/* Paragraphs parted by an empty line; a line that begins with two blanks stands by itself. `so` is bold, or quoted. */
static void paragraph(Arena *a, Buf *out, Str text, int indent, int width)
{
    screen_pad(out, indent);
    Flow f = flow_at(a, out, indent, indent);
    f.width = width;
    Str rest = text, piece;
    for (int i = 0; str_split(&rest, '`', &piece); i++) {
        if (i % 2 && !screen()->colour) flow_text(&f, S("'"), PLAIN);
        flow_text(&f, piece, i % 2 ? BOLD : PLAIN);
        if (i % 2 && !screen()->colour) flow_text(&f, S("'"), PLAIN);
    }
    flow_end(&f);
}

static void paragraphs(Arena *a, Buf *out, Str text, int width)
{
    while (text.n) {
        ptrdiff_t end = str_find(text, S("\n\n"));
        Str one = end < 0 ? text : str_sub(text, 0, end);
        text = end < 0 ? (Str){0} : str_sub(text, end + 2, text.n);
        paragraph(a, out, one, 0, width);
        buf_char(out, '\n');
    }
}

static Str option_label(Arena *a, const Option *o)
{
    Str letter = o->letter ? arena_printf(a, "-%c, ", o->letter) : S("    ");
    return arena_printf(a, "%.*s--%s%s%s", STR(letter), o->name, o->takes ? " " : "", o->takes ? o->value : "");
}

static void option_help(Arena *a, const Option *o, Buf *out, int width)
{
    enum { LABEL = 26 };
    Str label = option_label(a, o);
    buf_add(out, S("  "));
    screen_put(out, label, BOLD);
    int column = 2 + utf8_width(label);
    if (column + 2 > LABEL + 2) {
        buf_char(out, '\n');
        column = 0;
    }
    screen_pad(out, LABEL + 2 - column);
    Flow f = flow_at(a, out, LABEL + 2, LABEL + 2);
    f.width = width;
    flow_text(&f, str_of(o->what), PLAIN);
    flow_end(&f);
}

static void heading(Buf *out, const char *text)
{
    screen_put(out, str_of(text), BOLD);
    buf_char(out, '\n');
}

void help_command(Arena *a, const Command *k, Buf *out, int width, bool colour)
{
    (void)colour;
    if (width > HELP_WIDTH) width = HELP_WIDTH;
    screen_put(out, arena_printf(a, "demarche %s", k->name), BOLD);
    buf_printf(out, ": %s\n\n", k->summary);
    help_usage(k, out);
    buf_add(out, S("\n\n"));
    paragraphs(a, out, str_of(k->about), width);
    heading(out, "Options");
    for (const Option *o = k->options; o->name; o++) option_help(a, o, out, width);
    if (k->examples && k->examples->line) {
        buf_char(out, '\n');
        heading(out, "Examples");
    }
    for (const Example *x = k->examples; x && x->line; x++) {
        buf_add(out, S("  "));
        screen_put(out, str_of(x->line), BOLD);
        buf_char(out, '\n');
        paragraph(a, out, str_of(x->what), 6, width);
    }
}

void help_overview(Arena *a, Buf *out, int width, bool colour)
{
    enum { NAME = 24 };
    (void)colour;
    if (width > HELP_WIDTH) width = HELP_WIDTH;
    paragraph(a, out,
              S("demarche reads what governments are reported to say and do, and keeps it in a ledger in which every "
                "line leads to its words."),
              0, width);
    buf_add(out, S("\nusage: demarche COMMAND [OPTION…] [OPERAND…]\n\n"));
    for (int i = 0; i < commands_n; i++) {
        const Command *k = commands[i];
        int column = 2 + utf8_width(str_of(k->name)) + (*k->operands ? 1 + utf8_width(str_of(k->operands)) : 0);
        buf_add(out, S("  "));
        screen_put(out, str_of(k->name), BOLD);
        if (*k->operands) buf_printf(out, " %s", k->operands);
        if (column + 2 > NAME + 2) { buf_char(out, '\n'); column = 0; }
        screen_pad(out, NAME + 2 - column);
        Flow f = flow_at(a, out, NAME + 2, NAME + 2);
        f.width = width;
        flow_text(&f, str_of(k->summary), PLAIN);
        flow_end(&f);
    }
    buf_add(out, S("\nBegin with          demarche add FILE… && demarche brief\n"
                   "More on a command   demarche help COMMAND\n"));
}
