/* Coreference: who "he", "the ministry" and "I" are.
**
** "Minister Ito met the guild. She said its offer was late. “I waited,” the minister added."
**  in:  entities with their names (Minister Ito; …), tokens with heads and features
**  out: the entity Ito has the mentions "Minister Ito" (name), "She", "I" (pronouns), "the minister" (nominal)
**
** One walk over the phrases of the text (coref_phrases.c), as a reader goes. A name goes to the cluster of its entity: who bears which name was
** settled before (link.c). What stands in apposition to another phrase goes where that one goes. "I" in somebody's words is the speaker
** (coref_speech.c). All else is a decision: of the clusters last spoken of, and "somebody or something new", the one with the highest score
** (coref_options.c asks, coref_weights.c counts). The clusters take in what is decided, so that a later decision sees who was called "she"
** and how often (entity-centric, as Clark and Manning 2015, section 3; the walk with one best antecedent is that of Durrett and Klein 2013).
**
** In the record stand the clusters that bear a name: the others lend their help and are forgotten. Where the new one scores best, the phrase stays
** open: null, and no guess. A name within a longer phrase ("President Ana Ruiz, who …") is two mentions of an entity that is spoken of elsewhere too:
** the name as a name, the whole phrase as a nominal.
**
** Always: a mention lies in one entity only; mentions are in the order of the text. Cost: RECENT options of FEATURES features for each
** phrase that is to be decided; linear in the text.
*/
#include "reading/coref.h"

#include <math.h>


#define SURE .8                                /* of a speaker's "I": right 114 times of 143 in three folds of OntoGUM's training documents */
enum { NEAR_SPEECHES = 16 };                   /* quotations of one verb of saying stand together */

int32_t coref_root(const Coref *c, int32_t k)
{
    while (k >= 0 && c->clusters.v[k].into != k) k = c->clusters.v[k].into;
    return k;
}

static int32_t cluster_new(Coref *c, int32_t entity)
{
    Cluster *k = push(c->a, &c->clusters);
    *k = (Cluster){.into = c->clusters.n - 1, .entity = entity, .first = NONE, .last = NONE, .last_name = NONE, .last_subject = NONE, .last_told = NONE, .sort = SORT_OPEN,
                   .gold = NONE};
    if (entity < 0) return c->clusters.n - 1;
    k->all_names = c->r->entities.v[entity].mentions.n;
    k->gender = coref_called(c, entity);
    return c->clusters.n - 1;
}

static void raise(Coref *c, int32_t cluster)             /* it is the one last spoken of */
{
    int32_t at = 0;
    while (at < c->recent.n && c->recent.v[at] != cluster) at++;
    if (at == c->recent.n) {
        if (c->recent.n < RECENT) (void)push(c->a, &c->recent);
        at = c->recent.n - 1;
    }
    for (; at > 0; at--) c->recent.v[at] = c->recent.v[at - 1];
    c->recent.v[0] = cluster;
}

static void add_key(uint32_t *v, int8_t *n, int max, uint32_t key)
{
    for (int i = 0; i < *n; i++)
        if (v[i] == key) return;
    if (*n < max) v[(*n)++] = key;
}
static void add_word(uint32_t *v, int8_t *n, int max, Str word) { add_key(v, n, max, coref_word_key(word)); }

/* What the phrase says of its cluster: head word, modifiers, gender, number. */
static void learn_words(Coref *c, Cluster *k, const Phrase *p)
{
    const Token *t = c->r->tokens.v;
    if (p->kind == KIND_PRONOUN || p->kind == KIND_JOINT) return;
    add_word(k->heads, &k->n_heads, CLUSTER_HEADS, t[p->head].lemma.n ? t[p->head].lemma : t[p->head].form);
    for (int32_t i = p->from; i < p->to && i < p->from + 12; i++) {
        if (i == p->head || t[i].form.n < 2 || (!str_eq(t[i].upos, S("NOUN")) && !str_eq(t[i].upos, S("ADJ")) && !str_eq(t[i].upos, S("PROPN")) &&
            !str_eq(t[i].upos, S("NUM")))) continue;
        add_word(k->modifiers, &k->n_modifiers, CLUSTER_MODIFIERS, t[i].form);
    }
    for (int32_t i = c->first_child[p->head]; i >= 0 && p->kind == KIND_NAME; i = c->next_child[i])       /* "Foreign Minister Ito" is a minister */
        if (str_starts(t[i].deprel, S("nmod:desc")) || str_eq(t[i].deprel, S("compound")))
            add_word(k->heads, &k->n_heads, CLUSTER_HEADS, t[i].lemma.n ? t[i].lemma : t[i].form);
}

