/* Trains the forest that chooses the article of a page, and says honestly how well.
**
**   article_train GOLD_FOLDER OUT [NAME=VALUE …]
**
** GOLD_FOLDER holds aeb/ and pages/ (gold.jsonl and html/ID.html.gz each). A block of a page with a whole body is
** labelled by aligning its words with the body's; of a page with segments, only the blocks that hold one are. Trees are
** grown by gradient boosting on the logistic loss (Friedman 2001, section 4.4.1; histograms of at most 64 bins), blocks
** weigh by their words as a share of the page's body. Twenty folds by web site; the score of the folds is the one to
** believe.
**
** Always: one thread, one seed, no clock: the same data gives the same file. It calls the runtime's own features and
** decision.
*/
#include "base/io.h"
#include "base/json.h"
#include "input/article.h"
#include "input/choose.h"
#include "input/forest.h"
#include "input/meta.h"
#include "input/page.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { BINS = 64, FOLDS = 20, LEAVES_MAX = 64, NODES_MAX = 2 * LEAVES_MAX };

static struct {
    int trees, leaves, depth, replay;
    double rate, lambda, min_weight, rows, columns, segments, negatives;
    uint64_t seed;
} how = {300, 16, 7, 0, 0.05, 1.0, 0.03, 0.5, 0.1, 0.08, 2.0, 1};

/* ---- pages ---------------------------------------------------------------------------------------------------- */
typedef SLICE(uint64_t) Words;
typedef struct { uint64_t gram; int32_t n; } Count;
typedef struct { Count *v; uint32_t mask; int32_t total; } Counts;
typedef struct {
    Str id, url;
    int32_t fold;
    bool has_body;
    Words gold;
    Strs with, without, gold_lines;
    Blocks blocks;
    Html html;
    Meta meta;
    Row *rows;
    Words *words;                                        /* of each block */
    double *label, *weight, *score;                      /* weight 0: not known */
    Counts counts;
} Page;
enum { PAGES_MAX = 4096 };
static struct { Page *v; int32_t n, cap; } pages;
static Arena arena = {.budget = (ptrdiff_t)12 << 30};
static jmp_buf landing;

static void words_of(Str s, Words *out)
{
    uint64_t hash = 0;
    bool open = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        int32_t cp = utf8_next(s, &i);
        bool is_word = cp == '_' || utf8_is_letter(cp) || utf8_is_digit(cp);
        if (!is_word && open) *push(&arena, out) = hash, open = false;
        if (!is_word) continue;
        if (!open) hash = 0x243F6A8885A308D3u, open = true;
        hash = (hash ^ (uint64_t)cp) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 31;
    }
    if (open) *push(&arena, out) = hash;
}

static uint64_t gram(const uint64_t *w, int n)
{
    uint64_t key = (uint64_t)n;
    for (int k = 0; k < n; k++) key = (key ^ w[k]) * 0xD6E8FEB86659FD93u, key ^= key >> 32;
    return key;
}

static Count *count_at(const Counts *c, uint64_t key)
{
    uint32_t i = (uint32_t)key & c->mask;
    while (c->v[i].n >= 0 && c->v[i].gram != key) i = (i + 1) & c->mask;
    return &c->v[i];
}

static Counts counts_of(Arena *a, const Words *w)
{
    uint32_t cap = 64;
    while ((int64_t)cap < (int64_t)w->n * 2 + 2) cap *= 2;
    Counts c = {arena_new(a, Count, cap), cap - 1, 0};
    for (uint32_t i = 0; i < cap; i++) c.v[i].n = -1;
    int size = w->n < 4 ? w->n : 4;
    for (int32_t i = 0; size && i + size <= w->n; i++) {
        Count *at = count_at(&c, gram(w->v + i, size));
        if (at->n < 0) at->n = 0, at->gram = gram(w->v + i, size);
        at->n++;
        c.total++;
    }
    return c;
}

static Str read_gz(const char *path)
{
    gzFile f = gzopen(path, "rb");
    Buf b = {.to = &arena};
    char piece[1 << 16];
    int n;
    if (!f) { fprintf(stderr, "cannot open %s\n", path); exit(1); }
    while ((n = gzread(f, piece, sizeof piece)) > 0) buf_add(&b, (Str){piece, n});
    gzclose(f);
    return buf_str(&b);
}

