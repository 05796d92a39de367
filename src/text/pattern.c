/* Patterns: furniture is recognised by what it says, folded, against the rows of data/text/furniture.tab.
**
**   row        this article was adapted from * published by %
**   paragraph  "This article was adapted from the original published by the Halden Centre."
**   out        the row, and the place of "the Halden Centre" in the paragraph
**
** Folding: ASCII letters in lower case, straight quotes, "-" for every dash, "<" and ">" for every bracket, one blank
** for many, "..." for an ellipsis, other signs beyond ASCII as blanks; each folded byte remembers where it came from.
** Every row is filed under its longest, so probably rarest words, so that a paragraph is only held against rows of
** which it has one.
**
** Always: paragraphs over FURNITURE_MAX bytes match nothing. Cost: linear in the paragraph for each row that shares a
** word with it; the rows are compiled once, before the first question, into arrays that nobody changes afterwards.
*/
#include "text/pattern.h"
#include <pthread.h>
#include <string.h>

enum {
    ROWS_MAX = 512,        /* rows of furniture.tab; compiling stops the program in tests when there are more */
    KEYS_MAX = 4096        /* places for the words that rows are filed under; a power of two */
};
typedef struct { Str pattern; Furniture is; } Row;
static Row rows[ROWS_MAX];
static int32_t n_rows;
static struct { uint32_t hash; int16_t row; } keys[KEYS_MAX];             /* row + 1; 0 is empty */
/* one bit for each key's place: most words are told from it alone */
static uint64_t known[KEYS_MAX / 64];

/* ---- folding --------------------------------------------------------------------------------------------- */
static const char *fold_wide(const char *p, ptrdiff_t left, int *size)
{
    int32_t cp = char_decode(p, left, size);
    if (cp == 0xA9) return NULL;                         /* the copyright sign is a word of its own */
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201A || cp == 0x2032) return "'";
    if (cp == 0x201C || cp == 0x201D || cp == 0x201E) return "\"";
    if (cp == 0xAB || cp == 0x2039) return "<";
    if (cp == 0xBB || cp == 0x203A) return ">";
    if (cp >= 0x2010 && cp <= 0x2015) return "-";
    if (cp == 0x2026) return "...";
    CharClass class = char_class_wide(cp);
    return class == CHAR_JOINER ? "" : class == CHAR_SPACE || class == CHAR_SIGN ? " " : NULL;
}

static void fold_byte(Folded *f, char c, ptrdiff_t at)
{
    if (c == ' ' && (f->n == 0 || f->text[f->n - 1] == ' ')) return;
    f->text[f->n] = c;
    f->at[f->n++] = (int16_t)at;
}

void fold_paragraph(Str s, Folded *f)
{
    f->n = 0;
    if (s.n > FURNITURE_MAX) return;
    for (ptrdiff_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < CHAR_IS_ASCII) {
            if (char_ascii[c] == CHAR_LETTER || char_ascii[c] == CHAR_DIGIT) {           /* most bytes */
                f->text[f->n] = (char)(c | 0x20);
                f->at[f->n++] = (int16_t)i++;
                continue;
            }
            char folded = char_ascii[c] == CHAR_SPACE      ? ' ' :
                          c == '(' || c == '[' || c == '{' ? '<' :
                          c == ')' || c == ']' || c == '}' ? '>' :
                                                             (char)c;
            fold_byte(f, folded, i++);
            continue;
        }
        int size;
        const char *as = fold_wide(s.p + i, s.n - i, &size);
        if (as) while (*as) fold_byte(f, *as++, i);
        else for (int k = 0; k < size; k++) fold_byte(f, s.p[i + k], i + k);
        i += size;
    }
    while (f->n > 0 && f->text[f->n - 1] == ' ') f->n--;
    f->at[f->n] = (int16_t)s.n;
}

/* ---- matching -------------------------------------------------------------------------------------------- */
/* Letters, figures and all beyond ASCII make words. */
static inline bool is_word_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= CHAR_IS_ASCII;
}

static bool only_signs(Str text, ptrdiff_t i)
{
    while (i < text.n && !is_word_byte(text.p[i])) i++;
    return i >= text.n;
}

