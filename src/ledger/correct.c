/* Corrections: the reader's own word, laid over the machine's and never over the evidence.
**
**   ledger_correct(3f9a1c2e.s4, speaker, "Minister Ito")     a row of `correction`
**   ledger_uncorrect(3f9a1c2e.s4, speaker)                   a further row that takes the one in force back
**
** In force is, of the rows for one field that nobody took back, the last by (made, nth, identity). The identity is a hash of
** the row's content with the document's hash, not its number: two ledgers can be joined in any order, any number of
** times, and agree on what is in force.
**
** Always: the now_ columns, by which listings sort and find, are refreshed in the same transaction.
*/
#include "ledger/inside.h"
#include <string.h>

typedef enum { FIELD_TEXT, FIELD_DATE, FIELD_FLAG, FIELD_ENUM } FieldKind;
typedef struct { char part; const char *name; FieldKind kind; const char *names; } Field;   /* names: of an enum, parted by | */
#define FIELD_NAME(s, n) "|" n
static const Field fields[] = {
    {'d', "published", FIELD_DATE, NULL}, {'d', "publisher", FIELD_TEXT, NULL}, {'d', "author", FIELD_TEXT, NULL},
    {'d', "title", FIELD_TEXT, NULL}, {'d', "lang", FIELD_TEXT, NULL}, {'d', "uri", FIELD_TEXT, NULL},
    {'s', "speaker", FIELD_TEXT, NULL}, {'s', "form", FIELD_ENUM, FORMS(FIELD_NAME) "|"},
    {'s', "class", FIELD_ENUM, STATEMENT_CLASSES(FIELD_NAME) "|"}, {'s', "sourcing", FIELD_ENUM, SOURCINGS(FIELD_NAME) "|"},
    {'s', "judged", FIELD_ENUM, JUDGEMENTS(FIELD_NAME) "|"}, {'s', "time", FIELD_TEXT, NULL},
    {'t', "value", FIELD_TEXT, NULL}, {'t', "type", FIELD_ENUM, TIME_TYPES(FIELD_NAME) "|"},
    {'n', "name", FIELD_TEXT, NULL}, {'n', "type", FIELD_ENUM, ENTITY_TYPES(FIELD_NAME) "|"},
    {'n', "key", FIELD_TEXT, NULL}, {'n', "actor", FIELD_TEXT, NULL},
    {'e', "type", FIELD_TEXT, NULL}, {'e', "cameo", FIELD_TEXT, NULL}, {'e', "time", FIELD_TEXT, NULL},
    {'e', "status", FIELD_ENUM, EVENT_STATUSES(FIELD_NAME) "|"},
    {'x', "kind", FIELD_ENUM, EXPECTATION_KINDS(FIELD_NAME) "|"}, {'x', "due", FIELD_TEXT, NULL},
    {'r', "type", FIELD_ENUM, RELATION_TYPES(FIELD_NAME) "|"}, {'r', "time", FIELD_TEXT, NULL},
    {'c', "key", FIELD_TEXT, NULL}, {'f', "unit", FIELD_TEXT, NULL}, {'f', "period", FIELD_TEXT, NULL},
    {'b', "reason", FIELD_ENUM, BOILERPLATES(FIELD_NAME) "|"}, {'o', "how", FIELD_ENUM, ORIGINS(FIELD_NAME) "|"},
    {'o', "name", FIELD_TEXT, NULL}, {'o', "uri", FIELD_TEXT, NULL},
    {0, "rejected", FIELD_FLAG, NULL},
};
static const struct { char part; TableName table; } tables[] = {
    {'d', TABLE_DOCUMENT}, {'s', TABLE_STATEMENT}, {'t', TABLE_TIME}, {'n', TABLE_ENTITY}, {'b', TABLE_BOILERPLATE},
    {'o', TABLE_ORIGIN}, {'e', TABLE_EVENT}, {'x', TABLE_EXPECTATION}, {'r', TABLE_RELATION}, {'c', TABLE_TOPIC},
    {'f', TABLE_FIGURE},
};

