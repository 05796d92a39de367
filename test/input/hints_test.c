/* The tables of hints: every row says a group that is one, and is found in what it is about. */
#include "input/article.h"
#include "test.h"

#include "boxes.h"
#include "phrases.h"

#define X(name) #name,
static const char *const class_names[] = {CLASS_GROUPS(X)}, *const word_names[] = {WORD_GROUPS(X)};
#undef X

static int group_of(Str cell, const char *const *names, int n)
{
    for (int g = 0; g < n; g++)
        if (str_eq_fold(cell, str_of(names[g]))) return g;
    return -1;
}

int main(void)
{
    TEST_BEGIN
    for (int32_t i = 0; i < boxes_n; i++) {
        int g = group_of(boxes_rows[i].group, class_names, CLASS_GROUP_COUNT);
        if (!check(g >= 0 && class_groups(boxes_rows[i].name) >> g & 1)) printf("    boxes.tab: %.*s\n", STR(boxes_rows[i].name));
    }
    for (int32_t i = 0; i < phrases_n; i++) {
        int g = group_of(phrases_rows[i].group, word_names, WORD_GROUP_COUNT);
        if (!check(g >= 0 && word_groups(phrases_rows[i].phrase) >> g & 1)) printf("    phrases.tab: %.*s\n", STR(phrases_rows[i].phrase));
    }
    check(class_groups(S("storyBody")) >> CLASS_BODY & 1);
    check(!(class_groups(S("shadow")) >> CLASS_AD & 1));         /* "ad" is a word of its own, or nothing */
    check(word_groups(S("By Ana Ruiz")) >> WORDS_BYLINE & 1);
    check(!(word_groups(S("read by Ana Ruiz")) >> WORDS_BYLINE & 1));     /* "by" only at the beginning */
    return test_end();
}
