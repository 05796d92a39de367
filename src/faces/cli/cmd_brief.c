/* brief: one page on what the ledger holds.
**
** Newest documents; who is quoted most, with the newest line of each; who is named; which dates lie ahead of the newest
** document and which past ones are named most; on whose word it all stands; what has to be read with care; and what was
** left out. Every line carries an id that `show` and `why` take.
**
** One pass over the quotations and one over the dates; what is kept grows with the speakers and the days, not with the
** ledger.
*/
#include "brief.h"
#include <stdlib.h>

static Str kept(Arena *a, const LedgerCells *row, const char *column)
{
    Str cell = cell_named(row, column);
    return cell.p ? arena_str(a, cell) : (Str){0};
}

/* The sentence from where its date can be seen: some words before the expression, and all after it. */
static Str sentence_of(Arena *a, const LedgerCells *row)
{
    Str words = cell_named(row, "words"), expression = cell_named(row, "expression");
    enum { BEFORE = 60, FAR = 90 };                      /* bytes; an excerpt has some 130 columns */
    ptrdiff_t at = expression.n ? str_find(words, expression) : -1;
    if (at < FAR) return kept(a, row, "words");
    at -= BEFORE;
    while (at > 0 && words.p[at - 1] != ' ') at--;
    return arena_printf(a, "… %.*s", STR(str_sub(words, at, words.n)));
}

/* ---- one function a list -------------------------------------------------------------------------------- */
static bool document_take(void *with, const LedgerCells *row)
{
    Brief *b = with;
    Str how = cell_named(row, "how"), lang = cell_named(row, "lang");
    Str published = cell_named(row, "published"), last = date_last(published);
    bool is_dated = published.n && !str_eq(how, S("inferred"));
    if (is_dated && (!b->last.n || str_cmp(published, b->last) > 0)) b->last = arena_str(b->a, published);
    if (is_dated && (!b->first.n || str_cmp(published, b->first) < 0)) b->first = arena_str(b->a, published);
    if (!is_dated && str_cmp(last, b->newest) > 0) b->newest = arena_str(b->a, last);
    if (b->documents.n < BRIEF_DOCUMENTS)
        *push(b->a, &b->documents) =
            (BriefDocument){kept(b->a, row, "id"), kept(b->a, row, "published"), kept(b->a, row, "title"),
                            kept(b->a, row, "publisher"), {0}};
    b->undated += !is_dated;
    if (!is_dated && b->undated_ids.n < BRIEF_IDS) *push(b->a, &b->undated_ids) = kept(b->a, row, "id");
    if (lang.n && !str_eq(lang, S("en")) && b->foreign_ids.n < BRIEF_IDS)
        *push(b->a, &b->foreign_ids) = kept(b->a, row, "id");
    return !io_stop;
}

static bool said_take(void *with, const LedgerCells *row)
{
    Brief *b = with;
    Str sourcing = cell_named(row, "sourcing"), speaker = cell_named(row, "speaker");
    bool is_named = speaker.n && (!sourcing.n || str_eq(sourcing, S("named")));
    b->said++;
    if (is_named) b->said_named++;
    else if (str_eq(sourcing, S("unnamed"))) b->said_unnamed++;
    else if (str_eq(sourcing, S("collective"))) b->said_collective++;
    else if (str_eq(sourcing, S("document"))) b->said_document++;
    else {
        b->said_open++;
        if (b->open_ids.n < BRIEF_IDS) *push(b->a, &b->open_ids) = kept(b->a, row, "id");
    }
    if (!speaker.n) return !io_stop;
    int32_t at = map_get(&b->speaker_at, speaker);
    if (at < 0) {                                         /* newest first: the first line of each is the newest */
        at = b->speakers.n;
        *push(b->a, &b->speakers) = (BriefSpeaker){kept(b->a, row, "speaker"),   0,
                                                   kept(b->a, row, "id"),        kept(b->a, row, "published"),
                                                   kept(b->a, row, "publisher"), kept(b->a, row, "words")};
        *map_at(&b->speaker_at, b->speakers.v[at].speaker) = at;
    }
    b->speakers.v[at].n++;
    return !io_stop;
}

enum { SENTENCE_SAYS = 48 };              /* bytes; a shorter one is a dateline or a heading */

