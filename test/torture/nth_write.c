/* Preloaded into a program: its n-th write, sync or change of a file's size fails as on a full disk (FAIL_NTH=n).
**
** Standard error is not counted, so that the message can be read. What SQLite does for the ledger comes through here;
** the program's own output has a switch of its own (DEMARCHE_FAIL_WRITE, base/io.h). When the fault was given, the
** file named by FAIL_MARK is made, so that the script knows when n has passed the last write.
*/
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long count;

static int fails(int fd)
{
    const char *nth = getenv("FAIL_NTH"), *mark = getenv("FAIL_MARK");
    if (fd == STDERR_FILENO || !nth || atomic_fetch_add(&count, 1) + 1 != atol(nth)) return 0;
    if (mark) close(open(mark, O_CREAT | O_WRONLY, 0644));
    errno = ENOSPC;
    return 1;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, #name))
#define EXPORT __attribute__((visibility("default")))

EXPORT ssize_t write(int fd, const void *p, size_t n)
{
    return fails(fd) ? -1 : REAL(write, ssize_t (*)(int, const void *, size_t))(fd, p, n);
}
EXPORT ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    return fails(fd) ? -1 : REAL(pwrite, ssize_t (*)(int, const void *, size_t, off_t))(fd, p, n, at);
}
EXPORT ssize_t pwrite64(int fd, const void *p, size_t n, off_t at)
{
    return fails(fd) ? -1 : REAL(pwrite64, ssize_t (*)(int, const void *, size_t, off_t))(fd, p, n, at);
}
EXPORT int fsync(int fd) { return fails(fd) ? -1 : REAL(fsync, int (*)(int))(fd); }
EXPORT int fdatasync(int fd) { return fails(fd) ? -1 : REAL(fdatasync, int (*)(int))(fd); }
EXPORT int ftruncate(int fd, off_t n) { return fails(fd) ? -1 : REAL(ftruncate, int (*)(int, off_t))(fd, n); }
EXPORT int ftruncate64(int fd, off_t n) { return fails(fd) ? -1 : REAL(ftruncate64, int (*)(int, off_t))(fd, n); }
EXPORT int fallocate(int fd, int mode, off_t at, off_t n)
{
    return fails(fd) ? -1 : REAL(fallocate, int (*)(int, int, off_t, off_t))(fd, mode, at, n);
}
