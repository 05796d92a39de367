/* The meaning of a feed's elements: which key of the printed tree each one fills.
**
** Twenty years of dialects use some hundred element names for some thirty things; the table below says which is which,
** under the names that feedparser made common. One walk over the tree: an element in the table is handled; any other
** one is shown under its own name (its attributes, or its text), and its children are walked in its place, so an
** extension may wrap what it likes.
**
**  in:  <item><dc:creator>Ana Ruiz (ana@example.org)</dc:creator>
**  out: author "Ana Ruiz (ana@example.org)", author_detail {name, email}, authors [{name, email}]
**
** Always: base and language are those of the element; the first title or summary of an entry stays unless one stands
** higher in the tree; all markup is sanitized; an address that a browser would run is dropped. Persons, links and tags
** are in feed_parts.c, texts with markup in feed_value.c. Cost: one pass.
*/
#include "input/feed_build.h"
#include <string.h>

enum { WALK_MAX = 400 };  /* elements within each other that are understood; each costs a frame */

/* ---- small helpers ----------------------------------------------------------------------------------------------- */
Str feed_own_text(Build *b, int32_t node)
{
    const XmlNode *nodes = b->x->nodes.v;
    int32_t first = nodes[node].first;
    if (first >= 0 && nodes[first].next < 0 && !nodes[first].key.n) return str_trim(nodes[first].text);
    Buf out = {.to = b->a};
    for (int32_t i = first; i >= 0; i = nodes[i].next)
        if (!nodes[i].key.n) buf_add(&out, nodes[i].text);
    return str_trim(buf_str(&out));
}

static bool has_element(Build *b, int32_t node)
{
    for (int32_t i = b->x->nodes.v[node].first; i >= 0; i = b->x->nodes.v[i].next)
        if (b->x->nodes.v[i].key.n) return true;
    return false;
}

static void walk(Build *b, int32_t node, Where w);

void feed_walk_children(Build *b, int32_t node, Where w)
{
    for (int32_t i = b->x->nodes.v[node].first; i >= 0; i = b->x->nodes.v[i].next)
        if (b->x->nodes.v[i].key.n) walk(b, i, w);
}

Str feed_uri(Build *b, Where w, Str uri)
{
    uri = uri_join(b->a, w.base, uri);
    return uri_is_safe(uri) ? uri : S("");
}

/* The attributes as an object: what has no row of its own is shown so. */
Json *feed_attrs(Build *b, int32_t node)
{
    const XmlNode *n = &b->x->nodes.v[node];
    Json *object = tree_object(b->a);
    for (int32_t i = 0; i < n->n_attrs; i++) {
        const XmlAttr *attr = &b->x->attrs.v[n->attr + i];
        if (str_starts(attr->name, S("xml:"))) continue;
        bool is_address = str_eq(attr->name, S("href")) || str_eq(attr->name, S("url")) || str_eq(attr->name, S("src"));
        Str type = S("text/plain");
        tree_set_text(b->a, object, attr->name,
                      is_address && !uri_is_safe(attr->value) ? S("") : feed_safe(b->a, attr->value, &type, S("")));
    }
    return object;
}

/* ---- texts, dates, addresses ------------------------------------------------------------------------------------- */
static void set_date(Build *b, Json *at, Str key, Str value)
{
    FeedDate d;
    tree_set_text(b->a, at, key, value);
    Str parsed = arena_printf(b->a, "%.*s_parsed", STR(key));
    tree_set(at, parsed, feed_date(value, &d) ? feed_date_tuple(b->a, d) : tree_text(b->a, (Str){0}));
}

static void do_date(Build *b, int32_t node, Where w, const Row *row)
{
    Str value = feed_own_text(b, node);
    if (value.n) set_date(b, w.at->object, row->name, value);
}

/* start=2002-10-13T09:00+01:00;end=2002-10-17T17:00+01:00;scheme=W3C-DTF */
static void do_valid(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str rest = feed_own_text(b, node), piece;
    while (str_split(&rest, ';', &piece)) {
        ptrdiff_t at = str_find(piece, S("="));
        Str key = at > 0 ? str_trim(str_sub(piece, 0, at)) : (Str){0};
        if (str_eq(key, S("start")) || str_eq(key, S("end")))
            set_date(b, w.at->object, arena_printf(b->a, "validity_%.*s", STR(key)),
                     str_trim(str_sub(piece, at + 1, piece.n)));
    }
}

