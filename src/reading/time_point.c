/* Points: days, weeks, months, quarters, seasons and years that are named by their distance, and all points composed of others.
**
**   "last week" · "the following day" · "this coming Sunday, March 8" · "the third quarter of next year" · "January this year"
**   "late last week" · "the end of the month" · "Friday morning" · "5 p.m. EST on Friday" is two, "5 p.m. EST Friday" one
**
** A point is read from its left end: an edge ("the end of", "early"), then a base, then what narrows or dates it. Where a finer
** point stands before a coarser one ("May of that year"), the coarser is the base and the finer its part.
**
** Always: the longest reading that the words allow; the determiner belongs to it only where the time noun is its head.
*/
#include "reading/times.h"

static int32_t base_at(const Finder *f, int32_t i, Found *x);

static void set_shift(Found *x, Base base, Grain grain, int32_t by)
{
    x->base = base;
    x->grain = grain;
    x->shift = by;
}

/* Is the word at i the head of what its determiner opens, or does a noun follow it ("the summer offensive")? */
bool heads_phrase(const Finder *f, int32_t i)
{
    const Token *t = token_at(f, i);
    if (t) {
        bool modifies = str_eq(t->deprel, S("compound")) || str_eq(t->deprel, S("amod")) || str_eq(t->deprel, S("nummod"));
        return !modifies && !str_starts(t->deprel, S("nmod:desc"));
    }
    if (class_at(f, i + 1) != P_NONE || !same_sentence(f, i, i + 1)) return true;
    Str s = piece_str(f, i + 1);
    return !(s.n > 3 && s.p[0] >= 'a' && s.p[0] <= 'z') || str_ends(s, S("ed")) || str_ends(s, S("ing"));
}

/* ---- a way and what it leads to: "last week", "this past spring", "that same day" ------------------------------- */
static Way two_ways(Way one, Way two)
{
    if (one == WAY_THIS && two == WAY_PAST) return WAY_LAST;
    if (one == WAY_THIS && two == WAY_COMING) return WAY_COMING;
    if (one == WAY_THIS && two == WAY_LAST) return WAY_LAST;
    if (one == WAY_THIS && two == WAY_NEXT) return WAY_NEXT;
    if ((one == WAY_THAT || one == WAY_THIS) && two == WAY_SAME) return WAY_SAME;
    return WAY_OPEN;
}

static Way ways_at(const Finder *f, int32_t i, int32_t *j)
{
    *j = i;
    if (class_at(f, i) != P_WAY) return WAY_OPEN;
    Way way = (Way)f->v[i].value;
    *j = i + 1;
    if (class_at(f, i + 1) != P_WAY) return way;
    Way both = two_ways(way, (Way)f->v[i + 1].value);
    if (both == WAY_OPEN) return way;
    *j = i + 2;
    return both;
}

static bool looks_back_at_text(Way way)
{
    return way == WAY_PREVIOUS || way == WAY_FOLLOWING || way == WAY_THAT || way == WAY_SAME || way == WAY_CORRESPONDING;
}

static int32_t step_of(Way way)
{
    switch (way) {
    case WAY_LAST: case WAY_PAST: case WAY_PREVIOUS: return -1;
    case WAY_NEXT: case WAY_COMING: case WAY_FOLLOWING: return 1;
    default: return 0;
    }
}

static int32_t way_unit(const Finder *f, int32_t j, Way way, bool has_the, Found *x)
{
    Grain g = (Grain)f->v[j].value;
    if (g < GRAIN_DAY || over_dash(f, j + 1) > j + 1) return 0;
    if (piece_has(f, j, PIECE_CAP) && piece_has(f, j - 1, PIECE_CAP) && piece_has(f, j - 1, PIECE_GLUED)) return 0;     /* the "This Week" programme */
    if (way == WAY_RECENT || way == WAY_THESE || way == WAY_THOSE) return 0;
    bool length = (way == WAY_PAST) || (has_the && (way == WAY_LAST || way == WAY_NEXT) && g != GRAIN_DAY && g != GRAIN_QUARTER && g != GRAIN_WEEKEND);
    if (g == GRAIN_DECADE && (way == WAY_LAST || way == WAY_NEXT || way == WAY_PAST || way == WAY_COMING)) length = true;
    if (length) {
        x->base = BASE_LENGTH, x->grain = g, x->milli = 1000, x->way = way, x->is_weak = way == WAY_NEXT;
        return j + 1;
    }
    Base base = looks_back_at_text(way) || (has_the && way == WAY_NEXT) ? BASE_THENCE : BASE_SHIFT;
    if (way == WAY_LATEST && g != GRAIN_QUARTER) return g == GRAIN_WEEK || g == GRAIN_YEAR || g == GRAIN_MONTH ? (set_shift(x, BASE_SHIFT, g, 0), x->doubt = true, j + 1) : 0;
    if (g == GRAIN_DAY && way == WAY_LAST) return 0;     /* "the last day" is that of something */
    set_shift(x, base, g, step_of(way));
    x->way = way;
    return j + 1;
}

