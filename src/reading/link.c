/* Linking: which mentions are one person, country or body, within one document.
**
** "Ana Maria Ruiz … Mr Ruiz … her brother Tomas Ruiz … Ruiz … Ana Ruiz … Ana"
**  out: two entities; "Mr Ruiz", "Ana Ruiz" and "Ana" go to Ana Maria Ruiz, "Tomas Ruiz" is another; the last "Ruiz" is hers, for she was called so before
**
** Equal names are one entity. Middle names and initials do not part two persons, unless the text has two that differ in nothing else; full stops and
** capitals do not either ("MR. RUIZ:"); "Jr." does. A surname alone joins a full name that ends in it. Of several: the one whose full name
** comes oftener in the text; else the one who was called by the surname before; else the one last mentioned in full; where none of that tells, nobody. It needs
** a person: a full name known as one, or a surname that bears a title or speaks. A given name alone joins the only full name that begins so.
** Aliases of a country are one ("U.S.", "United States"). An abbreviation joins the name whose letters it has: behind it in brackets, or anywhere where a body
** has them. A body's common noun ("the Church") joins the body last named with that word; its proper part ("Velm" of "Velm Foundation") the only such body.
**
** Always: every mention belongs to exactly one entity; entities come in the order of their first mention. Cost: a few map lookups a mention.
*/
#include "reading/inside.h"

#include "nouns.h"
#include "orgwords.h"
#include "places.h"

#include <math.h>

/* Persons who share a surname, or a given name: who could be meant by it alone. */
typedef struct {
    int32_t n, first, most, most_n, last_n;    /* different full names; raw names: the first of all, of the commonest; how often that, the next one comes */
    int32_t recent, called;                    /* entities: last mentioned in full; last called by this alone; or NONE */
} Family;

typedef struct {
    Arena *a;
    Record *r;
    const Words *w;
    const RawNames *raw;
    Map by_key, n_full, surnames, givens, middles, letters, bodies, begins;
    SLICE(Family) families;
    Strs keys;                                 /* of raw names */
} Linker;

enum { MANY = 1 << 30, LOWER_MAX = 32 };

static Str upper_of(Arena *a, Str s, bool drop_dots)
{
    Buf b = {.to = a};
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (drop_dots && c == '.') continue;
        buf_char(&b, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
    }
    return buf_str(&b);
}

static bool is_initial_word(Str s) { return s.n == 1 || (s.n == 2 && s.p[1] == '.'); }
static bool is_suffix(const Words *w, int32_t i) { return word_in(w, i, "|jr|jr.|sr|sr.|ii|iii|iv|"); }

/* The word of the surname: the last one before "of …" and "Jr.", where a given name is left before it. */
static int32_t surname_at(const Linker *l, const RawName *x)
{
    int32_t last = x->to - 1;
    for (int32_t i = x->from + 2; i < x->to; i++)
        if (word_in(l->w, i, "|of|the|")) {
            last = i - 1;
            break;
        }
    while (last > x->from + 1 && (is_suffix(l->w, last) || word_has(l->w, last, WORD_PUNCT))) last--;
    return last;
}
static Str surname_of(const Linker *l, const RawName *x) { return upper_of(l->a, word_str(l->w, surname_at(l, x)), false); }
static Str given_of(const Linker *l, const RawName *x) { return upper_of(l->a, word_str(l->w, x->from), false); }

static bool is_full(const RawName *x) { return x->to - x->from >= 2 && (x->type == ENTITY_PER || x->type == ENTITY_UNKNOWN); }

