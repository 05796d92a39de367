/* Entries as documents: what of a feed's entry is the article, and whether it is one.
**
** The reader of feeds runs where items are made, and hands each entry out as a small JSON object: its texts and what
** is known of it, without what changes from hour to hour (counters of comments, of shares). So an entry that stays the
** same has the same bytes, and its hash finds it again however often the feed is fetched. The workers make the record.
**
**  in:  <item><title>Port reopens</title><description>Ferries sail again from Monday, the ministry …</description>
**  out: text "Ferries sail again from Monday, the ministry …", title, published, uri, publisher; truncated: a teaser
**
** Which text: the longest of the contents; where there is none, the summary. What a feed calls content is the article,
** unless it ends in dots or in "Read more". A summary is a teaser, unless it has the size of an article (TEASER_MAX)
** and ends like one: many feeds have no other place for the whole. A teaser's text is kept and marked truncated, so
** nobody takes it for all that was written. An entry with a title alone is a document of that title, truncated.
**
** Always: the text holds no markup; captions and the feed's own last lines are marked, never cut. Cost: linear.
*/
#include "input/feed_inside.h"
#include <string.h>

enum {
    TEASER_MAX = 800,            /* bytes: of summaries here, teasers end by 600 and articles begin at 1,000 */
    LAST_LINE_MAX = 200,         /* bytes of "The post … appeared first on …" */
};

/* ---- HTML of our own making to text ------------------------------------------------------------------------------ */
/* Reads what sanitize_html wrote: balanced, quoted, every '<' a tag's. */
typedef struct {
    Arena *a;
    Buf out;
    Boilerplates marks;
    int32_t caption_depth, caption_begin;
    ptrdiff_t begin;
    int gap;
} Plain;
enum { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH };

static int gap_of(Str tag)
{
    static const Str blocks[] = {
        S("address"), S("article"), S("aside"), S("blockquote"), S("caption"), S("center"), S("dd"), S("details"),
        S("dir"), S("div"), S("dl"), S("dt"), S("figcaption"), S("figure"), S("footer"), S("h1"), S("h2"), S("h3"),
        S("h4"), S("h5"), S("h6"), S("header"), S("hr"), S("li"), S("main"), S("menu"), S("nav"), S("ol"), S("p"),
        S("pre"), S("section"), S("summary"), S("table"), S("tbody"), S("tfoot"), S("thead"), S("tr"), S("ul")};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (str_eq(tag, blocks[i])) return GAP_PARAGRAPH;
    return str_eq(tag, S("br")) ? GAP_LINE : str_eq(tag, S("td")) || str_eq(tag, S("th")) ? GAP_BLANK : GAP_NONE;
}

static void widen(Plain *p, int gap)
{
    if (gap == GAP_LINE && p->gap == GAP_LINE) gap = GAP_PARAGRAPH;        /* two breaks are a paragraph */
    if (gap > p->gap) p->gap = gap;
}

static void put_letter(Plain *p, Str letter)
{
    static const Str gaps[] = {S(""), S(" "), S("\n"), S("\n\n")};
    if (p->out.n > p->begin) buf_add(&p->out, gaps[p->gap]);
    p->gap = GAP_NONE;
    buf_add(&p->out, letter);
}

static void end_caption(Plain *p)
{
    if (p->out.n <= p->caption_begin) return;
    Str s = {p->out.p, p->out.n};
    while (p->caption_begin < s.n && (unsigned char)s.p[p->caption_begin] <= ' ') p->caption_begin++;
    *push(p->a, &p->marks) = (Boilerplate){{p->caption_begin, (int32_t)p->out.n}, BOILERPLATE_CAPTION};
}

static void put_tag(Plain *p, Str tag)
{
    bool is_end = str_starts(tag, S("/")), is_void = str_ends(tag, S("/"));
    ptrdiff_t from = is_end, to = from;
    while (to < tag.n && tag.p[to] != ' ' && tag.p[to] != '/') to++;
    Str name = str_sub(tag, from, to);
    if (p->caption_depth && !is_void && (p->caption_depth += is_end ? -1 : 1) == 0) end_caption(p);
    widen(p, gap_of(name));
    if (p->caption_depth || is_end || is_void) return;
    ptrdiff_t class = str_find(tag, S(" class=\""));
    Str classes = class < 0 ? (Str){0} : str_sub(tag, class + 8, tag.n);
    classes = str_sub(classes, 0, str_find(classes, S("\"")));
    if (!str_eq(name, S("figcaption")) && str_find(classes, S("caption-text")) < 0) return;
    p->caption_depth = 1;
    p->caption_begin = (int32_t)p->out.n;
}

