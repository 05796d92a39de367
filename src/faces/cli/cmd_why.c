/* why: what a claim rests on.
**
** The claim in a sentence, the exact words with their code points, the rule or model that made it, and the document:
** where from, of what day and how that is known, its hash, when it was added and by which program. What the reader has
** corrected stands beside what the machine said.
*/
#include "article.h"
#include <math.h>

typedef struct {
    Call *call;
    const Record *r;
    const Corrections *c;
    Str id;
    const LedgerProvenance *from;
    Buf out;
} Why;

static void why_line(Why *w, const char *label, Str value, int style)
{
    enum { LABEL = 14 };
    if (!value.n) return;
    screen_put(&w->out, str_of(label), DIM);
    screen_pad(&w->out, LABEL - utf8_width(str_of(label)));
    Flow f = flow_at(w->call->arena, &w->out, LABEL, LABEL);
    if (f.width > PROSE_WIDTH) f.width = PROSE_WIDTH;
    flow_text(&f, value, style);
    flow_end(&f);
}

static void why_words(Why *w, const Part *p)
{
    enum { WORDS_MAX = 40 };              /* lines; a name may be mentioned a thousand times */
    Arena *a = w->call->arena;
    Place place = place_of(a, w->r->text);
    for (int i = 0; i < p->words.n && i < WORDS_MAX; i++) {
        CpSpan s = place_span(&place, p->words.v[i].span);
        double sure = p->words.v[i].p;
        Str share = isfinite(sure) ? arena_printf(a, "  p %.2f", sure) : S("");
        why_line(w, p->words.v[i].role,
                 arena_printf(a, "%.*s  [%d, %d)%.*s", STR(screen_safe(a, span_str(w->r->text, p->words.v[i].span))),
                              s.begin, s.end, STR(share)),
                 PLAIN);
    }
    if (p->words.n > WORDS_MAX)
        why_line(w, "", arena_printf(a, "and %d more (--json has them all)", p->words.n - WORDS_MAX), DIM);
}

static void why_corrections(Why *w, Str part_id)
{
    Arena *a = w->call->arena;
    for (int i = 0; i < w->c->rows.n; i++) {
        const Correction *k = &w->c->rows.v[i];
        if (!str_eq(k->id, part_id)) continue;
        why_line(w, "Correction",
                 arena_printf(a, "%.*s: the machine has “%.*s”, the reader “%.*s”%s%.*s (%.*s, %.*s)", STR(k->field),
                              STR(k->was), STR(k->value), k->reason.n ? ", because " : "", STR(k->reason), STR(k->made),
                              STR(k->state)),
                 YELLOW);
    }
}

static void why_document(Why *w)
{
    Arena *a = w->call->arena;
    Str title = corrected(w->c, w->id, S("title"), w->r->title, NULL),
        publisher = corrected(w->c, w->id, S("publisher"), w->r->publisher, NULL);
    why_line(w, "Document",
             arena_printf(a, "%.*s%s%.*s", STR(title.n ? title : S("(no title)")), publisher.n ? ", " : "",
                          STR(publisher)),
             PLAIN);
    why_line(w, "Published", published_text(a, w->r, w->c, w->id), PLAIN);
    why_line(w, "Address", w->r->uri, PLAIN);
    why_line(w, "SHA-256", w->from->sha256, PLAIN);
    why_line(w, "Seal", w->from->seal, PLAIN);
    why_line(w, "Added", arena_printf(a, "%.*s by %.*s", STR(w->from->added), STR(w->from->program)), PLAIN);
}

static void document_claim(Why *w, Buf *out)
{
    const Record *r = w->r;
    buf_printf(out, "A document of %d %s, with %d %s, %d %s, and %d %s of furniture set aside.", r->sentences.n,
               plural(r->sentences.n, "sentence", "sentences"), r->statements.n,
               plural(r->statements.n, "statement", "statements"), r->times.n, plural(r->times.n, "date", "dates"),
               r->boilerplate.n, plural(r->boilerplate.n, "piece", "pieces"));
}

static void member(Buf *out, const char *name, Str value)
{
    buf_printf(out, ",\"%s\":", name);
    if (value.n) json_put_str(out, value);
    else buf_add(out, S("null"));
}

