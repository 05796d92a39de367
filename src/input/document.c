/* Document: one item's bytes as a Record with its text and what came with it. Runs in the workers.
**
**  in:  {"id": "m-12", "published": "2025-03-18", "text": "The port will reopen, Minister Ito said."}
**  out: text as given, id "m-12", published 2025-03-18, sha256 of the line, where "news.jsonl:12"
**
** A text in a JSON object is kept exactly as it came, and so is a plain text that is read "as is"; any other plain text
** is decoded here and cleaned later (text/clean.c), which needs its bytes in `original`.
**
** Always: a record that leaves here has a text with something in it, a sha256 and an id. Cost: linear.
*/
#include "input/inside.h"
#include <assert.h>
#include <string.h>

enum { KEYS_SHOWN = 12, KEY_SHOWN = 40, WHERE_SHOWN = 200 };   /* in a message of 511 bytes */

Str place_shown(Arena *to, Str name)
{
    Str s = utf8_clean(to, name);
    ptrdiff_t i = 0;
    while (i < s.n && (unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7F) i++;
    if (i == s.n) return s;                              /* nearly every name: no copy, there may be a million of them */
    s = arena_str(to, s);
    for (char *p = (char *)s.p; i < s.n; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == 0x7F) p[i] = '?';
    return s;
}

bool item_fail(Err *e, Str where)
{
    if (where.n <= WHERE_SHOWN) return err_while(e, "%.*s", STR(where));
    Str end = str_sub(where, where.n - WHERE_SHOWN, where.n);
    while (end.n && ((unsigned char)end.p[0] & 0xC0) == 0x80) end = str_sub(end, 1, end.n);
    return err_while(e, "…%.*s", STR(end));
}

/* ---- plain text --------------------------------------------------------------------------------------------- */
static bool is_all_space(Str s)
{
    for (ptrdiff_t i = 0; i < s.n;)
        if (!utf8_is_space(utf8_next(s, &i))) return false;
    return true;
}

bool text_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    if (!charset_decode(a, item->bytes, &r->text, &r->note, e)) return false;
    if (r->text.n > RECORD_TEXT_MAX)
        return fail(e, ERR_LIMIT, "is %td bytes as UTF-8, at most %d are read; split it first", r->text.n,
                    RECORD_TEXT_MAX);
    if (is_all_space(r->text)) return fail(e, ERR_INPUT, "is empty; nothing to read");
    const char *zero = memchr(r->text.p, 0, (size_t)r->text.n);
    if (zero)
        return fail(e, ERR_INPUT, "holds a zero byte (byte %td), which no text has; take them out first: "
                    "tr -d '\\0' < FILE | demarche add -", zero - r->text.p);
    r->text_is_given = how.as_is;
    if (!how.as_is) r->original = item->bytes;
    return true;
}

/* ---- JSON --------------------------------------------------------------------------------------------------- */
static const char *kind_name(JsonKind kind)
{
    static const char *const names[] = {"null", "false", "true", "a number", "a string", "an array", "an object"};
    return names[kind];
}

/* "id", "headline" and "body" */
static Str keys_shown(Arena *a, const Json *object)
{
    Buf b = {.to = a};
    int32_t n = 0;
    for (const Json *m = object->first; m && n < KEYS_SHOWN; m = m->next, n++) {
        Str key = place_shown(a, m->key);
        bool is_long = key.n > KEY_SHOWN;
        if (is_long) key = utf8_clean(a, str_sub(key, 0, KEY_SHOWN));
        buf_printf(&b, "%s\"%.*s%s\"", n ? ", " : "", STR(key), is_long ? "…" : "");
    }
    if (object->n > n) buf_printf(&b, " and %d more", (int)(object->n - n));
    return buf_str(&b);
}

static bool check_object(Arena *a, const Json *object, Err *e)
{
    if (object->kind != JSON_OBJECT)
        return fail(e, ERR_INPUT, "is %s; expected is an object with \"text\"", kind_name(object->kind));
    const Json *text = json_get(object, S("text"));
    if (text && text->kind == JSON_STRING)
        return is_all_space(text->text) ? fail(e, ERR_INPUT, "its \"text\" is empty; nothing to read") : true;
    if (text && text->kind != JSON_NULL)
        return fail(e, ERR_INPUT, "its \"text\" is %s; expected is a string", kind_name(text->kind));
    static const char *const wrapped[] = {"html", "bytes", "file"};   /* where they are strings, nest.c took them out */
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
        const Json *of = json_get(object, str_of(wrapped[i]));
        if (of && of->kind != JSON_STRING)
            return fail(e, ERR_INPUT, "its \"%s\" is %s; expected is a string", wrapped[i], kind_name(of->kind));
        if (of)
            return fail(e, ERR_INPUT, "has \"%s\" and no \"text\"; \"%s\" is read from files only: give the article's "
                        "plain text as \"text\"", wrapped[i], wrapped[i]);
    }
    Str has = S("is an empty object");
    if (object->n) has = arena_printf(a, "has no \"text\" but %.*s", STR(keys_shown(a, object)));
    return fail(e, ERR_INPUT, "%.*s; expected is \"text\", and what is known of id, uri, publisher, author, title, "
                "published, lang", STR(has));
}

bool json_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    Json *root;
    if (!json_read(a, item->bytes, &root, e)) return err_while(e, "is not well-formed JSON");
    if (!check_object(a, root, e)) return false;
    if (!record_of_json(a, root, how.records, r, e)) return false;
    r->text_is_given = true;
    r->original = (Str){0};
    const Json *id = json_get(root, S("id"));
    if (!r->id.n && id && id->kind == JSON_NUMBER) r->id = id->text;
    if (json_get(root, S("text"))->is_mended)
        r->note = S("its \"text\" holds bytes that are no UTF-8, shown as U+FFFD");
    if (!how.records) r->sha256 = (Str){0};              /* only a record made elsewhere keeps the hash of its bytes */
    return true;
}

/* ---- what the header names ---------------------------------------------------------------------------------- */
bool input_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    record_blank(r);
    const Format *format = format_of(item->kind);
    assert(format && format->record && "an item is of a kind that is read as one document");
    if (!format->record(a, item, how, r, e)) return item_fail(e, item->where);
    given_apply(a, &item->given, r);
    if (!r->sha256.n) {
        char hex[65];
        hash_sha256(item->bytes, hex);
        r->sha256 = arena_str(a, str_of(hex));
    }
    if (!r->id.n) r->id = str_sub(r->sha256, 0, 16);
    r->where = item->where;
    return true;
}
