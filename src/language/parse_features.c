/* Features of trees: what is asked of a half-read sentence before it is decided what to do next, and of an arc for its name.
**
** "reporters" on the stack above "told", nothing left to come: which words and tags they are, how far apart, what lies
** between, what each has already gathered to its left and right, what an earlier reading guessed. The templates are those of
** Zhang and Nivre (2011, "Transition-based dependency parsing with rich non-local features", table 1) as far as arc-hybrid
** has their parts, with clusters of words for the words that training did not see, and with the word below the stack's top,
** which is the other candidate for a head.
**
** A template's number is its place in its list. So a model fits one state of this file; parse_print is a number that changes
** with every template, and a model carries the one it was trained with.
*/
#include "language/parse.h"

static uint64_t cluster_atom(const Word *w, int bits)
{
    return w->cluster ? cluster_top(w->cluster, bits) + 1 : w->suffix[2] | 1u << 20;
}

static Atoms atoms_of(const Word *w)
{
    uint64_t t = (uint64_t)w->xpos << 8 | w->upos | 1 << 16;
    return (Atoms){w->norm, t, model_mix(w->norm, t), cluster_atom(w, 10), cluster_atom(w, 5), w->suffix[1], w->suffix[2],
                   w->suffix[3], w->shape, w->xpos};
}

Atoms *parse_atoms(Arena *scratch, const Sentence *s, bool is_backward)
{
    Atoms *a = arena_new(scratch, Atoms, s->n + 3);
    for (int32_t i = 1; i <= s->n; i++) a[is_backward ? s->n + 1 - i : i] = atoms_of(&s->words[i]);
    for (uint64_t k = 0; k < 3; k++) {
        uint64_t v = k + 1;
        a[k ? s->n + (int32_t)k : 0] = (Atoms){v, v, v, v, v, v, v, v, v, 0};
    }
    return a;
}

static uint64_t distance(int32_t a, int32_t b)
{
    int32_t d = a < b ? b - a : a - b;
    return d <= 4 ? (uint64_t)d : d <= 6 ? 5 : d <= 10 ? 6 : d <= 20 ? 7 : 8;
}

/* Where a list is, f is the place of the next feature, and its template's number is how many came before. */
#define F1(a) (*f = model_feature((uint32_t)(f - begin), (a)), f++)
#define F2(a, b) F1(model_mix((a), (b)))
#define F3(a, b, c) F2(model_mix((a), (b)), (c))
#define F4(a, b, c, d) F2(model_mix((a), (b)), model_mix((c), (d)))

