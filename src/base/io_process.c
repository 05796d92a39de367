/* Processes: another program reads what we cannot, without a shell, a file or a network of ours.
**
** The input is handed over as a file in memory that is the program's standard input; what it writes goes into two more.
** A stranger's file may make the program run for ever, eat the memory or write without end, so time, memory and output
** are limited by the kernel, and it is killed when its time is over or Ctrl-C comes.
**
**  in:  {"pdftotext", "-", "-"}, the bytes of a PDF, 60 seconds
**  out: its text, what it complained of, and how it ended
**
** Always: when io_run returns, the child is gone; io_run_close is fine for a run that failed.
*/
#include "base/io.h"
#include "base/io_inside.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MEMORY_MAX_MIB = 2048, NOT_THERE = 127 };         /* as shells say it */

static void limit(int what, rlim_t most)
{
    struct rlimit l = {most, most};
    setrlimit(what, &l);
}

/* Only what is safe between fork and exec in a program with threads. */
static _Noreturn void become(const char *const *argv, const int fd[3], int64_t out_max, int seconds)
{
    for (int i = 0; i < 3; i++)
        if (dup2(fd[i], i) < 0) _exit(NOT_THERE);
    limit(RLIMIT_CPU, (rlim_t)seconds + 1);
    limit(RLIMIT_AS, (rlim_t)MEMORY_MAX_MIB << 20);
    limit(RLIMIT_FSIZE, (rlim_t)out_max);
    limit(RLIMIT_CORE, 0);
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);                                       /* Ctrl-C is ours to hear */
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(NOT_THERE);
}

/* Looks often at first: most are done in some milliseconds. */
static bool wait_for(pid_t child, int seconds, int *status, Err *e)
{
    double until = io_seconds() + seconds;
    for (long pause = 500000;; pause = pause < 20000000 ? pause * 2 : pause) {
        pid_t done = waitpid(child, status, WNOHANG);
        if (done == child) return true;
        bool is_late = io_seconds() > until;
        if (is_late || io_stop || (done < 0 && errno != EINTR)) {
            kill(child, SIGKILL);
            while (waitpid(child, status, 0) < 0 && errno == EINTR) continue;
            if (io_stop) return fail(e, ERR_INTERRUPTED, "stopped while another program was reading it");
            return fail(e, ERR_LIMIT, "takes more than %d seconds", seconds);
        }
        nanosleep(&(struct timespec){0, pause}, NULL);
    }
}

static int64_t file_bytes(int fd)
{
    struct stat st;
    return fd >= 0 && !fstat(fd, &st) ? (int64_t)st.st_size : 0;
}

bool io_run(IoRun *r, const char *const *argv, Str input, int64_t out_max, int seconds, Err *e)
{
    *r = (IoRun){.out = -1, .complaint = -1};
    int in = memfd_create("input", MFD_CLOEXEC);
    r->out = memfd_create("output", MFD_CLOEXEC);
    r->complaint = memfd_create("complaint", MFD_CLOEXEC);
    bool ok = in >= 0 && r->out >= 0 && r->complaint >= 0 && io_put_all(in, input) && lseek(in, 0, SEEK_SET) == 0;
    pid_t child = ok ? fork() : -1;
    if (child == 0) become(argv, (int[]){in, r->out, r->complaint}, out_max, seconds);
    if (child < 0) fail(e, ERR_IO, "%s cannot be started: %s", argv[0], io_reason(errno));
    if (in >= 0) close(in);
    int status = 0;
    if (child < 0 || !wait_for(child, seconds, &status, e)) return false;
    r->n = file_bytes(r->out);
    r->is_missing = WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE;
    r->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    r->is_too_long = WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ;
    return true;
}

ptrdiff_t io_run_read(const IoRun *r, bool complaint, char *to, ptrdiff_t n)
{
    ptrdiff_t done = 0;
    while (done < n) {
        ssize_t got = pread(complaint ? r->complaint : r->out, to + done, (size_t)(n - done), (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        done += got;
    }
    return done;
}

void io_run_close(IoRun *r)
{
    if (r->out >= 0) close(r->out);
    if (r->complaint >= 0) close(r->complaint);
    r->out = r->complaint = -1;
}
