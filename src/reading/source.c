/* Sources: the noun phrase beside a cue, and whose it is.
**
** "…, the Kremlin's envoy Ana Ruiz said"      source = the Kremlin's envoy Ana Ruiz, speaker = Ana Ruiz
** "…, said a spokesman for Ana Ruiz"          source = a spokesman for Ana Ruiz, no speaker: a spokesman is not she
** "After talks with Ruiz, the minister said"  source = the minister, no speaker yet: coreference comes later
**
** A wrong speaker is worse than none. So a phrase counts only where its borders are plain: a comma, a conjunction, the
** sentence's end, the quotation's mark. What hangs on a preposition ("a meeting with Ito said") is no source. A name is
** the speaker where it is the whole phrase, or its right end behind its own office ("minister Ito"), or its left end
** before what describes it ("Ito of the union", "Ito, the envoy,"), or the apposition of a role ("the envoy, Ito,").
*/
#include "reading/inside.h"

#include "sayers.h"
#include "titles.h"

#include <stdlib.h>

enum { PHRASE_MAX = 24, COMMAS_MAX = 4 };      /* words; commas: longer phrases are sentences */

static int names_order(const void *a, const void *b)
{
    const NameAt *x = a, *y = b;
    return x->span.begin < y->span.begin ? -1 : x->span.begin > y->span.begin ? 1 : x->entity - y->entity;
}

Names names_by_place(Arena *a, const Record *r)
{
    Names n = {0};
    for (int32_t e = 0; e < r->entities.n; e++)
        for (int32_t m = 0; m < r->entities.v[e].mentions.n; m++)
            if (r->entities.v[e].mentions.v[m].kind == MENTION_NAME)
                *push(a, &n) = (NameAt){r->entities.v[e].mentions.v[m].span, e};
    if (n.n) qsort(n.v, (size_t)n.n, sizeof n.v[0], names_order);
    return n;
}

/* ---- borders ---------------------------------------------------------------------------------------------- */

static bool is_calendar(const Words *w, int32_t i)
{
    bool is_short;
    return weekday_of(w, i) >= 0 || (month_of(w, i, &is_short) && !is_short) ||
           word_in(w, i, "|today|yesterday|tonight|");
}

/* May the word stand inside a noun phrase? */
static bool is_nounish(const Words *w, int32_t i)
{
    if (i < 0 || i >= w->n || is_calendar(w, i)) return false;
    if (word_has(w, i, WORD_PUNCT)) {
        if (word_in(w, i, "|-|–|'|’|'s|’s|&|")) return word_has(w, i, WORD_GLUED) || word_is(w, i, "&");
        return word_is(w, i, ".") && word_has(w, i, WORD_GLUED) && w->v[i - 1].span.end - w->v[i - 1].span.begin <= 2;
    }
    if (word_is(w, i, "'s") || word_has(w, i, WORD_DIGIT)) return true;
    if (word_has(w, i, WORD_CAP) && !word_has(w, i, WORD_FIRST)) return true;
    uint32_t g = grammar_of(w, i);
    if (g & IS_DET) return true;
    if (word_is(w, i, "of")) return true;
    if (g) return false;
    return !(is_adverb(w, i) && !word_has(w, i, WORD_CAP));
}

static bool is_pronoun(const Words *w, int32_t i)
{
    return (grammar_of(w, i) & IS_PRON) && !word_has(w, i, WORD_UPPER);
}

static bool is_subject_pronoun(const Words *w, int32_t i)
{
    return word_in(w, i, "|he|she|they|it|we|who|") || (word_is(w, i, "i") && word_has(w, i, WORD_CAP)) ||
           word_is(w, i, "you");
}

/* A role, so that "for" and "to" behind it still belong to the phrase ("adviser to", "spokesman for"). */
static bool is_role(const Words *w, int32_t i)
{
    Key k = word_key(w, i);
    return k.n && (table_find(sayers, key_str(&k)) >= 0 || table_find(titles, key_str(&k)) >= 0);
}

static bool joins_phrase(const Words *w, int32_t i)
{
    if (word_is(w, i, "for") || word_is(w, i, "to") || word_is(w, i, "from") || word_is(w, i, "at") ||
        word_is(w, i, "with") || word_is(w, i, "in"))
        return is_role(w, i - 1);
    return false;
}

