/* Passages: what stands on a site day after day.
**
**   in:  Amrin Courier, Monday:  "The port is open.\n\nWe are a small paper and live on what our readers give."
**        Amrin Courier, Friday:  "Talks ended.\n\nWe are a small paper and live on what our readers give."
**   out: one key for the last line of both; five such documents of five days, and the ledger knows the line (learn.c)
**
** A passage is one or several whole sentences that fill their lines: cut out of a paragraph, a sentence may be anything.
** News is repeated as well: a wire gives the same background each day, a minister the same answer, a table the same
** "Pay April 30". So a passage is looked at only where it names nobody (its own publisher aside), no day and no figure,
** where nobody says anything in it, calls, asks or is quoted, and nothing is told of what was. What recurs in spite of
** that speaks of the site and not of the world. Losing a line of the article is worse than keeping one of furniture, so
** all doubt is for the article.
**
** Always: what was learnt from a text is found again in another, since both sides ask the same function for the key; a
** text never loses its last sentence. Cost: linear in the text and its parts (a step of log n for each part).
*/
#include "record/record.h"
#include <string.h>

enum {
    WORDS_MIN = 4,         /* "No comment.", "Read more": shorter ones recur by chance, or stand in the table */
    WORDS_MAX = 60,        /* longer than an appeal; a longer paragraph that recurs is a story sent again */
    BYTES_MAX = 900        /* as text looks furniture up */
};

/* ---- keys ----------------------------------------------------------------------------------------------- */
Str passage_key(Arena *to, Str publisher, Str words)
{
    int32_t n_words = 0;
    bool gap = true;
    if (!publisher.n || words.n > BYTES_MAX) return (Str){0};
    Buf b = {.to = to};
    buf_add(&b, publisher);
    buf_char(&b, '\n');
    for (ptrdiff_t i = 0, from = 0; i < words.n; from = i) {
        if (utf8_is_space(utf8_next(words, &i))) {
            gap = true;
            continue;
        }
        if (gap && n_words++) buf_char(&b, ' ');
        gap = false;
        buf_add(&b, str_sub(words, from, i));
    }
    return n_words < WORDS_MIN || n_words > WORDS_MAX ? (Str){0} : utf8_fold(to, buf_str(&b));
}

/* ---- sentences that fill their lines -------------------------------------------------------------------- */
/* next: where to look for one that is not news yet, so that each is marked once, however often statements nest */
typedef struct { Span span; int32_t sentence, n, next; bool is_news; } Block;
typedef SLICE(Block) Blocks;

static bool begins_line(Str text, ptrdiff_t at)
{
    while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t' || text.p[at - 1] == '\r')) at--;
    return at == 0 || text.p[at - 1] == '\n';
}

static bool ends_line(Str text, ptrdiff_t at)
{
    while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t' || text.p[at] == '\r')) at++;
    return at == text.n || text.p[at] == '\n';
}

static bool is_blank(Str s) { return !str_trim(s).n; }

static Blocks blocks_of(Arena *a, const Record *r)
{
    Blocks blocks = {0};
    Block open = {.sentence = NONE};
    for (int32_t i = 0; i < r->sentences.n; i++) {
        Span s = r->sentences.v[i];
        if (begins_line(r->text, s.begin)) open = (Block){s, i, 0, NONE, false};
        else if (open.sentence < 0) continue;            /* behind something that is no sentence */
        else if (!is_blank(str_sub(r->text, open.span.end, s.begin))) {  /* a picture's words stand between */
            open.sentence = NONE;
            continue;
        }
        open.span.end = s.end;
        open.n++;
        if (!ends_line(r->text, s.end)) continue;
        open.next = blocks.n;
        *push(a, &blocks) = open;
        open.sentence = NONE;
    }
    return blocks;
}

