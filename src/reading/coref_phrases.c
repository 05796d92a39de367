/* Phrases: what in a text may speak of somebody or something.
**
** "Russian Foreign Minister Ito, who had met his counterpart, said the ministry would answer."
**  in:  tokens with heads and relations; entities from names
**  out: Russian Foreign Minister Ito, who had met his counterpart (name, subject) · his (pronoun) · his counterpart (owned) ·
**       the ministry (definite)
**
** A phrase is a noun or a pronoun with all that hangs from it and describes it: articles, adjectives, what it is of, clauses with "who", what stands in
** apposition, and its 's; not what is joined to it by "and", and not the preposition before it. That is the noun phrase of OntoNotes (Pradhan
** et al. 2007). Two that are joined are a phrase besides, for "they" may mean both. A predicate ("he is the mayor") is no phrase of its
** own: it describes the subject, and says so to the cluster.
**
** Always: phrases come in the order of their heads; a token heads one phrase at most; none lies in furniture. Cost: linear in the tokens.
*/
#include "reading/coref.h"

#include "given.h"
#include "nouns.h"
#include "titles.h"

#include <math.h>
#include <string.h>

enum { LEMMA_MAX = 32 };

static const Token *token(const Coref *c, int32_t i) { return &c->r->tokens.v[i]; }
static bool rel_is(const Coref *c, int32_t i, const char *rel)
{
    Str d = token(c, i)->deprel;
    ptrdiff_t n = (ptrdiff_t)strlen(rel);
    return d.n >= n && memcmp(d.p, rel, (size_t)n) == 0 && (d.n == n || d.p[n] == ':');
}
static bool upos_is(const Coref *c, int32_t i, const char *upos) { return str_eq(token(c, i)->upos, str_of(upos)); }
static bool has_feat(const Coref *c, int32_t i, const char *feat) { return str_find(token(c, i)->feats, str_of(feat)) >= 0; }

static Str lower(Str s, char out[LEMMA_MAX])
{
    if (s.n > LEMMA_MAX) return (Str){0};
    for (ptrdiff_t i = 0; i < s.n; i++) out[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 32 : s.p[i]);
    return (Str){out, s.n};
}
uint32_t coref_word_key(Str s)
{
    uint32_t h = 2166136261u;                  /* FNV-1a over lower case */
    for (ptrdiff_t i = 0; i < s.n; i++) {
        uint8_t b = (uint8_t)s.p[i];
        h = (h ^ (b >= 'A' && b <= 'Z' ? b | 32u : b)) * 16777619u;
    }
    return h ? h : 1;
}

/* ---- the tree ------------------------------------------------------------------------------------------------- */
static void grow_tree(Coref *c)
{
    int32_t n = c->r->tokens.n, sent_begin = 0;
    c->head = arena_new(c->a, int32_t, n + 1);
    c->first_child = arena_new(c->a, int32_t, n + 1);
    c->next_child = arena_new(c->a, int32_t, n + 1);
    c->low = arena_new(c->a, int32_t, n + 1);
    c->high = arena_new(c->a, int32_t, n + 1);
    c->phrase_at = arena_new(c->a, int32_t, n + 1);
    int32_t *waiting = arena_new(c->a, int32_t, n + 1), *ready = arena_new(c->a, int32_t, n + 1), n_ready = 0;
    for (int32_t i = 0; i < n; i++) {
        const Token *t = token(c, i);
        if (i && t->sent != t[-1].sent) sent_begin = i;
        c->head[i] = t->head > 0 ? sent_begin + t->head - 1 : NONE;
        c->first_child[i] = c->next_child[i] = c->phrase_at[i] = NONE;
        c->low[i] = c->high[i] = i;
    }
    for (int32_t i = n - 1; i >= 0; i--) {
        int32_t h = c->head[i];
        if (h < 0) continue;
        c->next_child[i] = c->first_child[h];
        c->first_child[h] = i;
        waiting[h]++;
    }
    for (int32_t i = 0; i < n; i++)
        if (!waiting[i]) ready[n_ready++] = i;
    for (int32_t k = 0; k < n_ready; k++) {    /* leaves first */
        int32_t i = ready[k], h = c->head[i];
        if (h < 0) continue;
        if (c->low[i] < c->low[h]) c->low[h] = c->low[i];
        if (c->high[i] > c->high[h]) c->high[h] = c->high[i];
        if (--waiting[h] == 0) ready[n_ready++] = h;
    }
}