static int32_t fold_of(Str url)
{
    ptrdiff_t at = str_find(url, S("://"));
    Str host = at >= 0 ? str_sub(url, at + 3, url.n) : str_starts(url, S("hard::")) ? str_sub(url, 6, url.n) : url;
    bool is_hard = at < 0;
    ptrdiff_t end = 0;
    while (end < host.n && host.p[end] != '/' && host.p[end] != ':' && !(is_hard && host.p[end] == '-')) end++;
    host = str_sub(host, 0, end);
    ptrdiff_t dots[16], n = 0;
    for (ptrdiff_t i = 0; i < host.n && n < 16; i++) if (host.p[i] == '.') dots[n++] = i;
    if (is_hard) host = n > 1 ? str_sub(host, 0, dots[1]) : host;
    else if (n >= 2) {
        bool is_second = host.n - dots[n - 1] == 3 && dots[n - 1] - dots[n - 2] <= 4;
        host = str_sub(host, (is_second ? (n >= 3 ? dots[n - 3] : -1) : dots[n - 2]) + 1, host.n);
    }
    return (int32_t)(hash64(host) % FOLDS);
}

static void strs_of(const Json *array, Strs *out)
{
    for (const Json *j = array ? array->first : NULL; j; j = j->next) *push(&arena, out) = j->text;
}

static void load_set(const char *folder, const char *set)
{
    Err e = {0};
    IoFile f;
    if (!io_open(&f, arena_cstr(&arena, arena_printf(&arena, "%s/%s/gold.jsonl", folder, set)), 64 << 20, &e)) {
        fprintf(stderr, "%s\n", e.text);
        exit(1);
    }
    Str rest = arena_str(&arena, f.bytes), line;
    io_close(&f);
    while (str_split(&rest, '\n', &line)) {
        Json *g;
        if (!str_trim(line).n || !json_read(&arena, line, &g, &e)) continue;
        if (!json_get(g, S("body")) && !json_get(g, S("with"))) continue;
        Page p = {.id = json_text(g, S("id")), .url = json_text(g, S("url"))};
        Str body = json_text(g, S("body")), piece;
        p.fold = fold_of(p.url);
        p.has_body = body.n > 0;
        words_of(body, &p.gold);
        while (str_split(&body, '\n', &piece)) if (str_trim(piece).n) *push(&arena, &p.gold_lines) = str_trim(piece);
        strs_of(json_get(g, S("with")), &p.with);
        strs_of(json_get(g, S("without")), &p.without);
        Str file = arena_printf(&arena, "%s/%s/%.*s", folder, set, STR(json_text(g, S("file"))));
        Str bytes = read_gz(arena_cstr(&arena, file)), utf8, note;
        if (!page_decode(&arena, bytes, (Str){0}, &utf8, &note, &e)) {
            fprintf(stderr, "%.*s: %s\n", STR(p.id), e.text);
            exit(1);
        }
        if (!html_parse(&arena, utf8, &p.html, &e)) { fprintf(stderr, "%.*s: %s\n", STR(p.id), e.text); continue; }
        meta_read(&arena, &p.html, p.url, &p.meta);
        blocks_cut(&arena, &p.html, &p.blocks);
        Known known = {p.meta.title, p.meta.description, p.meta.body};
        p.rows = article_features(&arena, &p.html, &p.blocks, &known);
        p.words = arena_new(&arena, Words, p.blocks.n + 1);
        for (int32_t b = 0; b < p.blocks.n; b++) words_of(p.blocks.v[b].text, &p.words[b]);
        p.label = arena_new(&arena, double, p.blocks.n + 1);
        p.weight = arena_new(&arena, double, p.blocks.n + 1);
        p.score = arena_new(&arena, double, p.blocks.n + 1);
        p.counts = counts_of(&arena, &p.gold);
        *push(&arena, &pages) = p;
    }
}

