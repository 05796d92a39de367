/* Dates: days, months and years that are named, with their clock.
**
**   "Friday, March 18, 2031" · "the 18th of March" · "Oct. 8" · "fiscal 1989" · "the late 1970s" (its 1970s) · "5 p.m. EST"
**
** A number of four digits is a year only where what stands beside it says so: "in 1998", "the 1998 election", "(1998)",
** but "1998 troops" are none. May, March and August are months only where nothing makes them a verb or a name: the tag
** where there is one, else the words beside them.
**
** Always: what is found lies in one sentence. Cost: a few pieces an attempt.
*/
#include "reading/times.h"

/* A number that counts or measures what follows it is no day. */
static bool counts_something(const Finder *f, int32_t i)
{
    PieceClass class = class_at(f, i);
    if (class == P_DASH) return piece_has(f, i + 1, PIECE_GLUED) && piece_has(f, i, PIECE_GLUED) &&
                                class_at(f, i + 1) != P_DIGITS && class_at(f, i + 1) != P_YEAR && class_at(f, i + 1) != P_MONTH &&
                                class_at(f, i + 1) != P_SHORTMONTH;
    if (class == P_UNITS || class == P_AM || class == P_PM || class == P_TIMES) return true;
    if (class == P_MARK && (f->v[i].value == '%' || f->v[i].value == ':')) return f->v[i].value == '%' || piece_has(f, i + 1, PIECE_GLUED);
    return piece_in(f, i, "|percent|per|pct|people|million|mln|billion|bln|points|dollars|dlrs|euros|miles|km|kilometres|"
                          "kilometers|troops|men|soldiers|countries|cents|cts|vote|votes|gmt|");
}

bool may_be_month(const Finder *f, int32_t i)
{
    PieceClass class = class_at(f, i);
    if ((class != P_MONTH && class != P_SHORTMONTH) || !piece_has(f, i, PIECE_CAP)) return false;
    if (class == P_SHORTMONTH) {
        bool before_day = class_at(f, i + 1) == P_DIGITS || class_at(f, i + 1) == P_ORDINALS || class_at(f, i + 1) == P_YEAR;
        bool behind_day = class_at(f, i - 1) == P_DIGITS || class_at(f, i - 1) == P_ORDINALS || class_at(f, i - 1) == P_DASH;
        if (!piece_has(f, i, PIECE_DOTTED) && !before_day && !behind_day) return false;
    }
    return !tag_is(f, i, "AUX") && !tag_is(f, i, "VERB");
}

static int32_t day_number(const Finder *f, int32_t i)
{
    PieceClass class = class_at(f, i);
    int32_t length = i < f->n && i >= 0 ? f->v[i].end - f->v[i].begin : 0;
    bool fits = (class == P_DIGITS && length <= 2) || class == P_ORDINALS;
    return fits && f->v[i].value >= 1 && f->v[i].value <= 31 ? f->v[i].value : 0;
}

static int32_t plausible_year(const Finder *f, int32_t i)
{
    return class_at(f, i) == P_YEAR && f->v[i].value >= 1000 && f->v[i].value <= 2199 ? f->v[i].value : 0;
}

/* ", 2031", "2031", "of 2031" behind a month or day; moves *j behind it. */
static int32_t year_behind(const Finder *f, int32_t *j)
{
    int32_t at = *j;
    if (class_at(f, at) == P_COMMA || class_at(f, at) == P_OF) at++;
    int32_t y = plausible_year(f, at), spoken = 0, end = at + 1;
    bool digits = class_at(f, at) == P_DIGITS || class_at(f, at) == P_YEAR;
    if (digits && class_at(f, at + 1) == P_BC && f->v[at].value > 0 && f->v[at].value < 5000 && same_sentence(f, *j - 1, at + 1)) {
        *j = at + 2;
        return -f->v[at].value;
    }
    if (!y && at == *j && (end = spoken_year_at(f, at, &spoken)) != 0) y = spoken;
    if (!y || !same_sentence(f, *j - 1, at)) return 0;
    if (class_at(f, *j) == P_COMMA && counts_something(f, at + 1)) return 0;
    *j = end;
    return y;
}

