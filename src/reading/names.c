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
** stays unknown. Where a model looked for names, its names count, and these here stand by (found.c). Cost: one pass to see capitals, one to find; tables are asked for capitalised words only. Which
** mentions are one person is settled in link.c.
*/
#include "reading/inside.h"

#include "given.h"
#include "demonyms.h"
#include "orgwords.h"
#include "places.h"
#include "titles.h"

#include <math.h>
#include <string.h>

enum { RUN_MAX = 12, NAME_BYTES = 96 };        /* words, bytes: longer runs are lists or headlines, not names */
enum {                                         /* what the tables and the text say of a capitalised word */
    IS_TITLE = 1, IS_TITLE_PART = 2, IS_ORG_HEAD = 4, IS_ORG_NAME = 8, IS_FIELD = 16, IS_GIVEN = 32, IS_DEMONYM = 64,
    IS_PLACE = 128, IS_LAND = 1024, IS_CALENDAR = 256,
    IS_SEEN = 512                              /* elsewhere it bears a capital where only a name does */
};
typedef struct { Arena *a; const Words *w; int32_t *known; RawNames raw; Turns turns; int32_t turn; } Namer;

static bool has_kind(Str kind, const char *one) { return str_eq(kind, str_of(one)); }

static int32_t title_bits(Str lower)
{
    if (lower.n > 1 && lower.p[lower.n - 1] == '.') lower.n--;
    int32_t at = lower.n ? table_find(titles, lower) : -1;
    return at < 0 ? 0 : has_kind(titles_rows[at].kind, "modifier") ? IS_TITLE_PART : IS_TITLE | IS_TITLE_PART;
}

static int32_t org_bits(Str lower)
{
    int32_t at = lower.n ? table_find(orgwords, lower) : -1;
    if (at < 0) return 0;
    Str kind = orgwords_rows[at].kind;
    return has_kind(kind, "head")    ? IS_ORG_HEAD
           : has_kind(kind, "field") ? IS_FIELD
           : has_kind(kind, "land")  ? IS_LAND
                                     : IS_ORG_NAME;
}

static bool is_given_name(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    char title[24];
    if (!word_has(w, i, WORD_UPPER) || s.n > (ptrdiff_t)sizeof title) return table_find(given, s) >= 0;
    for (ptrdiff_t j = 0; j < s.n; j++)
        title[j] = (char)(j > 0 && s.p[j] >= 'A' && s.p[j] <= 'Z' ? s.p[j] + 32 : s.p[j]);
    return table_find(given, ((Str){title, s.n})) >= 0;
}

static int32_t bits_of_word(const Words *w, int32_t i)
{
    bool is_short, is_function = grammar_of(w, i) != 0;                 /* "The", "In": the tables need not be asked */
    Key k = word_key(w, i);
    int32_t bits = is_function ? 0 : title_bits(key_str(&k)) | org_bits(key_str(&k));
    if (is_function && word_has(w, i, WORD_FIRST)) return 0;
    if (is_given_name(w, i)) bits |= IS_GIVEN;
    if (table_find(demonyms, word_str(w, i)) >= 0) bits |= IS_DEMONYM;
    if (table_find(places, word_str(w, i)) >= 0) bits |= IS_PLACE;
    if (weekday_of(w, i) >= 0 || month_of(w, i, &is_short) != 0) bits |= IS_CALENDAR;
    return bits;
}

/* Every distinct capitalised word is asked of the tables once; then each word knows its bits. */
static void know_capitals(Namer *n)
{
    const Words *w = n->w;
    Map map = {.to = n->a};
    n->known = arena_new(n->a, int32_t, w->n + 1);
    for (int32_t i = 0; i < w->n; i++) {
        if (!(w->v[i].is & WORD_CAP)) continue;
        int32_t *bits = map_at(&map, word_str(w, i));
        if (*bits < 0) *bits = bits_of_word(w, i);
        if (!(w->v[i].is & (WORD_FIRST | WORD_HEAD))) *bits |= IS_SEEN;
    }
    for (int32_t i = 0; i < w->n; i++)
        if (w->v[i].is & WORD_CAP) n->known[i] = map_get(&map, word_str(w, i));
}

