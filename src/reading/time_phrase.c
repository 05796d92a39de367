/* Phrases: lengths of time, how often, how long ago; now, soon and the past; and the choice between all readings.
**
**   "nearly three years" · "a three-and-a-half-hour call" (its three-and-a-half-hour) · "the past two weeks" · "two weeks ago"
**   "two days later" · "every other Friday" · "twice a week" · "$3 a day" · "recently" · "in the near future"
**
** A length of "ago" or "later" is a date; one of "before" and "after" something stays a length, whose other end is looked for
** when it is resolved. An age ("52 years old", "52-year-old") is no time here, as in TimeML.
**
** Sources: TimeML 1.2.1 for what counts and how far it reaches; token classes with modifiers to their left and right as
** in SynTime's paper (Zhong et al., ACL 2017), of whose rules nothing was taken.
*/
#include "reading/times.h"

/* ---- before a number: about, nearly, more than, at least ------------------------------------------------------------- */
static int32_t about_at(const Finder *f, int32_t i, Mod *mod)
{
    int32_t j = i;
    if (class_at(f, j) == P_JUST || class_at(f, j) == P_NO) j++;
    switch (class_at(f, j)) {
    case P_ABOUT: {
        const Token *t = token_at(f, j);
        if (t && !str_eq(t->deprel, S("advmod")) && !str_eq(t->upos, S("ADV"))) return 0;
        *mod = (Mod)f->v[j].value;
        return j + 1;
    }
    case P_OVER: {
        const Token *t = token_at(f, j);
        bool adverb = t ? str_eq(t->deprel, S("advmod")) || str_eq(t->upos, S("ADV")) : piece_in(f, j - 1, "|for|lasted|last|lasts|took|takes|just|well|spent|of|in|");
        if (!adverb && j == i && !piece_in(f, j - 1, "|for|in|of|lasted|took|spent|well|")) return 0;
        *mod = (Mod)f->v[j].value;
        return j + 1;
    }
    case P_COMPARING:
        if (class_at(f, j + 1) != P_THAN) return 0;
        *mod = (Mod)f->v[j].value;
        if (class_at(f, i) == P_NO) *mod = *mod == MOD_MORE_THAN ? MOD_EQUAL_OR_LESS : MOD_EQUAL_OR_MORE;
        return j + 2;
    case P_AT:
        if (class_at(f, j + 1) != P_EXTREME) return 0;
        *mod = (Mod)f->v[j + 1].value;
        return j + 2;
    case P_UP:
        if (class_at(f, j + 1) != P_TO) return 0;
        *mod = MOD_EQUAL_OR_LESS;
        return j + 2;
    default: return 0;
    }
}

/* ---- lengths ---------------------------------------------------------------------------------------------------------- */
static bool is_unit(const Finder *f, int32_t i)
{
    PieceClass class = class_at(f, i);
    return class == P_UNIT || class == P_UNITS;
}

/* Words between a number and its unit: "three full days", "20 more years", "two bloody weeks". */
static int32_t over_fillers(const Finder *f, int32_t j, bool tagged_too)
{
    for (int32_t n = 0; n < 2; n++) {
        PieceClass class = class_at(f, j);
        bool filler = class == P_FILLER || class == P_CALENDAR || class == P_FISCAL || (class == P_COMPARING && piece_is(f, j, "more")) || class == P_LONG ||
                      (class == P_OTHER) || (class == P_WAY && (f->v[j].value == WAY_PREVIOUS || f->v[j].value == WAY_PAST));
        if (!filler && tagged_too && tag_is(f, j, "ADJ") && class == P_NONE && is_unit(f, j + 1)) filler = true;
        if (!filler) return j;
        j++;
    }
    return j;
}

