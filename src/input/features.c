/* Features: what is known of a block before it is judged.
**
** A block is known by its text (length, links, stops, capitals), by the boxes it stands in (elements, and what sites
** call them: hints.c), by its place between the title and the last long paragraph, by the container that holds most
** of the page's good text, by the blocks with the same path, by its neighbours, and by what the head of the page
** states. "Good" is text that reads like prose: long, with few links, in no box that is plainly something else.
**
**  in:  "The port will reopen." in article > div.story-body > p, third block
**  out: SIZE 19, STOPS 1, TAG p, IN_HALF 1, CLASS_BODY 1 (one level up), P1_LINK 0, …
**
** Always: whole numbers; a row depends on the page alone. Cost: linear in nodes and text, blocks times ancestors for
** none: everything about ancestors is inherited in one pass from parent to child, and summed in one back.
*/
#include "input/article.h"
#include "input/inside.h"
#include <string.h>

enum { FAR = 9, OUTSIDE = 50, NEAR_MAX = 200, GOOD_MIN = 80, GOOD_LINK_MAX = 35, GRAM = 4 };

typedef struct {
    uint8_t up[CLASS_GROUP_COUNT];                       /* levels up to the next element of that group, FAR at most */
    uint32_t inside;                                     /* a bit for each of the boxes below */
    int32_t depth, articles, size, link, good, n_blocks, n_children, at;   /* at: which child of its parent's it is */
    int32_t score;                                       /* as Readability scores: of 16 */
    int32_t alike, cards, card;                          /* children of the parent's with the same tag and class; the most of an ancestor, and which */
    uint64_t path, own;
} Box;
enum { BOX_ARTICLE, BOX_MAIN, BOX_NAV, BOX_ASIDE, BOX_HEADER, BOX_FOOTER, BOX_FORM, BOX_TABLE, BOX_LIST, BOX_FIGURE, BOX_QUOTE, BOX_LINK,
       BOX_HIDDEN, BOX_SECTION, BOX_P, BOX_PROP };

typedef struct { int32_t words, commas, stops, quotes, bars, ends, begins, upper, letters, digits, capitals, short_words, lines, has_address;
                 bool is_good; uint32_t groups; int32_t like_title, like_description, in_body, repeated, before; } Look;
typedef struct { int32_t n, size, link, stops; } PathSum;
typedef SLICE(PathSum) PathSums;
typedef struct Page {
    Arena *a;
    const Html *h;
    const Blocks *blocks;
    Box *boxes;
    Look *looks;
    Row *rows;
    Map paths, uppaths;
    PathSums path_sums, uppath_sums;
    int32_t *path_of, *uppath_of;
    int32_t most, half, some, top;                       /* nodes */
    int32_t total, good, first_good, last_good, title_at;
} Page;

static int32_t share(int64_t part, int64_t whole) { return whole > 0 ? (int32_t)(part * 100 / whole) : 0; }
static int32_t clamp(int64_t x, int32_t low, int32_t high) { return x < low ? low : x > high ? high : (int32_t)x; }

/* ---- boxes: from parent to child ----------------------------------------------------------------------------- */
static uint32_t own_boxes(const Html *h, int32_t at)
{
    static const uint8_t of_tag[TAG_COUNT] = {
        [TAG_ARTICLE] = BOX_ARTICLE + 1, [TAG_MAIN] = BOX_MAIN + 1, [TAG_NAV] = BOX_NAV + 1, [TAG_ASIDE] = BOX_ASIDE + 1,
        [TAG_HEADER] = BOX_HEADER + 1, [TAG_FOOTER] = BOX_FOOTER + 1, [TAG_FORM] = BOX_FORM + 1, [TAG_TABLE] = BOX_TABLE + 1,
        [TAG_UL] = BOX_LIST + 1, [TAG_OL] = BOX_LIST + 1, [TAG_DL] = BOX_LIST + 1, [TAG_FIGURE] = BOX_FIGURE + 1, [TAG_FIGCAPTION] = BOX_FIGURE + 1,
        [TAG_BLOCKQUOTE] = BOX_QUOTE + 1, [TAG_A] = BOX_LINK + 1, [TAG_SECTION] = BOX_SECTION + 1, [TAG_P] = BOX_P + 1};
    static const struct { Str role; int box; } roles[] = {
        {S("main"), BOX_MAIN}, {S("article"), BOX_ARTICLE}, {S("navigation"), BOX_NAV}, {S("complementary"), BOX_ASIDE}, {S("banner"), BOX_HEADER},
        {S("contentinfo"), BOX_FOOTER}, {S("search"), BOX_FORM}, {S("form"), BOX_FORM}, {S("dialog"), BOX_HIDDEN}, {S("menu"), BOX_NAV}};
    const HtmlNode *n = &h->nodes.v[at];
    uint32_t bits = of_tag[n->tag] ? 1u << (of_tag[n->tag] - 1) : 0;
    for (int32_t i = n->attr; i < n->attr + n->n_attrs; i++) {
        HtmlAttr attr = h->attrs.v[i];
        if (str_eq(attr.name, S("role")))
            for (size_t k = 0; k < sizeof roles / sizeof *roles; k++) bits |= str_eq(attr.value, roles[k].role) ? 1u << roles[k].box : 0;
        if (str_eq(attr.name, S("itemprop")) && (str_eq(attr.value, S("articleBody")) || str_eq(attr.value, S("text")))) bits |= 1u << BOX_PROP;
        if (str_eq(attr.name, S("aria-hidden")) && str_eq(attr.value, S("true"))) bits |= 1u << BOX_HIDDEN;
    }
    return html_is_hidden(h, at) ? bits | 1u << BOX_HIDDEN : bits;
}

