/* Standard output and error.
**
** Data goes to standard output through one buffer, in large writes, by one thread; everything else goes to standard
** error, a line a write, from any thread. A full disk is noticed at the write that meets it and reported by io_flush; a
** reader who has seen enough (demarche said | head) closes the pipe, and that is no error.
**
** Always: after the first failure nothing more is written and io_out says false, so that a long run can end early.
** Notes may quote strangers' file names: their control characters become '?'.
** DEMARCHE_FAIL_WRITE=n makes the n-th write(2) of the process that comes through here fail as a full disk would
** (standard error is not counted).
*/
#include "base/inside.h"
#include "base/io.h"
#include "base/io_inside.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { OUT_CAP = 64 << 10 };

static struct {
    char bytes[OUT_CAP];
    ptrdiff_t n;
    int why;                                              /* errno of the first failure, or 0 */
    bool is_ready;
} out;

/* ---- write(2) --------------------------------------------------------------------------------------------- */

static bool is_made_to_fail(void)
{
    static atomic_long left = -1;                        /* writes until the failing one; -1: not asked yet; 0: never */
    long n = atomic_load(&left);
    if (n < 0) {
        const char *z = getenv("DEMARCHE_FAIL_WRITE");
        long asked = z ? strtol(z, NULL, 10) : 0;
        if (asked < 0) asked = 0;
        atomic_compare_exchange_strong(&left, &n, asked);
        n = atomic_load(&left);
    }
    while (n > 0)
        if (atomic_compare_exchange_weak(&left, &n, n - 1)) return n == 1;
    return false;
}

bool io_put_all(int fd, Str bytes)
{
    while (bytes.n > 0) {
        ssize_t done = -1;
        if (is_made_to_fail()) errno = ENOSPC;
        else done = write(fd, bytes.p, (size_t)bytes.n);
        if (done < 0 && errno == EAGAIN) poll(&(struct pollfd){fd, POLLOUT, 0}, 1, -1);
        else if (done < 0 && errno != EINTR) return false;
        if (done > 0) bytes = str_sub(bytes, done, bytes.n);
    }
    return true;
}

/* ---- standard output -------------------------------------------------------------------------------------- */

static bool out_put(Str bytes)
{
    if (!out.is_ready) signal(SIGPIPE, SIG_IGN), out.is_ready = true;
    if (!out.why && !io_put_all(STDOUT_FILENO, bytes)) out.why = errno;
    return !out.why;
}

static bool out_drain(void)
{
    Str bytes = {out.bytes, out.n};
    out.n = 0;
    return out_put(bytes);
}

bool io_out(Str bytes)
{
    if (out.why) return false;
    if (bytes.n > OUT_CAP - out.n && !out_drain()) return false;
    if (bytes.n >= OUT_CAP) return out_put(bytes);
    if (bytes.n > 0) memcpy(out.bytes + out.n, bytes.p, (size_t)bytes.n);
    out.n += bytes.n;
    return true;
}

bool io_flush(Err *e)
{
    if (!out.why) out_drain();
    out.n = 0;
    if (!out.why || out.why == EPIPE) return true;
    return fail(e, ERR_IO, "cannot write standard output: %s", io_reason(out.why));
}

bool io_out_closed(void)
{
    return out.why == EPIPE;
}

/* ---- standard error --------------------------------------------------------------------------------------- */

static atomic_bool has_progress;                          /* a line stands there that the next one overwrites */

static void note_put(const char *p, ptrdiff_t n)
{
    while (n > 0) {
        ssize_t done = write(STDERR_FILENO, p, (size_t)n);
        if (done < 0 && errno != EINTR) return;           /* nobody is left to be told */
        if (done > 0) p += done, n -= done;
    }
}

enum { NOTE_CAP = 4096 };

/* Tame text of at most NOTE_CAP - 16 bytes at `to`; gives its length. */
static ptrdiff_t note_text(char *to, const char *format, va_list with)
{
    int n = text_vprintf(to, NOTE_CAP - 16, format, with);
    if (n < 0) n = 0;
    if (n >= NOTE_CAP - 16) n = NOTE_CAP - 17;
    while (n > 0 && to[n - 1] == '\n') n--;
    return text_tame(to, n);
}

void io_note(const char *format, ...)
{
    static const char clear[] = "\r\x1b[K";
    char line[NOTE_CAP];
    ptrdiff_t n = 0;
    va_list with;
    if (atomic_exchange(&has_progress, false)) memcpy(line, clear, sizeof clear - 1), n = sizeof clear - 1;
    va_start(with, format);
    n += note_text(line + n, format, with);
    va_end(with);
    line[n++] = '\n';
    note_put(line, n);
}

void io_progress(const char *format, ...)
{
    char line[NOTE_CAP] = "\r";
    va_list with;
    if (!io_err_is_terminal()) return;
    va_start(with, format);
    ptrdiff_t n = 1 + note_text(line + 1, format, with);
    va_end(with);
    memcpy(line + n, "\x1b[K", 3);
    note_put(line, n + 3);
    atomic_store(&has_progress, true);
}

/* ---- the terminal ----------------------------------------------------------------------------------------- */

bool io_out_is_terminal(void) { return isatty(STDOUT_FILENO) == 1; }
bool io_err_is_terminal(void) { return isatty(STDERR_FILENO) == 1; }

int io_width(void)
{
    enum { WIDTH_USUAL = 100, WIDTH_MAX = 10000 };
    struct winsize size = {0};
    const char *columns = getenv("COLUMNS");
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    long n = columns ? strtol(columns, NULL, 10) : 0;
    return n > 0 && n <= WIDTH_MAX ? (int)n : WIDTH_USUAL;
}

static bool is_set(const char *name)
{
    const char *z = getenv(name);
    return z && *z;
}

bool io_wants_colour(void)
{
    const char *force = getenv("CLICOLOR_FORCE"), *terminal = getenv("TERM");
    if (force && *force && strcmp(force, "0")) return true;
    return !is_set("NO_COLOR") && io_out_is_terminal() && !(terminal && !strcmp(terminal, "dumb"));
}
