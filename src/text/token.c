/* Tokens: the words of a sentence, by the conventions of Universal Dependencies English (EWT and GUM).
**
** "Putin's men don't need $300 for the U.S.-Russia talks."
**  out: Putin|'s men do|n't need $ 300 for the U.S. - Russia talks .      (| joins the words of one written token: mwt)
**
** Contractions and possessives are cut and remember their written token. Hyphens part words, but not a prefix from
** its word (anti-war), nor the figures of a telephone number. Currency, per cent and units stand alone; figures keep
** their points, commas, colons and strokes. Addresses of every kind are one token. A stop stays on its abbreviation.
** Runs of the same sign are one token.
**
** Always: tokens lie within their sentence, in order, and cover every character that is no blank. A sentence of more
** than SENTENCE_MAX tokens is cut, after a semicolon, a comma, or where it must be.
** Cost: one pass; addresses are looked for at most WHOLE_TRIES times in a stretch without blanks.
*/
#include "text/inside.h"
#include <string.h>

enum {
    /* tokens: what comes later is quadratic in a sentence; 44 of 22,768 sentences of UD English have over 80 */
    SENTENCE_MAX = 512,
    TOKEN_MAX = 2048,      /* bytes: the longest addresses seen in the wild are about this long */
    WHOLE_TRIES = 4        /* "(see www.a.example/b)" needs one; keeps hostile stretches linear */
};

typedef struct {
    Arena *a;
    Record *r;
    Str text;                                            /* ends with the sentence */
    int32_t sent;
    bool single_open;                                    /* a single quote was opened in this sentence */
} Cutter;

static void put(Cutter *c, ptrdiff_t begin, ptrdiff_t end, Span mwt)
{
    while (begin < end) {
        ptrdiff_t cut = end - begin > TOKEN_MAX ? begin + TOKEN_MAX : end;
        while (cut < end && cut > begin + 1 && ((unsigned char)c->text.p[cut] & 0xC0) == 0x80) cut--;
        Token *t = push(c->a, &c->r->tokens);
        t->span = (Span){(int32_t)begin, (int32_t)cut};
        t->form = str_sub(c->text, begin, cut);
        t->mwt = mwt;
        t->sent = c->sent;
        t->head = NONE;
        begin = cut;
    }
}

static inline char byte_at(const Cutter *c, ptrdiff_t i) { return i >= 0 && i < c->text.n ? c->text.p[i] : ' '; }
static CharClass class_at(const Cutter *c, ptrdiff_t i, int *size)
{
    *size = 1;
    return i < c->text.n ? char_at(c->text.p + i, c->text.n - i, size) : CHAR_SPACE;
}
static bool wordlike(const Cutter *c, ptrdiff_t i)
{
    int size;
    CharClass class = class_at(c, i, &size);
    return class == CHAR_LETTER || class == CHAR_DIGIT;
}
static bool digit_at(const Cutter *c, ptrdiff_t i) { return ascii_is_digit(byte_at(c, i)); }

/* ---- addresses: one token -------------------------------------------------------------------------------- */
static bool is_mail(Str s)
{
    ptrdiff_t at = str_find(s, S("@"));
    if (at <= 0 || at + 1 >= s.n) return false;
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]) && !strchr("._%+-@", s.p[i])) return false;
    return str_find(str_sub(s, at, s.n), S(".")) > 0;
}

static bool has_scheme(Str s)
{
    ptrdiff_t at = str_find(s, S("://"));
    for (ptrdiff_t i = 0; i < at; i++)
        if (!ascii_is_alpha(s.p[i])) return false;
    return at > 1;
}

/* The end of an address that begins here, or -1. */
static ptrdiff_t address_end(const Cutter *c, ptrdiff_t begin, ptrdiff_t end)
{
    while (end > begin && strchr(".,;:!?)]}>'\"", c->text.p[end - 1])) end--;
    while (end - begin > 3 && (unsigned char)c->text.p[end - 3] == 0xE2 && (unsigned char)c->text.p[end - 2] == 0x80)
        end -= 3;
    Str s = str_sub(c->text, begin, end);
    if (str_starts(s, S("mailto:")) || str_starts(s, S("www.")) || has_scheme(s)) {
        ptrdiff_t close = str_find(s, S(">"));
        return close > 0 ? begin + close : end;
    }
    return is_mail(s) || word_is_domain(s) ? end : -1;
}

