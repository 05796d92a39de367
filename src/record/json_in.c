/* JSON in: an object of FORMAT.md, or one that feeds the program, becomes a record.
**
**  in:  {"text": "Łódź agreed.", "published": "18 March 2025", "speaker": "Mayor Zięba"}
**  out: published 2025-03-18, received; and, where parts are taken: the entity "Mayor Zięba" and one statement of
**       hers, content [0, 15) in bytes
**
** What is fed is text and what came with it; all other keys are ignored, so gold files can be fed as they are. With
** parts, every key of FORMAT.md is taken as given: references by the value of "id", whatever integers those are,
** spans in code points of the object's own text; the ids of the record are places in its lists again.
**
** Whatever is wrong is said with its place, what is there and what is expected, "statement 3: 'speaker' is a string;
** an entity's id, or null, is expected", and nothing of the object is kept. A record that comes out is valid
** (valid.c), and written out, read in and written out again it gives the same bytes.
**
** A zero character in a string becomes U+FFFD, for terminals and databases end a text there. It is one code point
** as before, so the caller's spans still count right.
**
** Left to others: html, bytes, file (input); the sha256 of what came in, and an id made from it; "headers", which
** belong to html and bytes.
*/
#include "record/inside.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int64_t id; int32_t index; } Id;
typedef struct { Id *v; int32_t n; bool is_plain; } Ids;    /* is_plain: each id is its index; else v is sorted by id */
typedef struct {
    Arena *a;
    Record *r;
    Err *e;
    Place place;
    Ids ids[INTO_COUNT];
} In;

/* ---- saying what is wrong ------------------------------------------------------------------------------- */

static const char *const kinds[] = {"null", "false", "true", "a number", "a string", "a list", "an object"};

static const char *expected_of(FieldKind kind)
{
    switch (kind) {
    case FIELD_TEXT: case FIELD_STR: return "text in quotes";
    case FIELD_ID: return "text in quotes or a number";
    case FIELD_PUBLISHED: case FIELD_WHEN: return "a date in quotes";
    case FIELD_RANGE: return "a pair of dates [\"2025-03-18\", \"2025-03-31\"]";
    case FIELD_COUNT: return "a pair of whole numbers [least, most]";
    case FIELD_BOOL: return "true or false";
    case FIELD_ENUM: return "a name in quotes";
    case FIELD_FORMAT: case FIELD_INT: case FIELD_NATURAL: return "a whole number";
    case FIELD_NUMBER: return "a number";
    case FIELD_SPAN: case FIELD_SPAN_OR_NULL: return "a pair of whole numbers [begin, end]";
    case FIELD_SPANS: return "a list of pairs [[begin, end]]";
    case FIELD_STRS: return "a list of texts in quotes";
    case FIELD_INDICES: return "a list of ids";
    case FIELD_PARTS: return "a list of objects";
    case FIELD_SOURCES: case FIELD_JUDGED: return "an object in braces";
    case FIELD_JUDGE: return "\"article\" or a statement's id";
    case FIELD_INDEX: case FIELD_KINDS: break;
    }
    return "an id, or null,";
}

static bool refuse(const In *in, const Field *f, const Json *j)
{
    return fail(in->e, ERR_INPUT, "'%.*s' is %s; %s is expected", STR(f->key), kinds[j->kind], expected_of(f->kind));
}

/* ---- single values -------------------------------------------------------------------------------------- */

static Str without_zeros(Arena *a, Str s)
{
    if (s.n == 0 || !memchr(s.p, 0, (size_t)s.n)) return s;
    Buf b = {.to = a};
    for (ptrdiff_t i = 0, end; i < s.n; i = end + 1) {
        const char *zero = memchr(s.p + i, 0, (size_t)(s.n - i));
        end = zero ? zero - s.p : s.n;
        buf_add(&b, str_sub(s, i, end));
        if (zero) buf_add(&b, S("\xEF\xBF\xBD"));
    }
    return buf_str(&b);
}

