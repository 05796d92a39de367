/* The table as it is asked: everything here is a look-up in an image.
**
** The shipped image stands in the program; with a user's files a second one is made of it in memory, in which the user's entries
** come first. An image of a stranger is never opened: it is part of the program or was packed by this very process.
**
** Always: nothing changes after opening, so threads share it. Cost: a form is some fifteen steps of a binary search, an office
** the same; opening the shipped table sets a dozen pointers.
*/
#include "base/io.h"
#include "reading/actor_inside.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 << 20, ACTORS_BUDGET = 1 << 30 };   /* bytes of a file; of memory for a table of them */

bool image_view(Str image, Actors *t)
{
    ImgHead head;
    if (image.n < (ptrdiff_t)sizeof head) return false;
    memcpy(&head, image.p, sizeof head);
    if (memcmp(head.magic, IMAGE_MAGIC, sizeof head.magic) || head.version != IMAGE_VERSION ||
        head.bytes > (uint64_t)image.n)
        return false;
#define VIEW(T, name) t->name = (const T *)(const void *)(image.p + head.name##_at), t->n_##name = (int32_t)head.name##_n;
    IMAGE_PARTS(VIEW)
#undef VIEW
    return true;
}

static Actors shipped;
static pthread_once_t shipped_once = PTHREAD_ONCE_INIT;

static void view_shipped(void) { image_view((Str){actors_image, actors_image_n}, &shipped); }

const Actors *actors_shipped(void)
{
    pthread_once(&shipped_once, view_shipped);
    return &shipped;
}

/* ---- with a user's files ----------------------------------------------------------------------------------------- */
typedef struct {
    Actors *t;
    const char *const *paths;
    int32_t n;
    ActorsFault fault;
    void *with;
} Opening;

static bool open_files(Opening *o, Err *e)
{
    ActorDraft d = {.a = o->t->own, .fault = o->fault, .with = o->with, .by_key = {.to = o->t->own}, .codes = {.to = o->t->own}};
    draft_of(&d, actors_shipped());
    for (int32_t i = 0; i < o->n; i++) {
        IoFile f;
        if (!io_open(&f, o->paths[i], FILE_MAX, e)) return err_while(e, "reading the actors of '%s'", o->paths[i]);
        draft_read(&d, str_of(o->paths[i]), f.bytes, true);
        io_close(&f);
    }
    draft_check(&d);
    return image_view(draft_pack(o->t->own, &d), o->t) || fail(e, ERR_LIMIT, "the table of actors is too large");
}

/* Lands here when memory is spent; owns nothing, so nothing is lost by the jump. */
static bool open_landing(Opening *o, Err *e)
{
    jmp_buf here;
    o->t->own->landing = &here;
    if (setjmp(here))
        return fail(e, ERR_LIMIT, "the files of actors take more than %d MiB of memory; use fewer", ACTORS_BUDGET >> 20);
    bool ok = open_files(o, e);
    o->t->own->landing = NULL;
    return ok;
}

Actors *actors_open(const char *const *paths, int32_t n, ActorsFault fault, void *with, Err *e)
{
    Actors *t = calloc(1, sizeof *t);
    Arena *own = calloc(1, sizeof *own);
    if (!t || !own) {
        free(t), free(own);
        fail(e, ERR_MEMORY, "no memory for the table of actors");
        return NULL;
    }
    own->budget = ACTORS_BUDGET;
    t->own = own;
    if (open_landing(&(Opening){t, paths, n, fault, with}, e)) return t;
    actors_close(t);
    return NULL;
}

void actors_close(Actors *t)
{
    if (!t || !t->own) return;
    arena_close(t->own);
    free(t->own);
    free(t);
}

/* ---- an entry ------------------------------------------------------------------------------------------------------ */

int32_t actors_count(const Actors *t) { return t->n_actors; }

Actor actors_at(const Actors *t, int32_t i)
{
    if (i < 0 || i >= t->n_actors) return (Actor){0};
    const ImgActor *x = &t->actors[i];
    return (Actor){img_str(t, x->key), img_str(t, x->name), (ActorKind)x->kind, (Called)x->called, x->aliases.n, x->roles.n,
                   x->kin.n};
}

ActorAlias actors_alias(const Actors *t, int32_t i, int32_t k)
{
    const ImgAlias *a = &t->aliases[t->actors[i].aliases.first + k];
    return (ActorAlias){img_str(t, a->form), img_str(t, a->lang), a->is};
}

ActorRole actors_role(const Actors *t, int32_t i, int32_t k)
{
    const ImgRole *r = &t->roles[t->actors[i].roles.first + k];
    return (ActorRole){r->from, r->to, img_str(t, r->code), img_str(t, r->title), r->post};
}

