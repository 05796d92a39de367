/* Options: what a phrase may speak of, and what is known of each.
**
**  in:  "she", and the clusters last spoken of: Ito (a woman, subject of the sentence before), the guild, the port, …
**  out: an option for each and one for somebody new, with features: the same gender; one sentence back; a subject; named four times; …
**
** A feature is a template with the class of the phrase ("he" and "she" are one class, "the minister" is another) and what the template saw, put into
** one of 2^15 places by its hash: no list of features is kept. What the features ask is known since Hobbs (1978) and Lappin and Leass
** (1994): nearness, subjects before objects, the same role, agreement; and for nouns since Raghunathan et al. (2010): the same head, no word in the
** one that contradicts the other.
**
** Left out, and never asked: what is of another gender, a phrase within itself ("the head of his office": not his), the speaker as "he" in his own words.
**
** Always: option 0 is the new one. Cost: at most RECENT + 2 options of FEATURES features.
*/
#include "reading/coref.h"

#include <assert.h>
#include <string.h>

typedef struct { Option *o; int32_t class; } Asking;

static void add(Asking *x, uint32_t template, uint64_t value)
{
    if (x->o->n == FEATURES) return;
    x->o->v[x->o->n++] = (uint16_t)(model_feature(template * 16 + (uint32_t)x->class, value) >> (64 - WEIGHT_BITS));
}

enum { CLASS_I, CLASS_WE, CLASS_YOU, CLASS_HE, CLASS_IT, CLASS_THEY, CLASS_PROPER, CLASS_DEFINITE, CLASS_DEMONSTRATIVE, CLASS_OWNED, CLASS_BARE };
static int32_t class_of(const Phrase *p)
{
    switch (p->pronoun) {
    case PRO_I: return CLASS_I;
    case PRO_WE: return CLASS_WE;
    case PRO_YOU: return CLASS_YOU;
    case PRO_HE: case PRO_SHE: return CLASS_HE;
    case PRO_IT: return CLASS_IT;
    case PRO_THEY: return CLASS_THEY;
    default: break;
    }
    switch (p->kind) {
    case KIND_PROPER: return CLASS_PROPER;
    case KIND_DEFINITE: return CLASS_DEFINITE;
    case KIND_DEMONSTRATIVE: return CLASS_DEMONSTRATIVE;
    case KIND_OWNED: return CLASS_OWNED;
    default: return CLASS_BARE;
    }
}

static uint32_t steps(int32_t n)               /* 0 1 2 3 4-5 6-8 9-14 15-29 30- */
{
    return n <= 3 ? (uint32_t)(n < 0 ? 0 : n) : n <= 5 ? 4 : n <= 8 ? 5 : n <= 14 ? 6 : n <= 29 ? 7 : 8;
}

static bool has_key(const uint32_t *v, int n, uint32_t key)
{
    for (int i = 0; i < n; i++)
        if (v[i] == key) return true;
    return false;
}

static uint32_t head_key(const Coref *c, const Phrase *p)
{
    const Token *t = &c->r->tokens.v[p->head];
    return coref_word_key(t->lemma.n ? t->lemma : t->form);
}

/* Of the phrase's modifiers: 0 none, 1 all known to the cluster, 2 some, 3 not one. */
static uint32_t modifiers_met(const Coref *c, const Phrase *p, const Cluster *k)
{
    const Token *t = c->r->tokens.v;
    uint32_t met = 0, not_met = 0;
    for (int32_t i = p->from; i < p->to && i < p->from + 12; i++) {
        if (i == p->head || t[i].form.n < 2 || (!str_eq(t[i].upos, S("NOUN")) && !str_eq(t[i].upos, S("ADJ")) && !str_eq(t[i].upos, S("PROPN")) &&
            !str_eq(t[i].upos, S("NUM")))) continue;
        uint32_t key = coref_word_key(t[i].form);
        if (has_key(k->modifiers, k->n_modifiers, key) || has_key(k->heads, k->n_heads, key)) met++;
        else not_met++;
    }
    return !met && !not_met ? 0 : !not_met ? 1 : met ? 2 : 3;
}

