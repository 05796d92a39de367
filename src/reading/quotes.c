/* Quotes: who is said to have said what stands between quotation marks.
**
** "The port will reopen," Minister Ito told reporters. "Soon."
**  out: source = Minister Ito, cue = told, content = The port will reopen + Soon., speaker = Ito
**
** A quotation is a statement only where a cue stands by it: behind it ("…," Ito said · "…," said Ito · "…," according
** to Ito), before it (Ito said: "…" · Ito said the plan was "dead"), or both around it. It continues the statement
** before it where nothing but that statement's cue stands between, and a paragraph that is all quotation continues the
** one that ended with its speaker's words. Everything else between marks is a title, a name for something, or somebody
** else's word: it gives no statement. In a transcript each turn is a statement, its colon the cue.
**
** A wrong attribution costs its reader dearly, so every doubt is settled by leaving the speaker, or the statement, out.
** Always: every statement has a cue; content, cue and source lie in the body and do not overlap. Cost: bounded walks
** (REACH words) to both sides of each quotation. Pronouns get no speaker here: carry.c settles the plain ones.
*/
#include "reading/inside.h"

enum {
    REACH = 40,                                /* words from a quotation to its cue */
    TAIL = 14,                                 /* words that may follow a cue before the statement goes on */
    CONTINUED_MAX = 12                         /* pieces of one statement; a longer chain is a new matter */
};
typedef struct {
    Cue cue;
    Source source;
    bool is_direct, is_certain;                /* the quotation is the clause itself; nothing else could claim it */
} Claim;
typedef struct {
    Arena *a;
    Record *r;
    Words w;
    Names names;
    Quotations q;
    const Turns *turns;
    int32_t first_turn;                        /* the statement of the first turn; the others follow it */
    /* The statement before: its index, the word behind its cue or content, its paragraph. */
    int32_t last, last_end, last_para;
    Cue last_cue;
} Quoter;

static const Claim no_claim = {.cue = {CUE_NONE, CUE_PAST, 0, 0}};

static Str inner_of(const Quoter *u, const Quotation *q)
{
    return span_str(u->r->text, q->pieces.v[q->pieces.n - 1]);
}

/* Does the quotation end as one does whose sentence goes on: with a comma, or ! ? and dashes? */
static bool ends_open(Str inner)
{
    while (inner.n && (inner.p[inner.n - 1] == '\'' || str_ends(inner, S("’"))))
        inner.n -= inner.p[inner.n - 1] == '\'' ? 1 : 3;
    if (inner.n == 0) return false;
    char c = inner.p[inner.n - 1];
    return c == ',' || c == '?' || c == '!' || c == '-' || str_ends(inner, S("—")) || str_ends(inner, S("–")) ||
           str_ends(inner, S("…")) || str_ends(inner, S("..."));
}

static bool starts_upper(Str inner)
{
    ptrdiff_t i = 0;
    if (inner.n && (inner.p[0] == '[' || inner.p[0] == '\'')) i = 1;
    while (str_starts(str_sub(inner, i, inner.n), S("…")) || str_starts(str_sub(inner, i, inner.n), S("‘"))) i += 3;
    while (i < inner.n && (inner.p[i] == '.' || inner.p[i] == ' ')) i++;
    return i < inner.n && utf8_is_upper(utf8_next(inner, &i));
}

static Span paragraph_of(const Quoter *u, int32_t p) { return u->r->paragraphs.v[p]; }

/* The words of the quotation's surroundings: [low, from) before it and [to, high) behind it, in its own paragraphs. */
typedef struct { int32_t low, from, to, high; } Around;

static bool ends_in_colon(Str paragraph)
{
    Str s = str_trim(paragraph);
    return s.n > 0 && s.p[s.n - 1] == ':';
}

