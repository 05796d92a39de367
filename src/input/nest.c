/* Nest: a file, and what lies in it, level by level.
**
** A mail in a zip in a folder, a page in a gzipped web archive, a feed in base64 in a line of JSON: each level is a
** window over bytes, sniffed like a file. A document is handed out; lines of JSON are cut; whatever holds other things
** names its next member, which becomes the level above, and so on down again.
**
**   news.tgz                        gzip      ┐
**    └ its content                  tar       ├ levels, one on the other; each pulls its bytes through the one below
**       └ march/7.eml               mail      │
**          └ the body               page ─────┘ → item "news.tgz: march/7.eml", kind page
**
** Always: each member is an item, a failure with its place, or a level that is worked off to its end; nothing is ever
** written to a disk, so a member's name is but a name. What is handed out or has failed is done with before anything is
** taken from the caller's arena: when that lands, the next call goes on behind it.
** Cost: a window a level. At most LEVELS_MAX levels, ARCHIVES_MAX archives in each other.
*/
#include "input/inside.h"
#include <string.h>

typedef enum { PHASE_FRESH, PHASE_SPENT, PHASE_MANY, PHASE_HOLDS } Phase;   /* SPENT: nothing more to give */

enum { SCRATCH_BUDGET = 256 << 20 };  /* bytes; a line of JSON of 32 MiB with its decoded bytes fits */

/* ---- what came with the bytes ------------------------------------------------------------------------------- */
/* One line of well-formed UTF-8: strangers wrote it, and it goes into records. */
static Str tamed(Arena *to, Str s)
{
    Str copy = arena_str(to, utf8_clean(to, s));
    for (char *p = (char *)(uintptr_t)copy.p; p < copy.p + copy.n; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = ' ';
    return str_trim(copy);
}

Given given_copy(Arena *to, const Given *g)
{
    Given copy = *g;
    Str *const texts[] = {&copy.id, &copy.uri, &copy.publisher, &copy.author, &copy.title, &copy.published, &copy.lang};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = texts[i]->n ? tamed(to, *texts[i]) : (Str){0};
    copy.headers = g->headers.n ? arena_str(to, g->headers) : (Str){0};   /* looked into, never published */
    return copy;
}

Str given_header(const Given *g, Str name)
{
    Str rest = g->headers, line;
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find(line, S(":"));
        if (colon > 0 && str_eq_fold(str_trim(str_sub(line, 0, colon)), name))
            return str_trim(str_sub(line, colon + 1, line.n));
    }
    return (Str){0};
}

static void apply_one(Arena *a, Str given, bool is_sure, Str *field)
{
    if (given.n && (is_sure || !field->n)) *field = arena_str(a, given);
}

void given_apply(Arena *a, const Given *g, Record *r)
{
    apply_one(a, g->id, true, &r->id);
    apply_one(a, g->uri, g->is_sure, &r->uri);
    apply_one(a, g->publisher, g->is_sure, &r->publisher);
    apply_one(a, g->author, g->is_sure, &r->author);
    apply_one(a, g->title, g->is_sure, &r->title);
    apply_one(a, g->lang, g->is_sure, &r->lang);
    if (g->published.n && (g->is_sure || r->published_how != PUBLISHED_STATED)) {
        r->published = arena_str(a, g->published);
        r->published_how = g->published_how;
        r->published_range[0] = r->published_range[1] = (Str){0};
    }
    r->truncated |= g->truncated;
}

/* Levels stand in one array, each upon the one that it lies in. */
void level_inner_truncated(Level *l) { l[1].given.truncated = true; }

/* ---- one level ---------------------------------------------------------------------------------------------- */
static Level *level_add(Nest *n, Arena *a)
{
    Level *l = &n->level[n->n];
    l->own.budget = l->scratch.budget = SCRATCH_BUDGET;
    l->own.landing = l->scratch.landing = a->landing;
    arena_reset(&l->own);
    arena_reset(&l->scratch);
    l->where = (Str){0};
    l->given = (Given){0};
    l->kind = CONTENT_UNKNOWN;
    l->format = NULL;
    l->size = -1;
    l->path = NULL;
    l->unpacked = 0;
    l->state = NULL;
    l->outer = n->n ? l - 1 : NULL;
    l->phase = PHASE_SPENT;
    l->is_optional = false;
    l->late = (Err){0};
    n->n++;
    return l;
}