ActorKin actors_kin(const Actors *t, int32_t i, int32_t k)
{
    const ImgLink *l = &t->kin[t->actors[i].kin.first + k];
    return (ActorKin){l->actor, img_str(t, l->how)};
}

int32_t actors_day(Str iso)
{
    Date d;
    return iso.n && date_parse(iso, &d) ? date_days(d) : DAY_UNKNOWN;
}

/* ---- forms --------------------------------------------------------------------------------------------------------- */

int32_t actors_by_key(const Actors *t, Str key)
{
    int32_t low = 0, high = t->n_keys;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (str_cmp(img_str(t, t->actors[t->keys[mid].actor].key), key) < 0) low = mid + 1;
        else high = mid;
    }
    bool is = low < t->n_keys && str_eq(img_str(t, t->actors[t->keys[low].actor].key), key);
    return is ? t->keys[low].actor : NONE;
}

static ActorHits hits_of(const Actors *t, const ImgForm *v, int32_t n, Str key)
{
    uint64_t hash = hash64(key);
    int32_t low = 0, high = n;
    if (!key.n) return (ActorHits){0};
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (v[mid].hash < hash) low = mid + 1;
        else high = mid;
    }
    for (; low < n && v[low].hash == hash; low++)
        if (str_eq(img_str(t, v[low].form), key)) return (ActorHits){t->hits + v[low].hits.first, v[low].hits.n};
    return (ActorHits){0};
}

ActorHits actors_find(const Actors *t, Str form)
{
    NameKey key = form_exact(form);
    ActorHits hits = hits_of(t, t->forms, t->n_forms, form_str(&key));
    if (hits.n || key.n < 4 || key.p[0] < 'A' || key.p[0] > 'Z') return hits;
    key = form_lower(form);                    /* "IRAN" in a headline */
    return hits_of(t, t->forms, t->n_forms, form_str(&key));
}

ActorHits actors_find_folded(const Actors *t, Str form)
{
    NameKey key = form_folded(form);
    return hits_of(t, t->folded, t->n_folded, form_str(&key));
}

/* ---- roles ----------------------------------------------------------------------------------------------------------- */

/* Is b to be preferred to a? One with an office first, then the one begun later; of equals the first in the file. */
static bool is_better(const ImgRole *a, const ImgRole *b)
{
    if ((a->title.n > 0) != (b->title.n > 0)) return b->title.n > 0;
    return b->from > a->from;
}

int32_t actors_role_on(const Actors *t, int32_t i, int32_t day)
{
    const ImgActor *x = &t->actors[i];
    const ImgRole *v = t->roles + x->roles.first;
    int32_t best = NONE;
    for (int32_t k = 0; day != DAY_UNKNOWN && k < x->roles.n; k++) {
        bool dated = v[k].from != DAY_OPEN_FROM || v[k].to != DAY_OPEN_TO || v[k].title.n;
        if (dated && v[k].from <= day && day < v[k].to && (best < 0 || is_better(&v[best], &v[k]))) best = k;
    }
    return best;
}

static bool is_office_code(Str code)           /* whoever leaves such a role is of the elite */
{
    return code_has(code, "GOV") || code_has(code, "MIL") || code_has(code, "LEG") || code_has(code, "SPY") ||
           code_has(code, "JUD") || code_has(code, "COP") || !code_roles(code).n;
}

Str actors_code_on(const Actors *t, int32_t i, int32_t day)
{
    if (i < 0 || i >= t->n_actors) return (Str){0};
    const ImgActor *x = &t->actors[i];
    const ImgRole *v = t->roles + x->roles.first;
    int32_t now = actors_role_on(t, i, day), ended = NONE, plain = NONE, last = NONE, first = NONE;
    if (now >= 0) return img_str(t, v[now].code);
    for (int32_t k = 0; k < x->roles.n; k++) {
        bool undated = v[k].from == DAY_OPEN_FROM && v[k].to == DAY_OPEN_TO && !v[k].title.n;
        if (undated && plain < 0) plain = k;
        if (!undated && (last < 0 || is_better(&v[last], &v[k]))) last = k;
        if (first < 0 || v[k].from < v[first].from) first = k;
        if (v[k].title.n && v[k].to <= day && (ended < 0 || v[k].to > v[ended].to)) ended = k;
    }
    if (day == DAY_UNKNOWN) return last >= 0 ? img_str(t, v[last].code) : plain >= 0 ? img_str(t, v[plain].code) : (Str){0};
    if (ended >= 0 && is_office_code(img_str(t, v[ended].code))) return img_str(t, v[ended].after);
    if (plain >= 0) return img_str(t, v[plain].code);
    return first >= 0 ? code_country(img_str(t, v[first].code)) : (Str){0};
}

/* ---- lands ---------------------------------------------------------------------------------------------------------- */

