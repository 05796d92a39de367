/* Names: the capitalised words that name somebody or something.
**
** "Ruritanian Foreign Minister Ana de Ruiz met the Port Authority of Strelsau."
**  out: "Ana de Ruiz" PER (a title stands before it), "Port Authority of Strelsau" ORG (its head is an Authority);
**       "Ruritanian" and "Foreign Minister" are no names
**
** A run of capitalised words is found first, with the small words that may stand inside one ("de", "of the" behind the
** head of an organisation). Then it is split: a title ends what belongs to the office and begins the person. At the
** beginning of a sentence a capital proves nothing, so the word must be seen with a capital elsewhere, or be followed
** by another one. In headlines only what the body also has counts.
**
** Always: months, days, function words and adjectives of nations are no names by themselves; a type that is not plain
** stays unknown. Cost: one pass to see capitals, one to find; tables are asked for capitalised words only. Which
** mentions are one person is settled in link.c.
*/
#include "reading/inside.h"

#include "given.h"
#include "demonyms.h"
#include "orgwords.h"
#include "places.h"
#include "titles.h"

#include <string.h>

enum { RUN_MAX = 12, NAME_BYTES = 96 };        /* words, bytes: longer runs are lists or headlines, not names */
typedef struct { Arena *a; const Words *w; Map seen; RawNames raw; Turns turns; int32_t turn; } Namer;

static bool has_kind(Str kind, const char *one) { return str_eq(kind, str_of(one)); }

static Str title_kind(const Words *w, int32_t i)
{
    Key k = word_key(w, i);
    Str s = key_str(&k);
    if (s.n > 1 && s.p[s.n - 1] == '.') s.n--;
    int32_t at = s.n ? table_find(titles, s) : -1;
    return at < 0 ? (Str){0} : titles_rows[at].kind;
}

static bool is_title(const Words *w, int32_t i)
{
    Str kind = title_kind(w, i);
    return kind.n > 0 && !has_kind(kind, "modifier");
}

static Str org_kind(const Words *w, int32_t i)
{
    Key k = word_key(w, i);
    int32_t at = k.n ? table_find(orgwords, key_str(&k)) : -1;
    return at < 0 ? (Str){0} : orgwords_rows[at].kind;
}

static bool is_org_head(const Words *w, int32_t i) { return has_kind(org_kind(w, i), "head"); }
static bool is_field(const Words *w, int32_t i) { return has_kind(org_kind(w, i), "field"); }
static bool is_demonym(const Words *w, int32_t i) { return table_find(demonyms, word_str(w, i)) >= 0; }

static bool is_given(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    char title[24];
    if (!word_has(w, i, WORD_UPPER) || s.n > (ptrdiff_t)sizeof title) return table_find(given, s) >= 0;
    for (ptrdiff_t j = 0; j < s.n; j++)
        title[j] = (char)(j > 0 && s.p[j] >= 'A' && s.p[j] <= 'Z' ? s.p[j] + 32 : s.p[j]);
    return table_find(given, ((Str){title, s.n})) >= 0;
}

static bool is_initial(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    return word_has(w, i, WORD_CAP) && (s.n == 1 || (s.n <= 5 && s.n % 2 == 0 && s.p[1] == '.' && s.p[s.n - 1] == '.')) &&
           s.p[0] != 'I';
}

static bool is_particle(const Words *w, int32_t i)
{
    return !word_has(w, i, WORD_CAP) &&
           word_in(w, i, "|de|von|van|der|den|bin|ibn|al|el|la|du|da|dos|di|del|della|ben|abu|ter|ten|zu|ul|ur|bint|");
}

/* Function words keep their class when a sentence begins with them; "US" and "WHO" are not "us" and "who". */
static bool is_function(const Words *w, int32_t i)
{
    return !word_has(w, i, WORD_UPPER) && grammar_of(w, i) != 0;
}

static bool is_calendar(const Words *w, int32_t i)
{
    bool is_short;
    return weekday_of(w, i) >= 0 || month_of(w, i, &is_short) != 0;
}

static void see_capitals(Namer *n)
{
    const Words *w = n->w;
    for (int32_t i = 0; i < w->n; i++)
        if ((w->v[i].is & (WORD_CAP | WORD_FIRST | WORD_HEAD)) == WORD_CAP) ++*map_at(&n->seen, word_str(w, i));
}

static bool is_seen(const Namer *n, int32_t i) { return map_get(&n->seen, word_str(n->w, i)) >= 0; }

