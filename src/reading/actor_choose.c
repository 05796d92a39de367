/* Choosing: which entry of the table does an entity of a document name?
**
**  "Kaede Ito … Ito"            full name: its entry, by form, else by transliteration, short given name, left-out middle name
**  "Boyan Ito … Ito"            a full name that nobody knows: none, also for the bare surname that stands for it
**  "Foreign Minister Dosk"      a surname alone: who held such an office; ~weak forms need this or a full name
**  "Ito"                        else who is in office on the day, else the first in the files
**
** The document's own full name comes before all else, its titles before the table's, and what stays open gets no entry: a wrong
** person is worse than none. A land that the text gives ("Velian Foreign Minister") must be the person's own.
**
** Cost: some ten look-ups an entity; of ten thousand entries of one form the first 64 are weighed.
*/
#include "reading/actor_link.h"

#include "nicknames.h"
#include "titles.h"

#include <string.h>

enum { WEIGHED_MAX = 64, FORMS_ASKED = 8, NAME_WORDS = 10, FOLDED_LEAST = 5, USERS_WORTH = 100 };

/* ---- which kinds an entity may be ------------------------------------------------------------------------------- */

static bool fits_kind(EntityType type, ActorKind kind)
{
    if (kind == ACTOR_AGENT || kind == ACTOR_POST || kind == ACTOR_DAY) return false;
    switch (type) {
    case ENTITY_PER: return kind == ACTOR_PERSON;
    case ENTITY_GPE: case ENTITY_LOC: return kind == ACTOR_COUNTRY || kind == ACTOR_PLACE || kind == ACTOR_ORG;
    case ENTITY_ORG: return kind == ACTOR_ORG || kind == ACTOR_COUNTRY || kind == ACTOR_PLACE;
    case ENTITY_MISC: return kind == ACTOR_ORG || kind == ACTOR_COUNTRY;
    default: return true;
    }
}

static int kind_worth(EntityType type, ActorKind kind)
{
    if (type == ENTITY_ORG) return kind == ACTOR_ORG ? 3 : 0;
    if (type == ENTITY_GPE) return kind == ACTOR_COUNTRY ? 3 : kind == ACTOR_PLACE ? 2 : 0;
    if (type == ENTITY_LOC) return kind == ACTOR_PLACE ? 3 : kind == ACTOR_COUNTRY ? 2 : 0;
    return kind == ACTOR_COUNTRY ? 2 : 1;
}

/* ---- forms of a name ----------------------------------------------------------------------------------------------- */
typedef struct { Str v[NAME_WORDS]; int32_t n; } NameWords;

/* The words of a name; n 0 where it has more than NAME_WORDS. Titles at its begin are no part of it. */
static NameWords words_of_name(Str s)
{
    NameWords w = {.n = 0};
    Str rest = s, word;
    while (str_split(&rest, ' ', &word)) {
        if (!word.n) continue;
        if (w.n == NAME_WORDS) return (NameWords){.n = 0};
        w.v[w.n++] = word;
    }
    return w;
}

static bool is_title_word(Str s)
{
    NameKey key = form_lower(s);
    return table_find(titles, form_str(&key)) >= 0;
}

static Str without_titles(Str s)
{
    NameWords w = words_of_name(s);
    int32_t i = 0;
    while (i + 1 < w.n && is_title_word(w.v[i])) i++;
    return i ? str_sub(s, w.v[i].p - s.p, s.n) : s;
}

typedef struct { int32_t actor; uint32_t is; int worth; } Candidate;
typedef struct { Candidate best; int32_t n; bool is_even; } Choice;      /* n: how many were weighed; even: two weigh the same */

/* ---- weighing -------------------------------------------------------------------------------------------------------- */

/* Does the text's title speak against this person? "Judge Ito", "Velian President Ito": another of that name. */
static bool title_forbids(const Link *l, int32_t actor, const TitleNear *title)
{
    if (title->land >= 0) {
        int32_t land = actors_land(l->t, actor, l->day);
        if (land >= 0 && land != title->land) return true;
    }
    if (!title->office.n) return false;
    Offices asked = offices_of(title->office);
    return asked.n && asked.v[0].rank >= 3 && !title->is_elect && !actors_held(l->t, actor, title->office, DAY_UNKNOWN);
}

