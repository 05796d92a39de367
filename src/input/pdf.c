/* PDF: pdftotext reads it; what is ours is to make prose of printed lines.
**
**  in:  "VELM DISPATCH 3\n\nThe port will re-\nopen on Friday,\f… VELM DISPATCH 4\n\nofficials said."
**  out: "The port will reopen on Friday, officials said."
**
** A page's head and foot come again on the next page with another number: lines at the edge of a page that do so, and
** bare page numbers there, are dropped. Lines are joined into paragraphs, over the end of a page too where the
** sentence goes on. A hyphen at a line's end, where pdftotext has not dropped it yet, is dropped unless the document
** writes the word with it elsewhere ("well-known"). A paragraph ends at an empty line, or with a sentence on a line
** shorter than the usual.
**
** pdftotext and pdfinfo (poppler-utils) run as processes, with limits on time, memory and output; poppler is GPL, so
** it is not linked, and a fault in it ends the process and not us. The day on which a PDF was made is not when the
** article was published (archives make them years later), so no date is taken from it.
**
** Always: a PDF gives text or a sentence that says why not. Cost: two processes, some 30 ms; our part is linear.
*/
#include "input/office.h"
#include <string.h>

enum { SECONDS_MAX = 60, OUTPUT_MAX = 32 << 20, EDGE_LINES = 3, INFO_MAX = 64 << 10 };
enum { SHORT_PERCENT = 75 };         /* of the usual line: one that ends a sentence and is shorter ends its paragraph */
enum { WIDTH_LEAST = 25, WIDTH_MAX = 400, HEAD_LINE_MAX = 120 };   /* bytes: a line of text; a line of a running head */

/* ---- pages and lines --------------------------------------------------------------------------------------------- */
typedef struct { Str text; int32_t page; bool is_dropped; } Line;
typedef SLICE(Line) Lines;

