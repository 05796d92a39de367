/* Whose file is it? Foreign, newer, older, empty, hostile, locked, read-only, full: each gets its sentence. */
#include "ledger/ledger.h"
#include "base/io.h"
#include "some_record.h"
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

static char folder[64], path[96];

static void wipe(void)
{
    char command[320];
    snprintf(command, sizeof command, "chmod -R u+rwx '%s' 2>/dev/null; rm -rf '%s'; mkdir '%s'", folder, folder, folder);
    check(system(command) == 0);
}

static void raw(const char *sql)
{
    sqlite3 *file;
    char *why = NULL;
    sqlite3_open(path, &file);
    if (!check(sqlite3_exec(file, sql, NULL, NULL, &why) == SQLITE_OK)) printf("  %s: %s\n", sql, why);
    sqlite3_close(file);
}

static bool opens(LedgerMode mode)
{
    Err e = {0};
    Ledger *db = ledger_open(path, mode, &e);
    if (!db) printf("  %s\n", e.text);
    ledger_close(db);
    return db != NULL;
}

static void refused(LedgerMode mode, ErrCode code, const char *says)
{
    Err e = {0};
    Ledger *db = ledger_open(path, mode, &e);
    if (!check(!db && e.code == code && str_find(str_of(e.text), str_of(says)) >= 0)) printf("  got %d «%s», wanted «%s»\n", e.code, e.text, says);
    ledger_close(db);
}

static bool put_one(Ledger *db, int number, Err *e)
{
    Record r;
    bool is_new;
    char hex[65];
    some_record(&r);
    hash_sha256(arena_printf(&test_arena, "input %d", number), hex);
    r.sha256 = arena_str(&test_arena, str_of(hex));
    return ledger_begin(db, e) && ledger_put(db, ledger_prepare(&test_arena, &r), &is_new, e) && ledger_commit(db, e);
}

static int64_t count(void)
{
    Err e = {0};
    LedgerCounts c = {0};
    Ledger *db = ledger_open(path, LEDGER_READ, &e);
    if (!check(db && ledger_counts(db, &test_arena, NULL, &c, &e))) printf("  %s\n", e.text);
    ledger_close(db);
    return c.documents;
}

static int64_t bad_ones(LedgerMode mode)
{
    Err e = {0};
    int64_t documents, n_bad = -1;
    Ledger *db = ledger_open(path, mode, &e);
    if (!check(db && ledger_verify(db, NULL, NULL, &documents, &n_bad, &e))) printf("  %s\n", e.text);
    ledger_close(db);
    return n_bad;
}

static void make(int n)
{
    Err e = {0};
    wipe();
    Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
    for (int i = 0; i < n; i++)
        if (!check(db && put_one(db, i, &e))) printf("  %s\n", e.text);
    ledger_close(db);
}

static void test_kinds(void)
{
    Err e;
    wipe();
    refused(LEDGER_READ, ERR_NOTFOUND, "demarche add");
    check(io_write_file(path, S(""), &e));
    refused(LEDGER_READ, ERR_LEDGER, "is empty");
    check(opens(LEDGER_WRITE));
    struct stat s;
    unlink(path);
    check(opens(LEDGER_WRITE) && stat(path, &s) == 0 && (s.st_mode & 0777) == 0600);
    check(opens(LEDGER_READ));
    check(io_write_file(path, S("Dear diary, today the harbour reopened, and nobody was there to see it. It rained and rained."), &e));
    refused(LEDGER_READ, ERR_LEDGER, "not a ledger");
    refused(LEDGER_WRITE, ERR_LEDGER, "not a ledger");
    wipe();
    raw("CREATE TABLE recipes(name TEXT)");
    refused(LEDGER_WRITE, ERR_LEDGER, "another program");
    refused(LEDGER_READ, ERR_LEDGER, "another program");
    raw("INSERT INTO recipes VALUES('soup')");           /* still as it was */
    make(1);
    raw("PRAGMA user_version = 3");
    refused(LEDGER_WRITE, ERR_LEDGER, "newer");
    raw("PRAGMA user_version = 2");
    check(opens(LEDGER_READ));
    snprintf(path, sizeof path, "%s", folder);
    refused(LEDGER_WRITE, ERR_IO, "is a folder");
    snprintf(path, sizeof path, "%s/no/such/x.db", folder);
    refused(LEDGER_WRITE, ERR_IO, "make its folder first");
    snprintf(path, sizeof path, "%s/ledger.db", folder);
}

