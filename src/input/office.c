/* Office: the text of .docx and .odt, which are XML in a zip.
**
**  in:  <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>The port </w:t></w:r><w:r><w:t>reopens.</w:t></w:r></w:p>
**  out: "- The port reopens."
**
** A paragraph or heading becomes a paragraph, an item of a list a line with a dash, a row of a table a line with its
** cells between bars. What was deleted, hidden, or stands in notes and comments is left out. Title and author are the
** file's own where somebody wrote them; the date of a file is that of its template or last save, so it is not taken
** for the article's.
**
** libarchive finds the parts, libxml2 reads them (SAX; a document type, which these files never have, ends the
** reading, so no entity is ever expanded). All memory is taken before either is at work, so that an arena that lands
** leaves nothing open.
**
** Always: the text is no longer than its XML. Cost: linear.
*/
#include "input/office.h"
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { XML_MAX = 96 << 20, META_MAX = 1 << 20, MEMBERS_MAX = 20000 };   /* bytes; a bible as .docx has 30 MiB of XML */

/* ---- the parts of the zip ---------------------------------------------------------------------------------------- */
typedef struct { const char *name; int64_t size; Str bytes; } Part;   /* size -1: it is not there */
typedef enum { PART_WORD, PART_ODT, PART_CORE, PART_META, PART_MANIFEST, PART_SHEET, PART_SLIDES, PART_COUNT } PartName;
typedef struct { Part part[PART_COUNT]; } Parts;
static const char *const part_names[PART_COUNT] = {"word/document.xml", "content.xml", "docProps/core.xml", "meta.xml",
                                                   "META-INF/manifest.xml", "xl/workbook.xml", "ppt/presentation.xml"};

static bool read_part(struct archive *zip, Part *part)
{
    char *to = (char *)(uintptr_t)part->bytes.p;
    while (part->bytes.n < part->size) {
        la_ssize_t got = archive_read_data(zip, to + part->bytes.n, (size_t)(part->size - part->bytes.n));
        if (got <= 0) return false;
        part->bytes.n += got;
    }
    return true;
}

/* Sizes, or (`reads`) the bytes of those parts that have memory. Takes nothing from an arena. */
static bool scan(Str bytes, Parts *parts, bool reads, Err *e)
{
    struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    if (!zip) return fail(e, ERR_MEMORY, "no memory left to read it");
    archive_read_support_format_zip_seekable(zip);
    bool ok = archive_read_open_memory(zip, bytes.p, (size_t)bytes.n) == ARCHIVE_OK;
    int state = ok ? ARCHIVE_OK : ARCHIVE_FATAL;
    for (int n = 0; ok && n < MEMBERS_MAX; n++) {
        state = archive_read_next_header(zip, &entry);
        if (state != ARCHIVE_OK && state != ARCHIVE_WARN) break;
        const char *name = archive_entry_pathname(entry);
        for (int i = 0; name && i < PART_COUNT; i++) {
            Part *part = &parts->part[i];
            if (strcmp(name, part->name)) continue;
            if (!reads && part->size < 0) part->size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;
            else if (reads && part->bytes.p && !part->bytes.n) ok = read_part(zip, part);
        }
    }
    const char *said = archive_error_string(zip);
    if (!ok || (state != ARCHIVE_EOF && state != ARCHIVE_OK && state != ARCHIVE_WARN))
        ok = fail(e, ERR_INPUT, "is an office file that cannot be unpacked (%s); fetch it again",
                  said ? said : "damaged");
    archive_read_free(zip);
    return ok;
}

static bool take_parts(Arena *a, Str bytes, Parts *parts, Err *e)
{
    for (int i = 0; i < PART_COUNT; i++) parts->part[i] = (Part){.name = part_names[i], .size = -1};
    if (!scan(bytes, parts, false, e)) return false;
    for (int i = 0; i < PART_COUNT; i++) {
        Part *part = &parts->part[i];
        bool is_text = i == PART_WORD || i == PART_ODT;
        if (is_text && part->size > XML_MAX)
            return fail(e, ERR_LIMIT, "its text is %lld bytes of XML, at most %d are read; split it",
                        (long long)part->size, XML_MAX);
        if (part->size > 0 && (is_text || (i <= PART_MANIFEST && part->size <= META_MAX)))
            part->bytes.p = arena_new(a, char, part->size);
    }
    return scan(bytes, parts, true, e);
}