/* "Ito is the mayor": the predicate's noun describes the subject. */
static void learn_predicate(Coref *c, Cluster *k, const Phrase *p)
{
    const Token *t = c->r->tokens.v;
    if (p->role != ROLE_SUBJECT || p->kind == KIND_JOINT) return;
    int32_t v = p->verb;
    if (!str_eq(t[v].upos, S("NOUN"))) return;
    for (int32_t i = c->first_child[v]; i >= 0; i = c->next_child[i])
        if (str_eq(t[i].deprel, S("cop"))) {
            add_word(k->heads, &k->n_heads, CLUSTER_HEADS, t[v].lemma.n ? t[v].lemma : t[v].form);
            return;
        }
}

static void attach(Coref *c, int32_t i, int32_t cluster)
{
    Phrase *p = &c->phrases.v[i];
    cluster = coref_root(c, cluster);
    Cluster *k = &c->clusters.v[cluster];
    p->cluster = cluster;
    if (k->first < 0) k->first = i;
    k->last = i;
    if (!p->speech) k->last_told = i;
    k->n++;
    if (p->kind == KIND_NAME) k->n_names++, k->last_name = i;
    if (p->role == ROLE_SUBJECT) k->last_subject = i;
    if (k->sort == SORT_OPEN || (k->sort == SORT_THING && p->sort != SORT_OPEN && p->kind != KIND_PRONOUN)) k->sort = p->sort;
    if (k->gender == GENDER_OPEN && (k->sort == SORT_PERSON || k->sort == SORT_OPEN)) k->gender = p->gender;
    k->is_talker |= (p->pronoun == PRO_I || p->pronoun == PRO_YOU) && (!p->speech || p->is_self);
    if (p->kind == KIND_PRONOUN) k->is_plural |= p->pronoun == PRO_THEY, k->is_singular |= p->pronoun == PRO_HE || p->pronoun == PRO_SHE || p->pronoun == PRO_IT;
    else k->is_plural |= p->is_plural, k->is_singular |= !p->is_plural;
    learn_words(c, k, p);
    learn_predicate(c, k, p);
    raise(c, cluster);
}

static void merge(Coref *c, int32_t from, int32_t into)  /* the speaker was found behind his words */
{
    from = coref_root(c, from);
    into = coref_root(c, into);
    if (from == into || from < 0 || into < 0) return;
    Cluster *f = &c->clusters.v[from], *k = &c->clusters.v[into];
    if (f->entity >= 0) return;
    f->into = into;
    k->n += f->n;
    for (int i = 0; i < f->n_heads; i++) add_key(k->heads, &k->n_heads, CLUSTER_HEADS, f->heads[i]);
    for (int i = 0; i < f->n_modifiers; i++) add_key(k->modifiers, &k->n_modifiers, CLUSTER_MODIFIERS, f->modifiers[i]);
    if (k->gender == GENDER_OPEN && (k->sort == SORT_PERSON || k->sort == SORT_OPEN)) k->gender = f->gender;
    k->is_talker |= f->is_talker;
    if (k->gold == NONE) k->gold = f->gold;
    for (int32_t i = 0; i < c->recent.n; i++)
        if (c->recent.v[i] == from) {
            for (; i + 1 < c->recent.n; i++) c->recent.v[i] = c->recent.v[i + 1];
            c->recent.n--;
        }
}

bool coref_is_open(const Coref *c, int32_t i)
{
    const Phrase *p = &c->phrases.v[i];
    if (p->kind == KIND_NAME || p->kind == KIND_JOINT || p->kind == KIND_INDEFINITE) return false;
    return p->sort != SORT_TIME || p->kind == KIND_PRONOUN;
}

/* "I" in somebody's words. NONE: not settled by that. */
static int32_t cluster_of_speaker(Coref *c, int32_t i)
{
    const Phrase *p = &c->phrases.v[i];
    if ((p->pronoun != PRO_I && !p->is_self) || !p->speech) return NONE;
    Speech *s = &c->speeches.v[p->speech - 1];
    if (s->speaker < 0) return NONE;
    int32_t known = coref_root(c, c->phrases.v[s->speaker].cluster);
    if (known >= 0) return known;
    if (s->self < 0) {
        int32_t fresh = cluster_new(c, NONE);
        int32_t at = p->speech - 1, to = at + NEAR_SPEECHES < c->speeches.n ? at + NEAR_SPEECHES : c->speeches.n;
        for (int32_t k = at > NEAR_SPEECHES ? at - NEAR_SPEECHES : 0; k < to; k++)
            if (c->speeches.v[k].speaker == s->speaker && c->speeches.v[k].self < 0) c->speeches.v[k].self = fresh;
    }
    return s->self;
}