static void level_close(Nest *n)
{
    Level *l = &n->level[--n->n];
    if (l->format && l->format->close && l->state) l->format->close(l);
    l->state = NULL;
    reader_close(&l->reader);
}

static bool is_unpacked(Content kind) { return kind == CONTENT_ARCHIVE || kind == CONTENT_COMPRESSED; }

/* A compression is counted with the archive in it. */
static int archives_around(const Level *l)
{
    int n = 0;
    for (const Level *o = l->outer; o; o = o->outer)
        n += is_unpacked(o->kind) && !(o->kind == CONTENT_ARCHIVE && o->outer && o->outer->kind == CONTENT_COMPRESSED);
    return n;
}

static bool check_depth(const Nest *n, const Level *l, Err *e)
{
    bool is_own = l->outer && l->kind == CONTENT_ARCHIVE && l->outer->kind == CONTENT_COMPRESSED;
    if (is_unpacked(l->kind) && !is_own && archives_around(l) >= ARCHIVES_MAX)
        return fail(e, ERR_LIMIT, "lies in %d archives, one in the other, and is one itself; unpack it first and "
                    "give the files", ARCHIVES_MAX);
    if (n->n == LEVELS_MAX)
        return fail(e, ERR_LIMIT, "lies %d levels deep and holds yet more; unpack it first and give the files", n->n);
    return true;
}

static bool is_all_blank(Str s)
{
    ptrdiff_t i = 0;
    while (i < s.n && is_blank(s.p[i])) i++;
    return i == s.n;
}

/* It is refused by its size before it is read, where that is known. */
bool level_whole(Level *l, const char *what, const char *remedy, Err *e)
{
    if (l->size <= INPUT_FILE_MAX && !reader_until(&l->reader, INPUT_FILE_MAX + 1, e)) return false;
    Str raw = reader_view(&l->reader);
    if (l->size <= INPUT_FILE_MAX && raw.n <= INPUT_FILE_MAX) return true;
    int64_t size = l->size > raw.n ? l->size : raw.n;
    return fail(e, ERR_LIMIT, "is %s of %lld bytes%s, at most %d of one document are read; %s", what, (long long)size,
                l->reader.at_end || l->size >= 0 ? "" : " and more", INPUT_FILE_MAX, remedy);
}

static void hand_out(Level *l, Arena *a, Item *item)
{
    item->kind = l->kind;
    item->where = arena_str(a, l->where);
    item->given = given_copy(a, &l->given);
    item->bytes = arena_str(a, reader_view(&l->reader));
}

/* A text that begins like an array of JSON but not of objects, and is one to its end, is no article. */
static bool refuse_array(Arena *a, Str raw, Err *e)
{
    Str s = str_trim(charset_unmark(raw));
    Json *root;
    Err ignored = {0};
    if (!str_starts(s, S("[")) || !str_ends(s, S("]")) || !json_read(a, s, &root, &ignored)) return false;
    fail(e, ERR_INPUT, "is a JSON array, but not of objects; expected are objects with \"text\", one a line or in an "
         "array");
    return true;
}

static bool document_begin(Level *l, Arena *a, Item *item, Err *e)
{
    static const char split[] = "split it first: split -C 30m FILE";
    bool is_text = l->kind == CONTENT_TEXT;
    if (!level_whole(l, is_text ? "a plain text" : "a document", is_text ? split : "leave it out", e)) return false;
    Str raw = reader_view(&l->reader);
    if (is_all_blank(charset_unmark(raw))) return fail(e, ERR_INPUT, "is empty; nothing to read");
    if (is_text && refuse_array(a, raw, e)) return false;
    hand_out(l, a, item);
    return true;
}

static bool many_start(Level *l, Err *e)
{
    l->many = (Many){.from = &l->reader, .file = l->where};
    if (!many_begin(&l->many, l->kind == CONTENT_JSON_ARRAY, e)) return false;
    l->phase = PHASE_MANY;
    return true;
}