/* "the Velm company": Velm hangs from the noun. */
static bool holds_name(const Coref *c, const Phrase *p, int32_t cluster)
{
    for (int32_t k = c->first_child[p->head]; k >= 0 && k < p->head; k = c->next_child[k]) {
        int32_t at = str_eq(c->r->tokens.v[k].deprel, S("compound")) ? c->phrase_at[k] : NONE;
        if (at >= 0 && c->phrases.v[at].entity >= 0 && coref_root(c, c->phrases.v[at].cluster) == cluster) return true;
    }
    return false;
}

static bool same_words(const Coref *c, const Phrase *p, const Phrase *q)
{
    const Token *t = c->r->tokens.v;
    if (p->to - p->from != q->to - q->from) return false;
    for (int32_t i = 0; i < p->to - p->from; i++)
        if (!str_eq_fold(t[p->from + i].form, t[q->from + i].form)) return false;
    return true;
}

/* Can a noun of one sort speak of a thing of another? A minister is no country, a country no person. */
static bool may_be(Sort noun, Sort thing)
{
    bool is_person = noun == SORT_PERSON, is_place = noun == SORT_LAND || noun == SORT_PLACE;
    if (is_person) return thing == SORT_PERSON || thing == SORT_OPEN || thing == SORT_THING;
    if (is_place) return thing != SORT_PERSON && thing != SORT_PEOPLE;
    return (noun != SORT_BODY && noun != SORT_TIME) || thing != SORT_PERSON;
}

/* ---- what can be ruled out --------------------------------------------------------------------------------------- */
/* Is the cluster spoken of by name, noun or "he" in the words that phrase i says? Whoever speaks says "I" of himself. */
static bool is_spoken_of(const Coref *c, int32_t i, int32_t cluster)
{
    enum { SPEECHES = 4, PHRASES = 64 };       /* looked through before the phrase */
    int32_t s = c->first_speech[i];
    for (int32_t n = 0; s >= 0 && n < SPEECHES; n++, s = c->next_speech[s]) {
        if (c->speeches.v[s].is_turn) continue;
        for (int32_t k = i - 1; k >= 0 && i - k < PHRASES; k--) {
            const Phrase *q = &c->phrases.v[k];
            bool of_self = q->pronoun == PRO_I || q->pronoun == PRO_WE || q->pronoun == PRO_YOU;
            if (q->speech == s + 1 && !of_self && coref_root(c, q->cluster) == cluster) return true;
        }
    }
    return false;
}

static int32_t speaker_of(const Coref *c, const Phrase *p)
{
    if (!p->speech || c->speeches.v[p->speech - 1].speaker < 0) return NONE;
    return coref_root(c, c->phrases.v[c->speeches.v[p->speech - 1].speaker].cluster);
}

static bool is_possible(const Coref *c, int32_t i, int32_t cluster, int32_t country)
{
    const Phrase *p = &c->phrases.v[i];
    const Cluster *k = &c->clusters.v[cluster];
    const Phrase *last = &c->phrases.v[k->last];
    if (coref_is_foreign(c, k->entity, country)) return false;
    if (p->gender != GENDER_OPEN && k->gender != GENDER_OPEN && p->gender != k->gender) return false;
    if (last->from <= p->from && p->to <= last->to && last->kind != KIND_PRONOUN && k->last != i &&
        !(p->kind == KIND_PRONOUN && c->r->tokens.v[p->head].span.begin > c->r->tokens.v[last->head].span.begin)) return false;
    if ((p->pronoun == PRO_HE || p->pronoun == PRO_SHE) && k->sort != SORT_PERSON && k->sort != SORT_OPEN && k->sort != SORT_THING) return false;
    bool talks = (p->pronoun == PRO_I || p->pronoun == PRO_YOU) && c->talk != TALK_DIALOGUE && !p->speech;
    if (talks && k->entity >= 0 && !k->is_talker) return false;      /* the author's "I" is nobody whom the text names */
    bool is_third = p->pronoun == PRO_NONE || p->pronoun >= PRO_HE;
    if (is_third && p->speech && !c->speeches.v[p->speech - 1].is_turn && k->sort == SORT_PERSON && speaker_of(c, p) == cluster) return false;
    if (!p->speech && k->sort == SORT_PERSON && is_spoken_of(c, i, cluster)) return false;
    if (p->kind != KIND_PRONOUN && !may_be(p->sort, k->sort)) return false;
    if (p->pronoun == PRO_IT && k->sort == SORT_PERSON && k->gender != GENDER_OPEN) return false;
    return true;
}

