/* actors: the table of who is who, checked, shown, asked, and filled from what others have.
**
**  in:  demarche actors code phrases.jsonl      {"id":1,"actor_text":"a senior Calvessan diplomat","published":"2031-01-16"}
**  out: {"id":1,"country":"CLV","role":"GOV","key":null}
*/
#include "actors.h"
#include "screen.h"
#include "base/json.h"
#include <string.h>

enum { LINE_MAX = 1 << 20, FILE_MAX = 256 << 20 };       /* bytes */

/* ---- check ------------------------------------------------------------------------------------------------------ */

static void print_fault(void *with, Str file, int32_t line, Str sentence)
{
    Buf b = {.to = ((Call *)with)->arena};
    buf_printf(&b, "%.*s:%d: %.*s\n", STR(file), line, STR(sentence));
    io_out(buf_str(&b));
}

typedef struct { Call *call; int64_t n; } Checking;

static void count_fault(void *with, Str file, int32_t line, Str sentence)
{
    Checking *c = with;
    c->n++;
    print_fault(c->call, file, line, sentence);
}

static int actors_check(Call *call)
{
    Checking c = {call, 0};
    Actors *t = actors_open(call->operand + 1, call->n_operands - 1, count_fault, &c, &call->err);
    if (!t) return call_failed(call);
    Buf b = {.to = call->arena};
    buf_printf(&b, "%lld %s, %d entries with those of the program%s\n", (long long)c.n, plural(c.n, "fault", "faults"),
               actors_count(t), c.n ? "; the good lines are used" : "");
    io_out(buf_str(&b));
    actors_close(t);
    return c.n ? EXIT_FAILED : EXIT_DONE;
}

/* ---- show ---------------------------------------------------------------------------------------------------------- */

static void show_json(Call *call, const Actors *t, int32_t i)
{
    Actor x = actors_at(t, i);
    Buf b = {.to = call->arena};
    buf_add(&b, S("{\"format\":1,\"key\":"));
    json_put_str(&b, x.key);
    buf_printf(&b, ",\"kind\":\"%.*s\",\"name\":", STR(actors_kind_name(x.kind)));
    json_put_str(&b, x.name);
    buf_add(&b, S(",\"entry\":"));
    json_put_str(&b, actors_text(call->arena, t, i));
    buf_add(&b, S(",\"actor\":"));
    json_put_str(&b, actors_code_on(t, i, actors_day(call_text(call, "on").n ? call_text(call, "on") : io_today(call->arena))));
    buf_add(&b, S("}\n"));
    io_out(buf_str(&b));
}

static void show_one(Call *call, const Actors *t, int32_t i)
{
    Str on = call_text(call, "on").n ? call_text(call, "on") : str_sub(io_today(call->arena), 0, 10);
    Str code = actors_code_on(t, i, actors_day(on));
    Buf b = {.to = call->arena};
    buf_add(&b, actors_text(call->arena, t, i));
    if (code.n) buf_printf(&b, "# on %.*s: %.*s\n", STR(on), STR(code));
    io_out(buf_str(&b));
}

static int actors_show(Call *call, const Actors *t)
{
    Str words = call_words(call, 1);
    int32_t i = actors_by_key(t, words);
    ActorHits hits = i >= 0 ? (ActorHits){&(ActorHit){i, 0}, 1} : actors_find(t, words);
    if (!hits.n) hits = actors_find_folded(t, words);
    if (!words.n) {
        fail(&call->err, ERR_USAGE, "actors show needs a key or a name");
        return call_failed(call);
    }
    for (int32_t k = 0; k < hits.n; k++) {
        if (call_has(call, "json")) {
            show_json(call, t, hits.v[k].actor);
            continue;
        }
        if (k) io_out(S("\n"));
        show_one(call, t, hits.v[k].actor);
    }
    if (hits.n) return EXIT_DONE;
    io_note("No entry has the key or the form '%.*s'.", STR(words));
    return EXIT_NOTHING;
}

