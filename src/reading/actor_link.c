/* Linking: each entity of a document gets its entry of the table, and the code that it acts under.
**
**  "Foreign Minister Dosk said … Strelsau answered … talks in Strelsau"
**   out: dosk XVE GOV; xru-government XRU GOV (it answers); strelsau XRU (the place)
**
** Which entry it is stands in actor_choose.c, what a title next to it says in actor_title.c, whether a capital acts in
** actor_metonym.c. Here names by a hyphen are parted ("Ruritania-Velia talks"), mentions of one entity that mean two things
** are too, and entities of one key become one. Whoever points at an entity is pointed at what became of it.
**
** Always: an entity that is not plain keeps no key; every mention belongs to exactly one entity; entities stand in the order of their
** first mention. Cost: linear in the mentions.
*/
#include "reading/actor_link.h"
#include "reading/reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- tokens ----------------------------------------------------------------------------------------------------- */

int32_t link_token(const Link *l, int32_t byte)
{
    int32_t low = 0, high = l->r->tokens.n;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (l->r->tokens.v[mid].span.end <= byte) low = mid + 1;
        else high = mid;
    }
    return low;
}

Str link_form(const Link *l, int32_t token)
{
    return token >= 0 && token < l->r->tokens.n ? span_str(l->r->text, l->r->tokens.v[token].span) : (Str){"", 0};
}

bool link_is(const Link *l, int32_t token, const char *list)
{
    Str s = link_form(l, token);
    const char *at = list;
    for (; s.n && (at = strchr(at, '|')) && at[1]; at++) {
        const char *end = strchr(at + 1, '|');
        if (end && str_eq_fold(s, (Str){at + 1, end - at - 1})) return true;
    }
    return false;
}

int32_t link_head(const Link *l, int32_t token)
{
    const Token *t = &l->r->tokens.v[token];
    if (t->head <= 0 || t->sent < 0) return NONE;
    return l->first[t->sent] + t->head - 1;
}

int32_t link_outer(const Link *l, Span mention, int32_t *from, int32_t *to)
{
    *from = link_token(l, mention.begin), *to = *from;
    while (*to < l->r->tokens.n && l->r->tokens.v[*to].span.begin < mention.end) ++*to;
    for (int32_t i = *from; i < *to; i++) {
        int32_t head = link_head(l, i);
        if (head < *from || head >= *to) return i;
    }
    return NONE;
}

/* ---- names by a hyphen -------------------------------------------------------------------------------------------- */

static bool is_known(const Link *l, Str s)
{
    ActorHits hits = actors_find(l->t, s);
    for (int32_t k = 0; k < hits.n; k++) {
        int kind = l->t->actors[hits.v[k].actor].kind;
        if ((kind == ACTOR_COUNTRY || kind == ACTOR_PERSON || kind == ACTOR_PLACE) && !(hits.v[k].is & FORM_WEAK)) return true;
    }
    return false;
}

/* Where "Ruritania-Velia" is to be cut: the hyphen and its length, or 0. */
static int32_t hyphen_in(const Link *l, Str s, int32_t *n)
{
    static const Str dashes[] = {{"-", 1}, {"\xE2\x80\x93", 3}, {"\xE2\x80\x91", 3}, {"/", 1}, {"'s ", 3}, {"\xE2\x80\x99s ", 5}};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        ptrdiff_t at = str_find(s, dashes[i]);
        if (at <= 0 || at + dashes[i].n >= s.n) continue;
        Str left = str_sub(s, 0, at), right = str_sub(s, at + dashes[i].n, s.n);
        if (actors_find(l->t, s).n || !is_known(l, left) || !is_known(l, right)) continue;
        *n = (int32_t)dashes[i].n;
        return (int32_t)at;
    }
    return 0;
}

