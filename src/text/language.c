/* Language: which one a text is in, or "und" where that cannot be told.
**
**   "The talks on the lake were put off until the spring."   the, on, were, until …: en
**   "Die Gespräche über den See …"                            die, über, den, ä: de
**   "Переговоры об озере …"                                   Cyrillic, ы: ru
**
** First the script, by Unicode block: kana, Hangul, Thai and their like name the language at once. Within Latin,
** Cyrillic, Greek, Arabic and Hebrew the small words decide that every text is full of (languages.tab): each hit counts
** one, shared among the languages that have the word; a letter that few languages have counts a little as well. The
** winner must have a share of the words, and stand clear of the next; a text too short for that is "und".
**
** Always: the answer is a row's code, a script's code or "und"; a language that is set stays.
** Cost: one pass over the first SAMPLE bytes; the words are hashed once, into arrays that nobody changes afterwards.
*/
#include "text/inside.h"
#include "languages.h"
#include <pthread.h>
#include <string.h>

enum {
    SAMPLE = 20000,        /* bytes; a hundredth of them would do for a text in one language */
    LANGUAGES_MAX = 64,    /* bits of a mask */
    CELLS = 8192           /* places for some 1,500 words; a power of two */
};
/* of all words: unknown Latin languages stay below, headlines reach .1 */
static const double WORD_SHARE = 0.06;
static const double CLEAR = 1.25;                        /* times the next language's score */
static const double LETTER_SCORE = 0.25;
/* most of what comes is English, and names hold "de" and "la" */
static const double LEAST = 1.0, LEAST_ENGLISH = 0.5;

static struct { uint64_t hash, languages; } cells[CELLS];
static int32_t n_languages;

typedef enum {
    SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_GREEK, SCRIPT_ARABIC, SCRIPT_HEBREW, SCRIPT_HAN, SCRIPT_KANA,
    SCRIPT_HANGUL, SCRIPT_THAI, SCRIPT_DEVANAGARI, SCRIPT_BENGALI, SCRIPT_TAMIL, SCRIPT_ARMENIAN, SCRIPT_GEORGIAN,
    SCRIPT_COUNT
} Script;

static Script script_of(int32_t cp)
{
    static const struct { int32_t first, last; Script script; } blocks[] = {
                  {'A', 'Z', SCRIPT_LATIN},          {'a', 'z', SCRIPT_LATIN},        {0xC0, 0x24F, SCRIPT_LATIN},
                  {0x370, 0x3FF, SCRIPT_GREEK},      {0x400, 0x52F, SCRIPT_CYRILLIC}, {0x530, 0x58F, SCRIPT_ARMENIAN},
                  {0x590, 0x5FF, SCRIPT_HEBREW},     {0x600, 0x77F, SCRIPT_ARABIC},   {0x900, 0x97F, SCRIPT_DEVANAGARI},
                  {0x980, 0x9FF, SCRIPT_BENGALI},    {0xB80, 0xBFF, SCRIPT_TAMIL},    {0xE00, 0xE7F, SCRIPT_THAI},
                  {0x10A0, 0x10FF, SCRIPT_GEORGIAN}, {0x1E00, 0x1EFF, SCRIPT_LATIN},  {0x1F00, 0x1FFF, SCRIPT_GREEK},
                  {0x3040, 0x30FF, SCRIPT_KANA},     {0x4E00, 0x9FFF, SCRIPT_HAN},    {0xAC00, 0xD7A3, SCRIPT_HANGUL},
                  {0xFB50, 0xFDFF, SCRIPT_ARABIC}};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (cp <= blocks[i].last) return cp >= blocks[i].first ? blocks[i].script : SCRIPT_NONE;
    return SCRIPT_NONE;
}

/* Lower case for the scripts of the table; other letters as they are. */
static int32_t lower(int32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F))
        return cp + 32;
    if (cp >= 0x400 && cp <= 0x40F) return cp + 80;
    if (cp == 0x1A0 || cp == 0x1AF) return cp + 1;
    if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E)) return cp & 1 ? cp + 1 : cp;
    if ((cp >= 0x100 && cp <= 0x177 && cp != 0x130 && cp != 0x131) || (cp >= 0x218 && cp <= 0x21B) ||
        (cp >= 0x1E00 && cp <= 0x1EFF) || cp == 0x490)
        return cp | 1;
    return cp;
}

static inline uint64_t hash_step(uint64_t h, int32_t cp) { return (h ^ (uint64_t)(uint32_t)cp) * 0x9E3779B97F4A7C15u; }
enum { HASH_SEED = 1469598103 };

static uint64_t *cell_of(uint64_t hash, bool make)
{
    hash |= 1;
    for (uint64_t i = hash >> 20;; i++) {
        if (cells[i % CELLS].hash == hash) return &cells[i % CELLS].languages;
        if (!cells[i % CELLS].hash) {
            if (!make) return NULL;
            cells[i % CELLS].hash = hash;
            return &cells[i % CELLS].languages;
        }
    }
}

