/* Phrases: the land and the role of whoever a phrase speaks of, by name or not.
**
**  "a senior Ruritanian diplomat"              → XRU GOV, no entry: nobody knows which
**  "Velia's ambassador to Ruritania"           → XVE GOV: what stands behind "to" is somebody else's
**  "president of the Riksrat"                  → XVE LEG: what he presides over says his role
**  "a former Elphberg Palace official"         → XRU ELI
**  "Muslim leaders in Velia"                   → XVE REL: a plain noun of rank gives way to any other sign
**
** The phrase is cut into matches of the table, longest first: names, adjectives and peoples, nouns for roles (kind agent). The
** land is what stands before the head, else what the head is of or in. Nouns for roles come in three strengths: a noun that says
** it ("soldier"), an adjective that does ("Muslim", a form with @adj), and one that only ranks ("official", a ~weak form).
**
** Always: what is not said is empty. Cost: a look-up for each run of at most eight words, of at most 64 words.
*/
#include "reading/actor_inside.h"

#include "titles.h"

#include <string.h>

enum { PHRASE_WORDS = 64, RUN_WORDS = 8 };
typedef enum { STRENGTH_NONE, STRENGTH_RANK, STRENGTH_ADJ, STRENGTH_NOUN } Strength;

typedef struct { Str s; bool is_possessive, ends; } PhraseWord;     /* ends: a comma or bracket behind it */
typedef struct {
    int32_t from, to, actor;                   /* words; actor NONE: an agent noun, or nothing known */
    uint32_t is;
    ActorKind kind;
    Str code;                                  /* of an agent */
    bool is_agent;
} Match;
typedef struct {
    const Actors *t;
    int32_t day, n, n_matches;
    bool has_context;                          /* it may say whose: a weak form is not enough then */
    PhraseWord w[PHRASE_WORDS];
    Match m[PHRASE_WORDS];
} Phrase;

/* ---- words -------------------------------------------------------------------------------------------------------- */

static bool word_of(Str s, const char *list)   /* "|a|b|", without case */
{
    const char *at = list;
    for (; (at = strchr(at, '|')) && at[1]; at++) {
        const char *end = strchr(at + 1, '|');
        if (end && str_eq_fold(s, (Str){at + 1, end - at - 1})) return true;
    }
    return false;
}

static Str without_possessive(Str s, bool *is)
{
    static const Str tails[] = {{"'s", 2}, {"\xE2\x80\x99s", 4}, {"'S", 2}};
    *is = false;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (s.n > tails[i].n && str_ends(s, tails[i])) {
            *is = true;
            return str_sub(s, 0, s.n - tails[i].n);
        }
    for (int i = 0; i < 2; i++) {              /* "the allies' envoy" */
        Str mark = i ? S("\xE2\x80\x99") : S("'");
        if (s.n > mark.n + 1 && str_ends(s, mark) && s.p[s.n - mark.n - 1] == 's') {
            *is = true;
            return str_sub(s, 0, s.n - mark.n);
        }
    }
    return s;
}

static void add_word(Phrase *p, Str s)
{
    bool ends = false;
    while (s.n && strchr("\"(,;:[", s.p[0])) s = str_sub(s, 1, s.n);
    while (s.n && strchr("\"),;:]?!", s.p[s.n - 1])) ends = true, s.n--;
    if (s.n > 1 && s.p[s.n - 1] == '.' && s.n > 4) s.n--;
    if (p->n && (str_eq(s, S("'s")) || str_eq(s, S("\xE2\x80\x99s")) || str_eq(s, S("'")))) {      /* cut off as a token */
        p->w[p->n - 1].is_possessive = true;
        return;
    }
    if (!s.n || p->n == PHRASE_WORDS || word_of(s, "|-|--|")) return;
    PhraseWord *w = &p->w[p->n++];
    w->s = without_possessive(s, &w->is_possessive);
    w->ends = ends;
}

/* "Velian-backed", "ex-minister": forms of the table have a blank there, so each part is a word; a form that has a hyphen in the
** text is found all the same, for a run of words is asked as it stands. */
static void add_parts(Phrase *p, Str s)
{
    Str part;
    while (str_split(&s, '-', &part)) add_word(p, part);
}

