/* Sniff: what kind of file begins like this.
**
** Content decides, never the name: people save pages as .txt and call lines of JSON .json. What cannot be read yet is
** told by what it is, with the command that makes it readable; a format that is learned later takes its row away.
**
**  in:  "\x1F\x8B\x08…"                    out: refused: compressed with gzip; decompress it first: zcat …
**  in:  "{\"text\": \"The port …"          out: JSON
**  in:  "[Photo: A. Ruiz] The port …"      out: text
**
** Always: a head is either readable or refused with a remedy. Cost: the first 4 KiB.
*/
#include "input/inside.h"
#include <string.h>

typedef struct {
    const char *what;                                    /* "is …" */
    Str magic;                                           /* begins so … */
    int at;                                              /* … at this byte; -1: after blanks, as markup */
    const char *remedy;
} Refusal;

#define DECOMPRESS(tool) "decompress it first: " tool " FILE | demarche add -"
#define PAGE "save its text first: w3m -dump -T text/html FILE | demarche add -"
#define PICTURE "pictures hold no text that is read here; leave it out"

/* Magic numbers: file(1)'s and each format's own specification; markup: WHATWG MIME Sniffing, section 7.1 (2024). */
static const Refusal refusals[] = {
    {"is compressed with gzip", {"\x1F\x8B", 2}, 0, DECOMPRESS("zcat")},
    {"is compressed with zstd", {"\x28\xB5\x2F\xFD", 4}, 0, DECOMPRESS("zstdcat")},
    {"is compressed with xz", {"\xFD" "7zXZ\0", 6}, 0, DECOMPRESS("xzcat")},
    {"is compressed with bzip2", {"1AY&SY", 6}, 4, DECOMPRESS("bzcat")},
    {"is compressed with lz4", {"\x04\x22\x4D\x18", 4}, 0, DECOMPRESS("lz4cat")},
    {"is a zip archive (a .docx, .odt or .epub is one, too)", {"PK\3\4", 4}, 0,
     "unpack it with unzip, or save the document as plain text, and give that"},
    {"is a zip archive without entries", {"PK\5\6", 4}, 0, "leave it out"},
    {"is a 7z archive", {"7z\xBC\xAF\x27\x1C", 6}, 0, "unpack it first: 7z x FILE, and give the files"},
    {"is a tar archive", {"ustar", 5}, 257, "unpack it first: tar xf FILE, and give the folder"},
    {"is a PDF", {"%PDF-", 5}, 0, "take its text out first: pdftotext FILE - | demarche add -"},
    {"is PostScript", {"%!PS", 4}, 0, "take its text out first: ps2ascii FILE | demarche add -"},
    {"is RTF", {"{\\rtf", 5}, 0, "save it as plain text first: unrtf --text FILE | demarche add -"},
    {"is an old Office document", {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, 0,
     "save it as plain text first, and give that"},
    {"is an SQLite database", {"SQLite format 3\0", 16}, 0,
     "a ledger is named with --ledger FILE, and joined to another with demarche merge FILE"},
    {"is a WARC archive", {"WARC/", 5}, 0, "web archives are not read yet; take the pages' text out first"},
    {"is a PNG picture", {"\x89PNG\r\n", 6}, 0, PICTURE},
    {"is a JPEG picture", {"\xFF\xD8\xFF", 3}, 0, PICTURE},
    {"is a GIF picture", {"GIF8", 4}, 0, PICTURE},
    {"is a program (ELF)", {"\x7F" "ELF", 4}, 0, "leave it out"},
    {"is an RSS feed", {"<rss", 4}, -1, "feeds are not read yet; give the articles as plain text or JSON Lines"},
    {"is an Atom feed", {"<feed", 5}, -1, "feeds are not read yet; give the articles as plain text or JSON Lines"},
    {"is an RSS feed", {"<rdf:rdf", 8}, -1, "feeds are not read yet; give the articles as plain text or JSON Lines"},
    {"is XML", {"<?xml", 5}, -1, "XML is not read yet; give its text as plain text or JSON Lines"},
#define MARKUP(tag) {"is an HTML page", {tag, sizeof tag - 1}, -1, PAGE}
    MARKUP("<!doctype"), MARKUP("<html"), MARKUP("<head"), MARKUP("<body"), MARKUP("<script"), MARKUP("<iframe"),
    MARKUP("<h1"), MARKUP("<div"), MARKUP("<font"), MARKUP("<table"), MARKUP("<style"), MARKUP("<title"),
    MARKUP("<meta"), MARKUP("<article"), MARKUP("<section"), MARKUP("<b"), MARKUP("<br"), MARKUP("<p"), MARKUP("<a"),
    MARKUP("<!--"),
};

enum { CONTROL_MAX_PERCENT = 10 };    /* of the head; a log with colours stays below, programs and data do not */

static ptrdiff_t skip_blanks(Str s, ptrdiff_t i)
{
    while (i < s.n && is_blank(s.p[i])) i++;
    return i;
}

/* "<p>", "<p class", but not "<peace": a tag's name ends there (section 7.1 of the standard). */
static bool is_markup(Str s, Str magic)
{
    if (!str_eq_fold(str_sub(s, 0, magic.n), magic)) return false;
    if (magic.p[1] == '!' || magic.p[1] == '?') return true;
    return s.n > magic.n && (is_blank(s.p[magic.n]) || s.p[magic.n] == '>' || s.p[magic.n] == '/');
}

static const Refusal *refusal_of(Str head)
{
    Str plain = charset_unmark(head);
    Str markup = str_sub(plain, skip_blanks(plain, 0), plain.n);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const Refusal *r = &refusals[i];
        Str from = r->at ? str_sub(head, r->at, head.n) : plain;
        if (r->at < 0 ? is_markup(markup, r->magic) : str_starts(from, r->magic)) return r;
    }
    return NULL;
}

