/* Names that the model overlooked and the table knows.
**
**  "… Anton Dosk arrived. (Dosk is now also premier.)"     → the second Dosk too, since the document names him elsewhere
**  "the 2028 Ruritania election"                           → Ruritania, for the form is a country's and nobody else's
**
** Only where little can go wrong: words that the tagger calls names, with a capital, in no name so far, and no other name right
** beside them. A single word must be a country's, an acronym's, or somebody's whom the document names elsewhere; a weak form always
** needs that. Cost: a few look-ups for each such word.
*/
#include "reading/actor_link.h"

enum { RUN = 6, ACRONYM_LEAST = 3 };           /* tokens of a name; letters of an acronym that is enough alone */

typedef struct { const Link *l; const bool *is_named; bool *covered; } Missed;

static bool has_capital(Str s)
{
    ptrdiff_t at = 0;
    return s.n > 0 && utf8_is_upper(utf8_next(s, &at));
}

static bool is_upper(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    return s.n >= 2;
}

static bool is_name_token(const Missed *m, int32_t i)
{
    if (i < 0 || i >= m->l->r->tokens.n || m->covered[i]) return false;
    const Token *t = &m->l->r->tokens.v[i];
    return has_capital(link_form(m->l, i)) && (!t->upos.n || str_eq(t->upos, S("PROPN")));
}

static void cover(Missed *m)
{
    const Record *r = m->l->r;
    for (int32_t i = 0; i < r->entities.n; i++)
        for (int32_t k = 0; k < r->entities.v[i].mentions.n; k++) {
            Span s = r->entities.v[i].mentions.v[k].span;
            if (r->entities.v[i].mentions.v[k].kind != MENTION_NAME) continue;
            for (int32_t at = link_token(m->l, s.begin); at < r->tokens.n && r->tokens.v[at].span.begin < s.end; at++)
                m->covered[at] = true;
        }
}

/* A shouted line ("LET US GO") has no acronyms. */
static bool is_shouted(const Missed *m, int32_t i)
{
    int32_t others = 0;
    for (int32_t k = i - 2; k <= i + 2; k++)
        if (k != i && k >= 0 && k < m->l->r->tokens.n && m->l->r->tokens.v[k].sent == m->l->r->tokens.v[i].sent)
            others += is_upper(link_form(m->l, k));
    return others > 0;
}

static bool stands_alone(const Missed *m, int32_t from, int32_t to)      /* no other name right beside it */
{
    int32_t sent = m->l->r->tokens.v[from].sent;
    bool left = from > 0 && m->l->r->tokens.v[from - 1].sent == sent && is_name_token(m, from - 1);
    bool right = to < m->l->r->tokens.n && m->l->r->tokens.v[to].sent == sent && is_name_token(m, to);
    return !left && !right;
}

/* The entry that these tokens surely name, or NONE. */
static int32_t sure_of(const Missed *m, int32_t from, int32_t to)
{
    const Link *l = m->l;
    Str form = span_str(l->r->text, (Span){l->r->tokens.v[from].span.begin, l->r->tokens.v[to - 1].span.end});
    ActorHits hits = actors_find(l->t, form);
    int32_t found = NONE;
    for (int32_t k = 0; k < hits.n && k < 16; k++) {
        const ActorHit *h = &hits.v[k];
        int kind = l->t->actors[h->actor].kind;
        bool named = m->is_named[h->actor], weak = h->is & FORM_WEAK, several = str_find(form, S(" ")) > 0;
        if (!(h->is & FORM_NAME) || kind == ACTOR_AGENT || kind == ACTOR_DAY || kind == ACTOR_POST) continue;
        bool sure = named || (!weak && (several ? kind != ACTOR_PLACE : kind == ACTOR_COUNTRY));
        sure |= !weak && !several && kind == ACTOR_ORG && is_upper(form) && form.n >= ACRONYM_LEAST && !is_shouted(m, from);
        if (is_upper(form) && is_shouted(m, from)) sure = false;
        if (!sure && weak) continue;           /* a weak form of somebody else does not stand in the way */
        if (!sure || (found >= 0 && found != h->actor)) return NONE;
        found = h->actor;
    }
    bool country = found >= 0 && l->t->actors[found].kind == ACTOR_COUNTRY;
    return found >= 0 && (country || to - from > 1 || stands_alone(m, from, to)) ? found : NONE;
}

void link_missed(Link *l, const bool *is_named, void (*found)(Link *l, Span span, int32_t actor))
{
    const Tokens *t = &l->r->tokens;
    Missed m = {l, is_named, arena_new(l->a, bool, t->n + 1)};
    cover(&m);
    for (int32_t i = 0; i < t->n;) {
        int32_t actor = NONE, to = i;
        if (is_name_token(&m, i)) {
            while (to < t->n && to < i + RUN && t->v[to].sent == t->v[i].sent && !m.covered[to]) to++;
            for (; to > i; to--)
                if (is_name_token(&m, to - 1) && (actor = sure_of(&m, i, to)) >= 0) break;
        }
        if (actor >= 0) found(l, (Span){t->v[i].span.begin, t->v[to - 1].span.end}, actor);
        i = actor >= 0 ? to : i + 1;
    }
}