/* ---- code ------------------------------------------------------------------------------------------------------------ */

static void put_or_null(Buf *b, Str s)
{
    if (s.n) json_put_str(b, s);
    else buf_add(b, S("null"));
}

static void put_id(Buf *b, const Json *object)
{
    const Json *id = json_get(object, S("id"));
    if (id && id->kind == JSON_NUMBER) buf_add(b, id->text);
    else if (id && id->kind == JSON_STRING) json_put_str(b, id->text);
    else buf_add(b, S("null"));
}

static void code_line(Arena *a, const Actors *t, const Json *object, Buf *b)
{
    Str text = json_text(object, S("actor_text")), context = json_text(object, S("context"));
    int32_t day = actors_day(json_text(object, S("published")));
    Strs members = actors_members(a, t, text);
    ActorPhrase x = actors_phrase(a, t, members.n ? members.v[0] : text, context, day);
    buf_add(b, S("{\"id\":"));
    put_id(b, object);
    buf_add(b, S(",\"country\":"));
    put_or_null(b, x.country);
    buf_add(b, S(",\"role\":"));
    put_or_null(b, x.role);
    buf_add(b, S(",\"key\":"));
    put_or_null(b, x.actor >= 0 ? actors_at(t, x.actor).key : (Str){0});
    for (int32_t i = 0; members.n > 1 && i < members.n; i++) {
        ActorPhrase m = actors_phrase(a, t, members.v[i], context, day);
        buf_add(b, i ? S(",{\"text\":") : S(",\"members\":[{\"text\":"));
        json_put_str(b, members.v[i]);
        buf_add(b, S(",\"country\":"));
        put_or_null(b, m.country);
        buf_add(b, S(",\"role\":"));
        put_or_null(b, m.role);
        buf_add(b, S("}"));
    }
    buf_add(b, members.n > 1 ? S("]}\n") : S("}\n"));
}

typedef struct { const Actors *t; Arena *a; Str line; Buf *out; } Coding;

static bool code_one(Coding *c, Err *e)
{
    Json *object;
    if (c->line.n > LINE_MAX) return fail(e, ERR_LIMIT, "the line has %td bytes, at most %d are read", c->line.n, LINE_MAX);
    if (!json_read(c->a, c->line, &object, e)) return false;
    if (object->kind != JSON_OBJECT || !json_text(object, S("actor_text")).p)
        return fail(e, ERR_INPUT, "no \"actor_text\"; each line is an object with \"id\" and \"actor_text\"");
    code_line(c->a, c->t, object, c->out);
    return true;
}