static Around around(const Quoter *u, int32_t qi)
{
    const Quotation *q = &u->q.v[qi];
    int32_t begin = paragraph_of(u, q->para_first).begin, end = paragraph_of(u, q->para_last).end;
    int32_t p = q->para_first - 1;             /* "Ito said:" may be the end of the paragraph before */
    while (p >= 0 && q->opens_paragraph && span_in_furniture(u->r, paragraph_of(u, p))) p--;
    if (p >= 0 && q->opens_paragraph && ends_in_colon(span_str(u->r->text, paragraph_of(u, p))))
        begin = paragraph_of(u, p).begin;
    if (qi > 0 && u->q.v[qi - 1].outer.end > begin) begin = u->q.v[qi - 1].outer.end;
    if (qi + 1 < u->q.n && u->q.v[qi + 1].outer.begin < end) end = u->q.v[qi + 1].outer.begin;
    Around x = {words_at(&u->w, begin), words_at(&u->w, q->outer.begin), words_at(&u->w, q->outer.end),
                words_at(&u->w, end)};
    while (x.to < x.high && u->w.v[x.to].span.begin < q->outer.end) x.to++;
    while (x.from > x.low && u->w.v[x.from - 1].span.end > q->outer.begin) x.from--;
    return x;
}

/* ---- behind the quotation ----------------------------------------------------------------------------------- */

static bool is_finite(const Cue *c) { return c->kind != CUE_NONE && c->form != CUE_ING; }

static Claim according_behind(const Quoter *u, Around x, int32_t i)
{
    const Words *w = &u->w;
    if (!word_is(w, i, "according") || !word_is(w, i + 1, "to")) return no_claim;
    Source s = source_right(w, i + 2, x.high);
    if (s.from >= s.to) return no_claim;
    return (Claim){{CUE_SAY, CUE_PRESENT, i, i + 2}, s, true, true};
}

/* `," as stated by Ito` */
static Claim stated_by(const Quoter *u, Around x, int32_t i)
{
    const Words *w = &u->w;
    if (!word_is(w, i, "as")) return no_claim;
    int32_t k = is_adverb(w, i + 1) ? i + 2 : i + 1;
    Cue c = cue_at(w, k);
    if ((c.kind != CUE_SAY && c.kind != CUE_UTTER && c.kind != CUE_AS) || c.form != CUE_PAST || !word_is(w, c.to, "by"))
        return no_claim;
    Source s = source_right(w, c.to + 1, x.high);
    if (s.from >= s.to) return no_claim;
    return (Claim){c, s, true, true};
}

/* `," said Ito` */
static Claim inverted_behind(const Quoter *u, Around x, int32_t i)
{
    const Words *w = &u->w;
    if (is_adverb(w, i)) i++;
    Cue c = cue_at(w, i);
    if (!is_finite(&c) || (c.kind != CUE_SAY && c.kind != CUE_UTTER) || c.to >= x.high ||
        !words_same_sentence(w, c.to - 1, c.to))
        return no_claim;
    int32_t n = c.to;
    bool nominal = (word_has(w, n, WORD_CAP) && weekday_of(w, n) < 0) || grammar_has(w, n, IS_DET) ||
                   (word_has(w, n, WORD_LETTER) && !grammar_of(w, n) && !is_adverb(w, n));
    if (word_in(w, n, "|he|she|they|we|it|")) nominal = true;
    if (!nominal || word_in(w, n, "|that|this|these|those|")) return no_claim;
    Source s = source_right(w, n, x.high);
    if (s.from >= s.to) return no_claim;
    return (Claim){c, s, true, true};
}

/* "Ito said yes": what was said stands behind the cue, so the quotation before it is something else. */
static bool has_object(const Words *w, const Cue *c)
{
    if (!word_in(w, c->from, "|said|says|say|")) return false;
    int32_t n = c->to;
    if (!words_same_sentence(w, c->from, n) || word_has(w, n, WORD_PUNCT) || weekday_of(w, n) >= 0) return false;
    if (word_in(w, n, "|that|yes|no|he|she|they|it|we|there|")) return true;
    if (word_in(w, n, "|the|a|an|this|that|his|her|their|its|"))
        return !word_in(w, n + 1, "|week|month|year|day|morning|evening|time|same|next|following|previous|");
    return false;
}

/* Everything between the mark and the cue is one noun phrase, prepositions and all: "a clerk in the harbour office". */
static Source whole_phrase(const Words *w, int32_t from, int32_t to)
{
    Source none = {to, to, false};
    if (to - from > TAIL || !(word_has(w, from, WORD_CAP) || grammar_has(w, from, IS_DET))) return none;
    for (int32_t i = from; i < to; i++) {
        uint32_t g = grammar_of(w, i);
        if (word_has(w, i, WORD_PUNCT) && !word_has(w, i, WORD_GLUED)) return none;
        if (word_in(w, i, "|,|;|:|\"|") || (g & (IS_AUX | IS_MODAL | IS_PRON | IS_CONJ)) || weekday_of(w, i) >= 0)
            return none;
        if ((g & (IS_SUB | IS_PAST)) && !(g & IS_PREP)) return none;
        if (!g && !word_has(w, i, WORD_CAP) && i > from && str_ends(word_str(w, i), S("ed"))) return none;
    }
    return (Source){from, to, false};
}

