/* Sniff: what kind of file begins like this.
**
** Content decides, never the name: people save pages as .txt and call lines of JSON .json. A row says what a magic
** number means; whether that is read, formats.c knows. What is not is told by what it is, with the command that makes
** it readable.
**
**  in:  "\x04\x22\x4D\x18…"                out: refused: compressed with lz4; decompress it first: lz4cat …
**  in:  "{\"text\": \"The port …"          out: JSON
**  in:  "[Photo: A. Ruiz] The port …"      out: text
**
** Always: a head is either readable or refused with a remedy. Cost: the first 4 KiB.
*/
#include "input/feed.h"
#include "input/mail.h"
#include "input/office.h"
#include <string.h>

typedef struct {
    const char *what;                                    /* "is …" */
    Str magic;                                           /* begins so … */
    int at;                                              /* … at this byte; -1: after blanks, as markup */
    Content kind;                                        /* CONTENT_UNKNOWN: never read */
    const char *remedy;                                  /* of what is not read; NULL: it is */
} Magic;

#define DECOMPRESS(tool) "decompress it first: " tool " FILE | demarche add -"
#define PICTURE "pictures hold no text that is read here; leave it out"

/* Magic numbers: file(1)'s and each format's own specification; markup: WHATWG MIME Sniffing, section 7.1 (2024). */
static const Magic magics[] = {
    {"is compressed with gzip", {"\x1F\x8B", 2}, 0, CONTENT_COMPRESSED, NULL},
    {"is compressed with zstd", {"\x28\xB5\x2F\xFD", 4}, 0, CONTENT_COMPRESSED, NULL},
    {"is compressed with xz", {"\xFD" "7zXZ\0", 6}, 0, CONTENT_COMPRESSED, NULL},
    {"is compressed with bzip2", {"1AY&SY", 6}, 4, CONTENT_COMPRESSED, NULL},
    {"is compressed with lz4", {"\x04\x22\x4D\x18", 4}, 0, CONTENT_UNKNOWN, DECOMPRESS("lz4cat")},
    {"is a zip archive (a .docx, .odt or .epub is one, too)", {"PK\3\4", 4}, 0, CONTENT_ARCHIVE, NULL},
    {"is a zip archive without entries", {"PK\5\6", 4}, 0, CONTENT_UNKNOWN, "leave it out"},
    {"is a 7z archive", {"7z\xBC\xAF\x27\x1C", 6}, 0, CONTENT_UNKNOWN,
     "unpack it first: 7z x FILE, and give the files"},
    {"is a tar archive", {"ustar", 5}, 257, CONTENT_ARCHIVE, NULL},
    {"is a PDF", {"%PDF-", 5}, 0, CONTENT_PDF, NULL},
    {"is PostScript", {"%!PS", 4}, 0, CONTENT_UNKNOWN, "take its text out first: ps2ascii FILE | demarche add -"},
    {"is RTF", {"{\\rtf", 5}, 0, CONTENT_UNKNOWN, "save it as plain text first: unrtf --text FILE | demarche add -"},
    {"is an old or encrypted Office document", {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, 0, CONTENT_UNKNOWN,
     "save it as plain text first, and give that"},
    {"is an SQLite database", {"SQLite format 3\0", 16}, 0, CONTENT_UNKNOWN,
     "a ledger is named with --ledger FILE, and joined to another with demarche merge FILE"},
    {"is a WARC archive", {"WARC/", 5}, 0, CONTENT_WARC, NULL},
    {"is an ARC archive", {"filedesc:", 9}, 0, CONTENT_WARC, NULL},
    {"is a PNG picture", {"\x89PNG\r\n", 6}, 0, CONTENT_UNKNOWN, PICTURE},
    {"is a JPEG picture", {"\xFF\xD8\xFF", 3}, 0, CONTENT_UNKNOWN, PICTURE},
    {"is a GIF picture", {"GIF8", 4}, 0, CONTENT_UNKNOWN, PICTURE},
    {"is a program (ELF)", {"\x7F" "ELF", 4}, 0, CONTENT_UNKNOWN, "leave it out"},
    {"is XML", {"<?xml", 5}, -1, CONTENT_UNKNOWN, "give its text as plain text or JSON Lines"},
#define MARKUP(tag) {"is an HTML page", {tag, sizeof tag - 1}, -1, CONTENT_PAGE, NULL}
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

/* Before the root of an XML document stand its declaration, instructions, comments, and a document type. */
static Str markup_root(Str markup)
{
    static const Str pairs[][2] = {{S("<?"), S("?>")}, {S("<!--"), S("-->")}, {S("<!doctype"), S(">")}};
    if (!str_eq_fold(str_sub(markup, 0, 5), S("<?xml"))) return markup;
    Str at = markup;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!str_eq_fold(str_sub(at, 0, pairs[i][0].n), pairs[i][0])) continue;
        ptrdiff_t end = str_find(at, pairs[i][1]);
        if (end < 0) return markup;
        at = str_sub(at, end + pairs[i][1].n, at.n);
        at = str_sub(at, skip_blanks(at, 0), at.n);
        i = (size_t)-1;                                  /* from the first again */
    }
    return str_starts(at, S("<")) ? at : markup;
}