/* ---- what makes it news --------------------------------------------------------------------------------- */
static int32_t next_open(Blocks *blocks, int32_t i)
{
    while (i < blocks->n && blocks->v[i].next != i) {
        int32_t next = blocks->v[i].next;
        if (next < blocks->n) blocks->v[i].next = blocks->v[next].next;   /* each walk shortens the way of the next */
        i = next;
    }
    return i;
}

static void mark_news(Blocks *blocks, Span s)
{
    int32_t low = 0, high = blocks->n;
    if (!span_is(s)) return;
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (blocks->v[middle].span.end <= s.begin) low = middle + 1;
        else high = middle;
    }
    for (low = next_open(blocks, low); low < blocks->n && blocks->v[low].span.begin < s.end;
         low = next_open(blocks, low)) {
        blocks->v[low].is_news = true;
        blocks->v[low].next = low + 1;
    }
}

static void mark_all(Blocks *blocks, Spans spans)
{
    for (int32_t i = 0; i < spans.n; i++) mark_news(blocks, spans.v[i]);
}

/* Letters and figures alone, so that "The Amrin Courier" and amrincourier.example meet. */
static Str condensed(Arena *to, Str s)
{
    Str low = utf8_fold(to, s);
    Buf b = {.to = to};
    for (ptrdiff_t i = 0, from = 0; i < low.n; from = i) {
        int32_t cp = utf8_next(low, &i);
        if (utf8_is_letter(cp) || utf8_is_digit(cp)) buf_add(&b, str_sub(low, from, i));
    }
    return buf_str(&b);
}

static Str condensed_name(Arena *to, Str name)
{
    Str n = condensed(to, name);
    return str_starts(n, S("the")) ? str_sub(n, 3, n.n) : n;
}

/* amrincourier of amrincourier.example */
static Str without_domain(Str publisher)
{
    ptrdiff_t end = publisher.n;
    if (str_find(publisher, S(" ")) >= 0) return publisher;
    while (end > 0 && publisher.p[end - 1] != '.') end--;
    return end > 1 ? str_sub(publisher, 0, end - 1) : publisher;
}

/* "Amrin Courier" and "the Courier", but not "Amrin", which is a country: what leads must be nearly the whole. */
static bool is_publisher(Arena *a, Str publisher, Str name)
{
    Str n = condensed_name(a, name);
    ptrdiff_t at = str_find(publisher, n);
    return n.n > 3 && at >= 0 && (n.n * 4 >= publisher.n * 3 || (at > 0 && n.n * 2 >= publisher.n));
}

static void mark_by_parts(Arena *a, const Record *r, Blocks *blocks)
{
    Str publisher = condensed_name(a, without_domain(r->publisher));
    for (int32_t i = 0; i < r->times.n; i++)             /* "each week" is no day: letters come each week */
        if (r->times.v[i].type != TIME_SET) mark_news(blocks, r->times.v[i].span);
    for (int32_t i = 0; i < r->statements.n; i++) {
        mark_all(blocks, r->statements.v[i].source);
        mark_all(blocks, r->statements.v[i].cue);
        mark_all(blocks, r->statements.v[i].content);
    }
    for (int32_t i = 0; i < r->entities.n; i++) {
        const Entity *entity = &r->entities.v[i];
        if (is_publisher(a, publisher, entity->name)) continue;
        for (int32_t k = 0; k < entity->mentions.n; k++)
            if (entity->mentions.v[k].kind == MENTION_NAME) mark_news(blocks, entity->mentions.v[k].span);
    }
    for (int32_t i = 0; i < r->events.n; i++) mark_news(blocks, r->events.v[i].span);
    for (int32_t i = 0; i < r->expectations.n; i++) mark_news(blocks, r->expectations.v[i].span);
    for (int32_t i = 0; i < r->figures.n; i++) mark_news(blocks, r->figures.v[i].span);
}

/* Figures, and marks of quotation: also where no reading was made of them. An apostrophe is none. */
static bool has_figure_or_quote(Str s)
{
    static const char *const marks[] = {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB", "\u2018"};
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_find(s, str_of(marks[i])) >= 0) return true;
    return false;
}

