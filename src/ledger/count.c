/* Counts: how many, by whom, when; who is named at all; and the numbers of the brief.
**
**   search port → Herald 12, Courier 7 · 2025-03 15, 2025-04 4 · Ito 9, Marek 3
**
** The set of found documents was made once (list.c); each count walks one narrow index over it: publishers and days over
** the documents, speakers over the statements, where the rows of one speaker stand side by side and those of one document
** within them.
** Somebody is one line of `who` by the key of the actor table, else by the folded name; the spelling shown is the most
** frequent one.
**
** Cost: 15,000 documents with 45,000 statements and 150,000 entities: see bench/ledger_bench.c.
*/
#include "ledger/list.h"
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 1 << 26 };              /* numbers of names; a ledger of 100,000 documents has some 300,000 */

static bool give_row(List *l, const Str *cells)
{
    LedgerCells row = {.cell = cells};
    row.column = ledger_columns(l->which, &row.n);
    return l->take(l->with, &row);
}

static Str number(Arena *a, int64_t n)
{
    Buf b = {.to = a};
    json_put_int(&b, n);
    return buf_str(&b);
}

static void restart(List *l)
{
    l->sql = (Buf){.to = l->a};
    l->bound.n = 0;
}

/* ---- facets --------------------------------------------------------------------------------------------- */
typedef struct { Str key; int64_t n; bool is_unknown; } Facet;
typedef struct { SLICE(Facet) v; Map at; Arena *a; } Facets;

static void facet_add(Facets *f, Str key, int64_t n)
{
    int32_t at = map_get(&f->at, key);
    if (at < 0) {
        bool is_unknown = !key.n;
        key = arena_str(f->a, key);
        at = *map_at(&f->at, key) = f->v.n;
        *push(f->a, &f->v) = (Facet){key, 0, is_unknown};
    }
    f->v.v[at].n += n;
}

static int by_count(const void *x, const void *y)
{
    const Facet *a = x, *b = y;
    if (a->is_unknown != b->is_unknown) return a->is_unknown ? 1 : -1;
    return a->n != b->n ? (a->n < b->n ? 1 : -1) : str_cmp(a->key, b->key);
}

static int by_key(const void *x, const void *y)
{
    const Facet *a = x, *b = y;
    if (a->is_unknown != b->is_unknown) return a->is_unknown ? 1 : -1;
    return str_cmp(a->key, b->key);
}

static bool give_facets(List *l, Facets *f)
{
    int64_t left = l->f->limit > 0 ? l->f->limit : INT64_MAX;
    if (f->v.n) qsort(f->v.v, (size_t)f->v.n, sizeof *f->v.v, l->which == LIST_BY_MONTH ? by_key : by_count);
    for (int32_t i = 0; i < f->v.n && left-- > 0; i++) {
        int32_t at = l->which == LIST_BY_MONTH && l->f->newest_first ? f->v.n - 1 - i : i;
        const Str cells[] = {f->v.v[at].is_unknown ? (Str){0} : f->v.v[at].key, number(l->a, f->v.v[at].n)};
        if (!give_row(l, cells)) break;
    }
    return true;
}

static bool count_documents(List *l, Facets *f)
{
    bool row;
    list_add(l, "SELECT ");
    if (l->which == LIST_BY_MONTH) list_add(l, "d.now_day");
    else list_shown(l, "d.id", 'd', "-1", "publisher", "d.publisher");
    list_add(l, " FROM document d WHERE 1");
    if (!list_conditions(l, true) || !list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) return true;
        Str key = ledger_text(l->rows, 0);
        facet_add(f, l->which == LIST_BY_MONTH ? str_sub(key, 0, 7) : key, 1);
    }
}