/* The mention to be compared with: for the author's words the last in the author's words, if there is one. */
static const Phrase *mention_before(const Coref *c, const Phrase *p, const Cluster *k)
{
    return &c->phrases.v[!p->speech && k->last_told >= 0 ? k->last_told : k->last];
}

/* ---- features ------------------------------------------------------------------------------------------------------ */
static void ask_new(const Coref *c, int32_t i, Asking *x)
{
    const Phrase *p = &c->phrases.v[i];
    add(x, 1, 0);
    add(x, 2, p->role);
    add(x, 3, (uint64_t)(p->is_owner + 2 * p->is_reflexive + 4 * p->is_plural));
    add(x, 4, p->sort);
    add(x, 5, (uint64_t)(p->has_clause + 2 * p->has_of + 4 * p->has_modifier));
    add(x, 6, steps(i / 4));
    add(x, 7, (uint64_t)((p->speech != 0) + 2 * c->talk));
    add(x, 8, (uint64_t)(p->to - p->from > 4 ? 4 : p->to - p->from));
    add(x, 9, steps(c->recent.n));
    if (p->kind != KIND_PRONOUN) add(x, 10, head_key(c, p));
    add(x, 11, (uint64_t)(p->kind * 32 + p->sort * 2) + p->is_plural);
    if (p->pronoun == PRO_IT || p->pronoun == PRO_THEY || p->pronoun == PRO_YOU || p->pronoun == PRO_WE) {
        const Token *v = &c->r->tokens.v[p->verb];
        add(x, 12, coref_word_key(v->lemma.n ? v->lemma : v->form) * 16u + (uint32_t)p->role);
    }
}

/* Gender: 0 open on one side, 1 the same; number: 0 fits, 1 one is plural only, 2 the other way. */
static uint32_t agreement(const Phrase *p, const Cluster *k)
{
    uint32_t gender = p->gender != GENDER_OPEN && p->gender == k->gender;
    bool plural = p->is_plural, asks = p->pronoun != PRO_YOU;
    uint32_t number = !asks ? 3 : plural == k->is_plural && plural != k->is_singular ? 0 : plural && k->is_singular && !k->is_plural ? 1
                      : !plural && k->is_plural && !k->is_singular ? 2 : 3;
    return gender * 4 + number;
}