/* `," Ito said`: the phrase must reach from the mark to the cue, with nothing else between. */
static Claim plain_behind(const Quoter *u, Around x, int32_t i)
{
    const Words *w = &u->w;
    for (int32_t k = i; k < x.high && k - i < REACH; k++) {
        bool abbreviation = word_has(w, k, WORD_GLUED) && word_has(w, k + 1, WORD_GLUED) && word_in(w, k + 1, "|)|,|");
        if ((word_has(w, k, WORD_STOP) && !abbreviation) || word_in(w, k, "|;|:|")) return no_claim;
        Cue c = cue_at(w, k);
        if (!is_finite(&c) || (c.kind != CUE_SAY && c.kind != CUE_UTTER && c.kind != CUE_TELL)) continue;
        if (c.form == CUE_BASE && !word_in(w, k - 1, "|they|we|i|you|did|does|do|") &&
            !str_ends(word_str(w, k - 1), S("s")))
            continue;
        bool asserted;
        int32_t end = cue_subject_end(w, k, &asserted);
        if (!asserted || end <= i || word_is(w, c.to, ":")) return no_claim;
        if (has_object(w, &c)) return no_claim;
        Source s = source_left(w, end, i);
        if (s.from >= s.to || s.from != i) s = whole_phrase(w, i, end);
        if (s.from >= s.to) return no_claim;
        return (Claim){c, s, true, true};
    }
    return no_claim;
}

static bool cue_stands_before(const Words *w, Around x)
{
    return x.from > x.low && cue_at(w, x.from - 1).kind != CUE_NONE;
}

/* A short quotation in mid-sentence whose longer words all begin with a capital: the title of a work or programme. */
static bool is_title_of_work(const Quoter *u, const Quotation *q, Around x)
{
    const Words *w = &u->w;
    if (q->n_words > 8 || x.from == x.low || word_has(w, x.from - 1, WORD_STOP) || word_in(w, x.from - 1, "|:|,|"))
        return false;
    if (word_in(w, x.from - 1, "|titled|entitled|headlined|named|")) return true;
    int32_t longer = 0, capital = 0;
    for (int32_t i = x.from; i < x.to; i++) {
        if (!word_has(w, i, WORD_LETTER) || grammar_of(w, i)) continue;
        longer++;
        capital += word_has(w, i, WORD_CAP);
    }
    return longer > 0 && capital == longer && !cue_stands_before(w, x);
}

/* “We sail.” ― Ana Ito: a signed quotation; the dash is its cue. */
static Claim signed_behind(const Quoter *u, const Quotation *q, Around x)
{
    const Words *w = &u->w;
    int32_t first = 0, i = x.to;
    if (!q->opens_paragraph || !word_in(w, i, "|―|—|–|-|--|") || i + 1 >= x.high || q->n_words < 4) return no_claim;
    if (names_in(w, &u->names, i + 1, x.high, &first) < 1) return no_claim;
    const NameAt *name = &u->names.v[first];
    int32_t end = words_at(w, paragraph_of(u, q->para_last).end);
    bool whole =
        name->span.begin == w->v[i + 1].span.begin && end <= x.high && w->v[end - 1].span.end <= name->span.end + 1;
    if (!whole || u->r->entities.v[name->entity].type != ENTITY_PER) return no_claim;
    int32_t to = words_at(w, name->span.end);
    return (Claim){{CUE_SAY, CUE_PRESENT, i, i + 1}, {i + 1, to, false}, true, true};
}

