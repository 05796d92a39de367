/* Any bytes as an English text through the shipped model: every sentence a tree, every token tagged, names in order, and the record
** valid. Without a shipped model there is nothing to try.
*/
#include "language/language.h"
#include "fuzz.h"
#include "text/text.h"

static Language *opened(void)
{
    static Language *language;
    static bool is_tried;
    if (is_tried) return language;
    is_tried = true;
    Err e = {0};
    Str shipped = model_shipped(S("en"));
    static Model *volatile model;                        /* kept, or a leak is reported */
    model = shipped.n ? model_of(shipped, S("models/en.dm"), &e) : NULL;
    language = model ? language_open(model, &e) : NULL;
    must(language || !shipped.n, "the shipped model opens");
    return language;
}

static void must_be_tree(const Token *t, int32_t n)
{
    int32_t roots = 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t at = i, steps = 0;
        must(t[i].head >= 0 && t[i].head <= n && t[i].upos.n && t[i].deprel.n && t[i].lemma.n, "a token is tagged");
        roots += t[i].head == 0;
        while (t[at].head > 0 && steps++ <= n) at = t[at].head - 1;
        must(t[at].head == 0, "heads lead to the root");
    }
    must(roots == 1, "a sentence has one root");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Record r;
    Err e = {0};
    const Language *l = opened();
    if (n > INPUT_MAX / 4 || !l) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    record_blank(&r);
    r.text = utf8_clean(&arena, (Str){(const char *)data, (ptrdiff_t)n});
    r.lang = S("en");
    r.text_is_given = true;
    text_clean(&arena, &r);
    text_sentences(&arena, &r, (TextOptions){.furniture_too = true});
    text_tokens(&arena, &r);
    language_read(&arena, l, &r);
    must(record_valid(&r, &e), e.text);
    for (int32_t i = 0, next; i < r.tokens.n; i = next) {
        for (next = i + 1; next < r.tokens.n && r.tokens.v[next].sent == r.tokens.v[i].sent; next++) {}
        must_be_tree(r.tokens.v + i, next - i);
    }
    for (int32_t i = 1; i < r.names.n; i++) must(r.names.v[i - 1].span.end <= r.names.v[i].span.begin, "names are in order");
    return 0;
}