static int32_t child_with(const Coref *c, int32_t i, const char *rel)
{
    for (int32_t k = c->first_child[i]; k >= 0; k = c->next_child[k])
        if (rel_is(c, k, rel)) return k;
    return NONE;
}

/* ---- extents -------------------------------------------------------------------------------------------------- */
static bool belongs(const Coref *c, int32_t i, int32_t h, bool is_predicate)
{
    static const char *const never[] = {"conj", "cc", "punct", "mark", "cop", "nsubj", "csubj", "aux", "expl", "discourse", "parataxis", "vocative",
                                        "dislocated", "orphan", "reparandum", "list"};
    for (size_t k = 0; k < sizeof never / sizeof *never; k++)
        if (rel_is(c, i, never[k])) return false;
    if (rel_is(c, i, "case")) return i > h;
    bool of_clause = rel_is(c, i, "advmod") || rel_is(c, i, "obl") || rel_is(c, i, "advcl") || rel_is(c, i, "obj") || rel_is(c, i, "xcomp") ||
                     rel_is(c, i, "ccomp");
    if (of_clause && is_predicate) return false;
    return !rel_is(c, i, "advcl");
}

static bool is_closing(Str s) { return str_eq(s, S(")")) || str_eq(s, S("]")) || str_eq(s, S("”")) || str_eq(s, S("''")); }
static bool is_opening(Str s) { return str_eq(s, S("(")) || str_eq(s, S("[")) || str_eq(s, S("“")) || str_eq(s, S("``")); }

static int32_t open_marks(const Coref *c, int32_t from, int32_t to)
{
    int32_t open = 0;
    for (int32_t i = from; i < to; i++) open += is_opening(token(c, i)->form) - is_closing(token(c, i)->form);
    return open;
}

static void extent(const Coref *c, int32_t h, int32_t *from, int32_t *to)
{
    bool is_predicate = child_with(c, h, "cop") >= 0;
    int32_t lo = h, hi = h;
    for (int32_t k = c->first_child[h]; k >= 0; k = c->next_child[k]) {
        if (!belongs(c, k, h, is_predicate)) continue;
        if (c->low[k] < lo) lo = c->low[k];
        if (c->high[k] > hi) hi = c->high[k];
    }
    while (lo < h && upos_is(c, lo, "PUNCT") && !is_opening(token(c, lo)->form)) lo++;
    int32_t sent = token(c, h)->sent, n = c->r->tokens.n;
    if (hi + 1 < n && token(c, hi + 1)->sent == sent && is_closing(token(c, hi + 1)->form) && open_marks(c, lo, hi + 1) > 0) hi++;
    while (hi > h && upos_is(c, hi, "PUNCT") && !(is_closing(token(c, hi)->form) && open_marks(c, lo, hi + 1) >= 0)) hi--;
    while (lo < h && is_opening(token(c, lo)->form) && open_marks(c, lo, hi + 1) > 0) lo++;
    *from = lo;
    *to = hi + 1;
}

