/* Cutting: the text as time expressions see it.
**
** "the mid-1990s, at 10:35 a.m. on 5-7 May"
**  out: the · mid · - · 1990s · , · at · 10:35 · a.m. · on · 5 · - · 7 · May
**
** The tokens of the record follow Universal Dependencies, where "mid-1990s" is one word and "late-May" three; here every
** hyphen parts, a number is one piece with its commas, and each piece knows its token, if the record has tokens for it.
** Cut are the sentences of the body and, of the furniture, what stands at the head of an article: its title, its date line,
** its byline and its dateline. Those have no tokens.
**
** Always: pieces are in order, do not overlap, and none lies in other furniture. Cost: one pass over the bytes.
*/
#include "reading/times.h"

#include <string.h>

typedef struct { Finder *f; Pieces *to; Str text; int32_t end, sent, token; int is; } Cutter;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static char byte_at(const Cutter *c, int32_t i) { return i < c->end ? c->text.p[i] : 0; }

/* Bytes of a dash, blank, quotation mark or fraction in UTF-8 at i; 0 where it is a letter or no such thing. */
static int32_t mark_at(const Cutter *c, int32_t i, PieceClass *class)
{
    unsigned char one = (unsigned char)byte_at(c, i), two = (unsigned char)byte_at(c, i + 1), three = (unsigned char)byte_at(c, i + 2);
    *class = P_MARK;
    if (one == 0xC2) {
        if (two == 0xA0 || two == 0xAD) *class = P_NONE;
        else if (two == 0xBD) *class = P_FRACTION;
        else if (two == 0xA3 || two == 0xA5) *class = P_MONEY;
        return 2;
    }
    if (one == 0xE2 && two == 0x80) {
        if (three <= 0x8B || three == 0xAF) *class = P_NONE;
        else if (three >= 0x90 && three <= 0x95) *class = P_DASH;
        return 3;
    }
    if (one == 0xE2 && two == 0x82) return *class = P_MONEY, 3;
    if (one == 0xE2 || one == 0xEF) return 3;
    return 0;
}

static bool is_apostrophe(const Cutter *c, int32_t i, int32_t *n)
{
    *n = byte_at(c, i) == '\'' ? 1 : 3;
    return byte_at(c, i) == '\'' || (byte_at(c, i) == (char)0xE2 && byte_at(c, i + 1) == (char)0x80 && byte_at(c, i + 2) == (char)0x99);
}

static Piece *put(Cutter *c, int32_t begin, int32_t end, PieceClass class, int32_t value)
{
    const Tokens *t = &c->f->r->tokens;
    Piece *p = push(c->f->a, c->to);
    while (c->token < t->n && t->v[c->token].span.end <= begin) c->token++;
    bool has = c->token < t->n && t->v[c->token].span.begin < end;
    *p = (Piece){begin, end, c->sent, has ? c->token : -1, value, (uint8_t)class, (uint8_t)c->is};
    return p;
}

/* ---- words ---------------------------------------------------------------------------------------------------- */
static int32_t letters_end(const Cutter *c, int32_t i)
{
    for (;;) {
        PieceClass class;
        char at = byte_at(c, i);
        if (is_letter(at) || is_digit(at)) i++;
        else if ((unsigned char)at >= 0xC2 && !mark_at(c, i, &class)) i += (unsigned char)at >= 0xE0 ? 3 : 2;
        else if ((unsigned char)at >= 0x80 && (unsigned char)at < 0xC2) i++;
        else return i < c->end ? i : c->end;
    }
}

static int32_t take_word(Cutter *c, int32_t begin)
{
    int32_t end = letters_end(c, begin), n;
    while (end - begin < 40 && is_apostrophe(c, end, &n) && is_letter(byte_at(c, end + n)) &&
           !(byte_at(c, end + n) == 's' && !is_letter(byte_at(c, end + n + 1))))
        end = letters_end(c, end + n);                   /* don't, o'clock; not the boy's */
    if (end == begin + 1 && byte_at(c, end) == '.' && is_letter(byte_at(c, end + 1)) && !is_letter(byte_at(c, end + 2))) {
        end += 2;                                        /* p.m, B.C; the stop behind it as well */
        if (byte_at(c, end) == '.') end++;
    }
    Piece *p = put(c, begin, end, P_NONE, 0);
    char first = c->text.p[begin], second = byte_at(c, begin + 1);
    if (first >= 'A' && first <= 'Z') p->is |= PIECE_CAP;
    if ((p->is & PIECE_CAP) && second >= 'A' && second <= 'Z') p->is |= PIECE_UPPER;
    int32_t length = end - begin;
    if (length > 3 && c->text.p[end - 1] == '.') length--;
    if (length == 9 && c->text.p[begin + 1] != '\'' && (unsigned char)c->text.p[begin + 1] >= 0x80)
        time_word("o'clock", 7, p), p->class = p->class == P_OCLOCK && c->text.p[end - 1] == 'k' ? P_OCLOCK : P_NONE;
    else time_word(c->text.p + begin, length, p);
    if ((p->class == P_SHORTMONTH || p->class == P_SHORTWEEKDAY) && byte_at(c, end) == '.') {
        p->end = ++end;
        p->is |= PIECE_DOTTED;
    }
    return end;
}

