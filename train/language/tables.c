/* Tables of words: what training saw them be. Kinds, bundles of features, lemmas.
**
** Everything is counted under the very keys that the reading side looks up (tag_inside.h): how often a key went with
** each value. A key is worth a place in the map only where what is looked up behind it would say otherwise, so most
** words that follow the rules take none.
**
** Always: ties go to the value that was seen first; the order of the keys is that of their first sight.
*/
#include "train/language/tag_learn.h"
#include "base/io.h"
#include <string.h>

enum { CANDIDATES = 3 };

/* ---- counting ---------------------------------------------------------------------------------------------------- */
typedef struct { int32_t value, n; } Seen;
typedef struct { uint64_t key, parent; int32_t n, in_force; SLICE(Seen) seen; } Count;  /* parent: the key asked next */
typedef struct {
    Arena *a;
    SLICE(Count) counts;
    int32_t *cell;                                       /* index into counts + 1 */
    uint64_t mask;
} Counts;

static void counts_grow(Counts *c)
{
    uint64_t n = c->cell ? 2 * (c->mask + 1) : 1 << 12;
    c->cell = arena_new(c->a, int32_t, n);
    c->mask = n - 1;
    for (int32_t i = 0; i < c->counts.n; i++) {
        uint64_t at = c->counts.v[i].key & c->mask;
        while (c->cell[at]) at = (at + 1) & c->mask;
        c->cell[at] = i + 1;
    }
}

static Count *count_find(const Counts *c, uint64_t key)
{
    for (uint64_t at = key & c->mask; c->cell && c->cell[at]; at = (at + 1) & c->mask)
        if (c->counts.v[c->cell[at] - 1].key == key) return &c->counts.v[c->cell[at] - 1];
    return NULL;
}

static void count(Counts *c, uint64_t key, uint64_t parent, int32_t value, int32_t by)
{
    Count *x = count_find(c, key);
    if (!x) {
        if (!c->cell || (uint64_t)c->counts.n * 2 > c->mask) counts_grow(c);
        uint64_t at = key & c->mask;
        while (c->cell[at]) at = (at + 1) & c->mask;
        x = push(c->a, &c->counts);
        *x = (Count){.key = key, .parent = parent};
        c->cell[at] = c->counts.n;
    }
    int32_t i = 0;
    while (i < x->seen.n && x->seen.v[i].value != value) i++;
    if (i == x->seen.n) *push(c->a, &x->seen) = (Seen){value, 0};
    x->seen.v[i].n += by;
    x->n += by;
}

static Seen most_seen(const Count *x)
{
    Seen best = {0};
    for (int32_t i = 0; x && i < x->seen.n; i++)
        if (x->seen.v[i].n > best.n) best = x->seen.v[i];
    return best;
}

/* ---- maps to be written ------------------------------------------------------------------------------------------ */
typedef struct { Arena *a; SLICE(uint64_t) key; SLICE(uint16_t) value; } Pairs;

static void put_pair(Pairs *p, uint64_t key, int32_t value)
{
    *push(p->a, &p->key) = key;
    *push(p->a, &p->value) = (uint16_t)value;
}

static Clusters map_of(const Pairs *p, Buf *out)
{
    Clusters map;
    Err e;
    clusters_write(p->key.v, p->value.v, p->key.n, out);
    clusters_of(buf_str(out), &map, &e);
    return map;
}

static void train_map(Train *t, const Pairs *p, const char *name)
{
    Buf out = {.to = t->arena};
    clusters_write(p->key.v, p->value.v, p->key.n, &out);
    train_section(t, name, buf_str(&out));
}

/* Every key whose most frequent value is not its parent's. */
static void put_exceptions(const Counts *c, Pairs *p)
{
    for (int32_t i = 0; i < c->counts.n; i++) {
        const Count *x = &c->counts.v[i], *parent = x->parent ? count_find(c, x->parent) : NULL;
        int32_t value = most_seen(x).value;
        if (!parent || most_seen(parent).value != value) put_pair(p, x->key, value);
    }
}

