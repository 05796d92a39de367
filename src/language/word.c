/* Words: what a model may ask of one, hashed once.
**
** "Tallinn's envoys met in mid-2031"
**   Tallinn   lower tallinn, norm tallinn, prefixes t ta tal, suffixes n nn inn linn, shape Xxx, cluster of cities
**   mid-2031  norm mid-0000: every year is one word; shape xx-dd
**
** Hashes, not texts: a model holds no words, and a word that training never saw still has its ends, its shape and its
** cluster. Parts of at most seven bytes are packed as they are, which is cheaper than hashing and cannot collide. The
** curved apostrophe counts as the straight one. All addresses (of pages, of mail, "@name") have norms of their kind.
**
** A sentence also has a look of its own: in a line of capitals, or in a headline whose Words Begin So, capitals say
** little; each word carries that as a flag (WORD_SHOUTED, WORD_TITLED).
**
** Clusters: buckets of 64 bytes, sixteen fingerprints of 16 bits and sixteen paths; a lookup reads one. An unknown word
** has a fingerprint by accident once in some 6,000. Where a bucket is full the rarest words stay unknown.
**
** Always: nothing is allocated for a word; a word of more than 255 bytes is known by its first 255. Cost: some 100 ns.
*/
#include "language/inside.h"
#include <string.h>
#include <utf8proc.h>

enum { WORD_BYTES = 255, SHAPE_KINDS = 15 };
enum { KIND_LOWER = 1, KIND_UPPER, KIND_DIGIT, KIND_LETTER, KIND_DOT, KIND_HYPHEN, KIND_APOSTROPHE, KIND_COMMA, KIND_AT,
       KIND_SLASH, KIND_MONEY, KIND_SIGN };

/* ---- clusters ----------------------------------------------------------------------------------------------- */
enum { BUCKET_CELLS = 16, BUCKET_BYTES = 64 };

static inline uint16_t u16(const char *p) { return (uint16_t)le_number(p, 2); }

static inline uint16_t fingerprint(uint64_t lower)
{
    uint16_t f = (uint16_t)(lower >> 48);
    return f ? f : 1;                                    /* 0 marks an empty cell */
}

bool clusters_of(Str section, Clusters *c, Err *e)
{
    *c = (Clusters){0};
    if (!section.n) return true;                         /* a model without clusters: every word is unknown */
    uint64_t n = (uint64_t)section.n / BUCKET_BYTES;
    if (section.n % BUCKET_BYTES || (n & (n - 1)))
        return fail(e, ERR_INPUT, "the clusters of words have %td bytes, not a power of two of buckets of %d", section.n,
                    BUCKET_BYTES);
    *c = (Clusters){section, n - 1};
    return true;
}

uint16_t cluster_of(const Clusters *c, uint64_t lower)
{
    if (!c->cells.n) return 0;
    const char *bucket = c->cells.p + (lower & c->mask) * BUCKET_BYTES;
    uint16_t f = fingerprint(lower);
    for (int i = 0; i < BUCKET_CELLS; i++)
        if (u16(bucket + 2 * i) == f) return u16(bucket + BUCKET_CELLS * 2 + 2 * i);
    return 0;
}

/* At most three quarters full on the average. Words come with the most frequent first. */
void clusters_write(const uint64_t *lower, const uint16_t *cluster, int32_t n, Buf *out)
{
    uint64_t buckets = 1;
    while (buckets * BUCKET_CELLS * 3 / 4 < (uint64_t)n) buckets *= 2;
    char *cells = arena_new(out->to, char, buckets * BUCKET_BYTES);
    for (int32_t w = 0; w < n; w++) {
        char *bucket = cells + (lower[w] & (buckets - 1)) * BUCKET_BYTES;
        uint16_t f = fingerprint(lower[w]);
        int i = 0;
        while (i < BUCKET_CELLS && u16(bucket + 2 * i) && u16(bucket + 2 * i) != f) i++;
        if (i == BUCKET_CELLS || u16(bucket + 2 * i) == f) continue;
        char *at[2] = {bucket + 2 * i, bucket + BUCKET_CELLS * 2 + 2 * i};
        uint16_t value[2] = {f, cluster[w]};
        for (int k = 0; k < 2; k++) {
            at[k][0] = (char)(value[k] & 255);
            at[k][1] = (char)(value[k] >> 8);
        }
    }
    buf_add(out, (Str){cells, (ptrdiff_t)(buckets * BUCKET_BYTES)});
}

