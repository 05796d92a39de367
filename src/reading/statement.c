/* Statements: who is said to have said, thought, wanted, felt or seen what.
**
** "The port will reopen," Minister Ito told reporters. He fears a strike.
**  in:  tokens with their trees, names, quotations, the entity Ito
**  out: Minister Ito | told | The port will reopen      direct, speech, named, speaker Ito
**       He | fears | a strike                           indirect, feeling
**
** statement_find.c decides what is a statement; here it becomes part of the record. A content that is one whole quotation is
** told without its marks and the comma before the closing one; what holds a mark holds its partner too. A quotation that
** fills the paragraph behind a direct statement goes on with it. In a transcript each turn is a statement, its colon the
** cue, and what is said within a turn points to it with `inside`. Without trees, or for a language that no model
** knows, only quotations beside a listed cue are claimed (quotes.c).
**
** Always: every statement has a cue and a content; its parts lie in the body and do not overlap. Cost: linear.
*/
#include "reading/statement.h"

#include "stances.h"

#include <math.h>
#include <string.h>

typedef struct {
    Arena *a;
    Record *r;
    const Words *w;
    const Names *names;
    const Tree *t;
    const Turns *turns;
    int32_t first_turn, first;                 /* statements: of the first turn, of the first that was found */
} Teller;

/* ---- spans --------------------------------------------------------------------------------------------------------- */
static bool furniture_between(const Record *r, int32_t begin, int32_t end)
{
    int32_t lo = 0, hi = r->boilerplate.n;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (r->boilerplate.v[mid].span.end <= begin) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->boilerplate.n && r->boilerplate.v[lo].span.begin < end;
}

static Span without_comma(Str text, Span s)
{
    while (s.end > s.begin + 1 && text.p[s.end - 1] == ',') s.end--;
    return s;
}

/* The words' bytes, parted where a paragraph ends or furniture stands between. */
static void put_spans(const Teller *u, Spans *to, int32_t from, int32_t end)
{
    const Node *v = u->t->v;
    int32_t begin = from;
    for (int32_t i = from; i < end; i++) {
        bool ends = i + 1 == end || v[i + 1].para != v[i].para || furniture_between(u->r, v[i].span.end, v[i + 1].span.begin);
        if (!ends) continue;
        Stretch s = i + 1 == end && begin == from ? (Stretch){begin, i + 1} : stretch_trimmed(u->t, (Stretch){begin, i + 1});
        if (s.from >= 0) *push(u->a, to) = without_comma(u->r->text, (Span){v[s.from].span.begin, v[s.to - 1].span.end});
        begin = i + 1;
    }
}

static void put_pieces(const Teller *u, Spans *to, const Quotation *q)
{
    for (int32_t i = 0; i < q->pieces.n; i++) *push(u->a, to) = without_comma(u->r->text, q->pieces.v[i]);
}

/* The words of a quotation, from the first of its first piece to the last of its last. */
static Stretch words_of_quotation(const Tree *t, int32_t q, int32_t near)
{
    Stretch s = {near, near + 1};
    int32_t begin = t->q->v[q].outer.begin, end = t->q->v[q].outer.end;
    while (s.from > 0 && t->v[s.from - 1].span.begin >= begin) s.from--;
    while (s.to < t->n && t->v[s.to].span.end <= end) s.to++;
    while (s.from < s.to && node_is(t, s.from, NODE_MARK)) s.from++;
    while (s.to > s.from && node_is(t, s.to - 1, NODE_MARK)) s.to--;
    return s;
}

/* Quotations are exact: a stretch that begins as one does and ends within it, or ends as it does and begins within it, is
** all of it. Unless a cue or a source stands in it: then its words are told apart by somebody. */
static Stretch whole_quotation(const Tree *t, const Found *f, Stretch s)
{
    int32_t q = t->v[s.from].quote;
    if (q < 0 || t->v[s.to - 1].quote != q) return s;
    Stretch all = words_of_quotation(t, q, s.from);
    Stretch words = stretch_trimmed(t, all);
    if (s.from > words.from && s.to < words.to) return s;
    if (f->cue.from < all.to && all.from < f->cue.to) return s;
    return f->source.from >= 0 && f->source.from < all.to && all.from < f->source.to ? s : all;
}

