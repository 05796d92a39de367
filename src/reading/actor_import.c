/* In: what others have, as text of our own form, to be looked through and kept as a file.
**
** Phoenix and PETRARCH (dictionaries of the CAMEO world; the format as their files show it):
**     KAEDE_ITO_ ; a comment              an entry; blanks are written _
**     +K._ITO_                            another form
**     	[XRUGOV 240101-280519]             a code for a time, YYMMDD; [XRUELI >280520] from the day after, [XRUOPP <240101] before
**     DIPLOMAT {DIPLOMATS} [~GOV]         of agents: a noun, its plural, its role
**     !MINISTER! = MINISTER, SECRETARY    a noun with several readings
** They say no kind and no title, so terms become `code` lines, and the kind is guessed: an undated bare land is a country,
** a code that begins with a body's letters or that never ends is a body, all else a person.
**
** The CIA World Factbook as JSON (one file a country): chief of state and head of government with "(since D Month YYYY)".
**
** Always: what is printed is read by draft_read without a fault of form; a line that cannot be read is told with its place.
*/
#include "reading/actor_inside.h"
#include "base/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FORMS_MAX = 256, CODES_MAX = 256, PIVOT = 30 };   /* of one entry; years to 30 are of this century */

typedef struct {
    Arena *a;
    At at;
    Buf *out;
    ActorsFault fault;
    void *with;
    Map keys;
    Str form[FORMS_MAX], when[CODES_MAX], code[CODES_MAX];
    int32_t n_forms, n_codes;
} Import;

static void import_fault(Import *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void import_fault(Import *m, const char *format, ...)
{
    Err e = {0};
    char why[400];
    va_list with;
    va_start(with, format);
    vsnprintf(why, sizeof why, format, with);
    va_end(with);
    fail(&e, ERR_INPUT, "%s", why);
    if (m->fault) m->fault(m->with, m->at.file, m->at.line, str_of(e.text));
}

/* ---- names and keys ---------------------------------------------------------------------------------------------- */

/* "KAEDE_B._ITO_" → "Kaede B. Ito"; short words all in capitals stay when they are the whole name ("UN"). */
static Str plain_name(Arena *a, Str s)
{
    Buf b = {.to = a};
    bool begins = true, acronym = s.n <= 6 && str_find(s, S("_")) < 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i] == '_' ? ' ' : s.p[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!begins && !acronym && c >= 'A' && c <= 'Z') c = (char)(c + 32);
        buf_char(&b, c == '|' || c == '@' || c == '~' || c == '=' ? ' ' : c);
        begins = !letter && c != '\'' && !(c & 0x80);
    }
    return str_trim(buf_str(&b));
}

static Str new_key(Import *m, Str name)
{
    NameKey form = form_lower(name);
    Buf b = {.to = m->a};
    for (int32_t i = 0; i < form.n && b.n < 64; i++) {
        char c = form.p[i];
        bool is = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is) buf_char(&b, c);
        else if (b.n && b.p[b.n - 1] != '-') buf_char(&b, '-');
    }
    while (b.n && b.p[b.n - 1] == '-') b.n--;
    if (!b.n) buf_add(&b, S("actor"));
    Str key = buf_str(&b), tried = key;
    int32_t *n = map_at(&m->keys, key);
    if (*n >= 0) {
        int32_t next = ++*n;
        tried = arena_printf(m->a, "%.*s-%d", STR(key), next + 1);
        while (map_get(&m->keys, tried) >= 0) tried = arena_printf(m->a, "%.*s-%d", STR(key), ++next + 1);
        *map_at(&m->keys, key) = next;
        *map_at(&m->keys, tried) = 0;
    } else *n = 0;
    return tried;
}

/* "RUSGOVMIL" → "RUS GOV MIL"; bodies that FORMAT.md names by a code of their own. False where a part is not known. */
static bool split_code(Import *m, Str code, Str *out)
{
    static const struct { const char *from, *to; } bodies[] = {{"IGOWSTNAT", "NATO"}, {"IGOEUREEC", "EUR"}, {"IGONATO", "NATO"}};
    Buf b = {.to = m->a};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (str_starts(code, str_of(bodies[i].from))) {
            buf_add(&b, str_of(bodies[i].to));
            code = str_sub(code, (ptrdiff_t)strlen(bodies[i].from), code.n);
        }
    if (!b.n && code.n >= 6 && code_is_known(str_sub(code, 0, 6)) && !code_is_known(str_sub(code, 3, 6))) {
        buf_add(&b, str_sub(code, 0, 6));      /* IGOUNO: a body's letters are one word */
        code = str_sub(code, 6, code.n);
    }
    for (; code.n >= 3; code = str_sub(code, 3, code.n)) {
        if (!code_is_known(str_sub(code, 0, 3))) continue;         /* faiths and peoples, of which we keep no list */
        if (b.n) buf_char(&b, ' ');
        buf_add(&b, str_sub(code, 0, 3));
    }
    *out = buf_str(&b);
    return b.n > 0 && code.n == 0;
}

