/* Gaps: a piece of text as a row of stretches, and what is known of each gap between two of them.
**
**   "Regards, Sanna Olof Hane 10/26/2031 11:07 AM The ferry leaves at noon."
**    stretches: [Regards,] [Sanna] [Olof] [Hane] [10/26/2031] [11:07] [AM] [The] …; before Olof and The are doubts
**
** Where a stop stands, the rules of stop.c speak first, and often alone. Where none stands, a sentence may yet end:
** behind a greeting, a signature, a heading, the line of a list, where a page lost its lines. Such gaps, and stops
** that the rules are not sure of, are doubts. A doubt is described by features: the words around the gap, their
** shapes (a date? a capital? an address?), what the sentence began with and how long it is, what lies ahead; doubt.c
** weighs them.
**
** Always: stretches are in order and cover every character that is no blank. A gap before a plain small word is no
** doubt unless a sign stands before it.
** Cost: linear; a doubt costs DOUBT_FEATURES hashes.
*/
#include "text/inside.h"
#include <string.h>

/* The end of a passage has shapes too, so that "nothing follows" is a fact like others. */
enum { SHAPE_EDGE, SHAPE_LOWER, SHAPE_TITLE, SHAPE_UPPER, SHAPE_INITIAL, SHAPE_MIXED, SHAPE_NUMBER, SHAPE_FIGURE,
       SHAPE_DATE, SHAPE_CLOCK, SHAPE_ALNUM, SHAPE_MAIL, SHAPE_WEB, SHAPE_RULE, SHAPE_DASH,
       SHAPE_BULLET, SHAPE_SIGN, SHAPE_OTHER };
enum { SIGN_NONE, SIGN_STOP, SIGN_LOUD, SIGN_DOTS, SIGN_COLON, SIGN_COMMA, SIGN_SEMI, SIGN_BRACKET, SIGN_QUOTE,
       SIGN_DASH, SIGN_ANGLE, SIGN_STAR, SIGN_OTHER, SIGN_STOPPED_QUOTE, SIGN_STOPPED_BRACKET };

/* ---- stretches ---------------------------------------------------------------------------------------------- */
enum { HAS_LOWER = 1, HAS_UPPER = 2, HAS_DIGIT = 4, HAS_WIDE = 8, HAS_AT = 16, HAS_SLASH = 32, HAS_COLON = 64 };

static uint8_t sign_of(Str t, ptrdiff_t i)
{
    switch (t.p[i]) {
    case '.': return SIGN_STOP;
    case '!': case '?': return SIGN_LOUD;
    case ':': return SIGN_COLON;
    case ',': return SIGN_COMMA;
    case ';': return SIGN_SEMI;
    case '(': case ')': case '[': case ']': case '{': case '}': return SIGN_BRACKET;
    case '"': case '\'': case '`': return SIGN_QUOTE;
    case '-': return SIGN_DASH;
    case '<': case '>': return SIGN_ANGLE;
    case '*': case '+': case '#': return SIGN_STAR;
    default: break;
    }
    if ((unsigned char)t.p[i] < CHAR_IS_ASCII) return SIGN_OTHER;
    int size;
    int32_t cp = char_decode(t.p + i, t.n - i, &size);
    if (cp >= 0x2010 && cp <= 0x2015) return SIGN_DASH;
    if ((cp >= 0x2018 && cp <= 0x201F) || cp == 0xAB || cp == 0xBB) return SIGN_QUOTE;
    if (cp == 0x2026) return SIGN_DOTS;
    return cp == 0x2022 || cp == 0xB7 ? SIGN_STAR : SIGN_OTHER;
}

/* The first byte of the character that ends at `end`. */
static ptrdiff_t last_char(Str t, ptrdiff_t begin, ptrdiff_t end)
{
    ptrdiff_t i = end - 1;
    while (i > begin && i > end - 4 && ((unsigned char)t.p[i] & 0xC0) == 0x80) i--;
    return i;
}

static inline bool is_core(Str t, ptrdiff_t i)
{
    if ((unsigned char)t.p[i] < CHAR_IS_ASCII) return char_ascii[(unsigned char)t.p[i]] != CHAR_SIGN;
    int size;
    return char_class_wide(char_decode(t.p + i, t.n - i, &size)) != CHAR_SIGN;
}