static Claim claim_behind(const Quoter *u, const Quotation *q, Around x)
{
    const Words *w = &u->w;
    int32_t i = x.to;
    if (i >= x.high) return no_claim;
    bool comma = word_in(w, i, "|,|-|–|—|--|");
    if (comma) i++;
    if (i >= x.high) return no_claim;
    Str inner = inner_of(u, q);
    if (is_title_of_work(u, q, x)) return no_claim;
    bool open = comma || ends_open(inner), full = str_ends(inner, S("."));
    if (!open && word_has(w, i, WORD_FIRST | WORD_CAP) && full) {
        return no_claim;                       /* `"We sail." Ito said …`: a new sentence */
    }
    Claim c = according_behind(u, x, i);
    if (c.cue.kind == CUE_NONE) c = signed_behind(u, q, x);
    if (c.cue.kind == CUE_NONE) c = stated_by(u, x, i);
    if (c.cue.kind == CUE_NONE) c = inverted_behind(u, x, i);
    if (c.cue.kind == CUE_NONE && open) c = plain_behind(u, x, i);
    return c;
}

/* ---- before the quotation ----------------------------------------------------------------------------------- */

static int32_t clause_begin(const Quoter *u, Around x)
{
    const Words *w = &u->w;
    int32_t k = x.from;
    while (k > x.low && x.from - k < REACH) {
        if (word_has(w, k - 1, WORD_STOP)) break;
        if (k < x.from && !words_same_sentence(w, k - 1, k)) break;
        k--;
    }
    return k;
}

/* Between a cue and its quotation: may the words belong to the cue (hearer, day, place), or does a new clause begin? */
static bool stays_with_cue(const Words *w, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++) {
        if (word_in(w, i, "|while|although|though|but|whereas|which|who|;|")) return false;
        if (word_is(w, i, ",") &&
            word_in(w, i + 1, "|and|but|while|as|after|although|though|which|who|whose|a|an|the|"))
            return false;
        if (word_in(w, i, "|not|n't|never|nor|neither|nothing|")) return false;
    }
    return true;
}

/* "the “open port” plan": marks around a modifier are somebody's name for something, not an utterance. */
static bool is_label(const Quoter *u, const Quotation *q, Around x)
{
    const Words *w = &u->w;
    if (q->n_words > 4) return false;
    if (word_in(w, x.from - 1, "|so-called|called|named|titled|entitled|dubbed|word|words|term|phrase|slogan|"))
        return !word_is(w, x.from - 1, "called");
    bool noun_behind = word_has(w, x.to, WORD_LETTER) && !grammar_of(w, x.to) && !is_adverb(w, x.to) && x.to < x.high;
    if (noun_behind && words_same_sentence(w, x.from, x.to)) return true;
    if (q->n_words <= 2 && word_in(w, x.from - 1, "|the|this|that|these|those|its|their|his|her|our|'s|’s|"))
        return true;
    return (grammar_has(w, x.from - 1, IS_DET) || word_is(w, x.from - 1, "'s") || word_is(w, x.from - 1, "’s")) &&
           starts_upper(inner_of(u, q));
}

/* The subject of a participle ("Ito left, saying …"): the sentence's own, where it opens the sentence alone. */
static Source subject_of_sentence(const Quoter *u, int32_t begin, int32_t cue)
{
    const Words *w = &u->w;
    Source none = {cue, cue, false};
    int32_t first = 0, persons = 0, n = names_in(w, &u->names, begin, cue, &first);
    for (int32_t i = 0; i < n; i++) persons += u->r->entities.v[u->names.v[first + i].entity].type == ENTITY_PER;
    for (int32_t i = begin; i < cue; i++)
        if (word_in(w, i, "|who|which|while|as|after|when|because|that|but|where|if|before|by|") ||
            (word_is(w, i, "and") && grammar_has(w, i + 1, IS_PRON | IS_DET))) return none;
    if (persons > 1) return none;
    if (word_in(w, begin, "|he|she|they|it|we|i|")) return (Source){begin, begin + 1, false};
    if (n == 0 || (persons == 1 && u->r->entities.v[u->names.v[first].entity].type != ENTITY_PER && n > 1)) return none;
    const NameAt *name = &u->names.v[first];
    int32_t end = words_at(w, name->span.end);
    while (end < w->n && w->v[end].span.begin < name->span.end) end++;
    Source s = source_left(w, end, begin);
    if (s.from != begin || s.to != end || word_in(w, end, "|'s|’s|'|’|") || (n > 1 && persons == 0)) return none;
    return s;
}