/* ---- numbers --------------------------------------------------------------------------------------------------- */
static int32_t digits_end(const Cutter *c, int32_t i)
{
    while (is_digit(byte_at(c, i))) i++;
    return i;
}

/* At most nine digits, commas left out; -1 beyond. */
static int32_t number_in(const Cutter *c, int32_t begin, int32_t end)
{
    int32_t x = 0, n = 0;
    for (int32_t i = begin; i < end; i++) {
        if (!is_digit(c->text.p[i])) continue;
        if (++n > 9) return -1;
        x = x * 10 + (c->text.p[i] - '0');
    }
    return x;
}

/* "2031-03-18", "18/3/2031", "18.03.31": three numbers with one mark between them. */
static int32_t numeric_end(const Cutter *c, int32_t begin, int32_t one)
{
    char mark = byte_at(c, one);
    if ((mark != '-' && mark != '/' && mark != '.') || one - begin > 4 || one - begin == 3) return 0;
    int32_t two = digits_end(c, one + 1);
    if (two == one + 1 || two - one - 1 > 2 || byte_at(c, two) != mark) return 0;
    int32_t three = digits_end(c, two + 1), n = three - two - 1;
    if (n < 1 || n > 4 || n == 3 || is_letter(byte_at(c, three))) return 0;
    if (byte_at(c, three) == mark && is_digit(byte_at(c, three + 1))) return 0;
    return three;
}

static int32_t thousands_end(const Cutter *c, int32_t end)
{
    while (byte_at(c, end) == ',' && digits_end(c, end + 1) == end + 4) end += 4;
    return end;
}

static int32_t take_decimal(Cutter *c, int32_t begin, int32_t dot)
{
    int32_t end = digits_end(c, dot + 1), whole = number_in(c, begin, dot), part = 0;
    for (int32_t k = 0; k < 3; k++) part = part * 10 + (dot + 1 + k < end ? c->text.p[dot + 1 + k] - '0' : 0);
    bool fits = whole >= 0 && whole < 2000000;
    put(c, begin, end, P_DECIMAL, fits ? whole * 1000 + part : -1);
    return end;
}

static int32_t take_colon(Cutter *c, int32_t begin, int32_t colon)
{
    int32_t end = colon + 3, hour = number_in(c, begin, colon), minute = number_in(c, colon + 1, end);
    if (byte_at(c, end) == ':' && digits_end(c, end + 1) == end + 3) end += 3;
    put(c, begin, end, hour <= 24 && minute < 60 ? P_COLON : P_MARK, hour * 60 + minute);
    return end;
}