static void cut_words(Phrase *p, Str text)
{
    Str rest = str_trim(text), word;
    while (str_split(&rest, ' ', &word)) {
        Str piece;
        while (str_split(&word, '\n', &piece)) add_parts(p, piece);
    }
}

static Str run_text(const Phrase *p, int32_t from, int32_t to)
{
    Str last = p->w[to - 1].s;
    return (Str){p->w[from].s.p, last.p + last.n - p->w[from].s.p};
}

static bool has_capital(Str s)
{
    for (ptrdiff_t i = 0; i < s.n;)
        if (utf8_is_upper(utf8_next(s, &i))) return true;
    return false;
}

/* ---- matches -------------------------------------------------------------------------------------------------------- */

/* The entry that a form most likely means: a strong one before a weak one, who is in office before who is not. */
static const ActorHit *likely(const Phrase *p, ActorHits hits)
{
    const ActorHit *best = NULL;
    int best_worth = -1;
    for (int32_t k = 0; k < hits.n && k < 64; k++) {
        const ActorHit *h = &hits.v[k];
        ActorKind kind = (ActorKind)p->t->actors[h->actor].kind;
        if (kind == ACTOR_AGENT || kind == ACTOR_POST || kind == ACTOR_DAY) continue;
        int worth = !(h->is & FORM_WEAK) * 8 + ((h->is & FORM_USERS) != 0) * 4 + (kind == ACTOR_COUNTRY) * 2 +
                    (kind == ACTOR_PERSON && actors_role_on(p->t, h->actor, p->day) >= 0);
        if (worth > best_worth) best = h, best_worth = worth;
    }
    return best;
}

static bool match_name(Phrase *p, int32_t from, int32_t to, Match *m)
{
    Str text = run_text(p, from, to);
    if (!has_capital(p->w[from].s) && !(to - from > 1 && has_capital(text))) return false;
    const ActorHit *h = likely(p, actors_find(p->t, text));
    int32_t articles = word_of(p->w[0].s, "|the|a|an|");
    if (!h || ((h->is & FORM_WEAK) && (p->has_context || to - from + articles < p->n))) return false;
    *m = (Match){from, to, h->actor, h->is, (ActorKind)p->t->actors[h->actor].kind, {0}, false};
    return true;
}

static bool match_agent(Phrase *p, int32_t from, int32_t to, Match *m)
{
    uint32_t is = 0;
    Str code = agent_code(p->t, run_text(p, from, to), &is);
    if (!code.n) return false;
    *m = (Match){from, to, NONE, is, ACTOR_AGENT, code, true};
    return true;
}

static bool breaks(const Phrase *p, int32_t from, int32_t to)     /* a run goes over no comma and no possessive */
{
    for (int32_t i = from; i + 1 < to; i++)
        if (p->w[i].ends) return true;
    return false;
}

static bool is_matched(const Phrase *p, int32_t word)
{
    for (int32_t k = 0; k < p->n_matches; k++)
        if (p->m[k].from <= word && word < p->m[k].to) return true;
    return false;
}

static bool is_title(Str s)
{
    NameKey key = form_lower(s);
    return table_find(titles, form_str(&key)) >= 0;
}

/* "Boyan Ito": a name that nobody knows swallows the known one at its end, or a person's at its begin. */
static bool is_swallowed(const Phrase *p, const Match *m)
{
    if (m->is_agent || (m->kind != ACTOR_PERSON && m->kind != ACTOR_PLACE)) return false;
    int32_t before = m->from - 1, behind = m->to;
    bool left = before >= 0 && has_capital(p->w[before].s) && !is_matched(p, before) && !p->w[before].is_possessive &&
                !p->w[before].ends && !is_title(p->w[before].s) &&
                !(before == 0 && word_of(p->w[0].s, "|the|a|an|"));
    bool right = m->kind == ACTOR_PERSON && behind < p->n && has_capital(p->w[behind].s) && !is_matched(p, behind) &&
                 !p->w[behind - 1].is_possessive && !p->w[behind - 1].ends;
    return left || right;
}