/* Given name, surname and "Jr.": what is left of a person's name without its middle. */
static Str outer_key(const Linker *l, const RawName *x, Str *middle)
{
    Buf b = {.to = l->a}, m = {.to = l->a};
    int32_t last = surname_at(l, x);
    buf_char(&b, '\1');                        /* keeps persons apart from bodies of the same name */
    for (int32_t i = x->from; i < x->to; i++) {
        Str s = word_str(l->w, i);
        bool is_middle = i > x->from && i < last, is_behind = i > last && !is_suffix(l->w, i);
        if (str_eq(s, S(".")) || str_eq(s, S(",")) || is_behind || (is_middle && is_initial_word(s))) continue;
        Buf *to = is_middle ? &m : &b;
        if (to->n > 1 && !word_has(l->w, i, WORD_GLUED)) buf_char(to, ' ');
        buf_add(to, upper_of(l->a, s, true));
    }
    *middle = buf_str(&m);
    return buf_str(&b);
}

/* What two mentions must share to be one: persons as above; places by their alias. */
static Str key_of(const Linker *l, const RawName *x)
{
    if (x->type == ENTITY_GPE || x->type == ENTITY_LOC) {
        int32_t at = table_find(places, x->text);
        return at >= 0 && places_rows[at].same.n ? places_rows[at].same : x->text;
    }
    bool maybe_person = x->type == ENTITY_UNKNOWN && !(x->to - x->from == 1 && word_has(l->w, x->from, WORD_UPPER));
    if (x->type != ENTITY_PER && !maybe_person) return x->text;
    Str middle, outer = outer_key(l, x, &middle);
    if (!middle.n || map_get(&l->middles, outer) != MANY) return outer;
    return arena_printf(l->a, "%.*s\1%.*s", STR(outer), STR(middle));
}

/* ---- before linking: what the whole text has ------------------------------------------------------------------------- */
static void see_middles(Linker *l)
{
    for (int32_t i = 0; i < l->raw->n; i++) {
        if (!is_full(&l->raw->v[i])) continue;
        Str middle, outer = outer_key(l, &l->raw->v[i], &middle), before;
        if (!middle.n) continue;
        int32_t *at = map_at(&l->middles, outer);
        if (*at == MANY) continue;
        if (*at >= 0) (void)outer_key(l, &l->raw->v[*at], &before);
        if (*at < 0) *at = i;
        else if (!str_eq(before, middle)) *at = MANY;
    }
}

static Family *family_at(Linker *l, Map *m, Str name)
{
    int32_t *at = map_at(m, name);
    if (*at < 0) {
        *at = l->families.n;
        *push(l->a, &l->families) = (Family){.first = NONE, .most = NONE, .recent = NONE, .called = NONE};
    }
    return &l->families.v[*at];
}

static void see_full_name(Linker *l, int32_t i, Family *f, int32_t n, bool is_new)
{
    if (f->first < 0) f->first = i;
    f->n += is_new;
    bool is_most = f->most >= 0 && str_eq(l->keys.v[f->most], l->keys.v[i]);
    if (is_most || f->most < 0) f->most = f->most < 0 ? i : f->most, f->most_n = n;
    else if (n > f->most_n) f->last_n = f->most_n, f->most = i, f->most_n = n;
    else if (n > f->last_n) f->last_n = n;
}

static void see_full_names(Linker *l)
{
    for (int32_t i = 0; i < l->raw->n; i++) {
        const RawName *x = &l->raw->v[i];
        *push(l->a, &l->keys) = key_of(l, x);
        if (!is_full(x)) continue;
        int32_t *n = map_at(&l->n_full, l->keys.v[i]);
        bool is_new = *n < 0;
        *n = is_new ? 1 : *n + 1;
        int32_t many = *n;
        see_full_name(l, i, family_at(l, &l->surnames, surname_of(l, x)), many, is_new);
        see_full_name(l, i, family_at(l, &l->givens, given_of(l, x)), many, is_new);
    }
}