static Lines lines_of(Arena *a, Str pages, int32_t *n_pages)
{
    Lines lines = {0};
    Str rest = pages, page, line;
    *n_pages = 0;
    while (str_split(&rest, '\f', &page)) {
        Str inner = page;
        while (str_split(&inner, '\n', &line)) *push(a, &lines) = (Line){str_trim(line), *n_pages, false};
        ++*n_pages;
    }
    return lines;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits as '#', letters without case: what a running head is from page to page. */
static Str shape(Arena *a, Str line)
{
    char *to = arena_new(a, char, line.n + 1);
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < line.n; i++) {
        bool was_digit = n && to[n - 1] == '#';
        char c = line.p[i];
        if (is_digit(c) && was_digit) continue;
        to[n++] = is_digit(c) ? '#' : c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    return (Str){to, n};
}

/* "3", "- 3 -", "Page 3 of 12", "3/12", "[3]": by its shape. */
static bool is_page_number(Str s)
{
    static const Str shapes[] = {S("#"), S("- # -"), S("-#-"), S("– # –"), S("— # —"), S("page #"), S("page # of #"),
                                 S("p. #"), S("#/#"),
                                 S("# / #"), S("[#]"), S("(#)"), S("seite #"), S("seite # von #"), S("# of #"),
                                     S("| #"), S("# |")};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (str_eq(s, shapes[i])) return true;
    return false;
}

/* Up to EDGE_LINES lines with something in them at the top (step 1) or bottom (-1) of the page whose lines are
** [begin, end). */
static int edge(const Lines *lines, int32_t begin, int32_t end, int step, int32_t at[EDGE_LINES])
{
    int n = 0;
    for (int32_t i = step > 0 ? begin : end - 1; i >= begin && i < end && n < EDGE_LINES; i += step)
        if (lines->v[i].text.n) at[n++] = i;
    return n;
}

/* Head and foot are counted apart; `counts` of shapes, each once a page. */
static void count_edges(Arena *a, const Lines *lines, Map *counts, int step)
{
    for (int32_t begin = 0, end; begin < lines->n; begin = end) {
        for (end = begin; end < lines->n && lines->v[end].page == lines->v[begin].page; end++) continue;
        int32_t at[EDGE_LINES];
        int n = edge(lines, begin, end, step, at);
        for (int k = 0; k < n; k++) {
            int32_t *count = map_at(counts, shape(a, lines->v[at[k]].text));
            *count = *count < 0 ? 1 : *count + 1;
        }
    }
}

/* From the edge inwards, while lines recur: a line of the text that looks like one deeper in stays. */
static void drop_edges(Arena *a, Lines *lines, const Map *counts, int step, int32_t n_pages)
{
    int32_t often = n_pages / 2 > 2 ? n_pages / 2 : 3;   /* left and right pages have heads of their own */
    for (int32_t begin = 0, end; begin < lines->n; begin = end) {
        for (end = begin; end < lines->n && lines->v[end].page == lines->v[begin].page; end++) continue;
        int32_t at[EDGE_LINES];
        int n = edge(lines, begin, end, step, at);
        for (int k = 0; k < n; k++) {
            Str s = shape(a, lines->v[at[k]].text);
            if (s.n > HEAD_LINE_MAX) break;
            if (!is_page_number(s) && map_get(counts, s) < (often > 3 ? often * 2 / 3 : often)) break;
            lines->v[at[k]].is_dropped = true;
        }
    }
}

static void drop_running_heads(Arena *a, Lines *lines, int32_t n_pages)
{
    for (int step = 1; step >= -1; step -= 2) {
        Map counts = {.to = a};
        count_edges(a, lines, &counts, step);
        drop_edges(a, lines, &counts, step, n_pages);
    }
}

/* ---- words over a line's end ------------------------------------------------------------------------------------- */
static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || c == '-' || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static Str last_word(Str s)
{
    ptrdiff_t i = s.n;
    while (i > 0 && is_word_byte(s.p[i - 1])) i--;
    return str_sub(s, i, s.n);
}

static Str first_word(Str s)
{
    ptrdiff_t i = 0;
    while (i < s.n && is_word_byte(s.p[i])) i++;
    return str_sub(s, 0, i);
}

/* The words with a hyphen inside that stand within a line. */
static void note_compounds(const Lines *lines, Map *compounds)
{
    for (int32_t k = 0; k < lines->n; k++) {
        Str s = lines->v[k].text;
        for (ptrdiff_t i = 0; i < s.n;) {
            Str word = first_word(str_sub(s, i, s.n));
            const char *hyphen = word.n ? memchr(word.p, '-', (size_t)word.n) : NULL;
            if (hyphen && hyphen > word.p && hyphen < word.p + word.n - 1) *map_at(compounds, word) = 1;
            i += word.n ? word.n : 1;
        }
    }
}

static bool begins_lower(Str s)
{
    ptrdiff_t i = 0;
    if (!s.n) return false;
    int32_t cp = utf8_next(s, &i);
    return utf8_is_letter(cp) && !utf8_is_upper(cp);
}

/* Puts the next line behind what stands in b: as a new word, or as the rest of one. */
static void join(Arena *a, Buf *b, Str next, const Map *compounds)
{
    Str so_far = buf_str(b);
    bool is_soft = str_ends(so_far, S("\xC2\xAD")), is_hard = str_ends(so_far, S("\xE2\x80\x90"));
    bool is_hyphen = str_ends(so_far, S("-")) && !str_ends(so_far, S("--"));
    if (is_soft || is_hard || is_hyphen) {
        Str word = last_word(str_sub(so_far, 0, so_far.n - (is_hyphen ? 1 : is_soft ? 2 : 3)));
        Str whole = arena_printf(a, "%.*s-%.*s", STR(word), STR(first_word(next)));
        if (word.n && begins_lower(next) && map_get(compounds, whole) < 0) b->n -= is_hyphen ? 1 : is_soft ? 2 : 3;
        buf_add(b, next);
        return;
    }
    buf_char(b, ' ');
    buf_add(b, next);
}

static bool ends_sentence(Str s)
{
    static const Str closers[] = {S("\""), S("'"), S(")"), S("”"), S("’"), S("»")};
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (str_ends(s, closers[i])) s = str_sub(s, 0, s.n - closers[i].n), i = (size_t)-1;
    return s.n && strchr(".!?:", s.p[s.n - 1]);
}

/* The usual line's bytes: the median of those that are no headings or numbers. A line that pdftotext has already
** joined with its next over a hyphen is longer; the median does not mind. */
static ptrdiff_t usual_width(Arena *a, const Lines *lines)
{
    int32_t *counts = arena_new(a, int32_t, WIDTH_MAX + 1), total = 0, sum = 0;
    for (int32_t i = 0; i < lines->n; i++) {
        ptrdiff_t n = lines->v[i].text.n;
        if (n < WIDTH_LEAST || lines->v[i].is_dropped) continue;
        counts[n < WIDTH_MAX ? n : WIDTH_MAX]++;
        total++;
    }
    for (int32_t n = 0; n <= WIDTH_MAX; n++)
        if ((sum += counts[n]) * 2 > total) return n;
    return 0;
}

/* Does the line go on in the paragraph at whose end `so_far` stands? The line before it had `before` bytes. */
static bool goes_on(Str so_far, Str line, bool turns, bool is_new_block, ptrdiff_t before, ptrdiff_t width)
{
    if (turns) return !ends_sentence(so_far) && begins_lower(line);   /* over the page, blank lines or not */
    return !is_new_block && !(ends_sentence(so_far) && before * 100 < width * SHORT_PERCENT);
}

Str pdf_text(Arena *a, Str pages)
{
    int32_t n_pages, page = 0;
    Lines lines = lines_of(a, pages, &n_pages);
    if (n_pages > 1) drop_running_heads(a, &lines, n_pages);
    Map compounds = {.to = a};
    note_compounds(&lines, &compounds);
    Buf b = {.to = a};
    ptrdiff_t width = usual_width(a, &lines), before = 0;
    bool is_new_block = true;
    for (int32_t i = 0; i < lines.n; i++) {
        Str s = lines.v[i].text;
        is_new_block |= !s.n;
        if (lines.v[i].is_dropped || !s.n) continue;
        if (b.n && goes_on(buf_str(&b), s, lines.v[i].page != page, is_new_block, before, width))
            join(a, &b, s, &compounds);
        else {
            if (b.n) buf_add(&b, S("\n\n"));
            buf_add(&b, s);
        }
        page = lines.v[i].page;
        is_new_block = false;
        before = s.n;
    }
    return b.n ? buf_str(&b) : (Str){0};
}

/* ---- the processes ----------------------------------------------------------------------------------------------- */
/* Its output, in the arena; the run is closed also where that lands. */
static Str output_of(Arena *a, IoRun *run)
{
    jmp_buf here, *const outer = a->landing;
    a->landing = &here;
    if (setjmp(here)) {
        a->landing = outer;
        io_run_close(run);
        longjmp(*outer, 1);
    }
    char *to = arena_new(a, char, run->n + 1);
    a->landing = outer;
    return (Str){to, io_run_read(run, false, to, (ptrdiff_t)run->n)};
}

static bool complain(const IoRun *run, Err *e)
{
    char said[400];
    Str text = {said, io_run_read(run, true, said, sizeof said - 1)}, line = {0};
    if (str_find(text, S("ncorrect password")) >= 0 || str_find(text, S("ncrypted")) >= 0)
        return fail(e, ERR_INPUT, "is an encrypted PDF; decrypt it first: qpdf --password=… --decrypt FILE "
                    "open.pdf, and give that");
    if (run->is_too_long)
        return fail(e, ERR_LIMIT, "is a PDF with more than %d bytes of text; split it first: pdfseparate FILE "
                    "page-%%d.pdf", OUTPUT_MAX);
    str_split(&text, '\n', &line);
    for (ptrdiff_t i = 0; i < line.n; i++)
        if ((unsigned char)said[i] < ' ' || (unsigned char)said[i] > '~') said[i] = '?';
    line = str_sub(line, 0, 120);
    return fail(e, ERR_INPUT, "is a PDF that pdftotext cannot read (%.*s); fetch it again, or print it into a new PDF",
                STR(line.n ? line : S("it gave up")));
}

/* "Title:          Port reopens" of pdfinfo. */
static void read_info(Arena *a, Str bytes, Record *r)
{
    static const char *const argv[] = {"pdfinfo", "-enc", "UTF-8", "-", NULL};
    IoRun run;
    Err ignored = {0};
    if (!io_run(&run, argv, bytes, INFO_MAX, SECONDS_MAX, &ignored) || run.status != 0) {
        io_run_close(&run);
        return;
    }
    Str rest = utf8_clean(a, output_of(a, &run)), line;
    io_run_close(&run);
    while (str_split(&rest, '\n', &line)) {
        Str title = str_starts(line, S("Title:")) ? str_trim(str_sub(line, 6, line.n)) : (Str){0};
        Str author = str_starts(line, S("Author:")) ? str_trim(str_sub(line, 7, line.n)) : (Str){0};
        if (office_is_title(title) && !r->title.n) r->title = title;
        if (office_is_author(author) && !r->author.n) r->author = author;
    }
}

static bool pdf_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    static const char *const argv[] = {"pdftotext", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    (void)how;
    if (!io_has_program(argv[0]))
        return fail(e, ERR_INPUT, "is a PDF, and pdftotext, which reads them, is not installed; install it: "
                    "apt-get install poppler-utils");
    IoRun run;
    if (!io_run(&run, argv, item->bytes, OUTPUT_MAX, SECONDS_MAX, e)) {
        io_run_close(&run);
        return err_while(e, "is a PDF that pdftotext could not read");
    }
    if (run.status != 0) {
        complain(&run, e);
        io_run_close(&run);
        return false;
    }
    Str pages = output_of(a, &run);
    io_run_close(&run);
    r->text = pdf_text(a, utf8_clean(a, pages));
    if (!r->text.n)
        return fail(e, ERR_INPUT, "is a PDF without text, pictures of pages perhaps; recognise its letters first: "
                    "ocrmypdf FILE text.pdf, and give that");
    for (char *p = (char *)(uintptr_t)r->text.p; (p = memchr(p, 0, (size_t)(r->text.p + r->text.n - p)));) *p = ' ';
    read_info(a, item->bytes, r);
    r->text_is_given = true;
    return true;
}

const Format format_pdf = {.record = pdf_record};