static EntityType type_of_actor(const Actors *t, int32_t actor, EntityType otherwise)
{
    switch (t->actors[actor].kind) {
    case ACTOR_PERSON: return ENTITY_PER;
    case ACTOR_ORG: return ENTITY_ORG;
    case ACTOR_COUNTRY: return ENTITY_GPE;
    default: return otherwise;
    }
}

/* A new entity of one name; later it is joined with those of its key. */
static void add_part(Link *l, Span span, double p)
{
    Str form = span_str(l->r->text, span);
    ActorHits hits = actors_find(l->t, form);
    Entity *e = record_add_entity(l->a, l->r);
    e->name = form;
    e->type = type_of_actor(l->t, hits.v[0].actor, ENTITY_GPE);
    e->by = S("names/2");
    *push(l->a, &e->mentions) = (Mention){span, MENTION_NAME, p};
}

/* "the Charter of the Harbour League" is a paper: the body is what the table knows. */
static void cut_papers(const Link *l)
{
    for (int32_t i = 0; i < l->r->entities.n; i++)
        for (int32_t k = 0; k < l->r->entities.v[i].mentions.n; k++) {
            Entity *e = &l->r->entities.v[i];
            Mention *m = &e->mentions.v[k];
            Str s = span_str(l->r->text, m->span);
            ptrdiff_t of = str_find(s, S(" of "));
            if (m->kind != MENTION_NAME || of <= 0 || !metonym_word(str_sub(s, 0, of), "paper") || actors_find(l->t, s).n) continue;
            ptrdiff_t body = of + 4 + (str_starts(str_sub(s, of + 4, s.n), S("the ")) ? 4 : 0);
            ActorHits hits = actors_find(l->t, str_sub(s, body, s.n));
            if (!hits.n || l->t->actors[hits.v[0].actor].kind != ACTOR_ORG) continue;
            m->span.begin += (int32_t)body;
            e->name = span_str(l->r->text, m->span);
            e->type = ENTITY_ORG;
        }
}

/* "US Secretary of State Kaede Ito", found as one name: the person is what stands behind the title, the land a name of its own. */
static void cut_titles(Link *l)
{
    int32_t n_entities = l->r->entities.n;
    for (int32_t i = 0; i < n_entities; i++)
        for (int32_t k = 0; k < l->r->entities.v[i].mentions.n; k++) {
            Mention *m = &l->r->entities.v[i].mentions.v[k];
            Str s = span_str(l->r->text, m->span), land;
            ptrdiff_t name = m->kind == MENTION_NAME && l->r->entities.v[i].type == ENTITY_PER ? link_title_end(l, s, &land) : 0;
            if (name <= 0) continue;
            Span before = {m->span.begin, m->span.begin + (int32_t)land.n};
            m->span.begin += (int32_t)name;
            l->r->entities.v[i].name = span_str(l->r->text, m->span);
            if (land.n) add_part(l, before, m->p);
        }
}

static void part_hyphens(Link *l)
{
    int32_t n_entities = l->r->entities.n;
    for (int32_t i = 0; i < n_entities; i++)
        for (int32_t k = 0; k < l->r->entities.v[i].mentions.n; k++) {
            Mention *m = &l->r->entities.v[i].mentions.v[k];
            int32_t n = 0, at = m->kind == MENTION_NAME ? hyphen_in(l, span_str(l->r->text, m->span), &n) : 0;
            if (!at) continue;
            Span right = {m->span.begin + at + n, m->span.end};
            double p = m->p;
            m->span.end = m->span.begin + at;
            add_part(l, right, p);
            Entity *e = &l->r->entities.v[i];
            if (e->mentions.n > 1) continue;
            e->name = span_str(l->r->text, e->mentions.v[0].span);
            e->type = type_of_actor(l->t, actors_find(l->t, e->name).v[0].actor, e->type);
        }
}

/* ---- codes ---------------------------------------------------------------------------------------------------------- */