static int32_t unit_at(const Finder *f, int32_t j, const Count *c, Found *x)
{
    PieceClass class = class_at(f, j);
    bool many = c->is_vague || c->milli > 1000;
    if (class == P_SECOND || (class == P_UNITS && f->v[j].value == GRAIN_SECOND)) {
        if (class == P_SECOND && many) return 0;
        if (class == P_SECOND && c->is_article) return 0;
        x->grain = GRAIN_SECOND;
        return j + 1;
    }
    if (class == P_UNIT || class == P_UNITS) {
        x->grain = (Grain)f->v[j].value;
        x->is_plural = class == P_UNITS;
        return j + 1;
    }
    if ((class == P_PARTS || (class == P_PART && c->milli == 1000 && !c->is_article)) && !c->is_article) {
        x->grain = GRAIN_DAY;
        x->part = (DayPart)f->v[j].value;
        x->is_plural = true;
        return j + 1;
    }
    return 0;
}

/* "a year and a half", "two years and three months" */
static int32_t more_of_length(const Finder *f, int32_t j, Found *x)
{
    bool counted = x->milli > 1000 && !x->is_vague;
    int32_t k = class_at(f, j) == P_AND ? j + 1 : class_at(f, j) == P_COMMA && counted ? j + 1 : j;
    if (class_at(f, j) == P_AND && class_at(f, k) == P_A && class_at(f, k + 1) == P_HALF) {
        x->milli += 500;
        return k + 2;
    }
    Count c;
    Found y = {0};
    int32_t end = k > j ? count_at(f, k, &c) : 0;
    if (!end || c.is_vague || c.is_article || !(end = unit_at(f, end, &c, &y)) || y.grain >= x->grain || x->grain > GRAIN_YEAR || c.milli % 1000 || y.grain < GRAIN_SECOND || y.part) return j;
    x->sub = y.grain;
    x->sub_index = (int32_t)(c.milli / 1000);
    return end;
}

/* Is this length an age ("aged", "years old", "-year-old")? */
static bool is_age(const Finder *f, int32_t j)
{
    int32_t k = over_dash(f, j);
    return class_at(f, k) == P_OLD || (class_at(f, k) == P_OF && class_at(f, k + 1) == P_AGE);
}

static int32_t shift_behind(const Finder *f, int32_t j, Found *x);
/* "the 8-month-old truce": of a thing it is no age, but how long it has lasted. */
static bool is_thing(const Finder *f, int32_t j)
{
    int32_t old = over_dash(f, j);
    return old > j && class_at(f, old) == P_OLD && (class_at(f, old + 1) == P_THING || (tag_is(f, old + 1, "ADJ") && class_at(f, old + 2) == P_THING));
}

static int32_t long_behind(const Finder *f, int32_t j, Found *x)
{
    int32_t k = over_dash(f, j);
    if (class_at(f, k) != P_LONG || piece_is(f, k, "lasting")) return j;
    if (k == j && !tag_is(f, k, "ADJ") && f->tagged) return j;
    x->is_nominal |= k > j;
    return k + 1;
}

/* A count and its unit, from i: "three years", "a week", "two-hour", "half an hour", "several days". */
static int32_t bare_length_at(const Finder *f, int32_t i, Found *x)
{
    Count c;
    int32_t j = count_at(f, i, &c);
    if (!j) return 0;
    int32_t k = over_dash(f, j);
    bool dashed = k > j;
    if (!dashed) k = over_fillers(f, j, !c.is_article);
    if (c.is_article && (class_at(f, k) == P_NONE || class_at(f, k) == P_UNITS)) return 0;
    int32_t end = unit_at(f, k, &c, x);
    if (!end || !same_sentence(f, i, end - 1)) return 0;
    if (x->grain == GRAIN_QUARTER && (class_at(f, end) == P_OF || c.is_article || (dashed && x->is_plural) || piece_in(f, end, "|in|more|less|")))
        return 0;                                        /* three quarters of the town */
    bool vague_word = c.is_vague && class_at(f, i) == P_VAGUE;
    if (vague_word && class_at(f, k) == P_UNIT && !dashed) return 0;
    if (!dashed && class_at(f, k) == P_UNIT && class_at(f, i) == P_YEAR) return 0;      /* the 1988 quarter */
    const Token *t = token_at(f, k);
    bool told_of = t && (str_starts(t->deprel, S("nsubj")) || str_eq(t->deprel, S("root")));
    if (c.is_article && x->grain == GRAIN_DAY && told_of) return 0;      /* "it was a day to remember" */
    x->base = BASE_LENGTH;
    x->milli = c.milli;
    x->is_vague = c.is_vague;
    x->is_nominal = dashed || (class_at(f, k) == P_UNIT && !c.is_article && c.milli > 1000);
    if (c.is_about) x->mod = MOD_APPROX;
    end = more_of_length(f, end, x);
    end = long_behind(f, end, x);
    if (c.is_article && class_at(f, end) == P_OR && class_at(f, end + 1) == P_NUMBER && f->v[end + 1].value <= 3) x->is_vague = true, end += 2;     /* a year or two */
    if (is_age(f, end)) return is_thing(f, end) ? end + 2 : -end;                     /* read, and not wanted */
    if (class_at(f, end) == P_OR && class_at(f, end + 1) == P_SO) x->mod = MOD_APPROX, end += 2;
    if (class_at(f, end) == P_OR && class_at(f, end + 1) == P_COMPARING && class_at(f, end + 2) != P_THAN) {
        x->mod = (Mod)f->v[end + 1].value == MOD_MORE_THAN ? MOD_EQUAL_OR_MORE : MOD_EQUAL_OR_LESS;
        end += 2;
    }
    return end;
}