/* The stretch that its quotations make whole: an opening mark that it holds needs its closing one, and the other way. */
static Stretch with_marks(const Tree *t, Stretch s)
{
    int32_t a = t->v[s.from].quote, b = t->v[s.to - 1].quote;
    bool opens = node_is(t, s.from, NODE_OPENS), closes = node_is(t, s.to - 1, NODE_CLOSES) ;
    if (!closes && b >= 0)                     /* the quotation's last stop stands between */
        for (int32_t i = s.to; i < t->n && t->v[i].quote == b && node_is(t, i, NODE_PUNCT); i++)
            if (node_is(t, i, NODE_CLOSES)) { s.to = i + 1, closes = true; break; }
    if (closes && (a != b || !opens) && s.to < t->n && t->v[s.to].quote == b && node_is(t, s.to, NODE_MARK)) s.to++;
    if (opens && (a != b || !closes) && s.from > 0 && t->v[s.from - 1].quote == a && node_is(t, s.from - 1, NODE_MARK)) s.from--;
    return s;
}

static bool is_whole_quotation(const Tree *t, Stretch s)
{
    int32_t q = t->v[s.from].quote;
    return q >= 0 && t->v[s.to - 1].quote == q && !node_is(t, s.from, NODE_MARK) && !node_is(t, s.to - 1, NODE_MARK) &&
           node_is(t, s.from, NODE_OPENS) && node_is(t, s.to - 1, NODE_CLOSES);
}

typedef struct { bool any_quoted, any_plain; } Wording;

static void put_content(const Teller *u, Spans *to, const Found *f, Stretch s, Wording *wording)
{
    const Tree *t = u->t;
    if (s.from < 0) return;
    s = with_marks(t, whole_quotation(t, f, s));
    for (int32_t i = s.from; i < s.to; i++) {
        if (node_is(t, i, NODE_PUNCT)) continue;
        if (t->v[i].quote >= 0) wording->any_quoted = true;
        else wording->any_plain = true;
    }
    const Quotation *q = is_whole_quotation(t, s) ? &t->q->v[t->v[s.from].quote] : NULL;
    bool is_all = q && q->pieces.v[0].begin >= t->v[s.from].span.begin && q->pieces.v[q->pieces.n - 1].end <= t->v[s.to - 1].span.end;
    if (is_all) put_pieces(u, to, q);
    else put_spans(u, to, s.from, s.to);
}

/* ---- what kind of statement ------------------------------------------------------------------------------------------ */
static StatementClass class_of(const Teller *u, const Found *f, Sourcing sourcing)
{
    const Token *k = &u->r->tokens.v[u->w->v[f->head].token];
    int32_t at = table_find(stances, k->lemma);
    StatementClass class = CLASS_SPEECH;
    if (at >= 0) statement_class_of(stances_rows[at].class, &class);
    return class == CLASS_SPEECH && sourcing == SOURCING_DOCUMENT ? CLASS_DOCUMENT : class;
}

static bool is_past(const Teller *u, const Found *f)
{
    for (int32_t i = f->cue.from; i < f->cue.to; i++)
        if (str_find(u->r->tokens.v[u->w->v[i].token].feats, S("Tense=Past")) >= 0) return true;
    return false;
}

static bool is_day(Str value)
{
    Date d;
    return value.n == 10 && date_parse(value, &d) && date_is_valid(d);
}

enum { BESIDE = 14 };                          /* words from a cue to the day on which it was said */

/* The day on which it was said: a full date beside a past cue, in its sentence and outside of every content. */
static Str time_beside(const Teller *u, const Found *f)
{
    if (!is_past(u, f)) return (Str){0};
    int32_t low = f->cue.from - BESIDE, high = f->cue.to + BESIDE, from = sent_begin(u->t, f->head), to = sent_end(u->t, f->head);
    if (low < from) low = from;
    if (high > to) high = to;
    int32_t lo = 0, hi = u->r->times.n, begin = u->t->v[low].span.begin, end = u->t->v[high - 1].span.end;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (u->r->times.v[mid].span.begin < begin) lo = mid + 1;
        else hi = mid;
    }
    Str found = {0};
    for (; lo < u->r->times.n && u->r->times.v[lo].span.end <= end; lo++) {
        const Time *time = &u->r->times.v[lo];
        if (time->type != TIME_DATE || time->doubt || !is_day(time->value)) continue;
        int32_t at = words_at(u->w, time->span.begin);
        bool is_said = (f->left.from <= at && at < f->left.to) || (f->right.from <= at && at < f->right.to) || u->t->v[at].quote >= 0;
        if (is_said) continue;
        if (found.n && !str_eq(found, time->value)) return (Str){0};
        found = time->value;
    }
    return found;
}