static int32_t way_part(const Finder *f, int32_t j, Way way, bool has_the, Found *x)
{
    Base base = looks_back_at_text(way) || (has_the && way == WAY_NEXT) ? BASE_THENCE : BASE_SHIFT;
    set_shift(x, base, GRAIN_DAY, step_of(way));
    x->part = (DayPart)f->v[j].value;
    x->way = way;
    return j + 1;
}

/* "[the] last|this|next … UNIT|MONTH|SEASON|WEEKDAY|PART" */
static int32_t way_at(const Finder *f, int32_t i, Found *x)
{
    bool has_the = class_at(f, i) == P_THE;
    int32_t j, k;
    Way way = ways_at(f, has_the ? i + 1 : i, &j);
    if (way == WAY_OPEN || !same_sentence(f, i, j)) return 0;
    if (class_at(f, j) == P_FISCAL || class_at(f, j) == P_CALENDAR) x->is_fiscal = class_at(f, j) == P_FISCAL, j++;
    else if (class_at(f, j) == P_FILLER && class_at(f, j + 1) == P_UNIT) j++;          /* "the last full week" */
    k = over_dash(f, j);
    switch (class_at(f, k)) {
    case P_UNIT: return way_unit(f, k, way, has_the, x);
    case P_PERIOD:
        if (way != WAY_LATEST && way != WAY_SAME && way != WAY_CORRESPONDING && way != WAY_THAT) return 0;
        set_shift(x, BASE_THENCE, GRAIN_NONE, way == WAY_CORRESPONDING ? -1 : 0);
        x->way = way;
        return k + 1;
    case P_MONTH:
        if (!piece_has(f, k, PIECE_CAP)) return 0;
        *x = (Found){.base = BASE_DATE, .grain = GRAIN_MONTH, .date = {0, f->v[k].value, 0}, .clock = -1, .way = way};
        if (class_at(f, k + 1) == P_DIGITS && f->v[k + 1].value <= 31 && f->v[k + 1].value > 0 && f->v[k + 1].end - f->v[k + 1].begin <= 2)
            return x->date.day = f->v[k + 1].value, x->grain = GRAIN_DAY, k + 2;
        return k + 1;
    case P_SEASON:
        if (tag_is(f, k, "VERB") || way == WAY_THESE) return 0;
        *x = (Found){.base = BASE_DATE, .grain = GRAIN_SEASON, .index = f->v[k].value, .clock = -1, .way = way};
        return k + 1;
    case P_WEEKDAY:
        if (!piece_has(f, k, PIECE_CAP)) return 0;
        if (class_at(f, k + 1) == P_COMMA && same_sentence(f, k, k + 2)) {
            Found date = {.clock = -1};
            int32_t end = calendar_at(f, k + 2, &date);
            if (end && date.base == BASE_DATE && date.grain == GRAIN_DAY) return *x = date, end;
        }
        *x = (Found){.base = BASE_WEEKDAY, .grain = GRAIN_DAY, .index = f->v[k].value, .clock = -1, .way = way};
        return k + 1;
    case P_PART: return way_part(f, k, way, has_the, x);
    default: return 0;
    }
}

/* ---- quarters and halves ----------------------------------------------------------------------------------------- */
static int32_t quarter_unit(const Finder *f, int32_t i, int32_t n, Found *x)
{
    int32_t j = over_dash(f, i);
    if (class_at(f, j) == P_FISCAL) j = over_dash(f, j + 1), x->is_fiscal = true;
    bool is_half = class_at(f, j) == P_HALF && n <= 2, is_quarter = class_at(f, j) == P_UNIT && f->v[j].value == GRAIN_QUARTER && n <= 4;
    if (!is_half && !is_quarter) return 0;
    if ((is_half && tag_is(f, i, "NUM")) || class_at(f, j + 1) == P_DASH) return 0;
    x->base = BASE_DATE;
    x->grain = is_half ? GRAIN_HALF : GRAIN_QUARTER;
    x->index = n;
    return j + 1;
}

