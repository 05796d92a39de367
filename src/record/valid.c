/* Valid: what always holds of a record, whoever filled it.
**
** A stage with a fault, a ledger that was edited by hand, a record from somebody else's program: all are met here,
** before anything is concluded from them. The first part that does not hold is named in a sentence, "statement 3:
** content [40, 900) ends after the text (880 bytes)", and whoever fed JSON reads it in code points.
**
** Of every field, by its kind (fields.c): spans lie in the text, begin before they end, and cut no character in two;
** indices point at something; enums are of their list; numbers are in their range or NAN; dates are ISO; strings are
** UTF-8 without zero characters. Beyond that:
**   - published_range only where published_how is inferred, the earlier end first;
**   - boilerplate and sentences are in order and do not overlap; so are the spans of one source, cue or content;
**   - tokens are in order within their sentence, and their heads are other tokens of it;
**   - a statement has content or a cue. A cue may be missing: a quotation that stands alone, a speech given whole;
**   - `inside` and `after` lead to an end within NEST_MAX steps, so that whoever follows them comes home;
**   - no event precedes itself.
**
** Cost: one pass over the parts, no memory. Left to others: whether any of it is true.
*/
#include "record/inside.h"
#include <math.h>
#include <string.h>

/* Quotations in quotations and fallbacks of fallbacks: real ones stay below 6. Walking this far from each part finds
** every circle without memory and in linear time. */
enum { NEST_MAX = 64 };

typedef struct { const Record *r; const Place *place; Err *e; } Check;

Str record_quote(Str s)
{
    ptrdiff_t n = s.n < 60 ? s.n : 60;
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    return str_sub(s, 0, n);
}

/* ---- spans ---------------------------------------------------------------------------------------------- */

static CpSpan shown(const Check *c, Span s) { return c->place ? place_span(c->place, s) : (CpSpan){s.begin, s.end}; }

static bool refuse(const Check *c, Str key, Span s, const char *why)
{
    return fail(c->e, ERR_INPUT, "%.*s [%d, %d) %s", STR(key), (int)s.begin, (int)s.end, why);
}

static bool cuts_character(Str text, int32_t at)
{
    return at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;
}

static bool span_valid(const Check *c, Str key, Span s)
{
    Str text = c->r->text;
    if (s.begin == NONE && s.end == NONE) return fail(c->e, ERR_INPUT, "%.*s was never set", STR(key));
    if (s.begin < 0) return refuse(c, key, s, "begins before the text");
    if (s.end < s.begin) return refuse(c, key, s, "ends before it begins");
    if (s.end > text.n)
        return fail(c->e, ERR_INPUT, "%.*s [%d, %d) ends after the text (%td bytes)", STR(key), (int)s.begin,
                    (int)s.end, text.n);
    if (cuts_character(text, s.begin)) return refuse(c, key, s, "begins inside a character");
    if (cuts_character(text, s.end)) return refuse(c, key, s, "ends inside a character");
    return true;
}

static bool in_order(const Check *c, Str key, int32_t i, Span before, Span s)
{
    if (before.end <= s.begin) return true;
    CpSpan one = shown(c, before), two = shown(c, s);
    return fail(c->e, ERR_INPUT, "%.*s %d [%d, %d) begins before %d [%d, %d) has ended", STR(key), (int)i,
                (int)two.begin, (int)two.end, (int)i - 1, (int)one.begin, (int)one.end);
}

static bool spans_valid(const Check *c, Str key, const Spans *spans)
{
    for (int32_t i = 0; i < spans->n; i++) {
        if (!span_valid(c, key, spans->v[i])) return false;
        if (i > 0 && !in_order(c, key, i, spans->v[i - 1], spans->v[i])) return false;
    }
    return true;
}

/* ---- fields --------------------------------------------------------------------------------------------- */