/* Units without a number: "for years", "weeks or months", "day-long". */
static int32_t plural_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = i + 1;
    if (class_at(f, i) == P_UNIT) {
        int32_t k = over_dash(f, j);
        bool is_long = k > j && class_at(f, k) == P_LONG;
        if (!is_long || f->v[i].value < GRAIN_HOUR) return 0;
        *x = (Found){.base = BASE_LENGTH, .grain = (Grain)f->v[i].value, .milli = 1000, .clock = -1, .is_nominal = true};
        return k + 1;
    }
    if (class_at(f, i) != P_UNITS || piece_has(f, i, PIECE_UPPER)) return 0;
    Grain g = (Grain)f->v[i].value;
    if (g < GRAIN_MINUTE) return 0;
    if (g == GRAIN_QUARTER && class_at(f, j) != P_AGO && class_at(f, i - 1) != P_WAY) return 0;      /* where somebody lives */
    if (piece_in(f, i - 1, "|$|first|minutes|of|meeting|") && g == GRAIN_MINUTE) return 0;
    if (g == GRAIN_DAY && (class_at(f, i - 1) == P_ON || (class_at(f, i - 1) == P_NONE && tag_is(f, i - 1, "ADJ")))) return 0;     /* bright days */
    if (piece_has(f, i, PIECE_CAP) && piece_has(f, i - 1, PIECE_CAP)) return 0;
    *x = (Found){.base = BASE_LENGTH, .grain = g, .is_vague = true, .is_plural = true, .clock = -1};
    if (class_at(f, j) == P_OR && class_at(f, j + 1) == P_UNITS && f->v[j + 1].value > (int32_t)g) return x->mod = MOD_APPROX, j + 2;
    if (class_at(f, j) == P_OR && class_at(f, j + 1) == P_NONE && piece_is(f, j + 1, "even") && class_at(f, j + 2) == P_UNITS) return j + 3;
    int32_t end = shift_behind(f, j, x);
    if (end == j && is_thing(f, j)) return j + 2;
    if (end == j && over_dash(f, j) > j && class_at(f, j + 1) == P_OLD) return 0;
    return end > j ? end : long_behind(f, j, x);
}