/* "the third quarter", "the fiscal first quarter", "third-quarter", "Q3", "the 1988 second quarter" */
static int32_t quarter_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i, n = 0, year = 0;
    if (class_at(f, j) == P_NONE && f->v[j].end - f->v[j].begin == 2) {
        Str s = piece_str(f, j);
        bool quarter = s.p[0] == 'Q' && s.p[1] >= '1' && s.p[1] <= '4', half = s.p[0] == 'H' && (s.p[1] == '1' || s.p[1] == '2');
        if (!quarter && !(half && class_at(f, j + 1) == P_YEAR)) return 0;
        *x = (Found){.base = BASE_DATE, .grain = quarter ? GRAIN_QUARTER : GRAIN_HALF, .index = s.p[1] - '0', .clock = -1};
        return j + 1;
    }
    if (class_at(f, j) == P_YEAR && j > i) year = f->v[j++].value;
    if (year && (class_at(f, j) == P_PERIOD || (class_at(f, j) == P_UNIT && f->v[j].value == GRAIN_QUARTER))) {
        *x = (Found){.base = BASE_DATE, .grain = GRAIN_YEAR, .date = {year, 0, 0}, .clock = -1, .is_report = true};
        return j + 1;
    }
    if (class_at(f, j) == P_FISCAL) x->is_fiscal = true, j = over_dash(f, j + 1);
    int32_t k = ordinal_at(f, j, &n);
    if (!k && class_at(f, j) == P_NONE && piece_is(f, j, "latter") && class_at(f, j + 1) == P_HALF) k = j + 1, n = 2;
    bool is_final = n == 99;
    if (is_final) n = class_at(f, over_dash(f, k)) == P_HALF ? 2 : 4;
    int32_t end = k ? quarter_unit(f, k, n, x) : 0;
    if (!end || !same_sentence(f, i, end - 1)) return 0;
    x->date.year = year;
    return end;
}

/* ---- what stands alone --------------------------------------------------------------------------------------------- */
static int32_t deictic_at(const Finder *f, int32_t i, Found *x)
{
    PieceClass class = class_at(f, i);
    if (class == P_DEICTIC || class == P_TONIGHT) {
        bool named = (piece_has(f, i - 1, PIECE_CAP) && class_at(f, i - 1) == P_NONE) || class_at(f, i - 1) == P_POSS;
        if (piece_has(f, i, PIECE_CAP) && same_sentence(f, i - 1, i) && named && !piece_has(f, i + 1, PIECE_CAP)) return 0;     /* VOA Today */
        set_shift(x, BASE_SHIFT, GRAIN_DAY, class == P_TONIGHT ? 0 : f->v[i].value);
        x->part = class == P_TONIGHT ? PART_NI : PART_NONE;
        return i + 1;
    }
    if (class != P_THE || class_at(f, i + 1) != P_UNIT || f->v[i + 1].value < GRAIN_DAY) return 0;
    PieceClass way = class_at(f, i + 2);
    Grain g = (Grain)f->v[i + 1].value;
    if (way == P_WAY && (f->v[i + 2].value == WAY_PREVIOUS || f->v[i + 2].value == WAY_FOLLOWING) && !tag_is(f, i + 2, "VERB") && class_at(f, i + 3) != P_UNIT) {
        set_shift(x, BASE_THENCE, g, f->v[i + 2].value == WAY_PREVIOUS ? -1 : 1);        /* the year previous, the day following */
        return i + 3;
    }
    if (g == GRAIN_DAY && (way == P_BEFORE || way == P_AFTER) && class_at(f, i + 3) == P_DEICTIC && f->v[i + 3].value != 0) {
        set_shift(x, BASE_SHIFT, GRAIN_DAY, way == P_BEFORE ? -2 : 2);       /* the day before yesterday */
        return i + 4;
    }
    bool ends = class_at(f, i + 3) == P_MARK || class_at(f, i + 3) == P_COMMA || class_at(f, i + 3) == P_CLOSE || !same_sentence(f, i, i + 3);
    if ((way == P_BEFORE || way == P_AFTER) && (ends || tag_is(f, i + 2, "ADV"))) {
        set_shift(x, BASE_THENCE, g, way == P_BEFORE ? -1 : 1);
        return i + 3;
    }
    return 0;
}

static int32_t season_at(const Finder *f, int32_t i, Found *x)
{
    bool has_the = class_at(f, i) == P_THE;
    int32_t j = has_the ? i + 1 : i;
    if (class_at(f, j) != P_SEASON || tag_is(f, j, "VERB")) return 0;
    int32_t of = class_at(f, j + 1) == P_OF ? j + 2 : j + 1;
    int32_t spoken;
    bool dated = class_at(f, of) == P_YEAR || (of > j + 1 && spoken_year_at(f, of, &spoken)) || (class_at(f, of) == P_DIGITS && class_at(f, of + 1) == P_BC) || (of > j + 1 && class_at(f, of) == P_WAY);
    bool is_fall = piece_is(f, j, "fall") || piece_is(f, j, "spring");
    if (piece_has(f, j, PIECE_CAP) && !dated && !has_the && j > 0 && class_at(f, j - 1) != P_MARK) return 0;   /* Prague Spring */
    if (is_fall && !dated && class_at(f, j + 1) == P_OF) return 0;           /* the fall of the city */
    bool led = has_the || piece_in(f, j - 1, "|in|by|until|since|during|last|next|this|early|late|mid|through|for|their|its|his|our|per|-|");
    const Token *t = token_at(f, j);
    bool modifies = t && str_eq(t->upos, S("NOUN")) && str_eq(t->deprel, S("compound"));
    if (is_fall && !dated && !led && !modifies) return 0;
    if (!f->tagged && is_fall && !dated && has_the && !piece_in(f, i - 1, "|in|by|until|since|during|through|for|of|")) return 0;
    *x = (Found){.base = BASE_DATE, .grain = GRAIN_SEASON, .index = f->v[j].value, .clock = -1};
    x->is_nominal = has_the && !dated && !heads_phrase(f, j);
    return j + 1;
}

