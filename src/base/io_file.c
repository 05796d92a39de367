/* Files: opened whole, listed in order, written whole or not at all.
**
** io_open gives the bytes of a file as a view. Up to READ_MAX they are read into memory, longer ones are mapped. A
** mapped file that another program cuts short while we read it kills us with SIGBUS; that is the price of not copying
** a 2 GB archive, and news articles are far below READ_MAX. Pipes, devices and "-" are read to their end, and no
** further than max. io_map maps whatever the length: for what is used in place (models).
**
** Always: a failure says which file, what is wrong and what to do about it. Nothing of the operating system is held
** while an arena allocates (arena_try, then arena_land): a jump leaks no descriptor.
** Listings are sorted by bytes, whatever the file system or locale thinks.
*/
#include "base/inside.h"
#include "base/io.h"
#include "base/io_inside.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_MAX = 16 << 20, READ_STEP = 64 << 10 };

/* ---- reasons ---------------------------------------------------------------------------------------------- */

static const struct { int code; const char *what; } reasons[] = {
    {ENOENT, "there is no such file or folder; check the name"},
    {EACCES, "permission is denied; ask its owner, or change its mode with chmod"},
    {EPERM, "this is not permitted; ask its owner"},
    {EISDIR, "it is a folder, and a file is wanted"},
    {ENOTDIR, "a part of the path is no folder; check the name"},
    {ENAMETOOLONG, "the name is too long"},
    {ELOOP, "its symbolic links lead in a circle"},
    {EMFILE, "too many files are open; raise the limit with ulimit -n"},
    {ENFILE, "the system has too many open files; try again later"},
    {ENOMEM, "memory is out"},
    {ENOSPC, "the disk is full; free some space"},
    {EDQUOT, "your disk quota is used up; free some space"},
    {EFBIG, "the file would become too large for its disk or for ulimit -f"},
    {EROFS, "the disk is read-only; choose another place"},
    {EIO, "the disk reports an error; see dmesg"},
    {ENXIO, "nobody is at the other end of it"},
    {ETXTBSY, "it is a program that is running now"},
};

const char *io_reason(int code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].code == code) return reasons[i].what;
    return strerrordesc_np(code) ? strerrordesc_np(code) : "the system gives no reason";
}

static const char *spoken_name(const char *path)
{
    return strcmp(path, "-") ? path : "standard input";
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

static bool too_long(const char *path, ptrdiff_t max, Err *e)
{
    return fail(e, ERR_LIMIT, "'%s' is longer than %td bytes, the most that is read at once; split it, or raise "
                "the limit", spoken_name(path), max);
}

/* To the end, in pieces; `hint` is the length to expect. */
static bool read_whole(int fd, IoFile *f, const char *path, ptrdiff_t max, ptrdiff_t hint, Err *e)
{
    char *p = NULL;
    ptrdiff_t n = 0, cap = 0;
    for (;;) {
        if (n == cap) {
            ptrdiff_t more = cap ? cap + cap / 2 : (hint > READ_STEP ? hint : READ_STEP);
            if (more > max) more = max < PTRDIFF_MAX ? max + 1 : max;  /* one byte more tells that it is too long */
            char *wider = more > cap ? realloc(p, (size_t)more) : NULL;
            if (!wider) {
                free(p);
                return fail(e, ERR_MEMORY, "reading '%s': memory is out after %td bytes", spoken_name(path), n);
            }
            p = wider;
            cap = more;
        }
        ssize_t got = read(fd, p + n, (size_t)(cap - n));
        if (got == 0) break;
        if (got < 0 && errno == EINTR && !io_stop) continue;
        if (got < 0) {
            int why = errno;
            free(p);
            return why == EINTR ? fail(e, ERR_INTERRUPTED, "reading '%s' was interrupted", spoken_name(path))
                                : fail(e, ERR_IO, "cannot read '%s': %s", spoken_name(path), io_reason(why));
        }
        n += got;
        if (n > max) {
            free(p);
            return too_long(path, max, e);
        }
    }
    *f = (IoFile){.bytes = {p, n}, .map = p};
    return true;
}

static bool map_whole(int fd, IoFile *f, const char *path, ptrdiff_t size, Err *e)
{
    void *p = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED) return fail(e, ERR_IO, "cannot map '%s' into memory: %s", path, io_reason(errno));
    *f = (IoFile){.bytes = {p, size}, .map = p, .mapped = size};
    return true;
}

