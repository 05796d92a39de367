/* From what was typed to a Call.
**
**  in:  demarche said --actor=Marten -n5 --json
**  out: the command `said`; given: actor "Marten", limit "5", json
**
** Options stand anywhere, before the command as well; `--` ends them; "-" alone is an operand. Letters may be bundled
** (-qj4), values follow at once, behind "=" or as the next word. Names are not abbreviated: what a script says today
** must mean the same when options are added tomorrow. Every value is checked here, by what its option takes.
**
** Always: a Call that parsed holds as many operands as its command takes, and values that can be read.
*/
#include "actors.h"
#include <assert.h>
#include <string.h>

static int option_place(const Command *k, Str name, char letter)
{
    for (int i = 0; k->options[i].name; i++)
        if (letter ? k->options[i].letter == letter : str_eq(str_of(k->options[i].name), name)) return i;
    return -1;
}

/* A name takes the same in every command (a test says so), so the first that has it can tell. */
static bool takes_value(Str name, char letter)
{
    for (int i = 0; i < commands_n; i++) {
        int at = option_place(commands[i], name, letter);
        if (at >= 0) return commands[i]->options[at].takes != TAKES_NOTHING;
    }
    return false;
}

/* True where the word is an option whose value is the word behind it. */
static bool value_follows(const char *word)
{
    if (word[1] == '-') return !strchr(word, '=') && takes_value(str_of(word + 2), 0);
    for (const char *p = word + 1; *p; p++)
        if (takes_value((Str){0}, *p)) return !p[1];
    return false;
}

static bool is_option(const char *word) { return word[0] == '-' && word[1]; }

static int command_place(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--")) return i + 1 < argc ? i + 1 : -1;
        if (!is_option(argv[i])) return i;
        if (value_follows(argv[i])) i++;
    }
    return -1;
}

static bool choice_has(const char *choices, Str value)
{
    Str rest = str_of(choices), one;
    while (str_split(&rest, '|', &one))
        if (str_eq(one, value)) return true;
    return false;
}

static bool number_read(Str s, int64_t *n)
{
    *n = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || *n > INT64_MAX / 100) return false;
        *n = *n * 10 + (s.p[i] - '0');
    }
    return s.n > 0;
}

static bool value_check(const Option *o, Str value, Err *e)
{
    int64_t n;
    Date d;
    if (o->takes == TAKES_NUMBER && !number_read(value, &n))
        return fail(e, ERR_USAGE, "--%s takes a whole number, not '%.*s'", o->name, STR(value));
    if (o->takes == TAKES_DATE && !date_parse(value, &d))
        return fail(e, ERR_USAGE, "--%s takes a date such as 2025-03-18, 2025-03 or 2025, not '%.*s'", o->name,
                    STR(value));
    if (o->takes == TAKES_CHOICE && !choice_has(o->value, value))
        return fail(e, ERR_USAGE, "--%s takes one of %s, not '%.*s'", o->name, o->value, STR(value));
    if (o->takes != TAKES_NOTHING && !value.n)
        return fail(e, ERR_USAGE, "--%s takes %s, and nothing was given", o->name, o->value);
    return true;
}

static bool unknown_option(const Command *k, Str name, Err *e)
{
    const char *names[OPTIONS_MAX];
    int n = 0;
    for (; k->options[n].name; n++) names[n] = k->options[n].name;
    const char *near = word_near(name, names, n);
    return near ? fail(e, ERR_USAGE, "%s has no option '--%.*s'; did you mean '--%s'?", k->name, STR(name), near)
                : fail(e, ERR_USAGE, "%s has no option '--%.*s'", k->name, STR(name));
}

/* What may be given several times is kept as lines (no name of a file holds one that a shell could type by accident). */
static void keep_value(Call *call, int at, const char *value)
{
    const char *before = call->given[at];
    bool joins = call->command->options[at].takes == TAKES_FILES && before && *before;
    call->given[at] = joins ? arena_printf(call->arena, "%s\n%s", before, value).p : value;
}

/* "--name", "--name=value"; *next is the word behind, or NULL. *used: it was taken. */
static bool long_option(Call *call, const char *word, const char *next, bool *used)
{
    const char *equals = strchr(word + 2, '=');
    Str name = {word + 2, equals ? equals - word - 2 : (ptrdiff_t)strlen(word + 2)};
    int at = option_place(call->command, name, 0);
    if (at < 0) return unknown_option(call->command, name, &call->err);
    const Option *o = &call->command->options[at];
    if (o->takes == TAKES_NOTHING && equals) return fail(&call->err, ERR_USAGE, "--%s takes no value", o->name);
    *used = o->takes != TAKES_NOTHING && !equals;
    if (*used && !next) return fail(&call->err, ERR_USAGE, "--%s takes %s, and nothing follows it", o->name, o->value);
    const char *value = equals ? equals + 1 : *used ? next : "";
    keep_value(call, at, value);
    return value_check(o, str_of(value), &call->err);
}

static bool letters(Call *call, const char *word, const char *next, bool *used)
{
    for (const char *p = word + 1; *p; p++) {
        int at = option_place(call->command, (Str){0}, *p);
        if (at < 0) return fail(&call->err, ERR_USAGE, "%s has no option '-%c'", call->command->name, *p);
        const Option *o = &call->command->options[at];
        call->given[at] = "";
        if (o->takes == TAKES_NOTHING) continue;
        *used = !p[1];
        if (*used && !next) return fail(&call->err, ERR_USAGE, "-%c takes %s, and nothing follows it", *p, o->value);
        call->given[at] = *used ? next : p + 1;
        return value_check(o, str_of(call->given[at]), &call->err);
    }
    return true;
}