/* Rows come sorted by speaker, then day, then document: a document counts once for a speaker. */
static bool count_speakers(List *l, Facets *f)
{
    const LedgerFilter *x = l->f;
    bool row, by_document = x->since.n || x->until.n || x->publisher.n || x->lang.n || x->topic.n || l->document || l->has_corrections;
    int64_t speaker = 0, document = 0, n = 0;
    list_add(l, "SELECT s.now_speaker, s.document FROM statement s INDEXED BY statement_speaker ");
    if (by_document) list_add(l, "CROSS JOIN document d ON d.id = s.document ");
    list_add(l, "WHERE s.now_speaker IS NOT NULL");
    if (x->actor.n) {
        list_add(l, " AND s.now_speaker IN (SELECT value FROM json_each(");
        buf_add(&l->sql, list_parameter(l, l->names));
        list_add(l, "))");
    }
    if (by_document) {
        list_not_rejected(l, "s.document", 's', "s.idx");
        if (!list_conditions(l, false)) return false;
    } else if (l->query) list_add(l, " AND found(?1, s.document)");
    list_add(l, " ORDER BY s.now_speaker, s.now_day, s.document");
    if (!list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        int64_t next = row ? sqlite3_column_int64(l->rows, 0) : 0, where = row ? sqlite3_column_int64(l->rows, 1) : 0;
        if (n && (!row || next != speaker)) {
            sqlite3_stmt *s = ledger_ask(l->db, ASK_NAME_OF, l->e);
            bool there;
            if (!s) return false;
            sqlite3_bind_int64(s, 1, speaker);
            if (!ledger_step(l->db, s, &there, l->e)) return false;
            if (there) facet_add(f, ledger_text(s, 0), n);
            sqlite3_reset(s);
            n = document = 0;
        }
        if (!row) return true;
        n += next != speaker || where != document;
        speaker = next;
        document = where;
    }
}

bool list_facets(List *l)
{
    Facets f = {.at = {.to = l->a}, .a = l->a};
    if (l->f->type.n) return fail(l->e, ERR_USAGE, "these counts have no type to choose by");
    if (!list_prepare(l)) return false;
    bool ok = l->which == LIST_BY_SPEAKER ? count_speakers(l, &f) : count_documents(l, &f);
    list_done(l);
    return ok && give_facets(l, &f);
}

/* ---- who ------------------------------------------------------------------------------------------------
** All names are read first and told apart by their number from then on: a row of an entity costs no text. */
typedef struct { Str name, fold; int32_t who; } NameRow;     /* who: its place among those without a key, + 1 */
typedef SLICE(NameRow) NameRows;
typedef struct { int32_t name, n; } Spelling;
typedef struct {
    int64_t documents, mentions, quoted, last_document;
    Str first, last;                       /* days */
    int64_t document;                      /* of the first mention */
    int32_t idx;
    SLICE(Spelling) spellings;
    Str name;                              /* the most frequent spelling, settled at the end */
} Somebody;
typedef struct {
    List *l;
    SLICE(Somebody) v;
    NameRows names;                        /* by name.id; behind them names that a reader gave */
    Map keys, folds, given;                /* key → place in v, folded name → place in v, a reader's name → place in names */
} Whos;

static bool read_names(Whos *w)
{
    List *l = w->l;
    bool row;
    restart(l);
    list_add(l, "SELECT id, name, fold FROM name ORDER BY id");
    if (!list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) break;
        int64_t id = sqlite3_column_int64(l->rows, 0);
        if (id < 0 || id > NAMES_MAX) return fail(l->e, ERR_LIMIT, "a name is numbered %lld, which is too far to count", (long long)id);
        while (w->names.n < id) *push(l->a, &w->names) = (NameRow){0};
        *push(l->a, &w->names) = (NameRow){ledger_copy(l->a, l->rows, 1), ledger_copy(l->a, l->rows, 2), 0};
    }
    list_done(l);
    return true;
}

static int32_t name_at(const Whos *w, int64_t id)
{
    return id < 0 || id >= w->names.n || !w->names.v[id].name.p ? NONE : (int32_t)id;
}

static int32_t name_given(Whos *w, Str name)
{
    int32_t at = map_get(&w->given, name);
    if (at >= 0) return at;
    name = arena_str(w->l->a, name);
    at = *map_at(&w->given, name) = w->names.n;
    *push(w->l->a, &w->names) = (NameRow){name, name_fold(w->l->a, name), 0};
    return at;
}

static int32_t somebody_new(Whos *w)
{
    *push(w->l->a, &w->v) = (Somebody){.idx = NONE};
    return w->v.n - 1;
}

static int32_t who_by_key(Whos *w, Str key)
{
    int32_t at = map_get(&w->keys, key);
    if (at >= 0) return at;
    at = somebody_new(w);
    return *map_at(&w->keys, arena_str(w->l->a, key)) = at;
}

static int32_t who_by_name(Whos *w, int32_t name)
{
    NameRow *row = &w->names.v[name];
    if (row->who) return row->who - 1;
    int32_t at = map_get(&w->folds, row->fold);
    if (at < 0) {
        at = somebody_new(w);
        *map_at(&w->folds, row->fold) = at;
    }
    row->who = at + 1;
    return at;
}