int32_t parse_move_features(const State *t, uint64_t *f)
{
    const uint64_t *begin = f;
    const int32_t none = t->n + 2, i0 = t->stack[t->top], i1 = t->top > 0 ? t->stack[t->top - 1] : none,
                  i2 = t->top > 1 ? t->stack[t->top - 2] : none, j0 = t->next;
    const Atoms *A = t->atoms;
    const Node *N0 = &t->node[i0], *N1 = &t->node[i1], *M0 = &t->node[j0];
    const Atoms *s0 = &A[i0], *s1 = &A[i1], *s2 = &A[i2];
    const Atoms *b0 = &A[j0], *b1 = &A[j0 + 1 <= t->n + 1 ? j0 + 1 : none], *b2 = &A[j0 + 2 <= t->n + 1 ? j0 + 2 : none],
                *b3 = &A[j0 + 3 <= t->n + 1 ? j0 + 3 : none];
    const Atoms *after = &A[i0 + 1], *before = &A[j0 - 1];
    const Atoms *s0l = &A[N0->left[0]], *s0r = &A[N0->right[0]], *s1l = &A[N1->left[0]], *s1r = &A[N1->right[0]],
                *b0l = &A[M0->left[0]], *s0l2 = &A[N0->left[1]], *s0r2 = &A[N0->right[1]], *b0l2 = &A[M0->left[1]];
    const uint64_t s0ll = (uint64_t)t->node[N0->left[0]].label, s0rl = (uint64_t)t->node[N0->right[0]].label,
                   b0ll = (uint64_t)t->node[M0->left[0]].label, s1rl = (uint64_t)t->node[N1->right[0]].label,
                   s1ll = (uint64_t)t->node[N1->left[0]].label;
    const uint64_t d = distance(i0, j0), d1 = distance(i1, i0);
    const uint64_t is_last = j0 > t->n;

    F1(s0->w);
    F1(s0->t);
    F1(s0->wt);
    F1(s1->t);
    F1(s1->wt);
    F1(s2->t);
    F1(s2->wt);
    F1(b0->w);
    F1(b0->t);
    F1(b0->wt);
    F1(b1->t);
    F1(b1->wt);
    F1(b2->t);
    F1(b2->wt);
    F1(b3->t);
    F1(s0->c);
    F1(s1->c);
    F1(b0->c);
    F1(b1->c);

    F2(s0->wt, b0->wt);
    F2(s0->wt, b0->t);
    F2(s0->t, b0->wt);
    F2(s0->w, b0->w);
    F2(s0->t, b0->t);
    F2(b0->t, b1->t);
    F2(b0->w, b1->t);
    F2(b0->t, b1->w);
    F2(b0->w, b1->w);
    F2(s1->wt, s0->wt);
    F2(s1->wt, s0->t);
    F2(s1->t, s0->wt);
    F2(s1->w, s0->w);
    F2(s1->t, s0->t);
    F2(s1->t, b0->t);
    F2(s1->wt, b0->t);
    F2(s1->t, b0->wt);
    F2(s1->wt, b0->wt);
    F2(s0->c, b0->c);
    F2(s1->c, s0->c);
    F2(s1->c, b0->c);
    F2(s0->k, b0->k);
    F2(s0->c, b0->t);
    F2(s0->t, b0->c);
    F2(s1->c, s0->t);
    F2(s1->t, s0->c);

    F3(b0->t, b1->t, b2->t);
    F3(s0->t, b0->t, b1->t);
    F3(s1->t, s0->t, b0->t);
    F3(s2->t, s1->t, s0->t);
    F4(s1->t, s0->t, b0->t, b1->t);
    F4(s0->t, b0->t, b1->t, b2->t);
    F3(s0->wt, b0->t, b1->t);
    F3(s0->t, b0->wt, b1->t);
    F3(s0->t, b0->t, b1->w);
    F3(s1->w, s0->t, b0->t);
    F3(s1->t, s0->w, b0->t);
    F3(s1->t, s0->t, b0->w);
    F3(s1->w, s0->w, b0->t);
    F3(s1->t, s0->w, b0->w);
    F3(s1->w, s0->t, b0->w);
    F3(s1->k, s0->k, b0->k);
    F3(s1->k, s0->k, b0->t);

    F3(s0->t, s0l->t, b0->t);
    F3(s0->t, s0r->t, b0->t);
    F3(s0->t, b0->t, b0l->t);
    F3(s1->t, s1l->t, s0->t);
    F3(s1->t, s1r->t, s0->t);
    F3(s1->t, s0->t, s0l->t);
    F3(s1->t, s0->t, s0r->t);
    F3(s0->t, s0l->t, s0l2->t);
    F3(s0->t, s0r->t, s0r2->t);
    F3(b0->t, b0l->t, b0l2->t);
    F2(s0->t, s0l->w);
    F2(s0->t, s0r->w);
    F2(b0->t, b0l->w);
    F2(s1->t, s1r->w);
    F3(s1->w, s0->t, s0l->w);
    F3(s0->t, s0l->w, b0->t);
    F3(s0->t, s0r->w, b0->t);

    F3(s0->t, d, b0->t);
    F2(s0->wt, d);
    F2(b0->wt, d);
    F3(s1->t, d1, s0->t);
    F2(s1->wt, d1);
    F2(s0->wt, d1);
    F3(s0->t, after->t, b0->t);
    F4(s0->t, after->t, before->t, b0->t);

    F3(s0->t, s0ll, b0->t);
    F3(s0->t, s0rl, b0->t);
    F3(b0->t, b0ll, s0->t);
    F3(s1->t, s1rl, s0->t);
    F3(s1->t, s1ll, s0->t);
    F2(s0->wt, N0->left_labels);
    F2(s0->wt, N0->right_labels);
    F2(b0->wt, M0->left_labels);
    F2(s1->wt, N1->right_labels);
    F3(s0->t, N0->left_labels, N0->right_labels);
    F3(s0->t, N0->left_labels, b0->t);
    F3(s0->t, N0->right_labels, b0->t);
    F3(s0->t, M0->left_labels, b0->t);
    F3(s1->t, N1->right_labels, s0->t);
    F3(s1->t, N0->left_labels, s0->t);
    F4(s0->t, (uint64_t)N0->n_left << 4 | (uint64_t)N0->n_right, b0->t, (uint64_t)M0->n_left);
    F4(s1->t, (uint64_t)N1->n_left << 4 | (uint64_t)N1->n_right, s0->t, is_last);
    if (t->guess) {
        const Guess *G = t->guess;
        const int32_t g0 = i0 ? G[i0].head : -1, g1 = i1 && i1 != none ? G[i1].head : -1, gb = j0 <= t->n ? G[j0].head : -1;
        /* where the guess hangs them: of s0: 1 b0, 2 s1, 3 to the right, 4 to the left */
        const uint64_t r0 = i0 == 0 ? 0 : g0 == j0 ? 1 : g0 == i1 ? 2 : g0 > j0 ? 3 : 4;
        const uint64_t rb = j0 > t->n ? 0 : gb == i0 ? 1 : gb == i1 ? 2 : gb > j0 ? 3 : gb == 0 ? 4 : gb > i0 ? 5 : 6;
        const uint64_t r1 = i1 == none || i1 == 0 ? 0 : g1 == i0 ? 1 : g1 == j0 ? 2 : g1 > j0 ? 3 : 4;
        uint64_t more = 0, lefts = 0;    /* guessed dependents of s0 yet to come; of b0 still on the stack */
        for (int32_t k = j0; k <= t->n && k < j0 + 12; k++) more += G[k].head == i0;
        for (int32_t k = t->top; k > 0 && k > t->top - 5; k--) lefts += G[t->stack[k]].head == j0;
        const uint64_t l0 = i0 ? (uint64_t)G[i0].label : 0, lb = j0 <= t->n ? (uint64_t)G[j0].label : 0;
        const uint64_t all = r0 | rb << 3 | (more > 2 ? 2 : more) << 6 | (lefts > 2 ? 2 : lefts) << 8, q = r0 | rb << 3 | (more > 0) << 6;
        F1(all);
        F2(all, r1);
        F3(s0->t, b0->t, all);
        F3(s1->t, s0->t, all);
        F3(l0, lb, all);
        F2(s0->wt, q);
        F2(b0->wt, q);
        F4(s0->t, l0, b0->t, all);
        F4(s0->t, lb, b0->t, all);
        F4(s1->t, s0->t, l0, q);
        F4(s1->t, s0->t, b0->t, q);
        F3(s0->t, d, all);
        F4(s0->c, b0->c, q, 1);
        F3(s0->w, b0->w, q);
        F3(s1->w, s0->w, q);
        F4(l0, q, N0->right_labels, s0->t);
        F4(lb, q, M0->left_labels, b0->t);
        F4(l0, q, g0 > 0 ? A[g0].t : 0, s0->t);
        F4(lb, q, gb > 0 ? A[gb].t : 0, b0->t);
        F3(all, l0, s0->x);
        F3(all, lb, b0->x);
        F2(all, b1->t);
    }
    return (int32_t)(f - begin);
}

