/* Trees from strangers: what is read can be walked to one root from every word, and what is refused names its line. */
#include "train/common/train.h"
#include "fuzz.h"

static void walk(const Tree *t)
{
    int32_t roots = 0;
    must(t->n > 0 && t->n <= CONLLU_WORDS, "a tree has words, and not too many");
    for (int32_t i = 0; i < t->n; i++) {
        int32_t steps = 0, at = i + 1;
        must(t->word[i].head >= 0 && t->word[i].head <= t->n, "a head is a word of the sentence");
        roots += t->word[i].head == 0;
        while (at && steps <= t->n) at = t->word[at - 1].head, steps++;
        must(at == 0, "every word hangs from the root");
        Span mwt = t->word[i].mwt;
        must(mwt.begin < 0 || (mwt.begin <= i && i < mwt.end && mwt.end <= t->n), "a written token covers its words");
    }
    must(roots == 1, "there is one root");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    Trees trees = {0};
    int line = 0;
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    if (conllu_read(&arena, (Str){(const char *)data, (ptrdiff_t)n}, S("x"), NULL, &trees, &e)) {
        for (int32_t i = 0; i < trees.n; i++) walk(&trees.v[i]);
    } else must(sscanf(e.text, "x:%d:", &line) == 1 && line > 0, "a refusal names its line");
    return 0;
}
