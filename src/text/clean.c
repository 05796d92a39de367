/* Cleaning: what of a pasted text is the article.
**
**  in:  title, byline, date, a picture's credit, "Related article: …", an appeal, a sentence cut in two, an address
**  out: the same text, mended; its paragraphs; every line that is not the article marked with a reason; and what those
**       lines state: title, author, published, uri, publisher, origin
**
** The order matters and stands below: marks of the page come off (mend.c), lines become paragraphs (paragraph.c), the
** table of furniture speaks (furniture.c), then the lines above the body (head.c), addresses and origins (origin.c),
** pull quotes (repeat.c). A given text is not changed by a byte; it is only marked. A text of nothing but furniture is
** taken for an article whose words happen to look so, and loses its marks.
**
** Always: boilerplate is in order and does not overlap; the body is never empty where the text is not; r->original
** holds what came in exactly where the text was changed. Cost: linear in the text.
*/
#include "text/clean.h"
#include <string.h>

enum {
    LONG_WORDS = 30,       /* a paragraph of so many words that ends in a stop can only be body (an appeal aside) */
    VERY_LONG_WORDS = 60,
    TURNS_MIN = 3,         /* so many speakers' marks make a transcript */
    /* a last paragraph without a stop breaks off when it has so many words: fewer are a signature */
    CUT_WORDS = 8
};

static void find_landmarks(Clean *c)
{
    int32_t turns = 0;
    c->first_long = c->paras.n;
    for (int32_t i = c->paras.n - 1; i >= 0; i--) {
        const Para *p = &c->paras.v[i];
        if ((p->n_words >= LONG_WORDS && p->stops) || p->n_words >= VERY_LONG_WORDS) c->first_long = i;
        turns += p->is_turn;
    }
    c->has_turns = turns >= TURNS_MIN;
    for (int32_t i = 0; !c->has_turns && i < c->paras.n; i++) c->paras.v[i].is_turn = false;   /* "FACT SHEET: …" */
}

static bool has_body(const Clean *c)
{
    for (int32_t i = 0; i < c->paras.n; i++)
        if (!c->paras.v[i].reason) return true;
    return false;
}

static void keep_a_body(Clean *c)
{
    if (has_body(c)) return;
    bool titled = false;
    for (int32_t i = 0; i < c->paras.n; i++) titled |= c->paras.v[i].reason == BOILERPLATE_TITLE;
    /* the title is the body where there is one, else everything is */
    for (int32_t i = 0; i < c->paras.n; i++)
        if (!titled || c->paras.v[i].reason == BOILERPLATE_TITLE) c->paras.v[i].reason = BOILERPLATE_UNKNOWN;
}

/* A picture in the middle of a paragraph marks its own words only; one that fills the paragraph marks the paragraph. */
static void write_marks(Clean *c, const Boilerplates *images)
{
    int32_t image = 0;
    c->r->boilerplate = (Boilerplates){0};
    for (int32_t i = 0; i < c->paras.n; i++) {
        Span s = c->paras.v[i].span;
        if (c->paras.v[i].reason) *push(c->a, &c->r->boilerplate) = (Boilerplate){s, c->paras.v[i].reason};
        for (; image < images->n && images->v[image].span.begin < s.end; image++) {
            Span at = span_trim(c->r->text, images->v[image].span);
            if (at.begin >= s.begin && at.end <= s.end && at.begin < at.end && !c->paras.v[i].reason)
                *push(c->a, &c->r->boilerplate) = (Boilerplate){at, BOILERPLATE_CAPTION};
        }
    }
}

static void mark_images(Clean *c, const Boilerplates *images)
{
    int32_t image = 0;
    for (int32_t i = 0; i < c->paras.n; i++)
        for (; image < images->n && images->v[image].span.begin < c->paras.v[i].span.end; image++) {
            Span at = span_trim(c->r->text, images->v[image].span), s = c->paras.v[i].span;
            if (at.begin == s.begin && at.end == s.end) c->paras.v[i].reason = BOILERPLATE_CAPTION;
        }
}