static void ask_place(const Coref *c, int32_t i, int32_t cluster, int32_t rank, int32_t rank_fit, Asking *x)
{
    const Phrase *p = &c->phrases.v[i];
    const Cluster *k = &c->clusters.v[cluster];
    const Phrase *q = mention_before(c, p, k);
    uint32_t sents = steps(p->sent - q->sent), agree = agreement(p, k);
    uint32_t named = k->entity >= 0 ? (k->n_names ? 2 : 1) : 0;
    bool is_subject = q->role == ROLE_SUBJECT, same_verb = q->verb == p->verb && q->sent == p->sent;
    add(x, 20, 0);
    add(x, 21, sents);
    add(x, 22, steps(rank));
    add(x, 23, sents * 16u + (uint32_t)q->role);
    add(x, 24, (uint64_t)q->kind * 8 + q->pronoun);
    add(x, 25, ((uint64_t)q->kind * 8 + q->pronoun) * 16 + sents);
    add(x, 26, (uint64_t)k->sort * 8 + named);
    add(x, 27, (uint64_t)p->sort * 16 + k->sort);
    add(x, 28, agree);
    add(x, 29, agree * 256u + k->sort * 8u + named);
    add(x, 30, steps(rank_fit) * 16 + sents);
    add(x, 31, steps(k->n) * 4 + named);
    add(x, 32, steps(k->all_names));
    add(x, 33, (uint64_t)q->role * 16 + p->role);
    add(x, 34, ((uint64_t)q->role * 16 + p->role) * 16 + (sents > 2 ? 2 : sents));
    add(x, 35, (uint64_t)same_verb * 4 + (uint64_t)p->is_reflexive * 2 + p->is_owner);
    add(x, 36, steps(p->paragraph - q->paragraph));
    add(x, 37, (uint64_t)(p->is_first + 2 * is_subject + 4 * (q->is_first)) * 4 + (sents > 2 ? 2 : sents));
    add(x, 38, q->pronoun == p->pronoun && p->pronoun ? 1 + sents : 0);
    add(x, 39, k->last_subject >= 0 ? 1 + steps(p->sent - c->phrases.v[k->last_subject].sent) : 0);
    add(x, 40, k->last_name >= 0 ? 1 + steps(p->sent - c->phrases.v[k->last_name].sent) : 0);
    add(x, 41, (uint64_t)(q->joint >= 0) + 2 * (q->kind == KIND_JOINT));
    add(x, 42, (sents * 16 + steps(rank_fit)) * 64 + (is_subject ? 32 : 0) + agree);
    add(x, 43, (steps(k->n) * 16 + sents) * 4 + named);
    add(x, 44, steps(rank_fit) * 16 + steps(k->n));
    add(x, 45, (uint64_t)(k->gender != GENDER_OPEN) * 4 + (p->pronoun == PRO_SHE));
}

static void ask_speech(const Coref *c, int32_t i, int32_t cluster, Asking *x)
{
    const Phrase *p = &c->phrases.v[i];
    const Cluster *k = &c->clusters.v[cluster];
    const Phrase *q = mention_before(c, p, k);
    const Speech *s = p->speech ? &c->speeches.v[p->speech - 1] : NULL;
    int32_t speaker = s && s->speaker >= 0 ? coref_root(c, c->phrases.v[s->speaker].cluster) : NONE;
    if (s && speaker < 0) speaker = coref_root(c, s->self);
    uint32_t is_speaker = s ? 1 + (speaker == cluster) : 0;
    const Speech *t = q->speech ? &c->speeches.v[q->speech - 1] : NULL;
    uint32_t where = p->speech == q->speech ? (p->speech ? 1 : 0) : !p->speech ? 2 : !q->speech ? 3 : s->speaker >= 0 && t->speaker == s->speaker ? 4 : 5;
    uint32_t spoke = t && t->speaker >= 0 && s != t ? 1 + (coref_root(c, c->phrases.v[t->speaker].cluster) == cluster) : 0;
    bool asks = c->paragraph_asks[p->paragraph], asked = c->paragraph_asks[q->paragraph];
    bool same_paragraph = p->paragraph == q->paragraph;
    add(x, 60, is_speaker * 8 + (s && s->is_turn ? 4 : 0) + (p->pronoun == PRO_THEY));
    add(x, 61, where);
    add(x, 62, where * 64 + (uint64_t)q->kind * 8 + q->pronoun);
    add(x, 63, spoke);
    if (p->kind == KIND_PRONOUN && p->pronoun <= PRO_YOU) {
        uint64_t talk = (uint64_t)c->talk + 3 * asks + 6 * asked + 12 * same_paragraph;
        uint32_t place = k->entity >= 0 ? 1 + steps(c->prominence[k->entity]) : 0;
        add(x, 68, ((uint64_t)c->talk * 16 + place) * 4 + (uint64_t)asks * 2 + (p->speech != 0));
        add(x, 69, ((uint64_t)c->talk * 16 + place) * 16 + q->pronoun);
        add(x, 70, ((uint64_t)c->talk * 16 + place) * 16 + steps(k->all_names));
        add(x, 64, (talk * 16 + q->pronoun) * 16 + where);
        add(x, 65, talk * 16 + steps(k->all_names));
        add(x, 66, (talk * 16 + q->pronoun) * 16 + steps(p->paragraph - q->paragraph));
        add(x, 67, ((uint64_t)k->sort * 8 + (k->entity >= 0)) * 8 + is_speaker);
    }
}

