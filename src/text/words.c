/* Words with a trade: what the tables of data/text know about a word, asked by view and without case.
**
**   "Gen." stands before a name · "The" likes to open a sentence · "anti" keeps its hyphen · "cannot" is two words
**
** The tables are sorted; a question costs a binary search, and is only asked where a stop, a hyphen or a suspicious
** ending stands. Always: a word longer than any row is answered with no.
*/
#include "text/inside.h"
#include "abbreviations.h"
#include "contractions.h"
#include "cutwords.h"
#include <string.h>

enum { WORD_MAX = 24 };   /* bytes; the longest row has 12 */

/* The word in lower case with straight apostrophes; empty when it is too long for any row. */
static Str lowered(Str word, char to[WORD_MAX])
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < word.n; n++) {
        if (n == WORD_MAX) return (Str){to, 0};
        int wide = char_apostrophe(word.p + i, word.n - i);
        to[n] = wide ? '\'' : ascii_lower(word.p[i]);
        i += wide ? wide : 1;
    }
    return (Str){to, n};
}

Abbr word_abbreviation(Str word)
{
    static const struct { const char *name; Abbr kind;
    } kinds[] = {{"title", ABBR_TITLE},
                 {"inner", ABBR_INNER},
                 {"number", ABBR_NUMBER},
                 {"month", ABBR_MONTH},
                 {"end", ABBR_END}};
    char buffer[WORD_MAX];
    Str key = lowered(word, buffer);
    int32_t row = key.n ? table_find(abbreviations, key) : -1;
    if (row < 0) return ABBR_NONE;
    if (abbreviations_rows[row].capital.n && !ascii_is_upper(word.p[0])) return ABBR_NONE;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        if (str_eq(abbreviations_rows[row].kind, str_of(kinds[k].name))) return kinds[k].kind;
    return ABBR_NONE;
}

static bool has_trade(Str word, Str trade)
{
    char buffer[WORD_MAX];
    Str key = lowered(word, buffer);
    int32_t row = key.n ? table_find(cutwords, key) : -1;
    for (; row >= 0 && row < cutwords_n && str_eq(cutwords_rows[row].word, key); row++)
        if (str_eq(cutwords_rows[row].trade, trade)) return true;
    return false;
}

bool word_starts_sentence(Str word) { return has_trade(word, S("starter")); }
bool word_says(Str word) { return has_trade(word, S("says")); }
bool word_is_prefix(Str word) { return has_trade(word, S("prefix")); }
bool word_is_unit(Str word) { return has_trade(word, S("unit")); }

/* "kremlin.ru", "www.pier.example/acts": labels of letters, digits and hyphens, the last a known one. */
bool word_is_domain(Str word)
{
    ptrdiff_t slash = 0, dot = -1;
    for (; slash < word.n && word.p[slash] != '/' && word.p[slash] != ':' && word.p[slash] != '?'; slash++) {
        char c = word.p[slash];
        if (c == '.') {
            if (slash == 0 || word.p[slash - 1] == '.') return false;
            dot = slash;
        } else if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-') return false;
    }
    return dot > 0 && dot + 2 < slash && has_trade(str_sub(word, dot + 1, slash), S("tld"));
}

/* An apostrophe, or one of the few endings of contractions.tab: most words have neither and are answered at once. */
static bool may_be_contraction(Str word)
{
    for (ptrdiff_t i = word.n - 1, from = word.n > 6 ? word.n - 6 : 0; i >= from; i--)
        /* ’ is E2 80 99 */
        if (word.p[i] == '\'' || word.p[i] == '`' || (unsigned char)word.p[i] == 0x99) return true;
    if (word.n < 2 || word.n > 9) return false;
    char first = ascii_lower(word.p[0]);
    if (word.n < 4) return word.p[0] == 'i';               /* "im", "ive"; "Im", "Ive" may be names */
    if ((first == 't' || first == 'w') && word.n < 7 && ascii_lower(word.p[word.n - 1]) == 's') return true;
    char a = ascii_lower(word.p[word.n - 2]), b = ascii_lower(word.p[word.n - 1]);
    return word.p[0] == '\'' || (b == 't' && (a == 'o' || a == 'n')) || (b == 'a' && (a == 'n' || a == 't')) ||
           (b == 'e' && (a == 'm' || a == 'r')) || (b == 'l' && a == 'l');
}

static bool by_table(Str word, Str key, Cuts *cuts)
{
    int32_t row = key.n ? table_find(contractions, key) : -1;
    if (row < 0 || key.n != word.n) return false;          /* the same bytes, so that the cut falls on its place */
    ptrdiff_t first = str_find(contractions_rows[row].words, S(" "));
    if (first <= 0) return false;
    *cuts = (Cuts){{(int32_t)first, -1}};
    return true;
}

/* Where the clitic begins: at its apostrophe, or at the n of n't. */
bool word_contraction(Str word, Cuts *cuts)
{
    static const char *clitics[] = {"s", "re", "ve", "ll", "d", "m"};
    *cuts = (Cuts){{-1, -1}};
    char buffer[WORD_MAX];
    if (!may_be_contraction(word)) return false;
    if (by_table(word, lowered(word, buffer), cuts)) return true;
    ptrdiff_t from = word.n > 6 ? word.n - 6 : 0;
    for (ptrdiff_t i = word.n - 1; i >= from; i--) {
        int wide = char_apostrophe(word.p + i, word.n - i);
        if (!wide || i == 0) continue;
        Str tail = str_sub(word, i + wide, word.n);
        if (str_eq_fold(tail, S("t")) && ascii_lower(word.p[i - 1]) == 'n' && i > 1) {
            cuts->at[0] = (int32_t)i - 1;
            return true;
        }
        for (size_t c = 0; c < sizeof clitics / sizeof clitics[0]; c++)
            if (str_eq_fold(tail, str_of(clitics[c]))) { cuts->at[0] = (int32_t)i; return true; }
        return false;
    }
    return false;
}