int32_t parse_relation_features(const State *t, int32_t head, int32_t dependent, uint64_t *f)
{
    const uint64_t *begin = f;
    const bool is_left = dependent < head;
    const Atoms *A = t->atoms, *h = &A[head], *x = &A[dependent];
    const Node *H = &t->node[head], *D = &t->node[dependent];
    const int32_t none = t->n + 2;
    const Atoms *hp = &A[head > 0 ? head - 1 : none], *hn = &A[head + 1], *dp = &A[dependent - 1], *dn = &A[dependent + 1];
    const Atoms *dl = &A[D->left[0]], *dr = &A[D->right[0]], *dl2 = &A[D->left[1]];
    const int32_t last = is_left ? H->left[0] : H->right[0];
    const Atoms *sib = &A[last];
    const uint64_t dir = (uint64_t)is_left | distance(head, dependent) << 1, side = is_left;
    const uint64_t dll = (uint64_t)t->node[D->left[0]].label, sibl = (uint64_t)t->node[last].label;
    const uint64_t labels = D->left_labels | D->right_labels, hl = H->left_labels, hr = H->right_labels;

    F2(h->t, side);
    F2(h->wt, side);
    F2(x->t, side);
    F2(x->wt, side);
    F2(x->w, side);
    F2(x->c, side);
    F2(h->c, side);
    F3(h->t, x->t, side);
    F3(h->t, x->t, dir);
    F3(h->wt, x->t, side);
    F3(h->t, x->wt, side);
    F3(h->wt, x->wt, side);
    F3(h->w, x->w, side);
    F3(h->c, x->c, side);
    F3(h->c, x->t, side);
    F3(h->t, x->c, side);
    F3(h->k, x->k, side);
    F3(h->wt, x->c, side);
    F3(h->c, x->wt, side);
    F2(x->t, x->end2);
    F2(x->t, x->end3);
    F2(x->t, x->end4);
    F3(h->t, h->end3, side);
    F2(x->t, x->shape);
    F3(x->t, dp->t, dn->t);
    F3(h->t, hp->t, hn->t);
    F3(x->t, dp->wt, side);
    F3(x->t, dn->wt, side);
    F4(x->t, dp->t, h->t, side);
    F4(x->t, dn->t, h->t, side);
    F4(x->t, h->t, hn->t, side);
    F4(x->t, h->t, hp->t, side);
    F3(x->t, dl->wt, side);
    F3(x->t, dr->wt, side);
    F3(x->wt, dl->wt, side);
    F4(x->t, dl->t, h->t, side);
    F4(x->t, dl->w, h->t, side);
    F4(x->t, dr->t, h->t, side);
    F4(x->c, dl->w, h->t, side);
    F3(h->wt, dl->w, side);
    F4(h->w, dl->w, x->w, side);
    F4(h->c, dl->w, x->c, side);
    F4(x->t, dl->t, dl2->t, h->t);
    F3(x->t, labels, side);
    F4(x->t, labels, h->t, side);
    F3(x->wt, labels, side);
    F4(x->t, dll, h->w, side);
    F4(x->t, h->t, is_left ? hl : hr, side);
    F4(x->t, h->t, hl, hr);
    F4(x->t, h->wt, hl, hr);
    F4(x->t, h->t, sib->t, sibl | side << 8);
    F4(x->wt, h->t, sibl, side);
    F4(x->t, h->wt, sibl, side);
    F4(x->t, h->t, (uint64_t)H->n_left << 4 | (uint64_t)H->n_right, side);
    F4(x->t, h->wt, is_left ? hl : hr, labels);
    F2(dir, x->wt);
    F2(dir, h->wt);
    if (t->guess) {
        const Guess *G = t->guess;
        uint64_t l = (uint64_t)G[dependent].label | (uint64_t)(G[dependent].head == head) << 8, lh = head ? (uint64_t)G[head].label : 0;
        F2(l, side);
        F3(l, x->t, h->t);
        F2(l, x->wt);
        F3(l, h->wt, side);
        F3(l, lh, side);
        F3(l, is_left ? hl : hr, side);
        F3(l, labels, side);
        F4(l, h->w, x->w, side);
        F3(l, dl->w, side);
        F4(l, dll, x->t, side);
        F4(l, G[dependent].head > 0 ? A[G[dependent].head].t : 0, x->t, side);
    }
    return (int32_t)(f - begin);
}