/* The code of a role in which somebody held this office: the one in force, else the last. */
static Str code_of_office(const Link *l, int32_t actor, Str office)
{
    Offices asked = offices_of(office);
    Str code = {0};
    for (int32_t k = 0; k < actors_at(l->t, actor).n_roles; k++) {
        ActorRole role = actors_role(l->t, actor, k);
        Offices held = offices_of(role.title);
        for (int32_t h = 0; asked.n && h < held.n; h++)
            if (held.v[h].office == asked.v[0].office) code = role.code;
    }
    return code;
}

/* Titles in the text win: "former President Ito" has left, whatever the table knows; "President Ito" holds it as the text has it. */
static Str code_by_title(const Link *l, int32_t actor, const TitleNear *title)
{
    Str code = actors_code_on(l->t, actor, l->day);
    int32_t role = actors_role_on(l->t, actor, l->day);
    Str now = role >= 0 ? actors_role(l->t, actor, role).title : (Str){0};
    bool holds = title->office.n && actors_held(l->t, actor, title->office, l->day);
    if (!title->office.n || (holds && !title->is_former && !title->is_elect)) return code;
    Str country = code_country(code_of_office(l, actor, title->office));
    if (!country.n) country = code_country(code);
    if (title->is_elect) return str_find(now, S("elect")) >= 0 || !country.n ? code : arena_printf(l->a, "%.*s ELI", STR(country));
    if (title->is_former) return holds || role < 0 ? arena_printf(l->a, "%.*s%sELI", STR(country), country.n ? " " : "") : code;
    Str office = code_of_office(l, actor, title->office);
    return office.n ? office : code;
}

/* ---- one entity -------------------------------------------------------------------------------------------------------- */
/* "the Velian president", "Ruritania's top diplomat": whoever holds it on the day, where the phrase means one and no other. */
static int32_t by_office(const Link *l, Str phrase)
{
    NameKey key = form_lower(phrase);          /* "the" is off */
    Str s = form_str(&key);
    if (l->day == DAY_UNKNOWN || !s.n || str_starts(s, S("a ")) || str_starts(s, S("an "))) return NONE;
    for (ptrdiff_t i = s.n; i > 0; i--) {
        if (i < s.n && s.p[i] != ' ') continue;
        int32_t land = actors_country(l->t, str_sub(s, 0, i));
        Str office = str_trim(str_sub(s, i, s.n));
        NameKey office_key = form_lower(office);
        if (land < 0 || !office.n || str_eq(office, S("leaders"))) continue;
        Offices named = offices_of(office);
        bool whole = named.n == 1 && !named.v[0].n_of && str_find(form_str(&office_key), S("former")) < 0;
        return whole ? actors_holder(l->t, land, office, l->day) : NONE;
    }
    return NONE;
}

static Linked link_nominal(const Link *l, const Entity *e)
{
    Linked out = {NONE, {0}};
    for (int32_t i = 0; i < e->mentions.n; i++) {
        if (e->mentions.v[i].kind != MENTION_NOMINAL) continue;
        Str phrase = span_str(l->r->text, e->mentions.v[i].span);
        ActorPhrase x = actors_phrase(l->a, l->t, phrase, (Str){0}, l->day);
        if (!out.code.n && x.role.n) out.code = x.code;
        if (out.actor < 0) out.actor = by_office(l, phrase);
    }
    if (out.actor >= 0) out.code = actors_code_on(l->t, out.actor, l->day);
    return out;
}

