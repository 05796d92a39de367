/* The charset of a feed: four witnesses, heard in order, and each believed only if the bytes agree.
**
** The HTTP header, the byte order mark, the XML declaration and the bytes themselves may all say something else. RFC
** 3023 (section 3) ranks them: the header's charset; for text/xml without one us-ascii; then the declaration; then
** UTF-8. The first that can read every byte wins; where it is not the one that ranks first, the feed's word was wrong.
**
**  in:  "\xFE\xFF\0<\0?…", <?xml encoding="utf-16"?>     out: encoding "utf-16be", nothing wrong
**  in:  <?xml encoding="bogus"?>                          out: encoding "utf-8", "declared as bogus, read as utf-8"
**
** Damaged UTF-8 stays UTF-8, its ill bytes shown as U+FFFD, and text that fits nothing is read as charset.c reads
** plain text. Always: what leaves is well-formed UTF-8 without a mark. Cost: one pass for each charset that was tried.
*/
#include "input/feed_inside.h"
#include <iconv.h>
#include <string.h>

/* ---- names ------------------------------------------------------------------------------------------------------- */
static Str lower(Arena *a, Str s)
{
    char *p = arena_cstr(a, s);
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] += 32;
    return (Str){p, s.n};
}

/* Names that say only "two bytes" or "four bytes": the mark, or the zeros, say which way round. */
static bool is_wide_name(Str name)
{
    static const Str names[] = {
        S("u16"),    S("utf-16"),          S("utf16"),           S("utf_16"), S("u32"),       S("utf-32"), S("utf32"),
        S("utf_32"), S("iso-10646-ucs-2"), S("iso-10646-ucs-4"), S("csucs4"), S("csunicode"), S("ucs-2"),  S("ucs-4")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_fold(name, names[i])) return true;
    return false;
}

/* Names that iconv spells otherwise, or that stand for more than they say (WHATWG Encoding, section 4.2: every page
** that calls itself GB2312 is read as its superset). */
static const struct { Str name, iconv; } spellings[] = {
    {S("gb2312"), S("GB18030")}, {S("gb18030"), S("GB18030")}, {S("x-gbk"), S("GBK")}, {S("cp1252"), S("WINDOWS-1252")},
    {S("x-sjis"), S("CP932")}, {S("sjis"), S("CP932")}, {S("shift-jis"), S("CP932")}, {S("ms-kanji"), S("CP932")},
    {S("shift-jis-2004"), S("SHIFT_JISX0213")}, {S("shift-jisx0213"), S("SHIFT_JISX0213")},
    {S("euc-jis-2004"), S("EUC-JISX0213")}, {S("iso2022-jp"), S("ISO-2022-JP")}, {S("iso-2022-jp-1"), S("ISO-2022-JP-3")},
    {S("iso-2022-jp-2004"), S("ISO-2022-JP-3")}, {S("iso-2022-jp-ext"), S("ISO-2022-JP-3")},
    {S("iso2022-kr"), S("ISO-2022-KR")}, {S("big5hkscs"), S("BIG5-HKSCS")}, {S("ks-c-5601-1987"), S("CP949")},
    {S("latin-1"), S("ISO-8859-1")}, {S("ascii"), S("US-ASCII")}, {S("utf-8-sig"), S("UTF-8")}, {S("cp65001"), S("UTF-8")},
    {S("mac-cyrillic"), S("MAC-CYRILLIC")}, {S("x-mac-cyrillic"), S("MAC-CYRILLIC")}, {S("macroman"), S("MACINTOSH")},
    {S("mac-roman"), S("MACINTOSH")}, {S("x-mac-roman"), S("MACINTOSH")}, {S("mac-latin2"), S("MAC-CENTRALEUROPE")},
    {S("maccentraleurope"), S("MAC-CENTRALEUROPE")}, {S("ptcp154"), S("PT154")}, {S("kz1048"), S("RK1048")}};