/* The end of pattern[p, n) matched at text[i…), or -1. The pattern holds letters, ~ and (a|b), not nested. */
static ptrdiff_t match_here(Str pattern, ptrdiff_t p, Str text, ptrdiff_t i, bool to_end)
{
    while (p < pattern.n) {
        char c = pattern.p[p];
        if (c == '(') {
            Str rest = str_sub(pattern, p, pattern.n);
            ptrdiff_t close = str_find(rest, S(")")) + p;
            Str choices = str_sub(pattern, p + 1, close), choice;
            while (str_split(&choices, '|', &choice)) {
                ptrdiff_t after = match_here(choice, 0, text, i, false);
                ptrdiff_t end = after < 0 ? -1 : match_here(pattern, close + 1, text, after, to_end);
                if (end >= 0) return end;
            }
            return -1;
        }
        if (c == '~') {
            ptrdiff_t from = i;
            while (i < text.n && (ascii_is_digit(text.p[i]) || (i > from && (text.p[i] == ',' || text.p[i] == '.'))))
                i++;
            if (i == from) return -1;
        } else {
            if (i >= text.n || text.p[i] != c) return -1;
            i++;
        }
        p++;
    }
    bool inside_word = i < text.n && i > 0 && is_word_byte(text.p[i - 1]) && is_word_byte(text.p[i]);
    return inside_word || (to_end && !only_signs(text, i)) ? -1 : i;
}

static bool is_wild(char c) { return c == '*' || c == '%'; }

/* The letters that a chunk can begin with, as bits; most places of a paragraph are told from that alone. */
static uint32_t first_letters(Str chunk)
{
    if (chunk.p[0] != '(') return 1u << (chunk.p[0] & 31);
    uint32_t letters = 0;
    Str choices = str_sub(chunk, 1, str_find(chunk, S(")"))), choice;
    while (str_split(&choices, '|', &choice)) {
        if (!choice.n) return ~0u;
        letters |= 1u << (choice.p[0] & 31);
    }
    return letters;
}

bool pattern_matches(Str pattern, const Folded *f, int32_t *name_at)
{
    Str text = {f->text, f->n};
    ptrdiff_t i = 0, p = 0;
    bool floats = false;
    *name_at = NONE;
    if (pattern.n && (is_word_byte(pattern.p[0]) || pattern.p[0] == '(' || pattern.p[0] == '~'))
        /* signs before the first word; quotes open speech */
        while (i < text.n && !is_word_byte(text.p[i]) && text.p[i] != '"' && text.p[i] != '\'') i++;
    while (p < pattern.n) {
        if (is_wild(pattern.p[p])) {
            if (pattern.p[p] == '%') *name_at = i < text.n && text.p[i] == ' ' ? f->at[i] + 1 : f->at[i];
            floats = true;
            for (p++; p < pattern.n && pattern.p[p] == ' ';) p++;
            continue;
        }
        ptrdiff_t q = p;
        while (q < pattern.n && !is_wild(pattern.p[q])) q++;
        Str chunk = str_trim(str_sub(pattern, p, q));
        bool last = q >= pattern.n, starts_word = is_word_byte(chunk.p[0]) || chunk.p[0] == '(';
        ptrdiff_t end = -1;
        uint32_t letters = floats && chunk.p[0] != '~' ? first_letters(chunk) : ~0u;
        for (; i < text.n && end < 0; i++) {
            if (!(letters >> (text.p[i] & 31) & 1)) continue;
            bool inside = starts_word && i > 0 && is_word_byte(text.p[i - 1]) && is_word_byte(text.p[i]);
            if (!inside) end = match_here(chunk, 0, text, i, last);
            if (!floats) break;
        }
        if (end < 0) return false;
        i = end;
        floats = false;
        p = q;
    }
    return floats || i >= text.n || only_signs(text, i);
}

/* ---- compiling: once ------------------------------------------------------------------------------------- */
static uint32_t word_hash(Str word)
{
    uint32_t h = 2166136261u;                            /* FNV-1a; words are short */
    for (ptrdiff_t i = 0; i < word.n; i++) h = (h ^ (unsigned char)word.p[i]) * 16777619u;
    h ^= h >> 15;
    return (h * 0x2C1B3C6Du) | 1;
}

static void file_under(Str word, int32_t row)
{
    uint32_t hash = word_hash(word), at = hash >> 12;
    while (keys[at % KEYS_MAX].row) at++;
    known[hash % KEYS_MAX / 64] |= (uint64_t)1 << (hash % 64);
    keys[at % KEYS_MAX].hash = hash;
    keys[at % KEYS_MAX].row = (int16_t)(row + 1);
}

