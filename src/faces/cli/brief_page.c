/* The brief as a page, and as JSON.
**
**   demarche.db: 62 documents from 9 publishers, 2031-01-02 to 2031-06-18
**
**   NEWEST
**   2031-06-18  Amrin Courier    The lamp is lit again                         3f9a1c2e
**
** The left column says when or how often, the right one holds the id; between them is what an editor reads. Quotations
** are cut after three lines here: the id leads to the whole.
*/
#include "brief.h"

enum { LINES_MAX = 3, LEFT = 2 };

static int page_width(void) { return screen()->width < PROSE_WIDTH ? screen()->width : PROSE_WIDTH; }

/* A line of four: what leads, who, the words wrapped to LINES_MAX, the id at the right margin. */
typedef struct { Str lead, who, words, id; int lead_style; } Line;
typedef struct { int lead, who, id; } Widths;

static Widths widths_of(const Line *line, int n)
{
    Widths w = {0};
    int who_most = page_width() / 4;
    for (int i = 0; i < n; i++) {
        if (utf8_width(line[i].lead) > w.lead) w.lead = utf8_width(line[i].lead);
        if (utf8_width(line[i].who) > w.who) w.who = utf8_width(line[i].who);
        if (utf8_width(line[i].id) > w.id) w.id = utf8_width(line[i].id);
    }
    if (w.who > who_most) w.who = who_most;
    return w;
}

static void line_print(Arena *a, Buf *out, const Line *l, Widths w, int lines_max)
{
    int gap = w.who ? 2 : 0, room = page_width() - LEFT - w.lead - 2 - w.who - gap - 2 - w.id;
    if (room < 16) room = 16;
    Strs words = screen_wrap(a, l->words, room), who = screen_wrap(a, l->who, w.who);
    if (words.n > lines_max) {
        words.n = lines_max;
        words.v[lines_max - 1] = screen_cut(a, arena_printf(a, "%.*s …", STR(words.v[lines_max - 1])), room);
    }
    if (who.n > 2) { who.n = 2; who.v[1] = screen_cut(a, arena_printf(a, "%.*s …", STR(who.v[1])), w.who); }
    int height = who.n > words.n ? who.n : words.n;
    for (int y = 0; y < height; y++) {
        Str lead = y ? (Str){0} : l->lead, name = y < who.n ? who.v[y] : (Str){0},
            text = y < words.n ? words.v[y] : (Str){0};
        screen_pad(out, LEFT);
        screen_put(out, lead, l->lead_style);
        int pad = w.lead - utf8_width(lead) + 2;
        if (w.who) {
            if (name.n) { screen_pad(out, pad); pad = 0; screen_put(out, name, BOLD); }
            pad += w.who - utf8_width(name) + gap;
        }
        if (text.n) { screen_pad(out, pad); pad = 0; buf_add(out, text); }
        pad += room - utf8_width(text) + 2;
        if (!y) { screen_pad(out, pad); screen_put(out, l->id, CYAN); }
        buf_char(out, '\n');
    }
}

static void lines_print(Arena *a, Buf *out, Line *line, int n, int lines_max)
{
    for (int i = 0; i < n; i++) {
        line[i].who = screen_safe(a, line[i].who);
        line[i].words = screen_safe(a, line[i].words);
    }
    Widths w = widths_of(line, n);
    for (int i = 0; i < n; i++) line_print(a, out, &line[i], w, lines_max);
}

static void prose(Arena *a, Buf *out, Str text, int style)
{
    screen_pad(out, LEFT);
    Flow f = flow_at(a, out, LEFT, LEFT);
    f.width = page_width();
    flow_text(&f, text, style);
    flow_end(&f);
}

/* A note that does not fit beside its heading stands below it. */
static void heading(Buf *out, const char *text, Str note)
{
    bool is_beside = utf8_width(str_of(text)) + 2 + utf8_width(note) <= page_width();
    buf_char(out, '\n');
    screen_put(out, str_of(text), BOLD);
    if (note.n && is_beside) { buf_add(out, S("  ")); screen_put(out, note, DIM); }
    buf_char(out, '\n');
    if (note.n && !is_beside) prose(out->to, out, note, DIM);
}

static Str count_text(Arena *a, int64_t n, const char *one, const char *many)
{
    return arena_printf(a, "%.*s %s", STR(number_text(a, n)), plural(n, one, many));
}

