/* Files of actors: plain text, one fact a line.
**
**     person ito = Kaede Ito
**     alias  K. Ito | Ito ~weak
**     role   2029-03-01..2031 RUR GOV foreign minister @rur-foreign
**
** A line of a kind opens an entry; the facts below it are its own, until the next. A later block of the same key adds to
** it, `drop` takes a fact away. Files are read by several rules of mercy: a line with a fault is told with its place and
** its remedy, and left; the lines around it count. Only facts below an entry that has no key of its own go with it.
**
** Always: every text of the draft is well-formed UTF-8 without zeros, direction marks and zero-width signs; from < to.
** Cost: one pass; a map look-up for each entry.
*/
#include "reading/actor_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { KEY_MAX = 80, LINE_MAX = 1 << 16 };    /* bytes: a key is typed by people; a line is one fact */

void draft_fault(ActorDraft *d, At at, const char *format, ...)
{
    Err e = {0};
    char why[400];
    va_list with;
    if (!at.line) return;                      /* of the shipped table: told when it was built */
    d->n_faults++;
    if (!d->fault) return;
    va_start(with, format);
    vsnprintf(why, sizeof why, format, with);  /* texts and whole numbers only: no locale matters */
    va_end(with);
    fail(&e, ERR_INPUT, "%s", why);            /* tames control characters, ends between two characters */
    d->fault(d->with, at.file, at.line, str_of(e.text));
}

int32_t draft_find(const ActorDraft *d, Str key) { return map_get(&d->by_key, key); }

/* ---- words ---------------------------------------------------------------------------------------------------- */

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static Str next_word(Str *rest)
{
    Str s = str_trim(*rest);
    ptrdiff_t i = 0;
    while (i < s.n && !is_blank(s.p[i])) i++;
    *rest = str_trim(str_sub(s, i, s.n));
    return str_sub(s, 0, i);
}

static bool key_is_good(Str key)
{
    for (ptrdiff_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        bool inner = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!inner && !(i > 0 && (c == '-' || c == '_' || c == '.'))) return false;
    }
    return key.n > 0 && key.n <= KEY_MAX;
}

static bool kind_read(Str word, ActorKind *kind)
{
#define KIND_NAME(s, n) S(n),
    static const Str names[] = {ACTOR_KINDS(KIND_NAME)};
#undef KIND_NAME
    for (int k = 0; k < ACTOR_KIND_COUNT; k++)
        if (str_eq(word, names[k])) {
            *kind = (ActorKind)k;
            return true;
        }
    return false;
}

/* ---- days ------------------------------------------------------------------------------------------------------- */

static bool day_read(Str s, int32_t *day)
{
    Date d;
    if (s.n > 10 || !date_parse(s, &d)) return false;
    Date full = {d.year, d.month ? d.month : 1, d.day ? d.day : 1};
    if (!date_is_valid(full)) return false;
    *day = date_days(full);
    return true;
}

bool when_read(Str s, int32_t *from, int32_t *to)
{
    ptrdiff_t dots = str_find(s, S(".."));
    *from = DAY_OPEN_FROM, *to = DAY_OPEN_TO;
    if (dots < 0) return false;
    Str first = str_sub(s, 0, dots), last = str_sub(s, dots + 2, s.n);
    return (!first.n || day_read(first, from)) && (!last.n || day_read(last, to)) && *from < *to;
}

/* ---- a file at work ------------------------------------------------------------------------------------------- */
typedef struct { ActorDraft *d; At at; Str source; int32_t actor; bool is_users, is_lost; } FileRead;

#define wrong(r, ...) draft_fault((r)->d, (r)->at, __VA_ARGS__)

static DraftActor *actor_now(FileRead *r) { return &r->d->actors.v[r->actor]; }

/* Marks that no reader sees and that turn the direction of a line: a name that holds them passes for another. */
static bool is_hidden(int32_t cp)
{
    return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069) ||
           cp == 0xFEFF || cp == 0x061C;
}

static int script_of(int32_t cp)               /* of letters that look alike in several scripts; 0: another, or none */
{
    if ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0x24F)) return 1;
    if (cp >= 0x370 && cp <= 0x3FF) return 2;
    return cp >= 0x400 && cp <= 0x52F ? 3 : 0;
}