static bool read_str(const In *in, const Field *f, const Json *j, Str *to)
{
    if (j->kind != JSON_STRING && !(j->kind == JSON_NUMBER && f->kind == FIELD_ID)) return refuse(in, f, j);
    *to = without_zeros(in->a, j->text);
    return true;
}

static bool read_published(const In *in, const Field *f, const Json *j, Str *to)
{
    char iso[WHEN_MAX];
    if (!read_str(in, f, j, to)) return false;
    if (str_trim(*to).n == 0) return *to = (Str){0}, true;
    if (!when_normal(*to, iso))
        return fail(in->e, ERR_INPUT,
                    "'published' is '%.*s', which is no date; write 2025-03-18 or 2025-03-18T09:30, or null",
                    STR(record_quote(*to)));
    if (!str_eq(*to, str_of(iso))) *to = arena_str(in->a, str_of(iso));
    return true;
}

/* 2^53: beyond it a double no longer tells whole numbers apart. */
static bool is_whole(const Json *j, int64_t *v)
{
    if (j->kind != JSON_NUMBER || !(fabs(j->number) <= 0x1p53) || j->number != floor(j->number)) return false;
    *v = (int64_t)j->number;
    return true;
}

static bool read_whole(const In *in, const Field *f, const Json *j, int64_t least, int64_t most, int32_t *to)
{
    int64_t v;
    if (!is_whole(j, &v)) return refuse(in, f, j);
    if (v != least && least == most)
        return fail(in->e, ERR_INPUT, "'%.*s' is %lld; %lld is expected", STR(f->key), (long long)v, (long long)least);
    if (v < least || v > most)
        return fail(in->e, ERR_INPUT, "'%.*s' is %lld; %lld to %lld is expected", STR(f->key), (long long)v,
                    (long long)least, (long long)most);
    *to = (int32_t)v;
    return true;
}

static bool read_enum(const In *in, const Field *f, const Json *j, int32_t *to)
{
    if (j->kind != JSON_STRING) return refuse(in, f, j);
    for (int32_t i = 1; i < f->names->n; i++)
        if (str_eq(f->names->name[i], j->text)) return *to = i, true;
    Buf known = {.to = in->a};
    for (int32_t i = 1; i < f->names->n; i++) {
        if (i > 1) buf_add(&known, S(", "));
        buf_add(&known, f->names->name[i]);
    }
    return fail(in->e, ERR_INPUT, "'%.*s' is '%.*s'; one of %.*s is expected", STR(f->key), STR(record_quote(j->text)),
                STR(buf_str(&known)));
}

static bool read_span(const In *in, const Field *f, const Json *j, Span *to)
{
    int64_t begin, end;
    if (j->kind != JSON_ARRAY || j->n != 2) return refuse(in, f, j);
    if (!is_whole(j->first, &begin)) return refuse(in, f, j->first);
    if (!is_whole(j->first->next, &end)) return refuse(in, f, j->first->next);
    const char *why = begin < 0 ? "begins before the text" : end < begin ? "ends before it begins" : NULL;
    if (why) return fail(in->e, ERR_INPUT, "%.*s [%lld, %lld) %s", STR(f->key), (long long)begin, (long long)end, why);
    to->begin = begin > INT32_MAX ? NONE : place_byte(&in->place, (int32_t)begin);
    to->end = end > INT32_MAX ? NONE : place_byte(&in->place, (int32_t)end);
    if (to->begin >= 0 && to->end >= 0) return true;
    return fail(in->e, ERR_INPUT, "%.*s [%lld, %lld) ends after the text (%td code points)", STR(f->key),
                (long long)begin, (long long)end, utf8_count(in->r->text));
}

