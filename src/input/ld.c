/* JSON-LD: what a page tells search engines of its article (schema.org).
**
**  in:  {"@type": "NewsArticle", "headline": "Port reopens", "author": [{"name": "Ana Ruiz"}], "datePublished": …}
**  out: headline, authors, published
**
** An object whose type is a kind of article is believed; one of a page only where no article speaks. Objects may lie in
** lists and in "@graph". Scripts that are no JSON (a comma too many, comments) are searched for their plain members.
**
** Always: borrowed from the tree of the script. Cost: linear; depth is JSON's own cap.
*/
#include "input/inside.h"
#include "input/meta.h"
#include "base/json.h"
#include <string.h>

enum { LD_DEPTH = 12, LD_OBJECTS = 4000 };               /* graphs of sites list hundreds of things */
typedef struct { Arena *a; Ld *ld; int32_t n; const Json *graph; } Reading;

static bool has_type(const Json *o, Str suffix)
{
    const Json *t = json_get(o, S("@type"));
    if (!t) return false;
    if (t->kind == JSON_STRING) return str_ends(t->text, suffix);
    for (const Json *m = t->kind == JSON_ARRAY ? t->first : NULL; m; m = m->next)
        if (m->kind == JSON_STRING && str_ends(m->text, suffix)) return true;
    return false;
}

static bool is_article(const Json *o)
{
    static const Str kinds[] = {S("Article"), S("BlogPosting"), S("Report"), S("LiveBlogPosting"), S("Recipe"), S("Review"), S("NewsStory")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_type(o, kinds[i])) return true;
    return false;
}

static void set(Reading *r, Str *to, Str value)
{
    if (!to->n && str_trim(value).n) *to = text_unescape(r->a, value);
}

/* A name may be a string, an object with one, or a reference into the graph. */
static Str name_of(Reading *r, const Json *v, int depth)
{
    if (!v || depth > 3) return (Str){0};
    if (v->kind == JSON_STRING) return str_starts(v->text, S("http")) ? (Str){0} : v->text;
    if (v->kind != JSON_OBJECT) return (Str){0};
    Str name = json_text(v, S("name"));
    if (name.n) return name;
    const Json *list = json_get(v, S("name"));
    if (list && list->kind == JSON_ARRAY && list->first && list->first->kind == JSON_STRING) return list->first->text;
    Str id = json_text(v, S("@id"));
    int32_t seen = 0;
    for (const Json *m = id.n && r->graph && r->graph->kind == JSON_ARRAY ? r->graph->first : NULL; m && seen < LD_OBJECTS; m = m->next, seen++)
        if (m != v && m->kind == JSON_OBJECT && str_eq(json_text(m, S("@id")), id)) return name_of(r, m, depth + 1);
    return (Str){0};
}

static void add_author(Reading *r, const Json *v)
{
    if (v && v->kind == JSON_ARRAY) {
        int32_t n = 0;
        for (const Json *m = v->first; m && n < 12; m = m->next, n++) add_author(r, m);
        return;
    }
    Str name = name_of(r, v, 0);
    if (name.n) *push(r->a, &r->ld->authors) = text_unescape(r->a, name);
}

static const Json *first_of(const Json *v) { return v && v->kind == JSON_ARRAY ? v->first : v; }

static void on_article(Reading *r, const Json *o)
{
    Ld *ld = r->ld;
    const Json *page = json_get(o, S("mainEntityOfPage"));
    ld->is_article = true;
    set(r, &ld->headline, json_text(o, S("headline")));
    if (!ld->headline.n) set(r, &ld->headline, json_text(o, S("name")));
    set(r, &ld->description, json_text(o, S("description")));
    set(r, &ld->published, json_text(o, S("datePublished")));
    if (!ld->published.n) set(r, &ld->published, json_text(o, S("dateCreated")));
    set(r, &ld->modified, json_text(o, S("dateModified")));
    set(r, &ld->lang, json_text(o, S("inLanguage")));
    set(r, &ld->publisher, name_of(r, first_of(json_get(o, S("publisher"))), 0));
    set(r, &ld->uri, page && page->kind == JSON_STRING ? page->text : json_text(page, S("@id")));
    if (!str_starts(ld->uri, S("http"))) ld->uri = (Str){0};
    if (!str_starts(ld->uri, S("http"))) set(r, &ld->uri, json_text(o, S("url")));
    if (!ld->authors.n) add_author(r, json_get(o, S("author")));
    if (!ld->authors.n) add_author(r, json_get(o, S("creator")));
    Str body = json_text(o, S("articleBody"));
    if (body.n > ld->body.n) ld->body = body;
}