/* ---- labels --------------------------------------------------------------------------------------------------- */
static int32_t find_words(const Words *gold, const char *used, const Words *w, int32_t near)
{
    int32_t best = -1;
    for (int32_t i = 0; i + w->n <= gold->n; i++) {
        if (used[i] || gold->v[i] != w->v[0] || memcmp(gold->v + i, w->v, (size_t)w->n * sizeof *w->v) != 0) continue;
        if (memchr(used + i, 1, (size_t)w->n) || memchr(used + i, 2, (size_t)w->n)) continue;
        if (best < 0 || abs(i - near) < abs(best - near)) best = i;
    }
    return best;
}

static int by_words(const void *a, const void *b, void *with)
{
    const Page *p = with;
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int32_t d = p->words[y].n - p->words[x].n;
    return d ? d : x - y;
}

static void label_body(Page *p)
{
    int32_t n = p->blocks.n, *order = arena_new(&arena, int32_t, n + 1), *from = arena_new(&arena, int32_t, n + 1);
    char *used = arena_new(&arena, char, p->gold.n + 1);
    for (int32_t b = 0; b < n; b++) order[b] = b, from[b] = -1;
    qsort_r(order, (size_t)n, sizeof *order, by_words, p);
    for (int32_t i = 0; i < n; i++) {
        int32_t b = order[i], near = 0;
        const Words *w = &p->words[b];
        if (!w->n) continue;
        int32_t before = b - 1, after = b + 1;
        while (before >= 0 && from[before] < 0) before--;
        while (after < n && from[after] < 0) after++;
        near = before >= 0 ? from[before] + p->words[before].n : after < n ? from[after] - w->n : 0;
        int32_t at = find_words(&p->gold, used, w, near);
        bool fits = at >= 0 && (w->n >= 6 || (before >= 0 && at == from[before] + p->words[before].n) ||
                                (after < n && at + w->n == from[after]));
        if (fits) {
            memset(used + at, 1, (size_t)w->n);
            from[b] = at;
            p->label[b] = 1;
        } else if (at < 0 && w->n >= 4) {                /* not as a whole: what share of it */
            int32_t hits = 0;
            for (int32_t k = 0; k + 4 <= w->n; k++) {
                bool hit = false;
                for (int32_t j = 0; j + 4 <= p->gold.n && !hit; j++)
                    if (!used[j] && !memcmp(p->gold.v + j, w->v + k, 4 * sizeof *w->v)) hit = true, used[j] = 2;
                hits += hit;
            }
            p->label[b] = (double)hits / (w->n - 3);
        }
    }
    double positive = 0, negative = 0;
    for (int32_t b = 0; b < n; b++) {
        p->weight[b] = p->words[b].n ? (p->words[b].n + 2.0) / (p->gold.n + 10.0) : 0;
        if (p->label[b] > 0.5) positive += p->weight[b];
        else negative += p->weight[b];
    }
    for (int32_t b = 0; b < n; b++)
        if (p->label[b] <= 0.5 && negative > how.negatives) p->weight[b] *= how.negatives / negative;
}

static Str squash(Str s)
{
    Buf b = {.to = &arena};
    bool gap = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i;
        int32_t cp = utf8_next(s, &i);
        if (utf8_is_space(cp)) { gap = b.n > 0; continue; }
        if (gap) buf_char(&b, ' ');
        gap = false;
        buf_add(&b, str_sub(s, from, i));
    }
    return buf_str(&b);
}

static void label_segments(Page *p)
{
    for (int32_t b = 0; b < p->blocks.n; b++) {
        Str text = squash(p->blocks.v[b].text);
        int with = 0, without = 0;
        for (int32_t i = 0; i < p->with.n; i++) with += str_find(text, squash(p->with.v[i])) >= 0;
        for (int32_t i = 0; i < p->without.n; i++) without += str_find(text, squash(p->without.v[i])) >= 0;
        if (with == 0 && without == 0) continue;
        if (with && without) continue;
        p->label[b] = with > 0;
        p->weight[b] = how.segments;
    }
}

/* ---- the measure ---------------------------------------------------------------------------------------------- */
typedef struct { double precision, recall, f1; int tp, fn, fp, tn; double segments; } Result;

static Str kept_text(Arena *a, const Page *p, const uint8_t *keep)
{
    Buf t = {.to = a};
    for (int32_t b = 0; b < p->blocks.n; b++)
        if (keep[b] == KEEP_BODY) buf_add(&t, p->blocks.v[b].text), buf_char(&t, '\n');
    return buf_str(&t);
}

