/* Offices: what the table of actors knows of whom a noun can mean.
**
** "Vladimir Putin spoke. The Russian president left; Ruritania's foreign minister stayed."
**  in:  the entity Vladimir Putin with its key; the phrase "the Russian president"; the day of the document
**  out: the phrase is his, for he held that office of that country then, and the text speaks of him
**
** Asked is only what the text itself brings: a noun for an office with its country (an adjective before it, an owner, "of Russia"). Where the table has one
** holder on that day and he is an entity of this document, he is meant. Where a country stands there, somebody whom the table gives to another country is
** not meant. Whom the table calls "she" is no "he".
**
** Always: nothing is claimed of somebody whom the text does not name. Cost: a few look-ups a phrase whose head is a person.
*/
#include "reading/coref.h"

static const Token *token(const Coref *c, int32_t i) { return &c->r->tokens.v[i]; }

void coref_know_actors(Coref *c)
{
    int32_t n = c->r->entities.n;
    c->actor = arena_new(c->a, int32_t, n + 1);
    for (int32_t e = 0; e < n; e++) {
        Str key = c->r->entities.v[e].key;
        c->actor[e] = c->actors && key.n ? actors_by_key(c->actors, key) : NONE;
    }
    c->day = actors_day(c->r->published);
    if (c->day == DAY_UNKNOWN) c->day = actors_day(c->r->published_range[0]);
}

Gender coref_called(const Coref *c, int32_t entity)
{
    const Entity *e = &c->r->entities.v[entity];
    bool is_full = false;                      /* a surname alone may be another's */
    for (int32_t m = 0; m < e->mentions.n && m < 16; m++) is_full |= str_find(span_str(c->r->text, e->mentions.v[m].span), S(" ")) >= 0;
    if (c->actor[entity] < 0 || !is_full) return GENDER_OPEN;
    Called called = actors_at(c->actors, c->actor[entity]).called;
    return called == CALLED_HE ? GENDER_HE : called == CALLED_SHE ? GENDER_SHE : GENDER_OPEN;
}

/* The land of a phrase's entity: itself where it is a country, its own where it is a body or a capital. */
static int32_t land_of(const Coref *c, int32_t phrase)
{
    if (phrase < 0) return NONE;
    int32_t k = coref_root(c, c->phrases.v[phrase].cluster), own = c->phrases.v[phrase].entity;
    int32_t e = own >= 0 ? own : k >= 0 ? c->clusters.v[k].entity : NONE;
    if (e < 0 || c->actor[e] < 0) return NONE;
    ActorKind kind = actors_at(c->actors, c->actor[e]).kind;
    return kind == ACTOR_COUNTRY || kind == ACTOR_ORG ? c->actor[e] : actors_land(c->actors, c->actor[e], c->day);
}

int32_t coref_country(const Coref *c, int32_t i)
{
    const Phrase *p = &c->phrases.v[i];
    if (!c->actors || p->sort != SORT_PERSON || p->kind == KIND_PRONOUN) return NONE;
    for (int32_t k = c->first_child[p->head]; k >= 0; k = c->next_child[k]) {
        Str rel = token(c, k)->deprel;
        bool before = k < p->head && (str_eq(rel, S("amod")) || str_eq(rel, S("compound")));
        int32_t land = before ? actors_country(c->actors, token(c, k)->form) : NONE;
        if (land < 0 && (str_eq(rel, S("nmod:poss")) || (k > p->head && str_eq(rel, S("nmod")))))
            land = land_of(c, c->phrase_at[k]);
        if (land >= 0) return land;
    }
    return NONE;
}

int32_t coref_holder(const Coref *c, int32_t i, int32_t country)
{
    enum { OFFICE_WORDS = 4 };
    const Phrase *p = &c->phrases.v[i];
    int32_t low = p->head - OFFICE_WORDS + 1 > p->from ? p->head - OFFICE_WORDS + 1 : p->from;
    if (country < 0) return NONE;
    for (int32_t from = low; from <= p->head; from++) {  /* the longest office first: "foreign minister" before "minister" */
        Span s = {token(c, from)->span.begin, token(c, p->head)->span.end};
        int32_t holder = actors_holder(c->actors, country, span_str(c->r->text, s), c->day);
        if (holder < 0) continue;
        for (int32_t e = 0; e < c->r->entities.n && e < ENTITIES_ASKED; e++)
            if (c->actor[e] == holder) return e;
        return NONE;
    }
    return NONE;
}

bool coref_is_foreign(const Coref *c, int32_t entity, int32_t country)
{
    if (country < 0 || entity < 0 || c->actor[entity] < 0) return false;
    int32_t land = actors_land(c->actors, c->actor[entity], c->day);
    return land >= 0 && land != country && actors_at(c->actors, country).kind == ACTOR_COUNTRY;
}
