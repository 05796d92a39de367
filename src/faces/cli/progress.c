/* Progress, and failures named as they come.
**
**   123 files · 4,210 documents · 5,230/s · 4.1 MB/s · 12 s left
**
** Shown after half a second, rewritten ten times a second, wiped by io_note before anything else is written. What
** remains is told from bytes, where the whole is known.
*/
#include "progress.h"

void progress_begin(Progress *p, bool quiet)
{
    *p = (Progress){.is_on = !quiet && io_err_is_terminal(), .is_quiet = quiet, .begun = io_seconds()};
}

Str seconds_text(Arena *to, double s)
{
    if (s < 10) return arena_printf(to, "%.1f s", s);
    if (s < 100) return arena_printf(to, "%.0f s", s);
    int64_t whole = (int64_t)(s + 0.5);
    if (whole < 3600) return arena_printf(to, "%lld min %lld s", (long long)(whole / 60), (long long)(whole % 60));
    return arena_printf(to, "%lld h %lld min", (long long)(whole / 3600), (long long)(whole / 60 % 60));
}

static void progress_write(Progress *p, const EngineResult *r, double now, Arena *a)
{
    double seconds = now - p->begun;
    Buf b = {.to = a};
    Str files = number_text(a, r->files_done), documents = number_text(a, p->documents),
        rate = number_text(a, (int64_t)((double)p->documents / seconds));
    if (r->files_done) buf_printf(&b, "%.*s %s · ", STR(files), plural(r->files_done, "file", "files"));
    buf_printf(&b, "%.*s %s · %.*s/s · %.1f MB/s", STR(documents), plural(p->documents, "document", "documents"),
               STR(rate), (double)r->bytes_done / 1e6 / seconds);
    if (r->bytes_total > 0 && r->bytes_done > 0 && r->bytes_done <= r->bytes_total) {
        double left = seconds * (double)(r->bytes_total - r->bytes_done) / (double)r->bytes_done;
        buf_printf(&b, " · %.*s left", STR(seconds_text(a, left)));
    }
    io_progress("%.*s", STR(screen_cut(a, buf_str(&b), screen()->width - 1)));
    p->is_shown = true;
    p->shown_at = now;
}

void progress_step(Progress *p, const EngineResult *r)
{
    p->documents++;
    if (r->record && r->record->note.n && !p->is_quiet && p->notes++ < NOTES_MAX) {
        p->is_shown = false;
        io_note("%.*s: %.*s", STR(r->where), STR(r->record->note));
    }
    double now = p->is_on ? io_seconds() : 0;
    if (!p->is_on || now - p->begun < 0.5 || (p->is_shown && now - p->shown_at < 0.1)) return;
    jmp_buf landing;
    Arena a = {.landing = &landing, .budget = 1 << 20};
    if (!setjmp(landing)) progress_write(p, r, now, &a);
    arena_close(&a);
}

void progress_notes_end(const Progress *p)
{
    if (p->notes > NOTES_MAX) io_note("and %lld more were mended like this", (long long)(p->notes - NOTES_MAX));
}

void progress_clear(Progress *p)
{
    if (p->is_shown) io_progress("%s", "");
    p->is_shown = false;
}

void progress_failure(Progress *p, Str where, const Err *why)
{
    bool is_named = !where.n || str_find(str_of(why->text), where) >= 0;
    p->is_shown = false;
    io_note("demarche: %.*s%s%s", STR(is_named ? (Str){0} : where), is_named ? "" : ": ", why->text);
}