static const Field *field_of(char part, Str name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if ((fields[i].part == part || !fields[i].part) && str_eq(str_of(fields[i].name), name)) return &fields[i];
    return NULL;
}

static bool field_unknown(Arena *a, char part, Str name, Err *e)
{
    Buf b = {.to = a};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].part == part || !fields[i].part) {
            buf_add(&b, b.n ? S(", ") : S(""));
            buf_add(&b, str_of(fields[i].name));
        }
    Str known = buf_str(&b);
    return fail(e, ERR_USAGE, "'%.*s' cannot be corrected there; these can: %.*s", STR(name), STR(known));
}

/* The value as it is stored: checked, and a flag as "true" or unknown. */
static bool field_value(Arena *a, const Field *f, Str *value, Err *e)
{
    Date d;
    *value = str_trim(*value);
    if (f->kind == FIELD_FLAG) {
        bool yes = str_eq(*value, S("true")) || str_eq(*value, S("yes")), no = !value->n || str_eq(*value, S("false")) || str_eq(*value, S("no"));
        if (!yes && !no) return fail(e, ERR_USAGE, "%s is true or false, not '%.*s'", f->name, STR(*value));
        *value = yes ? S("true") : S("");
    }
    if (f->kind == FIELD_DATE && value->n && !date_parse(*value, &d))
        return fail(e, ERR_USAGE, "%s is a date such as 2025-03-18, not '%.*s'", f->name, STR(*value));
    if (f->kind == FIELD_ENUM && value->n && (str_find(*value, S("|")) >= 0
        || str_find(str_of(f->names), arena_printf(a, "|%.*s|", STR(*value))) < 0)) {
        Buf known = {.to = a};
        for (const char *c = f->names; *c; c++)
            if (*c != '|') buf_char(&known, *c);
            else if (known.n && c[1]) buf_add(&known, S(", "));
        return fail(e, ERR_USAGE, "%s is one of: %.*s; not '%.*s'", f->name, (int)known.n, known.p, STR(*value));
    }
    return true;
}

/* ---- what the machine had, what is in force ------------------------------------------------------------- */
static bool machine_value(Ledger *db, Arena *a, LedgerRef ref, const Field *f, Str *was, Err *e)
{
    TableName t = TABLE_DOCUMENT;
    *was = (Str){0};
    if (f->kind == FIELD_FLAG) return true;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (tables[i].part == ref.part) t = tables[i].table;
    Str sql = ref.part == 's' && str_eq(str_of(f->name), S("speaker"))
        ? S("SELECT n.name FROM statement s LEFT JOIN entity e ON e.document = s.document AND e.idx = s.speaker "
            "LEFT JOIN name n ON n.id = e.name_id WHERE s.document = ?1 AND s.idx = ?2")
        : ref.part == 'n' && str_eq(str_of(f->name), S("name"))
        ? S("SELECT n.name FROM entity e JOIN name n ON n.id = e.name_id WHERE e.document = ?1 AND e.idx = ?2")
        : arena_printf(a, ref.part == 'd' ? "SELECT %s FROM %s WHERE id = ?1" : "SELECT %s FROM %s WHERE document = ?1 AND idx = ?2",
                       f->name, ledger_tables[t].name);
    sqlite3_stmt *s = NULL;
    bool there;
    if (sqlite3_prepare_v2(db->file, sql.p, (int)sql.n, &s, NULL) != SQLITE_OK) return ledger_fail(db, e);
    sqlite3_bind_int64(s, 1, ref.document);
    if (ref.part != 'd') sqlite3_bind_int(s, 2, ref.index);
    bool ok = ledger_step(db, s, &there, e);
    if (ok && there) *was = ledger_copy(a, s, 0);
    sqlite3_finalize(s);
    return ok && (there || fail(e, ERR_NOTFOUND, "there is no such part"));
}

static void bind_ref(sqlite3_stmt *s, LedgerRef ref, Str field)
{
    sqlite3_bind_int64(s, 1, ref.document);
    sqlite3_bind_text(s, 2, &ref.part, 1, SQLITE_TRANSIENT);
    sqlite3_bind_int(s, 3, ref.index);
    sqlite3_bind_text(s, 4, field.p, (int)field.n, SQLITE_STATIC);
}

