/* Stops: whether one ends a sentence, by the conventions of Universal Dependencies English.
**
** "Mr. Arno left at 5 a.m. The U.S. President stayed. 'Will it hold?' Brandt asked."
**  ends behind "a.m.", "stayed." and "asked."
**
** Only a stop (. ! ? … and their like in other scripts) is spoken of here, with the quotes and brackets that close
** behind it and the note marks "[1]" that follow. Whether a full stop ends anything depends on the word before it
** (abbreviations.tab, initials, list marks) and on what comes after it: a lower-case letter, a figure, or a word that
** likes to open sentences. News that a machine translated often lacks the blank behind a stop ("comments.He added");
** that is an end as well, unless it looks like an address.
**
** Always: what the rules are sure of (a title before its name, a plain word before a capital) nobody overrules; the
** rest they answer as well as they can, and gap.c asks further.
** Cost: each stop looks at most STOP_REACH bytes back and a word or four ahead.
*/
#include "text/inside.h"

enum { STOP_REACH = 48 };  /* bytes looked back for the word before a stop: longer ones are no abbreviations */

/* Bytes that a stop can begin with. */
static const uint8_t may_stop[256] = {
    ['.'] = 1, ['!'] = 1, ['?'] = 1, [0xE2] = 1, [0xE3] = 1, [0xD8] = 1, [0xDB] = 1, [0xE0] = 1, [0xEF] = 1};

static Stop stop_at(const char *p, ptrdiff_t left, int *size)
{
    *size = 1;
    if (*p == '.') return STOP_FULL;
    if (*p == '!' || *p == '?') return STOP_LOUD;
    if (!may_stop[(unsigned char)*p]) return STOP_NONE;
    switch (char_decode(p, left, size)) {
    case 0x2026: return STOP_DOTS;
    case 0x203C: case 0x2047: case 0x2048: case 0x2049: case 0x61F: return STOP_LOUD;
    case 0x6D4: case 0x964: case 0x965: return STOP_FULL;
    case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF61: return STOP_WIDE;
    default: return STOP_NONE;
    }
}

/* A run of stops with its surroundings. */
typedef struct {
    Str text;                                            /* ends where the piece ends */
    ptrdiff_t begin;                                     /* of the sentence */
    ptrdiff_t stop, after, next;                         /* as StopRun's */
    Stop kind;
    bool is_closed, is_quoted;
} StopPlace;

/* " [12]" behind a stop: a note mark belongs to the sentence that it notes. */
static ptrdiff_t skip_note_marks(Str text, ptrdiff_t i)
{
    for (int n = 0; n < NOTES_MAX; n++) {
        ptrdiff_t at = i < text.n && text.p[i] == ' ' ? i + 1 : i, digits = at + 1;
        if (at >= text.n || text.p[at] != '[') return i;
        while (digits < text.n && digits < at + 5 && ascii_is_digit(text.p[digits])) digits++;
        if (digits == at + 1 || digits >= text.n || text.p[digits] != ']') return i;
        i = digits + 1;
    }
    return i;
}

bool stop_begins(char c) { return may_stop[(unsigned char)c]; }

bool stop_run(Str t, ptrdiff_t i, StopRun *run)
{
    int size, dots = 0;
    *run = (StopRun){.stop = i, .kind = stop_at(t.p + i, t.n - i, &size)};
    if (run->kind == STOP_NONE) return false;
    for (Stop s; i < t.n && (s = stop_at(t.p + i, t.n - i, &size)); i += size) {
        dots += s == STOP_FULL;
        if (s == STOP_WIDE || (s == STOP_LOUD && run->kind != STOP_WIDE) || (s == STOP_DOTS && run->kind == STOP_FULL))
            run->kind = s;
    }
    if (run->kind == STOP_FULL && dots > 1) run->kind = STOP_DOTS;
    for (int closer; i < t.n && (closer = char_closer(t.p + i, t.n - i)); i += closer) {
        run->is_closed = true;
        if (t.p[i] != ')' && t.p[i] != ']' && t.p[i] != '}') run->is_quoted = true;
    }
    run->body = i;
    run->after = skip_note_marks(t, i);
    run->next = char_skip_blanks(t, run->after, t.n);
    return true;
}