static bool is_border(const Words *w, int32_t i, int32_t low)
{
    if (i < low) return true;
    if (word_has(w, i, WORD_STOP) || word_in(w, i, "|,|:|;|(|)|-|–|—|--|\"|“|”|‘|’|'|''|``|»|…|")) return true;
    uint32_t g = grammar_of(w, i);
    return (g & (IS_CONJ | IS_SUB)) != 0;
}

/* The phrase that ends before `end`, read to the left. from == end where its left border is not plain. */
static Source phrase_left(const Words *w, int32_t end, int32_t low)
{
    Source none = {end, end, false};
    int32_t k = end - 1;
    if (k < low) return none;
    if (is_subject_pronoun(w, k))
        return is_border(w, k - 1, low) || word_has(w, k, WORD_FIRST) ? (Source){k, end, false} : none;
    if (is_pronoun(w, k)) return none;
    bool joint = false;
    for (; k >= low && end - k <= PHRASE_MAX; k--) {
        if (!words_same_sentence(w, k, end - 1)) break;
        if (is_nounish(w, k) || joins_phrase(w, k)) {
            if (word_has(w, k, WORD_FIRST)) { k--; break; }
            continue;
        }
        if (word_has(w, k, WORD_FIRST | WORD_CAP) &&
            !grammar_has(w, k, IS_PREP | IS_SUB | IS_CONJ | IS_AUX | IS_ADV | IS_PRON)) {
            k--;
            break;
        }
        if (word_in(w, k, "|and|or|") && word_has(w, k - 1, WORD_CAP) && word_has(w, k + 1, WORD_CAP)) {
            joint = true;                      /* "Ruiz and Ito said": both, or the second alone: not plain */
            continue;
        }
        break;
    }
    int32_t from = k + 1;
    while (from < end && word_has(w, from, WORD_PUNCT)) from++;
    if (from >= end || end - from > PHRASE_MAX || word_in(w, from, "|of|'s|’s|")) return none;
    bool fresh = word_has(w, from, WORD_FIRST) || is_border(w, k, low) || !words_same_sentence(w, k, end - 1);
    bool has_core = false;
    for (int32_t i = from; i < end; i++) has_core |= word_has(w, i, WORD_CAP) || !grammar_of(w, i);
    if (!fresh || !has_core) return none;
    return (Source){from, end, joint};
}

static bool has_capital(const Words *w, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++)
        if (word_has(w, i, WORD_CAP)) return true;
    return false;
}

Source source_left(const Words *w, int32_t end, int32_t low)
{
    Source none = {end, end, false};
    if (end - 1 < low) return none;
    if (!word_is(w, end - 1, ",") && !word_is(w, end - 1, ")")) return phrase_left(w, end, low);
    Source best = none;
    bool bracket = word_is(w, end - 1, ")");
    int32_t commas = 0;                        /* "Ito, 54, head of the port, said": the phrase before an apposition */
    for (int32_t k = end - 2; k > low && end - k <= 2 * PHRASE_MAX && commas < COMMAS_MAX; k--) {
        if ((word_has(w, k, WORD_STOP) && !bracket) || !words_same_sentence(w, k, end - 1)) break;
        if (!word_is(w, k, ",") && !word_is(w, k, "(")) continue;
        commas++;
        Source s = phrase_left(w, k, low);
        bool person = s.from < s.to && (has_capital(w, s.from, s.to) || grammar_has(w, s.from, IS_DET));
        if (!person || word_in(w, k + 1, "|and|but|while|")) continue;
        bool aside = is_calendar(w, k + 1) || grammar_has(w, k + 1, IS_PREP | IS_SUB) ||
                     word_in(w, k + 1, "|last|this|next|") || str_ends(word_str(w, k + 1), S("ing"));
        Source whole = {s.from, aside ? k : bracket ? end : end - 1, s.is_joint};
        if (best.from >= best.to || s.from == low) best = whole;
        if (s.from == low || bracket) break;
    }
    return best;
}