static void do_text(Build *b, int32_t node, Where w, const Row *row)
{
    Str type = S("text/plain"), value = feed_safe(b->a, feed_own_text(b, node), &type, w.base);
    if (value.n) tree_set_text(b->a, w.at->object, row->name, value);
    feed_walk_children(b, node, w);
}

static void do_address(Build *b, int32_t node, Where w, const Row *row)
{
    Str value = feed_own_text(b, node);
    if (value.n) tree_set_text(b->a, w.at->object, row->name, feed_uri(b, w, value));
}

static void do_language(Build *b, int32_t node, Where w, const Row *row)
{
    Str value = feed_own_text(b, node);
    (void)row;
    if (value.n) tree_set_text(b->a, w.at->object, S("language"), value);
}

static void do_number(Build *b, int32_t node, Where w, const Row *row)
{
    Str value = feed_own_text(b, node);
    int32_t x = 0;
    for (ptrdiff_t i = 0; i < value.n && i < 9; i++)
        x = value.p[i] >= '0' && value.p[i] <= '9' ? x * 10 + value.p[i] - '0' : 0;
    if (w.in_image && value.n) tree_set(w.at->object, row->name, tree_number(b->a, x));
}

static void do_attrs(Build *b, int32_t node, Where w, const Row *row)
{
    tree_set(w.at->object, row->name, feed_attrs(b, node));
}

/* yes: 1; anything else: 0. No blanks are taken off (the podcast directories do not either). */
static void do_block(Build *b, int32_t node, Where w, const Row *row)
{
    int32_t first = b->x->nodes.v[node].first;
    Str raw = first >= 0 ? b->x->nodes.v[first].text : (Str){0};
    tree_set(w.at->object, row->name, tree_number(b->a, str_eq(raw, S("yes")) || str_eq(raw, S("Yes"))));
}

static void do_explicit(Build *b, int32_t node, Where w, const Row *row)
{
    int32_t first = b->x->nodes.v[node].first;
    Str raw = first >= 0 ? b->x->nodes.v[first].text : (Str){0};
    bool is_yes = str_eq(raw, S("yes")) || str_eq(raw, S("true")),
         is_no = str_eq(raw, S("clean")) || str_eq(raw, S("no")) || str_eq(raw, S("false"));
    tree_set(w.at->object, row->name, is_yes || is_no ? tree_bool(b->a, is_yes) : tree_text(b->a, (Str){0}));
}

static void do_guid(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Json *at = w.at->object;
    Str permalink = xml_attr(b->x, node, S("ispermalink")), value = feed_own_text(b, node);
    bool is_link = !permalink.p || str_eq(permalink, S("true"));
    if (!value.n) return;
    if (is_link) value = uri_join(b->a, w.base, value);
    if (uri_has_script(value)) value = S("");
    Str type = S("text/plain");
    value = feed_safe(b->a, value, &type, w.base);
    tree_set_text(b->a, at, S("id"), value);
    tree_default(at, S("guidislink"), tree_bool(b->a, is_link && !tree_get(at, S("link"))));
    if (is_link && value.n && uri_is_safe(value)) tree_default(at, S("link"), tree_text(b->a, value));
}

/* ---- containers -------------------------------------------------------------------------------------------------- */
static Context *context_new(Build *b, Json *object)
{
    Context *c = arena_new(b->a, Context, 1);
    *c = (Context){.object = object, .title_depth = INT32_MAX, .summary_depth = INT32_MAX};
    return c;
}

static void do_rss(Build *b, int32_t node, Where w, const Row *row)
{
    static const struct { Str written, version; } versions[] = {
        {S("0.91"), S("rss091u")}, {S("0.92"), S("rss092")}, {S("0.93"), S("rss093")}, {S("0.94"), S("rss094")}};
    (void)row;
    Str written = str_trim(xml_attr(b->x, node, S("version")));
    if (!str_starts(b->feed->version, S("rss"))) {
        b->feed->version = str_starts(written, S("2.")) ? S("rss20") : S("rss");
        for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
            if (str_eq(written, versions[i].written)) b->feed->version = versions[i].version;
    }
    b->is_feed = true;
    feed_walk_children(b, node, w);
}

static void do_rdf(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    b->is_feed = true;
    feed_walk_children(b, node, w);
}

static void do_atom(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str written = str_trim(xml_attr(b->x, node, S("version")));
    if (!b->feed->version.n && w.at == b->channel) {
        if (str_eq(written, S("0.1"))) b->feed->version = S("atom01");
        else if (str_eq(written, S("0.2"))) b->feed->version = S("atom02");
        else if (str_eq(written, S("0.3"))) b->feed->version = S("atom03");
        else b->feed->version = S("atom");
    }
    b->is_feed = true;
    feed_walk_children(b, node, w);
}