/* UTF-16 and UTF-32: what they are is sniffed once they are decoded; a document keeps its own bytes. */
static bool wide_begin(Level *l, Arena *a, Item *item, Err *e)
{
    Str text, note;
    static const char remedy[] = "convert it first: iconv -f UTF-16 -t UTF-8 FILE | demarche add -";
    if (!level_whole(l, "UTF-16 or UTF-32", remedy, e)) return false;
    if (!charset_decode(a, reader_view(&l->reader), &text, &note, e)) return false;
    l->kind = sniff(text, e);
    if (l->kind == CONTENT_UNKNOWN) return false;
    if (l->kind == CONTENT_JSON || l->kind == CONTENT_JSON_ARRAY)
        return reader_replace(&l->reader, text, e) && many_start(l, e);
    if (!format_of(l->kind)->record)
        return fail(e, ERR_INPUT, "is UTF-16 or UTF-32; %s", remedy);
    if (is_all_blank(text)) return fail(e, ERR_INPUT, "is empty; nothing to read");
    hand_out(l, a, item);
    return true;
}

/* As much as is needed to tell what it is. JSON is told by its first bytes: on a slow pipe the first line need not wait
** until a whole head has come. */
static bool read_head(Level *l, Err *e)
{
    Err ignored;
    while (!l->reader.at_end && reader_view(&l->reader).n < SNIFF_BYTES) {
        if (sniff(reader_view(&l->reader), &ignored) == CONTENT_JSON) return true;
        if (!reader_more(&l->reader, e)) return false;
    }
    return true;
}

static bool inspect(Level *l, Arena *a, Item *item, Err *e)
{
    Buf json = {.to = a};
    if (!l->format->inspect(l, &json, e)) return false;
    item->kind = CONTENT_INSPECTED;
    item->where = arena_str(a, l->where);
    item->given = given_copy(a, &l->given);
    item->bytes = buf_str(&json);
    return true;
}

/* Afterwards the level is spent and *item holds its document (`is_item`), or it goes on (MANY, HOLDS). */
static bool level_begin(Nest *n, Level *l, Arena *a, Item *item, bool *is_item, Err *e)
{
    *is_item = false;
    bool is_damaged = !read_head(l, e);
    if (is_damaged) {                                 /* an archive of many records is worth reading on, nothing else */
        Err ignored;
        if (e->code == ERR_INTERRUPTED || sniff(reader_view(&l->reader), &ignored) != CONTENT_WARC) return false;
        l->late = *e;
    }
    if (l->kind == CONTENT_UNKNOWN) l->kind = sniff(reader_view(&l->reader), e);
    const Format *f = format_of(l->kind);
    if (l->kind == CONTENT_UNKNOWN) return false;
    if (l->kind == CONTENT_JSON || l->kind == CONTENT_JSON_ARRAY) return many_start(l, e);
    if (f && f->open) {
        l->format = f;
        if (!check_depth(n, l, e) || !f->open(l, e)) return false;
        if (n->inspects && f->inspect) return *is_item = inspect(l, a, item, e);
        l->phase = PHASE_HOLDS;
        return true;
    }
    bool ok = l->kind == CONTENT_WIDE ? wide_begin(l, a, item, e) : document_begin(l, a, item, e);
    *is_item = ok && l->phase == PHASE_SPENT;
    return ok;
}

/* ---- members ------------------------------------------------------------------------------------------------- */
/* "a.zip: b.tar: c.txt"; what has no name of its own keeps the place of what it lies in. */
static Str place_in(Arena *to, Str outer, Str name)
{
    if (!name.n) return arena_str(to, outer);
    return arena_printf(to, "%.*s: %.*s", STR(outer), STR(place_shown(to, name)));
}

static bool member_open(Nest *n, const Member *m, Str where, Arena *a, Err *e)
{
    if (n->n == LEVELS_MAX)
        return fail(e, ERR_LIMIT, "lies %d levels deep; unpack it first and give the files", n->n);
    Level *l = level_add(n, a);
    l->where = arena_str(&l->own, where);
    l->given = given_copy(&l->own, &m->given);
    l->kind = m->kind;
    l->is_optional = m->is_optional;
    reader_close(&l->reader);
    if (m->pull.read)
        reader_open_pull(&l->reader, m->pull);
    else if (!reader_replace(&l->reader, m->bytes, e))
        return false;
    l->phase = PHASE_FRESH;
    return true;
}

