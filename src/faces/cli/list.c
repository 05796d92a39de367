/* One way to print every listing; list.h is the manual.
**
** The first LIST_AHEAD rows are kept until their widths are known; from then on each row goes out as it comes, so the
** first screen is there at once however long the list is, and memory stays small. Cells are wrapped, never cut: an
** editor wants the whole quotation. Ids, dates and numbers stay on one line; titles and names wrap as words do.
*/
#include "list.h"
#include <string.h>

typedef enum { AS_TABLE, AS_JSON, AS_TSV } ListMode;
typedef struct { const ListShown *shown; int place, width; CellKind kind; } Column;
typedef struct { Str *cell; } Row;
typedef struct {
    ListMode mode;
    const Call *call;
    const ListShape *shape;
    int64_t limit;
    Arena *keep, row;                                    /* rows that wait; the row in hand */
    Str found;                                           /* words searched for, folded: they are shown in colour */
    Column column[LIST_SHOWN_MAX];
    int n_columns;
    SLICE(Row) waiting;
    bool is_started;
    int64_t n;
} List;

Str cell_named(const LedgerCells *row, const char *column)
{
    for (int i = 0; i < row->n; i++)
        if (!strcmp(row->column[i].name, column)) return row->cell[i];
    return (Str){0};
}

/* What is inferred comes as an interval, ".." where it is open. */
static bool date_split(Str cell, Str *first, Str *last)
{
    ptrdiff_t at = str_find(cell, S("/"));
    if (at < 0) return false;
    *first = str_sub(cell, 0, at);
    *last = str_sub(cell, at + 1, cell.n);
    if (str_eq(*first, S(".."))) *first = (Str){0};
    if (str_eq(*last, S(".."))) *last = (Str){0};
    return true;
}

Str date_last(Str cell)
{
    Str first, last;
    if (!date_split(cell, &first, &last)) return cell;
    return last.n ? last : first;
}

Str date_shown(Arena *to, Str cell)
{
    Str first, last;
    if (!date_split(cell, &first, &last)) return cell;
    if (!first.n || !last.n) return arena_printf(to, "%s%.*s", first.n ? "≥" : "≤", STR(first.n ? first : last));
    if (str_eq(first, last)) return arena_printf(to, "≈%.*s", STR(first));
    bool same_year = first.n == 10 && last.n == 10 && str_eq(str_sub(first, 0, 5), str_sub(last, 0, 5));
    return arena_printf(to, "≈%.*s…%.*s", STR(first), STR(same_year ? str_sub(last, 5, 10) : last));
}

static bool is_number(Str s)
{
    ptrdiff_t i = s.n && s.p[0] == '-', digits = 0;
    for (; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9') digits++;
        else if (s.p[i] != '.' || !digits) return false;
    }
    return digits > 0 && digits < 16 && s.p[s.n - 1] != '.';
}

int64_t cell_count(Str cell)
{
    int64_t n = 0;
    for (ptrdiff_t i = 0; i < cell.n && cell.p[i] >= '0' && cell.p[i] <= '9' && n < INT64_MAX / 100; i++)
        n = n * 10 + (cell.p[i] - '0');
    return n;
}

void cell_json(Buf *out, const LedgerCells *row)
{
    buf_add(out, S("{\"format\":1"));
    for (int i = 0; i < row->n; i++) {
        buf_char(out, ',');
        json_put_str(out, str_of(row->column[i].name));
        buf_char(out, ':');
        if (!row->cell[i].p) buf_add(out, S("null"));
        else if (row->column[i].kind == CELL_NUMBER && is_number(row->cell[i])) buf_add(out, row->cell[i]);
        else json_put_str(out, row->cell[i]);
    }
    buf_char(out, '}');
}

void cell_tsv(Buf *out, Str cell)
{
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        bool ends_line = cell.p[i] == '\r' && i + 1 < cell.n && cell.p[i + 1] == '\n';
        if (ends_line) continue;
        buf_char(out, cell.p[i] == '\t' || cell.p[i] == '\n' || cell.p[i] == '\r' ? ' ' : cell.p[i]);
    }
}

/* ---- the table ------------------------------------------------------------------------------------------ */
static bool wraps(CellKind kind) { return kind == CELL_TEXT || kind == CELL_WORDS; }