/* "the past three years", "the next few days", "recent weeks", "the first nine months", "these years" */
static int32_t way_length_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = class_at(f, i) == P_THE ? i + 1 : i, n, k;
    bool has_the = j > i;
    Way way = WAY_OPEN;
    if (class_at(f, j) == P_WAY) {
        way = (Way)f->v[j].value;
        k = j + 1;
        if (way == WAY_THIS && class_at(f, k) == P_WAY) way = (Way)f->v[k++].value;
    } else if (has_the && (k = ordinal_at(f, j, &n)) != 0 && n < 12) {
        way = WAY_OPEN;
    } else if (has_the && class_at(f, j) == P_NONE && piece_in(f, j, "|final|opening|closing|initial|intervening|")) {
        k = j + 1;
    } else {
        k = j;
    }
    if (k == i || !same_sentence(f, i, k)) return 0;
    Found y = {.clock = -1};
    int32_t end = 0;
    if (is_unit(f, k) && class_at(f, k) == P_UNITS) {
        end = plural_at(f, k, &y);
        bool ways = way == WAY_RECENT || way == WAY_COMING || way == WAY_PAST || way == WAY_FOLLOWING || way == WAY_PREVIOUS || way == WAY_LAST || way == WAY_NEXT;
        bool plain = way == WAY_OPEN && k > j;           /* "the final years" */
        bool the_only = way == WAY_OPEN && k == j && has_the && (class_at(f, end) == P_NONE || class_at(f, end) == P_BEFORE || class_at(f, end) == P_AFTER) &&
                        (piece_in(f, end, "|that|leading|before|after|following|immediately|when|since|ahead|")) && y.grain >= GRAIN_DAY;
        if (!end || !(ways || plain || the_only)) return 0;
    } else if ((end = bare_length_at(f, k, &y)) > 0) {
        Count c;
        if (way == WAY_OPEN && k == j && !has_the) return 0;
        count_at(f, k, &c);
        if (c.is_article) return 0;
        if (way == WAY_THIS || way == WAY_CURRENT || way == WAY_LATEST) return 0;
        if (y.is_nominal && way == WAY_OPEN) return 0;
        if (y.is_nominal && class_at(f, end) == P_PERIOD) end++;
        else if (y.is_nominal && over_dash(f, k + 1) > k + 1) return 0;
        y.is_nominal = false;
    } else {
        return 0;
    }
    y.way = way;
    *x = y;
    return end;
}

/* ---- how often --------------------------------------------------------------------------------------------------------- */
static int32_t set_of(Found *x, Grain grain, int64_t milli, int32_t end)
{
    x->base = BASE_LENGTH;
    x->is_set = true;
    x->grain = grain;
    x->milli = milli;
    return end;
}

/* "every day", "each month", "every other Friday", "every two years", "every morning" */
static int32_t every_at(const Finder *f, int32_t i, Found *x)
{
    if (class_at(f, i) != P_EVERY) return 0;
    int32_t j = i + 1, n = 0;
    int64_t milli = 1000;
    if (class_at(f, j) == P_OTHER) milli = 2000, j++;
    else if (class_at(f, j) != P_SECOND && ordinal_at(f, j, &n) && n < 31) milli = n * 1000, j++;
    else if (class_at(f, j) == P_SECOND && is_unit(f, j + 1)) milli = 2000, j++;
    else if (class_at(f, j) == P_FILLER) j++;
    Count c;
    int32_t k = count_at(f, j, &c);
    if (k && !c.is_article && !c.is_vague && is_unit(f, k)) milli = c.milli, j = k;
    if (!same_sentence(f, i, j)) return 0;
    switch (class_at(f, j)) {
    case P_UNIT: case P_UNITS:
        return set_of(x, (Grain)f->v[j].value, milli, j + 1);
    case P_SECOND: return 0;
    case P_WEEKDAY:
        x->index = f->v[j].value + 1;
        set_of(x, GRAIN_WEEK, milli, j + 1);
        if (class_at(f, j + 1) == P_PART) x->part = (DayPart)f->v[j + 1].value, j++;
        return j + 1;
    case P_PART:
        x->part = (DayPart)f->v[j].value;
        return set_of(x, GRAIN_DAY, milli, j + 1);
    case P_MONTH: case P_SEASON:
        x->sub = class_at(f, j) == P_MONTH ? GRAIN_MONTH : GRAIN_SEASON;
        x->sub_index = f->v[j].value;
        return set_of(x, GRAIN_YEAR, milli, j + 1);
    default: return 0;
    }
}