static void rate_page(const Page *p, const uint8_t *keep, double *prec, double *rec)
{
    static Arena scratch = {.budget = (ptrdiff_t)1 << 30};
    scratch.landing = &landing;
    arena_reset(&scratch);
    Words w = {0};
    for (int32_t b = 0; b < p->blocks.n; b++)
        if (keep[b] == KEEP_BODY)
            for (int32_t i = 0; i < p->words[b].n; i++) *push(&scratch, &w) = p->words[b].v[i];
    Counts c = counts_of(&scratch, &w);
    int64_t hit = 0;
    for (uint32_t i = 0; i <= c.mask; i++)
        if (c.v[i].n > 0) {
            const Count *g = count_at(&p->counts, c.v[i].gram);
            if (g->n > 0) hit += g->n < c.v[i].n ? g->n : c.v[i].n;
        }
    *prec = c.total ? (double)hit / c.total : -1;
    *rec = p->counts.total ? (double)hit / p->counts.total : -1;
}

/* Blocks of a page with what is thought of them, for whoever looks for mistakes. */
static void show_page(const char *id)
{
    for (int32_t i = 0; i < pages.n; i++)
        if (str_eq(pages.v[i].id, str_of(id)))
            for (int32_t b = 0; b < pages.v[i].blocks.n; b++) {
                const Page *p = &pages.v[i];
                const int32_t *r = p->rows[b];
                Str s = str_sub(p->blocks.v[b].text, 0, 70);
                printf("%4d %5.2f %5.2f size %4d tag %d title %d top %d half %d body %d cards %d/%d rel %d path %d "
                       "link %d |%.*s\n", (int)b, p->label[b], p->score[b], (int)p->blocks.v[b].size,
                       (int)r[FEATURE_TAG], (int)r[FEATURE_FROM_TITLE], (int)r[FEATURE_IN_TOP], (int)r[FEATURE_IN_HALF],
                       (int)r[FEATURE_CLASS_BODY], (int)r[FEATURE_CARDS], (int)r[FEATURE_CARD_SIZE],
                       (int)r[FEATURE_CLASS_RELATED], (int)r[FEATURE_PATH_N], (int)r[FEATURE_LINK_SHARE], STR(s));
            }
}

static Result measure(int32_t cut, FILE *predictions)
{
    static Arena scratch = {.budget = (ptrdiff_t)1 << 30};
    scratch.landing = &landing;
    double prec = 0, rec = 0;
    int n_prec = 0, n_rec = 0;
    Result r = {0};
    for (int32_t i = 0; i < pages.n; i++) {
        Page *p = &pages.v[i];
        arena_reset(&scratch);
        uint8_t *keep = arena_new(&scratch, uint8_t, p->blocks.n + 1);
        int32_t *scores = arena_new(&scratch, int32_t, p->blocks.n + 1);
        for (int32_t b = 0; b < p->blocks.n; b++) scores[b] = (int32_t)lrint(p->score[b] * 4096);
        article_choose(&p->blocks, (const Row *)p->rows, scores, cut, keep);
        Str text = kept_text(&scratch, p, keep);
        if (predictions) {
            Buf b = {.to = &scratch};
            buf_add(&b, S("{\"id\": "));
            json_put_str(&b, p->id);
            buf_add(&b, S(", \"body\": "));
            json_put_str(&b, text);
            buf_add(&b, S("}\n"));
            fwrite(b.p, 1, (size_t)b.n, predictions);
        }
        if (p->has_body) {
            double pr, re;
            rate_page(p, keep, &pr, &re);
            if (pr >= 0) prec += pr, n_prec++;
            if (re >= 0) rec += re, n_rec++;
        } else {
            Str flat = squash(text);
            for (int32_t k = 0; k < p->with.n; k++) str_find(flat, squash(p->with.v[k])) >= 0 ? r.tp++ : r.fn++;
            for (int32_t k = 0; k < p->without.n; k++) str_find(flat, squash(p->without.v[k])) >= 0 ? r.fp++ : r.tn++;
        }
    }
    r.precision = prec / (n_prec ? n_prec : 1), r.recall = rec / (n_rec ? n_rec : 1);
    r.f1 = 2 * r.precision * r.recall / (r.precision + r.recall);
    double sp = (double)r.tp / (r.tp + r.fp), sr = (double)r.tp / (r.tp + r.fn);
    r.segments = 2 * sp * sr / (sp + sr);
    return r;
}

