/* A teacher's labels: large networks read raw text once, the small one learns from what they thought (Hinton et
** al. 2015; for parsers Anderson & Gómez-Rodríguez 2020).
**
**   in:  "The envoys met on Monday." and one network or several of one training's kind
**   out: for each word the four most probable tags, heads, relations (to the most probable head) and places in a name,
**        with their probabilities, the mean of the networks', in 255ths; what is below 1/255 is left out
**
** Texts are JSON Lines (the runtime's own cleaning, sentences and tokens), or tokens one a line as for names, whose
** tags are not looked at. Sentences of more than 80 words and texts in other languages than English are left out.
**
** The file is one of the house's: "soft.labels" (the classes, which must be those of the student), "soft.forms"
** (distinct forms), "soft.sentences": u32 words, then for each word its form as u32 and four lists: u8 count, count ×
** (u16 class, u8).
**
** Always: the same texts and networks give the same file. Cost: the networks' reading, some 30 bytes a word.
*/
#include "train/neural/neural.h"
#include "base/io.h"
#include "model/model.h"
#include "text/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_TAUGHT = 80, TOGETHER = 32, NETWORKS_MAX = 8 };

typedef struct {
    Arena *arena, scratch;
    Lexicon lexicon[NETWORKS_MAX];
    Learner learner[NETWORKS_MAX];
    int32_t n_networks;
    Work work;
    Map forms;
    Strs form_list;
    Buf sentences;
    int64_t words, most;
    Strs waiting[TOGETHER];                              /* sentences that are read together */
    int32_t n_waiting;
} Teacher;

/* ---- what the networks think, on the mean ----------------------------------------------------------------------- */
static Soft best_classes(const Real *p, int32_t n)
{
    Soft s = {0};
    for (int32_t k = 0; k < SOFT; k++) {
        int32_t best = -1;
        for (int32_t i = 0; i < n; i++) {
            bool is_taken = false;
            for (int32_t j = 0; j < k; j++) is_taken = is_taken || (s.p[j] && s.class[j] == i);
            if (!is_taken && (best < 0 || p[i] > p[best])) best = i;
        }
        int32_t share = best < 0 ? 0 : (int32_t)(p[best] * 255 + (Real)0.5);
        if (share < 1) break;
        s.class[k] = (uint16_t)best, s.p[k] = (uint8_t)share;
    }
    return s;
}
static void add_softmax(Real *sum, const Real *scores, int32_t n, int32_t networks)
{
    Real p[4096];
    memcpy(p, scores, (size_t)n * sizeof *p);
    softmax(p, n);
    for (int32_t i = 0; i < n; i++) sum[i] += p[i] / (Real)networks;
}
static void put_soft(Buf *b, Soft s)
{
    int32_t n = 0;
    while (n < SOFT && s.p[n]) n++;
    buf_char(b, (char)n);
    for (int32_t i = 0; i < n; i++) buf_add(b, (Str){(char *)&s.class[i], 2}), buf_char(b, (char)s.p[i]);
}