static void spell(Whos *w, Somebody *p, int32_t name)
{
    for (int32_t i = 0; i < p->spellings.n; i++)
        if (p->spellings.v[i].name == name) {
            p->spellings.v[i].n++;
            return;
        }
    *push(w->l->a, &p->spellings) = (Spelling){name, 1};
}

/* '2025-03' before '2025-03-18' */
static int day_cmp(Str a, Str b)
{
    int order = memcmp(a.n ? a.p : "", b.n ? b.p : "", (size_t)(a.n < b.n ? a.n : b.n));
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* Undated documents are behind all dated ones. */
static bool is_before(Str day, int64_t document, int32_t idx, const Somebody *p)
{
    if (p->idx < 0) return true;
    if (!day.n != !p->first.n) return day.n > 0;
    int order = day_cmp(day, p->first);
    if (order) return order < 0;
    return document != p->document ? document < p->document : idx < p->idx;
}

static void meet(Whos *w, int32_t at, int64_t document, int32_t idx, Str day, int64_t mentions, int32_t name)
{
    Somebody *p = &w->v.v[at];
    if (is_before(day, document, idx, p)) {
        if (!p->first.n || day_cmp(day, p->first) != 0) p->first = arena_str(w->l->a, day);
        p->document = document;
        p->idx = idx;
    }
    if (day.n && (!p->last.n || day_cmp(day, p->last) > 0)) p->last = arena_str(w->l->a, day);
    p->documents += p->last_document != document;
    p->last_document = document;
    p->mentions += mentions;
    spell(w, p, name);
}

static void who_sql(List *l)
{
    list_add(l, "SELECT e.document, e.idx, e.name_id, ");
    list_shown(l, "e.document", 'n', "e.idx", "key", "e.key");
    list_add(l, ", e.n_mentions, d.now_day, ");
    list_shown(l, "e.document", 'n', "e.idx", "name", "NULL");
    list_add(l, " FROM document d CROSS JOIN entity e ON e.document = d.id WHERE 1");
    if (l->f->type.n) {
        list_add(l, " AND ");
        list_shown(l, "e.document", 'n', "e.idx", "type", "e.type");
        list_add(l, " = ");
        buf_add(&l->sql, list_parameter(l, l->f->type));
    }
    if (l->f->actor.n) {
        Str ids = list_parameter(l, l->names), words = list_parameter(l, name_fold(l->a, l->f->actor));
        list_add(l, " AND CASE WHEN ");
        list_shown(l, "e.document", 'n', "e.idx", "name", "NULL");
        buf_printf(&l->sql, " IS NULL THEN e.name_id IN (SELECT value FROM json_each(%.*s)) ELSE has_words(", STR(ids));
        list_shown(l, "e.document", 'n', "e.idx", "name", "NULL");
        buf_printf(&l->sql, ", %.*s) END", STR(words));
    }
    list_not_rejected(l, "e.document", 'n', "e.idx");
}

static bool meet_all(Whos *w)
{
    List *l = w->l;
    bool row;
    restart(l);
    who_sql(l);
    if (!list_conditions(l, false)) return false;
    list_add(l, " ORDER BY d.id, e.idx");
    if (!list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) break;
        sqlite3_stmt *s = l->rows;
        Str key = ledger_text(s, 3), corrected = ledger_text(s, 6);
        int32_t name = corrected.n ? name_given(w, corrected) : name_at(w, sqlite3_column_int64(s, 2));
        if (name < 0) return fail(l->e, ERR_LEDGER, "'%s' has an entity without a name; run: demarche verify", l->db->path);
        int32_t at = key.n ? who_by_key(w, key) : who_by_name(w, name);
        meet(w, at, sqlite3_column_int64(s, 0), sqlite3_column_int(s, 1), ledger_text(s, 5), sqlite3_column_int64(s, 4), name);
    }
    list_done(l);
    return true;
}

/* A statement counts for its speaker's entity where that entity's name is the one shown, else for the name shown. */
static bool count_quoted(Whos *w)
{
    List *l = w->l;
    bool row;
    restart(l);
    list_add(l, "SELECT s.now_speaker, e.name_id, ");
    list_shown(l, "e.document", 'n', "e.idx", "key", "e.key");
    list_add(l, " FROM document d CROSS JOIN statement s ON s.document = d.id "
             "LEFT JOIN entity e ON e.document = s.document AND e.idx = s.speaker WHERE s.now_speaker IS NOT NULL");
    list_not_rejected(l, "s.document", 's', "s.idx");
    if (!list_conditions(l, false) || !list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) break;
        int64_t shown = sqlite3_column_int64(l->rows, 0);
        Str key = ledger_text(l->rows, 2);
        int32_t name = name_at(w, shown), at = NONE;
        if (key.n && shown == sqlite3_column_int64(l->rows, 1)) at = map_get(&w->keys, key);
        else if (name >= 0) at = map_get(&w->folds, w->names.v[name].fold);
        if (at >= 0) w->v.v[at].quoted++;
    }
    list_done(l);
    return true;
}