static void set_date(Found *x, Date d)
{
    x->base = BASE_DATE;
    x->date = d;
    x->grain = d.day ? GRAIN_DAY : d.month ? GRAIN_MONTH : GRAIN_YEAR;
}

/* "March 18, 2031", "March eighth", "Oct. 8". */
static int32_t month_day(const Finder *f, int32_t i, Found *x)
{
    if (!may_be_month(f, i)) return 0;
    int32_t j = i + 1, ordinal = 0, end, d = day_number(f, j);
    if (class_at(f, j) == P_THE) j++;
    if (d) end = j + 1;
    else if ((end = ordinal_at(f, j, &ordinal)) != 0 && ordinal <= 31 && class_at(f, end) != P_UNIT) d = ordinal;
    if (!d || !same_sentence(f, i, end - 1) || counts_something(f, end)) return 0;
    if (piece_has(f, i + 1, PIECE_GLUED) && !piece_has(f, i, PIECE_DOTTED)) return 0;
    int32_t y = year_behind(f, &end);
    set_date(x, (Date){y, f->v[i].value, d});
    return end;
}

/* "18 March 2031", "the 18th of March". */
static int32_t day_month(const Finder *f, int32_t i, Found *x)
{
    int32_t from = class_at(f, i) == P_THE ? i + 1 : i, d = day_number(f, from), j = from + 1, ordinal = 0;
    if (!d && (j = ordinal_at(f, from, &ordinal)) != 0 && ordinal <= 31) d = ordinal;
    if (!d || class_at(f, from - 1) == P_MONEY) return 0;
    if (class_at(f, j) == P_OF) j++;
    else j = over_dash(f, j);
    if (!may_be_month(f, j) || !same_sentence(f, i, j)) return 0;
    int32_t m = f->v[j].value, end = j + 1;
    if (class_at(f, end) == P_DASH && plausible_year(f, end + 1) && piece_has(f, end + 1, PIECE_GLUED)) end++;   /* 18-Mar-2031 */
    int32_t y = year_behind(f, &end);
    set_date(x, (Date){y, m, d});
    return end;
}

/* Does a model hold it for a part of a person's name? */
static bool is_in_name(const Finder *f, int32_t i)
{
    const FoundNames *names = &f->r->names;
    int32_t lo = 0, hi = names->n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (names->v[mid].span.end <= f->v[i].begin) lo = mid + 1;
        else hi = mid;
    }
    return lo < names->n && names->v[lo].span.begin < f->v[i].end && names->v[lo].type == ENTITY_PER;
}

static const char *before_month_lone = "|in|since|until|till|during|last|next|this|early|late|mid|through|throughout|by|from|of|"
                                       "before|after|to|for|between|and|or|around|about|past|that|same|each|every|on|end|";

/* A month that stands alone: is it one? Its tag says so, or its neighbours. */
static bool month_stands_alone(const Finder *f, int32_t i)
{
    if (is_in_name(f, i)) return false;
    int32_t m = f->v[i].value;
    bool is_slippery = m == 3 || m == 5, is_name_too = is_slippery || m == 4 || m == 6 || m == 8;
    if (piece_has(f, i, PIECE_UPPER) && is_slippery) return false;
    if (!is_name_too) return true;
    bool capital_behind = piece_has(f, i + 1, PIECE_CAP) && class_at(f, i + 1) == P_NONE;
    bool led = piece_in(f, i - 1, before_month_lone) || class_at(f, i - 1) == P_BOUND || class_at(f, over_dash(f, i - 1)) == P_BOUND;
    bool proper = tag_is(f, i, "PROPN");
    if (capital_behind && !tag_is(f, i + 1, "ADJ") && !(led && proper) && class_at(f, i - 1) != P_IN) return false;
    if (is_slippery) return led && (f->tagged ? proper : class_at(f, i + 1) != P_POSS && !piece_in(f, i - 1, "|and|or|to|for|of|after|"));
    return led || proper;
}

