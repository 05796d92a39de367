/* The tree, as candidates see it: words, heads, names and quotation marks in one array.
**
** Words in furniture and parts of contractions without letters of their own are no nodes (words.c); what hangs from such a
** word hangs from nothing. Names count by their type alone, so that nothing can be learned about anybody in particular:
** what is said by one country's candidates must be read as what is said by another's.
**
** Always: heads and children stay within a sentence. Cost: linear, for a sentence has at most 512 words.
*/
#include "reading/statement.h"

#include <string.h>

static Rel rel_of(Str s)
{
    static const struct { const char *name; Rel rel; } rels[] = {
        {"acl", REL_ACL}, {"acl:relcl", REL_RELCL}, {"advcl", REL_ADVCL}, {"advmod", REL_ADVMOD}, {"amod", REL_AMOD},
        {"appos", REL_APPOS}, {"aux", REL_AUX}, {"aux:pass", REL_AUX}, {"case", REL_CASE}, {"cc", REL_CC}, {"ccomp", REL_CCOMP},
        {"compound", REL_COMPOUND}, {"compound:prt", REL_PRT}, {"conj", REL_CONJ}, {"cop", REL_COP}, {"csubj", REL_CSUBJ},
        {"csubj:pass", REL_CSUBJ}, {"det", REL_DET}, {"fixed", REL_FIXED}, {"flat", REL_FLAT}, {"iobj", REL_IOBJ},
        {"mark", REL_MARK}, {"nmod", REL_NMOD}, {"nmod:poss", REL_POSS}, {"nsubj", REL_NSUBJ}, {"nsubj:outer", REL_NSUBJ},
        {"nsubj:pass", REL_NSUBJ}, {"obj", REL_OBJ}, {"obl", REL_OBL}, {"obl:agent", REL_OBL}, {"parataxis", REL_PARATAXIS},
        {"punct", REL_PUNCT}, {"root", REL_ROOT}, {"xcomp", REL_XCOMP}};
    int lo = 0, hi = (int)(sizeof rels / sizeof *rels);
    while (lo < hi) {
        int mid = (lo + hi) / 2, way = str_cmp(s, str_of(rels[mid].name));
        if (way == 0) return rels[mid].rel;
        if (way < 0) hi = mid;
        else lo = mid + 1;
    }
    return REL_OTHER;
}

static bool is_any(Str s, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq(s, str_of(list[i]))) return true;
    return false;
}

/* Tags come from the model's own list of labels, so few distinct views recur: what they mean is looked up once each. */
enum { LABELS = 256 };
typedef struct { const char *p; ptrdiff_t n; uint64_t hash; Rel rel; uint32_t is; } Label;
typedef struct { Label v[LABELS]; } Labels;

static Label label_of(Labels *l, Str s)
{
    static const char *const nouns[] = {"NOUN", "PROPN", "PRON", "NUM"}, *const names[] = {"PROPN"};
    Label *x = &l->v[((uintptr_t)s.p * 0x9E3779B97F4A7C15u) >> 56];
    if (x->p == s.p && x->n == s.n && x->hash) return *x;
    *x = (Label){s.p, s.n, hash64(s), rel_of(s), 0};
    if (is_any(s, nouns, 4)) x->is |= NODE_NOUN;
    if (is_any(s, names, 1)) x->is |= NODE_CAP;
    if (str_eq(s, S("VERB"))) x->is |= NODE_VERB;
    if (str_eq(s, S("PUNCT"))) x->is |= NODE_PUNCT;
    return *x;                                 /* the place may be another's soon */
}