/* The draft before version 1 lacked some tables; it is brought up to date by whoever opens it, even for reading. */
static void test_older(void)
{
    static const char draft[] = "DROP VIEW corrected; DROP TABLE variant; DROP TABLE correction; PRAGMA user_version = 0;";
    for (LedgerMode mode = LEDGER_READ; mode <= LEDGER_WRITE; mode++) {
        Err e = {0};
        make(5);
        raw(draft);
        Ledger *db = ledger_open(path, mode, &e);
        if (!check(db && ledger_version(db) == LEDGER_VERSION)) printf("  %s\n", e.text);
        ledger_close(db);
        check(bad_ones(LEDGER_WRITE) == 0 && count() == 5);
    }
    static const char one[] =
        "DROP VIEW mention; CREATE VIEW mention AS\n"
        "SELECT e.document, e.idx AS entity, j.key AS idx, json_extract(j.value, '$[0]') AS begin, json_extract(j.value, '$[1]') AS end,\n"
        "       json_extract(j.value, '$[2]') AS kind,\n"
        "       substr(a.text, json_extract(j.value, '$[0]') + 1,\n"
        "              json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')) AS words\n"
        "FROM entity e JOIN article a ON a.document = e.document, json_each(e.mentions) j; PRAGMA user_version = 1;";
    for (LedgerMode mode = LEDGER_READ; mode <= LEDGER_WRITE; mode++) {
        Err e = {0};
        make(3);
        raw(one);
        Ledger *db = ledger_open(path, mode, &e);
        if (!check(db && ledger_version(db) == LEDGER_VERSION)) printf("  %s\n", e.text);
        ledger_close(db);
        raw("SELECT p FROM mention");
        check(bad_ones(LEDGER_WRITE) == 0 && count() == 3);
    }
    make(1);
    raw("PRAGMA user_version = -3");
    refused(LEDGER_WRITE, ERR_LEDGER, "never was");
}

static void test_hostile_schema(void)
{
    make(2);
    raw("CREATE VIEW my_own AS SELECT title FROM document; CREATE INDEX my_index ON document(title)");
    check(opens(LEDGER_READ) && opens(LEDGER_WRITE));
    raw("CREATE TRIGGER evil AFTER INSERT ON document BEGIN INSERT INTO name(name, fold) VALUES('evil', 'evil'); END");
    refused(LEDGER_WRITE, ERR_LEDGER, "trigger 'evil'");
    raw("DROP TRIGGER evil; DROP TRIGGER article_holds");
    refused(LEDGER_READ, ERR_LEDGER, "lacks the trigger");
    make(1);
    raw("DROP TABLE failure; CREATE VIEW failure AS SELECT 1 AS run, 2 AS idx, 'x' AS place, 'y' AS why");
    refused(LEDGER_READ, ERR_LEDGER, "failure");
    make(1);
    raw("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'fold     TEXT NOT NULL', 'fold     TEXT NULL') "
        "WHERE name = 'name'; PRAGMA writable_schema = OFF");
    refused(LEDGER_READ, ERR_LEDGER, "changed table 'name'");
}

static void test_two_writers(void)
{
    Err e = {0};
    make(1);
    setenv("DEMARCHE_WAIT_MS", "60", 1);
    Ledger *a = ledger_open(path, LEDGER_WRITE, &e), *b = ledger_open(path, LEDGER_WRITE, &e);
    check(a && b && ledger_begin(a, &e));
    check(!ledger_begin(b, &e) && e.code == ERR_BUSY && str_find(str_of(e.text), S("run the same command again")) >= 0);
    check(count() == 1);                                 /* readers need not wait */
    check(ledger_commit(a, &e) && ledger_begin(b, &e));
    ledger_rollback(b);
    ledger_close(a);
    ledger_close(b);
    unsetenv("DEMARCHE_WAIT_MS");
}

