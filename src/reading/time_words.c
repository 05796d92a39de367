/* Words of time: what a word can do in a time expression, from data/reading/timewords.tab.
**
**   "Weeks" → units, week      "nearly" → about, LESS_THAN      "Oct" → shortmonth, 10
**
** One table with open addressing, made once for the process from the compiled rows; a filter by first letter and length
** answers for nine of ten words before anything is hashed. A row's third column is a number or one of the names below.
**
** Always: a mistake in the table stops the program at its first use, and every build reads it in a test.
*/
#include "reading/times.h"

#include "days.h"
#include "timewords.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 2048, WORD_MAX = 16 };
typedef struct { char word[WORD_MAX]; uint8_t n, class; bool names; int32_t value; } Slot;
static Slot slots[SLOTS];
static uint32_t lengths[256];                            /* by first letter: bit n for words of n letters */
static pthread_once_t once = PTHREAD_ONCE_INIT;

typedef struct { const char *name; int32_t value; } Named;
static const Named class_names[] = {
#define TIME_CLASS_NAME(s, n) {n, P_##s},
    TIME_CLASSES(TIME_CLASS_NAME){NULL, 0}};
static const Named value_names[] = {
    {"second", GRAIN_SECOND}, {"minute", GRAIN_MINUTE}, {"hour", GRAIN_HOUR}, {"day", GRAIN_DAY}, {"weekend", GRAIN_WEEKEND},
    {"week", GRAIN_WEEK}, {"fortnight", GRAIN_FORTNIGHT}, {"month", GRAIN_MONTH}, {"quarter", GRAIN_QUARTER},
    {"year", GRAIN_YEAR}, {"decade", GRAIN_DECADE}, {"century", GRAIN_CENTURY}, {"millennium", GRAIN_MILLENNIUM},
    {"TMO", PART_MO}, {"TAF", PART_AF}, {"TEV", PART_EV}, {"TNI", PART_NI}, {"TDT", PART_DT},
    {"START", MOD_START}, {"MID", MOD_MID}, {"END", MOD_END}, {"APPROX", MOD_APPROX}, {"LESS_THAN", MOD_LESS_THAN},
    {"MORE_THAN", MOD_MORE_THAN}, {"EQUAL_OR_LESS", MOD_EQUAL_OR_LESS}, {"EQUAL_OR_MORE", MOD_EQUAL_OR_MORE},
    {"LAST", WAY_LAST}, {"PAST", WAY_PAST}, {"PREVIOUS", WAY_PREVIOUS}, {"THIS", WAY_THIS}, {"THAT", WAY_THAT},
    {"SAME", WAY_SAME}, {"CURRENT", WAY_CURRENT}, {"NEXT", WAY_NEXT}, {"COMING", WAY_COMING}, {"FOLLOWING", WAY_FOLLOWING},
    {"LATEST", WAY_LATEST}, {"RECENT", WAY_RECENT}, {"THESE", WAY_THESE}, {"THOSE", WAY_THOSE},
    {"CORRESPONDING", WAY_CORRESPONDING}, {"PAST_REF", 0}, {"PRESENT_REF", 1}, {"FUTURE_REF", 2}, {NULL, 0}};

static int32_t value_of(const Named *names, Str s)
{
    for (; names->name; names++)
        if (str_eq(s, str_of(names->name))) return names->value;
    char *end, copy[WORD_MAX];
    snprintf(copy, sizeof copy, "%.*s", STR(s));
    long value = strtol(copy, &end, 10);
    if (s.n > 0 && *end == 0) return (int32_t)value;
    fprintf(stderr, "timewords.tab: '%.*s' is no class and no value\n", STR(s));
    abort();
}

static uint32_t hash_of(const char *p, int32_t n)
{
    uint32_t h = (uint32_t)n;
    for (int32_t i = 0; i < n; i++) h = h * 31 + (unsigned char)p[i];
    return h ^ (h >> 11);
}

