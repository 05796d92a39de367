/* What all steps of a training use: sections, scores, options, seeds, sentences without documents. */
#include "train/language/train_language.h"
#include "base/io.h"
#include <stdlib.h>
#include <string.h>

void train_section(Train *t, const char *name, Str bytes)
{
    for (int32_t i = 0; i < t->sections.n; i++)
        if (str_eq(t->sections.v[i].name, str_of(name))) {
            t->sections.v[i].bytes = bytes;
            return;
        }
    *push(t->arena, &t->sections) = (ModelSection){arena_str(t->arena, str_of(name)), bytes};
}

Str train_aligned(Arena *a, Str bytes)
{
    char *p = arena_take(a, bytes.n + 1, 64);
    if (bytes.n) memcpy(p, bytes.p, (size_t)bytes.n);
    return (Str){p, bytes.n};
}

Model *train_model(const Train *t, Err *e)
{
    Buf file = {.to = t->arena};
    model_write(&t->sections, &file);
    return model_of(train_aligned(t->arena, buf_str(&file)), S("the model in training"), e);
}

/* One JSON member a score: "LAS ewt": 81.06. */
void train_score(Train *t, const char *what, Str corpus, double value)
{
    Str name = arena_printf(t->arena, "%s %.*s", what, STR(corpus));
    io_note("  %-28.*s %8.2f", STR(name), value);
    if (t->scores.n) buf_add(&t->scores, S(", "));
    json_put_str(&t->scores, name);
    buf_printf(&t->scores, ": %.2f", value);
}

double train_option(const Train *t, const char *name, double otherwise)
{
    for (int32_t i = t->options.n - 1; i >= 0; i--) {
        Str rest = t->options.v[i], key;
        if (str_split(&rest, '=', &key) && str_eq(key, str_of(name)) && rest.p) return strtod(rest.p, NULL);
    }
    return otherwise;
}

uint64_t train_seed(const Train *t, const char *step)
{
    return model_mix(t->seed, hash64(str_of(step)));
}

Sentence train_words(Arena *a, const Clusters *c, const Str *forms, int32_t n)
{
    Sentence s = {.words = arena_new(a, Word, n + 2), .n = n};
    bool is_first = true;
    for (int32_t i = 0; i < n; i++) {
        s.words[i + 1] = word_of(c, forms[i], is_first);
        is_first = is_first && s.words[i + 1].flags & WORD_SIGN;
    }
    sentence_mark(&s);
    return s;
}