static uint8_t shape_of(Str core, unsigned has, bool first_is_upper)
{
    if (has & HAS_WIDE && !(has & (HAS_LOWER | HAS_UPPER))) return SHAPE_OTHER;
    if (has & HAS_AT) return SHAPE_MAIL;
    if (has & HAS_COLON && has & HAS_SLASH && has & HAS_LOWER) return SHAPE_WEB;
    if (has & HAS_DIGIT) {
        if (has & (HAS_LOWER | HAS_UPPER)) return SHAPE_ALNUM;
        if (memchr(core.p, '/', (size_t)core.n)) return SHAPE_DATE;
        if (memchr(core.p, ':', (size_t)core.n)) return SHAPE_CLOCK;
        for (ptrdiff_t i = 0; i < core.n; i++)
            if (!ascii_is_digit(core.p[i])) return SHAPE_FIGURE;
        return SHAPE_NUMBER;
    }
    if (has & HAS_UPPER) {
        if (!(has & HAS_LOWER)) return core.n == 1 ? SHAPE_INITIAL : SHAPE_UPPER;
        if (core.n > 4 && str_starts(core, S("www."))) return SHAPE_WEB;
        return first_is_upper ? SHAPE_TITLE : SHAPE_MIXED;
    }
    return core.n > 4 && str_starts(core, S("www.")) ? SHAPE_WEB : SHAPE_LOWER;
}

uint32_t stretch_hash(Str core)
{
    uint32_t h = 2166136261u;
    for (ptrdiff_t i = 0; i < core.n; i++) {
        char c = core.p[i];
        c = ascii_is_digit(c) ? '0' : ascii_lower(c);
        if ((unsigned char)c == 0x99 || c == '`') c = '\'';              /* the last byte of ’ is enough */
        h = (h ^ (unsigned char)c) * 16777619u;
    }
    return h;
}

static void describe(Str t, Stretch *s, unsigned has)
{
    ptrdiff_t from = s->begin, to = s->end, last;
    while (from < to && !is_core(t, from)) {
        int size;
        (void)char_at(t.p + from, to - from, &size);
        from += size;
    }
    while (to > from && !is_core(t, last = last_char(t, from, to))) to = last;
    s->head = from > s->begin ? sign_of(t, s->begin) : SIGN_NONE;
    s->tail = to < s->end ? sign_of(t, last_char(t, s->begin, s->end)) : SIGN_NONE;
    if (s->stop >= 0 && s->tail == SIGN_STOP && s->end - s->stop > 1) s->tail = SIGN_DOTS;
    if (s->stop >= 0 && s->tail == SIGN_QUOTE) s->tail = SIGN_STOPPED_QUOTE;
    if (s->stop >= 0 && s->tail == SIGN_BRACKET) s->tail = SIGN_STOPPED_BRACKET;
    if (from < to) {
        Str core = str_sub(t, from, to);
        s->shape = shape_of(core, has, char_is_upper_at(t, from));
        s->word = stretch_hash(core);
        return;
    }
    s->word = stretch_hash((Str){t.p + s->begin, s->end - s->begin < 6 ? s->end - s->begin : 6});
    bool is_long = s->end - s->begin >= 3 && (s->head != SIGN_DASH || s->end - s->begin > 3) && s->stop < 0;
    s->shape = is_long                ? SHAPE_RULE :
               s->head == SIGN_DASH   ? SHAPE_DASH :
               s->head == SIGN_STAR   ? SHAPE_BULLET :
                                        SHAPE_SIGN;
}

/* An address: what looks like a stop in it is none. Looked for once from blank to blank. */
typedef struct { ptrdiff_t until; bool is_there; } Address;
static bool holds_address(Str t, ptrdiff_t begin, Address *a)
{
    if (begin < a->until) return a->is_there;
    int size;
    ptrdiff_t end = begin;
    *a = (Address){0};
    for (; end < t.n && char_at(t.p + end, t.n - end, &size) != CHAR_SPACE; end += size)
        if (t.p[end] == '@' || (t.p[end] == '/' && end + 1 < t.n && t.p[end + 1] == '/')) a->is_there = true;
    a->is_there |= str_starts(str_sub(t, begin, end), S("www."));
    a->until = end;
    return a->is_there;
}

/* Whether a sentence might end behind these stops though no blank follows: "comments.He", "so?why", "了。他". */
static bool may_end_glued(Str t, ptrdiff_t begin, const StopRun *run, Address *address)
{
    if (run->kind == STOP_WIDE) return true;
    int size;
    if (run->stop == begin || char_at(t.p + run->after, t.n - run->body, &size) != CHAR_LETTER) return false;
    char before = t.p[run->stop - 1];
    if (!run->is_closed && !ascii_is_alnum(before) && (unsigned char)before < CHAR_IS_ASCII) return false;
    if (run->kind == STOP_FULL && !run->is_closed && (ascii_is_upper(before) || ascii_is_digit(before))) return false;
    if (run->kind == STOP_FULL && char_is_lower_at(t, run->body) && run->stop - begin < 3) return false;
    return !holds_address(t, begin, address);
}

