/* Checks that need all files at once: keys that nobody opened, terms that collide, forms that two entries share, circles.
**
** Every finding names the line and what to write instead. Links that lead nowhere, and the one that closes a circle, are taken
** out; all else is used as it stands.
**
** Cost: sorting, so n·log n in the facts; ten thousand aliases of one form are one finding.
*/
#include "reading/actor_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys ------------------------------------------------------------------------------------------------------- */

static bool key_stands(ActorDraft *d, At at, Str key)
{
    if (draft_find(d, key) >= 0) return true;
    draft_fault(d, at, "there is no entry '%.*s'; add one (KIND %.*s = NAME) or mend the key", STR(key), STR(key));
    return false;
}

static void check_links(ActorDraft *d, DraftActor *x)
{
    int32_t n = 0;
    for (int32_t i = 0; i < x->in.n; i++)
        if (key_stands(d, x->in.v[i].at, x->in.v[i].key)) x->in.v[n++] = x->in.v[i];
    x->in.n = n, n = 0;
    for (int32_t i = 0; i < x->kin.n; i++)
        if (key_stands(d, x->kin.v[i].at, x->kin.v[i].key)) x->kin.v[n++] = x->kin.v[i];
    x->kin.n = n, n = 0;
    for (int32_t i = 0; i < x->stands.n; i++)
        if (key_stands(d, x->stands.v[i].at, x->stands.v[i].key)) x->stands.v[n++] = x->stands.v[i];
    x->stands.n = n;
    for (int32_t i = 0; i < x->roles.n; i++) {
        DraftRole *role = &x->roles.v[i];
        int32_t post = role->post.n ? draft_find(d, role->post) : NONE;
        if (role->post.n && key_stands(d, role->at, role->post) && d->actors.v[post].kind != ACTOR_POST)
            draft_fault(d, role->at, "@%.*s is no post; name an entry of the kind post", STR(role->post));
        if (post < 0 || d->actors.v[post].kind != ACTOR_POST) role->post = (Str){0};
    }
}

/* ---- titles that begin with a code-like word ----------------------------------------------------------------------- */

static void check_titles(ActorDraft *d, const DraftActor *x, const Map *forms)
{
    for (int32_t i = 0; i < x->roles.n; i++) {
        Str title = x->roles.v[i].title;
        bool looks = title.n >= 3 && (title.n == 3 || title.p[3] == ' ');
        for (int k = 0; looks && k < 3; k++) looks = title.p[k] >= 'A' && title.p[k] <= 'Z';
        if (looks && map_get(forms, str_sub(title, 0, 3)) < 0)
            draft_fault(d, x->roles.v[i].at, "'%.*s' is no code that is known and no body of the table; mend the code, or "
                        "add the body that the title names", STR(str_sub(title, 0, 3)));
    }
}

/* ---- terms ---------------------------------------------------------------------------------------------------------- */
typedef struct { Str post; int32_t from, to, actor; At at; } Term;
typedef SLICE(Term) Terms;