/* As somebody who may read the file but not write beside it: root may everything, so a child becomes nobody. */
static void test_read_only(void)
{
    make(3);
    char command[320];
    snprintf(command, sizeof command, "chmod 444 '%s' && chmod 555 '%s'", path, folder);
    check(system(command) == 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0) _exit(9);
        Err e = {0};
        LedgerCounts c;
        Ledger *db = ledger_open(path, LEDGER_READ, &e);
        bool ok = db && ledger_counts(db, &test_arena, NULL, &c, &e) && c.documents == 3;
        if (!ok) fprintf(stderr, "  %s\n", e.text);
        ledger_close(db);
        bool refuses = !ledger_open(path, LEDGER_WRITE, &e);
        _exit(ok && refuses ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* A disk that is full: files may not grow beyond a limit. What was committed stays, and a rerun completes it. */
static void test_full_disk(void)
{
    make(3);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        Err e = {0};
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {600 << 10, 600 << 10};
        setrlimit(RLIMIT_FSIZE, &limit);
        Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
        bool ok = db != NULL;
        int i = 3;
        for (; ok && i < 3000; i++) {
            arena_reset(&test_arena);
            ok = put_one(db, i, &e);
        }
        bool said = !ok && e.code == ERR_IO && str_find(str_of(e.text), S("run the same command again")) >= 0;
        if (!said) fprintf(stderr, "  %d: %d %s\n", i, e.code, e.text);
        ledger_rollback(db);
        ledger_close(db);
        _exit(said && i > 4 ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    check(bad_ones(LEDGER_WRITE) == 0 && count() >= 3);
    Err e = {0};
    int64_t before = count();
    Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
    check(db && put_one(db, 5000, &e));
    ledger_close(db);
    check(count() == before + 1);
}

/* Killed at any moment: what is there is whole. */
static void test_killed(void)
{
    make(0);
    for (int round = 0; round < 12; round++) {
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            Err e = {0};
            Ledger *db = ledger_open(path, LEDGER_WRITE, &e);
            for (int i = 0; i < 100000; i++) {
                arena_reset(&test_arena);
                if (!db || !put_one(db, round * 100000 + i, &e)) _exit(1);
            }
            _exit(0);
        }
        usleep(20000 + (useconds_t)(round * 7919 % 40000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        check(bad_ones(LEDGER_WRITE) == 0);
    }
    check(count() > 0);
}

/* Bytes of the file changed at random: an error or a finding or no difference, never a crash. */
static void test_broken_file(void)
{
    IoFile file;
    Err e = {0};
    int found = 0;
    make(12);
    check(io_open(&file, path, 64 << 20, &e));
    for (int round = 0; round < 60; round++) {
        char *bytes = malloc((size_t)file.bytes.n);
        memcpy(bytes, file.bytes.p, (size_t)file.bytes.n);
        for (int n = 1 + below(4); n > 0; n--) bytes[below((int32_t)file.bytes.n)] ^= (char)(1 << below(8));
        Str cut = {bytes, chance(4) ? below((int32_t)file.bytes.n) : file.bytes.n};
        wipe();
        check(io_write_file(path, cut, &e));
        free(bytes);
        Ledger *db = ledger_open(path, LEDGER_READ, &e);
        int64_t documents, n_bad = 0;
        bool ok = db && ledger_verify(db, NULL, NULL, &documents, &n_bad, &e);
        found += !ok || n_bad;
        for (int64_t id = 1; db && id <= 12; id++) {
            Record r;
            arena_reset(&test_arena);
            if (ledger_get(db, &test_arena, id, &r, &e)) check(record_valid(&r, &e));
        }
        ledger_close(db);
    }
    check(found > 10);
    io_close(&file);
}

int main(void)
{
    TEST_BEGIN
    snprintf(folder, sizeof folder, "/tmp/demarche-open-%d", (int)getpid());
    snprintf(path, sizeof path, "%s/ledger.db", folder);
    rng = rng_seed(21);
    test_kinds();
    test_older();
    test_hostile_schema();
    test_two_writers();
    test_read_only();
    test_full_disk();
    test_killed();
    test_broken_file();
    wipe();
    rmdir(folder);
    return test_end();
}
