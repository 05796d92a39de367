/* The table of actors: what two spellings share, what each faulty line is told, who held what when. */
#include "base/io.h"
#include "reading/actor_inside.h"
#include "test.h"

typedef struct { SLICE(At) at; Strs said; } Faults;
static Faults faults;

static void keep_fault(void *with, Str file, int32_t line, Str sentence)
{
    (void)with;
    *push(&test_arena, &faults.at) = (At){file, line};
    *push(&test_arena, &faults.said) = arena_str(&test_arena, sentence);
}

static Actors table_of(Str file, Str bytes)
{
    ActorDraft d = {.a = &test_arena, .by_key = {.to = &test_arena}, .codes = {.to = &test_arena}, .fault = keep_fault};
    Actors t = {0};
    faults = (Faults){0};
    draft_read(&d, file, bytes, false);
    draft_check(&d);
    check(image_view(draft_pack(&test_arena, &d), &t));
    return t;
}

static Actors table_file(const char *path, Str *bytes)
{
    IoFile f = {0};
    Err e = {0};
    check(io_open(&f, path, 1 << 20, &e));
    *bytes = arena_str(&test_arena, f.bytes);
    io_close(&f);
    return table_of(str_of(path), *bytes);
}

/* ---- forms ------------------------------------------------------------------------------------------------------ */

static void same(const char *one, const char *other, bool is)
{
    NameKey a = form_exact(str_of(one)), b = form_exact(str_of(other));
    if (!check(a.n > 0 && b.n > 0 && str_eq(form_str(&a), form_str(&b)) == is)) printf("  %s, %s\n", one, other);
}

static void same_folded(const char *one, const char *other, bool is)
{
    NameKey a = form_folded(str_of(one)), b = form_folded(str_of(other));
    if (!check(str_eq(form_str(&a), form_str(&b)) == is))
        printf("  %s → %.*s, %s → %.*s\n", one, STR(form_str(&a)), other, STR(form_str(&b)));
}

static void test_forms(void)
{
    same("U.S.", "US", true);
    same("the U. S.", "US", true);
    same("U.S.A.", "USA", true);
    same("US", "us", false);
    same("MAY", "May", false);
    same("J.D. Velline", "JD Velline", true);
    same("J. D. Velline", "JD Velline", true);
    same("Velia's Defence Ministry", "Velia Defence Ministry", true);
    same("Port-Vell", "Port Vell", true);
    same("Érik Grønland", "Erik Gronland", true);
    same("Velline", "Veline", false);
    same("League & Guild", "League and Guild", true);
    same_folded("Zelenskiy", "Zelenskyy", true);
    same_folded("Zelensky", "Зеленский", true);
    same_folded("Selenskyj", "Selensky", true);
    same_folded("Lavrov", "Lawrow", true);
    same_folded("Lavroff", "Лавров", true);
    same_folded("Sergei", "Sergey", true);
    same_folded("Dmitry", "Dmitriy", true);
    same_folded("Yuri", "Iurii", true);
    same_folded("Zhirinov", "Jirinov", true);
    same_folded("Khrushchev", "Хрущёв", true);
    same_folded("Yevgeny", "Evgeny", true);
    same_folded("Medvedev", "Medwedew", true);
    same_folded("Alexei", "Aleksey", true);
    same_folded("Orlov", "Orlin", false);
    same_folded("Ivan", "Ivanov", false);
    NameKey empty = form_exact(S("...")), huge = form_exact(arena_printf(&test_arena, "%0200d", 7));
    check(empty.n == 0 && huge.n == 0);
}

/* ---- faults: "#! words" above the line they are said of ------------------------------------------------------------- */

static bool was_said(int32_t line, Str words, bool *used)
{
    for (int32_t i = 0; i < faults.at.n; i++)
        if (!used[i] && faults.at.v[i].line == line && str_find(faults.said.v[i], words) >= 0) return used[i] = true;
    return false;
}

