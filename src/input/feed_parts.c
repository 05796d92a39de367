/* Parts of a feed that are more than a text: persons, links, tags, the generator, media; and the other names of keys.
**
**  in:  <author>ana@example.org (Ana Ruiz)</author>    out: author_detail {name: Ana Ruiz, email: ana@example.org}
**  in:  <enclosure url="http://example.org/a.mp3" …/>   out: links […, rel enclosure], enclosures [{href, …}]
**
** Always: an address is resolved and one that a browser would run is emptied. Cost: linear; tags are compared with
** those before them, of which there are at most TAGS_MAX.
*/
#include "input/feed_build.h"
#include <string.h>

enum { TAGS_MAX = 200 };                                 /* of one entry; a story has a dozen */

/* ---- persons ----------------------------------------------------------------------------------------------------- */
static bool in_address(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* The first "name@host.domain" of a text. */
static Str email_in(Str s)
{
    for (ptrdiff_t at = 0; at < s.n; at++) {
        if (s.p[at] != '@') continue;
        ptrdiff_t begin = at, end = at + 1, dot = -1;
        while (begin > 0 && (in_address(s.p[begin - 1]) || s.p[begin - 1] == '+')) begin--;
        for (; end < s.n && in_address(s.p[end]) && s.p[end] != '_'; end++)
            if (s.p[end] == '.') dot = end;
        while (end > at + 1 && (s.p[end - 1] == '.' || s.p[end - 1] == '-')) end--;
        if (begin < at && dot > at + 1 && end - dot >= 3) return str_sub(s, begin, end);
    }
    return (Str){0};
}

static Str name_without(Arena *a, Str s, Str email)
{
    static const Str leftovers[] = {S("()"), S("<>"), S("&lt;&gt;")};
    ptrdiff_t at = str_find(s, email);
    s = arena_printf(a, "%.*s%.*s", STR(str_sub(s, 0, at)), STR(str_sub(s, at + email.n, s.n)));
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++)
        if ((at = str_find(s, leftovers[i])) >= 0)
            s = arena_printf(a, "%.*s%.*s", STR(str_sub(s, 0, at)), STR(str_sub(s, at + leftovers[i].n, s.n)));
    s = str_trim(s);
    if (str_starts(s, S("("))) s = str_sub(s, 1, s.n);
    if (str_ends(s, S(")")) && str_find(s, S("(")) < 0) s = str_sub(s, 0, s.n - 1);
    return str_trim(s);
}

/* "Ana Ruiz (ana@example.org)", its parts in person. */
static Str settle_person(Arena *a, Json *person, Str text)
{
    Str name = tree_str(person, S("name")), email = tree_str(person, S("email"));
    if (name.n && email.n) return arena_printf(a, "%.*s (%.*s)", STR(name), STR(email));
    if (name.n || email.n) return name.n ? name : email;
    email = email_in(text);
    name = email.n ? name_without(a, text, email) : text;
    if (name.n) tree_set_text(a, person, S("name"), name);
    if (email.n) tree_set_text(a, person, S("email"), email);
    return text;
}

void feed_do_person(Build *b, int32_t node, Where w, const Row *row)
{
    Json *at = w.at->object, *person = tree_object(b->a);
    Str type = S("text/plain"), text = feed_safe(b->a, feed_own_text(b, node), &type, w.base);
    w.person = person;
    feed_walk_children(b, node, w);
    Str shown = settle_person(b->a, person, text);
    if (!person->n) return;
    if (!str_eq(row->name, S("publisher")))
        tree_push(tree_list_at(b->a, at, arena_printf(b->a, "%.*ss", STR(row->name))), person);
    if (str_eq(row->name, S("contributor"))) return;
    if (shown.n) tree_set_text(b->a, at, row->name, shown);
    tree_set(at, arena_printf(b->a, "%.*s_detail", STR(row->name)), tree_copy(b->a, person));
}

void feed_do_part_of_person(Build *b, int32_t node, Where w, const Row *row)
{
    Str type = S("text/plain"), value = feed_own_text(b, node);
    value = str_eq(row->name, S("href")) ? feed_uri(b, w, value) : feed_safe(b->a, value, &type, w.base);
    if (!value.n) return;
    if (w.person) tree_set_text(b->a, w.person, row->name, value);
    else tree_default(w.at->object, row->name, tree_text(b->a, value));
}

/* ---- links ------------------------------------------------------------------------------------------------------- */
static bool is_page(Str type)
{
    return str_eq(type, S("text/html")) || str_eq(type, S("application/xhtml+xml")) || str_eq(type, S("html"));
}