static bool str_valid(const Check *c, Str key, Str s)
{
    if (s.n == 0) return true;
    ptrdiff_t bad = utf8_bad(s);
    if (bad >= 0) return fail(c->e, ERR_INPUT, "%.*s is not UTF-8 at byte %td", STR(key), bad);
    const char *zero = memchr(s.p, 0, (size_t)s.n);
    return !zero || fail(c->e, ERR_INPUT, "%.*s holds a zero character at byte %td", STR(key), zero - s.p);
}

static bool text_valid(const Check *c, Str text)
{
    if (text.n > RECORD_TEXT_MAX)
        return fail(c->e, ERR_LIMIT, "text is %td bytes, at most %d are read; cut it in parts", text.n,
                    RECORD_TEXT_MAX);
    return str_valid(c, S("text"), text);
}

static bool when_valid(const Check *c, Str key, Str s)
{
    return s.n == 0 || when_holds(s) ||
           fail(c->e, ERR_INPUT, "%.*s '%.*s' is no date (as 2025-03-18, 2025-03 or 2025-W12)", STR(key),
                STR(record_quote(s)));
}

static bool published_valid(const Check *c, Str s)
{
    char iso[WHEN_MAX];
    return s.n == 0 || (when_normal(s, iso) && str_eq(str_of(iso), s)) ||
           fail(c->e, ERR_INPUT, "published '%.*s' is no date (as 2025-03-18 or 2025-03-18T09:30)",
                STR(record_quote(s)));
}

static bool range_valid(const Check *c, Str key, const Str *range)
{
    Date first, last;
    if (!when_valid(c, key, range[0]) || !when_valid(c, key, range[1])) return false;
    if (!date_parse(range[0], &first) || !date_parse(range[1], &last)) return true;
    if (!date_is_valid(first) || !date_is_valid(last) || date_days(first) <= date_days(last)) return true;
    return fail(c->e, ERR_INPUT, "%.*s [%.*s, %.*s] ends before it begins", STR(key), STR(range[0]), STR(range[1]));
}

static bool whole_valid(const Check *c, Str key, int64_t v, int64_t least, int64_t most)
{
    return (v >= least && v <= most) || fail(c->e, ERR_INPUT, "%.*s is %lld, out of its range %lld to %lld", STR(key),
                                             (long long)v, (long long)least, (long long)most);
}

static bool number_valid(const Check *c, const Field *f, double v)
{
    return isnan(v) || (isfinite(v) && v >= f->least && v <= f->most) ||
           fail(c->e, ERR_INPUT, "%.*s is %g, out of its range %g to %g", STR(f->key), v, f->least, f->most);
}

static bool index_valid(const Check *c, const Field *f, int32_t v, int32_t least)
{
    int32_t n = record_list(c->r, f->into)->n;
    return (v >= least && v < n) || fail(c->e, ERR_INPUT, "%.*s points at %s %d, and there are %d", STR(f->key),
                                         record_list_names[f->into], (int)v, (int)n);
}

static bool part_valid(const Check *c, const Part *part, const void *at);

static bool field_list_valid(const Check *c, const Field *f, const AnySlice *list)
{
    for (int32_t i = 0; i < list->n; i++) {
        bool holds = true;
        switch (f->kind) {
        case FIELD_STRS: holds = str_valid(c, f->key, ((const Str *)list->v)[i]); break;
        case FIELD_INDICES: holds = index_valid(c, f, ((const int32_t *)list->v)[i], 0); break;
        default:
            holds = part_valid(c, f->part, list->v + (ptrdiff_t)i * f->part->size) ||
                    err_while(c->e, "%.*s %d", STR(f->part->name), (int)i);
        }
        if (!holds) return false;
    }
    return true;
}

