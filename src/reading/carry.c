/* Carrying: the speaker of "he said", where there is only one whom it can mean.
**
** “The port will reopen,” Minister Ito told reporters. The gates are dry. “We start on Monday,” he said.
**  in:  two statements, the second with the source "he" and no speaker
**  out: the second is Ito's, made by "quotes-carried/1"
**
** This is no coreference, which comes later: it settles the plain case and leaves every other one open. Looked at are the
** words outside of quotations between the statement before (or, where none is in reach, the beginning of the paragraph,
** or of the one before it) and the pronoun:
**   – one person is named there, and named as the subject of a sentence: it is she;
**   – nobody is named there, and the statement before has a speaker: it is he.
** A second name (also one that may be a person's), or a noun that means somebody else ("the minister", "a diplomat"),
** leaves it open.
** A name of the other sex in given.tab or in a title, or another pronoun for the same person before, is a "no".
**
** Always: a statement that had a speaker keeps it. Cost: the window of a statement is at most CARRY_WORDS long.
*/
#include "reading/inside.h"

#include "given.h"
#include "sayers.h"
#include "titles.h"

enum { CARRY_WORDS = 160 };                    /* two paragraphs of a newspaper; farther back a pronoun is a guess */
typedef enum { SEX_OPEN, SEX_SHE, SEX_HE } Sex;

typedef struct {
    Arena *a;
    Record *r;
    const Words *w;
    const Names *names;
    const Quotations *q;
    Sex *sex;                                  /* of each entity, as far as the text told */
} Carrier;

static Sex sex_of_pronoun(const Words *w, int32_t i)
{
    return word_is(w, i, "he") ? SEX_HE : word_is(w, i, "she") ? SEX_SHE : SEX_OPEN;
}

/* What a title or a given name says; names that both bear say nothing. */
static Sex sex_of_mention(const Words *w, Span mention)
{
    int32_t from = words_at(w, mention.begin);
    if (word_in(w, from - 1, "|mr|mr.|sir|lord|king|prince|") || word_in(w, from - 2, "|mr|")) return SEX_HE;
    if (word_in(w, from - 1, "|mrs|mrs.|ms|ms.|miss|lady|dame|queen|princess|") || word_in(w, from - 2, "|mrs|ms|"))
        return SEX_SHE;
    int32_t at = table_find(given, word_str(w, from));
    if (at < 0) return SEX_OPEN;
    return str_eq(given_rows[at].gender, S("m")) ? SEX_HE : str_eq(given_rows[at].gender, S("f")) ? SEX_SHE : SEX_OPEN;
}