/* ---- one word --------------------------------------------------------------------------------------------------- */
typedef struct {
    char lower[WORD_BYTES + 8], norm[WORD_BYTES + 8];    /* equally long */
    int n;
    int chars;
    uint64_t shape;
    int kinds, run;                                      /* of the shape; how often its last kind stood */
    int letters, uppers, digits, hyphens;
    bool is_upper;                                       /* the first character */
} Spelling;

static inline void shape_add(Spelling *s, int kind)
{
    s->run = (s->shape & 15) == (uint64_t)kind ? s->run + 1 : 1;
    if (s->run > 2 || s->kinds == SHAPE_KINDS) return;
    s->shape = s->shape << 4 | (uint64_t)kind;
    s->kinds++;
}

static inline int kind_of_ascii(char c)
{
    if (c >= 'a' && c <= 'z') return KIND_LOWER;
    if (c >= 'A' && c <= 'Z') return KIND_UPPER;
    if (c >= '0' && c <= '9') return KIND_DIGIT;
    switch (c) {
    case '.': return KIND_DOT;
    case '-': return KIND_HYPHEN;
    case '\'': return KIND_APOSTROPHE;
    case ',': return KIND_COMMA;
    case '@': return KIND_AT;
    case '/': return KIND_SLASH;
    case '$': return KIND_MONEY;
    default: return KIND_SIGN;
    }
}

static int kind_of(int32_t cp)
{
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LL: return KIND_LOWER;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return KIND_UPPER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return KIND_LETTER;
    case UTF8PROC_CATEGORY_ND: return KIND_DIGIT;
    case UTF8PROC_CATEGORY_PD: return KIND_HYPHEN;
    case UTF8PROC_CATEGORY_SC: return KIND_MONEY;
    default: return KIND_SIGN;
    }
}

static inline void spell_char(Spelling *s, int kind, const char *bytes, int n)
{
    for (int i = 0; i < n; i++) {
        s->lower[s->n + i] = bytes[i];
        s->norm[s->n + i] = kind == KIND_DIGIT ? '0' : bytes[i];
    }
    if (kind == KIND_DIGIT) s->digits++;
    if (kind == KIND_UPPER) s->uppers++;
    if (kind == KIND_UPPER && !s->chars) s->is_upper = true;
    if (kind == KIND_LOWER || kind == KIND_UPPER || kind == KIND_LETTER) s->letters++;
    if (kind == KIND_HYPHEN) s->hyphens++;
    s->n += n;
    s->chars++;
    shape_add(s, kind);
}

static void spell(Spelling *s, Str form)
{
    utf8proc_uint8_t bytes[4];
    for (ptrdiff_t i = 0; i < form.n && s->n < WORD_BYTES;) {
        char c = form.p[i];
        if (!(c & 0x80)) {
            int kind = kind_of_ascii(c);
            char low = kind == KIND_UPPER ? (char)(c | 32) : c;
            spell_char(s, kind, &low, 1);
            i++;
            continue;
        }
        int32_t cp = utf8_next(form, &i);
        int kind = kind_of(cp);
        if (cp == 0x2019 || cp == 0x2BC) {
            spell_char(s, KIND_APOSTROPHE, "'", 1);
            continue;
        }
        spell_char(s, kind, (char *)bytes, (int)utf8proc_encode_char(kind == KIND_UPPER ? utf8proc_tolower(cp) : cp, bytes));
    }
}

static uint64_t part(const char *p, int n)
{
    return n > 7 ? hash64((Str){p, n}) : le_number(p, n) | (uint64_t)n << 56;
}