void feed_add_link(Build *b, Where w, Str href)
{
    Json *link = tree_object(b->a), *at = w.at->object;
    Str uri = feed_uri(b, w, href);
    tree_set_text(b->a, link, S("rel"), S("alternate"));
    tree_set_text(b->a, link, S("type"), S("text/html"));
    tree_set_text(b->a, link, S("href"), uri);
    if (!w.in_image && !w.in_textinput) tree_push(tree_list_at(b->a, at, S("links")), link);
    if (uri.n) tree_set_text(b->a, at, S("link"), uri);
}

static Str href_of(Build *b, int32_t node)
{
    static const Str names[] = {S("url"), S("uri"), S("href")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Str value = xml_attr(b->x, node, names[i]);
        if (value.p) return value;
    }
    return (Str){0};
}

/* The attributes with one name for the address. */
static Json *link_attrs(Build *b, int32_t node, Where w)
{
    static const Str known[] = {S("rel"), S("type"), S("title"), S("hreflang"), S("length")};
    Json *link = tree_object(b->a);
    Str href = href_of(b, node);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Str value = xml_attr(b->x, node, known[i]), type = S("text/plain");
        if (value.p) tree_set_text(b->a, link, known[i], feed_safe(b->a, value, &type, w.base));
    }
    if (href.p) tree_set_text(b->a, link, S("href"), feed_uri(b, w, href));
    return link;
}

void feed_do_link(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Json *at = w.at->object;
    if (!href_of(b, node).p) {
        Str text = feed_own_text(b, node);
        if (text.n) feed_add_link(b, w, text);
        return;
    }
    Json *link = link_attrs(b, node, w);
    tree_default(link, S("rel"), tree_text(b->a, S("alternate")));
    bool is_self = str_eq(tree_str(link, S("rel")), S("self"));
    tree_default(link, S("type"), tree_text(b->a, is_self ? S("application/atom+xml") : S("text/html")));
    tree_push(tree_list_at(b->a, at, S("links")), link);
    Str href = tree_str(link, S("href"));
    if (href.n && str_eq(tree_str(link, S("rel")), S("alternate")) && is_page(tree_str(link, S("type"))))
        tree_set_text(b->a, at, S("link"), href);
}

void feed_do_enclosure(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Json *link = link_attrs(b, node, w);
    tree_set_text(b->a, link, S("rel"), S("enclosure"));
    tree_push(tree_list_at(b->a, w.at->object, S("links")), link);
}

void feed_do_license(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str href = xml_attr(b->x, node, S("rdf:resource"));
    if (!href.n) href = feed_own_text(b, node);
    if (!href.n) return;
    Json *link = tree_object(b->a);
    tree_set_text(b->a, link, S("rel"), S("license"));
    tree_set_text(b->a, link, S("href"), feed_uri(b, w, href));
    tree_push(tree_list_at(b->a, w.at->object, S("links")), link);
}

/* ---- tags -------------------------------------------------------------------------------------------------------- */
static bool same(const Json *x, Str text) { return x && (x->kind == JSON_STRING ? str_eq(x->text, text) : !text.p); }

static void add_tag(Build *b, Where w, Str term, Str scheme, Str label)
{
    if (!term.n && !scheme.n && !label.n) return;
    Json *tags = tree_list_at(b->a, w.at->object, S("tags"));
    if (tags->n >= TAGS_MAX) return;
    for (const Json *t = tags->first; t; t = t->next)
        if (same(tree_get(t, S("term")), term) && same(tree_get(t, S("scheme")), scheme) &&
            same(tree_get(t, S("label")), label))
            return;
    Str type = S("text/plain");
    Json *tag = tree_object(b->a);
    tree_set_text(b->a, tag, S("term"), term.p ? feed_safe(b->a, term, &type, w.base) : term);
    tree_set_text(b->a, tag, S("scheme"), scheme);
    tree_set_text(b->a, tag, S("label"), label);
    tree_push(tags, tag);
}

void feed_do_category(Build *b, int32_t node, Where w, const Row *row)
{
    Str term = xml_attr(b->x, node, S("term")), scheme = xml_attr(b->x, node, S("scheme")),
        label = xml_attr(b->x, node, S("label"));
    if (!scheme.p) scheme = xml_attr(b->x, node, S("domain"));
    if (!scheme.p && row->name.n) scheme = row->name;
    Str text = feed_own_text(b, node);
    add_tag(b, w, term.n ? term : text.n ? text : (Str){0}, scheme, label);
    feed_walk_children(b, node, w);
}

#define ITUNES S("http://www.itunes.com/")
void feed_do_itunes_category(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    add_tag(b, w, xml_attr(b->x, node, S("text")), ITUNES, (Str){0});
    feed_walk_children(b, node, w);
}

void feed_do_keywords(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str rest = feed_own_text(b, node), piece;
    while (str_split(&rest, ',', &piece))
        if (str_trim(piece).n) add_tag(b, w, str_trim(piece), ITUNES, (Str){0});
}