static bool is_body_noun(Str word, bool *is_head)
{
    char low[LOWER_MAX];
    *is_head = false;
    if (word.n > LOWER_MAX) return false;
    for (ptrdiff_t i = 0; i < word.n; i++) low[i] = (char)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] | 32 : word.p[i]);
    Str key = {low, word.n};
    int32_t noun = table_find(nouns, key), org = table_find(orgwords, key);
    *is_head = org >= 0 && str_eq(orgwords_rows[org].kind, S("head"));
    return *is_head || (noun >= 0 && (str_eq(nouns_rows[noun].kind, S("body")) || str_eq(nouns_rows[noun].kind, S("group"))));
}

/* Once seen, an index; seen for another name, MANY. */
static void see_once(const Linker *l, Map *m, Str name, int32_t i)
{
    int32_t *at = map_at(m, name);
    if (*at < 0) *at = i;
    else if (*at != MANY && !str_eq(l->raw->v[*at].text, l->raw->v[i].text)) *at = MANY;
}

static void see_bodies(Linker *l)
{
    for (int32_t i = 0; i < l->raw->n; i++) {
        const RawName *x = &l->raw->v[i];
        if (x->type != ENTITY_ORG || x->to - x->from < 2) continue;
        Buf letters = {.to = l->a};
        for (int32_t k = x->from; k < x->to; k++)
            if (word_has(l->w, k, WORD_CAP)) buf_char(&letters, word_str(l->w, k).p[0]);
        if (letters.n >= 3) see_once(l, &l->letters, buf_str(&letters), i);
        bool is_head;
        if (is_body_noun(word_str(l->w, x->to - 1), &is_head) && is_head)
            see_once(l, &l->begins, name_text(l->a, l->w, x->from, x->to - 1), i);
    }
}

/* ---- linking ---------------------------------------------------------------------------------------------------------- */
static int32_t entity_for(Linker *l, int32_t i)
{
    const RawName *x = &l->raw->v[i];
    int32_t known = map_get(&l->by_key, l->keys.v[i]);
    if (known >= 0) return known;
    Entity *e = record_add_entity(l->a, l->r);
    e->name = x->text;
    e->type = x->type;
    e->by = isnan(x->p) ? S("names/1") : S("names/2");
    *map_at(&l->by_key, l->keys.v[i]) = l->r->entities.n - 1;
    return l->r->entities.n - 1;
}

/* A surname alone: whose is it? NONE where that is not plain. */
static int32_t by_surname(Linker *l, const RawName *x)
{
    int32_t at = map_get(&l->surnames, given_of(l, x));
    if (at < 0) return NONE;
    Family *f = &l->families.v[at];
    bool person = x->is_titled || x->is_speaking || x->type == ENTITY_PER;
    int32_t whose = f->n == 1 || f->most_n > f->last_n ? f->most : NONE, entity = NONE;
    if (whose >= 0) {
        if (person || l->raw->v[whose].type == ENTITY_PER) entity = entity_for(l, whose);
    } else {
        entity = f->called >= 0 ? f->called : f->recent;
        if (entity >= 0 && !person && l->r->entities.v[entity].type != ENTITY_PER) entity = NONE;
    }
    l->families.v[at].called = entity;
    return entity;
}

static int32_t by_given_name(Linker *l, const RawName *x)
{
    int32_t at = map_get(&l->givens, given_of(l, x));
    if (at < 0 || x->type != ENTITY_PER) return NONE;
    const Family *f = &l->families.v[at];
    bool is_plain = f->n == 1 && l->raw->v[f->most].type == ENTITY_PER;
    return is_plain ? entity_for(l, f->most) : NONE;
}

static int32_t owner_of(Linker *l, const RawName *x)
{
    if (x->to - x->from != 1 || (x->type != ENTITY_PER && x->type != ENTITY_UNKNOWN)) return NONE;
    if (x->type == ENTITY_UNKNOWN && word_has(l->w, x->from, WORD_UPPER)) return NONE;
    int32_t entity = by_surname(l, x);
    return entity >= 0 ? entity : by_given_name(l, x);
}

