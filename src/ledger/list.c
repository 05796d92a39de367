/* Listings: rows of cells, one after the other, as they come out of the file.
**
**   said --actor ito   →  3f9a1c2e.s4 | 2025-03-18 | Ito | "The port will reopen" | told | Herald | direct | named | Minister Ito
**
** A filter becomes SQL with every value bound; the words of a search become a set of documents (one bit each), found
** once; the words of an actor become a list of names. Corrections in force are few and stand in a map: where there is
** one, the SQL asks for the value shown instead of the machine's.
**
** Always: the order is that of the day (undated last), then of the document, then of the place in the text, and the same
** on every run. Rows flow: the first is given before the last is read.
** Cost: said and hits walk an index by day; a search of a common word costs its set (2 ms for 7,500 documents).
*/
#include "ledger/list.h"
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 12, DOCUMENTS_MAX = 1 << 28 };

/* ---- columns -------------------------------------------------------------------------------------------- */
static const LedgerColumn columns[LIST_COUNT][COLUMNS_MAX] = {
    [LIST_DOCUMENTS] = {{"id", CELL_ID}, {"published", CELL_DATE}, {"how", CELL_TEXT}, {"title", CELL_TEXT}, {"publisher", CELL_TEXT},
        {"author", CELL_TEXT}, {"lang", CELL_TEXT}, {"statements", CELL_NUMBER}, {"words", CELL_NUMBER}, {"uri", CELL_TEXT}},
    [LIST_SAID] = {{"id", CELL_ID}, {"published", CELL_DATE}, {"speaker", CELL_TEXT}, {"words", CELL_WORDS}, {"cue", CELL_TEXT},
        {"publisher", CELL_TEXT}, {"form", CELL_TEXT}, {"sourcing", CELL_TEXT}, {"source", CELL_TEXT}},
    [LIST_WHEN] = {{"id", CELL_ID}, {"value", CELL_DATE}, {"type", CELL_TEXT}, {"words", CELL_WORDS}, {"expression", CELL_TEXT},
        {"published", CELL_DATE}, {"publisher", CELL_TEXT}, {"doubt", CELL_TEXT}},
    [LIST_WHO] = {{"name", CELL_TEXT}, {"documents", CELL_NUMBER}, {"mentions", CELL_NUMBER}, {"quoted", CELL_NUMBER},
        {"first", CELL_DATE}, {"last", CELL_DATE}, {"id", CELL_ID}},
    [LIST_HITS] = {{"id", CELL_ID}, {"published", CELL_DATE}, {"publisher", CELL_TEXT}, {"title", CELL_TEXT}, {"words", CELL_WORDS}},
    [LIST_BY_PUBLISHER] = {{"publisher", CELL_TEXT}, {"documents", CELL_NUMBER}},
    [LIST_BY_MONTH] = {{"month", CELL_DATE}, {"documents", CELL_NUMBER}},
    [LIST_BY_SPEAKER] = {{"speaker", CELL_TEXT}, {"documents", CELL_NUMBER}},
    [LIST_CORRECTIONS] = {{"id", CELL_ID}, {"field", CELL_TEXT}, {"value", CELL_TEXT}, {"was", CELL_TEXT}, {"reason", CELL_TEXT},
        {"made", CELL_DATE}, {"state", CELL_TEXT}},
    [LIST_FAILURES] = {{"where", CELL_TEXT}, {"why", CELL_TEXT}, {"made", CELL_DATE}},
};

const LedgerColumn *ledger_columns(LedgerList which, int *n)
{
    for (*n = 0; *n < COLUMNS_MAX && columns[which][*n].name; ++*n) { }
    return columns[which];
}

/* ---- SQL as it grows ------------------------------------------------------------------------------------ */
void list_add(List *l, const char *sql) { buf_add(&l->sql, str_of(sql)); }

Str list_parameter(List *l, Str value)
{
    *push(l->a, &l->bound) = value;
    return arena_printf(l->a, "?%d", PARAMETER_FIRST + l->bound.n - 1);
}