static void settle_name(const Whos *w, Somebody *p)
{
    const Spelling *best = &p->spellings.v[0];
    for (int32_t i = 1; i < p->spellings.n; i++) {
        const Spelling *s = &p->spellings.v[i];
        if (s->n > best->n || (s->n == best->n && str_cmp(w->names.v[s->name].name, w->names.v[best->name].name) < 0)) best = s;
    }
    p->name = w->names.v[best->name].name;
}

static int by_fame(const void *x, const void *y)
{
    const Somebody *a = x, *b = y;
    if (a->documents != b->documents) return a->documents < b->documents ? 1 : -1;
    if (a->mentions != b->mentions) return a->mentions < b->mentions ? 1 : -1;
    int order = str_cmp(a->name, b->name);
    if (order) return order;
    return a->document != b->document ? (a->document > b->document ? 1 : -1) : (a->idx > b->idx) - (a->idx < b->idx);
}

bool list_who(List *l)
{
    Whos w = {.l = l, .keys = {.to = l->a}, .folds = {.to = l->a}, .given = {.to = l->a}};
    int64_t left = l->f->limit > 0 ? l->f->limit : INT64_MAX;
    if (!list_prepare(l) || !read_names(&w) || !meet_all(&w) || !count_quoted(&w)) return false;
    for (int32_t i = 0; i < w.v.n; i++) settle_name(&w, &w.v.v[i]);
    if (w.v.n) qsort(w.v.v, (size_t)w.v.n, sizeof *w.v.v, by_fame);
    for (int32_t i = 0; i < w.v.n && left-- > 0; i++) {
        const Somebody *p = &w.v.v[i];
        arena_reset(l->page);
        const Str cells[] = {p->name, number(l->page, p->documents), number(l->page, p->mentions), number(l->page, p->quoted),
                             p->first, p->last, ledger_id(l->db, l->page, (LedgerRef){p->document, 'n', p->idx})};
        if (!give_row(l, cells)) break;
    }
    return true;
}

/* ---- the numbers of the brief --------------------------------------------------------------------------- */
static bool one_row(List *l, int64_t *n, int how_many)
{
    bool row;
    if (!list_open(l) || !list_next(l, &row)) return false;
    for (int i = 0; i < how_many && row; i++) n[i] = sqlite3_column_int64(l->rows, i);
    list_done(l);
    return true;
}

static bool count_sums(List *l, LedgerCounts *c, Arena *a)
{
    bool row;
    restart(l);
    list_add(l, "SELECT count(*), count(DISTINCT ");
    list_shown(l, "d.id", 'd', "-1", "publisher", "d.publisher");
    list_add(l, "), sum(d.now_day IS NULL), sum(d.boilerplates), sum(d.sentences), sum(d.statements), sum(d.times), sum(d.words), "
             "sum(d.bytes), sum(coalesce(");
    list_shown(l, "d.id", 'd', "-1", "lang", "d.lang");
    list_add(l, ", 'en') <> 'en'), sum(d.truncated), min(d.now_day), max(d.now_day) FROM document d WHERE 1");
    if (!list_conditions(l, true) || !list_open(l) || !list_next(l, &row)) return false;
    int64_t *to[] = {&c->documents, &c->publishers, &c->undated, &c->boilerplate_parts, &c->sentences, &c->statements, &c->times,
                     &c->words, &c->bytes, &c->not_english, &c->truncated};
    for (int i = 0; i < 11; i++) *to[i] = sqlite3_column_int64(l->rows, i);
    c->first = ledger_copy(a, l->rows, 11);
    c->last = ledger_copy(a, l->rows, 12);
    list_done(l);
    return true;
}

static bool is_narrowed(const List *l)
{
    const LedgerFilter *f = l->f;
    return f->actor.n || f->publisher.n || f->topic.n || f->since.n || f->until.n || f->lang.n || l->document || l->query
        || l->has_corrections;
}

