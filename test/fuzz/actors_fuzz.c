/* Files of actors and dictionaries from strangers: whatever comes in, the table that comes out can be asked, names the line of each
** fault, and what is imported reads back without a fault of form. */
#include "reading/actor_inside.h"
#include "fuzz.h"

static int32_t n_lines;

static void told(void *with, Str file, int32_t line, Str sentence)
{
    (void)with, (void)file;
    must(line >= 1 && line <= n_lines, "a fault names a line of the file");
    must(sentence.n > 0 && utf8_bad(sentence) < 0, "a fault is a sentence");
}

static void count_lines(Str bytes)
{
    n_lines = 1;
    for (ptrdiff_t i = 0; i < bytes.n; i++) n_lines += bytes.p[i] == '\n';
}

static void ask(const Actors *t)
{
    for (int32_t i = 0; i < actors_count(t); i++) {
        Actor x = actors_at(t, i);
        must(actors_by_key(t, x.key) == i, "an entry is found by its key");
        must(utf8_bad(x.name) < 0 && x.name.n > 0, "a name is well-formed");
        actors_code_on(t, i, 20000);
        actors_land(t, i, 20000);
        int32_t stands = actors_stands(t, i, DAY_UNKNOWN);
        must(stands < actors_count(t), "what it stands for is an entry");
        actors_holder(t, i, S("leader"), 20000);
        actors_phrase(&arena, t, x.name, S("Ruritania"), 20000);
        for (int32_t k = 0; k < x.n_aliases; k++) {
            ActorHits hits = actors_find(t, actors_alias(t, i, k).form);
            bool is_there = false;
            for (int32_t h = 0; h < hits.n; h++) is_there |= hits.v[h].actor == i;
            must(is_there, "a form finds its entry");
        }
    }
}

static Actors read_file(Str bytes, bool is_import)
{
    ActorDraft d = {.a = &arena, .by_key = {.to = &arena}, .codes = {.to = &arena}, .fault = told};
    Actors t;
    count_lines(bytes);
    draft_read(&d, S("x.actors"), bytes, false);
    must(!is_import || d.n_faults == 0, "what is imported reads without a fault");
    draft_check(&d);
    must(image_view(draft_pack(&arena, &d), &t), "what is packed can be viewed");
    return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Str bytes = {(const char *)data, (ptrdiff_t)n};
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    Actors t = read_file(bytes, false);
    ask(&t);
    Buf again = {.to = &arena}, imported = {.to = &arena};
    for (int32_t i = 0; i < actors_count(&t); i++) buf_add(&again, actors_text(&arena, &t, i));
    Actors back = read_file(buf_str(&again), true);
    must(actors_count(&back) == actors_count(&t), "what is printed reads back as as many entries");
    count_lines(bytes);
    actors_of_phoenix(&arena, S("x"), bytes, &imported, told, NULL);
    read_file(buf_str(&imported), true);
    count_lines(bytes);
    imported.n = 0;
    actors_of_factbook(&arena, S("x"), bytes, &imported, told, NULL);
    read_file(buf_str(&imported), true);
    return 0;
}