static bool knows(const Namer *n, int32_t i, int32_t any) { return i >= 0 && i < n->w->n && (n->known[i] & any) != 0; }

static bool is_initial(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    return word_has(w, i, WORD_CAP) &&
           (s.n == 1 || (s.n <= 5 && s.n % 2 == 0 && s.p[1] == '.' && s.p[s.n - 1] == '.')) && s.p[0] != 'I';
}

static bool is_particle(const Words *w, int32_t i)
{
    return !word_has(w, i, WORD_CAP) &&
           word_in(w, i, "|de|von|van|der|den|bin|ibn|al|el|la|du|da|dos|di|del|della|ben|abu|ter|ten|zu|ul|ur|bint|");
}

static bool is_function(const Words *w, int32_t i) { return grammar_of(w, i) != 0; }

/* "President of the Republic Ana Ruiz": what one is president of, and no part of the name. */
static bool is_state(const Words *w, int32_t i) { return word_in(w, i, "|republic|union|federation|kingdom|commonwealth|"); }

static bool may_begin(const Namer *n, int32_t i)
{
    const Words *w = n->w;
    if (!word_has(w, i, WORD_CAP)) return false;
    Str s = word_str(w, i);
    if (s.n == 1 && !(word_is(w, i + 1, ".") || word_has(w, i + 1, WORD_CAP))) return false;
    if (s.n == 1 && s.p[0] == 'I') return false;
    if (knows(n, i, IS_CALENDAR))
        return knows(n, i, IS_GIVEN) && word_has(w, i + 1, WORD_CAP) && !is_function(w, i + 1) &&
               !word_has(w, i, WORD_FIRST);
    if (is_function(w, i)) return !word_has(w, i, WORD_FIRST) && knows(n, i, IS_GIVEN) && word_has(w, i + 1, WORD_CAP);
    if (word_has(w, i, WORD_HEAD))
        return knows(n, i, IS_SEEN) || (!word_has(w, i, WORD_UPPER) && knows(n, i, IS_PLACE));
    if (!word_has(w, i, WORD_FIRST)) return true;
    return knows(n, i, IS_SEEN) || knows(n, i, IS_PLACE) || knows(n, i, IS_TITLE | IS_DEMONYM) ||
           knows(n, i, IS_ORG_NAME) || (word_has(w, i, WORD_UPPER) && (s.n <= 6 || word_is(w, i + 1, ":"))) ||
           (word_has(w, i + 1, WORD_CAP) && !is_function(w, i + 1) && !knows(n, i + 1, IS_CALENDAR));
}