/* ---- what kind of phrase --------------------------------------------------------------------------------------- */
static Pronoun pronoun_of(Str form, bool *owner)
{
    static const struct { const char *form; Pronoun p; bool owner; } rows[] = {
        {"i", PRO_I, 0}, {"me", PRO_I, 0}, {"my", PRO_I, 1}, {"mine", PRO_I, 0}, {"myself", PRO_I, 0},
        {"we", PRO_WE, 0}, {"us", PRO_WE, 0}, {"our", PRO_WE, 1}, {"ours", PRO_WE, 0}, {"ourselves", PRO_WE, 0}, {"'s", PRO_WE, 0},
        {"you", PRO_YOU, 0}, {"your", PRO_YOU, 1}, {"yours", PRO_YOU, 0}, {"yourself", PRO_YOU, 0}, {"yourselves", PRO_YOU, 0},
        {"he", PRO_HE, 0}, {"him", PRO_HE, 0}, {"his", PRO_HE, 1}, {"himself", PRO_HE, 0},
        {"she", PRO_SHE, 0}, {"her", PRO_SHE, 1}, {"hers", PRO_SHE, 0}, {"herself", PRO_SHE, 0},
        {"it", PRO_IT, 0}, {"its", PRO_IT, 1}, {"itself", PRO_IT, 0},
        {"they", PRO_THEY, 0}, {"them", PRO_THEY, 0}, {"their", PRO_THEY, 1}, {"theirs", PRO_THEY, 0}, {"themselves", PRO_THEY, 0},
        {"'em", PRO_THEY, 0}, {"em", PRO_THEY, 0}};
    char low[LEMMA_MAX];
    Str s = lower(form, low);
    for (size_t k = 0; k < sizeof rows / sizeof *rows && s.n && s.n <= 10; k++)
        if (str_eq(s, str_of(rows[k].form))) {
            *owner = rows[k].owner;
            return rows[k].p;
        }
    return PRO_NONE;
}