/* Zeros at every second byte are Latin letters in UTF-16 whose mark is missing. */
static bool is_unmarked_utf16(Str head, const char **name)
{
    ptrdiff_t zero[2] = {0, 0}, pairs = head.n / 2;
    for (ptrdiff_t i = 0; i < pairs * 2; i++) zero[i & 1] += head.p[i] == 0;
    *name = zero[1] > zero[0] ? "UTF-16LE" : "UTF-16BE";
    ptrdiff_t more = zero[1] > zero[0] ? zero[1] : zero[0], less = zero[0] + zero[1] - more;
    return pairs >= 8 && more * 2 > pairs && less * 20 < pairs;
}

static bool is_binary(Str head)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < head.n; i++) {
        unsigned char b = (unsigned char)head.p[i];
        if (b == 0) return true;
        n += (b < 0x20 && !is_blank(head.p[i]) && b != 0x1B && b != '\b') || b == 0x7F;
    }
    return n * 100 > head.n * CONTROL_MAX_PERCENT;
}

/* `{"`, `{'` (Python's print: refused later as a line, not read as an article) and `{}` begin JSON; "{Editor's note"
** does not. */
static bool is_object(Str s, ptrdiff_t i)
{
    if (i >= s.n || s.p[i] != '{') return false;
    i = skip_blanks(s, i + 1);
    return i < s.n && (s.p[i] == '"' || s.p[i] == '\'' || s.p[i] == '}');
}

Sniffed sniff(Str head, Err *e)
{
    head = str_sub(head, 0, SNIFF_BYTES);
    if (charset_is_wide(head)) return SNIFF_WIDE;
    const Refusal *r = refusal_of(head);
    if (r) {
        fail(e, ERR_INPUT, "%s, which is not read; %s", r->what, r->remedy);
        return SNIFF_REFUSED;
    }
    Str plain = charset_unmark(head);
    ptrdiff_t first = skip_blanks(plain, 0);
    bool is_array = first < plain.n && plain.p[first] == '[' && is_object(plain, skip_blanks(plain, first + 1));
    if (is_array) return SNIFF_JSON_ARRAY;
    if (is_object(plain, first)) return SNIFF_JSON;
    const char *name;
    if (is_unmarked_utf16(head, &name)) {
        fail(e, ERR_INPUT, "looks like %s without its mark; convert it first: "
             "iconv -f %s -t UTF-8 FILE | demarche add -", name, name);
        return SNIFF_REFUSED;
    }
    if (is_binary(head)) {
        fail(e, ERR_INPUT, "is not text but binary data (zero or control bytes); give its text, or leave it out");
        return SNIFF_REFUSED;
    }
    return SNIFF_TEXT;
}
