/* search: full text, and how the hits spread over publishers, months and speakers.
**
** Without words it lists the documents that the filters leave. The counts stand below the hits, the three side by side
** where the terminal is wide enough, and count every hit, not only those that are shown. A person gets the newest SHOWN
** and is told how many more there are; programs get all.
*/
#include "list.h"

enum { FACET_ROWS = 8 };                 /* of each count; --facets shows all */
enum { SHOWN = 20 };                     /* hits on a page for people, unless -n says otherwise */

typedef struct { Str key, count; } Facet;
typedef struct { Arena *a; SLICE(Facet) rows; int64_t n, documents; int most; } Facets;

static bool facet_take(void *with, const LedgerCells *row)
{
    Facets *f = with;
    f->documents += cell_count(cell_named(row, "documents"));
    if (f->n++ >= f->most) return true;
    Str key = row->cell[0];
    *push(f->a, &f->rows) =
        (Facet){key.n ? screen_safe(f->a, key) : S("(not known)"), arena_str(f->a, cell_named(row, "documents"))};
    return !io_stop;
}

static const struct { LedgerList list; const char *name, *heading; } facet_kinds[] = {
    {LIST_BY_PUBLISHER, "publisher", "BY PUBLISHER"},
    {LIST_BY_MONTH, "month", "BY MONTH"},
    {LIST_BY_SPEAKER, "speaker", "BY SPEAKER"}};
enum { N_FACETS = sizeof facet_kinds / sizeof *facet_kinds };

static void facet_line(Arena *a, Buf *out, const Facets *f, int at, int width)
{
    if (at < f->rows.n) {
        Str key = screen_cut(a, f->rows.v[at].key, width - 8);
        buf_printf(out, "%6.*s  %.*s", STR(f->rows.v[at].count), STR(key));
        screen_pad(out, width - 8 - utf8_width(key));
    } else if (at == f->rows.n && f->n > f->rows.n) {
        Str more = arena_printf(a, "        and %lld more", (long long)(f->n - f->rows.n));
        buf_add(out, more);
        screen_pad(out, width - utf8_width(more));
    } else screen_pad(out, width);
}

static void lines_trim(Buf *out)
{
    while (out->n && out->p[out->n - 1] == ' ') out->n--;
    buf_char(out, '\n');
}

static void facets_table(Arena *a, const Facets *f, Buf *out)
{
    int together = screen()->width >= 78 ? N_FACETS : 1, width = screen()->width / together - 2;
    if (width > 40) width = 40;
    for (int from = 0; from < N_FACETS; from += together) {
        int height = 0;
        buf_char(out, '\n');
        for (int i = from; i < from + together; i++) {
            screen_put(out, str_of(facet_kinds[i].heading), BOLD);
            screen_pad(out, width + 2 - utf8_width(str_of(facet_kinds[i].heading)));
            int rows = f[i].rows.n + (f[i].n > f[i].rows.n);
            if (rows > height) height = rows;
        }
        lines_trim(out);
        for (int y = 0; y < height; y++) {
            for (int i = from; i < from + together; i++) {
                facet_line(a, out, &f[i], y, width);
                buf_add(out, S("  "));
            }
            lines_trim(out);
        }
    }
}

static void facets_program(Call *call, const Facets *f, Buf *out)
{
    bool json = call_has(call, "json");
    if (!json) buf_add(out, S("by\tkey\tdocuments\n"));
    for (int i = 0; i < N_FACETS; i++)
        for (int r = 0; r < f[i].rows.n; r++) {
            const Facet *one = &f[i].rows.v[r];
            if (json) {
                buf_printf(out, "{\"format\":1,\"by\":\"%s\",\"key\":", facet_kinds[i].name);
                json_put_str(out, one->key);
                buf_printf(out, ",\"documents\":%.*s}\n", STR(one->count));
            } else {
                buf_printf(out, "%s\t", facet_kinds[i].name);
                cell_tsv(out, one->key);
                buf_printf(out, "\t%.*s\n", STR(one->count));
            }
        }
}