static const char *const names[] = {
#define X(n) #n,
    FEATURES_OF_BLOCK FEATURES_OF_PLACE FEATURES_OF_ORDER FEATURES_OF_CONTAINER FEATURES_OF_PATH FEATURES_OF_WORDS
    FEATURES_OF_NEIGHBOURS
#undef X
#define X(n) "CLASS_" #n,
    CLASS_GROUPS(X)
#undef X
#define X(n) "WORDS_" #n,
    WORD_GROUPS(X)
#undef X
};
static bool is_dropped[FEATURE_COUNT];                   /* drop=NAME: how well without it? */

/* ---- boosting ------------------------------------------------------------------------------------------------- */
typedef struct { const Page *page; int32_t page_at, block; uint8_t *bins; double label, weight, score, g, h; } Example;
static struct { Example *v; int32_t n, cap; } examples;
static int32_t edges[FEATURE_COUNT][BINS];               /* bin k holds values at most edges[k] */
static int n_edges[FEATURE_COUNT];
static Rng rng;

static int by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void make_edges(void)
{
    int32_t *column = arena_new(&arena, int32_t, examples.n);
    for (int f = 0; f < FEATURE_COUNT; f++) {
        int32_t n = 0;
        for (int32_t i = 0; i < examples.n; i++) column[n++] = examples.v[i].page->rows[examples.v[i].block][f];
        qsort(column, (size_t)n, sizeof *column, by_value);
        n_edges[f] = 0;
        for (int k = 1; k <= BINS; k++) {
            int32_t at = column[(int64_t)n * k / BINS - 1];
            if (!n_edges[f] || at > edges[f][n_edges[f] - 1]) edges[f][n_edges[f]++] = at;
        }
    }
    for (int32_t i = 0; i < examples.n; i++) {
        uint8_t *bins = arena_new(&arena, uint8_t, FEATURE_COUNT);
        for (int f = 0; f < FEATURE_COUNT; f++) {
            int32_t x = examples.v[i].page->rows[examples.v[i].block][f], k = 0;
            while (k < n_edges[f] - 1 && x > edges[f][k]) k++;
            bins[f] = (uint8_t)k;
        }
        examples.v[i].bins = bins;
    }
}

typedef struct {
    int feature, bin, left, right, depth;
    double value, gain;
    int32_t begin, end;
    double g, h;
    int best_feature, best_bin;
} Node;
typedef struct { Node v[NODES_MAX]; int n; } Tree;
typedef struct { double base; Tree *trees; int n; } Model;

static double part_score(double g, double h) { return g * g / (h + how.lambda * 0.02); }

static void find_split(Node *n, const int32_t *rows, const int *columns, int n_columns)
{
    static double hg[FEATURE_COUNT][BINS], hh[FEATURE_COUNT][BINS];
    n->gain = 0;
    for (int c = 0; c < n_columns; c++) {
        memset(hg[columns[c]], 0, sizeof hg[0]);
        memset(hh[columns[c]], 0, sizeof hh[0]);
    }
    for (int32_t i = n->begin; i < n->end; i++) {
        const Example *x = &examples.v[rows[i]];
        for (int c = 0; c < n_columns; c++) {
            int f = columns[c];
            hg[f][x->bins[f]] += x->g;
            hh[f][x->bins[f]] += x->h;
        }
    }
    for (int c = 0; c < n_columns; c++) {
        int f = columns[c];
        double g = 0, h = 0;
        for (int k = 0; k < n_edges[f] - 1; k++) {
            g += hg[f][k], h += hh[f][k];
            if (h < how.min_weight || n->h - h < how.min_weight) continue;
            double gain = part_score(g, h) + part_score(n->g - g, n->h - h) - part_score(n->g, n->h);
            if (gain > n->gain + 1e-12) n->gain = gain, n->best_feature = f, n->best_bin = k;
        }
    }
}