/* "the year", "the quarter", "the weekend": one that the reader knows. */
static int32_t the_unit_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = i + 1;
    bool full = class_at(f, j) == P_FILLER && (piece_is(f, j, "full") || piece_is(f, j, "whole") || piece_is(f, j, "entire"));
    if (class_at(f, i) != P_THE) return 0;
    if (full) j++;
    if (class_at(f, j) == P_BOUND && class_at(f, j + 1) == P_PART) x->mod = (Mod)f->v[j].value, j++;
    if (class_at(f, j) == P_PART) {
        if (piece_in(f, j + 1, "|before|after|") || !heads_phrase(f, j)) return 0;
        bool hours = class_at(f, j + 1) == P_UNITS;
        if (class_at(f, j + 1) != P_OF && !hours && class_at(f, i - 1) != P_IN && class_at(f, i - 1) != P_SHIFT) return 0;
        set_shift(x, BASE_THENCE, GRAIN_DAY, 0);
        x->part = (DayPart)f->v[j].value;
        return class_at(f, j + 1) == P_UNITS && f->v[j + 1].value == GRAIN_HOUR ? j + 2 : j + 1;
    }
    if (class_at(f, j) == P_FISCAL && class_at(f, j + 1) == P_UNIT) j++, x->is_fiscal = true;
    if (class_at(f, j) != P_UNIT || piece_has(f, j, PIECE_CAP)) return 0;      /* Man of the Year */
    Grain g = (Grain)f->v[j].value;
    PieceClass edge = class_at(f, i - 2);
    bool at_edge = class_at(f, i - 1) == P_OF && (edge == P_EDGE || edge == P_BOUND || edge == P_PART_OF || edge == P_UNITS || edge == P_UNIT || edge == P_HALF);
    bool fits = g == GRAIN_YEAR || g == GRAIN_QUARTER || g == GRAIN_WEEKEND || g == GRAIN_DECADE || full || at_edge;
    if (g == GRAIN_MONTH || g == GRAIN_WEEK || g == GRAIN_CENTURY) fits |= class_at(f, i - 1) == P_IN && class_at(f, i - 2) == P_SHIFT;
    if (g == GRAIN_DAY) fits = class_at(f, i - 1) == P_IN && class_at(f, i - 2) == P_SHIFT;
    bool clause = class_at(f, j + 1) == P_BEFORE || class_at(f, j + 1) == P_AFTER || class_at(f, j + 1) == P_OF || class_at(f, j + 1) == P_DASH || class_at(f, j + 1) == P_UNIT;
    bool ended = g == GRAIN_YEAR && piece_in(f, j + 1, "|ended|ending|");
    if (ended) {                                         /* "the year ended June 30": a length that ends there */
        x->base = BASE_LENGTH, x->grain = g, x->milli = 1000;
        return j + 1;
    }
    if (!fits || clause || !heads_phrase(f, j)) return 0;
    set_shift(x, BASE_SHIFT, g, 0);
    x->is_weak = true;
    return j + 1;
}

/* "year-end", "year's end", "month-end" */
static int32_t unit_end_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i;
    if (class_at(f, j) != P_UNIT || f->v[j].value < GRAIN_WEEK) return 0;
    int32_t k = class_at(f, j + 1) == P_POSS ? j + 2 : over_dash(f, j + 1);
    bool led = piece_in(f, i - 1, "|by|at|until|till|before|around|through|since|near|to|");
    if ((k == j + 1 && !led) || class_at(f, k) != P_EDGE || !piece_is(f, k, "end")) return 0;
    set_shift(x, BASE_SHIFT, (Grain)f->v[j].value, 0);
    x->mod = MOD_END;
    x->is_weak = true;
    return k + 1;
}

