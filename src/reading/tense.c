/* Tense: does the clause around a date look back or ahead?
**
** "The port, he said Friday, will reopen in May."   Friday: past (said stands nearest); May: ahead (will)
** "The call was planned for Friday."                ahead: "planned" outweighs "was", which stands farther
**
** The nearest telling word to the left decides, up to the beginning of the sentence; where there is none, the nearest
** to the right; what stands in brackets asks only in there, and nobody asks beyond a colon. Regular past forms are known by their ending. "would" looks ahead only from the past, so it is told
** apart (TENSE_MAYBE_FUTURE). Cost: at most 2 · REACH words a question.
*/
#include "reading/times.h"

enum { REACH = 16 };                           /* words to either side: a clause is rarely longer; cost stays linear */

static bool is_regular_past(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    return s.n > 4 && !word_has(w, i, WORD_CAP) && str_ends(s, S("ed")) && !str_eq(s, S("need")) &&
           !str_eq(s, S("indeed")) && !str_eq(s, S("speed")) && !str_eq(s, S("proceed")) && !str_eq(s, S("succeed"));
}

static Tense told_by(const Words *w, int32_t i)
{
    if (!word_has(w, i, WORD_LETTER) && !word_in(w, i, "|'ll|’ll|'d|")) return TENSE_OPEN;
    uint32_t is = grammar_of(w, i);
    if (is & IS_FUTURE) return TENSE_FUTURE;
    if (word_in(w, i, "|would|might|could|should|")) return TENSE_MAYBE_FUTURE;
    if (word_in(w, i, "|may|") && !word_has(w, i, WORD_CAP)) return TENSE_MAYBE_FUTURE;
    if ((is & IS_PAST) || is_regular_past(w, i)) return TENSE_PAST;
    if (word_is(w, i, "to") && word_in(w, i - 1, "|is|are|due|set|ready|about|"))
        return TENSE_FUTURE;
    return TENSE_OPEN;
}

Tense tense_at(const Words *w, int32_t from, int32_t to)
{
    for (int32_t i = from - 1; i >= 0 && i >= from - REACH && words_same_sentence(w, i, from); i--) {
        if (word_is(w, i, "(")) break;
        Tense t = told_by(w, i);
        if (t != TENSE_OPEN) return t;
    }
    for (int32_t i = to; i < w->n && i < to + REACH && words_same_sentence(w, i, from); i++) {
        if (word_in(w, i, "|)|:|;|")) break;
        Tense t = told_by(w, i);
        if (t != TENSE_OPEN) return t;
    }
    return TENSE_OPEN;
}
