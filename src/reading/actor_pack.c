/* Packing: from facts as they were read to an image that is asked, and back.
**
** The image is one run of bytes: a head that says where each list lies, the lists, and at the end all text. Lists refer to
** each other by index and to text by place, so the image can stand in the program's read-only data, be shared, and be the
** same bytes on every machine of one byte order. Forms and folded forms are sorted by a hash of their key; the entries of
** a form stand together, the user's own first, then in the order of the files.
**
** Cost: n·log n. Each text is stored once (names, titles and codes repeat).
*/
#include "reading/actor_inside.h"

#include <stdlib.h>
#include <string.h>

typedef struct { NameKey key; uint64_t hash; int32_t actor; uint32_t is; } FormUse;
typedef SLICE(FormUse *) FormUses;
typedef struct {
    Arena *a;
    const ActorDraft *d;
    int32_t *order, *place;                    /* image ↔ draft: the user's own entries come first */
    Map texts;
    Buf text;
    SLICE(ImgActor) actors;
    SLICE(ImgAlias) aliases;
    SLICE(ImgRole) roles;
    SLICE(ImgLink) kin, in;
    SLICE(ImgStands) stands;
    SLICE(ImgForm) forms, folded;
    SLICE(ActorHit) hits;
    SLICE(ImgHolder) holders;
    SLICE(ImgKey) keys, lands;
    FormUses exact_uses, folded_uses;
} Pack;

static ImgStr pack_str(Pack *p, Str s)
{
    if (!s.n) return (ImgStr){0, 0};
    int32_t *at = map_at(&p->texts, s);
    if (*at < 0) {
        *at = (int32_t)p->text.n;
        buf_add(&p->text, s);
    }
    return (ImgStr){(uint32_t)*at, (uint32_t)s.n};
}

static int32_t packed(const Pack *p, Str key)
{
    int32_t at = key.n ? draft_find(p->d, key) : NONE;
    return at < 0 ? NONE : p->place[at];
}

/* ---- facts ------------------------------------------------------------------------------------------------------ */

static void use_form(Pack *p, FormUses *uses, NameKey key, int32_t actor, uint32_t is)
{
    if (!key.n) return;
    if (!(is & (FORM_ADJ | FORM_PEOPLE))) is |= FORM_NAME;
    FormUse *x = arena_new(p->a, FormUse, 1);
    *x = (FormUse){key, hash64(form_str(&key)), actor, is};
    *push(p->a, uses) = x;
}

static void use_name(Pack *p, int32_t actor, ActorKind kind, Str form, uint32_t is)
{
    NameKey exact = form_exact(form), lower = form_lower(form);
    use_form(p, &p->exact_uses, exact, actor, is);
    if (lower.n >= 4 && !str_eq(form_str(&exact), form_str(&lower))) use_form(p, &p->exact_uses, lower, actor, is);
    if (kind != ACTOR_AGENT && kind != ACTOR_DAY && !(is & (FORM_ADJ | FORM_PEOPLE)))
        use_form(p, &p->folded_uses, form_folded(form), actor, is);
}

/* A line of the name itself ("agent official = official", "alias official ~weak") says how strong the name is. */
bool draft_names_itself(const DraftActor *x)
{
    NameKey name = form_exact(x->name);
    for (int32_t k = 0; k < x->aliases.n; k++) {
        NameKey alias = form_exact(x->aliases.v[k].form);
        if (str_eq(form_str(&name), form_str(&alias))) return true;
    }
    return false;
}

static void pack_forms_of(Pack *p, int32_t i, const DraftActor *x, ImgActor *to)
{
    uint32_t users = x->is_users ? FORM_USERS : 0;
    if (!draft_names_itself(x)) use_name(p, i, x->kind, x->name, users);
    to->aliases = (ImgRun){p->aliases.n, x->aliases.n};
    for (int32_t k = 0; k < x->aliases.n; k++) {
        const DraftAlias *alias = &x->aliases.v[k];
        *push(p->a, &p->aliases) = (ImgAlias){pack_str(p, alias->form), pack_str(p, alias->lang), alias->is};
        use_name(p, i, x->kind, alias->form, alias->is | users);
    }
}

