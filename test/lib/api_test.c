/* The public library from outside: only demarche.h is used, and what it promises is asked for. */
#include "demarche.h"
#include "base/io.h"
#include "test.h"
#include <math.h>
#include <unistd.h>

static dm_engine *engine;
static dm_error why;

static const char article[] = "“The port of Łódź will reopen,” Minister Ito said on 3 June 2031.";
static const char given[] =
    "{\"id\":\"a7\",\"text\":\"Ąnn: we reopen.\",\"published\":\"3 June 2031\","
    "\"entities\":[{\"name\":\"Ąnn\",\"type\":\"PER\",\"mentions\":[{\"span\":[0,3],\"kind\":\"name\",\"p\":0.75},{\"span\":[0,3]}]}],"
    "\"statements\":[{\"source\":[[0,3]],\"content\":[[5,15]],"
    "\"cue\":[[3,4]],\"speaker\":0,\"form\":\"direct\",\"class\":\"speech\",\"by\":\"hand\"}],"
    "\"times\":[{\"span\":[8,14],\"type\":\"DATE\","
    "\"value\":\"2031\",\"doubt\":true}]}";

static Str inner(dm_str s) { return (Str){s.p, (ptrdiff_t)s.n}; }

static dm_record *read_as(dm_form form, const char *bytes)
{
    dm_record *record = NULL;
    char *copy = strdup(bytes);                              /* gone after the call, as the header allows */
    bool ok = dm_read(engine, form, "test", copy, strlen(bytes), &record, &why);
    memset(copy, '?', strlen(bytes));
    free(copy);
    check(ok == (record != NULL));
    return record;
}

static void test_given_record(void)
{
    dm_record *record = read_as(DM_RECORD, given);
    if (!check(record != NULL)) { printf("  %s\n", why.text); return; }
    dm_document document = dm_document_of(record);
    check_str(inner(document.id), S("a7"));
    check_str(inner(document.published), S("2031-06-03"));
    check_str(inner(document.published_how), S("received"));
    check_str(inner(document.text), S("Ąnn: we reopen."));
    check(document.sha256.n == 64 && document.uri.n == 0);
    check(dm_statements(record) == 1 && dm_times(record) == 1 && dm_entities(record) == 1);
    dm_statement said = dm_statement_at(record, 0);
    check_str(inner(said.speaker_name), S("Ąnn"));
    check_str(inner(said.form), S("direct"));
    check_str(inner(said.kind), S("speech"));
    check_str(inner(said.by), S("hand"));
    check(said.speaker == 0 && said.inside == -1 && said.content.n == 1);
    check(said.content.v[0].begin == 5 && said.content.v[0].end == 15);
    check_str(inner(dm_words(record, said.content.v[0])), S("we reopen."));
    dm_time when = dm_time_at(record, 0);
    check(when.span.begin == 8 && when.span.end == 14 && when.is_doubtful);
    check_str(inner(when.value), S("2031"));
    dm_entity entity = dm_entity_at(record, 0);
    check_str(inner(entity.type), S("PER"));
    check(entity.mentions.n == 2 && entity.mentions.v[0].end == 3 && entity.p[0] == 0.75 && isnan(entity.p[1]));
    dm_record_free(record);
}

/* A record outlives the engine that made it: its tags are no views of what the engine held. */
static void test_after_the_engine(void)
{
    dm_engine *own = dm_engine_new(NULL, &why);
    dm_record *record = NULL;
    if (!check(own && dm_read(own, DM_TEXT, "port.txt", article, strlen(article), &record, &why))) return;
    dm_str before = dm_record_json(record, DM_WITH_TOKENS, &why);
    Str kept = arena_str(&test_arena, inner(before));
    dm_record_free(record);
    check(dm_read(own, DM_TEXT, "port.txt", article, strlen(article), &record, &why));
    dm_engine_free(own);
    check_str(inner(dm_record_json(record, DM_WITH_TOKENS, &why)), kept);
    dm_record_free(record);
}

static void test_out_of_range(void)
{
    dm_record *record = read_as(DM_RECORD, given);
    check(dm_statement_at(record, 1).speaker == -1 && dm_statement_at(record, -1).content.n == 0);
    check(dm_time_at(record, 9).span.begin == -1 && dm_entity_at(record, 9).name.n == 0);
    check(dm_words(record, (dm_span){-1, -1}).n == 0 && dm_words(record, (dm_span){3, 99}).n == 0);
    check(dm_words(record, (dm_span){9, 3}).n == 0);
    dm_record_free(record);
    dm_record_free(NULL);
    dm_engine_free(NULL);
    dm_ledger_close(NULL);
}