/* "June 2031", "June of 2031", "October". */
static int32_t month_year(const Finder *f, int32_t i, Found *x)
{
    if (!may_be_month(f, i)) return 0;
    int32_t end = i + 1, y = year_behind(f, &end);
    if (!y && class_at(f, end) == P_DASH && piece_has(f, end, PIECE_GLUED) && plausible_year(f, end + 1)) y = plausible_year(f, end + 1), end += 2;
    if (!y && !month_stands_alone(f, i)) return 0;
    set_date(x, (Date){y, f->v[i].value, 0});
    return end;
}

/* ---- numeric dates ---------------------------------------------------------------------------------------------- */
static int32_t numeric_at(const Finder *f, int32_t i, Found *x)
{
    if (class_at(f, i) != P_NUMERIC) return 0;
    Str s = piece_str(f, i);
    int32_t part[3] = {0, 0, 0}, digits[3] = {0, 0, 0}, n = 0;
    char mark = 0;
    for (ptrdiff_t k = 0; k < s.n; k++) {
        if (s.p[k] >= '0' && s.p[k] <= '9') part[n] = part[n] * 10 + (s.p[k] - '0'), digits[n]++;
        else mark = s.p[k], n += n < 2;
    }
    Date d = {part[0], part[1], part[2]};
    if (digits[0] != 4) {
        if (digits[2] == 2 && mark != '-') part[2] += part[2] > 50 ? 1900 : 2000;
        else if (digits[2] != 4 || mark == '-') return 0;
        d = (Date){part[2], part[1], part[0]};
        bool other = mark != '.' && date_is_valid((Date){part[2], part[0], part[1]});
        if (!date_is_valid(d) && other) d = (Date){part[2], part[0], part[1]};
        else if (other && part[0] != part[1]) x->doubt = true, x->sub_index = part[0], x->sub_day = part[1];
    } else if (digits[1] != 2 || digits[2] != 2) {
        return 0;
    }
    if (!date_is_valid(d) || d.year < 1500 || d.year > 2100) return 0;
    set_date(x, d);
    return i + 1;
}

/* ---- years -------------------------------------------------------------------------------------------------------- */
static bool counts_things(const Finder *f, int32_t i)
{
    if (class_at(f, i) == P_UNITS || class_at(f, i) == P_MARK) return class_at(f, i) == P_UNITS || f->v[i].value == '%';
    if (piece_in(f, i, "|percent|pct|million|mln|billion|bln|dlrs|dollars|gmt|utc|hrs|metres|meters|miles|km|feet|kilometres|kilometers|"
                       "tons|tonnes|troops|soldiers|men|women|people|jobs|workers|cases|places|words|shares|points|times|square|calories|"
                       "tanks|aircraft|members|cts|a.m|p.m|barrels|votes|seats|homes|students|civilians|refugees|prisoners|fighters|"))
        return true;
    const Token *t = token_at(f, i);
    return t && str_eq(t->xpos, S("NNS")) && i > 0 && class_at(f, i - 1) == P_YEAR && f->v[i - 1].value % 100 == 0;
}