static void columns_choose(List *l, const LedgerColumn *all, int n, const ListShown *shown)
{
    for (; shown->column && l->n_columns < LIST_SHOWN_MAX; shown++)
        for (int i = 0; i < n; i++)
            if (!strcmp(all[i].name, shown->column))
                l->column[l->n_columns++] = (Column){shown, i, utf8_width(str_of(shown->heading)), all[i].kind};
}

static int columns_need(const List *l, bool at_least)
{
    int sum = 2 * (l->n_columns - 1);
    for (int i = 0; i < l->n_columns; i++) {
        const Column *c = &l->column[i];
        sum += at_least && wraps(c->kind) && c->width > c->shown->least ? c->shown->least : c->width;
    }
    return sum;
}

/* Each column gets what it would like; what is too much is taken from the widest that can wrap. */
static void columns_fit(List *l)
{
    int width = screen()->width;
    for (int i = 0; i < l->n_columns; i++) {
        Column *c = &l->column[i];
        for (int r = 0; r < l->waiting.n; r++) {
            int w = utf8_width(l->waiting.v[r].cell[c->place]);
            if (w > c->width) c->width = w;
        }
        if (wraps(c->kind) && c->shown->most && c->width > c->shown->most) c->width = c->shown->most;
    }
    for (int i = l->n_columns - 1; i >= 0 && columns_need(l, true) > width; i--) {
        if (!l->column[i].shown->may_go) continue;
        memmove(&l->column[i], &l->column[i + 1], (size_t)(l->n_columns - i - 1) * sizeof *l->column);
        l->n_columns--;
    }
    while (columns_need(l, false) > width) {
        Column *widest = NULL;
        for (int i = 0; i < l->n_columns; i++) {
            Column *c = &l->column[i];
            if (wraps(c->kind) && c->width > 8
                && (!widest || c->width - c->shown->least > widest->width - widest->shown->least))
                widest = c;
        }
        if (!widest) break;
        widest->width--;
    }
}

static void head_print(const List *l, Buf *out)
{
    screen_style(out, screen()->colour ? BOLD : PLAIN);
    for (int i = 0; i < l->n_columns; i++) {
        const Column *c = &l->column[i];
        int gap = c->width - utf8_width(str_of(c->shown->heading));
        if (c->kind == CELL_NUMBER) screen_pad(out, gap);
        buf_add(out, str_of(c->shown->heading));
        if (i + 1 < l->n_columns) screen_pad(out, (c->kind == CELL_NUMBER ? 0 : gap) + 2);
    }
    screen_style(out, PLAIN);
    buf_char(out, '\n');
}

static bool is_found(List *l, Str word)
{
    Str rest = l->found, one, folded = utf8_fold(&l->row, word);
    while (str_split(&rest, ' ', &one))
        if (one.n && str_find(folded, one) >= 0) return true;
    return false;
}

/* A line of an article; words that were searched for stand out. */
static void words_print(List *l, Buf *out, Str line, int style)
{
    Str rest = line, word;
    bool first = true;
    if (!screen()->colour || !l->found.n) { screen_put(out, line, style); return; }
    while (str_split(&rest, ' ', &word)) {
        if (!first) buf_char(out, ' ');
        first = false;
        screen_put(out, word, is_found(l, word) ? BOLD | YELLOW : style);
    }
}

static void row_print(List *l, Buf *out, const Str *cell)
{
    Strs lines[LIST_SHOWN_MAX];
    int height = 1;
    for (int i = 0; i < l->n_columns; i++) {
        const Column *c = &l->column[i];
        Str text = cell[c->place];
        lines[i] = (Strs){0};
        if (wraps(c->kind)) lines[i] = screen_wrap(&l->row, text, c->width);
        else *push(&l->row, &lines[i]) = text;
        if (lines[i].n > height) height = lines[i].n;
    }
    for (int y = 0; y < height; y++) {
        int pad = 0;
        for (int i = 0; i < l->n_columns; i++) {
            const Column *c = &l->column[i];
            Str line = y < lines[i].n ? lines[i].v[y] : (Str){0};
            int gap = c->width - utf8_width(line);
            if (line.n) {
                screen_pad(out, pad + (c->kind == CELL_NUMBER ? gap : 0));
                c->kind == CELL_WORDS ? words_print(l, out, line, c->shown->style)
                                      : screen_put(out, line, c->shown->style);
                pad = c->kind == CELL_NUMBER ? 0 : gap;
            } else pad += c->width;
            pad += 2;
        }
        buf_char(out, '\n');
    }
}