static Str iconv_name(Arena *a, Str name)
{
    char *p = arena_cstr(a, name);
    for (ptrdiff_t i = 0; i < name.n; i++) {
        if (p[i] == '_') p[i] = '-';
        if ((unsigned char)p[i] <= ' ' || p[i] == '/' || (unsigned char)p[i] >= 0x7F) return (Str){0};  /* //IGNORE */
    }
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (str_eq_fold(spellings[i].name, (Str){p, name.n})) return spellings[i].iconv;
    return (Str){p, name.n};
}

/* ---- decoding ---------------------------------------------------------------------------------------------------- */
/* The whole of it or nothing. Arena landings must not pass over an open converter, so room is taken before. */
static bool decode_with(Arena *a, Str bytes, Str name, Str *text)
{
    if (!name.n || name.n > 40) return false;
    if (str_eq_fold(name, S("utf-8")) || str_eq_fold(name, S("utf8"))) {
        *text = bytes;
        return utf8_bad(bytes) < 0 && !memchr(bytes.p, 0, (size_t)bytes.n);    /* XML has no zeros: UTF-16 has */
    }
    Str spelt = iconv_name(a, name);
    if (!spelt.n) return false;
    char *from_name = arena_cstr(a, spelt);
    ptrdiff_t room = bytes.n * 3 + 64;                   /* one byte becomes at most three; two bytes at most four */
    char *start = arena_new(a, char, room), *to = start, *from = (char *)bytes.p;
    iconv_t with = iconv_open("UTF-8", from_name);
    if (with == (iconv_t)-1) return false;
    size_t left = (size_t)bytes.n, free_bytes = (size_t)room;
    bool ok = iconv(with, &from, &left, &to, &free_bytes) != (size_t)-1 && left == 0;
    if (ok) ok = iconv(with, NULL, NULL, &to, &free_bytes) != (size_t)-1;
    iconv_close(with);
    *text = (Str){start, to - start};
    return ok && utf8_bad(*text) < 0 && !memchr(start, 0, (size_t)text->n);
}

/* ---- the witnesses ----------------------------------------------------------------------------------------------- */
typedef struct { Str name, mark; } Mark;
static Str mark_of(Str bytes, ptrdiff_t *skip)
{
    static const struct { Str head; const char *name; int skip; } marks[] = {
        {{"\0\0\xFE\xFF", 4}, "utf-32be", 4}, {{"\xFF\xFE\0\0", 4}, "utf-32le", 4}, {{"\xFE\xFF", 2}, "utf-16be", 2},
        {{"\xFF\xFE", 2}, "utf-16le", 2},     {{"\xEF\xBB\xBF", 3}, "utf-8", 3},
        {{"\0<\0?", 4}, "utf-16be", 0},       {{"<\0?\0", 4}, "utf-16le", 0},       {{"\0\0\0<", 4}, "utf-32be", 0},
        {{"<\0\0\0", 4}, "utf-32le", 0},      {{"\x4C\x6F\xA7\x94", 4}, "cp037", 0}};     /* EBCDIC's "<?xm" */
    *skip = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(bytes, marks[i].head)) {
            *skip = marks[i].skip;
            return str_of(marks[i].name);
        }
    return (Str){0};
}

/* What stands in <?xml … encoding="…"?>, if the text begins with it. */
static Str declared_in(Str text)
{
    if (!str_starts(text, S("<?"))) return (Str){0};
    Str head = str_sub(text, 0, 1024);
    ptrdiff_t end = str_find(head, S("?>"));
    head = str_sub(head, 0, end < 0 ? head.n : end);
    ptrdiff_t at = str_find(head, S("encoding"));
    if (at < 0) return (Str){0};
    Str rest = str_trim(str_sub(head, at + 8, head.n));
    if (!rest.n || rest.p[0] != '=') return (Str){0};
    rest = str_trim(str_sub(rest, 1, rest.n));
    if (!rest.n || (rest.p[0] != '"' && rest.p[0] != '\'')) return (Str){0};
    Str quote = str_sub(rest, 0, 1);
    rest = str_sub(rest, 1, rest.n);
    end = str_find(rest, quote);
    return end < 0 ? (Str){0} : str_trim(str_sub(rest, 0, end));
}

