/* The tree that is printed: objects and lists under feedparser's names, made of base's Json nodes in the arena.
**
** Feeds carry whatever elements their makers think of, and all of them are shown; so this is a tree of names and not a
** struct. Lists remember their last member; objects are small (TREE_KEYS_MAX) and searched from the front.
**
** Always: a member that stands under a key has that key; a list never grows beyond TREE_LIST_MAX. Cost: keys ×
** members.
*/
#include "input/feed_inside.h"

typedef struct { Json json; Json *last; } List;          /* every array here is one of these */

static Json *node_of(Arena *a, JsonKind kind)
{
    Json *j = arena_new(a, Json, 1);
    j->kind = kind;
    return j;
}

Json *tree_object(Arena *a) { return node_of(a, JSON_OBJECT); }

Json *tree_list(Arena *a)
{
    List *list = arena_new(a, List, 1);
    list->json.kind = JSON_ARRAY;
    return &list->json;
}

Json *tree_text(Arena *a, Str text)
{
    Json *j = node_of(a, text.p ? JSON_STRING : JSON_NULL);
    j->text = text;
    return j;
}

Json *tree_number(Arena *a, double x)
{
    Json *j = node_of(a, JSON_NUMBER);
    j->number = x;
    return j;
}

Json *tree_bool(Arena *a, bool b) { return node_of(a, b ? JSON_TRUE : JSON_FALSE); }

Json *tree_get(const Json *object, Str key)
{
    if (object && object->kind == JSON_OBJECT)
        for (Json *m = object->first; m; m = m->next)
            if (str_eq(m->key, key)) return m;
    return NULL;
}

Str tree_str(const Json *object, Str key)
{
    const Json *m = tree_get(object, key);
    return m && m->kind == JSON_STRING ? m->text : (Str){0};
}

void tree_set(Json *object, Str key, Json *value)
{
    value->key = key;
    Json **at = &object->first;
    for (; *at; at = &(*at)->next)
        if (str_eq((*at)->key, key)) {
            value->next = (*at)->next;
            *at = value;
            return;
        }
    if (object->n >= TREE_KEYS_MAX) return;
    value->next = NULL;
    *at = value;
    object->n++;
}

void tree_set_text(Arena *a, Json *object, Str key, Str text) { tree_set(object, key, tree_text(a, text)); }

void tree_default(Json *object, Str key, Json *value)
{
    if (!tree_get(object, key)) tree_set(object, key, value);
}

Json *tree_push(Json *list, Json *value)
{
    List *l = (List *)list;
    if (list->n >= TREE_LIST_MAX) return NULL;
    if (l->last) l->last->next = value;
    else list->first = value;
    value->next = NULL;
    list->n++;
    return l->last = value;
}

Json *tree_list_at(Arena *a, Json *object, Str key)
{
    Json *list = tree_get(object, key);
    if (list && list->kind == JSON_ARRAY) return list;
    list = tree_list(a);
    tree_set(object, key, list);
    return list;
}

Json *tree_last(const Json *list) { return list && list->kind == JSON_ARRAY ? ((const List *)list)->last : NULL; }

/* Members keep their keys; the copy itself has none yet. */
Json *tree_copy(Arena *a, const Json *value)
{
    if (value->kind == JSON_ARRAY) {
        Json *list = tree_list(a);
        for (const Json *m = value->first; m; m = m->next) tree_push(list, tree_copy(a, m));
        return list;
    }
    Json *copy = node_of(a, value->kind), **at = &copy->first;
    copy->text = value->text;
    copy->number = value->number;
    if (value->kind != JSON_OBJECT) return copy;
    for (const Json *m = value->first; m; m = m->next, at = &(*at)->next) {
        *at = tree_copy(a, m);
        (*at)->key = m->key;
        copy->n++;
    }
    return copy;
}

void tree_put(Buf *out, const Json *value)
{
    switch (value->kind) {
    case JSON_NULL: buf_add(out, S("null")); return;
    case JSON_FALSE: buf_add(out, S("false")); return;
    case JSON_TRUE: buf_add(out, S("true")); return;
    case JSON_NUMBER: json_put_number(out, value->number); return;
    case JSON_STRING: json_put_str(out, value->text); return;
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    bool is_object = value->kind == JSON_OBJECT;
    buf_char(out, is_object ? '{' : '[');
    for (const Json *m = value->first; m; m = m->next) {
        if (m != value->first) buf_add(out, S(", "));
        if (is_object) {
            json_put_str(out, m->key);
            buf_add(out, S(": "));
        }
        tree_put(out, m);
    }
    buf_char(out, is_object ? '}' : ']');
}
