/* Every system call of the program stands in the io_*.c files; io_stream.c has what reads strangers' files
** piece by piece, io_host.c the pager, the disk and files that grow.
**
** Reading, writing, listing, clocks, terminals, signals. Tests make the n-th write fail here (DEMARCHE_FAIL_WRITE=n)
** and nowhere else.
*/
#ifndef BASE_IO_H
#define BASE_IO_H
#include "base/base.h"
#include <pthread.h>
#include <stdatomic.h>

typedef struct { Str bytes; void *map; ptrdiff_t mapped; } IoFile;
bool io_open(IoFile *f, const char *path, ptrdiff_t max, Err *e);  /* whole, at most max bytes; "-": stdin */
bool io_map(IoFile *f, const char *path, ptrdiff_t max, Err *e);   /* the same, never copied: begins at a page; plain files only */
void io_close(IoFile *f);

typedef enum { IO_NONE, IO_FILE, IO_FOLDER, IO_OTHER } IoKind;
IoKind io_kind(const char *path);
bool io_list(Arena *to, const char *folder, Strs *names, Err *e);  /* entries but . and .., sorted by bytes */
bool io_glob(Arena *to, const char *pattern, Strs *paths);         /* false where nothing matches */
int64_t io_size(const char *path);                       /* bytes of a file; -1 for a pipe, a folder, nothing */
typedef struct { uint64_t device, node; } IoIdentity;    /* the same for all names of one file or folder */
bool io_identity(const char *path, IoIdentity *id);

/* A file or a pipe, read piece by piece: nothing is mapped, so a file that shrinks meanwhile is short, no crash. */
typedef struct { int fd; const atomic_bool *stop; } IoStream;  /* stop: ends a reading like io_stop does; may be NULL */
bool io_stream_open(IoStream *s, const char *path, const atomic_bool *stop, Err *e);   /* "-": stdin */
ptrdiff_t io_stream_read(IoStream *s, char *to, ptrdiff_t n, Err *e);  /* 0: the end; -1: failed, or stopped */
void io_stream_close(IoStream *s);

/* Standard output and error. All output goes through these, so that a full disk or a closed pipe is noticed. */
bool io_out(Str bytes);                                  /* buffered; false once writing has failed */
bool io_flush(Err *e);                                   /* false with the reason; a closed pipe is none */
bool io_out_closed(void);
void io_note(const char *format, ...) __attribute__((format(printf, 1, 2)));   /* one line on standard error */
bool io_out_is_terminal(void);
bool io_err_is_terminal(void);
void io_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));  /* on a terminal: a line that the next
                                                            progress or note overwrites; elsewhere nothing */
int io_width(void);                                      /* columns of the terminal, COLUMNS, or 100 */
bool io_wants_colour(void);                              /* a terminal and no NO_COLOR, or CLICOLOR_FORCE */
bool io_write_file(const char *path, Str bytes, Err *e); /* whole: a temporary neighbour, then rename */
bool io_make_private(const char *path, Err *e);          /* an empty file that its owner alone can read; fine where it is there */

double io_seconds(void);                                 /* monotonic */
Str io_today(Arena *to);                                 /* "2025-03-18T09:30:00Z"; DEMARCHE_NOW overrides it (tests) */
int io_cores(void);
int64_t io_memory_peak(void);                            /* bytes, resident */
const char *io_env(const char *name);
extern atomic_int io_stop;                                /* set by SIGINT and SIGTERM after io_catch_signals() */
void io_catch_signals(void);

/* The pager between us and a terminal (io_host.c): true where output runs through it; close waits for the reader. */
bool io_pager_open(void);
void io_pager_close(void);
bool io_has_program(const char *name);                   /* on the PATH */
int64_t io_space_free(const char *path);                 /* bytes on the disk where path is or would be; -1 unknown */
bool io_can_write(const char *path);              /* the file or, where it is missing, its folder; its neighbours too */

/* A file that grows beside its name and takes the name when it is whole. close with keep false leaves no trace. */
typedef struct { const char *path; char beside[4096]; int fd; } IoGrowing;
bool io_grow_open(IoGrowing *g, const char *path, Err *e);
bool io_grow(IoGrowing *g, Str bytes, Err *e);
bool io_grow_close(IoGrowing *g, bool keep, Err *e);

/* Another program, run to its end without a shell (io_process.c): input is its standard input; what it wrote is read
** afterwards. At most so many bytes and seconds; Ctrl-C ends it. */
typedef struct { int out, complaint, status; int64_t n; bool is_missing, is_too_long; } IoRun;   /* n: bytes of output */
bool io_run(IoRun *r, const char *const *argv, Str input, int64_t out_max, int seconds, Err *e);
ptrdiff_t io_run_read(const IoRun *r, bool complaint, char *to, ptrdiff_t n);   /* from the begin; what was there */
void io_run_close(IoRun *r);

/* The one lock: a bounded ring of numbered slots, filled in order, worked on by many, emptied in order.
** One maker, any number of workers, one taker. Each call blocks until there is something to do. */
typedef struct IoRing IoRing;
IoRing *io_ring_open(int32_t n_slots);                   /* NULL when memory is out */
int32_t io_ring_fill(IoRing *r);                         /* maker: a free slot, or -1 when the ring was stopped */
void io_ring_filled(IoRing *r, int32_t slot);
void io_ring_end(IoRing *r);                        /* maker: nothing more will come; a slot not filled is given back */
int32_t io_ring_work(IoRing *r);                         /* worker: the next slot to work on, or -1 at the end */
/* worker: the next slot where more than `spare` stand ready, or -1; never waits */
int32_t io_ring_work_more(IoRing *r, int32_t spare);
void io_ring_worked(IoRing *r, int32_t slot);
int32_t io_ring_take(IoRing *r);                        /* taker: the next slot in order of filling, or -1 at the end */
int32_t io_ring_take_within(IoRing *r, int ms);        /* the same, but -2 when none has come in so many milliseconds */
void io_ring_taken(IoRing *r, int32_t slot);
void io_ring_stop(IoRing *r);                            /* anyone: let everybody go home */
void io_ring_close(IoRing *r);
typedef struct { pthread_t id; } IoThread;
bool io_thread_start(IoThread *t, void *(*run)(void *), void *with);
void io_thread_join(IoThread *t);
#endif
