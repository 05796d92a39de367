/* show: a document with its text, or a part of it where it stands.
**
** A document is shown as it was read: statements carry their number, furniture its reason; the parts stand at the end,
** each with the id that `show` and `why` take. The reader's corrections are listed beside the machine's words.
*/
#include "article.h"

static void line_pair(Arena *a, Buf *out, const char *label, Str value, int style)
{
    enum { LABEL = 12 };
    if (!value.n) return;
    screen_put(out, str_of(label), DIM);
    screen_pad(out, LABEL - utf8_width(str_of(label)));
    Flow f = flow_at(a, out, LABEL, LABEL);
    if (f.width > PROSE_WIDTH) f.width = PROSE_WIDTH;
    flow_text(&f, value, style);
    flow_end(&f);
}

static Str joined(Arena *a, Str x, const char *between, Str y)
{
    return x.n && y.n ? arena_printf(a, "%.*s%s%.*s", STR(x), between, STR(y)) : x.n ? x : y;
}

static Str spaced(Arena *a, Str name)                    /* "adapted-from" as people write it */
{
    Str copy = arena_str(a, name);
    char *p = arena_cstr(a, copy);
    for (ptrdiff_t i = 0; i < copy.n; i++)
        if (p[i] == '-') p[i] = ' ';
    return (Str){p, copy.n};
}

static void document_head(Call *call, const Record *r, const Corrections *c, Str id, Buf *out)
{
    Arena *a = call->arena;
    Str title = corrected(c, id, S("title"), r->title, NULL),
        publisher = corrected(c, id, S("publisher"), r->publisher, NULL);
    Flow f = flow_at(a, out, 0, 0);
    flow_text(&f, title.n ? title : S("(no title)"), BOLD);
    flow_end(&f);
    line_pair(a, out, "Publisher", publisher, PLAIN);
    line_pair(a, out, "Author", corrected(c, id, S("author"), r->author, NULL), PLAIN);
    line_pair(a, out, "Published", published_text(a, r, c, id), PLAIN);
    for (int i = 0; i < r->origin.n; i++) {
        const Origin *o = &r->origin.v[i];
        line_pair(a, out, "Origin",
                  joined(a, joined(a, spaced(a, origin_how_name(o->how)), " ", o->name), ", ", o->uri), PLAIN);
    }
    line_pair(a, out, "Address", r->uri, PLAIN);
    line_pair(a, out, "Language", str_eq(r->lang, S("en")) ? (Str){0} : r->lang, PLAIN);
    if (r->truncated) line_pair(a, out, "With care", S("the text breaks off in mid-sentence"), YELLOW);
    line_pair(a, out, "Id", joined(a, id, " · SHA-256 ", r->sha256), DIM);
    buf_char(out, '\n');
}

static void part_line(Arena *a, Buf *out, Str id, Str text)
{
    Str safe = screen_safe(a, text);
    int width = screen()->width < PROSE_WIDTH ? screen()->width : PROSE_WIDTH,
        gap = utf8_width(id) < 14 ? 14 - utf8_width(id) : 1;
    buf_add(out, S("  "));
    screen_put(out, id, CYAN);
    screen_pad(out, gap);
    buf_add(out, screen_cut(a, safe, width - 2 - utf8_width(id) - gap));
    buf_char(out, '\n');
}

static void heading(Buf *out, const char *text)
{
    buf_char(out, '\n');
    screen_put(out, str_of(text), BOLD);
    buf_char(out, '\n');
}

static void statements_list(Arena *a, const Record *r, const Corrections *c, Str id, Buf *out)
{
    if (r->statements.n) heading(out, "Statements");
    for (int i = 0; i < r->statements.n; i++) {
        Str speaker = part_speaker(a, r, c, id, i), source = part_words(a, r, r->statements.v[i].source);
        Str who = speaker.n ? speaker : source.n ? arena_printf(a, "(%.*s)", STR(source)) : S("–");
        part_line(a, out, arena_printf(a, "%.*s.s%d", STR(id), i),
                  arena_printf(a, "%.*s: %.*s", STR(who),
                               STR(quotation(a, part_words(a, r, r->statements.v[i].content)))));
    }
}

static void times_list(Arena *a, const Record *r, const Corrections *c, Str id, Buf *out)
{
    if (r->times.n) heading(out, "Dates");
    for (int i = 0; i < r->times.n; i++) {
        Str part = arena_printf(a, "%.*s.t%d", STR(id), i),
            value = corrected(c, part, S("value"), r->times.v[i].value, NULL);
        part_line(a, out, part,
                  arena_printf(a, "%.*s  “%.*s”", STR(value), STR(span_str(r->text, r->times.v[i].span))));
    }
}

static void names_list(Arena *a, const Record *r, Str id, Buf *out)
{
    if (!r->entities.n) return;
    heading(out, "Names");
    buf_add(out, S("  "));
    Flow f = flow_at(a, out, 2, 2);
    if (f.width > PROSE_WIDTH) f.width = PROSE_WIDTH;
    for (int i = 0; i < r->entities.n; i++) {
        flow_text(&f, r->entities.v[i].name, PLAIN);
        flow_whole(&f, arena_printf(a, " .n%d%s", i, i + 1 < r->entities.n ? " ·" : ""), DIM);
        flow_text(&f, S(" "), PLAIN);
    }
    flow_end(&f);
    (void)id;
}