static int32_t turn_of(const Teller *u, const Found *f)
{
    int32_t turn = u->t->v[f->head].turn;
    return turn >= 0 ? u->first_turn + turn : NONE;
}

/* "Ito and Ruiz said", "both Ito and his aide": several, and no one of them. */
static bool is_joint(const Teller *u, Stretch s)
{
    const Node *v = u->t->v;
    for (int32_t i = s.from; i < s.to; i++) {
        bool is_root = v[i].head < s.from || v[i].head >= s.to;
        if (is_root && i > s.from && v[i].rel == REL_CONJ) return true;
        if (v[i].rel != REL_CONJ || is_root) continue;
        int32_t h = v[i].head;
        if (v[h].head < s.from || v[h].head >= s.to) return true;
    }
    return false;
}

static void put_found(Teller *u, const Found *f)
{
    Statement *st = record_add_statement(u->a, u->r);
    Wording wording = {0};
    put_spans(u, &st->cue, f->cue.from, f->cue.to);
    if (f->source.from >= 0) put_spans(u, &st->source, f->source.from, f->source.to);
    put_content(u, &st->content, f, f->left, &wording);
    put_content(u, &st->content, f, f->right, &wording);
    Stretch who = f->source.from >= 0 ? f->source : f->who;
    Source s = who.from < 0 ? (Source){f->cue.from, f->cue.from, false} : (Source){who.from, who.to, is_joint(u, who)};
    st->speaker = source_speaker(u->w, u->r, u->names, s);
    st->by = S("statements/1");
    Span span = who.from < 0 ? SPAN_NONE : (Span){u->t->v[who.from].span.begin, u->t->v[who.to - 1].span.end};
    if (st->speaker < 0 && span_is(span) && !s.is_joint && (st->speaker = entity_at(u->r, span)) >= 0) st->by = S("statements/1+coref/1");
    s.is_joint = false;
    st->sourcing = source_sourcing(u->w, u->r, u->names, s, st->speaker);
    if (st->speaker >= 0 && st->sourcing == SOURCING_UNKNOWN) st->sourcing = SOURCING_NAMED;
    st->form = !wording.any_quoted ? FORM_INDIRECT : wording.any_plain ? FORM_MIXED : FORM_DIRECT;
    st->class = class_of(u, f, st->sourcing);
    st->time = time_beside(u, f);
    st->inside = f->inside >= 0 ? u->first + f->inside : turn_of(u, f);
    st->p = floor(f->p * 1000 + 0.5) / 1000;
}

/* ---- turns ----------------------------------------------------------------------------------------------------------- */
static void put_turns(Teller *u)
{
    for (int32_t i = 0; i < u->turns->n; i++) {
        const Turn *t = &u->turns->v[i];
        Statement *st = record_add_statement(u->a, u->r);
        if (t->name.begin != t->cue.begin) *push(u->a, &st->source) = t->name;
        *push(u->a, &st->cue) = t->cue;
        for (int32_t k = 0; k < t->content.n; k++) *push(u->a, &st->content) = t->content.v[k];
        int32_t from = words_at(u->w, t->name.begin), to = from;
        while (to < u->w->n && u->w->v[to].span.end <= t->name.end) to++;
        if (!t->is_question && from < to) st->speaker = source_speaker(u->w, u->r, u->names, (Source){from, to, false});
        st->sourcing = st->speaker >= 0 ? SOURCING_NAMED : t->is_question ? SOURCING_UNNAMED : SOURCING_UNKNOWN;
        st->form = FORM_DIRECT;
        st->class = CLASS_SPEECH;
        st->by = S("turns/1");
    }
}

/* What the model takes for a statement of the turn's own label is the turn itself. */
static void drop_turns(Founds *found, const Tree *t, const Turns *turns)
{
    int32_t kept = 0, turn = 0, *now = arena_new(t->a, int32_t, found->n + 1);
    for (int32_t i = 0; i < found->n; i++) {
        Found *f = &found->v[i];
        Span cue = {t->v[f->cue.from].span.begin, t->v[f->cue.to - 1].span.end};
        while (turn < turns->n && turns->v[turn].cue.end <= cue.begin) turn++;
        bool is_turn = turn < turns->n && turns->v[turn].name.begin < cue.end;
        now[i] = is_turn ? NONE : kept;
        if (!is_turn) found->v[kept++] = *f;
    }
    found->n = kept;
    for (int32_t i = 0; i < kept; i++)
        if (found->v[i].inside >= 0) found->v[i].inside = now[found->v[i].inside];
}