static Linked link_entity(const Link *l, const Entity *e)
{
    TitleNear title;
    bool has_name = false;
    for (int32_t i = 0; i < e->mentions.n; i++) has_name |= e->mentions.v[i].kind == MENTION_NAME;
    if (!has_name) return link_nominal(l, e);
    int32_t actor = link_choose(l, e, &title);
    if (actor < 0) {                           /* "Senator Anna Brill": her office says what the table does not know */
        Str land = title.land >= 0 ? code_country(actors_code_on(l->t, title.land, l->day)) : (Str){0};
        Str role = title.role;
        if (title.office.n && e->type == ENTITY_PER && !role.n) role = actors_phrase(l->a, l->t, title.office, (Str){0}, l->day).role;
        if (title.is_former && role.n) role = S("ELI");
        if (e->type != ENTITY_PER || !role.n) return (Linked){NONE, {0}};
        return (Linked){NONE, arena_printf(l->a, "%.*s%s%.*s", STR(land), land.n ? " " : "", STR(role))};
    }
    Str code = l->t->actors[actor].kind == ACTOR_PERSON ? code_by_title(l, actor, &title) : actors_code_on(l->t, actor, l->day);
    if (!code.n) {
        int32_t land = actors_land(l->t, actor, l->day);
        code = land >= 0 ? actors_code_on(l->t, land, l->day) : (Str){0};
    }
    return (Linked){actor, code};
}

/* ---- all of them ---------------------------------------------------------------------------------------------------------- */
typedef struct { int32_t place, acting; } Became;        /* the new entities of an old one; acting NONE: the same */
typedef struct { Entities made; Became *became; Map by_key; } Made;

static int32_t made_for(Link *l, Made *m, const Entity *old, int32_t actor, Str code)
{
    Str key = actor >= 0 ? actors_at(l->t, actor).key : (Str){0};
    if (actor >= 0 && map_get(&m->by_key, key) >= 0) return map_get(&m->by_key, key);
    Entity *e = push(l->a, &m->made);
    *e = (Entity){.name = actor >= 0 ? actors_at(l->t, actor).name : old->name, .type = old->type, .key = key, .actor = code, .by = old->by};
    if (actor >= 0) {
        e->type = type_of_actor(l->t, actor, old->type);
        *map_at(&m->by_key, key) = m->made.n - 1;
    }
    return m->made.n - 1;
}

static void give_mention(Link *l, Made *m, int32_t to, Mention mention)
{
    *push(l->a, &m->made.v[to].mentions) = mention;
}

/* An entry that stands for another where it acts: each mention goes where it belongs. */
static void split_metonym(Link *l, Made *m, int32_t i, Linked linked, int32_t acts_for)
{
    const Entity *old = &l->r->entities.v[i];
    Became *b = &m->became[i];
    *b = (Became){NONE, NONE};
    for (int32_t k = 0; k < old->mentions.n; k++) {
        Mention mention = old->mentions.v[k];
        bool is_part = mention.kind == MENTION_NAME && metonym_is_part(l, mention.span);
        bool acts = mention.kind != MENTION_NAME || metonym_acts(l, mention.span);
        if (is_part) {
            give_mention(l, m, made_for(l, m, old, NONE, (Str){0}), mention);
        } else if (acts) {
            if (b->acting < 0) b->acting = made_for(l, m, old, acts_for, actors_code_on(l->t, acts_for, l->day));
            /* Where only its seat names it, a government is the land that acts (a GPE, as in ACE 2005), and no body. */
            if (!m->made.v[b->acting].mentions.n) m->made.v[b->acting].type = ENTITY_GPE;
            give_mention(l, m, b->acting, mention);
        } else {
            if (b->place < 0) b->place = made_for(l, m, old, linked.actor, linked.code);
            give_mention(l, m, b->place, mention);
        }
    }
    if (b->acting < 0 && b->place < 0) b->place = made_for(l, m, old, NONE, (Str){0});
    if (b->acting < 0) b->acting = b->place;
    if (b->place < 0) b->place = b->acting;
}

/* A name that was overlooked: an entity of its own here, and one with those of its key in the end. */
static void add_missed(Link *l, Span span, int32_t actor)
{
    Entity *e = record_add_entity(l->a, l->r);
    e->name = span_str(l->r->text, span);
    e->type = type_of_actor(l->t, actor, ENTITY_GPE);
    e->by = S("actors/1");
    *push(l->a, &e->mentions) = (Mention){span, MENTION_NAME, (double)NAN};
    *push(l->a, &l->linked) = (Linked){actor, actors_code_on(l->t, actor, l->day)};
}