/* ---- XML --------------------------------------------------------------------------------------------------------- */
typedef struct {
    xmlParserCtxtPtr parser;
    char *to;                                            /* room for as many bytes as the XML has */
    ptrdiff_t n;
    bool is_odt, has_doctype, in_body, in_text, in_run_style, is_hidden, is_item, in_row, is_first_cell;
    int skipped, list_depth;                             /* skipped: open elements since one whose text is left out */
    Str title, author;                                   /* core.xml and meta.xml */
    Str *field;                                          /* of the two, while inside */
    ptrdiff_t field_begin;
} Xml;

static void put(Xml *x, const char *s, ptrdiff_t n)
{
    memcpy(x->to + x->n, s, (size_t)n);
    x->n += n;
}

static char last(const Xml *x) { return x->n ? x->to[x->n - 1] : '\n'; }

/* A paragraph ends: in a table only its row does. */
static void end_paragraph(Xml *x)
{
    while (x->n && last(x) == ' ') x->n--;
    if (x->in_row) {
        if (last(x) != '\n') put(x, " ", 1);
    } else if (last(x) != '\n')
        put(x, "\n\n", x->is_item ? 1 : 2);
    x->is_item = false;
}

static void begin_item(Xml *x)
{
    if (x->in_row || x->is_item) return;
    x->is_item = true;
    if (last(x) == '\n') put(x, "- ", 2);
}

static void put_blank(Xml *x)
{
    if (last(x) != '\n' && last(x) != ' ') put(x, " ", 1);
}

static void begin_cell(Xml *x)
{
    while (x->n && last(x) == ' ') x->n--;
    if (!x->is_first_cell && last(x) != '\n') put(x, " | ", 3);
    x->is_first_cell = false;
}

static void end_row(Xml *x)
{
    while (x->n && (last(x) == ' ' || last(x) == '|')) x->n--;
    if (last(x) != '\n') put(x, "\n", 1);
    x->in_row = false;
}

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp(name, *names)) return true;
    return false;
}

/* "w:val" or its like is not one of the words for no. */
static bool is_on(int n, const xmlChar **attributes)
{
    for (int i = 0; i < n; i++) {
        Str value = {(const char *)attributes[i * 5 + 3],
                     (const char *)attributes[i * 5 + 4] - (const char *)attributes[i * 5 + 3]};
        if (!strcmp((const char *)attributes[i * 5], "val"))
            return !str_eq(value, S("0")) && !str_eq(value, S("false")) && !str_eq(value, S("none"));
    }
    return true;
}

static void word_start(Xml *x, const char *name, int n, const xmlChar **attributes)
{
    static const char *const left_out[] = {"del", "moveFrom", "Fallback", "delText", "instrText", "footnote",
                                           "endnote", NULL};
    if (is_any(name, left_out)) x->skipped = 1;
    else if (!strcmp(name, "body")) x->in_body = true;
    else if (!strcmp(name, "t")) x->in_text = x->in_body;
    else if (!x->in_body) return;
    else if (!strcmp(name, "tab")) put_blank(x);
    else if (!strcmp(name, "br") || !strcmp(name, "cr")) put(x, x->in_row ? " " : "\n", 1);
    else if (!strcmp(name, "numPr")) begin_item(x);
    else if (!strcmp(name, "rPr")) x->in_run_style = true;
    else if (!strcmp(name, "vanish")) x->is_hidden = x->in_run_style && is_on(n, attributes);
    else if (!strcmp(name, "r")) x->is_hidden = false;
    else if (!strcmp(name, "tr")) x->in_row = x->is_first_cell = true;
    else if (!strcmp(name, "tc")) begin_cell(x);
}

static void word_end(Xml *x, const char *name)
{
    if (!strcmp(name, "t")) x->in_text = false;
    else if (!strcmp(name, "rPr")) x->in_run_style = false;
    else if (!strcmp(name, "r")) x->is_hidden = false;
    else if (!strcmp(name, "p")) end_paragraph(x);
    else if (!strcmp(name, "tr")) end_row(x);
    else if (!strcmp(name, "tbl") && last(x) == '\n') put(x, "\n", 1);
}