typedef struct { Map seen; SLICE(uint32_t) groups; } Names;
static uint32_t own_groups(Page *g, Names *names, int32_t at, uint64_t *key)
{
    static const Str looked_at[] = {S("class"), S("id"), S("itemprop"), S("data-component"), S("data-qa"), S("data-testid")};
    const HtmlNode *n = &g->h->nodes.v[at];
    uint32_t bits = 0;
    *key = (uint64_t)n->tag * 0x9E3779B97F4A7C15u;
    for (int32_t i = n->attr; i < n->attr + n->n_attrs; i++) {
        HtmlAttr attr = g->h->attrs.v[i];
        bool is_looked_at = false;
        for (size_t k = 0; k < sizeof looked_at / sizeof *looked_at; k++) is_looked_at |= str_eq(attr.name, looked_at[k]);
        if (!is_looked_at || !attr.value.n) continue;
        int32_t *known = map_at(&names->seen, attr.value);
        if (*known < 0) {
            *known = names->groups.n;
            *push(g->a, &names->groups) = class_groups(attr.value);
        }
        bits |= names->groups.v[*known];
        if (str_eq(attr.name, S("class"))) *key ^= hash64(attr.value);
    }
    return bits;
}

static void make_boxes(Page *g)
{
    Names names = {.seen = {.to = g->a}};
    const Html *h = g->h;
    g->boxes = arena_new(g->a, Box, h->nodes.n);
    memset(g->boxes[0].up, FAR, CLASS_GROUP_COUNT);
    for (int32_t i = 1; i < h->nodes.n; i++) {
        const HtmlNode *n = &h->nodes.v[i];
        if (n->tag == TAG_TEXT) continue;
        Box *b = &g->boxes[i], *up = &g->boxes[n->parent];
        uint64_t key;
        uint32_t bits = own_groups(g, &names, i, &key);
        if (n->tag == TAG_BODY || n->tag == TAG_HTML) bits = 0;   /* its class speaks of the whole page */
        for (int k = 0; k < CLASS_GROUP_COUNT; k++) b->up[k] = bits >> k & 1 ? 0 : up->up[k] < FAR ? up->up[k] + 1 : FAR;
        uint32_t own = own_boxes(h, i);
        b->inside = up->inside | own;
        b->articles = up->articles + (own & 1u << BOX_ARTICLE ? 1 : 0);
        b->depth = up->depth + 1;
        b->at = up->n_children++;
        b->own = key;
        b->path = key ^ (up->own * 3) ^ (n->parent > 0 ? g->boxes[h->nodes.v[n->parent].parent < 0 ? 0 : h->nodes.v[n->parent].parent].own * 7 : 0);
    }
}

/* ---- the text of a block ------------------------------------------------------------------------------------- */
static int ending_of(Str s)
{
    static const Str closers[] = {S("\""), S("'"), S(")"), S("”"), S("’"), S("»"), S("]"), S("“")};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
            if (s.n && str_ends(s, closers[i])) s.n -= closers[i].n, again = true;
    }
    static const struct { Str end; int kind; } kinds[] = {{S("..."), 3}, {S("…"), 3}, {S("."), 1}, {S("!"), 1}, {S("?"), 2}, {S("。"), 1},
                                                          {S("！"), 1}, {S("？"), 2}, {S(":"), 4}, {S("："), 4}, {S(","), 5}, {S(";"), 5}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_ends(s, kinds[i].end)) return kinds[i].kind;
    return 0;
}