static void drop_swallowed(Phrase *p)
{
    int32_t n = 0;
    bool drop[PHRASE_WORDS];
    for (int32_t k = 0; k < p->n_matches; k++) drop[k] = is_swallowed(p, &p->m[k]);
    for (int32_t k = 0; k < p->n_matches; k++)
        if (!drop[k]) p->m[n++] = p->m[k];
    p->n_matches = n;
}

static void find_matches(Phrase *p)
{
    for (int32_t i = 0; i < p->n;) {
        int32_t to = i + RUN_WORDS < p->n ? i + RUN_WORDS : p->n;
        Match m = {0};
        for (; to > i; to--)
            if (!breaks(p, i, to) && (match_name(p, i, to, &m) || match_agent(p, i, to, &m))) break;
        if (to > i) p->m[p->n_matches++] = m;
        i = to > i ? to : i + 1;
    }
    drop_swallowed(p);
}

/* ---- the head ---------------------------------------------------------------------------------------------------------- */

static bool is_preposition(Str s)
{
    return word_of(s, "|of|in|from|at|to|for|with|on|against|near|by|outside|inside|within|across|over|under|about|between|"
                      "among|toward|towards|along|behind|who|which|that|whose|based|loyal|close|backed|belonging|affiliated|");
}

/* Words that count and do not say who: the head is what they are of. */
static bool is_quantity(const Phrase *p, int32_t to)
{
    for (int32_t i = 0; i < to; i++) {
        Str s = p->w[i].s;
        bool number = s.n && s.p[0] >= '0' && s.p[0] <= '9';
        if (!number && !word_of(s, "|a|an|the|at|least|more|than|about|some|several|many|most|all|both|one|two|three|four|five|six|"
                                   "seven|eight|nine|ten|dozens|dozen|hundreds|thousands|tens|scores|few|number|group|"
                                   "groups|majority|rest|part|large|small|other|others|another|any|each|none|half|number|"))
            return false;
    }
    return true;
}

static int32_t head_end(const Phrase *p, int32_t from)
{
    for (int32_t i = from; i < p->n; i++) {
        bool inside = false;                   /* of a match: "League of Harbours" */
        for (int32_t k = 0; k < p->n_matches; k++) inside |= p->m[k].from < i && i < p->m[k].to;
        if (!inside && i > from && (is_preposition(p->w[i].s) || p->w[i - 1].ends)) return i;
    }
    return p->n;
}

static Strength strength(const Match *m, Str roles)
{
    if (!roles.n) return STRENGTH_NONE;
    if (!m->is_agent) return STRENGTH_NOUN;
    if (str_eq(roles, S("ELI")) || str_eq(roles, S("CVL"))) return STRENGTH_RANK;         /* anybody may be one */
    return m->is & FORM_WEAK ? STRENGTH_RANK : m->is & FORM_ADJ ? STRENGTH_ADJ : STRENGTH_NOUN;
}

static Str match_code(const Phrase *p, const Match *m)
{
    if (m->is_agent) return m->code;
    int32_t actor = m->actor;
    if (m->kind == ACTOR_PLACE) {
        int32_t land = actors_land(p->t, actor, p->day);
        return actors_code_on(p->t, land, p->day);
    }
    return actors_code_on(p->t, actor, p->day);
}

typedef struct { Str land, role; Strength strength; int32_t actor; bool is_people, is_titled; } Sense;

/* One run of words between prepositions: the land that stands first, the role that is said most plainly, the last of equals. */
static Sense sense_of(const Phrase *p, int32_t from, int32_t to)
{
    Sense s = {.actor = NONE};
    for (int32_t k = 0; k < p->n_matches; k++) {
        const Match *m = &p->m[k];
        if (m->from < from || m->from >= to) continue;
        Str code = match_code(p, m), land = code_country(code), roles = code_roles(code);
        bool is_person = !m->is_agent && m->kind == ACTOR_PERSON;
        if (land.n && (!s.land.n || (is_person && !s.is_people))) s.land = land;
        s.is_people |= !m->is_agent && (m->is & FORM_PEOPLE) && m->to == to && !(m->is & FORM_ADJ && to - from > 1 && m->from > from);
        Strength now = strength(m, roles);
        if (m->is_agent && p->w[m->to - 1].is_possessive) now = STRENGTH_NONE;     /* "the soldiers' parents" are no soldiers */
        if (is_person && s.strength >= STRENGTH_RANK) s.is_titled = true, now = STRENGTH_NONE;   /* a title says it */
        if (now && now >= s.strength) s.role = roles, s.strength = now;
        if (!m->is_agent && m->to == to && (m->kind == ACTOR_PERSON || m->kind == ACTOR_ORG)) s.actor = m->actor;
    }
    return s;
}

