/* The language of search: what people type, made safe and made exact.
**
**   port strike            both words, anywhere in the document
**   "grain corridor"       these words in this order (also in “ ” „ « »)
**   sanction*              words that begin so
**   -football -"own goal"  not these
**   Ito OR Marek strike    one of Ito and Marek, and strike: OR binds the two beside it, as search engines have it
**
** The words are cut and folded by the very tokenizer of the index, so what the index finds and what we find in a
** sentence agree to the letter. Only such tokens, in quotation marks of our own, reach FTS5: nothing that a person types
** can become an error of SQLite, or an operator that she did not mean.
*/
#include "ledger/inside.h"
#include <string.h>

enum { TERMS_MAX = 64 };                   /* a question of a person; each term costs a walk over a word's documents */

typedef struct { Strs words; bool is_prefix; } Term;
typedef struct { bool is_not; SLICE(Term) any; } Clause;
struct Query { SLICE(Clause) all; int32_t n_terms; };

/* ---- the tokenizer of the index ------------------------------------------------------------------------- */
static bool tokenizer_open(Ledger *db, Err *e)
{
    if (db->words) return true;
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    void *of = NULL;
    if (sqlite3_prepare_v2(db->file, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
    const char *how[] = {"remove_diacritics", "2"};      /* as schema.sql has it */
    if (api && api->xFindTokenizer(api, "unicode61", &of, &db->words_of) == SQLITE_OK
        && db->words_of.xCreate(of, how, 2, &db->words) == SQLITE_OK) return true;
    db->words = NULL;
    return fail(e, ERR_LEDGER, "this SQLite (%s) has no full-text search (FTS5); install one that has", sqlite3_libversion());
}

void query_close(Ledger *db)
{
    if (db->words) db->words_of.xDelete(db->words);
    db->words = NULL;
}

typedef struct { Arena *a; Strs *words; } Cut;

static int cut_word(void *with, int flags, const char *p, int n, int begin, int end)
{
    Cut *c = with;
    (void)begin, (void)end;
    if (!(flags & FTS5_TOKEN_COLOCATED)) *push(c->a, c->words) = arena_str(c->a, (Str){p, n});
    return SQLITE_OK;
}

/* The arena may land within xTokenize; unicode61 holds no memory of its own there but its fold buffer, which stays. */
static void words_of(Ledger *db, Arena *a, Str text, Strs *words)
{
    *words = (Strs){0};
    db->words_of.xTokenize(db->words, &(Cut){a, words}, FTS5_TOKENIZE_DOCUMENT, text.n ? text.p : "", (int)text.n, cut_word);
}

/* ---- reading -------------------------------------------------------------------------------------------- */
static const struct { const char *open, *close; } marks[] = {
    {"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xE2\x80\x9E", "\xE2\x80\x9C"}, {"\xC2\xAB", "\xC2\xBB"},
};

typedef struct { Ledger *db; Arena *a; Query *q; Str rest; bool or_waits, not_waits; Err *e; } Reader;

static void skip_blanks(Reader *r)
{
    for (ptrdiff_t i = 0; i < r->rest.n;) {
        ptrdiff_t next = i;
        if (!utf8_is_space(utf8_next(r->rest, &next))) {
            r->rest = str_sub(r->rest, i, r->rest.n);
            return;
        }
        i = next;
    }
    r->rest.n = 0;
}

static void drop(Reader *r, ptrdiff_t n) { r->rest = str_sub(r->rest, n, r->rest.n); }

/* A phrase at the head of the rest: 1, none: 0, one that is not closed: -1. */
static int take_phrase(Reader *r, Str *phrase)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        Str open = str_of(marks[i].open), close = str_of(marks[i].close);
        if (!str_starts(r->rest, open)) continue;
        Str from = str_sub(r->rest, open.n, r->rest.n);
        ptrdiff_t end = str_find(from, close);
        if (end < 0 && open.p[0] != '"') end = str_find(from, S("\""));
        if (end < 0) return -1;
        *phrase = str_sub(from, 0, end);
        drop(r, open.n + end + (str_starts(str_sub(from, end, from.n), close) ? close.n : 1));
        return 1;
    }
    return 0;
}

static Str take_plain(Reader *r)
{
    ptrdiff_t i = 0;
    while (i < r->rest.n) {
        ptrdiff_t next = i;
        if (utf8_is_space(utf8_next(r->rest, &next)) || r->rest.p[i] == '"') break;
        i = next;
    }
    Str word = str_sub(r->rest, 0, i);
    drop(r, i);
    return word;
}

static bool add_term(Reader *r, Str words, bool is_prefix, bool is_not)
{
    Term t = {.is_prefix = is_prefix};
    words_of(r->db, r->a, words, &t.words);
    if (!t.words.n) return true;                         /* only marks: nothing to look for */
    if (++r->q->n_terms > TERMS_MAX) return fail(r->e, ERR_USAGE, "a search has at most %d words", TERMS_MAX);
    Clause *c = r->q->all.n ? &r->q->all.v[r->q->all.n - 1] : NULL;
    if (r->or_waits && is_not) return fail(r->e, ERR_USAGE, "OR stands between two words to look for, not before -word");
    if (!r->or_waits || !c) {
        c = push(r->a, &r->q->all);
        c->is_not = is_not;
    } else if (c->is_not) return fail(r->e, ERR_USAGE, "OR stands between two words to look for, not after -word");
    *push(r->a, &c->any) = t;
    r->or_waits = r->not_waits = false;
    return true;
}