static bool has_mixed_word(Str s)
{
    int script = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        int32_t cp = utf8_next(s, &i);
        int now = script_of(cp);
        if (!utf8_is_letter(cp)) script = 0;
        else if (now && script && now != script) return true;
        else if (now) script = now;
    }
    return false;
}

/* A name as it is kept: what cannot be seen is told and taken out. Empty: told, and not to be used. */
static Str name_read(FileRead *r, Str s)
{
    bool hidden = false;
    int32_t before = 0;
    Buf b = {.to = r->d->a};
    s = str_trim(s);
    for (ptrdiff_t i = 0; i < s.n;) {
        ptrdiff_t begin = i;
        int32_t cp = utf8_next(s, &i);
        bool joins = (cp == 0x200C || cp == 0x200D) && before >= 0x0590;         /* Persian and Indic spelling needs them */
        bool is = is_hidden(cp) && !joins;
        before = cp;
        if (!is) buf_add(&b, str_sub(s, begin, i));
        hidden |= is;
    }
    Str name = str_trim(buf_str(&b));
    if (hidden)
        wrong(r, "'%.*s' holds marks that cannot be seen (direction or zero width); they are left out: write the name "
                 "without them", STR(name));
    if (has_mixed_word(name)) {
        wrong(r, "'%.*s' mixes letters of several scripts that look alike in one word; it is not used: write the word in "
                 "one script", STR(name));
        return (Str){0};
    }
    NameKey key = form_exact(name);
    if (key.n) return name;
    wrong(r, name.n ? "'%.*s' has no letter, or more than 160; it is not used: write the name as papers print it"
                    : "%.*sa name is missing; write one", STR(name));
    return (Str){0};
}

/* ---- facts ------------------------------------------------------------------------------------------------------ */

static void mark_read(FileRead *r, Str mark, DraftAlias *x)
{
    if (str_eq(mark, S("~weak"))) x->is |= FORM_WEAK;
    else if (str_eq(mark, S("@adj"))) x->is |= FORM_ADJ;
    else if (str_eq(mark, S("@people"))) x->is |= FORM_PEOPLE;
    else if (mark.p[0] == '@' && mark.n >= 3 && mark.n <= 12)
        x->lang = str_sub(mark, 1, mark.n), x->is |= str_eq(x->lang, S("en")) ? 0 : FORM_FOREIGN;
    else
        wrong(r, "'%.*s' is no mark of a form; there are @adj, @people, ~weak and languages such as @fr", STR(mark));
}

static void form_read(FileRead *r, Str form)
{
    DraftAlias x = {.at = r->at};
    for (form = str_trim(form); form.n;) {
        ptrdiff_t i = form.n;
        while (i > 0 && !is_blank(form.p[i - 1])) i--;
        if (i == form.n || (form.p[i] != '@' && form.p[i] != '~')) break;
        mark_read(r, str_sub(form, i, form.n), &x);
        form = str_trim(str_sub(form, 0, i));
    }
    x.form = name_read(r, form);
    if (!x.form.n) return;
    if (r->is_users) x.is |= FORM_USERS;
    *push(r->d->a, &actor_now(r)->aliases) = x;
}

static void alias_read(FileRead *r, Str rest)
{
    Str form;
    while (str_split(&rest, '|', &form)) form_read(r, form);
}

static bool is_code_word(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'A' && s.p[i] <= 'Z') && !(i > 0 && s.p[i] >= '0' && s.p[i] <= '9')) return false;
    return s.n >= 3;
}

/* The codes at the begin of rest; told and empty where the first is unknown. */
static Str codes_read(FileRead *r, Str *rest)
{
    Buf b = {.to = r->d->a};
    for (;;) {
        Str after = *rest, word = next_word(&after);
        bool is_known = code_is_known(word) || map_get(&r->d->codes, word) >= 0;
        if (!is_code_word(word) || !is_known) {
            if (b.n) break;
            wrong(r, "'%.*s' is no code that is known; begin with a country (RUS), a body (NATO, IGOUNO) or a role (GOV)",
                  STR(word));
            return (Str){0};
        }
        if (b.n) buf_char(&b, ' ');
        buf_add(&b, word);
        *rest = after;
    }
    return buf_str(&b);
}