static ItemState failed(Item *item, Str where, Err *e)
{
    item->where = where;
    item_fail(e, where);
    return ITEM_FAILED;
}

/* ITEM_DOCUMENT: the member is the level above now. */
static ItemState next_member(Nest *n, Level *l, Arena *a, Item *item, Err *e)
{
    Member m = {.kind = CONTENT_UNKNOWN};
    arena_reset(&l->scratch);
    l->phase = PHASE_SPENT;                         /* so it stays where the arena lands: what follows cannot be told */
    ItemState state = l->format->next(l, &m, e);
    if (state == ITEM_END) return ITEM_END;
    Str where = place_in(a, l->where, m.name);
    l->phase = PHASE_HOLDS;
    if (state == ITEM_FAILED) return failed(item, where, e);
    return member_open(n, &m, where, a, e) ? ITEM_DOCUMENT : failed(item, where, e);
}

/* A line of JSON is an item, or the envelope of bytes, which become the level above (ITEM_END: look there). */
static ItemState next_of_many(Nest *n, Level *l, Arena *a, Item *item, Err *e)
{
    ItemState state = many_next(&l->many, a, item, e);
    if (state == ITEM_END) l->phase = PHASE_SPENT;
    if (state != ITEM_DOCUMENT || !envelope_is(item->bytes)) return state;
    Member m = {.kind = CONTENT_UNKNOWN};
    arena_reset(&l->scratch);
    bool ok = envelope_open(l, item->bytes, &m, e);
    if (ok && !m.name.p) return ITEM_DOCUMENT;
    return ok && member_open(n, &m, item->where, a, e) ? ITEM_END : failed(item, item->where, e);
}

/* ---- what the header names ---------------------------------------------------------------------------------- */
bool nest_open(Nest *n, const InputFile *file, Arena *a, Err *e)
{
    Level *l = level_add(n, a);
    l->where = file->where;
    l->size = file->size;
    l->path = str_eq(file->path, S("-")) ? NULL : file->path.p;
    if (!reader_open(&l->reader, file->path.p, n->stop, e)) return false;
    l->phase = PHASE_FRESH;
    return true;
}

ItemState nest_next(Nest *n, Arena *a, Item *item, Err *e)
{
    for (int32_t i = 0; i < n->n; i++) n->level[i].own.landing = n->level[i].scratch.landing = a->landing;
    while (n->n) {
        Level *l = &n->level[n->n - 1];
        Phase phase = (Phase)l->phase;
        ItemState state = ITEM_END;
        item->where = l->where;
        if (phase == PHASE_FRESH) {
            bool is_item, is_optional = l->is_optional;
            l->phase = PHASE_SPENT;
            bool ok = level_begin(n, l, a, item, &is_item, e);
            if (ok && is_item) return ITEM_DOCUMENT;
            if (!ok && (!is_optional || l->kind != CONTENT_UNKNOWN)) return failed(item, arena_str(a, l->where), e);
        } else if (phase == PHASE_HOLDS) {
            state = next_member(n, l, a, item, e);
            if (state == ITEM_FAILED) return state;
        } else if (phase == PHASE_MANY) {
            state = next_of_many(n, l, a, item, e);
            if (state != ITEM_END) return state;
        } else if (n->n == 1) {
            break;
        } else {
            level_close(n);
        }
    }
    return ITEM_END;
}

int64_t nest_consumed(const Nest *n) { return n->n ? n->level[0].reader.consumed : 0; }

void nest_close(Nest *n)
{
    while (n->n) level_close(n);
}

void nest_free(Nest *n)
{
    nest_close(n);
    for (int i = 0; i < LEVELS_MAX; i++) {
        reader_free(&n->level[i].reader);
        arena_close(&n->level[i].own);
        arena_close(&n->level[i].scratch);
    }
}