static void sum_node(Node *n, const int32_t *rows)
{
    n->g = n->h = 0;
    for (int32_t i = n->begin; i < n->end; i++) n->g += examples.v[rows[i]].g, n->h += examples.v[rows[i]].h;
    n->value = -how.rate * n->g / (n->h + how.lambda * 0.02);
    n->feature = -1;
}

static void grow(Tree *t, int32_t *rows, int32_t n_rows, const int *columns, int n_columns)
{
    static int32_t *spare;
    static int32_t n_spare;
    if (n_spare < n_rows) spare = realloc(spare, sizeof *spare * (size_t)(n_spare = n_rows));
    t->n = 1;
    t->v[0] = (Node){.begin = 0, .end = n_rows};
    sum_node(&t->v[0], rows);
    find_split(&t->v[0], rows, columns, n_columns);
    for (int leaves = 1; leaves < how.leaves; leaves++) {
        int best = -1;
        for (int i = 0; i < t->n; i++)
            if (t->v[i].feature < 0 && t->v[i].depth < how.depth && t->v[i].gain > 1e-6 &&
                (best < 0 || t->v[i].gain > t->v[best].gain))
                best = i;
        if (best < 0) break;
        Node *n = &t->v[best];
        n->feature = n->best_feature, n->bin = n->best_bin;
        int32_t left = n->begin, right = 0;
        for (int32_t i = n->begin; i < n->end; i++) {
            if (examples.v[rows[i]].bins[n->feature] <= n->bin) rows[left++] = rows[i];
            else spare[right++] = rows[i];
        }
        memcpy(rows + left, spare, sizeof *rows * (size_t)right);
        n->left = t->n, n->right = t->n + 1;
        t->v[t->n++] = (Node){.begin = n->begin, .end = left, .depth = n->depth + 1};
        t->v[t->n++] = (Node){.begin = left, .end = n->end, .depth = n->depth + 1};
        for (int k = 0; k < 2; k++) {
            Node *child = &t->v[k ? n->right : n->left];
            sum_node(child, rows);
            find_split(child, rows, columns, n_columns);
        }
    }
}

static double tree_value(const Tree *t, const uint8_t *bins)
{
    int i = 0;
    while (t->v[i].feature >= 0) i = bins[t->v[i].feature] <= t->v[i].bin ? t->v[i].left : t->v[i].right;
    return t->v[i].value;
}

static Model train(uint32_t without)
{
    Model m = {0, calloc((size_t)how.trees, sizeof(Tree)), how.trees};
    int32_t *rows = malloc(sizeof *rows * (size_t)examples.n);
    bool *in_tree = malloc((size_t)pages.n);
    double positive = 0, all = 0;
    rng = rng_seed(how.seed);
    for (int32_t i = 0; i < examples.n; i++) {
        Example *x = &examples.v[i];
        if ((without >> x->page->fold & 1)) continue;
        positive += x->label * x->weight, all += x->weight;
    }
    m.base = rint(log(positive / (all - positive)) * 4096) / 4096;
    for (int32_t i = 0; i < examples.n; i++) examples.v[i].score = m.base;
    for (int t = 0; t < how.trees; t++) {
        int32_t n = 0;
        int columns[FEATURE_COUNT], n_columns = 0;
        for (int32_t i = 0; i < pages.n; i++) in_tree[i] = rng_unit(&rng) < how.rows;
        for (int f = 0; f < FEATURE_COUNT; f++)
            if (rng_unit(&rng) < how.columns && n_edges[f] > 1 && !is_dropped[f]) columns[n_columns++] = f;
        for (int32_t i = 0; i < examples.n; i++) {
            Example *x = &examples.v[i];
            if ((without >> x->page->fold & 1) || x->weight <= 0 || !in_tree[x->page_at]) continue;
            double p = 1 / (1 + exp(-x->score));
            x->g = (p - x->label) * x->weight;
            x->h = p * (1 - p) * x->weight;
            rows[n++] = i;
        }
        grow(&m.trees[t], rows, n, columns, n_columns);
        for (int i = 0; i < m.trees[t].n; i++) m.trees[t].v[i].value = rint(m.trees[t].v[i].value * 4096) / 4096;
        for (int32_t i = 0; i < examples.n; i++) examples.v[i].score += tree_value(&m.trees[t], examples.v[i].bins);
    }
    free(rows);
    free(in_tree);
    return m;
}

