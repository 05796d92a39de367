/* The command line: one table of commands, and all that is made from it.
**
** A command is one file, cmd_NAME.c, with one `const Command` at its end; commands.c lists them. From these rows come
** the parser (options.c), the help (help.c), man pages, completions and doc/commands.md (manual.c). So a command that
** works is documented, and what is documented works.
**
** A command gets a Call: its options and operands, checked; an arena that lands in main.c; the ledger, opened for it
** and closed by main.c. It answers with an exit status and, where it failed, with a sentence in call->err.
*/
#ifndef CLI_H
#define CLI_H
#include "base/io.h"
#include "ledger/ledger.h"

typedef enum { TAKES_NOTHING, TAKES_TEXT, TAKES_NUMBER, TAKES_DATE, TAKES_FILE, TAKES_FILES, TAKES_CHOICE } Takes;
typedef struct {
    char letter;                     /* 0: none */
    const char *name;                /* NULL ends a list */
    Takes takes;
    const char *value;               /* as usage shows it: "N"; a choice lists what it may be: "csv|tsv|jsonl" */
    const char *what;                /* one sentence without its stop */
} Option;
typedef struct { const char *line, *what; } Example;     /* line: what is typed; tests run it beside examples/ */

typedef struct Call Call;
typedef enum { OPERAND_NONE, OPERAND_FILE, OPERAND_LEDGER, OPERAND_ID, OPERAND_WORD, OPERAND_COMMAND } OperandKind;
typedef struct {
    const char *name, *operands;     /* "add", "FILE…" */
    const char *summary;             /* half a line, begins in lower case */
    const char *about;               /* paragraphs parted by an empty line; `so` for what is typed */
    OperandKind operand;
    int least, most;                 /* operands; most -1: any number */
    const char *choices;             /* what the first operand may be, as in Option; NULL: free */
    const Option *options;
    const Example *examples;         /* ends with a row without a line */
    int (*run)(Call *call);          /* an exit status */
} Command;

enum { EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_FAILED = 3, EXIT_STOPPED = 130 };
enum { OPTIONS_MAX = 32 };           /* of one command; the parser's table */

struct Call {
    const Command *command;
    const char *given[OPTIONS_MAX];  /* beside command->options: its value, "" for a switch, NULL where not given; the values of
                                        TAKES_FILES are lines of it */
    const char *const *operand;
    int n_operands;
    Arena *arena;                    /* of this call; lands in main.c */
    Ledger *ledger;
    Err err;
};

/* Rows that many commands share. */
#define OPTION_LEDGER \
    {0, "ledger", TAKES_FILE, "FILE", "the ledger; else $DEMARCHE_LEDGER, else demarche.db"}
#define OPTIONS_FILTER \
    {0, "actor", TAKES_TEXT, "NAME", "only where this name speaks or is named; a key or any form of the table of actors"}, \
    {0, "actors", TAKES_FILES, "FILE", "a file of actors laid over the program's own; may be given several times"}, \
    {0, "publisher", TAKES_TEXT, "NAME", "only from this publisher"}, \
    {0, "topic", TAKES_TEXT, "KEY", "only on this topic"}, \
    {0, "type", TAKES_TEXT, "TYPE", "only of this type (DATE, PER, direct and the like, by the listing)"}, \
    {0, "lang", TAKES_TEXT, "CODE", "only in this language (en, und for what cannot be told)"}, \
    {0, "since", TAKES_DATE, "DATE", "only from this day, month or year on"}, \
    {0, "until", TAKES_DATE, "DATE", "only up to and with this day, month or year"}, \
    {0, "document", TAKES_TEXT, "ID", "only of this document"}
#define OPTIONS_OUTPUT \
    {0, "json", TAKES_NOTHING, NULL, "one JSON object a line"}, \
    {0, "tsv", TAKES_NOTHING, NULL, "cells parted by tabs, column names in the first line"}
#define OPTION_LIMIT {'n', "limit", TAKES_NUMBER, "N", "at most N rows (0: all)"}
#define OPTIONS_END {'h', "help", TAKES_NOTHING, NULL, "this help"}, {0}

/* What was asked for. The name must be one of the command's options. */
bool call_has(const Call *call, const char *option);
Str call_text(const Call *call, const char *option);                   /* empty, p NULL, where not given */
int64_t call_number(const Call *call, const char *option, int64_t otherwise);
Strs call_files(Call *call, const char *option);                       /* of TAKES_FILES: each value that was given */
Str call_words(Call *call, int from);                                  /* operands from there on, joined by blanks */
LedgerFilter call_filter(Call *call); /* OPTIONS_FILTER and, where it has one, the limit */
const char *call_ledger_path(const Call *call);
bool call_ledger(Call *call, LedgerMode mode);                         /* opens call->ledger; false with call->err */
int call_failed(const Call *call);                                     /* the exit status that call->err asks for */

/* The table, and what is made from it. */
extern const Command *const commands[];
extern const int commands_n;
const Command *command_find(Str name);                                 /* NULL where there is none */
const char *command_near(Str name);                                    /* what may have been meant, or NULL */
bool call_parse(Call *call, int argc, char **argv); /* false with call->err; the command may be NULL then */
const char *word_near(Str word, const char *const *among, int n);      /* by edits; NULL where nothing is near */

void help_overview(Arena *a, Buf *out, int width, bool colour);
void help_command(Arena *a, const Command *k, Buf *out, int width, bool colour);
void help_usage(const Command *k, Buf *out);                           /* one line, "usage: demarche said [OPTION…]" */
void manual_markdown(Arena *a, Buf *out);
void manual_roff(Arena *a, const Command *k, Buf *out);                /* k NULL: demarche(1) itself */
bool manual_completion(Arena *a, Str shell, Buf *out);                 /* false for a shell that is not known */
#endif
