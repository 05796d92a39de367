/* doctor: is all here that demarche needs, and is the ledger well?
**
** Each line is a thing looked at: "ok", or "care" with what to do about it, or "bad" where nothing works until it is
** mended. Nothing is changed.
*/
#include "model.h"
#include "screen.h"
#include <sqlite3.h>
#include <string.h>

enum { SQLITE_LEAST = 3040000 };         /* STRICT, RETURNING and FTS5 as Debian 12 ships them */
static const int64_t SPACE_LEAST = 200 << 20;  /* bytes: a day's 15,000 stories take some 100 MB with their index */

typedef enum { LOOK_OK, LOOK_CARE, LOOK_BAD } Look;
typedef struct { Call *call; Buf out; bool json; int n_bad, n_care; } Doctor;

static void look(Doctor *d, const char *what, Look state, Str found, const char *remedy)
{
    static const struct {
        const char *word;
        int style;
    } states[] = {{"ok", GREEN}, {"care", YELLOW}, {"bad", RED | BOLD}};
    d->n_bad += state == LOOK_BAD;
    d->n_care += state == LOOK_CARE;
    if (d->json) {
        buf_printf(&d->out, "{\"format\":1,\"check\":\"%s\",\"state\":\"%s\",\"found\":", what, states[state].word);
        json_put_str(&d->out, found);
        buf_add(&d->out, S(",\"remedy\":"));
        if (state != LOOK_OK && remedy) json_put_str(&d->out, str_of(remedy));
        else buf_add(&d->out, S("null"));
        buf_add(&d->out, S("}\n"));
        return;
    }
    screen_put(&d->out, str_of(states[state].word), states[state].style);
    screen_pad(&d->out, 6 - (int)strlen(states[state].word));
    screen_put(&d->out, str_of(what), BOLD);
    screen_pad(&d->out, 12 - (int)strlen(what));
    Flow f = flow_at(d->call->arena, &d->out, 18, 18);
    flow_text(&f, found, PLAIN);
    if (state != LOOK_OK && remedy) {
        flow_text(&f, S(": "), PLAIN);
        flow_text(&f, str_of(remedy), PLAIN);
    }
    flow_end(&f);
}

static Str size_text(Arena *a, int64_t bytes)
{
    if (bytes < 0) return S("not known");
    if (bytes < 1000000) return arena_printf(a, "%.1f kB", (double)bytes / 1e3);
    if (bytes < 1000000000) return arena_printf(a, "%.1f MB", (double)bytes / 1e6);
    return arena_printf(a, "%.1f GB", (double)bytes / 1e9);
}

static void look_around(Doctor *d)
{
    Arena *a = d->call->arena;
    const char *locale = io_env("LC_ALL");
    if (!locale || !*locale) locale = io_env("LC_CTYPE");
    if (!locale || !*locale) locale = io_env("LANG");
    bool is_utf8 = locale && (strstr(locale, "UTF-8") || strstr(locale, "utf8") || strstr(locale, "UTF8"));
    bool has_fts = sqlite3_compileoption_used("ENABLE_FTS5");
    look(d, "program", LOOK_OK, S("demarche " DEMARCHE_VERSION), NULL);
    look(d, "sqlite", sqlite3_libversion_number() >= SQLITE_LEAST ? LOOK_OK : LOOK_BAD,
         arena_printf(a, "SQLite %s", sqlite3_libversion()), "3.40 or later is needed");
    look(d, "full text", has_fts ? LOOK_OK : LOOK_BAD, has_fts ? S("FTS5 is built in") : S("FTS5 is not built in"),
         "search needs an SQLite with FTS5");
    look(d, "pdf", io_has_program("pdftotext") ? LOOK_OK : LOOK_CARE,
         io_has_program("pdftotext") ? S("pdftotext is installed") : S("pdftotext is not installed"),
         "PDF files have to be turned to text first; install poppler-utils");
    look(d, "threads", LOOK_OK, arena_printf(a, "%d %s", io_cores(), plural(io_cores(), "core", "cores")), NULL);
    look(d, "terminal", LOOK_OK,
         arena_printf(a, "%d columns, %s, %s", screen()->width, io_out_is_terminal() ? "a terminal" : "no terminal",
                      screen()->colour ? "colour" : "no colour"),
         NULL);
    look(d, "locale", is_utf8 ? LOOK_OK : LOOK_CARE, arena_printf(a, "%s", locale && *locale ? locale : "not set"),
         "output is UTF-8 whatever the locale; where letters look wrong, set LANG=C.UTF-8");
}

/* "ewt (CC-BY-SA-4.0), gum (CC-BY-4.0 …)": what the model learnt from, each set once, in the order of its table. */
static Str sets_text(Arena *a, const Json *sets)
{
    Buf b = {.to = a};
    for (const Json *s = sets ? sets->first : NULL; s; s = s->next) {
        Str role = json_text(s, S("role"));
        if (str_ends(role, S("-dev")) || str_eq(role, S("vector-words"))) continue;
        Str set = arena_printf(a, "%.*s (%.*s)", STR(json_text(s, S("corpus"))), STR(json_text(s, S("licence"))));
        if (b.n && str_find(buf_str(&b), set) >= 0) continue;
        if (b.n) buf_add(&b, S(", "));
        buf_add(&b, set);
    }
    return b.n ? buf_str(&b) : S("it does not say");
}