static Str strip_quotes(Str s)
{
    s = str_trim(s);
    while (s.n && (s.p[0] == '"' || s.p[0] == '\'')) s = str_sub(s, 1, s.n);
    while (s.n && (s.p[s.n - 1] == '"' || s.p[s.n - 1] == '\'')) s = str_sub(s, 0, s.n - 1);
    return str_trim(s);
}

typedef struct { Str type, charset; bool is_xml, is_text, is_json; } MediaType;
static MediaType media_type(Arena *a, const Given *given)
{
    MediaType m = {0};
    Str rest = lower(a, given_header(given, S("content-type"))), piece;
    if (!str_split(&rest, ';', &piece)) return m;
    m.type = str_trim(piece);
    while (str_split(&rest, ';', &piece)) {
        ptrdiff_t at = str_find(piece, S("="));
        if (at > 0 && str_eq(str_trim(str_sub(piece, 0, at)), S("charset")))
            m.charset = strip_quotes(str_sub(piece, at + 1, piece.n));
    }
    m.is_text = str_starts(m.type, S("text/"));
    m.is_json = str_find(m.type, S("json")) >= 0;
    Str kind = str_sub(m.type, str_find(m.type, S("/")) + 1, m.type.n);
    m.is_xml = str_eq(kind, S("xml")) || str_eq(kind, S("xml-dtd")) || str_eq(kind, S("xml-external-parsed-entity")) ||
               str_ends(kind, S("+xml"));
    return m;
}

/* Nothing that was named could read it: as plain text is read, and last as Latin-2, which knows every byte. */
static FeedText decode_somehow(Arena *a, Str bytes)
{
    FeedText t = {0};
    Err e = {0};
    Str note;
    if (charset_decode(a, bytes, &t.text, &note, &e)) {
        bool is_western = str_find(note, S("windows-1252")) >= 0;
        t.encoding = is_western ? S("windows-1252") : S("utf-8");
    } else if (decode_with(a, bytes, S("iso-8859-2"), &t.text)) {
        t.encoding = S("iso-8859-2");
    } else {
        t.text = utf8_clean(a, bytes);
        t.encoding = S("utf-8");
    }
    return t;
}

FeedText feed_decode(Arena *a, Str bytes, const Given *given)
{
    ptrdiff_t skip;
    Str mark = mark_of(bytes, &skip), head = str_sub(bytes, 0, 4096), seen = head;
    Str body = str_sub(bytes, skip, bytes.n);
    if (mark.n && !str_eq(mark, S("utf-8"))) {
        head = str_sub(bytes, skip, skip + 4096);
        if (!decode_with(a, head, mark, &seen)) seen = (Str){0};
    } else {
        seen = str_sub(bytes, skip, skip + 4096);
    }
    Str declared = lower(a, declared_in(seen));
    if (mark.n && is_wide_name(declared)) declared = mark;
    MediaType media = media_type(a, given);
    Str first = media.charset;
    if (!first.n && media.type.n && media.is_text) first = S("us-ascii");
    if (!first.n) first = declared.n ? declared : mark.n ? mark : S("utf-8");
    if (str_eq(first, S("gb2312"))) first = S("gb18030");
    if (str_eq(declared, S("gb2312"))) declared = S("gb18030");
    Str order[] = {first, declared, mark, S("utf-8")};
    FeedText t = {.encoding = {0}};
    for (int i = 0; i < 4 && !t.encoding.n; i++)
        if (decode_with(a, body, order[i], &t.text)) t.encoding = order[i];
    if (!t.encoding.n) t = decode_somehow(a, body);
    if (!str_eq(t.encoding, first) || (str_eq(t.encoding, S("utf-8")) && utf8_bad(body) >= 0))
        t.why = arena_printf(a, "declared as %.*s, read as %.*s", STR(utf8_clean(a, str_sub(first, 0, 60))),
                             STR(t.encoding));
    if (media.type.n && !media.is_xml && !media.is_json)
        t.why = arena_printf(a, "sent as %.*s, which is not a type of feeds",
                             STR(utf8_clean(a, str_sub(media.type, 0, 60))));
    t.text = charset_unmark(t.text);
    return t;
}
