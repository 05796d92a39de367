/* Words: the record's tokens, seen once.
**
**  in:  tokens of the body
**  out: for each its span, its sentence, and bits: capital, digits, stop, first in its sentence, in a headline
**
** A headline is a sentence whose longer words nearly all begin with a capital and that has no stop at its end, or one
** in capitals throughout: there a capital does not make a name. A word counts as first also behind an opening quotation
** mark or a colon, for there as well the capital may be the sentence's and not the word's.
**
** Always: no word lies in furniture. Cost: one pass over tokens and furniture together.
*/
#include "reading/inside.h"

#include <string.h>

enum { HEADLINE_WORDS = 4 };                   /* fewer words cannot show a style */

static uint32_t bits_of_letters(Str s)
{
    uint32_t bits = 0;
    int32_t letters = 0, capitals = 0;
    if (s.p[0] >= 'a' && s.p[0] <= 'z') return WORD_LETTER;
    if (s.n > 1 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'a' && s.p[1] <= 'z') return WORD_LETTER | WORD_CAP;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t at = i;
        unsigned char c = (unsigned char)s.p[i];
        bool is_letter, is_upper;
        if (c < 0x80) {
            is_upper = c >= 'A' && c <= 'Z';
            is_letter = is_upper || (c >= 'a' && c <= 'z');
            i++;
        } else {
            int32_t cp = utf8_next(s, &i);
            is_letter = utf8_is_letter(cp);
            is_upper = is_letter && utf8_is_upper(cp);
        }
        letters += is_letter;
        capitals += is_upper;
        if (at == 0 && is_letter) bits |= WORD_LETTER | (is_upper ? WORD_CAP : 0);
        if (at == 0 && c >= '0' && c <= '9') bits |= WORD_DIGIT;
    }
    if (letters >= 2 && letters == capitals) bits |= WORD_UPPER;
    return bits;
}

static uint32_t bits_of(Str s)
{
    uint32_t bits = bits_of_letters(s);
    if (!(bits & (WORD_LETTER | WORD_DIGIT))) bits |= WORD_PUNCT;
    if ((bits & WORD_PUNCT) && (s.p[0] == '.' || s.p[0] == '!' || s.p[0] == '?' || str_eq(s, S("…"))))
        bits |= WORD_STOP;
    return bits;
}

static bool opens_afresh(Str s)
{
    if (s.n > 3 || s.p[0] == ',' || s.p[0] == '.') return false;
    return str_eq(s, S("\"")) || str_eq(s, S("“")) || str_eq(s, S("‘")) || str_eq(s, S("``")) || str_eq(s, S("«")) ||
           str_eq(s, S("„")) || str_eq(s, S(":")) || str_eq(s, S("'")) || str_eq(s, S("''")) || str_eq(s, S("•"));
}

/* Headlines: of the words of four letters and more, four in five begin with a capital; or nearly all are capitals. */
static void mark_headline(Words *w, int32_t begin, int32_t end)
{
    int32_t longer = 0, capital = 0, words = 0, upper = 0;
    for (int32_t i = begin; i < end; i++) {
        if (!(w->v[i].is & WORD_LETTER)) continue;
        words++;
        upper += (w->v[i].is & WORD_UPPER) != 0;
        if (w->v[i].span.end - w->v[i].span.begin < 4) continue;
        longer++;
        capital += (w->v[i].is & WORD_CAP) != 0;
    }
    bool titled = words >= HEADLINE_WORDS + 1 && longer >= HEADLINE_WORDS && capital * 5 >= longer * 4 &&
                  !(w->v[end - 1].is & WORD_STOP);
    bool shouted = (words >= 3 && upper * 10 >= words * 8) || (words == 2 && upper == 2 && end - begin == 2);
    if (!titled && !shouted) return;
    for (int32_t i = begin; i < end; i++) w->v[i].is |= WORD_HEAD;
}

static bool breaks_line(Str text, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++)
        if (text.p[i] == '\n') return true;
    return from == 0;
}