static void take_scores(uint32_t folds)
{
    for (int32_t i = 0; i < examples.n; i++) {
        Example *x = &examples.v[i];
        if (folds >> x->page->fold & 1) x->page->score[x->block] = x->score;
    }
}

/* ---- the file ------------------------------------------------------------------------------------------------- */
static void put_node(FILE *f, const Tree *t, int i)
{
    const Node *n = &t->v[i];
    if (n->feature < 0) { fprintf(f, "=%d", (int)lrint(n->value * 4096)); return; }
    fprintf(f, "%d<=%d ", n->feature, edges[n->feature][n->bin]);
    put_node(f, t, n->left);
    fputc(' ', f);
    put_node(f, t, n->right);
}

static void report(const char *what, int32_t cut, FILE *predictions)
{
    Result r = measure(cut, predictions);
    printf("%s cut %.2f: body F1 %.4f P %.4f R %.4f; segments F1 %.4f (tp %d fn %d fp %d tn %d)\n", what, cut / 4096.0,
           r.f1, r.precision, r.recall, r.segments, r.tp, r.fn, r.fp, r.tn);
    fflush(stdout);
}


static void write_forest(const char *path, const Model *m, int32_t cut, const Result *cv, const Result *own)
{
    FILE *f = fopen(path, "w");
    if (!f) { perror(path); exit(1); }
    fprintf(f, "# Which blocks of a page are its article: a boosted forest, made by train/article_train.c (the "
               "features: src/input/article.h).\n"
               "# Trained on the development halves of: article-extraction-benchmark 4a3bc97 (MIT; whole bodies); "
               "trafilatura e90b0ef evaldata (Apache-2.0; segments).\n"
               "# Weights only; no text of a page is in here. Seed %llu, %d trees of at most %d leaves, rate %g.\n"
               "# Twenty folds by web site: body F1 %.4f (P %.4f, R %.4f), segments F1 %.4f. On its own training "
               "pages: %.4f, %.4f.\n",
            (unsigned long long)how.seed, how.trees, how.leaves, how.rate, cv->f1, cv->precision, cv->recall,
            cv->segments, own->f1, own->segments);
    fprintf(f, "features %d\nbase %d\ncut %d\n", FEATURE_COUNT, (int)lrint(m->base * 4096), cut);
    for (int t = 0; t < m->n; t++) put_node(f, &m->trees[t], 0), fputc('\n', f);
    fclose(f);
}

static void option(const char *arg)
{
    for (int f = 0; f < FEATURE_COUNT; f++)
        if (!strncmp(arg, "drop=", 5) && !strcmp(arg + 5, names[f])) { is_dropped[f] = true; return; }
#define INT(n) if (sscanf(arg, #n "=%d", &how.n) == 1) return;
#define REAL(n) if (sscanf(arg, #n "=%lf", &how.n) == 1) return;
    INT(trees) INT(leaves) INT(depth) INT(replay)
    REAL(rate) REAL(lambda) REAL(min_weight) REAL(rows) REAL(columns) REAL(segments) REAL(negatives)
    unsigned long long seed;
    if (sscanf(arg, "seed=%llu", &seed) == 1) { how.seed = seed; return; }
    fprintf(stderr, "no option '%s'\n", arg);
    exit(2);
}

/* The labels' texts, the folds' texts and judgements, for whoever looks for mistakes: in the folder KEEP, or
** nowhere. */
static FILE *work_file(const char *name, const char *mode)
{
    const char *folder = getenv("KEEP");
    FILE *f = folder ? fopen(arena_cstr(&arena, arena_printf(&arena, "%s/%s", folder, name)), mode) : tmpfile();
    if (!f) { perror(name); exit(1); }
    return f;
}

static void weigh(const Model *m, double *importance)
{
    for (int t = 0; t < m->n; t++)
        for (int i = 0; i < m->trees[t].n; i++)
            if (m->trees[t].v[i].feature >= 0) importance[m->trees[t].v[i].feature] += m->trees[t].v[i].gain;
}