void list_shown(List *l, const char *document, char part, const char *idx, const char *field, const char *machine)
{
    if (!l->has_corrections) list_add(l, machine);
    else buf_printf(&l->sql, "shown(?1, %s, '%c', %s, '%s', %s)", document, part, idx, field, machine);
}

void list_not_rejected(List *l, const char *document, char part, const char *idx)
{
    if (l->has_corrections) buf_printf(&l->sql, " AND shown(?1, %s, '%c', %s, 'rejected', NULL) IS NULL", document, part, idx);
}

static void also(List *l, const char *before, Str value, const char *after)
{
    Str p = list_parameter(l, value);
    list_add(l, before);
    buf_add(&l->sql, p);
    list_add(l, after);
}

/* "2025-03" as a lower bound is its first day, as an upper bound its last: '~' sorts behind '-' and the digits. */
static bool bound_of(List *l, Str iso, const char *what, bool is_last, Str *bound)
{
    Date d;
    if (!date_parse(iso, &d))
        return fail(l->e, ERR_USAGE, "%s '%.*s' is no date; write 2025-03-18, 2025-03 or 2025", what, STR(iso));
    *bound = date_iso(l->a, d);
    if (is_last) *bound = arena_printf(l->a, "%.*s~", STR(*bound));
    return true;
}

/* Documents that name the actor; after a correction of a name, also those in which the reader says so. */
static void also_named(List *l)
{
    also(l, " AND (d.id IN (SELECT document FROM entity WHERE name_id IN (SELECT value FROM json_each(", l->names, ")))");
    if (l->has_corrections)
        also(l, " OR d.id IN (SELECT document FROM corrected WHERE part = 'n' AND field = 'name' AND has_words(value, ",
             name_fold(l->a, l->f->actor), "))");
    list_add(l, ")");
}

bool list_conditions(List *l, bool with_actor)
{
    const LedgerFilter *f = l->f;
    Str bound;
    if (f->since.n) {
        if (!bound_of(l, f->since, "since", false, &bound)) return false;
        also(l, " AND d.now_day >= ", bound, "");
    }
    if (f->until.n) {
        if (!bound_of(l, f->until, "until", true, &bound)) return false;
        also(l, " AND d.now_day < ", bound, "");
    }
    if (f->publisher.n) {
        list_add(l, " AND has_words(");
        list_shown(l, "d.id", 'd', "-1", "publisher", "d.publisher");
        also(l, ", ", name_fold(l->a, f->publisher), ")");
    }
    if (f->lang.n) {
        list_add(l, " AND ");
        list_shown(l, "d.id", 'd', "-1", "lang", "d.lang");
        also(l, " = ", f->lang, "");
    }
    if (l->document) buf_printf(&l->sql, " AND d.id = %lld", (long long)l->document);
    if (f->topic.n && l->which != LIST_SAID)
        also(l, " AND EXISTS (SELECT 1 FROM topic x WHERE x.document = d.id AND x.key = ", f->topic, ")");
    if (with_actor && f->actor.n)
        also_named(l);
    if (l->query) list_add(l, " AND found(?1, d.id)");
    list_not_rejected(l, "d.id", 'd', "-1");
    return true;
}

/* ---- functions that the SQL calls ----------------------------------------------------------------------- */
static void sql_found(sqlite3_context *c, int n, sqlite3_value **v)
{
    List *l = sqlite3_value_pointer(v[0], "list");
    int64_t id = sqlite3_value_int64(v[1]);
    (void)n;
    sqlite3_result_int(c, l && id >= 0 && id < l->found.n && (l->found.at[id >> 3] >> (id & 7) & 1));
}

static Str correction_key(char room[96], int64_t document, char part, int64_t idx, Str field)
{
    int n = snprintf(room, 96, "%lld %c %lld %.*s", (long long)document, part, (long long)idx, field.n > 32 ? 32 : (int)field.n, field.p ? field.p : "");
    return (Str){room, n};
}