/* ---- words ------------------------------------------------------------------------------------------------ */
/* "713-853-3989", "345-9945", "11-20-2000": figures that a hyphen holds together. */
static ptrdiff_t figures_end(const Cutter *c, ptrdiff_t i)
{
    ptrdiff_t run[4] = {0}, n = 0;
    while (digit_at(c, i)) {
        while (digit_at(c, i)) { run[n]++; i++; }
        if (n == 3 || byte_at(c, i) != '-' || !digit_at(c, i + 1)) break;
        n++;
        i++;
    }
    bool stands = !wordlike(c, i) && byte_at(c, i) != '-';
    return stands && (n >= 2 || (n == 1 && run[0] == 3 && run[1] == 4)) ? i : -1;
}

static bool is_hyphen(const Cutter *c, ptrdiff_t i, int *size)
{
    *size = 1;
    if (byte_at(c, i) == '-') return true;
    Str s = str_sub(c->text, i, i + 3);
    *size = 3;
    return str_eq(s, S("\u2010")) || str_eq(s, S("\u2011"));
}

static bool only_closers_until_end(const Cutter *c, ptrdiff_t i)
{
    while (i < c->text.n) {
        int size = char_closer(c->text.p + i, c->text.n - i), blank;
        if (!size && char_is_blank_at(c->text, i, &blank)) size = blank;
        if (!size) return false;
        i += size;
    }
    return true;
}

/* Does the stop at `i` belong to the word [begin, i)? */
static bool keeps_stop(const Cutter *c, ptrdiff_t begin, ptrdiff_t i)
{
    Str word = str_sub(c->text, begin, i);
    if (byte_at(c, i + 1) == '.') return false;                           /* dots of their own */
    bool inner = memchr(word.p, '.', (size_t)word.n) && ascii_is_alpha(word.p[0]) && word.n <= 12;
    Abbr abbr = word_abbreviation(str_sub(c->text, begin, i + 1));
    if (only_closers_until_end(c, i + 1))
        return inner || (abbr != ABBR_NONE && !str_eq_fold(word, S("etc")) &&
                         abbr != ABBR_NUMBER && abbr != ABBR_TITLE);
    if (inner || (word.n == 1 && ascii_is_alpha(word.p[0]))) return true;
    if (abbr == ABBR_NUMBER) return digit_at(c, char_skip_blanks(c->text, i + 1, c->text.n)) ||
                                    char_is_upper_at(c->text, char_skip_blanks(c->text, i + 1, c->text.n));
    if (abbr != ABBR_NONE) return true;
    bool digits = true;
    for (ptrdiff_t k = 0; k < word.n; k++) digits &= ascii_is_digit(word.p[k]);
    return digits && word.n <= 3 && begin == c->r->sentences.v[c->sent].begin;   /* "1. The Parties" */
}

/* One step over a sign that a word may hold inside ("3.5", "O'Brien", "AT&T"); 0 where the word ends before it. */
static int inside_step(const Cutter *c, ptrdiff_t begin, ptrdiff_t i)
{
    char before = byte_at(c, i - 1), at = byte_at(c, i), after = byte_at(c, i + 1);
    int quote = char_apostrophe(c->text.p + i, c->text.n - i);
    bool is_grave = byte_at(c, i) == '`' && !(ascii_lower(byte_at(c, i + 1)) == 's' && !wordlike(c, i + 2));
    if (quote) return wordlike(c, i + quote) && i > begin && !is_grave ? quote : 0;
    bool figures = ascii_is_digit(before) && ascii_is_digit(after);
    bool letters = ascii_is_alpha(before) && ascii_is_alpha(after);
    switch (at) {
    case '_': return 1;
    case '.': return wordlike(c, i + 1) ? 1 : 0;
    case ',': return figures && digit_at(c, i + 2) && digit_at(c, i + 3) ? 1 : 0;
    case ':': return figures && digit_at(c, i + 2) ? 1 : 0;
    case '/': return figures || (letters && i - begin == 1 && !wordlike(c, i + 2)) ? 1 : 0;
    case '&': return ascii_is_upper(before) && ascii_is_upper(after) ? 1 : 0;
    case '@': return wordlike(c, i + 1) ? 1 : 0;
    case '$': return i - begin <= 3 && ascii_is_upper(before) ? 1 : 0;
    default: return 0;
    }
}