/* May the run that ends before j (and began at i) go on with the word j? Returns where it then ends, or 0. */
static int32_t run_on(const Namer *n, int32_t i, int32_t j)
{
    const Words *w = n->w;
    if (j >= w->n || !words_same_sentence(w, i, j) || j - i >= RUN_MAX) return 0;
    if (word_has(w, j, WORD_CAP)) {
        if (word_has(w, j, WORD_FIRST) || is_function(w, j)) return 0;
        if (word_has(w, j, WORD_HEAD) && !knows(n, j, IS_SEEN)) return 0;
        if (knows(n, j, IS_CALENDAR) && !(knows(n, j - 1, IS_GIVEN) || knows(n, j - 1, IS_TITLE))) return 0;
        if (word_has(w, j, WORD_GLUED) && word_has(w, j - 1, WORD_LETTER) && !str_ends(word_str(w, j - 1), S(".")))
            return 0;
        return j + 1;
    }
    if (word_is(w, j, ".") && is_initial(w, j - 1) && word_has(w, j, WORD_GLUED) && word_has(w, j + 1, WORD_CAP) &&
        !word_has(w, j + 1, WORD_GLUED)) return j + 2;
    if (word_is(w, j, "-") && word_has(w, j, WORD_GLUED) && word_has(w, j + 1, WORD_CAP | WORD_GLUED)) {
        bool both_known = knows(n, j - 1, IS_SEEN) && knows(n, j + 1, IS_SEEN);
        bool nations = knows(n, j - 1, IS_PLACE) || knows(n, j - 1, IS_DEMONYM) || knows(n, j + 1, IS_DEMONYM) ||
                       knows(n, j - 1, IS_ORG_NAME);
        return both_known || nations ? 0 : j + 2;
    }
    if (is_particle(w, j)) {
        int32_t k = j + 1;
        if (is_particle(w, k)) k++;
        if (word_is(w, k, "-") && word_has(w, k, WORD_GLUED)) k++;
        bool name_behind = word_has(w, k, WORD_CAP) && !is_function(w, k) && !knows(n, k, IS_CALENDAR);
        return name_behind && !knows(n, j - 1, IS_TITLE) && !knows(n, j - 1, IS_DEMONYM) ? k + 1 : 0;
    }
    if (word_is(w, j, "&") && word_has(w, j + 1, WORD_CAP)) return j + 2;
    if (word_is(w, j, "and") && knows(n, j - 1, IS_FIELD) && knows(n, j + 1, IS_FIELD) && word_has(w, j + 1, WORD_CAP))
        return j + 2;
    if (word_is(w, j, "of") || word_is(w, j, "for")) {
        int32_t k = word_is(w, j + 1, "the") ? j + 2 : j + 1;
        if (!word_has(w, k, WORD_CAP) || is_function(w, k) || knows(n, k, IS_CALENDAR)) return 0;
        if (knows(n, j - 1, IS_ORG_HEAD) || (knows(n, j - 1, IS_TITLE) && (knows(n, k, IS_FIELD) || is_state(w, k)))) return k + 1;
    }
    return 0;
}

Str name_text(Arena *a, const Words *w, int32_t from, int32_t to)
{
    Str s = span_str(w->text, (Span){w->v[from].span.begin, w->v[to - 1].span.end});
    bool plain = true;
    for (ptrdiff_t i = 0; i < s.n && plain; i++)
        plain = s.p[i] != '\n' && s.p[i] != '\t' && !(s.p[i] == ' ' && i && s.p[i - 1] == ' ');
    if (plain) return s;
    Buf b = {.to = a};
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool blank = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
        if (!blank) buf_char(&b, s.p[i]);
        else if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
    }
    return buf_str(&b);
}

/* Behind the name a verb of saying, or ", who": it is somebody. */
bool name_acts(const Words *w, int32_t to)
{
    if (word_in(w, to + 1, "|it|its|they|their|")) return false;        /* "Harbour Lines said it": a company */
    return word_in(w, to, "|said|says|told|added|tweeted|insisted|recalled|joked|smiled|laughed|") ||
           (word_is(w, to, ",") && word_in(w, to + 1, "|who|whose|")) ||
           (word_is(w, to, ",") && word_has(w, to + 1, WORD_DIGIT) && word_is(w, to + 2, ",") &&
            w->v[to + 1].span.end - w->v[to + 1].span.begin == 2);              /* ", 54," is an age */
}