static bool is_past(const Phrase *p, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++)
        if (word_of(p->w[i].s, "|former|ex|retired|late|onetime|one-time|erstwhile|ousted|deposed|outgoing|ex-president|"
                               "ex-minister|ex-premier|ex-official|ex-officials|") && !word_of(p->w[i].s, "|outgoing|"))
            return true;
    return false;
}

static bool leaves_elite(Str role)
{
    return code_has(role, "GOV") || code_has(role, "LEG") || code_has(role, "SPY") || code_has(role, "JUD") ||
           code_has(role, "MIL") || code_has(role, "COP");
}

/* What the head is of or in says the land where the head does not, and the role where the head only ranks. */
static void complete(const Phrase *p, int32_t at, Sense *s)
{
    while (at < p->n) {
        Str preposition = p->w[at].s;
        int32_t to = head_end(p, at + 1);
        bool of = word_of(preposition, "|of|"), in = word_of(preposition, "|in|from|at|near|inside|outside|within|across|based|");
        if (of || in || p->w[at - 1].ends) {
            Sense more = sense_of(p, word_of(preposition, "|of|") || in ? at + 1 : at, to);
            if (!s->land.n) s->land = more.land;
            if ((of || s->strength == STRENGTH_NONE) && more.strength > s->strength) s->role = more.role, s->strength = more.strength;
        }
        at = to;
    }
}

/* A name alone: the whole phrase is a form of the table. A place that acts is its government. */
static bool whole(const Phrase *p, ActorPhrase *out, Buf *code)
{
    if (p->n_matches != 1 || p->m[0].is_agent) return false;
    const Match *m = &p->m[0];
    int32_t skip = p->n && word_of(p->w[0].s, "|the|a|an|") ? 1 : 0;
    if (m->from > skip || m->to < p->n || !(m->is & FORM_NAME)) return false;
    int32_t stands = actors_stands(p->t, m->actor, p->day);
    out->actor = m->kind == ACTOR_PLACE && stands >= 0 ? stands : m->actor;
    Str whole_code = actors_code_on(p->t, out->actor, p->day);
    if (!whole_code.n) whole_code = match_code(p, m);
    buf_add(code, whole_code);
    return true;
}

static void put_code(Buf *b, Str word)
{
    if (b->n && word.n) buf_char(b, ' ');
    buf_add(b, word);
}

static Str land_in(const Actors *t, Str context, int32_t day)
{
    Phrase p = {.t = t, .day = day};
    cut_words(&p, context);
    find_matches(&p);
    for (int32_t k = 0; k < p.n_matches; k++) {
        Str land = p.m[k].is_agent ? (Str){0} : code_country(match_code(&p, &p.m[k]));
        if (land.n == 3 && p.m[k].kind != ACTOR_ORG) return land;
    }
    return (Str){0};
}

/* Of a body between states its family: IGOUNO → UNO, IGOXYZ → IGO. */
static Str family(Str country)
{
    if (str_eq(country, S("IGOUNO"))) return S("UNO");
    return country.n > 3 && str_starts(country, S("IGO")) ? str_sub(country, 0, 3) : country;
}