typedef struct { Real *tags, *arcs, *relations, *names; } Mean;
/* The means of one sentence's probabilities; relations are to the heads that the mean of the arcs prefers. */
static Mean mean_of(Teacher *t, const Thought *thought, const Sample (*samples)[TOGETHER], int32_t i, int32_t n,
                    int32_t *head)
{
    const Lexicon *l = t->lexicon;
    Mean m = {work_zeros(&t->work, (ptrdiff_t)n * l->tags.n), work_zeros(&t->work, (ptrdiff_t)n * (n + 1)),
              work_zeros(&t->work, (ptrdiff_t)n * l->relations.n), work_zeros(&t->work, (ptrdiff_t)n * NAME_CLASSES)};
    for (int32_t w = 0; w < n; w++) {
        for (int32_t k = 0; k < t->n_networks; k++) {
            ptrdiff_t row = thought[k].first[i] + w;
            add_softmax(m.tags + (ptrdiff_t)w * l->tags.n, thought[k].tags + row * l->tags.n, l->tags.n, t->n_networks);
            add_softmax(m.arcs + (ptrdiff_t)w * (n + 1), thought[k].arcs[i] + (ptrdiff_t)w * (n + 1), n + 1,
                        t->n_networks);
            add_softmax(m.names + (ptrdiff_t)w * NAME_CLASSES, thought[k].names + row * NAME_CLASSES, NAME_CLASSES,
                        t->n_networks);
        }
        head[w] = best_classes(m.arcs + (ptrdiff_t)w * (n + 1), n + 1).class[0];
    }
    for (int32_t k = 0; k < t->n_networks; k++) {
        Net net = t->learner[k].net;
        Reader r = {&net, t->lexicon[k].types.v, &t->lexicon[k].vectors};
        const Real *scores = net_relations(&r, &t->work, thought + k, &samples[k][i], i, head);
        for (int32_t w = 0; w < n; w++)
            add_softmax(m.relations + (ptrdiff_t)w * l->relations.n, scores + (ptrdiff_t)w * l->relations.n,
                        l->relations.n, t->n_networks);
    }
    return m;
}
static void put_sentence(Teacher *t, const Strs *forms, const Mean *m)
{
    const Lexicon *l = t->lexicon;
    model_put_u32(&t->sentences, (uint32_t)forms->n);
    for (int32_t w = 0; w < forms->n; w++) {
        Str form = forms->v[w];
        int32_t *known = map_at(&t->forms, form);
        if (*known < 0) *known = t->form_list.n, *push(t->arena, &t->form_list) = form;
        model_put_u32(&t->sentences, (uint32_t)*known);
        put_soft(&t->sentences, best_classes(m->tags + (ptrdiff_t)w * l->tags.n, l->tags.n));
        put_soft(&t->sentences, best_classes(m->arcs + (ptrdiff_t)w * (forms->n + 1), forms->n + 1));
        put_soft(&t->sentences, best_classes(m->relations + (ptrdiff_t)w * l->relations.n, l->relations.n));
        put_soft(&t->sentences, best_classes(m->names + (ptrdiff_t)w * NAME_CLASSES, NAME_CLASSES));
    }
}