static void sql_shown(sqlite3_context *c, int n, sqlite3_value **v)
{
    List *l = sqlite3_value_pointer(v[0], "list");
    char room[96];
    const char *part = (const char *)sqlite3_value_text(v[2]), *field = (const char *)sqlite3_value_text(v[4]);
    (void)n;
    int32_t at = l && part && field ? map_get(&l->corrections, correction_key(room, sqlite3_value_int64(v[1]), part[0],
                                                                            sqlite3_value_int64(v[3]), str_of(field))) : -1;
    if (at < 0) sqlite3_result_value(c, v[5]);
    else if (!l->values.v[at].n) sqlite3_result_null(c);
    else sqlite3_result_text(c, l->values.v[at].p, (int)l->values.v[at].n, SQLITE_STATIC);
}

/* has_words(text, folded words): all of them stand in it as whole words. For short things such as a publisher's name. */
static void sql_has_words(sqlite3_context *c, int n, sqlite3_value **v)
{
    Str text = {(const char *)sqlite3_value_text(v[0]), sqlite3_value_bytes(v[0])};
    Str rest = {(const char *)sqlite3_value_text(v[1]), sqlite3_value_bytes(v[1])}, word;
    Arena *a = &((Ledger *)sqlite3_user_data(c))->fold;
    Strs words = {0};
    (void)n;
    jmp_buf landing;
    arena_reset(a);
    a->landing = &landing;
    if (setjmp(landing)) {
        sqlite3_result_error_nomem(c);
        return;
    }
    while (str_split(&rest, ' ', &word)) *push(a, &words) = word;
    sqlite3_result_int(c, name_fits(name_fold(a, text), &words));
}

/* Every word of `words` is a word of `fold`. */
bool name_fits(Str fold, const Strs *words)
{
    for (int32_t i = 0; i < words->n; i++) {
        Str rest = fold, word;
        bool found = false;
        while (!found && str_split(&rest, ' ', &word)) found = str_eq(word, words->v[i]);
        if (!found) return false;
    }
    return true;
}

static bool functions_make(Ledger *db, Err *e)
{
    int how = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    if (db->has_functions) return true;
    if (sqlite3_create_function(db->file, "found", 2, how, db, sql_found, NULL, NULL) != SQLITE_OK
        || sqlite3_create_function(db->file, "shown", 6, how, db, sql_shown, NULL, NULL) != SQLITE_OK
        || sqlite3_create_function(db->file, "has_words", 2, how, db, sql_has_words, NULL, NULL) != SQLITE_OK)
        return ledger_fail(db, e);
    return db->has_functions = true;
}

/* ---- the filter ----------------------------------------------------------------------------------------- */
static bool find_documents(List *l)
{
    int64_t n = 0;
    bool row;
    l->sql = (Buf){.to = l->a};
    list_add(l, "SELECT coalesce(max(id), 0) FROM document");
    if (!list_open(l) || !list_next(l, &row)) return false;
    n = sqlite3_column_int64(l->rows, 0) + 1;
    list_done(l);
    if (n < 1 || n > DOCUMENTS_MAX) return fail(l->e, ERR_LIMIT, "the ledger's documents are numbered up to %lld, which is too far to search", (long long)n);
    l->found = (Bits){arena_new(l->a, unsigned char, n / 8 + 1), n};
    l->sql = (Buf){.to = l->a};
    l->bound.n = 0;
    also(l, "SELECT rowid FROM search WHERE search MATCH ", query_fts(l->query, l->a, l->which != LIST_SAID && l->which != LIST_WHEN), "");
    if (!list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) break;
        int64_t id = sqlite3_column_int64(l->rows, 0);
        if (id >= 0 && id < n) l->found.at[id >> 3] |= (unsigned char)(1 << (id & 7));
    }
    list_done(l);
    return true;
}