/* "anti-war", "mid-1980s", "e-mail": the hyphen of a prefix. */
static int prefix_step(const Cutter *c, ptrdiff_t begin, ptrdiff_t i)
{
    int size;
    if (!is_hyphen(c, i, &size) || !wordlike(c, i + size)) return 0;
    return word_is_prefix(str_sub(c->text, begin, i)) ? size : 0;
}

/* "th- the port": one who speaks breaks off. Of the short words only those that are none are believed to be broken. */
static bool breaks_off(const Cutter *c, ptrdiff_t begin, ptrdiff_t i)
{
    static const char *const whole[] = {"am", "an", "as", "at", "be", "by", "do", "ex", "go", "he",
                                        "hi", "if", "in", "is", "it", "me", "my", "no", "of", "ok",
                                        "on", "or", "pm", "so", "to", "up", "us", "we"};
    if (i - begin > 2 || byte_at(c, i) != '-') return false;
    if (!ascii_is_alpha(byte_at(c, begin)) || !ascii_is_alpha(byte_at(c, i - 1))) return false;
    char behind = byte_at(c, i + 1);
    if (behind != ' ' && behind != ',' && behind != '\n') return false;
    for (size_t k = 0; k < sizeof whole / sizeof whole[0]; k++)
        if (str_eq_fold(str_sub(c->text, begin, i), str_of(whole[k]))) return false;
    return true;
}

static ptrdiff_t word_end(const Cutter *c, ptrdiff_t begin, ptrdiff_t end)
{
    ptrdiff_t i = begin, figures = digit_at(c, begin) ? figures_end(c, begin) : -1;
    if (figures > 0) return figures;
    while (i < end) {
        int size;
        CharClass class = class_at(c, i, &size);
        if (class == CHAR_SIGN) {
            size = inside_step(c, begin, i);
            if (!size) size = prefix_step(c, begin, i);
            if (!size) break;
        }
        i += size;
    }
    if (i < end && ((c->text.p[i] == '.' && keeps_stop(c, begin, i)) || breaks_off(c, begin, i))) i++;
    return i;
}

static void put_pair(Cutter *c, ptrdiff_t begin, ptrdiff_t cut, ptrdiff_t end, bool is_one_written)
{
    Span whole = is_one_written ? (Span){(int32_t)begin, (int32_t)end} : SPAN_NONE;
    put(c, begin, cut, whole);
    put(c, cut, end, whole);
}

/* A word that may be two: "10am", "don't", "the Greens' plan". Returns where the text goes on. */
static ptrdiff_t put_word(Cutter *c, ptrdiff_t begin, ptrdiff_t end)
{
    Str word = str_sub(c->text, begin, end);
    Cuts cuts;
    int quote = end < c->text.n ? char_apostrophe(c->text.p + end, c->text.n - end) : 0;
    if (ascii_is_digit(word.p[0])) {
        ptrdiff_t k = 0;
        while (k < word.n && !ascii_is_alpha(word.p[k])) k++;
        if (k < word.n && word.n - k <= 4 && word_is_unit(str_sub(word, k, word.n)))
            put_pair(c, begin, begin + k, end, false);
        else put(c, begin, end, SPAN_NONE);
    } else if (word.n >= 2 && word_contraction(word, &cuts)) put_pair(c, begin, begin + cuts.at[0], end, true);
    else if (quote && word.n > 1 && byte_at(c, end - 1) == '.' && ascii_lower(byte_at(c, end + quote)) == 's' &&
             !wordlike(c, end + quote + 1)) {            /* "the U.S.'s envoys" */
        put_pair(c, begin, end, end + quote + 1, true);
        return end + quote + 1;
    } else if (quote && !c->single_open && (byte_at(c, end - 1) == 's' || byte_at(c, end - 1) == 'S') &&
             byte_at(c, end) != '`' && byte_at(c, end + 1) != '\'') {
        put_pair(c, begin, end, end + quote, true);
        return end + quote;
    } else put(c, begin, end, SPAN_NONE);
    return end;
}