static void test_faults(void)
{
    Str bytes, rest, line;
    Actors t = table_file("test/reading/actors/bad.actors", &bytes);
    bool *used = arena_new(&test_arena, bool, faults.at.n + 1);
    Strs waiting = {0};
    int32_t n = 0;
    rest = bytes;
    while (str_split(&rest, '\n', &line)) {
        n++;
        if (str_starts(line, S("#! "))) {
            *push(&test_arena, &waiting) = str_sub(line, 3, line.n);
            continue;
        }
        for (int32_t i = 0; i < waiting.n; i++)
            if (!check(was_said(n, waiting.v[i], used))) printf("  line %d: not told: %.*s\n", n, STR(waiting.v[i]));
        waiting.n = 0;
    }
    for (int32_t i = 0; i < faults.at.n; i++)
        if (!check(used[i])) printf("  line %d: told unexpectedly: %.*s\n", faults.at.v[i].line, STR(faults.said.v[i]));
    check(actors_by_key(&t, S("ito")) >= 0 && actors_find(&t, S("Marl")).n == 1);     /* the good entries are used */
    check(actors_find(&t, S("Lost Without a Word")).n == 0);
}

/* ---- look-ups --------------------------------------------------------------------------------------------------------- */

static Str key_of(const Actors *t, int32_t i) { return i < 0 ? S("-") : actors_at(t, i).key; }

static void held_by(const Actors *t, const char *land, const char *office, const char *day, const char *expected)
{
    int32_t who = actors_holder(t, actors_by_key(t, str_of(land)), str_of(office), actors_day(str_of(day)));
    if (!check(str_eq(key_of(t, who), str_of(expected))))
        printf("  %s of %s on %s: %.*s, not %s\n", office, land, day, STR(key_of(t, who)), expected);
}

static void test_offices(const Actors *t)
{
    held_by(t, "ruritania", "president", "2029-01-01", "ito");
    held_by(t, "ruritania", "president", "2028-05-20", "ito");
    held_by(t, "ruritania", "president", "2028-05-19", "orlovsky");
    held_by(t, "ruritania", "leader", "2029", "ito");
    held_by(t, "ruritania", "president", "2032-01-01", "-");
    held_by(t, "ruritania", "president", "", "-");              /* two held it, and no day says which */
    held_by(t, "ruritania", "foreign minister", "2025", "ito");
    held_by(t, "ruritania", "top diplomat", "2025", "ito");
    held_by(t, "velia", "top diplomat", "2029", "dosk");
    held_by(t, "velia", "leader", "2029", "marl");
    held_by(t, "velia", "prime minister", "2027-06", "marl");    /* a deputy is not whom he stands for */
    held_by(t, "velia", "president", "2029", "-");               /* of the Riksrat is not of Velia */
    held_by(t, "ruritania", "spokesman", "2029", "-");           /* two are, of different houses */
    held_by(t, "elphberg-palace", "spokesman", "2029", "quill");
    held_by(t, "harbour-league", "secretary-general", "2029", "brant");
    held_by(t, "strelsau", "president", "2029", "ito");
}

static void coded(const Actors *t, const char *key, const char *day, const char *expected)
{
    check_str(actors_code_on(t, actors_by_key(t, str_of(key)), actors_day(str_of(day))), str_of(expected));
}

static void test_codes(const Actors *t)
{
    coded(t, "ito", "2029", "XRU GOV");
    coded(t, "ito", "2033", "XRU ELI");
    coded(t, "ito", "2020", "XRU");
    coded(t, "ito", "", "XRU GOV");
    coded(t, "ito-tomas", "2029", "XRU BUS");
    coded(t, "kovach", "2024", "XVE MIL");
    coded(t, "kovach", "2029", "XVE ELI");
    coded(t, "ruritania", "2029", "XRU");
    coded(t, "old-velia", "1980", "XVO");
}

static void test_look_ups(void)
{
    Str bytes;
    Actors t = table_file("test/reading/actors/world.actors", &bytes);
    for (int32_t i = 0; i < faults.at.n; i++) printf("world.actors:%d: %.*s\n", faults.at.v[i].line, STR(faults.said.v[i]));
    check(faults.at.n == 0);
    test_offices(&t);
    test_codes(&t);
    ActorHits hits = actors_find(&t, S("Ito"));
    check(hits.n == 2 && str_eq(key_of(&t, hits.v[0].actor), S("ito")) && !(hits.v[0].is & FORM_WEAK) &&
          (hits.v[1].is & FORM_WEAK));
    hits = actors_find(&t, S("Ruritanian"));
    check(hits.n == 1 && (hits.v[0].is & FORM_ADJ));
    check_str(key_of(&t, actors_country(&t, S("Ruritanians"))), S("ruritania"));
    check_str(key_of(&t, actors_find_folded(&t, S("Sergey Orlowsky")).v[0].actor), S("orlovsky"));
    check(actors_find(&t, S("RURITANIA")).n == 1 && actors_find(&t, S("hl")).n == 0 && actors_find(&t, S("HL")).n == 1);
    check_str(actors_agent(&t, S("diplomats")), S("GOV"));
    check_str(actors_agent(&t, S("servicemen")), S("MIL"));
    check_str(actors_agent(&t, S("gardener")), S(""));
    check_str(key_of(&t, actors_land(&t, actors_by_key(&t, S("elphberg-palace")), DAY_UNKNOWN)), S("ruritania"));
    check_str(key_of(&t, actors_land(&t, actors_by_key(&t, S("marl")), actors_day(S("2029")))), S("velia"));
    check_str(key_of(&t, actors_stands(&t, actors_by_key(&t, S("strelsau")), actors_day(S("2029")))), S("xru-government"));
    check(actors_held(&t, actors_by_key(&t, S("ito")), S("foreign minister"), DAY_UNKNOWN));
    check(!actors_held(&t, actors_by_key(&t, S("ito")), S("foreign minister"), actors_day(S("2029"))));
    check_str(actors_kin(&t, actors_by_key(&t, S("ito")), 0).relation, S("brother"));
}