static void look_at_letter(Look *l, int32_t cp, int32_t last, int32_t next, bool begins, int32_t *run)
{
    bool is_letter = utf8_is_letter(cp), is_digit = !is_letter && utf8_is_digit(cp);
    if (is_letter || is_digit) {
        if (*run == 0) {
            l->words++;
            l->capitals += utf8_is_upper(cp);
        }
        ++*run;
        l->letters += is_letter;
        l->digits += is_digit;
        l->upper += is_letter && utf8_is_upper(cp);
    } else {
        l->short_words += *run > 0 && *run <= 3;
        *run = 0;
        l->commas += cp == ',' || cp == ';' || cp == 0x3001 || cp == 0xFF0C;
        l->stops += ((cp == '.' || cp == '!' || cp == '?') && (next <= ' ' || next == '"' || next == 0x201D)) || cp == 0x3002;
        l->quotes += cp == '"' || (cp >= 0x201C && cp <= 0x201E) || cp == 0xAB || cp == 0xBB;
        l->bars += cp == '|' || cp == 0x2022 || cp == 0xBB || cp == 0xB7 || cp == '/' || cp == '#';
        l->lines += cp == '\n';
        l->has_address |= cp == '@' || (cp == ':' && next == '/');
    }
    if (begins) l->begins = is_digit ? 1 : is_letter ? utf8_is_upper(cp) ? 2 : 3 : cp == '"' || cp == 0x201C || cp == 0xAB ? 4 : 5;
    (void)last;
}

static void look(Look *l, Str s)
{
    int32_t run = 0, last = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        bool begins = i == 0;
        int32_t cp = s.p[i] >= 0 ? s.p[i++] : utf8_next(s, &i);
        look_at_letter(l, cp, last, i < s.n ? (unsigned char)s.p[i] < 0x80 ? s.p[i] : 0x201D : 0, begins, &run);
        last = cp;
    }
    l->short_words += run > 0 && run <= 3;
    l->ends = ending_of(s);
    l->groups = word_groups(s);
}

/* ---- words in common ----------------------------------------------------------------------------------------- */
/* Hashes of the words of a text, lower case by ASCII; letters and digits make words, each wide letter is one. */
static void hash_words(Arena *a, Str s, Ints *out)
{
    uint32_t hash = 0;
    bool open = false;
    for (ptrdiff_t i = 0; i <= s.n; i++) {
        unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';
        if (c >= 'A' && c <= 'Z') c |= 32;
        bool is_word = c >= 0x80 ? c != 0xE2 : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool is_wide = c >= 0xE3 && c <= 0xEC;           /* the leading byte of most Chinese, Japanese and Korean letters */
        if (open && (!is_word || is_wide)) {
            *push(a, out) = (int32_t)(hash ^ hash >> 15);
            open = false;
        }
        if (c == 0xE2) i += 2;                           /* dashes and quotation marks, three bytes each */
        if (!is_word) continue;
        if (!open) hash = 2166136261u;
        open = true;
        hash = (hash ^ c) * 16777619u;
    }
}

typedef struct { uint64_t key; int32_t block, more; } Cell;   /* block -1: free; more: it stands in other blocks, too */
typedef struct { Cell *v; uint32_t mask; } Grams;
static Grams grams_of(Arena *a, int64_t n)
{
    uint32_t cap = 64;
    while ((int64_t)cap < n * 2) cap *= 2;
    Grams g = {arena_new(a, Cell, cap), cap - 1};
    for (uint32_t i = 0; i < cap; i++) g.v[i].block = -1;
    return g;
}
static Cell *gram_cell(const Grams *g, const int32_t *w)
{
    uint64_t key = 0;
    for (int k = 0; k < GRAM; k++) key = (key ^ (uint32_t)w[k]) * 0x9E3779B97F4A7C15u, key ^= key >> 29;
    uint32_t i = (uint32_t)(key >> 16) & g->mask;
    while (g->v[i].block >= 0 && g->v[i].key != key) i = (i + 1) & g->mask;
    g->v[i].key = key;
    return &g->v[i];
}

static void mark_known(Arena *a, Str text, const Ints *words, const int32_t *begin, int32_t n, Look *looks, int which)
{
    Ints known = {0};
    hash_words(a, text, &known);
    Grams g = grams_of(a, known.n);
    for (int32_t i = 0; i + GRAM <= known.n; i++) gram_cell(&g, known.v + i)->block = 0;
    for (int32_t b = 0; b < n; b++) {
        int32_t hits = 0, all = begin[b + 1] - begin[b] - GRAM + 1;
        for (int32_t i = begin[b]; i + GRAM <= begin[b + 1]; i++) hits += gram_cell(&g, words->v + i)->block >= 0;
        int32_t s = all > 0 ? share(hits, all) : -1;
        if (which == 0) looks[b].in_body = known.n < 40 ? -2 : s;
        else looks[b].like_description = known.n < GRAM ? -2 : s;
    }
}

