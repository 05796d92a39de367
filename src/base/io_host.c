/* The machine around us: the pager, the disk, the installed programs; and files that grow until they are whole.
**
** The pager is a child that reads our standard output. It is given LESS=FRX where the reader has not said otherwise:
** one screen is simply printed, colours pass, the text stays after leaving. While it runs, Ctrl-C belongs to it.
**
** A growing file is written beside its name and takes the name at the end, when every byte has reached the disk; until
** then whatever stood under the name stays as it was.
*/
#include "base/io.h"
#include "base/io_inside.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the pager ------------------------------------------------------------------------------------------ */
static pid_t pager;
static int own_output = -1;

static const char *pager_command(void)
{
    const char *named = io_env("PAGER");
    if (!named) return io_has_program("less") ? "less" : NULL;
    return *named && strcmp(named, "cat") ? named : NULL;
}

static void pager_child(int from, const char *command)
{
    dup2(from, 0);
    close(from);
    signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);
    setenv("LV", "-c", 0);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

bool io_pager_open(void)
{
    const char *command = pager_command();
    int ends[2];
    if (!command || pager || !io_flush(&(Err){0}) || pipe2(ends, O_CLOEXEC)) return false;
    io_catch_signals();
    own_output = fcntl(1, F_DUPFD_CLOEXEC, 3);
    pager = own_output >= 0 ? fork() : -1;
    if (!pager) {
        dup2(own_output, 1);
        pager_child(ends[0], command);
    }
    close(ends[0]);
    bool ok = pager > 0 && dup2(ends[1], 1) == 1;
    close(ends[1]);
    if (pager < 0) pager = 0;
    return ok;
}

void io_pager_close(void)
{
    if (!pager) return;
    io_flush(&(Err){0});
    dup2(own_output, 1); /* closes our end of the pipe: the pager sees the end of the text */
    close(own_output);
    while (waitpid(pager, NULL, 0) < 0 && errno == EINTR) {}
    pager = 0;
}

/* ---- what is here --------------------------------------------------------------------------------------- */
bool io_has_program(const char *name)
{
    const char *path = io_env("PATH");
    Str rest = str_of(path ? path : "/usr/bin:/bin"), folder;
    char file[4096];
    while (str_split(&rest, ':', &folder)) {
        snprintf(file, sizeof file, "%.*s/%s", STR(folder), name);
        if (!access(file, X_OK)) return true;
    }
    return false;
}

static void folder_of(const char *path, char *folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (!slash) snprintf(folder, size, ".");
    else snprintf(folder, size, "%.*s", (int)(slash > path ? slash - path : 1), path);
}

int64_t io_space_free(const char *path)
{
    char folder[4096];
    struct statvfs v;
    folder_of(path, folder, sizeof folder);
    return statvfs(folder, &v) ? -1 : (int64_t)v.f_bavail * (int64_t)v.f_frsize;
}

bool io_can_write(const char *path)
{
    char folder[4096];
    folder_of(path, folder, sizeof folder);
    return !access(folder, W_OK | X_OK) && (access(path, F_OK) || !access(path, W_OK));
}

/* ---- files that grow until they are whole --------------------------------------------------------------- */
bool io_grow_open(IoGrowing *g, const char *path, Err *e)
{
    *g = (IoGrowing){.path = path};
    if ((size_t)snprintf(g->beside, sizeof g->beside, "%s.%ld.part", path, (long)getpid()) >= sizeof g->beside)
        return fail(e, ERR_IO, "'%s': the name is too long", path);
    g->fd = open(g->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return g->fd >= 0 || fail(e, ERR_IO, "cannot write '%s': %s", path, io_reason(errno));
}

static bool unchanged(const IoGrowing *g, int why, Err *e)
{
    return fail(e, ERR_IO, "cannot write '%s': %s; nothing was changed there", g->path, io_reason(why));
}

bool io_grow(IoGrowing *g, Str bytes, Err *e)
{
    return io_put_all(g->fd, bytes) || unchanged(g, errno, e);
}

/* fsync before rename, or a crash may leave a name with nothing behind it; a pipe or device has no fsync (EINVAL). */
bool io_grow_close(IoGrowing *g, bool keep, Err *e)
{
    bool ok = keep;
    if (g->fd < 0) return false;
    if (ok && fsync(g->fd) && errno != EINVAL) ok = unchanged(g, errno, e);
    if (close(g->fd) && ok) ok = unchanged(g, errno, e);
    if (ok && rename(g->beside, g->path)) ok = unchanged(g, errno, e);
    if (!ok) unlink(g->beside);
    g->fd = -1;
    return ok;
}
