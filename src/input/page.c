/* Page: the bytes of an HTML page as a record.
**
**  in:  <html><head><title>Port reopens | Harbour News</title>…<h1>Port reopens</h1><p>By Ana Ruiz</p><p>The port …
**  out: title, author, publisher, uri, lang, published; text "Port reopens\n\nBy Ana Ruiz\n\nThe port …", with the
**       title and the byline marked as boilerplate
**
** The text holds the article and what stands within it (title, byline, date, captions, teasers), these marked. The rest
** of the page (menus, other articles, comments) is left out; the bytes stay in `original`.
**
** Always: the text is well-formed UTF-8 without zeros; boilerplate in order. Cost: linear in the page.
*/
#include "input/page.h"
#include "input/choose.h"
#include "input/forest.h"
#include "input/inside.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the forest ------------------------------------------------------------------------------------------------ */
enum { KNOWN_MIN = 200 };                               /* bytes: a shorter articleBody is a teaser */
extern const char article_forest[];                      /* models/article.forest, embedded */
extern const int article_forest_n;
static Forest forest;
static pthread_once_t forest_once = PTHREAD_ONCE_INIT;
static void make_forest(void)
{
    if (forest_read(&forest, (Str){article_forest, article_forest_n}, FEATURE_COUNT)) return;
    fprintf(stderr, "models/article.forest does not fit src/input/article.h; train it again (train/article_train.c)\n");
    abort();                                             /* a build that could only guess must not run */
}

/* ---- the text --------------------------------------------------------------------------------------------------- */
static BoilerplateReason reason_of(const int32_t *r, const Block *k)
{
    if (r[FEATURE_LIKE_TITLE] >= 70) return BOILERPLATE_TITLE;
    if (r[FEATURE_IN_FIGURE] || r[FEATURE_CLASS_PICTURE] <= 2) return BOILERPLATE_CAPTION;
    if (r[FEATURE_WORDS_BYLINE] || r[FEATURE_CLASS_BYLINE] <= 1) return BOILERPLATE_BYLINE;
    if (r[FEATURE_CLASS_DATE] <= 1) return BOILERPLATE_DATE;
    if (r[FEATURE_WORDS_APPEAL]) return BOILERPLATE_APPEAL;
    if (k->link_size * 2 > k->size || r[FEATURE_WORDS_RELATED]) return BOILERPLATE_TEASER;
    return BOILERPLATE_OTHER;
}

static void add_paragraph(Arena *a, Buf *text, const Block *k, BoilerplateReason reason, Record *r)
{
    if (text->n) buf_add(text, S("\n\n"));
    int32_t begin = (int32_t)text->n;
    buf_add(text, k->text);
    if (reason) *push(a, &r->boilerplate) = (Boilerplate){{begin, (int32_t)text->n}, reason};
}

static bool choose_text(Arena *a, const Meta *m, const Blocks *blocks, const Row *rows, Record *r)
{
    uint8_t *keep = arena_new(a, uint8_t, blocks->n + 1);
    int32_t *scores = arena_new(a, int32_t, blocks->n + 1);
    Buf text = {.to = a};
    bool is_any = false;
    pthread_once(&forest_once, make_forest);
    for (int32_t b = 0; b < blocks->n; b++) scores[b] = forest_score(&forest, rows[b]);
    article_choose(blocks, rows, scores, forest.cut, keep);
    for (int32_t b = 0; b < blocks->n; b++) is_any |= keep[b] == KEEP_BODY;
    if (!is_any && m->body.n < KNOWN_MIN) article_choose_least(blocks, rows, scores, keep);
    for (int32_t b = 0; b < blocks->n; b++) {
        if (keep[b] == KEEP_NOT) continue;
        is_any |= keep[b] == KEEP_BODY;
        add_paragraph(a, &text, &blocks->v[b], keep[b] == KEEP_BODY ? BOILERPLATE_UNKNOWN : reason_of(rows[b], &blocks->v[b]), r);
    }
    if (!is_any) {                                       /* the page shows nothing that reads like an article: what its head says */
        Str said = m->body.n ? m->body : m->description;
        Block only = {.text = text_unescape(a, said)};
        if (!only.text.n) return false;
        add_paragraph(a, &text, &only, BOILERPLATE_UNKNOWN, r);
        r->note = m->body.n ? S("its text stands only in its JSON-LD") : S("it shows no article; its description was read in its place");
    }
    r->text = buf_str(&text);
    return true;
}

bool page_record(Arena *a, Str bytes, Str charset, Str uri, Record *r, Err *e)
{
    Html h;
    Meta m;
    Blocks blocks;
    Str utf8;
    if (!page_decode(a, bytes, charset, &utf8, &r->note, e)) return false;
    if (!html_parse(a, utf8, &h, e)) return false;
    meta_read(a, &h, uri, &m);
    blocks_cut(a, &h, &blocks);
    Known known = {m.title, m.description, m.body};
    const Row *rows = (const Row *)article_features(a, &h, &blocks, &known);
    if (!choose_text(a, &m, &blocks, rows, r)) return fail(e, ERR_INPUT, "is a page without text (a script may fill it in a browser); save it from a browser's reading view");
    meta_look(a, &h, &blocks, rows, &m);
    if (h.is_cut) r->note = S("it is nested deeper, or longer, than is read; what follows there is left out");
    if (!r->title.n) r->title = m.title;
    if (!r->author.n) r->author = m.author;
    if (!r->publisher.n) r->publisher = m.publisher;
    if (!r->uri.n) r->uri = m.uri;
    if (!r->lang.n) r->lang = m.lang;
    if (!r->published.n && m.published.n) {
        r->published = m.published;
        r->published_how = m.how;
    }
    r->text_is_given = r->is_marked = true;
    r->original = bytes;
    return true;
}

/* "text/html; charset=windows-1251" in the sender's header. */
static Str charset_of_header(Str type)
{
    ptrdiff_t at = str_find(type, S("charset="));
    Str name = at < 0 ? (Str){0} : str_trim(str_sub(type, at + 8, type.n));
    ptrdiff_t n = 0;
    if (name.n && (name.p[0] == '"' || name.p[0] == '\'')) name = str_sub(name, 1, name.n);
    while (n < name.n && name.p[n] != ';' && name.p[n] != '"' && name.p[n] != '\'' && !is_blank(name.p[n])) n++;
    return str_sub(name, 0, n);
}

bool page_item_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    (void)how;                                           /* "as is" is about plain text: a page is never read with its markup */
    return page_record(a, item->bytes, charset_of_header(given_header(&item->given, S("content-type"))), item->given.uri, r, e);
}
