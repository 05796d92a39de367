/* Listings as text: records, then questions with the rows that must come (list.t). */
#include "base/io.h"
#include "ledger/ledger.h"
#include "test.h"

static Ledger *db;
static Strs got;

static bool keep(void *with, const LedgerCells *row)
{
    (void)with;
    Buf b = {.to = &test_arena};
    for (int i = 0; i < row->n; i++) {
        if (i) buf_add(&b, S(" | "));
        buf_add(&b, row->cell[i].p ? row->cell[i] : S("-"));
    }
    *push(&test_arena, &got) = arena_str(&test_arena, buf_str(&b));
    return true;
}

static void add_record(Str line, int number)
{
    Err e = {0};
    Json *object;
    Record r;
    bool is_new;
    char hex[65];
    if (!check(json_read(&test_arena, line, &object, &e) && record_of_json(&test_arena, object, true, &r, &e))) {
        printf("  line %d: %s\n", number, e.text);
        return;
    }
    if (!r.sha256.n) {
        hash_sha256(r.text, hex);
        r.sha256 = arena_str(&test_arena, str_of(hex));
    }
    if (!check(ledger_begin(db, &e) && ledger_put(db, ledger_prepare(&test_arena, &r), &is_new, &e) && ledger_commit(db, &e)))
        printf("  line %d: %s\n", number, e.text);
}

static const struct { const char *name; LedgerList which; } lists[] = {
    {"documents", LIST_DOCUMENTS}, {"said", LIST_SAID}, {"when", LIST_WHEN}, {"who", LIST_WHO}, {"search", LIST_HITS},
    {"by-publisher", LIST_BY_PUBLISHER}, {"by-month", LIST_BY_MONTH}, {"by-speaker", LIST_BY_SPEAKER},
    {"corrections", LIST_CORRECTIONS}, {"failures", LIST_FAILURES},
};

/* "? said actor=ito since=2025-03": values run to the next " name=" */
static bool question(Str line, Err *e)
{
    LedgerFilter f = {0};
    const struct { const char *name; Str *at; } fields[] = {
        {"actor", &f.actor}, {"publisher", &f.publisher}, {"topic", &f.topic}, {"type", &f.type}, {"since", &f.since},
        {"until", &f.until}, {"words", &f.words}, {"lang", &f.lang}, {"document", &f.document}};
    Str rest = line, word, *last = NULL;
    LedgerList which = LIST_COUNT;
    str_split(&rest, ' ', &word);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (str_eq(word, str_of(lists[i].name))) which = lists[i].which;
    if (which == LIST_COUNT) return fail(e, ERR_USAGE, "no such listing");
    while (str_split(&rest, ' ', &word)) {
        Str *field = NULL, name = {0}, value = word;
        if (str_find(word, S("=")) > 0) str_split(&value, '=', &name);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (str_eq(name, str_of(fields[i].name))) field = fields[i].at;
        if (str_eq(name, S("limit"))) f.limit = value.p[0] - '0';
        else if (str_eq(word, S("newest"))) f.newest_first = true;
        else if (field) *(last = field) = value;
        else if (last) last->n = word.p + word.n - last->p;      /* a value of several words */
    }
    return ledger_list(db, which, &f, keep, NULL, e);
}

/* "! correct ID field value; reason" and "! uncorrect ID field" */
static bool order(Str line, Err *e)
{
    static int nth;
    Str what, id, field, value;
    LedgerRef ref;
    str_split(&line, ' ', &what);
    str_split(&line, ' ', &id);
    str_split(&line, ' ', &field);
    if (!ledger_resolve(db, id, &ref, e)) return false;
    if (str_eq(what, S("uncorrect"))) return ledger_uncorrect(db, ref, field, e);
    str_split(&line, ';', &value);
    Str when = arena_printf(&test_arena, "2025-06-01T00:%02d:00Z", ++nth);
    return ledger_correct(db, ref, field, str_trim(value), str_trim(line), when, e);
}

static void expect(Str expected, int32_t row, int number)
{
    Str was = row < got.n ? got.v[row] : S("(nothing)");
    if (!check_str(was, expected)) printf("  list.t:%d\n", number);
}

int main(void)
{
    TEST_BEGIN
    Err e = {0};
    IoFile file;
    if (!check(io_open(&file, "test/ledger/list.t", 1 << 20, &e))) return test_end();
    db = ledger_open("", LEDGER_MEMORY, &e);
    Str rest = file.bytes, line;
    int number = 0, asked = 0;
    int32_t row = 0;
    bool ok = true;
    while (str_split(&rest, '\n', &line)) {
        number++;
        char kind = line.n ? line.p[0] : '#';
        Str what = str_trim(str_sub(line, 1, line.n));
        if (kind == '=' && ok) expect(what, row++, number);
        else if (kind == '~') {
            if (!check(!ok && str_find(str_of(e.text), what) >= 0)) printf("  list.t:%d: got «%s»\n", number, ok ? "no error" : e.text);
            ok = true;
        } else if (kind == '?' || kind == '{' || kind == '!') {
            if (!check(ok)) printf("  list.t:%d: %s\n", asked, e.text);
            if (!check(row == got.n)) printf("  list.t:%d: %d rows came, %d were expected; the next: %.*s\n", asked, got.n, row, STR(got.v[row]));
            got = (Strs){0};
            row = 0;
            asked = number;
            ok = true;
            e = (Err){0};
            if (kind == '{') add_record(line, number);
            else ok = kind == '?' ? question(what, &e) : order(what, &e);
        }
    }
    check(ok && row == got.n);
    int64_t documents, n_bad;
    check(ledger_verify(db, NULL, NULL, &documents, &n_bad, &e) && n_bad == 0);
    io_close(&file);
    ledger_close(db);
    return test_end();
}