static bool is_one_of(Str s, const Strs *all)
{
    for (int32_t i = 0; i < all->n; i++)
        if (str_eq(s, all->v[i])) return true;
    return false;
}

static bool find_names(List *l)
{
    Strs words = {0}, whole = {0};
    Str rest = name_fold(l->a, l->f->actor), word;
    Buf ids = {.to = l->a};
    bool row;
    while (str_split(&rest, ' ', &word))
        if (word.n) *push(l->a, &words) = word;
    for (int32_t i = 0; i < l->f->actor_names.n; i++) *push(l->a, &whole) = name_fold(l->a, l->f->actor_names.v[i]);
    if (!words.n) return fail(l->e, ERR_USAGE, "the actor '%.*s' has no letters to look for", STR(l->f->actor));
    l->sql = (Buf){.to = l->a};
    list_add(l, "SELECT id, fold FROM name");
    if (!list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) break;
        Str fold = ledger_text(l->rows, 1);
        if (!name_fits(fold, &words) && !is_one_of(fold, &whole)) continue;
        buf_char(&ids, ids.n ? ',' : '[');
        json_put_int(&ids, sqlite3_column_int64(l->rows, 0));
    }
    list_done(l);
    buf_add(&ids, ids.n ? S("]") : S("[]"));
    l->names = buf_str(&ids);
    return true;
}

static bool find_corrections(List *l)
{
    bool row;
    if (!ledger_has_corrections(l->db, &l->has_corrections, l->e)) return false;
    if (!l->has_corrections) return true;
    l->corrections.to = l->a;
    l->sql = (Buf){.to = l->a};
    list_add(l, "SELECT document, part, idx, field, value FROM corrected");
    if (!list_open(l)) return false;
    for (;;) {
        char room[96];
        if (!list_next(l, &row)) return false;
        if (!row) break;
        Str part = ledger_text(l->rows, 1);
        Str key = correction_key(room, sqlite3_column_int64(l->rows, 0), part.n ? part.p[0] : 0, sqlite3_column_int64(l->rows, 2),
                                 ledger_text(l->rows, 3));
        *map_at(&l->corrections, arena_str(l->a, key)) = l->values.n;
        *push(l->a, &l->values) = ledger_copy(l->a, l->rows, 4);
    }
    list_done(l);
    return true;
}

bool list_prepare(List *l)
{
    const LedgerFilter *f = l->f;
    if (!functions_make(l->db, l->e)) return false;
    if (f->words.n && !query_read(l->db, l->a, f->words, &l->query, l->e)) return false;
    if (f->document.n) {
        LedgerRef ref;
        if (!ledger_resolve(l->db, f->document, &ref, l->e)) return false;
        l->document = ref.document;
    }
    if (!find_corrections(l) || (f->actor.n && !find_names(l)) || (l->query && !find_documents(l))) return false;
    l->bound.n = 0;
    l->sql = (Buf){.to = l->a};
    return true;
}

/* ---- rows ----------------------------------------------------------------------------------------------- */
bool list_open(List *l)
{
    list_done(l);
    if (sqlite3_prepare_v2(l->db->file, l->sql.p, (int)l->sql.n, l->slot, NULL) != SQLITE_OK) return ledger_fail(l->db, l->e);
    l->rows = *l->slot;
    if (sqlite3_bind_parameter_index(l->rows, "?1")) sqlite3_bind_pointer(l->rows, PARAMETER_LIST, l, "list", NULL);
    for (int32_t i = 0; i < l->bound.n; i++)
        sqlite3_bind_text(l->rows, PARAMETER_FIRST + i, l->bound.v[i].n ? l->bound.v[i].p : "", (int)l->bound.v[i].n, SQLITE_STATIC);
    return true;
}

bool list_next(List *l, bool *row) { return ledger_step(l->db, l->rows, row, l->e); }

void list_done(List *l)
{
    sqlite3_finalize(*l->slot);
    l->rows = *l->slot = NULL;
}

typedef struct { List *l; bool (*run)(List *l); } Run;

