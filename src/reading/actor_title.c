/* Titles next to a name: what the text itself says of somebody, which wins over the table.
**
**  "the former Velian foreign minister Anton Dosk"   → office "foreign minister", of Velia, former
**  "Kaede Ito, Ruritania's president,"               → office "president", of Ruritania
**  "President-elect Ito"                             → office "president", not yet
**  "Senator Halm"                                    → role LEG
**
** A deputy's title is none of these. Cost: a dozen look-ups a name.
*/
#include "reading/actor_link.h"

#include "offices.h"

enum { BEFORE = 9, BEHIND = 9 };               /* words; "Secretary of the National Security and Defence Council" has eight */

static Str between(const Link *l, int32_t from, int32_t to)
{
    Span s = {l->r->tokens.v[from].span.begin, l->r->tokens.v[to - 1].span.end};
    return span_str(l->r->text, s);
}

static bool is_word(const Link *l, int32_t i)
{
    Str s = link_form(l, i);
    ptrdiff_t at = 0;
    if (!s.n) return false;
    int32_t cp = utf8_next(s, &at);
    return utf8_is_letter(cp) || cp == '-' || cp == '\'' || cp == 0x2019 || cp == '&';
}

static int32_t office_row(const Link *l, int32_t from, int32_t to)
{
    NameKey key = form_lower(between(l, from, to));
    return table_find(offices, form_str(&key));
}

/* A land that ends right before token `to`: "Velian", "South Velian", "Velia's". */
static int32_t land_before(const Link *l, int32_t to, int32_t low)
{
    if (to > low && link_is(l, to - 1, "|'s|\xE2\x80\x99s|'|")) to--;
    for (int32_t n = 4; n >= 1; n--)
        if (to - n >= low) {
            int32_t land = actors_country(l->t, between(l, to - n, to));
            if (land >= 0) return land;
        }
    return NONE;
}

static void read_status(const Link *l, int32_t low, int32_t at, TitleNear *near)
{
    for (int32_t i = at - 1; i >= low && i >= at - 4; i--) {
        if (link_is(l, i, "|former|ex|ex-|then|late|ousted|deposed|onetime|one-time|then-|")) near->is_former |= !link_is(l, i, "|then|then-|late|");
        if (link_is(l, i, "|incoming|future|")) near->is_elect = true;
    }
}

/* "President-elect": the title without its end. */
static int32_t without_elect(const Link *l, int32_t low, int32_t to, TitleNear *near)
{
    if (to - 2 > low && link_is(l, to - 1, "|elect|designate|nominee|") && link_is(l, to - 2, "|-|")) {
        near->is_elect = true;
        return to - 2;
    }
    if (to - 1 > low && link_is(l, to - 1, "|-elect|elect|designate|")) {
        near->is_elect = true;
        return to - 1;
    }
    return to;
}

static void read_before(const Link *l, int32_t i, TitleNear *near)
{
    int32_t low = i;
    while (low > 0 && low > i - BEFORE && l->r->tokens.v[low - 1].sent == l->r->tokens.v[i].sent && is_word(l, low - 1)) low--;
    int32_t to = without_elect(l, low, i, near);
    for (int32_t from = low; from < to; from++) {
        int32_t row = office_row(l, from, to);
        if (row < 0) continue;
        bool deputy = from > low && link_is(l, from - 1, "|deputy|vice|assistant|acting|interim|under|");
        if (offices_rows[row].rank.p[0] == '0' || (deputy && !link_is(l, from - 1, "|acting|interim|"))) return;
        if (offices_rows[row].office.n) near->office = between(l, from, to);
        read_status(l, low, from, near);
        near->land = land_before(l, from, low);
        break;
    }
    if (!near->office.n && to > low) {
        uint32_t is;
        Str code = agent_code(l->t, between(l, to - 1, to), &is);
        if (code.n && !(is & FORM_WEAK)) near->role = code_roles(code);
        if (code.n) read_status(l, low, to - 1, near);
        if (code.n && near->land < 0) near->land = land_before(l, to - 1, low);
    }
}

/* ", Ruritania's president," and ", the former president of Ruritania," */
static void read_behind(const Link *l, int32_t i, TitleNear *near)
{
    int32_t from = i + 1, to, n = l->r->tokens.n;
    if (i >= n || !link_is(l, i, "|,|(|") || from >= n) return;
    for (to = from; to < n && to < from + BEHIND && l->r->tokens.v[to].sent == l->r->tokens.v[i].sent && is_word(l, to); to++) {}
    if (to == from || (to < n && !link_is(l, to, "|,|)|.|;|") && to < from + BEHIND)) return;
    Offices found = offices_of(between(l, from, to));
    if (!found.n) return;
    for (int32_t k = from; k < to; k++) {
        near->is_former |= link_is(l, k, "|former|ex|");
        if (link_is(l, k, "|who|which|was|is|said|told|and|") && k < from + 2) return;
    }
    near->office = between(l, from, to);
    for (int32_t k = from; k < to && near->land < 0; k++) {
        int32_t land = actors_country(l->t, link_form(l, k));
        if (land >= 0) near->land = land;
    }
}

TitleNear title_near(const Link *l, Span mention)
{
    TitleNear near = {.land = NONE};
    int32_t i = link_token(l, mention.begin);
    if (i >= l->r->tokens.n) return near;
    read_before(l, i, &near);
    if (!near.office.n && !near.role.n) read_behind(l, link_token(l, mention.end), &near);
    return near;
}

int32_t title_land(const Link *l, Span mention)
{
    enum { BACK = 5 };                         /* words: "Velia's central bank and" */
    int32_t i = link_token(l, mention.begin);
    for (int32_t to = i; to > 0 && to > i - BACK && i < l->r->tokens.n; to--) {
        if (l->r->tokens.v[to - 1].sent != l->r->tokens.v[i].sent || !is_word(l, to - 1)) return NONE;
        int32_t low = to > 4 ? to - 4 : 0, land = land_before(l, to, low);
        if (land >= 0) return land;
    }
    return NONE;
}