/* ---- signs ------------------------------------------------------------------------------------------------ */
/* ":)", ";-)", ":D" */
static ptrdiff_t face_end(const Cutter *c, ptrdiff_t i, ptrdiff_t end)
{
    if (byte_at(c, i) != ':' && byte_at(c, i) != ';' && byte_at(c, i) != '=') return -1;
    ptrdiff_t mouth = i + 1 + (byte_at(c, i + 1) == '-');
    if (mouth >= end) return -1;
    char m = c->text.p[mouth];
    if (m == ')' || m == '(') return mouth + 1;
    return (m == 'D' || m == 'P' || m == 'p') && mouth + 1 == end && byte_at(c, i - 1) == ' ' ? mouth + 1 : -1;
}

/* "'90s", "'em", and "'s" that stands apart from its word. */
static ptrdiff_t elision_end(const Cutter *c, ptrdiff_t i, int quote)
{
    static const char *tails[] = {"em", "til", "n", "cause", "bout", "s", "re", "ve", "ll", "d", "m"};
    ptrdiff_t from = i + quote, k = from;
    while (wordlike(c, k) && k < from + 6) k++;
    if (wordlike(c, k)) return -1;
    Str tail = str_sub(c->text, from, k);
    if (k - from >= 2 && k - from <= 3 && digit_at(c, from) && digit_at(c, from + 1)) return k;
    for (size_t t = 0; t < sizeof tails / sizeof tails[0]; t++)
        if (str_eq_fold(tail, str_of(tails[t]))) return k;
    return -1;
}

static ptrdiff_t run_end(const Cutter *c, ptrdiff_t i, ptrdiff_t end)
{
    char at = c->text.p[i];
    bool loud = at == '!' || at == '?' || (at == '.' && (byte_at(c, i + 1) == '?' || byte_at(c, i + 1) == '!'));
    if (!loud && !strchr(".-*=_~#+<>`'", at)) return i + 1;
    ptrdiff_t k = i + 1;
    while (k < end && (c->text.p[k] == at || (loud && (c->text.p[k] == '!' || c->text.p[k] == '?')))) k++;
    return k;
}

/* "@courier", "#LakeTreaty" */
static ptrdiff_t tag_end(const Cutter *c, ptrdiff_t i, ptrdiff_t end)
{
    if ((c->text.p[i] != '@' && c->text.p[i] != '#') || !ascii_is_alpha(byte_at(c, i + 1))) return -1;
    ptrdiff_t k = i + 1;
    while (k < end && (wordlike(c, k) || c->text.p[k] == '_' || ((unsigned char)c->text.p[k] & 0xC0) == 0x80)) k++;
    return k;
}

/* ".265", "+999" behind a blank: the sign is the figure's. */
static ptrdiff_t figure_end(const Cutter *c, ptrdiff_t i, ptrdiff_t end)
{
    char at = byte_at(c, i), before = byte_at(c, i - 1);
    if ((at != '.' && at != '+') || !digit_at(c, i + 1)) return -1;
    int blank;
    if (i > 0 && before != '(' && before != ':' && !char_is_blank_at(c->text, i - 1, &blank)) return -1;
    ptrdiff_t k = i + 1;
    while (k < end && digit_at(c, k)) k++;
    bool stands = k == end || (!wordlike(c, k) && !(digit_at(c, k + 1) && byte_at(c, k) != '-'));
    return stands ? k : -1;
}

static bool is_single_quote(const Cutter *c, ptrdiff_t i)
{
    Str s = str_sub(c->text, i, i + 3);
    return str_eq(s, S("\u2018")) || str_eq(s, S("\u2019"));
}

static ptrdiff_t sign_end(Cutter *c, ptrdiff_t i, ptrdiff_t end)
{
    Str t = c->text;
    int quote = char_apostrophe(t.p + i, t.n - i), opener = char_opener(t.p + i, t.n - i), size;
    ptrdiff_t k = quote ? elision_end(c, i, quote) : -1;
    if (k > 0) return k;
    bool single = quote || str_eq(str_sub(t, i, i + 3), S("\u2018"));
    if (single) c->single_open = opener && wordlike(c, i + opener);
    if ((k = face_end(c, i, end)) > 0 || (k = tag_end(c, i, end)) > 0) return k;
    if (str_eq(str_sub(t, i, i + 5), S("[...]"))) return i + 5;
    if ((k = figure_end(c, i, end)) > 0) return k;
    if ((unsigned char)t.p[i] < CHAR_IS_ASCII) return run_end(c, i, end);
    if (is_single_quote(c, i) && is_single_quote(c, i + 3)) return i + 6;          /* ‘’ for “ and ’’ for ”, by hand */
    (void)class_at(c, i, &size);
    k = i + size;
    while (k < end && class_at(c, k, &size) == CHAR_JOINER) {            /* the parts of one picture */
        bool glue = str_eq(str_sub(t, k, k + 3), S("\u200D"));
        k += size;
        if (glue && k < end && class_at(c, k, &size) == CHAR_SIGN) k += size;
    }
    return k;
}