/* ---- sentences -------------------------------------------------------------------------------------------------- */
static int longer_first(const void *a, const void *b)
{
    const Strs *x = a, *y = b;
    return y->n - x->n;
}
static void read_waiting(Teacher *t)
{
    static Sample samples[NETWORKS_MAX][TOGETHER];
    Thought thought[NETWORKS_MAX];
    int32_t head[LONGEST_TAUGHT];
    if (!t->n_waiting) return;
    work_reset(&t->work);
    qsort(t->waiting, (size_t)t->n_waiting, sizeof *t->waiting, longer_first);
    for (int32_t k = 0; k < t->n_networks; k++) {
        const Sample *order[TOGETHER];
        for (int32_t i = 0; i < t->n_waiting; i++) {
            int32_t n = t->waiting[i].n, *type = work_ints(&t->work, n);
            for (int32_t w = 0; w < n; w++) type[w] = lexicon_type(&t->lexicon[k], t->waiting[i].v[w]);
            samples[k][i] = (Sample){.n = n, .type = type}, order[i] = &samples[k][i];
        }
        Net net = t->learner[k].net;
        Reader r = {&net, t->lexicon[k].types.v, &t->lexicon[k].vectors};
        thought[k] = net_think(&r, &t->work, order, t->n_waiting);
    }
    for (int32_t i = 0; i < t->n_waiting; i++) {
        Mean m = mean_of(t, thought, (const Sample (*)[TOGETHER])samples, i, t->waiting[i].n, head);
        put_sentence(t, &t->waiting[i], &m);
    }
    t->n_waiting = 0;
}
/* forms: live as long as the teacher. */
static void take_sentence(Teacher *t, const Str *forms, int32_t n)
{
    if (n < 2 || n > LONGEST_TAUGHT || t->words >= t->most) return;
    Strs *s = t->waiting + t->n_waiting++;
    *s = (Strs){0};
    for (int32_t i = 0; i < n; i++) *push(t->arena, s) = arena_str(t->arena, forms[i]);
    t->words += n;
    if (t->n_waiting == TOGETHER) read_waiting(t);
}
static bool take_line(Teacher *t, Str line, Err *e)
{
    Json *json;
    Record r;
    arena_reset(&t->scratch);
    if (!json_read(&t->scratch, line, &json, e)) return false;
    record_blank(&r);
    r.text = json_text(json, S("text"));
    text_clean(&t->scratch, &r), text_language(&r);
    if (!str_eq(r.lang, S("en")) && r.text.n > 400) return true;
    text_sentences(&t->scratch, &r, (TextOptions){0}), text_tokens(&t->scratch, &r);
    Str form[LONGEST_TAUGHT + 1];
    for (int32_t i = 0, n = 0; i < r.tokens.n; i++) {
        if (n <= LONGEST_TAUGHT) form[n++] = r.tokens.v[i].form;
        if (i + 1 < r.tokens.n && r.tokens.v[i + 1].sent == r.tokens.v[i].sent) continue;
        take_sentence(t, form, n), n = 0;
    }
    return true;
}
static bool take_text(Teacher *t, const char *path, Err *e)
{
    Str bytes, line;
    char sha256[65];
    if (!train_file(t->arena, str_of(path), &bytes, sha256, e)) return false;
    if (strstr(path, ".tsv")) {
        NameSentences names = {0};
        if (!iob_read(t->arena, bytes, str_of(path), NULL, &names, e)) return false;
        for (int32_t i = 0; i < names.n; i++) take_sentence(t, names.v[i].form, names.v[i].n);
        return true;
    }
    for (int32_t n = 1; t->words < t->most && str_split(&bytes, '\n', &line); n++)
        if (line.n && !take_line(t, line, e)) return err_while(e, "%s line %d", path, n);
    return true;
}

/* ---- what the header names -------------------------------------------------------------------------------------- */
static void put_strs(Buf *b, const Strs *s)
{
    model_put_u32(b, (uint32_t)s->n);
    for (int32_t i = 0; i < s->n; i++) model_put_text(b, s->v[i]);
}
static bool teacher_write(Teacher *t, const char *out, Err *e)
{
    Buf labels = {.to = t->arena}, forms = {.to = t->arena}, file = {.to = t->arena};
    put_strs(&labels, &t->lexicon->tags), put_strs(&labels, &t->lexicon->relations), put_strs(&forms, &t->form_list);
    ModelSections s = {0};
    *push(t->arena, &s) = (ModelSection){S("soft.labels"), buf_str(&labels)};
    *push(t->arena, &s) = (ModelSection){S("soft.forms"), buf_str(&forms)};
    *push(t->arena, &s) = (ModelSection){S("soft.sentences"), buf_str(&t->sentences)};
    model_write(&s, &file);
    return io_write_file(out, buf_str(&file), e);
}
bool teach(const char *const *networks, int32_t n_networks, const char *const *texts, int32_t n_texts, int64_t words,
           const char *out, Err *e)
{
    static Teacher t;
    static Arena arena = {.budget = (ptrdiff_t)16 << 30};
    jmp_buf landing;
    bool ok = n_networks <= NETWORKS_MAX || fail(e, ERR_USAGE, "at most %d teachers", NETWORKS_MAX);
    t = (Teacher){.arena = &arena, .scratch = {.budget = (ptrdiff_t)1 << 30}, .n_networks = n_networks, .most = words,
                  .forms = {.to = &arena}, .sentences = {.to = &arena}};
    arena.landing = t.scratch.landing = &landing;
    if (setjmp(landing)) ok = fail(e, ERR_MEMORY, "the teacher's memory is used up");
    else {
        product_begin();
        for (int32_t i = 0; ok && i < n_networks; i++) {
            ok = store_read(&arena, networks[i], t.lexicon + i, t.learner + i, e);
            if (ok && (t.lexicon[i].tags.n != t.lexicon->tags.n || t.lexicon[i].relations.n != t.lexicon->relations.n))
                ok = fail(e, ERR_INPUT, "%s has other classes than %s", networks[i], networks[0]);
            if (ok) memcpy(t.learner[i].net.w, t.learner[i].mean, (size_t)t.learner[i].net.n * sizeof(Real));
        }
        for (int32_t i = 0; ok && i < n_texts; i++) {
            ok = take_text(&t, texts[i], e);
            if (ok) printf("%s: %lld words so far\n", texts[i], (long long)t.words);
        }
        if (ok) read_waiting(&t), ok = teacher_write(&t, out, e);
    }
    for (int32_t i = 0; i < n_networks; i++) learner_free(t.learner + i);
    work_free(&t.work), arena_close(&t.scratch), arena_close(&arena);
    return ok;
}

