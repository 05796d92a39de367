/* What the four commands that look ahead share: the file as bytes, numbers as people and as programs read them. */
#include "foresee.h"
#include "base/json.h"
#include "foresee/draft.h"
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool foresee_open(Call *call, const char *path, Str *bytes)
{
    IoFile f;
    if (!io_open(&f, path, SCENARIO_BYTES_MAX, &call->err)) return false;
    *bytes = arena_str(call->arena, f.bytes);
    io_close(&f);
    return true;
}

bool foresee_is_scenario(Str bytes)
{
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_sub(bytes, 3, bytes.n);
    return str_starts(str_trim(str_sub(bytes, 0, 4096)), S("demarche-scenario"))
           || (bytes.n && (bytes.p[0] == '#' || bytes.p[0] == '\n') && str_find(str_sub(bytes, 0, 65536), S("\ndemarche-scenario")) >= 0);
}

bool foresee_bargain(Call *call, const char *path, Scenario *sc, BargainFile *to)
{
    Str bytes, file = str_of(path);
    if (!foresee_open(call, path, &bytes)) return false;
    Str begin = str_trim(str_starts(bytes, S("\xEF\xBB\xBF")) ? str_sub(bytes, 3, 4096) : str_sub(bytes, 0, 4096));
    *sc = (Scenario){0};
    if (begin.n && begin.p[0] == '<') return bargain_read_xml(call->arena, file, bytes, to, &call->err);
    if (begin.n && begin.p[0] == '{') return bargain_read_json(call->arena, file, bytes, to, &call->err);
    if (!foresee_is_scenario(bytes)) return bargain_read_csv(call->arena, file, bytes, to, &call->err);
    *to = (BargainFile){.settings = spatial_default};
    if (!scenario_read(call->arena, file, bytes, sc, &call->err)) return false;
    to->name = sc->title;
    return bargain_of_scenario(call->arena, sc, &to->b, &call->err);
}

bool foresee_operand(Call *call)
{
    if (call->n_operands || call_has(call, "draft")) return true;
    return fail(&call->err, ERR_USAGE, "no FILE is named, and no --draft is asked for");
}

int foresee_draft(Call *call)
{
    Buf out = {.to = call->arena};
    int32_t n = 0;
    LedgerFilter f = {.actor = call_text(call, "actor"), .topic = call_text(call, "topic"), .since = call_text(call, "since"), .until = call_text(call, "until")};
    if (!call_ledger(call, LEDGER_READ) || !draft_scenario(call->ledger, call->arena, &f, &out, &n, &call->err)) return call_failed(call);
    io_out(buf_str(&out));
    if (!n) io_note("The ledger holds no expectations that fit: the draft has nobody in it.");
    return n ? EXIT_DONE : EXIT_NOTHING;
}

void put_array(Buf *out, const double *x, int32_t n)
{
    buf_char(out, '[');
    for (int32_t i = 0; i < n; i++) {
        if (i) buf_add(out, S(", "));
        json_put_number(out, x[i]);
    }
    buf_char(out, ']');
}

void put_key(Buf *out, const char *key)
{
    json_put_str(out, str_of(key));
    buf_add(out, S(": "));
}

Str figure(Arena *a, double x)
{
    double size = fabs(x);
    if (size < 5e-13) return S("0");
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
    return arena_printf(a, "%.*f", digits, x);
}

Str shown_basis(Arena *a, const Scenario *sc)
{
    return arena_printf(a, "%d %s words of a text, %d %s assumed, %d %s nothing of their source.", sc->n_cited,
                        plural(sc->n_cited, "entry cites", "entries cite"), sc->n_assumed, plural(sc->n_assumed, "is", "are"),
                        sc->n_bare, plural(sc->n_bare, "says", "say"));
}

/* ---- small tables ------------------------------------------------------------------------------------------------ */
void grid_row(Grid *g, int n, ...)
{
    va_list with;
    va_start(with, n);
    for (int i = 0; i < g->n; i++) *push(g->a, &g->cells) = i < n ? screen_safe(g->a, va_arg(with, Str)) : (Str){0};
    va_end(with);
}

static void grid_cell(const Grid *g, Buf *out, Str cell, int width, int i)
{
    int gap = width - utf8_width(cell);
    if (g->column[i].is_right) screen_pad(out, gap);
    buf_add(out, cell);
    if (!g->column[i].is_right && i + 1 < g->n) screen_pad(out, gap);
}

void grid_put(const Grid *g, Buf *out)
{
    int width[32] = {0};
    for (int i = 0; i < g->n && i < 32; i++) {
        width[i] = utf8_width(str_of(g->column[i].heading));
        for (int32_t k = i; k < g->cells.n; k += g->n)
            if (utf8_width(g->cells.v[k]) > width[i]) width[i] = utf8_width(g->cells.v[k]);
    }
    for (int32_t row = -1; row < g->cells.n / g->n; row++) {
        if (row < 0) screen_style(out, DIM);
        buf_add(out, S("  "));
        for (int i = 0; i < g->n; i++) {
            if (i) buf_add(out, S("  "));
            grid_cell(g, out, row < 0 ? str_of(g->column[i].heading) : g->cells.v[row * g->n + i], width[i], i);
        }
        if (row < 0) screen_style(out, PLAIN);
        buf_char(out, '\n');
    }
}