/* CDF writes in attributes what others write in elements. */
static void cdf_attributes(Build *b, int32_t node, Where w)
{
    Str modified = xml_attr(b->x, node, S("lastmod")), href = xml_attr(b->x, node, S("href"));
    if (modified.n) set_date(b, w.at->object, S("updated"), modified);
    if (href.n) feed_add_link(b, w, href);
}

static void do_channel(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    if (!b->feed->version.n && b->x->nodes.v[node].depth == 1) b->feed->version = S("cdf");
    b->is_feed = true;
    cdf_attributes(b, node, w);
    feed_walk_children(b, node, w);
}

static void do_entry(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    if (b->feed->entries.n >= FEED_ENTRIES_MAX) { b->is_cut = true; return; }
    Json *entry = tree_object(b->a);
    *push(b->a, &b->feed->entries) = entry;
    w.at = context_new(b, entry);
    w.in_entry = true;
    w.in_image = w.in_textinput = false;
    Str about = xml_attr(b->x, node, S("rdf:about"));
    if (about.n && !uri_has_script(about)) tree_set_text(b->a, entry, S("id"), uri_join(b->a, w.base, about));
    cdf_attributes(b, node, w);
    feed_walk_children(b, node, w);
}

static void do_source(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Json *source = tree_object(b->a), *at = w.at->object;
    Str url = xml_attr(b->x, node, S("url")), type = S("text/plain"),
        text = feed_safe(b->a, feed_own_text(b, node), &type, w.base);
    if (url.n) tree_set_text(b->a, source, S("href"), feed_uri(b, w, url));
    w.at = context_new(b, source);
    feed_walk_children(b, node, w);
    if (text.n) tree_set_text(b->a, source, S("title"), text);
    feed_finish(b, source, false);
    tree_set(at, S("source"), source);
}

static void do_image(Build *b, int32_t node, Where w, const Row *row)
{
    Json *image = tree_get(w.at->object, row->name);
    if (!image || image->kind != JSON_OBJECT) {
        image = tree_object(b->a);
        tree_set(w.at->object, row->name, image);
    }
    w.at = context_new(b, image);
    w.in_image = str_eq(row->name, S("image"));
    w.in_textinput = !w.in_image;
    feed_walk_children(b, node, w);
}

static void do_itunes_image(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    Str href = xml_attr(b->x, node, S("href"));
    if (!href.n) href = xml_attr(b->x, node, S("url"));
    if (!href.n) return;
    Json *image = tree_object(b->a);
    tree_set_text(b->a, image, S("href"), feed_uri(b, w, href));
    tree_set(w.at->object, S("image"), image);
}

static void do_skip(Build *b, int32_t node, Where w, const Row *row)
{
    (void)row;
    feed_walk_children(b, node, w);
}

/* ---- the table: sorted by key ------------------------------------------------------------------------------------ */
#define ROW(key, handle, name, type) \
    {{key, sizeof(key) - 1}, handle, {name, sizeof(name) - 1}, {type, sizeof(type) - 1}}