static bool field_valid(const Check *c, const Field *f, const void *v)
{
    const int32_t *whole = v;
    switch (f->kind) {
    case FIELD_TEXT: return text_valid(c, *(const Str *)v);
    case FIELD_ID: case FIELD_STR: return str_valid(c, f->key, *(const Str *)v);
    case FIELD_PUBLISHED: return published_valid(c, *(const Str *)v);
    case FIELD_WHEN: return when_valid(c, f->key, *(const Str *)v);
    case FIELD_RANGE: return range_valid(c, f->key, v);
    case FIELD_COUNT:
        if (whole[0] >= 0 && whole[1] >= 0 && whole[0] > whole[1])
            return fail(c->e, ERR_INPUT, "%.*s [%d, %d]: the least is more than the most", STR(f->key), (int)whole[0],
                        (int)whole[1]);
        return whole_valid(c, f->key, whole[0], -1, INT32_MAX) && whole_valid(c, f->key, whole[1], -1, INT32_MAX);
    case FIELD_ENUM: return whole_valid(c, f->key, *whole, 0, f->names->n - 1);
    case FIELD_INT: return whole_valid(c, f->key, *whole, (int64_t)f->least, (int64_t)f->most);
    case FIELD_NATURAL: return whole_valid(c, f->key, *whole, -1, INT32_MAX);
    case FIELD_NUMBER: return number_valid(c, f, *(const double *)v);
    case FIELD_INDEX: case FIELD_JUDGE: return index_valid(c, f, *whole, NONE);
    case FIELD_SPAN: return span_valid(c, f->key, *(const Span *)v);
    case FIELD_SPAN_OR_NULL: return (whole[0] == NONE && whole[1] == NONE) || span_valid(c, f->key, *(const Span *)v);
    case FIELD_SPANS: return spans_valid(c, f->key, v);
    case FIELD_STRS: case FIELD_INDICES: case FIELD_PARTS: return field_list_valid(c, f, v);
    case FIELD_SOURCES: case FIELD_JUDGED: return part_valid(c, f->part, v);
    case FIELD_FORMAT: case FIELD_BOOL: case FIELD_KINDS: break;
    }
    return true;
}

static bool part_valid(const Check *c, const Part *part, const void *at)
{
    for (int32_t i = 0; i < part->n; i++)
        if (!field_valid(c, &part->field[i], field_in(at, &part->field[i]))) return false;
    return true;
}

/* ---- what holds between parts --------------------------------------------------------------------------- */

static bool head_valid(const Check *c)
{
    const Record *r = c->r;
    if (r->sha256.n != 0 && r->sha256.n != 64)
        return fail(c->e, ERR_INPUT, "sha256 is %td characters, not 64", r->sha256.n);
    for (ptrdiff_t i = 0; i < r->sha256.n; i++)
        if (!((r->sha256.p[i] >= '0' && r->sha256.p[i] <= '9') || (r->sha256.p[i] >= 'a' && r->sha256.p[i] <= 'f')))
            return fail(c->e, ERR_INPUT, "sha256 is not written in the digits 0-9 and a-f");
    bool has_range = r->published_range[0].n > 0 || r->published_range[1].n > 0;
    if (has_range && r->published_how != PUBLISHED_INFERRED)
        return fail(c->e, ERR_INPUT, "published_range is given, but published_how is not inferred");
    for (int32_t i = 1; i < r->boilerplate.n; i++)
        if (!in_order(c, S("boilerplate"), i, r->boilerplate.v[i - 1].span, r->boilerplate.v[i].span)) return false;
    return true;
}

/* [first, end): the tokens of one sentence, which stand together. */
static bool sentence_tokens_valid(const Check *c, int32_t first, int32_t end)
{
    const Tokens *tokens = &c->r->tokens;
    for (int32_t i = first; i < end; i++) {
        const Token *t = &tokens->v[i];
        Span s = c->r->sentences.v[t->sent];
        if (t->span.begin < s.begin || t->span.end > s.end)
            return fail(c->e, ERR_INPUT, "token %d lies outside its sentence %d", (int)i, (int)t->sent);
        if (i > first && t->span.begin < t[-1].span.begin)
            return fail(c->e, ERR_INPUT, "token %d begins before token %d", (int)i, (int)i - 1);
        if (t->head > end - first)
            return fail(c->e, ERR_INPUT, "token %d has head %d, and its sentence has %d tokens", (int)i, (int)t->head,
                        (int)(end - first));
        if (t->head == i - first + 1) return fail(c->e, ERR_INPUT, "token %d is its own head", (int)i);
    }
    return true;
}