/* 0: a word; else what kind of address. */
static uint64_t address(const Spelling *s)
{
    Str w = {s->lower, s->n};
    if (s->n < 3) return 0;
    if (str_starts(w, S("http://")) || str_starts(w, S("https://")) || str_starts(w, S("www."))) return 1;
    const char *at = memchr(s->lower, '@', (size_t)s->n);
    if (!at) return 0;
    if (at == s->lower) return s->letters ? 2 : 0;
    return memchr(at, '.', (size_t)(s->lower + s->n - at)) ? 3 : 0;
}

static inline bool is_inner(char c)                      /* of a character of several bytes, not its first */
{
    return (c & 0xC0) == 0x80;
}

static void word_ends(const Spelling *s, Word *w)
{
    for (int i = 0, n = 0; i < WORD_PREFIXES && i + 1 < s->chars; i++) {
        do n++;
        while (is_inner(s->norm[n]));
        w->prefix[i] = part(s->norm, n);
    }
    for (int i = 0, at = s->n; i < WORD_SUFFIXES && i + 1 < s->chars; i++) {
        do at--;
        while (is_inner(s->norm[at]));
        w->suffix[i] = part(s->norm + at, s->n - at);
    }
}

static uint8_t flags_of(const Spelling *s, bool is_first)
{
    return (uint8_t)((s->is_upper ? WORD_UPPER : 0) | (s->uppers && s->uppers == s->letters ? WORD_ALL_UPPER : 0) |
                     (s->digits ? WORD_DIGIT : 0) | (s->hyphens ? WORD_HYPHEN : 0) |
                     (!s->letters && !s->digits ? WORD_SIGN : 0) | (is_first ? WORD_FIRST : 0));
}

Word word_of(const Clusters *c, Str form, bool is_first)
{
    Spelling s;
    s.n = s.chars = s.kinds = s.run = s.letters = s.uppers = s.digits = s.hyphens = 0;   /* not the buffers: 500 bytes */
    s.shape = 0;
    s.is_upper = false;
    spell(&s, form);

    Word w = {.form = hash64(form), .shape = s.shape, .flags = flags_of(&s, is_first)};
    uint64_t kind = address(&s);
    bool is_plain = s.n == form.n && !s.uppers && !memcmp(s.lower, form.p, (size_t)s.n);
    w.lower = is_plain ? w.form : hash64((Str){s.lower, s.n});
    w.norm = kind ? kind : s.digits ? hash64((Str){s.norm, s.n}) : w.lower;
    w.cluster = cluster_of(c, w.lower);
    word_ends(&s, &w);
    return w;
}

/* ---- a sentence ---------------------------------------------------------------------------------------------------- */
/* Three words with letters at least, and no more than one in eight that look otherwise. */
static void mark_look(Sentence *s)
{
    int32_t letters = 0, capitals = 0, shouted = 0;
    for (int32_t i = 1; i <= s->n; i++) {
        const Word *w = &s->words[i];
        if (w->flags & (WORD_SIGN | WORD_DIGIT) || !w->suffix[2]) continue;      /* "of", "the": small in headlines too */
        letters++;
        capitals += (w->flags & WORD_UPPER) != 0;
        shouted += (w->flags & WORD_ALL_UPPER) != 0;
    }
    if (letters < 3) return;
    uint8_t look = (letters - shouted) * 8 <= letters ? WORD_SHOUTED : (letters - capitals) * 8 <= letters ? WORD_TITLED : 0;
    for (int32_t i = 1; i <= s->n; i++) s->words[i].flags |= look;
}

void sentence_mark(Sentence *s)
{
    s->words[0] = (Word){.form = 1};
    s->words[s->n + 1] = (Word){.form = 2};
    mark_look(s);
}

Sentence sentence_of(Arena *a, const Clusters *c, const Token *tokens, int32_t n)
{
    Sentence s = {arena_new(a, Word, n + 2), n, tokens};
    bool is_first = true;
    for (int32_t i = 0; i < n; i++) {
        s.words[i + 1] = word_of(c, tokens[i].form, is_first);
        is_first = is_first && s.words[i + 1].flags & WORD_SIGN;
    }
    sentence_mark(&s);
    return s;
}