/* How much of a short block the title has, and the block of the title: of 100. */
static int32_t likeness(const int32_t *a, int32_t n, const int32_t *b, int32_t m)
{
    if (!n || !m || n > 60 || m > 60) return 0;
    int32_t hits = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t k = 0; k < m; k++)
            if (a[i] == b[k]) { hits++; break; }
    return hits * 200 / (n + m) > 100 ? 100 : hits * 200 / (n + m);
}

static void compare_words(Page *g, const Known *known)
{
    int32_t n = g->blocks->n, *begin = arena_new(g->a, int32_t, n + 1);
    Ints words = {0}, title = {0};
    for (int32_t b = 0; b < n; b++) {
        begin[b] = words.n;
        hash_words(g->a, g->blocks->v[b].text, &words);
    }
    begin[n] = words.n;
    hash_words(g->a, known->title, &title);
    mark_known(g->a, known->body, &words, begin, n, g->looks, 0);
    mark_known(g->a, known->description, &words, begin, n, g->looks, 1);
    Grams all = grams_of(g->a, words.n);
    for (int32_t b = 0; b < n; b++)
        for (int32_t i = begin[b]; i + GRAM <= begin[b + 1]; i++) {
            Cell *c = gram_cell(&all, words.v + i);
            if (c->block < 0) c->block = b;
            else c->more |= c->block != b;
        }
    for (int32_t b = 0; b < n; b++) {
        int32_t more = 0, before = 0, of = begin[b + 1] - begin[b] - GRAM + 1;
        for (int32_t i = begin[b]; i + GRAM <= begin[b + 1]; i++) {
            const Cell *c = gram_cell(&all, words.v + i);
            more += c->more;
            before += c->block < b;
        }
        g->looks[b].repeated = of > 0 ? share(more, of) : -1;
        g->looks[b].before = of > 0 ? share(before, of) : -1;
        g->looks[b].like_title = likeness(words.v + begin[b], begin[b + 1] - begin[b], title.v, title.n);
    }
}

/* ---- containers ---------------------------------------------------------------------------------------------- */
static bool is_good(const Page *g, int32_t b)
{
    const Block *k = &g->blocks->v[b];
    const Box *x = &g->boxes[k->node];
    uint32_t bad = 1u << BOX_NAV | 1u << BOX_ASIDE | 1u << BOX_FOOTER | 1u << BOX_HIDDEN | 1u << BOX_FIGURE | 1u << BOX_FORM;
    if (k->size < GOOD_MIN || share(k->link_size, k->size) > GOOD_LINK_MAX || x->inside & bad) return false;
    return x->up[CLASS_COMMENT] == FAR && x->up[CLASS_POPUP] > 3;
}

static void sum_boxes(Page *g)
{
    const Html *h = g->h;
    for (int32_t b = 0; b < g->blocks->n; b++) {
        const Block *k = &g->blocks->v[b];
        Look *l = &g->looks[b];
        Box *x = &g->boxes[k->node];
        l->is_good = is_good(g, b);
        x->size += k->size;
        x->link += k->link_size;
        x->n_blocks++;
        x->good += l->is_good ? k->size : 0;
        g->total += k->size;
        g->good += l->is_good ? k->size : 0;
        if (l->is_good) g->first_good = g->first_good < 0 ? b : g->first_good, g->last_good = b;
        if (k->size < 25 || x->up[CLASS_COMMENT] < FAR) continue;
        int32_t score = (1 + l->commas + (k->size / 100 > 3 ? 3 : k->size / 100)) * 16 * (100 - share(k->link_size, k->size)) / 100;
        int32_t up = h->nodes.v[k->node].parent;
        for (int32_t part = 1; up >= 0 && part <= 3; part++, up = h->nodes.v[up].parent) g->boxes[up].score += score / part;
    }
    for (int32_t i = h->nodes.n - 1; i > 0; i--) {
        if (h->nodes.v[i].tag == TAG_TEXT) continue;
        Box *x = &g->boxes[i], *up = &g->boxes[h->nodes.v[i].parent];
        up->size += x->size;
        up->link += x->link;
        up->good += x->good;
        up->n_blocks += x->n_blocks;
    }
}