static bool run_list(void *with, Err *e)
{
    Run *r = with;
    r->l->e = e;
    r->l->page->landing = r->l->a->landing;
    return r->run(r->l);
}

bool list_run(Ledger *db, LedgerList which, const LedgerFilter *f, LedgerTake take, void *with, bool (*run)(List *l), Err *e)
{
    static const LedgerFilter everything;
    if (db->n_lists == LISTS_MAX) return fail(e, ERR_LIMIT, "listings stand %d deep within each other, and no deeper", LISTS_MAX);
    Arena *a = &db->list[db->n_lists];
    List l = {.db = db, .a = a, .page = &db->page[db->n_lists], .f = f ? f : &everything, .which = which, .take = take, .with = with,
              .slot = &db->rows[db->n_lists]};
    arena_reset(a);
    arena_reset(l.page);
    db->n_lists++;
    bool ok = ledger_guard(a, run_list, &(Run){&l, run}, "a listing", e);
    list_done(&l);
    db->n_lists--;
    return ok;
}

/* ---- the document at hand ------------------------------------------------------------------------------- */
bool list_document(List *l, int64_t document)
{
    bool row;
    if (l->at == document) return true;
    sqlite3_stmt *s = ledger_ask(l->db, ASK_TEXT_OF, l->e);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, document);
    if (!ledger_step(l->db, s, &row, l->e)) return false;
    if (!row) return fail(l->e, ERR_LEDGER, "'%s' has a document without its text; run: demarche verify", l->db->path);
    arena_reset(l->page);
    l->place = place_of(l->page, ledger_copy(l->page, s, 0));
    bool ok = places_read(l->page, ledger_text(s, 1), &l->sentences);
    sqlite3_reset(s);
    l->at = document;
    return ok || fail(l->e, ERR_LEDGER, "'%s' has a document whose sentences are damaged; run: demarche verify", l->db->path);
}

Str list_words(List *l, Str places)
{
    Pieces pieces;
    Buf b = {.to = l->page};
    if (!places_read(l->page, places, &pieces)) return (Str){0};
    for (int32_t i = 0; i < pieces.n; i++) {
        if (i) buf_add(&b, S(" \xE2\x80\xA6 "));
        buf_add(&b, place_cut(&l->place, pieces.v[i].begin, pieces.v[i].end));
    }
    return buf_str(&b);
}

Str list_published(List *l, int column)
{
    Str stated = ledger_text(l->rows, column), first = ledger_text(l->rows, column + 1), last = ledger_text(l->rows, column + 2);
    if (stated.n || (!first.n && !last.n)) return stated.n ? stated : (Str){0};
    if (str_eq(first, last)) return first;
    return arena_printf(l->page, "%.*s/%.*s", STR(first.n ? first : S("..")), STR(last.n ? last : S("..")));
}

static Str sentence_at(List *l, int32_t begin, int32_t *idx)
{
    for (*idx = 0; *idx < l->sentences.n; ++*idx)
        if (l->sentences.v[*idx].begin <= begin && begin < l->sentences.v[*idx].end)
            return place_cut(&l->place, l->sentences.v[*idx].begin, l->sentences.v[*idx].end);
    *idx = NONE;
    return (Str){0};
}

static Str id_cell(List *l, int sha_column, char part, int32_t index)
{
    return id_of_sha(l->db, l->page, ledger_text(l->rows, sha_column), part, index);
}

static Str cell(List *l, int column) { return ledger_text(l->rows, column); }

static bool give(List *l, const Str *cells, bool *more)
{
    LedgerCells row = {.cell = cells};
    row.column = ledger_columns(l->which, &row.n);
    *more = l->take(l->with, &row);
    return true;
}

/* ---- the listings ---------------------------------------------------------------------------------------
** Each has its SQL (up to WHERE 1; conditions and order follow) and a function that makes cells of a row; it may pass. */
typedef struct { bool is_given; Str cell[COLUMNS_MAX]; } Cells;