static EntityType type_of(const Namer *n, int32_t from, int32_t to, Str text)
{
    const Words *w = n->w;
    int32_t at = text.n <= NAME_BYTES ? table_find(places, text) : -1, head = to - 1;
    if (at >= 0) return has_kind(places_rows[at].type, "LOC") ? ENTITY_LOC : ENTITY_GPE;
    char lower[NAME_BYTES];
    if (text.n <= NAME_BYTES) {
        for (ptrdiff_t i = 0; i < text.n; i++)
            lower[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
        int32_t org = table_find(orgwords, ((Str){lower, text.n}));
        if (org >= 0 && has_kind(orgwords_rows[org].kind, "name")) return ENTITY_ORG;
    }
    for (int32_t i = from + 1; i < to; i++)
        if (word_in(w, i, "|of|for|")) { head = i - 1; break; }
    if (to - from > 1 && knows(n, head, IS_ORG_HEAD)) return ENTITY_ORG;
    if (to - from > 1 && knows(n, to - 1, IS_LAND)) return ENTITY_LOC;
    if (to - from < 2) return ENTITY_UNKNOWN;
    if (knows(n, from, IS_GIVEN) || is_initial(w, from)) return ENTITY_PER;
    for (int32_t i = from + 1; i < to; i++)
        if (word_in(w, i, "|bin|ibn|von|bint|")) return ENTITY_PER;
    if (knows(n, to - 1, IS_DEMONYM)) return ENTITY_UNKNOWN;                   /* "the Northshire Democrat" */
    return to - from <= 3 && name_acts(w, to) ? ENTITY_PER : ENTITY_UNKNOWN;
}

static void keep(Namer *n, int32_t from, int32_t to, bool is_titled)
{
    if (from >= to) return;
    Str text = name_text(n->a, n->w, from, to);
    EntityType type = is_titled ? ENTITY_PER : type_of(n, from, to, text);
    while (n->turn < n->turns.n && n->turns.v[n->turn].name.end <= n->w->v[from].span.begin) n->turn++;
    bool in_turn = n->turn < n->turns.n && n->turns.v[n->turn].name.begin <= n->w->v[from].span.begin;
    if (in_turn && n->turns.v[n->turn].is_question) return;                    /* "QUESTION:" */
    if (in_turn) type = ENTITY_PER;
    RawName *x = push(n->a, &n->raw);
    *x = (RawName){from, to, type, is_titled || in_turn, name_acts(n->w, to), in_turn, text, (double)NAN};
}

/* What stands before a title, once the title's own words are taken off: "NATO", "Ruritania", "Security Council". */
static void keep_office(Namer *n, int32_t from, int32_t to)
{
    const Words *w = n->w;
    while (to > from &&
           (knows(n, to - 1, IS_TITLE_PART) || (knows(n, to - 1, IS_FIELD) && !knows(n, to - 2, IS_ORG_HEAD))))
        to--;
    while (from < to && (knows(n, from, IS_DEMONYM) || knows(n, from, IS_TITLE))) from++;
    if (from >= to) return;
    Str text = name_text(n->a, n->w, from, to);
    EntityType type = type_of(n, from, to, text);
    bool acronym = to - from == 1 && word_has(w, from, WORD_UPPER);
    if (type == ENTITY_ORG || type == ENTITY_GPE || type == ENTITY_LOC || acronym) keep(n, from, to, false);
}

/* Behind a title: its own complement ("of State", "for Foreign Affairs") ends where the name begins. */
static int32_t behind_title(const Namer *n, int32_t t, int32_t to)
{
    const Words *w = n->w;
    int32_t i = t + 1;
    if (i >= to || !(word_is(w, i, "of") || word_is(w, i, "for"))) return i;
    i++;
    if (word_is(w, i, "the")) i++;
    while (i < to && (knows(n, i, IS_FIELD) || is_state(w, i) || (word_is(w, i, "and") && knows(n, i + 1, IS_FIELD)))) i++;
    return i;
}

/* A name of several words that the tables list as it stands: "Islamic State", "Ivory Coast". */
static bool is_listed(Namer *n, int32_t from, int32_t to)
{
    Str text = to - from > 1 && to - from <= 7 ? name_text(n->a, n->w, from, to) : (Str){0};
    if (text.n == 0 || text.n > NAME_BYTES) return false;
    char lower[NAME_BYTES];
    for (ptrdiff_t i = 0; i < text.n; i++)
        lower[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
    return table_find(places, text) >= 0 || (org_bits((Str){lower, text.n}) & IS_ORG_NAME) != 0;
}

/* "Bosnia and Herzegovina", "Port-au-Prince", "The Hague": where a listed place of such build ends, or 0. */
static int32_t built_place(Namer *n, int32_t i)
{
    const Words *w = n->w;
    if (!word_has(w, i, WORD_CAP) || i + 2 >= w->n) return 0;
    char one = w->text.p[w->v[i + 1].span.begin], two = w->text.p[w->v[i + 2].span.begin];
    bool maybe = strchr("oad'-,\xE2", one) || strchr("oa'\xE2", two) || w->text.p[w->v[i].span.begin] == 'T';
    if (!maybe) return 0;                      /* asked of every capitalised word, so by bytes first */
    bool built = word_in(w, i + 1, "|of|and|'s|-|'|d'|d'ivoire|") ||
                 (word_is(w, i, "the") && word_has(w, i + 1, WORD_CAP)) ||
                 (word_is(w, i + 1, ",") && word_is(w, i + 2, "d.c.")) || word_in(w, i + 2, "|of|and|'s|");
    if (!built || word_has(w, i, WORD_HEAD)) return 0;
    for (int32_t to = i + 7 < w->n ? i + 7 : w->n; to > i + 1; to--)
        if (words_same_sentence(w, i, to - 1) && word_has(w, to - 1, WORD_LETTER) &&
            table_find(places, name_text(n->a, n->w, i, to)) >= 0)
            return to;
    return 0;
}

static void split(Namer *n, int32_t from, int32_t to)
{
    if (is_listed(n, from, to)) {
        keep(n, from, to, false);
        return;
    }
    int32_t title = -1;
    for (int32_t i = from; i < to; i++)        /* "Ministry of Justice": behind "of" it is what the body is for */
        if (knows(n, i, IS_TITLE) && !(i > from && word_in(n->w, i - 1, "|of|for|and|"))) title = i;
    bool ends_as_org = to - from > 1 && knows(n, to - 1, IS_ORG_HEAD);
    if (title >= 0 && !ends_as_org) {
        int32_t name = behind_title(n, title, to);
        keep_office(n, from, title);
        while (name < to && knows(n, name, IS_DEMONYM)) name++;
        if (name < to && !(to - name == 1 && (knows(n, name, IS_FIELD) || knows(n, name, IS_TITLE_PART))))
            keep(n, name, to, true);
        return;
    }
    bool has_head = false;
    for (int32_t i = from; i < to; i++) has_head |= knows(n, i, IS_ORG_HEAD);
    if (!has_head)
        while (from < to && knows(n, from, IS_DEMONYM)) from++;
    bool abroad = from < to && (knows(n, from, IS_PLACE) || knows(n, from, IS_ORG_NAME));
    for (int32_t i = from + 1; abroad && i + 1 < to; i++) /* "ambassador to the U.S. Ana Ruiz": two names */
        if (knows(n, i, IS_GIVEN) && !knows(n, to - 1, IS_ORG_HEAD)) {
            keep(n, from, i, false);
            from = i;
            break;
        }
    if (from >= to ||
        (to - from == 1 && (knows(n, from, IS_FIELD) || knows(n, from, IS_ORG_HEAD) || knows(n, from, IS_TITLE_PART))))
        return;
    keep(n, from, to, false);
}

void reading_names(Arena *a, Record *r)
{
    Words w = words_of(a, r);
    Namer n = {.a = a, .w = &w, .turns = turns_find(a, r)};
    know_capitals(&n);
    for (int32_t i = 0; i < w.n;) {
        int32_t place = built_place(&n, i);
        if (place > i) {
            keep(&n, i, place, false);
            i = place;
            continue;
        }
        bool arabic = w.v[i].span.end - w.v[i].span.begin == 2 && word_in(&w, i, "|al|el|") &&
                      word_is(&w, i + 1, "-") && word_has(&w, i + 1, WORD_GLUED) &&
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
    if (r->has_names) r->names = names_agree(a, r);
    RawNames found = r->has_names ? names_found(a, r, &w, &n.raw) : n.raw;
    names_link(a, r, &w, &found);
}
