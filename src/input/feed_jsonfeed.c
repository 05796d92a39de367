/* JSON Feed (jsonfeed.org, versions 1 and 1.1) under the same names as all others.
**
**  in:  {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "7", "content_text": "…"}]}
**  out: version json11, entries[0].id, content [{type: text/plain, value: …}]
**
** Always: HTML is sanitized, addresses are checked, a member of the wrong kind is left out. Cost: linear.
*/
#include "input/feed_inside.h"

typedef struct { Str from, to; bool is_address; } Name;
static const Name feed_names[] = {
    {S("title"), S("title"), false}, {S("description"), S("subtitle"), false}, {S("home_page_url"), S("link"), true},
    {S("icon"), S("icon"), true}, {S("favicon"), S("logo"), true}, {S("language"), S("language"), false}};
static const Name item_names[] = {{S("id"), S("id"), false},
                                  {S("title"), S("title"), false},
                                  {S("url"), S("link"), true},
                                  {S("summary"), S("summary"), false},
                                  {S("language"), S("language"), false},
                                  {S("external_url"), S("external_url"), true}};

/* Its text; a number as it is written (ids are often numbers). */
static Str text_of(const Json *object, Str key)
{
    const Json *m = json_get(object, key);
    return m && (m->kind == JSON_STRING || m->kind == JSON_NUMBER) ? str_trim(m->text) : (Str){0};
}

static void add_link(Arena *a, Json *to, Str rel, Str type, Str href)
{
    if (!href.n || !uri_is_safe(href)) return;
    Json *link = tree_object(a);
    tree_set_text(a, link, S("rel"), rel);
    if (type.n) tree_set_text(a, link, S("type"), type);
    tree_set_text(a, link, S("href"), href);
    tree_push(tree_list_at(a, to, S("links")), link);
}

static void set_names(Arena *a, const Json *from, const Name *names, size_t n, Json *to)
{
    for (size_t i = 0; i < n; i++) {
        Str value = text_of(from, names[i].from), type = S("text/plain");
        if (!value.n) continue;
        value = names[i].is_address ? (uri_is_safe(value) ? value : S("")) : feed_safe(a, value, &type, S(""));
        tree_set_text(a, to, names[i].to, value);
        if (str_eq(names[i].to, S("link"))) add_link(a, to, S("alternate"), S("text/html"), value);
    }
}

static void add_author(Arena *a, const Json *author, Json *to)
{
    Str name = text_of(author, S("name")), url = text_of(author, S("url")), type = S("text/plain");
    if (!name.n && !url.n) return;
    Json *person = tree_object(a);
    if (name.n) tree_set_text(a, person, S("name"), feed_safe(a, name, &type, S("")));
    if (url.n && uri_is_safe(url)) tree_set_text(a, person, S("href"), url);
    tree_default(to, S("author_detail"), tree_copy(a, person));
    if (name.n) tree_default(to, S("author"), tree_text(a, tree_str(person, S("name"))));
    tree_push(tree_list_at(a, to, S("authors")), person);
}

static void set_authors(Arena *a, const Json *from, Json *to)
{
    const Json *list = json_get(from, S("authors")), *one = json_get(from, S("author"));
    if (list && list->kind == JSON_ARRAY)
        for (const Json *m = list->first; m; m = m->next) add_author(a, m, to);
    else if (one && one->kind == JSON_OBJECT)
        add_author(a, one, to);
}

static void set_date(Arena *a, const Json *from, Str key, Json *to, Str name)
{
    Str value = text_of(from, key);
    FeedDate d;
    if (!value.n) return;
    tree_set_text(a, to, name, value);
    if (feed_date(value, &d)) tree_set(to, arena_printf(a, "%.*s_parsed", STR(name)), feed_date_tuple(a, d));
}

static void add_content(Arena *a, const Json *item, Str key, Str type, Json *to)
{
    Str value = text_of(item, key);
    if (!value.n) return;
    Json *content = tree_object(a);
    value = feed_safe(a, value, &type, text_of(item, S("url")));
    tree_set_text(a, content, S("type"), type);
    tree_set_text(a, content, S("value"), value);
    tree_push(tree_list_at(a, to, S("content")), content);
    tree_default(to, S("summary"), tree_text(a, value));
}

static Json *entry_of(Arena *a, const Json *item)
{
    Json *entry = tree_object(a);
    set_names(a, item, item_names, sizeof item_names / sizeof *item_names, entry);
    set_authors(a, item, entry);
    set_date(a, item, S("date_published"), entry, S("published"));
    set_date(a, item, S("date_modified"), entry, S("updated"));
    add_content(a, item, S("content_html"), S("text/html"), entry);
    if (!tree_get(entry, S("content"))) add_content(a, item, S("content_text"), S("text/plain"), entry);
    const Json *tags = json_get(item, S("tags")), *files = json_get(item, S("attachments"));
    for (const Json *t = tags && tags->kind == JSON_ARRAY ? tags->first : NULL; t; t = t->next) {
        if (t->kind != JSON_STRING) continue;
        Json *tag = tree_object(a);
        Str type = S("text/plain");
        tree_set_text(a, tag, S("term"), feed_safe(a, t->text, &type, S("")));
        tree_push(tree_list_at(a, entry, S("tags")), tag);
    }
    for (const Json *f = files && files->kind == JSON_ARRAY ? files->first : NULL; f; f = f->next)
        add_link(a, entry, S("enclosure"), text_of(f, S("mime_type")), text_of(f, S("url")));
    return entry;
}

bool feed_of_json(Arena *a, Str text, Feed *feed, Err *e)
{
    Json *root;
    if (!json_read(a, text, &root, e)) {
        feed->why = arena_str(a, str_of(e->text));
        return err_while(e, "is no well-formed JSON Feed");
    }
    Str version = text_of(root, S("version"));
    ptrdiff_t at = str_find(version, S("jsonfeed.org/version/"));
    if (at < 0)
        return fail(e, ERR_INPUT, "is JSON without \"version\": \"https://jsonfeed.org/version/…\", so no feed");
    feed->version = str_ends(version, S("/1.1")) ? S("json11") : S("json1");
    set_names(a, root, feed_names, sizeof feed_names / sizeof *feed_names, feed->feed);
    set_authors(a, root, feed->feed);
    add_link(a, feed->feed, S("self"), S("application/json"), text_of(root, S("feed_url")));
    const Json *items = json_get(root, S("items"));
    for (const Json *m = items && items->kind == JSON_ARRAY ? items->first : NULL; m; m = m->next)
        if (m->kind == JSON_OBJECT && feed->entries.n < FEED_ENTRIES_MAX) *push(a, &feed->entries) = entry_of(a, m);
    return true;
}