/* Cards: boxes of several blocks that stand beside others with the same tag and class, as teasers do. */
static void count_cards(Page *g)
{
    const Html *h = g->h;
    Map seen = {.to = g->a};
    Ints counts = {0};
    uint64_t *keys = arena_new(g->a, uint64_t, h->nodes.n);
    for (int pass = 0; pass < 2; pass++)
        for (int32_t i = 1; i < h->nodes.n; i++) {
            HtmlTag tag = h->nodes.v[i].tag;
            Box *x = &g->boxes[i], *up = &g->boxes[h->nodes.v[i].parent];
            if (tag == TAG_TEXT) continue;
            if (pass) x->cards = up->cards, x->card = up->card;
            bool may = x->n_blocks > 0 && x->size >= 20 && (tag == TAG_DIV || tag == TAG_ARTICLE || tag == TAG_LI || tag == TAG_SECTION || tag == TAG_A || tag == TAG_TR || tag == TAG_TD);
            if (!may) continue;
            keys[i] = x->own ^ (uint64_t)h->nodes.v[i].parent * 0xD6E8FEB86659FD93u;
            int32_t *at = map_at(&seen, (Str){(const char *)&keys[i], sizeof *keys});
            if (*at < 0) *at = counts.n, *push(g->a, &counts) = 0;
            if (!pass) { counts.v[*at]++; continue; }
            x->alike = counts.v[*at];
            if (x->n_blocks >= 2 && x->alike > x->cards) x->cards = x->alike, x->card = i;
        }
}

/* The deepest element that holds so many percent of the good text. */
static int32_t holder(const Page *g, int32_t percent)
{
    int32_t at = 0;
    for (int32_t child = g->h->nodes.v[0].first; child >= 0;) {
        const Box *x = &g->boxes[child];
        if (g->h->nodes.v[child].tag != TAG_TEXT && g->good && share(x->good, g->good) >= percent) {
            if (html_kind(g->h->nodes.v[child].tag) == 'b' && g->h->nodes.v[child].tag != TAG_P) at = child;
            child = g->h->nodes.v[child].first;
            continue;
        }
        child = g->h->nodes.v[child].next;
    }
    return at;
}

static int32_t top_node(const Page *g)
{
    int32_t top = 0, best = -1;
    for (int32_t i = 0; i < g->h->nodes.n; i++) {
        const Box *x = &g->boxes[i];
        int32_t s = x->score * (100 - share(x->link, x->size)) / 100;
        if (x->up[CLASS_COMMENT] < FAR || x->inside & 1u << BOX_FOOTER) s /= 4;
        if (s > best) best = s, top = i;
    }
    return top;
}

static int32_t levels_in(const Page *g, int32_t node, int32_t container)
{
    int32_t levels = g->boxes[node].depth - g->boxes[container].depth;
    if (levels < 0) return OUTSIDE;
    for (int32_t k = 0; k < levels; k++) node = g->h->nodes.v[node].parent;
    return node == container ? levels : OUTSIDE;
}

/* ---- paths --------------------------------------------------------------------------------------------------- */
static int32_t path_add(Page *g, Map *map, PathSums *sums, uint64_t *key, const Block *k, const Look *l)
{
    int32_t *at = map_at(map, (Str){(const char *)key, sizeof *key});
    if (*at < 0) {
        *at = sums->n;
        push(g->a, sums);
    }
    PathSum *s = &sums->v[*at];
    s->n++;
    s->size += k->size;
    s->link += k->link_size;
    s->stops += l->ends == 1;
    return *at;
}

static void sum_paths(Page *g)
{
    int32_t n = g->blocks->n;
    uint64_t *keys = arena_new(g->a, uint64_t, n * 2 + 2);   /* they outlive the maps' borrowing */
    g->path_of = arena_new(g->a, int32_t, n + 1);
    g->uppath_of = arena_new(g->a, int32_t, n + 1);
    for (int32_t b = 0; b < n; b++) {
        int32_t node = g->blocks->v[b].node, up = g->h->nodes.v[node].parent;
        keys[b * 2] = g->boxes[node].path;
        keys[b * 2 + 1] = g->boxes[up < 0 ? 0 : up].path;
        g->path_of[b] = path_add(g, &g->paths, &g->path_sums, &keys[b * 2], &g->blocks->v[b], &g->looks[b]);
        g->uppath_of[b] = path_add(g, &g->uppaths, &g->uppath_sums, &keys[b * 2 + 1], &g->blocks->v[b], &g->looks[b]);
    }
}

/* ---- rows ---------------------------------------------------------------------------------------------------- */
#define SET(name, value) r[FEATURE_##name] = (int32_t)(value)

static int heading_of(HtmlTag t) { return t >= TAG_H1 && t <= TAG_H6 ? (int)(t - TAG_H1) + 1 : 0; }
static int kind_of(HtmlTag t)                            /* in an order that a threshold can cut: prose to furniture */
{
    switch (t) {
    case TAG_P: return 0;
    case TAG_PRE: return 1;
    case TAG_BLOCKQUOTE: return 2;
    case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: return 3;
    case TAG_LI: return 4;
    case TAG_DD: case TAG_DT: return 5;
    case TAG_TD: case TAG_TH: return 6;
    case TAG_DIV: return 7;
    case TAG_SECTION: case TAG_ARTICLE: case TAG_MAIN: return 8;
    case TAG_FIGCAPTION: case TAG_FIGURE: return 9;
    case TAG_HEADER: return 10;
    case TAG_FOOTER: case TAG_ASIDE: case TAG_NAV: case TAG_FORM: return 11;
    default: return 12;
    }
}