static bool is_year_here(const Finder *f, int32_t i)
{
    PieceClass before = class_at(f, i - 1), after = class_at(f, i + 1);
    bool glued = piece_has(f, i, PIECE_GLUED);
    if (glued && before != P_OPEN && before != P_DASH && before != P_SLASH && before != P_MARK && before != P_COMMA) return false;
    if (before == P_MONEY || counts_things(f, i + 1) || after == P_DECIMAL || after == P_FRACTION) return false;
    if (after == P_DASH && piece_has(f, i + 2, PIECE_GLUED) && class_at(f, i + 2) == P_NONE && !piece_has(f, i + 2, PIECE_CAP) &&
        (class_at(f, i + 3) != P_NONE)) return true;
    if (before == P_DASH && glued && piece_has(f, i - 1, PIECE_GLUED)) {
        PieceClass far = class_at(f, i - 2);
        return far == P_YEAR || far == P_BOUND || far == P_MONTH || far == P_SEASON || far == P_DIGITS;
    }
    if (before == P_SLASH) return class_at(f, i - 2) == P_YEAR;
    if (piece_in(f, i - 1, "|resolution|no|number|flight|room|route|highway|page|article|section|order|bill|law|boeing|airbus|than|a|an|"
                           "nearly|almost|approximately|roughly|some|only|least|over|at|model|least|those|these|another|") &&
        !(piece_in(f, i - 1, "|law|order|bill|at|over|than|") && tag_is(f, i + 1, "PUNCT") && f->v[i].value >= 1900 && f->v[i].value <= 2060))
        return before == P_A && class_at(f, i + 1) == P_NONE && !xpos_is(f, i + 1, "NNS") && f->v[i].value >= 1900 && f->v[i].value <= 2060;
    if (f->v[i].value < 1400 && !(before == P_IN || before == P_BOUND || piece_in(f, i - 1, "|by|since|until|from|year|after|before|and|to|of|"))) return false;
    const Token *t = token_at(f, i);
    if (t && str_eq(t->deprel, S("nummod"))) {           /* "2004 soldiers" counts; "the 2004 election" does not */
        const Token *next = token_at(f, i + 1);
        bool plural = next && str_eq(next->xpos, S("NNS")) && next->head != 0;
        if (plural && f->v[i].value % 100 == 0 && f->v[i].value != 2000) return false;
    }
    return f->v[i].value >= 1900 && f->v[i].value <= 2060 ? true
         : before == P_IN || before == P_OPEN || before == P_BOUND || before == P_OF || before == P_THE || before == P_COMMA || after == P_COMMA ||
           after == P_CLOSE || after == P_DASH || before == P_AND || before == P_TO || before == P_FROM || before == P_SINCE ||
           piece_in(f, i - 1, "|by|until|till|during|before|after|between|through|year|since|late|early|for|its|their|his|") ||
           (f->tagged && tag_is(f, i, "NUM") && !(t && str_eq(t->deprel, S("nummod"))));
}

/* "1998", "the year 1998", "fiscal 1998", "fiscal year 1998", "499 BC", "nineteen ninety-six". */
static int32_t year_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = i, y = 0, end = 0;
    bool is_said = false;
    if (class_at(f, j) == P_THE && (class_at(f, j + 1) == P_UNIT || class_at(f, j + 1) == P_UNITS) && f->v[j + 1].value == GRAIN_YEAR) j += 2, is_said = true;
    else if (class_at(f, j) == P_FISCAL) {
        j++, is_said = true;
        if (class_at(f, j) == P_UNIT && f->v[j].value == GRAIN_YEAR) j++;
        x->is_fiscal = true;
    } else if (class_at(f, j) == P_UNIT && f->v[j].value == GRAIN_YEAR && plausible_year(f, j + 1)) j++, is_said = true;
    bool digits = class_at(f, j) == P_DIGITS || class_at(f, j) == P_YEAR;
    if (digits && class_at(f, j + 1) == P_BC) {
        set_date(x, (Date){-f->v[j].value, 0, 0});
        return f->v[j].value > 0 && f->v[j].value < 5000 ? j + 2 : 0;
    }
    if (class_at(f, j) == P_AD && class_at(f, j + 1) == P_DIGITS && f->v[j + 1].value > 0 && f->v[j + 1].value < 1000) {
        set_date(x, (Date){f->v[j + 1].value, 0, 0});
        return j + 2;
    }
    if ((y = plausible_year(f, j)) != 0 && (is_said || is_year_here(f, j))) end = j + 1;
    else if ((end = spoken_year_at(f, j, &y)) == 0 || class_at(f, end) == P_UNITS || class_at(f, end) == P_DASH) return 0;
    if (!same_sentence(f, i, end - 1)) return 0;
    set_date(x, (Date){y, 0, 0});
    return end;
}

