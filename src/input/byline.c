/* Bylines: the names in what a page says of its writer.
**
**  in:  "By Ana Ruiz and Tom Berg, Staff Writers | March 3, 2025"     out: "Ana Ruiz, Tom Berg"
**  in:  "https://harbour.example/authors/ruiz"                         out: ""
**
** Cut off: "By" and its like, offices in lower case or from a short list, dates, addresses, what follows a bar. Kept:
** agencies and papers, which sign as people do.
**
** Always: what is left stood in the text. Cost: linear.
*/
#include "input/inside.h"
#include "input/meta.h"
#include <string.h>

Str text_unescape(Arena *a, Str s)
{
    static const struct { Str name, is; } named[] = {{S("&amp;"), S("&")}, {S("&quot;"), S("\"")}, {S("&apos;"), S("'")}, {S("&lt;"), S("<")},
        {S("&gt;"), S(">")}, {S("&nbsp;"), S(" ")}, {S("&rsquo;"), S("’")}, {S("&lsquo;"), S("‘")}, {S("&ldquo;"), S("“")}, {S("&rdquo;"), S("”")},
        {S("&ndash;"), S("–")}, {S("&mdash;"), S("—")}, {S("&hellip;"), S("…")}, {S("&eacute;"), S("é")}};
    Buf b = {.to = a};
    bool gap = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t from = i;
        int32_t cp = html_next_letter(s, &i);
        if (html_is_blank(cp)) { gap = b.n > 0; continue; }
        if (gap) buf_char(&b, ' ');
        gap = false;
        bool is_done = false;
        for (size_t k = 0; cp == '&' && k < sizeof named / sizeof *named && !is_done; k++)
            if (str_starts(str_sub(s, from, s.n), named[k].name)) {
                if (str_eq(named[k].is, S(" "))) gap = b.n > 0;
                else buf_add(&b, named[k].is);
                i = from + named[k].name.n;
                is_done = true;
            }
        if (cp == '&' && !is_done && i + 2 < s.n && s.p[i] == '#') {
            bool is_hex = (s.p[i + 1] | 32) == 'x';
            ptrdiff_t k = i + 1 + is_hex;
            int32_t x = 0, n = 0;
            for (; k < s.n && n < 7; k++, n++) {
                int c = s.p[k] | 32, v = c >= '0' && c <= '9' ? c - '0' : is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
                if (v < 0) break;
                x = x * (is_hex ? 16 : 10) + v;
            }
            if (n && k < s.n && s.p[k] == ';' && x >= 0x20 && x < 0x10000 && !(x >= 0xD800 && x < 0xE000)) {
                char u[4];
                int len = 0;
                if (x < 0x80) u[len++] = (char)x;
                else if (x < 0x800) u[len++] = (char)(0xC0 | x >> 6), u[len++] = (char)(0x80 | (x & 63));
                else u[len++] = (char)(0xE0 | x >> 12), u[len++] = (char)(0x80 | (x >> 6 & 63)), u[len++] = (char)(0x80 | (x & 63));
                if (x == 0xA0) gap = b.n > 0;
                else buf_add(&b, (Str){u, len});
                i = k + 1;
                is_done = true;
            }
        }
        if (!is_done) html_put(&b, cp, str_sub(s, from, i));
    }
    return buf_str(&b);
}