static void score_all(const Model *m)
{
    for (int32_t i = 0; i < examples.n; i++) {
        double s = m->base;
        for (int t = 0; t < m->n; t++) s += tree_value(&m->trees[t], examples.v[i].bins);
        examples.v[i].page->score[examples.v[i].block] = s;
    }
}

static int32_t report_cuts(const char *what, Result *best)
{
    Result top = {0};
    int32_t at = 0;
    for (int32_t c = -6; c <= 6; c++) {
        Result r = measure(c * 1024, NULL);
        if (c % 2 == 0) report(what, c * 1024, NULL);
        if (r.f1 + r.segments / 4 > top.f1 + top.segments / 4) top = r, at = c * 1024;
    }
    report(what, at, NULL);
    if (best) *best = top;
    return at;
}

static Result cv;
static int32_t cv_cut;

int main(int n, char **arg)
{
    if (n < 3) { fprintf(stderr, "usage: article_train GOLD_FOLDER OUT [NAME=VALUE …]\n"); return 2; }
    for (int i = 3; i < n; i++) option(arg[i]);
    arena.landing = &landing;
    if (setjmp(landing)) { fprintf(stderr, "out of memory\n"); return 1; }
    pages.v = arena_new(&arena, Page, pages.cap = PAGES_MAX);
    load_set(arg[1], "aeb");
    load_set(arg[1], "pages");
    double bound = 0, exact = 0;
    for (int32_t i = 0; i < pages.n; i++) {
        Page *p = &pages.v[i];
        if (p->has_body) label_body(p);
        else label_segments(p);
        for (int32_t b = 0; b < p->blocks.n; b++)
            *push(&arena, &examples) =
                (Example){.page = p, .page_at = i, .block = b, .label = p->label[b], .weight = p->weight[b]};
        for (int32_t b = 0; b < p->blocks.n; b++)
            p->score[b] = p->has_body ? p->label[b] - 0.5 : 0, bound += p->label[b],
            exact += p->label[b] > 0 && p->label[b] < 1;
    }
    printf("%d pages, %d blocks, %.0f of the article (%.0f in part)\n", (int)pages.n, (int)examples.n, bound, exact);
    report("labels", 0, NULL);
    FILE *labels = work_file("article_labels.jsonl", "w");
    measure(0, labels);
    fclose(labels);
    make_edges();
    double importance[FEATURE_COUNT] = {0};
    if (how.replay) {
        FILE *f = work_file("article_oof.bin", "rb");
        for (int32_t i = 0; i < pages.n; i++)
            if (fread(pages.v[i].score, sizeof(double), (size_t)pages.v[i].blocks.n, f) != (size_t)pages.v[i].blocks.n)
                return 1;
        fclose(f);
        cv_cut = report_cuts("replayed folds", &cv);
        FILE *out = work_file("article_cv.jsonl", "w");
        measure(cv_cut, out);
        fclose(out);
        if (getenv("SHOW")) show_page(getenv("SHOW"));
        return 0;
    }
    for (int k = 0; k < FOLDS; k++) {
        Model m = train(1u << k);
        take_scores(1u << k);
        weigh(&m, importance);
        free(m.trees);
    }
    FILE *oof = work_file("article_oof.bin", "wb");
    for (int32_t i = 0; i < pages.n; i++) fwrite(pages.v[i].score, sizeof(double), (size_t)pages.v[i].blocks.n, oof);
    fclose(oof);
    cv_cut = report_cuts("folds", &cv);
    FILE *out = work_file("article_cv.jsonl", "w");
    measure(cv_cut, out);
    fclose(out);
    for (int k = 0; k < 40; k++) {
        int top = 0;
        for (int f = 1; f < FEATURE_COUNT; f++) if (importance[f] > importance[top]) top = f;
        printf("%s %.1f  ", names[top], importance[top]);
        importance[top] = -1;
    }
    printf("\n");
    Model all = train(0);
    score_all(&all);
    Result own = measure(cv_cut, NULL);
    report("own pages", cv_cut, NULL);
    write_forest(arg[2], &all, cv_cut, &cv, &own);
    return 0;
}