static void put_html(Plain *p, Str s)
{
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i, n;
        if (s.p[i] == '<') {
            ptrdiff_t end;
            bool in_quotes = false;
            for (end = i + 1; end < s.n && (in_quotes || s.p[end] != '>'); end++) in_quotes ^= s.p[end] == '"';
            put_tag(p, str_sub(s, i + 1, end));
            i = end + 1;
            continue;
        }
        int32_t cp = s.p[i] == '&' ? html_reference(str_sub(s, i, s.n), &n) : -1;
        if (cp >= 0) i += n;
        else cp = utf8_next(s, &i);
        if (cp <= ' ' || cp == 0xA0 || cp == 0x2028 || cp == 0x2029 || cp == 0x3000) { widen(p, GAP_BLANK); continue; }
        if (cp == 0xAD || cp == 0x200B || cp == 0xFEFF) continue;  /* soft hyphens and zero widths are no letters */
        char room[8];
        Buf letter = {.to = p->a, .p = room, .cap = sizeof room};
        html_put_letter(&letter, cp);
        put_letter(p, s.p[from] == '&' ? buf_str(&letter) : str_sub(s, from, i));
    }
}

static Str plain_text(Arena *a, Str value, bool is_html, Boilerplates *marks)
{
    Plain p = {.a = a, .out = {.to = a}};
    if (is_html) {
        put_html(&p, value);
        if (p.caption_depth) end_caption(&p);
        if (marks) *marks = p.marks;
        return p.out.p ? buf_str(&p.out) : S("");
    }
    Buf out = {.to = a};
    for (ptrdiff_t i = 0; i < value.n;) {
        ptrdiff_t from = i;
        int32_t cp = utf8_next(value, &i);
        if (cp == '\r' && i < value.n && value.p[i] == '\n') continue;
        if (cp == '\r') buf_char(&out, '\n');
        else if (cp >= ' ' || cp == '\n' || cp == '\t') buf_add(&out, str_sub(value, from, i));
    }
    return out.p ? str_trim(buf_str(&out)) : S("");
}

/* One line: titles, names. */
static Str plain_line(Arena *a, Str value, bool is_html)
{
    Str s = plain_text(a, value, is_html, NULL);
    Buf out = {.to = a};
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i;
        int32_t cp = utf8_next(s, &i);
        if (!utf8_is_space(cp) && cp > ' ') buf_add(&out, str_sub(s, from, i));
        else if (out.n && out.p[out.n - 1] != ' ') buf_char(&out, ' ');
    }
    return out.p ? str_trim(buf_str(&out)) : S("");
}

static bool is_html_type(Str type) { return str_eq(type, S("text/html")) || str_eq(type, S("application/xhtml+xml")); }

/* ---- how a text ends --------------------------------------------------------------------------------------------- */
static bool ends_in_dots(Str s)
{
    static const Str ends[] = {S("…"), S("..."), S("[…]"), S("[...]"), S("(...)"), S("(…)"), S("»"), S(">>")};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, ends[i])) return true;
    return false;
}

static bool begins_fold(Str s, Str head) { return str_eq_fold(str_sub(s, 0, head.n), head); }
static bool ends_fold(Str s, Str tail) { return s.n > tail.n && str_eq_fold(str_sub(s, s.n - tail.n, s.n), tail); }

/* The last paragraph, and where it begins. */
static Str last_line(Str text, ptrdiff_t *begin)
{
    ptrdiff_t i = text.n;
    while (i > 0 && text.p[i - 1] != '\n') i--;
    *begin = i;
    return str_sub(text, i, text.n);
}