static void odt_start(Xml *x, const char *name)
{
    static const char *const left_out[] = {"tracked-changes", "annotation", "annotation-end", "note", "forms",
                                           "sequence-decls",
                                           "table-of-content", "alphabetical-index", "hidden-text", NULL};
    if (is_any(name, left_out)) x->skipped = 1;
    else if (!strcmp(name, "body")) x->in_body = true;
    else if (!x->in_body) return;
    else if (!strcmp(name, "p") || !strcmp(name, "h")) x->in_text = true;
    else if (!strcmp(name, "s") || !strcmp(name, "tab")) put(x, " ", 1);
    else if (!strcmp(name, "line-break")) put(x, x->in_row ? " " : "\n", 1);
    else if (!strcmp(name, "list-item")) begin_item(x);
    else if (!strcmp(name, "table-row")) x->in_row = x->is_first_cell = true;
    else if (!strcmp(name, "table-cell")) begin_cell(x);
}

static void odt_end(Xml *x, const char *name)
{
    if (!x->in_body) return;
    if (!strcmp(name, "p") || !strcmp(name, "h")) {
        end_paragraph(x);
        x->in_text = false;
    } else if (!strcmp(name, "table-row"))
        end_row(x);
    else if ((!strcmp(name, "table") || !strcmp(name, "list")) && x->n > 1 && last(x) == '\n' &&
             x->to[x->n - 2] != '\n')
        put(x, "\n", 1);
}

static void on_start(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n,
                     int n_default, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)n_ns, (void)ns, (void)n_default;
    Xml *x = with;
    if (x->skipped) {
        x->skipped++;
        return;
    }
    if (x->is_odt)
        odt_start(x, (const char *)name);
    else
        word_start(x, (const char *)name, n, attributes);
}

static void on_end(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    Xml *x = with;
    if (x->skipped)
        x->skipped--;
    else if (x->is_odt)
        odt_end(x, (const char *)name);
    else
        word_end(x, (const char *)name);
}

/* Blanks are kept in Word's text; OpenDocument collapses them (its own <text:s/> says more). */
static void on_text(void *with, const xmlChar *text, int n)
{
    Xml *x = with;
    if (x->skipped || !x->in_text || x->is_hidden) return;
    for (int i = 0; i < n; i++) {
        char c = (char)text[i];
        if (is_blank(c)) c = ' ';
        if (c != ' ' || !x->is_odt || (last(x) != ' ' && last(x) != '\n')) put(x, &c, 1);
    }
}

static void on_doctype(void *with, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    Xml *x = with;
    x->has_doctype = true;
    xmlStopParser(x->parser);
}

static void meta_start(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                       const xmlChar **ns, int n,
                       int n_default, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)n_ns, (void)ns, (void)n, (void)n_default, (void)attributes;
    Xml *x = with;
    const char *is = (const char *)name;
    bool is_author = !strcmp(is, "creator") || (!strcmp(is, "initial-creator") && !x->author.n);
    x->field = !strcmp(is, "title") ? &x->title : is_author ? &x->author : NULL;
    x->field_begin = x->n;
}

static void meta_end(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    Xml *x = with;
    if (x->field) *x->field = str_trim((Str){x->to + x->field_begin, x->n - x->field_begin});
    x->field = NULL;
}

static void meta_text(void *with, const xmlChar *text, int n)
{
    Xml *x = with;
    if (!x->field) return;
    for (int i = 0; i < n; i++) {
        char c = is_blank((char)text[i]) ? ' ' : (char)text[i];
        put(x, &c, 1);
    }
}

static void be_silent(void *with, xmlErrorPtr why) { (void)with, (void)why; }

static bool parse(Xml *x, Str xml, const xmlSAXHandler *sax)
{
    x->parser = xmlCreateMemoryParserCtxt(xml.p, (int)xml.n);
    if (!x->parser) return false;
    *x->parser->sax = *sax;
    x->parser->userData = x;
    xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlParseDocument(x->parser);
    bool ok = x->parser->wellFormed;
    xmlFreeParserCtxt(x->parser);
    x->parser = NULL;
    return ok;
}

