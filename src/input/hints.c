/* Hints: what the authors of sites call their boxes, and the words that stand in furniture.
**
**  in:  class="c-article__body js-share"             out: BODY, CONTENT, SHARE
**  in:  "Sign up for our morning letter"             out: APPEAL
**
** Names are cut into words at every border (also camelBorders) and looked up; a few names are only telling as a
** whole ("articlebody"). The words of furniture are phrases at borders of words, without case, in the languages of the
** pages that were at hand. A hint decides nothing: the forest weighs it (features.c).
**
** Always: the same text gives the same bits. Cost: linear; the rows of one first letter are tried at each word.
*/
#include "input/article.h"

#include "boxes.h"
#include "phrases.h"

#include <assert.h>
#include <pthread.h>

/* Rows by their first byte, made at the first call and the same ever after. */
enum { ROWS_MAX = 1024 };
/* The column's first letter. */
typedef enum { HOW_WORD = 'w', HOW_START = 's', HOW_ANYWHERE = 'a', HOW_FIRST = 'f' } How;
typedef struct { Str text; uint8_t group; How how; } Hint;
typedef struct { Hint row[ROWS_MAX]; int32_t begin[257]; } Hints;        /* the rows of first byte c: begin[c] … begin[c + 1] */
static Hints name_words, name_wholes, phrase_words;

#define X(name) #name,
static const char *const class_names[] = {CLASS_GROUPS(X)}, *const word_names[] = {WORD_GROUPS(X)};
#undef X

static uint8_t group_of(Str cell, const char *const *names, int n)
{
    int g = 0;
    while (g < n && !str_eq_fold(cell, str_of(names[g]))) g++;
    assert(g < n && "a group in data/input is one of article.h");
    return (uint8_t)g;
}

/* Tables are sorted by their first column, so rows of one first byte lie together. */
static void hints_add(Hints *h, int32_t *n, Hint row)
{
    assert(*n < ROWS_MAX && row.text.n > 0 && "the tables of data/input fit their index");
    h->row[(*n)++] = row;
    for (int c = (unsigned char)row.text.p[0] + 1; c <= 256; c++) h->begin[c] = *n;
}

static void make_all(void)
{
    int32_t n_words = 0, n_wholes = 0, n_phrases = 0;
    for (int32_t i = 0; i < boxes_n; i++) {
        BoxesRow b = boxes_rows[i];
        bool whole = b.how.p[0] == HOW_ANYWHERE;
        Hint row = {b.name, group_of(b.group, class_names, CLASS_GROUP_COUNT), (How)b.how.p[0]};
        hints_add(whole ? &name_wholes : &name_words, whole ? &n_wholes : &n_words, row);
    }
    for (int32_t i = 0; i < phrases_n; i++) {
        PhrasesRow p = phrases_rows[i];
        Hint row = {p.phrase, group_of(p.group, word_names, WORD_GROUP_COUNT), (How)p.how.p[0]};
        hints_add(&phrase_words, &n_phrases, row);
    }
}
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool is_word_byte(unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
static bool stands_at(Str text, ptrdiff_t i, Str row) { return str_starts(str_sub(text, i, text.n), row); }
static bool begins_word(Str text, ptrdiff_t i) { return !i || !is_word_byte((unsigned char)text.p[i - 1]); }
static bool ends_word(Str text, ptrdiff_t i) { return i >= text.n || !is_word_byte((unsigned char)text.p[i]); }

enum { NAME_MAX = 512, TEXT_MAX = 400 };   /* bytes that are looked at: frameworks write kilobytes of class names */

/* "storyBody c-lead" as words, "story-body c-lead", and joined, "storybody clead". */
static void names_of_box(Str s, Str *words, Str *joined, char low[NAME_MAX * 2], char join[NAME_MAX])
{
    int n = 0, m = 0;
    for (ptrdiff_t i = 0; i < s.n && i < NAME_MAX; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool is_upper = c >= 'A' && c <= 'Z', was_lower = i && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z';
        if (is_upper) c |= 32;
        if (is_upper && was_lower) low[n++] = '-';
        low[n++] = (char)c;
        if (is_word_byte(c) || c == ' ') join[m++] = (char)c;
    }
    *words = (Str){low, n};
    *joined = (Str){join, m};
}

uint32_t class_groups(Str s)
{
    char low[NAME_MAX * 2], join[NAME_MAX];
    Str words, joined;
    uint32_t bits = 0;
    pthread_once(&once, make_all);
    names_of_box(s, &words, &joined, low, join);
    for (ptrdiff_t i = 0; i < words.n; i++) {
        unsigned char c = (unsigned char)words.p[i];
        if (!is_word_byte(c) || !begins_word(words, i)) continue;
        for (int32_t k = name_words.begin[c]; k < name_words.begin[c + 1]; k++) {
            const Hint *h = &name_words.row[k];
            bool stands = stands_at(words, i, h->text);
            if (stands && (h->how != HOW_WORD || ends_word(words, i + h->text.n))) bits |= 1u << h->group;
        }
    }
    for (ptrdiff_t i = 0; i < joined.n; i++) {
        unsigned char c = (unsigned char)joined.p[i];
        for (int32_t k = name_wholes.begin[c]; k < name_wholes.begin[c + 1]; k++)
            if (stands_at(joined, i, name_wholes.row[k].text)) bits |= 1u << name_wholes.row[k].group;
    }
    return bits;
}

/* Lower case of what the phrases are written in: ASCII, Latin-1's letters, Cyrillic. */
static int lower_into(char *low, int cap, Str s)
{
    int n = 0;
    for (ptrdiff_t i = 0; i < s.n && n + 2 < cap; i++) {
        unsigned char c = (unsigned char)s.p[i], d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c >= 'A' && c <= 'Z') c |= 32;
        if (c == 0xE2 && d == 0x80 && i + 2 < s.n && (unsigned char)s.p[i + 2] == 0x99) {
            low[n++] = '\'';
            i += 2;
            continue;
        }
        low[n++] = (char)c;
        if (c == 0xC3 && d >= 0x80 && d < 0x9F) low[n++] = (char)(d + 0x20), i++;
        else if (c == 0xD0 && d >= 0x90 && d < 0xA0) low[n++] = (char)(d + 0x20), i++;
        else if (c == 0xD0 && d >= 0xA0 && d < 0xB0) low[n - 1] = (char)0xD1, low[n++] = (char)(d - 0x20), i++;
    }
    return n;
}

uint32_t word_groups(Str s)
{
    char low[TEXT_MAX];
    uint32_t bits = 0;
    pthread_once(&once, make_all);
    Str text = {low, lower_into(low, TEXT_MAX, s)};
    for (ptrdiff_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == ' ' || !begins_word(text, i)) continue;
        for (int32_t k = phrase_words.begin[c]; k < phrase_words.begin[c + 1]; k++) {
            const Hint *h = &phrase_words.row[k];
            bool stands = stands_at(text, i, h->text) && (h->how == HOW_START || ends_word(text, i + h->text.n));
            if (stands && (h->how != HOW_FIRST || i == 0)) bits |= 1u << h->group;
        }
    }
    return bits;
}