/* "$3 million a year", "four flights a week", "per day": something is counted for each unit. */
static bool is_rate(const Finder *f, int32_t i, int32_t unit)
{
    PieceClass after = class_at(f, unit + 1);
    if (after == P_AGO || after == P_SHIFT || after == P_BEFORE || after == P_AFTER || after == P_HENCE) return false;
    if (f->v[unit].value < GRAIN_SECOND) return false;
    const Token *t = token_at(f, unit), *before = token_at(f, i - 1);
    if (class_at(f, i - 1) == P_ONCE || class_at(f, i - 1) == P_TWICE || class_at(f, i - 1) == P_TIMES_A) return true;
    bool unmarked = t && (str_ends(t->deprel, S(":unmarked")) || str_eq(t->deprel, S("nmod")));
    bool noun = before && (str_eq(before->upos, S("NOUN")) || str_eq(before->upos, S("NUM")) || str_eq(before->upos, S("SYM")));
    if (f->tagged) {
        if (!unmarked || !noun) return class_at(f, i - 1) == P_MARK && i > 0 && f->v[i - 1].value == '%';
        const Token *head = t->head > 0 ? t : NULL;
        return head && (str_starts(t->deprel, S("nmod")) || str_eq(before->upos, S("NUM")) || str_eq(before->upos, S("SYM")) || class_at(f, i - 1) == P_UNITS ||
                        piece_in(f, i - 1, "|percent|dollars|euros|francs|barrels|flights|tons|tonnes|people|deaths|cases|shares|cents|times|"));
    }
    return class_at(f, i - 1) == P_DIGITS || class_at(f, i - 1) == P_DECIMAL || class_at(f, i - 1) == P_TIMES ||
           piece_in(f, i - 1, "|million|billion|mln|bln|%|percent|dollars|euros|barrels|tons|tonnes|");
}

static int32_t rate_at(const Finder *f, int32_t i, Found *x)
{
    int32_t j = i;
    if (class_at(f, i) == P_ONCE || class_at(f, i) == P_TWICE) j = i + 1;
    if (class_at(f, j) == P_EVERY && j > i) {
        int32_t end = every_at(f, j, x);
        return end;
    }
    if ((class_at(f, j) != P_A && class_at(f, j) != P_PER) || class_at(f, j + 1) != P_UNIT) return 0;
    if (class_at(f, j) == P_A && j == i && !is_rate(f, i, j + 1)) return 0;
    if (class_at(f, j) == P_PER && f->v[j + 1].value < GRAIN_DAY) return 0;
    return set_of(x, (Grain)f->v[j + 1].value, 1000, j + 2);
}

/* "daily", "annually", "Mondays", "on weekends" */
static int32_t often_at(const Finder *f, int32_t i, Found *x)
{
    PieceClass class = class_at(f, i);
    if (class == P_OFTEN) {
        if (piece_has(f, i, PIECE_CAP) && (piece_has(f, i + 1, PIECE_CAP) || piece_has(f, i - 1, PIECE_CAP))) return 0;    /* Daily Mail */
        const Token *t = token_at(f, i);
        if (f->v[i].value == GRAIN_QUARTER && t && str_eq(t->deprel, S("amod"))) return 0;     /* a quarterly dividend */
        return set_of(x, (Grain)f->v[i].value, 1000, i + 1);
    }
    if (class == P_ANNUAL) return piece_has(f, i, PIECE_CAP) && piece_has(f, i + 1, PIECE_CAP) ? 0 : set_of(x, GRAIN_YEAR, 1000, i + 1);
    if (class == P_WEEKDAYS && piece_has(f, i, PIECE_CAP)) {
        x->index = f->v[i].value + 1;
        return set_of(x, GRAIN_WEEK, 1000, i + 1);
    }
    if (class == P_WEEKDAY && class_at(f, i + 1) == P_PARTS) {
        x->index = f->v[i].value + 1;
        x->part = (DayPart)f->v[i + 1].value;
        return set_of(x, GRAIN_WEEK, 1000, i + 2);
    }
    if (class == P_PARTS && piece_in(f, i - 1, "|in|at|on|most|")) return 0;
    return 0;
}

/* ---- how long ago -------------------------------------------------------------------------------------------------------- */
static int32_t shift_length(Found *x, Base base, int sign, int32_t end)
{
    x->base = base;
    x->shift = sign;                                     /* the sign; milli and grain say how far */
    return end;
}

