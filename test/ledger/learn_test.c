/* Furniture is learnt from five documents of five days, marked in the sixth, and only there. */
#include "ledger/ledger.h"
#include "reading/reading.h"
#include "text/text.h"
#include "test.h"
#include <sqlite3.h>
#include <unistd.h>

static char path[2][64];

static const char appeal[] = "We are a small paper and live on what our readers give.";

typedef struct { const char *publisher, *day, *lines; int number; } Paper;

/* A story of its own, then the lines that recur. */
static void read_paper(Record *r, Paper p, const Map *known)
{
    static const char *const places[] = {"the pilots", "the mayors", "the divers", "the millers", "the bakers", "the smiths",
                                         "the weavers", "the ferrymen", "the tanners", "the masons"};
    char hex[65];
    record_blank(r);
    r->text = arena_printf(&test_arena, "The council met %s on the lower quay and sent them home again in the rain.\n\n"
                           "The end of story %d is short and plain, as readers of %s know.\n\n%s",
                           places[p.number % 10], p.number, p.publisher[0] ? p.publisher : "no paper", p.lines);
    r->text_is_given = true;
    r->publisher = str_of(p.publisher);
    r->published = str_of(p.day);
    r->published_how = p.day[0] ? PUBLISHED_STATED : PUBLISHED_UNKNOWN;
    hash_sha256(r->text, hex);
    r->sha256 = arena_str(&test_arena, str_of(hex));
    text_clean(&test_arena, r);
    text_language(r);
    text_sentences(&test_arena, r, (TextOptions){0});
    if (known) record_mark_known(&test_arena, r, known);
    text_tokens(&test_arena, r);
    reading_times(&test_arena, r);
    reading_published(&test_arena, r);
    reading_names(&test_arena, r);
    reading_quotes(&test_arena, r);
    r->tokens = (Tokens){0};
    Err e = {0};
    if (!check(record_valid(r, &e))) printf("  %s\n", e.text);
}

static bool put(Ledger *db, const Record *r)
{
    Err e = {0};
    bool is_new = false;
    bool ok = ledger_begin(db, &e) && ledger_put(db, ledger_prepare(&test_arena, r), &is_new, &e) && ledger_commit(db, &e);
    if (!check(ok && is_new)) printf("  %s\n", e.text);
    return ok;
}

static const char *day_of(int i)
{
    return arena_printf(&test_arena, "2031-03-%02d", i + 1).p;
}

static void put_papers(Ledger *db, const char *publisher, const char *lines, int n, int first, bool one_day)
{
    for (int i = 0; i < n; i++) {
        Record r;
        read_paper(&r, (Paper){publisher, day_of(one_day ? 0 : first + i), lines, first + i}, NULL);
        put(db, &r);
    }
}

typedef struct { int n; Str words[16], publisher[16]; int64_t documents[16]; } Learnt;
static bool take(void *with, Str publisher, Str words, int64_t documents)
{
    Learnt *l = with;
    l->words[l->n] = arena_str(&test_arena, words);
    l->publisher[l->n] = arena_str(&test_arena, publisher);
    l->documents[l->n++] = documents;
    return l->n < 16;
}

static Learnt learnt_of(Ledger *db)
{
    Learnt l = {0};
    Err e = {0};
    check(ledger_learnt(db, take, &l, &e));
    return l;
}

static bool has(const Learnt *l, const char *publisher, const char *words)
{
    for (int i = 0; i < l->n; i++)
        if (str_eq(l->publisher[i], str_of(publisher)) && str_eq(l->words[i], str_of(words))) return true;
    return false;
}

static void tell(void *with, Str sentence)
{
    (void)with;
    if (with) printf("  %.*s\n", STR(sentence));
}

static int64_t bad_ones(Ledger *db, bool aloud)
{
    Err e = {0};
    int64_t documents, n_bad = -1;
    check(ledger_verify(db, tell, aloud ? &e : NULL, &documents, &n_bad, &e));
    return n_bad;
}

static Ledger *fresh(int which)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    Err e = {0};
    snprintf(path[which], sizeof path[which], "/tmp/demarche-%d-learn%d.db", (int)getpid(), which);
    for (int i = 0; i < 3; i++) unlink(arena_printf(&test_arena, "%s%s", path[which], ends[i]).p);
    Ledger *db = ledger_open(path[which], LEDGER_WRITE, &e);
    if (!check(db != NULL)) printf("  %s\n", e.text), exit(1);
    return db;
}

