/* Addresses: a reference joined with its base as RFC 3986 (section 5.2) says, and whether a browser would run it.
**
**  in:  base "http://example.org/news/today.xml", "../img/port.png"      out: "http://example.org/img/port.png"
**  in:  "java\tscript:alert(1)"                                            out: not safe: browsers drop the tab
**
** Always: what leaves is at most ADDRESS_MAX bytes longer than what came, so a long base cannot blow up a long page.
** Cost: linear.
*/
#include "input/feed_inside.h"
#include <string.h>

enum { BASE_MAX = 2048 };  /* bytes; browsers' own limit for addresses that work everywhere */

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* Bytes before the colon of a scheme; 0 where there is none. */
static ptrdiff_t scheme_length(Str s)
{
    if (!s.n || !is_letter(s.p[0])) return 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ':') return i;
        if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return 0;
    }
    return 0;
}

typedef struct { Str scheme, authority, path, tail; bool has_authority; } Parts;  /* tail: the query and the fragment */
static Parts parts_of(Str s)
{
    Parts p = {0};
    ptrdiff_t n = scheme_length(s);
    if (n) {
        p.scheme = str_sub(s, 0, n);
        s = str_sub(s, n + 1, s.n);
    }
    if (str_starts(s, S("//"))) {
        ptrdiff_t end = 2;
        while (end < s.n && s.p[end] == '/') end++;                       /* http:///host is a slip of the pen */
        ptrdiff_t begin = end;
        while (end < s.n && !strchr("/?#", s.p[end])) end++;
        p.has_authority = true;
        p.authority = str_sub(s, begin, end);
        s = str_sub(s, end, s.n);
    }
    ptrdiff_t end = 0;
    while (end < s.n && s.p[end] != '?' && s.p[end] != '#') end++;
    p.path = str_sub(s, 0, end);
    p.tail = str_sub(s, end, s.n);
    return p;
}

/* Section 5.2.4, segment by segment. */
static void put_path(Buf *out, Str path)
{
    ptrdiff_t begin = out->n;
    bool ends_in_folder = false;
    if (str_starts(path, S("/"))) path = str_sub(path, 1, path.n);
    Str rest = path, segment;
    while (str_split(&rest, '/', &segment)) {
        bool is_up = str_eq(segment, S("..")), is_here = str_eq(segment, S("."));
        ends_in_folder = is_up || is_here;
        if (is_here) continue;
        if (is_up) {
            while (out->n > begin && out->p[out->n - 1] != '/') out->n--;
            if (out->n > begin) out->n--;
            continue;
        }
        buf_char(out, '/');
        buf_add(out, segment);
    }
    if (ends_in_folder || out->n == begin) buf_char(out, '/');
}

Str uri_join(Arena *a, Str base, Str uri)
{
    uri = str_trim(uri);
    if (!base.n || base.n > BASE_MAX || uri.n == 0) return uri;
    Parts b = parts_of(base), r = parts_of(uri);
    if (!b.has_authority) return uri;
    if (r.scheme.n && !(r.has_authority && str_starts(str_sub(uri, r.scheme.n, uri.n), S(":///")))) return uri;
    Buf out = {.to = a};
    Str scheme = r.scheme.n ? r.scheme : b.scheme;
    if (scheme.n) {
        buf_add(&out, scheme);
        buf_char(&out, ':');
    }
    buf_add(&out, S("//"));
    buf_add(&out, r.has_authority ? r.authority : b.authority);
    if (r.has_authority || str_starts(r.path, S("/"))) {
        if (r.path.n) put_path(&out, r.path);
        buf_add(&out, r.tail);
    } else if (!r.path.n) {
        buf_add(&out, b.path);
        ptrdiff_t hash = str_find(b.tail, S("#"));
        Str query = str_sub(b.tail, 0, hash < 0 ? b.tail.n : hash);
        if (!str_starts(r.tail, S("?"))) buf_add(&out, query);
        buf_add(&out, r.tail);
    } else {
        ptrdiff_t slash = b.path.n;
        while (slash > 0 && b.path.p[slash - 1] != '/') slash--;
        put_path(&out, arena_printf(a, "%.*s%.*s", STR(str_sub(b.path, 0, slash)), STR(r.path)));
        buf_add(&out, r.tail);
    }
    return buf_str(&out);
}

/* The scheme as a browser reads it: blanks and controls dropped wherever they stand, letters small. */
static Str browser_scheme(Str uri, char to[40])
{
    int n = 0;
    for (ptrdiff_t i = 0; i < uri.n;) {
        int32_t cp = utf8_next(uri, &i);
        if (cp <= ' ' || cp == 0x7F || (cp >= 0x80 && cp < 0xA1) || utf8_is_space(cp) || cp == 0x200B || cp == 0xFEFF ||
            cp == 0xFFFD)
            continue;
        if (cp == ':') return (Str){to, n};
        if (cp >= 0x80 || n >= 39 || strchr("/?#", (char)cp)) return (Str){0};
        to[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
    }
    return (Str){0};
}

bool uri_is_safe(Str uri)
{
    static const Str schemes[] = {
        S("http"), S("https"), S("ftp"), S("ftps"), S("sftp"), S("mailto"), S("news"), S("nntp"), S("tag"), S("urn"),
        S("tel"), S("sms"), S("gopher"), S("irc"), S("ircs"), S("xmpp"), S("sip"), S("sips"), S("magnet"), S("rtsp"),
        S("mms"), S("feed"), S("git"), S("ssh"), S("svn"), S("svn+ssh"), S("rsync"), S("webcal"), S("geo"), S("doi"),
        S("info"), S("hdl"), S("ni"), S("cid"), S("mid"), S("aim"), S("callto"), S("skype"), S("itms"), S("file"),
        S("imap"), S("telnet"), S("wais"), S("gemini"), S("at"), S("acct"), S("snews"), S("prospero"), S("cvs"),
        S("ymsg"), S("msnim"), S("gtalk"), S("rtspu"), S("shttp"), S("h323"), S("smb"), S("irc6"), S("facetime")};
    char room[40];
    Str scheme = browser_scheme(uri, room);
    if (!scheme.p) return !uri_has_script(uri);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_eq(scheme, schemes[i])) return true;
    return false;
}

bool uri_has_script(Str uri)
{
    static const Str schemes[] = {S("javascript"),     S("vbscript"),    S("livescript"), S("mocha"),
                                  S("jscript"),        S("data"),        S("about"),      S("blob"),
                                  S("filesystem"),     S("view-source"), S("jar"),        S("wyciwyg"),
                                  S("feed:javascript")};
    char room[40];
    Str scheme = browser_scheme(uri, room);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_eq(scheme, schemes[i])) return true;
    return false;
}
