/* What the feed_*.c files share: the tree of an XML file, the tree that is printed, dates, addresses, charsets. */
#ifndef INPUT_FEED_INSIDE_H
#define INPUT_FEED_INSIDE_H
#include "input/feed.h"

/* ---- feed_charset.c: bytes to UTF-8 as RFC 3023, the BOM, the declaration and the content say -------------------- */
typedef struct { Str text, encoding, why; } FeedText;    /* why: the declaration was wrong; empty where it was right */
FeedText feed_decode(Arena *a, Str bytes, const Given *given);

/* ---- feed_xml.c: libxml2's events become a tree ------------------------------------------------------------------ */
typedef struct { Str name, value; } XmlAttr;  /* lower case; prefix by namespace: "href", "xml:base", "rdf:resource" */
typedef struct {
    Str key;                                             /* "title", "dc_date", "media_group"; empty: text */
    Str name, uri;                                       /* the local name as written; its namespace */
    Str text;
    int32_t parent, first, last, next, depth;            /* -1 for none */
    int32_t attr, n_attrs;
} XmlNode;
typedef struct {
    SLICE(XmlNode) nodes;                                /* node 0 holds the document */
    SLICE(XmlAttr) attrs;
    Strs uris;  /* namespaces in the order of their first mention, lower case */
    Str doctype;                                         /* its public identifier */
    Str why;                                             /* not well-formed: libxml2's first sentence */
    bool is_cut;                                         /* a limit was reached; what follows is left out */
} Xml;
void xml_parse(Arena *a, Str utf8, Xml *x);
Str xml_attr(const Xml *x, int32_t node, Str name);      /* p NULL where absent */
void parser_keep(void *parser);  /* this thread's open parser; closes the one before. NULL: none */

/* ---- feed_tree.c: what is printed: objects and lists in the arena ------------------------------------------------ */
enum { TREE_KEYS_MAX = 256, TREE_LIST_MAX = 10000 };  /* keys are looked up one by one; a feed with more is playing */
Json *tree_object(Arena *a);
Json *tree_list(Arena *a);
Json *tree_text(Arena *a, Str text);                     /* text.p NULL gives null */
Json *tree_number(Arena *a, double x);
Json *tree_bool(Arena *a, bool b);
Json *tree_get(const Json *object, Str key);             /* NULL where absent */
Str tree_str(const Json *object, Str key);               /* a text member; empty otherwise */
void tree_set(Json *object, Str key, Json *value);       /* value is taken, not copied; replaces */
void tree_set_text(Arena *a, Json *object, Str key, Str text);
void tree_default(Json *object, Str key, Json *value);   /* only where the key is absent */
Json *tree_push(Json *list, Json *value);                /* NULL when the list is full */
Json *tree_list_at(Arena *a, Json *object, Str key);     /* made where absent */
Json *tree_last(const Json *list);
Json *tree_copy(Arena *a, const Json *value);
void tree_put(Buf *out, const Json *value);

/* ---- feed_date.c, feed_uri.c ------------------------------------------------------------------------------------- */
/* offset: minutes */
typedef struct { Date day; int32_t hour, minute, second, offset; bool has_clock, has_zone; } FeedDate;
bool feed_date(Str s, FeedDate *d);
/* [year, month, day, hour, minute, second, weekday, day of year, 0], UTC */
Json *feed_date_tuple(Arena *a, FeedDate d);
Str feed_date_iso(Arena *a, FeedDate d);
Str uri_join(Arena *a, Str base, Str uri);  /* RFC 3986, section 5.2; uri itself where base is empty or no hierarchy */
bool uri_is_safe(Str uri);                               /* relative, or of a scheme that no browser runs */
bool uri_has_script(Str uri);                            /* javascript:, vbscript:, data: and kin, however disguised */

/* ---- feed_build.c, feed_jsonfeed.c ------------------------------------------------------------------------------- */
bool feed_build(Arena *a, const Xml *x, const Given *given, Feed *feed, Err *e);
bool feed_of_json(Arena *a, Str text, Feed *feed, Err *e);
/* Text of a type as it may be shown: HTML sanitized; plain text that a browser would run is sanitized and its type
** becomes text/html. */
Str feed_safe(Arena *a, Str value, Str *type, Str base);

/* ---- sanitize.c -------------------------------------------------------------------------------------------------- */
bool html_is_known(Str tag);                             /* on the allow-list; any case */
bool html_is_void(Str tag);                              /* "br" and kin: no end tag */
bool html_is_active(Str text);                           /* holds a tag that runs, loads or asks for input */
int32_t html_reference(Str s, ptrdiff_t *n);             /* "&eacute;…": its letter and length; -1 where it is none */
void html_put_letter(Buf *out, int32_t cp);              /* as UTF-8 */
#endif