/* A day, or between which days; the hour does not fit the page. */
static Str day_shown(Arena *a, Str published)
{
    return str_find(published, S("/")) >= 0 ? date_shown(a, published) : str_sub(published, 0, 10);
}

/* ---- sections ------------------------------------------------------------------------------------------- */
static void head_print(const Brief *b, Buf *out)
{
    Arena *a = b->a;
    const LedgerCounts *c = &b->counts;
    Buf line = {.to = a};
    buf_printf(&line, ": %.*s", STR(count_text(a, c->documents, "document", "documents")));
    if (c->publishers) buf_printf(&line, " from %.*s", STR(count_text(a, c->publishers, "publisher", "publishers")));
    Str first = str_sub(b->first, 0, 10), last = str_sub(b->last, 0, 10);
    bool one_day = str_eq(first, last);
    if (first.n)
        buf_printf(&line, ", dated %.*s%s%.*s", STR(first), one_day ? "" : " to ", STR(one_day ? S("") : last));
    if (b->undated) buf_printf(&line, "%s%.*s undated", first.n ? "; " : ", ", STR(number_text(a, b->undated)));
    Flow f = flow_at(a, out, 0, 2);
    f.width = page_width();
    flow_text(&f, b->ledger, BOLD);
    flow_text(&f, buf_str(&line), BOLD);
    flow_end(&f);
    Str parts = arena_printf(a, "%.*s · %.*s · %.*s · %.*s", STR(count_text(a, c->words, "word", "words")),
                             STR(count_text(a, b->said, "statement", "statements")),
                             STR(count_text(a, c->times, "date named", "dates named")),
                             STR(count_text(a, c->names, "name", "names")));
    prose(a, out, parts, DIM);
}

static void documents_print(const Brief *b, Buf *out)
{
    Line line[BRIEF_DOCUMENTS];
    Str note = b->counts.documents > b->documents.n
                   ? arena_printf(b->a, "%d of %.*s; demarche search lists all", b->documents.n,
                                  STR(number_text(b->a, b->counts.documents)))
                   : (Str){0};
    heading(out, "NEWEST DOCUMENTS", note);
    for (int i = 0; i < b->documents.n; i++) {
        const BriefDocument *d = &b->documents.v[i];
        Str day = day_shown(b->a, d->published);
        line[i] = (Line){day.n ? day : S("no date"), d->publisher.n ? d->publisher : S("–"),
                         d->title.n ? d->title : d->begins, d->id, GREEN};
    }
    lines_print(b->a, out, line, b->documents.n, 2);
}

/* "Littoral Wire 9 · Amrin Courier 7": the dot stays with what stands before it. */
static void counted_put(const Brief *b, Flow *f, Str name, int64_t n, bool is_last)
{
    flow_text(f, name, PLAIN);
    flow_whole(f, arena_printf(b->a, " %lld%s", (long long)n, is_last ? "" : " ·"), PLAIN);
    flow_text(f, S(" "), PLAIN);
}

static Flow prose_begin(const Brief *b, Buf *out)
{
    screen_pad(out, LEFT);
    Flow f = flow_at(b->a, out, LEFT, LEFT);
    f.width = page_width();
    return f;
}

static void publishers_print(const Brief *b, Buf *out)
{
    if (b->n_publishers < 2) return;
    heading(out, "PUBLISHERS", S("documents of each"));
    Flow f = prose_begin(b, out);
    for (int i = 0; i < b->publishers.n; i++)
        counted_put(b, &f, b->publishers.v[i].key.n ? b->publishers.v[i].key : S("(not known)"), b->publishers.v[i].n,
                    i + 1 == b->n_publishers);
    if (b->n_publishers > b->publishers.n)
        flow_text(&f, arena_printf(b->a, "and %lld more", (long long)(b->n_publishers - b->publishers.n)), PLAIN);
    flow_end(&f);
}