/* "International Grain Fund (IGF)": do the letters stand for the words? */
static bool abbreviates(const Words *w, const RawName *shorter, const RawName *longer)
{
    Str s = word_str(w, shorter->from);
    int32_t at = 0;
    for (int32_t i = longer->from; i < longer->to; i++) {
        if (!word_has(w, i, WORD_CAP)) continue;
        if (at >= s.n || word_str(w, i).p[0] != s.p[at]) return false;
        at++;
    }
    return at == s.n && at >= 2;
}

static int32_t abbreviated(Linker *l, int32_t i, int32_t entity_before)
{
    const RawName *x = &l->raw->v[i];
    if (x->to - x->from != 1 || !word_has(l->w, x->from, WORD_UPPER)) return NONE;
    const RawName *before = i > 0 ? &l->raw->v[i - 1] : NULL;
    bool in_brackets = before && before->to == x->from - 1 && word_is(l->w, x->from - 1, "(") && word_is(l->w, x->to, ")");
    if (entity_before >= 0 && in_brackets && abbreviates(l->w, x, before)) return entity_before;
    int32_t body = x->type == ENTITY_ORG ? map_get(&l->letters, word_str(l->w, x->from)) : NONE;
    return body >= 0 && body != MANY ? entity_for(l, body) : NONE;
}

/* "the Church", "Velm": part of a body's name. */
static int32_t body_of(Linker *l, const RawName *x)
{
    if (x->type != ENTITY_ORG) return NONE;
    int32_t begins = map_get(&l->begins, x->text);
    if (begins >= 0 && begins != MANY) return entity_for(l, begins);
    bool is_head;
    return x->to - x->from == 1 && is_body_noun(x->text, &is_head) ? map_get(&l->bodies, x->text) : NONE;
}

/* The body is the one last named with its nouns. */
static void call_body(Linker *l, const RawName *x, int32_t entity)
{
    bool is_head;
    if (x->type != ENTITY_ORG || x->to - x->from < 2) return;
    int32_t head = x->to - 1;
    for (int32_t i = x->from + 1; i < x->to; i++)
        if (word_in(l->w, i, "|of|for|")) { head = i - 1; break; }
    if (is_body_noun(word_str(l->w, head), &is_head)) *map_at(&l->bodies, word_str(l->w, head)) = entity;
}

void names_link(Arena *a, Record *r, const Words *w, const RawNames *raw)
{
    Linker l = {.a = a, .r = r, .w = w, .raw = raw, .by_key = {.to = a}, .n_full = {.to = a}, .surnames = {.to = a}, .givens = {.to = a},
                .middles = {.to = a}, .letters = {.to = a}, .bodies = {.to = a}, .begins = {.to = a}};
    int32_t before = NONE;
    see_middles(&l);
    see_full_names(&l);
    see_bodies(&l);
    for (int32_t i = 0; i < raw->n; i++) {
        const RawName *x = &raw->v[i];
        int32_t at = abbreviated(&l, i, before);
        if (at >= 0) *map_at(&l.by_key, l.keys.v[i]) = at;
        int32_t owned = at < 0 ? owner_of(&l, x) : NONE;
        if (at < 0) at = owned;
        if (at < 0) at = body_of(&l, x);
        if (at < 0) at = entity_for(&l, i);
        Entity *e = &r->entities.v[at];
        bool person = x->is_titled || (x->is_speaking && owned >= 0);
        if (e->type == ENTITY_UNKNOWN) e->type = person ? ENTITY_PER : x->type;
        if (x->text.n > e->name.n && is_full(x)) e->name = x->text;
        Mention *m = push(a, &e->mentions);
        *m = (Mention){{w->v[x->from].span.begin, w->v[x->to - 1].span.end}, MENTION_NAME, x->p};
        if (is_full(x)) family_at(&l, &l.surnames, surname_of(&l, x))->recent = at;
        call_body(&l, x, at);
        before = at;
    }
}