static void pack_roles(Pack *p, const DraftActor *x, ImgActor *to)
{
    to->roles = (ImgRun){p->roles.n, x->roles.n};
    for (int32_t k = 0; k < x->roles.n; k++) {
        const DraftRole *role = &x->roles.v[k];
        Str country = code_country(role->code);
        Str after = arena_printf(p->a, "%.*s%sELI", STR(country), country.n ? " " : "");
        *push(p->a, &p->roles) = (ImgRole){pack_str(p, role->when), pack_str(p, role->code), pack_str(p, role->title),
                                           pack_str(p, after), role->from, role->to, packed(p, role->post)};
    }
}

static void pack_links(Pack *p, const DraftActor *x, ImgActor *to)
{
    to->kin = (ImgRun){p->kin.n, x->kin.n};
    for (int32_t k = 0; k < x->kin.n; k++)
        *push(p->a, &p->kin) = (ImgLink){pack_str(p, x->kin.v[k].how), packed(p, x->kin.v[k].key)};
    to->in = (ImgRun){p->in.n, x->in.n};
    for (int32_t k = 0; k < x->in.n; k++)
        *push(p->a, &p->in) = (ImgLink){pack_str(p, x->in.v[k].how), packed(p, x->in.v[k].key)};
    to->stands = (ImgRun){p->stands.n, x->stands.n};
    for (int32_t k = 0; k < x->stands.n; k++)
        *push(p->a, &p->stands) = (ImgStands){pack_str(p, x->stands.v[k].when), x->stands.v[k].from, x->stands.v[k].to,
                                              packed(p, x->stands.v[k].key), x->stands.v[k].when_actor};
}

static void pack_actor(Pack *p, int32_t i)
{
    const DraftActor *x = &p->d->actors.v[p->order[i]];
    ImgActor to = {.key = pack_str(p, x->key), .name = pack_str(p, x->name), .led = pack_str(p, x->led),
                   .source = pack_str(p, x->source), .kind = (uint8_t)x->kind, .called = (uint8_t)x->called,
                   .is_users = x->is_users};
    pack_forms_of(p, i, x, &to);
    pack_roles(p, x, &to);
    pack_links(p, x, &to);
    *push(p->a, &p->actors) = to;
}

/* ---- forms ------------------------------------------------------------------------------------------------------- */

static int use_order(const void *left, const void *right)
{
    const FormUse *a = *(FormUse *const *)left, *b = *(FormUse *const *)right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    int by = str_cmp(form_str(&a->key), form_str(&b->key));
    if (by) return by;
    if ((a->is ^ b->is) & FORM_USERS) return a->is & FORM_USERS ? -1 : 1;
    if (a->actor != b->actor) return a->actor < b->actor ? -1 : 1;
    return (a->is > b->is) - (a->is < b->is);  /* the stronger first */
}

static void pack_hit(Pack *p, ImgForm *form, const FormUse *x)
{
    ActorHit *last = form->hits.n ? &p->hits.v[p->hits.n - 1] : NULL;
    if (last && last->actor == x->actor) {     /* twice in one entry: what either may do, the form may do */
        bool is_agent = p->actors.v[x->actor].kind == ACTOR_AGENT;       /* a rank stays one, however often it is listed */
        uint32_t weak = (is_agent ? last->is | x->is : last->is & x->is) & FORM_WEAK;
        last->is = ((last->is | x->is) & ~(uint32_t)FORM_WEAK) | weak;
        return;
    }
    *push(p->a, &p->hits) = (ActorHit){x->actor, x->is};
    form->hits.n++;
}

#define PACK_FORMS(list, uses)                                                                       \
    do {                                                                                             \
        if ((uses).n) qsort((uses).v, (size_t)(uses).n, sizeof *(uses).v, use_order);                \
        for (int32_t i = 0; i < (uses).n; i++) {                                                     \
            const FormUse *x = (uses).v[i];                                                          \
            bool same = i > 0 && str_eq(form_str(&(uses).v[i - 1]->key), form_str(&x->key));         \
            if (!same)                                                                               \
                *push(p->a, &p->list) = (ImgForm){x->hash, pack_str(p, form_str(&x->key)), {p->hits.n, 0}}; \
            pack_hit(p, &p->list.v[p->list.n - 1], x);                                               \
        }                                                                                            \
    } while (0)

/* ---- who held what ------------------------------------------------------------------------------------------------- */

