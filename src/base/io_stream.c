/* Streams: strangers' files and pipes, read piece by piece.
**
** A mapped file that somebody shortens kills the program that looks at it (SIGBUS), and a pipe cannot be mapped at
** all. So what users give us to read is read(2), never mapped; it is copied into the document's arena anyway.
**
**  in:  "-", while somebody types, or a pipe that is quiet for an hour
**  out: the bytes as they come; Ctrl-C is heard within a fifth of a second, although another thread got the signal
**
** Always: a stream that is open has fd >= 0 and is closed once; standard input is never closed.
*/
#include "base/io.h"
#include "base/io_inside.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { POLL_MS = 200 };               /* how long Ctrl-C may go unheard on a quiet pipe; people notice 0.25 s */

int64_t io_size(const char *path)
{
    struct stat st;
    return !stat(path, &st) && S_ISREG(st.st_mode) ? (int64_t)st.st_size : -1;
}

bool io_identity(const char *path, IoIdentity *id)
{
    struct stat st;
    if (stat(path, &st)) return false;
    *id = (IoIdentity){(uint64_t)st.st_dev, (uint64_t)st.st_ino};
    return true;
}

bool io_stream_open(IoStream *s, const char *path, const atomic_bool *stop, Err *e)
{
    *s = (IoStream){.fd = -1, .stop = stop};
    if (!strcmp(path, "-")) {
        s->fd = STDIN_FILENO;
        return true;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);   /* no waiting for a pipe's writer */
    if (fd < 0) return fail(e, ERR_INPUT, "cannot be opened: %s", io_reason(errno));
    struct stat st;
    if (!fstat(fd, &st) && S_ISDIR(st.st_mode)) {
        close(fd);
        return fail(e, ERR_INPUT, "is a folder where a file is expected");
    }
    s->fd = fd;
    return true;
}

ptrdiff_t io_stream_read(IoStream *s, char *to, ptrdiff_t n, Err *e)
{
    for (;;) {
        if (io_stop || (s->stop && atomic_load(s->stop))) {
            fail(e, ERR_INTERRUPTED, "stopped while reading");
            return -1;
        }
        struct pollfd ready = {.fd = s->fd, .events = POLLIN};
        int is_ready = poll(&ready, 1, POLL_MS);                       /* files are always ready */
        if (is_ready == 0 || (is_ready < 0 && errno == EINTR)) continue;
        ssize_t got = read(s->fd, to, (size_t)n);
        if (got >= 0) return got;
        if (errno != EINTR && errno != EAGAIN) {
            fail(e, ERR_INPUT, "cannot be read: %s", io_reason(errno));
            return -1;
        }
    }
}

void io_stream_close(IoStream *s)
{
    if (s->fd > STDIN_FILENO) close(s->fd);
    s->fd = -1;
}