static bool fits_kind(const Quoter *u, const Quotation *q, Around x, const Cue *c)
{
    const Words *w = &u->w;
    if (c->kind == CUE_AS)
        return word_is(w, x.from - 1, "as") || (word_in(w, x.from - 1, "|a|an|the|") && word_is(w, x.from - 2, "as"));
    if (c->kind == CUE_OF)
        return word_is(w, x.from - 1, "of") || (grammar_has(w, x.from - 1, IS_DET) && word_is(w, x.from - 2, "of"));
    if (c->kind == CUE_CALL) { /* it needs its object between cue and quotation, or the quotation is a name */
        if (word_is(w, c->to, "for") || word_is(w, c->to, "on") || word_is(w, c->to, "off")) return false;
        if (word_in(w, x.from - 1, "|by|in|on|at|for|with|to|from|about|")) return false;
        return x.from > c->to && x.from - c->to <= 12;
    }
    (void)q;
    return true;
}

/* Nothing but a hearer, a day or a place stands between: "told reporters in Strelsau on Friday: “…”". */
static bool is_adjacent(const Quoter *u, const Quotation *q, Around x, const Cue *c)
{
    const Words *w = &u->w;
    if (x.from == c->to)
        return (c->kind == CUE_SAY || c->kind == CUE_UTTER) && starts_upper(span_str(u->r->text, q->pieces.v[0]));
    if (word_is(w, x.from - 1, ":")) return true;
    if (c->kind == CUE_UTTER && x.from - 1 != c->to) return false;
    if (!word_in(w, x.from - 1, "|,|-|–|—|--|")) return false;
    for (int32_t i = c->to; i < x.from - 1; i++) {
        if (grammar_has(w, i, IS_AUX | IS_MODAL | IS_SUB) && !grammar_has(w, i, IS_PREP)) return false;
        if (word_in(w, i, "|,|that|")) return false;
    }
    return starts_upper(span_str(u->r->text, q->pieces.v[0]));
}

static Claim claim_before(const Quoter *u, const Quotation *q, Around x)
{
    const Words *w = &u->w;
    int32_t begin = clause_begin(u, x);
    if (begin < x.from && word_in(w, begin, "|according|") && word_is(w, begin + 1, "to")) {
        Source s = source_right(w, begin + 2, x.from);
        bool close = s.from < s.to && stays_with_cue(w, s.to + 1, x.from) && !is_label(u, q, x);
        for (int32_t i = s.to; i < x.from && close; i++) close = cue_at(w, i).kind == CUE_NONE;
        if (!close) return no_claim;
        return (Claim){{CUE_SAY, CUE_PRESENT, begin, begin + 2}, s, x.from - s.to <= 1, true};
    }
    for (int32_t k = x.from - 1; k >= begin; k--) {
        Cue c = cue_at(w, k);
        if (c.kind == CUE_NONE || c.to > x.from) continue;
        if (c.form == CUE_BASE && grammar_has(w, k - 1, IS_MODAL) ) return no_claim;
        bool asserted;
        int32_t end = cue_subject_end(w, k, &asserted);
        if (!asserted || word_is(w, end - 1, "to") || (c.form == CUE_BASE && word_is(w, k - 1, "to"))) return no_claim;
        if (!fits_kind(u, q, x, &c)) return no_claim;
        bool direct = is_adjacent(u, q, x, &c);
        if (!direct && c.kind == CUE_UTTER && !word_in(w, c.to, "|that|to|")) return no_claim;
        if (!direct && (!stays_with_cue(w, c.to, x.from) || is_label(u, q, x))) return no_claim;
        if (word_in(w, begin, "|if|whether|unless|should|")) return no_claim;
        Source s = c.form == CUE_ING ? subject_of_sentence(u, begin, k) : source_left(w, end, begin);
        if (c.form != CUE_ING && s.from >= s.to && word_is(w, end - 1, "and")) s = subject_of_sentence(u, begin, k);
        if (c.form != CUE_ING && s.from >= s.to && !direct) return no_claim;
        return (Claim){c, s, direct, c.kind == CUE_CALL || c.kind == CUE_AS || c.kind == CUE_OF || direct};
    }
    return no_claim;
}

/* ---- statements --------------------------------------------------------------------------------------------- */

static Span words_span(const Words *w, int32_t from, int32_t to)
{
    return (Span){w->v[from].span.begin, w->v[to - 1].span.end};
}