static GramRole role_of(const Coref *c, int32_t h)
{
    static const struct { const char *rel; GramRole role; } rows[] = {
        {"nsubj", ROLE_SUBJECT}, {"csubj", ROLE_SUBJECT}, {"obj", ROLE_OBJECT}, {"iobj", ROLE_OBJECT}, {"obl", ROLE_OBLIQUE},
        {"nmod:poss", ROLE_OWNER}, {"nmod", ROLE_OF}, {"compound", ROLE_PART}, {"flat", ROLE_PART}, {"appos", ROLE_APPOSITION},
        {"conj", ROLE_JOINED}, {"vocative", ROLE_CALLED}, {"root", ROLE_PREDICATE}, {"ccomp", ROLE_PREDICATE}, {"xcomp", ROLE_PREDICATE}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (rel_is(c, h, rows[k].rel)) return rows[k].role;
    return ROLE_OTHER;
}

static void sort_of_noun(Str lemma, Phrase *p)
{
    char low[LEMMA_MAX];
    Str key = lower(lemma, low);
    int32_t at = key.n ? table_find(nouns, key) : -1;
    if (at < 0) {
        int32_t title = key.n ? table_find(titles, key) : -1;
        p->sort = title >= 0 && !str_eq(titles_rows[title].kind, S("modifier")) ? SORT_PERSON : SORT_THING;
        if (p->sort == SORT_THING && key.n > 4 && !p->is_plural && (str_ends(key, S("ian")) || str_ends(key, S("ist")) || str_ends(key, S("man"))))
            p->sort = SORT_PERSON;
    } else {
        static const struct { const char *kind; Sort sort; } kinds[] = {{"person", SORT_PERSON}, {"people", SORT_PEOPLE}, {"group", SORT_GROUP},
            {"body", SORT_BODY}, {"land", SORT_LAND}, {"place", SORT_PLACE}, {"time", SORT_TIME}};
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (str_eq(nouns_rows[at].kind, str_of(kinds[k].kind))) p->sort = kinds[k].sort;
        Str gender = nouns_rows[at].gender;
        p->gender = str_eq(gender, S("m")) ? GENDER_HE : str_eq(gender, S("f")) ? GENDER_SHE : GENDER_OPEN;
    }
    if (p->sort == SORT_PERSON && p->is_plural) p->sort = SORT_PEOPLE, p->gender = GENDER_OPEN;
    if (p->sort == SORT_PEOPLE) p->is_plural = true;
}

static Sort sort_of_entity(EntityType type)
{
    return type == ENTITY_PER ? SORT_PERSON : type == ENTITY_ORG ? SORT_BODY : type == ENTITY_GPE ? SORT_LAND : type == ENTITY_LOC ? SORT_PLACE
           : type == ENTITY_MISC ? SORT_WORK : SORT_OPEN;
}

/* What a title before it or a given name says; names that both bear say nothing. */
static Gender gender_of_name(const Coref *c, const Phrase *p)
{
    char low[LEMMA_MAX];
    for (int32_t i = p->from; i < p->to && token(c, i)->span.begin < p->name.begin; i++) {
        Str s = lower(token(c, i)->form, low);
        if (str_eq(s, S("mr")) || str_eq(s, S("mr.")) || str_eq(s, S("sir")) || str_eq(s, S("lord"))) return GENDER_HE;
        if (str_eq(s, S("mrs")) || str_eq(s, S("mrs.")) || str_eq(s, S("ms")) || str_eq(s, S("ms.")) || str_eq(s, S("miss")) ||
            str_eq(s, S("madam")) || str_eq(s, S("madame")) || str_eq(s, S("dame")) || str_eq(s, S("lady"))) return GENDER_SHE;
        int32_t noun = s.n ? table_find(nouns, s) : -1;
        if (noun >= 0 && nouns_rows[noun].gender.n == 1 && nouns_rows[noun].gender.p[0] != '-' && token(c, i)->xpos.n != 3)
            return nouns_rows[noun].gender.p[0] == 'm' ? GENDER_HE : GENDER_SHE;
    }
    int32_t i = p->from;
    while (i < p->to && token(c, i)->span.begin < p->name.begin) i++;
    if (i >= p->to) return GENDER_OPEN;
    int32_t at = table_find(given, token(c, i)->form);
    if (at < 0) return GENDER_OPEN;
    return str_eq(given_rows[at].gender, S("m")) ? GENDER_HE : str_eq(given_rows[at].gender, S("f")) ? GENDER_SHE : GENDER_OPEN;
}

static PhraseKind kind_of_noun(const Coref *c, const Phrase *p)
{
    PhraseKind kind = upos_is(c, p->head, "PROPN") ? KIND_PROPER : KIND_BARE;
    for (int32_t k = c->first_child[p->head]; k >= 0; k = c->next_child[k]) {
        if (rel_is(c, k, "nmod:poss")) return KIND_OWNED;
        if (!rel_is(c, k, "det")) continue;
        char low[LEMMA_MAX];
        Str s = lower(token(c, k)->form, low);
        if (str_eq(s, S("the"))) {
            if (kind != KIND_PROPER) kind = KIND_DEFINITE;
        } else if (str_eq(s, S("this")) || str_eq(s, S("that")) || str_eq(s, S("these")) || str_eq(s, S("those"))) {
            kind = KIND_DEMONSTRATIVE;
        } else if (kind != KIND_DEFINITE) {
            kind = KIND_INDEFINITE;
        }
    }
    return kind;
}

static int32_t verb_of(const Coref *c, int32_t h)
{
    int32_t i = h;
    for (int32_t steps = 0; steps < 12 && c->head[i] >= 0 && (rel_is(c, i, "conj") || rel_is(c, i, "appos") || rel_is(c, i, "flat")); steps++) i = c->head[i];
    return c->head[i] >= 0 ? c->head[i] : i;
}

static void describe(Coref *c, Phrase *p)
{
    int32_t h = p->head;
    p->sent = token(c, h)->sent;
    p->role = role_of(c, h);
    p->is_plural = p->is_plural || str_eq(token(c, h)->xpos, S("NNS")) || str_eq(token(c, h)->xpos, S("NNPS"));
    p->verb = verb_of(c, h);
    p->has_clause = child_with(c, h, "acl") >= 0;
    p->has_of = child_with(c, h, "nmod") >= 0 && !(child_with(c, h, "nmod:poss") >= 0 && child_with(c, h, "nmod") == child_with(c, h, "nmod:poss"));
    p->has_modifier = child_with(c, h, "amod") >= 0 || child_with(c, h, "compound") >= 0;
    p->cluster = p->joint = p->apposed = NONE;
    p->p = (double)NAN;
}

/* ---- finding them ---------------------------------------------------------------------------------------------- */
static bool is_noun_head(const Coref *c, int32_t i)
{
    if (!upos_is(c, i, "NOUN") && !upos_is(c, i, "PROPN")) return false;
    return !rel_is(c, i, "flat") && !rel_is(c, i, "compound") && !rel_is(c, i, "fixed") && !rel_is(c, i, "goeswith") && !rel_is(c, i, "nmod:desc") &&
           !rel_is(c, i, "reparandum") && child_with(c, i, "cop") < 0;
}

static Phrase *add(Coref *c, int32_t head)
{
    Phrase *p = push(c->a, &c->phrases);
    p->head = head;
    p->entity = NONE;
    p->name = SPAN_NONE;
    c->phrase_at[head] = c->phrases.n - 1;
    return p;
}

static void add_pronoun(Coref *c, int32_t i, Pronoun pronoun, bool owner)
{
    Phrase *p = add(c, i);
    p->from = i;
    p->to = i + 1;
    p->kind = KIND_PRONOUN;
    p->pronoun = pronoun;
    p->is_plural = pronoun == PRO_WE || pronoun == PRO_THEY;
    describe(c, p);
    p->is_owner = owner && (rel_is(c, i, "nmod:poss") || !str_eq(token(c, i)->xpos, S("PRP")));
    p->is_reflexive = has_feat(c, i, "Reflex=Yes");
    p->gender = pronoun == PRO_HE ? GENDER_HE : pronoun == PRO_SHE ? GENDER_SHE : GENDER_OPEN;
    p->sort = pronoun == PRO_IT ? SORT_THING : pronoun == PRO_THEY || pronoun == PRO_WE ? SORT_OPEN : SORT_PERSON;
}

static void add_noun(Coref *c, int32_t i)
{
    Phrase *p = add(c, i);
    extent(c, i, &p->from, &p->to);
    describe(c, p);
    p->kind = kind_of_noun(c, p);
    sort_of_noun(token(c, i)->lemma.n ? token(c, i)->lemma : token(c, i)->form, p);
}

static void add_name(Coref *c, int32_t i, int32_t entity, Span name, bool is_whole)
{
    Phrase *p = add(c, i);
    p->entity = entity;
    p->name = name;
    if (is_whole) {
        extent(c, i, &p->from, &p->to);
    } else {
        p->from = p->to = i;
        while (p->from > 0 && token(c, p->from - 1)->span.begin >= name.begin) p->from--;
        while (p->to < c->r->tokens.n && token(c, p->to)->span.end <= name.end) p->to++;
    }
    describe(c, p);
    p->kind = KIND_NAME;
    p->sort = sort_of_entity(c->r->entities.v[entity].type);
    p->gender = p->sort == SORT_PERSON || p->sort == SORT_OPEN ? gender_of_name(c, p) : GENDER_OPEN;
    p->is_plural = p->is_plural && p->sort != SORT_LAND && p->sort != SORT_BODY;
}

/* "Ito and the mayor": where i has something joined to it, a phrase over all of them; it stands at no token of its own. */
static void add_joint(Coref *c, int32_t first)
{
    int32_t h = c->phrases.v[first].head, from = c->phrases.v[first].from, to = c->phrases.v[first].to, n = 0;
    for (int32_t k = c->first_child[h]; k >= 0; k = c->next_child[k]) {
        int32_t at = rel_is(c, k, "conj") ? c->phrase_at[k] : NONE;
        if (at < 0 || c->phrases.v[at].kind == KIND_JOINT) continue;
        if (c->phrases.v[at].to > to) to = c->phrases.v[at].to;
        n++;
    }
    if (!n) return;
    Phrase one = c->phrases.v[first];
    Phrase *p = push(c->a, &c->phrases);
    int32_t joint = c->phrases.n - 1;
    *p = one;
    p->kind = KIND_JOINT;
    p->entity = NONE;
    p->name = SPAN_NONE;
    p->from = from;
    p->to = to;
    p->is_plural = true;
    p->gender = GENDER_OPEN;
    p->sort = one.sort == SORT_PERSON ? SORT_PEOPLE : one.sort;
    p->joint = NONE;
    c->phrases.v[first].joint = joint;
    for (int32_t k = c->first_child[h]; k >= 0; k = c->next_child[k]) {
        int32_t at = rel_is(c, k, "conj") ? c->phrase_at[k] : NONE;
        if (at >= 0) c->phrases.v[at].joint = joint;
    }
}

typedef struct { Span span; int32_t entity; } Named;
/* The tokens of names: name_at[token] is 1 + its index. All mentions of the entities are names here. */
static Named *names_of(Coref *c, int32_t *name_at, int32_t *n_names)
{
    Names names = names_by_place(c->a, c->r);
    Named *out = arena_new(c->a, Named, names.n + 1);
    for (int32_t i = 0, at = 0; i < names.n; i++) {
        out[i] = (Named){names.v[i].span, names.v[i].entity};
        while (at < c->r->tokens.n && token(c, at)->span.end <= names.v[i].span.begin) at++;
        for (int32_t k = at; k < c->r->tokens.n && token(c, k)->span.begin < names.v[i].span.end; k++) name_at[k] = i + 1;
    }
    *n_names = names.n;
    return out;
}

/* The token that heads the phrase of a name: the one of its words whose head lies outside; from a word of a flat name or a title on to what it
** hangs from. *is_whole: the phrase around that head speaks of the named one. */
static int32_t head_of_name(const Coref *c, const int32_t *name_at, int32_t i, bool *is_whole)
{
    int32_t name = name_at[i], h = i;
    for (int32_t steps = 0; steps < 64 && c->head[h] >= 0 && name_at[c->head[h]] == name; steps++) h = c->head[h];
    *is_whole = true;
    while (rel_is(c, h, "flat") && c->head[h] >= 0 && !name_at[c->head[h]] &&
           (upos_is(c, c->head[h], "PROPN") || upos_is(c, c->head[h], "NOUN"))) h = c->head[h];
    if (rel_is(c, h, "flat") || rel_is(c, h, "fixed")) *is_whole = false;
    return h;
}

void coref_phrases(Coref *c)
{
    const Record *r = c->r;
    grow_tree(c);
    int32_t n_names = 0, *name_at = arena_new(c->a, int32_t, r->tokens.n + 1);
    Named *names = names_of(c, name_at, &n_names);
    int32_t *heads = arena_new(c->a, int32_t, r->tokens.n + 1), paragraph = 0;       /* head → 1 + name */
    bool *whole = arena_new(c->a, bool, r->tokens.n + 1);
    for (int32_t i = 0; i < r->tokens.n; i++) {
        if (!name_at[i] || (i && name_at[i - 1] == name_at[i])) continue;
        bool is_whole;
        int32_t h = head_of_name(c, name_at, i, &is_whole);
        if (heads[h]) h = i, is_whole = false;
        heads[h] = name_at[i];
        whole[h] = is_whole;
    }
    int32_t furniture = 0, first = 0;
    for (int32_t i = 0; i < r->tokens.n; i++) {
        Span s = token(c, i)->span;
        while (furniture < r->boilerplate.n && r->boilerplate.v[furniture].span.end <= s.begin) furniture++;
        if (furniture < r->boilerplate.n && r->boilerplate.v[furniture].span.begin < s.end) continue;
        bool owner = false, is_pron = upos_is(c, i, "PRON");
        Pronoun pronoun = is_pron ? pronoun_of(token(c, i)->form, &owner) : PRO_NONE;
        if (heads[i]) add_name(c, i, names[heads[i] - 1].entity, names[heads[i] - 1].span, whole[i]);
        else if (pronoun && !rel_is(c, i, "expl") && !(has_feat(c, i, "PronType=Emp"))) add_pronoun(c, i, pronoun, owner);
        else if (!name_at[i] && is_noun_head(c, i)) add_noun(c, i);
        else continue;
        Phrase *p = &c->phrases.v[c->phrases.n - 1];
        while (paragraph < r->paragraphs.n && r->paragraphs.v[paragraph].end <= s.begin) paragraph++;
        p->paragraph = paragraph;
    }
    first = c->phrases.n;
    for (int32_t i = 0, sent = NONE; i < first; i++) {
        c->phrases.v[i].is_first = c->phrases.v[i].sent != sent;
        sent = c->phrases.v[i].sent;
        int32_t h = c->phrases.v[i].head;
        if (rel_is(c, h, "appos") && c->head[h] >= 0) c->phrases.v[i].apposed = c->phrase_at[c->head[h]];
    }
    for (int32_t i = 0; i < first; i++) {
        int32_t h = c->phrases.v[i].head;
        if (!(rel_is(c, h, "conj") && c->head[h] >= 0 && c->phrase_at[c->head[h]] >= 0) && c->phrases.v[i].kind != KIND_PRONOUN) add_joint(c, i);
    }
}