static bool take_item(Reader *r)
{
    bool is_not = r->not_waits;
    Str words;
    if (r->rest.p[0] == '-' && r->rest.n > 1) is_not = true, drop(r, 1);
    int phrase = take_phrase(r, &words);
    if (phrase < 0) return fail(r->e, ERR_USAGE, "a phrase is not closed: %.*s; put a quotation mark at its end", STR(r->rest));
    bool is_prefix = false;
    if (phrase) {
        is_prefix = str_starts(r->rest, S("*"));
        if (is_prefix) drop(r, 1);
        return add_term(r, words, is_prefix, is_not);
    }
    words = take_plain(r);
    if (!is_not && str_eq(words, S("OR"))) {
        if (!r->q->all.n || r->or_waits) return fail(r->e, ERR_USAGE, "OR stands between two words to look for");
        return r->or_waits = true;
    }
    if (!is_not && str_eq(words, S("NOT"))) return r->not_waits = true;
    if (!is_not && str_eq(words, S("AND"))) return true; /* all must occur anyway */
    is_prefix = str_ends(words, S("*"));
    return add_term(r, words, is_prefix, is_not);
}

bool query_read(Ledger *db, Arena *a, Str words, Query **q, Err *e)
{
    if (!tokenizer_open(db, e)) return false;
    words = utf8_clean(a, words);
    Reader r = {.db = db, .a = a, .q = *q = arena_new(a, Query, 1), .rest = words, .e = e};
    for (skip_blanks(&r); r.rest.n; skip_blanks(&r))
        if (!take_item(&r)) return err_while(e, "the search '%.*s'", STR(words));
    bool any = false;
    for (int32_t i = 0; i < r.q->all.n; i++) any = any || !r.q->all.v[i].is_not;
    if (r.or_waits) return fail(e, ERR_USAGE, "the search '%.*s': a word is missing after OR", STR(words));
    if (!any) return fail(e, ERR_USAGE, "the search '%.*s' needs at least one word to look for", STR(words));
    return true;
}

/* ---- for the index -------------------------------------------------------------------------------------- */
static void term_fts(Buf *b, const Term *t)
{
    buf_char(b, '"');
    for (int32_t i = 0; i < t->words.n; i++) {
        if (i) buf_char(b, ' ');
        buf_add(b, t->words.v[i]);
    }
    buf_add(b, t->is_prefix ? S("\" *") : S("\""));
}

static void clause_fts(Buf *b, const Clause *c)
{
    buf_char(b, '(');
    for (int32_t i = 0; i < c->any.n; i++) {
        if (i) buf_add(b, S(" OR "));
        term_fts(b, &c->any.v[i]);
    }
    buf_char(b, ')');
}

Str query_fts(const Query *q, Arena *to, bool with_nots)
{
    Buf b = {.to = to};
    for (int32_t i = 0; i < q->all.n; i++) {
        if (q->all.v[i].is_not) continue;
        if (b.n) buf_add(&b, S(" AND "));
        clause_fts(&b, &q->all.v[i]);
    }
    Buf whole = {.to = to};
    buf_char(&whole, '(');
    buf_add(&whole, buf_str(&b));
    buf_char(&whole, ')');
    for (int32_t i = 0; i < q->all.n && with_nots; i++) {
        if (!q->all.v[i].is_not) continue;
        buf_add(&whole, S(" NOT "));
        clause_fts(&whole, &q->all.v[i]);
    }
    return buf_str(&whole);
}

/* ---- for a sentence ------------------------------------------------------------------------------------- */
static bool term_at(const Term *t, const Strs *words, int32_t at)
{
    for (int32_t i = 0; i < t->words.n; i++) {
        bool is_last = i == t->words.n - 1;
        if (!(is_last && t->is_prefix ? str_starts(words->v[at + i], t->words.v[i]) : str_eq(words->v[at + i], t->words.v[i])))
            return false;
    }
    return true;
}

static bool term_occurs(const Term *t, const Strs *words)
{
    for (int32_t at = 0; at + t->words.n <= words->n; at++)
        if (term_at(t, words, at)) return true;
    return false;
}

bool query_holds(Ledger *db, Arena *a, const Query *q, Str text, int *score)
{
    Strs words;
    bool holds = true;
    words_of(db, a, text, &words);
    *score = 0;
    for (int32_t i = 0; i < q->all.n; i++) {
        const Clause *c = &q->all.v[i];
        int occur = 0;
        for (int32_t t = 0; t < c->any.n; t++) occur += term_occurs(&c->any.v[t], &words);
        if (c->is_not ? occur > 0 : occur == 0) holds = false;
        if (!c->is_not) *score += occur;
    }
    return holds;
}

/* The longest word of the body: short ones are common, and asking for them would walk half the index. */
Str query_some_word(Ledger *db, Arena *a, const Record *r, Err *e)
{
    Strs words;
    Str longest = {0};
    int64_t body_bytes;
    if (!tokenizer_open(db, e)) return longest;
    e->code = ERR_NONE;
    words_of(db, a, record_news(a, r, &body_bytes), &words);
    for (int32_t i = 0; i < words.n; i++)
        if (words.v[i].n > longest.n) longest = words.v[i];
    return longest;
}