static int rank_on(const Link *l, int32_t actor)         /* the weight of the office in force */
{
    int32_t role = actors_role_on(l->t, actor, l->day);
    if (role < 0) return 0;
    Offices held = offices_of(actors_role(l->t, actor, role).title);
    return held.n ? held.v[0].rank : 1;
}

static int person_worth(const Link *l, const ActorHit *h, const TitleNear *title)
{
    int worth = h->is & FORM_WEAK ? 0 : 10;
    if (title->office.n && actors_held(l->t, h->actor, title->office, l->day)) worth += 30;
    else if (title->office.n && actors_held(l->t, h->actor, title->office, DAY_UNKNOWN)) worth += 20;
    if (title->land >= 0) worth += 4;          /* it did not forbid, so it agrees */
    if (title->role.n && code_has(actors_code_on(l->t, h->actor, l->day), "LEG") && code_has(title->role, "LEG")) worth += 6;
    return worth + rank_on(l, h->actor);
}

static Choice weigh(const Link *l, ActorHits hits, EntityType type, const TitleNear *title)
{
    Choice c = {.best = {.actor = NONE, .worth = -1}};
    for (int32_t k = 0; k < hits.n && k < WEIGHED_MAX; k++) {
        const ActorHit *h = &hits.v[k];
        ActorKind kind = (ActorKind)l->t->actors[h->actor].kind;
        if (!fits_kind(type, kind) || !(h->is & FORM_NAME)) continue;
        if (kind == ACTOR_PERSON && title_forbids(l, h->actor, title)) continue;
        int worth = kind == ACTOR_PERSON ? person_worth(l, h, title) : (h->is & FORM_WEAK ? 0 : 10) + kind_worth(type, kind);
        if (h->is & FORM_USERS) worth += USERS_WORTH;
        c.n++;
        if (worth == c.best.worth) c.is_even = true;
        if (worth > c.best.worth) c.best = (Candidate){h->actor, h->is, worth}, c.is_even = false;
    }
    return c;
}

/* ---- a full name ---------------------------------------------------------------------------------------------------------- */

static bool is_initial(Str s) { return s.n == 1 || (s.n == 2 && s.p[1] == '.'); }

static int32_t found_full(const Link *l, Str form, const TitleNear *title)
{
    Choice c = weigh(l, actors_find(l->t, form), ENTITY_PER, title);
    if (c.best.actor >= 0) return c.best.actor;
    c = weigh(l, actors_find_folded(l->t, form), ENTITY_PER, title);
    return c.best.actor;
}

/* Another given name before the same surname: "Mike" for "Michael", in both directions of the table. */
static int32_t found_by_nickname(const Link *l, Str given, Str surname, const TitleNear *title)
{
    for (int32_t i = 0; i < nicknames_n; i++) {
        Str other = str_eq(nicknames_rows[i].name, given) ? nicknames_rows[i].other
                  : str_eq(nicknames_rows[i].other, given) ? nicknames_rows[i].name : (Str){0};
        if (!other.n) continue;
        int32_t found = found_full(l, arena_printf(l->a, "%.*s %.*s", STR(other), STR(surname)), title);
        if (found >= 0) return found;
    }
    return NONE;
}

/* "Kaede B. Ito", "Kaede Beata Ito": the table may know neither initial nor middle name. */
static int32_t choose_full(const Link *l, Str form, const TitleNear *title)
{
    NameWords w = words_of_name(form);
    int32_t found = found_full(l, form, title);
    if (found >= 0 || w.n < 2 || w.n > 4) return found;
    Str given = w.v[0], surname = w.v[w.n - 1];
    bool ends_plain = !str_eq_fold(surname, S("Jr.")) && !str_eq_fold(surname, S("Jr")) && !str_eq_fold(surname, S("Sr.")) &&
                      !str_eq_fold(surname, S("II")) && !str_eq_fold(surname, S("III"));
    if (!ends_plain) return NONE;
    if (w.n > 2) found = found_full(l, arena_printf(l->a, "%.*s %.*s", STR(given), STR(surname)), title);
    return found >= 0 || is_initial(given) ? found : found_by_nickname(l, given, surname, title);
}