static void published_sql(List *l)
{
    list_add(l, ", ");
    list_shown(l, "d.id", 'd', "-1", "published", "d.published");
    list_add(l, ", d.published_first, d.published_last, ");
    list_shown(l, "d.id", 'd', "-1", "publisher", "d.publisher");
}

static bool no_type(List *l, const char *what)
{
    return !l->f->type.n || fail(l->e, ERR_USAGE, "%s have no type to choose by", what);
}

static bool documents_sql(List *l)
{
    list_add(l, "SELECT d.id, d.sha256");
    published_sql(l);
    list_add(l, ", d.published_how, ");
    list_shown(l, "d.id", 'd', "-1", "title", "d.title");
    list_add(l, ", ");
    list_shown(l, "d.id", 'd', "-1", "author", "d.author");
    list_add(l, ", ");
    list_shown(l, "d.id", 'd', "-1", "lang", "d.lang");
    list_add(l, ", d.statements, d.words, ");
    list_shown(l, "d.id", 'd', "-1", "uri", "d.uri");
    list_add(l, " FROM document d WHERE 1");
    return no_type(l, "documents") && list_conditions(l, true);
}

static bool documents_row(List *l, Cells *c)
{
    arena_reset(l->page);
    const Str cells[] = {id_cell(l, 1, 0, 0), list_published(l, 2), cell(l, 6), cell(l, 7), cell(l, 5), cell(l, 8), cell(l, 9),
                         cell(l, 10), cell(l, 11), cell(l, 12)};
    memcpy(c->cell, cells, sizeof cells);
    return true;
}

/* One name is asked for by its number alone: then the index gives its days in order, and nothing is sorted. */
static void spoken_by(List *l)
{
    Str one = str_sub(l->names, 1, l->names.n - 1);
    if (one.n && str_find(one, S(",")) < 0) buf_printf(&l->sql, " AND s.now_speaker = %.*s", STR(one));
    else also(l, " AND s.now_speaker IN (SELECT value FROM json_each(", l->names, "))");
}

static bool said_sql(List *l)
{
    list_add(l, "SELECT d.id, d.sha256");
    published_sql(l);
    list_add(l, ", s.idx, n.name, s.content, s.cue, ");
    list_shown(l, "s.document", 's', "s.idx", "form", "s.form");
    list_add(l, ", ");
    list_shown(l, "s.document", 's', "s.idx", "sourcing", "s.sourcing");
    list_add(l, ", s.source FROM ");
    list_add(l, l->f->actor.n ? "statement s INDEXED BY statement_speaker CROSS JOIN document d ON d.id = s.document"
                              : "document d CROSS JOIN statement s ON s.document = d.id");
    list_add(l, " LEFT JOIN name n ON n.id = s.now_speaker WHERE 1");
    if (l->f->actor.n) spoken_by(l);
    if (l->f->topic.n) {
        also(l, " AND EXISTS (SELECT 1 FROM topic x WHERE x.document = s.document AND x.key = ", l->f->topic,
             " AND (x.statement IS NULL OR x.statement = s.idx))");
    }
    if (l->f->type.n) {
        Str p = list_parameter(l, l->f->type);
        buf_printf(&l->sql, " AND %.*s IN (", STR(p));
        list_shown(l, "s.document", 's', "s.idx", "form", "s.form");
        list_add(l, ", ");
        list_shown(l, "s.document", 's', "s.idx", "class", "s.class");
        list_add(l, ", ");
        list_shown(l, "s.document", 's', "s.idx", "sourcing", "s.sourcing");
        list_add(l, ")");
    }
    list_not_rejected(l, "s.document", 's', "s.idx");
    return list_conditions(l, false);
}