static void speakers_print(const Brief *b, Buf *out)
{
    Line line[BRIEF_SPEAKERS];
    int n = b->speakers.n < BRIEF_SPEAKERS ? b->speakers.n : BRIEF_SPEAKERS;
    if (!n) return;
    heading(out, "MOST QUOTED", S("how often, and the newest line of each"));
    for (int i = 0; i < n; i++) {
        const BriefSpeaker *s = &b->speakers.v[i];
        Str from = s->publisher, day = day_shown(b->a, s->published);
        if (day.n) from = from.n ? arena_printf(b->a, "%.*s, %.*s", STR(from), STR(day)) : day;
        line[i] = (Line){arena_printf(b->a, "%4lld", (long long)s->n), s->speaker,
                         arena_printf(b->a, "%.*s%s%.*s%s", STR(quotation(b->a, s->words)), from.n ? " (" : "",
                                      STR(from), from.n ? ")" : ""),
                         s->id, PLAIN};
    }
    lines_print(b->a, out, line, n, LINES_MAX);
}

static void names_print(const Brief *b, Buf *out)
{
    if (!b->names.n) return;
    heading(out, "NAMED MOST", S("documents that name them"));
    Flow f = prose_begin(b, out);
    for (int i = 0; i < b->names.n; i++)
        counted_put(b, &f, b->names.v[i].name, b->names.v[i].documents, i + 1 == b->names.n);
    flow_end(&f);
}

static void dates_print(const Brief *b, Buf *out, const BriefDate *date, int n, int most)
{
    Line line[BRIEF_AHEAD > BRIEF_BEHIND ? BRIEF_AHEAD : BRIEF_BEHIND];
    if (n > most) n = most;
    for (int i = 0; i < n; i++)
        line[i] = (Line){date[i].n > 1 ? arena_printf(b->a, "%.*s%s ×%lld", STR(date[i].value), date[i].is_doubtful ? " ?" : "",
                                                      (long long)date[i].n)
                         : date[i].is_doubtful ? arena_printf(b->a, "%.*s ?", STR(date[i].value))
                                               : date[i].value,
                         (Str){0}, date[i].words, date[i].id, GREEN};
    lines_print(b->a, out, line, n, 2);
}

static void calendar_print(const Brief *b, Buf *out)
{
    if (b->ahead.n) {
        Str more = b->ahead.n > BRIEF_AHEAD ? arena_printf(b->a, "after %.*s; %d of %d; demarche when --from %.*s",
                                                           STR(b->newest), BRIEF_AHEAD, b->ahead.n, STR(b->newest))
                                            : arena_printf(b->a, "after %.*s", STR(b->newest));
        heading(out, "DATES AHEAD", more);
        dates_print(b, out, b->ahead.v, b->ahead.n, BRIEF_AHEAD);
    }
    if (b->behind.n) {
        heading(out, "DATES BEHIND", S("named most"));
        dates_print(b, out, b->behind.v, b->behind.n, BRIEF_BEHIND);
    }
}

static Str ids_text(Arena *a, const Strs *ids, int64_t of)
{
    Buf b = {.to = a};
    for (int i = 0; i < ids->n; i++) buf_printf(&b, "%s%.*s", i ? ", " : "", STR(ids->v[i]));
    if (of > ids->n) buf_printf(&b, " and %.*s more", STR(number_text(a, of - ids->n)));
    return buf_str(&b);
}

static void sourcing_print(const Brief *b, Buf *out)
{
    Arena *a = b->a;
    Buf text = {.to = a};
    if (!b->said) return;
    heading(out, "ON WHOSE WORD", (Str){0});
    buf_printf(&text, "Of %.*s: %.*s by a named speaker", STR(count_text(a, b->said, "statement", "statements")),
               STR(number_text(a, b->said_named)));
    const struct {
        int64_t n;
        const char *what;
    } rest[] = {{b->said_unnamed, "by an unnamed source"},
                {b->said_collective, "by a group"},
                {b->said_document, "by a document"}};
    for (int i = 0; i < 3; i++)
        if (rest[i].n) buf_printf(&text, " · %.*s %s", STR(number_text(a, rest[i].n)), rest[i].what);
    if (b->said_open)
        buf_printf(&text, " · %.*s without a plain speaker (%.*s)", STR(number_text(a, b->said_open)),
                   STR(ids_text(a, &b->open_ids, b->said_open)));
    prose(a, out, buf_str(&text), PLAIN);
}