static void set_block(int32_t *r, const Block *k, const Look *l)
{
    SET(SIZE, k->size); SET(WORDS, l->words); SET(LINK_SHARE, share(k->link_size, k->size)); SET(BOLD_SHARE, share(k->bold_size, k->size));
    SET(ITALIC_SHARE, share(k->italic_size, k->size)); SET(LINKS, k->n_links); SET(COMMAS, l->commas); SET(STOPS, l->stops);
    SET(ENDS, l->ends); SET(BEGINS, l->begins); SET(UPPER_SHARE, share(l->upper, l->letters)); SET(DIGIT_SHARE, share(l->digits, l->digits + l->letters));
    SET(CAPITAL_SHARE, share(l->capitals, l->words)); SET(WORD_LENGTH, l->words ? (l->letters + l->digits) * 10 / l->words : 0);
    SET(SHORT_WORDS, share(l->short_words, l->words)); SET(LINES, l->lines); SET(QUOTES, l->quotes); SET(BARS, l->bars); SET(HAS_ADDRESS, l->has_address);
    for (int i = 0; i < WORD_GROUP_COUNT; i++) r[FEATURE_WORDS_RELATED + i] = (int32_t)(l->groups >> i & 1);
    SET(LIKE_TITLE, l->like_title); SET(LIKE_DESCRIPTION, l->like_description); SET(IN_KNOWN_BODY, l->in_body);
    SET(REPEATED, l->repeated); SET(REPEATED_BEFORE, l->before);
}

static void set_place(const Page *g, int32_t *r, const Block *k)
{
    const Box *x = &g->boxes[k->node];
    HtmlTag tag = g->h->nodes.v[k->node].tag;
#define IN(box) (x->inside >> BOX_##box & 1)
    SET(TAG, kind_of(tag)); SET(HEADING, heading_of(tag)); SET(DEPTH, x->depth); SET(IN_ARTICLE, IN(ARTICLE)); SET(IN_MAIN, IN(MAIN)); SET(IN_NAV, IN(NAV));
    SET(IN_ASIDE, IN(ASIDE)); SET(IN_HEADER, IN(HEADER)); SET(IN_FOOTER, IN(FOOTER)); SET(IN_FORM, IN(FORM)); SET(IN_TABLE, IN(TABLE)); SET(IN_LIST, IN(LIST));
    SET(IN_FIGURE, IN(FIGURE)); SET(IN_QUOTE, IN(QUOTE)); SET(IN_LINK, IN(LINK)); SET(IN_HIDDEN, IN(HIDDEN)); SET(IN_SECTION, IN(SECTION)); SET(IN_P, IN(P));
    SET(IN_ROLE, IN(NAV) + IN(ASIDE) + IN(FOOTER) + IN(FORM) + IN(HIDDEN)); SET(IN_BODY_PROP, IN(PROP)); SET(ARTICLES, x->articles);
#undef IN
    for (int i = 0; i < CLASS_GROUP_COUNT; i++) r[FEATURE_CLASS_BODY + i] = x->up[i];
}

static void set_container(const Page *g, int32_t *r, const Block *k)
{
    int32_t up[3], node = k->node, top = g->boxes[g->top].score;
    for (int i = 0; i < 3; i++) up[i] = node = g->h->nodes.v[node].parent < 0 ? 0 : g->h->nodes.v[node].parent;
    const Box *p = &g->boxes[up[0]], *gp = &g->boxes[up[1]], *ggp = &g->boxes[up[2]], *own = &g->boxes[k->node];
    SET(IN_MOST, levels_in(g, k->node, g->most)); SET(IN_HALF, levels_in(g, k->node, g->half)); SET(IN_SOME, levels_in(g, k->node, g->some));
    SET(OF_MOST, share(g->boxes[g->most].good, g->boxes[g->most].size)); SET(OF_HALF, share(g->boxes[g->half].good, g->boxes[g->half].size));
    SET(IN_TOP, levels_in(g, k->node, g->top)); SET(PARENT_SCORE, share(p->score, top)); SET(GRAND_SCORE, share(gp->score, top));
    SET(PARENT_SIZE, p->size); SET(PARENT_LINK, share(p->link, p->size)); SET(PARENT_GOOD, share(p->good, p->size));
    SET(GRAND_SIZE, gp->size); SET(GRAND_LINK, share(gp->link, gp->size)); SET(GRAND_GOOD, share(gp->good, gp->size));
    SET(GREAT_SIZE, ggp->size); SET(GREAT_LINK, share(ggp->link, ggp->size)); SET(GREAT_GOOD, share(ggp->good, ggp->size));
    SET(CARDS, own->cards); SET(CARD_SIZE, own->cards ? g->boxes[own->card].size : 0); SET(CARD_UP, own->cards ? own->depth - g->boxes[own->card].depth : -1);
    SET(ELDERS, share(p->good, g->good)); SET(SIBLINGS, p->n_blocks); SET(SIBLINGS_ALIKE, p->n_children); SET(CHILD_AT, own->at); SET(CHILD_LEFT, p->n_children - own->at);
}