ptrdiff_t link_title_end(const Link *l, Str name, Str *land)
{
    TitleNear none = {.land = NONE};
    NameWords w = words_of_name(name);
    *land = (Str){name.p, 0};
    for (int32_t i = 1; i < w.n; i++) {
        ptrdiff_t at = w.v[i].p - name.p;
        Offices before = offices_of(str_sub(name, 0, at - 1));
        bool titled = is_title_word(w.v[i - 1]);
        if (!(before.n && titled) && !((before.n || titled) && found_full(l, str_sub(name, at, name.n), &none) >= 0)) continue;
        for (int32_t k = i < 3 ? i : 3; k > 0; k--) {
            Str first = str_sub(name, 0, w.v[k - 1].p + w.v[k - 1].n - name.p);
            ActorHits hits = actors_find(l->t, first);
            if (hits.n && (hits.v[0].is & FORM_NAME) && l->t->actors[hits.v[0].actor].kind == ACTOR_COUNTRY) {
                *land = first;
                break;
            }
        }
        return at;
    }
    return 0;
}

/* ---- an entity ---------------------------------------------------------------------------------------------------------------- */
typedef struct { Str v[FORMS_ASKED]; int32_t n; } FormsOf;

/* Its forms, the one of most words first. */
static FormsOf forms_of(const Link *l, const Entity *e)
{
    FormsOf f = {.n = 0};
    for (int32_t i = 0; i < e->mentions.n && f.n < FORMS_ASKED; i++) {
        if (e->mentions.v[i].kind != MENTION_NAME) continue;
        Str form = str_trim(span_str(l->r->text, e->mentions.v[i].span));
        bool is_new = form.n > 0;
        for (int32_t k = 0; k < f.n; k++) is_new &= !str_eq(f.v[k], form);
        if (is_new) f.v[f.n++] = form;
    }
    for (int32_t i = 1; i < f.n; i++)
        for (int32_t k = i; k > 0 && words_of_name(f.v[k]).n > words_of_name(f.v[k - 1]).n; k--) {
            Str other = f.v[k];
            f.v[k] = f.v[k - 1], f.v[k - 1] = other;
        }
    return f;
}

/* The first title that stands next to one of its names. */
static TitleNear title_of(const Link *l, const Entity *e)
{
    TitleNear none = {.land = NONE};
    for (int32_t i = 0, asked = 0; i < e->mentions.n && asked < FORMS_ASKED; i++) {
        if (e->mentions.v[i].kind != MENTION_NAME) continue;
        TitleNear near = title_near(l, e->mentions.v[i].span);
        asked++;
        if (near.office.n || near.role.n) return near;
        if (near.land >= 0 && none.land < 0) none.land = near.land;
    }
    return none;
}

static int32_t choose_person(const Link *l, const FormsOf *f, const TitleNear *title)
{
    Str longest = without_titles(f->v[0]);
    NameKey key = form_lower(longest);
    if (memchr(form_str(&key).p, ' ', (size_t)key.n)) return choose_full(l, longest, title);
    for (int32_t i = 0; i < f->n; i++) {
        Choice c = weigh(l, actors_find(l->t, without_titles(f->v[i])), ENTITY_PER, title);
        bool weak = c.best.actor >= 0 && (c.best.is & FORM_WEAK);
        if (c.best.actor >= 0 && (!weak || (c.best.worth % USERS_WORTH >= 20 && !c.is_even))) return c.best.actor;
    }
    ActorHits hits = actors_find_folded(l->t, longest);
    Choice c = weigh(l, hits, ENTITY_PER, title);
    bool alone = c.n == 1 && hits.n == 1 && !(c.best.is & FORM_WEAK) && key.n >= FOLDED_LEAST;
    if (alone || c.best.worth % USERS_WORTH >= 30) return c.best.actor;
    hits = actors_find(l->t, longest);         /* a user's own form of one entry alone wins over what the model took it for */
    bool users = hits.n == 1 && (hits.v[0].is & FORM_USERS) && (hits.v[0].is & FORM_NAME) && !(hits.v[0].is & FORM_WEAK);
    return users && l->t->actors[hits.v[0].actor].kind != ACTOR_AGENT ? hits.v[0].actor : NONE;
}