static void ask_words(const Coref *c, int32_t i, int32_t cluster, Asking *x)
{
    const Phrase *p = &c->phrases.v[i];
    const Cluster *k = &c->clusters.v[cluster];
    if (p->kind == KIND_PRONOUN) return;
    const Phrase *q = mention_before(c, p, k), *first = &c->phrases.v[k->first];
    uint32_t key = head_key(c, p), sents = steps(p->sent - q->sent);
    bool head = has_key(k->heads, k->n_heads, key), modifier = !head && has_key(k->modifiers, k->n_modifiers, key);
    bool last_head = q->kind != KIND_PRONOUN && head_key(c, q) == key, first_head = first->kind != KIND_PRONOUN && head_key(c, first) == key;
    bool exact = last_head && same_words(c, p, q), exact_first = first_head && same_words(c, p, first);
    uint32_t met = modifiers_met(c, p, k), fit = (uint32_t)head * 2 + modifier, named = k->entity >= 0;
    if (named && holds_name(c, p, cluster)) add(x, 89, (uint64_t)p->sort * 16 + k->sort);
    add(x, 80, fit * 4 + met);
    add(x, 81, (fit * 4 + met) * 16 + sents);
    add(x, 82, (uint64_t)exact * 2 + exact_first);
    add(x, 83, ((uint64_t)(exact || exact_first) * 16 + sents) * 2 + named);
    add(x, 84, (uint64_t)key * 16 + k->sort);
    add(x, 85, ((uint64_t)p->sort * 16 + k->sort) * 32 + fit * 8 + met * 2 + named);
    add(x, 86, (uint64_t)(last_head + 2 * first_head) * 64 + fit * 16 + (p->is_plural == q->is_plural) * 2 + named);
    add(x, 87, (uint64_t)(p->has_clause + 2 * p->has_of) * 32 + fit * 8 + met * 2 + named);
    add(x, 88, ((uint64_t)p->sort * 16 + k->sort) * 256 + steps(k->all_names) * 16 + (head ? 15 : sents));
}

static void add_option(const Coref *c, int32_t i, int32_t cluster, int32_t country, int32_t rank, int32_t *fits, Options *o)
{
    if (!is_possible(c, i, cluster, country)) return;
    const Phrase *p = &c->phrases.v[i];
    const Cluster *k = &c->clusters.v[cluster];
    uint32_t agree = agreement(p, k) & 3;
    bool is_fit = (agree == 0 || agree == 3) && (p->kind != KIND_PRONOUN || p->sort == SORT_OPEN || p->sort == k->sort || k->sort == SORT_OPEN ||
                  (p->sort == SORT_THING && k->sort != SORT_PERSON));
    Option *to = &o->v[o->n++];
    Asking x = {to, class_of(p)};
    to->cluster = cluster;
    to->n = 0;
    ask_place(c, i, cluster, rank, is_fit ? *fits : *fits + 4, &x);
    ask_speech(c, i, cluster, &x);
    ask_words(c, i, cluster, &x);
    *fits += is_fit;
}

void coref_options(const Coref *c, int32_t i, int32_t country, Options *o)
{
    Asking x = {&o->v[0], class_of(&c->phrases.v[i])};
    int32_t fits = 0;
    o->n = 1;
    o->v[0].cluster = NONE;
    o->v[0].n = 0;
    ask_new(c, i, &x);
    for (int32_t rank = 0; rank < c->recent.n; rank++) add_option(c, i, c->recent.v[rank], country, rank, &fits, o);
    if (c->phrases.v[i].pronoun < PRO_I || c->phrases.v[i].pronoun > PRO_YOU || c->talk == TALK_NONE) return;
    for (int32_t k = 0; k < 2; k++) {          /* who was named long ago may still be the one who talks */
        bool is_there = c->most[k] < 0;
        for (int32_t at = 0; at < c->recent.n && !is_there; at++) is_there = c->recent.v[at] == c->most[k];
        if (!is_there) add_option(c, i, c->most[k], country, RECENT, &fits, o);
    }
    assert(o->n <= RECENT + 3 && "every option is one of the clusters last spoken of, or new");
}