/* Safe cells of the columns that are shown. */
static Str *cells_shown(List *l, Arena *to, const LedgerCells *row)
{
    Str *cell = arena_new(to, Str, row->n);
    for (int i = 0; i < l->n_columns; i++) {
        Str one = row->cell[l->column[i].place];
        bool is_date = l->column[i].kind == CELL_DATE;
        one = !one.p ? S("–") : is_date ? date_shown(to, screen_safe(to, one)) : screen_safe(to, one);
        bool is_speaker = str_eq(str_of(l->column[i].shown->column), S("speaker"));
        if (is_speaker && !row->cell[l->column[i].place].p && cell_named(row, "source").n)
            one = arena_printf(to, "(%.*s)", STR(screen_safe(to, cell_named(row, "source"))));    /* as the text has it */
        if (is_date && str_eq(str_of(l->column[i].shown->column), S("value")) && cell_named(row, "doubt").n)
            one = arena_printf(to, "%.*s ?", STR(one));   /* doubt is shown as doubt */
        cell[l->column[i].place] = one;
    }
    return cell;
}

static bool waiting_print(List *l)
{
    Buf out = {.to = l->keep};
    if (l->is_started || !l->waiting.n) return true;
    l->is_started = true;
    screen_page();
    columns_fit(l);
    head_print(l, &out);
    for (int i = 0; i < l->waiting.n; i++) row_print(l, &out, l->waiting.v[i].cell);
    return io_out(buf_str(&out));
}

/* ---- rows as they come ---------------------------------------------------------------------------------- */
static void tsv_row(Buf *out, const LedgerCells *row)
{
    for (int i = 0; i < row->n; i++) {
        if (i) buf_char(out, '\t');
        cell_tsv(out, row->cell[i]);
    }
    buf_char(out, '\n');
}

static void tsv_head(Buf *out, const LedgerColumn *column, int n)
{
    for (int i = 0; i < n; i++) {
        if (i) buf_char(out, '\t');
        buf_add(out, str_of(column[i].name));
    }
    buf_char(out, '\n');
}

static bool list_take(void *with, const LedgerCells *row)
{
    List *l = with;
    Buf out = {.to = &l->row};
    arena_reset(&l->row);
    if (l->shape->keep && !l->shape->keep(l->call, row)) return !io_stop;
    if (l->limit && l->n >= l->limit) return false;
    l->n++;
    if (l->mode == AS_JSON) { cell_json(&out, row); buf_char(&out, '\n'); }
    if (l->mode == AS_TSV) tsv_row(&out, row);
    if (l->mode == AS_TABLE && !l->is_started) {
        push(l->keep, &l->waiting)->cell = cells_shown(l, l->keep, row);
        return l->waiting.n < LIST_AHEAD || waiting_print(l);
    }
    if (l->mode == AS_TABLE) row_print(l, &out, cells_shown(l, &l->row, row));
    return io_out(buf_str(&out)) && !io_stop;
}

int list_print(Call *call, const LedgerFilter *filter, const ListShape *shape)
{
    int n_columns;
    const LedgerColumn *column = ledger_columns(shape->which, &n_columns);
    LedgerFilter asked = *filter;
    List l = {.mode = call_has(call, "json")  ? AS_JSON
                      : call_has(call, "tsv") ? AS_TSV
                                              : AS_TABLE,
              .call = call,
              .shape = shape,
              .limit = filter->limit,
              .keep = call->arena,
              .row = {.landing = call->arena->landing},
              .found = utf8_fold(call->arena, filter->words)};
    Buf head = {.to = call->arena};
    if (shape->keep) asked.limit = 0;
    columns_choose(&l, column, n_columns, shape->shown);
    if (l.mode == AS_TSV) tsv_head(&head, column, n_columns);
    bool ok = io_out(buf_str(&head)) && ledger_list(call->ledger, shape->which, &asked, list_take, &l, &call->err)
              && waiting_print(&l);
    arena_close(&l.row);
    if (!ok && call->err.code) return call_failed(call);
    if (!l.n) io_note("%s", shape->nothing);
    return l.n ? EXIT_DONE : EXIT_NOTHING;
}