static bool in_force(Ledger *db, Arena *a, LedgerRef ref, Str field, bool *is, Str *value, Str *identity, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_CORRECTION_NOW, e);
    if (!s) return false;
    bind_ref(s, ref, field);
    if (!ledger_step(db, s, is, e)) return false;
    if (*is) {
        *value = ledger_copy(a, s, 0);
        if (identity) *identity = ledger_copy(a, s, 1);
        sqlite3_reset(s);
    }
    return true;
}

/* ---- the now_ columns ----------------------------------------------------------------------------------- */
static bool machine_number(Ledger *db, Question which, LedgerRef ref, int64_t *n, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, which, e);
    bool there;
    *n = 0;
    if (!s) return false;
    sqlite3_bind_int64(s, 1, ref.document);
    sqlite3_bind_int(s, 2, ref.index);
    if (!ledger_step(db, s, &there, e)) return false;
    if (there) *n = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return true;
}

static bool machine_text(Ledger *db, Arena *a, Question which, LedgerRef ref, Str *text, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, which, e);
    bool there;
    if (!s) return false;
    sqlite3_bind_int64(s, 1, ref.document);
    if (which == ASK_VALUE_OF) sqlite3_bind_int(s, 2, ref.index);
    if (!ledger_step(db, s, &there, e)) return false;
    if (there) *text = ledger_copy(a, s, 0);
    sqlite3_reset(s);
    return true;
}

static bool set_text(Ledger *db, Question which, LedgerRef ref, int at, Str text, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, which, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, ref.document);
    if (at == 3) sqlite3_bind_int(s, 2, ref.index);
    ledger_bind(s, at, text);
    return ledger_do(db, s, e);
}

static bool set_speaker(Ledger *db, LedgerRef ref, int64_t name, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_NOW_SPEAKER, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, ref.document);
    sqlite3_bind_int(s, 2, ref.index);
    if (name) sqlite3_bind_int64(s, 3, name);
    else sqlite3_bind_null(s, 3);
    return ledger_do(db, s, e);
}

/* Who is shown as the speaker of a statement: its own correction, else its entity's corrected name, else the machine's. */
bool ledger_speaker_now(Ledger *db, LedgerRef statement, int64_t *name, Err *e)
{
    Arena *a = &db->scratch;
    bool is;
    Str value;
    int64_t entity;
    if (!in_force(db, a, statement, S("speaker"), &is, &value, NULL, e)) return false;
    if (!is) {
        if (!machine_number(db, ASK_SPEAKER_OF, statement, name, e) || !*name) return *name == 0 && e->code == ERR_NONE;
        if (!machine_number(db, ASK_SPEAKER_IDX, statement, &entity, e)) return false;
        if (!in_force(db, a, (LedgerRef){statement.document, 'n', (int32_t)entity}, S("name"), &is, &value, NULL, e)) return false;
        if (!is || !value.n) return true;
    }
    *name = 0;
    return !value.n || ledger_name_id(db, value, name_fold(a, value), name, e);
}

static bool refresh_speakers_of(Ledger *db, LedgerRef entity, Err *e)
{
    Ints which = {0};
    bool there = true;
    sqlite3_stmt *s = ledger_ask(db, ASK_SAID_BY, e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, entity.document);
    sqlite3_bind_int(s, 2, entity.index);
    while (there) {
        if (!ledger_step(db, s, &there, e)) return false;
        if (there) *push(&db->scratch, &which) = sqlite3_column_int(s, 0);
    }
    for (int32_t i = 0; i < which.n; i++)
        if (!ledger_refresh(db, (LedgerRef){entity.document, 's', which.v[i]}, S("speaker"), e)) return false;
    return true;
}

bool ledger_day_now(Ledger *db, int64_t document, Str *day, Err *e)
{
    LedgerRef ref = {document, 'd', NONE};
    bool is;
    if (!in_force(db, &db->scratch, ref, S("published"), &is, day, NULL, e)) return false;
    if (is) *day = str_sub(*day, 0, 10);
    return is || machine_text(db, &db->scratch, ASK_DAY_OF, ref, day, e);
}

