/* Forms: what two spellings of one name have in common.
**
**  exact    "the U.S."  "US"  "U. S."                     → US            "Britain's Defence Ministry" → britain defence ministry
**  folded   "Zelenskiy" "Zelenskyy" "Зеленский"           → zelenski      "Lawrow" "Lavrov" "Lavroff"  → lavrov
**
** Exact keeps apart what a reader keeps apart; folded is a guess about transliteration (of Cyrillic above all), which is
** why whoever asks for it needs a second sign. A short word all in capitals keeps them: "US" is not "us", "IRA" not "Ira".
**
** Always: a form's key is at most FORM_MAX bytes; what is longer has none. The same key for the key: folding twice changes
** nothing but the capitals of acronyms. Cost: one pass over the bytes, no memory but the key itself.
*/
#include "reading/actor_inside.h"

#include <string.h>
#include <utf8proc.h>

enum { ACRONYM_MAX = 5 };                      /* letters; "NAFTA", "ASEAN" and shorter keep their capitals */

static void form_add(NameKey *f, const char *p, int32_t n)
{
    if (f->n < 0 || f->n + n > FORM_MAX) f->n = -1;       /* too long: stays so */
    else memcpy(f->p + f->n, p, (size_t)n), f->n += n;
}

static void form_blank(NameKey *f)
{
    if (f->n > 0 && f->p[f->n - 1] != ' ') form_add(f, " ", 1);
}

/* What Unicode does not take apart, though a reader of names does. */
static const char *plain_letter(int32_t cp)
{
    switch (cp) {
    case 0x00C6: case 0x00E6: return "ae";
    case 0x00D0: case 0x00F0: case 0x0110: case 0x0111: return "d";
    case 0x00D8: case 0x00F8: return "o";
    case 0x00DE: case 0x00FE: return "th";
    case 0x0126: case 0x0127: return "h";
    case 0x0131: return "i";
    case 0x0141: case 0x0142: return "l";
    case 0x0152: case 0x0153: return "oe";
    case 0x0259: return "a";                   /* ə, as in Azerbaijani names */
    default: return NULL;
    }
}

static bool is_mark(int32_t cp) { return cp >= 0x0300 && cp <= 0x036F; }

static void form_letter(NameKey *f, int32_t cp)
{
    const char *plain = plain_letter(cp);
    if (plain) {
        form_add(f, plain, (int32_t)strlen(plain));
        return;
    }
    utf8proc_int32_t part[32];
    int last = 0;
    ptrdiff_t n = utf8proc_decompose_char(cp, part, 32, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &last);
    if (n < 0 || n > 32) n = 1, part[0] = cp;
    for (ptrdiff_t i = 0; i < n; i++) {
        utf8proc_uint8_t bytes[4];
        if (is_mark(part[i])) continue;
        ptrdiff_t size = utf8proc_encode_char(part[i], bytes);
        form_add(f, (const char *)bytes, (int32_t)size);
    }
}

static bool is_apostrophe(int32_t cp)
{
    return cp == '\'' || cp == '`' || cp == 0x2019 || cp == 0x2018 || cp == 0x02BC || cp == 0x02B9 || cp == 0x00B4;
}

static bool is_control(int32_t cp)             /* zero-width and direction marks: no reader sees them */
{
    return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069) ||
           cp == 0xFEFF || cp == 0x00AD;
}

/* "'s" at the end of a word: a possessive. i stands behind the apostrophe. */
static bool is_possessive(Str s, ptrdiff_t i)
{
    if (i >= s.n || (s.p[i] | 32) != 's') return false;
    return i + 1 == s.n || !(((s.p[i + 1] | 32) >= 'a' && (s.p[i + 1] | 32) <= 'z') || (s.p[i + 1] & 0x80));
}

/* "u s" and "j d vance" → "us", "jd vance": letters that stand alone are one word. */
static void join_letters(NameKey *f)
{
    int32_t to = 0;
    for (int32_t i = 0; i < f->n; i++) {
        bool between = f->p[i] == ' ' && i > 0 && i + 1 < f->n && (i < 2 || f->p[i - 2] == ' ') &&
                       (i + 2 == f->n || f->p[i + 2] == ' ') && !(f->p[i - 1] & 0x80) && !(f->p[i + 1] & 0x80);
        if (!between) f->p[to++] = f->p[i];
    }
    f->n = to;
}

static Str without_the(Str s)
{
    s = str_trim(s);
    if (s.n > 4 && (s.p[0] | 32) == 't' && s.p[1] == 'h' && s.p[2] == 'e' && s.p[3] == ' ')
        s = str_trim(str_sub(s, 4, s.n));
    return s;
}