static bool may_begin(const Namer *n, int32_t i)
{
    const Words *w = n->w;
    if (!word_has(w, i, WORD_CAP)) return false;
    Str s = word_str(w, i);
    if (s.n == 1 && !(word_is(w, i + 1, ".") || word_has(w, i + 1, WORD_CAP))) return false;
    if (s.n == 1 && s.p[0] == 'I') return false;
    if (is_calendar(w, i)) return is_given(w, i) && word_has(w, i + 1, WORD_CAP) && !is_function(w, i + 1) && !word_has(w, i, WORD_FIRST);
    if (is_function(w, i)) return !word_has(w, i, WORD_FIRST) && is_given(w, i) && word_has(w, i + 1, WORD_CAP);
    if (word_has(w, i, WORD_HEAD)) return is_seen(n, i) || (!word_has(w, i, WORD_UPPER) && table_find(places, s) >= 0);
    if (!word_has(w, i, WORD_FIRST)) return true;
    return is_seen(n, i) || table_find(places, s) >= 0 || is_given(w, i) || is_title(w, i) || is_demonym(w, i) ||
           has_kind(org_kind(w, i), "name") || (word_has(w, i, WORD_UPPER) && s.n <= 6) ||
           (word_has(w, i + 1, WORD_CAP) && !is_function(w, i + 1) && !is_calendar(w, i + 1));
}

/* May the run that ends before j (and began at i) go on with the word j? Returns where it then ends, or 0. */
static int32_t run_on(const Namer *n, int32_t i, int32_t j)
{
    const Words *w = n->w;
    if (j >= w->n || !words_same_sentence(w, i, j) || j - i >= RUN_MAX) return 0;
    if (word_has(w, j, WORD_CAP)) {
        if (word_has(w, j, WORD_FIRST) || is_function(w, j)) return 0;
        if (word_has(w, j, WORD_HEAD) && !is_seen(n, j)) return 0;
        if (is_calendar(w, j) && !(is_given(w, j - 1) || is_title(w, j - 1))) return 0;
        if (word_has(w, j, WORD_GLUED) && word_has(w, j - 1, WORD_LETTER) && !str_ends(word_str(w, j - 1), S("."))) return 0;
        return j + 1;
    }
    if (word_is(w, j, ".") && is_initial(w, j - 1) && word_has(w, j, WORD_GLUED) && word_has(w, j + 1, WORD_CAP) &&
        !word_has(w, j + 1, WORD_GLUED)) return j + 2;
    if (word_is(w, j, "-") && word_has(w, j, WORD_GLUED) && word_has(w, j + 1, WORD_CAP | WORD_GLUED)) {
        bool both_known = is_seen(n, j - 1) && is_seen(n, j + 1);
        bool nations = table_find(places, word_str(w, j - 1)) >= 0 || is_demonym(w, j - 1) || is_demonym(w, j + 1) ||
                       has_kind(org_kind(w, j - 1), "name");
        return both_known || nations ? 0 : j + 2;
    }
    if (is_particle(w, j)) {
        int32_t k = j + 1;
        if (is_particle(w, k)) k++;
        if (word_is(w, k, "-") && word_has(w, k, WORD_GLUED)) k++;
        bool name_behind = word_has(w, k, WORD_CAP) && !is_function(w, k) && !is_calendar(w, k);
        return name_behind && !is_title(w, j - 1) && !is_demonym(w, j - 1) ? k + 1 : 0;
    }
    if (word_is(w, j, "&") && word_has(w, j + 1, WORD_CAP)) return j + 2;
    if (word_is(w, j, "and") && is_field(w, j - 1) && is_field(w, j + 1) && word_has(w, j + 1, WORD_CAP)) return j + 2;
    if (word_is(w, j, "of") || word_is(w, j, "for")) {
        int32_t k = word_is(w, j + 1, "the") ? j + 2 : j + 1;
        if (!word_has(w, k, WORD_CAP) || is_function(w, k) || is_calendar(w, k)) return 0;
        if (is_org_head(w, j - 1) || (is_title(w, j - 1) && is_field(w, k))) return k + 1;
    }
    return 0;
}

static Str text_of(Namer *n, int32_t from, int32_t to)
{
    Str s = span_str(n->w->text, (Span){n->w->v[from].span.begin, n->w->v[to - 1].span.end});
    bool plain = true;
    for (ptrdiff_t i = 0; i < s.n && plain; i++) plain = s.p[i] != '\n' && s.p[i] != '\t' && !(s.p[i] == ' ' && i && s.p[i - 1] == ' ');
    if (plain) return s;
    Buf b = {.to = n->a};
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool blank = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
        if (!blank) buf_char(&b, s.p[i]);
        else if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
    }
    return buf_str(&b);
}

/* Behind the name a verb of saying, or ", who": it is somebody. */
static bool acts_like_person(const Words *w, int32_t to)
{
    return word_in(w, to, "|said|says|told|added|tweeted|insisted|recalled|joked|smiled|laughed|") ||
           (word_is(w, to, ",") && word_in(w, to + 1, "|who|whose|"));
}