int32_t actors_country(const Actors *t, Str word)
{
    ActorHits hits = actors_find(t, word);
    for (int32_t pass = 0; pass < 2; pass++)   /* a form that is enough alone, then a weak one if it is the only one */
        for (int32_t k = 0; k < hits.n; k++)
            if (t->actors[hits.v[k].actor].kind == ACTOR_COUNTRY && !(hits.v[k].is & FORM_WEAK) == !pass)
                return hits.v[k].actor;
    return NONE;
}

/* The country whose code this is: of several entries the first. */
static int32_t country_of_code(const Actors *t, Str code)
{
    Str country = code_country(code);
    for (int32_t n = 0; country.n && n < t->n_lands; n++) {
        int32_t i = t->lands[n].actor;
        const ImgActor *x = &t->actors[i];
        for (int32_t k = 0; k < x->roles.n; k++)
            if (str_eq(img_str(t, t->roles[x->roles.first + k].code), country)) return i;
    }
    return NONE;
}

int32_t actors_land(const Actors *t, int32_t i, int32_t day)
{
    for (int32_t depth = 0, x = i; x >= 0 && depth < 8; depth++) {
        const ImgActor *a = &t->actors[x];
        if (a->kind == ACTOR_COUNTRY) return x;
        int32_t up = NONE;
        for (int32_t k = 0; k < a->in.n && up < 0; k++) up = t->in[a->in.first + k].actor;
        if (up < 0 || a->kind == ACTOR_PERSON) break;
        x = up;
    }
    return i < 0 ? NONE : country_of_code(t, actors_code_on(t, i, day));
}

int32_t actors_stands(const Actors *t, int32_t i, int32_t day)
{
    const ImgActor *x = &t->actors[i];
    int32_t last = NONE;
    for (int32_t k = 0; k < x->stands.n; k++) {
        const ImgStands *s = &t->stands[x->stands.first + k];
        if (day == DAY_UNKNOWN) last = s->to == DAY_OPEN_TO || last < 0 ? s->actor : last;
        else if (s->from <= day && day < s->to) return s->actor;
    }
    return last;
}

/* ---- nouns for roles -------------------------------------------------------------------------------------------------- */

static Str agent_exact(const Actors *t, Str noun, uint32_t *is)
{
    ActorHits hits = actors_find(t, noun);
    for (int32_t k = 0; k < hits.n; k++) {
        const ImgActor *x = &t->actors[hits.v[k].actor];
        if (x->kind != ACTOR_AGENT) continue;
        *is = hits.v[k].is;
        return x->roles.n ? img_str(t, t->roles[x->roles.first].code) : (Str){0};
    }
    return (Str){0};
}

static const struct { const char *many, *one; } plurals[] = {
    {"women", "woman"}, {"men", "man"}, {"people", "person"}, {"ies", "y"}, {"sses", "ss"}, {"ches", "ch"}, {"shes", "sh"}, {"s", ""}};

Str agent_code(const Actors *t, Str noun, uint32_t *is)
{
    Str code = agent_exact(t, noun, is);
    for (size_t i = 0; !code.n && noun.n < FORM_MAX && i < sizeof plurals / sizeof *plurals; i++) {
        Str many = str_of(plurals[i].many), one = str_of(plurals[i].one);
        if (noun.n < many.n + 2 || !str_eq_fold(str_sub(noun, noun.n - many.n, noun.n), many)) continue;
        char room[FORM_MAX + 8];
        memcpy(room, noun.p, (size_t)(noun.n - many.n));
        if (one.n) memcpy(room + noun.n - many.n, one.p, (size_t)one.n);
        code = agent_exact(t, (Str){room, noun.n - many.n + one.n}, is);
    }
    return code;
}

Str actors_agent(const Actors *t, Str noun)
{
    uint32_t is;
    return agent_code(t, noun, &is);
}

/* ---- holders of offices ------------------------------------------------------------------------------------------------ */

/* The run of holders of a country and an office. */
static ImgRun holders_of(const Actors *t, Str country, int32_t office)
{
    int32_t low = 0, high = t->n_holders;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        int by = str_cmp(img_str(t, t->holders[mid].country), country);
        if (by < 0 || (by == 0 && t->holders[mid].office < office)) low = mid + 1;
        else high = mid;
    }
    ImgRun run = {low, 0};
    while (low + run.n < t->n_holders && t->holders[low + run.n].office == office &&
           str_eq(img_str(t, t->holders[low + run.n].country), country))
        run.n++;
    return run;
}

/* "Kremlin spokesman": of several in one office the one whose title names the body that is asked for. */
static bool title_names(const Actors *t, const ImgHolder *h, int32_t body)
{
    NameKey title = form_lower(img_str(t, t->roles[h->role].title));
    const ImgActor *x = &t->actors[body];
    for (int32_t k = -1; k < x->aliases.n; k++) {
        NameKey form = form_lower(img_str(t, k < 0 ? x->name : t->aliases[x->aliases.first + k].form));
        if (form.n && str_find(form_str(&title), form_str(&form)) >= 0) return true;
    }
    return false;
}

