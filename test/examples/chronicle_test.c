/* The chronicle: what a machine can check of the invented reports in examples/.
**
**   "… when the ministers meet on Saturday 8 March …"        the calendar of 2031 must say Saturday
**   "| C14 | 2 Apr | call | Oswick, Orrel | … | 051 |"       a report that begins with 051- must be there
**   "in     kessary"                                         the actor file must have an entry kessary
**
** Every report opens with the same line, which tells a reader who lost the folder that all of it is made up; the date
** on top is the one of the file's name; the answer key cites only reports that exist; no key of the actor file dangles,
** and no two people hold one post on one day. Whether the story is true to itself beyond that, only a reader can tell.
*/
#include "base/io.h"
#include "base/json.h"
#include "test.h"

#define FOLDER "examples/chronicle"
static const char first_line[] = "[Invented report. Every country, person and outlet in it is made up.]\n";
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                     "September", "October", "November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
enum { N_MONTHS = 12, N_WEEKDAYS = 7, FILE_MAX = 1 << 20 };
static const char undated[] = "027-";                    /* the one report whose date a reader must infer */

/* ---- reading -------------------------------------------------------------------------------------------- */
static Str file_bytes(Str path)
{
    IoFile f;
    Err e = {0};
    if (!check(io_open(&f, arena_cstr(&test_arena, path), FILE_MAX, &e))) {
        printf("%s\n", e.text);
        return S("");
    }
    Str bytes = arena_str(&test_arena, f.bytes);
    io_close(&f);
    return bytes;
}

static bool take(Str *rest, const char *what)            /* moves past `what`, where it stands at the front */
{
    Str w = str_of(what);
    if (!str_starts(*rest, w)) return false;
    *rest = str_sub(*rest, w.n, rest->n);
    return true;
}

static int32_t take_number(Str *rest)                    /* 0 where no digit stands at the front */
{
    int32_t n = 0;
    for (; rest->n && rest->p[0] >= '0' && rest->p[0] <= '9' && n < 100000; *rest = str_sub(*rest, 1, rest->n))
        n = n * 10 + (rest->p[0] - '0');
    return n;
}

static int32_t take_month(Str *rest)                     /* 1 … 12, or 0 */
{
    for (int32_t m = 0; m < N_MONTHS; m++)
        if (take(rest, months[m])) return m + 1;
    return 0;
}

/* ---- a report ------------------------------------------------------------------------------------------- */
/* " 8 March", ", 2 January 2031" after a weekday: 2031 where no year is said; false where no date follows. */
static bool date_after_weekday(Str rest, Date *d)
{
    take(&rest, ",");
    if (!take(&rest, " ") || !(d->day = take_number(&rest)) || !take(&rest, " ") || !(d->month = take_month(&rest)))
        return false;
    int32_t year = take(&rest, " ") ? take_number(&rest) : 0;
    d->year = year > 1000 ? year : 2031;
    return true;
}

static int weekdays_agree(Str name, Str text)            /* how many were checked */
{
    int n = 0;
    for (ptrdiff_t i = 0; i < text.n; i++)
        for (int w = 0; w < N_WEEKDAYS; w++) {
            Str rest = str_sub(text, i, text.n);
            Date d;
            if (!take(&rest, weekdays[w]) || !date_after_weekday(rest, &d)) continue;
            n++;
            if (!check(date_is_valid(d) && date_weekday(d) == w))
                printf("%.*s: %d-%d-%d is no %s\n", STR(name), d.year, d.month, d.day, weekdays[w]);
        }
    return n;
}