static const Row rows[] = {
    ROW("abstract", feed_do_value, "description", "text/plain"),
    ROW("admin_generatoragent", feed_do_generator_agent, "generator", ""),
    ROW("author", feed_do_person, "author", ""), ROW("body", feed_do_value, "content", "application/xhtml+xml"),
    ROW("category", feed_do_category, "", ""), ROW("cc_license", feed_do_license, "", ""),
    ROW("channel", do_channel, "", ""), ROW("cloud", do_attrs, "cloud", ""),
    ROW("comments", do_address, "comments", ""), ROW("content", feed_do_value, "content", "text/plain"),
    ROW("content_encoded", feed_do_value, "content", "text/html"),
    ROW("contributor", feed_do_person, "contributor", ""), ROW("copyright", feed_do_value, "rights", "text/plain"),
    ROW("created", do_date, "created", ""), ROW("creativecommons_license", feed_do_license, "", ""),
    ROW("dc_author", feed_do_person, "author", ""), ROW("dc_contributor", feed_do_person, "contributor", ""),
    ROW("dc_creator", feed_do_person, "author", ""), ROW("dc_date", do_date, "updated", ""),
    ROW("dc_description", feed_do_value, "description", "text/html"), ROW("dc_language", do_language, "", ""),
    ROW("dc_publisher", feed_do_person, "publisher", ""), ROW("dc_rights", feed_do_value, "rights", "text/plain"),
    ROW("dc_subject", feed_do_category, "", ""), ROW("dc_title", feed_do_value, "title", "text/plain"),
    ROW("dcterms_created", do_date, "created", ""), ROW("dcterms_issued", do_date, "published", ""),
    ROW("dcterms_modified", do_date, "updated", ""), ROW("dcterms_valid", do_valid, "", ""),
    ROW("description", feed_do_value, "description", "text/html"), ROW("docs", do_address, "docs", ""),
    ROW("email", feed_do_part_of_person, "email", ""), ROW("enclosure", feed_do_enclosure, "", ""),
    ROW("entry", do_entry, "", ""), ROW("expirationdate", do_date, "expired", ""), ROW("feed", do_atom, "", ""),
    ROW("feedburner_browserfriendly", feed_do_value, "info", "text/plain"),
    ROW("fullitem", feed_do_value, "content", "text/html"), ROW("generator", feed_do_generator, "", ""),
    ROW("guid", do_guid, "", ""), ROW("height", do_number, "height", ""),
    ROW("homepage", feed_do_part_of_person, "href", ""), ROW("icon", do_address, "icon", ""),
    ROW("id", do_guid, "", ""), ROW("image", do_image, "image", ""),
    ROW("info", feed_do_value, "info", "text/plain"), ROW("issued", do_date, "published", ""),
    ROW("item", do_entry, "", ""), ROW("itunes_author", feed_do_person, "author", ""),
    ROW("itunes_block", do_block, "itunes_block", ""), ROW("itunes_category", feed_do_itunes_category, "", ""),
    ROW("itunes_email", feed_do_part_of_person, "email", ""),
    ROW("itunes_explicit", do_explicit, "itunes_explicit", ""), ROW("itunes_image", do_itunes_image, "", ""),
    ROW("itunes_keywords", feed_do_keywords, "", ""), ROW("itunes_link", feed_do_link, "", ""),
    ROW("itunes_name", feed_do_part_of_person, "name", ""), ROW("itunes_owner", feed_do_person, "publisher", ""),
    ROW("itunes_subtitle", feed_do_value, "subtitle", "text/plain"),
    ROW("itunes_summary", feed_do_value, "summary", "text/plain"), ROW("keywords", feed_do_category, "", ""),
    ROW("language", do_language, "", ""), ROW("lastbuilddate", do_date, "updated", ""),
    ROW("link", feed_do_link, "", ""), ROW("logo", do_address, "logo", ""),
    ROW("managingeditor", feed_do_person, "author", ""),
    ROW("media_category", feed_do_category, "http://search.yahoo.com/mrss/category_schema", ""),
    ROW("media_content", feed_do_media_list, "media_content", ""),
    ROW("media_credit", feed_do_media_list, "media_credit", "content"),
    ROW("media_description", feed_do_value, "description", "text/html"),
    ROW("media_keywords", feed_do_category, "", ""), ROW("media_license", feed_do_media, "media_license", ""),
    ROW("media_player", feed_do_media, "media_player", ""), ROW("media_rating", feed_do_media, "media_rating", ""),
    ROW("media_restriction", feed_do_media, "media_restriction", ""),
    ROW("media_thumbnail", feed_do_media_list, "media_thumbnail", ""),
    ROW("media_title", feed_do_value, "title", "text/plain"), ROW("modified", do_date, "updated", ""),
    ROW("name", feed_do_part_of_person, "name", ""), ROW("newlocation", do_address, "newlocation", ""),
    ROW("pubdate", do_date, "published", ""), ROW("published", do_date, "published", ""),
    ROW("rdf_rdf", do_rdf, "", ""), ROW("redirect", do_skip, "", ""),
    ROW("rights", feed_do_value, "rights", "text/plain"), ROW("rss", do_rss, "", ""),
    ROW("source", do_source, "", ""), ROW("subtitle", feed_do_value, "subtitle", "text/plain"),
    ROW("summary", feed_do_value, "summary", "text/plain"), ROW("tagline", feed_do_value, "subtitle", "text/plain"),
    ROW("tags", feed_do_category, "", ""), ROW("textinput", do_image, "textinput", ""),
    ROW("title", feed_do_value, "title", "text/plain"), ROW("ttl", do_text, "ttl", ""),
    ROW("updated", do_date, "updated", ""), ROW("uri", feed_do_part_of_person, "href", ""),
    ROW("url", feed_do_part_of_person, "href", ""), ROW("webmaster", feed_do_person, "publisher", ""),
    ROW("width", do_number, "width", ""), ROW("xhtml_body", feed_do_value, "content", "application/xhtml+xml")};