static void add_content(Quoter *u, Statement *st, const Quotation *q)
{
    for (int32_t i = 0; i < q->pieces.n; i++) {
        Span s = q->pieces.v[i];
        while (s.end > s.begin + 1 && u->r->text.p[s.end - 1] == ',') s.end--;
        *push(u->a, &st->content) = s;
    }
}

/* The day on which it was said: a full date beside a past cue, outside of all quotations. */
static Str time_beside(const Quoter *u, const Claim *c)
{
    const Words *w = &u->w;
    if (c->cue.form != CUE_PAST) return (Str){0};
    int32_t low = c->cue.from - TAIL, high = c->cue.to + TAIL;
    if (low < 0) low = 0;
    if (high > w->n) high = w->n;
    while (low < c->cue.from && !words_same_sentence(w, low, c->cue.from)) low++;
    while (high > c->cue.to && !words_same_sentence(w, high - 1, c->cue.from)) high--;
    int32_t lo = 0, hi = u->r->times.n, begin = w->v[low].span.begin, end = w->v[high - 1].span.end;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (u->r->times.v[mid].span.begin < begin) lo = mid + 1;
        else hi = mid;
    }
    Str found = {0};
    for (; lo < u->r->times.n && u->r->times.v[lo].span.end <= end; lo++) {
        const Time *t = &u->r->times.v[lo];
        Date day;
        if (t->type != TIME_DATE || t->doubt || t->value.n != 10 || !date_parse(t->value, &day)) continue;
        int32_t a = 0, b = u->q.n;             /* inside a quotation it is the speaker's own date */
        while (a < b) {
            int32_t mid = a + (b - a) / 2;
            if (u->q.v[mid].outer.end <= t->span.begin) a = mid + 1;
            else b = mid;
        }
        if (a < u->q.n && u->q.v[a].outer.begin < t->span.end) continue;
        if (found.n && !str_eq(found, t->value)) return (Str){0};
        found = t->value;
    }
    return found;
}

