/* Feeds: RSS 0.9x–2.0, RDF, Atom, CDF and JSON Feed become one tree with feedparser's key names, and its entries
** documents.
**
**  in:  <rss version="2.0"><channel><title>Harbour Post</title><item><title>Port reopens</title>…
**  out: feed.title = Harbour Post, entries[0].title = Port reopens, version = rss20, bozo = false
**
** Always: whatever HTML the tree holds has passed the allow-list of sanitize.c; nothing outside the given bytes is
** fetched; declared entities are never expanded beyond plain text. A feed that is not well-formed is read as far as it
** goes and says so (is_bozo, why). Cost: linear in the bytes.
*/
#ifndef INPUT_FEED_H
#define INPUT_FEED_H
#include "input/inside.h"

typedef struct {
    Json *feed;                                          /* the channel: title, link, links, subtitle, language … */
    SLICE(Json *) entries;                               /* each an object: title, link, id, summary, content … */
    Str encoding, version;  /* "utf-8"; "rss20", "atom10", "json11" …; version empty: unknown */
    Str etag;                                            /* of the headers; empty where not sent */
    bool is_bozo;                                        /* not well-formed, or its declared charset is wrong */
    Str why;                                             /* what was wrong, for the user; empty where nothing was */
} Feed;

enum { FEED_ENTRIES_MAX = 100000 };                      /* the longest archives that are published hold some 20,000 */

bool feed_is(Str head);                                  /* the first kilobytes look like a feed, in any charset */
/* given: the HTTP headers and the address that came with the bytes, or NULL. False: this is no feed (e says what it
** is); *feed is then an empty one, marked bozo. */
bool feed_read(Arena *a, Str bytes, const Given *given, Feed *feed, Err *e);

/* FORMAT.md, inspect: the members "feed", "entries", "encoding", "bozo", "version" of an object, without its braces. */
void feed_json(const Feed *feed, Buf *out);

/* A feed holds documents, one an entry (feed_entry.c). One with nothing but a teaser is marked truncated. */
extern const Format format_feed, format_entry;

/* HTML of strangers as HTML without script, handler, style, form or frame; links resolved against base (sanitize.c). */
Str sanitize_html(Arena *to, Str html, Str base);
#endif
