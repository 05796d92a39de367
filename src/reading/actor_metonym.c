/* Metonyms: is "Strelsau" the government of Ruritania, or the place?
**
**  acts       "Strelsau rejected the plan", "talks with Strelsau", "Strelsau's position", "by Strelsau", "pressure on Strelsau"
**  the place  "went to Strelsau", "talks in Strelsau", "the streets of Strelsau", "Strelsau airport", "Strelsau, Ruritania", "shelled
**             Strelsau"
**
** The tree says how the name hangs in its sentence; data/reading/metonyms.tab says which neighbours mean a place. Where no tree
** was read, the words beside it must do. What nothing decides acts, for that is what papers use the name of a capital for; a name
** behind in, at, near is the place. Cost: a few look-ups a mention.
*/
#include "reading/actor_link.h"

#include "metonyms.h"

#include <string.h>

bool metonym_word(Str word, const char *kind)
{
    NameKey key = form_lower(word);
    int32_t at = table_find(metonyms, form_str(&key));
    for (; at >= 0 && at < metonyms_n && str_eq(metonyms_rows[at].word, form_str(&key)); at++)
        if (str_eq(metonyms_rows[at].kind, str_of(kind))) return true;
    return false;
}

static bool is_kind(const Link *l, int32_t token, const char *kind)
{
    if (token < 0 || token >= l->r->tokens.n) return false;
    const Token *t = &l->r->tokens.v[token];
    return metonym_word(t->lemma.n ? t->lemma : t->form, kind);
}

static bool rel_is(const Link *l, int32_t token, const char *rel)        /* "nsubj" is "nsubj:pass" too */
{
    Str have = l->r->tokens.v[token].deprel;
    return str_starts(have, str_of(rel)) && (have.n == (ptrdiff_t)strlen(rel) || have.p[strlen(rel)] == ':');
}

/* The preposition that hangs on this token: "in", "to"; empty. */
static Str case_of(const Link *l, int32_t token)
{
    const Tokens *t = &l->r->tokens;
    for (int32_t i = token - 1; i >= 0 && i >= token - 6 && t->v[i].sent == t->v[token].sent; i--)
        if (link_head(l, i) == token && rel_is(l, i, "case")) return link_form(l, i);
    return (Str){0};
}

static bool str_in(Str s, const char *list)
{
    const char *at = list;
    for (; (at = strchr(at, '|')) && at[1]; at++) {
        const char *end = strchr(at + 1, '|');
        if (end && str_eq_fold(s, (Str){at + 1, end - at - 1})) return true;
    }
    return false;
}

/* "Strelsau, Ruritania" is an address. */
static bool is_address(const Link *l, Span mention)
{
    int32_t i = link_token(l, mention.end);
    if (!link_is(l, i, "|,|")) return false;
    for (int32_t n = 3; n >= 1; n--) {
        if (i + n >= l->r->tokens.n) continue;
        Span s = {l->r->tokens.v[i + 1].span.begin, l->r->tokens.v[i + n].span.end};
        if (link_is(l, i + n + 1, "|,|.|)|") && actors_country(l->t, span_str(l->r->text, s)) >= 0 &&
            actors_find(l->t, span_str(l->r->text, s)).v[0].is & FORM_NAME)
            return !link_is(l, link_token(l, mention.begin) - 1, "|,|");       /* "Velia, Strelsau, Ruritania": a list */
    }
    return false;
}

static bool with_case(const Link *l, int32_t token, int32_t head, Str preposition)
{
    if (str_in(preposition, "|in|") && is_kind(l, head, "regard")) return true;          /* "an interest in Strelsau" */
    if (str_in(preposition, "|for|")) return !is_kind(l, head, "bound");      /* "left for Strelsau" */
    if (str_in(preposition, "|in|at|near|around|outside|inside|into|through|across|throughout|via|within|beyond|off|above|along|"
                            "beneath|under|amid|"))
        return false;
    if (str_in(preposition, "|to|toward|towards|from|")) {
        if (is_kind(l, head, "motion")) return false;
        for (int32_t i = head + 1; i < token; i++)         /* "a visit by the envoys to Strelsau" hangs on the envoys */
            if (is_kind(l, i, "motion") && link_head(l, i) == head) return false;
        return !is_kind(l, head, "site");
    }
    if (str_in(preposition, "|on|against|over|upon|")) return !is_kind(l, head, "strike") && !is_kind(l, head, "motion");
    if (str_in(preposition, "|of|")) return !is_kind(l, head, "site") && !is_kind(l, head, "motion");
    return true;
}