static void walk(Reading *r, const Json *v, int depth)
{
    if (depth > LD_DEPTH || r->n++ > LD_OBJECTS) return;
    if (v->kind == JSON_OBJECT && json_get(v, S("@graph"))) r->graph = json_get(v, S("@graph"));
    if (v->kind == JSON_OBJECT && is_article(v) && (!r->ld->is_article || !r->ld->published.n)) on_article(r, v);
    else if (v->kind == JSON_OBJECT && has_type(v, S("Page"))) set(r, &r->ld->page_published, json_text(v, S("datePublished")));
    else if (v->kind == JSON_OBJECT && has_type(v, S("WebSite"))) set(r, &r->ld->site, json_text(v, S("name")));
    if (v->kind == JSON_STRING || v->kind == JSON_NUMBER) return;
    for (const Json *m = v->first; m; m = m->next)
        if (!str_eq(m->key, S("comment")) && !str_eq(m->key, S("isPartOf")) && !str_eq(m->key, S("hasPart"))) walk(r, m, depth + 1);
}

/* "datePublished" : "2025-03-18" in what is no JSON. */
static Str member_in(Arena *a, Str s, Str name)
{
    Buf quoted = {.to = a};
    buf_printf(&quoted, "\"%.*s\"", STR(name));
    ptrdiff_t at = str_find(s, buf_str(&quoted));
    if (at < 0) return (Str){0};
    ptrdiff_t i = at + quoted.n;
    while (i < s.n && (is_blank(s.p[i]) || s.p[i] == ':')) i++;
    if (i >= s.n || s.p[i] != '"') return (Str){0};
    ptrdiff_t begin = ++i;
    while (i < s.n && s.p[i] != '"') i += s.p[i] == '\\' ? 2 : 1;
    Json *v;
    Err e;
    Str piece = str_sub(s, begin - 1, i + 1);
    return json_read(a, piece, &v, &e) && v->kind == JSON_STRING ? v->text : (Str){0};
}

void ld_read(Arena *a, Str s, Ld *ld)
{
    s = str_trim(s);
    static const Str wraps[] = {S("<!--"), S("//<![CDATA["), S("<![CDATA["), S("/*<![CDATA[*/")};
    static const Str ends[] = {S("-->"), S("//]]>"), S("]]>"), S("/*]]>*/"), S(";")};
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) if (str_starts(s, wraps[i])) s = str_trim(str_sub(s, wraps[i].n, s.n));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) if (str_ends(s, ends[i])) s = str_trim(str_sub(s, 0, s.n - ends[i].n));
    Json *root;
    Err e;
    Reading r = {.a = a, .ld = ld};
    if (json_read(a, s, &root, &e)) { walk(&r, root, 0); return; }
    if (str_find(s, S("Article\"")) < 0 && str_find(s, S("BlogPosting\"")) < 0) return;
    set(&r, &ld->headline, member_in(a, s, S("headline")));
    set(&r, &ld->published, member_in(a, s, S("datePublished")));
    set(&r, &ld->modified, member_in(a, s, S("dateModified")));
    ptrdiff_t author = str_find(s, S("\"author\""));
    if (author >= 0 && !ld->authors.n) {
        Str name = member_in(a, str_sub(s, author, author + 400), S("name"));
        if (name.n) *push(a, &ld->authors) = text_unescape(a, name);
    }
}
