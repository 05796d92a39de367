/* The vector of a word: what its spelling says, whatever stands around it.
**
**   "Ostrova"   static vector: none known; norm: not in training; prefixes o os ost; suffixes a va ova rova; shape Xxx
**               ten rows of small numbers, side by side and added up → 256 bytes → one layer → 192 bytes
**
** All in whole numbers up to the mixing layer: rows hold halves of a byte's unit, so a sum is halved, held within a
** byte's bounds, and that is the input. The trainer chose the units column by column, so nothing is scaled here.
**
** Since the vector depends on nothing but ten hashes, a worker keeps those of the words it saw lately, each under all
** of its ten hashes: an entry is used when they all agree, so neither chance nor malice can give a word another's
** vector, and it does not matter what was read before. 16,384 entries, the newest wins its place: 92 in 100 words of
** news are there.
**
** Cost: some 30 ns a known word, 2 µs a new one.
*/
#include "language/neural.h"
#include <stdlib.h>
#include <string.h>

enum { CELLS = 1 << 14, AT_ONCE = 32, KEYS = NEURAL_PARTS };
_Static_assert(offsetof(Word, shape) - offsetof(Word, lower) == (KEYS - 1) * sizeof(uint64_t),
               "the hashes of a word from lower to shape stand side by side, in the order of parts");

typedef struct { uint64_t key[KEYS]; } WordKey;
struct NeuralMemo {
    int32_t width;                                       /* of a vector, in bytes */
    bool *is_full;
    WordKey *key;
    uint8_t *vector;
};

NeuralMemo *neural_memo_open(const Neural *n)
{
    NeuralMemo *m = calloc(1, sizeof *m);                /* pages that no word needs are never touched */
    if (!m) return NULL;
    *m = (NeuralMemo){n->shape.word, calloc(CELLS, sizeof *m->is_full), calloc(CELLS, sizeof *m->key),
                      calloc(CELLS, (size_t)n->shape.word)};
    if (m->is_full && m->key && m->vector) return m;
    neural_memo_close(m);
    return NULL;
}

void neural_memo_close(NeuralMemo *m)
{
    if (!m) return;
    free(m->is_full);
    free(m->key);
    free(m->vector);
    free(m);
}

static inline const WordKey *key_of(const Word *w) { return (const WordKey *)(const void *)&w->lower; }
static inline int32_t cell_of(const Word *w) { return (int32_t)(model_mix(w->form, w->shape) & (CELLS - 1)); }

/* Words that are not in the memo: mixed some at a time, so that the weights are read once for all of them. */
typedef struct {
    const Neural *n;
    NeuralMemo *memo;
    const Word *word[AT_ONCE];
    uint8_t *to[AT_ONCE];
    int32_t count;
    ptrdiff_t stride;                                    /* of mixed */
    uint8_t *mixed;
    float *out;
} Misses;

static void mix(const WordTables *t, const Word *w, uint8_t *mixed)
{
    int32_t sum[NEURAL_PARTS * NEURAL_WIDTH];
    memset(sum, 0, (size_t)t->n_mixed * sizeof *sum);
    for (int p = 0; p < NEURAL_PARTS; p++) {
        uint64_t key = key_of(w)->key[p];
        const int8_t *row = t->rows[p] + (ptrdiff_t)(key ? row_of(&t->keys[p], key) : 0) * t->width[p];
        int32_t *to = sum + t->at[p];
        for (int32_t j = 0; j < t->width[p]; j++) to[j] += row[j];
    }
    for (int32_t j = 0; j < t->n_mixed; j++) {
        int32_t half = (sum[j] + 1 + 4096) / 2 - 2048;   /* to nearest, halves up; sums are far above -4096 */
        const int32_t byte = half + KERNEL_ZERO;
        mixed[j] = (uint8_t)(byte < 0 ? 0 : byte > KERNEL_TOP ? KERNEL_TOP : byte);
    }
}

static void mix_misses(Misses *x)
{
    const Neural *n = x->n;
    const int32_t width = n->shape.word;
    dense_rows(n->kernel, &n->words.mix, x->mixed, x->stride, x->count, x->out, width);
    n->kernel->relu(x->out, 0.1f, x->count * width, x->out);
    for (int32_t i = 0; i < x->count; i++) {
        const int32_t cell = cell_of(x->word[i]);
        n->kernel->quantize(x->out + (ptrdiff_t)i * width, 1, NEURAL_ZERO, width, x->to[i]);
        x->memo->is_full[cell] = true;
        x->memo->key[cell] = *key_of(x->word[i]);
        memcpy(x->memo->vector + (ptrdiff_t)cell * width, x->to[i], (size_t)width);
    }
    x->count = 0;
}

void neural_words(Arena *scratch, const Neural *n, NeuralMemo *memo, const Word *const *words, int32_t count,
                  uint8_t *out, ptrdiff_t stride)
{
    Misses x = {.n = n, .memo = memo, .stride = (n->words.n_mixed + KERNEL_GROUP - 1) / KERNEL_GROUP * KERNEL_GROUP};
    x.mixed = arena_new(scratch, uint8_t, AT_ONCE * x.stride);
    x.out = arena_new(scratch, float, (ptrdiff_t)AT_ONCE * n->shape.word);
    for (int32_t i = 0; i < count; i++) {
        const int32_t cell = cell_of(words[i]);
        uint8_t *to = out + i * stride;
        if (memo->is_full[cell] && !memcmp(&memo->key[cell], key_of(words[i]), sizeof(WordKey))) {
            memcpy(to, memo->vector + (ptrdiff_t)cell * memo->width, (size_t)memo->width);
            continue;
        }
        mix(&n->words, words[i], x.mixed + x.count * x.stride);
        x.word[x.count] = words[i];
        x.to[x.count++] = to;
        if (x.count == AT_ONCE) mix_misses(&x);
    }
    mix_misses(&x);
}