/* "president of the Riigikogu" is no president of Estonia: what it is of must be a form of a country or body of this code. */
static bool is_of_own(const Pack *p, const Office *office, Str country)
{
    if (!office->n_of || office->rank < 3) return true;
    Str of = {office->of, office->n_of};
    uint64_t hash = hash64(of);
    int32_t low = 0, high = p->forms.n;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (p->forms.v[mid].hash < hash) low = mid + 1;
        else high = mid;
    }
    if (low == p->forms.n || p->forms.v[low].hash != hash) return false;
    for (int32_t k = 0; k < p->forms.v[low].hits.n; k++) {
        const DraftActor *x = &p->d->actors.v[p->order[p->hits.v[p->forms.v[low].hits.first + k].actor]];
        for (int32_t r = 0; r < x->roles.n; r++)
            if ((x->kind == ACTOR_COUNTRY || x->kind == ACTOR_ORG) && str_eq(code_country(x->roles.v[r].code), country) &&
                (x->kind == ACTOR_COUNTRY || !code_has(x->roles.v[r].code, "LEG")))
                return true;
    }
    return false;
}

/* A company's president is nobody's head of state. */
static bool is_public(Str code, Str country)
{
    Str roles = code_roles(code);
    bool body = country.n > 3 || str_eq(country, S("EUR")) || str_eq(country, S("UNO")) || str_eq(country, S("IGO"));
    return code_has(roles, "GOV") || code_has(roles, "MIL") || code_has(roles, "LEG") || code_has(roles, "SPY") ||
           code_has(roles, "REL") || code_has(roles, "OPP") || (body && !code_has(roles, "BUS"));
}

static void pack_holders(Pack *p, int32_t actor)
{
    const ImgActor *x = &p->actors.v[actor];
    if (x->kind != ACTOR_PERSON) return;
    for (int32_t k = 0; k < x->roles.n; k++) {
        const DraftRole *role = &p->d->actors.v[p->order[actor]].roles.v[k];
        Str country = role->code.n ? code_country(role->code) : (Str){0};
        if (!country.n || !is_public(role->code, country)) continue;
        Offices offices = offices_of(role->title);
        for (int32_t i = 0; i < offices.n; i++)
            if (is_of_own(p, &offices.v[i], country))
                *push(p->a, &p->holders) = (ImgHolder){pack_str(p, country), offices.v[i].office, actor, x->roles.first + k};
    }
}

static _Thread_local const Pack *sorting;      /* qsort has no argument of ours */