/* All entities first by themselves; then those that lean on what the document names elsewhere; then what was overlooked. */
static void link_all(Link *l)
{
    int32_t n = l->r->entities.n;
    bool *is_named = arena_new(l->a, bool, l->t->n_actors);
    for (int32_t i = 0; i < n; i++) {
        Linked linked = link_entity(l, &l->r->entities.v[i]);
        *push(l->a, &l->linked) = linked;
        if (linked.actor >= 0) is_named[linked.actor] = true;
    }
    for (int32_t i = 0; i < n; i++) {
        Linked *linked = &l->linked.v[i];
        if (linked->actor >= 0) continue;
        linked->actor = link_choose_again(l, &l->r->entities.v[i], is_named);
        if (linked->actor >= 0) linked->code = actors_code_on(l->t, linked->actor, l->day);
    }
    link_missed(l, is_named, add_missed);
}

static void place_entity(Link *l, Made *m, int32_t i, Linked linked)
{
    const Entity *old = &l->r->entities.v[i];
    bool is_place = linked.actor >= 0 && l->t->actors[linked.actor].kind == ACTOR_PLACE;
    int32_t acts_for = linked.actor >= 0 ? actors_stands(l->t, linked.actor, l->day) : NONE;
    if (is_place && acts_for >= 0) {
        split_metonym(l, m, i, linked, acts_for);
        return;
    }
    int32_t to = made_for(l, m, old, linked.actor, linked.code);
    m->became[i] = (Became){to, to};
    if (linked.actor >= 0) m->made.v[to].type = type_of_actor(l->t, linked.actor, m->made.v[to].type);
    for (int32_t k = 0; k < old->mentions.n; k++) give_mention(l, m, to, old->mentions.v[k]);
}

static int mention_order(const void *left, const void *right)
{
    const Mention *a = left, *b = right;
    if (a->span.begin != b->span.begin) return a->span.begin < b->span.begin ? -1 : 1;
    return (a->span.end > b->span.end) - (a->span.end < b->span.end);
}