static const Magic *magic_in(Str head, Str plain, Str markup)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const Magic *m = &magics[i];
        Str from = m->at ? str_sub(head, m->at, head.n) : plain;
        if (m->at < 0 ? is_markup(markup, m->magic) : str_starts(from, m->magic)) return m;
    }
    return NULL;
}

static const Magic *magic_of(Str head)
{
    Str plain = charset_unmark(head);
    Str markup = str_sub(plain, skip_blanks(plain, 0), plain.n);
    const Magic *m = magic_in(head, plain, markup_root(markup));
    return m ? m : magic_in(head, plain, markup);
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

/* ---- mails --------------------------------------------------------------------------------------------------- */
/* The name of a header field (RFC 5322, 3.6.8) before its colon; empty where the line is none. */
static Str field_name(Str line)
{
    ptrdiff_t i = 0;
    while (i < line.n && line.p[i] > ' ' && line.p[i] < 0x7F && line.p[i] != ':') i++;
    return i > 0 && i < line.n && line.p[i] == ':' ? str_sub(line, 0, i) : (Str){0};
}

/* Nothing but fields up to the first empty line, with From and one that only a mail has: an article may begin with one
** "From: our correspondent", but not with all that. */
static bool is_mail(Str head, bool is_all)
{
    static const Str proofs[] = {S("Date"), S("Message-ID"), S("Received"), S("MIME-Version"), S("Return-Path"),
                                 S("Delivered-To")};
    Str rest = head, line;
    bool has_from = false, has_proof = false;
    for (int n = 0; str_split(&rest, '\n', &line); n++) {
        if (str_eq(line, S("")) || str_eq(line, S("\r"))) return n > 0 && has_from && has_proof;
        if (!rest.p && !is_all) break;                   /* cut off by the head's end */
        if (n && (line.p[0] == ' ' || line.p[0] == '\t')) continue;
        Str name = field_name(line);
        if (!name.n) return false;
        has_from |= str_eq_fold(name, S("From")) || str_eq_fold(name, S("Sender"));
        for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) has_proof |= str_eq_fold(name, proofs[i]);
    }
    return has_proof && (has_from || !is_all);           /* a long chain of Received comes before From */
}

static bool is_mbox(Str head)
{
    Str rest = head, line;
    return str_split(&rest, '\n', &line) && mail_is_divider(line) && str_split(&rest, '\n', &line) &&
        field_name(line).n;
}

Content sniff(Str head, Err *e)
{
    head = str_sub(head, 0, SNIFF_BYTES);
    if (feed_is(head)) return CONTENT_FEED;              /* first: it may be in UTF-16, or stand behind junk */
    if (charset_is_wide(head)) return CONTENT_WIDE;
    if (str_starts(head, S("PK\3\4")) && office_is(head)) return CONTENT_OFFICE;
    const Magic *m = magic_of(head);
    bool is_book = m && m->kind == CONTENT_ARCHIVE && str_find(str_sub(head, 30, 100), S("mimetypeapplication/")) == 0;
    if (is_book) {
        fail(e, ERR_INPUT, "is an e-book, a spreadsheet or slides, which are not read; save its text, and give that");
        return CONTENT_UNKNOWN;
    }
    if (m && m->kind != CONTENT_UNKNOWN) return m->kind;
    if (m) {
        fail(e, ERR_INPUT, "%s, which is not read; %s", m->what, m->remedy);
        return CONTENT_UNKNOWN;
    }
    if (is_mbox(head)) return CONTENT_MBOX;
    if (is_mail(head, head.n < SNIFF_BYTES)) return CONTENT_MAIL;
    Str plain = charset_unmark(head);
    ptrdiff_t first = skip_blanks(plain, 0);
    bool is_array = first < plain.n && plain.p[first] == '[' && is_object(plain, skip_blanks(plain, first + 1));
    if (is_array) return CONTENT_JSON_ARRAY;
    if (is_object(plain, first)) return CONTENT_JSON;
    const char *name;
    if (is_unmarked_utf16(head, &name)) {
        fail(e, ERR_INPUT, "looks like %s without its mark; convert it first: "
             "iconv -f %s -t UTF-8 FILE | demarche add -", name, name);
        return CONTENT_UNKNOWN;
    }
    if (is_binary(head)) {
        fail(e, ERR_INPUT, "is not text but binary data (zero or control bytes); give its text, or leave it out");
        return CONTENT_UNKNOWN;
    }
    return CONTENT_TEXT;
}