static bool when_word(FileRead *r, Str *rest, Str *when, int32_t *from, int32_t *to, bool is_needed)
{
    Str after = *rest, word = next_word(&after);
    *when = (Str){0};
    *from = DAY_OPEN_FROM, *to = DAY_OPEN_TO;
    if (str_find(word, S("..")) < 0) {
        if (is_needed)
            wrong(r, "'%.*s' is no time; write FROM..TO, as in 2019-05-20..2024 (leave out what is open)", STR(word));
        return !is_needed;
    }
    *rest = after;
    *when = word;
    if (when_read(word, from, to)) return true;
    wrong(r, *from < *to ? "'%.*s' is no time; write days as 2019-05-20, 2019-05 or 2019, and FROM..TO between them"
                         : "'%.*s' ends before it begins; FROM is the first day, TO the first day after it", STR(word));
    return false;
}

/* "foreign minister @rus-foreign": the post, taken off. */
static Str post_read(FileRead *r, Str *title)
{
    ptrdiff_t i = title->n;
    while (i > 0 && !is_blank(title->p[i - 1])) i--;
    if (i == title->n || title->p[i] != '@') return (Str){0};
    Str post = str_sub(*title, i + 1, title->n);
    *title = str_trim(str_sub(*title, 0, i));
    if (key_is_good(post)) return post;
    wrong(r, "'@%.*s' is no key of a post; keys are small letters, digits and hyphens", STR(post));
    return (Str){0};
}

static void role_read(FileRead *r, Str rest, bool has_title)
{
    DraftRole x = {.text = rest, .at = r->at};
    if (!when_word(r, &rest, &x.when, &x.from, &x.to, has_title)) return;
    x.code = codes_read(r, &rest);
    if (!x.code.n) return;
    x.title = rest;
    if (has_title) x.post = post_read(r, &x.title);
    if (has_title && !x.title.n && !x.post.n)
        wrong(r, "the office is missing behind '%.*s'; write its title, or use `code` for what is no office", STR(x.code));
    else if (!has_title && x.title.n)
        wrong(r, "'%.*s' stands behind a code and is none that is known; use `role` for an office with a title",
              STR(x.title));
    else *push(r->d->a, &actor_now(r)->roles) = x;
}

static bool key_word(FileRead *r, Str *rest, Str *key)
{
    *key = next_word(rest);
    if (key_is_good(*key)) return true;
    wrong(r, "'%.*s' is no key; write the key of an entry (small letters, digits and hyphens)", STR(*key));
    return false;
}

static void stands_read(FileRead *r, Str rest)
{
    DraftStands x = {.text = rest, .at = r->at};
    if (!when_word(r, &rest, &x.when, &x.from, &x.to, true) || !key_word(r, &rest, &x.key)) return;
    x.when_actor = str_eq(rest, S("when actor"));
    if (rest.n && !x.when_actor)
        wrong(r, "'%.*s' is no rule; `when actor` is the one there is, or nothing", STR(rest));
    else *push(r->d->a, &actor_now(r)->stands) = x;
}

static void in_read(FileRead *r, Str rest)
{
    DraftLink x = {.at = r->at};
    Str after = rest, word = next_word(&after);
    if (str_eq(word, S("capital")) || str_eq(word, S("seat"))) x.how = word, rest = after;
    if (key_word(r, &rest, &x.key)) *push(r->d->a, &actor_now(r)->in) = x;
}

static void kin_read(FileRead *r, Str rest)
{
    DraftLink x = {.at = r->at};
    if (!key_word(r, &rest, &x.key)) return;
    x.how = rest;
    *push(r->d->a, &actor_now(r)->kin) = x;
}