typedef struct { int32_t begin, at; } FirstMention;
static int first_order(const void *left, const void *right)
{
    const FirstMention *a = left, *b = right;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* Sorts the new entities by their first mention; those that lost all mentions go last and are left out where nobody points at them. */
static int32_t *order_entities(Link *l, Made *m)
{
    FirstMention *order = arena_new(l->a, FirstMention, m->made.n + 1);
    int32_t *new_place = arena_new(l->a, int32_t, m->made.n + 1);
    for (int32_t i = 0; i < m->made.n; i++) {
        Entity *e = &m->made.v[i];
        if (e->mentions.n) qsort(e->mentions.v, (size_t)e->mentions.n, sizeof *e->mentions.v, mention_order);
        order[i] = (FirstMention){e->mentions.n ? e->mentions.v[0].span.begin : INT32_MAX, i};
    }
    if (m->made.n) qsort(order, (size_t)m->made.n, sizeof *order, first_order);
    Entities sorted = {0};
    for (int32_t i = 0; i < m->made.n; i++) {
        new_place[order[i].at] = i;
        *push(l->a, &sorted) = m->made.v[order[i].at];
    }
    m->made = sorted;
    return new_place;
}

/* ---- whoever points at an entity --------------------------------------------------------------------------------------------- */
typedef struct { const Made *m; const int32_t *place; const Entities *made; } Pointing;

static int32_t acting(const Pointing *p, int32_t old)
{
    return old < 0 ? old : p->place[p->m->became[old].acting];
}

/* Where a span says which mention is meant, the entity of that mention. */
static int32_t meant(const Pointing *p, int32_t old, const Spans *words)
{
    int32_t pair[2];
    if (old < 0) return old;
    pair[0] = p->place[p->m->became[old].acting], pair[1] = p->place[p->m->became[old].place];
    for (int which = 0; pair[0] != pair[1] && which < 2; which++)
        for (int32_t k = 0; k < p->made->v[pair[which]].mentions.n; k++)
            for (int32_t s = 0; s < words->n; s++) {
                Span mention = p->made->v[pair[which]].mentions.v[k].span;
                if (words->v[s].begin <= mention.begin && mention.end <= words->v[s].end) return pair[which];
            }
    return pair[0];
}

static void point_again(Link *l, const Pointing *p)
{
    Record *r = l->r;
    for (int32_t i = 0; i < r->statements.n; i++) {
        Statement *s = &r->statements.v[i];
        s->speaker = meant(p, s->speaker, &s->source);
        s->addressee = acting(p, s->addressee);
        s->medium = acting(p, s->medium);
    }
    for (int32_t i = 0; i < r->events.n; i++) {
        for (int32_t k = 0; k < r->events.v[i].source.n; k++) r->events.v[i].source.v[k].entity = acting(p, r->events.v[i].source.v[k].entity);
        for (int32_t k = 0; k < r->events.v[i].target.n; k++) r->events.v[i].target.v[k].entity = acting(p, r->events.v[i].target.v[k].entity);
    }
    for (int32_t i = 0; i < r->expectations.n; i++) r->expectations.v[i].holder = acting(p, r->expectations.v[i].holder);
    for (int32_t i = 0; i < r->relations.n; i++) {
        Relation *x = &r->relations.v[i];
        x->from = acting(p, x->from), x->to = acting(p, x->to), x->via = acting(p, x->via);
    }
}

static int32_t day_of(const Record *r)         /* of publication; inferred: the earliest that the text allows */
{
    int32_t day = actors_day(r->published);
    if (day == DAY_UNKNOWN) day = actors_day(r->published_range[0]);
    return day != DAY_UNKNOWN ? day : actors_day(r->published_range[1]);
}

static void find_sentences(Link *l)
{
    const Tokens *t = &l->r->tokens;
    l->first = arena_new(l->a, int32_t, l->r->sentences.n + 1);
    for (int32_t i = t->n - 1; i >= 0; i--) {
        if (t->v[i].sent >= 0 && t->v[i].sent < l->r->sentences.n) l->first[t->v[i].sent] = i;
        l->has_trees |= t->v[i].head > 0;
    }
}

void reading_link(Arena *a, const Actors *t, Record *r)
{
    Link l = {.a = a, .t = t, .r = r, .day = day_of(r)};
    Made m = {.by_key = {.to = a}};
    if (!t->n_actors) return;
    find_sentences(&l);
    part_hyphens(&l);
    cut_papers(&l);
    cut_titles(&l);
    link_all(&l);
    m.became = arena_new(a, Became, r->entities.n + 1);
    for (int32_t i = 0; i < r->entities.n; i++) place_entity(&l, &m, i, l.linked.v[i]);
    int32_t *place = order_entities(&l, &m);
    point_again(&l, &(Pointing){&m, place, &m.made});
    r->entities = m.made;
}

void reading_affiliations(Arena *a, const Actors *t, Record *r)
{
    int32_t day = day_of(r);
    if (!t->n_actors) return;
    for (int32_t i = 0; i < r->statements.n; i++) {
        Statement *s = &r->statements.v[i];
        bool open = s->sourcing == SOURCING_UNNAMED || s->sourcing == SOURCING_COLLECTIVE;
        if (!open || !s->source.n || s->speaker >= 0 || (s->has_sources && s->sources.affiliation.n)) continue;
        ActorPhrase x = actors_phrase(a, t, span_str(r->text, s->source.v[0]), (Str){0}, day);
        if (!x.country.n || !x.role.n) continue;           /* one half alone is no affiliation */
        if (!s->has_sources) s->sources = (Sources){.count = {-1, -1}, .same_as = NONE};
        s->has_sources = true;
        s->sources.affiliation = x.code;
    }
}