/* Distinct people: as many as `who` would list. */
static bool count_names(List *l, int64_t *n)
{
    bool row;
    Map seen = {.to = l->a};
    restart(l);
    list_add(l, "SELECT DISTINCT CASE WHEN ");
    list_shown(l, "e.document", 'n', "e.idx", "key", "e.key");
    list_add(l, " IS NULL THEN 'f' || n.fold ELSE 'k' || ");
    list_shown(l, "e.document", 'n', "e.idx", "key", "e.key");
    if (!is_narrowed(l)) {
        l->sql = (Buf){.to = l->a};
        list_add(l, "SELECT CASE WHEN e.key IS NULL THEN 'f' || n.fold ELSE 'k' || e.key END "
                 "FROM (SELECT DISTINCT name_id, key FROM entity INDEXED BY entity_name) e JOIN name n ON n.id = e.name_id");
    } else {
        list_add(l, " END FROM document d CROSS JOIN entity e ON e.document = d.id JOIN name n ON n.id = e.name_id WHERE 1");
        list_not_rejected(l, "e.document", 'n', "e.idx");
        if (!list_conditions(l, true)) return false;
    }
    if (!list_open(l)) return false;
    for (;;) {
        if (!list_next(l, &row)) return false;
        if (!row) break;
        Str who = ledger_text(l->rows, 0);
        if (map_get(&seen, who) < 0) *map_at(&seen, arena_str(l->a, who)) = 1;
    }
    list_done(l);
    *n = seen.n;
    return true;
}

static bool count_rejected(List *l, char part, int64_t *n)
{
    char of[] = {part, 0};
    int64_t rejected = 0;
    if (!l->has_corrections) return true;
    restart(l);
    list_add(l, "SELECT count(*) FROM corrected x JOIN document d ON d.id = x.document WHERE x.field = 'rejected' AND x.value = 'true' "
             "AND x.part = ");
    buf_add(&l->sql, list_parameter(l, arena_str(l->a, str_of(of))));
    if (!list_conditions(l, true) || !one_row(l, &rejected, 1)) return false;
    *n -= rejected;
    return true;
}

static bool count_speakers_named(List *l, int64_t *n)
{
    restart(l);
    list_add(l, "SELECT count(*) FROM (SELECT DISTINCT s.now_speaker FROM ");
    if (!is_narrowed(l)) list_add(l, "statement s INDEXED BY statement_speaker WHERE s.now_speaker IS NOT NULL)");
    else {
        list_add(l, "document d CROSS JOIN statement s ON s.document = d.id WHERE s.now_speaker IS NOT NULL");
        list_not_rejected(l, "s.document", 's', "s.idx");
        if (!list_conditions(l, true)) return false;
        list_add(l, ")");
    }
    return one_row(l, n, 1);
}

static bool count_corrections(List *l, int64_t *n)
{
    restart(l);
    list_add(l, "SELECT count(*) FROM corrected c JOIN document d ON d.id = c.document WHERE 1");
    bool had = l->has_corrections;
    l->has_corrections = false;            /* a rejected document's correction is a correction */
    bool ok = list_conditions(l, true) && one_row(l, n, 1);
    l->has_corrections = had;
    return ok;
}

typedef struct { Arena *a; LedgerCounts *c; } Counts;

static bool count_all(List *l)
{
    Counts *w = l->with;
    LedgerCounts *c = w->c;
    bool there;
    if (!list_prepare(l) || !count_sums(l, c, w->a) || !count_names(l, &c->names) || !count_speakers_named(l, &c->named_speakers)
        || !count_rejected(l, 's', &c->statements) || !count_rejected(l, 't', &c->times)
        || !count_rejected(l, 'b', &c->boilerplate_parts) || !count_corrections(l, &c->corrections)) return false;
    sqlite3_stmt *s = ledger_ask(l->db, ASK_RUN_LAST, l->e);
    if (!s || !ledger_step(l->db, s, &there, l->e)) return false;
    if (there) {
        c->duplicates_refused = sqlite3_column_int64(s, 1);
        c->failed = sqlite3_column_int64(s, 2);
        sqlite3_reset(s);
    }
    return true;
}

bool ledger_counts(Ledger *db, Arena *a, const LedgerFilter *filter, LedgerCounts *c, Err *e)
{
    Counts w = {.a = a, .c = c};
    *c = (LedgerCounts){0};
    if (filter && filter->type.n) return fail(e, ERR_USAGE, "these counts have no type to choose by");
    return list_run(db, LIST_DOCUMENTS, filter, NULL, &w, count_all, e);
}