static int term_order(const void *left, const void *right)
{
    const Term *a = left, *b = right;
    int by = str_cmp(a->post, b->post);
    if (by) return by;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static void check_terms(ActorDraft *d)
{
    Terms terms = {0};
    for (int32_t i = 0; i < d->actors.n; i++)
        for (int32_t k = 0; k < d->actors.v[i].roles.n; k++) {
            const DraftRole *role = &d->actors.v[i].roles.v[k];
            if (role->post.n) *push(d->a, &terms) = (Term){role->post, role->from, role->to, i, role->at};
        }
    if (terms.n) qsort(terms.v, (size_t)terms.n, sizeof *terms.v, term_order);
    int32_t last = 0;                          /* the term so far that ends last in this post */
    for (int32_t i = 1; i < terms.n; i++) {
        const Term *before = &terms.v[last], *x = &terms.v[i];
        bool same_post = str_eq(before->post, x->post);
        if (same_post && x->from < before->to) {
            Str day = date_iso(d->a, date_civil(x->from == DAY_OPEN_FROM ? 0 : x->from));
            Str holder = d->actors.v[before->actor].key;
            if (before->to == DAY_OPEN_TO && x->from > before->from)
                draft_fault(d, before->at, "%.*s holds %.*s with no end, and %.*s follows on %.*s; end the term with ..%.*s",
                            STR(holder), STR(x->post), STR(d->actors.v[x->actor].key), STR(day), STR(day));
            else
                draft_fault(d, x->at, "overlaps the term of %.*s in %.*s (line %d of %.*s); end one where the other begins, or "
                            "leave the post out of one", STR(holder), STR(x->post), before->at.line, STR(before->at.file));
        }
        if (!same_post || x->to >= before->to) last = i;
    }
}

/* ---- shared forms ----------------------------------------------------------------------------------------------------- */
typedef struct { Str form, key; int32_t actor; uint32_t is; At at; } Shared;
typedef SLICE(Shared) Shareds;

static int shared_order(const void *left, const void *right)
{
    const Shared *a = left, *b = right;
    int by = str_cmp(a->key, b->key);
    return by ? by : (a->actor > b->actor) - (a->actor < b->actor);
}

static bool lies_in(const ActorDraft *d, int32_t x, int32_t land)
{
    for (int32_t depth = 0; x >= 0 && depth < 8; depth++) {
        if (x == land) return true;
        x = d->actors.v[x].in.n ? draft_find(d, d->actors.v[x].in.v[0].key) : NONE;
    }
    return false;
}

/* Persons and all else are told apart by what a name's own words show; a place is told from the land it lies in by
** `stands` and by what it does; agents are common nouns. */
static bool needs_rule(const ActorDraft *d, const Shared *a, const Shared *b)
{
    const DraftActor *x = &d->actors.v[a->actor], *y = &d->actors.v[b->actor];
    if (a->actor == b->actor || x->is_users != y->is_users) return false;
    if ((x->kind == ACTOR_PERSON) != (y->kind == ACTOR_PERSON)) return false;
    if (x->kind == ACTOR_AGENT || y->kind == ACTOR_AGENT || x->kind == ACTOR_DAY || y->kind == ACTOR_DAY) return false;
    if ((a->is ^ b->is) & (FORM_ADJ | FORM_PEOPLE)) return false;
    return !lies_in(d, a->actor, b->actor) && !lies_in(d, b->actor, a->actor);
}

static void check_group(ActorDraft *d, const Shared *v, int32_t n)
{
    int32_t anchor[2] = {NONE, NONE}, first = NONE, second = NONE, further = 0;   /* of persons, of all else */
    for (int32_t i = 0; i < n; i++) {
        int32_t *mine = &anchor[d->actors.v[v[i].actor].kind == ACTOR_PERSON];
        if (*mine < 0) *mine = i;
        else if (!needs_rule(d, &v[*mine], &v[i])) continue;
        else if (second < 0) first = *mine, second = i;
        else further += v[i].actor != v[i - 1].actor;
    }
    if (second < 0) return;
    const Shared *x = &v[second];
    char more[48] = "";
    if (further) memcpy(more, " and of others", 15);
    draft_fault(d, x->at, "'%.*s' is a form of %.*s too (line %d of %.*s)%s; write ~weak behind it in all but one, or a "
                "fuller form", STR(x->form), STR(d->actors.v[v[first].actor].key), v[first].at.line, STR(v[first].at.file), more);
}

static void share(ActorDraft *d, Shareds *all, Map *forms, const Shared *x)
{
    NameKey key = form_exact(x->form);
    if (!key.n) return;
    Shared kept = *x;
    kept.key = arena_str(d->a, form_str(&key));
    *map_at(forms, kept.key) = 1;
    if (!(x->is & FORM_WEAK)) *push(d->a, all) = kept;
}

static void check_shared(ActorDraft *d, Map *forms)
{
    Shareds all = {0};
    for (int32_t i = 0; i < d->actors.n; i++) {
        const DraftActor *x = &d->actors.v[i];
        if (!draft_names_itself(x)) share(d, &all, forms, &(Shared){.form = x->name, .actor = i, .at = x->at});
        for (int32_t k = 0; k < x->aliases.n; k++) {
            const DraftAlias *alias = &x->aliases.v[k];
            share(d, &all, forms, &(Shared){alias->form, {0}, i, alias->is, alias->at});
        }
    }
    if (all.n) qsort(all.v, (size_t)all.n, sizeof *all.v, shared_order);
    for (int32_t i = 0, to; i < all.n; i = to) {
        for (to = i + 1; to < all.n && str_eq(all.v[i].key, all.v[to].key);) to++;
        if (to > i + 1) check_group(d, all.v + i, to - i);
    }
}

/* ---- circles ------------------------------------------------------------------------------------------------------------ */
enum { WHITE, GREY, BLACK };
typedef struct { int32_t actor, next; } Step;
typedef struct { ActorDraft *d; char *colour; bool of_stands; SLICE(Step) way; } Walk;

static int32_t edges(const Walk *w, int32_t i) { return w->of_stands ? w->d->actors.v[i].stands.n : w->d->actors.v[i].in.n; }

static Str edge(const Walk *w, int32_t i, int32_t k, At *at)
{
    const DraftActor *x = &w->d->actors.v[i];
    *at = w->of_stands ? x->stands.v[k].at : x->in.v[k].at;
    return w->of_stands ? x->stands.v[k].key : x->in.v[k].key;
}

static void cut_edge(const Walk *w, int32_t i, int32_t k)
{
    DraftActor *x = &w->d->actors.v[i];
    if (w->of_stands) {
        memmove(x->stands.v + k, x->stands.v + k + 1, (size_t)(x->stands.n - k - 1) * sizeof *x->stands.v);
        x->stands.n--;
    } else {
        memmove(x->in.v + k, x->in.v + k + 1, (size_t)(x->in.n - k - 1) * sizeof *x->in.v);
        x->in.n--;
    }
}

/* A country names its capital with `in capital`, and the capital lies in it: that is no circle. */
static bool is_downward(const Walk *w, int32_t i, int32_t k)
{
    return !w->of_stands && w->d->actors.v[i].kind == ACTOR_COUNTRY && w->d->actors.v[i].in.v[k].how.n > 0;
}

static void walk_from(Walk *w, int32_t root)
{
    if (w->colour[root] != WHITE) return;
    *push(w->d->a, &w->way) = (Step){root, 0};
    w->colour[root] = GREY;
    while (w->way.n) {
        Step *top = &w->way.v[w->way.n - 1];
        if (top->next >= edges(w, top->actor)) {
            w->colour[top->actor] = BLACK;
            w->way.n--;
            continue;
        }
        At at;
        int32_t k = top->next++, to = draft_find(w->d, edge(w, top->actor, k, &at));
        if (is_downward(w, top->actor, k)) continue;
        if (w->colour[to] == GREY) {
            draft_fault(w->d, at, "a circle: %.*s leads back to %.*s; this line is left out, take it or another of the circle away",
                        STR(w->d->actors.v[to].key), STR(w->d->actors.v[top->actor].key));
            cut_edge(w, top->actor, k);
            top->next--;
        } else if (w->colour[to] == WHITE) {
            w->colour[to] = GREY;
            *push(w->d->a, &w->way) = (Step){to, 0};
        }
    }
}

static void check_circles(ActorDraft *d, bool of_stands)
{
    Walk w = {.d = d, .colour = arena_new(d->a, char, d->actors.n + 1), .of_stands = of_stands};
    for (int32_t i = 0; i < d->actors.n; i++) walk_from(&w, i);
}

void draft_check(ActorDraft *d)
{
    Map forms = {.to = d->a};
    for (int32_t i = 0; i < d->actors.n; i++) check_links(d, &d->actors.v[i]);
    check_terms(d);
    check_shared(d, &forms);
    for (int32_t i = 0; i < d->actors.n; i++) check_titles(d, &d->actors.v[i], &forms);
    check_circles(d, true);
    check_circles(d, false);
}