static void test_later_blocks(void)
{
    Actors t = table_of(S("x"), S("person ito = Kaede Ito\nalias Ito | The Crane\nrole 2020..2024 XRU GOV president\n"
                                  "person ito = Kaede Itoh\nalias Itoh\ndrop alias The Crane\ndrop role 2020\ncode XRU BUS\n"));
    int32_t ito = actors_by_key(&t, S("ito"));
    check(faults.at.n == 0 && actors_find(&t, S("The Crane")).n == 0 && actors_find(&t, S("Itoh")).n == 1);
    check_str(actors_at(&t, ito).name, S("Kaede Itoh"));
    check_str(actors_code_on(&t, ito, actors_day(S("2022"))), S("XRU BUS"));
}

/* What is printed is read again as the same. */
static void test_round(void)
{
    Str bytes;
    Actors t = table_file("test/reading/actors/world.actors", &bytes);
    Buf b = {.to = &test_arena}, again = {.to = &test_arena};
    for (int32_t i = 0; i < actors_count(&t); i++) buf_add(&b, actors_text(&test_arena, &t, i));
    Actors back = table_of(S("again"), buf_str(&b));
    for (int32_t i = 0; i < actors_count(&back); i++) buf_add(&again, actors_text(&test_arena, &back, i));
    check(faults.at.n == 0);
    check_str(buf_str(&again), buf_str(&b));
}

static void test_imports(void)
{
    static const char phoenix[] = "# a dictionary\nKAEDE_ITO_ ; president\n+K._B._ITO_\n\t[XRUGOV 240101-280519]\n\t[XRUELI >280519]\n"
                                  "WESTERN_PACT_ [IGOWSTNAT]\nDIPLOMAT {DIPLOMATS} [~GOV]\nBROKEN_ [XRUGOV 991340-000101]\n";
    Buf out = {.to = &test_arena};
    faults = (Faults){0};
    actors_of_phoenix(&test_arena, S("x.actors"), str_of(phoenix), &out, keep_fault, NULL);
    check(faults.at.n == 1 && faults.at.v[0].line == 8);
    Actors t = table_of(S("imported"), buf_str(&out));
    check(faults.at.n == 0);
    coded(&t, "kaede-ito", "2025", "XRU GOV");
    coded(&t, "kaede-ito", "2028-05-19", "XRU GOV");
    coded(&t, "kaede-ito", "2028-05-20", "XRU ELI");
    coded(&t, "western-pact", "2025", "NATO");
    check_str(actors_agent(&t, S("diplomats")), S("GOV"));
    static const char factbook[] = "{\"Government\":{\"Country name\":{\"conventional short form\":{\"text\":\"France\"}},"
        "\"Executive branch\":{\"chief of state\":{\"text\":\"President Kaede ITO (since 14 May 2031)\"},"
        "\"head of government\":{\"text\":\"Prime Minister Anton DOSK (since May 2030)\"}}}}";
    out.n = 0;
    check(actors_of_factbook(&test_arena, S("fr.json"), str_of(factbook), &out, keep_fault, NULL));
    t = table_of(S("imported"), buf_str(&out));
    coded(&t, "kaede-ito", "2031-05-14", "FRA GOV");
    check_str(actors_role(&t, actors_by_key(&t, S("anton-dosk")), 0).title, S("prime minister"));
}