/* The features of one invented state, mixed. */
uint64_t parse_print(Arena *scratch)
{
    enum { N = 7 };
    Sentence s = {.words = arena_new(scratch, Word, N + 2), .n = N};
    for (uint64_t i = 1; i <= N; i++)
        s.words[i] = (Word){.norm = i * 17, .shape = i * 19, .suffix = {i, i * 23, i * 29, i * 31}, .cluster = (uint16_t)(i * 9001),
                            .xpos = (uint8_t)(i * 3), .upos = (uint8_t)(i * 5)};
    Guess *guess = arena_new(scratch, Guess, N + 3);
    for (int32_t i = 1; i <= N; i++) guess[i] = (Guess){N - i, 40 + i};
    State t = parse_begin(scratch, parse_atoms(scratch, &s, false), N, guess);
    const Move moves[] = {MOVE_SHIFT, MOVE_LEFT, MOVE_SHIFT, MOVE_SHIFT, MOVE_LEFT, MOVE_SHIFT, MOVE_SHIFT, MOVE_RIGHT, MOVE_SHIFT};
    uint64_t f[MOVE_FEATURES > RELATION_FEATURES ? MOVE_FEATURES : RELATION_FEATURES], print = 0;
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        int32_t n = parse_move_features(&t, f);
        for (int32_t k = 0; k < n; k++) print = model_mix(print, f[k]);
        n = t.top ? parse_relation_features(&t, t.next, parse_dependent(&t), f) : 0;
        for (int32_t k = 0; k < n; k++) print = model_mix(print, f[k]);
        parse_move(&t, moves[i], (int32_t)i + 1);
    }
    return print;
}