static bool is_quoted(const Carrier *c, int32_t byte)
{
    int32_t lo = 0, hi = c->q->n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (c->q->v[mid].outer.end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo < c->q->n && c->q->v[lo].outer.begin <= byte;
}

/* Somebody who could be meant: a person, or a name of several words that may be one. */
static bool may_be_person(const Carrier *c, NameAt name)
{
    const Entity *e = &c->r->entities.v[name.entity];
    if (e->type == ENTITY_PER) return true;
    return e->type == ENTITY_UNKNOWN && str_find(e->name, S(" ")) >= 0;
}

static bool is_role_noun(const Words *w, int32_t i)
{
    if (word_has(w, i, WORD_PUNCT) || word_has(w, i, WORD_DIGIT)) return false;
    Key k = word_key(w, i);
    if (!k.n) return false;
    int32_t at = table_find(sayers, key_str(&k));
    if (at >= 0) return str_eq(sayers_rows[at].kind, S("person"));
    at = table_find(titles, key_str(&k));
    return at >= 0 && !str_eq(titles_rows[at].kind, S("modifier"));
}

/* "premier Davin Orrel", "minister of trade, Rollo Umber", "Orrel, the premier": the noun describes a name beside it, and
** means nobody else. */
static bool is_of_name(const Carrier *c, int32_t i)
{
    const Words *w = c->w;
    int32_t first = 0, k = i + 1, low = 0;
    bool is_bound = false;
    for (; k < w->n && k - i < 8; k++) {
        if (word_in(w, k, "|of|for|")) is_bound = true;
        else if (!word_has(w, k, WORD_CAP) && !word_in(w, k, "|the|'s|’s|and|") && (!is_bound || ++low > 3)) break;
        if (word_has(w, k, WORD_PUNCT) && !word_has(w, k, WORD_GLUED)) break;
        if (word_is(w, k, ",")) break;
    }
    bool has_comma = word_is(w, k, ",") && word_has(w, k + 1, WORD_CAP);
    if (has_comma) k += 2;
    int32_t n = is_bound && !has_comma ? 0 : names_in(w, c->names, i + 1, k, &first);
    if (has_comma && !n) n = names_in(w, c->names, k - 1, k + 4, &first);
    for (int32_t m = first; m < first + n; m++)
        if (may_be_person(c, c->names->v[m]) && (!has_comma || c->names->v[m].span.begin >= w->v[k - 1].span.begin))
            return true;
    for (k = i - 1; k > 0 && i - k < 8; k--) {
        if (word_is(w, k, ",")) return word_has(w, k - 1, WORD_CAP);
        if (!word_has(w, k, WORD_CAP) && !word_in(w, k, "|of|for|the|a|an|'s|’s|his|her|its|then|former|")) return false;
    }
    return false;
}

/* The only one who is named or meant between two words, outside of quotations: an entity; NONE for nobody; -2 for several or
** somebody without a name. */
enum { SEVERAL = -2 };
static int32_t only_one(const Carrier *c, int32_t from, int32_t to, int32_t *mention)
{
    int32_t found = NONE, first = 0, n = names_in(c->w, c->names, from, to, &first);
    for (int32_t k = 0; k < n; k++) {
        NameAt name = c->names->v[first + k];
        if (!may_be_person(c, name) || is_quoted(c, name.span.begin)) continue;
        if (found >= 0 && found != name.entity) return SEVERAL;
        if (found < 0) *mention = first + k;
        found = name.entity;
    }
    for (int32_t i = from; i < to; i++)
        if (is_role_noun(c->w, i) && !is_quoted(c, c->w->v[i].span.begin) && !is_of_name(c, i)) return SEVERAL;
    return found;
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

static int32_t window_begin(const Carrier *c, int32_t byte, bool reach_back)
{
    int32_t p = paragraph_at(c->r, byte), at = words_at(c->w, byte);
    if (reach_back)
        for (int32_t back = p - 1; back >= 0 && p - back <= 3; back--)
            if (!span_in_furniture(c->r, c->r->paragraphs.v[back])) { p = back; break; }
    int32_t from = p < c->r->paragraphs.n ? words_at(c->w, c->r->paragraphs.v[p].begin) : at;
    return from < at - CARRY_WORDS ? at - CARRY_WORDS : from;
}

/* The statement before, by the place of its source, if it lies within reach. */
static const Statement *statement_before(const Carrier *c, int32_t i, int32_t from)
{
    int32_t level = c->r->statements.v[i].inside;
    int32_t low = i > 64 ? i - 64 : 0;
    for (i--; i >= low && c->r->statements.v[i].inside != level; i--) {}       /* what is inside another is that one's */
    if (i < low) return NULL;
    const Statement *s = i >= 0 ? &c->r->statements.v[i] : NULL;
    return s && s->source.n && s->cue.n && words_at(c->w, s->source.v[0].begin) >= from ? s : NULL;
}

/* No verb stands between the beginning of the sentence and the name. */
static bool is_subject(const Carrier *c, int32_t mention)
{
    const Words *w = c->w;
    for (int32_t i = words_at(w, c->names->v[mention].span.begin) - 1; i >= 0; i--) {
        if (!words_same_sentence(w, i, i + 1)) return true;
        if (grammar_has(w, i, IS_AUX | IS_MODAL | IS_PAST | IS_SUB)) return false;
        if (!word_has(w, i, WORD_CAP) && str_ends(word_str(w, i), S("ed"))) return false;
        if (cue_at(w, i).kind != CUE_NONE || is_quoted(c, w->v[i].span.begin)) return false;
    }
    return true;
}

static bool agrees(Carrier *c, int32_t entity, Sex sex)
{
    if (c->sex[entity] == SEX_OPEN) {
        const Entity *e = &c->r->entities.v[entity];
        for (int32_t m = 0; m < e->mentions.n && c->sex[entity] == SEX_OPEN; m++)
            c->sex[entity] = sex_of_mention(c->w, e->mentions.v[m].span);
    }
    if (c->sex[entity] != SEX_OPEN) return c->sex[entity] == sex;
    c->sex[entity] = sex;
    return true;
}

static int32_t meant(const Carrier *c, int32_t i, int32_t at)
{
    int32_t byte = c->w->v[at].span.begin, mention = 0;
    const Statement *b = statement_before(c, i, window_begin(c, byte, true));
    int32_t from = window_begin(c, byte, false), one = NONE;
    if (b) {
        int32_t end = b->source.v[b->source.n - 1].end, cue_end = b->cue.v[b->cue.n - 1].end;
        one = only_one(c, words_at(c->w, end > cue_end ? end : cue_end), at, &mention);
        if (one == NONE || one == b->speaker) return one == NONE ? b->speaker : one;
    } else {
        one = only_one(c, from, at, &mention);
        if (one == NONE) one = only_one(c, window_begin(c, byte, true), at, &mention);
    }
    return one >= 0 && is_subject(c, mention) ? one : NONE;
}

void statements_carry(Arena *a, Record *r, const Words *w, const Names *names, const Quotations *q)
{
    Carrier c = {a, r, w, names, q, arena_new(a, Sex, r->entities.n + 1)};
    for (int32_t i = 0; i < r->statements.n; i++) {
        Statement *s = &r->statements.v[i];
        if (s->speaker >= 0 || s->source.n != 1) continue;
        int32_t at = words_at(w, s->source.v[0].begin);
        Sex sex = sex_of_pronoun(w, at);
        if (sex == SEX_OPEN || w->v[at].span.end != s->source.v[0].end) continue;
        int32_t known = entity_at(r, s->source.v[0]), speaker = known >= 0 ? known : meant(&c, i, at);
        if (speaker < 0 || r->entities.v[speaker].type != ENTITY_PER || !agrees(&c, speaker, sex)) continue;
        s->speaker = speaker;
        s->sourcing = SOURCING_NAMED;
        s->by = known >= 0 ? S("coref/1") : str_eq(s->by, S("statements/1")) ? S("statements-carried/1") : S("quotes-carried/1");
    }
}