/* "the year two thousand", "two thousand and five" */
static int32_t millennial_at(const Finder *f, int32_t i, Found *x)
{
    Count c;
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i;
    if (class_at(f, j) != P_UNIT || f->v[j].value != GRAIN_YEAR || class_at(f, j + 1) != P_NUMBER) return 0;
    int32_t end = count_at(f, j + 1, &c);
    if (!end || c.is_vague || c.milli < 1900000 || c.milli > 2099000) return 0;
    set_date(x, (Date){(int32_t)(c.milli / 1000), 0, 0});
    return end;
}

/* "the 1990s", "the '90s", "the nineties", "70s" beside another decade. */
static int32_t decade_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i;
    bool spoken = class_at(f, j) == P_TENS;
    if (class_at(f, j) != P_DECADE && !(spoken && (j > i || class_at(f, i - 1) == P_BOUND))) return 0;
    if (class_at(f, j) == P_DECADE && f->v[j].value < 100 && piece_in(f, j - 1, "|his|her|their|my|your|our|")) return 0;
    if (spoken && (piece_in(f, i - 1, "|his|her|their|my|our|your|") || piece_in(f, i - 2, "|his|her|their|my|our|your|"))) return 0;
    int32_t v = f->v[j].value, y = v < 100 ? 1900 + v : v;
    *x = (Found){.base = BASE_DATE, .grain = GRAIN_DECADE, .date = {y, 0, 0}, .clock = -1};
    return j + 1;
}

/* "the 20th century", "eleventh-century". */
static int32_t century_at(const Finder *f, int32_t i, Found *x)
{
    int32_t n, from = class_at(f, i) == P_THE ? i + 1 : i, j = ordinal_at(f, from, &n);
    if (!j || n > 30) return 0;
    int32_t unit = over_dash(f, j);
    if (class_at(f, unit) != P_UNIT || f->v[unit].value != GRAIN_CENTURY || !same_sentence(f, i, unit)) return 0;
    *x = (Found){.base = BASE_DATE, .grain = GRAIN_CENTURY, .date = {(n - 1) * 100, 0, 0}, .clock = -1};
    int32_t end = unit + 1;
    if (class_at(f, end) == P_BC) x->date.year = -(n - 1) * 100 - 1, end++;
    return end;
}

int32_t calendar_at(const Finder *f, int32_t i, Found *x)
{
    int32_t end = 0;
    switch (class_at(f, i)) {
    case P_MONTH: case P_SHORTMONTH:
        return (end = month_day(f, i, x)) != 0 ? end : month_year(f, i, x);
    case P_NUMERIC: return numeric_at(f, i, x);
    case P_THE:
        if ((end = day_month(f, i, x)) != 0 || (end = century_at(f, i, x)) != 0 || (end = decade_at(f, i, x)) != 0) return end;
        if ((end = millennial_at(f, i, x)) != 0) return end;
        return year_at(f, i, x);
    case P_UNIT:
        if ((end = millennial_at(f, i, x)) != 0) return end;
        return year_at(f, i, x);
    case P_YEAR: case P_FISCAL: case P_AD: return year_at(f, i, x);
    case P_DIGITS: case P_NUMBER: case P_ORDINAL: case P_ORDINALS: case P_SECOND:
        if ((end = day_month(f, i, x)) != 0 || (end = century_at(f, i, x)) != 0) return end;
        return class_at(f, i) == P_DIGITS || class_at(f, i) == P_NUMBER ? year_at(f, i, x) : 0;
    case P_DECADE: case P_TENS: return decade_at(f, i, x);
    default: return 0;
    }
}