static uint64_t hash_lower(Str s)
{
    char low[64];
    ptrdiff_t n = s.n < (ptrdiff_t)sizeof low ? s.n : (ptrdiff_t)sizeof low;
    for (ptrdiff_t i = 0; i < n; i++) {
        char c = s.p[i];
        low[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return hash64((Str){low, n});
}

/* ---- kinds of words ------------------------------------------------------------------------------------------------ */
bool kinds_of(Str section, Kinds *k, Err *e)
{
    ModelReader r = {.section = section};
    uint32_t n = model_u32(&r);
    Str check = model_bytes(&r, (uint64_t)n * 2, 4), kind = model_bytes(&r, (uint64_t)n * 2, 4);
    if (r.is_short || n == 0 || (n & (n - 1))) return fail(e, ERR_INPUT, "a table of %u kinds of words in %td bytes", n, section.n);
    *k = (Kinds){n, (const uint8_t *)check.p, (const uint8_t *)kind.p};
    return true;
}

static uint16_t number_at(const uint8_t *p, uint32_t i)
{
    uint16_t v;
    memcpy(&v, p + 2 * (size_t)i, sizeof v);
    return v;
}

enum { PROBES = 64 };

static uint32_t kind_of(const Kinds *k, uint64_t hash)   /* 0: unknown */
{
    uint16_t want = (uint16_t)hash ? (uint16_t)hash : 1;
    uint32_t i = (uint32_t)(hash >> 32) & (k->n - 1);
    for (int n = 0; n < PROBES; n++, i = (i + 1) & (k->n - 1)) {
        uint16_t here = number_at(k->check, i);
        if (here == want) return number_at(k->kind, i);
        if (!here) return 0;
    }
    return 0;
}

static void fill_node(Tree *t, Labels *labels, const Kinds *kinds, int32_t i, const FoundName *name)
{
    const Word *w = &t->w->v[i];
    const Token *k = &t->r->tokens.v[w->token];
    Node *x = &t->v[i];
    Label upos = label_of(labels, k->upos), xpos = label_of(labels, k->xpos), rel = label_of(labels, k->deprel);
    *x = (Node){.span = w->span, .head = -1, .sent = w->sent, .child = -1, .next = -1, .left = i, .right = i + 1, .quote = -1, .turn = -1};
    x->upos = upos.hash;
    x->xpos = xpos.hash;
    x->deprel = rel.hash;
    x->rel = rel.rel;
    x->is = upos.is & (NODE_NOUN | NODE_VERB | NODE_PUNCT);
    if (w->is & WORD_CAP) x->is |= NODE_CAP;
    if (w->is & WORD_HEAD) x->is |= NODE_HEADLINE;
    if (w->is & WORD_STOP) x->is |= NODE_STOP;
    if (name) x->name = two((uint64_t)name->type, 77);
    if (name || (upos.is & NODE_CAP)) {
        x->lemma = x->form = x->kind = x->coarse = two(x->name, x->upos);
        return;
    }
    x->form = hash_lower(k->form.n ? k->form : span_str(t->r->text, w->span));
    x->lemma = k->lemma.n ? hash_lower(k->lemma) : x->form;
    uint32_t kind = kind_of(kinds, x->lemma);
    x->kind = kind ? 1000 + (kind - 1) % 512 : two(x->upos, 5);
    x->coarse = kind ? 2000 + (kind - 1) / 512 : x->kind;
}

/* Heads of words that are nodes; subtrees; children in the order of the text. */
static void tie(Tree *t, int32_t from, int32_t to, const int32_t *node_of)
{
    int32_t first = t->w->v[from].token;
    const Token *tokens = t->r->tokens.v;
    while (first > 0 && tokens[first - 1].sent == tokens[first].sent) first--;
    for (int32_t i = from; i < to; i++) {
        int32_t head = tokens[t->w->v[i].token].head, at = head > 0 ? node_of[first + head - 1] : -1;
        t->v[i].head = at >= from && at < to && at != i ? at : -1;
    }
    for (int32_t i = from; i < to; i++) {      /* widen all ancestors; stops where nothing changes */
        int32_t left = i, right = i + 1;
        for (int32_t h = t->v[i].head, steps = 0; h >= 0 && steps < to - from; h = t->v[h].head, steps++) {
            Node *x = &t->v[h];
            if (x->left <= left && x->right >= right) break;
            if (left < x->left) x->left = left;
            if (right > x->right) x->right = right;
            left = x->left, right = x->right;
        }
    }
    for (int32_t i = to - 1; i >= from; i--) {
        int32_t h = t->v[i].head;
        if (h < 0) continue;
        t->v[i].next = t->v[h].child;
        t->v[h].child = i;
        if (t->v[i].rel == REL_NSUBJ || t->v[i].rel == REL_CSUBJ || t->v[i].rel == REL_COP) t->v[h].is |= NODE_VERB;
    }
    for (int32_t i = from; i < to; i++) {
        int32_t depth = 0;
        for (int32_t h = t->v[i].head; h >= 0 && depth < 20; h = t->v[h].head) depth++;
        t->v[i].depth = depth;
    }
}

static void mark_quotes(Tree *t)
{
    int32_t at = 0;
    for (int32_t k = 0; k < t->q->n; k++) {
        const Quotation *q = &t->q->v[k];
        while (at < t->n && t->v[at].span.end <= q->outer.begin) at++;
        int32_t piece = 0, first = -1, i = at;
        for (; i < t->n && t->v[i].span.begin < q->outer.end; i++) {
            while (piece < q->pieces.n && q->pieces.v[piece].end <= t->v[i].span.begin) {
                if (first >= 0) t->v[i - 1].is |= NODE_CLOSES;
                piece++, first = -1;
            }
            t->v[i].quote = k;
            bool is_mark = piece >= q->pieces.n || t->v[i].span.end <= q->pieces.v[piece].begin;
            if (is_mark && first < 0) t->v[i].is |= NODE_MARK | NODE_PUNCT;
            else if (first < 0) first = i, t->v[i].is |= NODE_OPENS;
        }
        if (first >= 0) t->v[i - 1].is |= NODE_CLOSES;
        at = i;
    }
}

static void mark_places(Tree *t)
{
    int32_t para = 0, turn = 0;
    for (int32_t i = 0; i < t->n; i++) {
        int32_t byte = t->v[i].span.begin;
        while (para < t->r->paragraphs.n && t->r->paragraphs.v[para].end <= byte) para++;
        t->v[i].para = para;
        while (turn < t->turns->n && t->turns->v[turn].content.v[t->turns->v[turn].content.n - 1].end <= byte) turn++;
        if (turn < t->turns->n && t->turns->v[turn].content.v[0].begin <= byte) t->v[i].turn = turn;
    }
}

bool tree_of(Arena *a, const Record *r, const Words *w, const Quotations *q, const Turns *turns, const Kinds *kinds, Tree *t)
{
    *t = (Tree){.a = a, .r = r, .w = w, .q = q, .turns = turns, .n = w->n};
    if (w->n == 0 || r->tokens.v[w->v[0].token].head < 0 || !r->tokens.v[w->v[0].token].upos.n) return false;
    t->v = arena_new(a, Node, w->n + 1);
    Labels *labels = arena_new(a, Labels, 1);
    int32_t *node_of = arena_new(a, int32_t, r->tokens.n + 1), name = 0;
    memset(node_of, 0xFF, sizeof *node_of * (size_t)r->tokens.n);
    for (int32_t i = 0; i < w->n; i++) node_of[w->v[i].token] = i;
    t->n_sents = w->v[w->n - 1].sent + 1;
    t->sent_begin = arena_new(a, int32_t, t->n_sents + 2);
    for (int32_t i = 0; i < w->n; i++) {
        while (name < r->names.n && r->names.v[name].span.end <= w->v[i].span.begin) name++;
        bool is_name = name < r->names.n && r->names.v[name].span.begin <= w->v[i].span.begin;
        fill_node(t, labels, kinds, i, is_name ? &r->names.v[name] : NULL);
    }
    for (int32_t i = 0, s = -1; i < w->n; i++)
        while (s < w->v[i].sent) t->sent_begin[++s] = i;
    t->sent_begin[t->n_sents] = w->n;
    for (int32_t i = 0; i < w->n; i = t->sent_begin[w->v[i].sent + 1]) tie(t, i, t->sent_begin[w->v[i].sent + 1], node_of);
    mark_quotes(t);
    mark_places(t);
    return true;
}

static int32_t child_with(const Tree *t, int32_t i, Rel rel)
{
    for (int32_t c = t->v[i].child; c >= 0; c = t->v[c].next)
        if (t->v[c].rel == rel) return c;
    return -1;
}

int32_t tree_subject(const Tree *t, int32_t i, int32_t *how)
{
    *how = 0;
    for (int32_t steps = 0; i >= 0 && steps < 5; steps++) {
        int32_t s = child_with(t, i, REL_NSUBJ);
        if (s < 0) s = child_with(t, i, REL_CSUBJ);
        if (s >= 0) return s;
        Rel rel = t->v[i].rel;
        int32_t h = t->v[i].head;
        if (h < 0) return -1;
        if (rel == REL_ACL || rel == REL_RELCL) return *how = 2, h;
        if (rel == REL_XCOMP) {                /* "urged him to say": the object says it */
            int32_t o = child_with(t, h, REL_OBJ);
            if (o < 0) o = child_with(t, h, REL_IOBJ);
            if (o >= 0 && o < i) return *how = 3, o;
        }
        if (rel != REL_CONJ && rel != REL_XCOMP && rel != REL_ADVCL && rel != REL_PARATAXIS && rel != REL_CCOMP) return -1;
        if (rel == REL_CCOMP) return -1;
        *how = 1;
        i = h;
    }
    return -1;
}

uint64_t tree_path(const Tree *t, int32_t from, int32_t to, int32_t *up, int32_t *down)
{
    enum { STEPS = 5 };
    uint64_t hash = 1, way[STEPS];
    int32_t a = from, b = to, n = 0;
    *up = *down = 0;
    while (a != b && *up + n < 2 * STEPS) {
        if (a >= 0 && (b < 0 || t->v[a].depth >= t->v[b].depth)) {
            hash = two(hash, t->v[a].deprel);
            a = t->v[a].head;
            if (++*up >= STEPS) return 3;
        } else {
            if (n >= STEPS || b < 0) return 5;
            way[n++] = t->v[b].deprel;
            b = t->v[b].head;
        }
        if (a < 0 && b < 0) return 7;
    }
    *down = n;
    hash = two(hash, 0xD0);
    while (n) hash = two(hash, way[--n]);
    return hash;
}

void choices_clear(Choices *c) { c->features.n = c->part_end.n = c->choices.n = 0; }

int32_t choices_part(Choices *c)
{
    *push(c->a, &c->part_end) = c->features.n;
    return c->part_end.n - 1;
}

Stretch stretch_trimmed(const Tree *t, Stretch s)
{
    while (s.from < s.to && node_is(t, s.from, NODE_PUNCT)) s.from++;
    while (s.to > s.from && node_is(t, s.to - 1, NODE_PUNCT)) s.to--;
    return s.from < s.to ? s : STRETCH_NONE;
}