static Str scores_text(Arena *a, const Json *scores)
{
    Buf b = {.to = a};
    for (const Json *s = scores ? scores->first : NULL; s; s = s->next)
        buf_printf(&b, "%s%.*s %.*s", b.n ? ", " : "", STR(s->key), STR(s->text));
    return b.n ? buf_str(&b) : S("it does not say");
}

static void look_model(Doctor *d)
{
    Arena *a = d->call->arena;
    Model *m;
    Json *about;
    Err e = {0};
    if (!call_model(d->call, &m)) {
        look(d, "model", LOOK_BAD, str_of(d->call->err.text), NULL);
        d->call->err = (Err){0};
        return;
    }
    if (!m) {
        look(d, "model", LOOK_CARE, S("none is within the program"),
             "words get no tags, heads and lemmas, and names are found by tables alone; name one with --model FILE");
        return;
    }
    Language *l = language_open(m, &e);
    if (!l || !json_read(a, model_provenance(m), &about, &e)) look(d, "model", LOOK_BAD, str_of(e.text), NULL);
    else {
        look(d, "model", LOOK_OK, arena_printf(a, "%.*s: language '%.*s', %.*s", STR(model_name(m)), STR(language_code(l)),
                                               STR(size_text(a, model_size(m)))), NULL);
        const Json *sets = json_get(about, S("sets")), *network = json_get(about, S("network"));
        if (!sets && network) sets = json_get(network, S("sets"));       /* a network's notes are its trainer's */
        look(d, "learnt from", LOOK_OK, screen_safe(a, sets_text(a, sets)), NULL);
        look(d, "scores", LOOK_OK, screen_safe(a, scores_text(a, json_get(about, S("scores")))), NULL);
    }
    language_close(l);
    model_close(m);
}

static void look_counts(Doctor *d)
{
    Arena *a = d->call->arena;
    LedgerCounts c;
    Err e = {0};
    if (!ledger_counts(d->call->ledger, a, &(LedgerFilter){0}, &c, &e)) {
        look(d, "contents", LOOK_BAD, str_of(e.text), NULL);
        return;
    }
    look(d, "contents", LOOK_OK,
         arena_printf(a, "%.*s %s, %.*s %s, %.*s %s", STR(number_text(a, c.documents)),
                      plural(c.documents, "document", "documents"), STR(number_text(a, c.statements)),
                      plural(c.statements, "statement", "statements"), STR(number_text(a, c.corrections)),
                      plural(c.corrections, "correction", "corrections")),
         NULL);
    if (c.failed)
        look(d, "last run", LOOK_CARE,
             arena_printf(a, "%lld %s left out", (long long)c.failed, plural(c.failed, "input was", "inputs were")),
             "'demarche brief' names them");
}

static void look_ledger(Doctor *d)
{
    Call *call = d->call;
    Arena *a = call->arena;
    const char *path = call_ledger_path(call);
    int64_t space = io_space_free(path), wal = io_size(arena_printf(a, "%s-wal", path).p);
    if (io_kind(path) == IO_NONE)
        look(d, "ledger", LOOK_CARE, arena_printf(a, "there is no '%s'", path), "'demarche add FILE…' makes it");
    else {
        Err e = {0};
        call->ledger = ledger_open(path, LEDGER_READ, &e);
        look(d, "ledger", call->ledger ? LOOK_OK : LOOK_BAD,
             call->ledger ? arena_printf(a, "'%s', version %d, %.*s", path, ledger_version(call->ledger),
                                         STR(size_text(a, io_size(path))))
                          : str_of(e.text),
             NULL);
        if (call->ledger) look_counts(d);
        look(d, "wal", wal > 64 << 20 ? LOOK_CARE : LOOK_OK,
             wal > 0 ? arena_printf(a, "%.*s wait to be moved into the file", STR(size_text(a, wal)))
                     : S("nothing waits"),
             "a reader that stays open holds them back; close it, and the next 'demarche add' moves them");
    }
    look(d, "writing", io_can_write(path) ? LOOK_OK : LOOK_CARE,
         io_can_write(path) ? S("the ledger can be written") : S("the ledger or its folder cannot be written"),
         "listings work, 'demarche add' does not; look at the permissions");
    look(d, "disk", space < 0 || space > SPACE_LEAST ? LOOK_OK : LOOK_CARE,
         arena_printf(a, "%.*s free", STR(size_text(a, space))), "free some space before adding much");
}

static int doctor_run(Call *call)
{
    Doctor d = {.call = call, .out = {.to = call->arena}, .json = call_has(call, "json")};
    look_around(&d);
    look_model(&d);
    look_ledger(&d);
    io_out(buf_str(&d.out));
    return d.n_bad ? EXIT_FAILED : EXIT_DONE;
}

static const char about[] =
    "One line for each thing looked at: `ok`; `care`, with what to do about it; or `bad`, where nothing works until "
    "it is mended (exit status 3). Nothing is changed. `demarche verify` looks at every document.\n\n"
    "Of the model it tells the language, the sets of data that it learnt from with their licences, and what it scored on "
    "development data that it did not learn from.";
static const Option options[] = {
    {0, "json", TAKES_NOTHING, NULL, "one JSON object a line"},
    OPTION_MODEL,
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche doctor", "Everything that is looked at"},
    {0}};
const Command command_doctor = {
    .name = "doctor", .operands = "",
    .summary = "look whether all is here that is needed, and whether the ledger is well", .about = about,
    .operand = OPERAND_NONE, .least = 0, .most = 0, .options = options, .examples = examples,
    .run = doctor_run};