/* The written word before the stop, without opening quotes and brackets: "U.S" of "(U.S." */
static Str word_before(const StopPlace *p)
{
    ptrdiff_t i = p->stop, floor = p->stop - STOP_REACH > p->begin ? p->stop - STOP_REACH : p->begin;
    while (i > floor) {
        unsigned char c = (unsigned char)p->text.p[i - 1];
        if (c >= CHAR_IS_ASCII) {                        /* a wide blank or quote ends the word, a letter does not */
            ptrdiff_t lead = i - 1;
            while (lead > floor && ((unsigned char)p->text.p[lead] & 0xC0) == 0x80) lead--;
            int size;
            CharClass class = char_at(p->text.p + lead, i - lead, &size);
            if (class == CHAR_SPACE || class == CHAR_SIGN) break;
            i = lead;
        } else if (char_ascii[c] == CHAR_SPACE || c == '(' || c == '[' || c == '"' || c == '\'' || c == '/') break;
        else i--;
    }
    return str_sub(p->text, i, p->stop);
}

static Str word_from(Str text, ptrdiff_t i)
{
    ptrdiff_t end = i;
    int size;
    while (end < text.n && end < i + STOP_REACH) {
        CharClass class = char_at(text.p + end, text.n - end, &size);
        if (class != CHAR_LETTER && class != CHAR_DIGIT &&
            !(class == CHAR_SIGN && char_apostrophe(text.p + end, text.n - end) && end > i))
            break;
        end += size;
    }
    return str_sub(text, i, end < text.n ? end : text.n);
}

/* "U.S", "p.m", "Ph.D": short runs of letters with stops between. */
static bool has_inner_stops(Str word)
{
    int run = 0, stops = 0;
    for (ptrdiff_t i = 0; i < word.n; i++) {
        if (word.p[i] == '.') {
            if (run == 0) return false;
            run = 0;
            stops++;
        } else if (ascii_is_alpha(word.p[i]) && ++run <= 3) continue;
        else return false;
    }
    return stops > 0 && run > 0;
}

static bool is_list_mark(const StopPlace *p, Str word)
{
    if (word.p != p->text.p + p->begin || word.n == 0 || word.n > 4) return false;
    bool digits = true, roman = true;
    for (ptrdiff_t i = 0; i < word.n; i++) {
        digits &= ascii_is_digit(word.p[i]) || word.p[i] == '.';
        roman &= str_find(S("ivxIVX"), str_sub(word, i, i + 1)) >= 0;
    }
    return digits || roman || (word.n == 1 && ascii_is_alpha(word.p[0]));
}

static bool is_roman(Str word)
{
    for (ptrdiff_t i = 0; i < word.n; i++)
        if (str_find(S("IVXLC"), str_sub(word, i, i + 1)) < 0) return false;
    return word.n > 0;
}

static bool all_digits(Str word)
{
    for (ptrdiff_t i = 0; i < word.n; i++)
        if (!ascii_is_digit(word.p[i])) return false;
    return word.n > 0;
}

/* mark: a comma or the like, which closes nothing */
typedef enum { NEXT_UPPER, NEXT_LOWER, NEXT_DIGIT, NEXT_MARK, NEXT_OTHER } Next;

/* What the following text begins with, behind its opening quotes. */
static Next next_kind(const StopPlace *p, ptrdiff_t *word_at)
{
    Str t = p->text;
    ptrdiff_t i = p->next;
    for (int opener, k = 0; k < 3 && i < t.n && (opener = char_opener(t.p + i, t.n - i)); k++) i += opener;
    *word_at = i;
    if (i >= t.n) return NEXT_OTHER;
    if (i == p->next && str_find(S(",;:)]}"), str_sub(t, i, i + 1)) >= 0) return NEXT_MARK;
    if (ascii_is_digit(t.p[i])) return NEXT_DIGIT;
    if (char_is_lower_at(t, i)) return NEXT_LOWER;
    int size;
    return char_at(t.p + i, t.n - i, &size) == CHAR_LETTER ? NEXT_UPPER : NEXT_OTHER;
}

/* "comments.He added": no blank, but a word that ends in lower case and one that begins in upper case. */
static bool is_end_without_blank(const StopPlace *p)
{
    Str t = p->text, before = word_before(p), after = word_from(t, p->next);
    bool short_word = str_eq(after, S("I")) || str_eq(after, S("A"));
    if (before.n < 2 || p->kind == STOP_DOTS || !char_is_upper_at(t, p->next)) return false;
    if (!short_word && !char_is_lower_at(after, 1)) return false;
    ptrdiff_t dot = str_find(before, S("."));
    if (dot >= 0 || str_find(before, S("/")) >= 0 || str_find(before, S("@")) >= 0) return false;
    if (!p->is_closed && !char_is_lower_at(before, before.n - 1)) return false;
    Str whole = str_sub(t, before.p - t.p, after.p + after.n - t.p);
    Str with_stop = str_sub(t, before.p - t.p, p->stop + 1);
    return !word_is_domain(whole) && word_abbreviation(with_stop) == ABBR_NONE;
}

