/* Files, folders, output and signals: what goes right, and every way it goes wrong that we can bring about here. */
#include "base/io.h"
#include "test.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/demarche-io-XXXXXX";

static const char *in_folder(const char *name)
{
    return arena_printf(&test_arena, "%s/%s", folder, name).p;
}

static void put(const char *path, Str bytes)
{
    FILE *f = fopen(path, "wb");
    if (!check(f != NULL)) return;
    check(fwrite(bytes.p ? bytes.p : "", 1, (size_t)bytes.n, f) == (size_t)bytes.n);
    fclose(f);
}

static Str get(const char *path)
{
    IoFile f;
    Err e = {0};
    if (!io_open(&f, path, 1 << 30, &e)) return arena_printf(&test_arena, "! %s", e.text);
    Str copy = arena_str(&test_arena, f.bytes);
    io_close(&f);
    io_close(&f);                                         /* twice is no harm */
    return copy;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

static void files_are_opened(void)
{
    const char *path = in_folder("a.txt");
    Err e = {0};
    IoFile f;
    put(path, S("Minister Ito\n"));
    check_str(get(path), S("Minister Ito\n"));
    check(io_open(&f, path, 13, &e));                     /* exactly as much as is allowed */
    io_close(&f);
    check(!io_open(&f, path, 12, &e) && e.code == ERR_LIMIT && f.bytes.n == 0);
    check(str_ends(str_of(e.text), S("is 13 bytes, at most 12 are read at once; split it, or raise the limit")));
    put(path, S(""));
    check(io_open(&f, path, 0, &e) && f.bytes.n == 0);
    io_close(&f);
    check_str(get("/dev/null"), S(""));
    check(str_starts(get("/proc/self/status"), S("Name:")));   /* a regular file that says it is empty */
}

static void giants_are_mapped(void)
{
    enum { N = (16 << 20) + 4097 };
    const char *path = in_folder("giant");
    char *bytes = malloc(N);
    for (int i = 0; i < N; i++) bytes[i] = (char)(i * 2654435761u >> 24);
    put(path, (Str){bytes, N});
    IoFile f;
    check(io_open(&f, path, N, NULL) && f.mapped == N && memcmp(f.bytes.p, bytes, N) == 0);
    io_close(&f);
    put(path, (Str){bytes, 16 << 20});
    check(io_open(&f, path, N, NULL) && f.mapped == 0 && f.bytes.n == 16 << 20);
    check(memcmp(f.bytes.p, bytes, 16 << 20) == 0);
    io_close(&f);
    free(bytes);
    unlink(path);
}

static void failures_name_the_remedy(void)
{
    Err e;
    IoFile f;
    check(!io_open(&f, "no/such/file", 9, &e) && e.code == ERR_IO);
    check_str(str_of(e.text), S("cannot open 'no/such/file': there is no such file or folder; check the name"));
    check(!io_open(&f, "/tmp", 9, &e));
    check_str(str_of(e.text), S("cannot read '/tmp': it is a folder, and a file is wanted"));
    put(in_folder("plain"), S("x"));
    check(!io_open(&f, in_folder("plain/below"), 9, &e));
    check(str_ends(str_of(e.text), S("a part of the path is no folder; check the name")));
    char wide[5000];
    memset(wide, 'x', sizeof wide - 1), wide[sizeof wide - 1] = 0;
    check(!io_open(&f, wide, 9, &e) && e.code == ERR_IO);
    if (geteuid() == 0) return;                           /* root may read everything */
    chmod(in_folder("plain"), 0);
    check(!io_open(&f, in_folder("plain"), 9, &e)
          && str_ends(str_of(e.text), S("permission is denied; ask its owner, or change its mode with chmod")));
}

/* A child writes `n` bytes in odd pieces into the pipe that we read as standard input. */
static void pipe_of(int n, ptrdiff_t max)
{
    int ends[2], before = dup(0);
    if (!check(pipe(ends) == 0)) return;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (int i = 0; i < n; i += 777) {
            char piece[777];
            int m = n - i < 777 ? n - i : 777;
            for (int j = 0; j < m; j++) piece[j] = (char)(i + j);
            if (write(ends[1], piece, (size_t)m) != m) break;
        }
        _exit(0);
    }
    close(ends[1]);
    dup2(ends[0], 0);
    close(ends[0]);
    IoFile f;
    Err e = {0};
    bool ok = io_open(&f, "-", max, &e);
    check(ok == (n <= max));
    int wrong = ok && f.bytes.n != n;
    for (ptrdiff_t i = 0; ok && i < f.bytes.n; i++) wrong += f.bytes.p[i] != (char)i;
    check(wrong == 0);
    if (!ok) check(e.code == ERR_LIMIT && str_starts(str_of(e.text), S("'standard input' is longer than")));
    io_close(&f);
    dup2(before, 0);
    close(before);
    waitpid(child, NULL, 0);
}