static ptrdiff_t read_stretch(Str t, Stretch *s, Address *address)
{
    static const uint8_t has_sign[128] = {['@'] = HAS_AT, ['/'] = HAS_SLASH, [':'] = HAS_COLON};
    unsigned has = 0;
    ptrdiff_t i = s->begin;
    s->stop = -1;
    while (i < t.n) {
        unsigned char c = (unsigned char)t.p[i];
        if (ascii_is_lower((char)c)) { has |= HAS_LOWER; i++; continue; }
        StopRun run;
        if (stop_begins((char)c) && stop_run(t, i, &run)) {
            int blank;
            bool at_end = run.body >= t.n || char_is_blank_at(t, run.body, &blank);
            if (at_end) s->stop = (int32_t)run.stop;
            i = run.body;
            if (at_end || may_end_glued(t, s->begin, &run, address)) { s->stop = (int32_t)run.stop; break; }
            continue;
        }
        int size;
        CharClass class = char_at(t.p + i, t.n - i, &size);
        if (class == CHAR_SPACE) break;
        if (c < CHAR_IS_ASCII) has |= class == CHAR_LETTER ? HAS_UPPER : class == CHAR_DIGIT ? HAS_DIGIT : has_sign[c];
        else if (class == CHAR_LETTER)
            has |= char_is_upper_at(t, i) ? HAS_UPPER : char_is_lower_at(t, i) ? HAS_LOWER : HAS_WIDE;
        i += size;
    }
    s->end = (int32_t)i;
    describe(t, s, has);
    return i;
}

/* ---- passages ----------------------------------------------------------------------------------------------- */
static inline bool is_odd(const Stretch *s)
{
    return s->shape == SHAPE_MAIL || s->shape == SHAPE_WEB || s->shape == SHAPE_DATE || s->shape == SHAPE_CLOCK ||
           s->shape == SHAPE_RULE;
}

void row_read(Arena *a, Str text, Span piece, Stretches *p)
{
    *p = (Stretches){.text = {text.p, piece.end}, .quote = NONE};
    bool is_glued = false;
    Address address = {0};
    for (ptrdiff_t i = piece.begin, at; (at = char_skip_blanks(p->text, i, p->text.n)) < p->text.n;) {
        is_glued = at == i && p->stretch.n > 0;
        Stretch *s = push(a, &p->stretch);
        *s = (Stretch){.begin = (int32_t)at, .is_glued = is_glued};
        i = read_stretch(p->text, s, &address);
        p->n_odd += is_odd(s);
    }
    int32_t n = p->stretch.n;
    const DoubtTable *table = doubt_table();
    for (int32_t k = 0; k < n; k++) p->stretch.v[k].class = class_of(table, p->stretch.v[k].word);
    p->to_stop = arena_new(a, uint8_t, n + 1);
    p->bustle = arena_new(a, uint8_t, n + 9);
    uint32_t window = 0;
    for (int32_t k = n - 1; k >= 0; k--) {
        const Stretch *s = &p->stretch.v[k];
        p->to_stop[k] = s->stop >= 0 ? 0 : p->to_stop[k + 1] < 200 ? (uint8_t)(p->to_stop[k + 1] + 1) : 200;
        window = (window << 1 | (s->shape != SHAPE_LOWER)) & 0xFF;
        p->bustle[k] = (uint8_t)__builtin_popcount(window);
    }
    if (n) row_step(p, 0, true);
}

static inline bool is_verb(const Stretch *s) { return s->class == CLASS_VERB || s->class == CLASS_AUX; }

/* Stretch i joins the sentence, or begins one. */
void row_step(Stretches *p, int32_t i, bool ends)
{
    const Stretch *s = &p->stretch.v[i];
    if (ends) {
        p->from = i;
        p->n_verbs = 0;
        p->begins[p->n_begins++ % 8] = s->word;
    }
    p->n_verbs += is_verb(s);
    if (s->head == SIGN_QUOTE) p->quote = i;
    if (s->tail == SIGN_QUOTE || s->tail == SIGN_STOPPED_QUOTE) p->quote = NONE;
}

/* ---- gaps --------------------------------------------------------------------------------------------------- */
typedef enum { KIND_PLAIN, KIND_COMMA, KIND_COLON, KIND_CLOSED, KIND_SIGN, KIND_STOP, KIND_NO_STOP, KIND_GLUED } Kind;