static void walk_one(Coref *c, int32_t i, Decide decide, void *with, int32_t *of_entity)
{
    Phrase *p = &c->phrases.v[i];
    int32_t cluster = NONE;
    if (p->joint >= 0 && c->phrases.v[p->joint].head == p->head) attach(c, p->joint, cluster_new(c, NONE));
    if (p->entity >= 0) {
        int32_t apposed = p->apposed >= 0 && p->apposed < i ? coref_root(c, c->phrases.v[p->apposed].cluster) : NONE;
        cluster = of_entity[p->entity];
        if (cluster < 0) {
            cluster = of_entity[p->entity] = cluster_new(c, p->entity);
            if (c->prominence[p->entity] < 2) c->most[c->prominence[p->entity]] = cluster;
        }
        bool is_same = apposed >= 0 && c->clusters.v[apposed].entity < 0 && c->phrases.v[p->apposed].kind != KIND_PRONOUN &&
                       (c->clusters.v[apposed].sort == p->sort || p->sort == SORT_OPEN || c->clusters.v[apposed].sort == SORT_THING);
        if (is_same && c->clusters.v[apposed].n == 1) merge(c, apposed, cluster);
    } else if (p->apposed >= 0 && p->apposed < i && p->kind != KIND_PRONOUN && c->phrases.v[p->apposed].cluster >= 0) {
        int32_t to = coref_root(c, c->phrases.v[p->apposed].cluster);
        learn_words(c, &c->clusters.v[to], p);           /* it is part of that phrase, and no mention of its own */
        if (c->clusters.v[to].gender == GENDER_OPEN && c->clusters.v[to].sort == SORT_PERSON) c->clusters.v[to].gender = p->gender;
        return;
    } else if (coref_is_open(c, i)) {
        int32_t country = coref_country(c, i), holder = coref_holder(c, i, country);
        if (holder >= 0 && of_entity[holder] < 0) of_entity[holder] = cluster_new(c, holder);
        cluster = holder >= 0 ? of_entity[holder] : cluster_of_speaker(c, i);
        if (cluster >= 0) {
            p->p = SURE;
        } else {
            Options o;
            coref_options(c, i, country, &o);
            cluster = o.v[decide(with, c, i, &o, &p->p)].cluster;
        }
    }
    attach(c, i, cluster >= 0 ? cluster : cluster_new(c, NONE));
}

/* Phrase → speeches that it speaks: those whose "I" came before it are his now. */
static void settle_speakers(Coref *c, int32_t i)
{
    for (int32_t s = c->first_speech[i]; s >= 0; s = c->next_speech[s])
        if (c->speeches.v[s].self >= 0) merge(c, c->speeches.v[s].self, c->phrases.v[i].cluster);
}

void coref_walk(Coref *c, Decide decide, void *with)
{
    int32_t *of_entity = arena_new(c->a, int32_t, c->r->entities.n + 1);
    for (int32_t i = 0; i < c->r->entities.n; i++) of_entity[i] = NONE;
    for (int32_t i = 0; i < c->phrases.n && c->phrases.v[i].kind != KIND_JOINT; i++) {
        walk_one(c, i, decide, with, of_entity);
        settle_speakers(c, i);
    }
}

Coref *coref_new(Arena *a, const Actors *actors, Record *r, const Words *w)
{
    Coref *c = arena_new(a, Coref, 1);
    c->a = a;
    c->r = r;
    c->w = w;
    c->actors = actors;
    c->most[0] = c->most[1] = NONE;
    coref_know_actors(c);
    coref_phrases(c);
    coref_speeches(c);
    return c;
}

void reading_coref(Arena *a, const Actors *actors, Record *r, bool puts_phrases)
{
    if (!r->tokens.n || r->tokens.v[0].head < 0 || !r->entities.n) return;
    Words w = words_of(a, r);
    Coref *c = coref_new(a, actors, r, &w);
    c->puts_phrases = puts_phrases;
    coref_walk(c, coref_by_weights, NULL);
    coref_put(c);
}
