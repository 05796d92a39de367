/* Numbers in time expressions, spoken and written.
**
**   "twenty-four" 24 · "1,200" 1200 · "three-and-a-half" 3.5 · "5 1/2" 5.5 · "a couple of" 2, about · "two or three" vague
**
** Counted in thousandths, so that a half hour is exact. Always: a number ends in its sentence; none is larger than some
** two thousand million thousandths. Cost: as many pieces as the number has.
*/
#include "reading/times.h"

enum { THOUSAND = 1000 };
static const int64_t COUNT_MAX = 2000000000;

static bool is_small_number(const Finder *f, int32_t i)
{
    return class_at(f, i) == P_NUMBER;
}

/* "twenty", "twenty-four", "four": below a hundred. */
static int32_t tens_at(const Finder *f, int32_t i, int64_t *n)
{
    if (!is_small_number(f, i)) return 0;
    *n = f->v[i].value;
    int32_t j = over_dash(f, i + 1);
    if (*n >= 20 && is_small_number(f, j) && f->v[j].value < 10 && f->v[j].value > 0) {
        *n += f->v[j].value;
        return j + 1;
    }
    return i + 1;
}

/* "two hundred and twenty", "a hundred thirty", "twenty thousand". */
static int32_t words_at_number(const Finder *f, int32_t i, int64_t *n)
{
    int64_t part, sum = 0;
    int32_t j = class_at(f, i) == P_A && class_at(f, i + 1) == P_TIMES ? i + 1 : tens_at(f, i, &part);
    if (!j) return 0;
    if (class_at(f, i) == P_A) part = 1;
    for (;;) {
        int32_t k = over_dash(f, j);
        if (class_at(f, k) == P_TIMES && part > 0) {
            part *= f->v[k].value;
            j = k + 1;
            continue;
        }
        sum += part;
        if (part < 100) break;
        k = class_at(f, j) == P_AND ? j + 1 : j;
        int32_t next = tens_at(f, k, &part);
        if (!next || sum + part > 1000000) break;
        j = next;
    }
    *n = sum > 1000000 ? 1000000 : sum;
    return j;
}

/* ½, "and a half", "1/2" behind a whole number. */
static int32_t fraction_behind(const Finder *f, int32_t i, Count *c)
{
    int32_t j = over_dash(f, i);
    if (class_at(f, j) == P_FRACTION) {
        c->milli += f->v[j].value;
        return j + 1;
    }
    if (class_at(f, j) != P_AND) return i;
    j = over_dash(f, j + 1);
    if (class_at(f, j) == P_A) j = over_dash(f, j + 1);
    if (class_at(f, j) != P_HALF) return i;
    c->milli += THOUSAND / 2;
    return j + 1;
}

static int32_t whole_at(const Finder *f, int32_t i, Count *c)
{
    PieceClass class = class_at(f, i);
    int64_t n = 0;
    int32_t j = 0;
    if (class == P_DIGITS || class == P_YEAR) {
        if (f->v[i].value < 0) return 0;
        n = f->v[i].value;
        j = i + 1;
        int32_t k = over_dash(f, j);
        if (class_at(f, k) == P_TIMES) n *= f->v[k].value, j = k + 1;
        if (n > 1000000) n = 1000000;
    } else {
        j = words_at_number(f, i, &n);
    }
    if (j) c->milli = n * THOUSAND;
    return j;
}

/* "a", "an", "a couple of", "a few", "half a", "half an": what begins with a small word. */
static int32_t article_count(const Finder *f, int32_t i, Count *c)
{
    PieceClass class = class_at(f, i);
    if (class == P_A) {
        PieceClass next = class_at(f, i + 1);
        bool is_other = class_at(f, i + 1) == P_FILLER && piece_is(f, i + 1, "further");
        if (next == P_PAIR || next == P_VAGUE || next == P_HALF) return article_count(f, i + 1, c);
        if (next == P_NUMBER && f->v[i + 1].value == 12) return *c = (Count){.milli = 12 * THOUSAND}, i + 2;
        if (is_other) i++;
        *c = (Count){.milli = THOUSAND, .is_article = true};
        return i + 1;
    }
    if (class == P_PAIR) {
        *c = (Count){.milli = 2 * THOUSAND, .is_about = true};
        return class_at(f, i + 1) == P_OF ? i + 2 : i + 1;
    }
    if (class == P_HALF) {
        *c = (Count){.milli = THOUSAND / 2};
        int32_t j = over_dash(f, i + 1);
        return class_at(f, j) == P_A ? j + 1 : j;
    }
    if (class == P_VAGUE) {
        *c = (Count){.is_vague = true};
        return i + 1;
    }
    if (class == P_DOZENS && class_at(f, i + 1) == P_OF) {
        *c = (Count){.is_vague = true};
        return i + 2;
    }
    return 0;
}

static int32_t one_count(const Finder *f, int32_t i, Count *c)
{
    *c = (Count){0};
    if (class_at(f, i) == P_DECIMAL && f->v[i].value >= 0) {
        c->milli = f->v[i].value;
        return i + 1;
    }
    if (class_at(f, i) == P_FRACTION) {
        c->milli = f->v[i].value;
        return i + 1;
    }
    int32_t j = whole_at(f, i, c);
    if (j) return fraction_behind(f, j, c);
    return article_count(f, i, c);
}

int32_t count_at(const Finder *f, int32_t i, Count *c)
{
    Count other;
    int32_t j = one_count(f, i, c);
    if (!j || !same_sentence(f, i, j - 1) || c->milli > COUNT_MAX) return 0;
    if (c->is_article || c->is_vague) {
        if (class_at(f, i) == P_VAGUE && piece_is(f, i, "some")) { /* "some twenty years" is about twenty */
            int32_t k = one_count(f, j, &other);
            if (k && !other.is_article && !other.is_vague) return *c = other, c->is_about = true, k;
        }
        return j;
    }
    int32_t k = class_at(f, j) == P_OR || class_at(f, j) == P_TO || class_at(f, j) == P_DASH ? j + 1 : 0;
    k = k ? one_count(f, k, &other) : 0;
    if (k && !other.is_article && !other.is_vague && other.milli > c->milli) { /* "12 to 18", "two or three" */
        c->is_vague = true;
        return k;
    }
    return j;
}

int32_t ordinal_at(const Finder *f, int32_t i, int32_t *n)
{
    PieceClass class = class_at(f, i);
    if (class == P_ORDINAL || class == P_ORDINALS || class == P_SECOND) {
        *n = f->v[i].value;
        return i + 1;
    }
    int32_t j = over_dash(f, i + 1);
    bool tens = class == P_NUMBER && f->v[i].value >= 20 && j > i + 1;
    if (!tens || (class_at(f, j) != P_ORDINAL && class_at(f, j) != P_SECOND) || f->v[j].value > 9) return 0;
    *n = f->v[i].value + f->v[j].value;
    return j + 1;
}

/* "nineteen ninety-six", "twenty twenty-five", "two thousand and three". */
int32_t spoken_year_at(const Finder *f, int32_t i, int32_t *year)
{
    if (!is_small_number(f, i)) return 0;
    int32_t first = f->v[i].value;
    int64_t rest;
    if (first < 13 || first > 20) return 0;
    int32_t j = tens_at(f, i + 1, &rest);
    if (!j || rest < 10 || class_at(f, j) == P_TIMES || (first == 20 && rest < 10)) return 0;
    *year = first * 100 + (int32_t)rest;
    return j;
}