static bool tokens_valid(const Check *c)
{
    const Tokens *tokens = &c->r->tokens;
    for (int32_t i = 0, next; i < tokens->n; i = next) {
        int32_t sent = tokens->v[i].sent;
        if (sent < 0 || sent >= c->r->sentences.n)
            return fail(c->e, ERR_INPUT, "token %d is of sentence %d, and there are %d", (int)i, (int)sent,
                        (int)c->r->sentences.n);
        if (i > 0 && sent < tokens->v[i - 1].sent)
            return fail(c->e, ERR_INPUT, "token %d is of sentence %d, after one of sentence %d", (int)i, (int)sent,
                        (int)tokens->v[i - 1].sent);
        for (next = i; next < tokens->n && tokens->v[next].sent == sent; next++) {}
        if (!sentence_tokens_valid(c, i, next)) return false;
    }
    return true;
}

static int32_t step(const Record *r, int32_t list, int32_t i)
{
    return list == INTO_STATEMENTS ? r->statements.v[i].inside : r->expectations.v[i].after;
}

static bool nest_valid(const Check *c, int32_t list, int32_t i)
{
    int32_t at = step(c->r, list, i);
    for (int depth = 0; at != NONE; depth++, at = step(c->r, list, at)) {
        const char *name = record_list_names[list], *key = list == INTO_STATEMENTS ? "inside" : "after";
        if (at == i) return fail(c->e, ERR_INPUT, "%s %d: %s leads in a circle back to it", name, (int)i, key);
        if (depth == NEST_MAX)
            return fail(c->e, ERR_INPUT, "%s %d: %s leads on for more than %d steps", name, (int)i, key, NEST_MAX);
    }
    return true;
}

static bool statement_valid(const Check *c, int32_t i)
{
    const Statement *s = &c->r->statements.v[i];
    if (s->cue.n == 0 && s->content.n == 0)
        return fail(c->e, ERR_INPUT, "statement %d: it has neither content nor cue", (int)i);
    if (s->has_sources && s->sources.same_as == i)
        return fail(c->e, ERR_INPUT, "statement %d: same_as points at itself", (int)i);
    if (s->judged == JUDGED_UNKNOWN && (s->judged_by != NONE || span_is(s->judged_span)))
        return fail(c->e, ERR_INPUT, "statement %d: judged has 'by' or 'span', but no 'how'", (int)i);
    if (s->judged_by == i) return fail(c->e, ERR_INPUT, "statement %d: it is judged by itself", (int)i);
    return nest_valid(c, INTO_STATEMENTS, i);
}

static bool event_valid(const Check *c, int32_t i)
{
    const Event *event = &c->r->events.v[i];
    for (int32_t k = 0; k < event->before.n + event->after.n; k++)
        if ((k < event->before.n ? event->before.v[k] : event->after.v[k - event->before.n]) == i)
            return fail(c->e, ERR_INPUT, "event %d: it precedes or follows itself", (int)i);
    for (ptrdiff_t k = 0; k < event->cameo.n; k++)
        if (event->cameo.p[k] < '0' || event->cameo.p[k] > '9' || event->cameo.n > 4)
            return fail(c->e, ERR_INPUT, "event %d: cameo '%.*s' is not two to four digits", (int)i,
                        STR(record_quote(event->cameo)));
    return true;
}

bool record_valid_in(const Record *r, const Place *place, Err *e)
{
    Check c = {r, place, e};
    if (!part_valid(&c, &part_record, r) || !head_valid(&c) || !tokens_valid(&c)) return false;
    for (int32_t i = 0; i < r->statements.n; i++)
        if (!statement_valid(&c, i)) return false;
    for (int32_t i = 0; i < r->events.n; i++)
        if (!event_valid(&c, i)) return false;
    for (int32_t i = 0; i < r->expectations.n; i++)
        if (!nest_valid(&c, INTO_EXPECTATIONS, i)) return false;
    return true;
}

bool record_valid(const Record *r, Err *e) { return record_valid_in(r, NULL, e); }