static void called_read(FileRead *r, Str rest)
{
    Called called = str_eq(rest, S("he")) ? CALLED_HE : str_eq(rest, S("she")) ? CALLED_SHE
                  : str_eq(rest, S("they")) ? CALLED_THEY : CALLED_UNKNOWN;
    if (called) actor_now(r)->called = called;
    else wrong(r, "'%.*s' is nothing that somebody is called; write he, she or they", STR(rest));
}

/* The day on which a named day fell: a term of one day. */
static void on_read(FileRead *r, Str rest)
{
    DraftRole x = {.when = rest, .text = rest, .at = r->at};
    if (actor_now(r)->kind != ACTOR_DAY) wrong(r, "only an entry of the kind day falls on a date; take the line out");
    else if (rest.n < 4 || !day_read(rest, &x.from)) wrong(r, "'%.*s' is no date; write it as 2019-05-20", STR(rest));
    else {
        x.to = x.from + 1;
        *push(r->d->a, &actor_now(r)->roles) = x;
    }
}

/* ---- taking facts away ------------------------------------------------------------------------------------------ */

static bool form_is(Str form, const NameKey *wanted)
{
    NameKey key = form_lower(form);
    return str_eq(form_str(&key), form_str(wanted));
}

#define DROP(list, test)                                          \
    do {                                                          \
        int32_t kept = 0;                                         \
        for (int32_t i = 0; i < x->list.n; i++)                   \
            if (test) n++;                                        \
            else x->list.v[kept++] = x->list.v[i];                \
        x->list.n = kept;                                         \
    } while (0)

static void drop_read(FileRead *r, Str rest)
{
    DraftActor *x = actor_now(r);
    Str field = next_word(&rest);
    int32_t n = 0;
    NameKey wanted = form_lower(rest);
    if (str_eq(field, S("alias"))) DROP(aliases, form_is(x->aliases.v[i].form, &wanted));
    else if (str_eq(field, S("role")) || str_eq(field, S("code")))
        DROP(roles, (x->roles.v[i].title.n > 0) == (field.p[0] == 'r') && str_starts(x->roles.v[i].text, rest));
    else if (str_eq(field, S("stands"))) DROP(stands, str_find(x->stands.v[i].text, rest) >= 0);
    else if (str_eq(field, S("in"))) DROP(in, str_eq(x->in.v[i].key, rest));
    else if (str_eq(field, S("kin"))) DROP(kin, str_eq(x->kin.v[i].key, rest));
    else if (str_eq(field, S("led"))) n = x->led.n > 0, x->led = (Str){0};
    else if (str_eq(field, S("called"))) n = x->called != 0, x->called = CALLED_UNKNOWN;
    else {
        wrong(r, "'%.*s' cannot be dropped; there are alias, role, code, stands, in, kin, led and called", STR(field));
        return;
    }
    if (!n)
        wrong(r, "nothing is dropped: %.*s has no %.*s '%.*s'; write the value as the line that it stands in", STR(x->key),
              STR(field), STR(rest));
}

/* ---- lines -------------------------------------------------------------------------------------------------------- */

static void open_actor(FileRead *r, ActorKind kind, Str rest)
{
    ActorDraft *d = r->d;
    ptrdiff_t equals = str_find(rest, S("="));
    Str key = str_trim(str_sub(rest, 0, equals < 0 ? rest.n : equals));
    r->is_lost = true;
    if (!key_is_good(key)) {
        wrong(r, "'%.*s' is no key; write KIND KEY = NAME with a key of small letters, digits and hyphens; the lines "
                 "below it are left out", STR(key));
        return;
    }
    int32_t at = map_get(&d->by_key, key);
    Str name = equals < 0 ? (Str){0} : name_read(r, str_sub(rest, equals + 1, rest.n));
    if (at < 0 && !name.n) {
        wrong(r, "%.*s is not in the table yet; write KIND KEY = NAME; the lines below it are left out", STR(key));
        return;
    }
    if (at >= 0 && d->actors.v[at].kind != kind) {
        wrong(r, "%.*s is an entry of another kind already; choose another key; the lines below it are left out", STR(key));
        return;
    }
    if (at < 0) {
        at = d->actors.n;
        *push(d->a, &d->actors) = (DraftActor){.key = key, .name = name, .kind = kind, .source = r->source,
                                               .is_users = r->is_users, .at = r->at};
        *map_at(&d->by_key, key) = at;
    } else if (name.n) d->actors.v[at].name = name;
    r->actor = at;
    r->is_lost = false;
}