static int32_t weekday_at(const Finder *f, int32_t i, Found *x)
{
    if (class_at(f, i) != P_WEEKDAY && class_at(f, i) != P_SHORTWEEKDAY) return 0;
    if (!piece_has(f, i, PIECE_CAP)) return 0;
    Found date = {.clock = -1};
    int32_t j = class_at(f, i + 1) == P_COMMA ? i + 2 : i + 1, end = same_sentence(f, i, j) ? calendar_at(f, j, &date) : 0;
    if (end && date.base == BASE_DATE && date.grain == GRAIN_DAY) return *x = date, end;
    if (class_at(f, i) == P_SHORTWEEKDAY && !piece_has(f, i, PIECE_DOTTED)) return 0;
    int32_t n;
    bool the = class_at(f, j) == P_THE;
    if (the && j == i + 1 && (end = ordinal_at(f, j + 1, &n)) != 0 && class_at(f, end) == P_OF) return 0;
    if (piece_in(f, i - 1, "|black|good|bloody|super|holy|palm|easter|ash|fat|cyber|shrove|maundy|") ||
        piece_in(f, i + 1, "|times|telegraph|mirror|express|mail|herald|")) return 0;
    bool is_named = piece_has(f, i - 1, PIECE_CAP) && class_at(f, i - 1) == P_NONE && !(f->v[i - 1].is & PIECE_UPPER) &&
                    piece_in(f, i - 2, "|on|before|after|until|by|since|");                     /* before Lantern Sunday */
    if (is_named) return 0;
    *x = (Found){.base = BASE_WEEKDAY, .grain = GRAIN_DAY, .index = f->v[i].value, .clock = -1};
    return i + 1;
}

static int32_t named_point(const Finder *f, int32_t i, Found *x)
{
    int32_t row, year = 0, from = class_at(f, i) == P_THE ? i + 1 : i;
    if (!piece_has(f, from, PIECE_NAMES)) return 0;
    int32_t end = named_at(f, from, &row, &year);
    if (!end) return 0;
    *x = (Found){.base = BASE_NAMED, .grain = GRAIN_DAY, .index = row, .date = {year, 0, 0}, .clock = -1};
    return end;
}

static int32_t base_at(const Finder *f, int32_t i, Found *x)
{
    *x = (Found){.clock = -1};
    int32_t end = 0;
    PieceClass class = class_at(f, i);
    if (piece_has(f, i, PIECE_NAMES) || (class == P_THE && piece_has(f, i + 1, PIECE_NAMES)))
        if ((end = named_point(f, i, x)) != 0) return end;
    switch (class) {
    case P_WEEKDAY: case P_SHORTWEEKDAY: return weekday_at(f, i, x);
    case P_WAY: return way_at(f, i, x);
    case P_DEICTIC: case P_TONIGHT: return deictic_at(f, i, x);
    case P_SEASON: return season_at(f, i, x);
    case P_NONE: return quarter_at(f, i, x);
    case P_UNIT:
        if ((end = unit_end_at(f, i, x)) != 0) return end;
        return calendar_at(f, i, x);
    case P_THE:
        if (class_at(f, i + 1) == P_UNIT && class_at(f, i + 2) == P_OF && (f->v[i + 1].value == GRAIN_WEEK || f->v[i + 1].value == GRAIN_MONTH) &&
            (end = calendar_at(f, i + 3, x)) != 0 && x->base == BASE_DATE && x->grain <= GRAIN_MONTH && x->grain != GRAIN_NONE) {
            x->of_grain = (Grain)f->v[i + 1].value;      /* the week of March 6, the month of May */
            return end;
        }
        *x = (Found){.clock = -1};
        if ((end = deictic_at(f, i, x)) != 0 || (end = way_at(f, i, x)) != 0 || (end = quarter_at(f, i, x)) != 0) return end;
        *x = (Found){.clock = -1};
        if ((end = calendar_at(f, i, x)) != 0 || (end = season_at(f, i, x)) != 0) return end;
        *x = (Found){.clock = -1};
        if ((end = unit_end_at(f, i, x)) != 0) return end;
        return the_unit_at(f, i, x);
    case P_ORDINAL: case P_SECOND: case P_ORDINALS: case P_FISCAL:
        if ((end = quarter_at(f, i, x)) != 0) return end;
        *x = (Found){.clock = -1};
        return calendar_at(f, i, x);
    case P_CLOCK: case P_COLON: case P_DECIMAL: return clock_at(f, i, x);
    case P_DIGITS: case P_NUMBER: case P_YEAR:
        if ((end = clock_at(f, i, x)) != 0) return end;
        *x = (Found){.clock = -1};
        return calendar_at(f, i, x);
    case P_PART: case P_HOUR:
        if (class_at(f, i - 1) == P_BOUND || class_at(f, i + 1) == P_DEICTIC || class_at(f, i + 1) == P_WEEKDAY) {
            set_shift(x, BASE_SHIFT, GRAIN_DAY, 0);
            x->part = (DayPart)f->v[i].value;
            x->is_weak = true;
            return class_at(f, i + 1) == P_UNITS && f->v[i + 1].value == GRAIN_HOUR ? i + 2 : i + 1;
        }
        return 0;
    default: return calendar_at(f, i, x);
    }
}