/* ---- days ------------------------------------------------------------------------------------------------------------ */

static bool phoenix_date(Str s, int32_t *day)
{
    int32_t v[8] = {0};
    if (s.n != 6 && s.n != 8) return false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        v[i] = s.p[i] - '0';
    }
    int32_t y = v[0] * 10 + v[1], *rest = v + 2;
    if (s.n == 8) y = y * 100 + v[2] * 10 + v[3], rest = v + 4;
    else y += y > PIVOT ? 1900 : 2000;
    Date d = {y, rest[0] * 10 + rest[1], rest[2] * 10 + rest[3]};
    if (d.month == 0) d.month = 1;             /* 990000: the year is all that is known */
    if (d.day == 0) d.day = 1;
    if (!date_is_valid(d)) return false;
    *day = date_days(d);
    return true;
}

static Str day_iso(Arena *a, int32_t day) { return date_iso(a, date_civil(day)); }

/* "RUSGOV 990809-000507", "RUSELI >000507", "RUSOPP <990809", "RUS" */
static bool phoenix_term(Import *m, Str term)
{
    ptrdiff_t blank = str_find(term, S(" "));
    Str code = str_trim(blank < 0 ? term : str_sub(term, 0, blank)), when = blank < 0 ? (Str){0} : str_trim(str_sub(term, blank, term.n));
    Str words, range = {"", 0};
    int32_t from, to;
    ptrdiff_t dash = str_find(when, S("-"));
    if (str_starts(code, S("~"))) code = str_sub(code, 1, code.n);
    if (!split_code(m, code, &words)) {
        import_fault(m, "'%.*s' holds no code that is known; the term is left out", STR(code));
        return false;
    }
    if (when.n && when.p[0] == '>' && phoenix_date(str_trim(str_sub(when, 1, when.n)), &from))
        range = arena_printf(m->a, "%.*s.. ", STR(day_iso(m->a, from + 1)));
    else if (when.n && when.p[0] == '<' && phoenix_date(str_trim(str_sub(when, 1, when.n)), &to))
        range = arena_printf(m->a, "..%.*s ", STR(day_iso(m->a, to)));
    else if (dash > 0 && phoenix_date(str_trim(str_sub(when, 0, dash)), &from) &&
             phoenix_date(str_trim(str_sub(when, dash + 1, when.n)), &to) && from <= to)
        range = arena_printf(m->a, "%.*s..%.*s ", STR(day_iso(m->a, from)), STR(day_iso(m->a, to + 1)));
    else if (when.n) {
        import_fault(m, "'%.*s' is no time (YYMMDD-YYMMDD, >YYMMDD, <YYMMDD, the first before the last); the term is left out",
                     STR(when));
        return false;
    }
    if (m->n_codes == CODES_MAX) return import_fault(m, "more than %d terms of one entry; this one is left out", CODES_MAX), false;
    m->when[m->n_codes] = range;
    m->code[m->n_codes++] = words;
    return true;
}

/* ---- entries ------------------------------------------------------------------------------------------------------------ */

static const char *guessed_kind(const Import *m)
{
    Str code = m->code[0], land = code_country(code);
    bool dated = false;
    for (int32_t i = 0; i < m->n_codes; i++) dated |= m->when[i].n > 0;
    if (dated) return "person";
    if (!land.n || land.n > 3 || str_eq(land, S("IGO")) || str_eq(land, S("IMG")) || str_eq(land, S("EUR"))) return "org";
    if (!code_roles(code).n && m->n_codes == 1) return "country";
    return code_has(code, "ELI") || code_has(code, "CVL") ? "person" : "org";
}

static void put_entry(Import *m, const char *kind)
{
    if (m->n_forms && m->n_codes && m->form[0].n) {
        Str name = m->form[0], key = new_key(m, name);
        buf_printf(m->out, "%s %.*s = %.*s\n", kind ? kind : guessed_kind(m), STR(key), STR(name));
        for (int32_t i = 1; i < m->n_forms; i++)
            if (m->form[i].n) buf_printf(m->out, "alias  %.*s\n", STR(m->form[i]));
        for (int32_t i = 0; i < m->n_codes; i++)
            buf_printf(m->out, "code   %.*s%.*s\n", STR(m->when[i]), STR(m->code[i]));
        buf_char(m->out, '\n');
    }
    m->n_forms = m->n_codes = 0;
}