bool ledger_value_now(Ledger *db, LedgerRef time, Str *value, Err *e)
{
    bool is;
    return in_force(db, &db->scratch, time, S("value"), &is, value, NULL, e)
        && (is || machine_text(db, &db->scratch, ASK_VALUE_OF, time, value, e));
}

bool ledger_refresh(Ledger *db, LedgerRef ref, Str field, Err *e)
{
    Str text = {0};
    int64_t name = 0;
    if (ref.part == 'd' && str_eq(field, S("published")))
        return ledger_day_now(db, ref.document, &text, e) && set_text(db, ASK_NOW_DAY, ref, 2, text, e)
            && set_text(db, ASK_NOW_DAYS, ref, 2, text, e);
    if (ref.part == 't' && str_eq(field, S("value")))
        return ledger_value_now(db, ref, &text, e) && set_text(db, ASK_NOW_VALUE, ref, 3, text, e);
    if (ref.part == 's' && str_eq(field, S("speaker")))
        return ledger_speaker_now(db, ref, &name, e) && set_speaker(db, ref, name, e);
    if (ref.part == 'n' && str_eq(field, S("name"))) return refresh_speakers_of(db, ref, e);
    return true;
}

/* ---- rows ----------------------------------------------------------------------------------------------- */
typedef struct { LedgerRef ref; Str sha, field, value, was, reason, made, takes_back, seal, identity; int64_t nth; } Row;

static void identify(Arena *a, Row *c)
{
    char hex[65];
    Buf b = {.to = a};
    buf_printf(&b, "%c %d %lld", c->ref.part, c->ref.index, (long long)c->nth);
    const Str parts[] = {c->sha, c->field, c->value, c->reason, c->made, c->seal, c->takes_back};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_char(&b, '\n');
        json_put_str(&b, parts[i]);
    }
    hash_sha256(buf_str(&b), hex);
    c->identity = arena_str(a, str_sub(str_of(hex), 0, 32));
}

static bool add_row(Ledger *db, const Row *c, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_CORRECTION_ADD, e);
    if (!s) return false;
    bind_ref(s, c->ref, c->field);
    ledger_bind(s, 5, c->value);
    ledger_bind(s, 6, c->was);
    ledger_bind(s, 7, c->reason);
    ledger_bind(s, 8, c->made);
    sqlite3_bind_int64(s, 9, c->nth);
    ledger_bind(s, 10, c->seal);
    ledger_bind(s, 11, c->identity);
    ledger_bind(s, 12, c->takes_back);
    return ledger_do(db, s, e) && ledger_refresh(db, c->ref, c->field, e);
}

typedef struct { Ledger *db; LedgerRef ref; Str field, value, reason, when; bool back; } Change;

static bool nth_of(Ledger *db, LedgerRef ref, Str field, int64_t *nth, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_CORRECTION_NTH, e);
    bool there;
    if (!s) return false;
    bind_ref(s, ref, field);
    if (!ledger_step(db, s, &there, e)) return false;
    *nth = there ? sqlite3_column_int64(s, 0) + 1 : 1;
    sqlite3_reset(s);
    return true;
}

static bool change(void *with, Err *e)
{
    Change *c = with;
    Ledger *db = c->db;
    Arena *a = &db->scratch;
    db->name_arena.landing = a->landing;
    if (!c->ref.part) c->ref.part = 'd';
    if (c->ref.part == 'd') c->ref.index = NONE;
    Row row = {.ref = c->ref, .field = c->field, .value = c->value, .reason = c->reason, .made = c->when};
    LedgerProvenance p;
    const Field *f = field_of(c->ref.part, c->field);
    if (!f || c->ref.part == 'p') return field_unknown(a, c->ref.part, c->field, e);
    if (!ledger_provenance(db, a, c->ref.document, &p, e) || !machine_value(db, a, c->ref, f, &row.was, e)
        || !nth_of(db, c->ref, c->field, &row.nth, e)) return false;
    row.sha = p.sha256;
    if (c->ref.part != 'd') row.seal = p.seal;
    if (c->back) {
        bool is;
        Str value;
        if (!in_force(db, a, c->ref, c->field, &is, &value, &row.takes_back, e)) return false;
        if (!is) return fail(e, ERR_NOTFOUND, "there is no correction of '%.*s' to take back", STR(c->field));
        row.value = row.was = (Str){0};
    } else if (!field_value(a, f, &row.value, e)) return false;
    identify(a, &row);
    return add_row(db, &row, e);
}