/* Every hit has one publisher, known or not: the sum over publishers is the number of hits. */
static int facets_print(Call *call, const LedgerFilter *filter, bool all)
{
    Facets f[N_FACETS];
    Buf out = {.to = call->arena};
    bool program = call_has(call, "json") || call_has(call, "tsv");
    LedgerFilter every = *filter;
    every.limit = 0;
    for (int i = 0; i < N_FACETS; i++) {
        f[i] = (Facets){.a = call->arena, .most = all ? INT32_MAX : FACET_ROWS};
        if (!ledger_list(call->ledger, facet_kinds[i].list, &every, facet_take, &f[i], &call->err))
            return call_failed(call);
    }
    if (program) facets_program(call, f, &out);
    else {
        screen_page();
        if (!all && filter->limit && f[0].documents > filter->limit)
            buf_printf(&out, "… and %lld more; -n 0 shows all\n", (long long)(f[0].documents - filter->limit));
        facets_table(call->arena, f, &out);
    }
    io_out(buf_str(&out));
    return f[0].n || f[1].n || f[2].n ? EXIT_DONE : EXIT_NOTHING;
}

static int search_run(Call *call)
{
    static const ListShown hits[] = {
        {"published", "DATE", 10, 22, false, GREEN},
        {"publisher", "PUBLISHER", 14, 22, true, PLAIN},
        {"title", "TITLE", 16, 30, true, BOLD},
        {"words", "SENTENCE", 30, 0, false, PLAIN},
        {"id", "ID", 0, 0, false, CYAN},
        {0}};
    static const ListShown documents[] = {
        {"published", "DATE", 10, 22, false, GREEN},
        {"how", "HOW", 0, 8, true, DIM},
        {"publisher", "PUBLISHER", 10, 24, false, PLAIN},
        {"title", "TITLE", 20, 0, false, BOLD},
        {"lang", "LANG", 0, 4, true, DIM},
        {"words", "WORDS", 0, 0, true, PLAIN},
        {"id", "ID", 0, 0, false, CYAN},
        {0}};
    LedgerFilter f = call_filter(call);
    f.words = call_words(call, 0);
    f.newest_first = true;
    if (!call_ledger(call, LEDGER_READ)) return call_failed(call);
    if (call_has(call, "facets")) return facets_print(call, &f, true);
    bool is_program = call_has(call, "json") || call_has(call, "tsv");
    if (!is_program && !call_has(call, "limit")) f.limit = SHOWN;
    ListShape shape =
        {f.words.n ? LIST_HITS : LIST_DOCUMENTS, f.words.n ? hits : documents,
         "Nothing was found. Words are matched whole, without regard to case or accents; 'port*' finds ports as well.",
         NULL};
    int status = list_print(call, &f, &shape);
    if (status != EXIT_DONE || is_program || io_out_closed()) return status;
    facets_print(call, &f, false);
    return call->err.code ? call_failed(call) : status;
}

static const char about[] =
    "Every document that holds all WORDS, the best sentence of each, and below them how all hits spread over "
    "publishers, months and speakers. Words are matched whole, without regard to case or accents; `port*` finds "
    "ports as well, `\"free port\"` a phrase, `-port` leaves out, `port OR harbour` finds either; a word that begins "
    "with a hyphen stands behind `--`. Without WORDS, the "
    "documents that the filters leave. The newest 20 are shown, `-n 0` shows all; programs get all.\n\n"
    "`--facets` prints only the counts, all of them; with `--json` or `--tsv` as rows of `by`, `key`, `documents`.";
static const Option options[] = {
    OPTIONS_FILTER, OPTION_LIMIT,
    {0, "facets", TAKES_NOTHING, NULL, "only the counts, whole"},
    OPTIONS_OUTPUT, OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche search -n 10", "The ten newest documents"},
    {"demarche search --facets", "How all documents spread over publishers, months and speakers"},
    {0}};
const Command command_search = {
    .name = "search", .operands = "[WORDS…]",
    .summary = "find documents by their words, with counts by publisher, month and speaker", .about = about,
    .operand = OPERAND_WORD, .least = 0, .most = -1, .options = options, .examples = examples,
    .run = search_run};