/* Elements told what is furniture: where they told all of it (a page's), the lines' looks do not overrule them; where they
** told some (a feed's caption), looks add to it. */
static void keep_marks(Clean *c, const Boilerplates *given, bool is_all)
{
    for (int32_t i = 0, k = 0; i < c->paras.n; i++) {
        Para *p = &c->paras.v[i];
        while (k < given->n && given->v[k].span.end <= p->span.begin) k++;
        bool is_in = k < given->n && given->v[k].span.begin <= p->span.begin && given->v[k].span.end >= p->span.end;
        if (is_in || is_all) p->reason = is_in ? given->v[k].reason : BOILERPLATE_UNKNOWN;
    }
}

static bool breaks_off(const Clean *c)
{
    int32_t last = c->paras.n - 1;
    while (last >= 0 && c->paras.v[last].reason) last--;
    if (last < 0) return false;
    const Para *p = &c->paras.v[last];
    Str s = span_str(c->r->text, p->span);
    bool dots =
        str_ends(s, S("\u2026")) || str_ends(s, S("...")) || str_ends(s, S("[...]")) || str_ends(s, S("[\u2026]"));
    if (dots) return c->paras.n > 1 && p->n_words >= CUT_WORDS;
    char end = s.p[s.n - 1];
    bool cut = !p->stops && end != ';' && p->n_words >= CUT_WORDS && !p->is_item;
    bool alone = last == 0 || (last == 1 && c->paras.v[0].reason == BOILERPLATE_TITLE);
    return cut && (!alone || p->n_words >= LONG_WORDS);  /* a headline alone has no stop, and breaks off nothing */
}

static void state_original(Record *r, Str before)
{
    if (!r->original.n && !str_eq(before, r->text)) r->original = before;
    if (str_eq(r->original, r->text)) r->original = (Str){0};
}

void text_clean(Arena *a, Record *r)
{
    Boilerplates images = {0}, given = r->boilerplate;
    Str before = r->text;
    if (!r->text_is_given) r->text = mend_marks(a, r->text, &images);
    Clean c = {.a = a, .r = r, .paras = paragraphs_of(a, &r->text, !r->text_is_given, &images)};
    if (!r->text_is_given) state_original(r, before);
    c.label = arena_new(a, uint8_t, c.paras.n + 1);
    r->origin = (Origins){0};
    find_landmarks(&c);
    mark_images(&c, &images);
    furniture_mark(&c);
    head_mark(&c);
    origin_mark(&c);
    repeat_mark(&c);
    if (r->is_marked || given.n) keep_marks(&c, &given, r->is_marked);
    keep_a_body(&c);
    write_marks(&c, &images);
    r->truncated |= breaks_off(&c);                      /* the reader of its format may know better: a teaser, a cut file */
    r->paragraphs = (Spans){0};
    for (int32_t i = 0; i < c.paras.n; i++) *push(a, &r->paragraphs) = c.paras.v[i].span;
}

/* ---- the body --------------------------------------------------------------------------------------------- */
static void add_piece(Buf *b, Str s, bool *fresh)
{
    s = str_trim(s);
    if (!s.n) return;
    if (b->n) buf_char(b, *fresh ? '\n' : ' ');
    *fresh = false;
    for (Str line; str_split(&s, '\n', &line);) {        /* lines of a given text that belong together */
        line = str_trim(line);
        if (!line.n) continue;
        buf_add(b, line);
        if (s.p && str_trim(s).n) buf_char(b, ' ');
    }
}

Str text_body(Arena *to, const Record *r)
{
    Buf b = {.to = to};
    int32_t mark = 0;
    for (int32_t i = 0; i < r->paragraphs.n; i++) {
        Span left = r->paragraphs.v[i];
        bool fresh = true;
        while (mark < r->boilerplate.n && r->boilerplate.v[mark].span.end <= left.begin) mark++;
        for (int32_t m = mark; m < r->boilerplate.n && r->boilerplate.v[m].span.begin < left.end; m++) {
            Span cut = r->boilerplate.v[m].span;
            if (cut.begin > left.begin) add_piece(&b, span_str(r->text, (Span){left.begin, cut.begin}), &fresh);
            if (cut.end > left.begin) left.begin = cut.end;
        }
        if (left.begin < left.end) add_piece(&b, span_str(r->text, left), &fresh);
    }
    return buf_str(&b);
}