static void others_list(Arena *a, const Record *r, const Corrections *c, Str id, Buf *out)
{
    for (const char *letter = "exrcf"; *letter; letter++) {
        int n = part_count(r, *letter);
        for (int i = 0; i < n; i++) {
            Part p;
            Err e = {0};
            if (!part_of(a, r, c, id, *letter, i, &p, &e)) continue;
            if (!i) heading(out, arena_printf(a, "%c%ss", p.kind[0] - 32, p.kind + 1).p);
            part_line(a, out, p.id, p.claim);
        }
    }
}

static void corrections_list(Arena *a, const Corrections *c, Str only, Buf *out)
{
    bool any = false;
    for (int i = 0; i < c->rows.n; i++) {
        const Correction *k = &c->rows.v[i];
        if (only.n && !str_eq(only, k->id)) continue;
        if (!any) heading(out, "Corrections by the reader");
        any = true;
        Str line =
            arena_printf(a, "%.*s: “%.*s” for “%.*s”%s%.*s, %.*s, %.*s", STR(k->field), STR(k->value), STR(k->was),
                         k->reason.n ? ", because " : "", STR(k->reason), STR(k->made), STR(k->state));
        part_line(a, out, k->id, line);
    }
}

static int show_document(Call *call, const Record *r, const Corrections *c, Str id)
{
    Arena *a = call->arena;
    Buf out = {.to = a};
    if (call_has(call, "json")) {
        record_json(r, false, &out);
        buf_char(&out, '\n');
        io_out(buf_str(&out));
        return EXIT_DONE;
    }
    screen_page();
    document_head(call, r, c, id, &out);
    article_text(a, r, &out);
    statements_list(a, r, c, id, &out);
    times_list(a, r, c, id, &out);
    names_list(a, r, id, &out);
    others_list(a, r, c, id, &out);
    corrections_list(a, c, (Str){0}, &out);
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static int show_part(Call *call, const Record *r, const Corrections *c, Str id, LedgerRef ref)
{
    Arena *a = call->arena;
    Buf out = {.to = a};
    Part p;
    if (!part_of(a, r, c, id, ref.part, ref.index, &p, &call->err)) return call_failed(call);
    if (call_has(call, "json")) {
        Place place = place_of(a, r->text);
        Span around = article_sentences(r, p.place, 0);
        buf_add(&out, S("{\"format\":1,"));
        part_json(a, r, &p, &out);
        if (span_is(around)) {
            CpSpan s = place_span(&place, around);
            buf_printf(&out, ",\"sentence\":{\"span\":[%d,%d],\"text\":", s.begin, s.end);
            json_put_str(&out, span_str(r->text, around));
            buf_char(&out, '}');
        } else buf_add(&out, S(",\"sentence\":null"));
        buf_add(&out, S(",\"corrections\":"));
        corrections_json(c, p.id, &out);
        buf_add(&out, S("}\n"));
        io_out(buf_str(&out));
        return EXIT_DONE;
    }
    screen_page();
    Flow f = flow_at(a, &out, 0, 0);
    flow_text(&f, arena_printf(a, "%.*s ", STR(p.id)), CYAN);
    flow_text(&f, p.claim, BOLD);
    flow_end(&f);
    buf_char(&out, '\n');
    article_around(a, r, &p, &out);
    buf_char(&out, '\n');
    Str title = corrected(c, id, S("title"), r->title, NULL),
        publisher = corrected(c, id, S("publisher"), r->publisher, NULL);
    line_pair(a, &out, "Document", joined(a, joined(a, title, ", ", publisher), ", ", published_text(a, r, c, id)),
              PLAIN);
    line_pair(a, &out, "More", arena_printf(a, "demarche why %.*s · demarche show %.*s", STR(p.id), STR(id)), DIM);
    corrections_list(a, c, p.id, &out);
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static int show_run(Call *call)
{
    LedgerRef ref;
    static Record r;
    Corrections c;
    if (!call_ledger(call, LEDGER_READ) || !ledger_resolve(call->ledger, call_words(call, 0), &ref, &call->err))
        return call_failed(call);
    Str id = ledger_id(call->ledger, call->arena, (LedgerRef){ref.document, 0, 0});
    if (!ledger_get(call->ledger, call->arena, ref.document, &r, &call->err) || !corrections_read(call, id, &c))
        return call_failed(call);
    return !ref.part || ref.part == 'd' ? show_document(call, &r, &c, id) : show_part(call, &r, &c, id, ref);
}

static const char about[] =
    "ID is what the listings print: the first digits of the document's hash (four are enough where they are unique), "
    "and for a part a dot, a letter and a number: `.s4` statement, `.t0` time, `.n2` name, `.p7` sentence, `.b1` "
    "furniture, `.o0` origin, `.e3` event, `.x0` expectation, `.r0` relation, `.c0` topic, `.f0` figure. A document "
    "is also found by the id or the address that it came with.\n\n"
    "In the text `⟦s3⟧` stands before the words of statement 3, and furniture in brackets with its reason. `--json` "
    "prints a document's record (FORMAT.md) as the machine read it, or a part with its words and its sentence.";
static const Option options[] = {
    {0, "json", TAKES_NOTHING, NULL, "the record, or the part, as JSON"},
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche show $(demarche said -n 1 --tsv | tail -1 | cut -f1)", "The newest quotation where it stands"},
    {0}};
const Command command_show = {
    .name = "show", .operands = "ID", .summary = "a document with its text, or a part where it stands",
    .about = about, .operand = OPERAND_ID, .least = 1, .most = 1, .options = options, .examples = examples,
    .run = show_run};