/* ---- the functions of the header ------------------------------------------------------------------------ */
/* A cry or a question is somebody's voice: "Dear friends of the harbour!" opens each speech of a mayor. */
static bool calls(Str s)
{
    while (s.n && strchr("*_)\"'", s.p[s.n - 1])) s.n--;
    return str_ends(s, S("!")) || str_ends(s, S("?"));
}

/* News tells what was; furniture speaks of what the site is, does and wants. */
static bool narrates(Str s)
{
    static const char *const words[] = {"was", "were", "has", "had", "did", "said", "says"};
    Str word;
    while (str_split(&s, ' ', &word))
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_eq_fold(word, str_of(words[i]))) return true;
    return false;
}

static void add_passage(Arena *a, const Record *r, Span span, Map *seen, Passages *to)
{
    Str key = passage_key(a, r->publisher, span_str(r->text, span));
    if (!key.n || map_get(seen, key) >= 0) return;
    *map_at(seen, key) = to->n;
    *push(a, to) = (Passage){span, key};
}

Passages record_passages(Arena *a, const Record *r)
{
    Passages passages = {0};
    Map seen = {.to = a};
    int32_t mark = 0;
    if (!r->publisher.n) return passages;
    Blocks blocks = blocks_of(a, r);
    mark_by_parts(a, r, &blocks);
    for (int32_t i = 0; i <= blocks.n; i++) {
        int32_t until = i < blocks.n ? blocks.v[i].span.begin : INT32_MAX;
        for (; mark < r->boilerplate.n && r->boilerplate.v[mark].span.begin < until; mark++)
            if (r->boilerplate.v[mark].reason == BOILERPLATE_RECURRING)
                add_passage(a, r, r->boilerplate.v[mark].span, &seen, &passages);
        if (i == blocks.n || blocks.v[i].is_news) continue;
        Str words = span_str(r->text, blocks.v[i].span);
        if (has_figure_or_quote(words) || calls(words) || narrates(words)) continue;
        add_passage(a, r, blocks.v[i].span, &seen, &passages);
    }
    return passages;
}

/* Both lists are in order and do not overlap. */
static Boilerplates joined(Arena *a, const Boilerplates *marks, const Blocks *blocks)
{
    Boilerplates both = {0};
    int32_t mark = 0;
    for (int32_t i = 0; i <= blocks->n; i++) {
        int32_t until = i < blocks->n ? blocks->v[i].span.begin : INT32_MAX;
        while (mark < marks->n && marks->v[mark].span.begin < until) *push(a, &both) = marks->v[mark++];
        if (i < blocks->n && !blocks->v[i].is_news)
            *push(a, &both) = (Boilerplate){blocks->v[i].span, BOILERPLATE_RECURRING};
    }
    return both;
}

void record_mark_known(Arena *a, Record *r, const Map *known)
{
    int32_t n_known = 0;
    if (!known->n || !r->publisher.n) return;
    Blocks blocks = blocks_of(a, r);
    for (int32_t i = 0; i < blocks.n; i++) {
        Block *b = &blocks.v[i];
        Str key = passage_key(a, r->publisher, span_str(r->text, b->span));
        b->is_news = !key.n || map_get(known, key) < 0;
        n_known += b->is_news ? 0 : b->n;
    }
    if (!n_known || n_known == r->sentences.n) return;   /* nothing but furniture: then its words only look so */
    Spans left = {0};
    for (int32_t i = 0, block = 0; i < r->sentences.n; i++) {
        while (block < blocks.n && blocks.v[block].sentence + blocks.v[block].n <= i) block++;
        bool inside = block < blocks.n && blocks.v[block].sentence <= i && !blocks.v[block].is_news;
        if (!inside) *push(a, &left) = r->sentences.v[i];
    }
    r->boilerplate = joined(a, &r->boilerplate, &blocks);
    r->sentences = left;
}
