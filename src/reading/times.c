/* Times: expressions of time in the text, as TIMEX3 (TimeML 1.2.1).
**
** "Talks opened last week and may go on until early May."  (published 2031-03-05)
**  out: "last week" = 2031-W09, "early May" = 2031-05 START
**
**   time_cut.c      the text in pieces           time_number.c   how many
**   time_words.c    what a word can do           time_date.c     days, months, years, the clock
**   time_days.c     days with names              time_point.c    points by their distance, and points composed
**   time_phrase.c   lengths, sets, now and soon  time_resolve.c  values; time_refer.c from where they are reckoned
**   time_anchor.c   lengths from a dated event
**
** At each piece that can begin an expression the longest reading is taken, and reading goes on behind it. Two ends of a range are
** two expressions. `doubt` marks a value that the text does not settle or that contradicts its tense.
**
** Read in English texts. In other languages, and where none is known, only what needs no grammar is: numeric dates.
** Always: spans do not overlap and are in order; they lie in the body or in the lines at an article's head (title, date line,
** byline, dateline). Cost: one pass over the pieces; speed in bench/RESULTS.md.
*/
#include "reading/times.h"

/* "a three-year period": the whole; "the three-year plan": without its article. */
static void widen_length(const Finder *f, Found *x)
{
    if (x->base != BASE_LENGTH || x->is_set || !x->is_nominal || class_at(f, x->to) != P_PERIOD) return;
    if (class_at(f, x->from - 1) != P_A && class_at(f, x->from - 1) != P_THE) return;
    x->from--;
    x->to++;
    x->is_nominal = false;
}

/* The article belongs to an expression only where the time noun is what it opens. */
static void drop_article(const Finder *f, Found *x)
{
    if (class_at(f, x->from) == P_A && x->is_nominal && x->to - x->from > 1) { x->from++; return; }
    if (class_at(f, x->from) != P_THE || x->to - x->from < 2) return;
    int32_t last = x->to - 1;
    bool dashed = (x->grain == GRAIN_QUARTER || x->grain == GRAIN_HALF || x->grain == GRAIN_CENTURY) && class_at(f, last - 1) == P_DASH;
    bool season = x->base == BASE_DATE && x->grain == GRAIN_SEASON && x->is_nominal;
    bool named = x->base == BASE_NAMED || (x->base == BASE_DATE && x->grain == GRAIN_DAY && class_at(f, x->from + 1) == P_DIGITS);
    if (dashed || season || named) x->from++;
}

/* Days that came about, such as an inauguration: only where the words say that a day is meant. */
static bool is_meant_as_day(const Finder *f, Found *x)
{
    if (x->base != BASE_NAMED || !named_needs_context(x->index)) return true;
    if (class_at(f, x->from) == P_THE) x->from++;
    if (!piece_in(f, x->from - 1, "|his|her|the|'s|’s|") || !heads_phrase(f, x->to - 1)) return false;
    if (!piece_in(f, x->from - 2, "|since|until|till|before|after|by|from|") && class_at(f, x->from - 1) != P_POSS) return false;
    if (class_at(f, x->from - 1) != P_POSS) x->from--;
    return true;
}

static Found *keep(Finder *f, const Found *x)
{
    Found *to = push(f->a, &f->found);
    *to = *x;
    widen_length(f, to);
    drop_article(f, to);
    if (!is_meant_as_day(f, to)) f->found.n--;
    return to;
}

static int32_t small_day(const Finder *f, int32_t i)
{
    bool fits = class_at(f, i) == P_DIGITS && f->v[i].end - f->v[i].begin <= 2;
    return fits && f->v[i].value >= 1 && f->v[i].value <= 31 ? f->v[i].value : 0;
}

