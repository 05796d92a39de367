/* Speech: whose words a phrase stands in, so that "I" can be somebody.
**
** “We will open the port,” Minister Ito said. “I want it dry by June.”
**  out: both quotations are speeches of the phrase "Minister Ito"; "We", "I" stand in them, "Minister Ito" does not
**
** A quotation is somebody's where a verb of saying stands outside of it in one of its sentences, with a subject: the nearest one. A quotation without
** such a verb goes on with the one before it in the same paragraph. A turn of a transcript is spoken by the name that opens it. What stands in
** quotation marks and is short, without a pronoun, is no matter here: only I, we and you ask.
**
** Always: a phrase stands in one speech at most, the innermost. Cost: linear; a verb is looked for in REACH tokens to each side.
*/
#include "reading/coref.h"

#include "cues.h"

#include <stdlib.h>

enum { REACH = 48, CUE_MAX = 24 };

static const Token *token(const Coref *c, int32_t i) { return &c->r->tokens.v[i]; }

static int32_t token_at(const Coref *c, int32_t byte)    /* the first that ends behind this byte */
{
    int32_t lo = 0, hi = c->r->tokens.n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (token(c, mid)->span.end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static bool is_saying(const Coref *c, int32_t i)
{
    const Token *t = token(c, i);
    char low[CUE_MAX];
    if (!str_eq(t->upos, S("VERB")) || t->form.n > CUE_MAX) return false;
    for (ptrdiff_t k = 0; k < t->form.n; k++) low[k] = (char)(t->form.p[k] >= 'A' && t->form.p[k] <= 'Z' ? t->form.p[k] | 32 : t->form.p[k]);
    return table_find(cues, ((Str){low, t->form.n})) >= 0;
}

/* Who does what the verb says: its subject; or, of a verb that is joined to another, the other's. */
static int32_t subject_of(const Coref *c, int32_t verb)
{
    for (int32_t steps = 0; steps < 3; steps++) {
        for (int32_t k = c->first_child[verb]; k >= 0; k = c->next_child[k])
            if (str_starts(token(c, k)->deprel, S("nsubj")) && c->phrase_at[k] >= 0) return c->phrase_at[k];
        if (!str_eq(token(c, verb)->deprel, S("conj")) || c->head[verb] < 0) break;
        verb = c->head[verb];
    }
    return NONE;
}

static bool is_inside(const Quotations *q, int32_t from, int32_t to, Span s)   /* some quotation of [from, to) holds it */
{
    for (int32_t k = from; k < to; k++)
        if (q->v[k].outer.begin <= s.begin && s.end <= q->v[k].outer.end) return true;
    return false;
}

/* The nearest verb of saying beside a quotation, in the sentences that it touches. */
static int32_t speaker_beside(const Coref *c, const Quotations *q, int32_t at)
{
    Span outer = q->v[at].outer;
    int32_t first = token_at(c, outer.begin), behind = token_at(c, outer.end), n = c->r->tokens.n;
    int32_t low = at > 2 ? at - 2 : 0, high = at + 3 < q->n ? at + 3 : q->n;
    if (first >= n) return NONE;
    int32_t first_sent = token(c, first)->sent, last_sent = token(c, behind > first ? behind - 1 : first)->sent;
    for (int32_t d = 1; d <= REACH; d++) {
        int32_t right = behind + d - 1, left = first - d;
        if (right < n && token(c, right)->sent <= last_sent + 1 && (token(c, right)->sent == last_sent || d <= 8) && is_saying(c, right) &&
            !is_inside(q, low, high, token(c, right)->span)) {
            int32_t s = subject_of(c, right);
            bool stands_close = token(c, right)->sent == last_sent || (s >= 0 && c->phrases.v[s].from <= behind + 2 && c->phrases.v[s].head < right);
            if (s >= 0 && stands_close && !is_inside(q, low, high, token(c, c->phrases.v[s].head)->span)) return s;
        }
        if (left >= 0 && token(c, left)->sent == first_sent && is_saying(c, left) && !is_inside(q, low, high, token(c, left)->span)) {
            int32_t s = subject_of(c, left);
            if (s >= 0 && !is_inside(q, low, high, token(c, c->phrases.v[s].head)->span)) return s;
        }
    }
    return NONE;
}

static int32_t paragraph_at(const Record *r, int32_t byte)
{
    int32_t lo = 0, hi = r->paragraphs.n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (r->paragraphs.v[mid].end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static void add_quotations(Coref *c)
{
    Quotations q = quotations_find(c->a, c->r);
    int32_t before = NONE, paragraph_before = NONE;
    for (int32_t i = 0; i < q.n; i++) {
        int32_t speaker = speaker_beside(c, &q, i), paragraph = paragraph_at(c->r, q.v[i].outer.begin);
        if (speaker < 0 && before >= 0 && paragraph == paragraph_before) speaker = c->speeches.v[before].speaker;
        *push(c->a, &c->speeches) = (Speech){speaker, NONE, NONE, q.v[i].outer, false};
        before = c->speeches.n - 1;
        paragraph_before = paragraph_at(c->r, q.v[i].outer.end - 1);
    }
}

static void add_turns(Coref *c)
{
    Turns turns = turns_find(c->a, c->r);
    for (int32_t i = 0; i < turns.n; i++) {
        int32_t at = token_at(c, turns.v[i].name.begin), speaker = NONE;
        for (int32_t k = at; k < c->r->tokens.n && token(c, k)->span.begin < turns.v[i].name.end; k++)
            if (c->phrase_at[k] >= 0) speaker = c->phrase_at[k];
        for (int32_t k = 0; k < turns.v[i].content.n; k++)
            *push(c->a, &c->speeches) = (Speech){speaker, NONE, NONE, turns.v[i].content.v[k], true};
    }
}

/* Each phrase's speech; turns first, quotations within them win. Speeches of either kind are in order and apart. */
static void mark_phrases(Coref *c, int32_t from, int32_t to)
{
    int32_t at = from;
    for (int32_t i = 0; i < c->phrases.n; i++) {
        Phrase *p = &c->phrases.v[i];
        if (p->kind == KIND_JOINT) break;                /* these stand behind all others */
        Span s = token(c, p->head)->span;
        while (at < to && c->speeches.v[at].outer.end <= s.begin) at++;
        if (at < to && c->speeches.v[at].outer.begin <= s.begin) p->speech = at + 1;
    }
}

typedef struct { int32_t entity, n; } Ranked;
static int by_names(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    return x->n != y->n ? (x->n > y->n ? -1 : 1) : x->entity < y->entity ? -1 : x->entity > y->entity;
}
static void rank_persons(Coref *c)
{
    Ranked *v = arena_new(c->a, Ranked, c->r->entities.n + 1);
    int32_t n = 0;
    c->prominence = arena_new(c->a, int32_t, c->r->entities.n + 1);
    for (int32_t e = 0; e < c->r->entities.n; e++) {
        c->prominence[e] = 99;
        if (c->r->entities.v[e].type == ENTITY_PER) v[n++] = (Ranked){e, c->r->entities.v[e].mentions.n};
    }
    if (n) qsort(v, (size_t)n, sizeof *v, by_names);
    for (int32_t i = 0; i < n; i++) c->prominence[v[i].entity] = i;
}

/* An interview without labels: its paragraphs ask and answer. Who is asked is the person most named, if he was named before the first question
** and nobody says "I" or "you" before it. His are the paragraphs that do not ask: "I" there, and "you" in those that ask. */
static void see_interview(Coref *c)
{
    int32_t first_ask = 0, who = NONE;
    if (c->talk != TALK_DIALOGUE || c->speeches.n > c->n_paragraphs / 2) return;
    while (first_ask < c->n_paragraphs && !c->paragraph_asks[first_ask]) first_ask++;
    for (int32_t i = 0; i < c->phrases.n && c->phrases.v[i].paragraph <= first_ask; i++) {
        const Phrase *p = &c->phrases.v[i];
        bool talks = !p->speech && (p->pronoun == PRO_I || p->pronoun == PRO_YOU);
        if (talks && p->paragraph < first_ask) return;
        if (p->kind == KIND_NAME && c->prominence[p->entity] == 0 && who < 0) who = i;
    }
    if (who < 0) return;
    *push(c->a, &c->speeches) = (Speech){who, NONE, NONE, SPAN_NONE, true};
    for (int32_t i = 0; i < c->phrases.n; i++) {
        Phrase *p = &c->phrases.v[i];
        if (p->speech || p->paragraph < first_ask) continue;
        if (p->pronoun == (c->paragraph_asks[p->paragraph] ? PRO_YOU : PRO_I)) p->speech = c->speeches.n, p->is_self = true;
    }
}

static void know_speeches(Coref *c)
{
    c->first_speech = arena_new(c->a, int32_t, c->phrases.n + 1);
    c->next_speech = arena_new(c->a, int32_t, c->speeches.n + 1);
    for (int32_t i = 0; i < c->phrases.n; i++) c->first_speech[i] = NONE;
    for (int32_t s = 0; s < c->speeches.n; s++) {
        int32_t speaker = c->speeches.v[s].speaker;
        if (speaker < 0) continue;
        c->next_speech[s] = c->first_speech[speaker];
        c->first_speech[speaker] = s;
    }
}

void coref_speeches(Coref *c)
{
    add_turns(c);
    int32_t n_turns = c->speeches.n;
    add_quotations(c);
    mark_phrases(c, 0, n_turns);
    mark_phrases(c, n_turns, c->speeches.n);
    int32_t open = 0, all = 0, asks = 0;
    for (int32_t i = 0; i < c->phrases.n; i++) {
        Phrase *p = &c->phrases.v[i];
        if (p->kind == KIND_JOINT) p->speech = c->phrases.v[c->phrase_at[p->head]].speech;
        if (p->pronoun != PRO_I && p->pronoun != PRO_YOU) continue;
        all++;
        open += p->speech == 0;
    }
    c->n_paragraphs = c->r->paragraphs.n;
    c->paragraph_asks = arena_new(c->a, int32_t, c->n_paragraphs + 1);
    for (int32_t i = 0; i < c->n_paragraphs; i++) {
        Str s = str_trim(span_str(c->r->text, c->r->paragraphs.v[i]));
        c->paragraph_asks[i] = s.n && s.p[s.n - 1] == '?';
        asks += c->paragraph_asks[i];
    }
    if (all >= 6 && open * 2 > all) c->talk = asks >= 3 && asks * 8 >= c->n_paragraphs ? TALK_DIALOGUE : TALK_ONE;
    rank_persons(c);
    see_interview(c);
    know_speeches(c);
}
