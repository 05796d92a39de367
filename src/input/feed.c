/* A feed, whole: charset, XML or JSON, the tree, and how it is printed.
**
**  in:  bytes, and {"Content-Type": "application/rss+xml; charset=iso-8859-1"} where they came over HTTP
**  out: Feed: the channel and its entries as printed by `inspect --json`; feed_entry.c makes the documents
**
** Always: a Feed is filled whatever came; false means that there is nothing of a feed in it. Cost: see the parts.
*/
#include "input/feed_inside.h"
#include <string.h>

enum { HEAD = 4096 };

/* "version": "https://jsonfeed.org/version/1": the one member that tells a JSON Feed. */
static bool is_json_feed(Str text)
{
    text = str_trim(text);
    ptrdiff_t at = str_starts(text, S("{")) ? str_find(text, S("\"https://jsonfeed.org/version/")) : -1;
    Str before = str_trim(str_sub(text, 0, at < 0 ? 0 : at));
    return str_ends(before, S(":")) && str_ends(str_trim(str_sub(before, 0, before.n - 1)), S("\"version\""));
}

bool feed_is(Str head)
{
    static const Str roots[] = {S("<rss"),     S("<feed"),    S("<rdf:RDF"), S("<RDF"),
                                S("<channel"), S("<CHANNEL"), S("<Channel"), S("<atom:feed")};
    char narrow[HEAD];
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < head.n && n < HEAD; i++)   /* UTF-16 and UTF-32 without their zeros */
        if (head.p[i]) narrow[n++] = head.p[i];
    Str text = {narrow, n};
    if (str_starts(text, S("\x4C\x6F\xA7\x94"))) return true;             /* "<?xm" in EBCDIC: no page is written so */
    if (is_json_feed(charset_unmark(text))) return true;
    ptrdiff_t first = str_find(text, S("<"));  /* junk may stand before, if a declaration says that XML follows */
    if (first < 0 ||
        (str_trim(charset_unmark(str_sub(text, 0, first))).n > 2 && !str_starts(str_sub(text, first, n), S("<?xml"))))
        return false;
    for (ptrdiff_t i = 0; i < n; i++) {                  /* the first element decides: a page may speak of <rss> */
        if (text.p[i] != '<' || i + 1 >= n) continue;
        Str here = str_sub(text, i, n);
        char c = here.p[1];
        ptrdiff_t skip = str_starts(here, S("<!--")) ? str_find(here, S("-->"))
                         : c == '?' || c == '!'      ? str_find(here, S(">"))
                                                     : 0;
        if (c == '!' && skip > 0 && here.p[2] != '-' && memchr(here.p, '[', (size_t)skip))
            skip = str_find(here, S("]>"));
        if (skip < 0) return false;
        i += skip;
        if (skip) continue;
        for (size_t k = 0; k < sizeof roots / sizeof *roots; k++) {
            Str after = str_sub(here, roots[k].n, roots[k].n + 1);
            if (str_starts(here, roots[k]) && after.n && strchr(" \t\r\n>/:", after.p[0])) return true;
        }
        return false;
    }
    return false;
}

bool feed_read(Arena *a, Str bytes, const Given *given, Feed *feed, Err *e)
{
    static const Given nothing;
    if (!given) given = &nothing;
    *feed = (Feed){.feed = tree_object(a), .is_bozo = true, .etag = given_header(given, S("etag"))};
    FeedText t = feed_decode(a, bytes, given);
    feed->encoding = t.encoding;
    if (!str_trim(t.text).n) {
        feed->why = S("is empty");
        return fail(e, ERR_INPUT, "is empty; nothing to read");
    }
    bool ok;
    if (str_starts(str_trim(t.text), S("{"))) {
        ok = feed_of_json(a, t.text, feed, e);
    } else {
        Xml x;
        xml_parse(a, t.text, &x);
        ok = feed_build(a, &x, given, feed, e);
        if (x.why.n) feed->why = x.why;
        else if (x.is_cut) feed->why = S("nested too deeply, or with too many elements; the rest is left out");
    }
    if (!feed->why.n) feed->why = t.why;
    feed->is_bozo = feed->why.n > 0 || !ok;
    return ok;
}

void feed_json(const Feed *feed, Buf *out)
{
    buf_add(out, S("\"feed\": "));
    tree_put(out, feed->feed);
    buf_add(out, S(", \"entries\": ["));
    for (int32_t i = 0; i < feed->entries.n; i++) {
        if (i) buf_add(out, S(", "));
        tree_put(out, feed->entries.v[i]);
    }
    buf_add(out, S("], \"encoding\": "));
    json_put_str(out, feed->encoding);
    buf_printf(out, ", \"bozo\": %s", feed->is_bozo ? "true" : "false");
    if (feed->why.n) {
        buf_add(out, S(", \"bozo_why\": "));
        json_put_str(out, feed->why);
    }
    if (feed->etag.n) {
        buf_add(out, S(", \"etag\": "));
        json_put_str(out, feed->etag);
    }
    buf_add(out, S(", \"version\": "));
    json_put_str(out, feed->version);
}
