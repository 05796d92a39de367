/* Tables of actors from the KAPSARC Toolkit: CSV as its programs write it.
**
**   SOE,"how open",2,1            name, description, actors, dimensions
**   Actor,Description,Power,Open Position,Open Salience
**   Ministry,"of energy", 60, 20, 45
**
** Positions and saliences run from 0 to 100; blanks around values and a comma at the line's end are free; a quoted cell
** may hold commas, and two quotation marks for one. Every mistake names its line.
*/
#include "foresee/bargain.h"
#include "foresee/lines.h"

enum { CSV_CELLS_MAX = 3 + 2 * ISSUES_MAX + 1 };
typedef struct { Arena *a; Lines in; Err *e; int32_t line; Str rest; Strs cells; } Csv;

/* One cell; the rest begins behind its comma. */
static bool cell_next(Csv *c, Str *rest, Str *cell)
{
    while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t')) *rest = str_sub(*rest, 1, rest->n);
    if (!rest->n || rest->p[0] != '"') {
        Str whole = *rest;
        str_split(rest, ',', cell);
        if (!rest->p) *rest = str_sub(whole, whole.n, whole.n);
        *cell = str_trim(*cell);
        return true;
    }
    Buf b = {.to = c->a};
    ptrdiff_t k = 1;
    for (; k < rest->n; k++) {
        if (rest->p[k] == '"' && k + 1 < rest->n && rest->p[k + 1] == '"') k++;
        else if (rest->p[k] == '"') break;
        buf_char(&b, rest->p[k]);
    }
    if (k >= rest->n) return lines_fail(&c->in, c->line, c->e, "a quotation mark is not closed on its line; close it with \"");
    *cell = str_trim(buf_str(&b));
    *rest = str_sub(*rest, k + 1, rest->n);
    while (rest->n && rest->p[0] != ',') *rest = str_sub(*rest, 1, rest->n);
    *rest = str_sub(*rest, 1, rest->n);
    return true;
}

static bool row_next(Csv *c, const char *what)
{
    Str line;
    do {
        if (!str_split(&c->rest, '\n', &line))
            return lines_fail(&c->in, c->line > 0 ? c->line : 1, c->e, "%s is missing; the file ends too early", what);
        c->line++;
        line = str_trim(line);
    } while (!line.n);
    c->cells = (Strs){0};
    while (line.n) {
        Str cell;
        if (c->cells.n == CSV_CELLS_MAX) return lines_fail(&c->in, c->line, c->e, "more than %d cells in a line", CSV_CELLS_MAX);
        if (!cell_next(c, &line, &cell)) return false;
        *push(c->a, &c->cells) = cell;
    }
    return true;
}

static bool cell_number(Csv *c, int32_t at, const char *what, double low, double high, double *x)
{
    if (at >= c->cells.n || !c->cells.v[at].n) return lines_fail(&c->in, c->line, c->e, "%s is missing in cell %d", what, at + 1);
    if (!number_read(c->cells.v[at], x)) return lines_fail(&c->in, c->line, c->e, "'%.*s' in cell %d is no %s", STR(c->cells.v[at]), at + 1, what);
    if (*x >= low && *x <= high) return true;
    return lines_fail(&c->in, c->line, c->e, "%s is %g; it must lie between %g and %g", what, *x, low, high);
}

static bool actor_row(Csv *c, Bargain *b, int32_t i)
{
    double sum = 0;
    if (!row_next(c, "an actor's line")) return false;
    b->actor[i] = c->cells.v[0];
    if (!b->actor[i].n) return lines_fail(&c->in, c->line, c->e, "the actor's name is missing in cell 1");
    if (!cell_number(c, 2, "influence", 1e-9, 1e12, &b->capability[i])) return false;
    for (int32_t d = 0; d < b->dims; d++) {
        double *v = &b->salience[i * b->dims + d];
        if (!cell_number(c, 3 + 2 * d, "position", 0, 100, &b->position[i * b->dims + d])
            || !cell_number(c, 4 + 2 * d, "salience", 0, 100, v))
            return false;
        *v /= 100;
        sum += *v;
    }
    if (sum > 1 + 1e-9)
        return lines_fail(&c->in, c->line, c->e, "the saliences of '%.*s' sum to %.4g; they share out 100: lower them", STR(b->actor[i]), sum * 100);
    return true;
}

bool bargain_read_csv(Arena *a, Str file, Str bytes, BargainFile *to, Err *e)
{
    Csv c = {.a = a, .in = {.file = file}, .e = e, .rest = bytes};
    double n, dims;
    *to = (BargainFile){.settings = spatial_default};
    if (str_starts(c.rest, S("\xEF\xBB\xBF"))) c.rest = str_sub(c.rest, 3, c.rest.n);
    if (bytes.n > SCENARIO_BYTES_MAX)
        return lines_fail(&c.in, 1, e, "the file is %td bytes, at most %d are read", bytes.n, SCENARIO_BYTES_MAX);
    if (!row_next(&c, "the first line (name, description, actors, dimensions)")) return false;
    to->name = c.cells.v[0];
    if (c.cells.n > 1) to->description = c.cells.v[1];
    if (!cell_number(&c, 2, "number of actors", 1, ACTORS_MAX, &n) || !cell_number(&c, 3, "number of dimensions", 1, ISSUES_MAX, &dims)) return false;
    if (n != (int32_t)n || dims != (int32_t)dims) return lines_fail(&c.in, c.line, e, "the numbers of actors and dimensions must be whole");
    bargain_alloc(a, &to->b, (int32_t)n, (int32_t)dims);
    if (!row_next(&c, "the line of headings")) return false;
    for (int32_t d = 0; d < to->b.dims; d++) {
        Str name = 3 + 2 * d < c.cells.n ? c.cells.v[3 + 2 * d] : (Str){0};
        to->b.issue[d] = name.n ? name : arena_printf(a, "issue %d", d + 1);
    }
    for (int32_t i = 0; i < to->b.n; i++)
        if (!actor_row(&c, &to->b, i)) return false;
    return true;
}