/* The phrase that begins at `from`, read to the right: "said Ito", "according to the envoy, Ana Ito". */
Source source_right(const Words *w, int32_t from, int32_t high)
{
    int32_t k = from;
    bool joint = false;
    if (is_subject_pronoun(w, k)) return (Source){k, k + 1, false};
    for (; k < high && k - from < PHRASE_MAX && words_same_sentence(w, k, from); k++) {
        if (word_has(w, k, WORD_PUNCT) && !word_has(w, k, WORD_GLUED) && !word_is(w, k, "&")) break;
        Str s = word_str(w, k);
        bool participle =
            k > from && !word_has(w, k, WORD_CAP) && str_ends(s, S("ing")) && s.n > 5 && word_has(w, k - 1, WORD_CAP);
        if (participle) break;
        if (is_nounish(w, k) || joins_phrase(w, k)) continue;
        if (word_in(w, k, "|and|or|") && word_has(w, k - 1, WORD_CAP) && word_has(w, k + 1, WORD_CAP)) {
            joint = true;
            continue;
        }
        break;
    }
    while (k > from && (word_has(w, k - 1, WORD_PUNCT) || grammar_has(w, k - 1, IS_PREP | IS_CONJ)) &&
           !word_is(w, k - 1, "'s"))
        k--;
    bool has_core = false;
    for (int32_t i = from; i < k; i++) has_core |= word_has(w, i, WORD_CAP) || !grammar_of(w, i);
    if (!has_core) return (Source){from, from, false};
    if (!word_is(w, k, ",") || joint) return (Source){from, k, joint};
    int32_t end = k + 1; /* ", deputy head of the port," belongs to it where it is one plain phrase */
    while (end < high && end - k < PHRASE_MAX && words_same_sentence(w, end, from) &&
           (is_nounish(w, end) || (grammar_has(w, end, IS_PREP) && end > k + 1))) end++;
    bool closed = end > k + 1 && (word_is(w, end, ",") || word_has(w, end, WORD_STOP)) &&
                  !word_has(w, end, WORD_GLUED | WORD_LETTER);
    bool role = word_has(w, k + 1, WORD_CAP) || grammar_has(w, k + 1, IS_DET) || is_role(w, k + 1);
    for (int32_t i = k + 1; i < end; i++) {
        Str s = word_str(w, i);
        if (!word_has(w, i, WORD_CAP) && (str_ends(s, S("ing")) || str_ends(s, S("ed"))) && s.n > 4) closed = false;
    }
    return (Source){from, closed && role ? end : k, false};
}

/* ---- whose ------------------------------------------------------------------------------------------------- */