/* ---- kinds ------------------------------------------------------------------------------------------------------- */
/* The classes that a word had in at least `share` of its places, the most frequent first, as one number a set. */
static int32_t set_of(const Count *x, double share, Map *sets, Arena *a)
{
    int32_t class[CANDIDATES] = {0};
    for (int k = 0; k < CANDIDATES; k++) {
        Seen best = {0};
        for (int32_t i = 0; i < x->seen.n; i++) {
            bool taken = false;
            for (int j = 0; j < k; j++) taken |= class[j] == x->seen.v[i].value;
            if (!taken && x->seen.v[i].n > best.n) best = x->seen.v[i];
        }
        if (k == 0 || best.n >= share * x->n) class[k] = best.value;
    }
    int32_t *at = map_at(sets, arena_printf(a, "%d %d %d", class[0], class[1], class[2]));
    if (*at < 0) *at = sets->n - 1;
    return TAG_CLASSES + *at;
}

Clusters learn_kinds(Train *t, const TagExamples *x, int32_t without_fold, Buf *out)
{
    Counts c = {.a = t->arena};
    Pairs pairs = {.a = t->arena};
    Map sets = {.to = t->arena};
    double least = train_option(t, "tag.kind_least", 5), sure = train_option(t, "tag.kind_sure", 100), share = 0.05,
           surely = train_option(t, "tag.kind_surely", 0.998);
    for (int32_t i = 0; i < x->n; i++)
        for (int32_t w = 1; w <= x->v[i].s->n && x->v[i].fold != without_fold; w++) {
            const Word *word = &x->v[i].s->words[w];
            count(&c, word->form, 0, x->v[i].class[w], 1);
            if (word->lower != word->form && (word->flags & (WORD_FIRST | WORD_SHOUTED | WORD_TITLED)) == WORD_FIRST)
                count(&c, word->lower, 0, x->v[i].class[w], 1);
        }
    for (int32_t i = 0; i < c.counts.n; i++) {
        const Count *w = &c.counts.v[i];
        if (w->n < least) continue;
        bool is_fixed = w->n >= sure && most_seen(w).n >= surely * w->n;
        put_pair(&pairs, w->key, is_fixed ? most_seen(w).value : set_of(w, share, &sets, t->arena));
    }
    return map_of(&pairs, out);
}

/* ---- features ---------------------------------------------------------------------------------------------------- */
void learn_bundles(Train *t, const TagExamples *x)
{
    Counts c = {.a = t->arena};
    Pairs pairs = {.a = t->arena};
    Map ids = {.to = t->arena};
    Strs names = {0};
    *push(t->arena, &names) = (Str){0};
    *map_at(&ids, (Str){0}) = 0;
    for (int32_t i = 0; i < x->n; i++)
        for (int32_t w = 1; w <= x->v[i].s->n; w++) {
            const Word *word = &x->v[i].s->words[w];
            uint8_t class = x->v[i].class[w];
            Str feats = x->v[i].tree->word[w - 1].feats;
            int32_t id = map_get(&ids, feats);
            if (id < 0 && names.n < TAG_BUNDLES) {
                *map_at(&ids, feats) = id = names.n;
                *push(t->arena, &names) = feats;
            }
            if (id < 0) continue;
            count(&c, bundle_word(word, class), bundle_suffix(word, class), id + 1, 1);
            count(&c, bundle_suffix(word, class), bundle_class(class), id + 1, 1);
            count(&c, bundle_class(class), 0, id + 1, 1);
        }
    put_exceptions(&c, &pairs);
    Labels labels = {names.v, names.n};
    Buf out = {.to = t->arena};
    labels_write(&labels, &out);
    train_section(t, "tag.feats", buf_str(&out));
    train_map(t, &pairs, "tag.bundles");
}

/* ---- lemmas ------------------------------------------------------------------------------------------------------ */
typedef struct { Str lower; uint64_t key; uint8_t class; } WordType;       /* a word of a class; key: of its edit */
typedef struct {
    Arena *a;
    Counts cases, edits, suffixes;
    Map ids;                                             /* of edits */
    SLICE(LemmaEdit) edit;
    SLICE(WordType) types;
} LemmaLearn;

static bool is_inner(Str s, ptrdiff_t i) { return i < s.n && (s.p[i] & 0xC0) == 0x80; }