static int marks(const Record *r, const char *words)
{
    int n = 0;
    for (int32_t i = 0; i < r->boilerplate.n; i++)
        n += r->boilerplate.v[i].reason == BOILERPLATE_RECURRING
             && str_eq(span_str(r->text, r->boilerplate.v[i].span), str_of(words));
    return n;
}

static int sentences_of(const Record *r, const char *words)
{
    int n = 0;
    for (int32_t i = 0; i < r->sentences.n; i++) n += str_find(span_str(r->text, r->sentences.v[i]), str_of(words)) >= 0;
    return n;
}

/* ---- learnt, and marked in the next one ----------------------------------------------------------------- */
static void test_learnt(void)
{
    Ledger *db = fresh(0);
    Err e = {0};
    Map known;
    Record r, back;
    LedgerRef ref;
    arena_reset(&test_arena);
    put_papers(db, "Amrin Courier", appeal, 4, 0, false);
    check(learnt_of(db).n == 0);
    put_papers(db, "Amrin Courier", appeal, 1, 4, false);
    Learnt l = learnt_of(db);
    check(has(&l, "Amrin Courier", appeal));

    check(ledger_known(db, &test_arena, &known, &e));
    const char *shouted = "WE ARE A SMALL PAPER and live on \t what our readers give.";
    read_paper(&r, (Paper){"Amrin Courier", "2031-03-07", shouted, 7}, &known);
    check(marks(&r, shouted) == 1);
    check(sentences_of(&r, "SMALL PAPER") == 0 && r.sentences.n > 1);
    put(db, &r);
    check(ledger_resolve(db, r.sha256, &ref, &e) && ledger_get(db, &test_arena, ref.document, &back, &e));
    check(marks(&back, shouted) == 1);
    l = learnt_of(db);
    for (int i = 0; i < l.n; i++)
        if (str_eq(l.words[i], str_of(appeal))) check(l.documents[i] == 6);   /* marked ones go on counting */

    /* the same words within a paragraph, and in another paper, are not that line */
    read_paper(&r, (Paper){"Amrin Courier", "2031-03-08", "The harbour master wrote a letter. We are a small paper and live "
                           "on what our readers give.", 8}, &known);
    check(r.boilerplate.n == 0 && sentences_of(&r, "small paper") == 1);
    read_paper(&r, (Paper){"Tessaly Herald", "2031-03-08", appeal, 8}, &known);
    check(marks(&r, appeal) == 0 && sentences_of(&r, "small paper") == 1);
    check(bad_ones(db, true) == 0);
    ledger_close(db);
}

/* ---- what recurs and is none ---------------------------------------------------------------------------- */
static void test_news_recurs(void)
{
    static const char *const news[] = {
        "“We shall not give up the lower quay,” said Minister Ito.",
        "Minister Ito insists that the quay stays open.",
        "The quay was closed in the year of the flood.",
        "The pilots want more pay and a dry place to sleep at 7 a.m. each day.",
        "Talks between Amrin and Tessaly go on behind closed doors.",
        "Qtly div six cts vs 6 cts prior",
        "Amrin lives on tin and grain from the hills.",
        "Dear friends of the old lower harbour!",
        "No comment yet.",
    };
    for (size_t k = 0; k < sizeof news / sizeof *news; k++) {
        Ledger *db = fresh(0);
        arena_reset(&test_arena);
        put_papers(db, "Amrin Courier", arena_printf(&test_arena, "%s\n\n%s", news[k], appeal).p, 6, 0, false);
        Learnt l = learnt_of(db);
        check(has(&l, "Amrin Courier", appeal));
        if (!check(!has(&l, "Amrin Courier", news[k]))) printf("  %s\n", news[k]);
        ledger_close(db);
    }
}

/* Its own name, spelt as a paper spells it, does not make a line news. */
static void test_own_name(void)
{
    static const char *const publishers[] = {"Amrin Courier", "amrincourier.example", "The Amrin Courier"};
    static const char *const lines[] = {"The Amrin Courier lives on what its readers give.",
                                        "Get the best of the Amrin Courier by letter each week."};
    for (int k = 0; k < 6; k++) {
        Ledger *db = fresh(0);
        arena_reset(&test_arena);
        put_papers(db, publishers[k % 3], lines[k / 3], 6, 0, false);
        Learnt l = learnt_of(db);
        if (!check(has(&l, publishers[k % 3], lines[k / 3]))) printf("  %s: %s\n", publishers[k % 3], lines[k / 3]);
        ledger_close(db);
    }
}