static bool said_row(List *l, Cells *c)
{
    int score;
    if (!list_document(l, sqlite3_column_int64(l->rows, 0))) return false;
    Str words = list_words(l, cell(l, 8));
    if (l->query) c->is_given = query_holds(l->db, l->page, l->query, words, &score);
    if (!c->is_given) return true;
    const Str cells[] = {id_cell(l, 1, 's', sqlite3_column_int(l->rows, 6)), list_published(l, 2), cell(l, 7), words,
                         list_words(l, cell(l, 9)), cell(l, 5), cell(l, 10), cell(l, 11), list_words(l, cell(l, 12))};
    memcpy(c->cell, cells, sizeof cells);
    return true;
}

static bool when_sql(List *l)
{
    list_add(l, "SELECT d.id, d.sha256");
    published_sql(l);
    list_add(l, ", t.idx, t.now_value, ");
    list_shown(l, "t.document", 't', "t.idx", "type", "t.type");
    list_add(l, ", t.begin, t.end, iif(t.doubt AND t.now_value IS t.value, 'doubtful', NULL) FROM time t CROSS JOIN document d ON d.id = t.document WHERE 1");
    if (l->document) buf_printf(&l->sql, " AND t.document = %lld", (long long)l->document);
    if (l->f->type.n) {
        list_add(l, " AND ");
        list_shown(l, "t.document", 't', "t.idx", "type", "t.type");
        also(l, " = ", l->f->type, "");
    }
    list_not_rejected(l, "t.document", 't', "t.idx");
    return list_conditions(l, true);
}

static bool when_row(List *l, Cells *c)
{
    int score;
    int32_t idx, begin = sqlite3_column_int(l->rows, 9), end = sqlite3_column_int(l->rows, 10);
    if (!list_document(l, sqlite3_column_int64(l->rows, 0))) return false;
    Str sentence = sentence_at(l, begin, &idx), expression = place_cut(&l->place, begin, end);
    if (idx < 0) sentence = expression;
    if (l->query) c->is_given = query_holds(l->db, l->page, l->query, sentence, &score);
    if (!c->is_given) return true;
    const Str cells[] = {id_cell(l, 1, 't', sqlite3_column_int(l->rows, 6)), cell(l, 7), cell(l, 8), sentence, expression,
                         list_published(l, 2), cell(l, 5), cell(l, 11)};
    memcpy(c->cell, cells, sizeof cells);
    return true;
}

static bool hits_sql(List *l)
{
    if (!l->query) return fail(l->e, ERR_USAGE, "a search needs at least one word to look for");
    list_add(l, "SELECT d.id, d.sha256");
    published_sql(l);
    list_add(l, ", ");
    list_shown(l, "d.id", 'd', "-1", "title", "d.title");
    list_add(l, " FROM document d WHERE 1");
    return no_type(l, "hits") && list_conditions(l, true);
}

/* The sentence with most of the words, the first of equals. Where the words stand in the title alone, the title is shown. */
static bool hits_row(List *l, Cells *c)
{
    int most = 0, score;
    int32_t best = NONE;
    Str words = {0};
    if (!list_document(l, sqlite3_column_int64(l->rows, 0))) return false;
    for (int32_t i = 0; i < l->sentences.n; i++) {
        Str s = place_cut(&l->place, l->sentences.v[i].begin, l->sentences.v[i].end);
        query_holds(l->db, l->page, l->query, s, &score);
        if (score > most) most = score, best = i, words = s;
    }
    const Str cells[] = {id_cell(l, 1, best < 0 ? 0 : 'p', best), list_published(l, 2), cell(l, 5), cell(l, 6), words};
    memcpy(c->cell, cells, sizeof cells);
    return true;
}

static bool corrections_sql(List *l)
{
    list_add(l, "SELECT d.id, d.sha256, c.part, c.idx, c.field, c.value, c.was, c.reason, c.made, CASE "
             "WHEN EXISTS (SELECT 1 FROM correction t WHERE t.takes_back = c.identity) THEN 'taken back' "
             "WHEN EXISTS (SELECT 1 FROM corrected n WHERE n.id = c.id) THEN 'in force' "
             "WHEN c.seal IS NULL OR c.seal = d.seal THEN 'replaced' ELSE 'of another reading' END "
             "FROM correction c JOIN document d ON d.id = c.document WHERE c.takes_back IS NULL");
    return no_type(l, "corrections") && list_conditions(l, true);
}