/* "May 5-7, 2031", "May 4 and 5": the days that follow one, each an expression of its own; the last takes the year. */
static int32_t days_behind(Finder *f, int32_t j)
{
    Found *x = &f->found.v[f->found.n - 1];
    if (x->base != BASE_DATE || x->grain != GRAIN_DAY || x->date.year || !x->date.day) return j;
    for (;;) {
        PieceClass class = class_at(f, j);
        bool joins = class == P_DASH || class == P_AND || class == P_TO || class == P_OR;
        int32_t at = joins ? j + 1 : j, day = small_day(f, at);
        if (!joins || day <= x->date.day || !same_sentence(f, j - 1, at)) return j;
        PieceClass next = class_at(f, at + 1);
        bool counts = class_at(f, at) == P_DIGITS && (next == P_UNITS || next == P_TIMES || next == P_AM || next == P_PM || next == P_MONTH || next == P_SHORTMONTH ||
                                                      (next == P_NONE && same_sentence(f, at, at + 1) && tag_is(f, at + 1, "NOUN")));
        if (counts) return j;
        Found y = *x;
        y.date.day = day;
        y.from = at;
        y.to = at + 1;
        int32_t comma = class_at(f, at + 1) == P_COMMA ? at + 2 : at + 1;
        if (class_at(f, comma) == P_YEAR && f->v[comma].value >= 1500 && f->v[comma].value < 2200 && same_sentence(f, at, comma)) {
            y.date.year = f->v[comma].value;
            y.to = comma + 1;
        }
        x = keep(f, &y);
        j = y.to;
    }
}

/* "5-7 May 2031", "4 and 5 May": days before the month; each but the last an expression of its own. */
static int32_t days_before(Finder *f, int32_t i)
{
    int32_t day = small_day(f, i), j = i + 1;
    PieceClass class = class_at(f, j);
    if (!day || (class != P_DASH && class != P_AND && class != P_TO && class != P_OR)) return 0;
    int32_t second = small_day(f, j + 1);
    Found x = {.clock = -1};
    int32_t end = second > day && same_sentence(f, i, j + 1) ? calendar_at(f, j + 1, &x) : 0;
    if (!end || x.base != BASE_DATE || x.grain != GRAIN_DAY) return 0;
    Found first = x;
    first.date.day = day;
    first.from = i, first.to = i + 1, first.rule = x.rule = "point";
    keep(f, &first);
    x.from = j + 1, x.to = end;
    keep(f, &x);
    return end;
}

/* "1939-45", "1998/99": the second year of a range, told by its last digits. */
static int32_t year_behind_dash(Finder *f, int32_t j)
{
    const Found *x = &f->found.v[f->found.n - 1];
    PieceClass class = class_at(f, j);
    bool year = x->base == BASE_DATE && x->grain == GRAIN_YEAR && x->to - x->from == 1 && (class == P_DASH || class == P_SLASH);
    bool two = class_at(f, j + 1) == P_DIGITS && f->v[j + 1].end - f->v[j + 1].begin == 2 && piece_has(f, j + 1, PIECE_GLUED);
    if (!year || !two || !same_sentence(f, j, j + 1) || f->v[j + 1].value <= x->date.year % 100 || class_at(f, j + 2) == P_DASH) return j;
    Found y = *x;
    y.date.year = x->date.year / 100 * 100 + f->v[j + 1].value;
    y.from = j + 1;
    y.to = j + 2;
    keep(f, &y);
    return j + 2;
}

/* "between 60 and 90 days", "ten or fifteen years": two lengths, the first without its unit. */
static int32_t lengths_of_range(Finder *f, int32_t i)
{
    Count one, two;
    PieceClass class = class_at(f, i), join = class_at(f, i + 1);
    if ((class != P_DIGITS && class != P_NUMBER && class != P_DECIMAL) || class_at(f, i - 1) == P_WAY || class_at(f, i - 1) == P_MONEY) return 0;
    bool between = piece_in(f, i - 1, "|between|");
    if (join != P_TO && join != P_OR && join != P_DASH && !(join == P_AND && between)) return 0;
    Found second = {.clock = -1};
    int32_t end = same_sentence(f, i, i + 2) && class_at(f, i + 2) != P_A ? count_at(f, i + 2, &two) : 0;
    if (!end || two.is_vague || two.is_article || (class_at(f, end) != P_UNITS && class_at(f, end) != P_DASH) || !same_sentence(f, i, end)) return 0;
    end = phrase_at(f, i + 2, &second);
    if (end <= 0 || second.base != BASE_LENGTH || second.is_set || second.is_vague || second.milli != two.milli) return 0;
    if (count_at(f, i, &one) == 0) return 0;
    Found first = second;
    first.from = i, first.to = i + 1;
    first.milli = class == P_DECIMAL ? f->v[i].value : (int64_t)f->v[i].value * 1000;
    if (first.milli >= second.milli || first.milli <= 0) return 0;
    second.from = i + 2, second.to = end;
    keep(f, &first);
    keep(f, &second);
    return end;
}