static void set_path(const Page *g, int32_t *r, int32_t b)
{
    const PathSum *p = &g->path_sums.v[g->path_of[b]], *u = &g->uppath_sums.v[g->uppath_of[b]];
    SET(PATH_N, p->n); SET(PATH_SIZE, p->size / p->n); SET(PATH_LINK, share(p->link, p->size)); SET(PATH_STOPS, share(p->stops, p->n));
    SET(PATH_SHARE, share(p->size, g->total)); SET(UPPATH_N, u->n); SET(UPPATH_SIZE, u->size / u->n); SET(UPPATH_LINK, share(u->link, u->size));
    SET(UPPATH_SHARE, share(u->size, g->total));
}

static void set_neighbours(const Page *g, int32_t b)
{
    int32_t *r = g->rows[b], n = g->blocks->n;
    static const Row none = {0};
    const int32_t *p1 = b > 0 ? g->rows[b - 1] : none, *p2 = b > 1 ? g->rows[b - 2] : none;
    const int32_t *n1 = b + 1 < n ? g->rows[b + 1] : none, *n2 = b + 2 < n ? g->rows[b + 2] : none;
#define OF(row, name) row[FEATURE_##name]
    SET(P1_SIZE, OF(p1, SIZE)); SET(P1_LINK, OF(p1, LINK_SHARE)); SET(P1_TAG, OF(p1, TAG)); SET(P1_ENDS, OF(p1, ENDS)); SET(P1_HEADING, OF(p1, HEADING));
    SET(P1_GOOD, b > 0 && g->looks[b - 1].is_good); SET(N1_SIZE, OF(n1, SIZE)); SET(N1_LINK, OF(n1, LINK_SHARE)); SET(N1_TAG, OF(n1, TAG));
    SET(N1_ENDS, OF(n1, ENDS)); SET(N1_HEADING, OF(n1, HEADING)); SET(N1_GOOD, b + 1 < n && g->looks[b + 1].is_good);
    SET(P2_SIZE, OF(p2, SIZE)); SET(P2_LINK, OF(p2, LINK_SHARE)); SET(P2_TAG, OF(p2, TAG)); SET(N2_SIZE, OF(n2, SIZE)); SET(N2_LINK, OF(n2, LINK_SHARE));
    SET(N2_TAG, OF(n2, TAG)); SET(P1_SAME, b > 0 && g->path_of[b] == g->path_of[b - 1]); SET(N1_SAME, b + 1 < n && g->path_of[b] == g->path_of[b + 1]);
    SET(P1_FURNITURE, b > 0 ? (int32_t)g->looks[b - 1].groups : 0); SET(N1_FURNITURE, b + 1 < n ? (int32_t)g->looks[b + 1].groups : 0);
    /* A line that is all link, without a stop, between lines of prose: sites put their teasers so. */
    SET(LINK_LINE, r[FEATURE_LINK_SHARE] >= 95 && r[FEATURE_ENDS] != 1 && OF(p1, LINK_SHARE) < 50 && OF(n1, LINK_SHARE) < 50 && !r[FEATURE_IN_LIST] && !r[FEATURE_HEADING]);
#undef OF
}

static int32_t title_block(const Page *g)
{
    int32_t best = -1, likeness_best = 55;
    for (int32_t b = 0; b < g->blocks->n; b++) {
        const Block *k = &g->blocks->v[b];
        if (k->size > 300 || g->boxes[k->node].inside & (1u << BOX_NAV | 1u << BOX_HIDDEN)) continue;
        int32_t s = g->looks[b].like_title + (g->h->nodes.v[k->node].tag == TAG_H1 ? 30 : heading_of(g->h->nodes.v[k->node].tag) ? 5 : 0);
        if (s > likeness_best) likeness_best = s, best = b;
    }
    return best;
}

/* Where the way from the block to the title turns down again. */
static void set_title(const Page *g, int32_t *r, int32_t b)
{
    int32_t x = g->blocks->v[b].node, y = g->title_at < 0 ? 0 : g->blocks->v[g->title_at].node, up = 0, down = 0;
    while (x != y) {
        if (g->boxes[x].depth >= g->boxes[y].depth) x = g->h->nodes.v[x].parent, up++;
        else y = g->h->nodes.v[y].parent, down++;
    }
    SET(TITLE_UP, g->title_at < 0 ? -1 : up); SET(TITLE_DOWN, g->title_at < 0 ? -1 : down); SET(TITLE_SHARE, share(g->boxes[x].size, g->total));
}