/* "ago", "earlier", "later", "from now", "-earlier period" behind a length */
static int32_t shift_behind(const Finder *f, int32_t j, Found *x)
{
    int32_t k = over_dash(f, j);
    PieceClass class = class_at(f, k);
    if (!same_sentence(f, j - 1, k) || x->is_set) return j;
    int32_t end = j;
    if (class == P_AGO) end = shift_length(x, BASE_SHIFT, -1, k + 1);
    else if (class == P_HENCE) end = shift_length(x, BASE_SHIFT, 1, k + 1);
    else if (class == P_SHIFT && x->grain < GRAIN_DAY) return j;               /* [a minute] later */
    else if (class == P_SHIFT && class_at(f, k + 1) != P_THAN && (!x->is_nominal || k > j)) {
        PieceClass after = class_at(f, k + 1);
        if (k == j && after == P_WAY && f->v[k + 1].value == WAY_THIS && class_at(f, k + 2) != P_NONE) return j;     /* a week earlier this month */
        end = shift_length(x, BASE_THENCE, f->v[k].value, k + 1);
    } else if (k == j && piece_in(f, k, "|previously|afterwards|afterward|thereafter|")) {
        end = shift_length(x, BASE_THENCE, piece_is(f, k, "previously") ? -1 : 1, k + 1);
    } else if (class == P_FROM && class_at(f, k + 1) == P_REF && f->v[k + 1].value == 1) end = shift_length(x, BASE_SHIFT, 1, k + 2);
    else if (class == P_FROM && class_at(f, k + 1) == P_DEICTIC && f->v[k + 1].value == 0) end = shift_length(x, BASE_SHIFT, 1, k + 2);
    if (end == j) return j;
    if (k > j) x->is_nominal = true;
    if (k > j && (class_at(f, end) == P_PERIOD || (class_at(f, end) == P_UNIT && f->v[end].value == GRAIN_QUARTER))) end++, x->is_nominal = false;
    return end;
}

/* "the quarter a year ago", "the same month a year ago", "the year-earlier period", "the year-ago quarter" */
static int32_t year_ago_at(const Finder *f, int32_t i, Found *x)
{
    bool has_the = class_at(f, i) == P_THE;
    int32_t j = has_the ? i + 1 : i, k = over_dash(f, j + 1);
    if (class_at(f, j) != P_UNIT || k == j + 1 || (class_at(f, k) != P_AGO && class_at(f, k) != P_SHIFT)) return 0;
    *x = (Found){.grain = (Grain)f->v[j].value, .milli = 1000, .clock = -1};
    int32_t end = shift_behind(f, j + 1, x);
    if (has_the && x->is_nominal) return 0;              /* "the year-ago results": its year-ago, found one further on */
    return end > j + 1 ? end : 0;
}

static int32_t length_at(const Finder *f, int32_t i, Found *x)
{
    Mod mod = MOD_NONE;
    int32_t from = about_at(f, i, &mod), end = 0;
    if (from) end = bare_length_at(f, from, x);
    if (from && end > 0 && x->is_vague && !piece_in(f, i, "|about|")) end = 0, *x = (Found){.clock = -1};      /* at least [several years] */
    if (from && end > 0 && x->mod == MOD_NONE) x->mod = mod;
    if (!end && !from) end = bare_length_at(f, i, x);
    if (end < 0) return end;
    if (!end) return 0;
    int32_t behind = shift_behind(f, end, x);
    if (behind > end) return behind;
    bool has_article = class_at(f, from ? from : i) == P_A;
    Count c;
    if (has_article && count_at(f, i, &c) && c.is_article && class_at(f, i + 1) == P_UNIT && !from && class_at(f, end) == P_DASH) return 0;
    if (x->is_nominal && class_at(f, end) == P_PERIOD && (class_at(f, i - 1) == P_A || class_at(f, i - 1) == P_THE)) return end;
    return end;
}

/* ---- now, soon, the past ----------------------------------------------------------------------------------------------------- */
static int32_t ref_of(Found *x, int32_t which, int32_t end)
{
    x->base = BASE_REF;
    x->index = which;
    return end;
}

