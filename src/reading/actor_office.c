/* Offices and codes: what the words of a title and the letters of a code say.
**
**  "first deputy prime minister"                     → none: a deputy is not whom he stands for
**  "foreign minister and deputy prime minister"      → foreign minister
**  "president of the Riigikogu"                      → president, of riigikogu: no head of state
**  "aide to the president", "president-elect"        → none
**
** Two tables of data/reading say all of it: offices.tab and codes.tab. Cost: a few look-ups a word of the title.
*/
#include "reading/actor_inside.h"

#include "codes.h"
#include "offices.h"

#include <string.h>

/* ---- codes ---------------------------------------------------------------------------------------------------- */

static bool is_body_of(Str code)               /* IGOUNO, NGOAMN: CAMEO goes on behind three letters */
{
    static const Str heads[] = {{"IGO", 3}, {"IMG", 3}, {"NGO", 3}, {"NGM", 3}, {"MNC", 3}};
    for (ptrdiff_t i = 0; i < code.n; i++)
        if (code.p[i] < 'A' || code.p[i] > 'Z') return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (code.n >= 6 && code.n <= 12 && code.n % 3 == 0 && str_starts(code, heads[i])) return true;
    return false;
}

/* ISO 3166-1 leaves XAA … XZZ to whoever needs a country of his own: territories, invented ones. */
static bool is_own_country(Str code)
{
    return code.n == 3 && code.p[0] == 'X' && code.p[1] >= 'A' && code.p[1] <= 'Z' && code.p[2] >= 'A' && code.p[2] <= 'Z';
}

bool code_is_known(Str code) { return table_find(codes, code) >= 0 || is_body_of(code) || is_own_country(code); }

bool code_is_role(Str code)
{
    int32_t at = table_find(codes, code);
    return at >= 0 && str_eq(codes_rows[at].kind, S("role"));
}

static Str first_word(Str s)
{
    ptrdiff_t i = 0;
    while (i < s.n && s.p[i] != ' ') i++;
    return str_sub(s, 0, i);
}

Str code_country(Str code)
{
    Str word = first_word(code);
    return code_is_role(word) ? (Str){"", 0} : word;
}

Str code_roles(Str code)
{
    Str country = code_country(code);
    return country.n ? str_trim(str_sub(code, country.n, code.n)) : code;
}

bool code_has(Str code, const char *role)
{
    Str rest = code, word;
    while (str_split(&rest, ' ', &word))
        if (str_eq(word, str_of(role))) return true;
    return false;
}

/* ---- titles ----------------------------------------------------------------------------------------------------- */
enum { TITLE_WORDS = 24, ROW_WORDS = 9 };      /* the longest row has nine words; what a title says further on is detail */

typedef struct { Str v[TITLE_WORDS]; int32_t n; } TitleWords;

static TitleWords words_of_title(Str key)
{
    TitleWords w = {.n = 0};
    Str rest = key, word;
    while (w.n < TITLE_WORDS && str_split(&rest, ' ', &word))
        if (word.n) w.v[w.n++] = word;
    return w;
}

static Str words_between(const TitleWords *w, int32_t from, int32_t to)
{
    return (Str){w->v[from].p, w->v[to - 1].p + w->v[to - 1].n - w->v[from].p};
}

/* The longest row that begins at word i: its index, and the word behind it. */
static int32_t row_at(const TitleWords *w, int32_t i, int32_t *behind)
{
    for (int32_t to = i + ROW_WORDS < w->n ? i + ROW_WORDS : w->n; to > i; to--) {
        int32_t row = table_find(offices, words_between(w, i, to));
        if (row < 0) continue;
        *behind = to;
        return row;
    }
    return -1;
}

int32_t office_named(Str office)
{
    for (int32_t i = 0; office.n && i < offices_n; i++)
        if (str_eq(offices_rows[i].office, office)) return i;
    return OFFICE_NONE;
}

static bool word_is_one(Str word, const char *list)       /* "|a|b|" */
{
    const char *at = list;
    for (; (at = strchr(at, '|')) && at[1]; at++)
        if (!strncmp(at + 1, word.p, (size_t)word.n) && at[1 + word.n] == '|') return true;
    return false;
}

static void keep_office(Offices *found, const TitleWords *w, int32_t row, int32_t behind)
{
    Office *x = &found->v[found->n];
    *x = (Office){.office = office_named(offices_rows[row].office), .rank = offices_rows[row].rank.p[0] - '0'};
    if (x->office == OFFICE_NONE) return;
    int32_t of = behind < w->n && word_is_one(w->v[behind], "|of|in|") ? behind + 1 : w->n;
    if (of < w->n && word_is_one(w->v[of], "|the|")) of++;
    for (int32_t i = of; i < w->n && !word_is_one(w->v[i], "|and|"); i++) {
        if (x->n_of) x->of[x->n_of++] = ' ';
        memcpy(x->of + x->n_of, w->v[i].p, (size_t)w->v[i].n);
        x->n_of += (int32_t)w->v[i].n;
    }
    found->n++;
}

Offices offices_of(Str title)
{
    NameKey key = form_lower(str_sub(title, 0, FORM_MAX / 2));
    TitleWords w = words_of_title(form_str(&key));
    Offices found = {.n = 0};
    bool is_taken = false;                     /* a word like "deputy" stands right before */
    for (int32_t i = 0; i < w.n && found.n < OFFICES_MAX;) {
        int32_t behind = i, row = row_at(&w, i, &behind);
        if (row < 0) {
            if (word_is_one(w.v[i], "|to|of|for|in|")) break;             /* somebody else's office follows */
            is_taken = false;
            i++;
            continue;
        }
        bool takes = offices_rows[row].rank.p[0] == '0';
        bool is_none = behind < w.n && word_is_one(w.v[behind], "|elect|designate|emeritus|candidate|hopeful|");
        if (!takes && !is_taken && !is_none) keep_office(&found, &w, row, behind);
        is_taken = takes;
        i = behind;
    }
    return found;
}