/* Dates are as long as they are known: "2031" is neither before nor after a day of that year. */
static int date_side(Str value, Str newest)
{
    ptrdiff_t n = value.n < newest.n ? value.n : newest.n;
    return str_cmp(str_sub(value, 0, n), str_sub(newest, 0, n));
}

static bool when_take(void *with, const LedgerCells *row)
{
    Brief *b = with;
    Date d;
    Str value = cell_named(row, "value");
    int side = value.n && date_parse(value, &d) && b->newest.n ? date_side(value, b->newest) : 0;
    Map *at_map = side > 0 ? &b->ahead_at : &b->behind_at;
    if (!side) return !io_stop;
    int32_t at = map_get(at_map, value);
    if (at < 0) {
        BriefDate one = {kept(b->a, row, "value"), kept(b->a, row, "id"), sentence_of(b->a, row), 0, true};
        at = side > 0 ? b->ahead.n : b->behind.n;
        *(side > 0 ? push(b->a, &b->ahead) : push(b->a, &b->behind)) = one;
        *map_at(at_map, one.value) = at;
    }
    BriefDate *date = side > 0 ? &b->ahead.v[at] : &b->behind.v[at];
    date->n++;
    date->is_doubtful &= cell_named(row, "doubt").n > 0;
    if (date->words.n < SENTENCE_SAYS && cell_named(row, "words").n >= SENTENCE_SAYS) {
        date->id = kept(b->a, row, "id");
        date->words = sentence_of(b->a, row);
    }
    return !io_stop;
}

static bool who_take(void *with, const LedgerCells *row)
{
    Brief *b = with;
    *push(b->a, &b->names) = (BriefName){kept(b->a, row, "name"), kept(b->a, row, "id"),
                                         cell_count(cell_named(row, "documents")), cell_count(cell_named(row, "mentions"))};
    return !io_stop;
}

static bool publisher_take(void *with, const LedgerCells *row)
{
    Brief *b = with;
    Str key = row->cell[0].p ? arena_str(b->a, row->cell[0]) : (Str){0};    /* the first column says by what */
    if (b->n_publishers++ < BRIEF_PUBLISHERS)
        *push(b->a, &b->publishers) = (BriefCount){key, cell_count(cell_named(row, "documents"))};
    return !io_stop;
}

static bool failure_take(void *with, const LedgerCells *row)
{
    Brief *b = with;
    if (b->n_failures++ < BRIEF_FAILURES)
        *push(b->a, &b->failures) = (BriefFailure){kept(b->a, row, "where"), kept(b->a, row, "why")};
    return true;
}

static bool learnt_take(void *with, Str publisher, Str words, int64_t documents)
{
    Brief *b = with;
    (void)words, (void)documents;
    if (!b->learnt.n || !str_eq(b->learnt.v[b->learnt.n - 1].key, publisher))
        *push(b->a, &b->learnt) = (BriefCount){arena_str(b->a, publisher), 0};
    b->learnt.v[b->learnt.n - 1].n++;
    b->n_learnt++;
    return true;
}

/* ---- order ---------------------------------------------------------------------------------------------- */
static int speaker_cmp(const void *x, const void *y)
{
    const BriefSpeaker *a = x, *b = y;
    return a->n != b->n ? (a->n < b->n ? 1 : -1) : str_cmp(a->speaker, b->speaker);
}

static int ahead_cmp(const void *x, const void *y)
{
    return str_cmp(((const BriefDate *)x)->value, ((const BriefDate *)y)->value);
}

static int behind_cmp(const void *x, const void *y)
{
    const BriefDate *a = x, *b = y;
    return a->n != b->n ? (a->n < b->n ? 1 : -1) : str_cmp(b->value, a->value);
}

/* A document without a title is shown by its first sentence. */
static bool beginnings_find(Call *call, Brief *b)
{
    for (int i = 0; i < b->documents.n; i++) {
        BriefDocument *d = &b->documents.v[i];
        LedgerRef ref;
        static Record r;
        if (d->title.n) continue;
        if (!ledger_resolve(call->ledger, d->id, &ref, &call->err)
            || !ledger_get(call->ledger, b->a, ref.document, &r, &call->err))
            return false;
        Str first = r.sentences.n ? span_str(r.text, r.sentences.v[0]) : str_sub(r.text, 0, 300);
        d->begins = arena_printf(b->a, "“%.*s”", STR(screen_safe(b->a, first)));
    }
    return true;
}