static bool ends_word(Str s, ptrdiff_t i) { return i >= s.n || !(((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z') || (unsigned char)s.p[i] >= 0x80); }

static Str without_head(Str s)
{
    static const Str heads[] = {S("by:"), S("by"), S("written by"), S("posted by"), S("published by"), S("author:"), S("author"), S("authors:"), S("story by"), S("words by"),
        S("von"), S("por"), S("par"), S("di"), S("door"), S("text:"), S("words:"), S("автор:"), S("reported by"), S("reviewed by"), S("from"), S("view all posts by"), S("posts by"),
        S("autor:"), S("redação"), S("created by"), S("submitted by"), S("contributed by"), S("über"), S("about")};
    for (bool again = true; again;) {
        again = false;
        s = str_trim(s);
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
            if (str_eq_fold(str_sub(s, 0, heads[i].n), heads[i]) && (heads[i].p[heads[i].n - 1] == ':' || ends_word(s, heads[i].n))) {
                s = str_trim(str_sub(s, heads[i].n, s.n));
                again = true;
            }
        while (s.n && (s.p[0] == ':' || s.p[0] == '-' || s.p[0] == '|' || s.p[0] == ',')) s = str_trim(str_sub(s, 1, s.n)), again = true;
    }
    return s;
}

static bool is_office(Str s)
{
    static const Str words[] = {S("staff"), S("writer"), S("editor"), S("reporter"), S("correspondent"), S("contributor"), S("columnist"), S("author"), S("phd"), S("ph.d"),
        S("md"), S("m.d."), S("journalist"), S("director"), S("fact checked"), S("fact-checked"), S("updated"), S("published"), S("posted"), S("follow"), S("email"), S("read"),
        S("special to"), S("senior"), S("chief"), S("bureau"), S("min"), S("rd"), S("ms"), S("bsc"), S("msc"), S("on "), S("photograph"), S("photo"), S("comments"), S("professor"), S("jr."),
        S("share"), S("shares"), S("view"), S("last"), S("contributing"), S("associate"), S("former"), S("medically"), S("updated:"), S("published:")};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_fold(str_sub(s, 0, words[i].n), words[i]) && (words[i].p[words[i].n - 1] == ' ' || ends_word(s, words[i].n))) return true;
    static const Str tails[] = {S(" Staff"), S(" staff"), S(" STAFF"), S(" Edition")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (str_ends(s, tails[i])) return true;
    static const Str within[] = {S(" Writer"), S(" Editor"), S(" editor"), S(" writer"), S("Correspondent"), S("correspondent"), S("Reporter"), S("reporter"), S(" Contributor"), S("Columnist"), S("columnist")};
    for (size_t i = 0; i < sizeof within / sizeof *within; i++)
        if (str_find(s, within[i]) >= 0) return true;
    return false;
}

static bool is_name(Arena *a, Str s)
{
    PageDate d;
    ptrdiff_t i = 0;
    if (s.n < 2 || s.n > 60 || str_find(s, S("http")) >= 0 || str_find(s, S("@")) >= 0 || str_starts(s, S("[email")) || str_find(s, S(".com/")) >= 0 || is_office(s)) return false;
    if (date_in_text(a, s, false, &d)) return false;
    int32_t first = utf8_next(s, &i), letters = utf8_is_letter(first), words = 1, digits = utf8_is_digit(first);
    while (i < s.n) {
        int32_t cp = utf8_next(s, &i);
        letters += utf8_is_letter(cp);
        digits += utf8_is_digit(cp);
        words += cp == ' ';
    }
    return letters >= 2 && words <= 7 && digits <= 4 && digits < letters && (!digits || words == 1) && !str_eq_fold(s, S("admin")) && !str_eq_fold(s, S("null")) && !str_eq_fold(s, S("undefined")) && !str_eq_fold(s, S("none")) && !str_eq_fold(s, S("root"));
}

/* The next piece up to a mark that parts names. */
static Str piece_of(Str *rest)
{
    static const Str marks[] = {S(" and "), S(" And "), S(" & "), S(", "), S(","), S(";"), S(" | "), S("|"), S("•"), S(" · "), S("\n"), S(" with "), S(" und "), S(" y "), S(" et "), S(" for "), S(" on "), S(" in "), S(" - "), S(" – "), S(" — "), S(" ("), S(" at ")};
    ptrdiff_t end = rest->n, next = rest->n;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        ptrdiff_t at = str_find(*rest, marks[k]);
        if (at >= 0 && at < end) end = at, next = at + marks[k].n;
    }
    Str piece = str_trim(str_sub(*rest, 0, end));
    *rest = str_sub(*rest, next, rest->n);
    return piece;
}

Str byline_clean(Arena *a, Str s)
{
    Buf out = {.to = a};
    Strs names = {0};
    if (s.n > 300) return (Str){0};
    if (str_starts(str_trim(s), S("http"))) return (Str){0};
    Str rest = without_head(s);
    while (rest.n && names.n < 8) {
        Str piece = without_head(piece_of(&rest));
        if (!piece.n) continue;
        if (!is_name(a, piece)) { if (names.n) break; continue; }
        bool is_known = false;
        for (int32_t i = 0; i < names.n; i++) is_known |= str_eq_fold(names.v[i], piece);
        if (is_known) continue;
        if (names.n) buf_add(&out, S(", "));
        buf_add(&out, piece);
        *push(a, &names) = piece;
    }
    Str whole = without_head(s);                         /* no name, but a desk that signs: "Staff Writer", "News Desk" */
    bool is_desk = !names.n && is_office(whole) && whole.n < 40 && str_find(whole, S(",")) < 0 && str_find(whole, S(":")) < 0 && utf8_is_upper((unsigned char)whole.p[0]);
    if (is_desk && (str_starts(whole, S("Staff")) || str_starts(whole, S("STAFF")) || str_ends(whole, S("Staff")) || str_ends(whole, S("Desk")))) return whole;
    return buf_str(&out);
}
