/* Ids that people type: 3f9a1c2e, and 3f9a1c2e.s4 for a part.
**
** Shown with ID_SHOWN digits, or as many as keep it apart from its neighbours in the order of hashes; taken from
** ID_TYPED on. The caller's own id and the address are taken too, whole. Two that fit are both named.
*/
#include "ledger/inside.h"
#include <string.h>

enum { ID_SHOWN = 8, ID_TYPED = 4 };       /* 8 digits: two of 10,000 documents collide with a chance of 1 % */

static const struct { char letter; TableName table; int column; } parts[] = {   /* column of the count in the document's row */
    {'s', TABLE_STATEMENT, 25}, {'t', TABLE_TIME, 24}, {'n', TABLE_ENTITY, 23}, {'p', TABLE_ARTICLE, 19},
    {'b', TABLE_BOILERPLATE, 20}, {'o', TABLE_ORIGIN, 21}, {'e', TABLE_EVENT, 26}, {'x', TABLE_EXPECTATION, 28},
    {'r', TABLE_RELATION, 29}, {'c', TABLE_TOPIC, 30}, {'f', TABLE_FIGURE, 31},
};

static bool is_hex(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f'))) return false;
    return true;
}

static int in_common(Str a, Str b)
{
    int n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return n;
}

static int apart_from(Ledger *db, Question which, Str sha)
{
    Err e;
    bool there;
    sqlite3_stmt *s = ledger_ask(db, which, &e);
    if (!s) return 0;
    ledger_bind(s, 1, sha);
    if (!ledger_step(db, s, &there, &e) || !there) return 0;
    int n = in_common(sha, ledger_text(s, 0)) + 1;
    sqlite3_reset(s);
    return n;
}

Str id_of_sha(Ledger *db, Arena *to, Str sha, char part, int32_t index)
{
    int n = ID_SHOWN, below = apart_from(db, ASK_SHA_BELOW, sha), above = apart_from(db, ASK_SHA_ABOVE, sha);
    if (below > n) n = below;
    if (above > n) n = above;
    sha = str_sub(sha, 0, n);
    return part && part != 'd' ? arena_printf(to, "%.*s.%c%d", STR(sha), part, index) : arena_str(to, sha);
}

Str ledger_id(Ledger *db, Arena *to, LedgerRef ref)
{
    Err e;
    bool there;
    sqlite3_stmt *s = ledger_ask(db, ASK_SHA_OF, &e);
    if (s) sqlite3_bind_int64(s, 1, ref.document);
    if (!s || !ledger_step(db, s, &there, &e) || !there) return arena_printf(to, "document-%lld", (long long)ref.document);
    Str sha = ledger_copy(to, s, 0);
    sqlite3_reset(s);
    return id_of_sha(db, to, sha, ref.part, ref.index);
}

/* n: how many documents fit, at most 2; then both names are in `both`. */
static bool find(Ledger *db, Question which, Str id, bool by_hash, int64_t *document, int *n, Strs *both, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, which, e);
    bool there;
    *n = 0;
    if (!s) return false;
    sqlite3_bind_text(s, 1, id.p, (int)id.n, SQLITE_STATIC);
    for (;;) {
        if (!ledger_step(db, s, &there, e)) return false;
        if (!there || (by_hash && !str_starts(ledger_text(s, 1), id))) break;
        if (!*n) *document = sqlite3_column_int64(s, 0);
        if (*n < 2) *push(&db->scratch, both) = ledger_copy(&db->scratch, s, 1);
        ++*n;
    }
    sqlite3_reset(s);
    return true;
}

static bool whole(Ledger *db, Str id, int64_t *document, int *n, Err *e)
{
    Strs both = {0};
    if (!id.n) return fail(e, ERR_USAGE, "an id is needed, such as 3f9a1c2e; demarche brief and every listing show them");
    *n = 0;
    Buf low = {.to = &db->scratch};
    for (ptrdiff_t i = 0; i < id.n; i++) buf_char(&low, id.p[i] >= 'A' && id.p[i] <= 'F' ? (char)(id.p[i] + 32) : id.p[i]);
    if (id.n >= ID_TYPED && id.n <= 64 && is_hex(buf_str(&low)) && !find(db, ASK_SHA_FROM, buf_str(&low), true, document, n, &both, e))
        return false;
    if (!*n && !find(db, ASK_BY_GIVEN, id, false, document, n, &both, e)) return false;
    if (*n > 1) {
        int common = in_common(both.v[0], both.v[1]) + 1;
        int digits = common > ID_SHOWN ? common : ID_SHOWN;
        return fail(e, ERR_USAGE, "'%.*s' fits more than one document: %.*s and %.*s; write more digits", STR(id),
                    STR(str_sub(both.v[0], 0, digits)), STR(str_sub(both.v[1], 0, digits)));
    }
    return true;
}

static bool part_is_there(Ledger *db, LedgerRef *ref, Str id, Err *e)
{
    sqlite3_stmt *s = ledger_ask(db, ASK_COUNTS_OF, e);
    bool there;
    int column = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].letter == ref->part) column = parts[i].column;
    if (!s) return false;
    sqlite3_bind_int64(s, 1, ref->document);
    if (!ledger_step(db, s, &there, e)) return false;
    int64_t n = there ? sqlite3_column_int64(s, column - 19) : 0;
    sqlite3_reset(s);
    return ref->index < n || fail(e, ERR_NOTFOUND, "'%.*s' is not there: the document has %lld of '%c', counted from 0",
                                  STR(id), (long long)n, ref->part);
}

/* "3f9a1c2e.s4" into "3f9a1c2e", 's', 4 */
static bool split_part(Str id, Str *document, LedgerRef *ref)
{
    ptrdiff_t dot = id.n;
    while (dot > 0 && id.p[dot - 1] != '.') dot--;
    if (dot < 1 || id.n - dot < 2 || id.n - dot > 8) return false;
    int32_t index = 0;
    for (ptrdiff_t i = dot + 1; i < id.n; i++) {
        if (id.p[i] < '0' || id.p[i] > '9') return false;
        index = index * 10 + (id.p[i] - '0');
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].letter == id.p[dot]) {
            *document = str_sub(id, 0, dot - 1);
            ref->part = id.p[dot];
            ref->index = index;
            return true;
        }
    return false;
}

typedef struct { Ledger *db; Str id; LedgerRef *ref; } Resolve;

static bool resolve(void *with, Err *e)
{
    Resolve *r = with;
    Str document;
    int n;
    *r->ref = (LedgerRef){0, 0, NONE};
    if (!whole(r->db, str_trim(r->id), &r->ref->document, &n, e)) return false;
    if (n) return true;
    if (split_part(str_trim(r->id), &document, r->ref)) {
        if (!whole(r->db, document, &r->ref->document, &n, e)) return false;
        if (n) return part_is_there(r->db, r->ref, r->id, e);
    }
    return fail(e, ERR_NOTFOUND, "there is no document '%.*s' in '%s'; ids are the first digits of a hash (4 or more), the "
                "document's own id, or its address", STR(r->id), r->db->path);
}

bool ledger_resolve(Ledger *db, Str id, LedgerRef *ref, Err *e)
{
    arena_reset(&db->scratch);
    return ledger_guard(&db->scratch, resolve, &(Resolve){db, id, ref}, "looking up an id", e);
}