static int32_t turn_around(const Quoter *u, int32_t byte)
{
    int32_t lo = 0, hi = u->turns->n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        const Turn *t = &u->turns->v[mid];
        if (t->content.v[t->content.n - 1].end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo < u->turns->n && u->turns->v[lo].cue.end <= byte ? u->first_turn + lo : NONE;
}

static void put_statement(Quoter *u, const Quotation *q, const Claim *c, Around x)
{
    const Words *w = &u->w;
    Statement *st = record_add_statement(u->a, u->r);
    *push(u->a, &st->cue) = words_span(w, c->cue.from, c->cue.to);
    if (c->source.from < c->source.to) *push(u->a, &st->source) = words_span(w, c->source.from, c->source.to);
    add_content(u, st, q);
    bool opens = x.from == x.low || word_has(w, x.from - 1, WORD_STOP) || word_is(w, x.from - 1, ":");
    st->speaker = source_speaker(w, u->r, &u->names, c->source);
    st->sourcing = source_sourcing(w, u->r, &u->names, c->source, st->speaker);
    st->form = c->cue.from < x.from ? (c->is_direct ? FORM_DIRECT : FORM_MIXED)
               : opens || starts_upper(span_str(u->r->text, q->pieces.v[0])) ? FORM_DIRECT : FORM_MIXED;
    st->class = st->sourcing == SOURCING_DOCUMENT ? CLASS_DOCUMENT : CLASS_SPEECH;
    st->time = time_beside(u, c);
    st->by = S("quotes/1");
    st->inside = turn_around(u, q->outer.begin);
    u->last = u->r->statements.n - 1;
    u->last_cue = c->cue;
    u->last_para = q->para_last;
    u->last_end = c->source.to > c->cue.to && c->source.from < c->source.to ? c->source.to : c->cue.to;
    if (x.to > u->last_end) u->last_end = x.to;
}

/* Words between a statement and a quotation that may continue it: no other person, at most one stop. */
static bool is_quiet_gap(const Quoter *u, int32_t from, int32_t to)
{
    const Words *w = &u->w;
    int32_t stops = 0, first = 0;
    if (to < from) return false;
    if (to - from > TAIL) return false;
    for (int32_t i = from; i < to; i++) {
        stops += word_has(w, i, WORD_STOP);
        if (stops && word_has(w, i, WORD_LETTER)) return false;
        if (cue_at(w, i).kind != CUE_NONE) return false;
        if (word_in(w, i, "|but|while|although|whereas|")) return false;
    }
    int32_t n = names_in(w, &u->names, from, to, &first);
    for (int32_t i = 0; i < n; i++)
        if (u->r->entities.v[u->names.v[first + i].entity].type == ENTITY_PER) return false;
    return true;
}

/* Does the quotation go on with the statement before it? */
static bool continues(const Quoter *u, const Quotation *q, Around x)
{
    const Words *w = &u->w;
    if (u->last < 0 || u->r->statements.v[u->last].content.n + q->pieces.n > CONTINUED_MAX) return false;
    if (q->para_first == u->last_para) {
        if (x.from < u->last_end || !is_quiet_gap(u, u->last_end, x.from)) return false;
        bool fresh = x.from > 0 && (word_has(w, x.from - 1, WORD_STOP) || word_in(w, x.from - 1, "|,|:|-|–|—|--|;|"));
        return fresh && q->n_words >= 2 &&
               (starts_upper(span_str(u->r->text, q->pieces.v[0])) || word_in(w, x.from - 1, "|,|-|–|—|--|"));
    }
    if (!q->opens_paragraph || !q->ends_paragraph || q->n_words < 5) return false;
    int32_t p = q->para_first - 1;             /* the statement must stand at the end of the paragraph just before */
    while (p > u->last_para && span_in_furniture(u->r, paragraph_of(u, p))) p--;
    if (p != u->last_para || u->r->statements.v[u->last].form != FORM_DIRECT) return false;
    return is_quiet_gap(u, u->last_end, words_at(w, paragraph_of(u, p).end));
}

static void read_quotation(Quoter *u, int32_t qi)
{
    const Quotation *q = &u->q.v[qi];
    Around x = around(u, qi);
    Claim before = claim_before(u, q, x), behind = claim_behind(u, q, x);
    bool used = before.cue.kind != CUE_NONE && u->last >= 0 && before.cue.from == u->last_cue.from;
    if (used) before = no_claim;
    if (before.cue.kind != CUE_NONE && behind.cue.kind != CUE_NONE && !before.is_certain) return;
    if (before.cue.kind != CUE_NONE) put_statement(u, q, &before, x);
    else if (behind.cue.kind != CUE_NONE) put_statement(u, q, &behind, x);
    else if (continues(u, q, x)) {
        add_content(u, &u->r->statements.v[u->last], q);
        u->last_para = q->para_last;
        u->last_end = x.to;
    } else if (q->n_words >= 5) {
        u->last = -1;                          /* somebody else's words: the chain is broken */
    }
}

static void put_turns(Quoter *u)
{
    for (int32_t i = 0; i < u->turns->n; i++) {
        const Turn *t = &u->turns->v[i];
        Statement *st = record_add_statement(u->a, u->r);
        if (t->name.begin != t->cue.begin) *push(u->a, &st->source) = t->name;
        *push(u->a, &st->cue) = t->cue;
        for (int32_t k = 0; k < t->content.n; k++) *push(u->a, &st->content) = t->content.v[k];
        int32_t from = words_at(&u->w, t->name.begin), to = from;
        while (to < u->w.n && u->w.v[to].span.end <= t->name.end) to++;
        if (!t->is_question && from < to)
            st->speaker = source_speaker(&u->w, u->r, &u->names, (Source){from, to, false});
        st->sourcing = st->speaker >= 0 ? SOURCING_NAMED : t->is_question ? SOURCING_UNNAMED : SOURCING_UNKNOWN;
        st->form = FORM_DIRECT;
        st->class = CLASS_SPEECH;
        st->by = S("quotes/1");
    }
}

void reading_quotes(Arena *a, Record *r)
{
    Turns turns = turns_find(a, r);
    Quoter u = {.a = a, .r = r, .w = words_of(a, r), .names = names_by_place(a, r), .q = quotations_find(a, r),
                .turns = &turns, .first_turn = r->statements.n, .last = NONE, .last_para = NONE};
    put_turns(&u);
    for (int32_t i = 0; i < u.q.n; i++) read_quotation(&u, i);
    statements_carry(a, r, &u.w, &u.names, &u.q);
}