static void compile(void)
{
    n_languages = languages_n < LANGUAGES_MAX ? languages_n : LANGUAGES_MAX;
    for (int32_t l = 0; l < n_languages; l++) {
        Str words = languages_rows[l].words, word;
        while (str_split(&words, ' ', &word)) {
            uint64_t h = HASH_SEED;
            for (ptrdiff_t i = 0; i < word.n;) h = hash_step(h, lower(utf8_next(word, &i)));
            *cell_of(h, true) |= (uint64_t)1 << l;
        }
    }
}

typedef struct {
    double score[LANGUAGES_MAX];
    int64_t letters[SCRIPT_COUNT], n_letters;
    int32_t n_words;
} Count;

/* Letters beyond ASCII that some rows call their own. */
static void count_letter(Count *c, int32_t cp)
{
    char bytes[4];
    int n = cp < 0x800 ? 2 : 3;
    bytes[0] = (char)(n == 2 ? 0xC0 | cp >> 6 : 0xE0 | cp >> 12);
    bytes[n - 2] = n == 2 ? bytes[0] : (char)(0x80 | (cp >> 6 & 0x3F));
    bytes[n - 1] = (char)(0x80 | (cp & 0x3F));
    for (int32_t l = 0; l < n_languages; l++)
        if (languages_rows[l].letters.n && str_find(languages_rows[l].letters, (Str){bytes, n}) >= 0)
            c->score[l] += LETTER_SCORE;
}

static void count_word(Count *c, uint64_t hash)
{
    const uint64_t *languages = cell_of(hash, false);
    c->n_words++;
    if (!languages) return;
    double part = 1.0 / __builtin_popcountll(*languages);
    for (uint64_t left = *languages; left; left &= left - 1) c->score[__builtin_ctzll(left)] += part;
}

static void count_text(Count *c, Str s)
{
    uint64_t h = HASH_SEED;
    bool inside = false, is_clitic = false;              /* the s of "Melissa's" is no Czech word */
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t at = i;
        unsigned char byte = (unsigned char)s.p[i];
        int32_t cp = byte < 0x80 ? (i++, (int32_t)byte) : utf8_next(s, &i);
        Script script = cp < 0x80 ? (ascii_is_alpha((char)cp) ? SCRIPT_LATIN : SCRIPT_NONE) : script_of(cp);
        if (script == SCRIPT_NONE && inside && cp >= 0x80 && char_class_wide(cp) == CHAR_JOINER) continue;
        if (script != SCRIPT_NONE) {
            cp = lower(cp);
            h = hash_step(h, cp);
            c->letters[script]++;
            c->n_letters++;
            if (cp >= 0x80 && cp < 0x1000) count_letter(c, cp);
        } else {
            if (inside && !is_clitic) count_word(c, h);
            h = HASH_SEED;
            is_clitic = inside && char_apostrophe(s.p + at, s.n - at);
        }
        inside = script != SCRIPT_NONE;
    }
    if (inside && !is_clitic) count_word(c, h);
}

static Script script_of_row(int32_t l)                   /* by the row's first word */
{
    ptrdiff_t i = 0;
    return script_of(utf8_next(languages_rows[l].words, &i));
}

static Str by_words(const Count *c, Script script)
{
    int32_t best = NONE;
    double next = 0;
    for (int32_t l = 0; l < n_languages; l++) {
        if (script_of_row(l) != script) continue;
        if (best == NONE || c->score[l] > c->score[best]) {
            if (best != NONE) next = c->score[best];
            best = l;
        } else if (c->score[l] > next) next = c->score[l];
    }
    double least = best != NONE && str_eq(languages_rows[best].lang, S("en")) ? LEAST_ENGLISH : LEAST;
    bool enough = best != NONE && c->score[best] >= least && c->score[best] >= WORD_SHARE * c->n_words &&
                  c->score[best] >= CLEAR * next;
    return enough ? languages_rows[best].lang : S("und");
}

static Str by_script(const Count *c)
{
    static const char *const codes[SCRIPT_COUNT] = {
        [SCRIPT_HAN] = "zh",   [SCRIPT_KANA] = "ja",       [SCRIPT_HANGUL] = "ko",
        [SCRIPT_THAI] = "th",  [SCRIPT_DEVANAGARI] = "hi", [SCRIPT_BENGALI] = "bn",
        [SCRIPT_TAMIL] = "ta", [SCRIPT_ARMENIAN] = "hy",   [SCRIPT_GEORGIAN] = "ka"};
    Script best = SCRIPT_LATIN;
    for (int s = 0; s < SCRIPT_COUNT; s++)
        if (c->letters[s] > c->letters[best]) best = (Script)s;
    if (c->n_letters < 4) return S("und");
    if (best == SCRIPT_HAN && c->letters[SCRIPT_KANA] * 10 > c->letters[SCRIPT_HAN]) best = SCRIPT_KANA;
    if (codes[best]) return str_of(codes[best]);
    return by_words(c, best);
}

void text_language(Record *r)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    for (ptrdiff_t i = 0; i < r->lang.n; i++)            /* "en-GB" is English; what others stated stands else */
        if (r->lang.p[i] == '-' || r->lang.p[i] == '_') r->lang = str_sub(r->lang, 0, i);
    if (r->lang.n) return;
    pthread_once(&once, compile);
    Count c = {0};
    count_text(&c, str_sub(r->text, 0, SAMPLE));
    r->lang = by_script(&c);
}