/* The edit that makes `lemma` of `cased`; 0 where it is too long. */
static int32_t edit_id(LemmaLearn *l, Str cased, Str lemma)
{
    ptrdiff_t same = 0;
    while (same < cased.n && same < lemma.n && cased.p[same] == lemma.p[same]) same++;
    while (same > 0 && (is_inner(cased, same) || is_inner(lemma, same))) same--;
    Str add = str_sub(lemma, same, lemma.n);
    int32_t cut = (int32_t)(cased.n - same);
    if (cut > LEMMA_EDIT_BYTES || add.n > LEMMA_EDIT_BYTES) return 0;
    Str key = arena_printf(l->a, "%d %.*s", cut, STR(add));
    int32_t id = map_get(&l->ids, key);
    if (id >= 0 || l->edit.n > LEMMA_EDITS) return id < 0 ? 0 : id;
    *push(l->a, &l->edit) = (LemmaEdit){cut, add};
    return *map_at(&l->ids, key) = l->edit.n - 1;
}

static int edit_cost(Str cased, Str lemma)
{
    ptrdiff_t same = 0;
    while (same < cased.n && same < lemma.n && cased.p[same] == lemma.p[same]) same++;
    return (int)(cased.n + lemma.n - 2 * same);
}

static void see_lemma(LemmaLearn *l, const TreeWord *from, const Word *w, uint8_t class)
{
    static const LemmaCase order[] = {CASE_LOWER, CASE_AS_IS, CASE_TITLE};     /* of equal ones the first */
    enum { ORDER = sizeof order / sizeof order[0] };
    Str cased[ORDER];
    int best = 0;
    if (!from->lemma.n) return;
    for (int k = 0; k < ORDER; k++) {
        cased[k] = lemma_cased(l->a, from->form, order[k]);
        if (edit_cost(cased[k], from->lemma) < edit_cost(cased[best], from->lemma)) best = k;
    }
    int32_t id = edit_id(l, cased[best], from->lemma);
    if (!id) return;
    if (!count_find(&l->edits, lemma_edit_word(w, class)))
        *push(l->a, &l->types) = (WordType){cased[0], lemma_edit_word(w, class), class};
    count(&l->cases, lemma_case_word(w, class), lemma_case_look(w, class), (int32_t)order[best], 1);
    count(&l->cases, lemma_case_look(w, class), 0, (int32_t)order[best], 1);
    count(&l->edits, lemma_edit_word(w, class), 0, id, 1);
}

static int longest_suffix(const WordType *w) { return w->lower.n < LEMMA_SUFFIX ? (int)w->lower.n : LEMMA_SUFFIX; }

/* Endings that two words share, from none to the longest: where they decide otherwise than the shorter one, they
** stay. */
static void put_suffixes(LemmaLearn *l, Pairs *p)
{
    for (int32_t i = 0; i < l->types.n; i++) {
        const WordType *w = &l->types.v[i];
        for (int n = 0; n <= longest_suffix(w); n++)
            count(&l->suffixes, lemma_edit_suffix(w->lower, n, w->class), 0,
                  most_seen(count_find(&l->edits, w->key)).value, 1);
    }
    for (int32_t i = 0; i < l->types.n; i++) {
        const WordType *w = &l->types.v[i];
        int32_t in_force = 0;
        for (int n = 0; n <= longest_suffix(w); n++) {
            Count *x = count_find(&l->suffixes, lemma_edit_suffix(w->lower, n, w->class));
            if (!x->in_force) {
                int32_t value = most_seen(x).value;
                x->in_force = in_force && (x->n < 2 || value == in_force) ? in_force : value;
                if (x->in_force != in_force) put_pair(p, x->key, x->in_force);
            }
            in_force = x->in_force;
        }
        Count *word = count_find(&l->edits, w->key);
        if (word->n > 1 || most_seen(word).value != in_force) put_pair(p, w->key, most_seen(word).value);
    }
}

/* ---- lemmas of words that only the vectors know ------------------------------------------------------------------------- */
enum { KNOWN_SHORTEST = 5, KNOWN_LONGEST = 24, KNOWN_WORDS = 60000, EDIT_TYPES = 5, ENDING = 2, ENDING_TYPES = 20 };

