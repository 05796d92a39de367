/* Ladders: chances multiply downwards, leave one another what they leave, and news is told line by line. */
#include "foresee/contingency.h"
#include "test.h"
#include <math.h>

static bool near(double x, double y) { return fabs(x - y) < 1e-12; }

static void ladder(void)
{
    Scenario sc;
    Outlook o;
    News news;
    Err e = {0};
    if (!check(scenario_read(&test_arena, S("s"), S("demarche-scenario 1\ncondition frost chance 0.5\nladder \"now\"\n  branch truce chance 0.3..0.5\n    sign \"late\" within 9..20\n"
                                                    "    sign \"early\" within 2..4\n    branch treaty chance 0.2..0.4 worth 10\n  branch war chance 0.6..0.8 worth -5..-1\n"
                                                    "    branch ice chance 0.8 if frost\n"), &sc, &e))) { printf("%s\n", e.text); return; }
    contingency_solve(&test_arena, &sc, &o);
    check(near(o.branch[1].here.low, 0.3) && near(o.branch[1].here.high, 0.4));      /* war takes .6 at least */
    check(near(o.branch[3].here.high, 0.7));
    check(near(o.branch[2].whole.low, 0.06) && near(o.branch[2].whole.high, 0.16));
    check(near(o.branch[4].here.low, 0.4) && near(o.branch[4].here.high, 0.4));
    check(o.branch[1].first_sign == 1 && o.branch[1].from_day == 2);
    check(near(o.branch[0].open_low, 0) && near(o.branch[0].open_high, 0.1));
    check(o.has_worth && near(o.worth.low, 10 * 0.06 - 5 * 0.7) && near(o.worth.high, 10 * 0.16 - 1 * 0.6));
    check(news_read(&test_arena, S("n"), S("demarche-scenario 1\ntext T 0123456789 \"late news\"\nbranch truce chance 0.1 T[3,9]\ncondition frost chance 0.9 assumed\n"), &sc, &news, &e));
    check(news.n == 2 && news.v[0].basis.cites.n == 1 && news.v[1].is_condition && sc.texts.n == 1);
    news_apply(&sc, &news.v[0]);
    contingency_solve(&test_arena, &sc, &o);
    check(near(o.branch[1].whole.high, 0.1) && near(o.branch[3].here.high, 0.8));
    static const struct { const char *text, *says; } bad[] = {
        {"branch x chance 1\n", "n:1: news begins"},
        {"demarche-scenario 1\nbranch nothing chance 1\n", "n:2: no branch is called 'nothing'"},
        {"demarche-scenario 1\nbranch truce chance 2\n", "n:2: chance 2..2; a chance lies between 0 and 1"},
        {"demarche-scenario 1\nbranch truce\n", "n:2: the new chance is missing"},
        {"demarche-scenario 1\nactor A\n", "n:2: 'actor' is no line of news"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        e = (Err){0};
        if (!check(!news_read(&test_arena, S("n"), str_of(bad[k].text), &sc, &news, &e)) || !check(strstr(e.text, bad[k].says) != NULL)) printf("  %s\n", e.text);
    }
}

int main(void)
{
    TEST_BEGIN
    ladder();
    return test_end();
}