static bool open_whole(int fd, IoFile *f, const char *path, ptrdiff_t max, Err *e)
{
    struct stat s;
    if (fstat(fd, &s) != 0) return fail(e, ERR_IO, "cannot look at '%s': %s", spoken_name(path), io_reason(errno));
    if (S_ISDIR(s.st_mode)) return fail(e, ERR_IO, "cannot read '%s': %s", path, io_reason(EISDIR));
    if (S_ISREG(s.st_mode) && s.st_size > max)
        return fail(e, ERR_LIMIT, "'%s' is %jd bytes, at most %td are read at once; split it, or raise the limit",
                    spoken_name(path), (intmax_t)s.st_size, max);
    if (S_ISREG(s.st_mode) && s.st_size > READ_MAX && lseek(fd, 0, SEEK_CUR) == 0)
        return map_whole(fd, f, path, (ptrdiff_t)s.st_size, e);
    return read_whole(fd, f, path, max, S_ISREG(s.st_mode) ? (ptrdiff_t)s.st_size + 1 : 0, e);
}

static int open_plain(const char *path, int how, Err *e)
{
    int fd;
    do fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | how);
    while (fd < 0 && errno == EINTR && !io_stop);
    if (fd < 0 && errno == EINTR) fail(e, ERR_INTERRUPTED, "opening '%s' was interrupted", path);
    else if (fd < 0) fail(e, ERR_IO, "cannot open '%s': %s", path, io_reason(errno));
    return fd;
}

bool io_open(IoFile *f, const char *path, ptrdiff_t max, Err *e)
{
    *f = (IoFile){0};
    if (strcmp(path, "-") == 0) return open_whole(STDIN_FILENO, f, path, max, e);
    int fd = open_plain(path, 0, e);
    if (fd < 0) return false;
    bool ok = open_whole(fd, f, path, max, e);
    close(fd);
    return ok;
}

static bool map_plain(int fd, IoFile *f, const char *path, ptrdiff_t max, Err *e)
{
    struct stat s;
    if (fstat(fd, &s) != 0) return fail(e, ERR_IO, "cannot look at '%s': %s", path, io_reason(errno));
    if (S_ISDIR(s.st_mode)) return fail(e, ERR_IO, "cannot read '%s': %s", path, io_reason(EISDIR));
    if (!S_ISREG(s.st_mode))
        return fail(e, ERR_IO, "cannot map '%s' into memory: it is no plain file; save it in one first", path);
    if (s.st_size > max) return fail(e, ERR_LIMIT, "'%s' is %jd bytes, at most %td are read", path, (intmax_t)s.st_size, max);
    return s.st_size == 0 || map_whole(fd, f, path, (ptrdiff_t)s.st_size, e);
}

/* Without waiting: a pipe that nobody writes to is refused, not waited for. */
bool io_map(IoFile *f, const char *path, ptrdiff_t max, Err *e)
{
    *f = (IoFile){0};
    int fd = open_plain(path, O_NONBLOCK, e);
    if (fd < 0) return false;
    bool ok = map_plain(fd, f, path, max, e);
    close(fd);
    return ok;
}

void io_close(IoFile *f)
{
    if (f->mapped) munmap(f->map, (size_t)f->mapped);
    else free(f->map);
    *f = (IoFile){0};
}

/* ---- looking around --------------------------------------------------------------------------------------- */

IoKind io_kind(const char *path)
{
    struct stat s;
    if (stat(path, &s) != 0) return IO_NONE;
    return S_ISREG(s.st_mode) ? IO_FILE : S_ISDIR(s.st_mode) ? IO_FOLDER : IO_OTHER;
}