static void add_form(Import *m, Str s)
{
    s = plain_name(m->a, str_trim(s));
    NameKey key = form_exact(s);
    if (!key.n || utf8_bad(s) >= 0) import_fault(m, "'%.*s' is no name; it is left out", STR(s));
    else if (m->n_forms == FORMS_MAX) import_fault(m, "more than %d forms of one entry; this one is left out", FORMS_MAX);
    else m->form[m->n_forms++] = s;
}

/* All [terms] of a line; what stands before the first comes back. */
static Str take_terms(Import *m, Str line)
{
    ptrdiff_t open = str_find(line, S("["));
    Str before = open < 0 ? line : str_sub(line, 0, open);
    while (open >= 0) {
        Str rest = str_sub(line, open + 1, line.n);
        ptrdiff_t close = str_find(rest, S("]"));
        if (close < 0) {
            import_fault(m, "a [ without its ]; the term is left out");
            break;
        }
        phoenix_term(m, str_trim(str_sub(rest, 0, close)));
        line = str_sub(rest, close + 1, rest.n);
        open = str_find(line, S("["));
    }
    return str_trim(before);
}

static bool is_agent_line(Str line)            /* "DIPLOMAT {DIPLOMATS} [~GOV]" */
{
    return str_find(line, S("[~")) >= 0;
}

static void agent_line(Import *m, Str line)
{
    put_entry(m, NULL);
    Str forms = take_terms(m, line);
    ptrdiff_t open = str_find(forms, S("{")), close = str_find(forms, S("}"));
    add_form(m, str_sub(forms, 0, open < 0 ? forms.n : open));
    if (open >= 0 && close > open) {
        Str rest = str_sub(forms, open + 1, close), one;
        while (str_split(&rest, ',', &one)) add_form(m, one);
    }
    for (int32_t i = 0; i < m->n_forms; i++) m->form[i] = utf8_fold(m->a, m->form[i]);    /* nouns: small letters */
    put_entry(m, "agent");
}

static void phoenix_line(Import *m, Str line)
{
    ptrdiff_t comment = str_find(line, S(";"));
    if (comment >= 0) line = str_sub(line, 0, comment);
    comment = str_find(line, S("#"));
    if (comment >= 0) line = str_sub(line, 0, comment);
    line = str_trim(line);
    if (!line.n || line.p[0] == '!' || line.p[0] == '<') return;  /* sets of nouns stand for patterns, which we have no use for */
    if (utf8_bad(line) >= 0 || memchr(line.p, 0, (size_t)line.n)) {
        import_fault(m, "the line is not UTF-8 and is left out; turn the file into UTF-8 (iconv -f latin1 -t utf-8)");
        return;
    }
    if (is_agent_line(line)) agent_line(m, line);
    else if (line.p[0] == '[') take_terms(m, line);
    else if (line.p[0] == '+') add_form(m, take_terms(m, str_sub(line, 1, line.n)));
    else {
        put_entry(m, NULL);
        ptrdiff_t open = str_find(line, S("["));
        add_form(m, str_sub(line, 0, open < 0 ? line.n : open));
        if (open >= 0) take_terms(m, line);
    }
}

void actors_of_phoenix(Arena *a, Str file, Str bytes, Buf *out, ActorsFault fault, void *with)
{
    Import *m = arena_new(a, Import, 1);
    Str rest = bytes, line;
    *m = (Import){.a = a, .at = {file, 1}, .out = out, .fault = fault, .with = with, .keys = {.to = a}};
    buf_printf(out, "# from %.*s, a dictionary without kinds and titles: look the kinds through.\n", STR(file));
    for (; str_split(&rest, '\n', &line); m->at.line++) phoenix_line(m, line);
    put_entry(m, NULL);
}

/* ---- the Factbook ----------------------------------------------------------------------------------------------------------- */

static const Json *factbook_at(const Json *j, const char *const *path)
{
    for (; j && *path; path++) j = json_get(j, str_of(*path));
    return j;
}

static Str factbook_text(const Json *root, const char *section, const char *fact, const char *part)
{
    const char *path[] = {section, fact, part, "text", NULL}, *plain[] = {section, fact, "text", NULL};
    const Json *j = factbook_at(root, part ? path : plain);
    return j && j->kind == JSON_STRING ? j->text : (Str){0};
}

static int32_t month_named(Str s)
{
    static const char *const names[] = {"january", "february", "march", "april", "may", "june", "july", "august", "september",
                                        "october", "november", "december"};
    for (int32_t i = 0; i < 12; i++)
        if (s.n >= 3 && str_eq_fold(s, str_sub(str_of(names[i]), 0, s.n))) return i + 1;
    return 0;
}

