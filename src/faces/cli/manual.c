/* What is written about the commands outside the program, made from the same table: doc/commands.md, man pages in
** roff, completions for bash, zsh and fish.
**
** Each is complete and the same on every run; a test compares doc/commands.md with what the program prints and lets
** mandoc and the shells read the rest.
*/
#include "cli.h"
#include <string.h>

#define MANUAL_DATE                                                                                                    \
    "2026-11-22" /* of DEMARCHE_VERSION; man pages carry one, and it must not depend on the day of the build */

static const char *const status_rows[][2] = {
    {"0", "done"},
    {"1", "nothing was found"},
    {"2", "the command was not understood"},
    {"3", "some inputs were left out, each named on standard error, or the command failed"},
    {"130", "stopped by Ctrl-C; what was committed stays, the ledger is whole"},
};
static const char *const environment_rows[][2] = {
    {"DEMARCHE_LEDGER", "the ledger, where --ledger is not given"},
    {"DEMARCHE_MODEL", "the model file, where --model is not given; else the one within the program"},
    {"DEMARCHE_ACTORS", "files of actors, parted by colons, where --actors is not given"},
    {"PAGER, LESS",
     "how tables are paged on a terminal; else less with LESS=FRX. An empty PAGER, or cat, pages nothing"},
    {"COLUMNS", "how wide a table may be where output is no terminal; else 100"},
    {"NO_COLOR, CLICOLOR_FORCE", "colour never; colour always. Else on a terminal only"},
};
enum {
    N_STATUS = sizeof status_rows / sizeof *status_rows,
    N_ENVIRONMENT = sizeof environment_rows / sizeof *environment_rows
};

static bool paragraph_next(Str *rest, Str *one)
{
    if (!rest->n) return false;
    ptrdiff_t end = str_find(*rest, S("\n\n"));
    *one = end < 0 ? *rest : str_sub(*rest, 0, end);
    *rest = end < 0 ? (Str){0} : str_sub(*rest, end + 2, rest->n);
    return true;
}

/* ---- Markdown ------------------------------------------------------------------------------------------- */
static void markdown_command(const Command *k, Buf *out)
{
    buf_printf(out, "\n## demarche %s\n\n%c%s.\n\n```\ndemarche %s [OPTION…]%s%s\n```\n\n%s\n\n", k->name,
               k->summary[0] - ('a' <= k->summary[0] && k->summary[0] <= 'z' ? 32 : 0), k->summary + 1, k->name,
               *k->operands ? " " : "", k->operands, k->about);
    buf_add(out, S("| option | |\n| --- | --- |\n"));
    for (const Option *o = k->options; o->name; o++) {
        buf_add(out, S("| `"));
        if (o->letter) buf_printf(out, "-%c, ", o->letter);
        buf_printf(out, "--%s", o->name);
        Str rest = str_of(o->takes ? o->value : ""), one;
        for (int i = 0; rest.n && str_split(&rest, '|', &one); i++)
            buf_printf(out, "%s%.*s", i ? "\\|" : " ", STR(one));
        buf_printf(out, "` | %s |\n", o->what);
    }
    for (const Example *x = k->examples; x && x->line; x++)
        buf_printf(out, "\n%s:\n\n```\n%s\n```\n", x->what, x->line);
}

void manual_markdown(Arena *a, Buf *out)
{
    (void)a;
    buf_add(out, S("# The commands\n\nMade by `demarche help --markdown` from the table of commands; do not edit by "
                   "hand.\n\n"
                   "Data goes to standard output, all else to standard error. A listing is a table for people; "
                   "`--json` gives one "
                   "object a line, each with `\"format\": 1` and the column names as keys (unknown is `null`); `--tsv` "
                   "gives a line of "
                   "column names and then the rows, tabs and line ends inside a cell written as blanks. Options may "
                   "stand anywhere; "
                   "`--` ends them; `-` is standard input.\n\n| exit status | |\n| --- | --- |\n"));
    for (int i = 0; i < N_STATUS; i++) buf_printf(out, "| %s | %s |\n", status_rows[i][0], status_rows[i][1]);
    buf_add(out, S("\n| environment | |\n| --- | --- |\n"));
    for (int i = 0; i < N_ENVIRONMENT; i++)
        buf_printf(out, "| `%s` | %s |\n", environment_rows[i][0], environment_rows[i][1]);
    for (int i = 0; i < commands_n; i++) markdown_command(commands[i], out);
}

/* ---- roff ----------------------------------------------------------------------------------------------- */
/* Plain ASCII for any man: what is not is named by its code point. Lines end with a sentence or before column 80, as
** man pages are kept; a tag must stay one line, so its breaks are escaped. No line may begin with a command sign. */
enum { ROFF_LINE = 64 };                 /* bytes after which a blank may end the line; words are shorter than 16 */