/* One name more, or false when the arena is spent. */
static bool add_name(Arena *to, Strs *names, const char *name)
{
    ptrdiff_t n = (ptrdiff_t)strlen(name);
    if (names->n == names->cap) {
        int32_t cap = names->cap ? names->cap * 2 : 64;
        Str *v = names->cap > INT32_MAX / 4 ? NULL : arena_try(to, (ptrdiff_t)sizeof *v * cap, _Alignof(Str));
        if (!v) return false;
        if (names->n > 0) memcpy(v, names->v, sizeof *v * (size_t)names->n);
        names->v = v;
        names->cap = cap;
    }
    char *p = arena_try(to, n + 1, 1);
    if (!p) return false;
    names->v[names->n++] = (Str){memcpy(p, name, (size_t)n + 1), n};
    return true;
}

static void sort_names(Strs *names)
{
    if (names->n > 1) qsort(names->v, (size_t)names->n, sizeof *names->v, str_cmp_void);
}

bool io_list(Arena *to, const char *folder, Strs *names, Err *e)
{
    *names = (Strs){0};
    DIR *d = opendir(folder);
    if (!d) return fail(e, ERR_IO, "cannot list the folder '%s': %s", folder, io_reason(errno));
    bool fits = true;
    struct dirent *entry;
    while (fits && (errno = 0, entry = readdir(d)))
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) fits = add_name(to, names, entry->d_name);
    int why = fits ? errno : 0;
    closedir(d);
    if (!fits) arena_land(to);
    if (why) return fail(e, ERR_IO, "cannot list the folder '%s': %s", folder, io_reason(why));
    sort_names(names);
    return true;
}

bool io_glob(Arena *to, const char *pattern, Strs *paths)
{
    glob_t found = {0};
    bool fits = true, any = glob(pattern, GLOB_NOSORT, NULL, &found) == 0;
    *paths = (Strs){0};
    for (size_t i = 0; any && fits && i < found.gl_pathc; i++) fits = add_name(to, paths, found.gl_pathv[i]);
    globfree(&found);
    if (!fits) arena_land(to);
    sort_names(paths);
    return paths->n > 0;
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

static bool write_synced(int fd, Str bytes)
{
    return io_put_all(fd, bytes) && (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);  /* or a pipe */
}

/* The folder's own entry must reach the disk too, or a power cut may undo the rename. */
static void sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) + (slash == path) : 1;
    memcpy(folder, slash ? path : ".", n);
    folder[n] = 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

static bool write_in_place(const char *path, Str bytes, Err *e)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(errno));
    bool ok = write_synced(fd, bytes);
    int why = errno;
    if (close(fd) != 0 && ok) ok = false, why = errno;
    return ok || fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(why));
}

static bool write_neighbour(const char *path, const char *near, const struct stat *old, Str bytes, Err *e)
{
    int fd = open(near, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(errno));
    bool ok = !old || fchmod(fd, old->st_mode & 07777) == 0;
    ok = ok && write_synced(fd, bytes);
    int why = errno;
    if (close(fd) != 0 && ok) ok = false, why = errno;
    if (ok && rename(near, path) != 0) ok = false, why = errno;
    if (!ok) {
        unlink(near);
        return fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(why));
    }
    sync_folder(path);
    return true;
}

bool io_write_file(const char *path, Str bytes, Err *e)
{
    static atomic_int counter;
    char real[PATH_MAX], near[PATH_MAX];
    struct stat old;
    if (realpath(path, real)) path = real;                /* behind a link lies the file to replace */
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) return fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(EISDIR));
    if (exists && !S_ISREG(old.st_mode)) return write_in_place(path, bytes, e);  /* a pipe or device stays what it is */
    int n = snprintf(near, sizeof near, "%s.%ld-%d.tmp", path, (long)getpid(), atomic_fetch_add(&counter, 1));
    if (n >= (int)sizeof near) return fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(ENAMETOOLONG));
    return write_neighbour(path, near, exists ? &old : NULL, bytes, e);
}

bool io_make_private(const char *path, Err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST) return fail(e, ERR_IO, "cannot make '%s': %s", path, io_reason(errno));
    if (fd >= 0) close(fd);
    return true;
}