typedef void (*FieldRead)(FileRead *r, Str rest);
static void role_field(FileRead *r, Str rest) { role_read(r, rest, true); }
static void code_field(FileRead *r, Str rest) { role_read(r, rest, false); }
static void led_field(FileRead *r, Str rest) { actor_now(r)->led = rest; }
static void x_field(FileRead *r, Str rest) { actor_now(r)->source = rest; }

static const struct { Str name; FieldRead read; } fields[] = {
    {{"alias", 5}, alias_read}, {{"role", 4}, role_field}, {{"code", 4}, code_field}, {{"stands", 6}, stands_read},
    {{"in", 2}, in_read}, {{"kin", 3}, kin_read}, {{"called", 6}, called_read}, {{"on", 2}, on_read}, {{"led", 3}, led_field},
    {{"drop", 4}, drop_read}, {{"x", 1}, x_field}};

static void fact_line(FileRead *r, Str field, Str rest)
{
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
        if (!str_eq(field, fields[k].name)) continue;
        if (r->is_lost) return;
        if (r->actor < 0) wrong(r, "a fact stands above the first entry; open one with KIND KEY = NAME");
        else if (!rest.n) wrong(r, "nothing stands behind `%.*s`; write its value, or take the line out", STR(field));
        else fields[k].read(r, rest);
        return;
    }
    wrong(r, "'%.*s' is no field and no kind; fields are alias, role, code, stands, in, kin, called, led, on, drop, x, and "
             "kinds person, org, country, place, post, day, agent", STR(field));
}

static void line_read(FileRead *r, Str line)
{
    ActorKind kind;
    if (str_ends(line, S("\r"))) line.n--;
    line = str_trim(line);
    if (!line.n || line.p[0] == '#') return;
    ptrdiff_t bad = utf8_bad(line);
    if (line.n > LINE_MAX) wrong(r, "the line has %td bytes, at most %d are read; part it into several", line.n, LINE_MAX);
    else if (bad >= 0)
        wrong(r, "byte %td is not UTF-8, so the line is left out; save the whole file as UTF-8", bad + 1);
    else if (memchr(line.p, 0, (size_t)line.n)) wrong(r, "a zero byte; the file must be plain text in UTF-8");
    else {
        Str rest = line, field = next_word(&rest);
        if (kind_read(field, &kind)) open_actor(r, kind, rest);
        else if (str_eq(field, S("source"))) r->source = rest;
        else fact_line(r, field, rest);
    }
}

/* A country or a body may bring a code of its own (`code CLV`), and lines above it may use it already. */
static void find_codes(ActorDraft *d, Str rest)
{
    Str line;
    bool may = false;
    while (str_split(&rest, '\n', &line)) {
        if (str_ends(line, S("\r"))) line.n--;
        line = str_trim(line);
        ActorKind kind;
        int32_t from, to;
        Str after = line, field = next_word(&after);
        if (kind_read(field, &kind)) may = kind == ACTOR_COUNTRY || kind == ACTOR_ORG;
        if (!may || !str_eq(field, S("code"))) continue;
        Str word = next_word(&after);
        if (when_read(word, &from, &to)) word = next_word(&after);
        if (!after.n && word.n == 3 && is_code_word(word) && !code_is_known(word)) *map_at(&d->codes, word) = 1;
    }
}

void draft_read(ActorDraft *d, Str file, Str bytes, bool is_users)
{
    FileRead r = {.d = d, .at = {arena_str(d->a, file), 1}, .actor = -1, .is_users = is_users};
    Str rest = arena_str(d->a, bytes), line;
    if (str_starts(rest, S("\xEF\xBB\xBF"))) rest = str_sub(rest, 3, rest.n);
    find_codes(d, rest);
    for (; str_split(&rest, '\n', &line); r.at.line++) {
        line_read(&r, line);
        if (r.at.line == INT32_MAX) return;
    }
}