/* ---- composing ------------------------------------------------------------------------------------------------------ */
static bool lacks_year(const Found *x)
{
    bool dated = x->base == BASE_DATE && x->date.year == 0 && x->grain < GRAIN_YEAR && x->way == WAY_OPEN;
    return dated || (x->base == BASE_NAMED && x->date.year == 0 && x->sub == GRAIN_NONE);
}
static bool is_year_like(const Found *x)
{
    bool counted = x->base == BASE_SHIFT || x->base == BASE_THENCE;
    return x->sub == GRAIN_NONE && x->grain == GRAIN_YEAR && (counted || (x->base == BASE_DATE && x->date.year)) && x->mod == MOD_NONE;
}
static bool is_day_like(const Found *x)
{
    return x->part == PART_NONE && x->clock < 0 && x->base != BASE_CLOCK &&
           (x->grain == GRAIN_DAY || x->base == BASE_WEEKDAY || x->base == BASE_NAMED || x->sub == GRAIN_DAY);
}

/* The finer point becomes a part of the year. */
static void put_into_year(Found *fine, const Found *year)
{
    Found x = *year;
    if (fine->base == BASE_DATE && year->base == BASE_DATE && !fine->is_fiscal) {
        fine->date.year = year->date.year;
        return;
    }
    if (fine->base == BASE_NAMED) {
        if (year->base == BASE_DATE) { fine->date.year = year->date.year; return; }
        x.sub = GRAIN_FORTNIGHT, x.sub_index = fine->index;            /* a named day of a year that is counted */
    } else {
        x.sub = fine->grain;
        x.sub_index = fine->grain == GRAIN_MONTH || fine->grain == GRAIN_DAY ? fine->date.month : fine->index;
        x.sub_day = fine->date.day;
    }
    x.is_fiscal |= fine->is_fiscal;
    x.mod = fine->mod;
    x.part = fine->part, x.clock = fine->clock;
    *fine = x;
}

/* "… of 1990", "… next year", "… of the same year" */
static int32_t year_of_it(const Finder *f, int32_t j, Found *x)
{
    Found year;
    int32_t from = class_at(f, j) == P_OF || (class_at(f, j) == P_IN && x->grain != GRAIN_DAY) ? j + 1 : j, end;
    if (class_at(f, j) == P_COMMA && class_at(f, j + 1) == P_YEAR && x->grain != GRAIN_DAY) from = j + 1;
    if (!same_sentence(f, j - 1, from) || !lacks_year(x)) return j;
    if (class_at(f, j) == P_IN) return j;
    PieceClass class = class_at(f, from);
    bool bc = class == P_DIGITS && class_at(f, from + 1) == P_BC;
    bool spoken = from > j && class == P_NUMBER;
    bool plain = bc || spoken || (class == P_YEAR && (from > j || x->grain != GRAIN_DAY || x->base == BASE_NAMED));
    if (!plain && class != P_WAY && class != P_THE && class != P_FISCAL) return j;
    if (plain && !(end = calendar_at(f, from, (year = (Found){.clock = -1}, &year)))) {
        if (spoken || f->v[from].value < 1500 || f->v[from].value > 2100) return j;
        year = (Found){.base = BASE_DATE, .grain = GRAIN_YEAR, .date = {f->v[from].value, 0, 0}, .clock = -1};
        end = from + 1;
    } else if (!plain && !(end = base_at(f, from, &year))) {
        return j;
    }
    if (!is_year_like(&year)) return j;
    if (!plain && from == j && class != P_WAY) return j;           /* "in May the year" is no year of May */
    put_into_year(x, &year);
    return end;
}

/* "this year's third quarter", "next year's election" is only a year */
static int32_t part_of_it(const Finder *f, int32_t j, Found *x)
{
    Found fine;
    if (class_at(f, j) != P_POSS || !is_year_like(x)) return j;
    PieceClass class = class_at(f, j + 1);
    if (class != P_ORDINAL && class != P_SECOND && class != P_SEASON && class != P_MONTH && class != P_ORDINALS) return j;
    int32_t end = class == P_SEASON ? j + 2 : base_at(f, j + 1, &fine);
    if (class == P_SEASON) fine = (Found){.base = BASE_DATE, .grain = GRAIN_SEASON, .index = f->v[j + 1].value, .clock = -1};
    if (!end || !lacks_year(&fine)) return j;
    put_into_year(&fine, x);
    *x = fine;
    return end;
}

/* "Friday morning", "yesterday afternoon", "March 3 evening" */
static int32_t part_behind(const Finder *f, int32_t j, Found *x)
{
    int32_t k = over_dash(f, j);
    if (!is_day_like(x) || (class_at(f, k) != P_PART && !(class_at(f, k) == P_HOUR && piece_is(f, k, "overnight"))) || !same_sentence(f, j - 1, k)) return j;
    if (x->base == BASE_DATE && x->sub == GRAIN_NONE && x->grain == GRAIN_DAY && !tag_is(f, k, "NOUN") && f->tagged) return j;
    x->part = (DayPart)f->v[k].value;
    return k + 1;
}