/* Pairs whose ends may be null: a range of dates, a count. */
static bool read_pair(const In *in, const Field *f, const Json *j, void *to)
{
    static const Field day = {.key = {"date", 4}, .kind = FIELD_WHEN},
                       count = {.key = {"count", 5}, .kind = FIELD_NATURAL};
    if (j->kind != JSON_ARRAY || j->n != 2) return refuse(in, f, j);
    const Json *end = j->first;
    for (int i = 0; i < 2; i++, end = end->next) {
        if (end->kind == JSON_NULL) continue;
        bool is_read = f->kind == FIELD_RANGE ? read_str(in, &day, end, (Str *)to + i)
                                              : read_whole(in, &count, end, 0, INT32_MAX, (int32_t *)to + i);
        if (!is_read) return err_while(in->e, "'%.*s'", STR(f->key));
    }
    return true;
}

/* ---- references ----------------------------------------------------------------------------------------- */

static int by_id(const void *x, const void *y)
{
    const Id *a = x, *b = y;
    if (a->id != b->id) return a->id < b->id ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* The ids of one list, before anything is read that may refer to them. */
static bool read_ids(In *in, int32_t list, const Json *parts)
{
    Ids *ids = &in->ids[list];
    const char *name = record_list_names[list];
    if (!parts || parts->kind != JSON_ARRAY) return true;                /* another kind is refused where it is read */
    ids->v = arena_new(in->a, Id, parts->n + 1);
    ids->is_plain = true;
    for (const Json *part = parts->first; part; part = part->next, ids->n++) {
        const Json *id = json_get(part, S("id"));
        Id *at = &ids->v[ids->n];
        *at = (Id){ids->n, ids->n};
        if (id && id->kind != JSON_NULL && !is_whole(id, &at->id))
            return fail(in->e, ERR_INPUT, "%s %d: 'id' is %s; a whole number is expected", name, (int)ids->n,
                        kinds[id->kind]);
        if (at->id != at->index) ids->is_plain = false;
    }
    if (ids->is_plain) return true;
    qsort(ids->v, (size_t)ids->n, sizeof *ids->v, by_id);
    for (int32_t i = 1; i < ids->n; i++)
        if (ids->v[i - 1].id == ids->v[i].id)
            return fail(in->e, ERR_INPUT, "%s %d: its 'id' is %lld, as that of %s %d", name, (int)ids->v[i].index,
                        (long long)ids->v[i].id, name, (int)ids->v[i - 1].index);
    return true;
}

static int32_t ids_find(const Ids *ids, int64_t id)
{
    if (ids->is_plain) return id >= 0 && id < ids->n ? (int32_t)id : NONE;
    int32_t low = 0, high = ids->n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (ids->v[middle].id < id) low = middle + 1;
        else high = middle;
    }
    return low < ids->n && ids->v[low].id == id ? ids->v[low].index : NONE;
}

static bool read_index(const In *in, const Field *f, const Json *j, int32_t *to)
{
    int64_t id;
    if (f->kind == FIELD_JUDGE && j->kind == JSON_STRING && str_eq(j->text, S("article"))) return true;
    if (!is_whole(j, &id)) return refuse(in, f, j);
    *to = ids_find(&in->ids[f->into], id);
    return *to != NONE || fail(in->e, ERR_INPUT, "'%.*s' is %lld; no %s has that id", STR(f->key), (long long)id,
                               record_list_names[f->into]);
}

/* ---- parts and lists ------------------------------------------------------------------------------------ */

static bool read_part(const In *in, const Part *part, const Json *j, void *to);

static bool read_element(const In *in, const Field *f, const Json *j, void *to)
{
    Topic *topic = to;
    switch (f->kind) {
    case FIELD_SPANS: return read_span(in, f, j, to);
    case FIELD_STRS: return read_str(in, f, j, to);
    case FIELD_INDICES: return read_index(in, f, j, to);
    default: break;
    }
    part_blank(f->part, to);
    if (f->part == &part_topic && j->kind == JSON_STRING) {                /* a bare name is the caller's own topic */
        topic->key = without_zeros(in->a, j->text);
        topic->by = S("caller");
        return true;
    }
    if (j->kind != JSON_OBJECT)
        return fail(in->e, ERR_INPUT, "it is %s; an object in braces is expected", kinds[j->kind]);
    return read_part(in, f->part, j, to);
}