/* ---- what the file says of itself -------------------------------------------------------------------------------- */
bool office_is_title(Str s)
{
    static const Str none[] = {S("untitled"), S("document"), S("document1"), S("word document"), S("title"),
                               S("print")};
    static const Str ends[] = {S(".doc"), S(".docx"), S(".odt"), S(".indd"), S(".qxd"), S(".rtf"), S(".pdf"),
                               S(".txt")};
    if (!s.n || str_starts(s, S("Microsoft Word -")) || str_starts(s, S("PowerPoint "))) return false;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (str_eq_fold(s, none[i])) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (s.n > ends[i].n && str_eq_fold(str_sub(s, s.n - ends[i].n, s.n), ends[i])) return false;
    return true;
}

bool office_is_author(Str s)
{
    static const Str none[] = {S("user"), S("admin"), S("administrator"), S("windows user"),
                               S("microsoft office user"), S("author"),
                               S("owner"), S("unknown"), S("python-docx"), S("root"), S("pc")};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (str_eq_fold(s, none[i])) return false;
    return s.n > 0;
}

static void read_meta(Arena *a, const Part *part, Record *r)
{
    static const xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = meta_start,
                                      .endElementNs = meta_end,
                                      .characters = meta_text, .internalSubset = on_doctype, .serror = be_silent};
    if (!part->bytes.n) return;
    Xml x = {.to = arena_new(a, char, part->bytes.n + 8)};
    parse(&x, part->bytes, &sax);
    if (office_is_title(x.title)) r->title = utf8_clean(a, x.title);
    if (office_is_author(x.author)) r->author = utf8_clean(a, x.author);
}

/* ---- what the format names --------------------------------------------------------------------------------------- */
static bool choose(const Parts *p, const Part **text, Err *e)
{
    *text = p->part[PART_WORD].bytes.n ? &p->part[PART_WORD] : &p->part[PART_ODT];
    if (str_find(p->part[PART_MANIFEST].bytes, S("encryption-data")) >= 0)
        return fail(e, ERR_INPUT, "is encrypted; open it with its password, save it without one, and give that");
    if ((*text)->bytes.n) return true;
    if (p->part[PART_SHEET].size >= 0)
        return fail(e, ERR_INPUT, "is a spreadsheet, which is not read; save what is text as text");
    if (p->part[PART_SLIDES].size >= 0)
        return fail(e, ERR_INPUT, "is a set of slides, which is not read; save its text");
    return fail(e, ERR_INPUT, "is an office file without a text (word/document.xml or content.xml); open it and "
                "save its text");
}

static bool office_record(Arena *a, const Item *item, InputOptions how, Record *r, Err *e)
{
    static const xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end,
                                      .characters = on_text, .ignorableWhitespace = on_text, .cdataBlock = on_text,
                                      .internalSubset = on_doctype, .serror = be_silent};
    (void)how;
    Parts parts;
    const Part *text;
    if (!take_parts(a, item->bytes, &parts, e) || !choose(&parts, &text, e)) return false;
    Xml x = {.is_odt = text == &parts.part[PART_ODT], .to = arena_new(a, char, text->bytes.n + 8)};
    bool ok = parse(&x, text->bytes, &sax);
    if (x.has_doctype)
        return fail(e, ERR_INPUT, "its XML has a document type, which office files never have; left out as a trap");
    if (!ok)
        return fail(e, ERR_INPUT, "its XML (%s) is damaged; open it in your office program and save it again",
                    text->name);
    r->text = utf8_clean(a, str_trim((Str){x.to, x.n}));
    if (!r->text.n) return fail(e, ERR_INPUT, "holds no text; nothing to read");
    read_meta(a, &parts.part[x.is_odt ? PART_META : PART_CORE], r);
    r->text_is_given = true;
    return true;
}

const Format format_office = {.record = office_record};

/* The first member of a zip says what it is: both kinds of office files must begin so, or nearly do. */
bool office_is(Str head)
{
    static const Str names[] = {S("[Content_Types].xml"), S("_rels/.rels"), S("word/"), S("docProps/")};
    if (head.n < 30) return false;
    ptrdiff_t n = (ptrdiff_t)le_number(head.p + 26, 2);
    Str name = str_sub(head, 30, 30 + n);
    if (str_eq(name, S("mimetype")))
        return str_find(str_sub(head, 38, 200), S("application/vnd.oasis.opendocument.text")) >= 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(name, names[i])) return true;
    return false;
}