/* "2 lines that recur are known as furniture, and set aside in documents added from now on: Amrin Courier 2" */
static void learnt_print(const Brief *b, Buf *out)
{
    Buf text = {.to = b->a};
    buf_printf(&text, "%.*s known as furniture, and set aside in documents added from now on: ",
               STR(count_text(b->a, b->n_learnt, "line that recurs is", "lines that recur are")));
    for (int i = 0; i < b->learnt.n && i < BRIEF_PUBLISHERS; i++)
        buf_printf(&text, "%s%.*s %lld", i ? " · " : "", STR(screen_safe(b->a, b->learnt.v[i].key)),
                   (long long)b->learnt.v[i].n);
    if (b->learnt.n > BRIEF_PUBLISHERS)
        buf_printf(&text, " and %lld more", (long long)(b->learnt.n - BRIEF_PUBLISHERS));
    prose(b->a, out, buf_str(&text), PLAIN);
}

static void care_print(const Brief *b, Buf *out)
{
    Arena *a = b->a;
    const LedgerCounts *c = &b->counts;
    if (!b->undated && !c->not_english && !c->truncated && !c->boilerplate_parts && !c->corrections && !b->n_learnt)
        return;
    heading(out, "WITH CARE", (Str){0});
    if (b->undated)
        prose(a, out,
              arena_printf(a, "%.*s no date, and %s placed by what %s, ≥ ≤ ≈ (%.*s)",
                           STR(count_text(a, b->undated, "document states", "documents state")),
                           plural(b->undated, "is", "are"), plural(b->undated, "it says", "they say"),
                           STR(ids_text(a, &b->undated_ids, b->undated))),
              PLAIN);
    if (c->not_english)
        prose(a, out,
              arena_printf(a, "%.*s not in English, or too short to tell (%.*s)",
                           STR(count_text(a, c->not_english, "document is", "documents are")),
                           STR(ids_text(a, &b->foreign_ids, c->not_english))),
              PLAIN);
    if (c->truncated)
        prose(a, out,
              arena_printf(a, "%.*s off in mid-sentence",
                           STR(count_text(a, c->truncated, "document breaks", "documents break"))),
              PLAIN);
    if (c->boilerplate_parts)
        prose(a, out,
              arena_printf(a, "%.*s of site furniture %s set aside: kept, not read as news",
                           STR(count_text(a, c->boilerplate_parts, "piece", "pieces")),
                           plural(c->boilerplate_parts, "is", "are")),
              PLAIN);
    if (b->n_learnt) learnt_print(b, out);
    if (c->corrections)
        prose(a, out,
              arena_printf(a, "%.*s by the reader", STR(count_text(a, c->corrections, "correction", "corrections"))),
              PLAIN);
}

static void failures_print(const Brief *b, Buf *out)
{
    if (!b->n_failures) return;
    heading(out, "LEFT OUT OF THE LAST RUN", (Str){0});
    for (int i = 0; i < b->failures.n; i++) {
        Str where = b->failures.v[i].where, why = b->failures.v[i].why;
        prose(b->a, out, str_find(why, where) >= 0 ? why : arena_printf(b->a, "%.*s: %.*s", STR(where), STR(why)),
              YELLOW);
    }
    if (b->n_failures > b->failures.n)
        prose(b->a, out, arena_printf(b->a, "and %lld more", (long long)(b->n_failures - b->failures.n)), DIM);
}

void brief_page(const Brief *b, Buf *out)
{
    head_print(b, out);
    documents_print(b, out);
    speakers_print(b, out);
    calendar_print(b, out);
    names_print(b, out);
    publishers_print(b, out);
    sourcing_print(b, out);
    care_print(b, out);
    failures_print(b, out);
    buf_char(out, '\n');
    if (b->speakers.n) {
        Str speaker = screen_safe(b->a, b->speakers.v[0].speaker);
        const char *mark = str_find(speaker, S("'")) < 0 ? "'" : "\"";
        prose(b->a, out,
              arena_printf(b->a, "Go on: demarche said --actor %s%.*s%s · demarche show %.*s · demarche why %.*s", mark,
                           STR(speaker), mark, STR(b->documents.v[0].id), STR(b->speakers.v[0].id)),
              DIM);
    }
    else
        prose(b->a, out,
              arena_printf(b->a, "Go on: demarche show %.*s · demarche search WORDS", STR(b->documents.v[0].id)), DIM);
}

