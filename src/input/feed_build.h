/* What feed_build.c shares with feed_value.c and feed_parts.c: the walk, and the handlers that its table names. */
#ifndef INPUT_FEED_BUILD_H
#define INPUT_FEED_BUILD_H
#include "input/feed_inside.h"

typedef struct { Json *object; int32_t title_depth, summary_depth; } Context;  /* depth of the element that filled it */
typedef struct {
    Arena *a;
    const Xml *x;
    Feed *feed;
    Context *channel;
    int32_t depth;
    bool is_feed, is_cut;                                /* an element of feeds was seen; too many entries */
} Build;
typedef struct {                                         /* where the walk stands */
    Str base, lang;                                      /* lang.p NULL: not said */
    Context *at;  /* what is being filled: the channel, an entry, a source, an image */
    Json *person;                                        /* within an author and kin: the one being filled */
    bool in_entry, in_image, in_textinput;
} Where;
typedef struct Row Row;
typedef void (*Handle)(Build *b, int32_t node, Where w, const Row *row);
struct Row { Str key; Handle handle; Str name, type; };

Str feed_own_text(Build *b, int32_t node);               /* the element's direct text, trimmed */
void feed_walk_children(Build *b, int32_t node, Where w);
Str feed_uri(Build *b, Where w, Str uri);                /* resolved; empty where a browser would run it */
Json *feed_attrs(Build *b, int32_t node);
void feed_add_link(Build *b, Where w, Str href);         /* rel alternate, text/html */
void feed_finish(Build *b, Json *object, bool is_feed);  /* the other names of keys, and what is derived from several */

/* feed_value.c */
bool feed_base64(Arena *a, Str s, Str *bytes);           /* false where it is none */
void feed_do_value(Build *b, int32_t node, Where w, const Row *row);
/* feed_parts.c */
void feed_do_person(Build *b, int32_t node, Where w, const Row *row);
void feed_do_part_of_person(Build *b, int32_t node, Where w, const Row *row);
void feed_do_link(Build *b, int32_t node, Where w, const Row *row);
void feed_do_enclosure(Build *b, int32_t node, Where w, const Row *row);
void feed_do_license(Build *b, int32_t node, Where w, const Row *row);
void feed_do_category(Build *b, int32_t node, Where w, const Row *row);
void feed_do_itunes_category(Build *b, int32_t node, Where w, const Row *row);
void feed_do_keywords(Build *b, int32_t node, Where w, const Row *row);
void feed_do_generator(Build *b, int32_t node, Where w, const Row *row);
void feed_do_generator_agent(Build *b, int32_t node, Where w, const Row *row);
void feed_do_media(Build *b, int32_t node, Where w, const Row *row);
void feed_do_media_list(Build *b, int32_t node, Where w, const Row *row);
#endif