static void get_strs(Arena *a, ModelReader *r, Strs *s)
{
    uint32_t n = model_u32(r);
    for (uint32_t i = 0; i < n && !r->is_short; i++) *push(a, s) = arena_str(a, model_text(r));
}
static Soft get_soft(ModelReader *r)
{
    Soft s = {0};
    Str n = model_bytes(r, 1, 1);
    for (int32_t i = 0; !r->is_short && i < n.p[0] && i < SOFT; i++) {
        Str one = model_bytes(r, 3, 1);
        if (r->is_short) break;
        memcpy(&s.class[i], one.p, 2), s.p[i] = (uint8_t)one.p[2];
    }
    return s;
}
static bool lies_within(const Soft *s, int32_t n_words, int32_t classes)
{
    for (int32_t i = 0; i < n_words; i++)
        for (int32_t k = 0; k < SOFT; k++)
            if (s[i].class[k] >= classes) return false;
    return true;
}
static bool get_sentence(Arena *a, ModelReader *r, const SoftText *t, SoftSentence *s)
{
    int32_t n = (int32_t)model_u32(r);
    if (n < 1 || n > LONGEST_TAUGHT) return false;
    uint32_t *form = arena_new(a, uint32_t, n);
    Soft *tag = arena_new(a, Soft, n), *head = arena_new(a, Soft, n), *relation = arena_new(a, Soft, n),
         *name = arena_new(a, Soft, n);
    for (int32_t w = 0; w < n && !r->is_short; w++) {
        form[w] = model_u32(r);
        if (form[w] >= (uint32_t)t->forms.n) return false;
        tag[w] = get_soft(r), head[w] = get_soft(r), relation[w] = get_soft(r), name[w] = get_soft(r);
    }
    *s = (SoftSentence){n, form, tag, head, relation, name};
    return !r->is_short && lies_within(tag, n, t->tags.n) && lies_within(head, n, n + 1) &&
           lies_within(relation, n, t->relations.n) && lies_within(name, n, NAME_CLASSES);
}
bool soft_read(Arena *a, const char *path, SoftText *t, Err *e)
{
    Model *m = model_open(path, e);
    if (!m) return false;
    ModelReader labels = {.section = model_section(m, S("soft.labels"))},
                forms = {.section = model_section(m, S("soft.forms"))};
    ModelReader sentences = {.section = model_section(m, S("soft.sentences"))};
    get_strs(a, &labels, &t->tags), get_strs(a, &labels, &t->relations), get_strs(a, &forms, &t->forms);
    hash_sha256(sentences.section, t->sha256);
    bool ok = !labels.is_short && !forms.is_short;
    while (ok && sentences.at < sentences.section.n) ok = get_sentence(a, &sentences, t, push(a, &t->sentences));
    model_close(m);
    return ok || fail(e, ERR_INPUT, "%s holds no labels of a teacher, or damaged ones", path);
}