static bool change_within(Ledger *db, Change *c, Err *e)
{
    Scope scope;
    e->code = ERR_NONE;
    if (!ledger_enter(db, &scope, e)) return false;
    arena_reset(&db->scratch);
    return ledger_leave(db, &scope, ledger_guard(&db->scratch, change, c, "a correction", e), e);
}

bool ledger_correct(Ledger *db, LedgerRef ref, Str field, Str value, Str reason, Str when, Err *e)
{
    return change_within(db, &(Change){db, ref, field, value, reason, when, false}, e);
}

bool ledger_uncorrect(Ledger *db, LedgerRef ref, Str field, Err *e)
{
    return change_within(db, &(Change){.db = db, .ref = ref, .field = field, .back = true}, e);
}

bool ledger_has_corrections(Ledger *db, bool *has, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_CORRECTION_ANY, e);
    if (!s || !ledger_step(db, s, has, e)) return false;
    sqlite3_reset(s);
    return true;
}

/* ---- joining -------------------------------------------------------------------------------------------- */
static bool read_row(sqlite3_stmt *s, Arena *a, Row *c)
{
    Str part = ledger_text(s, 1);
    *c = (Row){.sha = ledger_copy(a, s, 0), .field = ledger_copy(a, s, 3), .value = ledger_copy(a, s, 4),
               .was = ledger_copy(a, s, 5), .reason = ledger_copy(a, s, 6), .made = ledger_copy(a, s, 7),
               .nth = sqlite3_column_int64(s, 8), .identity = ledger_copy(a, s, 9), .takes_back = ledger_copy(a, s, 10),
               .seal = ledger_copy(a, s, 11),
               .ref = {0, part.n == 1 ? part.p[0] : 0, sqlite3_column_int(s, 2)}};
    Str said = c->identity;
    identify(a, c);
    return str_eq(said, c->identity) && field_of(c->ref.part, c->field) != NULL;
}

bool correction_merge(Ledger *into, Ledger *from, Arena *a, Err *e)
{
    sqlite3_stmt *s = ledger_ask(from, ASK_CORRECTIONS, e);
    bool there = true, known;
    if (!s) return false;
    for (;;) {
        Row c;
        Str was;
        if (!ledger_step(from, s, &there, e)) return false;
        if (!there) return true;
        if (!read_row(s, a, &c))
            return fail(e, ERR_LEDGER, "a correction in '%s' was changed after it was made; run: demarche verify --ledger '%s'",
                        from->path, from->path);
        sqlite3_stmt *at = ledger_ask(into, ASK_BY_SHA, e);
        if (!at) return false;
        ledger_bind(at, 1, c.sha);
        if (!ledger_step(into, at, &known, e)) return false;
        if (!known) return fail(e, ERR_LEDGER, "a correction in '%s' is of a document that is not there", from->path);
        c.ref.document = sqlite3_column_int64(at, 0);
        bool of_this_reading = !c.seal.n || str_eq(c.seal, ledger_text(at, 1));
        sqlite3_reset(at);
        if (of_this_reading && !machine_value(into, a, c.ref, field_of(c.ref.part, c.field), &was, e))
            return err_while(e, "a correction of '%.*s' in '%s'", STR(c.field), from->path);
        if (!add_row(into, &c, e)) return false;
    }
}

/* Every correction's identity is a hash of what it says; verify asks here. */
bool correction_is_whole(sqlite3_stmt *row, Arena *a)
{
    Row c;
    return read_row(row, a, &c);
}