static int holder_order(const void *left, const void *right)
{
    const ImgHolder *a = left, *b = right;
    int by = str_cmp((Str){sorting->text.p + a->country.at, a->country.n}, (Str){sorting->text.p + b->country.at, b->country.n});
    if (by) return by;
    if (a->office != b->office) return a->office < b->office ? -1 : 1;
    int32_t from = sorting->roles.v[a->role].from, other = sorting->roles.v[b->role].from;
    if (from != other) return from < other ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

static int key_order(const void *left, const void *right)
{
    const ImgKey *a = left, *b = right;
    return str_cmp(sorting->d->actors.v[sorting->order[a->actor]].key, sorting->d->actors.v[sorting->order[b->actor]].key);
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static void order_actors(Pack *p)
{
    int32_t n = 0;
    p->order = arena_new(p->a, int32_t, p->d->actors.n + 1);
    p->place = arena_new(p->a, int32_t, p->d->actors.n + 1);
    for (int turn = 0; turn < 2; turn++)
        for (int32_t i = 0; i < p->d->actors.n; i++)
            if (p->d->actors.v[i].is_users == !turn) p->order[n] = i, p->place[i] = n++;
}

static void put_part(Buf *out, const void *v, int32_t n, size_t size, uint32_t *at, uint32_t *count)
{
    while (out->n % 8) buf_char(out, 0);
    *at = (uint32_t)out->n;
    *count = (uint32_t)n;
    if (n) buf_add(out, (Str){v, (ptrdiff_t)n * (ptrdiff_t)size});
}

Str draft_pack(Arena *to, const ActorDraft *d)
{
    Pack *p = arena_new(to, Pack, 1);
    p->a = to, p->d = d, p->texts.to = to, p->text.to = to;
    order_actors(p);
    for (int32_t i = 0; i < d->actors.n; i++) {
        pack_actor(p, i);
        *push(to, &p->keys) = (ImgKey){i};
        if (p->actors.v[i].kind == ACTOR_COUNTRY) *push(to, &p->lands) = (ImgKey){i};
    }
    PACK_FORMS(forms, p->exact_uses);
    PACK_FORMS(folded, p->folded_uses);
    for (int32_t i = 0; i < d->actors.n; i++) pack_holders(p, i);
    sorting = p;
    if (p->holders.n) qsort(p->holders.v, (size_t)p->holders.n, sizeof *p->holders.v, holder_order);
    if (p->keys.n) qsort(p->keys.v, (size_t)p->keys.n, sizeof *p->keys.v, key_order);
    sorting = NULL;
    ImgHead head = {.magic = IMAGE_MAGIC, .version = IMAGE_VERSION};
    Buf out = {.to = to};
    buf_add(&out, (Str){(const char *)&head, sizeof head});
#define PUT_LIST(name) put_part(&out, p->name.v, p->name.n, sizeof *p->name.v, &head.name##_at, &head.name##_n)
    PUT_LIST(actors), PUT_LIST(aliases), PUT_LIST(roles), PUT_LIST(kin), PUT_LIST(in), PUT_LIST(stands), PUT_LIST(forms);
    PUT_LIST(folded), PUT_LIST(hits), PUT_LIST(holders), PUT_LIST(keys), PUT_LIST(lands);
    put_part(&out, p->text.p, (int32_t)p->text.n, 1, &head.text_at, &head.text_n);
    head.bytes = (uint32_t)out.n;
    memcpy(out.p, &head, sizeof head);
    return buf_str(&out);
}

/* ---- and back -------------------------------------------------------------------------------------------------------- */

static Str key_at(const Actors *t, int32_t i) { return i >= 0 ? img_str(t, t->actors[i].key) : (Str){0}; }

static void unpack_facts(ActorDraft *d, const Actors *t, const ImgActor *from, DraftActor *x)
{
    At at = {S("(shipped)"), 0};
    for (int32_t k = 0; k < from->aliases.n; k++) {
        const ImgAlias *a = &t->aliases[from->aliases.first + k];
        *push(d->a, &x->aliases) = (DraftAlias){img_str(t, a->form), img_str(t, a->lang), a->is, at};
    }
    for (int32_t k = 0; k < from->roles.n; k++) {
        const ImgRole *r = &t->roles[from->roles.first + k];
        Str when = img_str(t, r->when), code = img_str(t, r->code), title = img_str(t, r->title);
        Str text = arena_printf(d->a, "%.*s%s%.*s%s%.*s", STR(when), when.n ? " " : "", STR(code), title.n ? " " : "",
                                STR(title));
        *push(d->a, &x->roles) = (DraftRole){when, code, title, key_at(t, r->post), r->from, r->to, text, at};
    }
    for (int32_t k = 0; k < from->stands.n; k++) {
        const ImgStands *s = &t->stands[from->stands.first + k];
        Str text = arena_printf(d->a, "%.*s %.*s%s", STR(img_str(t, s->when)), STR(key_at(t, s->actor)),
                                s->when_actor ? " when actor" : "");
        *push(d->a, &x->stands) = (DraftStands){img_str(t, s->when), key_at(t, s->actor), s->from, s->to, s->when_actor, text, at};
    }
    for (int32_t k = 0; k < from->in.n; k++) {
        const ImgLink *l = &t->in[from->in.first + k];
        *push(d->a, &x->in) = (DraftLink){img_str(t, l->how), key_at(t, l->actor), at};
    }
    for (int32_t k = 0; k < from->kin.n; k++) {
        const ImgLink *l = &t->kin[from->kin.first + k];
        *push(d->a, &x->kin) = (DraftLink){img_str(t, l->how), key_at(t, l->actor), at};
    }
}

void draft_of(ActorDraft *d, const Actors *t)
{
    for (int32_t i = 0; i < t->n_actors; i++) {
        const ImgActor *from = &t->actors[i];
        DraftActor x = {.key = img_str(t, from->key), .name = img_str(t, from->name), .led = img_str(t, from->led),
                        .source = img_str(t, from->source), .kind = (ActorKind)from->kind, .called = (Called)from->called,
                        .at = {S("(shipped)"), 0}};
        unpack_facts(d, t, from, &x);
        *map_at(&d->by_key, x.key) = d->actors.n;
        *push(d->a, &d->actors) = x;
    }
}
