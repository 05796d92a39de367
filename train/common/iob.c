/* Names to learn from: one token a line, its tag behind a tab.
**
**   # doc = d1            a document begins
**   Ana     B-PER         IOB2: B begins a name, I goes on, O is none; an I without its B begins one
**   Ruiz    I-PER
**                         a blank line ends the sentence
**
** Further columns are not read. A line without a tab, or with a tag that nobody knows, is an error with its line.
*/
#include "train/common/train.h"

static const char *const types[] = {"PER", "ORG", "LOC", "GPE", "MISC"};
enum { TYPES = sizeof types / sizeof types[0] };

typedef struct {
    Arena *a;
    Strs form;
    SLICE(uint8_t) tag;
    int32_t doc;
    bool is_left_out;
    NameSentences *out;
} Reader;

static void sentence_end(Reader *r)
{
    if (r->form.n && !r->is_left_out)
        *push(r->a, r->out) = (NameSentence){.form = r->form.v, .tag = r->tag.v, .n = r->form.n, .doc = r->doc};
    r->form = (Strs){0};
    r->tag.v = NULL;
    r->tag.n = r->tag.cap = 0;
}

static int tag_of(Str tag, uint8_t before)
{
    if (str_eq(tag, S("O"))) return 0;
    if (tag.n < 3 || tag.p[1] != '-' || (tag.p[0] != 'B' && tag.p[0] != 'I')) return -1;
    for (int t = 0; t < TYPES; t++)
        if (str_eq(str_sub(tag, 2, tag.n), str_of(types[t]))) {
            bool goes_on = tag.p[0] == 'I' && before && (before - 1) / 2 == t;
            return 1 + 2 * t + goes_on;
        }
    return -1;
}

static bool is_without(Str id, const Strs *without)
{
    for (int32_t i = 0; without && i < without->n; i++)
        if (str_find(id, without->v[i]) >= 0) return true;
    return false;
}

bool iob_read(Arena *a, Str bytes, Str where, const Strs *without, NameSentences *out, Err *e)
{
    Reader r = {.a = a, .out = out, .doc = out->n ? out->v[out->n - 1].doc : -1};
    Str rest = bytes, line, form, tag;
    for (int32_t n = 1; str_split(&rest, '\n', &line); n++) {
        if (str_ends(line, S("\r"))) line.n--;
        if (str_starts(line, S("# doc"))) {
            sentence_end(&r);
            r.doc++;
            r.is_left_out = is_without(line, without);
        } else if (str_starts(line, S("# ")) && str_find(line, S("\t")) < 0) continue;
        else if (str_trim(line).n == 0) sentence_end(&r);
        else {
            Str cells = line;
            if (!str_split(&cells, '\t', &form) || !cells.p || !str_split(&cells, '\t', &tag))
                return fail(e, ERR_INPUT, "%.*s:%d: no tab: a line is token, tab, tag", STR(where), n);
            int value = tag_of(tag, r.tag.n ? r.tag.v[r.tag.n - 1] : 0);
            if (value < 0)
                return fail(e, ERR_INPUT,
                            "%.*s:%d: '%.*s' is no tag; known are O and B- or I- with PER ORG LOC GPE MISC", STR(where),
                            n, STR(tag));
            *push(a, &r.form) = form;
            *push(a, &r.tag) = (uint8_t)value;
        }
    }
    sentence_end(&r);
    return true;
}