/* What goes out as JSON comes in as a record, and goes out the same. */
static void test_json(void)
{
    dm_record *record = read_as(DM_TEXT, article);
    dm_str line = dm_record_json(record, DM_WITH_TOKENS, &why);
    check(line.n > 0 && str_find(inner(line), S("\"tokens\":[")) > 0);
    check(dm_record_json(record, DM_WITH_TOKENS, &why).p == line.p);
    check(str_find(inner(dm_record_json(record, 0, &why)), S("\"tokens\":[")) < 0);
    check(dm_sentences(record).n == 1);
    char *copy = strndup(line.p, line.n);
    dm_record *again = read_as(DM_RECORD, copy);
    if (check(again != NULL)) check_str(inner(dm_record_json(again, DM_WITH_TOKENS, NULL)), inner(line));
    free(copy);
    dm_record_free(again);
    dm_record_free(record);
}

static void refused(dm_form form, const char *bytes, dm_code code, const char *words)
{
    dm_record *record = (dm_record *)&why;
    check(!dm_read(engine, form, "x.txt", bytes, strlen(bytes), &record, &why) && record == NULL);
    check(why.code == code);
    if (!check(strstr(why.text, words) && str_starts(str_of(why.text), S("x.txt")))) printf("  %s\n", why.text);
    check(!dm_read(engine, form, NULL, bytes, strlen(bytes), &record, NULL));
}

static void test_refusals(void)
{
    refused(DM_TEXT, " \n", DM_INPUT, "empty");
    refused(DM_JSON, "{\"text\":", DM_INPUT, "JSON");
    refused(DM_JSON, "{\"text\":\"a\",\"published\":\"soon\"}", DM_INPUT, "'published' is 'soon'");
    refused(DM_RECORD, "{\"text\":\"a\",\"times\":[{\"span\":[0,9]}]}", DM_INPUT,
            "time 0: span [0, 9) ends after the text");
}

/* A document that wants more than it may have is refused, and the engine reads the next one. */
static void test_memory(void)
{
    dm_engine *outer = engine;
    engine = dm_engine_new(&(dm_options){.size = sizeof(dm_options), .memory = 200000}, &why);
    char *long_text = malloc(400001);
    for (int i = 0; i < 400000; i++) long_text[i] = i % 7 ? 'a' : ' ';
    long_text[400000] = 0;
    dm_record *record = NULL;
    check(!dm_read(engine, DM_TEXT, "long", long_text, 400000, &record, &why) && record == NULL);
    check(why.code == DM_LIMIT || why.code == DM_MEMORY);
    free(long_text);
    record = read_as(DM_RECORD, "{\"text\":\"A.\"}");
    check(record != NULL);
    dm_record_free(record);
    dm_engine_free(engine);
    engine = outer;
}

/* Every allocation of a call made to fail in turn: the call comes home with a reason each time, or did without. */
static void test_allocation(dm_form form, const char *bytes)
{
    int n_failed = 0;
    for (int64_t n = 1; n < 100000; n++) {
        dm_record *record = NULL;
        arena_fail_after = n;
        bool ok = dm_read(engine, form, "a", bytes, strlen(bytes), &record, &why) &&
                  dm_record_json(record, 0, &why).n > 0;
        bool was_spent = arena_fail_after < 0;
        arena_fail_after = -1;
        dm_record_free(record);
        n_failed += !ok;
        if (ok && !was_spent) break;
        if (!ok && why.code != DM_LIMIT && why.code != DM_MEMORY) check(!"a failure for want of memory says so");
    }
    check(n_failed > 20);
}

/* ---- the ledger ----------------------------------------------------------------------------------------- */

typedef struct { int n; char id[80], words[200]; } Hits;

static bool keep_hit(void *with, const dm_hit *hit)
{
    Hits *hits = with;
    snprintf(hits->id, sizeof hits->id, "%.*s", (int)hit->id.n, hit->id.p);
    snprintf(hits->words, sizeof hits->words, "%.*s", (int)hit->words.n, hit->words.p);
    return ++hits->n < 10;
}