static void roff_text(Buf *out, Str s, bool is_tag)
{
    bool is_bold = false, at_start = true;
    ptrdiff_t line = out->n;
    while (line > 0 && out->p[line - 1] != '\n') line--;
    for (ptrdiff_t i = 0; i < s.n;) {
        int32_t before = i ? s.p[i - 1] : 0, c = utf8_next(s, &i);
        bool ends = !is_tag && i < s.n && (before == '.' || before == '?' || before == '!');
        if (c == ' ' && (ends || out->n - line > ROFF_LINE)) {
            buf_add(out, is_tag ? S(" \\\n") : S("\n"));
            line = out->n;
            at_start = true;
            continue;
        }
        if (at_start && (c == '.' || c == '\'')) buf_add(out, S("\\&"));
        at_start = false;
        if (c == '`') { is_bold = !is_bold; buf_add(out, is_bold ? S("\\fB") : S("\\fR")); }
        else if (c == '\\') buf_add(out, S("\\e"));
        else if (c == '-') buf_add(out, S("\\-"));
        else if (c == '\'') buf_add(out, S("\\(aq"));
        else if (c >= 128) buf_printf(out, "\\[u%04X]", (unsigned)c);
        else buf_char(out, (char)c);
    }
}

static void roff_line(Buf *out, const char *text)
{
    roff_text(out, str_of(text), false);
    buf_char(out, '\n');
}

static void roff_about(Buf *out, const char *text)
{
    Str rest = str_of(text), one;
    for (int i = 0; paragraph_next(&rest, &one); i++) {
        if (i) buf_add(out, S(".PP\n"));
        roff_text(out, one, false);
        buf_char(out, '\n');
    }
}

static void roff_tag(Buf *out, const char *tag, const char *what)
{
    buf_add(out, S(".TP\n\\fB"));
    roff_text(out, str_of(tag), true);
    buf_add(out, S("\\fR\n"));
    roff_line(out, what);
}

static void roff_head(Buf *out, const Command *k)
{
    buf_add(out, S(".TH DEMARCHE"));
    for (const char *p = k ? k->name : ""; *p; p++) {
        if (p == k->name) buf_char(out, '-');
        buf_char(out, (char)(*p - 32));
    }
    buf_printf(out, " 1 %s \"demarche %s\" \"User Commands\"\n.SH NAME\ndemarche", MANUAL_DATE, DEMARCHE_VERSION);
    if (k) buf_printf(out, "\\-%s", k->name);
    buf_add(out, S(" \\- "));
    roff_line(out, k ? k->summary : "read diplomacy news into a ledger in which every line leads to its words");
    buf_add(out, S(".SH SYNOPSIS\n\\fBdemarche "));
    buf_printf(out, "%s\\fR", k ? k->name : "COMMAND");
    buf_add(out, S(" [OPTION\\[u2026]] "));
    roff_line(out, k ? k->operands : "[OPERAND…]");
    while (out->n > 1 && out->p[out->n - 2] == ' ') { out->n--; out->p[out->n - 1] = '\n'; }
    buf_add(out, S(".SH DESCRIPTION\n"));
}

static void roff_overview(Buf *out)
{
    roff_about(
        out,
        "demarche reads what governments are reported to say and do, and keeps it in a ledger, one SQLite file. Every "
        "line that it prints carries an id; `demarche show` and `demarche why` lead from there to the words.\n\n"
        "Data goes to standard output, all else to standard error. A listing is a table for people; `--json` gives one "
        "object a line and `--tsv` cells parted by tabs. Options may stand anywhere; `--` ends them; `-` is standard "
        "input.");
    buf_add(out, S(".SH COMMANDS\n"));
    for (int i = 0; i < commands_n; i++) {
        buf_add(out, S(".TP\n\\fB"));
        buf_printf(out, "%s\\fR ", commands[i]->name);
        roff_line(out, commands[i]->operands);
        while (out->p[out->n - 2] == ' ') { out->n--; out->p[out->n - 1] = '\n'; }
        roff_line(out, commands[i]->summary);
    }
    buf_add(out, S(".SH ENVIRONMENT\n"));
    for (int i = 0; i < N_ENVIRONMENT; i++) roff_tag(out, environment_rows[i][0], environment_rows[i][1]);
    buf_add(out, S(".SH EXIT STATUS\n"));
    for (int i = 0; i < N_STATUS; i++) roff_tag(out, status_rows[i][0], status_rows[i][1]);
    buf_add(out, S(".SH SEE ALSO\n"));
    for (int i = 0; i < commands_n; i++)
        buf_printf(out, ".BR demarche\\-%s (1)%s\n", commands[i]->name, i + 1 < commands_n ? " ," : "");
}