static int actors_code(Call *call, const Actors *t)
{
    int64_t failed = 0, done = 0;
    for (int i = 1; i < call->n_operands; i++) {
        IoFile f;
        if (!io_open(&f, call->operand[i], FILE_MAX, &call->err)) return call_failed(call);
        Str rest = f.bytes, line;
        for (int32_t n = 1; str_split(&rest, '\n', &line); n++) {
            if (!str_trim(line).n) continue;
            Arena *a = arena_aside(call->arena);
            Buf out = {.to = a};
            Err e = {0};
            if (code_one(&(Coding){t, a, line, &out}, &e)) done++, io_out(buf_str(&out));
            else failed++, io_note("%s:%d: %s", call->operand[i], n, e.text);
            arena_reset(a);
        }
        io_close(&f);
    }
    if (call->n_operands < 2) fail(&call->err, ERR_USAGE, "actors code needs FILE…: lines of {\"id\", \"actor_text\", \"published\"}");
    return call->err.code ? call_failed(call) : failed ? EXIT_FAILED : done ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- import, export ----------------------------------------------------------------------------------------------------- */

static int actors_import(Call *call)
{
    Str from = call->n_operands > 1 ? str_of(call->operand[1]) : (Str){0};
    Buf out = {.to = call->arena};
    Checking c = {call, 0};
    bool phoenix = str_eq(from, S("phoenix")), factbook = str_eq(from, S("factbook"));
    if ((!phoenix && !factbook) || call->n_operands < 3) {
        fail(&call->err, ERR_USAGE, "actors import takes `phoenix FILE…` or `factbook FOLDER…`");
        return call_failed(call);
    }
    for (int i = 2; i < call->n_operands; i++)
        if (!(phoenix ? import_phoenix : import_factbook)(call, call->operand[i], &out, &c.n)) return call_failed(call);
    io_out(buf_str(&out));
    if (c.n) io_note("%lld %s left out (named above)", (long long)c.n, plural(c.n, "line was", "lines were"));
    return c.n ? EXIT_FAILED : out.n ? EXIT_DONE : EXIT_NOTHING;
}

static int actors_export(Call *call, const Actors *t)
{
    Str to = call->n_operands > 1 ? str_of(call->operand[1]) : S("actors");
    if (!str_eq(to, S("actors")) && !str_eq(to, S("phoenix"))) {
        fail(&call->err, ERR_USAGE, "actors export takes `actors` or `phoenix`, not '%.*s'", STR(to));
        return call_failed(call);
    }
    for (int32_t i = 0; i < actors_count(t); i++) {
        Arena *a = arena_aside(call->arena);
        Str text = str_eq(to, S("actors")) ? actors_text(a, t, i) : actors_phoenix(a, t, i);
        if (text.n) io_out(text), io_out(S("\n"));
        arena_reset(a);
    }
    return EXIT_DONE;
}

static int actors_with(Call *call, const Actors *t)
{
    Str what = str_of(call->operand[0]);
    if (str_eq(what, S("show"))) return actors_show(call, t);
    if (str_eq(what, S("code"))) return actors_code(call, t);
    return actors_export(call, t);
}

static int actors_run(Call *call)
{
    CallActors table;
    Str what = str_of(call->operand[0]);
    if (str_eq(what, S("check"))) return actors_check(call);
    if (str_eq(what, S("import"))) return actors_import(call);
    if (!call_actors(call, &table)) return call_failed(call);
    int status = actors_with(call, table.t);
    actors_close(table.own);
    return status;
}

static const char about[] =
    "The table says who is who: persons with the offices that they held from a day to a day, bodies, countries with their "
    "adjectives and capitals, and nouns for roles. It is part of the program; a file of your own (`--actors FILE`, here and for "
    "`read` and `add`) is laid over it and wins. doc/actors.md explains the form of a file.\n\n"
    "`check FILE…` names each faulty line and its remedy; `show KEY` or `show NAME` prints entries, and the actor code of a day "
    "(`--on`); `code FILE` reads lines of `{\"id\", \"actor_text\", \"context\", \"published\"}` and prints country, role and key of "
    "each phrase, `null` where nothing is said; where a phrase joins several, the first, and all as `members`. `import phoenix FILE…` turns dictionaries of the CAMEO world (Phoenix, PETRARCH: "
    "actors and agents) into a file of ours, `import factbook FOLDER…` the CIA World Factbook's JSON; `export actors` and "
    "`export phoenix` print the whole table.";
static const Option options[] = {
    OPTION_ACTORS,
    {0, "on", TAKES_DATE, "DATE", "the day whose offices are shown; else today"},
    {0, "json", TAKES_NOTHING, NULL, "show: one JSON object a line"}, OPTIONS_END};
static const Example examples[] = {
    {"demarche actors check examples/chronicle.actors", "Is a file of one's own in order?"},
    {"demarche actors show --actors examples/chronicle.actors --on 2031-02-01 'Davin Orrel'", "Who is that, and what on that day?"},
    {0}};
const Command command_actors = {
    .name = "actors", .operands = "check|show|code|import|export [WHAT…]", .summary = "the table of who is who: checked, shown, asked, imported",
    .about = about, .operand = OPERAND_WORD, .least = 1, .most = -1, .choices = "check|show|code|import|export", .options = options,
    .examples = examples, .run = actors_run};