/* ---- the generator, media ---------------------------------------------------------------------------------------- */
void feed_do_generator(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str href = href_of(b, node), version = xml_attr(b->x, node, S("version")), type = S("text/plain");
    Str name = feed_safe(b->a, feed_own_text(b, node), &type, w.base);
    Json *detail = tree_object(b->a);
    if (href.p) tree_set_text(b->a, detail, S("href"), feed_uri(b, w, href));
    if (version.p) tree_set_text(b->a, detail, S("version"), version);
    if (name.n) {
        tree_set_text(b->a, w.at->object, S("generator"), name);
        tree_set_text(b->a, detail, S("name"), name);
    }
    if (detail->n) tree_set(w.at->object, S("generator_detail"), detail);
}

void feed_do_generator_agent(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str href = feed_uri(b, w, xml_attr(b->x, node, S("rdf:resource")));
    if (!href.n) return;
    Json *detail = tree_object(b->a);
    tree_set_text(b->a, detail, S("href"), href);
    tree_set_text(b->a, w.at->object, S("generator"), href);
    tree_set(w.at->object, S("generator_detail"), detail);
}

/* Attributes and text of one element; the countries of a restriction as a list. */
static Json *media_of(Build *b, int32_t node, Where w)
{
    Json *media = feed_attrs(b, node);
    Str type = S("text/plain"), text = feed_safe(b->a, feed_own_text(b, node), &type, w.base);
    if (!text.n) return media;
    if (!str_eq(b->x->nodes.v[node].key, S("media_restriction"))) {
        tree_set_text(b->a, media, S("content"), text);
        return media;
    }
    Json *list = tree_list(b->a);
    Str rest = text, piece;
    while (str_split(&rest, ' ', &piece))
        if (piece.n) tree_push(list, tree_text(b->a, piece));
    tree_set(media, S("content"), list);
    return media;
}

void feed_do_media(Build *b, int32_t node, Where w, const Row *row)
{
    tree_set(w.at->object, row->name, media_of(b, node, w));
    feed_walk_children(b, node, w);
}

void feed_do_media_list(Build *b, int32_t node, Where w, const Row *row)
{
    tree_push(tree_list_at(b->a, w.at->object, row->name), media_of(b, node, w));
    feed_walk_children(b, node, w);
}

/* ---- the other names of keys ------------------------------------------------------------------------------------- */
static void also(Build *b, Json *object, Str key, Str other)
{
    const Json *value = tree_get(object, key);
    if (value) tree_default(object, other, tree_copy(b->a, value));
}

static void also_url(Build *b, Json *person)
{
    if (person && person->kind == JSON_OBJECT) also(b, person, S("href"), S("url"));
}

void feed_finish(Build *b, Json *object, bool is_feed)
{
    if (is_feed && tree_get(object, S("summary"))) {
        also(b, object, S("summary"), S("description"));
        also(b, object, S("summary_detail"), S("description_detail"));
    }
    Str text = tree_get(object, S("summary")) && !is_feed ? S("summary") : S("subtitle");
    also(b, object, text, S("description"));
    also(b, object, arena_printf(b->a, "%.*s_detail", STR(text)), S("description_detail"));
    also(b, object, S("subtitle"), S("tagline"));
    also(b, object, S("subtitle_detail"), S("tagline_detail"));
    also(b, object, S("rights"), S("copyright"));
    also(b, object, S("rights_detail"), S("copyright_detail"));
    also(b, object, S("id"), S("guid"));
    const Json *tags = tree_get(object, S("tags")), *links = tree_get(object, S("links")),
               *authors = tree_get(object, S("authors"));
    if (tags && tags->kind == JSON_ARRAY && tags->first) {
        Str term = tree_str(tags->first, S("term"));
        if (term.n) tree_default(object, S("category"), tree_text(b->a, term));
    }
    also_url(b, tree_get(object, S("author_detail")));
    also_url(b, tree_get(object, S("publisher_detail")));
    also_url(b, tree_get(object, S("generator_detail")));
    for (Json *p = authors && authors->kind == JSON_ARRAY ? authors->first : NULL; p; p = p->next) also_url(b, p);
    Json *enclosures = NULL;
    for (const Json *link = links && links->kind == JSON_ARRAY ? links->first : NULL; link; link = link->next) {
        Str rel = tree_str(link, S("rel"));
        if (str_eq(rel, S("license"))) tree_default(object, S("license"), tree_text(b->a, tree_str(link, S("href"))));
        if (!str_eq(rel, S("enclosure"))) continue;
        if (!enclosures) enclosures = tree_list(b->a);
        Json *enclosure = tree_object(b->a);
        for (const Json *m = link->first; m; m = m->next)
            if (!str_eq(m->key, S("rel"))) tree_set(enclosure, m->key, tree_copy(b->a, m));
        tree_push(enclosures, enclosure);
    }
    if (enclosures) tree_set(object, S("enclosures"), enclosures);
}