static bool operands_check(Call *call)
{
    const Command *k = call->command;
    if (call->n_operands < k->least)
        return fail(&call->err, ERR_USAGE, "%s needs %s", k->name, k->operands);
    if (k->most >= 0 && call->n_operands > k->most)
        return fail(&call->err, ERR_USAGE, "%s takes %s, and '%s' is one too many", k->name,
                    k->most ? k->operands : "no operands", call->operand[k->most]);
    if (k->choices && call->n_operands && !choice_has(k->choices, str_of(call->operand[0])))
        return fail(&call->err, ERR_USAGE, "%s takes one of %s, not '%s'", k->name, k->choices, call->operand[0]);
    return true;
}

static bool no_command(Call *call, int argc, char **argv)
{
    static const char *const plain[] = {"help", "version"};
    for (int i = 1; i < argc; i++)                        /* demarche --version, --help, -h */
        for (int k = 0; k < 2; k++)
            if (!strcmp(argv[i], "-h") || (str_starts(str_of(argv[i]), S("--")) && !strcmp(argv[i] + 2, plain[k]))) {
                call->command = command_find(str_of(plain[k]));
                return true;
            }
    return fail(&call->err, ERR_USAGE, argc > 1 ? "no command was given" : "what shall be done?");
}

bool call_parse(Call *call, int argc, char **argv)
{
    int place = command_place(argc, argv);
    if (place < 0) return no_command(call, argc, argv);
    Str name = str_of(argv[place]);
    call->command = command_find(name);
    if (!call->command) {
        const char *near = command_near(name);
        return near ? fail(&call->err, ERR_USAGE, "there is no command '%.*s'; did you mean '%s'?", STR(name), near)
                    : fail(&call->err, ERR_USAGE, "there is no command '%.*s'; 'demarche help' lists them all",
                           STR(name));
    }
    const char **operand = arena_new(call->arena, const char *, argc + 1);
    call->operand = operand;
    bool options_end = false, wants_help = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *next = i + 1 < argc && i + 1 != place ? argv[i + 1] : NULL;
        bool used = false;
        if (i == place) continue;
        if (!options_end && !strcmp(word, "--")) { options_end = true; continue; }
        if (options_end || !is_option(word)) { operand[call->n_operands++] = word; continue; }
        if (!(word[1] == '-' ? long_option(call, word, next, &used) : letters(call, word, next, &used))) return false;
        i += used;
    }
    wants_help = call_has(call, "help");
    return wants_help || operands_check(call);
}

bool call_has(const Call *call, const char *option)
{
    int at = option_place(call->command, str_of(option), 0);
    assert(at >= 0 && "the command lists the option that it asks for");
    return call->given[at];
}

Str call_text(const Call *call, const char *option)
{
    int at = option_place(call->command, str_of(option), 0);
    assert(at >= 0 && "the command lists the option that it asks for");
    return str_of(call->given[at]);
}

int64_t call_number(const Call *call, const char *option, int64_t otherwise)
{
    int64_t n;
    return number_read(call_text(call, option), &n) ? n : otherwise;
}

Str call_words(Call *call, int from)
{
    Buf b = {.to = call->arena};
    for (int i = from; i < call->n_operands; i++) {
        if (i > from) buf_char(&b, ' ');
        buf_add(&b, str_of(call->operand[i]));
    }
    return buf_str(&b);
}

/* What the table of actors knows this name by: "Путин", "putin" and "Poutine" ask for one man. */
static Strs filter_names(Call *call, Str typed)
{
    CallActors table;
    Strs names = {0};
    if (!typed.n) return names;
    if (!call_actors(call, &table)) {
        io_note("%s; the names of the program's own table are used", call->err.text);
        call->err = (Err){0};
        table = (CallActors){actors_shipped(), NULL};
    }
    Strs found = actors_names(call->arena, table.t, typed);
    for (int32_t i = 0; i < found.n; i++) *push(call->arena, &names) = arena_str(call->arena, found.v[i]);
    actors_close(table.own);
    return names;
}

LedgerFilter call_filter(Call *call)
{
    LedgerFilter f = {.actor = call_text(call, "actor"),
                      .publisher = call_text(call, "publisher"),
                      .topic = call_text(call, "topic"),
                      .type = call_text(call, "type"),
                      .lang = call_text(call, "lang"),
                      .since = call_text(call, "since"),
                      .until = call_text(call, "until"),
                      .document = call_text(call, "document")};
    f.actor_names = filter_names(call, f.actor);
    if (option_place(call->command, S("limit"), 0) >= 0) f.limit = call_number(call, "limit", 0);
    return f;
}

Strs call_files(Call *call, const char *option)
{
    Strs files = {0};
    Str rest = call_text(call, option), one;
    while (rest.n && str_split(&rest, '\n', &one))
        if (one.n) *push(call->arena, &files) = one;
    return files;
}

const char *call_ledger_path(const Call *call)
{
    Str named = call_text(call, "ledger");
    const char *env = io_env("DEMARCHE_LEDGER");
    return named.n ? named.p : env && *env ? env : "demarche.db";
}

bool call_ledger(Call *call, LedgerMode mode)
{
    const char *path = call_ledger_path(call);
    if (mode == LEDGER_READ && io_kind(path) == IO_NONE)
        return fail(&call->err, ERR_IO, "there is no ledger '%s': make one with 'demarche add FILE…', or name another "
                    "with --ledger FILE", path);
    call->ledger = ledger_open(path, mode, &call->err);
    return call->ledger;
}

int call_failed(const Call *call)
{
    switch (call->err.code) {
    case ERR_USAGE: return EXIT_USAGE;
    case ERR_NOTFOUND: return EXIT_NOTHING;
    case ERR_INTERRUPTED: return EXIT_STOPPED;
    default: return EXIT_FAILED;
    }
}