enum { LABEL_MAX = 4 };                                  /* stretches of a speaker's label */

/* "[12]": a note mark belongs to the stop before it. */
static bool is_note_mark(Str t, const Stretch *s)
{
    if (s->end - s->begin < 3 || t.p[s->begin] != '[' || t.p[s->end - 1] != ']') return false;
    return s->shape == SHAPE_NUMBER;
}

/* What the rules say of the stop before stretch i; false where none stands there. */
static bool ask_rules(const Stretches *p, int32_t i, Verdict *verdict)
{
    int32_t k = i - 1;
    while (k > p->from && k > i - 1 - NOTES_MAX && is_note_mark(p->text, &p->stretch.v[k])) k--;
    StopRun run;
    if (p->stretch.v[k].stop < 0 || !stop_run(p->text, p->stretch.v[k].stop, &run)) return false;
    *verdict = stop_verdict(p->text, p->stretch.v[p->from].begin, &run);
    if (run.next != p->stretch.v[i].begin) *verdict = (Verdict){.ends = false, .is_sure = true};   /* notes go on */
    return true;
}

static Kind kind_of(const Stretch *a)
{
    switch (a->tail) {
    case SIGN_COMMA: return KIND_COMMA;
    case SIGN_COLON: case SIGN_SEMI: return KIND_COLON;
    case SIGN_BRACKET: case SIGN_QUOTE: return KIND_CLOSED;
    case SIGN_NONE: return KIND_PLAIN;
    default: return KIND_SIGN;
    }
}

static inline uint32_t mix(uint32_t a, uint32_t b)
{
    return (a ^ (b + 0x9E3779B9u + (a << 6) + (a >> 2))) * 0x85EBCA6Bu;
}
static int32_t length_class(int32_t n) { return n < 6 ? n : n < 10 ? 6 : n < 16 ? 7 : n < 26 ? 8 : n < 41 ? 9 : 10; }
static inline uint32_t look(const Stretch *s) { return (uint32_t)(s->shape | s->tail << 5 | s->head << 9); }

typedef struct { Doubt *to; uint32_t kind, template; } Filling;
static inline void add(Filling *f, uint32_t a, uint32_t b)
{
    uint32_t h = mix(mix(f->kind + 977u * ++f->template, a), b);
    h ^= h >> 15;
    h *= 0xC2B2AE35u;
    f->to->v[f->to->n++] = h ^ h >> 13;
}

static uint32_t quote_state(const Stretches *p) { return p->quote < 0 ? 0 : p->quote <= p->from ? 1 : 2; }

static bool was_begin(const Stretches *p, uint32_t word)
{
    for (int32_t k = 0; k < 8 && k < p->n_begins; k++)
        if (p->begins[k] == word) return true;
    return false;
}