static EntityType type_of(const Namer *n, int32_t from, int32_t to, Str text)
{
    const Words *w = n->w;
    int32_t at = text.n <= NAME_BYTES ? table_find(places, text) : -1, head = to - 1;
    if (at >= 0) return has_kind(places_rows[at].type, "LOC") ? ENTITY_LOC : ENTITY_GPE;
    char lower[NAME_BYTES];
    if (text.n <= NAME_BYTES) {
        for (ptrdiff_t i = 0; i < text.n; i++) lower[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
        int32_t org = table_find(orgwords, ((Str){lower, text.n}));
        if (org >= 0 && has_kind(orgwords_rows[org].kind, "name")) return ENTITY_ORG;
    }
    for (int32_t i = from + 1; i < to; i++)
        if (word_in(w, i, "|of|for|")) { head = i - 1; break; }
    if (to - from > 1 && is_org_head(w, head)) return ENTITY_ORG;
    if (to - from < 2) return ENTITY_UNKNOWN;
    if (is_given(w, from) || is_initial(w, from)) return ENTITY_PER;
    for (int32_t i = from + 1; i < to; i++)
        if (word_in(w, i, "|bin|ibn|von|bint|")) return ENTITY_PER;
    return to - from <= 3 && acts_like_person(w, to) ? ENTITY_PER : ENTITY_UNKNOWN;
}

static void keep(Namer *n, int32_t from, int32_t to, bool is_titled)
{
    if (from >= to) return;
    Str text = text_of(n, from, to);
    EntityType type = is_titled ? ENTITY_PER : type_of(n, from, to, text);
    while (n->turn < n->turns.n && n->turns.v[n->turn].name.end <= n->w->v[from].span.begin) n->turn++;
    bool in_turn = n->turn < n->turns.n && n->turns.v[n->turn].name.begin <= n->w->v[from].span.begin;
    if (in_turn) type = ENTITY_PER;
    RawName *x = push(n->a, &n->raw);
    *x = (RawName){from, to, type, is_titled || in_turn, acts_like_person(n->w, to), text};
}

/* What stands before a title, once the title's own words are taken off: "NATO", "Ruritania", "Security Council". */
static void keep_office(Namer *n, int32_t from, int32_t to)
{
    const Words *w = n->w;
    while (to > from && (title_kind(w, to - 1).n > 0 || (is_field(w, to - 1) && !is_org_head(w, to - 2)))) to--;
    while (from < to && (is_demonym(w, from) || is_title(w, from))) from++;
    if (from >= to) return;
    Str text = text_of(n, from, to);
    EntityType type = type_of(n, from, to, text);
    bool acronym = to - from == 1 && word_has(w, from, WORD_UPPER);
    if (type == ENTITY_ORG || type == ENTITY_GPE || type == ENTITY_LOC || acronym) keep(n, from, to, false);
}

/* Behind a title: its own complement ("of State", "for Foreign Affairs") ends where the name begins. */
static int32_t behind_title(const Words *w, int32_t t, int32_t to)
{
    int32_t i = t + 1;
    if (i >= to || !(word_is(w, i, "of") || word_is(w, i, "for"))) return i;
    i++;
    if (word_is(w, i, "the")) i++;
    while (i < to && (is_field(w, i) || (word_is(w, i, "and") && is_field(w, i + 1)))) i++;
    return i;
}

static void split(Namer *n, int32_t from, int32_t to)
{
    const Words *w = n->w;
    int32_t title = -1;
    for (int32_t i = from; i < to; i++)
        if (is_title(w, i)) title = i;
    bool ends_as_org = to - from > 1 && is_org_head(w, to - 1);
    if (title >= 0 && !ends_as_org) {
        int32_t name = behind_title(w, title, to);
        keep_office(n, from, title);
        while (name < to && is_demonym(w, name)) name++;
        if (name < to && !(to - name == 1 && (is_field(w, name) || title_kind(w, name).n))) keep(n, name, to, true);
        return;
    }
    bool has_head = false;
    for (int32_t i = from; i < to; i++) has_head |= is_org_head(w, i);
    if (!has_head)
        while (from < to && is_demonym(w, from)) from++;
    if (from >= to || (to - from == 1 && (is_field(w, from) || is_org_head(w, from) || title_kind(w, from).n))) return;
    keep(n, from, to, false);
}

void reading_names(Arena *a, Record *r)
{
    Words w = words_of(a, r);
    Namer n = {.a = a, .w = &w, .seen = {.to = a}, .turns = turns_find(a, r)};
    see_capitals(&n);
    for (int32_t i = 0; i < w.n;) {
        bool arabic = word_in(&w, i, "|al|el|") && word_is(&w, i + 1, "-") && word_has(&w, i + 1, WORD_GLUED) &&
                      word_has(&w, i + 2, WORD_CAP | WORD_GLUED);
        if (!arabic && !may_begin(&n, i)) {
            i++;
            continue;
        }
        int32_t to = arabic ? i + 3 : i + 1, on;
        while ((on = run_on(&n, i, to)) > to) to = on;
        split(&n, i, to);
        i = to;
    }
    names_link(a, r, &w, &n.raw);
}
