/* What else the program asks of the system: clocks, cores, memory, the environment, signals, threads.
**
** Time is an argument everywhere else; here is where it comes from. DEMARCHE_NOW sets it for tests, so that a run of
** 2025 can be repeated to the byte.
** A first Ctrl-C (or SIGTERM) sets io_stop and interrupts a blocking read; whoever loops looks at it and ends in order.
** A second one finds the usual handler back and kills. A signal that was ignored when we came (nohup) stays ignored.
*/
#include "base/inside.h"
#include "base/io.h"
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

double io_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* "2025-03-18" stands for its first second; what is no full date is not used. */
static Str today_given(Arena *to)
{
    Str now = str_of(getenv("DEMARCHE_NOW"));
    Date d;
    if (now.n == 0) return (Str){0};
    if (!date_parse(now, &d) || d.day == 0) {
        io_note("DEMARCHE_NOW is '%.*s', which is no date such as 2025-03-18T09:30:00Z; the clock is used", STR(now));
        return (Str){0};
    }
    return now.n == 10 ? arena_printf(to, "%.*sT00:00:00Z", STR(now)) : arena_str(to, now);
}

Str io_today(Arena *to)
{
    Str given = today_given(to);
    if (given.p) return given;
    struct tm t;
    time_t now = time(NULL);
    gmtime_r(&now, &t);
    return arena_printf(to, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                        t.tm_min, t.tm_sec);
}

int io_cores(void)
{
    cpu_set_t may;
    if (sched_getaffinity(0, sizeof may, &may) == 0 && CPU_COUNT(&may) > 0) return CPU_COUNT(&may);
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (int)n : 1;
}

int64_t io_memory_peak(void)
{
    struct rusage used;
    return getrusage(RUSAGE_SELF, &used) == 0 ? (int64_t)used.ru_maxrss * 1024 : 0;
}

const char *io_env(const char *name)
{
    return getenv(name);
}

/* ---- signals ---------------------------------------------------------------------------------------------- */

atomic_int io_stop;                                       /* lock-free, so a handler may set it and threads may look */

static void stop(int number)
{
    io_stop = number;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

void io_catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM};
    struct sigaction catch = {.sa_handler = stop}, before;   /* no SA_RESTART: a blocking read shall return */
    sigemptyset(&catch.sa_mask);
    for (int i = 0; i < 2; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &catch, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* ---- threads ---------------------------------------------------------------------------------------------- */

/* Signals go to the thread that was there first, whose read they shall interrupt. */
bool io_thread_start(IoThread *t, void *(*run)(void *), void *with)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int why = pthread_create(&t->id, NULL, run, with);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return why == 0;
}

void io_thread_join(IoThread *t)
{
    pthread_join(t->id, NULL);
}