static int32_t edit_in_force(const LemmaLearn *l, Str lower, uint8_t class)
{
    int32_t id = 0;
    for (int n = 0; n <= LEMMA_SUFFIX && n <= lower.n; n++) {
        const Count *x = count_find(&l->suffixes, lemma_edit_suffix(lower, n, class));
        if (x && x->in_force) id = x->in_force;
    }
    return id;
}
static bool is_plain_word(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z') return false;
    return s.n >= KNOWN_SHORTEST && s.n <= KNOWN_LONGEST;
}

/* Of the edits of a class, the one whose result the vectors know best; 0: none. */
static int32_t known_edit(const LemmaLearn *l, const Map *rank, const Count *edits, Str lower)
{
    int32_t best = 0, best_rank = INT32_MAX;
    for (int32_t i = 0; i < edits->seen.n; i++) {
        const LemmaEdit *edit = &l->edit.v[edits->seen.v[i].value];
        if (edits->seen.v[i].n < EDIT_TYPES || edit->cut == 0) continue;
        int32_t at = map_get(rank, lemma_edited(l->a, lower, edit));
        if (at >= 0 && at < best_rank) best_rank = at, best = edits->seen.v[i].value;
    }
    return best;
}

/* "provoked" was in no tree, and the endings make "provok" of it; the vectors know "provoke", which another edit of its class
** makes. The commoner ones of such words are put in beside those of the trees, for classes whose words mostly change and with
** endings that the class is known for. */
static void put_known(LemmaLearn *l, const Strs *words, Pairs *p)
{
    Counts classes = {.a = l->a};
    Map rank = {.to = l->a};
    int32_t n = 0;
    for (int32_t i = 0; i < l->types.n; i++)
        count(&classes, l->types.v[i].class, 0, most_seen(count_find(&l->edits, l->types.v[i].key)).value, 1);
    for (int32_t i = 0; i < words->n; i++) *map_at(&rank, words->v[i]) = i;
    for (int32_t c = 0; c < classes.counts.n; c++) {
        const Count *x = &classes.counts.v[c];
        const LemmaEdit *most = &l->edit.v[most_seen(x).value];
        if (!most->cut) continue;
        for (int32_t i = 0; i < words->n && i < KNOWN_WORDS; i++) {
            Word w = {.lower = hash64(words->v[i])};
            uint64_t key = lemma_edit_word(&w, (uint8_t)x->key);
            if (!is_plain_word(words->v[i]) || count_find(&l->edits, key)) continue;
            const Count *ending = count_find(&l->suffixes, lemma_edit_suffix(words->v[i], ENDING, (uint8_t)x->key));
            if (!ending || ending->n < ENDING_TYPES) continue;
            const LemmaEdit *rule = &l->edit.v[edit_in_force(l, words->v[i], (uint8_t)x->key)];
            if (!rule->cut || map_get(&rank, lemma_edited(l->a, words->v[i], rule)) >= 0) continue;
            int32_t edit = known_edit(l, &rank, x, words->v[i]);
            if (edit) put_pair(p, key, edit), n++;
        }
    }
    io_note("  lemmas of %d forms that only the vectors know", n);
}

void learn_lemmas(Train *t, const TagExamples *x)
{
    LemmaLearn l = {.a = t->arena,
                    .cases = {.a = t->arena},
                    .edits = {.a = t->arena},
                    .suffixes = {.a = t->arena},
                    .ids = {.to = t->arena}};
    Pairs pairs = {.a = t->arena};
    Buf out = {.to = t->arena};
    push(l.a, &l.edit);                                  /* edit[0]: none */
    for (int32_t i = 0; i < x->n; i++)
        for (int32_t w = 1; w <= x->v[i].s->n; w++)
            see_lemma(&l, &x->v[i].tree->word[w - 1], &x->v[i].s->words[w], x->v[i].class[w]);
    put_exceptions(&l.cases, &pairs);
    put_suffixes(&l, &pairs);
    put_known(&l, &t->vectors.words, &pairs);
    model_put_u32(&out, (uint32_t)l.edit.n - 1);
    for (int32_t i = 1; i < l.edit.n; i++) {
        model_put_u32(&out, (uint32_t)l.edit.v[i].cut);
        model_put_text(&out, l.edit.v[i].add);
    }
    train_section(t, "lemma.edits", buf_str(&out));
    train_map(t, &pairs, "lemma.map");
}
