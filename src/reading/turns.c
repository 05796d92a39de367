/* Turns: who speaks in a transcript.
**
** MR. ITO:  The port is closed.
** Q   Until when?
**  out: two turns; the first by "MR. ITO" with the colon as its cue, the second by "Q"
**
** A line that begins with a name in capitals and a colon opens a turn, and so does "Q". One such line proves nothing
** ("UPDATE:"), so the text must have four of them and one name or "Q" twice. Names in ordinary
** spelling open turns where two of them begin two lines each ("Photo:" alone, however often, is no speaker) and the
** first of these stands in the first half of the text (a report that ends in notes on two teams is no talk). A turn
** lasts until the next one, or until a line "END".
**
** Always: content lies in the body, parted where furniture stands. Cost: one pass over the lines.
*/
#include "reading/inside.h"

#include <string.h>

enum { HEAD_MAX = 48, TURNS_MIN = 4 };         /* bytes of a name; lines */
typedef struct { Span name, cue; bool is_upper, is_question; } Head;

static bool is_upper_letter(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower_letter(char c) { return c >= 'a' && c <= 'z'; }

/* "Q Thank you", "Q: Thank you", "Q. Thank you" */
static bool question_head(Str t, int32_t i, Head *h)
{
    if (t.p[i] != 'Q' || i + 2 >= t.n) return false;
    char c = t.p[i + 1];
    bool blank = c == ' ' || c == '\t' || str_starts(str_sub(t, i + 1, t.n), S("\xC2\xA0"));
    if (!blank && c != ':' && c != '.') return false;
    if (c == '.' && t.p[i + 2] != ' ') return false;
    h->name = (Span){i, i + 1};
    h->cue = blank ? h->name : (Span){i + 1, i + 2};
    h->is_question = h->is_upper = true;
    return true;
}

/* "QUESTION:", "Reporter:": a role of the room, and nobody's name. */
static bool is_anybody(Str name)
{
    static const char *const roles[] = {"question", "questioner", "reporter", "journalist", "interviewer", "moderator",
                                        "host", "speaker", "audience", "participant", "answer", "a", "unidentified"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_eq_fold(name, str_of(roles[i]))) return true;
    return false;
}

/* One to five words that each begin with a capital, then a colon and a blank. */
static bool name_head(Str t, int32_t i, Head *h)
{
    int32_t words = 1, lower = 0, upper = 0, k = i;
    for (; k < t.n && k - i < HEAD_MAX && t.p[k] != ':'; k++) {
        char c = t.p[k];
        if (c == '\n') return false;
        bool opens = k == i || t.p[k - 1] == ' ';
        if (opens && !is_upper_letter(c) && (unsigned char)c < 0xC3) return false;
        words += c == ' ';
        lower += is_lower_letter(c);
        upper += is_upper_letter(c);
        if (!is_upper_letter(c) && !is_lower_letter(c) && c != ' ' && c != '.' && c != '\'' && c != '-' &&
            (unsigned char)c < 0x80)
            return false;
    }
    if (k >= t.n || k - i >= HEAD_MAX || k == i || words > 5 || upper < 2 - (lower > 0) || t.p[k - 1] == ' ')
        return false;
    if (k + 1 < t.n && t.p[k + 1] != ' ' && t.p[k + 1] != '\n' && t.p[k + 1] != '\t' &&
        (unsigned char)t.p[k + 1] < 0x80)
        return false;
    h->name = (Span){i, k};
    h->cue = (Span){k, k + 1};
    h->is_upper = lower == 0 || (lower == 1 && upper > 3);          /* "McITO" */
    h->is_question = is_anybody((Str){t.p + i, k - i});
    return true;
}

static bool is_end_line(Str t, int32_t i)
{
    if (!str_starts(str_sub(t, i, t.n), S("END"))) return false;
    return i + 3 >= t.n || t.p[i + 3] == '\n' || t.p[i + 3] == ' ' || t.p[i + 3] == '\r';
}

static void add_content(Arena *a, const Record *r, Turn *turn, int32_t begin, int32_t end)
{
    Str t = r->text;
    while (begin < end) {
        int32_t lo = 0, hi = r->boilerplate.n;
        while (lo < hi) {
            int32_t mid = lo + (hi - lo) / 2;
            if (r->boilerplate.v[mid].span.end <= begin) lo = mid + 1;
            else hi = mid;
        }
        bool cut = lo < r->boilerplate.n && r->boilerplate.v[lo].span.begin < end;
        int32_t b = begin, e = cut ? r->boilerplate.v[lo].span.begin : end;
        while (b < e && (t.p[b] == ' ' || t.p[b] == '\n' || t.p[b] == '\t' || t.p[b] == '\r')) b++;
        while (b + 1 < e && str_starts(str_sub(t, b, e), S("\xC2\xA0"))) b += 2;
        while (e > b && (t.p[e - 1] == ' ' || t.p[e - 1] == '\n' || t.p[e - 1] == '\t' || t.p[e - 1] == '\r')) e--;
        if (e > b) *push(a, &turn->content) = (Span){b, e};
        begin = cut ? r->boilerplate.v[lo].span.end : end;
    }
}

Turns turns_find(Arena *a, const Record *r)
{
    Turns turns = {0};
    SLICE(Head) heads = {0};
    SLICE(int32_t) ends = {0};
    Map count = {.to = a};
    Str t = r->text;
    int32_t n_upper = 0, most = 0, n_spelt = 0;        /* n_spelt: names in ordinary spelling that open two lines */
    for (int32_t i = 0; i < t.n; i++) {
        if (i > 0 && t.p[i - 1] != '\n') {
            const char *end = memchr(t.p + i, '\n', (size_t)(t.n - i));
            if (!end) break;
            i = (int32_t)(end - t.p);
            continue;
        }
        Head h;
        if (is_end_line(t, i)) *push(a, &ends) = i;
        if (!question_head(t, i, &h) && !name_head(t, i, &h)) continue;
        if (span_in_furniture(r, h.name)) continue;
        *push(a, &heads) = h;
        int32_t *n = map_at(&count, span_str(t, h.name));
        *n = *n < 0 ? 1 : *n + 1;
        if (!h.is_upper) n_spelt += *n == 2;
        if (!h.is_upper) continue;
        n_upper++;
        if (*n > most) most = *n;
    }
    bool is_transcript = n_upper >= TURNS_MIN && most >= 2;
    int32_t end_at = 0, kept = 0, first_spelt = (int32_t)t.n;
    for (int32_t i = heads.n - 1; i >= 0; i--)
        if (!heads.v[i].is_upper && map_get(&count, span_str(t, heads.v[i].name)) >= 2) first_spelt = heads.v[i].name.begin;
    bool is_talk = n_spelt >= 2 && first_spelt <= t.n / 2;
    for (int32_t i = 0; i < heads.n; i++) {
        int32_t n = map_get(&count, span_str(t, heads.v[i].name));
        if (heads.v[i].is_upper ? is_transcript : is_talk && n >= 2) heads.v[kept++] = heads.v[i];
    }
    for (int32_t i = 0; i < kept; i++) {
        const Head *h = &heads.v[i];
        int32_t end = i + 1 < kept ? heads.v[i + 1].name.begin : (int32_t)t.n;
        while (end_at < ends.n && ends.v[end_at] < h->cue.end) end_at++;
        if (end_at < ends.n && ends.v[end_at] < end) end = ends.v[end_at];
        Turn turn = {.name = h->name, .cue = h->cue, .is_question = h->is_question};
        add_content(a, r, &turn, h->cue.end, end);
        if (turn.content.n) *push(a, &turns) = turn;
    }
    return turns;
}