static bool corrections_row(List *l, Cells *c)
{
    arena_reset(l->page);
    Str part = cell(l, 2);
    const Str cells[] = {id_cell(l, 1, part.n ? part.p[0] : 0, sqlite3_column_int(l->rows, 3)), cell(l, 4), cell(l, 5), cell(l, 6), cell(l, 7),
                         cell(l, 8), cell(l, 9)};
    memcpy(c->cell, cells, sizeof cells);
    return true;
}

static bool failures_sql(List *l)
{
    list_add(l, "SELECT f.run, f.idx, f.place, f.why, r.made FROM failure f JOIN run r ON r.id = f.run "
             "WHERE f.run = (SELECT max(id) FROM run)");
    return true;
}

static bool failures_row(List *l, Cells *c)
{
    const Str cells[] = {cell(l, 2), cell(l, 3), cell(l, 4)};
    memcpy(c->cell, cells, sizeof cells);
    return true;
}

typedef struct {
    bool (*sql)(List *l);
    bool (*row)(List *l, Cells *c);
    const char *sorted_by;                 /* may be unknown; unknown ones come last */
    const char *then[3];
} Kind;
static const Kind kinds[LIST_COUNT] = {
    [LIST_DOCUMENTS] = {documents_sql, documents_row, "d.now_day", {"d.id"}},
    [LIST_SAID] = {said_sql, said_row, "d.now_day", {"d.id", "s.idx"}},
    [LIST_WHEN] = {when_sql, when_row, "t.now_value", {"t.document", "t.idx"}},
    [LIST_HITS] = {hits_sql, hits_row, "d.now_day", {"d.id"}},
    [LIST_CORRECTIONS] = {corrections_sql, corrections_row, "c.made", {"c.id"}},
    [LIST_FAILURES] = {failures_sql, failures_row, "f.run", {"f.idx"}},
};

static void order_sql(List *l, const Kind *k, bool unknown)
{
    const char *way = l->f->newest_first ? " DESC" : "", *by = k->sorted_by;
    bool by_statement = l->which == LIST_SAID && l->f->actor.n;          /* the same day, in the index that is walked */
    if (by_statement) by = "s.now_day";
    buf_printf(&l->sql, " AND %s IS %s NULL ORDER BY %s%s", by, unknown ? "" : "NOT", by, way);
    for (int i = 0; i < 3 && k->then[i]; i++) buf_printf(&l->sql, ", %s%s", by_statement && i == 0 ? "s.document" : k->then[i], way);
}

static bool plain_list(List *l)
{
    const Kind *k = &kinds[l->which];
    int64_t left = l->f->limit > 0 ? l->f->limit : INT64_MAX;
    bool more = true, row;
    if (!list_prepare(l)) return false;
    for (int unknown = 0; unknown < 2 && more && left > 0; unknown++) {
        l->bound.n = 0;
        l->sql = (Buf){.to = l->a};
        if (!k->sql(l)) return false;
        order_sql(l, k, unknown);
        if (!list_open(l)) return false;
        while (more && left > 0) {
            Cells c = {.is_given = true};
            if (!list_next(l, &row)) return false;
            if (!row) break;
            if (!k->row(l, &c)) return false;
            if (!c.is_given) continue;
            left--;
            if (!give(l, c.cell, &more)) return false;
        }
    }
    return true;
}

bool ledger_list(Ledger *db, LedgerList which, const LedgerFilter *filter, LedgerTake take, void *with, Err *e)
{
    bool is_facet = which == LIST_BY_PUBLISHER || which == LIST_BY_MONTH || which == LIST_BY_SPEAKER;
    return list_run(db, which, filter, take, with, is_facet ? list_facets : which == LIST_WHO ? list_who : plain_list, e);
}