/* "Read more", "Continue reading: …": the article goes on elsewhere. "The post … appeared first on …": it does not. */
static bool mark_last_lines(Arena *a, Record *r)
{
    static const Str goes_on[] = {S("read more"),    S("continue reading"),  S("read the full"), S("read full"),
                                  S("keep reading"), S("full story"),        S("read the rest"), S("more…"),
                                  S("more..."),      S("click here to read")};
    Str text = r->text;
    bool is_cut = false;
    for (int round = 0; round < 3; round++) {
        ptrdiff_t begin;
        Str line = last_line(text, &begin);
        BoilerplateReason reason = BOILERPLATE_UNKNOWN;
        for (size_t i = 0; i < sizeof goes_on / sizeof *goes_on && !reason; i++) {
            bool is_all = begin > 0 && begins_fold(line, goes_on[i]) && line.n <= goes_on[i].n + 60;
            if (!is_all && !ends_fold(line, goes_on[i])) continue;
            if (!is_all) begin = text.n - goes_on[i].n;  /* behind the last words of the paragraph */
            reason = BOILERPLATE_NAVIGATION;
            is_cut = true;
        }
        if (!reason && (!line.n || line.n > LAST_LINE_MAX || begin == 0)) break;
        if (begins_fold(line, S("the post ")) && str_find(line, S(" appeared first on ")) > 0)
            reason = BOILERPLATE_ORIGIN;
        if (reason == BOILERPLATE_UNKNOWN) break;
        *push(a, &r->boilerplate) = (Boilerplate){{(int32_t)begin, (int32_t)text.n}, reason};
        while (begin > 0 && (text.p[begin - 1] == '\n' || text.p[begin - 1] == ' ')) begin--;
        text = str_sub(text, 0, begin);
    }
    for (int32_t i = 0; i < r->boilerplate.n; i++)       /* from last to first they were found: into order */
        for (int32_t k = i; k > 0 && r->boilerplate.v[k].span.begin < r->boilerplate.v[k - 1].span.begin; k--) {
            Boilerplate swap = r->boilerplate.v[k];
            r->boilerplate.v[k] = r->boilerplate.v[k - 1];
            r->boilerplate.v[k - 1] = swap;
        }
    return is_cut || ends_in_dots(text);
}

/* ---- the entry as an object -------------------------------------------------------------------------------------- */
typedef struct { Str value, type; bool is_teaser; } Body;
static Body body_of(const Json *entry)
{
    Body body = {0};
    const Json *contents = tree_get(entry, S("content"));
    for (const Json *c = contents && contents->kind == JSON_ARRAY ? contents->first : NULL; c; c = c->next) {
        Str value = tree_str(c, S("value")), type = tree_str(c, S("type"));
        bool is_text = is_html_type(type) || str_eq(type, S("text/plain"));
        if (is_text && value.n > body.value.n) body = (Body){value, type, false};
    }
    Str summary = tree_str(entry, S("summary")), type = tree_str(tree_get(entry, S("summary_detail")), S("type"));
    if (summary.n > body.value.n) body = (Body){summary, type.n ? type : S("text/plain"), true};
    return body;
}

static void put_member(Buf *out, const char *key, Str value)
{
    if (!value.n) return;
    buf_printf(out, "%s\"%s\": ", out->n > 1 ? ", " : "", key);
    json_put_str(out, value);
}

static Str date_of(Arena *a, const Json *entry, Str key)
{
    FeedDate d;
    Str written = tree_str(entry, key);
    return written.n && feed_date(written, &d) ? feed_date_iso(a, d) : (Str){0};
}

/* "Ana Ruiz, Bo Lind" */
static Str authors_of(Arena *a, const Json *of)
{
    const Json *list = tree_get(of, S("authors"));
    Buf out = {.to = a};
    int32_t n = 0;
    for (const Json *p = list && list->kind == JSON_ARRAY ? list->first : NULL; p && n < 10; p = p->next) {
        Str name = tree_str(p, S("name"));
        if (!name.n || str_find(buf_str(&out), name) >= 0) continue;
        if (n++) buf_add(&out, S(", "));
        buf_add(&out, name);
    }
    return n ? plain_line(a, buf_str(&out), false) : (Str){0};
}

static Str title_of(Arena *a, const Json *of)
{
    Str type = tree_str(tree_get(of, S("title_detail")), S("type"));
    return plain_line(a, tree_str(of, S("title")), is_html_type(type));
}

static bool is_web(Str uri) { return str_starts(uri, S("http://")) || str_starts(uri, S("https://")); }

static Str entry_json(Arena *a, const Feed *feed, int32_t i)
{
    const Json *entry = feed->entries.v[i], *contents = tree_get(entry, S("content"));
    const Json *content = tree_last(contents), *source = tree_get(entry, S("source"));
    Body body = body_of(entry);
    Str link = tree_str(entry, S("link")), id = tree_str(entry, S("id")), published = date_of(a, entry, S("published"));
    Str publisher = title_of(a, source), lang = tree_str(content, S("language")), author = authors_of(a, entry);
    if (!published.n) published = date_of(a, entry, S("created"));
    /* "/news/1", and no base */
    if (link.n && !is_web(link)) link = uri_join(a, tree_str(feed->feed, S("link")), link);
    if (!is_web(link)) link = is_web(id) ? id : link.n ? link : id;
    if (!publisher.n) publisher = title_of(a, feed->feed);
    if (!lang.n) lang = tree_str(feed->feed, S("language"));
    Buf out = {.to = a};
    buf_char(&out, '{');
    put_member(&out, "uri", link);
    put_member(&out, "guid", id);
    put_member(&out, "title", title_of(a, entry));
    put_member(&out, "author", author);
    put_member(&out, "published", published);
    put_member(&out, "updated", date_of(a, entry, S("updated")));
    put_member(&out, "publisher", publisher);
    put_member(&out, "lang", lang);
    put_member(&out, "type", body.value.n ? body.type : (Str){0});
    put_member(&out, "value", body.value);
    put_member(&out, "kind", body.is_teaser ? S("summary") : S("content"));
    put_member(&out, "version", feed->version);
    buf_char(&out, '}');
    return buf_str(&out);
}