ActorPhrase actors_phrase(Arena *a, const Actors *t, Str text, Str context, int32_t day)
{
    ActorPhrase out = {.actor = NONE};
    Phrase *p = arena_new(a, Phrase, 1);
    Buf code = {.to = a};
    p->t = t, p->day = day, p->has_context = context.n > 0;
    cut_words(p, text);
    find_matches(p);
    if (!p->n) return out;
    if (!whole(p, &out, &code)) {
        int32_t from = 0, to = head_end(p, 0);
        while (to < p->n && is_quantity(p, to) && word_of(p->w[to].s, "|of|")) from = to + 1, to = head_end(p, from);
        Sense s = sense_of(p, from, to);
        complete(p, to, &s);
        if (!s.role.n && s.is_people) s.role = S("CVL");
        if (is_past(p, 0, to) && (leaves_elite(s.role) || (s.actor >= 0 && !s.role.n))) s.role = S("ELI");
        if (!s.land.n && context.n) s.land = land_in(t, context, day);
        out.actor = s.actor;
        put_code(&code, s.land);
        put_code(&code, s.role);
    }
    out.code = buf_str(&code);
    out.country = family(code_country(out.code));
    out.role = code_roles(out.code);
    return out;
}

/* ---- several in one phrase ------------------------------------------------------------------------------------------------ */

static bool is_joint(Str s) { return word_of(s, "|and|or|&|plus|versus|vs|"); }

/* Is this run an adjective or a land alone, with nothing that it belongs to? */
static bool is_bare_adj(const Actors *t, Str s)
{
    ActorHits hits = actors_find(t, s);
    for (int32_t k = 0; k < hits.n; k++)
        if (hits.v[k].is & FORM_ADJ) return true;
    return false;
}

static void add_member(Arena *a, Strs *members, Str s)
{
    s = str_trim(s);
    if (s.n) *push(a, members) = s;
}

/* "US-Ukraine": two lands by a hyphen or a dash. */
static bool add_hyphened(Arena *a, const Actors *t, Str s, Strs *members)
{
    static const Str dashes[] = {{"-", 1}, {"\xE2\x80\x93", 3}, {"/", 1}};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        ptrdiff_t at = str_find(s, dashes[i]);
        if (at <= 0) continue;
        Str left = str_trim(str_sub(s, 0, at)), right = str_trim(str_sub(s, at + dashes[i].n, s.n));
        ptrdiff_t blank = str_find(right, S(" "));
        Str first = blank < 0 ? right : str_sub(right, 0, blank);
        if (!actors_find(t, s).n && actors_country(t, left) >= 0 && actors_country(t, first) >= 0) {
            add_member(a, members, left);
            add_member(a, members, first);
            return true;
        }
    }
    return false;
}

/* "Ruritanian and Velian soldiers": the soldiers are both lands'. */
static void share_head(Arena *a, const Actors *t, Strs *members)
{
    if (members->n < 2) return;
    Str last = members->v[members->n - 1];
    for (ptrdiff_t i = last.n; i > 0; i--) {
        if (i < last.n && last.p[i] != ' ') continue;
        if (!is_bare_adj(t, str_sub(last, 0, i))) continue;
        Str head = str_trim(str_sub(last, i, last.n));
        for (int32_t k = 0; head.n && k < members->n - 1; k++)
            if (is_bare_adj(t, members->v[k])) members->v[k] = arena_printf(a, "%.*s %.*s", STR(members->v[k]), STR(head));
        return;
    }
}

Strs actors_members(Arena *a, const Actors *t, Str phrase)
{
    Strs members = {0};
    phrase = str_trim(phrase);
    if (actors_find(t, phrase).n || add_hyphened(a, t, phrase, &members)) {
        if (!members.n) add_member(a, &members, phrase);
        return members;
    }
    ptrdiff_t begin = 0;
    for (ptrdiff_t i = 0; i <= phrase.n;) {
        ptrdiff_t end = i;
        while (end < phrase.n && phrase.p[end] != ' ') end++;
        Str word = str_sub(phrase, i, end);
        bool comma = str_ends(word, S(","));
        if (is_joint(word)) {
            add_member(a, &members, str_sub(phrase, begin, i));
            begin = end;
        } else if (comma) {
            add_member(a, &members, str_sub(phrase, begin, end - 1));
            begin = end;
        }
        i = end + 1;
    }
    add_member(a, &members, str_sub(phrase, begin, phrase.n));
    share_head(a, t, &members);
    return members;
}
