/* Cues: the verbs that make somebody say something.
**
** "Ito said", "said Ito", "Ito has repeatedly warned", "Ito went on to say"        cues
** "Ito was told", "the report", "would say", "said nothing", "if Ito says"         none, or nothing that was said
**
** The verbs stand in cues.tab, a row for each form. Here is decided whether the word is used as a verb at all, and
** whether the saying is asserted: passive, negated, asked, imagined and future sayings are not.
*/
#include "reading/inside.h"

#include "cues.h"

static CueKind kind_of(Str s)
{
    return str_eq(s, S("say"))    ? CUE_SAY
           : str_eq(s, S("utter")) ? CUE_UTTER
           : str_eq(s, S("tell")) ? CUE_TELL
           : str_eq(s, S("call")) ? CUE_CALL
           : str_eq(s, S("as"))   ? CUE_AS
                                  : CUE_OF;
}

static CueForm cue_form(Str s)
{
    return str_eq(s, S("past"))      ? CUE_PAST
           : str_eq(s, S("present")) ? CUE_PRESENT
           : str_eq(s, S("base"))    ? CUE_BASE
                                     : CUE_ING;
}

/* "the claim", "his demands", "in answers": a noun that looks like a cue. */
static bool is_noun_here(const Words *w, int32_t i)
{
    uint32_t before = grammar_of(w, i - 1);
    if (word_in(w, i - 1, "|that|who|which|also|then|later|to|")) return word_is(w, i - 1, "to");
    if (before & IS_DET) return !word_in(w, i - 1, "|this|that|these|those|all|both|some|many|her|");
    return (before & IS_PREP) && !word_in(w, i - 1, "|after|before|since|as|until|");
}

static CueForm form_of_row(int32_t at) { return cue_form(cues_rows[at].form); }

/* A bare form is a verb behind those who take one: "they say", "officials report", "did not state", "to call". */
static bool is_plural_before(const Words *w, int32_t i)
{
    int32_t k = i - 1;
    while (k > 0 && i - k < 4 && is_adverb(w, k)) k--;
    if (word_in(w, k, "|they|we|i|you|who|people|men|women|media|police|do|did|does|to|both|some|many|others|") ||
        grammar_has(w, k, IS_MODAL)) return true;
    Str s = word_str(w, k);
    return word_has(w, k, WORD_LETTER) && s.n > 3 && s.p[s.n - 1] == 's' && !grammar_of(w, k) && s.p[s.n - 2] != 's' &&
           !word_is(w, i + 1, "of");
}

Cue cue_at(const Words *w, int32_t i)
{
    Cue none = {CUE_NONE, CUE_PAST, i, i};
    if (!word_has(w, i, WORD_LETTER) || (word_has(w, i, WORD_CAP) && !word_has(w, i, WORD_FIRST))) return none;
    Key k = word_key(w, i);
    int32_t at = k.n ? table_find(cues, key_str(&k)) : -1;
    if (at < 0 || is_noun_here(w, i)) return none;
    if (form_of_row(at) == CUE_BASE && !is_plural_before(w, i)) return none;
    Cue c = {kind_of(cues_rows[at].kind), form_of_row(at), i, i + 1};
    Str with = cues_rows[at].particle;
    if (with.n) {                              /* "pointed out": without its particle it is none */
        Str rest = with, word;
        while (str_split(&rest, ' ', &word)) {
            Key next = word_key(w, c.to);
            if (!str_eq(key_str(&next), word)) return none;
            c.to++;
        }
    }
    return c;
}

/* Left of the cue: auxiliaries, adverbs and denials. The subject ends where this returns. */
int32_t cue_subject_end(const Words *w, int32_t i, bool *is_asserted)
{
    int32_t k = i;
    bool be = false;
    *is_asserted = true;
    for (; k > 0 && words_same_sentence(w, k - 1, i) && i - k < 6; k--) {
        uint32_t g = grammar_of(w, k - 1);
        if (word_in(w, k - 1, "|not|n't|never|nor|")) *is_asserted = false;
        else if (word_in(w, k - 1, "|is|are|was|were|be|been|being|am|'re|")) be = true;
        else if (word_in(w, k - 1, "|has|have|had|having|'ve|does|do|did|")) continue;
        else if (word_is(w, k - 1, "'s") && (grammar_of(w, k - 2) & IS_PRON)) continue;
        else if ((g & IS_MODAL) && !word_has(w, k - 1, WORD_CAP)) *is_asserted = false;
        else if (!is_adverb(w, k - 1) || word_has(w, k - 1, WORD_CAP)) break;
    }
    Key key = word_key(w, i);
    bool ing = str_ends(key_str(&key), S("ing"));
    if (be && !ing) *is_asserted = false;      /* passive */
    if (word_in(w, i + 1, "|nothing|little|no|neither|")) *is_asserted = false;
    return k;
}