static bool next_word(Str s, ptrdiff_t *i, Str *word)
{
    while (*i < s.n && !is_word_byte(s.p[*i])) ++*i;
    ptrdiff_t from = *i;
    while (*i < s.n && is_word_byte(s.p[*i])) ++*i;
    *word = str_sub(s, from, *i);
    return word->n > 0;
}

static Str longest_word(Str s)
{
    Str word, longest = {0};
    for (ptrdiff_t i = 0; next_word(s, &i, &word);)
        if (word.n > longest.n) longest = word;
    return longest;
}

/* A row is filed under the longest word that every match has; where it has only choices, under one word of each. */
static void file_row(int32_t row)
{
    Str pattern = rows[row].pattern, longest = {0}, choices = {0};
    ptrdiff_t rarity = 0;                                /* the mean length of a group's words; longer ones are rarer */
    for (ptrdiff_t i = 0; i < pattern.n;) {
        ptrdiff_t open = i;
        while (open < pattern.n && pattern.p[open] != '(') open++;
        Str word = longest_word(str_sub(pattern, i, open));
        if (word.n > longest.n) longest = word;
        ptrdiff_t close = open;
        while (close < pattern.n && pattern.p[close] != ')') close++;
        Str group = str_sub(pattern, open + 1, close), all = group, choice;
        ptrdiff_t letters = 0, n = 0;
        bool full = group.n > 0;
        while (group.n && str_split(&all, '|', &choice)) {
            letters += longest_word(choice).n;
            full &= longest_word(choice).n > 0;
            n++;
        }
        if (full && letters / n > rarity) { choices = group; rarity = letters / n; }
        i = close + 1;
    }
    if (longest.n > rarity || (longest.n && longest.n == rarity)) { file_under(longest, row); return; }
    for (Str choice; str_split(&choices, '|', &choice);) file_under(longest_word(choice), row);
}

static int32_t named(Str name, const char *const *names)
{
    for (int32_t i = 0; names[i]; i++)
        if (str_eq(name, str_of(names[i]))) return i;
    return 0;
}

static void compile(void)
{
    static const char *const kinds[] = {"",    "sure", "label", "list",  "rest", "addr",
                                        "cue", "key",  "open",  "close", NULL};
    static const char *const wheres[] = {"any", "top", "end", NULL};
    static const char *const gives[] = {"",       "publisher",       "adapted-from", "first-published-by",
                                        "agency", "translated-from", "uri",          NULL};
    n_rows = furniture_n < ROWS_MAX ? furniture_n : ROWS_MAX;
    for (int32_t i = 0; i < n_rows; i++) {
        const FurnitureRow *from = &furniture_rows[i];
        Furniture *is = &rows[i].is;
        rows[i].pattern = from->pattern;
        *is = (Furniture){.row = i,
                          .kind = (FurnitureKind)named(from->kind, kinds),
                          .where = (FurnitureWhere)named(from->where, wheres),
                          .gives = (FurnitureGives)named(from->gives, gives)};
        boilerplate_of(from->reason, &is->reason);
        for (ptrdiff_t k = 0; k < from->words.n; k++) is->words = is->words * 10 + (from->words.p[k] - '0');
        file_row(i);
    }
}

/* ---- asking ---------------------------------------------------------------------------------------------- */
int32_t furniture_find(const Folded *f, int32_t n_words, Furniture *found, int32_t max)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, compile);
    uint64_t wanted[ROWS_MAX / 64] = {0};
    bool any = false;
    for (int32_t i = 0; i < f->n;) {
        if (!is_word_byte(f->text[i])) { i++; continue; }
        int32_t from = i;
        while (i < f->n && is_word_byte(f->text[i])) i++;
        uint32_t hash = word_hash((Str){f->text + from, i - from});
        if (!(known[hash % KEYS_MAX / 64] >> (hash % 64) & 1)) continue;
        for (uint32_t at = hash >> 12; keys[at % KEYS_MAX].row; at++)
            if (keys[at % KEYS_MAX].hash == hash) {
                int32_t row = keys[at % KEYS_MAX].row - 1;
                wanted[row / 64] |= (uint64_t)1 << (row % 64);
                any = true;
            }
    }
    int32_t n = 0;
    for (int32_t row = 0; any && row < n_rows && n < max; row++) {
        if (!(wanted[row / 64] >> (row % 64) & 1)) continue;
        Furniture is = rows[row].is;
        if (n_words <= is.words && pattern_matches(rows[row].pattern, f, &is.name_at)) found[n++] = is;
    }
    return n;
}
