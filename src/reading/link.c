/* Linking: which mentions are one person, country or body, within one document.
**
** "Ana Ruiz … Mr Ruiz … her brother Tomas Ruiz … Ruiz"
**  out: two entities; "Mr Ruiz" goes to Ana Ruiz, the last "Ruiz" to Tomas, who was named in full last
**
** Equal names are one entity. A surname alone joins the full name that ends in it: the one that was last mentioned in
** full, or, where none stands before, the only one in the document. That needs a person: a full name known as one, or
** a surname that bears a title or speaks. Middle initials and full stops do not part two names; capitals throughout
** match their ordinary spelling ("MR. RUIZ:"). Aliases of a country are one ("U.S.", "United States"). An abbreviation
** in brackets joins the name that it abbreviates.
**
** Always: every mention belongs to exactly one entity; entities come in the order of their first mention. A bare
** given name is never linked. Cost: a few map lookups a mention.
*/
#include "reading/inside.h"

#include "places.h"

#include <math.h>

typedef struct {
    Arena *a;
    Record *r;
    const Words *w;
    const RawNames *raw;
    Map by_key, recent, only, ahead; /* key → entity; surname → entity; surname → how many full names; → raw name */
} Linker;

enum { MANY = 1 << 30 };

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

/* The surname: the last word, with the particles before it left aside. */
static Str surname_of(const Linker *l, const RawName *x)
{
    return upper_of(l->a, word_str(l->w, x->to - 1), false);
}

static bool is_full(const RawName *x)
{
    return x->to - x->from >= 2 && (x->type == ENTITY_PER || x->type == ENTITY_UNKNOWN);
}

/* What two mentions must share to be one: persons without middle initials, stops and case; places by their alias. */
static Str key_of(const Linker *l, const RawName *x)
{
    if (x->type == ENTITY_GPE || x->type == ENTITY_LOC) {
        int32_t at = table_find(places, x->text);
        return at >= 0 && places_rows[at].same.n ? places_rows[at].same : x->text;
    }
    bool maybe_person = x->type == ENTITY_UNKNOWN && !(x->to - x->from == 1 && word_has(l->w, x->from, WORD_UPPER));
    if (x->type != ENTITY_PER && !maybe_person) return x->text;
    Buf b = {.to = l->a};
    buf_char(&b, '\1');                        /* keeps persons apart from bodies of the same name */
    for (int32_t i = x->from; i < x->to; i++) {
        Str s = word_str(l->w, i);
        bool middle = i > x->from && i < x->to - 1;
        if (str_eq(s, S(".")) || (middle && is_initial_word(s))) continue;
        if (b.n > 1 && !word_has(l->w, i, WORD_GLUED)) buf_char(&b, ' ');
        buf_add(&b, upper_of(l->a, s, true));
    }
    return buf_str(&b);
}

static void see_full_names(Linker *l)
{
    for (int32_t i = 0; i < l->raw->n; i++) {
        const RawName *x = &l->raw->v[i];
        if (!is_full(x)) continue;
        Str surname = surname_of(l, x);
        int32_t *count = map_at(&l->only, surname), *first = map_at(&l->ahead, surname);
        if (*first < 0) *first = i, *count = 1;
        else if (!str_eq(key_of(l, &l->raw->v[*first]), key_of(l, x))) *count = MANY;
    }
}

static int32_t entity_for(Linker *l, const RawName *x)
{
    Str key = key_of(l, x);
    int32_t known = map_get(&l->by_key, key);
    if (known >= 0) return known;
    Entity *e = record_add_entity(l->a, l->r);
    e->name = x->text;
    e->type = x->type;
    e->by = isnan(x->p) ? S("names/1") : S("names/2");
    *map_at(&l->by_key, key) = l->r->entities.n - 1;
    return l->r->entities.n - 1;
}

/* A surname alone: whose is it? -1 where that is not plain. */
static int32_t owner_of(Linker *l, const RawName *x)
{
    if (x->to - x->from != 1 || (x->type != ENTITY_PER && x->type != ENTITY_UNKNOWN)) return -1;
    Str surname = surname_of(l, x);
    int32_t count = map_get(&l->only, surname);
    if (count < 0) return -1;
    if (x->type == ENTITY_UNKNOWN && word_has(l->w, x->from, WORD_UPPER)) return -1;
    int32_t recent = map_get(&l->recent, surname), ahead = map_get(&l->ahead, surname);
    bool person = x->is_titled || x->is_speaking;
    if (recent >= 0) return person || l->r->entities.v[recent].type == ENTITY_PER ? recent : -1;
    if (count == MANY) return -1;
    const RawName *full = &l->raw->v[ahead];
    return person || full->type == ENTITY_PER ? entity_for(l, full) : -1;
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

static int32_t abbreviated(const Linker *l, int32_t i, int32_t entity_before)
{
    if (i == 0 || entity_before < 0) return -1;
    const RawName *x = &l->raw->v[i], *before = &l->raw->v[i - 1];
    bool in_brackets = x->to - x->from == 1 && before->to == x->from - 1 && word_is(l->w, x->from - 1, "(") &&
                       word_is(l->w, x->to, ")");
    return in_brackets && abbreviates(l->w, x, before) ? entity_before : -1;
}

void names_link(Arena *a, Record *r, const Words *w, const RawNames *raw)
{
    Linker l = {a, r, w, raw, {.to = a}, {.to = a}, {.to = a}, {.to = a}};
    int32_t before = -1;
    see_full_names(&l);
    for (int32_t i = 0; i < raw->n; i++) {
        const RawName *x = &raw->v[i];
        int32_t at = abbreviated(&l, i, before);
        if (at >= 0) *map_at(&l.by_key, key_of(&l, x)) = at;
        int32_t owned = at < 0 ? owner_of(&l, x) : NONE;
        if (at < 0) at = owned;
        if (at < 0) at = entity_for(&l, x);
        Entity *e = &r->entities.v[at];
        bool person = x->is_titled || (x->is_speaking && owned >= 0);
        if (e->type == ENTITY_UNKNOWN) e->type = person ? ENTITY_PER : x->type;
        if (x->text.n > e->name.n && is_full(x)) e->name = x->text;
        Mention *m = push(a, &e->mentions);
        *m = (Mention){{w->v[x->from].span.begin, w->v[x->to - 1].span.end}, MENTION_NAME, x->p};
        if (is_full(x)) *map_at(&l.recent, surname_of(&l, x)) = at;
        before = at;
    }
}