/* ---- JSON ----------------------------------------------------------------------------------------------- */
static void text_member(Buf *out, const char *name, Str value, bool is_first)
{
    buf_printf(out, "%s\"%s\":", is_first ? "" : ",", name);
    if (value.n) json_put_str(out, value);
    else buf_add(out, S("null"));
}

static void number_member(Buf *out, const char *name, int64_t n, bool is_first)
{
    buf_printf(out, "%s\"%s\":%lld", is_first ? "" : ",", name, (long long)n);
}

static void counts_json(const Brief *b, Buf *out)
{
    const LedgerCounts *c = &b->counts;
    const struct { const char *name; int64_t n;
    } numbers[] = {{"documents", c->documents}, {"publishers", c->publishers},
                   {"undated", b->undated},     {"not_english", c->not_english},
                   {"truncated", c->truncated}, {"furniture", c->boilerplate_parts},
                   {"sentences", c->sentences}, {"words", c->words},
                   {"statements", b->said},     {"times", c->times},
                   {"names", c->names},         {"corrections", c->corrections},
                   {"learnt", b->n_learnt},
                   {"failed", b->n_failures}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number_member(out, numbers[i].name, numbers[i].n, i == 0);
}

static void dates_json(Buf *out, const char *name, const BriefDate *date, int n, int most)
{
    buf_printf(out, ",\"%s\":[", name);
    for (int i = 0; i < n && i < most; i++) {
        buf_add(out, i ? S(",{") : S("{"));
        text_member(out, "value", date[i].value, true);
        number_member(out, "named", date[i].n, false);
        text_member(out, "id", date[i].id, false);
        text_member(out, "words", date[i].words, false);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void people_json(const Brief *b, Buf *out)
{
    buf_add(out, S(",\"quoted\":["));
    for (int i = 0; i < b->speakers.n && i < BRIEF_SPEAKERS; i++) {
        const BriefSpeaker *s = &b->speakers.v[i];
        buf_add(out, i ? S(",{") : S("{"));
        text_member(out, "speaker", s->speaker, true);
        number_member(out, "statements", s->n, false);
        text_member(out, "id", s->id, false);
        text_member(out, "published", s->published, false);
        text_member(out, "publisher", s->publisher, false);
        text_member(out, "words", s->words, false);
        buf_char(out, '}');
    }
    buf_add(out, S("],\"named\":["));
    for (int i = 0; i < b->names.n; i++) {
        buf_add(out, i ? S(",{") : S("{"));
        text_member(out, "name", b->names.v[i].name, true);
        number_member(out, "documents", b->names.v[i].documents, false);
        number_member(out, "mentions", b->names.v[i].mentions, false);
        text_member(out, "id", b->names.v[i].id, false);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

void brief_json(const Brief *b, Buf *out)
{
    buf_add(out, S("{\"format\":1,"));
    text_member(out, "ledger", b->ledger, true);
    text_member(out, "first", b->first, false);
    text_member(out, "last", b->last, false);
    buf_add(out, S(",\"counts\":{"));
    counts_json(b, out);
    buf_add(out, S("},\"documents\":["));
    for (int i = 0; i < b->documents.n; i++) {
        const BriefDocument *d = &b->documents.v[i];
        buf_add(out, i ? S(",{") : S("{"));
        text_member(out, "id", d->id, true);
        text_member(out, "published", d->published, false);
        text_member(out, "publisher", d->publisher, false);
        text_member(out, "title", d->title, false);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    people_json(b, out);
    dates_json(out, "ahead", b->ahead.v, b->ahead.n, BRIEF_AHEAD);
    dates_json(out, "behind", b->behind.v, b->behind.n, BRIEF_BEHIND);
    buf_printf(out,
               ",\"sourcing\":{\"named\":%lld,\"unnamed\":%lld,\"collective\":%lld,\"document\":%lld,\"open\":%lld},"
               "\"left_out\":[",
               (long long)b->said_named, (long long)b->said_unnamed, (long long)b->said_collective,
               (long long)b->said_document, (long long)b->said_open);
    for (int i = 0; i < b->failures.n; i++) {
        buf_add(out, i ? S(",{") : S("{"));
        text_member(out, "where", b->failures.v[i].where, true);
        text_member(out, "why", b->failures.v[i].why, false);
        buf_char(out, '}');
    }
    buf_add(out, S("]}\n"));
}