/* Ten thousand entries of one form, ten thousand aliases of one entry: one finding each, and no time. */
static void test_many(void)
{
    Buf b = {.to = &test_arena};
    for (int i = 0; i < 10000; i++) buf_printf(&b, "person p%d = Someone %d\nalias Ito\n", i, i);
    for (int i = 0; i < 10000; i++) buf_printf(&b, "alias Marl\n");
    double before = io_seconds();
    Actors t = table_of(S("x"), buf_str(&b));
    check(faults.at.n == 1 && io_seconds() - before < 20);
    check(actors_find(&t, S("Ito")).n == 10000 && actors_find(&t, S("Marl")).n == 1);
}

static void test_shipped(void)
{
    const Actors *t = actors_shipped();
    for (int32_t i = 0; i < actors_count(t); i++) {
        Actor x = actors_at(t, i);
        if (!check(x.key.n && x.name.n && actors_by_key(t, x.key) == i)) printf("  %.*s\n", STR(x.key));
    }
    static const char *const ranks[] = {"official", "officials", "leader", "leaders", "spokesman", "representative"};
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        uint32_t is = 0;
        if (!check(agent_code(t, str_of(ranks[i]), &is).n && (is & FORM_WEAK))) printf("  %s is a rank\n", ranks[i]);
    }
    Err e = {0};
    const char *nowhere[] = {"/nowhere.actors"};
    check(actors_open(nowhere, 1, NULL, NULL, &e) == NULL && str_find(str_of(e.text), S("/nowhere.actors")) >= 0);
    const char *world[] = {"test/reading/actors/world.actors"};
    Actors *more = actors_open(world, 1, NULL, NULL, &e);
    if (check(more != NULL)) {
        check(actors_count(more) > actors_count(t) && actors_by_key(more, S("ruritania")) >= 0);
        actors_close(more);
    }
}

/* ---- phrases: "phrase | context | code | entry" in actors_phrases.t -------------------------------------------------- */

static bool cell(Str *rest, Str *one)
{
    ptrdiff_t at = str_find(*rest, S(" | "));
    if (!rest->p) return false;
    *one = str_trim(at < 0 ? *rest : str_sub(*rest, 0, at));
    *rest = at < 0 ? (Str){0} : str_sub(*rest, at + 3, rest->n);
    return true;
}

static void test_phrases(void)
{
    Str bytes, line, world;
    Actors t = table_file("test/reading/actors/world.actors", &world);
    IoFile f = {0};
    Err e = {0};
    check(io_open(&f, "test/reading/actors_phrases.t", 1 << 20, &e));
    bytes = arena_str(&test_arena, f.bytes);
    io_close(&f);
    while (str_split(&bytes, '\n', &line)) {
        Str c[4] = {0};
        if (!line.n || line.p[0] == '#') continue;
        for (int i = 0; i < 4 && cell(&line, &c[i]); i++) {}
        ActorPhrase x = actors_phrase(&test_arena, &t, c[0], c[1], actors_day(S("2029-06-01")));
        Str key = x.actor >= 0 ? actors_at(&t, x.actor).key : S("-");
        if (!check(str_eq(x.code, c[2]) && str_eq(key, c[3])))
            printf("  %.*s: %.*s %.*s, not %.*s %.*s\n", STR(c[0]), STR(x.code), STR(key), STR(c[2]), STR(c[3]));
    }
}

static void members(const Actors *t, const char *phrase, const char *expected)
{
    Strs m = actors_members(&test_arena, t, str_of(phrase));
    Buf b = {.to = &test_arena};
    for (int32_t i = 0; i < m.n; i++) buf_printf(&b, "%s%.*s", i ? "; " : "", STR(m.v[i]));
    check_str(buf_str(&b), str_of(expected));
}

static void test_members(void)
{
    Str world;
    Actors t = table_file("test/reading/actors/world.actors", &world);
    members(&t, "Ruritanians and Velians", "Ruritanians; Velians");
    members(&t, "Ruritanian and Velian soldiers", "Ruritanian soldiers; Velian soldiers");
    members(&t, "Ruritania-Velia talks", "Ruritania; Velia");
    members(&t, "Ruritania, Velia and the Harbour League", "Ruritania; Velia; the Harbour League");
    members(&t, "Kaede Ito", "Kaede Ito");
    members(&t, "the harbour master", "the harbour master");
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 1 << 30;
    test_forms();
    test_faults();
    test_look_ups();
    test_later_blocks();
    test_round();
    test_imports();
    test_many();
    test_phrases();
    test_members();
    test_shipped();
    return test_end();
}