/* '"Will it hold?" Ms. Arno asked': a name and a verb of saying carry the sentence on. */
static bool goes_on_saying(const StopPlace *p, ptrdiff_t at)
{
    for (int n = 0; n < 5 && at < p->text.n; n++) {
        Str word = word_from(p->text, at);
        if (word.n == 0 || (n == 0 && word_starts_sentence(word))) return false;
        if (n > 0 && word_says(word)) return true;
        if (!char_is_upper_at(word, 0)) return false;
        at = word.p + word.n - p->text.p;
        if (at < p->text.n && p->text.p[at] == '.') at++;
        at = char_skip_blanks(p->text, at, p->text.n);
    }
    return false;
}

static Verdict full_stop(const StopPlace *p, Next next, ptrdiff_t word_at)
{
    Str before = word_before(p), after = word_from(p->text, word_at);
    Abbr abbr = word_abbreviation(str_sub(p->text, before.p - p->text.p, p->stop + 1));
    bool is_initial = before.n == 1 && ascii_is_upper(before.p[0]);
    if (is_list_mark(p, before)) return (Verdict){.ends = false, .abbr = ABBR_NUMBER};
    if (p->is_closed && abbr != ABBR_NONE && next == NEXT_LOWER) return (Verdict){.is_sure = true, .abbr = abbr};
    if (before.n == 0 || p->is_closed) return (Verdict){.ends = next != NEXT_LOWER || before.n == 0};
    if (abbr == ABBR_NONE && (is_initial || has_inner_stops(before))) abbr = ABBR_END;
    bool ends = true;
    switch (abbr) {
    case ABBR_NONE: {
        bool is_plain = before.n > 1 && char_is_lower_at(before, before.n - 1);
        is_plain &= next == NEXT_UPPER && word_at == p->next;
        return (Verdict){.ends = next != NEXT_LOWER || !all_digits(before), .is_sure = is_plain};
    }
    case ABBR_TITLE: case ABBR_INNER: return (Verdict){.ends = false, .is_sure = next != NEXT_OTHER, .abbr = abbr};
    case ABBR_NUMBER:
        ends = next != NEXT_DIGIT && !is_roman(after);
        return (Verdict){.ends = ends, .is_sure = !ends, .abbr = abbr};
    case ABBR_MONTH: case ABBR_END:
        if (next == NEXT_LOWER || next == NEXT_DIGIT) ends = false;
        else if (word_at > p->next) ends = !is_initial || word_starts_sentence(after);
        else ends = next == NEXT_OTHER || word_starts_sentence(after);
    }
    return (Verdict){.ends = ends, .abbr = abbr};
}

Verdict stop_verdict(Str text, ptrdiff_t begin, const StopRun *run)
{
    StopPlace p = {text, begin, run->stop, run->after, run->next, run->kind, run->is_closed, run->is_quoted};
    if (p.next >= text.n || p.kind == STOP_WIDE) return (Verdict){.ends = true, .is_sure = true};
    if (p.next == p.after) {
        bool ends = is_end_without_blank(&p);
        return (Verdict){.ends = ends, .is_sure = ends};
    }
    ptrdiff_t word_at;
    Next next = next_kind(&p, &word_at);
    if (next == NEXT_MARK) return (Verdict){.is_sure = true};
    if (next == NEXT_LOWER && p.is_closed && !p.is_quoted) return (Verdict){.is_sure = true};  /* "(40 pages.) is" */
    bool is_foreign = p.kind != STOP_DOTS && (unsigned char)text.p[p.stop] >= CHAR_IS_ASCII;
    switch (p.kind) {
    case STOP_FULL: return full_stop(&p, next, word_at);
    case STOP_DOTS:
        if (next == NEXT_LOWER && word_before(&p).n == 0) return (Verdict){.is_sure = true};           /* "a … but" */
        return (Verdict){.ends = next != NEXT_LOWER && next != NEXT_OTHER};
    case STOP_LOUD:
        if (next == NEXT_LOWER) return (Verdict){.ends = !p.is_closed && word_at == p.next};
        if (p.is_quoted && next == NEXT_UPPER && goes_on_saying(&p, word_at)) return (Verdict){.is_sure = true};
        return (Verdict){.ends = true, .is_sure = is_foreign};
    default: return (Verdict){.ends = true};
    }
}