static void test_ledger(void)
{
    char path[] = "/tmp/demarche-lib-XXXXXX";
    check(mkdtemp(path) != NULL);
    char file[64];
    snprintf(file, sizeof file, "%s/l.db", path);
    check(dm_ledger_open(file, DM_READ_ONLY, &why) == NULL && why.code != DM_OK && why.text[0]);
    dm_ledger *ledger = dm_ledger_open(file, DM_READ_WRITE, &why);
    if (!check(ledger != NULL)) { printf("  %s\n", why.text); return; }
    dm_record *records[] = {read_as(DM_TEXT, article), read_as(DM_RECORD, given), read_as(DM_TEXT, article)};
    size_t n_new = 9;
    for (int64_t n = 1; n <= 10; n++) {                      /* memory is out while rows are prepared: nothing is put */
        arena_fail_after = n;
        check(!dm_ledger_put(ledger, records, 3, &n_new, &why) && n_new == 0 && why.code == DM_MEMORY);
    }
    arena_fail_after = -1;
    if (!check(dm_ledger_put(ledger, records, 3, &n_new, &why) && n_new == 2)) printf("  %zu %s\n", n_new, why.text);
    check(dm_ledger_put(ledger, records, 3, &n_new, &why) && n_new == 0);
    check(dm_ledger_put(ledger, NULL, 0, NULL, &why));
    Hits hits = {0};
    dm_query query = {.size = sizeof query, .words = "reopen"};
    check(dm_ledger_search(ledger, &query, keep_hit, &hits, &why) && hits.n == 2);
    query.words = "Łódź";
    hits = (Hits){0};
    if (!check(dm_ledger_search(ledger, &query, keep_hit, &hits, &why) && hits.n == 1))
        printf("  %d %s\n", hits.n, why.text);
    check(strstr(hits.words, "The port of") != NULL);
    query.words = NULL;
    check(!dm_ledger_search(ledger, &query, keep_hit, &hits, &why) && why.code == DM_USAGE);
    dm_record *again = NULL;
    if (check(dm_ledger_get(ledger, hits.id, &again, &why))) {
        /* The ledger has no column for how likely a statement is: all else comes back. */
        Str all = inner(dm_record_json(records[0], DM_WITH_TOKENS, &why));
        ptrdiff_t by = str_find(all, S(",\"by\":\"statements/")), p = by;
        while (p > 0 && all.p[p] != 'p') p--;
        check(p > 1 && str_starts(str_sub(all, p, all.n), S("p\":0.")));
        check_str(inner(dm_record_json(again, DM_WITH_TOKENS, &why)),
                  arena_printf(&test_arena, "%.*s%.*s", STR(str_sub(all, 0, p - 2)), STR(str_sub(all, by, all.n))));
    }
    dm_record_free(again);
    if (check(dm_ledger_get(ledger, "a7", &again, &why))) check(dm_statements(again) == 1);
    dm_record_free(again);
    check(!dm_ledger_get(ledger, "zz-not-there", &again, &why) && again == NULL && why.code == DM_NOTFOUND);
    int64_t n_documents = 0, n_bad = -1;
    check(dm_ledger_verify(ledger, NULL, NULL, &n_documents, &n_bad, &why) && n_documents == 2 && n_bad == 0);
    for (int i = 0; i < 3; i++) dm_record_free(records[i]);
    dm_ledger_close(ledger);
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", path);
    check(system(command) == 0);
}

/* ---- one engine, many threads --------------------------------------------------------------------------- */

static void *read_often(void *with)
{
    int *n_same = with;
    Str first = {0};
    char copy[8192] = {0};
    for (int i = 0; i < 20; i++) {
        dm_record *record = NULL;
        if (!dm_read(engine, DM_TEXT, "t", article, strlen(article), &record, NULL)) continue;
        Str line = inner(dm_record_json(record, 0, NULL));
        if (!first.n && line.n < (ptrdiff_t)sizeof copy) first = (Str){memcpy(copy, line.p, (size_t)line.n), line.n};
        *n_same += str_eq(first, line);
        dm_record_free(record);
    }
    return NULL;
}

static void test_threads(void)
{
    IoThread threads[4];
    int n_same[4] = {0};
    for (int i = 0; i < 4; i++) check(io_thread_start(&threads[i], read_often, &n_same[i]));
    for (int i = 0; i < 4; i++) io_thread_join(&threads[i]);
    for (int i = 0; i < 4; i++) check(n_same[i] == 20);
}

int main(void)
{
    TEST_BEGIN
    check(dm_version()[0] != 0);
    engine = dm_engine_new(NULL, &why);
    if (!check(engine != NULL)) return test_end();
    test_given_record();
    test_out_of_range();
    test_after_the_engine();
    test_json();
    test_refusals();
    test_memory();
    test_allocation(DM_RECORD, given);
    test_allocation(DM_TEXT, article);
    test_ledger();
    test_threads();
    dm_engine_free(engine);
    return test_end();
}