static int32_t choose_thing(const Link *l, EntityType type, const FormsOf *f)
{
    TitleNear none = {.land = NONE};
    for (int32_t i = 0; i < f->n; i++) {
        ActorHits hits = actors_find(l->t, f->v[i]);
        Choice c = weigh(l, hits, type, &none);
        if (c.best.actor >= 0 && !(c.best.is & FORM_WEAK)) return c.best.actor;
        if (hits.n == 1 && !(hits.v[0].is & FORM_WEAK) && (hits.v[0].is & FORM_NAME) && words_of_name(f->v[i]).n > 1 &&
            l->t->actors[hits.v[0].actor].kind != ACTOR_AGENT && l->t->actors[hits.v[0].actor].kind != ACTOR_DAY)
            return hits.v[0].actor;            /* a full name of one entry alone: the model was wrong about its type */
    }
    for (int32_t i = 0; i < f->n; i++) {
        ActorHits hits = actors_find_folded(l->t, f->v[i]);
        Choice c = weigh(l, hits, type, &none);
        bool is_long = words_of_name(f->v[i]).n > 1 || f->v[i].n >= 7;
        if (c.n == 1 && hits.n == 1 && is_long && !(c.best.is & FORM_WEAK)) return c.best.actor;
    }
    return NONE;
}

/* "Russia's central bank and Finance Ministry": a body's plain name with the land that stands before it. */
static int32_t choose_of_land(const Link *l, const Entity *e, const FormsOf *f)
{
    int32_t near = title_land(l, e->mentions.v[0].span);
    if (near < 0) return NONE;
    Actor land = actors_at(l->t, near);
    for (int32_t k = -1; k < land.n_aliases; k++) {
        ActorAlias alias = k < 0 ? (ActorAlias){land.name, {0}, 0} : actors_alias(l->t, near, k);
        if (alias.is & (FORM_FOREIGN | FORM_WEAK)) continue;
        Choice c = weigh(l, actors_find(l->t, arena_printf(l->a, "%.*s %.*s", STR(alias.form), STR(f->v[0]))), ENTITY_ORG,
                         &(TitleNear){.land = NONE});
        if (c.best.actor >= 0 && l->t->actors[c.best.actor].kind == ACTOR_ORG) return c.best.actor;
    }
    return NONE;
}

int32_t link_choose(const Link *l, const Entity *e, TitleNear *title)
{
    FormsOf f = forms_of(l, e);
    *title = (TitleNear){.land = NONE};
    if (!f.n) return NONE;
    if (e->type == ENTITY_PER) {
        *title = title_of(l, e);
        return choose_person(l, &f, title);
    }
    int32_t thing = choose_thing(l, e->type, &f);
    if (thing < 0 && (e->type == ENTITY_ORG || e->type == ENTITY_MISC)) thing = choose_of_land(l, e, &f);
    if (thing >= 0 || e->type != ENTITY_UNKNOWN) return thing;
    *title = title_of(l, e);
    return choose_person(l, &f, title);
}

/* A form that is not enough alone ("the Assembly", "Ito" of a model's wrong type) names who was named by a better one. */
int32_t link_choose_again(const Link *l, const Entity *e, const bool *is_named)
{
    FormsOf f = forms_of(l, e);
    int32_t found = NONE;
    for (int32_t i = 0; i < f.n; i++) {
        ActorHits hits = actors_find(l->t, f.v[i]);
        if (words_of_name(f.v[i]).n > 1 && e->type == ENTITY_PER) return NONE;
        for (int32_t k = 0; k < hits.n && k < WEIGHED_MAX; k++) {
            const ActorHit *h = &hits.v[k];
            bool fits = fits_kind(e->type, (ActorKind)l->t->actors[h->actor].kind) || !(h->is & FORM_WEAK);
            if (!is_named[h->actor] || !fits || !(h->is & FORM_NAME)) continue;
            if (found >= 0 && found != h->actor) return NONE;
            found = h->actor;
        }
    }
    return found;
}