/* ---- quotations that go on ------------------------------------------------------------------------------------------- */
typedef struct { int32_t from, to, statement, para; } Reach;             /* words of an outermost statement, from first to last */

static Reach reach_of(const Teller *u, const Founds *found, int32_t i)
{
    const Found *f = &found->v[i];
    Reach x = {f->cue.from, f->cue.to, u->first + i, 0};
    Stretch parts[3] = {f->source, f->left, f->right};
    for (int k = 0; k < 3; k++) {
        if (parts[k].from < 0) continue;
        if (parts[k].from < x.from) x.from = parts[k].from;
        if (parts[k].to > x.to) x.to = parts[k].to;
    }
    x.para = u->t->v[x.to - 1].para;
    return x;
}

enum { GOES_ON_WORDS = 5, GOES_ON_PIECES = 12, QUIET_WORDS = 14 };

/* Between a statement and the end of its paragraph nothing may stand that could be another's. */
static bool is_quiet(const Teller *u, int32_t from, int32_t to)
{
    if (to - from > QUIET_WORDS) return false;
    for (int32_t i = from; i < to; i++)
        if (u->t->v[i].quote >= 0 ? !node_is(u->t, i, NODE_PUNCT) : node_is(u->t, i, NODE_VERB) || u->t->v[i].name) return false;
    return true;
}

/* A quotation that fills its paragraph and is nobody's goes on with the direct statement at the end of the one before. */
static void go_on(Teller *u, const Founds *found)
{
    const Quotations *q = u->t->q;
    int32_t at = 0, word = 0;
    Reach last = {0, 0, NONE, NONE};
    for (int32_t k = 0; k < q->n; k++) {
        const Quotation *x = &q->v[k];
        for (; at < found->n && u->t->v[found->v[at].cue.from].span.begin < x->outer.end; at++) {
            if (found->v[at].inside >= 0) continue;
            Reach r = reach_of(u, found, at);
            if (last.statement < 0 || r.to >= last.to) last = r;
        }
        while (word < u->t->n && u->t->v[word].span.begin < x->outer.begin) word++;
        int32_t ahead = at < found->n ? reach_of(u, found, at).from : u->t->n;
        if (last.statement < 0 || word < last.to || ahead <= word || x->n_words < GOES_ON_WORDS) continue;
        if (!x->opens_paragraph || !x->ends_paragraph || word >= u->t->n) continue;
        Statement *st = &u->r->statements.v[last.statement];
        int32_t end = word;
        while (end > last.to && u->t->v[end - 1].para > last.para) end--;
        bool is_next = word > 0 && u->t->v[word - 1].para == last.para && end == word;
        if (!is_next || st->form != FORM_DIRECT || st->content.n + x->pieces.n > GOES_ON_PIECES || !is_quiet(u, last.to, end)) continue;
        put_pieces(u, &st->content, x);
        while (word < u->t->n && u->t->v[word].span.begin < x->outer.end) word++;
        last.to = word;
        last.para = u->t->v[word - 1].para;
    }
}

/* ---- all of it --------------------------------------------------------------------------------------------------------- */
void reading_statements(Arena *a, Record *r)
{
    const StatementModel *m = str_eq(r->lang, S("en")) ? statement_model() : NULL;
    Words w = words_of(a, r);
    Quotations q = quotations_find(a, r);
    Turns turns = turns_find(a, r);
    Tree t;
    if (!m || !tree_of(a, r, &w, &q, &turns, &m->kinds, &t)) {
        reading_quotes(a, r);
        return;
    }
    Names names = names_by_place(a, r);
    Founds found = statements_find(a, &t, m, false);
    Teller u = {a, r, &w, &names, &t, &turns, r->statements.n, r->statements.n + turns.n};
    drop_turns(&found, &t, &turns);
    put_turns(&u);
    for (int32_t i = 0; i < found.n; i++) put_found(&u, &found.v[i]);
    go_on(&u, &found);
    statements_carry(a, r, &w, &names, &q);
}