Words words_of(Arena *a, const Record *r)
{
    Words w = {r->text, arena_new(a, Word, r->tokens.n + 1), 0};
    int32_t furniture = 0, begin = 0, before = 0;
    bool fresh = true;
    for (int32_t i = 0; i < r->tokens.n; i++) {
        const Token *t = &r->tokens.v[i];
        if (t->span.end <= t->span.begin || t->span.begin < before) continue;
        while (furniture < r->boilerplate.n && r->boilerplate.v[furniture].span.end <= t->span.begin) furniture++;
        if (furniture < r->boilerplate.n && r->boilerplate.v[furniture].span.begin < t->span.end) continue;
        Word *word = &w.v[w.n];
        *word = (Word){t->span, t->sent, 0, i};
        Str s = span_str(r->text, t->span);
        word->is = bits_of(s);
        if (w.n == 0 || w.v[w.n - 1].sent != t->sent) {
            mark_headline(&w, begin, w.n);
            begin = w.n;
            fresh = true;
        }
        if (w.n > 0 && before == t->span.begin) word->is |= WORD_GLUED;
        else if (breaks_line(r->text, before, t->span.begin)) word->is |= WORD_LINE;
        if (fresh && (word->is & WORD_LETTER)) { /* a number does not take the sentence's capital: "2. Signs of …" */
            word->is |= WORD_FIRST;
            fresh = false;
        } else if ((word->is & WORD_PUNCT) && (word->is & WORD_STOP || opens_afresh(s))) {
            fresh = true;
        }
        before = t->span.end;
        w.n++;
    }
    mark_headline(&w, begin, w.n);
    return w;
}

int32_t words_at(const Words *w, int32_t byte)
{
    int32_t lo = 0, hi = w->n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (w->v[mid].span.end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static char folded(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

Key word_key(const Words *w, int32_t i)
{
    Key k;
    Str s = word_str(w, i);
    k.n = 0;
    for (ptrdiff_t j = 0; j < s.n; j++) {
        if (k.n == (int32_t)sizeof k.p) {
            k.n = 0;
            break;
        }
        if (s.p[j] == (char)0xE2 && str_starts(str_sub(s, j, s.n), S("’"))) {
            k.p[k.n++] = '\'';
            j += 2;
        } else {
            k.p[k.n++] = folded(s.p[j]);
        }
    }
    return k;
}

/* Does s begin with the word at p, up to its end or the next '|'? These two are asked most of all, so they compare in
** place; only a word with ’ in it takes the way over its key. */
static bool equals(Str s, const char *p)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (p[i] == 0 || p[i] != folded(s.p[i])) return false;
    return p[s.n] == 0 || p[s.n] == '|';
}

static Str apostrophes_plain(const Words *w, int32_t i, Key *k)
{
    Str s = word_str(w, i);
    if (s.n < 4 || s.n > 24 || (s.p[0] != (char)0xE2 && s.p[1] != (char)0xE2)) return s;      /* "’s", "n’t" */
    *k = word_key(w, i);
    return key_str(k);
}

bool word_is(const Words *w, int32_t i, const char *lower)
{
    if (i < 0 || i >= w->n) return false;
    Str s = word_str(w, i);
    char first = folded(s.p[0]);
    if (first != lower[0] && first != (char)0xE2) return false;
    if (equals(s, lower)) return true;
    Key k;
    return first == (char)0xE2 && lower[0] == '\'' && equals(apostrophes_plain(w, i, &k), lower);
}

bool word_in(const Words *w, int32_t i, const char *list)
{
    if (i < 0 || i >= w->n) return false;
    Key k;
    Str s = apostrophes_plain(w, i, &k), plain = word_str(w, i);
    char first = folded(s.p[0]), other = folded(plain.p[0]);
    for (const char *at = list; *at; at++) {
        if (*at != '|' || (at[1] != first && at[1] != other)) continue;
        if (equals(s, at + 1) || (s.n != plain.n && equals(plain, at + 1))) return true;
    }
    return false;
}

bool span_in_furniture(const Record *r, Span s)
{
    int32_t lo = 0, hi = r->boilerplate.n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (r->boilerplate.v[mid].span.end <= s.begin) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->boilerplate.n && r->boilerplate.v[lo].span.begin < s.end;
}
