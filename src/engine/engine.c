/* Engine: one document in, one Record out. The only file that knows the order of the stages.
**
**   bytes ─ input_record ─ text_clean ─ text_language ─ text_sentences ─ record_mark_known ─ text_tokens ─ language_read
**         ─ reading_times ─ reading_published ─ reading_names ─ reading_link ─ reading_coref ─ reading_statements
**         ─ reading_affiliations ─ record_valid ─ the caller's own preparation
**
** Inside the stages memory never fails: when a document has spent its budget, arena_take jumps to the one landing place
** (`land`, below), and that document becomes a failure with its name, while the run goes on.
**
** Always: what leaves here satisfies record_valid, or is a failure; `land` owns nothing and changes no variable of its
** own after setjmp, so nothing is lost by the jump (the arena belongs to the caller).
*/
#include "engine/inside.h"
#include "reading/reading.h"
#include "text/text.h"
#include <assert.h>
#include <stdlib.h>

enum { BUDGET = 512 << 20 };          /* bytes a document may use: sixteen times the largest that input hands out */

#if defined(__SANITIZE_ADDRESS__)
enum { STOP_AT_FAULTS = true };       /* builds for finding faults stop there; a user's run goes on */
#else
enum { STOP_AT_FAULTS = false };
#endif

Engine *engine_open(const EngineOptions *how, Err *e)
{
    Engine *g = calloc(1, sizeof *g);
    if (!g) {
        fail(e, ERR_MEMORY, "no memory for the engine");
        return NULL;
    }
    g->how = *how;
    if (g->how.budget <= 0) g->how.budget = BUDGET;
    if (g->how.workers <= 0) g->how.workers = io_cores();
    if (!g->how.model || g->how.input.inspects || (g->language = language_open(g->how.model, e))) return g;
    engine_close(g);
    return NULL;
}

void engine_close(Engine *g)
{
    if (g) language_close(g->language);
    free(g);
}

/* ---- the order of the stages ---------------------------------------------------------------------------------- */
static void read_text(const Engine *g, Arena *a, Record *r)
{
    text_clean(a, r);
    text_language(r);
    text_sentences(a, r, (TextOptions){.furniture_too = g->how.furniture_too});
    if (g->how.known) record_mark_known(a, r, g->how.known);
    text_tokens(a, r);
    arena_aside_close(a);                                /* it may wait for others now */
}

static void read_meaning(const Engine *g, Arena *a, Record *r)
{
    if (g->how.words_only) return;
    reading_times(a, r);
    reading_published(a, r);
    reading_names(a, r);
    if (g->how.actors) reading_link(a, g->how.actors, r);
    reading_coref(a, g->how.actors, r, g->how.phrases);
    reading_statements(a, r);
    if (g->how.actors) reading_affiliations(a, g->how.actors, r);
    if (!g->how.tokens) r->tokens = (Tokens){0};
}

/* A record that was made elsewhere stays as it stands; only what every listing needs of a text is filled in where it is
** missing: its language and its sentences. Paragraphs are needed for those, so a copy is cleaned (a given text is only
** marked by that), and the marks of the copy are forgotten. */
static void complete_given(const Engine *g, Arena *a, Record *r)
{
    if (!r->lang.n) text_language(r);
    if (r->sentences.n) return;
    Record copy = *r;
    copy.boilerplate = (Boilerplates){0};
    copy.origin = (Origins){0};
    text_clean(a, &copy);
    copy.boilerplate = r->boilerplate;
    text_sentences(a, &copy, (TextOptions){.furniture_too = g->how.furniture_too});
    r->sentences = copy.sentences;
}

static bool check_record(const Record *r, Err *e)
{
    Err fault = {0};
    if (record_valid(r, &fault)) return true;
    fail(e, ERR_INPUT, "a fault of this program, please report it: %s", fault.text);
    item_fail(e, r->where);
    if (STOP_AT_FAULTS) io_note("%s", e->text);
    assert(!STOP_AT_FAULTS && "a record that leaves the engine satisfies record_valid");
    return false;
}

/* For inspect: what is understood before any reading. A feed or a web archive says it of itself (its item holds that).
** */
static bool inspect_document(Document *d, Err *e)
{
    if (d->item->kind == CONTENT_INSPECTED) {
        record_blank(d->record);
        d->record->where = d->item->where;
        return true;
    }
    if (!input_record(d->arena, d->item, d->engine->how.input, d->record, e)) return false;
    text_clean(d->arena, d->record);
    text_language(d->record);
    return check_record(d->record, e);
}

static bool begin(void *with, Err *e)
{
    Document *d = with;
    d->prepared = NULL;
    d->has_text = false;
    if (d->engine->how.input.inspects) return inspect_document(d, e);
    if (!input_record(d->arena, d->item, d->engine->how.input, d->record, e)) return false;
    d->has_text = !(d->engine->how.input.records && d->item->kind == CONTENT_JSON);
    if (d->has_text) read_text(d->engine, d->arena, d->record);
    else complete_given(d->engine, d->arena, d->record);
    return true;
}

static bool end(void *with, Err *e)
{
    Document *d = with;
    if (d->has_text) read_meaning(d->engine, d->arena, d->record);
    if (!d->engine->how.input.inspects && !check_record(d->record, e)) return false;
    if (d->wants_preparation && d->engine->how.prepare)
        d->prepared = d->engine->how.prepare(d->engine->how.with, d->arena, d->item, d->record);
    return true;
}

/* ---- the one landing place ------------------------------------------------------------------------------------ */
static bool spent(const Arena *a, const Item *item, Err *e)
{
    fail(e, ERR_LIMIT, "takes more memory than one document may use (%td MiB, or what the machine has); split it into several",
         a->budget >> 20);
    return item_fail(e, item->where.n ? item->where : S("a document"));
}

bool land(Arena *a, const Item *item, bool (*step)(void *with, Err *e), void *with, Err *e)
{
    jmp_buf here, *const outer = a->landing;
    a->landing = &here;
    if (setjmp(here)) {
        a->landing = outer;
        return spent(a, item, e);
    }
    bool ok = step(with, e);
    a->landing = outer;
    return ok;
}

void engine_begin(Document *d)
{
    d->is_read = land(d->arena, d->item, begin, d, &d->why);
}

void engine_end(const Engine *g, Document *const *d, int32_t n)
{
    LanguageTask task[DOCUMENTS_AT_ONCE];
    int32_t of[DOCUMENTS_AT_ONCE], n_tasks = 0;
    for (int32_t i = 0; i < n; i++)
        if (d[i]->is_read && d[i]->has_text) {
            of[n_tasks] = i;
            task[n_tasks++] = (LanguageTask){.arena = d[i]->arena, .record = d[i]->record};
        }
    if (g->language) language_read_all(g->language, task, n_tasks);
    for (int32_t i = 0; i < n_tasks; i++)
        if (task[i].is_spent) d[of[i]]->is_read = spent(task[i].arena, d[of[i]]->item, &d[of[i]]->why);
    for (int32_t i = 0; i < n; i++) {
        if (d[i]->is_read) d[i]->is_read = land(d[i]->arena, d[i]->item, end, d[i], &d[i]->why);
        if (!d[i]->is_read) record_blank(d[i]->record);
    }
}

bool engine_read(Engine *g, Arena *a, const Item *item, Record *r, Err *e)
{
    Document d = {.engine = g, .arena = a, .item = item, .record = r};
    engine_begin(&d);
    engine_end(g, &(Document *){&d}, 1);
    if (!d.is_read) *e = d.why;
    return d.is_read;
}