static bool brief_gather(Call *call, Brief *b, const LedgerFilter *f)
{
    Ledger *db = call->ledger;
    Err *e = &call->err;
    LedgerFilter newest = *f, few = *f, any = {0};
    newest.newest_first = true;
    few.limit = BRIEF_NAMES;
    if (!ledger_counts(db, b->a, f, &b->counts, e)) return false;
    if (!b->counts.documents) return ledger_list(db, LIST_FAILURES, &any, failure_take, b, e);
    if (!ledger_list(db, LIST_DOCUMENTS, &newest, document_take, b, e) || !beginnings_find(call, b)) return false;
    if (b->last.n) b->newest = b->last;                   /* else the latest day that an undated document can be of */
    b->newest = str_sub(b->newest, 0, 10);
    if (!ledger_list(db, LIST_SAID, &newest, said_take, b, e) || !ledger_list(db, LIST_WHEN, f, when_take, b, e))
        return false;
    if (!ledger_list(db, LIST_WHO, &few, who_take, b, e)
        || !ledger_list(db, LIST_BY_PUBLISHER, f, publisher_take, b, e))
        return false;
    if (!ledger_list(db, LIST_FAILURES, &any, failure_take, b, e) || !ledger_learnt(db, learnt_take, b, e)) return false;
    if (b->speakers.n) qsort(b->speakers.v, (size_t)b->speakers.n, sizeof *b->speakers.v, speaker_cmp);
    if (b->ahead.n) qsort(b->ahead.v, (size_t)b->ahead.n, sizeof *b->ahead.v, ahead_cmp);
    if (b->behind.n) qsort(b->behind.v, (size_t)b->behind.n, sizeof *b->behind.v, behind_cmp);
    return true;
}

static int brief_run(Call *call)
{
    Arena *a = call->arena;
    static Brief b;
    LedgerFilter f = call_filter(call);
    Buf out = {.to = a};
    f.words = call_words(call, 0);
    b = (Brief){.a = a,
                .ledger = str_of(call_ledger_path(call)),
                .speaker_at = {.to = a},
                .ahead_at = {.to = a},
                .behind_at = {.to = a}};
    if (!call_ledger(call, LEDGER_READ) || !brief_gather(call, &b, &f)) return call_failed(call);
    bool is_filtered = f.actor.n || f.publisher.n || f.topic.n || f.type.n || f.lang.n || f.since.n || f.until.n
                       || f.document.n || f.words.n;
    if (call_has(call, "json")) brief_json(&b, &out);
    else if (b.counts.documents) {
        screen_page();
        brief_page(&b, &out);
    }
    io_out(buf_str(&out));
    if (!b.counts.documents)
        io_note(is_filtered ? "No document fits." : "There is nothing in %.*s yet: demarche add FILE…", STR(b.ledger));
    if (!b.counts.documents && b.n_failures)
        io_note("The last run left out %lld inputs; the first: %.*s: %.*s", (long long)b.n_failures,
                STR(b.failures.v[0].where), STR(b.failures.v[0].why));
    return b.counts.documents ? EXIT_DONE : EXIT_NOTHING;
}

static const char about[] =
    "The newest documents; who is quoted most, and the newest line of each; who is named most; the dates that lie "
    "ahead of the newest document, and the past ones that are named most; on whose word it stands; what has to be "
    "read with care; and what the last run left out. Every line carries an id for `demarche show` and `demarche "
    "why`. Filters and WORDS narrow it down.";
static const Option options[] = {
    OPTIONS_FILTER,
    {0, "json", TAKES_NOTHING, NULL, "the page as one JSON object"},
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche brief", "The whole ledger"},
    {"demarche brief --since 2031-03 | head -40", "What is dated since a month"},
    {0}};
const Command command_brief = {
    .name = "brief", .operands = "[WORDS…]", .summary = "what the ledger holds, on one page", .about = about,
    .operand = OPERAND_WORD, .least = 0, .most = -1, .options = options, .examples = examples,
    .run = brief_run};