/* "since 20 May 2019", "since May 2019", "since 2019" → an ISO date; empty. */
static Str since_of(Arena *a, Str s)
{
    int32_t v[3] = {0}, n = 0, month = 0;
    Str word, rest = s;
    while (str_split(&rest, ' ', &word)) {
        int32_t number = 0;
        bool digits = word.n > 0;
        for (ptrdiff_t i = 0; i < word.n; i++) {
            digits &= word.p[i] >= '0' && word.p[i] <= '9';
            number = digits && number < 10000 ? number * 10 + word.p[i] - '0' : number;
        }
        if (digits && n < 3) v[n++] = number;
        else if (!month) month = month_named(word);
    }
    Date d = {n ? v[n - 1] : 0, month, n > 1 && month ? v[0] : 0};
    if (d.year < 1900 || d.year > 2999 || d.day > 31) return (Str){0};
    return date_iso(a, d);
}

/* "VOLODYMYR Z." → words all in capitals are surnames there; "Volodymyr ZELENSKYY" → "Volodymyr Zelenskyy". */
static Str factbook_name(Arena *a, Str s)
{
    Buf b = {.to = a};
    bool inside = false;
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t begin = i;
        int32_t cp = utf8_next(s, &i);
        bool letter = utf8_is_letter(cp);
        Str one = str_sub(s, begin, i);
        if (cp == '=' || cp == '|' || cp == '@' || cp == '~' || cp == '"') one = S(" ");
        if (letter && inside && utf8_is_upper(cp)) one = cp < 0x80 ? utf8_fold(a, one) : one;
        buf_add(&b, one);
        inside = letter;
    }
    return str_trim(buf_str(&b));
}

/* "President Kaede ITO (since 20 May 2028); Prime Minister … (since …)": one person for each "(since". */
static void factbook_people(Import *m, Str code, Str text, const char *otherwise)
{
    Str rest = text;
    for (;;) {
        ptrdiff_t at = str_find(rest, S("(since ")), end;
        if (at < 0) return;
        Str who = str_trim(str_sub(rest, 0, at)), when = str_sub(rest, at + 7, rest.n);
        end = str_find(when, S(")"));
        if (end < 0) return;
        rest = str_sub(when, end + 1, when.n);
        for (ptrdiff_t k; (k = str_find(who, S(";"))) >= 0;) who = str_trim(str_sub(who, k + 1, who.n));
        for (ptrdiff_t k; (k = str_find(who, S(">"))) >= 0;) who = str_trim(str_sub(who, k + 1, who.n));
        Offices office = {.n = 0};
        ptrdiff_t cut = 0;                     /* the title: the words before the first that no office begins with */
        for (ptrdiff_t i = 0; i <= who.n; i++) {
            if (i < who.n && who.p[i] != ' ') continue;
            Offices now = offices_of(str_sub(who, 0, i));
            if (now.n && now.n >= office.n) {
                bool longer = office.n == 0;
                if (longer) cut = i, office = now;
            }
        }
        Str title = cut ? utf8_fold(m->a, str_sub(who, 0, cut)) : str_of(otherwise), name = factbook_name(m->a, str_sub(who, cut, who.n));
        Str since = since_of(m->a, str_sub(when, 0, end));
        NameKey key = form_exact(name);
        if (!key.n || !since.n) {
            import_fault(m, "'%.*s' has no name or no day behind \"since\"; it is left out", STR(who));
            continue;
        }
        Str name_key = new_key(m, name);
        buf_printf(m->out, "person %.*s = %.*s\nrole   %.*s.. %.*s GOV %.*s\nx      CIA World Factbook\n\n", STR(name_key),
                   STR(name), STR(since), STR(code), STR(title));
    }
}

/* The code of a country by its name, asked of the shipped table. */
static Str factbook_code(Str name)
{
    const Actors *t = actors_shipped();
    int32_t i = actors_country(t, name);
    return i >= 0 ? code_country(actors_code_on(t, i, DAY_UNKNOWN)) : (Str){0};
}

bool actors_of_factbook(Arena *a, Str file, Str bytes, Buf *out, ActorsFault fault, void *with)
{
    Import *m = arena_new(a, Import, 1);
    *m = (Import){.a = a, .at = {file, 1}, .out = out, .fault = fault, .with = with, .keys = {.to = a}};
    Json *root;
    Err e = {0};
    if (!json_read(a, bytes, &root, &e)) return import_fault(m, "%s; the file is left out", e.text), false;
    Str name = factbook_text(root, "Government", "Country name", "conventional short form");
    if (!name.n || str_eq(name, S("none"))) name = factbook_text(root, "Government", "Country name", "conventional long form");
    Str code = factbook_code(name);
    if (!code.n) {
        import_fault(m, name.n ? "'%.*s' is no country of the table; add it with its code first, the file is left out"
                               : "%.*sno country's name (Government, Country name); the file is left out", STR(name));
        return false;
    }
    factbook_people(m, code, factbook_text(root, "Government", "Executive branch", "chief of state"), "chief of state");
    factbook_people(m, code, factbook_text(root, "Government", "Executive branch", "head of government"), "head of government");
    return true;
}