/* "the same period last year", "the same month a year ago", "the corresponding quarter of last year" */
static int32_t year_before_it(const Finder *f, int32_t j, Found *x)
{
    bool same = x->base == BASE_THENCE && !x->year_back && (x->way == WAY_SAME || x->way == WAY_CORRESPONDING);
    bool quarter = x->base == BASE_SHIFT && x->is_weak && x->grain == GRAIN_QUARTER && x->mod == MOD_NONE;
    if (!same && !quarter) return j;
    int32_t from = class_at(f, j) == P_OF || class_at(f, j) == P_IN ? j + 1 : j;
    bool ago = class_at(f, from) == P_A && class_at(f, from + 1) == P_UNIT && f->v[from + 1].value == GRAIN_YEAR && (class_at(f, from + 2) == P_AGO || class_at(f, from + 2) == P_SHIFT);
    bool last = class_at(f, from) == P_WAY && f->v[from].value == WAY_LAST && class_at(f, from + 1) == P_UNIT && f->v[from + 1].value == GRAIN_YEAR;
    bool before = class_at(f, from) == P_THE && class_at(f, from + 1) == P_WAY && f->v[from + 1].value == WAY_PREVIOUS && class_at(f, from + 2) == P_UNIT && f->v[from + 2].value == GRAIN_YEAR;
    before |= class_at(f, from) == P_THE && class_at(f, from + 1) == P_WAY && f->v[from + 1].value == WAY_LAST && class_at(f, from + 2) == P_UNIT && f->v[from + 2].value == GRAIN_YEAR;
    int32_t end = ago || before ? from + 3 : last ? from + 2 : j;
    if (end == j || !same_sentence(f, j - 1, end - 1)) return j;
    x->base = BASE_THENCE;
    x->shift = 0;
    x->year_back = 1;
    return end;
}

static bool is_bare_hour(const Found *x)
{
    return x->base == BASE_CLOCK || (x->base == BASE_SHIFT && x->part != PART_NONE && x->is_weak);
}

/* "5 p.m. EST, Nov. 6", "midnight Friday", "9 a.m. today", "the morning of 31 January" */
static int32_t day_of_hour(const Finder *f, int32_t j, Found *x)
{
    bool bare = is_bare_hour(x), part = x->base == BASE_THENCE && x->part != PART_NONE && x->shift == 0 && x->way == WAY_OPEN;
    if (!bare && !part) return j;
    int32_t from = j;
    if (class_at(f, j) == P_OF) from = j + 1;
    else if (class_at(f, j) == P_COMMA && x->base == BASE_CLOCK) from = j + 1;
    else if (part) return j;
    Found day;
    int32_t end = same_sentence(f, j - 1, from) ? base_at(f, from, &day) : 0;
    if (!end || !is_day_like(&day) || (day.base == BASE_THENCE && from == j + 1 && class_at(f, j) == P_COMMA)) {
        if (end && day.base == BASE_SHIFT && day.grain == GRAIN_DAY && day.part != PART_NONE && x->base == BASE_CLOCK && from == j) {
            day.clock = x->clock, day.is_utc = x->is_utc;      /* "8 p.m. last night" */
            *x = day;
            return end;
        }
        return j;
    }
    end = year_of_it(f, end, &day);
    if (x->base == BASE_CLOCK) day.clock = x->clock, day.is_utc = x->is_utc, day.has_zone = x->has_zone;
    else day.part = x->part;
    *x = day;
    return end;
}

static int32_t composed_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = base_at(f, i, x), before = 0;
    while (j && j != before) {
        before = j;
        j = year_of_it(f, j, x);
        j = part_of_it(f, j, x);
        j = part_behind(f, j, x);
        j = year_before_it(f, j, x);
        j = day_of_hour(f, j, x);
    }
    return j;
}