static int32_t adjective_ref(const Finder *f, int32_t i, Found *x)
{
    Way way = (Way)f->v[i].value;
    bool clause = class_at(f, i + 1) == P_NONE && same_sentence(f, i, i + 1) && !piece_has(f, i + 1, PIECE_GLUED);
    if (way == WAY_RECENT && (clause || class_at(f, i + 1) == P_COMMA)) return ref_of(x, 0, i + 1);
    if (way == WAY_CURRENT && clause && piece_is(f, i, "current")) return ref_of(x, 1, i + 1);
    if (way == WAY_THESE && class_at(f, i + 1) == P_UNITS && f->v[i + 1].value == GRAIN_DAY) return ref_of(x, 1, i + 2);
    if (way == WAY_THOSE && class_at(f, i + 1) == P_UNITS && f->v[i + 1].value >= GRAIN_DAY) return ref_of(x, 0, i + 2);
    return 0;
}

static int32_t the_ref(const Finder *f, int32_t i, Found *x)
{
    int32_t j = i + 1;
    if (class_at(f, j) == P_NEAR || (class_at(f, j) == P_FILLER && class_at(f, j + 1) == P_FUTURE)) {
        if (class_at(f, j + 1) == P_FUTURE) return ref_of(x, 2, j + 2);
        return 0;
    }
    if (class_at(f, j) == P_NONE && piece_in(f, j, "|short|long|near|medium|longer|shorter|") && over_dash(f, j + 1) < f->n && class_at(f, over_dash(f, j + 1)) == P_TERM)
        return ref_of(x, 2, over_dash(f, j + 1) + 1);
    if (class_at(f, j) == P_LONG && class_at(f, over_dash(f, j + 1)) == P_TERM && heads_phrase(f, over_dash(f, j + 1))) return ref_of(x, 2, over_dash(f, j + 1) + 1);
    bool ends = class_at(f, j + 1) != P_NONE || !piece_has(f, j + 1, PIECE_CAP);
    bool noun = !f->tagged || tag_is(f, j, "NOUN");
    if (class_at(f, j) == P_FUTURE && noun && heads_phrase(f, j)) return ref_of(x, 2, j + 1);
    if (class_at(f, j) == P_WAY && f->v[j].value == WAY_PAST && ends && tag_is(f, j, "NOUN")) return ref_of(x, 0, j + 1);
    if (class_at(f, j) == P_MOMENT && class_at(f, i - 1) == P_AT && class_at(f, j + 1) != P_OF) return ref_of(x, 1, j + 1);
    if (class_at(f, j) == P_WAY && piece_is(f, j, "present") && tag_is(f, j, "NOUN") && heads_phrase(f, j)) return ref_of(x, 1, j + 1);
    if (class_at(f, j) == P_OTHER && class_at(f, j + 1) == P_UNIT && f->v[j + 1].value == GRAIN_DAY) return ref_of(x, 0, j + 2);
    return 0;
}