/* ---- the object as a record -------------------------------------------------------------------------------------- */
/* RSS and RDF write the date of publication as dc:date, too, so there it is a statement; Atom's "updated" is the last
** change, so the publication was on that day or before. */
static void set_published(Record *r, const Json *o)
{
    Str published = json_text(o, S("published")), updated = json_text(o, S("updated"));
    bool is_atom =
        str_starts(json_text(o, S("version")), S("atom")) || str_starts(json_text(o, S("version")), S("json"));
    r->published = published.n ? published : updated;
    if (!r->published.n) return;
    r->published_how = published.n || !is_atom ? PUBLISHED_STATED : PUBLISHED_INFERRED;
    if (r->published_how == PUBLISHED_INFERRED) r->published_range[1] = str_sub(updated, 0, 10);
}

static bool entry_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    Json *o;
    (void)how;
    if (!json_read(a, item->bytes, &o, e)) return err_while(e, "is not well-formed JSON");
    Str value = json_text(o, S("value"));
    bool is_summary = str_eq(json_text(o, S("kind")), S("summary"));
    r->text = plain_text(a, value, is_html_type(json_text(o, S("type"))), &r->boilerplate);
    r->title = json_text(o, S("title"));
    r->uri = json_text(o, S("uri"));
    r->author = json_text(o, S("author"));
    r->publisher = json_text(o, S("publisher"));
    r->lang = str_sub(json_text(o, S("lang")), 0, 40);
    r->original = item->bytes;
    r->text_is_given = true;
    set_published(r, o);
    if (!r->text.n) {
        if (!r->title.n) return fail(e, ERR_INPUT, "has neither a title nor a text; nothing to read");
        r->text = r->title;
        r->truncated = true;
        return true;
    }
    bool is_cut = mark_last_lines(a, r);
    r->truncated = is_cut || (is_summary && r->text.n < TEASER_MAX);
    return true;
}

/* ---- the feed as what holds them --------------------------------------------------------------------------------- */
typedef struct { Feed feed; int32_t next; } Open;

static bool feed_open(Level *l, Err *e)
{
    if (!reader_until(&l->reader, INPUT_FILE_MAX + 1, e)) return false;
    Str bytes = reader_view(&l->reader);
    if (bytes.n > INPUT_FILE_MAX)
        return fail(e, ERR_LIMIT, "is a feed of more than %d bytes, at most so many are read; split it first",
                    INPUT_FILE_MAX);
    Open *o = arena_new(&l->own, Open, 1);
    l->state = o;
    return feed_read(&l->own, arena_str(&l->own, bytes), &l->given, &o->feed, e);
}

static ItemState feed_next(Level *l, Member *m, Err *e)
{
    Open *o = l->state;
    int32_t i = o->next++;
    if (i >= o->feed.entries.n) {
        if (i > 0) return ITEM_END;
        fail(e, ERR_INPUT, "is a feed without entries%s%.*s; nothing to read", o->feed.why.n ? ": " : "",
             STR(o->feed.why));
        return ITEM_FAILED;
    }
    m->name = arena_printf(&l->scratch, "entry %d", i + 1);
    m->kind = CONTENT_ENTRY;
    m->bytes = entry_json(&l->scratch, &o->feed, i);
    m->given = (Given){.publisher = l->given.publisher, .lang = l->given.lang, .is_sure = l->given.is_sure};
    return ITEM_DOCUMENT;
}

static bool feed_inspect(Level *l, Buf *json, Err *e)
{
    (void)e;
    feed_json(&((Open *)l->state)->feed, json);
    return true;
}

const Format format_feed = {.open = feed_open, .next = feed_next, .inspect = feed_inspect};
const Format format_entry = {.record = entry_record};