static bool read_list(const In *in, const Field *f, const Json *j, AnySlice *to)
{
    static const int32_t sizes[FIELD_KINDS] = {
        [FIELD_SPANS] = sizeof(Span), [FIELD_STRS] = sizeof(Str), [FIELD_INDICES] = sizeof(int32_t)};
    ptrdiff_t size = f->part ? f->part->size : sizes[f->kind];
    if (j->kind != JSON_ARRAY) return refuse(in, f, j);
    if (j->n == 0) return true;
    to->v = arena_take(in->a, size * j->n, _Alignof(max_align_t));
    to->cap = j->n;
    for (const Json *element = j->first; element; element = element->next, to->n++) {
        if (read_element(in, f, element, to->v + size * to->n)) continue;
        if (f->part) return err_while(in->e, "%.*s %d", STR(f->part->name), (int)to->n);
        return false;
    }
    return true;
}

static bool read_group(const In *in, const Field *f, const Json *j, void *to)
{
    if (j->kind != JSON_OBJECT) return refuse(in, f, j);
    if (!read_part(in, f->part, j, to)) return err_while(in->e, "%.*s", STR(f->part->name));
    if (f->kind == FIELD_SOURCES) ((Statement *)((char *)to - offsetof(Statement, sources)))->has_sources = true;
    else if (*(int32_t *)to == JUDGED_UNKNOWN)
        return fail(in->e, ERR_INPUT, "judged: 'how' is missing; false, doubtful or true is expected");
    return true;
}

static bool read_number(const In *in, const Field *f, const Json *j, double *to)
{
    if (j->kind != JSON_NUMBER) return refuse(in, f, j);
    *to = j->number;
    return true;
}

static bool read_value(const In *in, const Field *f, const Json *j, void *to)
{
    int32_t format;
    switch (f->kind) {
    case FIELD_FORMAT: return read_whole(in, f, j, 1, 1, &format);
    case FIELD_ID: case FIELD_STR: case FIELD_WHEN: return read_str(in, f, j, to);
    case FIELD_PUBLISHED: return read_published(in, f, j, to);
    case FIELD_RANGE: case FIELD_COUNT: return read_pair(in, f, j, to);
    case FIELD_BOOL:
        if (j->kind != JSON_TRUE && j->kind != JSON_FALSE) return refuse(in, f, j);
        *(bool *)to = j->kind == JSON_TRUE;
        return true;
    case FIELD_ENUM: return read_enum(in, f, j, to);
    case FIELD_INT: return read_whole(in, f, j, (int64_t)f->least, (int64_t)f->most, to);
    case FIELD_NATURAL: return read_whole(in, f, j, 0, INT32_MAX, to);
    case FIELD_NUMBER: return read_number(in, f, j, to);
    case FIELD_INDEX: case FIELD_JUDGE: return read_index(in, f, j, to);
    case FIELD_SPAN: case FIELD_SPAN_OR_NULL: return read_span(in, f, j, to);
    case FIELD_SPANS: case FIELD_STRS: case FIELD_INDICES: case FIELD_PARTS: return read_list(in, f, j, to);
    case FIELD_SOURCES: case FIELD_JUDGED: return read_group(in, f, j, to);
    case FIELD_TEXT: case FIELD_KINDS: break;                              /* the text was read before all else */
    }
    return true;
}

static bool read_part(const In *in, const Part *part, const Json *j, void *to)
{
    for (int32_t i = 0; i < part->n; i++) {
        const Field *f = &part->field[i];
        const Json *value = json_get(j, f->key);
        bool is_there = value && value->kind != JSON_NULL;
        if (!is_there && f->kind == FIELD_SPAN)
            return fail(in->e, ERR_INPUT, "'span' is missing; [begin, end] is expected");
        if (is_there && !read_value(in, f, value, field_in(to, f))) return false;
    }
    return true;
}