/* ---- the clock ------------------------------------------------------------------------------------------------------ */
static int32_t zone_behind(const Finder *f, int32_t j, Found *x)
{
    if (class_at(f, j) != P_ZONE || !piece_has(f, j, PIECE_UPPER)) return j;
    x->has_zone = true;
    x->is_utc = piece_is(f, j, "gmt") || piece_is(f, j, "utc") || piece_is(f, j, "z");
    return j + 1;
}

/* "5 p.m.", "10:35 a.m. EST", "15:30", "0735 GMT", "three o'clock", "noon", "4 in the morning". */
int32_t clock_at(const Finder *f, int32_t i, Found *x)
{
    PieceClass class = class_at(f, i);
    int32_t minutes = -1, j = i + 1, length = i < f->n ? f->v[i].end - f->v[i].begin : 0;
    if (class == P_CLOCK) {
        x->base = BASE_CLOCK, x->clock = f->v[i].value;
        return i + 1;
    }
    if (class == P_COLON) minutes = f->v[i].value;
    else if (class == P_DECIMAL && length >= 4 && f->v[i].value >= 0) minutes = f->v[i].value / 1000 * 60 + f->v[i].value % 1000 / 10;
    else if (class == P_DIGITS && length <= 2) minutes = f->v[i].value * 60;
    else if (class == P_NUMBER && f->v[i].value <= 12) minutes = f->v[i].value * 60;
    else if ((class == P_DIGITS || class == P_YEAR) && length == 4) minutes = f->v[i].value / 100 * 60 + f->v[i].value % 100;
    if (minutes < 0 || !same_sentence(f, i, j)) {
        if (minutes < 0 || class != P_COLON) return 0;
    }
    PieceClass half = same_sentence(f, i, j) ? class_at(f, j) : P_NONE;
    bool military = half == P_UNITS && f->v[j].value == GRAIN_HOUR && (class == P_COLON || (length == 4 && f->v[i].value % 100 < 60 && class != P_DECIMAL && class != P_NUMBER));
    if (military && minutes <= 24 * 60) {                /* 05:30 hrs, 0530 hours */
        if (class != P_COLON && !piece_in(f, i - 1, "|at|by|until|from|around|about|before|after|")) return 0;
        x->base = BASE_CLOCK, x->clock = minutes;
        return j + 1;
    }
    if (half == P_AM || half == P_PM) {
        if (minutes >= 13 * 60 || minutes < 60 || length == 0 || (length == 4 && class != P_COLON && class != P_DECIMAL && class != P_NUMBER) || tag_is(f, j, "AUX")) return 0;
        if (!piece_has(f, j, PIECE_UPPER) && f->v[j].end - f->v[j].begin == 2 && half == P_AM && !piece_has(f, j, PIECE_GLUED) && class == P_NUMBER) return 0;
        minutes = minutes % 720 + (half == P_PM ? 720 : 0);
        j = zone_behind(f, j + 1, x);
    } else if (half == P_OCLOCK) {
        j++;
    } else if (half == P_ZONE && (class == P_COLON || length == 4) && minutes < 24 * 60 && minutes % 60 < 60) {
        j = zone_behind(f, j, x);
        if (j == i + 1) return 0;
    } else if (half == P_IN && class_at(f, j + 1) == P_THE && class_at(f, j + 2) == P_PART && (class == P_DIGITS || class == P_NUMBER || class == P_COLON) && minutes <= 720) {
        if (class_at(f, i - 1) != P_AT && !piece_in(f, i - 1, "|at|around|about|by|until|till|from|before|after|")) return 0;
        if (f->v[j + 2].value != PART_MO) minutes = minutes % 720 + 720;
        j += 3;
    } else if (class != P_COLON || !piece_in(f, i - 1, "|at|around|about|by|until|till|from|before|after|between|and|")) {
        return 0;
    }
    if (minutes > 24 * 60 || j <= i) return 0;
    x->base = BASE_CLOCK;
    x->clock = minutes;
    return j;
}