static int32_t ref_at(const Finder *f, int32_t i, Found *x)
{
    switch (class_at(f, i)) {
    case P_REF:
        if (piece_is(f, i, "now") && piece_in(f, i + 1, "|that|-|") && !tag_is(f, i, "ADV") && f->tagged) return 0;
        if (piece_is(f, i, "previously") || piece_is(f, i, "formerly")) return 0;
        if (piece_is(f, i, "soon")) {                    /* "soon fell" tells an order, not a time to come */
            Tense t = tense_at(f->r, &f->words, (Span){f->v[i].begin, f->v[i].end});
            if (t == TENSE_PAST) return 0;
        }
        if (piece_is(f, i, "soon") && (piece_in(f, i - 1, "|as|how|so|too|") || piece_in(f, i + 1, "|after|as|thereafter|afterward|afterwards|to|"))) return 0;
        return ref_of(x, f->v[i].value, i + 1);
    case P_NONE: {
        if (piece_in(f, i, "|right|just|even|until|more|most|very|") == false) return 0;
        if (class_at(f, i + 1) != P_REF) return 0;
        bool joins = piece_is(f, i, "right") || piece_is(f, i, "very");
        return joins ? ref_of(x, f->v[i + 1].value, i + 2) : 0;
    }
    case P_COMPARING:
        return piece_is(f, i, "more") && class_at(f, i + 1) == P_REF && f->v[i + 1].value == 0 ? ref_of(x, 0, i + 2) : 0;
    case P_WAY: return adjective_ref(f, i, x);
    case P_THE: return the_ref(f, i, x);
    case P_AT: return 0;
    case P_A:
        if (class_at(f, i + 1) != P_WHILE || !piece_in(f, i - 1, "|for|in|after|quite|")) return 0;
        *x = (Found){.base = BASE_LENGTH, .is_vague = true, .clock = -1};
        return class_at(f, i + 2) == P_AGO ? ref_of(x, 0, i + 3) : i + 2;
    case P_VAGUE:
        if (!piece_is(f, i, "some") || class_at(f, i + 1) != P_TIME || class_at(f, i - 1) == P_AT) return 0;
        if (class_at(f, i + 2) == P_AGO) return ref_of(x, 0, i + 3);
        if (!piece_in(f, i - 1, "|for|in|after|takes|take|took|spent|quite|")) return 0;
        *x = (Found){.base = BASE_LENGTH, .is_vague = true, .clock = -1};
        return i + 2;
    case P_LONG: return class_at(f, i + 1) == P_AGO ? ref_of(x, 0, i + 2) : 0;
    case P_NUMBER: {
        if (!piece_is(f, i, "one") || class_at(f, i + 1) != P_UNIT || f->v[i + 1].value != GRAIN_DAY) return 0;
        Span s = {f->v[i].begin, f->v[i + 1].end};
        bool adverbial = (class_at(f, i + 2) == P_NONE || class_at(f, i + 2) == P_MARK || class_at(f, i + 2) == P_COMMA) && !piece_in(f, i - 1, "|in|for|after|within|least|than|about|just|only|only|");
        if (!adverbial || !f->tagged) return 0;
        Tense t = tense_at(f->r, &f->words, s);
        return t == TENSE_FUTURE || t == TENSE_MAYBE_FUTURE ? ref_of(x, 2, i + 2) : 0;
    }
    default: return 0;
    }
}

/* ---- the choice ---------------------------------------------------------------------------------------------------------------- */
typedef int32_t (*Try)(const Finder *f, int32_t i, Found *x);

static void keep_longer(const Finder *f, int32_t i, Try try, const char *rule, int32_t *best, Found *x)
{
    Found y = {.clock = -1};
    int32_t end = try(f, i, &y);
    if (end <= *best || end - 1 >= f->n || !same_sentence(f, i, end - 1)) return;
    y.rule = rule;
    y.from = i;
    y.to = end;
    *x = y;
    *best = end;
}

/* "around Nov. 1", "about 1890" */
static int32_t about_point_at(const Finder *f, int32_t i, Found *x)
{
    Mod mod = MOD_NONE;
    if (class_at(f, i) != P_ABOUT || !(piece_is(f, i, "around") || piece_is(f, i, "circa") || piece_is(f, i, "about"))) return 0;
    about_at(f, i, &mod);
    int32_t end = point_at(f, i + 1, x);
    bool dated = end && x->base == BASE_DATE && x->mod == MOD_NONE && x->clock < 0;
    if (!dated) return 0;
    x->mod = mod;
    return end;
}

int32_t phrase_at(const Finder *f, int32_t i, Found *x)
{
    Found age = {.clock = -1};
    int32_t best = 0, end = length_at(f, i, &age);
    if (end < 0) return end;                             /* an age: the whole of it is passed over */
    keep_longer(f, i, rate_at, "rate", &best, x);
    keep_longer(f, i, every_at, "every", &best, x);
    keep_longer(f, i, often_at, "often", &best, x);
    keep_longer(f, i, year_ago_at, "year-ago", &best, x);
    keep_longer(f, i, point_at, "point", &best, x);
    keep_longer(f, i, ref_at, "ref", &best, x);
    keep_longer(f, i, length_at, "length", &best, x);
    keep_longer(f, i, way_length_at, "way-length", &best, x);
    keep_longer(f, i, plural_at, "plural", &best, x);
    keep_longer(f, i, about_point_at, "about", &best, x);
    return best;
}