/* ---- sentences -------------------------------------------------------------------------------------------- */
/* Where a stretch without blanks ends; whether it might hold an address. */
static ptrdiff_t stretch_end(const Cutter *c, ptrdiff_t i, bool *might_be_address)
{
    *might_be_address = false;
    for (int size; i < c->text.n; i += size) {
        CharClass class = char_at(c->text.p + i, c->text.n - i, &size);
        if (class == CHAR_SPACE) break;
        if (class != CHAR_SIGN) continue;
        char at = c->text.p[i];
        if (at == '@' || at == '/' || at == ':' || (at == '.' && i + 1 < c->text.n && ascii_is_alpha(c->text.p[i + 1])))
            *might_be_address = true;
    }
    return i;
}

static void cut_stretch(Cutter *c, ptrdiff_t i, ptrdiff_t end, bool might_be_address)
{
    int tries = might_be_address && end - i <= TOKEN_MAX ? WHOLE_TRIES : 0;
    while (i < end) {
        int size;
        ptrdiff_t k = -1;
        if (class_at(c, i, &size) == CHAR_SIGN) {
            k = sign_end(c, i, end);
            put(c, i, k, SPAN_NONE);
        } else if (tries-- > 0 && (k = address_end(c, i, end)) > 0) put(c, i, k, SPAN_NONE);
        else k = put_word(c, i, word_end(c, i, end));
        i = k;
    }
}

/* The best place to cut tokens [from, to) in two: behind a semicolon, a comma, or at the limit; never inside a
   contraction. */
static int32_t best_cut(const Tokens *tokens, int32_t from)
{
    static const char *const behind[] = {";", ":", ","};
    int32_t limit = from + SENTENCE_MAX;
    for (size_t b = 0; b < sizeof behind / sizeof behind[0]; b++)
        for (int32_t i = limit; i > from + SENTENCE_MAX / 2; i--)
            if (str_eq(tokens->v[i - 1].form, str_of(behind[b]))) return i;
    while (limit > from + 1 && span_is(tokens->v[limit].mwt) &&
           tokens->v[limit].mwt.begin < tokens->v[limit].span.begin)
        limit--;
    return limit;
}

static void put_sentences(Arena *a, Record *r, Spans *to, int32_t from, Span whole)
{
    while (r->tokens.n - from > SENTENCE_MAX) {
        int32_t cut = best_cut(&r->tokens, from);
        *push(a, to) = (Span){whole.begin, r->tokens.v[cut - 1].span.end};
        for (int32_t i = from; i < cut; i++) r->tokens.v[i].sent = to->n - 1;
        whole.begin = r->tokens.v[cut].span.begin;
        from = cut;
    }
    *push(a, to) = whole;
    for (int32_t i = from; i < r->tokens.n; i++) r->tokens.v[i].sent = to->n - 1;
}

void text_tokens(Arena *a, Record *r)
{
    Spans sentences = {0};
    r->tokens = (Tokens){0};
    r->tokens.cap = (int32_t)(r->text.n / 5 + 16);         /* English news has a token in 5.4 bytes; the rest grows */
    r->tokens.v = arena_new(a, Token, r->tokens.cap);
    for (int32_t s = 0; s < r->sentences.n; s++) {
        Cutter c = {a, r, {r->text.p, r->sentences.v[s].end}, s, false};
        int32_t from = r->tokens.n;
        for (ptrdiff_t i = r->sentences.v[s].begin; (i = char_skip_blanks(c.text, i, c.text.n)) < c.text.n;) {
            bool might_be_address;
            ptrdiff_t end = stretch_end(&c, i, &might_be_address);
            cut_stretch(&c, i, end, might_be_address);
            i = end;
        }
        put_sentences(a, r, &sentences, from, r->sentences.v[s]);
    }
    r->sentences = sentences;
}
