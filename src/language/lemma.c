/* Lemmas and features: looked up, by the word where training knew it, else by how it ends.
**
**   "Ministries", NNS NOUN   case: lower "ministries"; edit: 3 off, "y" on          → ministry
**   "Baltics", NNPS PROPN    case: as is;              edit: 1 off                  → Baltic
**   "met", VBD VERB          case: lower;              edit: of this word, 2 off, "eet" on → meet
**
** The case is chosen by the form and its class (XPOS and UPOS) where that was seen, else by how words of the class look
** ("Xx" of a common noun goes to lower case, of a name it stays). The edit is chosen by the word and its class, else by the
** longest ending, of six bytes at most, that training found to decide it. Features likewise: word, last three letters,
** class. Everything stands in maps of 16 bits behind hashes, so no word of the training data is in the model.
**
** A curved apostrophe is a straight one in a lemma ("n’t" is not, "’s" 's).
**
** Always: a lemma is well-formed where the form is, not empty, and shorter than the form and 64 bytes together. Cost: two
** lookups for a known word, up to eight for another.
*/
#include "language/tag_inside.h"
#include <string.h>
#include <utf8proc.h>

enum { KEY_CASE_WORD = 101, KEY_CASE_LOOK, KEY_EDIT_WORD, KEY_EDIT_SUFFIX, KEY_BUNDLE_WORD, KEY_BUNDLE_SUFFIX, KEY_BUNDLE_CLASS };
enum { LOWER_BYTES = 255 };

uint64_t lemma_case_word(const Word *w, uint8_t class) { return model_feature(KEY_CASE_WORD, model_mix(w->form, class)); }
uint64_t lemma_case_look(const Word *w, uint8_t class)
{
    uint64_t look = w->flags & (WORD_UPPER | WORD_ALL_UPPER | WORD_DIGIT | WORD_SHOUTED);
    return model_feature(KEY_CASE_LOOK, model_mix(look, model_mix(class, w->suffix[0] ? 1 : 0)));    /* "A" and "USA" differ */
}
uint64_t lemma_edit_word(const Word *w, uint8_t class) { return model_feature(KEY_EDIT_WORD, model_mix(w->lower, class)); }
uint64_t lemma_edit_suffix(Str lower, int n, uint8_t class)
{
    return model_feature(KEY_EDIT_SUFFIX, model_mix(hash64(str_sub(lower, lower.n - n, lower.n)), class));
}
uint64_t bundle_word(const Word *w, uint8_t class) { return model_feature(KEY_BUNDLE_WORD, model_mix(w->lower, class)); }
uint64_t bundle_suffix(const Word *w, uint8_t class) { return model_feature(KEY_BUNDLE_SUFFIX, model_mix(w->suffix[2], class)); }
uint64_t bundle_class(uint8_t class) { return model_feature(KEY_BUNDLE_CLASS, class); }

/* ---- case and edit -------------------------------------------------------------------------------------------- */
Str lemma_cased(Arena *a, Str form, LemmaCase how)
{
    enum { CURVED = 0x2019 };
    bool is_changed = how == CASE_TITLE;
    for (ptrdiff_t i = 0; i < form.n && !is_changed; i++)
        is_changed = (form.p[i] & 0x80) || (how == CASE_LOWER && form.p[i] >= 'A' && form.p[i] <= 'Z');
    if (!is_changed) return form;
    Buf b = {.to = a};
    for (ptrdiff_t i = 0; i < form.n;) {
        utf8proc_uint8_t bytes[4];
        ptrdiff_t from = i;
        int32_t cp = utf8_next(form, &i), to = cp == CURVED ? '\'' : cp;
        if (how == CASE_LOWER || (how == CASE_TITLE && from > 0)) to = utf8proc_tolower(to);
        else if (how == CASE_TITLE) to = utf8proc_toupper(to);
        if (to == cp) buf_add(&b, str_sub(form, from, i));
        else buf_add(&b, (Str){(char *)bytes, utf8proc_encode_char(to, bytes)});
    }
    return buf_str(&b);
}

Str lemma_edited(Arena *a, Str cased, const LemmaEdit *edit)
{
    ptrdiff_t kept = cased.n - edit->cut;
    if (kept < 0 || kept + edit->add.n == 0 || (kept < cased.n && (cased.p[kept] & 0xC0) == 0x80)) return cased;
    if (!edit->add.n) return str_sub(cased, 0, kept);
    char *p = arena_take(a, kept + edit->add.n, 1);
    memcpy(p, cased.p, (size_t)kept);
    memcpy(p + kept, edit->add.p, (size_t)edit->add.n);
    return (Str){p, kept + edit->add.n};
}

static uint16_t edit_of(const Lemmas *l, Str lower, const Word *w, uint8_t class)
{
    uint16_t id = cluster_of(&l->map, lemma_edit_word(w, class));
    for (int n = lower.n < LEMMA_SUFFIX ? (int)lower.n : LEMMA_SUFFIX; n >= 0 && !id; n--)
        id = cluster_of(&l->map, lemma_edit_suffix(lower, n, class));
    return id;
}

Str lemma_of(Arena *a, const Lemmas *l, Str form, const Word *w, uint8_t class)
{
    if (form.n > LOWER_BYTES) return form;
    uint16_t how = cluster_of(&l->map, lemma_case_word(w, class));
    if (!how) how = cluster_of(&l->map, lemma_case_look(w, class));
    Str lower = lemma_cased(a, form, CASE_LOWER), cased = how == CASE_LOWER ? lower : lemma_cased(a, form, (LemmaCase)how);
    uint16_t id = edit_of(l, lower, w, class);
    return id < l->n_edits ? lemma_edited(a, cased, &l->edit[id]) : cased;
}

/* ---- the sections ----------------------------------------------------------------------------------------------- */
bool lemmas_of(Arena *a, const Model *m, Lemmas *l, Err *e)
{
    ModelReader r = {.section = model_section(m, S("lemma.edits"))};
    uint32_t n = model_u32(&r);
    *l = (Lemmas){0};
    if (r.is_short || n > LEMMA_EDITS) return fail(e, ERR_INPUT, "the edits of lemmas are damaged: %u, at most %d", n, LEMMA_EDITS);
    l->edit = arena_new(a, LemmaEdit, n + 1);
    l->n_edits = (int32_t)n + 1;
    for (uint32_t i = 1; i <= n; i++) {
        l->edit[i] = (LemmaEdit){.cut = (int32_t)(model_u32(&r) & 255), .add = model_text(&r)};
        if (r.is_short || l->edit[i].add.n > LEMMA_EDIT_BYTES || utf8_bad(l->edit[i].add) >= 0)
            return fail(e, ERR_INPUT, "the edits of lemmas are damaged at edit %u of %u", i, n);
    }
    return clusters_of(model_section(m, S("lemma.map")), &l->map, e);
}
