/* Calendar words, for those who only ask whether a word is one: months and weekdays are no names of persons.
**
** Always: English names, capitals wanted; a short month counts ("Oct."), "May" always, "Mar" and "Jun" too.
*/
#include "reading/inside.h"

#include <string.h>

static const char *const month_names[12] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                            "September", "October", "November", "December"};
static const char *const day_names[7] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* A month by its full name or its usual short form ("Oct.", "Sept"); capitals throughout are fine. */
int32_t month_of(const Words *w, int32_t i, bool *is_short)
{
    if (!word_has(w, i, WORD_CAP)) return 0;
    Str s = word_str(w, i);
    *is_short = false;
    if (s.n < 3 || s.n > 9 || !strchr("JFMASOND", s.p[0])) return 0;
    for (int32_t m = 0; m < 12; m++)
        if (month_names[m][0] == s.p[0] && str_eq_fold(s, str_of(month_names[m]))) return m + 1;
    if (s.p[s.n - 1] == '.') s.n--;
    *is_short = true;
    for (int32_t m = 0; m < 12; m++)
        if (m != 4 && month_names[m][0] == s.p[0] && s.n == 3 && str_eq_fold(s, str_sub(str_of(month_names[m]), 0, 3)))
            return m + 1;
    return str_eq_fold(s, S("Sept")) ? 9 : 0;
}

int32_t weekday_of(const Words *w, int32_t i)
{
    Str s = word_str(w, i);
    if (s.n < 6 || s.n > 9 || s.p[s.n - 1] != 'y' || !str_ends(s, S("day"))) return -1;
    for (int32_t d = 0; d < 7; d++)
        if (str_eq(s, str_of(day_names[d]))) return d;
    return -1;
}