void manual_roff(Arena *a, const Command *k, Buf *out)
{
    roff_head(out, k);
    if (!k) { roff_overview(out); return; }
    roff_about(out, k->about);
    buf_add(out, S(".SH OPTIONS\n"));
    for (const Option *o = k->options; o->name; o++) {
        Str letter = o->letter ? arena_printf(a, "-%c, ", o->letter) : S("");
        roff_tag(out,
                 arena_printf(a, "%.*s--%s%s%s", STR(letter), o->name, o->takes ? " " : "", o->takes ? o->value : "").p,
                 o->what);
    }
    if (k->examples && k->examples->line) buf_add(out, S(".SH EXAMPLES\n"));
    for (const Example *x = k->examples; x && x->line; x++) roff_tag(out, x->line, x->what);
    buf_add(out, S(".SH EXIT STATUS\n"));
    for (int i = 0; i < N_STATUS; i++) roff_tag(out, status_rows[i][0], status_rows[i][1]);
    buf_add(out, S(".SH SEE ALSO\n.BR demarche (1)\n"));
}

/* ---- completions ---------------------------------------------------------------------------------------- */
static void quoted(Buf *out, const char *text, const char *mind) /* inside '…' of a shell; `mind` gets a backslash */
{
    for (; *text; text++) {
        if (*text == '\'') { buf_add(out, S("'\\''")); continue; }
        if (strchr(mind, *text)) buf_char(out, '\\');
        if (*text != '`') buf_char(out, *text);
    }
}

static void choices_add(Buf *out, const char *choices)
{
    for (; *choices; choices++) buf_char(out, *choices == '|' ? ' ' : *choices);
}

static void command_names(Buf *out)
{
    for (int i = 0; i < commands_n; i++) buf_printf(out, "%s%s", i ? " " : "", commands[i]->name);
}

/* Every option name once, where `wants` holds; bash asks what stands before the word that is typed. */
static void names_taking(Buf *out, bool files_only)
{
    bool any = false;
    for (int k = 0; k < commands_n; k++)
        for (const Option *o = commands[k]->options; o->name; o++) {
            bool seen = o->takes == TAKES_NOTHING || (files_only && o->takes != TAKES_FILE && o->takes != TAKES_FILES);
            for (int j = 0; j < k && !seen; j++)
                for (const Option *p = commands[j]->options; p->name; p++) seen |= !strcmp(p->name, o->name);
            if (seen) continue;
            buf_printf(out, "%s--%s", any ? "|" : "", o->name);
            if (o->letter) buf_printf(out, "|-%c", o->letter);
            any = true;
        }
}

static void bash_command(const Command *k, Buf *out)
{
    buf_printf(out, "    %s)\n        case $prev in\n", k->name);
    for (const Option *o = k->options; o->name; o++) {
        if (o->takes != TAKES_CHOICE) continue;
        buf_printf(out, "        --%s) COMPREPLY=($(compgen -W '", o->name);
        choices_add(out, o->value);
        buf_add(out, S("' -- \"$cur\")); return ;;\n"));
    }
    buf_add(out, S("        esac\n        words='"));
    for (const Option *o = k->options; o->name; o++) buf_printf(out, "%s--%s", o == k->options ? "" : " ", o->name);
    buf_add(out, S("'\n"));
    if (k->choices || k->operand == OPERAND_COMMAND) {
        buf_add(out, S("        operands='"));
        if (k->choices) choices_add(out, k->choices);
        else command_names(out);
        buf_add(out, S("'\n"));
    } else if (k->operand == OPERAND_FILE || k->operand == OPERAND_LEDGER) buf_add(out, S("        files=1\n"));
    buf_add(out, S("        ;;\n"));
}

static void completion_bash(Buf *out)
{
    buf_add(out, S("# bash completion for demarche; made by: demarche help --completion bash\n_demarche()\n{\n"
                   "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= words= operands= "
                   "files= i\n"
                   "    COMPREPLY=()\n    for ((i = 1; i < COMP_CWORD; i++)); do\n        case ${COMP_WORDS[i]} in\n   "
                   "     "));
    names_taking(out, false);
    buf_add(out, S(") i=$((i + 1)) ;;\n        -*) ;;\n        *) command=${COMP_WORDS[i]}; break ;;\n        esac\n   "
                   " done\n"
                   "    case $prev in\n    "));
    names_taking(out, true);
    buf_add(out, S(") COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n    esac\n    case $command in\n    '') "
                   "operands='"));
    command_names(out);
    buf_add(out, S("'; words='--help --version --ledger' ;;\n"));
    for (int i = 0; i < commands_n; i++) bash_command(commands[i], out);
    buf_add(out, S("    esac\n    case $cur in\n    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
                   "    *) COMPREPLY=($(compgen -W \"$operands\" -- \"$cur\"))\n"
                   "       if [ -n \"$files\" ]; then COMPREPLY+=($(compgen -f -- \"$cur\")); fi ;;\n    esac\n}\n"
                   "complete -o filenames -F _demarche demarche\n"));
}