/* Who holds one office of one code. Where two terms are in force and one has no end, its end is not known to the table: the later
** one counts. NONE: nobody, or two. */
static int32_t holder_of(const Actors *t, Str country, int32_t office, int32_t day, int32_t body)
{
    ImgRun run = holders_of(t, country, office);
    int32_t best = NONE;
    bool two = false;
    for (int32_t i = run.first; i < run.first + run.n; i++) {
        const ImgHolder *h = &t->holders[i];
        const ImgRole *role = &t->roles[h->role];
        if (body >= 0 && !title_names(t, h, body)) continue;
        if (day != DAY_UNKNOWN && (day < role->from || day >= role->to)) continue;
        if (best >= 0 && t->holders[best].actor != h->actor) {
            bool superseded = day != DAY_UNKNOWN && t->roles[t->holders[best].role].to == DAY_OPEN_TO &&
                              role->from > t->roles[t->holders[best].role].from;
            two = two || !superseded;
        }
        best = i;
    }
    return best < 0 || two ? NONE : t->holders[best].actor;
}

/* Whom "the leader" means: the office that the country's entry names, else the one head that the table knows. */
static int32_t leader_of(const Actors *t, int32_t land, Str country, int32_t day)
{
    Str led = land >= 0 ? img_str(t, t->actors[land].led) : (Str){0};
    int32_t office = office_named(led);
    if (office != OFFICE_NONE) return holder_of(t, country, office, day, NONE);
    static const char *const heads[] = {"supreme leader", "president", "prime minister", "monarch", "secretary general"};
    int32_t only = NONE;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        int32_t actor = holder_of(t, country, office_named(str_of(heads[i])), day, NONE);
        if (actor >= 0 && only >= 0 && actor != only) return NONE;
        if (actor >= 0) only = actor;
    }
    return only;
}

int32_t actors_holder(const Actors *t, int32_t country, Str office, int32_t day)
{
    Offices asked = offices_of(office);
    if (country < 0 || country >= t->n_actors || asked.n == 0) return NONE;
    Str code = code_country(actors_code_on(t, country, day));
    bool is_body = t->actors[country].kind == ACTOR_ORG;
    int32_t land = actors_land(t, country, day), which = asked.v[0].office;
    if (!code.n && land >= 0) code = code_country(actors_code_on(t, land, day));
    if (!code.n) return NONE;
    if (which == office_named(S("leader"))) return leader_of(t, is_body ? NONE : land, code, day);
    int32_t actor = is_body ? holder_of(t, code, which, day, country) : NONE;
    return actor >= 0 ? actor : holder_of(t, code, which, day, NONE);
}

bool actors_held(const Actors *t, int32_t i, Str office, int32_t day)
{
    Offices asked = offices_of(office);
    const ImgActor *x = &t->actors[i];
    for (int32_t k = 0; k < x->roles.n; k++) {
        const ImgRole *role = &t->roles[x->roles.first + k];
        if (!role->title.n || (day != DAY_UNKNOWN && (day < role->from || day >= role->to))) continue;
        Offices held = offices_of(img_str(t, role->title));
        for (int32_t a = 0; a < asked.n; a++)
            for (int32_t h = 0; h < held.n; h++)
                if (asked.v[a].office == held.v[h].office || asked.v[a].office == office_named(S("leader"))) return true;
    }
    return false;
}

/* ---- what a reader types ------------------------------------------------------------------------------------------------ */

static void add_name(Arena *a, const Actors *t, int32_t actor, Strs *names)
{
    enum { NAMES_MAX = 16 };                   /* "Smith" may mean many; a reader who means one types more */
    Str name = img_str(t, t->actors[actor].name);
    for (int32_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i], name)) return;
    if (names->n < NAMES_MAX) *push(a, names) = name;
}

Strs actors_names(Arena *a, const Actors *t, Str typed)
{
    Strs names = {0};
    int32_t keyed = actors_by_key(t, typed);
    ActorHits hits = actors_find(t, typed);
    if (keyed >= 0) add_name(a, t, keyed, &names);
    if (!hits.n && keyed < 0) hits = actors_find_folded(t, typed);
    for (int32_t k = 0; k < hits.n; k++) {
        int kind = t->actors[hits.v[k].actor].kind;
        if (kind == ACTOR_AGENT || kind == ACTOR_POST || kind == ACTOR_DAY) continue;
        add_name(a, t, hits.v[k].actor, &names);
        int32_t stands = kind == ACTOR_PLACE ? actors_stands(t, hits.v[k].actor, DAY_UNKNOWN) : NONE;
        if (stands >= 0) add_name(a, t, stands, &names);
    }
    return names;
}