static bool as_dependent(const Link *l, int32_t token)
{
    int32_t head = link_head(l, token);
    Str preposition = case_of(l, token);
    if (rel_is(l, token, "nsubj") || rel_is(l, token, "csubj")) preposition = (Str){0};   /* "for Strelsau to act" */
    if (preposition.n && !link_is(l, token + 1, "|'s|\xE2\x80\x99s|") && !rel_is(l, token, "nmod:poss"))
        return with_case(l, token, head, preposition);
    if (head < 0) return true;
    Str behind = token + 1 < l->r->tokens.n ? l->r->tokens.v[token + 1].xpos : (Str){0};
    if (rel_is(l, token, "compound") && str_in(behind, "|VBN|VBD|") && !link_is(l, token + 1, "|based|born|made|led|"))
        return true;                           /* "after Strelsau blocked supplies", read as blocked supplies */
    if (rel_is(l, token, "nmod:poss") || rel_is(l, token, "compound") || rel_is(l, token, "amod"))
        return rel_is(l, token, "nmod:poss") ? !is_kind(l, head, "site") || is_kind(l, head, "act") : is_kind(l, head, "act") && !is_kind(l, head, "site");
    if (rel_is(l, token, "obj") || rel_is(l, token, "nsubj:pass")) return !is_kind(l, head, "strike");
    if (rel_is(l, token, "nsubj")) return !is_kind(l, head, "site");
    if (rel_is(l, token, "obl") || rel_is(l, token, "advmod")) return false;          /* an adverbial without a preposition */
    return true;
}

static bool by_words(const Link *l, int32_t from, int32_t to)
{
    int32_t before = from - 1;
    if (link_is(l, before, "|the|")) before--;
    if (link_is(l, to, "|'s|\xE2\x80\x99s|")) return !is_kind(l, to + 1, "site");
    if (link_is(l, before, "|in|at|near|around|outside|inside|into|through|across|throughout|via|to|from|")) return false;
    if (is_kind(l, to, "site")) return false;
    return !is_kind(l, before, "strike");
}

bool metonym_acts(const Link *l, Span mention)
{
    int32_t from, to, token = link_outer(l, mention, &from, &to);
    if (token < 0 || is_address(l, mention)) return false;
    if (link_is(l, to, "|,|") && link_is(l, to + 1, "|where|")) return false;
    if (link_is(l, to, "|where|") || link_is(l, from - 1, "|capital|city|")) return false;
    if (!l->has_trees) return by_words(l, from, to);
    for (int32_t steps = 0; steps < 16 && (rel_is(l, token, "conj") || rel_is(l, token, "appos")) && !case_of(l, token).n; steps++) {
        int32_t head = link_head(l, token);              /* "Velia and Strelsau": as the first of them */
        if (head < 0 || !str_in(l->r->tokens.v[head].upos, "|PROPN|NOUN|PRON|")) break;
        token = head;
    }
    return as_dependent(l, token);
}

bool metonym_is_part(const Link *l, Span mention)
{
    int32_t from, to, token = link_outer(l, mention, &from, &to);
    if (token < 0 || !l->has_trees) return false;
    int32_t head = link_head(l, token);
    bool glued = head >= 0 && (rel_is(l, token, "compound") || rel_is(l, token, "flat")) && head >= to && head <= to + 2;
    if (!glued || !str_in(l->r->tokens.v[head].upos, "|PROPN|")) return false;
    Str s = link_form(l, head);
    ptrdiff_t at = 0;
    return s.n && utf8_is_upper(utf8_next(s, &at)) && !is_kind(l, head, "act");
}