static void why_json(Why *w, const Part *p)
{
    Buf *out = &w->out;
    const Record *r = w->r;
    buf_add(out, S("{\"format\":1,"));
    if (p) part_json(w->call->arena, r, p, out);
    else {
        Buf claim = {.to = w->call->arena};
        document_claim(w, &claim);
        buf_add(out, S("\"id\":"));
        json_put_str(out, w->id);
        buf_add(out, S(",\"kind\":\"document\",\"claim\":"));
        json_put_str(out, buf_str(&claim));
    }
    buf_add(out, S(",\"document\":{\"id\":"));
    json_put_str(out, w->id);
    member(out, "title", r->title);
    member(out, "publisher", r->publisher);
    member(out, "uri", r->uri);
    member(out, "published", r->published);
    member(out, "published_how", published_how_name(r->published_how));
    buf_add(out, S(",\"published_range\":["));
    for (int i = 0; i < 2; i++) {
        if (i) buf_char(out, ',');
        if (r->published_range[i].n) json_put_str(out, r->published_range[i]);
        else buf_add(out, S("null"));
    }
    buf_char(out, ']');
    member(out, "sha256", w->from->sha256);
    member(out, "seal", w->from->seal);
    member(out, "added", w->from->added);
    member(out, "program", w->from->program);
    buf_add(out, S("},\"corrections\":"));
    corrections_json(w->c, p ? p->id : w->id, out);
    buf_add(out, S("}\n"));
}

static void why_table(Why *w, const Part *p)
{
    Arena *a = w->call->arena;
    Buf claim = {.to = a};
    if (p) buf_add(&claim, p->claim);
    else document_claim(w, &claim);
    screen_page();
    Flow f = flow_at(a, &w->out, 0, 0);
    if (f.width > PROSE_WIDTH) f.width = PROSE_WIDTH;
    flow_text(&f, arena_printf(a, "%.*s ", STR(p ? p->id : w->id)), CYAN);
    flow_text(&f, buf_str(&claim), BOLD);
    flow_end(&f);
    buf_char(&w->out, '\n');
    if (p) {
        why_words(w, p);
        why_line(w, "Made by", p->by.n ? p->by : S("given with the record, or by the rules that cut the text"), PLAIN);
    }
    why_corrections(w, p ? p->id : w->id);
    if (p || w->c->rows.n) buf_char(&w->out, '\n');
    if (p && span_is(p->place)) {
        article_around(a, w->r, p, &w->out);
        buf_char(&w->out, '\n');
    }
    why_document(w);
}

static int why_run(Call *call)
{
    static Record r;
    LedgerRef ref;
    Corrections c;
    LedgerProvenance from;
    Part p;
    if (!call_ledger(call, LEDGER_READ) || !ledger_resolve(call->ledger, call_words(call, 0), &ref, &call->err))
        return call_failed(call);
    Str id = ledger_id(call->ledger, call->arena, (LedgerRef){ref.document, 0, 0});
    bool is_part = ref.part && ref.part != 'd';
    if (!ledger_get(call->ledger, call->arena, ref.document, &r, &call->err) || !corrections_read(call, id, &c)
        || !ledger_provenance(call->ledger, call->arena, ref.document, &from, &call->err)
        || (is_part && !part_of(call->arena, &r, &c, id, ref.part, ref.index, &p, &call->err)))
        return call_failed(call);
    Why w = {call, &r, &c, id, &from, {.to = call->arena}};
    call_has(call, "json") ? why_json(&w, is_part ? &p : NULL) : why_table(&w, is_part ? &p : NULL);
    io_out(buf_str(&w.out));
    return EXIT_DONE;
}

static const char about[] =
    "For any id that a listing prints (see `demarche help show`): the claim in one sentence; the exact words with "
    "their places, counted in code points of the document's text, `[begin, end)`; the rule or model that made the "
    "claim, and how sure a model was of a name (`p`, of 1); and the document with its hash, how its date is known, when "
    "it was added and by which version. "
    "Corrections stand beside what the machine has.";
static const Option options[] = {
    {0, "json", TAKES_NOTHING, NULL, "one JSON object"},
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche why $(demarche said -n 1 --tsv | tail -1 | cut -f1)", "What the newest quotation rests on"},
    {0}};
const Command command_why = {
    .name = "why", .operands = "ID", .summary = "what a line rests on: its words, its rule, its document",
    .about = about, .operand = OPERAND_ID, .least = 1, .most = 1, .options = options, .examples = examples,
    .run = why_run};