/* What letters behind a number make of it: "18th", "1990s", "5pm", "20mm". */
static int32_t take_lettered(Cutter *c, int32_t begin, int32_t end, int32_t value)
{
    int32_t tail = letters_end(c, end), n = end - begin;
    char a = (char)(byte_at(c, end) | 32), b = (char)(byte_at(c, end + 1) | 32);
    if (tail == end + 2 && ((a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') || (a == 't' && b == 'h'))) {
        put(c, begin, tail, P_ORDINALS, value);
        return tail;
    }
    if (tail == end + 1 && a == 's' && value % 10 == 0 && ((n == 4 && value >= 1000 && value < 3000) || (n == 2 && value >= 20))) {
        put(c, begin, tail, P_DECADE, value);
        return tail;
    }
    if (b == 'm' && (a == 'a' || a == 'p') && tail == end + 2 && n <= 2) {
        put(c, begin, end, P_DIGITS, value);
        c->is |= PIECE_GLUED;
        put(c, end, tail, a == 'a' ? P_AM : P_PM, 0);
        return tail;
    }
    put(c, begin, tail, P_NONE, 0);
    return tail;
}

static bool is_fraction(const Cutter *c, int32_t begin, int32_t end, int32_t *thousandths, int32_t *behind)
{
    if (end != begin + 1 || byte_at(c, end) != '/' || !is_digit(byte_at(c, end + 1)) || is_digit(byte_at(c, end + 2))) return false;
    int32_t up = c->text.p[begin] - '0', down = c->text.p[end + 1] - '0';
    if (up < 1 || down < 2 || down > 4 || up >= down) return false;
    *thousandths = 1000 * up / down;
    *behind = end + 2;
    return true;
}

static int32_t take_number(Cutter *c, int32_t begin)
{
    int32_t end = digits_end(c, begin), behind, part;
    if ((behind = numeric_end(c, begin, end)) != 0) {
        put(c, begin, behind, P_NUMERIC, 0);
        return behind;
    }
    char next = byte_at(c, end), after = byte_at(c, end + 1);
    if (next == ':' && end - begin <= 2 && digits_end(c, end + 1) == end + 3) return take_colon(c, begin, end);
    if (next == '.' && is_digit(after)) return take_decimal(c, begin, end);
    if (is_fraction(c, begin, end, &part, &behind)) {
        put(c, begin, behind, P_FRACTION, part);
        return behind;
    }
    if (end - begin <= 3) end = thousands_end(c, end);
    int32_t value = number_in(c, begin, end), n;
    if (is_letter(byte_at(c, end))) return take_lettered(c, begin, end, value);
    if (is_apostrophe(c, end, &n) && byte_at(c, end + n) == 's' && !is_letter(byte_at(c, end + n + 1)) && end - begin == 4 &&
        value % 10 == 0 && value >= 1000 && value < 3000 && c->to->n && piece_is(&(Finder){.text = c->text, .v = c->to->v, .n = c->to->n}, c->to->n - 1, "the")) {
        put(c, begin, end + n + 1, P_DECADE, value);     /* "the 1990's" */
        return end + n + 1;
    }
    put(c, begin, end, end - begin == 4 && value >= 1000 && value < 3000 ? P_YEAR : P_DIGITS, value);
    return end;
}

/* ---- all else --------------------------------------------------------------------------------------------------- */
/* "'90s", "'96", the 's of a genitive, or only a mark. */
static int32_t take_apostrophe(Cutter *c, int32_t begin, int32_t n)
{
    int32_t at = begin + n, end = digits_end(c, at), value = number_in(c, at, end);
    if (end == at + 2 && byte_at(c, end) == 's' && value % 10 == 0 && !is_letter(byte_at(c, end + 1))) {
        put(c, begin, end + 1, P_DECADE, value);
        return end + 1;
    }
    if (end == at + 2 && !is_letter(byte_at(c, end)) && !(c->is & PIECE_GLUED)) {
        put(c, begin, end, P_YEAR, value > 30 ? 1900 + value : 2000 + value);
        return end;
    }
    if (byte_at(c, at) == 's' && !is_letter(byte_at(c, at + 1)) && (c->is & PIECE_GLUED)) {
        put(c, begin, at + 1, P_POSS, 0);
        return at + 1;
    }
    put(c, begin, at, P_MARK, 0);
    return at;
}

static PieceClass class_of_mark(char c)
{
    return c == ',' ? P_COMMA : c == '(' || c == '[' ? P_OPEN : c == ')' || c == ']' ? P_CLOSE : c == '/' ? P_SLASH
         : c == '$' || c == '#' ? P_MONEY : P_MARK;
}

static void cut_span(Cutter *c, Span s, int32_t sent, int is)
{
    int32_t before = -1;
    c->end = s.end;
    c->sent = sent;
    for (int32_t i = s.begin; i < s.end;) {
        PieceClass class = P_MARK;
        char at = c->text.p[i];
        int32_t n;
        if ((unsigned char)at <= ' ') { i++; continue; }
        c->is = is | (before == i ? PIECE_GLUED : 0);
        if (is_letter(at)) i = take_word(c, i);
        else if (is_digit(at)) i = take_number(c, i);
        else if (is_apostrophe(c, i, &n)) i = take_apostrophe(c, i, n);
        else if ((unsigned char)at >= 0x80) {
            if ((n = mark_at(c, i, &class)) == 0) { i = take_word(c, i); }
            else if (class == P_NONE) { i += n; continue; }
            else { put(c, i, i + n < s.end ? i + n : s.end, class, 500); i += n; }
        } else if (at == '-') {
            for (n = 1; byte_at(c, i + n) == '-';) n++;
            put(c, i, i + n, P_DASH, 0);
            i += n;
        } else {
            put(c, i, i + 1, class_of_mark(at), at);
            i++;
        }
        before = i;
    }
}

static bool is_head_matter(BoilerplateReason why)
{
    return why == BOILERPLATE_TITLE || why == BOILERPLATE_DATE || why == BOILERPLATE_ORIGIN || why == BOILERPLATE_BYLINE;
}

void time_cut(Finder *f)
{
    const Record *r = f->r;
    Pieces to = {0};
    Cutter c = {.f = f, .to = &to, .text = r->text};
    int32_t i = 0, k = 0;
    while (i < r->sentences.n || k < r->boilerplate.n) {
        Span s = i < r->sentences.n ? r->sentences.v[i] : (Span){INT32_MAX, INT32_MAX};
        Span b = k < r->boilerplate.n ? r->boilerplate.v[k].span : (Span){INT32_MAX, INT32_MAX};
        if (b.begin < s.end) {
            if (s.begin < b.begin) { /* a sentence that furniture cuts: only what stands before it */
                cut_span(&c, (Span){s.begin, b.begin}, i, 0);
            }
            while (i < r->sentences.n && r->sentences.v[i].end <= b.end) i++;
            if (is_head_matter(r->boilerplate.v[k].reason)) cut_span(&c, b, -2 - k, PIECE_FURNITURE);
            if (i < r->sentences.n && r->sentences.v[i].begin < b.end) {
                Span rest = {b.end, r->sentences.v[i].end};
                if (k + 1 >= r->boilerplate.n || r->boilerplate.v[k + 1].span.begin >= rest.end) cut_span(&c, rest, i, 0);
                i++;
            }
            k++;
        } else {
            cut_span(&c, s, i, 0);
            i++;
        }
    }
    f->v = to.v;
    f->n = to.n;
}