static void fill(const Stretches *p, int32_t i, Kind kind, Abbr abbr, Doubt *doubt)
{
    static const Stretch edge = {.shape = SHAPE_EDGE};
    const Stretch *v = p->stretch.v, *a = &v[i - 1], *b = &v[i], *begin = &v[p->from];
    const Stretch *a2 = i >= 2 ? &v[i - 2] : &edge, *a3 = i >= 3 ? &v[i - 3] : &edge;
    const Stretch *b2 = i + 1 < p->stretch.n ? &v[i + 1] : &edge, *b3 = i + 2 < p->stretch.n ? &v[i + 2] : &edge;
    uint32_t la = look(a), lb = look(b), la2 = look(a2), lb2 = look(b2), length = (uint32_t)length_class(i - p->from);
    uint32_t left = (uint32_t)length_class(p->stretch.n - i);
    Filling f = {doubt, (uint32_t)kind * 0x01000193u, 0};
    doubt->n = 0;
    doubt->rule = kind == KIND_STOP;
    doubt->is_bare = kind <= KIND_SIGN;
    add(&f, 0, 0);
    add(&f, la, lb);
    add(&f, a->word, a->tail);
    add(&f, b->word, b->shape | b->head << 5);
    add(&f, a->shape, b->shape);
    add(&f, la2, la << 13 | b->shape);
    add(&f, la, lb << 13 | b2->shape);
    add(&f, a->word, lb);
    add(&f, b->word, la);
    add(&f, look(a3) << 13 | la2, la);
    add(&f, lb << 13 | lb2, look(b3));
    add(&f, length, b->shape);
    add(&f, begin->word, length);
    add(&f, left, a->shape);
    add(&f, (uint32_t)length_class(p->to_stop[i]), length);
    add(&f, quote_state(p), (uint32_t)(b->head << 4 | a->tail));
    add(&f, (uint32_t)length_class(p->n_odd) << 8 | (p->to_stop[p->stretch.n - 1] == 0), length);
    add(&f, (uint32_t)p->bustle[i] << 8 | p->bustle[i > 8 ? i - 8 : 0], 0);
    add(&f, a2->word, a->shape);
    add(&f, b2->word, b->shape);
    add(&f, a->word, b->word);
    add(&f, a2->word, a->word);
    add(&f, b->word, b2->word);
    add(&f, look(begin), length << 5 | b->shape);
    add(&f, (uint32_t)abbr, lb);
    add(&f, look(begin) == lb, (uint32_t)was_begin(p, b->word) << 1 | (begin->word == b->word));
    add(&f, la2 << 13 | la, lb << 13 | lb2);
    add(&f, p->bustle[i], la);
    uint32_t ca = a->class, ca2 = a2->class, cb = b->class, cb2 = b2->class, cb3 = b3->class;
    uint32_t ahead = (uint32_t)(is_verb(b) + is_verb(b2) + is_verb(b3));
    uint32_t caps = (uint32_t)(a->shape == SHAPE_TITLE) << 1 | (b->shape == SHAPE_TITLE);
    add(&f, ca << 5 | cb, caps << 4 | a->tail);
    add(&f, ca2 << 10 | ca << 5 | cb, caps << 4 | a->tail);
    add(&f, ca << 10 | cb << 5 | cb2, caps << 4 | a->tail);
    add(&f, cb << 10 | cb2 << 5 | cb3, caps);
    add(&f, cb << 5 | cb2, la);
    add(&f, ca2 << 5 | ca, lb);
    add(&f, ahead << 4 | (uint32_t)(p->n_verbs > 3 ? 3 : p->n_verbs), length << 5 | cb);
    add(&f, (uint32_t)(p->n_verbs > 3 ? 3 : p->n_verbs) << 8 | cb, caps << 4 | a->tail);
}

/* "Envoy Says He Will Meet The Council In Velm": a line of its own whose Words Begin So, without a stop inside, a date or an address. */
static bool is_headline(const Stretches *p)
{
    enum { SHORTEST = 4, LONGEST = 30 };
    int32_t n = p->stretch.n, titled = 0;
    if (n < SHORTEST || n > LONGEST || p->n_odd) return false;
    for (int32_t i = 0; i < n; i++) {
        const Stretch *s = &p->stretch.v[i];
        titled += s->shape == SHAPE_TITLE || s->shape == SHAPE_UPPER;
        if (i < n - 1 && s->stop >= 0) return false;
    }
    return titled * 4 >= n * 3;
}

/* Where no stop stands: what must not be torn whatever the scorer says of it, for the news is full of it. */
static bool holds_together(const Stretches *p, int32_t i, Kind kind)
{
    const Stretch *a = &p->stretch.v[i - 1], *b = &p->stretch.v[i];
    bool is_small = b->shape == SHAPE_LOWER && b->head == SIGN_NONE;
    if (kind != KIND_CLOSED && is_headline(p)) return true;
    switch (kind) {
    case KIND_PLAIN: case KIND_COMMA: return is_small || (a->shape == SHAPE_UPPER && b->shape == SHAPE_UPPER);
    case KIND_CLOSED: return a->shape == SHAPE_UPPER && b->shape == SHAPE_UPPER;
    case KIND_COLON:                                     /* "Ms. Ode: We …", "he replied: We …", "thrice: twice …" */
        if (p->from == 0 && i <= LABEL_MAX && a->shape == SHAPE_TITLE) return true;
        return is_small || word_says(str_sub(p->text, a->begin, a->end - 1));
    default:                                             /* "<NKB.T> rose", but "<ana@pier.example> I …" */
        return a->tail == SIGN_ANGLE && !is_odd(a) && p->text.p[a->end - 1] == '>' && p->text.p[a->end - 2] != '>';
    }
}

Gap row_gap(const Stretches *p, int32_t i, Doubt *doubt)
{
    const Stretch *a = &p->stretch.v[i - 1], *b = &p->stretch.v[i];
    Verdict verdict = {0};
    Kind kind = kind_of(a);
    if (ask_rules(p, i, &verdict)) {
        if (verdict.is_sure) return verdict.ends ? GAP_YES : GAP_NO;
        kind = b->is_glued ? KIND_GLUED : verdict.ends ? KIND_STOP : KIND_NO_STOP;
    } else if (b->is_glued) return GAP_NO;
    else if (holds_together(p, i, kind)) return GAP_NO;
    fill(p, i, kind, verdict.abbr, doubt);
    return GAP_DOUBT;
}