/* ---- the object ----------------------------------------------------------------------------------------- */

static bool read_text(In *in, const Json *object)
{
    const Json *text = json_get(object, S("text"));
    if (!text) return fail(in->e, ERR_INPUT, "the object has no 'text'");
    if (text->kind != JSON_STRING)
        return fail(in->e, ERR_INPUT, "'text' is %s; text in quotes is expected", kinds[text->kind]);
    if (text->text.n > RECORD_TEXT_MAX)
        return fail(in->e, ERR_LIMIT, "'text' is %td bytes, at most %d are read; cut it in parts", text->text.n,
                    RECORD_TEXT_MAX);
    in->r->text = without_zeros(in->a, text->text);
    in->r->text_is_given = true;
    return true;
}

static bool read_fed(const In *in, const Json *object)
{
    for (int32_t i = 0; i < part_record.n; i++) {
        const Field *f = &part_record.field[i];
        const Json *value = f->is_fed ? json_get(object, f->key) : NULL;
        if (value && value->kind != JSON_NULL && !read_value(in, f, value, field_in(in->r, f))) return false;
    }
    return true;
}

static int32_t entity_named(const In *in, Str name)
{
    Record *r = in->r;
    for (int32_t i = 0; i < r->entities.n; i++)
        if (str_eq(r->entities.v[i].name, name)) return i;
    Entity *entity = record_add_entity(in->a, r);
    entity->name = name;
    entity->by = S("caller");
    return r->entities.n - 1;
}

/* A speech, a post: one statement over the whole text. A speaker of null says that the publisher reports. */
static bool read_speaker(const In *in, const Json *object)
{
    const Json *speaker = json_get(object, S("speaker")), *statements = json_get(object, S("statements"));
    if (!speaker || speaker->kind == JSON_NULL || (statements && statements->kind != JSON_NULL)) return true;
    if (speaker->kind != JSON_STRING)
        return fail(in->e, ERR_INPUT, "'speaker' is %s; a name in quotes, or null, is expected", kinds[speaker->kind]);
    Str name = str_trim(without_zeros(in->a, speaker->text));
    if (name.n == 0) return true;
    Statement *statement = record_add_statement(in->a, in->r);
    *push(in->a, &statement->content) = (Span){0, (int32_t)in->r->text.n};
    statement->speaker = entity_named(in, name);
    statement->form = FORM_DIRECT;
    statement->class = CLASS_SPEECH;
    statement->sourcing = SOURCING_NAMED;
    statement->by = S("caller");
    return true;
}

static bool read_parts(In *in, const Json *object)
{
    static const Str keys[INTO_COUNT] = {{"entities", 8}, {"statements", 10}, {"events", 6}, {"expectations", 12}};
    in->place = place_of(in->a, in->r->text);
    for (int32_t list = 0; list < INTO_COUNT; list++)
        if (!read_ids(in, list, json_get(object, keys[list]))) return false;
    return read_part(in, &part_record, object, in->r) && read_speaker(in, object);
}

bool record_of_json(Arena *a, const Json *object, bool with_parts, Record *r, Err *e)
{
    In in = {.a = a, .r = r, .e = e};
    record_blank(r);
    if (object->kind != JSON_OBJECT)
        return fail(e, ERR_INPUT, "this is %s; an object in braces is expected", kinds[object->kind]);
    if (!read_text(&in, object)) return false;
    if (!(with_parts ? read_parts(&in, object) : read_fed(&in, object))) return false;
    if (r->published.n > 0 && r->published_how == PUBLISHED_UNKNOWN) r->published_how = PUBLISHED_RECEIVED;
    return record_valid_in(r, with_parts ? &in.place : NULL, e);
}