static NameKey form_words(Str s, int32_t *letters, bool *has_lower)
{
    NameKey f = {.n = 0};
    int32_t run = 0;                           /* letters since the last stop or blank */
    *letters = 0;
    *has_lower = false;
    for (ptrdiff_t i = 0; i < s.n && f.n >= 0;) {
        int32_t cp = utf8_next(s, &i);
        if (is_control(cp)) continue;
        if (is_apostrophe(cp)) {
            if (is_possessive(s, i)) i++;
        } else if (cp == '&' || cp == '+') {
            form_blank(&f);
            form_add(&f, cp == '&' ? "and " : "plus ", cp == '&' ? 4 : 5);
        } else if (utf8_is_letter(cp) || utf8_is_digit(cp) || is_mark(cp)) {
            if (utf8_is_letter(cp)) ++*letters, *has_lower |= !utf8_is_upper(cp);
            form_letter(&f, cp);
            run++;
        } else {
            if (cp != '.' || run > 1) form_blank(&f);     /* "U.S." has no blank inside, "Gen.Ito" has one */
            run = 0;
        }
    }
    if (f.n < 0) f.n = 0;
    while (f.n > 0 && f.p[f.n - 1] == ' ') f.n--;
    join_letters(&f);
    return f;
}

NameKey form_lower(Str s)
{
    int32_t letters;
    bool has_lower;
    return form_words(without_the(s), &letters, &has_lower);
}

NameKey form_exact(Str s)
{
    int32_t letters;
    bool has_lower;
    NameKey f = form_words(without_the(s), &letters, &has_lower);
    if (has_lower || letters < 2 || letters > ACRONYM_MAX || memchr(f.p, ' ', (size_t)f.n)) return f;
    for (int32_t i = 0; i < f.n; i++)
        if (f.p[i] >= 'a' && f.p[i] <= 'z') f.p[i] = (char)(f.p[i] - 32);
    return f;
}

/* ---- transliteration ---------------------------------------------------------------------------------------- */

/* Cyrillic as English papers write it; the fold below makes one of their several ways. */
static const char *latin_of(int32_t cp)
{
    static const char *const letters[] = {     /* а … я */
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
        "ts", "ch", "sh", "shch", "", "i", "", "e", "iu", "ia"};
    if (cp >= 0x0430 && cp <= 0x044F) return letters[cp - 0x0430];
    switch (cp) {
    case 0x0451: return "e";                   /* ё */
    case 0x0454: return "ie";                  /* є */
    case 0x0456: case 0x0457: return "i";      /* і ї */
    case 0x0491: return "g";
    case 0x045E: return "u";                   /* ў */
    default: return NULL;
    }
}

static NameKey in_latin(const NameKey *from)
{
    NameKey f = {.n = 0};
    Str s = form_str(from);
    for (ptrdiff_t i = 0; i < s.n && f.n >= 0;) {
        ptrdiff_t begin = i;
        const char *latin = latin_of(utf8_next(s, &i));
        if (latin) form_add(&f, latin, (int32_t)strlen(latin));
        else form_add(&f, s.p + begin, (int32_t)(i - begin));
    }
    if (f.n < 0) f.n = 0;
    return f;
}

/* Letters that write one sound, the longest first. A capital is a sound that no single small letter writes. "." stands
** for the end of a word. */
static const struct { const char *from, *to; } sounds[] = {
    {"shch", "SC"}, {"itch.", "iC"}, {"ich.", "iC"}, {"sch", "S"}, {"tch", "C"}, {"iy.", "i"}, {"ij.", "i"},
    {"yi.", "i"}, {"ii.", "i"}, {"yj.", "i"}, {"yy.", "i"}, {"ff.", "v"}, {"ic.", "iC"}, {"ow.", "ov"},
    {"sh", "S"}, {"ch", "C"}, {"zh", "j"}, {"kh", "h"}, {"ts", "c"}, {"tz", "c"}, {"ou", "u"}, {"oe", "o"}, {"ph", "f"},
    {"ck", "k"}, {"ks", "x"}, {"yu", "U"}, {"iu", "U"}, {"ju", "U"}, {"ya", "A"}, {"ja", "A"}, {"ia", "A"},
    {"ye", "e"}, {"je", "e"}, {"yo", "e"}, {"iy", "i"}, {"ij", "i"}, {"yi", "i"}, {"ca", "ka"}, {"co", "ko"},
    {"cu", "ku"}, {"cl", "kl"}, {"cr", "kr"}, {"ct", "kt"}, {"j.", "i"}, {"w", "v"}, {"y", "i"}, {"q", "k"}};

static int32_t sound_at(const NameKey *f, int32_t i, const char **to)
{
    for (size_t k = 0; k < sizeof sounds / sizeof *sounds; k++) {
        const char *from = sounds[k].from;
        int32_t n = 0;
        while (from[n] && from[n] != '.' && i + n < f->n && f->p[i + n] == from[n]) n++;
        bool at_end = from[n] == '.' && (i + n == f->n || f->p[i + n] == ' ');
        if (from[n] && !at_end) continue;
        *to = sounds[k].to;
        return n;
    }
    return 0;
}

NameKey form_folded(Str s)
{
    NameKey lower = form_lower(s), f = in_latin(&lower), out = {.n = 0};
    for (int32_t i = 0; i < f.n;) {
        const char *to = NULL;
        int32_t n = sound_at(&f, i, &to);
        char one[2] = {f.p[i], 0};
        if (!n) n = 1, to = one;
        for (; *to; to++)
            if (out.n == 0 || out.p[out.n - 1] != *to || (unsigned char)*to >= 0x80) form_add(&out, to, 1);
        i += n;
    }
    if (out.n < 0) out.n = 0;
    return out;
}