/* "499-493 BC", "499 to 493 BC": the first year stands without its era. */
static int32_t year_of_era(Finder *f, int32_t i)
{
    PieceClass class = class_at(f, i), join = class_at(f, i + 1), last = class_at(f, i + 2);
    bool numbers = (class == P_DIGITS || class == P_YEAR) && (last == P_DIGITS || last == P_YEAR) && f->v[i].value > f->v[i + 2].value && f->v[i].value < 5000;
    if (!numbers || (join != P_DASH && join != P_TO && join != P_AND) || class_at(f, i + 3) != P_BC || !same_sentence(f, i, i + 3)) return 0;
    keep(f, &(Found){.from = i, .to = i + 1, .base = BASE_DATE, .grain = GRAIN_YEAR, .date = {-f->v[i].value, 0, 0}, .clock = -1});
    return i + 1;
}

static bool may_begin(const Finder *f, int32_t i)
{
    const Piece *p = &f->v[i];
    if (p->class != P_NONE || (p->is & PIECE_NAMES)) return p->class < P_DASH || (p->is & PIECE_NAMES);
    int32_t n = p->end - p->begin;
    char c = f->text.p[p->begin];
    return (n == 2 && (c == 'Q' || c == 'H')) || ((n == 5 || n == 4) && (c | 32) >= 'r' && (c | 32) <= 'v' && (piece_is(f, i, "right") || piece_is(f, i, "very")));
}

static void find(Finder *f)
{
    for (int32_t i = 0; i < f->n;) {
        if (!may_begin(f, i)) { i++; continue; }
        int32_t end = small_day(f, i) ? days_before(f, i) : 0;
        if (!end) end = lengths_of_range(f, i);
        if (!end) end = year_of_era(f, i);
        if (end) { i = end; continue; }
        Found x = {.clock = -1};
        end = phrase_at(f, i, &x);
        if (end == 0) { i++; continue; }
        if (end < 0) { i = -end; continue; }
        int32_t before = f->found.n;
        keep(f, &x);
        i = end;
        if (f->found.n == before) continue;
        i = days_behind(f, i);
        i = year_behind_dash(f, i);
        if (f->found.v[f->found.n - 1].to > i) i = f->found.v[f->found.n - 1].to;
    }
}

/* Where no grammar of ours fits: dates in figures alone. */
static void find_numeric(Finder *f)
{
    for (int32_t i = 0; i < f->n; i++) {
        Found x = {.clock = -1};
        if (f->v[i].class != P_NUMERIC || !calendar_at(f, i, &x)) continue;
        x.from = i;
        x.to = i + 1;
        x.rule = "numeric";
        keep(f, &x);
    }
}

static void put_times(Finder *f)
{
    int32_t before = -1;
    for (int32_t i = 0; i < f->found.n; i++) {
        const Found *x = &f->found.v[i];
        Span span = {f->v[x->from].begin, f->v[x->to - 1].end};
        if (x->is_left_out || span.begin < before) continue;
        Time *t = push(f->a, &f->r->times);
        t->span = span;
        t->type = x->type;
        t->value = x->value;
        t->mod = x->mod ? str_of(mod_name(x->mod)) : (Str){0};
        t->by = x->base == BASE_DATE || x->base == BASE_CLOCK ? S("times/1") : S("times/2");     /* stands in the text; is reckoned */
        t->doubt = x->doubt;
        t->begin = x->begin;
        t->end = x->end;
        before = span.end;
    }
}

void reading_times(Arena *a, Record *r)
{
    Finder f = {.a = a, .r = r, .text = r->text, .tagged = record_is_tagged(r)};
    bool english = r->lang.n == 0 || str_eq(r->lang, S("und")) || str_starts(r->lang, S("en"));
    time_cut(&f);
    if (english && !f.tagged) f.words = words_of(a, r);
    if (english) find(&f);
    else find_numeric(&f);
    times_resolve(&f);
    if (f.tagged) times_anchor(&f);
    put_times(&f);
}