static void pipes_are_read(void)
{
    signal(SIGPIPE, SIG_IGN);
    pipe_of(0, 0);
    pipe_of(1, 1);
    pipe_of(100000, 100000);
    pipe_of(100001, 100000);
    pipe_of(65536, 1 << 20);
    pipe_of(1000000, PTRDIFF_MAX);
}

/* ---- folders ------------------------------------------------------------------------------------------------- */

static void folders_are_listed(void)
{
    static const char *const names[] = {"b", "B", "a10", "a9", "\xC3\xA9", ".hidden", "a"};
    const char *path = in_folder("list");
    Strs found;
    Err e = {0};
    Buf b = {.to = &test_arena};
    check(mkdir(path, 0700) == 0 && io_list(&test_arena, path, &found, &e) && found.n == 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        put(arena_printf(&test_arena, "%s/%s", path, names[i]).p, S("x"));
    check(io_list(&test_arena, path, &found, &e));
    for (int32_t i = 0; i < found.n; i++) buf_printf(&b, "%.*s ", STR(found.v[i]));
    check_str(buf_str(&b), S(".hidden B a a10 a9 b \xC3\xA9 "));
    check(!io_list(&test_arena, "no/such", &found, &e) && e.code == ERR_IO && found.n == 0);
    check_str(str_of(e.text), S("cannot list the folder 'no/such': there is no such file or folder; check the name"));
    b = (Buf){.to = &test_arena};
    check(io_glob(&test_arena, arena_printf(&test_arena, "%s/[aB]*", path).p, &found));
    for (int32_t i = 0; i < found.n; i++)
        buf_printf(&b, "%.*s ", STR(str_sub(found.v[i], (ptrdiff_t)strlen(path) + 1, 99)));
    check_str(buf_str(&b), S("B a a10 a9 "));
    check(!io_glob(&test_arena, "/no/such/*", &found) && found.n == 0);
    check(io_kind(path) == IO_FOLDER && io_kind(in_folder("list/a")) == IO_FILE && io_kind("/no/such") == IO_NONE
          && io_kind("/dev/null") == IO_OTHER);
}

static jmp_buf spent;
static Arena small;

static bool lists_until_spent(int n)
{
    Strs found;
    arena_reset(&small);
    small.landing = &spent;
    arena_fail_after = n;
    if (setjmp(spent)) return false;
    io_list(&small, folder, &found, NULL);
    io_glob(&small, "/usr/include/*.h", &found);
    arena_fail_after = -1;
    return true;
}

static void spent_arena_leaks_no_descriptor(void)
{
    int before = open("/dev/null", O_RDONLY), n = 1;
    close(before);
    while (!lists_until_spent(n)) n++;
    int after = open("/dev/null", O_RDONLY);
    check(n > 5 && before == after);
    close(after);
    arena_close(&small);
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static int entries(const char *path)
{
    Strs found;
    return io_list(&test_arena, path, &found, NULL) ? found.n : -1;
}

static void files_are_written_whole(void)
{
    const char *path = in_folder("out"), *link = in_folder("link");
    struct stat s;
    Err e = {0};
    int before = entries(folder);
    check(io_write_file(path, S("first"), &e));
    check_str(get(path), S("first"));
    check(chmod(path, 0640) == 0 && io_write_file(path, S("second\0!"), &e));
    check_str(get(path), S("second\0!"));
    check(stat(path, &s) == 0 && (s.st_mode & 0777) == 0640);
    check(symlink(path, link) == 0 && io_write_file(link, S("third"), &e));
    check(lstat(link, &s) == 0 && S_ISLNK(s.st_mode));    /* the link stays one, */
    check_str(get(path), S("third"));                     /* the file behind it is new */
    check(io_write_file(path, (Str){0}, &e));
    check_str(get(path), S(""));
    check(io_write_file("/dev/null", S("gone"), &e) && io_kind("/dev/null") == IO_OTHER);
    check(!io_write_file(folder, S("x"), &e) && e.code == ERR_IO);
    check(!io_write_file("/no/such/folder/file", S("x"), &e));
    check_str(str_of(e.text),
              S("cannot write '/no/such/folder/file': there is no such file or folder; check the name"));
    check(entries(folder) == before + 2);                 /* no temporary file is left */
}

/* Runs `what` in a child whose standard output goes to `path` and whose third write(2) finds the disk full. */
static int in_child(int (*what)(void), const char *path, const char *fail_write)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
        if (fd >= 0) dup2(fd, 1);
        if (fail_write) setenv("DEMARCHE_FAIL_WRITE", fail_write, 1);
        _exit(what());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int write_much(void)
{
    Err e = {0};
    char line[1000];
    memset(line, 'x', sizeof line);
    int n = 0;
    while (n < 1000 && io_out((Str){line, sizeof line})) n++;
    if (io_flush(&e)) return n == 1000 ? 0 : io_out_closed() ? 9 : 1;
    if (io_out(S("more")) || io_flush(NULL)) return 2;
    return strstr(e.text, "cannot write standard output: the disk is full") && e.code == ERR_IO ? 3 : 4;
}

static int write_giant(void)
{
    static char giant[300000];
    memset(giant, 'g', sizeof giant);
    return io_out(S("head ")) && io_out((Str){giant, sizeof giant}) && io_out(S(" tail")) && io_flush(NULL) ? 0 : 1;
}

static int write_to_nobody(void)
{
    int ends[2];
    if (pipe(ends)) return 50;
    close(ends[0]);
    dup2(ends[1], 1);
    return write_much();
}

static int write_file_fails(void)
{
    Err e = {0};
    if (io_write_file(in_folder("whole"), S("new"), &e)) return 1;
    return strstr(e.text, "the disk is full") && e.code == ERR_IO ? 3 : 4;
}

static void output_notices(void)
{
    const char *path = in_folder("stdout");
    check(in_child(write_much, path, NULL) == 0 && get(path).n == 1000000);
    check(in_child(write_much, path, "3") == 3 && get(path).n > 0 && get(path).n < 140000);
    check(in_child(write_much, path, "1") == 3 && get(path).n == 0);
    check(in_child(write_much, "/dev/full", NULL) == 3);
    check(in_child(write_to_nobody, NULL, NULL) == 9);
    check(in_child(write_giant, path, NULL) == 0 && get(path).n == 300010 && str_ends(get(path), S("g tail")));
    put(in_folder("whole"), S("old"));
    int before = entries(folder);
    check(in_child(write_file_fails, NULL, "1") == 3);
    check_str(get(in_folder("whole")), S("old"));
    check(entries(folder) == before);
}

static int notes(void)
{
    int fd = open(in_folder("stderr"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, 2);
    char wide[9000];
    memset(wide, 'n', sizeof wide - 1), wide[sizeof wide - 1] = 0;
    io_progress("not on a file");
    io_note("one %d", 1);
    io_note("two\n");
    io_note("a\x1b[2Jb");
    io_note("%s", wide);
    return 0;
}

static void notes_are_tame_lines(void)
{
    check(in_child(notes, NULL, NULL) == 0);
    Str got = get(in_folder("stderr"));
    check_str(str_sub(got, 0, 18), S("one 1\ntwo\na?[2Jb\nn"));
    check(got.n > 3000 && got.n < 4200 && str_ends(got, S("n\n")));
}

/* ---- the system ------------------------------------------------------------------------------------------------ */

static void today(void)
{
    Date d;
    setenv("DEMARCHE_NOW", "2025-03-18T09:30:00Z", 1);
    check_str(io_today(&test_arena), S("2025-03-18T09:30:00Z"));
    setenv("DEMARCHE_NOW", "2025-03-18", 1);
    check_str(io_today(&test_arena), S("2025-03-18T00:00:00Z"));
    unsetenv("DEMARCHE_NOW");
    check(date_parse(io_today(&test_arena), &d) && d.year >= 2024 && io_today(&test_arena).n == 20);
    double before = io_seconds();
    check(io_seconds() >= before && io_cores() >= 1 && io_memory_peak() > 100000);
}

static int interrupted(void)
{
    int ends[2];
    IoFile f;
    Err e = {0};
    if (pipe(ends)) return 50;
    dup2(ends[0], 0);                                     /* nobody will write */
    signal(SIGINT, SIG_DFL);                              /* whoever starts us in the background has it ignored */
    io_catch_signals();
    pid_t self = getpid(), child = fork();
    if (child == 0) {
        usleep(20000);
        kill(self, SIGINT);
        _exit(0);
    }
    if (io_open(&f, "-", 100, &e) || e.code != ERR_INTERRUPTED || io_stop != SIGINT) return 1;
    raise(SIGTERM);                                       /* the second one kills */
    return 2;
}

static void signals_stop(void)
{
    check(in_child(interrupted, NULL, NULL) == 100 + SIGTERM);
}

static void terminal(void)
{
    setenv("COLUMNS", "72", 1);
    setenv("CLICOLOR_FORCE", "1", 1);
    check(io_wants_colour());
    setenv("CLICOLOR_FORCE", "0", 1);
    setenv("NO_COLOR", "1", 1);
    check(!io_wants_colour());
    if (!io_out_is_terminal()) check(io_width() == 72);
    setenv("COLUMNS", "-3", 1);
    if (!io_out_is_terminal()) check(io_width() == 100);
}

int main(void)
{
    TEST_BEGIN
    if (!mkdtemp(folder)) return 1;
    test_arena.budget = 1 << 30;
    output_notices();                                     /* first: DEMARCHE_FAIL_WRITE is read at the first write */
    files_are_opened();
    giants_are_mapped();
    failures_name_the_remedy();
    pipes_are_read();
    folders_are_listed();
    spent_arena_leaks_no_descriptor();
    files_are_written_whole();
    notes_are_tame_lines();
    today();
    signals_stop();
    terminal();
    if (system(arena_printf(&test_arena, "rm -rf %s", folder).p)) return 1;
    return test_end();
}