static int32_t first_name(const Words *w, const Names *names, int32_t from)
{
    int32_t byte = w->v[from].span.begin, lo = 0, hi = names->n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (names->v[mid].span.begin < byte) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

int32_t names_in(const Words *w, const Names *names, int32_t from, int32_t to, int32_t *first)
{
    if (from >= to || from < 0 || to > w->n) return 0;
    int32_t n = 0, end = w->v[to - 1].span.end;
    *first = first_name(w, names, from);
    while (*first + n < names->n && names->v[*first + n].span.end <= end) n++;
    return n;
}

static bool is_person(const Record *r, int32_t entity) { return r->entities.v[entity].type == ENTITY_PER; }

/* A person, or a name of several words that nothing says to be anything else. */
static bool may_speak(const Record *r, int32_t entity)
{
    const Entity *e = &r->entities.v[entity];
    return e->type == ENTITY_PER || (e->type == ENTITY_UNKNOWN && str_find(e->name, S(" ")) >= 0);
}

/* The head part of a phrase: up to its first comma or bracket. */
static int32_t head_end(const Words *w, Source s)
{
    for (int32_t i = s.from; i < s.to; i++)
        if (word_in(w, i, "|,|(|")) return i;
    return s.to;
}

/* What stands before a name at the right end must be its own office: no preposition, no "and", no bare owner. */
static bool is_right_end(const Words *w, const Record *r, int32_t from, int32_t name_from, int32_t entity)
{
    if (name_from == from) return true;
    int32_t i = name_from - 1;
    if (i == from && grammar_has(w, i, IS_DET)) return true;
    if (word_has(w, i, WORD_PUNCT) || word_is(w, i, "'s") || grammar_of(w, i)) {
        for (int32_t k = from; k < i; k++)     /* "Ruritania's Foreign Office", not "an official at the port's Office" */
            if (!word_has(w, k, WORD_CAP) && !grammar_has(w, k, IS_DET)) return false;
        return word_is(w, i, "'s") && !is_person(r, entity);
    }
    for (int32_t k = from; k < i; k++)
        if (word_in(w, k, "|to|with|from|at|in|for|") && !word_has(w, i, WORD_CAP)) return false;
    if (is_person(r, entity)) return true;
    return is_role(w, i) && !is_person(r, entity) && r->entities.v[entity].type == ENTITY_UNKNOWN;
}

int32_t source_speaker(const Words *w, const Record *r, const Names *names, Source s)
{
    if (s.from >= s.to || s.is_joint || is_pronoun(w, s.from)) return NONE;
    int32_t end = head_end(w, s), first = 0, n = names_in(w, names, s.from, end, &first);
    if (n > 0) {
        const NameAt *last = &names->v[first + n - 1], *one = &names->v[first];
        if (last->span.end == w->v[end - 1].span.end &&
            is_right_end(w, r, s.from, words_at(w, last->span.begin), last->entity)) return last->entity;
        int32_t behind = words_at(w, one->span.end);
        if (one->span.begin == w->v[s.from].span.begin && may_speak(r, one->entity) &&
            (behind >= end || word_in(w, behind, "|of|from|at|in|"))) return one->entity;
        for (int32_t i = 0; i < n; i++)
            if (is_person(r, names->v[first + i].entity) && names->v[first + i].span.end == w->v[end - 1].span.end)
                return NONE;
    }
    if (end >= s.to || !word_is(w, end, ",")) return NONE;
    int32_t stop = end + 1;                    /* "the envoy, Ana Ito,": the apposition is a name and nothing else */
    while (stop < s.to && !word_is(w, stop, ",")) stop++;
    if (names_in(w, names, end + 1, stop, &first) != 1) return NONE;
    const NameAt *name = &names->v[first];
    bool whole = name->span.begin == w->v[end + 1].span.begin && name->span.end == w->v[stop - 1].span.end;
    bool is_role_before = is_role(w, end - 1);
    return whole && (is_person(r, name->entity) || (is_role_before && may_speak(r, name->entity))) ? name->entity : NONE;
}

/* The head noun: the last plain word before "of", "for", "who" or a name in apposition. */
static int32_t head_noun(const Words *w, Source s, int32_t end)
{
    int32_t noun = -1;
    for (int32_t i = s.from; i < end; i++) {
        if (grammar_has(w, i, IS_PREP | IS_SUB | IS_PRON) && i > s.from) break;
        Key k = word_key(w, i);
        if (!word_has(w, i, WORD_CAP | WORD_GLUED) && k.n && table_find(sayers, key_str(&k)) >= 0) noun = i;
        else if (word_has(w, i, WORD_FIRST) && k.n && table_find(sayers, key_str(&k)) >= 0) noun = i;
    }
    return noun;
}

Sourcing source_sourcing(const Words *w, const Record *r, const Names *names, Source s, int32_t speaker)
{
    (void)r;
    if (s.from >= s.to || is_pronoun(w, s.from)) return SOURCING_UNKNOWN;
    if (speaker >= 0) return SOURCING_NAMED;
    int32_t noun = head_noun(w, s, head_end(w, s)), first;
    bool has_name = names_in(w, names, s.from, s.to, &first) > 0;
    if (noun < 0) return has_name ? SOURCING_NAMED : SOURCING_UNKNOWN;
    Key k = word_key(w, noun);
    Str kind = sayers_rows[table_find(sayers, key_str(&k))].kind;
    if (str_eq(kind, S("document"))) return SOURCING_DOCUMENT;
    if (str_eq(kind, S("body"))) return has_name ? SOURCING_NAMED : SOURCING_COLLECTIVE;
    if (str_eq(kind, S("group"))) return SOURCING_COLLECTIVE;
    if (str_eq(kind, S("unnamed"))) return SOURCING_UNNAMED;
    return word_in(w, s.from, "|a|an|one|another|") ? SOURCING_UNNAMED : SOURCING_UNKNOWN;
}