/* The first lines hold the date, written in one of the ways of the outlets. */
static bool head_has(Str text, Date d)
{
    Arena *a = &test_arena;
    const char *month = months[d.month - 1];
    Str head = str_sub(text, 0, 500);
    const Str ways[] = {
        arena_printf(a, "%d %s 2031", d.day, month),   arena_printf(a, "%d %s (Littoral Wire)", d.day, month),
        arena_printf(a, "%d %.3s 2031", d.day, month), arena_printf(a, "%.3s. %d, 2031", month, d.day),
        arena_printf(a, "%s %d, 2031", month, d.day),
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (str_find(head, ways[i]) >= 0) return true;
    return false;
}

typedef struct { int reports, weekdays; Map cited; } Seen;   /* cited: "042", "w0304" */

static void check_report(Seen *seen, Str name)
{
    Str text = file_bytes(arena_printf(&test_arena, FOLDER "/%.*s", STR(name)));
    Date d = {0};
    if (!check(str_starts(text, str_of(first_line)))) printf("%.*s: first line\n", STR(name));
    if (!check(utf8_bad(text) == -1)) printf("%.*s: not UTF-8\n", STR(name));
    check(date_parse(str_sub(name, 4, 14), &d) && date_is_valid(d));
    if (!check(head_has(text, d) == !str_starts(name, S(undated)))) printf("%.*s: date on top\n", STR(name));
    seen->weekdays += weekdays_agree(name, text);
    Str number = str_sub(name, 0, 3);
    if (!check(str_eq(number, arena_printf(&test_arena, "%03d", ++seen->reports))))
        printf("%.*s: the numbers leave a gap or stand twice\n", STR(name));
    *map_at(&seen->cited, number) = 1;
}

static void check_wire(Seen *seen, Str bytes)
{
    for (Str line; str_split(&bytes, '\n', &line);) {
        Json *o;
        Err e = {0};
        Date d;
        if (!line.n) continue;
        if (!check(json_read(&test_arena, line, &o, &e))) {
            printf("wire.jsonl: %s\n", e.text);
            continue;
        }
        Str id = json_text(o, S("id")), published = json_text(o, S("published"));
        check(str_starts(json_text(o, S("text")), str_of(first_line)));
        check(date_parse(str_sub(published, 0, 10), &d) && date_is_valid(d));
        check_str(str_sub(id, 0, 12), arena_printf(&test_arena, "lw-%04d-%02d%02d", d.year, d.month, d.day));
        seen->weekdays += weekdays_agree(id, json_text(o, S("text")));
        *map_at(&seen->cited, arena_printf(&test_arena, "w%.*s", STR(str_sub(id, 8, 12)))) = 1;
    }
}

/* ---- the answer key: "051" and "w0423" name reports; no other number there begins with a zero ------------- */
static int citations_exist(const Map *cited, Str key)
{
    int n = 0;
    for (ptrdiff_t i = 1; i < key.n; i++) {
        bool is_wire = key.p[i] == 'w';
        bool begins = key.p[i - 1] == ' ' || key.p[i - 1] == '(' || key.p[i - 1] == '`';
        Str rest = str_sub(key, i + is_wire, key.n), digits = rest;
        take_number(&rest);
        digits.n -= rest.n;
        if (!begins || digits.n != (is_wire ? 4 : 3) || digits.p[0] != '0') continue;
        n++;
        if (!check(map_get(cited, str_sub(key, i, i + is_wire + digits.n)) == 1))
            printf("TRUTH.md cites a report that is not there: %.*s\n", STR(str_sub(key, i, i + is_wire + digits.n)));
    }
    return n;
}

/* ---- the actor file ------------------------------------------------------------------------------------- */
typedef struct { Str post, from, to; } Term;             /* [from, to); an open end is the empty view */
typedef struct { Map keys; Strs pointed; SLICE(Term) terms; int entries; } Actors;

static Str word(Str *rest)
{
    Str w = {0};
    *rest = str_trim(*rest);
    str_split(rest, ' ', &w);
    return w;
}

static bool is_kind(Str w)
{
    static const char *const kinds[] = {"person", "org", "country", "place", "post", "day"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(w, str_of(kinds[i]))) return true;
    return false;
}

static void read_role(Actors *x, Str rest)
{
    Str term = word(&rest);
    ptrdiff_t dots = str_find(term, S("..")), at = str_find(rest, S("@"));
    if (!check(dots >= 0)) printf("a role without FROM..TO: %.*s\n", STR(term));
    if (at < 0) return;
    Str post = str_sub(rest, at + 1, rest.n);
    *push(&test_arena, &x->terms) = (Term){post, str_sub(term, 0, dots), str_sub(term, dots + 2, term.n)};
    *push(&test_arena, &x->pointed) = post;
}

static void read_actor_line(Actors *x, Str line)
{
    Str rest = str_trim(line), w = word(&rest);
    if (!w.n || w.p[0] == '#') return;
    if (is_kind(w)) {
        Str key = word(&rest);
        if (!check(map_get(&x->keys, key) == -1)) printf("opened twice: %.*s\n", STR(key));
        *map_at(&x->keys, key) = x->entries++;
    } else if (str_eq(w, S("in")) || str_eq(w, S("kin"))) {
        *push(&test_arena, &x->pointed) = word(&rest);
    } else if (str_eq(w, S("stands"))) {
        word(&rest);
        *push(&test_arena, &x->pointed) = word(&rest);
    } else if (str_eq(w, S("role"))) {
        read_role(x, rest);
    } else if (!check(str_eq(w, S("alias")) || str_eq(w, S("code")) || str_eq(w, S("on")) || str_eq(w, S("x")))) {
        printf("a field without a meaning: %.*s\n", STR(line));
    }
}

static bool overlap(Term a, Term b)                      /* ISO dates sort as text */
{
    return (!a.to.n || str_cmp(b.from, a.to) < 0) && (!b.to.n || str_cmp(a.from, b.to) < 0);
}

static int check_actors(Str bytes)
{
    Actors x = {.keys = {.to = &test_arena}};
    for (Str line; str_split(&bytes, '\n', &line);) read_actor_line(&x, line);
    for (int32_t i = 0; i < x.pointed.n; i++)
        if (!check(map_get(&x.keys, x.pointed.v[i]) >= 0)) printf("no entry %.*s\n", STR(x.pointed.v[i]));
    for (int32_t i = 0; i < x.terms.n; i++)
        for (int32_t j = 0; j < i; j++)
            if (str_eq(x.terms.v[i].post, x.terms.v[j].post) && !check(!overlap(x.terms.v[i], x.terms.v[j])))
                printf("two holders of %.*s at one time\n", STR(x.terms.v[i].post));
    return x.entries;
}

int main(void)
{
    TEST_BEGIN
    Strs names = {0};
    Err e = {0};
    Seen seen = {.cited = {.to = &test_arena}};
    check(io_list(&test_arena, FOLDER, &names, &e));
    for (int32_t i = 0; i < names.n; i++) {
        if (str_ends(names.v[i], S(".txt"))) check_report(&seen, names.v[i]);
        else check_str(names.v[i], S("wire.jsonl"));     /* whatever lies in the folder is read as news */
    }
    check_wire(&seen, file_bytes(S(FOLDER "/wire.jsonl")));
    check(seen.reports >= 60 && seen.weekdays >= 12);    /* a check that finds nothing to check has failed */
    check(citations_exist(&seen.cited, file_bytes(S("examples/TRUTH.md"))) >= 300);
    check(check_actors(file_bytes(S("examples/chronicle.actors"))) >= 100);
    return test_end();
}