/* A pass each way: what was before, what is to come. */
static void set_order(Page *g)
{
    int32_t n = g->blocks->n, at = 0, good = 0, inside = 0, all_inside = g->boxes[g->half].size, last = -NEAR_MAX;
    int32_t under = -1, since = 0;
    for (int32_t b = 0; b < n; b++) {
        int32_t *r = g->rows[b];
        const Block *k = &g->blocks->v[b];
        bool is_inside = r[FEATURE_IN_HALF] < OUTSIDE;
        SET(AT, share(at, g->total)); SET(AT_INSIDE, is_inside ? share(inside, all_inside) : -1);
        SET(LEFT_INSIDE, is_inside ? all_inside - inside - k->size : -1);
        SET(FROM_TITLE, g->title_at < 0 ? -NEAR_MAX - 1 : clamp(b - g->title_at, -NEAR_MAX, NEAR_MAX));
        SET(FROM_FIRST, clamp(b - g->first_good, -NEAR_MAX, NEAR_MAX)); SET(FROM_LAST, clamp(b - g->last_good, -NEAR_MAX, NEAR_MAX));
        SET(GOOD_BEFORE, share(good, g->good)); SET(BLOCKS, n); SET(PAGE_GOOD, g->good); SET(PAGE_GOOD_SHARE, share(g->good, g->total));
        SET(FROM_GOOD, clamp(b - last, 0, NEAR_MAX));
        if (g->looks[b].is_good) good += k->size, last = b;
        set_title(g, r, b);
        if (r[FEATURE_HEADING] > 0 || (k->size < 40 && k->bold_size == k->size)) under = b;
        SET(UNDER_FROM, under < 0 ? -1 : b - under); SET(UNDER_LEVEL, under < 0 ? -1 : g->rows[under][FEATURE_HEADING]);
        uint32_t words = under < 0 ? 0 : g->looks[under].groups;
        SET(UNDER_WORDS, words); SET(UNDER_RELATED, words >> WORDS_RELATED & 1); SET(UNDER_COMMENT, words >> WORDS_COMMENT & 1);
        SET(UNDER_CLASS, under < 0 ? FAR : g->boxes[g->blocks->v[under].node].up[CLASS_RELATED]);
        if (b == g->title_at) since = 0;
        SET(GOOD_SINCE_TITLE, since);
        since += g->looks[b].is_good;
        SET(GOOD_AFTER, share(g->good - good, g->good));
        at += k->size;
        if (is_inside) inside += k->size;
        int32_t near = 0;
        for (int32_t i = b < 3 ? 0 : b - 3; i <= b + 3 && i < n; i++) near += i != b && g->looks[i].is_good ? g->blocks->v[i].size : 0;
        SET(GOOD_NEAR, near);
    }
    last = n + NEAR_MAX;
    for (int32_t b = n - 1; b >= 0; b--) {
        int32_t *r = g->rows[b], ahead = clamp(last - b, 0, NEAR_MAX);
        if (ahead < r[FEATURE_FROM_GOOD]) SET(FROM_GOOD, -ahead);
        if (g->looks[b].is_good) last = b;
    }
}

Row *article_features(Arena *a, const Html *h, const Blocks *blocks, const Known *known)
{
    int32_t n = blocks->n;
    Page *g = arena_new(a, Page, 1);
    *g = (Page){.a = a, .h = h, .blocks = blocks, .paths = {.to = a}, .uppaths = {.to = a}, .first_good = -1, .last_good = -1};
    g->rows = arena_new(a, Row, n + 1);
    g->looks = arena_new(a, Look, n + 1);
    make_boxes(g);
    for (int32_t b = 0; b < n; b++) look(&g->looks[b], blocks->v[b].text);
    compare_words(g, known);
    sum_boxes(g);
    sum_paths(g);
    count_cards(g);
    g->most = holder(g, 85);
    g->half = holder(g, 60);
    g->some = holder(g, 40);
    g->top = top_node(g);
    g->title_at = title_block(g);
    for (int32_t b = 0; b < n; b++) {
        set_block(g->rows[b], &blocks->v[b], &g->looks[b]);
        set_place(g, g->rows[b], &blocks->v[b]);
        set_container(g, g->rows[b], &blocks->v[b]);
        set_path(g, g->rows[b], b);
    }
    set_order(g);
    for (int32_t b = 0; b < n; b++) set_neighbours(g, b);
    return g->rows;
}