static const Row *row_of(Str key)
{
    int lo = 0, hi = (int)(sizeof rows / sizeof *rows) - 1;
    while (lo <= hi) {
        int mid = (lo + hi) / 2, order = str_cmp(key, rows[mid].key);
        if (order == 0) return &rows[mid];
        if (order < 0) hi = mid - 1;
        else lo = mid + 1;
    }
    return NULL;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */
static void do_unknown(Build *b, int32_t node, Where w)
{
    const XmlNode *n = &b->x->nodes.v[node];
    Json *attrs = feed_attrs(b, node);
    if (attrs->n) {
        tree_default(w.at->object, n->key, attrs);
    } else if (!has_element(b, node)) {
        Str type = S("text/plain"), value = feed_safe(b->a, feed_own_text(b, node), &type, w.base);
        if (value.n) tree_default(w.at->object, n->key, tree_text(b->a, value));
    }
    feed_walk_children(b, node, w);
}

static void walk(Build *b, int32_t node, Where w)
{
    if (++b->depth > WALK_MAX) { b->depth--; return; }
    Str base = xml_attr(b->x, node, S("xml:base")), lang = xml_attr(b->x, node, S("xml:lang"));
    if (!base.n) base = xml_attr(b->x, node, S("base"));
    if (base.n) {
        Str joined = uri_join(b->a, w.base, base);
        if (uri_is_safe(joined) && joined.n) w.base = joined;
    }
    if (!lang.p) lang = xml_attr(b->x, node, S("lang"));
    if (lang.p) {
        char *z = arena_cstr(b->a, str_trim(lang));
        for (char *p = z; *p; p++) if (*p == '_') *p = '-';
        w.lang = *z ? str_of(z) : (Str){0};
        if (w.lang.n && b->x->nodes.v[node].depth == 1) tree_set_text(b->a, b->feed->feed, S("language"), w.lang);
    }
    const Row *row = row_of(b->x->nodes.v[node].key);
    if (row) row->handle(b, node, w, row);
    else do_unknown(b, node, w);
    b->depth--;
}

/* The version that a namespace alone tells; <rss version> and <feed version> say more. */
static Str version_of_namespaces(const Xml *x)
{
    for (int32_t i = 0; i < x->uris.n; i++) {
        Str uri = x->uris.v[i];
        if (str_starts(uri, S("http://my.netscape.com/rdf/simple/0.9"))) return S("rss090");
        if (str_eq(uri, S("http://purl.org/rss/1.0/"))) return S("rss10");
        if (str_starts(uri, S("http://www.w3.org/2005/atom"))) return S("atom10");
    }
    return (Str){0};
}

bool feed_build(Arena *a, const Xml *x, const Given *given, Feed *feed, Err *e)
{
    Build *b = arena_new(a, Build, 1);
    *b = (Build){.a = a, .x = x, .feed = feed};
    b->channel = context_new(b, feed->feed);
    Str location = given_header(given, S("content-location")), lang = given_header(given, S("content-language"));
    location = location.n ? uri_join(a, given->uri, location) : given->uri;
    Where w = {.at = b->channel, .base = uri_is_safe(location) ? location : (Str){0}};
    if (lang.n) {
        w.lang = lang;
        tree_set_text(a, feed->feed, S("language"), lang);
    }
    feed->version = version_of_namespaces(x);
    if (str_find(x->doctype, S("-//Netscape Communications//DTD RSS 0.91//EN")) == 0) feed->version = S("rss091n");
    feed_walk_children(b, 0, w);
    feed_finish(b, feed->feed, true);
    for (int32_t i = 0; i < feed->entries.n; i++) feed_finish(b, feed->entries.v[i], false);
    if (b->is_cut && !feed->why.n)
        feed->why = arena_printf(a, "more than %d entries; the rest is left out", FEED_ENTRIES_MAX);
    if (b->is_feed || feed->entries.n) return true;
    int32_t root = -1;
    for (int32_t i = x->nodes.v[0].first; i >= 0 && root < 0; i = x->nodes.v[i].next)
        if (x->nodes.v[i].key.n) root = i;
    if (root < 0) return fail(e, ERR_INPUT, "holds no element of a feed; expected is RSS, RDF, Atom, CDF or JSON Feed");
    return fail(e, ERR_INPUT, "its outermost element is <%.*s>, which is no feed's; expected is <rss>, <rdf:RDF>, "
                "<feed> or <channel>", STR(utf8_clean(a, str_sub(x->nodes.v[root].name, 0, 60))));
}