static void zsh_option(const Option *o, Buf *out)
{
    buf_add(out, S(" \\\n            "));
    if (o->letter) buf_printf(out, "'(-%c --%s)'{-%c,--%s}'[", o->letter, o->name, o->letter, o->name);
    else buf_printf(out, "'--%s[", o->name);
    quoted(out, o->what, "[]:\\");
    buf_char(out, ']');
    if (o->takes == TAKES_CHOICE) {
        buf_printf(out, ":%s:(", o->name);
        choices_add(out, o->value);
        buf_char(out, ')');
    } else if (o->takes) buf_printf(out, ":%s:%s", o->value, o->takes == TAKES_FILE || o->takes == TAKES_FILES ? "_files" : "");
    buf_char(out, '\'');
}

static void completion_zsh(Buf *out)
{
    buf_add(out, S("#compdef demarche\n# zsh completion for demarche; made by: demarche help --completion "
                   "zsh\n_demarche() {\n"
                   "    local curcontext=\"$curcontext\" state line\n    local -a names\n    names=(\n"));
    for (int i = 0; i < commands_n; i++) {
        buf_printf(out, "        '%s:", commands[i]->name);
        quoted(out, commands[i]->summary, ":\\");
        buf_add(out, S("'\n"));
    }
    buf_add(out, S("    )\n    _arguments -C '1:command:->command' '*::operand:->operands'\n    case $state in\n"
                   "    command) _describe command names ;;\n    operands)\n        case $line[1] in\n"));
    for (int i = 0; i < commands_n; i++) {
        const Command *k = commands[i];
        buf_printf(out, "        %s) _arguments", k->name);
        for (const Option *o = k->options; o->name; o++) zsh_option(o, out);
        if (k->choices) {
            buf_add(out, S(" \\\n            '1:what:("));
            choices_add(out, k->choices);
            buf_add(out, S(")'"));
        } else if (k->operand == OPERAND_COMMAND) {
            buf_add(out, S(" \\\n            '*:command:("));
            command_names(out);
            buf_add(out, S(")'"));
        } else if (k->operand == OPERAND_FILE || k->operand == OPERAND_LEDGER)
            buf_add(out, S(" \\\n            '*:file:_files'"));
        buf_add(out, S(" ;;\n"));
    }
    buf_add(out, S("        esac ;;\n    esac\n}\n_demarche \"$@\"\n"));
}

static void completion_fish(Buf *out)
{
    buf_add(out,
            S("# fish completion for demarche; made by: demarche help --completion fish\ncomplete -c demarche -f\n"));
    for (int i = 0; i < commands_n; i++) {
        const Command *k = commands[i];
        buf_printf(out, "complete -c demarche -n __fish_use_subcommand -a %s -d '", k->name);
        quoted(out, k->summary, "");
        buf_add(out, S("'\n"));
        for (const Option *o = k->options; o->name; o++) {
            buf_printf(out, "complete -c demarche -n '__fish_seen_subcommand_from %s'", k->name);
            if (o->letter) buf_printf(out, " -s %c", o->letter);
            buf_printf(out, " -l %s -d '", o->name);
            quoted(out, o->what, "");
            buf_add(out, o->takes == TAKES_FILE || o->takes == TAKES_FILES ? S("' -r -F") : o->takes ? S("' -x") : S("'"));
            if (o->takes == TAKES_CHOICE) {
                buf_add(out, S(" -a '"));
                choices_add(out, o->value);
                buf_char(out, '\'');
            }
            buf_char(out, '\n');
        }
        if (k->operand == OPERAND_FILE || k->operand == OPERAND_LEDGER)
            buf_printf(out, "complete -c demarche -n '__fish_seen_subcommand_from %s' -F\n", k->name);
        if (!k->choices && k->operand != OPERAND_COMMAND) continue;
        buf_printf(out, "complete -c demarche -n '__fish_seen_subcommand_from %s' -a '", k->name);
        if (k->choices) choices_add(out, k->choices);
        else command_names(out);
        buf_add(out, S("'\n"));
    }
}

bool manual_completion(Arena *a, Str shell, Buf *out)
{
    (void)a;
    if (str_eq(shell, S("bash"))) completion_bash(out);
    else if (str_eq(shell, S("zsh"))) completion_zsh(out);
    else if (str_eq(shell, S("fish"))) completion_fish(out);
    else return false;
    return true;
}