static void test_evidence(void)
{
    Ledger *db = fresh(0);
    Record r;
    arena_reset(&test_arena);
    put_papers(db, "Amrin Courier", appeal, 9, 0, true);                  /* nine stories of one day */
    put_papers(db, "Tessaly Herald", appeal, 4, 0, false);                /* four days */
    for (int i = 0; i < 6; i++) {                                        /* no day; no publisher */
        read_paper(&r, (Paper){"Littoral Wire", "", appeal, 20 + i}, NULL);
        put(db, &r);
        read_paper(&r, (Paper){"", day_of(i), appeal, 30 + i}, NULL);
        put(db, &r);
    }
    check(learnt_of(db).n == 0);
    ledger_close(db);

    db = fresh(0);                                                       /* 5 of 101 documents of that time */
    put_papers(db, "Amrin Courier", "Nothing else is new.", 96, 100, true);
    put_papers(db, "Amrin Courier", appeal, 5, 0, false);
    Learnt l = learnt_of(db);
    check(!has(&l, "Amrin Courier", appeal));
    put_papers(db, "Amrin Courier", appeal, 1, 5, false);
    l = learnt_of(db);
    check(has(&l, "Amrin Courier", appeal));                             /* 6 of 102 */
    ledger_close(db);
}

/* Nothing but furniture is no furniture. */
static void test_some_body_stays(void)
{
    Map known = {.to = &test_arena};
    Record r;
    *map_at(&known, passage_key(&test_arena, S("Amrin Courier"), str_of(appeal))) = 1;
    record_blank(&r);
    r.text = str_of(appeal);
    r.publisher = S("Amrin Courier");
    r.text_is_given = true;
    text_clean(&test_arena, &r);
    text_sentences(&test_arena, &r, (TextOptions){0});
    record_mark_known(&test_arena, &r, &known);
    check(r.sentences.n == 1 && r.boilerplate.n == 0);
}

/* ---- joining and recounting ----------------------------------------------------------------------------- */
static void test_merged(void)
{
    Ledger *a = fresh(0), *b = fresh(1);
    char one[65], other[65];
    Err e = {0};
    int64_t added, known;
    arena_reset(&test_arena);
    put_papers(a, "Amrin Courier", appeal, 3, 0, false);
    put_papers(b, "Amrin Courier", appeal, 4, 2, false);                 /* the third one is in both */
    check(learnt_of(a).n == 0 && learnt_of(b).n == 0);
    check(ledger_merge(a, path[1], &added, &known, &e) && added == 3 && known == 1);
    Learnt l = learnt_of(a);
    if (check(has(&l, "Amrin Courier", appeal)))
        for (int i = 0; i < l.n; i++) check(l.documents[i] == 6);
    check(ledger_merge(b, path[0], &added, &known, &e) && added == 2);
    Learnt m = learnt_of(b);
    check(m.n == l.n && has(&m, "Amrin Courier", appeal));
    check(ledger_digest(a, one, &e) && ledger_digest(b, other, &e));
    check_str(str_of(one), str_of(other));
    check(bad_ones(a, true) == 0 && bad_ones(b, true) == 0);
    ledger_close(a);
    ledger_close(b);
}

static void test_recounted(void)
{
    static const char *const changes[] = {"UPDATE recurring SET documents = documents + 1", "DELETE FROM recurring",
                                          "UPDATE recurring SET key = key + 2", "UPDATE publisher_day SET documents = 1000",
                                          "UPDATE publisher_day SET day = '2031-01-01' WHERE day = '2031-03-01'"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Err e = {0};
        sqlite3 *file;
        Ledger *db = fresh(0);
        arena_reset(&test_arena);
        put_papers(db, "Amrin Courier", appeal, 3, 0, false);
        check(bad_ones(db, true) == 0);
        ledger_close(db);
        sqlite3_open(path[0], &file);
        check(sqlite3_exec(file, changes[i], NULL, NULL, NULL) == SQLITE_OK);
        sqlite3_close(file);
        db = ledger_open(path[0], LEDGER_WRITE, &e);
        if (!check(db && bad_ones(db, false) == 1)) printf("  %s\n", changes[i]);
        ledger_close(db);
    }
}

int main(void)
{
    TEST_BEGIN
    test_learnt();
    test_news_recurs();
    test_own_name();
    test_evidence();
    test_some_body_stays();
    test_merged();
    test_recounted();
    for (int i = 0; i < 2; i++) {
        unlink(path[i]);
        unlink(arena_printf(&test_arena, "%s-wal", path[i]).p);
        unlink(arena_printf(&test_arena, "%s-shm", path[i]).p);
    }
    return test_end();
}