static Slot *slot_of(const char *p, int32_t n)
{
    for (uint32_t h = hash_of(p, n);; h++) {
        Slot *s = &slots[h % SLOTS];
        if (s->n == 0 || (s->n == n && memcmp(s->word, p, (size_t)n) == 0)) return s;
    }
}

static Slot *slot_for(Str word)
{
    char low[WORD_MAX];
    if (word.n < 1 || word.n >= WORD_MAX) {
        fprintf(stderr, "timewords.tab: '%.*s' is longer than %d letters\n", STR(word), WORD_MAX - 1);
        abort();
    }
    for (ptrdiff_t i = 0; i < word.n; i++)
        low[i] = (char)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] + 32 : word.p[i]);
    Slot *s = slot_of(low, (int32_t)word.n);
    memcpy(s->word, low, (size_t)word.n);
    s->n = (uint8_t)word.n;
    lengths[(unsigned char)low[0]] |= (uint32_t)1 << word.n;
    return s;
}

static void read_tables(void)
{
    for (int32_t i = 0; i < timewords_n; i++) {
        Slot *s = slot_for(timewords_rows[i].word);
        s->class = (uint8_t)value_of(class_names, timewords_rows[i].class);
        s->value = value_of(value_names, timewords_rows[i].value);
    }
    for (int32_t i = 0; i < days_n; i++) {               /* the first word of every named day */
        Str name = days_rows[i].name;
        ptrdiff_t end = 0;
        while (end < name.n && name.p[end] != ' ' && name.p[end] != '\'' && name.p[end] != '-' && name.p[end] != '.') end++;
        Slot *s = slot_for(str_sub(name, 0, end));
        if (s->class == P_NONE) s->class = P_NAMED;
        s->names = true;
    }
}

void time_word(const char *p, int32_t n, Piece *to)
{
    pthread_once(&once, read_tables);
    char low[WORD_MAX];
    if (n < 1 || n >= WORD_MAX || !(lengths[(unsigned char)(p[0] | 32)] >> n & 1)) return;
    for (int32_t i = 0; i < n; i++) low[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
    const Slot *s = slot_of(low, n);
    if (s->n == 0) return;
    to->class = s->class;
    to->value = s->value;
    if (s->names) to->is |= PIECE_NAMES;
}

bool piece_is(const Finder *f, int32_t i, const char *lower)
{
    Str s = piece_str(f, i);
    for (ptrdiff_t k = 0; k < s.n; k++) {
        char c = (char)(s.p[k] >= 'A' && s.p[k] <= 'Z' ? s.p[k] + 32 : s.p[k]);
        if (lower[k] == 0 || lower[k] != c) return false;
    }
    return lower[s.n] == 0;
}

bool piece_in(const Finder *f, int32_t i, const char *list)
{
    Str s = piece_str(f, i);
    if (s.n == 0) return false;
    for (const char *at = list; *at;) {
        if (*at++ != '|') continue;
        ptrdiff_t k = 0;
        while (k < s.n && at[k] == (char)(s.p[k] >= 'A' && s.p[k] <= 'Z' ? s.p[k] + 32 : s.p[k])) k++;
        if (k == s.n && (at[k] == '|' || at[k] == 0)) return true;
    }
    return false;
}

bool tag_is(const Finder *f, int32_t i, const char *upos)
{
    const Token *t = token_at(f, i);
    return t && str_eq(t->upos, str_of(upos));
}

bool xpos_is(const Finder *f, int32_t i, const char *xpos)
{
    const Token *t = token_at(f, i);
    return t && str_eq(t->xpos, str_of(xpos));
}

int32_t over_dash(const Finder *f, int32_t i)
{
    bool joins = class_at(f, i) == P_DASH && piece_has(f, i, PIECE_GLUED) && piece_has(f, i + 1, PIECE_GLUED);
    return joins ? i + 1 : i;
}