/* ---- edges ------------------------------------------------------------------------------------------------------------ */
/* "the end of", "the middle of", "early", "late in", "mid-", "the latter part of"; *mod set, returns where the point begins. */
static int32_t edge_at(const Finder *f, int32_t i, Mod *mod)
{
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i;
    PieceClass class = class_at(f, j);
    if (j > i && piece_is(f, j, "very")) class = class_at(f, ++j);
    if (class == P_AT || class == P_NONE) return 0;
    if (class == P_EDGE || (class == P_BOUND && (j > i || class_at(f, j + 1) == P_OF))) {
        *mod = (Mod)f->v[j].value;
        if (class == P_BOUND && piece_is(f, j, "middle") == false && class_at(f, j + 1) == P_OF) return 0;
        if (class_at(f, j + 1) == P_PART_OF && class_at(f, j + 2) == P_OF) return j + 3;
        if (class_at(f, j + 1) == P_OF) return j + 2;
        if (class == P_EDGE && class_at(f, j + 1) == P_TO) return 0;
        if (class == P_EDGE) return 0;
    }
    if (class == P_BOUND) {
        *mod = (Mod)f->v[j].value;
        int32_t k = over_dash(f, j + 1);
        if (class_at(f, k) == P_PART_OF && class_at(f, k + 1) == P_OF) return k + 2;
        if (class_at(f, k) == P_IN && j == i && *mod != MOD_MID) return k + 1;
        if (class_at(f, k) == P_ON && j == i && *mod != MOD_MID) return 0;
        return k;
    }
    int32_t n;
    bool begins = j > i && ordinal_at(f, j, &n) && (n == 1 || n == 99), ends = j > i && class == P_WAY && f->v[j].value == WAY_LAST;
    if ((begins || ends || (j > i && piece_in(f, j, "|opening|closing|"))) && class_at(f, j + 1) == P_UNITS && class_at(f, j + 2) == P_OF) {
        *mod = begins && n == 1 ? MOD_START : ends || n == 99 || piece_is(f, j, "closing") ? MOD_END : MOD_START;
        return j + 3;                                    /* the first months of 2031 */
    }
    if (j > i && piece_in(f, j, "|latter|later|final|last|closing|second|first|opening|earlier|better|good|greater|most|") && class_at(f, j + 1) == P_PART_OF && class_at(f, j + 2) == P_OF) {
        *mod = piece_in(f, j, "|latter|later|final|last|closing|") ? MOD_END : piece_in(f, j, "|first|opening|earlier|") ? MOD_START : MOD_NONE;
        return j + 3;
    }
    return 0;
}

static bool is_coarse(const Found *x)
{
    return x->grain >= GRAIN_WEEKEND || x->sub >= GRAIN_WEEKEND;
}

/* "earlier this month", "later that year", "later in the day" */
static int32_t shifted_at(const Finder *f, int32_t i, Found *x)
{
    if (class_at(f, i) != P_SHIFT) return 0;
    int32_t from = class_at(f, i + 1) == P_IN ? i + 2 : i + 1, end = composed_at(f, from, x);
    if (!end || !same_sentence(f, i, end - 1)) return 0;
    bool day = class_at(f, from) == P_DEICTIC || class_at(f, from) == P_WEEKDAY;
    bool near = x->base == BASE_SHIFT || x->base == BASE_THENCE || x->base == BASE_WEEKDAY;
    if (!near || (x->shift != 0 && !day) || x->milli || x->mod != MOD_NONE) return 0;
    if (day && (from > i + 1 || piece_in(f, i - 1, "|days|weeks|hours|a|"))) return 0;
    x->mod = f->v[i].value < 0 ? MOD_START : MOD_END;
    return end;
}

/* "the last week of March", "the first day of May" */
static int32_t nth_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i, n = 0, k = ordinal_at(f, j, &n);
    if (!k && class_at(f, j) == P_WAY && f->v[j].value == WAY_LAST && j > i) k = j + 1, n = 99;
    if (!k || n < 1 || (n > 5 && n != 99) || class_at(f, k) != P_UNIT || class_at(f, k + 1) != P_OF) return 0;
    Grain g = (Grain)f->v[k].value;
    if (g != GRAIN_DAY && g != GRAIN_WEEK) return 0;
    int32_t end = base_at(f, k + 2, x);
    if (!end || x->base == BASE_LENGTH || x->base == BASE_NAMED || x->grain < GRAIN_MONTH || x->grain > GRAIN_YEAR || (g == GRAIN_WEEK && x->grain != GRAIN_MONTH)) return 0;
    end = year_of_it(f, end, x);
    x->nth = n;
    x->nth_grain = g;
    return end;
}

int32_t point_at(const Finder *f, int32_t i, Found *x)
{
    Mod mod = MOD_NONE;
    int32_t end = shifted_at(f, i, x);
    if (end) return end;
    *x = (Found){.clock = -1};
    if ((end = nth_at(f, i, x)) != 0) return end;
    *x = (Found){.clock = -1};
    int32_t from = edge_at(f, i, &mod);
    if (from && same_sentence(f, i, from)) {
        end = composed_at(f, from, x);
        if (end && x->mod == MOD_NONE && x->base != BASE_LENGTH && !(x->clock >= 0) && x->base != BASE_REF &&
            (is_coarse(x) || x->part != PART_NONE || (from == i + 1 && x->base != BASE_DATE))) {
            x->mod = mod;
            if (x->is_nominal) x->is_nominal = false;
            return end;
        }
    }
    return composed_at(f, i, x);
}
